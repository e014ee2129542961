package flow

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// followed runs a native program and returns how many flows each page's controls have,
// and the paths that ran into a limit.
func followed(t *testing.T, files map[string]string) (flows map[string]int, limited map[string]bool) {
	fsys := fstest.MapFS{}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	r := Analyze(programs[0], Options{})
	flows, limited = map[string]int{}, map[string]bool{}
	for _, c := range r.Controls {
		if c.Page != nil { // nil for a component that a limit kept from being drawn
			flows[c.Page.Path] += len(c.Uses.Flows)
		}
	}
	for _, l := range r.Limits {
		limited[l.Path()] = true
	}
	return flows, limited
}

// counting is code that costs much: functions of which each calls the next one three
// times.
var counting = func() string {
	var s strings.Builder
	for i := range 12 {
		fmt.Fprintf(&s, "function f%[1]d() { f%[2]d(); f%[2]d(); f%[2]d() }\n", i, i+1)
	}
	return s.String() + "function f12() { b() }\nf0()\n"
}()

const (
	field   = `<input bindinput="on" />`
	sending = "wx.request({ url: 'https://x.example.cn', data: e.detail.value })"
)

// What modules do when they are loaded costs the pages nothing, and a module that is
// cut short is named.
func TestModulesSpendTheirOwn(t *testing.T) {
	files := map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "pages/a/a.wxml": field,
		"pages/a/a.js": "const post = require('../../post'); Page({ on(e) { post(e) } })",
		"post.js":      "module.exports = e => " + sending,
	}
	for i := range 40 {
		files[fmt.Sprintf("u%d.js", i)] = counting
		files["app.js"] += fmt.Sprintf("require('./u%d')\n", i)
	}
	files["app.js"] += "App({})"
	flows, limited := followed(t, files)
	require.Equal(t, 1, flows["pages/a/a"])
	require.True(t, limited["u0.js"] && limited["u39.js"])
	require.False(t, limited["pages/a/a"])
}

// A costly page before another, and one behind it, take nothing from what it needs.
func TestPagesHaveTheirShare(t *testing.T) {
	files := map[string]string{"app.js": "App({})", "cost.js": "module.exports = () => {" + counting + "}"}
	var pages []string
	for i := range 41 {
		p := fmt.Sprintf("pages/p%02d/p", i)
		pages = append(pages, `"`+p+`"`)
		files[p+".wxml"] = `<button wx:for="{{[1,2,3,4,5,6]}}" bindtap="more" data-n="{{item}}" />` + field
		files[p+".js"] = "const cost = require('../../cost'); Page({ onLoad() { cost() }, onShow() { cost() }, onReady() { cost() }, on(e) { " + sending + " }, more() { cost() } })"
	}
	files["app.json"] = `{"pages": [` + strings.Join(pages, ",") + "]}"
	flows, _ := followed(t, files)
	for _, p := range pages {
		require.Equal(t, 1, flows[strings.Trim(p, `"`)], p)
	}
}

// If nothing is left, handlers still begin, and functions without calls run: one of
// two constants does not carry the value by which it was chosen. What goes into a call that
// is not followed is lost.
func TestHandlersBeginWithNothingLeft(t *testing.T) {
	var view, script strings.Builder
	for i := range 120 {
		fmt.Fprintf(&view, `<view><input bindinput="on%d" /></view>`, i)
		fmt.Fprintf(&script, "on%d(e) { cost(); wx.request({ url: 'https://x.example.cn', data: cost(e.detail.value) }); wx.setStorage({ key: 'k', data: kind(e.detail.value) }) },\n", i)
	}
	files := map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})", "pages/a/a.wxml": view.String(),
		"pages/a/a.js": "function cost(v) {" + counting + "return v }\nfunction kind(v) { return v == '1' ? 'one' : 'other' }\nPage({" + script.String() + "})",
	}
	fsys := fstest.MapFS{}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	r := Analyze(programs[0], Options{})
	sent := 0
	for _, c := range r.Controls {
		sent += len(c.Uses.Flows)
		require.True(t, len(c.Uses.Flows) > 0 || len(c.Uses.Lost) > 0, "a handler did not begin")
		require.LessOrEqual(t, len(c.Uses.Flows), 1, "a constant carries the value")
	}
	require.Len(t, r.Controls, 120)
	require.Less(t, 0, sent)
	require.NotEmpty(t, r.Limits)
}

// Loops in loops, includes that include and components that use each other are drawn
// within bounds; every control is found, and the page is named.
func TestDrawingIsBounded(t *testing.T) {
	app := map[string]string{"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})", "pages/a/a.js": "Page({ data: { list: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] }, on(e) { " + sending + " } })"}
	with := func(more map[string]string) map[string]string {
		for p, text := range app {
			if more[p] == "" {
				more[p] = text
			}
		}
		return more
	}
	loops := with(map[string]string{"pages/a/a.wxml": strings.Repeat(`<view wx:for="{{list}}">`, 6) + field + strings.Repeat("</view>", 6)})
	includes := with(map[string]string{"pages/a/a.wxml": `<include src="/i0.wxml" />`, "i9.wxml": field})
	components := with(map[string]string{
		"pages/a/a.json": `{"usingComponents": {"c0": "/c0"}}`, "pages/a/a.wxml": "<c0 />",
		"c9.wxml": field, "c9.js": "Component({ methods: { on(e) { " + sending + " } } })", "c9.json": `{"component": true}`,
	})
	for i := range 9 {
		includes[fmt.Sprintf("i%d.wxml", i)] = strings.Repeat(fmt.Sprintf(`<include src="/i%d.wxml" />`, i+1), 20)
		components[fmt.Sprintf("c%d.wxml", i)] = strings.Repeat(fmt.Sprintf("<c%d />", i+1), 20)
		components[fmt.Sprintf("c%d.js", i)] = "Component({})"
		components[fmt.Sprintf("c%d.json", i)] = fmt.Sprintf(`{"component": true, "usingComponents": {"c%d": "/c%d"}}`, i+1, i+1)
	}
	for what, files := range map[string]map[string]string{"loops": loops, "includes": includes, "components": components} {
		flows, limited := followed(t, files)
		require.Positive(t, flows["pages/a/a"], what)
		require.Less(t, flows["pages/a/a"], 2*standard.drawn/controlDraw, what)
		require.NotEmpty(t, limited, what)
	}
	flows, limited := followed(t, with(map[string]string{"pages/a/a.wxml": `<view wx:for="{{list}}">` + field + "</view>"}))
	require.Equal(t, 20, flows["pages/a/a"])
	require.Empty(t, limited)
}

// What a call gives that is not followed is not what it was given: the datum is lost there.
func TestRefusedCallHandsNothingBack(t *testing.T) {
	fsys := fstest.MapFS{
		"app.json":       {Data: []byte(`{"pages": ["pages/a/a"]}`)},
		"pages/a/a.wxml": {Data: []byte(field)},
		"pages/a/a.js": {Data: []byte(`
			const hosts = { a: 'https://a.example.cn', b: 'https://b.example.cn' }
			function chosen(who) { return hosts[check(who)] }
			function check(who) { return who === 'tester' ? 'a' : 'b' }
			Page({ on(e) {
				` + strings.TrimSuffix(counting, "f0()\n") + `
				function b() {}
				f0()
				wx.request({ url: chosen(e.detail.value) + '/list' })
			} })`)},
	}
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	r := Analyze(programs[0], Options{})
	require.NotEmpty(t, r.Limits)
	require.Empty(t, r.Controls[0].Uses.Flows)
	require.NotEmpty(t, r.Controls[0].Uses.Lost)
}

// A long list of constants that a loop in a loop searches costs little.
func TestListOfAreas(t *testing.T) {
	var areas strings.Builder
	for p := range 12 {
		fmt.Fprintf(&areas, "{ name: 'p%d', cities: [", p)
		for c := range 30 {
			fmt.Fprintf(&areas, "{ name: 'c%[1]d.%[2]d', parts: [{ code: '%[1]d%[2]d1', name: 'x' }, { code: '%[1]d%[2]d2', name: 'y' }, { code: '%[1]d%[2]d3', name: 'z' }] },", p, c)
		}
		areas.WriteString("] },\n")
	}
	flows, limited := followed(t, map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "pages/a/a.wxml": field, "areas.js": "module.exports = [" + areas.String() + "]",
		"pages/a/a.js": `const areas = require('../../areas')
			function find(code) { for (const p of areas) for (const c of p.cities) for (const d of c.parts) if (d.code === code) return d.name }
			Page({ on(e) { wx.request({ url: 'https://x.example.cn', data: { name: e.detail.value, area: find(e.detail.code) } }) } })`,
	})
	require.Equal(t, 1, flows["pages/a/a"])
	require.Empty(t, limited)
}

// A costly component is run for all pages that show it, once all else is done, if the program has room for that.
func TestCostlyComponentsWait(t *testing.T) {
	pages, files := []string{}, map[string]string{
		"main.js": "import App from './App'\nexport default App", "App.vue": "<script>export default {}</script>",
		"components/own/own.vue": `<template><input @input="on" /></template><script>
			const list = ['` + strings.Join(strings.Split(strings.Repeat("x", 60), ""), "','") + `']
			const sum = text => { let s = 0; for (const a of list) { if (a === text) s += text.length * 2; else s += a.length } return s }
			export default { methods: { on(e) {
				let all = 0
				for (const a of list) all += sum(a + e.detail.value)
				uni.request({ url: 'https://x.example.cn', data: { all, value: e.detail.value } })
			} } }
		</script>`,
	}
	for i := range 9 {
		p := fmt.Sprintf("pages/p%d/p%d", i, i)
		pages = append(pages, `{"path": "`+p+`"}`)
		files[p+".vue"] = "<template><own /></template><script>import own from '../../components/own/own.vue'\nexport default { components: { own } }</script>"
	}
	files["pages.json"] = `{"pages": [` + strings.Join(pages, ",") + `]}`
	flows, limited := followed(t, files)
	require.Empty(t, limited)
	for i := range 9 {
		require.Equal(t, 1, flows[fmt.Sprintf("pages/p%d/p%d", i, i)])
	}

	whole := standard
	defer func() { standard = whole }()
	standard.program, standard.perByte = 100_000, 0
	_, limited = followed(t, files)
	require.NotEmpty(t, limited, "with no room left, that it was not run is told")
}

// The cloud function that a package of the market brings is the program's own on its server: what it calls for each kind of login is
// followed, where the function of a library would have enough.
func TestCloudFunctionsOfPackages(t *testing.T) {
	var kinds strings.Builder
	for i := range 40 {
		fmt.Fprintf(&kinds, "case 'kind%d': await note({ code: 0 }); break\n", i)
	}
	files := map[string]string{
		"package.json": `{"dependencies": {"@dcloudio/uni-app": "3"}}`, "manifest.json": "{}", "pages.json": `{"pages": [{"path": "pages/a/a"}]}`,
		"pages/a/a.vue": `<template><input @input="on" /></template><script>
			export default { methods: { on(e) { uniCloud.callFunction({ name: 'enter', data: { action: e.detail.kind, phone: e.detail.value } }) } } }</script>`,
		"uni_modules/uni-id-cf/package.json": `{"id": "uni-id-cf", "version": "1.0.0"}`,
		"uni_modules/uni-id-cf/uniCloud/cloudfunctions/enter/index.js": `
			exports.main = async event => {
				const note = async res => { for (const k in res) await uniCloud.database().collection('log').add({ k, at: Date.now(), ...res }) }
				switch (event.action) {
				` + kinds.String() + `
				case 'last': await note({ phone: event.phone })
				}
			}`,
	}
	flows, limited := followed(t, files)
	require.Equal(t, 2, flows["pages/a/a"])
	require.Empty(t, limited)
}

// A function may run as often as it likes while an entry point has cost little; in one that costs much, it is cut.
func TestFunctionsThatRunOften(t *testing.T) {
	list := func(n int) string { return "[" + strings.Repeat("'a',", n) + "]" }
	files := func(length int) map[string]string {
		return map[string]string{
			"app.json": `{"pages": ["pages/a/a"]}`, "pages/a/a.wxml": field,
			"pages/a/a.js": `
				const rows = ` + list(18) + `, columns = ` + list(25) + `, signs = ` + list(length) + `
				function weigh(text) { let n = 0; for (const s of signs) n += text.indexOf(s); return n }
				function row(text) { let n = 0; for (const c of columns) n += weigh(text + c); return n }
				function all(text) { let n = 0; for (const r of rows) n += row(text + r); return n }
				Page({ on(e) { const n = all(e.detail.value); wx.request({ url: 'https://x.example.cn', data: { n, value: e.detail.value } }) } })`,
		}
	}
	_, limited := followed(t, files(10))
	require.Empty(t, limited)
	_, limited = followed(t, files(30))
	require.NotEmpty(t, limited)
}

// A page that takes nearly all that pages share, as each of its answers changes what the next depends on, waits until the others
// are done: they are followed to their end, and what it is cut off from is told of it alone.
func TestGreedyPageWaits(t *testing.T) {
	list := func(n int) string { return "const list = [" + strings.Repeat("'a', ", n) + "]" }
	const sum = `
		const sum = text => { let s = 0; for (const a of list) { if (a === text) s += text.length * 2; else s += a.length } return s }
		const all = text => { let n = ''; for (const a of list) n += sum(a + text); return n }
		const app = getApp()
	`
	var answers, fields, pages strings.Builder
	for i := range 24 {
		fmt.Fprintf(&fields, "<input bindinput=\"answer%d\" />\n", i)
		fmt.Fprintf(&answers, "answer%[1]d(e) { app.globalData.answer%[1]d = [all(app.globalData.answer%[2]d + e.detail.value)] },\n", i, (i+23)%24)
	}
	files := map[string]string{
		"app.js":                   "App({ globalData: {}, onLaunch() {} })",
		"pages/greedy/greedy.wxml": fields.String(),
		"pages/greedy/greedy.js":   list(50) + sum + "Page({ " + answers.String() + " })",
	}
	const others = 6
	for i := range others { // each hands on what the next one has, so that what is entered on the last comes to the first in the last round
		p := fmt.Sprintf("pages/p%[1]d/p%[1]d", i)
		fmt.Fprintf(&pages, ", %q", p)
		takes, gives := fmt.Sprintf("app.globalData.s%d", i+1), fmt.Sprintf("app.globalData.s%d = v", i)
		switch i {
		case 0:
			gives = "wx.request({ url: 'https://x.example.cn', data: v })"
		case others - 1:
			files[p+".wxml"], takes = field, "e.detail.value"
		}
		if files[p+".wxml"] == "" {
			files[p+".wxml"] = "<view bindtap=\"on\">x</view>"
		}
		files[p+".js"] = list(30) + sum + "Page({ on(e) { const v = " + takes + "; all(v); " + gives + " } })"
	}
	files["app.json"] = `{"pages": ["pages/greedy/greedy"` + pages.String() + `]}`
	whole := standard
	defer func() { standard = whole }()
	standard.program, standard.perByte = 500_000, 0
	flows, limited := followed(t, files)
	require.Equal(t, map[string]bool{"pages/greedy/greedy": true}, limited)
	require.Equal(t, 1, flows["pages/p5/p5"])
}
