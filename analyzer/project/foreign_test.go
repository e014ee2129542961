package project

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A web page or a server inside of the program's directory is no part of it, but for what
// the program imports.
func TestForeignProjects(t *testing.T) {
	program := func(more ...string) map[string]string {
		return together(map[string]string{"app.json": `{"pages": ["p/p"]}`, "app.js": "App({})", "p/p.wxml": "<view/>", "p/p.js": "Page({})",
			"other/src/api.js": "export const a = 1", "other/src/view.js": "export const b = 2"}, more...)
	}
	for what, c := range map[string]struct {
		files map[string]string
		told  string   // "" if other belongs to the program
		reads []string // modules of other that are read
	}{
		"a web project":              {program("other/package.json", `{"dependencies": {"react-dom": "18"}}`), "a web project", nil},
		"built by a command":         {program("other/package.json", `{"devDependencies": {"@vue/cli-service": "5"}}`), "a web project", nil},
		"Vue with a page":            {program("other/package.json", `{"dependencies": {"vue": "3"}}`, "other/index.html", "<div/>"), "a web project", nil},
		"a server":                   {program("other/package.json", `{"dependencies": {"express": "4"}}`), "a server", nil},
		"some of it imported":        {program("other/package.json", `{"dependencies": {"express": "4"}}`, "p/p.js", "import '../other/src/api'; Page({})"), "a server", []string{"other/src/api.js"}},
		"Vue without a page":         {program("other/package.json", `{"dependencies": {"vue": "3"}}`), "", []string{"other/src/api.js", "other/src/view.js"}},
		"a package of its own code":  {program("other/package.json", `{"name": "tools"}`), "", []string{"other/src/api.js", "other/src/view.js"}},
		"a copy of a package":        {program("other/package.json", `{"name": "vant-weapp", "devDependencies": {"vue-router": "3"}}`), "", []string{"other/src/api.js", "other/src/view.js"}},
		"a cloud function's":         {program("other/package.json", `{"dependencies": {"wx-server-sdk": "2", "koa": "2"}}`), "", []string{"other/src/api.js", "other/src/view.js"}},
		"the program's own manifest": {program("package.json", `{"dependencies": {"express": "4"}}`), "", []string{"other/src/api.js", "other/src/view.js"}},
		"a page is in it":            {program("app.json", `{"pages": ["p/p", "other/p"]}`, "other/package.json", `{"dependencies": {"antd": "5"}}`, "other/p.wxml", "<view/>", "other/p.js", "Page({})"), "", []string{"other/p.js", "other/src/api.js", "other/src/view.js"}},
	} {
		t.Run(what, func(t *testing.T) {
			p := load(t, c.files)
			var reads []string
			for _, m := range p.Modules {
				if under("other", m.File.Path) {
					reads = append(reads, m.File.Path)
				}
			}
			require.Equal(t, c.reads, reads)
			if c.told == "" {
				for _, u := range p.Unread {
					require.NotEqual(t, "other", u.Path)
				}
				return
			}
			requireTold(t, p, "other:0 false "+c.told)
		})
	}
}

// A page that is registered under another path than that of its files is read, and told.
func TestRoutes(t *testing.T) {
	const page = "<input />"
	for what, c := range map[string]struct {
		files map[string]string
		told  []string
		page  string // the file that is read
	}{
		"a folder with an index": {map[string]string{"app.json": `{"pages": ["p/bind"]}`, "p/bind/index.wxml": page, "p/bind/index.js": "Page({})"},
			[]string{`app.json:1 false the page "p/bind", which is registered here, is a folder`}, "p/bind/index.wxml"},
		"capital letters": {map[string]string{"app.json": `{"pages": ["p/Bind"]}`, "p/bind.wxml": page, "p/bind.js": "Page({})"},
			[]string{`app.json:1 false the page "p/Bind", which is registered here, differs from its files, "p/bind"`}, "p/bind.wxml"},
		"as it is": {map[string]string{"app.json": `{"pages": ["p/bind"]}`, "p/bind.wxml": page, "p/bind.js": "Page({})", "p/bind/index.wxml": page}, nil, "p/bind.wxml"},
		"a page of its own": {map[string]string{"app.json": `{"pages": ["p/bind", "p/bind/index"]}`, "p/bind/index.wxml": page, "p/bind/index.js": "Page({})"},
			[]string{`app.json:1 true the page "p/bind" is registered here, but has no`}, ""},
		"Taro": {map[string]string{"package.json": `{"dependencies": {"@tarojs/taro": "3"}}`, "src/app.config.ts": "export default { pages: ['p/bind'] }",
			"src/app.tsx": "export default p => p.children", "src/p/bind/index.tsx": "export default () => <Input />"}, nil, "src/p/bind/index.tsx"},
	} {
		t.Run(what, func(t *testing.T) {
			p := load(t, c.files)
			requireTold(t, p, c.told...)
			if c.page == "" {
				return
			}
			u := p.Units[1]
			require.Equal(t, c.page, u.View.File.Path)
			require.True(t, u.Registered && u.Reachable)
			require.Equal(t, p.Config.Pages, []string{u.Path})
		})
	}
}

// The configuration of wepy and mpx is read where code computes it, and told where that
// cannot be read.
func TestComputedSingle(t *testing.T) {
	mpxOf := func(config string, more ...string) map[string]string {
		return together(map[string]string{"package.json": `{"dependencies": {"@mpxjs/core": "2"}}`,
			"app.mpx": "<script>createApp({})</script><script name=\"json\">" + config + "</script>",
			"p/a.mpx": "<template><view/></template><script>createPage({})</script>"}, more...)
	}
	wepyOf := func(before, config string, more ...string) map[string]string {
		return together(map[string]string{"package.json": `{"dependencies": {"wepy": "1"}}`,
			"app.wpy": "<script>" + before + "\nexport default class extends wepy.app { config = " + config + " }</script>",
			"p/a.wpy": "<template><view/></template>"}, more...)
	}
	const told = "0 true a part of the list of pages is computed"
	for what, c := range map[string]struct {
		files map[string]string
		pages []string
		told  []string
	}{
		"mpx, pushed for the platform": {mpxOf("const pages = ['p/a']; if (__mpx_mode__ === 'wx') pages.push('p/b'); if (__mpx_mode__ === 'ali') pages.push('p/c'); module.exports = { pages }"),
			[]string{"p/a", "p/b"}, []string{"app.mpx:0 false ali)"}},
		"mpx, of another file": {mpxOf("module.exports = { pages: ['p/a', ...require('./more')] }", "more.js", "module.exports = ['p/b']"), []string{"p/a", "p/b"}, nil},
		"mpx, taken apart": {mpxOf("const { all: [first], own = [] } = require('./more')\nconst { own: more } = require('./more')\nmodule.exports = { pages: ['p/a', ...more] }",
			"more.js", "const own = ['p/b']\nmodule.exports = { own, all: ['p/c'] }"), []string{"p/a", "p/b"}, nil},
		"mpx, from the disk":    {mpxOf("module.exports = { pages: ['p/a'].concat(find(__dirname)) }"), []string{"p/a"}, []string{"app.mpx:" + told}},
		"mpx, another property": {mpxOf("module.exports = { pages: ['p/a'], debug: find(__dirname) }"), []string{"p/a"}, nil},
		"mpx, packages":         {mpxOf("module.exports = { pages: ['p/a'], packages: find(__dirname) }"), []string{"p/a"}, []string{"app.mpx:" + told}},
		"mpx, its components": {mpxOf("module.exports = { pages: ['p/a'] }", "p/a.mpx", "<template><view/></template><script>createPage({})</script><script name=\"json\">module.exports = { usingComponents: find(__dirname) }</script>"),
			[]string{"p/a"}, []string{"p/a.mpx:0 true a part of the list of components"}},
		"mpx, a component of a list": {mpxOf("module.exports = { pages: ['p/a'] }", "p/b.mpx", "<template><input/></template>", "p/a.mpx",
			"<template><b-b/><c-c/></template><script>createPage({})</script><script name=\"json\">const all = __mpx_mode__ === 'wx' ? ['./b'] : []\n"+
				"module.exports = { usingComponents: { 'b-b': all[0], 'c-c': { wx: './b', ali: './c' }[__mpx_mode__] } }</script>"), []string{"p/a"}, nil},
		"mpx, a component that is not in the list": {mpxOf("module.exports = { pages: ['p/a'] }", "p/a.mpx",
			"<template><b-b/></template><script>createPage({})</script><script name=\"json\">const all = []\n"+
				"module.exports = { usingComponents: { 'b-b': all[0] } }</script>"), []string{"p/a"}, []string{"p/a.mpx:0 true a part of the list of components", "p/a.mpx:1 false the component <b-b> is not registered"}},
		"wepy, spread and pushed": {wepyOf("const pages = ['p/a']; if (process.env.X) pages.push('p/b')", "{ pages: [...pages, ...require('./more')] }", "more.js", "module.exports = ['p/c']"),
			[]string{"p/a", "p/b", "p/c"}, nil},
		"wepy, from the disk": {wepyOf("", "{ pages: ['p/a', ...find(process.cwd())] }"), []string{"p/a"}, []string{"app.wpy:" + told}},
	} {
		t.Run(what, func(t *testing.T) {
			p := load(t, c.files)
			require.Equal(t, c.pages, p.Config.Pages)
			told := p.Unread[:0:0]
			for _, u := range p.Unread {
				if !strings.Contains(u.Reason.EN, "is registered here") { // the pages have no files
					told = append(told, u)
				}
			}
			p.Unread = told
			requireTold(t, p, c.told...)
		})
	}
}
