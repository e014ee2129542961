package heavy

import (
	"strings"
	"testing/fstest"
)

// Deep returns programs in which syntax of one kind is nested as deep, or chained as long, as
// deep says, by what it is: in a script that the page requires, in its view, and in JSON. In
// each, the page collects a phone number.
func Deep(deep int) map[string]Input {
	all := map[string]Input{}
	// nested is deep times open, what is within, and deep times closing.
	nested := func(open, within, closing string) string {
		return strings.Repeat(open, deep) + within + strings.Repeat(closing, deep)
	}
	for name, text := range map[string]string{
		"parentheses":         nested("(", "1", ")"),
		"lists":               nested("[", "", "]"),
		"objects":             "x = " + nested("{a:", "1", "}"),
		"templates of text":   nested("`${", "1", "}`"),
		"negations":           nested("!", "1", ""),
		"differences":         nested("- ", "1", ""),
		"arrow functions":     nested("a=>", "1", ""),
		"blocks of functions": nested("a=>{", "", "}"),
		"conditions":          nested("a?b:", "c", ""),
		"assignments":         nested("a=", "1", ""),
		"powers":              nested("a**", "1", ""),
		"constructors":        nested("new ", "A", ""),
		"labels":              nested("a:\n", "b()", ""),
		"patterns":            "var " + nested("[", "a", "]") + " = b",
		"else if":             "if (a) b()\n" + nested("else if (a) b()\n", "", ""),
		"functions":           nested("function f() {\n", "", "}\n"),
		"classes":             nested("class A { static {\n", "", "}}\n"),
		"try":                 nested("try {\n", "", "} finally {}\n"),
		"switch":              nested("switch (a) { case 1:\n", "", "}\n"),
		// The parser gives up at each two thousandth, and what is before it runs.
		"loops":                strings.Repeat("for (const a of b)\n", deep/50) + "c()",
		"await":                "async function f() { " + nested("await ", "1", "") + " }",
		"members":              "a" + nested(".b", "", ""),
		"calls":                "a" + nested("()", "", ""),
		"indexes":              "a" + nested("[0]", "", ""),
		"optional members":     "a" + nested("?.b", "", ""),
		"commas":               nested("a,", "a", ""),
		"sums":                 nested("a+\n", "a", ""),
		"alternatives":         nested("a??\n", "a", ""),
		"imports":              nested("import './a'\n", "", ""),
		"ambiguous arrows":     nested("(a = ", "1", ") => a"),
		"generic ambiguities":  nested("a<b<", "c", ">>(d)"),
		"comments and strings": nested("/* a */ 'b'\n", "", ""),
		"tags":                 "x = " + nested("<a>\n", "", "</a>"),
	} {
		in := Page("{ m: '' }", "require('./u')", "")
		in["pages/a/u.js"] = &fstest.MapFile{Data: []byte(text)}
		all["script: "+name] = in
	}
	for name, view := range map[string]string{
		"elements":            nested("<view>", "", "</view>"),
		"opened elements":     nested("<view>\n", "", ""),
		"closed elements":     nested("</view>\n", "", ""),
		"attributes":          "<view " + nested("a='b'\n", "", "") + "/>",
		"expressions":         nested("{{a}}", "", ""),
		"opened expressions":  nested("{{", "", ""),
		"entities":            nested("&lt;", "", ""),
		"scripts":             nested("<wxs>", "", ""),
		"nested expression":   "{{" + nested("(", "a", ")") + "}}",
		"conditions in a row": "<view wx:if='{{a}}'/>" + strings.Repeat("<view wx:elif='{{a}}'/>\n", deep/2),
	} {
		in := Page("{ m: '' }", "", "")
		// The field comes first: what a view cannot close swallows what comes after it.
		page := in["pages/a/a.wxml"]
		page.Data = append(page.Data, view...)
		all["view: "+name] = in
	}
	for _, file := range []string{"pages/a/a.json", "project.config.json", "package.json", "data.json"} {
		in := Page("{ m: '' }", "const d = require('../../data.json')", "")
		in[file] = &fstest.MapFile{Data: []byte(nested(`{"a":`, "1", "}"))}
		all["JSON: "+file] = in
	}
	return all
}
