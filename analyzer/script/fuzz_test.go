package script

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/beian/beian/analyzer/source"
)

// FuzzParse parses any text in every mode: there is no panic, and what checkTree
// checks holds.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.[jt]s*")
	for _, path := range files {
		if text, err := os.ReadFile(path); err == nil && filepath.Ext(path) != ".dump" {
			f.Add(string(text))
		}
	}
	for _, text := range []string{"a<b>(c)", "<a b={c}>{d}</a>", "`${a}`", "x ? (a): b => c : d", "({a = 1}) => 010", "@a class {}", "\\u0061", "a\u2028b\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, mode := range []Mode{JS, TypeScript, JSX, TypeScript | JSX} {
			parseText(t, text, mode)
		}
	})
}

// FuzzParseExpr does the same for expressions in templates.
func FuzzParseExpr(f *testing.F) {
	for _, text := range []string{"a.b", "a, ...b, c: 1", "{a}", "a ? 'b' : \"c\"", "", "`${a}`", "function () { a b }"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parseMustache(t, text, false)
		parseMustache(t, text, true)
		file := source.NewFile("x", text)
		ParseExpr(file, source.Span{Start: 1, End: int32(len(text)) + 3}, true)
	})
}
