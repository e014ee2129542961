package project

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// A copy that the configuration no longer builds is left out and reported; if
// nothing says which is built, both are programs.
func TestOldCopies(t *testing.T) {
	uni := func(dir string, f map[string]string) map[string]string {
		f[dir+"manifest.json"], f[dir+"pages.json"], f[dir+"App.vue"] = "{}", manifest, "<script>export default {}</script>"
		f[dir+"p/p.vue"] = "<template><view /></template>"
		return f
	}
	both := func(f map[string]string) map[string]string { return uni("src/", uni("", f)) }
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
		told  int
	}{
		"vite builds src":        {both(map[string]string{"package.json": `{"devDependencies": {"@dcloudio/vite-plugin-uni": "3"}}`}), []string{"src"}, 1},
		"vite, pages on top":     {uni("", map[string]string{"package.json": `{"devDependencies": {"@dcloudio/vite-plugin-uni": "3"}}`, "src/pages.json": manifest, "src/manifest.json": "{}"}), []string{"."}, 1},
		"vite, sources on top":   {uni("", map[string]string{"package.json": `{"devDependencies": {"@dcloudio/vite-plugin-uni": "3"}}`}), []string{"."}, 0},
		"no build":               {both(map[string]string{}), []string{".", "src"}, 0},
		"miniprogramRoot":        {with(map[string]string{"project.config.json": `{"miniprogramRoot": "mp/"}`}, "", "mp"), []string{"mp"}, 1},
		"miniprogramRoot is top": {with(map[string]string{"project.config.json": `{"miniprogramRoot": "./"}`, "mp/project.config.json": "{}"}, "", "mp"), []string{".", "mp"}, 0},
		"shows a kit":            {uni("", uni("components/uview-ui/", map[string]string{})), []string{"."}, 1},
		"is a kit":               {uni("uview-ui/", map[string]string{}), []string{"uview-ui"}, 0},
		"a list of pages alone":  {uni("", map[string]string{"sub/pages.json": manifest, "sub/manifest.json": "{}", "sub/p/p.vue": "<template><view /></template>"}), []string{"."}, 1},
		"a list beside main.js":  {uni("", map[string]string{"sub/pages.json": manifest, "sub/manifest.json": "{}", "sub/p/p.vue": "<template><view /></template>", "sub/main.js": ""}), []string{".", "sub"}, 0},
		"in a folder of its own": {uni("", uni("components/other/", map[string]string{})), []string{"components/other", "."}, 0},
		"one appid twice":        {with(map[string]string{"a/project.config.json": `{"appid": "wx1"}`, "b/project.config.json": `{"appid": "wx1"}`}, "a", "b"), []string{"a", "b"}, 1},
		"two appids":             {with(map[string]string{"a/project.config.json": `{"appid": "wx1"}`, "b/project.config.json": `{"appid": "wx2"}`}, "a", "b"), []string{"a", "b"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{})
			require.NoError(t, err)
			var got []string
			told := 0
			for _, p := range programs {
				got = append(got, p.Source)
				told += len(p.Unread)
			}
			require.Equal(t, c.want, got)
			require.Equal(t, c.told, told)
		})
	}
}

// What a build wrote beside the sources is no second program, in whatever folder and however old; a program that no
// build wrote is one.
func TestBuiltBesideSources(t *testing.T) {
	taro := func(more map[string]string) map[string]string {
		return both(map[string]string{"package.json": `{"dependencies": {"@tarojs/taro": "3"}}`, "src/app.config.js": "export default { pages: ['p/a', 'p/b'] }",
			"src/app.jsx": "export default p => p.children", "src/p/a.jsx": "export default () => <View />", "src/p/b.jsx": "export default () => <View />",
			"project.config.json": `{"miniprogramRoot": "mp/"}`}, more)
	}
	old := map[string]string{"mp/app.json": `{"pages": ["p/a"]}`, "mp/app.js": "App({})", "mp/p/a.wxml": "<view/>", "mp/p/a.js": "Page({})"}
	whole := map[string]string{"mp/app.json": `{"pages": ["p/a", "p/b"]}`, "mp/app.js": "App({})", "mp/p/a.wxml": "<view/>", "mp/p/a.js": "Page({})", "mp/p/b.wxml": "<view/>"}
	lacking := func(f map[string]string) map[string]string {
		delete(f, "src/p/b.jsx")
		return f
	}
	stray := map[string]string{"app.config.js": "export default { pages: ['p/a', 'p/b', 'p/c'] }", "app.jsx": "export default p => p.children"}
	config := func(text string) map[string]string { return both(stray, map[string]string{"config/index.js": text}) }
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"of the same pages":           {taro(whole), []string{"src"}},
		"sources that were not ended": {lacking(taro(whole)), []string{"mp"}},
		"stray configuration":         {taro(config("export default { outputRoot: 'dist' }")), []string{"src"}},
		"stray, root stated":          {taro(config("export default { sourceRoot: 'src' }")), []string{"src"}},
		"two that are built":          {taro(config("export default { sourceRoot: '.' }")), []string{".", "src"}},
		"output of Taro":              {taro(both(old, map[string]string{"mp/base.wxml": "<template name=\"taro_tmpl\"/>"})), []string{"src"}},
		"output of Taro 1":            {taro(both(old, map[string]string{"mp/npm/@tarojs/taro-weapp/index.js": ""})), []string{"src"}},
		"a native program":            {taro(old), []string{"mp", "src"}},
		"transpiled":                  {taro(map[string]string{"lib/app.config.js": "exports.default = { pages: ['p/a'] }", "lib/app.js": "Object.defineProperty(exports, '__esModule', { value: true })", "lib/p/a.js": ""}), []string{"src"}},
		"another of its own":          {taro(map[string]string{"lib/app.config.js": "export default { pages: ['p/a'] }", "lib/app.js": "export default p => p.children", "lib/p/a.js": ""}), []string{"lib", "src"}},
	} {
		programs, err := Load(tree(c.files), Options{})
		require.NoError(t, err, name)
		var got []string
		for _, p := range programs {
			got = append(got, p.Source)
		}
		require.Equal(t, c.want, got, name)
	}
}

// both is the files of a and b.
func both(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// Only a computed part of the list of pages hides some.
func TestComputedConfiguration(t *testing.T) {
	for config, hidden := range map[string]bool{
		"export default defineAppConfig({ pages: ['p/p'], debug: isDev, window: { title: t('x') } })": false,
		"const pages = ['p/p']\nexport default { pages, tabBar: bar() }":                              false,
		"export default () => ({ pages: ['p/p'], window: w })":                                        false,
		"export default { pages: ['p/p', ...generated.pages] }":                                       true,
		"const more = read()\nexport default { pages: ['p/p', ...more] }":                             true,
		"export default { pages: ['p/p'], ...rest }":                                                  true,
		"export default { pages: ['p/p'], subPackages: packages() }":                                  true,
	} {
		p := load(t, map[string]string{
			"package.json": "{}", "app.config.js": config, "app.jsx": "export default p => p.children",
			"p/p.jsx": "import Apply from '../c/apply'\nexport default Apply", "c/apply.jsx": "export default () => <Input />",
		})
		require.Equal(t, hidden, len(p.Unread) == 1 && p.Unread[0].Hides, "%s: %v", config, p.Unread)
		require.Equal(t, hidden, len(p.Unread) > 0, "a page that hands on a component has its file")
	}
}

// A plug-in of the market may have a program that shows it. Another folder with a program is one.
func TestProgramOfPlugin(t *testing.T) {
	for dir, want := range map[string][]string{"uni_modules/shop-kit": {"."}, "shop": {".", "shop"}} {
		f := map[string]string{}
		for _, root := range []string{"", dir + "/"} {
			f[root+"pages.json"], f[root+"manifest.json"] = `{"pages": [{"path": "p/p"}]}`, "{}"
			f[root+"App.vue"], f[root+"main.js"] = "<script>export default {}</script>", "import App from './App'"
			f[root+"p/p.vue"] = "<template><view/></template>"
		}
		f["p/p.vue"] = "<template><text/></template>"
		var sources []string
		programs, err := Load(tree(f), Options{})
		require.NoError(t, err)
		for _, p := range programs {
			sources = append(sources, p.Source)
		}
		require.Equal(t, want, sources, dir)
	}
}
