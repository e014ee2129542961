package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const example = `package p

func f(a, b int) (int, bool) {
	if a < b && !done() {
		return 1, true
	}
	for _, c := range list {
		if c == nil {
			continue
		}
		call(func() string { return "x" })
	}
	return a + b, false
}
`

func TestMutants(t *testing.T) {
	found, err := mutants("p.go", []byte(example))
	require.NoError(t, err)
	var names []string
	for _, m := range found {
		names = append(names, m.name())
		require.Equal(t, m.from, example[m.start:m.end])
		text := string(m.apply([]byte(example)))
		require.Equal(t, example, text[:m.start]+m.from+text[m.start+len(m.to):])
		require.NotEqual(t, example, text, m.name())
	}
	require.Equal(t, []string{
		"p.go f: a < b && !done() → !(a < b && !done())",
		"p.go f: a < b && !done() → a < b || !done()",
		"p.go f: a < b → a <= b",
		"p.go f: 1, true → 0, false",
		"p.go f: 1 → 2",
		"p.go f: true → false",
		"p.go f: c == nil → !(c == nil)",
		"p.go f: c == nil → c != nil",
		"p.go f: continue → nothing",
		`p.go f: call(func() string { return "x" }) → nothing`,
		`p.go f: "x" → ""`,
		"p.go f: a + b, false → 0, false",
		"p.go f: a + b → a - b",
		"p.go f: false → true",
	}, names)
}

// The sample is the same whatever else is in the package: its order is that of hashes.
func TestSampleIsFixed(t *testing.T) {
	t.Chdir("../..")
	first, err := mutantsOf("analyzer/spelling", "beian")
	require.NoError(t, err)
	require.NotEmpty(t, first)
	again, err := mutantsOf("analyzer/spelling", "beian")
	require.NoError(t, err)
	require.Equal(t, first, again)
	other, err := mutantsOf("analyzer/spelling", "another")
	require.NoError(t, err)
	require.NotEqual(t, first[0].id, other[0].id)
	_, err = mutantsOf("analyzer/nothing", "beian")
	require.ErrorContains(t, err, "root of the repository")
}

func TestReport(t *testing.T) {
	all := []*mutant{
		{id: "1", file: "analyzer/verdict/a.go", function: "f", from: "a && b", to: "a || b", killer: "TestCases", own: true},
		{id: "2", file: "analyzer/verdict/a.go", function: "g", from: "1", to: "2", killer: "TestReports"},
		{id: "3", file: "detectors/b.go", function: "h", from: "g()", to: ""},
		{id: "4", file: "detectors/b.go", function: "h", from: "0", to: "1", equivalent: "a bound that is checked before"},
	}
	var out strings.Builder
	require.InDelta(t, 66.7, report(&out, all), 0.1)
	require.Contains(t, out.String(), "| analyzer/verdict | 2 | 1 | 2 | 100 % |\n")
	require.Contains(t, out.String(), "| detectors | 1 | 0 | 0 | 0 % |\n")
	require.Contains(t, out.String(), "| all | 3 | 1 | 2 | 67 % |\n")
	require.Contains(t, out.String(), "| 3 | detectors/b.go `h` | g() → nothing | **nobody** |\n| 1 |", "survivors come first")
	require.Contains(t, out.String(), `a && b → a \|\| b`)
	require.Contains(t, out.String(), "equivalent: a bound that is checked before")
}
