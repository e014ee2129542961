package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Components of Vue that a plug-in registers by their place.
func TestPlacedComponents(t *testing.T) {
	for name, c := range map[string]struct{ options, tag, want string }{
		"by default":     {"", "person", "components/deep/person"},
		"an index":       {"", "ask-box", "components/ask-box/index"},
		"a directory":    {"{ dirs: ['src/widgets'] }", "wide", "widgets/wide"},
		"not there":      {"{ dirs: ['src/widgets'] }", "person", ""},
		"directories":    {"{ dirs: ['src/components', path.resolve(__dirname, 'src/widgets')] }", "wide", "widgets/wide"},
		"patterns":       {"{ globs: ['src/widgets/**/*.vue'] }", "wide", "widgets/wide"},
		"namespace":      {"{ directoryAsNamespace: true }", "DeepPerson", "components/deep/person"},
		"not by name":    {"{ directoryAsNamespace: true }", "person", ""},
		"said only once": {"{ directoryAsNamespace: true }", "deep-note", "components/deep/deep-note"},
	} {
		t.Run(name, func(t *testing.T) {
			files := uni()
			files["vite.config.ts"] = "import path from 'path'\nimport Components from '@uni-helper/vite-plugin-uni-components'\nexport default { plugins: [Components(" + c.options + ")] }"
			for _, p := range []string{"components/deep/person", "components/ask-box/index", "widgets/wide", "components/deep/deep-note"} {
				files["src/"+p+".vue"] = "<template><input/></template>"
			}
			files["src/pages/a/a.vue"] = "<template><" + c.tag + "/></template>"
			using := unitOf(t, load(t, files), "pages/a/a").Components[c.tag]
			if c.want == "" {
				require.Nil(t, using)
				return
			}
			require.NotNil(t, using)
			require.Equal(t, c.want, using.Unit.Path)
			require.True(t, using.Unit.Reachable)
		})
	}
}

// Native components that weapp-vite registers by their place, and configuration in scripts.
func TestWeappVite(t *testing.T) {
	program := func(config string) map[string]string {
		return map[string]string{
			"package.json":        `{"devDependencies": {"weapp-vite": "6"}}`,
			"project.config.json": `{"appid": "wx1", "miniprogramRoot": "dist/"}`,
			"vite.config.ts":      "import { defineConfig } from 'weapp-vite/config'\nexport default defineConfig({ weapp: { srcRoot: 'src'" + config + " } })",
			"tsconfig.json":       `{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}`,
			"src/app.json.ts":     "const sub = { root: 'sub', pages: ['b/b'] }\nexport default defineAppJson({ pages: ['pages/a/a'], subPackages: [sub] })",
			"src/app.ts":          "App({})",
			"src/pages/a/a.wxml":  "<person/><wide/><plain/>", "src/pages/a/a.ts": "import { save } from '@/api'\nPage({})", "src/pages/a/a.json.ts": "export default definePageJson({ navigationBarTitleText: '甲' })",
			"src/api/index.ts": "export const save = 1",
			"src/sub/b/b.wxml": "<view/>", "src/sub/b/b.ts": "Page({})",
			"src/components/person/index.wxml": "<input/>", "src/components/person/index.ts": "Component({})", "src/components/person/index.json": `{"component": true}`,
			"src/widgets/wide.wxml": "<input/>", "src/widgets/wide.ts": "Component({})", "src/widgets/wide.json.ts": "export default { component: true }",
			"src/components/plain.wxml": "<input/>", "src/components/plain.ts": "Page({})",
		}
	}
	for name, c := range map[string]struct {
		config       string
		person, wide bool
	}{
		"by default": {"", true, false},
		"patterns":   {", autoImportComponents: { globs: ['widgets/**/*'] }", false, true},
		"both":       {", autoImportComponents: { globs: ['widgets/**/*.wxml', 'components/**/*'] }", true, true},
		"none":       {", autoImportComponents: false", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, program(c.config))
			require.Equal(t, []string{"pages/a/a", "sub/b/b"}, p.Config.Pages)
			require.Equal(t, "wx1", p.AppID)
			a := unitOf(t, p, "pages/a/a")
			require.Equal(t, "甲", a.Title)
			require.Equal(t, "src/api/index.ts", a.Script.Import("@/api").File.Path)
			require.Equal(t, []bool{c.person, c.wide, false}, []bool{a.Components["person"] != nil, a.Components["wide"] != nil, a.Components["plain"] != nil})
			if c.person {
				require.True(t, a.Components["person"].Unit.Reachable)
			}
		})
	}
	files := program("")
	files["package.json"] = `{}`
	require.Nil(t, unitOf(t, load(t, files), "pages/a/a").Components["person"], "another build")
}
