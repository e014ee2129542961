package resolve

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func resolver(root string, files ...string) *Resolver {
	return &Resolver{
		Tree: NewTree(files), Root: root,
		Scripts: []string{".ts", ".js"}, Markup: []string{".wxml"}, Filters: []string{".wxs"}, Single: []string{".vue"},
	}
}

func TestScript(t *testing.T) {
	r := resolver("mini",
		"mini/app.js", "mini/utils/http.ts", "mini/utils/http.js", "mini/utils/date.js", "mini/api/index.js",
		"mini/config/env.js", "mini/pages/a/a.js", "mini/pages/a/local.js", "mini/pages/a/utils/date.js",
		"mini/miniprogram_npm/dayjs/index.js", "mini/sub/miniprogram_npm/dayjs/index.js", "mini/sub/p/p.js",
		"mini/miniprogram_npm/wx-tool/lib.js", "node_modules/only-installed/src/main.js", "node_modules/only-installed/src/part.js",
		"server/secret.js")
	r.Packages = map[string]Package{"only-installed": {Dir: "node_modules/only-installed/src", Main: "node_modules/only-installed/src/main.js"}}
	for _, kv := range [][2]string{{"@/*", "utils/*"}, {"@/conf/*", "/config/*"}, {"api", "api"}} {
		a, ok := NewAlias(kv[0], kv[1])
		require.True(t, ok, kv)
		r.Aliases = append(r.Aliases, a)
	}
	SortAliases(r.Aliases)
	for _, c := range []struct{ from, spec, want string }{
		{"mini/pages/a/a.js", "./local", "mini/pages/a/local.js"},
		{"mini/pages/a/a.js", "./local.js", "mini/pages/a/local.js"},
		{"mini/pages/a/a.js", "../../utils/http", "mini/utils/http.ts"},              // TypeScript first
		{"mini/pages/a/a.js", "../../utils/date.js?x=1", "mini/utils/date.js"},       // query
		{"mini/pages/a/a.js", "utils/date", "mini/pages/a/utils/date.js"},            // bare: from here first
		{"mini/pages/a/a.js", "config/env", "mini/config/env.js"},                    // bare: the root at last
		{"mini/pages/a/a.js", "/config/env", "mini/config/env.js"},                   // the root, though the tools refuse it
		{"mini/pages/a/a.js", "/local", "mini/pages/a/local.js"},                     // a leading slash is from here first
		{"mini/pages/a/a.js", "../../api", "mini/api/index.js"},                      // directory
		{"mini/pages/a/a.js", "@/date", "mini/utils/date.js"},                        // alias
		{"mini/pages/a/a.js", "@/conf/env", "mini/config/env.js"},                    // the longest alias
		{"mini/pages/a/a.js", "../../../../../../server/secret", ""},                 // no way out of the root
		{"mini/pages/a/a.js", "../../../../../../utils/date", "mini/utils/date.js"},  // clamped
		{"mini/pages/a/a.js", "dayjs", "mini/miniprogram_npm/dayjs/index.js"},        // npm
		{"mini/sub/p/p.js", "dayjs", "mini/sub/miniprogram_npm/dayjs/index.js"},      // the nearest
		{"mini/sub/p/p.js", "wx-tool/lib", "mini/miniprogram_npm/wx-tool/lib.js"},    // further up
		{"mini/app.js", "only-installed", "node_modules/only-installed/src/main.js"}, // not built
		{"mini/app.js", "only-installed/part", "node_modules/only-installed/src/part.js"},
		{"node_modules/only-installed/src/main.js", "./part", "node_modules/only-installed/src/part.js"},
		{"mini/app.js", "@config/env", "mini/config/env.js"},      // an alias of which no configuration is there, named after its folder
		{"mini/app.js", "~config/env", "mini/config/env.js"},      //
		{"mini/app.js", "@mini/config/env", "mini/config/env.js"}, // or after the root
		{"mini/app.js", "/mini/config/env", "mini/config/env.js"}, // from the folder around the root, where Vite runs
		{"mini/app.js", "/server/secret", ""},
		{"mini/app.js", "@other/config/env", ""},
		{"mini/app.js", "@config", ""},
		{"mini/pages/a/a.js", "cache-loader?x!./local", "mini/pages/a/local.js"}, // loaders of webpack before the file
		{"mini/pages/a/a.js", "!!raw-loader!./none", ""},
		{"mini/app.js", "./nothing", ""},
		{"mini/app.js", "", ""},
		{"mini/app.js", "https://example.com/x.js", ""},
	} {
		require.Equal(t, c.want, r.Script(c.from, c.spec), "%s in %s", c.spec, c.from)
	}
}

// Authors' machines mostly take ./UserForm and ./userForm for one. What is written as the
// file is called comes first, and a name that fits several files fits none.
func TestCapitals(t *testing.T) {
	r := resolver("", "utils/Http.js", "utils/http.js", "utils/Dates.js", "parts/UserForm/index.vue", "parts/card/Card.wxml", "parts/card/Card.json",
		"two/Note.js", "two/note.js")
	r.Scripts = append(r.Scripts, ".vue")
	for _, c := range []struct{ spec, want string }{
		{"./utils/http", "utils/http.js"}, {"./utils/Http", "utils/Http.js"}, {"./utils/HTTP", ""},
		{"./Utils/dates", "utils/Dates.js"}, {"./parts/userForm", "parts/UserForm/index.vue"}, {"./two/NOTE", ""}, {"./two/notes", ""},
	} {
		require.Equal(t, c.want, r.Script("app.js", c.spec), c.spec)
	}
	require.Equal(t, "parts/card/Card", r.Component("", "/Parts/card/card").Path)
	require.Equal(t, "parts/card/Card.wxml", r.Template("a.wxml", "/parts/card/card"))
}

// A bundler takes a bare name for that of a package, whatever stands beside the file.
func TestBundledNames(t *testing.T) {
	r := resolver("src", "src/utils/vue.ts", "src/utils/tool.ts", "src/api/index.ts", "src/config/.env.dev.ts", "src/config/env.ts")
	require.Equal(t, "src/utils/vue.ts", r.Script("src/utils/tool.ts", "vue"))
	r.Bundled = true
	require.Empty(t, r.Script("src/utils/tool.ts", "vue"))
	require.Equal(t, "src/utils/vue.ts", r.Script("src/utils/tool.ts", "./vue"))
	require.Equal(t, "src/api/index.ts", r.Script("src/utils/tool.ts", "api")) // from the root: no package is called so
	require.Equal(t, "src/config/.env.dev.ts", r.Script("src/config/env.ts", "./.env.dev"))
}

func TestScriptInfixAndTypeScriptOutput(t *testing.T) {
	r := resolver(".", "a.weapp.js", "a.js", "b.ts", "main.js")
	r.Infixes = []string{".weapp"}
	require.Equal(t, "a.weapp.js", r.Script("main.js", "./a"))
	require.Equal(t, "b.ts", r.Script("main.js", "./b.js"))
}

func TestComponent(t *testing.T) {
	pair := func(bases ...string) (files []string) {
		for _, b := range bases {
			files = append(files, b+".json", b+".wxml", b+".js")
		}
		return files
	}
	files := append(pair(
		"components/card/index", "components/form/form", "pages/a/part/part", "pages/a/badge",
		"miniprogram_npm/@vant/weapp/field/index", "miniprogram_npm/mp-html/index", "packages/x/miniprogram_npm/card-ui/index",
		"node_modules/installed-ui/dist/input/input", "aliased/thing/index"),
		"components/half.wxml", "components/sfc.vue", "components/both.wxml", "components/both/index.json", "components/both/index.wxml")
	r := resolver(".", files...)
	r.Packages = map[string]Package{"installed-ui": {Dir: "node_modules/installed-ui/dist"}}
	alias, _ := NewAlias("~/*", "/aliased/*")
	r.Aliases = []Alias{alias}
	for _, c := range []struct {
		dir, value string
		want       Component
	}{
		{"pages/a", "/components/card/index", Component{Path: "components/card/index"}},
		{"pages/a", "/components/card", Component{Path: "components/card/index"}},
		{"pages/a", "../../components/form/form", Component{Path: "components/form/form"}},
		{"pages/a", "../../../../../components/form/form", Component{Path: "components/form/form"}},
		{"pages/a", "part/part", Component{Path: "pages/a/part/part"}},
		{"pages/a", "./badge", Component{Path: "pages/a/badge"}},
		{"pages/a", "components/card/index", Component{Path: "components/card/index"}},
		{"pages/a", "/components/half", Component{Path: "components/half"}},       // no .json: better than nothing
		{"pages/a", "/components/both", Component{Path: "components/both/index"}}, // .json and template win
		{"pages/a", "/components/sfc", Component{Path: "components/sfc.vue"}},
		{"pages/a", "/components/form/form.wxml", Component{Path: "components/form/form"}},
		{"pages/a", "@vant/weapp/field/index", Component{Path: "miniprogram_npm/@vant/weapp/field/index", Package: "@vant/weapp", Inner: "field/index"}},
		{"pages/a", "@vant/weapp/field", Component{Path: "miniprogram_npm/@vant/weapp/field/index", Package: "@vant/weapp", Inner: "field/index"}},
		{"pages/a", "/miniprogram_npm/mp-html/index", Component{Path: "miniprogram_npm/mp-html/index", Package: "mp-html", Inner: "index"}},
		{"packages/x/pages/p", "card-ui", Component{Path: "packages/x/miniprogram_npm/card-ui/index", Package: "card-ui", Inner: "index"}},
		{"pages/a", "installed-ui/input/input", Component{Path: "node_modules/installed-ui/dist/input/input", Package: "installed-ui", Inner: "input/input"}},
		{"pages/a", "tdesign-miniprogram/button/button", Component{Package: "tdesign-miniprogram", Inner: "button/button"}},
		{"pages/a", "/miniprogram_npm/weui-miniprogram/form/form", Component{Package: "weui-miniprogram", Inner: "form/form"}},
		{"pages/a", "plugin://hello/list", Component{Plugin: true}},
		{"pages/a", "plugin-private://wx1/list", Component{Plugin: true}},
		{"pages/a", "~/thing", Component{Path: "aliased/thing/index"}},
		{"pages/a", "./gone", Component{}},
		{"pages/a", "", Component{}},
	} {
		require.Equal(t, c.want, r.Component(c.dir, c.value), "%s in %s", c.value, c.dir)
	}
}

func TestTemplateAndFilter(t *testing.T) {
	r := resolver("src", "src/tpl/foot.wxml", "src/pages/a/head.wxml", "src/pages/a/a.wxml", "src/wxs/fmt.wxs", "foot.wxml")
	for src, want := range map[string]string{
		"head.wxml":                   "src/pages/a/head.wxml",
		"./head":                      "src/pages/a/head.wxml",
		"/tpl/foot.wxml":              "src/tpl/foot.wxml",
		"../../tpl/foot":              "src/tpl/foot.wxml",
		"tpl/foot":                    "src/tpl/foot.wxml",
		"../../../../../../foot.wxml": "",
		"../../fmt.wxs":               "",
	} {
		require.Equal(t, want, r.Template("src/pages/a/a.wxml", src), src)
	}
	require.Equal(t, "src/wxs/fmt.wxs", r.Filter("src/pages/a/a.wxml", "../../wxs/fmt.wxs"))
	require.Equal(t, "src/wxs/fmt.wxs", r.Filter("src/pages/a/a.wxml", "/wxs/fmt"))
}

func TestPackageNames(t *testing.T) {
	for spec, want := range map[string][2]string{
		"dayjs":                 {"dayjs", ""},
		"dayjs/plugin/utc":      {"dayjs", "plugin/utc"},
		"@vant/weapp":           {"@vant/weapp", ""},
		"@vant/weapp/dist/cell": {"@vant/weapp", "dist/cell"},
		"@scope":                {"@scope", ""},

		"../node_modules/crypto-js/crypto-js.js": {"crypto-js", "crypto-js.js"},
		"./parts/cell":                           {".", "parts/cell"},
	} {
		name, rest := SplitPackage(spec)
		require.Equal(t, want, [2]string{name, rest}, spec)
	}
	name, rest := PackageOf("a/miniprogram_npm/x/miniprogram_npm/@y/z/index")
	require.Equal(t, "@y/z index", name+" "+rest)
	name, _ = PackageOf("my_miniprogram_npm/x/index")
	require.Empty(t, name)
}

func TestExtendedLibrary(t *testing.T) {
	require.Equal(t, []string{"weui-miniprogram"}, ExtendedLibrary("weui"))
	require.Empty(t, ExtendedLibrary("other"))
}

// Whatever the name is, the answer is a file of the program, or none.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"./a", "../../../x", "/a", "@/a", "@vant/weapp/field", "a//b", "..", ".", "@", "\x00", "plugin://x", "a\\b"} {
		f.Add(s)
	}
	r := resolver("mini", "mini/a.js", "mini/a.wxml", "mini/a.json", "x.js", "x.wxml", "mini/miniprogram_npm/a/index.js")
	a, _ := NewAlias("@/*", "../*")
	r.Aliases = []Alias{a}
	f.Fuzz(func(t *testing.T, spec string) {
		for _, p := range []string{r.Script("mini/p/q.js", spec), r.Template("mini/p/q.wxml", spec), r.Filter("mini/p/q.wxml", spec)} {
			if p != "" {
				require.True(t, r.Tree.Has(p), p)
				require.True(t, strings.HasPrefix(p, "mini/"), p)
			}
		}
		if c := r.Component("mini/p", spec); c.Path != "" {
			require.True(t, strings.HasPrefix(c.Path, "mini/"), c.Path)
		}
		_, _ = NewAlias(spec, spec) // must not panic
	})
}
