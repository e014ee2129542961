// Package heavy makes programs that cost much to analyze: a shop as large and as involved
// as real ones get, small ones in which something grows with a power of their size, and
// random ones. Tests and benchmarks hold the analyzer to its bounds with them.
package heavy

import (
	"fmt"
	"maps"
	"strings"
	"testing/fstest"
)

// Input is a program by the path of each file.
type Input = fstest.MapFS

// Page returns a program of one page with a field for a phone number, which its button sends.
// data is the text of the page's data object, head goes before the page's script and view
// before its controls.
func Page(data, head, view string) Input {
	return program(map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})",
		"pages/a/a.js": head + "\nPage({ data: " + data + `,
  go() { wx.request({ url: 'https://x.example.com/save', data: { m: this.data.m } }) },
})
`,
		"pages/a/a.wxml": view + `<input placeholder="手机号" model:value="{{m}}"/><button bindtap="go"/>` + "\n",
	})
}

func program(files map[string]string) Input {
	in := Input{}
	for p, text := range files {
		in[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return in
}

// Hostile returns small programs in which something grows with a power of their size, or
// that do much of one kind, by what that is. In each, a phone number is collected.
func Hostile() map[string]Input {
	all := engine()
	maps.Copy(all, powers())
	return all
}

// powers returns those in which something grows with a power of their size.
func powers() map[string]Input {
	return map[string]Input{
		"loops of a view inside loops": Page(fmt.Sprintf("{ m: '', list: [%s] }", numbers(20)), "",
			strings.Repeat(`<view wx:for="{{list}}">`, 6)+field+strings.Repeat("</view>", 6)),
		"includes that include":          includes(20, 9),
		"components that use components": components(5, 20, func(i, j int) int { return i + 1 }),
		"components in a cycle":          components(120, 4, func(i, j int) int { return (i*4 + j + 1) % 120 }),
		"templates that use templates":   templates(8, 12),
		"fields with a common handler":   fields(1200),
		"fields with models":             models(2500),
		"fields of a kit without code":   kit(1500),

		"text that doubles":     Page("{ m: '' }", "let x = 'abcdefgh'\n"+strings.Repeat("x = x + x\n", 40), ""),
		"text in a template":    Page("{ m: '' }", "let x = 'abcdefgh'\n"+strings.Repeat("x = `${x}${x}`\n", 40), ""),
		"text of many pieces":   Page("{ m: '' }", "let x = 'a'"+strings.Repeat("+'a'", 60_000), ""),
		"text that a loop pads": Page("{ m: '' }", "let x = 'abcdefgh'\nfor (let i = 0; i < 64; i++) x = x.concat(x, x)\n", ""),

		"shared objects in data":    Page("{ m: '', e }", shared(30), ""),
		"shared objects in storage": Page("{ m: '' }", shared(30)+"wx.setStorageSync('e', e)\n", ""),
		"shared objects as JSON":    Page("{ m: '' }", shared(90)+"const f = JSON.parse(JSON.stringify(e))\n", ""),
		"shared objects cloned":     Page("{ m: '' }", shared(90)+"const f = structuredClone(e)\n", ""),
		"objects spread again":      Page("{ m: '' }", spread(5000, 500), ""),

		"patterns that backtrack": Page("{ m: '' }", "", patterns(400, `/^(?=(.+)+\1%d)(.|..)+%d$/.test(m)`)),
		"patterns that count":     Page("{ m: '' }", "", patterns(300, `/^(.{1,1000}){1,1000}%d%d$/.test(m)`)),

		"alternatives in a chain":  Page("{ m: '' }", "let a, x = a"+strings.Repeat("||a", 40_000), ""),
		"sums in a chain":          Page("{ m: '' }", "let a, x = a"+strings.Repeat("+a", 60_000), ""),
		"conditions in a row":      Page("{ m: '' }", conditions(3000), ""),
		"loops inside loops":       Page("{ m: '' }", strings.Repeat("for (const a of b) {", 400)+"c()"+strings.Repeat("}", 400), ""),
		"functions that call many": Page("{ m: '' }", calls(12, 3), ""),
		"functions handed on":      Page("{ m: '' }", handedOn(60, 3000), ""),
		"tables of checksums": Page("{ m: '' }", strings.Repeat("var t=[];for(let i=0;i<256;i++){let c=i;for(let j=0;j<8;j++)"+
			"c=c&1?3988292384^c>>>1:c>>>1;t[i]=c}\n", 140), ""),
		"pages that are not there": missingPages(8000),
		"a long label": Page("{ m: '' }", "", `<input placeholder="`+strings.Repeat("手机号",
			60_000)+`" model:value="{{m}}"/>`),
		"accepted findings": Page("{ m: '' }", strings.Repeat("// beian-ignore field/phone: none\n", 15_000), ""),
	}
}

const field = `<input placeholder="姓名" model:value="{{m}}"/>`

// handedOn calls code that is not known n times with an object of k objects, each of which
// holds the others and a function.
func handedOn(k, n int) string {
	return fmt.Sprintf(`const all = {}
function check(s) { return s > 1 && s < 3 }
for (let i = 0; i < %d; i++) { all['k' + i] = { check } }
for (const a in all) for (const b in all) all[a][b] = all[b]
`, k) + strings.Repeat("unknown(all)\n", n)
}

func numbers(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "%d,", i)
	}
	return s.String()
}

// includes is a chain of files of which each includes the next one several times.
func includes(uses, levels int) Input {
	in := Page("{ m: '' }", "", `<include src="/i0.wxml"/>`)
	for i := range levels {
		text := strings.Repeat(fmt.Sprintf(`<include src="/i%d.wxml"/>`, i+1), uses)
		if i == levels-1 {
			text = field
		}
		in[fmt.Sprintf("i%d.wxml", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return in
}

// components are n components of which each uses several others, those that next tells.
func components(n, uses int, next func(i, j int) int) Input {
	in := Page("{ m: '' }", "", "<c0/>")
	using := func(p string, all map[string]bool) {
		var names []string
		for name := range all {
			names = append(names, fmt.Sprintf(`"%s": "/c/%s"`, name, name))
		}
		in[p+".json"] = &fstest.MapFile{Data: []byte(`{"component": true, "usingComponents": {` + strings.Join(names, ",") + `}}`)}
	}
	using("pages/a/a", map[string]bool{"c0": true})
	for i := range n {
		view, used := field, map[string]bool{}
		for j := range uses {
			if k := next(i, j); k < n {
				used[fmt.Sprintf("c%d", k)] = true
				view += fmt.Sprintf("<c%d/>", k)
			}
		}
		p := fmt.Sprintf("c/c%d", i)
		using(p, used)
		in[p+".js"] = &fstest.MapFile{Data: []byte("Component({ data: { m: '' }, attached() { this.setData({ m: this.data.m }) } })")}
		in[p+".wxml"] = &fstest.MapFile{Data: []byte(view)}
	}
	return in
}

func templates(uses, levels int) Input {
	var view strings.Builder
	for i := range levels {
		fmt.Fprintf(&view, `<template name="t%d">%s</template>`, i,
			strings.Repeat(fmt.Sprintf(`<template is="t%d" data="{{m, n: %d}}"/>`, i+1, i), uses))
	}
	fmt.Fprintf(&view, `<template name="t%d">%s</template><template is="t0" data="{{m}}"/>`, levels, field)
	return Page("{ m: '' }", "", view.String())
}

// fields are n fields with one handler that writes what each names.
func fields(n int) Input {
	var view strings.Builder
	for i := range n {
		fmt.Fprintf(&view, `<input placeholder="姓名" data-f="f%d" bindinput="on"/>`+"\n", i)
	}
	in := Page("{ m: '' }", "", view.String())
	script := string(in["pages/a/a.js"].Data)
	in["pages/a/a.js"].Data = []byte(strings.Replace(script, "go()", "on(e) { this.setData({ [e.currentTarget.dataset.f]: e.detail.value }) },\n  go()", 1))
	return in
}

func models(n int) Input {
	var view strings.Builder
	for i := range n {
		fmt.Fprintf(&view, `<input placeholder="姓名" model:value="{{m%d}}"/>`+"\n", i)
	}
	return Page("{ m: '' }", "", view.String())
}

// kit has fields of a component that is not there. All set the same value, and get it.
func kit(n int) Input {
	in := Page("{ m: '' }", "", strings.Repeat(`<kit-field placeholder="姓名" model:value="{{m}}"/>`+"\n", n))
	in["pages/a/a.json"] = &fstest.MapFile{Data: []byte(`{"usingComponents": {"kit-field": "kit/field"}}`)}
	return in
}

// levels is how deep the objects of shared are.
const levels = 5

// shared is an object e in which the same objects occur wide times at each level.
func shared(wide int) string {
	s := "const o0 = { p: 1 }\n"
	for i := 1; i < levels; i++ {
		s += fmt.Sprintf("const o%d = [%s]\n", i, strings.Repeat(fmt.Sprintf("o%d,", i-1), wide))
	}
	return s + fmt.Sprintf("const e = o%d\n", levels-1)
}

func spread(keys, times int) string {
	var s strings.Builder
	s.WriteString("const A = {")
	for i := range keys {
		fmt.Fprintf(&s, "k%d:%d,", i, i)
	}
	s.WriteString("}\nlet x = {}\n")
	s.WriteString(strings.Repeat("x = { ...x, ...A }\n", times))
	return s.String()
}

// patterns are views that test a field with n patterns, each made of its number.
func patterns(n int, form string) string {
	var view strings.Builder
	for i := range n {
		fmt.Fprintf(&view, "<wxs module=\"w%d\">module.exports = { ok: function (m) { return "+form+" } }</wxs><view>{{w%d.ok(m)}}</view>\n", i, i, i, i)
	}
	return view.String()
}

func conditions(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "let v%d = 0; if (b(%d)) v%d = c; else v%d = d\n", i, i, i, i)
	}
	return s.String()
}

// calls are functions of which each calls the next one several times.
func calls(levels, times int) string {
	var s strings.Builder
	for i := range levels {
		fmt.Fprintf(&s, "function f%d(x) { %s }\n", i, strings.Repeat(fmt.Sprintf("x = f%d(x);", i+1), times))
	}
	fmt.Fprintf(&s, "function f%d(x) { return b(x) }\nf0(1)\n", levels)
	return s.String()
}

// Forms returns a program of n pages, each with a field for a phone number that its button
// sends.
func Forms(n int) Input {
	page, in, routes := Page("{ m: '' }", "", ""), Input{}, make([]string, n)
	for i := range n {
		routes[i] = fmt.Sprintf(`"pages/p%d/p"`, i)
		for _, ext := range []string{".js", ".wxml"} {
			in[fmt.Sprintf("pages/p%d/p%s", i, ext)] = page["pages/a/a"+ext]
		}
	}
	in["app.js"] = page["app.js"]
	in["app.json"] = &fstest.MapFile{Data: []byte(`{"pages": [` + strings.Join(routes, ", ") + `]}`)}
	return in
}

// OneLine returns a program of one page with n rows of a form, all on one line.
func OneLine(n int) Input {
	return Page("{ m: '' }", "", strings.Repeat(`<view><text>手机号</text><input bindinput="on"/></view>`, n))
}

func missingPages(n int) Input {
	in := Page("{ m: '' }", "", "")
	var s strings.Builder
	s.WriteString(`{"pages": ["pages/a/a"`)
	for i := range n {
		fmt.Fprintf(&s, `, "pages/p%d/p"`, i)
	}
	in["app.json"].Data = []byte(s.String() + "]}")
	return in
}
