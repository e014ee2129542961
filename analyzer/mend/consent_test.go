package mend

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// ask adds the popup to a program and returns its files as they are then.
func ask(t *testing.T, files map[string]string, routes ...string) (map[string]string, *Consent) {
	t.Helper()
	p := load(t, files)
	config, err := Program(p, nil)
	require.NoError(t, err)
	c := Ask(p, config, routes)
	out := maps.Clone(files)
	maps.Copy(out, c.Added)
	for _, r := range append(c.Edited, config) {
		if r.Changed() {
			out[r.File.Path] = r.Text
		}
	}
	return out, c
}

func load(t *testing.T, files map[string]string) *project.Program {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{Jobs: 1})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	return programs[0]
}

var native = map[string]string{
	"app.json":         "{\n  \"pages\": [\"pages/me/me\", \"pages/b/b\"]\n}\n",
	"pages/me/me.wxml": "<input placeholder=\"手机号\" />\n\n",
	"pages/me/me.js":   "Page({})",
	"pages/b/b.wxml":   "<view />",
	"pages/b/b.js":     "Page({})",
}

var uniApp = map[string]string{
	"pages.json":        `{ "pages": [{ "path": "pages/me/me" }, { "path": "pages/two/two" }] }`,
	"manifest.json":     `{ "mp-weixin": { "appid": "wx0000000000000001" } }`,
	"App.vue":           "<script>\nexport default {}\n</script>\n",
	"main.js":           "import App from './App'\n",
	"pages/me/me.vue":   "<template>\r\n  <view>\r\n    <input placeholder=\"手机号\" />\r\n  </view>\r\n</template>\r\n<script>\r\nexport default {}\r\n</script>\r\n",
	"pages/two/two.vue": "<template>\n  <view>a</view>\n  <view>b</view>\n</template>\n",
}

var taro = map[string]string{
	"package.json":           `{ "dependencies": { "@tarojs/taro": "3.6.20", "@tarojs/react": "3.6.20", "react": "18" } }`,
	"config/index.js":        "module.exports = { sourceRoot: 'src', outputRoot: 'dist', framework: 'react' }",
	"project.config.json":    `{ "appid": "wx0000000000000001", "miniprogramRoot": "dist/" }`,
	"src/app.config.ts":      "export default { pages: ['pages/me/index', 'pages/b/index'] }",
	"src/app.tsx":            "export default function App(props) { return props.children }",
	"src/pages/me/index.tsx": "import { View, Input } from '@tarojs/components'\nexport default function Me() { return <View><Input placeholder='手机号' /></View> }\n",
	"src/pages/b/index.tsx":  "import { View } from '@tarojs/components'\nexport default function B(props) { return props.a ? <View>a</View> : <View>b</View> }\n",
}

// After the popup was added the program loads without complaint, its pages reach the
// component, and the component asks.
// The popup is indented as the template is.
func TestAskKeepsTabs(t *testing.T) {
	tabs := map[string]string{}
	for name, text := range uniApp {
		tabs[name] = strings.NewReplacer("    ", "\t\t", "  ", "\t").Replace(text)
	}
	after, _ := ask(t, tabs, "pages/me/me")
	require.Equal(t, strings.Replace(tabs["pages/me/me.vue"], "\t</view>", "\t\t<privacy-popup />\r\n\t</view>", 1), after["pages/me/me.vue"])
}

func TestAsk(t *testing.T) {
	for name, c := range map[string]struct {
		files  map[string]string
		routes []string
		want   map[string]string // files that change
		left   []string
	}{
		"native": {native, []string{"pages/me/me"}, map[string]string{
			"app.json":         "{\n  \"pages\": [\"pages/me/me\", \"pages/b/b\"],\n  \"usingComponents\": { \"privacy-popup\": \"/components/privacy-popup/privacy-popup\" }\n}\n",
			"pages/me/me.wxml": "<input placeholder=\"手机号\" />\n<privacy-popup />\n",
		}, nil},
		"uni-app": {uniApp, []string{"pages/me/me", "pages/two/two"}, map[string]string{
			"pages/me/me.vue": strings.Replace(uniApp["pages/me/me.vue"], "  </view>", "    <privacy-popup />\r\n  </view>", 1),
		}, []string{"pages/two/two"}},
		"taro": {taro, []string{"pages/me/index", "pages/b/index"}, map[string]string{
			"src/pages/me/index.tsx": "import PrivacyPopup from '../../components/privacy-popup'\n" +
				strings.Replace(taro["src/pages/me/index.tsx"], "</View>", "<PrivacyPopup /></View>", 1),
		}, []string{"pages/b/index"}},
	} {
		t.Run(name, func(t *testing.T) {
			after, asked := ask(t, c.files, c.routes...)
			require.Zero(t, asked.Refused)
			require.Equal(t, c.left, asked.Left)
			for file, text := range after {
				switch {
				case c.want[file] != "":
					require.Equal(t, c.want[file], text, file)
				case asked.Added[file] == "":
					require.Equal(t, c.files[file], text, file)
				}
			}
			p := load(t, after)
			require.Empty(t, p.Unread)
			asks := func(text string) bool { return strings.Contains(text, "agreePrivacyAuthorization") }
			require.True(t, slices.ContainsFunc(p.Views, func(v *project.View) bool { return v.Reachable && asks(v.File.Text) }) ||
				slices.ContainsFunc(p.Modules, func(m *project.Module) bool { return m.Own() && asks(m.File.Text) }), "a page reaches it")
		})
	}
}

// What is in the way is told, and nothing is changed.
func TestAskRefuses(t *testing.T) {
	taken := maps.Clone(native)
	taken["app.json"] = `{ "pages": ["pages/me/me"], "usingComponents": { "privacy-popup": "/other" } }`
	wepy := maps.Clone(native)
	wepy["app.json"] = `{ "pages": ["pages/me/me"], "usingComponents": [] }`
	for name, files := range map[string]map[string]string{"the name is taken": taken, "a list for an object": wepy} {
		after, asked := ask(t, files, "pages/me/me")
		require.NotZero(t, asked.Refused, name)
		require.Equal(t, files, after, name)
	}
	after, asked := ask(t, native, "pages/none/none")
	require.NotZero(t, asked.Refused, "no such page")
	require.Equal(t, native, after)
}

// The components are programs: a compiler takes them.
func TestPopupsCompile(t *testing.T) {
	loaders := map[string]api.Loader{".js": api.LoaderJS, ".jsx": api.LoaderJSX, ".tsx": api.LoaderTSX, ".json": api.LoaderJSON, ".css": api.LoaderCSS, ".wxss": api.LoaderCSS}
	compiled := 0
	require.NoError(t, fs.WalkDir(popups, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := popups.ReadFile(name)
		require.NoError(t, err)
		text, ext := string(data), path.Ext(name)
		if ext == ".vue" {
			_, text, _ = strings.Cut(text, "<script>")
			text, _, _ = strings.Cut(text, "</script>")
			ext = ".js"
		}
		if loader, ok := loaders[ext]; ok {
			compiled++
			require.Empty(t, api.Transform(text, api.TransformOptions{Loader: loader}).Errors, name)
		}
		return nil
	}))
	require.GreaterOrEqual(t, compiled, 7)
}
