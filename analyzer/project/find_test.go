package project

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const manifest = `{"pages": ["p/p"]}`

// with adds a page p/p to the program in each of dirs.
func with(files map[string]string, dirs ...string) map[string]string {
	for _, d := range dirs {
		if d != "" {
			d += "/"
		}
		if _, ok := files[d+"app.json"]; !ok {
			files[d+"app.json"] = manifest
		}
		page(files, d+"p/p", "{}", "<view/>", "Page({})")
	}
	return files
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string // root and source of each
	}{
		"app.json alone":                                {with(map[string]string{}, ""), []string{". ."}},
		"miniprogramRoot":                               {with(map[string]string{"project.config.json": `{"miniprogramRoot": "./mp/"}`}, "mp"), []string{". mp"}},
		"src before output":                             {with(map[string]string{"project.config.json": `{"miniprogramRoot": "dist/", "srcMiniprogramRoot": "src/"}`}, "src", "dist"), []string{". src"}},
		"output named, source found":                    {with(map[string]string{"project.config.json": `{"miniprogramRoot": "dist/"}`}, "src", "dist"), []string{". src"}},
		"output without source":                         {with(map[string]string{"project.config.json": `{"miniprogramRoot": "dist/"}`}, "dist"), []string{". dist"}},
		"output is not there":                           {with(map[string]string{"project.config.json": `{"miniprogramRoot": "dist/"}`}, "src"), []string{". src"}},
		"output beside source":                          {with(map[string]string{"project.config.json": `{}`}, "src", "dist", "unpackage/dist/build/mp-weixin"), []string{". src"}},
		"root with output":                              {with(map[string]string{"project.config.json": `{}`}, "", "dist"), []string{". ."}},
		"root cannot escape":                            {with(map[string]string{"a/project.config.json": `{"miniprogramRoot": "../../mp"}`}, "a/mp", "mp"), []string{"a a/mp", "mp mp"}},
		"private settings":                              {with(map[string]string{"project.config.json": `{"miniprogramRoot": "old"}`, "project.private.config.json": `{"miniprogramRoot": "new"}`}, "new"), []string{". new"}},
		"two programs":                                  {with(map[string]string{"user/project.config.json": `{}`, "shop/project.config.json": `{}`}, "user", "shop"), []string{"shop shop", "user user"}},
		"configuration of an outer folder is left over": {with(map[string]string{"project.config.json": `{"compileType": "miniprogram"}`, "mp/project.config.json": `{}`}, "mp"), []string{"mp mp"}},
		"installed packages":                            {with(map[string]string{}, "", "node_modules/x/demo", ".cache/y"), []string{". ."}},
		"test programs":                                 {with(map[string]string{}, "mp", "tests/app", "mp/__tests__/case"), []string{"mp mp"}},
		"only test programs":                            {with(map[string]string{}, "tests/app"), []string{"tests/app tests/app"}},
		"another tool's app.json":                       {with(map[string]string{"server/app.json": `{"name": "api", "scripts": {}}`}, "mp"), []string{"mp mp"}},
		"alipay":                                        {with(map[string]string{"mini.project.json": `{"miniprogramRoot": "client"}`}, "client"), []string{". client"}},
	} {
		t.Run(name, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{})
			require.NoError(t, err)
			var got []string
			for _, p := range programs {
				got = append(got, p.Root+" "+p.Source)
				require.True(t, p.unit("p/p").Reachable)
				require.Empty(t, p.Unread)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// A program within the directory of another is not part of it.
func TestNestedProgramsShareNothing(t *testing.T) {
	programs, err := Load(tree(with(map[string]string{"a.js": "", "inner/b.js": ""}, "", "inner")), Options{})
	require.NoError(t, err)
	require.Len(t, programs, 2)
	for i, want := range [][]string{{"a.js", "p/p.js"}, {"inner/b.js", "inner/p/p.js"}} {
		var got []string
		for _, m := range programs[i].Modules {
			got = append(got, m.File.Path)
		}
		require.Equal(t, want, got)
	}
}

func TestLoadErrors(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		kind  ErrorKind
		path  string
		says  string
	}{
		"empty":          {nil, EmptyDir, ".", "is empty"},
		"no code":        {map[string]string{"README.md": "x", "a.png": "x"}, NoProgram, ".", "no mini program here"},
		"templates":      {map[string]string{"index/index.wxml": "<view/>"}, NoProgram, ".", "one or more levels up"},
		"wrong root":     {map[string]string{"project.config.json": `{"miniprogramRoot": "mp/"}`, "x.js": ""}, NoProgram, "project.config.json", `there is no mp/app.json`},
		"uni-app":        {map[string]string{"src/pages.json": "{}", "src/manifest.json": "{}"}, NoProgram, ".", "looked for pages.json"},
		"taro":           {map[string]string{"src/app.config.ts": "", "package.json": "{}"}, NoProgram, ".", "looked for app.config.ts"},
		"remax":          {map[string]string{"src/app.js": "", "package.json": `{"dependencies": {"remax": "2"}}`}, NoProgram, ".", "sources of remax are not read"},
		"mpx":            {map[string]string{"src/app.mpx": ""}, BadConfig, "src/app.mpx", "lists no pages"},
		"wepy":           {map[string]string{"src/app.wpy": ""}, BadConfig, "src/app.wpy", "lists no pages"},
		"web":            {map[string]string{"src/main.js": "", "package.json": `{"dependencies": {"react": "18"}}`}, NoProgram, ".", "looked for project.config.json"},
		"web, Vue":       {map[string]string{"src/App.vue": "<template><div/></template>", "package.json": `{"dependencies": {"vue": "3"}}`}, NoProgram, ".", "looked for project.config.json"},
		"broken":         {map[string]string{"app.json": "{\n  \"pages\": [\"a\"\n"}, BadConfig, "app.json", "JSON"},
		"no object":      {map[string]string{"app.json": "[]"}, BadConfig, "app.json", "must hold an object"},
		"no pages":       {map[string]string{"project.config.json": "{}", "app.json": `{"window": {}}`}, BadConfig, "app.json", "lists no pages"},
		"empty app.json": {map[string]string{"project.config.json": "{}", "app.json": ""}, BadConfig, "app.json", ""},
		"binary":         {map[string]string{"app.json": "\x00\x01"}, BadConfig, "app.json", "binary"},
	} {
		t.Run(name, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{})
			require.Empty(t, programs)
			var e *LoadError
			require.True(t, errors.As(err, &e), "%v", err)
			require.Equal(t, c.kind, e.Kind, e.Error())
			require.Equal(t, c.path, e.Path)
			require.Contains(t, e.Error(), c.says)
			require.NotEmpty(t, e.Message.ZH)
			require.Contains(t, e.Text().ZH, e.Message.ZH)
		})
	}
}

func TestBrokenManifestNamesThePlace(t *testing.T) {
	_, err := Load(tree(map[string]string{"app.json": "{\n  \"pages\": [\"a\" \"b\"]\n}"}), Options{})
	var e *LoadError
	require.True(t, errors.As(err, &e))
	require.Equal(t, 2, e.Location.Start().Line)
	require.Regexp(t, `^app\.json:2:\d+: `, e.Error())
}

// One broken program of several does not keep the others from being loaded.
func TestBrokenBesideGood(t *testing.T) {
	programs, err := Load(tree(with(map[string]string{"bad/project.config.json": "{}", "bad/app.json": "{,}"}, "good")), Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	require.Len(t, programs[0].Unread, 1)
	require.Equal(t, "bad/app.json", programs[0].Unread[0].Path)
	require.True(t, programs[0].Unread[0].Hides)
}

// Pages are in pages.json; a broken manifest.json hides none of them.
func TestBrokenManifest(t *testing.T) {
	files := uni()
	files["src/manifest.json"] = `{"mp-weixin": {"appid" "wx0"}, "mp-alipay": {}}`
	p := load(t, files)
	i := slices.IndexFunc(p.Unread, func(u Unread) bool { return u.Path == "src/manifest.json" })
	require.GreaterOrEqual(t, i, 0, "%v", p.Unread)
	require.False(t, p.Unread[i].Hides)
	require.Contains(t, p.Unread[i].Reason.EN, "read for WeChat")
	require.NotEmpty(t, p.Config.Pages)
}

// A list of pages without code, for the edition of another platform, is no second program.
func TestListForAnotherEdition(t *testing.T) {
	f := with(map[string]string{"project.config.json": "{}", "qq/project.config.json": "{}"}, "")
	f["qq/app.json"] = f["app.json"]
	p := load(t, f)
	requireTold(t, p, "qq/app.json:0 false this list of pages was not read: no code is beside it")
	f["qq/app.js"] = "App({})"
	programs, err := Load(tree(f), Options{})
	require.NoError(t, err)
	require.Len(t, programs, 2)
}

// The build of uni-app passes over a comma or brackets that are missing, and over what comes after the end.
func TestFaultyPagesOfUniApp(t *testing.T) {
	for list, fault := range map[string]string{
		`{"pages": [{"path": "pages/a/a"} {"path": "pages/b/b"}]}`:               "src/pages.json:1 false this is not valid JSON: a comma is missing",
		"{\"pages\": [{\"path\": \"pages/a/a\"}, {\"path\": \"pages/b/b\"}]\n}}": "src/pages.json:2 false this is not valid JSON: the JSON value ends",
		"{\"pages\": [{\"path\": \"pages/a/a\"}, {\"path\": \"pages/b/b\"}]\n":   "src/pages.json:2 false this is not valid JSON: the file ends too early",
	} {
		p := load(t, map[string]string{
			"src/manifest.json": "{}", "src/pages.json": list, "src/App.vue": "<script>export default {}</script>",
			"src/pages/a/a.vue": "<template><view/></template>", "src/pages/b/b.vue": "<template><view/></template>",
		})
		require.Equal(t, []string{"pages/a/a", "pages/b/b"}, p.Config.Pages)
		requireTold(t, p, fault)
	}
}

func TestOpenDirErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "app.json")
	require.NoError(t, os.WriteFile(file, []byte(manifest), 0o644))
	for name, kind := range map[string]ErrorKind{filepath.Join(dir, "none"): NotFound, file: NotDirectory} {
		_, err := OpenDir(name)
		var e *LoadError
		require.True(t, errors.As(err, &e))
		require.Equal(t, kind, e.Kind)
		require.Equal(t, name, e.Path)
	}
	_, err := OpenDir(dir)
	require.NoError(t, err)
}

// Whatever the configuration says, loading ends and reports what it could not
// read.
func FuzzConfig(f *testing.F) {
	f.Add(shop()["project.config.json"], shop()["mini/app.json"], `{"usingComponents": {"a": "/mini/a"}}`)
	f.Add(`{"packOptions": {"ignore": [{"type": "glob", "value": "**/*.js"}, {"type": "regexp", "value": "("}]}}`, `{"pages": ["mini/pages/home/home", "../x", "//", null, {}]}`, `[]`)
	f.Add(`{"miniprogramRoot": "../.."}`, `{"pages": {"a": 1}, "subPackages": [1, {"root": "/", "pages": ["a"]}], "mini-weixin": []}`, `{"componentGenerics": {"a": {"default": "./a"}}}`)
	f.Fuzz(func(t *testing.T, settings, app, component string) {
		fsys := fstest.MapFS{}
		for p, text := range map[string]string{
			"project.config.json": settings, "app.json": app, "mini/app.json": app, "ext.json": app, "package.json": settings,
			"a.json": component, "a.wxml": "<a/><b/>", "a.js": "Component({})",
			"mini/a.json": component, "mini/a.wxml": "<a/><include src='a'/>", "mini/a.js": "require('./a')",
		} {
			fsys[p] = &fstest.MapFile{Data: []byte(text)}
		}
		programs, err := Load(fsys, Options{Jobs: 1})
		if err != nil {
			var e *LoadError
			require.True(t, errors.As(err, &e))
			return
		}
		for _, p := range programs {
			for _, u := range p.Units {
				require.NotNil(t, u.Components)
			}
			for _, m := range p.Modules {
				require.True(t, m.Tree != nil || m.Skipped != "", m.File.Path)
			}
		}
	})
}

// A folder of any name is the output of sources beside it if the project configuration
// names it and its pages are theirs. A uni-app program may have an app.config.js of its own.
func TestOneProgramOrTwo(t *testing.T) {
	sources := func(pages string) map[string]string {
		files := with(map[string]string{"project.config.json": `{"miniprogramRoot": "client/"}`}, "client")
		files["src/app.wpy"] = "<script>wepy.app({})</script><config>{ pages: [" + pages + "] }</config>"
		files["src/p/p.wpy"] = "<template><view/></template><script>wepy.page({})</script>"
		files["src/pages/a.wpy"] = files["src/p/p.wpy"]
		return files
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  []string // sources
	}{
		"the same pages": {sources("'p/p'"), []string{"src"}},
		"other pages":    {sources("'p/p', 'pages/a'"), []string{"client", "src"}},
		"uni-app": {func() map[string]string {
			files := with(map[string]string{"project.config.json": `{"miniprogramRoot": "client/"}`}, "client")
			files["src/pages.json"] = `{"pages": [{"path": "p/p"}]}`
			files["src/manifest.json"] = `{}`
			files["src/App.vue"] = "<script>export default {}</script>"
			files["src/main.js"] = "import App from './App'"
			files["src/p/p.vue"] = "<template><view/></template>"
			return files
		}(), []string{"src"}},
		"uni-app with settings of its own": {map[string]string{
			"pages.json": `{"pages": [{"path": "p/p"}]}`, "manifest.json": `{}`, "App.vue": "<script>export default {}</script>", "main.js": "import App from './App'",
			"p/p.vue": "<template><view/></template>", "app.config.js": "import { version } from '/manifest.json'\nexport default { version, login: { url: '/p/p' } }",
		}, []string{"."}},
		"old, beside the output that is named": {func() map[string]string {
			files := sources("'p/p'")
			files["app.json"], files["app.js"] = `{"pages": ["old/old"]}`, "App({})"
			files["old/old.wxml"], files["old/old.js"] = "<view/>", "Page({})"
			files["package.json"] = `{"dependencies": {"wepy": "1.7.0"}}`
			return files
		}(), []string{"src"}},
		"not named": {func() map[string]string {
			files := sources("'p/p'")
			files["project.config.json"] = `{}`
			return files
		}(), []string{"client", "src"}},
	} {
		t.Run(name, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{})
			require.NoError(t, err)
			var got []string
			for _, p := range programs {
				got = append(got, p.Source)
			}
			require.ElementsMatch(t, c.want, got)
		})
	}
}
