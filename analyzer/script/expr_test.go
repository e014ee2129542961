package script

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// parseMustache parses the text between {{ and }} and returns the dump of its
// tree without offsets of scopes.
func parseMustache(t testing.TB, text string, object bool) (string, []Error) {
	f := source.NewFile("x.wxml", "{{"+text+"}}")
	span := source.Span{Start: 2, End: int32(2 + len(text))}
	x, errs := ParseExpr(f, span, JS, object)
	require.NotNil(t, x)
	prog := &Program{Span: span, File: f, Code: &Code{Body: []Stmt{&ExprStmt{x.Range(), x}}}, Errors: errs}
	checkTree(t, prog)
	var b bytes.Buffer
	require.NoError(t, Dump(&b, prog))
	lines := strings.Split(b.String(), "\n")
	return strings.TrimSpace(strings.Join(lines[2:], "\n")), errs
}

func TestParseExpr(t *testing.T) {
	tests := []struct {
		text   string
		object bool
		want   string // the first line of the dump
	}{
		{" phone ", false, `X: Ident 3:8 Name="phone"`},
		{"\n\ta.b[0] ", false, "X: Index 4:10"},
		{"ok ? '是' : \"否\"", false, "X: Cond 2:20"},
		{"{a: 1}", false, "X: Object 2:8"},
		{"a: 1", false, "X: Object 2:6"},
		{"a, b", false, "X: Object 2:6"},
		{"...item", false, "X: Object 2:9"},
		{"...item, b: c.d", false, "X: Object 2:17"},
		{"'a b': 1", false, "X: Object 2:10"},
		{"a", true, "X: Object 2:3"},
		{"a, ...b, c: 1", true, "X: Object 2:15"},
		{"a.b", true, "X: Dot 2:5"},
		{"{a}", true, "X: Object 2:5"},
		{"a < b && c >> 1 | ~d", false, "X: Binary 2:22"},
		{"m.f(a, 'b')", false, "X: Call 2:13"},
		{"[1, , ...a]", false, "X: Array 2:13"},
		{"a /* 注 */ + b", false, "X: Binary 2:17"},
		{"list.map(x => x.y)", false, "X: Call 2:20"},
		{"010", false, `X: Number 2:5 Value=8 Raw="010"`},
		{"a; b", false, ""}, {"", false, ""}, {"  ", true, ""}, {"a b", false, ""}, {"{a", false, ""}, {"a: ", true, ""}, {"}", false, ""},
	}
	for _, test := range tests {
		got, errs := parseMustache(t, test.text, test.object)
		first, _, _ := strings.Cut(got, "\n")
		if test.want == "" {
			require.NotEmpty(t, errs, test.text)
			continue
		}
		require.Empty(t, errs, test.text)
		require.True(t, strings.HasPrefix(first, test.want), "%s: %s", test.text, first)
	}
}

// TestParseExprNames checks that only the names that an expression itself
// declares are resolved.
func TestParseExprNames(t *testing.T) {
	got, errs := parseMustache(t, "list.map(x => x + y)", false)
	require.Empty(t, errs)
	require.Contains(t, got, `X: Ident 16:17 Name="x" param@11`)
	require.Contains(t, got, `Y: Ident 20:21 Name="y"`)
	require.NotContains(t, got, `Name="list" `)
}

func TestNumbers(t *testing.T) {
	tests := map[string]float64{
		"0": 0, "7": 7, "123456789": 123456789, "1234567890123": 1234567890123, "1_000": 1000, "12n": 12, "0x1F": 31, "0Xff_ff": 65535, "0b101": 5, "0o17": 15,
		"017": 15, "089": 89, "089.5": 89.5, "1.5e3": 1500, ".5": .5, "5.": 5, "0.25": .25, "00": 0, "0n": 0,
	}
	for raw, want := range tests {
		require.Equal(t, want, numberValue(raw), raw)
	}
}

func TestUnescape(t *testing.T) {
	tests := map[string]string{
		`a`: "a", `\n\t\r\b\f\v`: "\n\t\r\b\f\v", `\x41\u0042\u{43}`: "ABC", `\u624b\u673a`: "手机", `\ud83d\ude00`: "😀", `\ud83d`: "\uFFFD", `\ud83dx`: "\uFFFDx",
		`\0\101\7`: "\x00A\a", "a\\\nb\\\r\nc": "abc", `\'\"\\\/`: `'"\/`, `\u{110000}`: "u{110000}", `\xZZ`: "xZZ", `a\`: `a\`, `\中`: "中",
	}
	for raw, want := range tests {
		require.Equal(t, want, unescape(raw), raw)
	}
}

// calls returns the names of the functions and methods that prog calls, in the
// order of the source.
func calls(prog *Program) []string {
	var names []string
	Walk(prog, func(n Node) bool {
		if c, ok := n.(*Call); ok {
			switch fn := c.Fn.(type) {
			case *Ident:
				names = append(names, fn.Name)
			case *Dot:
				names = append(names, fn.Name)
			}
		}
		return true
	})
	return names
}

// TestRecovery checks what is kept around a mistake.
func TestRecovery(t *testing.T) {
	tests := []struct {
		name, text string
		calls      []string
		errors     int
	}{
		{"statement", "a()\nb b()\nc()", []string{"a", "c"}, 1},
		{"same line", "a(); b b(); c()", []string{"a", "c"}, 1},
		{"in a function", "f(function () { a(); var = 1; b() }); c()", []string{"f", "a", "b", "c"}, 1},
		{"in an object", "Page({ a() { x() }, b: : 1, c() { y() } })", []string{"Page", "x", "y"}, 1},
		{"missing comma", "Page({\n a() { x() }\n b() { y() }\n})", []string{"Page", "x", "y"}, 1},
		{"missing brace", "Page({\n a() {\n  x()\n })\nz()", []string{"Page", "x", "z"}, 1},
		{"missing parenthesis", "function f() {\n  a(b()\n  c()\n}\nd()", []string{"c", "d"}, 1},
		{"missing parenthesis, semicolon", "a(b();\nc();", []string{"a", "b", "c"}, 1},
		{"stray bracket", "a()\n}\nb())\nc()", []string{"a", "b", "c"}, 2},
		{"truncated", "Page({ a() { x(y(", []string{"Page", "x", "y"}, 5},
		{"conflict", "a()\n<<<<<<< HEAD\nb()\n=======\nc()\n>>>>>>> branch\nd()", []string{"a", "b", "c", "d"}, 3},
		{"in a class", "class A { a() { x() }\n b b b\n c() { y() } }", []string{"x", "y"}, 1},
		{"unterminated string", "a('x)\nb()", []string{"b"}, 1},
		{"unterminated template", "a()\nb(`x${y()}\nc()", []string{"a"}, 1},
		{"regular expression in skipped text", "a b(/[)}]/)\nc()", []string{"c"}, 1},
		{"template in skipped text", "a b(`${ {}.x }}`)\nc()", []string{"c"}, 1},
		{"NUL and broken text", "a()\n\x00\xff\xfe\nb()", []string{"a", "b"}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			prog := parseText(t, test.text, JS)
			require.Equal(t, test.calls, calls(prog), "%v", prog.Errors)
			require.Len(t, prog.Errors, test.errors, "%v", prog.Errors)
		})
	}
}

// TestDeepNesting checks that no text makes the parser recurse without bound,
// and that chains are not mistaken for nesting.
func TestDeepNesting(t *testing.T) {
	const n = 50_000
	flat := map[string]string{
		"sum":      "a" + strings.Repeat("+a", n),
		"calls":    "a" + strings.Repeat(".then(b)", n),
		"index":    "a" + strings.Repeat("[0]", n),
		"else if":  strings.Repeat("if (a) b(); else ", n) + "c()",
		"array":    "[" + strings.Repeat("a,", n) + "]",
		"object":   "x = {" + strings.Repeat("a: 1,", n) + "}",
		"sequence": "a" + strings.Repeat(",a", n),
		"blocks":   strings.Repeat("{}", n),
		"logic":    "a" + strings.Repeat("||a&&b", n),
		"tagged":   "a" + strings.Repeat("`b`", n),
		"template": "`" + strings.Repeat("${a}", n) + "`",
	}
	for name, text := range flat {
		t.Run(name, func(t *testing.T) { require.Empty(t, parseText(t, text, JS).Errors) })
	}
	for _, unit := range []string{
		"(", "[", "{", "a(", "a[", "!", "-", "new ", "a=", "a?", "a?b:", "x=>", "(a,", "({a:", "function f(){", "class A{a=", "class A extends ", "`${", "if(a)", "a:", "await ",
		"for(;;)", "while(a)", "do ", "a**", "switch(a){case 1:", "try{", "async()=>", "...", "var {a:", "var [", "[a=", "{a(){", "@", "yield ", "typeof ", "import(", "with(a)", "if(a){}else{", "{a=",
	} {
		t.Run(unit, func(t *testing.T) { require.NotEmpty(t, parseText(t, strings.Repeat(unit, n), JS).Errors) })
	}
	for _, unit := range []string{
		"<a>", "(a:", "a<", "a<b,", "a?(b):", "a?(b):c=>", "let a:", "let a:(", "type A={a:", "namespace A{", "<A>(", "namespace a.b{", "a<(b)=>", "f<{a:", "type A=B extends C?", "x as ", "(a)=>(b):", "@a(", "async<T>(", "enum A{a=",
		"type A=keyof ", "type A=(a)=>", "type A=new<T>(a)=>", "a?(b):c=>{",
	} {
		t.Run(unit, func(t *testing.T) {
			parseText(t, strings.Repeat(unit, n/5), TypeScript)
			parseText(t, "type A = "+strings.Repeat(strings.TrimPrefix(unit, "type A="), n/5), TypeScript)
		})
	}
	for _, unit := range []string{"<a>", "<a b=<", "<a b={", "<a>{", "<", "<>{<a/>", "<a.", "<a {..."} {
		t.Run(unit, func(t *testing.T) {
			require.NotEmpty(t, parseText(t, strings.Repeat(unit, n/5), JSX|TypeScript).Errors)
		})
	}
}

// TestScopes checks what each use of a name refers to. A name is followed by the
// kind of its declaration and its line.
func TestScopes(t *testing.T) {
	tests := []struct{ name, text, use, want string }{
		{"var is hoisted", "use\nvar use", "use", "var 2"},
		{"var of a block", "{ var use }\nuse", "use", "var 1"},
		{"let of a block", "let use\n{ let use\nuse }", "use", "let 2"},
		{"let does not leave its block", "{ let use }\nuse", "use", "global"},
		{"function is hoisted", "use\nfunction use() {}", "use", "function 2"},
		{"function of a block", "if (a) { function use() {} }\nuse", "use", "function 1"},
		{"function of a block in a module", "import 'x'; if (a) { function use() {} }\nuse", "use", "global"},
		{"parameter", "let use\nfunction f(use)\n{ use }", "use", "param 2"},
		{"default sees parameter", "function f(use,\na = use) {}", "use", "param 1"},
		{"arrow parameter", "f(use =>\nuse)", "use", "param 1"},
		{"pattern parameter", "f(({ a: [use] }) =>\nuse)", "use", "param 1"},
		{"for", "let use\nfor (let use;;)\nuse", "use", "let 2"},
		{"for of", "for (const use of x)\nuse", "use", "const 1"},
		{"catch", "try {} catch (use) {\nuse }", "use", "catch 1"},
		{"import", "import { a as use } from 'x'\nuse", "use", "import 1"},
		{"own name", "x = function use() {\nuse }", "use", "function 1"},
		{"own name is not outside", "x = function use() {}\nuse", "use", "global"},
		{"class", "use\nclass use {}", "use", "class 2"},
		{"class expression", "x = class use { m() {\nuse } }", "use", "class 1"},
		{"switch", "switch (a) { case 1: let use; default:\nuse }", "use", "let 1"},
		{"shorthand", "let use\nx = { use }", "use", "let 1"},
		{"assignment pattern", "let use;\n({ a: use } = b)", "use", "let 1"},
		{"export", "let use\nexport { use as b }", "use", "let 1"},
		{"key is no use", "let use\nx = { use: 1 }", "use", "none"},
		{"closure", "function f() { let use\nreturn () => use }", "use", "let 1"},
		{"many names", "var " + strings.Repeat("a, ", 3) + manyNames(40) + "use\nuse", "use", "var 1"},
		{"arguments", "function f() {\narguments }", "arguments", "global"},
		{"static block", "class A { static { var use }\n}\nuse", "use", "global"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			prog := parseText(t, test.text, JS)
			require.Empty(t, prog.Errors)
			got := "none"
			Walk(prog, func(n Node) bool {
				id, ok := n.(*Ident)
				switch {
				case !ok || id.Name != test.use:
				case id.Symbol == nil:
					got = "global"
				case id.Symbol.Decl != id:
					got = id.Symbol.Kind.String() + " " + string(rune('0'+prog.File.LineAt(id.Symbol.Decl.Start)))
				}
				return true
			})
			require.Equal(t, test.want, got)
		})
	}
}

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("v" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ", ")
	}
	return b.String()
}

// TestSpan checks that the spans of a part of a file are offsets into the file.
func TestSpan(t *testing.T) {
	f := source.NewFile("a.wxml", `<wxs module="m">module.exports = 手机</wxs>`)
	prog := ParseSpan(f, source.Span{Start: 16, End: int32(strings.Index(f.Text, "</wxs>"))}, JS)
	checkTree(t, prog)
	require.Empty(t, prog.Errors)
	x := prog.Body()[0].(*ExprStmt).X.(*Assign)
	require.Equal(t, "module.exports", f.Slice(x.Target.Range()))
	require.Equal(t, "手机", f.Slice(x.Value.Range()))
}
