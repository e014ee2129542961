package analyzer_test

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// maxCells is how wide a line of Go may be. A text is data and cannot be broken, so
// a line with one long text may be wider, if little else is in it; in tests, which
// are mostly data, no text counts.
const (
	maxCells     = 140
	maxBesideOne = 100
)

func TestLinesFit(t *testing.T) {
	root := os.DirFS("..")
	checked := 0
	require.NoError(t, fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{"node_modules", "testdata", "fixtures", ".git"}, d.Name()):
			return fs.SkipDir
		case path.Ext(file) != ".go":
			return nil
		}
		text, err := fs.ReadFile(root, file)
		require.NoError(t, err)
		checked++
		for _, n := range tooWide(text, strings.HasSuffix(file, "_test.go")) {
			t.Errorf("%s:%d: the line is wider than %d cells; break it behind a comma or an operator", file, n, maxCells)
		}
		return nil
	}))
	require.Greater(t, checked, 300, "the walk saw too little")
}

func TestTooWide(t *testing.T) {
	long := strings.Repeat("x", 130)
	for name, c := range map[string]struct {
		line string
		test bool
		want []int
	}{
		"code":           {"var a = " + long + " + " + long, false, []int{2}},
		"one text":       {`var a = "` + long + `"`, false, nil},
		"Chinese":        {`var a = "` + strings.Repeat("文", 70) + `"`, false, nil},
		"two texts":      {`var a = f("` + long + `", "` + long + `")`, false, []int{2}},
		"texts of tests": {`var a = f("` + long + `", "` + long + `")`, true, nil},
		"code of tests":  {"var a = " + long + " + " + long, true, []int{2}},
		"a comment":      {"// " + long + long, false, []int{2}},
		"a command":      {"//go:generate " + long + long, false, nil},
		"lines of text":  {"var a = `\n" + long + long + "\n`", false, nil},
	} {
		require.Equal(t, c.want, tooWide([]byte("package a\n"+c.line+"\n"), c.test), name)
	}
}

// tooWide returns the numbers of lines that are too wide, from 1.
func tooWide(text []byte, test bool) []int {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	literals := map[int][]int{} // by line, how wide each is
	within := map[int]bool{}    // lines that begin within a literal
	for {
		at, kind, lit := s.Scan()
		if kind == token.EOF {
			break
		}
		if kind == token.STRING {
			n := file.Line(at)
			literals[n] = append(literals[n], source.DisplayWidth(lit))
			for i := range strings.Count(lit, "\n") {
				within[n+1+i] = true
			}
		}
	}
	var wide []int
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		width := source.DisplayWidth(strings.TrimRight(line, "\n"))
		if width <= maxCells || within[n] || strings.HasPrefix(line, "//go:") {
			continue
		}
		texts, longest := 0, 0
		for _, w := range literals[n] {
			texts, longest = texts+w, max(longest, w)
		}
		switch {
		case width-texts > maxCells, !test && width-longest > maxBesideOne:
			wide = append(wide, n)
		}
	}
	return wide
}
