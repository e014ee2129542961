package heavy

import (
	"bytes"
	"fmt"
	"strings"
	"testing/fstest"
)

// engine returns programs in which what they do, not how they are nested, is much: values
// that grow and hold each other, chains, circles of files.
func engine() map[string]Input {
	script := func(text string) Input { return Page("{ m: '', list: [] }", text, "") }
	all := map[string]Input{
		"conditions that depend on each other": script(vars(400) + each(400, "if (v%[1]d) v%[2]d = v%[1]d; else v%[2]d = b\n")),
		"functions that call each other with lists that grow": script(
			"function f(a) { return g(a.concat(a)) }\nfunction g(a) { return f([a, a, ...a]) }\nf([1])\n"),
		"lists that double":                script("let a = [1]\n" + strings.Repeat("a = [...a, ...a]\n", 60)),
		"objects that double":              script("let a = { p: 1 }\n" + strings.Repeat("a = { x: a, y: a, ...a }\n", 60)),
		"objects that all know each other": script(vars(120) + "const all = []\n" + each(120, "v%[1]d = { all, next: v%[2]d }; all.push(v%[1]d)\n")),
		"promises in a chain":              script("let p = Promise.resolve(b)\np" + strings.Repeat(".then(v => v + 1)", 3000) + "\n"),
		"promises in promises": script("let p = " + strings.Repeat("new Promise(r => r(", 500) + "b" +
			strings.Repeat("))", 500) + "\np.then(c)\n"),
		"paths that are computed": script("const paths = k => ({ ['list[' + k + '].' + 'a.'.repeat(200) + k]: k })\n" +
			each(300, "b(paths('k%[1]d'))\n")),
		"a switch of many cases":           script("switch (b) {\n" + each(5000, "case %[1]d: c = %[2]d\n") + "}\n"),
		"closures in loops":                script("const all = []\nfor (let i = 0; i < 60; i++) for (let j = 0; j < 60; j++) all.push(() => all.map(f => f(i, j)))\nall.forEach(f => f())\n"),
		"maps in maps":                     script("let a = [1, 2, 3]\n" + strings.Repeat("a = a.map(x => a.map(y => [x, y, a]))\n", 20)),
		"functions that call three others": script(each(60, "function f%[1]d(x) { return f%[2]d(x) + f%[2]d([x]) + f%[2]d({ x }) }\n") + "f0(b)\n"),
		"proxies and getters": script("let p = {}\n" + strings.Repeat("p = new Proxy({ get x() { return p.x } }, { get(o, k) { return o[k] || p } })\n", 100) +
			strings.Repeat("b(p.x)\n", 100)),
		"functions bound again": script("function f(...a) { return a }\nlet g = f\n" + strings.Repeat("g = g.bind(g, g)\n", 300) + "g(b)\n"),
		"pairs of constants": script("let a, b\n" + each(24, "if (c(%[1]d)) a = 'a%[1]d'\nif (d(%[1]d)) b = 'b%[1]d'\n") +
			strings.Repeat("a = a + b\nb = b + a\n", 12)),
		"modules in a circle":      circle(2000),
		"names exported again":     handed(3000, "module.exports = require('./m%d')"),
		"all exported thrice":      handed(25, "export * from './m%[1]d'\nexport * from './m%[1]d?b'\nexport { default as d%[1]d } from './m%[1]d'"),
		"behaviors of behaviors":   handed(60, "module.exports = Behavior({ behaviors: [require('./m%[1]d'), require('./m%[1]d'), require('./m%[1]d')], data: { k%[1]d: 1 } })"),
		"a component in itself":    selfUsing(),
		"templates and their uses": Page("{ m: '' }", "", each(10_000, `<template name="t%[1]d"><view/></template><template is="t%[1]d"/>`+"\n")),
		"templates by name": Page("{ m: '', name: 't0' }", "", each(1000, `<template name="t%[1]d"><template is="{{name}}" data="{{m}}"/><template is="t%[2]d"/></template>`)+
			`<template is="{{name}}"/>`),
	}
	page := Page("{ m: '' }", "", "")
	methods := each(5000, "  this.setData({ m: this.data.m, k%[1]d: e })\n")
	once := page["pages/a/a.js"].Data
	page["pages/a/a.js"] = &fstest.MapFile{Data: bytes.Replace(once, []byte("go() {"), []byte("go(e) {\n"+methods), 1)}
	all["data set again"] = page

	handlers := Page("{ m: '' }", "", each(1000, `<button bindtap="on%[1]d"/>`+"\n"))
	handlers["pages/a/a.js"] = &fstest.MapFile{Data: []byte(strings.Replace(string(handlers["pages/a/a.js"].Data), "go()",
		each(1000, "on%[1]d(e) { this.data.k%[1]d = e; this.on%[2]d && this.go(e) },\n")+"  go()", 1))}
	all["handlers"] = handlers

	title := Page("{ m: '' }", "", "")
	title["pages/a/a.json"] = &fstest.MapFile{Data: []byte(`{"navigationBarTitleText": "` + strings.Repeat("手机号", 500_000) + `"}`)}
	all["a long title"] = title
	return all
}

// each is a text once for each number below n, with the number and the one after it.
func each(n int, text string) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, text, i, i+1)
	}
	return s.String()
}

func vars(n int) string { return "let v0" + each(n, ", v%[2]d") + "\n" }

// circle is n modules of which each requires all that are a power of two away.
func circle(n int) Input {
	in := Page("{ m: '' }", "require('./m0')", "")
	for i := range n {
		var s strings.Builder
		for step := 1; step < n; step *= 2 {
			fmt.Fprintf(&s, "exports.v%d = require('./m%d')\n", step, (i+step)%n)
		}
		in[fmt.Sprintf("pages/a/m%d.js", i)] = &fstest.MapFile{Data: []byte(s.String())}
	}
	return in
}

// handed is n modules of which each, by form, hands on what the next one exports.
func handed(n int, form string) Input {
	in := Page("{ m: '' }", "import all from './m0'; all.send && all.send(1)", "")
	for i := range n {
		in[fmt.Sprintf("pages/a/m%d.js", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, form, i+1)}
	}
	in[fmt.Sprintf("pages/a/m%d.js", n)] = &fstest.MapFile{Data: []byte("exports.send = m => wx.request({ url: 'https://x.example.com', data: m })")}
	return in
}

// selfUsing is a component that uses itself.
func selfUsing() Input {
	in := components(1, 1, func(i, j int) int { return 0 })
	in["c/c0.wxml"] = &fstest.MapFile{Data: []byte(field + strings.Repeat("<c0/>", 20))}
	return in
}
