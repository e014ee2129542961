package markup

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

func pugDoc(text string) *Document {
	f := source.NewFile("a.vue", text)
	return ParsePug(f, source.Span{End: int32(len(text))}, Vue)
}

// What Pug makes of the left side is the right side (pugjs.org, language reference; read 2026-11).
func TestPug(t *testing.T) {
	for _, c := range []struct {
		name, pug, html string
		errors          []string
	}{
		{"nested by indents", "view\n  text 姓名\n  input(v-model=\"name\")\ntext 后", `<view><text>姓名</text><input v-model="name"/></view><text>后</text>`, nil},
		{"a base indent", "\n    view\n      text a\n    view", `<view><text>a</text></view><view></view>`, nil},
		{"tabs and an empty line", "view\n\ttext a\n\n\ttext b", `<view><text>a</text><text>b</text></view>`, nil},
		{"signs of Windows", "view\r\n  text a\r\n", `<view><text>a</text></view>`, nil},
		{"classes and an id", ".a.b#c\nview.d", `<div class="a b" id="c"></div><view class="d"></view>`, nil},
		{"attributes", `input(type='number' :maxlength="11", @input="go($event)" placeholder="手机号" focus)`, `<input type="number" :maxlength="11" @input="go($event)" placeholder="手机号" focus />`, nil},
		{"attributes on lines", "input(\n  v-model=\"a\"\n  placeholder='姓名'\n)", `<input v-model="a" placeholder="姓名"/>`, nil},
		{"quoted names", `input("@input"="go" 'v-model'="a")`, `<input @input="go" v-model="a"/>`, nil},
		{"true and false", `input(focus=true disabled=false password=null)`, `<input focus />`, nil},
		{"a number", `input(maxlength=11)`, `<input maxlength="11"/>`, nil},
		{"a template literal", "input(placeholder=`姓名`)", `<input placeholder="姓名"/>`, nil},
		{"what a condition gives", `view(v-if='a ? b : c' :title="d")`, `<view v-if="a ? b : c" :title="d"></view>`, nil},
		{"slots", `template(#item="{ row }" v-slot:foot)`, `<template #item="{ row }" v-slot:foot></template>`, nil},
		{"block expansion", "view: text: b 姓名", `<view><text><b>姓名</b></text></view>`, nil},
		{"a name with a colon", "svg:path", `<svg:path></svg:path>`, nil},
		{"closed by itself", "view\n  image(src=\"a\")/\n  text b", `<view><image src="a"/><text>b</text></view>`, nil},
		{"text in pipes", "text\n  | 姓名{{ a }}\n  | b", `<text>姓名{{ a }} b</text>`, nil},
		{"a block of text", "text.\n  姓名\n  电话\nview", "<text>  姓名\n  电话\n</text><view></view>", nil},
		{"tags in HTML", "view a <b>姓名</b> c", `<view>a <b>姓名</b> c</view>`, nil},
		{"a tag in text", "text 请输入#[b.x 姓名]。", `<text>请输入<b class="x">姓名</b>。</text>`, nil},
		{"comments", "view\n  //- input(placeholder=\"姓名\")\n      text a\n  // b\n  text c", "<view><!--- input(placeholder=\"姓名\")\n      text a--><!-- b--><text>c</text></view>", nil},
		{"branches that a build takes", "if dev\n  text a\nelse\n  text b\neach x in list\n  text c", `<text>a</text><text>b</text><text>c</text>`, nil},
		{"a tag called block", "block(v-if=\"a\")\n  text b", `<block v-if="a"><text>b</text></block>`, nil},
		{"a tag called as a word of Pug begins", "formitem\nifx\nincludes", `<formitem></formitem><ifx></ifx><includes></includes>`, nil},
		{"code", "- const a = 1\nview\n-\n  let b\n  let c\ntext d", `<view></view><text>d</text>`, nil},
		{"a mixin", "mixin row(label, key)\n  view\n    text= label\n    input(v-model=\"x\" placeholder=label)\n+row('手机号', 'p')\n+row(\"邮箱\")",
			`<view><text>手机号</text><input v-model="x" placeholder="手机号"/></view><view><text>邮箱</text><input v-model="x" placeholder="邮箱"/></view>`, nil},
		{"a mixin with content", "mixin box\n  view\n    block\n+box\n  text a\ntext b", `<view><text>a</text></view><text>b</text>`, nil},
		{"a mixin of another file", "+row('a')\n  text b", `<text>b</text>`, []string{"the mixin row is not defined"}},
		{"a sign alone", ">\nview", `<view></view>`, nil},
		{"another file", "include ./a.pug\nview", `<view></view>`, []string{"takes in here was not read"}},
		{"a filter", ":markdown\n  # a\nview", `<view></view>`, []string{"not read"}},
		{"no end of attributes", "view(a=\"b\"\n  text", `<view a="b" text></view>`, []string{"not closed by )"}},
		{"a mixin that calls itself", "mixin a\n  +a\n+a", ``, []string{"too often"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := pugDoc(c.pug)
			want := Parse(source.NewFile("a.vue", c.html), Vue)
			require.Empty(t, want.Errors)
			require.Equal(t, plainShape(want), plainShape(d))
			require.Len(t, d.Errors, len(c.errors), "%v", d.Errors)
			for i, message := range c.errors {
				require.Contains(t, d.Errors[i].Message.EN, message)
				require.True(t, d.Errors[i].Lost)
			}
		})
	}
}

// plainShape is the shape of a tree with the white space of its texts as one space, and texts side by side as one.
func plainShape(d *Document) string {
	s := strings.ReplaceAll(shape(d), "<!-- -->", "")
	s = strings.ReplaceAll(s, `" "`, " ")
	return strings.Join(strings.Fields(s), " ")
}

// A value that Pug works out while it builds is not known.
func TestPugValues(t *testing.T) {
	d := pugDoc("input(placeholder=label title=`a${b}` name='x' + y)\ntext= label\ntext #{label}")
	e := d.Nodes[0].(*Element)
	require.Empty(t, d.Errors)
	require.Len(t, e.Attrs, 3)
	for _, a := range e.Attrs {
		require.IsType(t, &script.BadExpr{}, a.Parts[0].Expr, a.Name)
	}
	for _, n := range d.Nodes[1:] {
		require.IsType(t, &script.BadExpr{}, n.(*Element).Children[0].(*Text).Parts[0].Expr)
	}
}

// Escapes leave every place where it is.
func TestPugEscapes(t *testing.T) {
	d := pugDoc(`view(@tap="go(\"a\", b)" title='it\'s' alt="a\nb")`)
	require.Empty(t, d.Errors)
	e := d.Nodes[0].(*Element)
	call := e.Find(Event, "tap").Parts[0].Expr.(*script.Call)
	require.Equal(t, "a ", call.Args[0].(*script.String).Value)
	require.Equal(t, "b", call.Args[1].(*script.Ident).Name)
	require.Equal(t, `b`, d.File.Slice(call.Args[1].Range()))
	require.Equal(t, `it "s`, e.Attr("title").Parts[0].Text)
	require.Equal(t, "a  b", e.Attr("alt").Parts[0].Text)
}

// Every place in the tree is in the file, and what is within an element is within its span.
func FuzzPug(f *testing.F) {
	for _, seed := range []string{
		"view\n  text 姓名", "a(b='c' :d=\"e\")", "mixin a(b)\n  i= b\n  block\n+a('c')\n  d", "x #[b c] #{d}", "a: b: c.\n  d", "(", "a(b=", "+", "#[", "a(b='\\'')",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := pugDoc(text)
		var check func(nodes []Node, parent *Element)
		check = func(nodes []Node, parent *Element) {
			for _, n := range nodes {
				s := n.Range()
				require.True(t, 0 <= s.Start && s.Start <= s.End && int(s.End) <= len(text), "%v of %q", s, text)
				if e, ok := n.(*Element); ok {
					require.Same(t, e.Parent, parent)
					require.NotEmpty(t, e.Tag)
					check(e.Children, e)
				}
			}
		}
		check(d.Nodes, nil)
		for _, e := range d.Errors {
			require.True(t, 0 <= e.Start && int(e.End) <= len(text))
		}
	})
}
