package project

import (
	"io/fs"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// fresh is a fresh clone of a uni-app program whose pages.json is made by its build.
func fresh(more map[string]string) map[string]string {
	files := map[string]string{
		"package.json":   `{"dependencies": {"@dcloudio/uni-app": "3"}, "devDependencies": {"@uni-helper/vite-plugin-uni-pages": "0.2"}}`,
		"vite.config.ts": "import UniPages from '@uni-helper/vite-plugin-uni-pages'\nexport default defineConfig({ plugins: [UniPages()] })",
		"src/App.vue":    "<script>export default {}</script>", "src/main.ts": "import { pages } from '@/pages.json'\nimport manifest from './manifest.json'\ncreateSSRApp(App)",
		"src/pages/index/index.vue":    "<template><view/></template>",
		"src/pages/me.vue":             "<template><view/></template>",
		"src/pages/__test__/a.vue":     "<template><view/></template>",
		"src/pages/me/parts/head.vue":  "<template><view/></template>",
		"src/sub/card/card.vue":        "<template><view/></template>",
		"src/components/ask.vue":       "<template><view/></template>",
		"admin/index.html":             "<div/>",
		"admin/src/App.vue":            "<template><div/></template>",
		"admin/src/pages/accounts.vue": "<template><div/></template>",
		"admin/package.json":           `{"dependencies": {"vue": "3"}}`,
	}
	maps.Copy(files, more)
	return files
}

func TestBuiltPages(t *testing.T) {
	all := []string{"pages/index/index", "pages/me/parts/head", "pages/me"}
	for name, c := range map[string]struct {
		more  map[string]string
		pages []string
	}{
		"defaults": {nil, all},
		"options": {map[string]string{"vite.config.ts": "import Pages from '@uni-helper/vite-plugin-uni-pages'\n" +
			"const subPackages = ['src/sub']\nexport default { plugins: [Pages({ exclude: ['**/parts/**'], subPackages })] }"},
			[]string{"pages/index/index", "pages/me", "sub/card/card"}},
		"options elsewhere": {map[string]string{
			"vite.config.ts":         "import { plugins } from './build/plugins'\nexport default { plugins }",
			"build/plugins/index.ts": "import path from 'path'\nimport Pages from '@uni-helper/vite-plugin-uni-pages'\nexport const plugins = [Pages({ dir: path.resolve(__dirname, '../../src/sub'), subPackages: [{ dir: 'src/pages/me', root: 'pages/me' }] })]",
		}, []string{"sub/card/card", "pages/me/parts/head"}},
		"required": {map[string]string{"vite.config.ts": "const Pages = require('@uni-helper/vite-plugin-uni-pages').default\n" +
			"module.exports = () => { const plugins = [Pages({ exclude: ['**/parts/**'], subPackages: ['src/sub'] })]; return { plugins } }"},
			[]string{"pages/index/index", "pages/me", "sub/card/card"}},
		"pages.json.ts": {map[string]string{"vite.config.ts": "export default {}",
			"src/pages.json.ts": "export default definePagesJson({ pages: [{ path: 'pages/me' }], subPackages: [{ root: 'sub', pages: [{ path: 'card/card' }] }] })"},
			[]string{"pages/me", "sub/card/card"}},
		"home by a block":  {map[string]string{"src/pages/me.vue": "<route type=\"home\">{ style: { navigationBarTitleText: '我' } }</route><template><view/></template>"}, []string{"pages/me", "pages/index/index", "pages/me/parts/head"}},
		"home by a macro":  {map[string]string{"src/pages/me.vue": "<script setup>definePage({ type: 'home', style: { navigationBarTitleText: '我' } })</script><template><view/></template>"}, []string{"pages/me", "pages/index/index", "pages/me/parts/head"}},
		"home in YAML":     {map[string]string{"src/pages/me.vue": "<route lang=\"yaml\">\ntype: home\nstyle:\n  navigationBarTitleText: 我\n</route><template><view/></template>"}, []string{"pages/me", "pages/index/index", "pages/me/parts/head"}},
		"pages.config.ts":  {map[string]string{"pages.config.ts": "export default defineUniPages({ pages: [{ path: 'pages/me', style: { navigationBarTitleText: '我' } }], subPackages: [{ root: 'sub', pages: [{ path: 'card/card' }] }] })"}, []string{"pages/me", "pages/index/index", "pages/me/parts/head", "sub/card/card"}},
		"pages.json, too":  {map[string]string{"src/pages.json": `{"pages": [{"path": "pages/me"}]}`}, []string{"pages/me", "pages/index/index", "pages/me/parts/head"}},
		"unknown plug-in":  {map[string]string{"vite.config.ts": "export default {}"}, all},
		"pages.json alone": {map[string]string{"vite.config.ts": "export default {}", "src/pages.json": `{"pages": [{"path": "pages/me"}]}`}, []string{"pages/me"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, fresh(c.more))
			got := slices.Clone(p.Config.Pages)
			want := slices.Clone(c.pages)
			require.Equal(t, want[0], p.Config.EntryPage, "the first page")
			slices.Sort(got)
			slices.Sort(want)
			require.Equal(t, want, got)
			if unread := map[string]int{"unknown plug-in": 1}[name]; len(p.Unread) != unread {
				require.Len(t, p.Unread, unread)
			}
			if c.more["src/pages/me.vue"] != "" || name == "pages.config.ts" {
				require.Equal(t, "我", unitOf(t, p, "pages/me").Title)
			}
			require.False(t, unitOf(t, p, "components/ask").Reachable)
		})
	}
}

// If the sources alone are loaded, the settings of the build lie above them.
func TestBuiltPagesAbove(t *testing.T) {
	files := fstest.MapFS{}
	for p, text := range fresh(map[string]string{"vite.config.ts": "import Pages from '@uni-helper/vite-plugin-uni-pages'\nexport default { plugins: [Pages({ dir: 'src/pages', exclude: ['**/parts/**'], subPackages: ['src/sub'] })] }"}) {
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	src, err := fs.Sub(files, "src")
	require.NoError(t, err)
	list, err := Load(src, Options{Around: &Surroundings{Path: "src", Open: func() (fs.FS, error) { return files, nil }}})
	require.NoError(t, err)
	require.Equal(t, []string{"pages/index/index", "pages/me", "sub/card/card"}, list[0].Config.Pages)
}

// manifest.config.ts stands for manifest.json, whose keys pages.json cannot have.
func TestManifestConfig(t *testing.T) {
	manifest := "import { defineManifestConfig } from '@uni-helper/vite-plugin-uni-manifest'\n" +
		"export default defineManifestConfig({ name: '团', 'mp-weixin': { appid: 'wx1', requiredPrivateInfos: ['getLocation'], permission: { 'scope.userLocation': { desc: 'x' } } } })"
	p := load(t, fresh(map[string]string{"manifest.config.ts": manifest}))
	require.Equal(t, []string{"团", "wx1"}, []string{p.Name, p.AppID})
	require.Equal(t, []string{"getLocation"}, p.Config.RequiredPrivateInfo)
	require.Equal(t, "manifest.config.ts", p.Config.DeclaredFile.Path)

	p = load(t, fresh(map[string]string{"src/pages.json": `{"pages": [{"path": "pages/me"}], "requiredPrivateInfos": ["getLocation"], "permission": {"scope.userLocation": {"desc": "x"}}}`}))
	require.Empty(t, p.Config.RequiredPrivateInfo)
	require.Nil(t, p.Config.Value.Get("permission"))
}
