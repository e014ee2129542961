// Package garble damages programs at random, as a bad merge, a broken disk or a person with
// bad intentions would. Tests hold the analyzer to its promises on what is left.
package garble

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// odd are texts that parsers, encodings and terminals have trouble with.
var odd = []string{
	"\x00", "\xff\xfe", "\xed\xa0\x80", "\u202e", "\u2028", "\ufeff", "\u0300", "😀", "\x1b[2J", "\r", "𠀀", "\u200b",
	"{", "}", "(", ")", "[", "]", "<", ">", "</", "/>", "{{", "}}", "`", "${", "'", "\"", "\\", "/*", "*/", "//", "<!--", "-->",
	"=>", "...", "?.", "??=", "#", "@", "async ", "await ", "yield ", "function*", "class A extends ", "import(", "export default ",
	"1e999", "0x", "NaN", "__proto__", "constructor", "prototype", "this", "\n\n", ";", ",",
}

// way is one kind of damage to a text, with what is put in it.
type way struct {
	name string
	do   func(r *rand.Rand, text string) string
}

var ways = []way{
	{"truncated", func(r *rand.Rand, s string) string { return s[:r.IntN(len(s))] }},
	{"beginning gone", func(r *rand.Rand, s string) string { return s[r.IntN(len(s)):] }},
	{"bytes gone", func(r *rand.Rand, s string) string { a, b := span(r, s); return s[:a] + s[b:] }},
	{"bytes doubled", func(r *rand.Rand, s string) string { a, b := span(r, s); return s[:b] + s[a:] }},
	{"bytes repeated", func(r *rand.Rand, s string) string {
		a, b := span(r, s)
		return s[:a] + strings.Repeat(s[a:b], 1+r.IntN(2000/(1+b-a)+1)) + s[b:]
	}},
	{"bytes turned", func(r *rand.Rand, s string) string {
		a, b := span(r, s)
		middle := []byte(s[a:b])
		slices.Reverse(middle)
		return s[:a] + string(middle) + s[b:]
	}},
	{"byte changed", func(r *rand.Rand, s string) string {
		a := r.IntN(len(s))
		return s[:a] + string([]byte{byte(r.IntN(256))}) + s[a+1:]
	}},
	{"odd text", func(r *rand.Rand, s string) string { a := r.IntN(len(s)); return s[:a] + odd[r.IntN(len(odd))] + s[a:] }},
	{"odd texts", func(r *rand.Rand, s string) string {
		for range 8 {
			a := r.IntN(len(s))
			s = s[:a] + odd[r.IntN(len(odd))] + s[a:]
		}
		return s
	}},
	{"line gone", lines(func(r *rand.Rand, l []string) []string { i := r.IntN(len(l)); return slices.Delete(l, i, i+1) })},
	{"line doubled", lines(func(r *rand.Rand, l []string) []string { i := r.IntN(len(l)); return slices.Insert(l, i, l[i]) })},
	{"lines exchanged", lines(func(r *rand.Rand, l []string) []string {
		i, j := r.IntN(len(l)), r.IntN(len(l))
		l[i], l[j] = l[j], l[i]
		return l
	})},
	{"lines repeated", lines(func(r *rand.Rand, l []string) []string {
		i := r.IntN(len(l))
		return slices.Insert(l, i, slices.Repeat(l[i:i+1], r.IntN(2000))...)
	})},
}

// span is a short piece of s.
func span(r *rand.Rand, s string) (from, to int) {
	from = r.IntN(len(s))
	return from, min(len(s), from+1+r.IntN(40))
}

func lines(do func(r *rand.Rand, l []string) []string) func(r *rand.Rand, s string) string {
	return func(r *rand.Rand, s string) string { return strings.Join(do(r, strings.SplitAfter(s, "\n")), "") }
}

// Garbled is a damaged program.
type Garbled struct {
	Files map[string]string
	Path  string // the file that was damaged
	Other string // one with which it was exchanged, or ""
	What  string // was done to it
}

// Of damages one file of a program. The same seed does the same.
func Of(files map[string]string, seed int64) Garbled {
	r := rand.New(rand.NewPCG(uint64(seed), 0))
	names := slices.Sorted(maps.Keys(files))
	g := Garbled{Files: maps.Clone(files), Path: names[r.IntN(len(names))]}
	text := files[g.Path]
	switch n := r.IntN(len(ways) + 3); {
	case n == len(ways):
		g.What = "deleted"
		delete(g.Files, g.Path)
	case n == len(ways)+1 || text == "":
		g.What = "emptied"
		g.Files[g.Path] = ""
	case n == len(ways)+2:
		g.Other = names[r.IntN(len(names))]
		g.What = fmt.Sprintf("exchanged with %s", g.Other)
		g.Files[g.Path], g.Files[g.Other] = files[g.Other], text
	default:
		g.What = ways[n].name
		g.Files[g.Path] = ways[n].do(r, text)
	}
	return g
}
