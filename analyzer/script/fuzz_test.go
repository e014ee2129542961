package script

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

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
		ParseExpr(file, source.Span{Start: 1, End: int32(len(text)) + 3}, JS, true)
	})
}

// TestMutations cuts and mixes the files of testdata and checks every tree.
func TestMutations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[jt]s*")
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	for _, path := range files {
		if filepath.Ext(path) == ".dump" {
			continue
		}
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for range 300 {
			text := slices.Clone(data)
			for range 1 + r.IntN(3) {
				i := r.IntN(len(text))
				j := i + r.IntN(min(40, len(text)-i))
				switch r.IntN(4) {
				case 0: // cut
					text = slices.Delete(text, i, j)
				case 1: // copy elsewhere
					text = slices.Insert(text, r.IntN(len(text)), slices.Clone(text[i:j])...)
				case 2: // a stray sign
					const signs = "(){}[]<>;:,.'`\"/\\#@=?!\n\x00\xff"
					text[i] = signs[r.IntN(len(signs))]
				case 3: // truncate
					text = text[:max(j, 1)]
				}
			}
			parseText(t, string(text), modeOf(path))
		}
	}
}
