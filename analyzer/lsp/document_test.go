package lsp

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

func TestOffsets(t *testing.T) {
	f := source.NewFile("a.wxml", "一😀b\r\nc\rd\n")
	for _, c := range []struct {
		line, character int
		want            int32
	}{
		{0, 0, 0}, {0, 1, 3}, {0, 2, 3}, {0, 3, 7}, {0, 4, 8}, {0, 99, 8},
		{1, 0, 10}, {1, 1, 11}, {1, 2, 11}, {2, 1, 13}, {3, 0, 14}, {4, 0, 14}, {-1, 5, 0}, {2, -1, 12},
	} {
		require.Equal(t, c.want, offsetOf(f, position{c.line, c.character}), "%d:%d", c.line, c.character)
	}
	// Every character's place is found again.
	for i := range f.Text {
		if f.Text[i] != '\n' || f.Text[i-1] != '\r' {
			s := source.Span{Start: int32(i), End: int32(i)}
			require.Equal(t, s, spanOf(f, rangeOf(f, s)), i)
		}
	}
}

func TestDifference(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""}, {"a", "a"}, {"", "abc"}, {"abc", ""}, {"abc", "aXc"}, {"aa", "aaa"}, {"aaa", "aa"},
		{"姓名", "姓别"}, {"一", "丁"}, {"中国", "中國中国"}, {"😀", "😁"}, {"x😀", "x"},
	} {
		e := difference(c[0], c[1])
		inserted := c[1][e.Start : e.Start+e.Length]
		require.Equal(t, c[1], c[0][:e.Start]+inserted+c[0][e.End:], c)
		require.Equal(t, inserted, strings.ToValidUTF8(inserted, "?"), c)
	}
}

func TestPlacesMoveWithTheText(t *testing.T) {
	d := newDocument("a", textDocument{Text: "<a/>\n<input/>\n<b/>"})
	field := source.Span{Start: 5, End: 13}
	check := func(want string) {
		t.Helper()
		s, ok := d.now(field)
		require.Equal(t, want != "", ok)
		if ok {
			require.Equal(t, want, d.file.Slice(s))
		}
	}
	edit := func(startLine, start, endLine, end int, text string) {
		d.replace(&textRange{position{startLine, start}, position{endLine, end}}, text)
	}
	edit(0, 0, 0, 0, "<!-- 一 -->\n")
	check("<input/>")
	edit(2, 0, 2, 0, "  ")
	check("<input/>")
	edit(3, 0, 3, 4, "")
	check("<input/>")
	d.replace(nil, "<c/>"+d.file.Text)
	check("<input/>")
	edit(2, 4, 2, 4, "x")
	check("")
}

func TestURIs(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b.wxml":           "/a/b.wxml",
		"file:///a%20b/%E6%89%8B.js": "/a b/手.js",
		"file:///a/手.js":             "/a/手.js",
		"file://localhost/a":         "/a",
		"file://server/share":        "",
		"untitled:Untitled-1":        "",
		"git:/a/b.wxml?x":            "",
		"%zz":                        "",
		"":                           "",
	} {
		require.Equal(t, filepath.FromSlash(want), pathOf(uri), uri)
	}
	require.Equal(t, "file:///a%20b/%E6%89%8B.js", uriOf("/a b/手.js"))
	require.Equal(t, filepath.FromSlash("C:/x/y"), pathOf("file:///c%3A/x/y"), "drives are spelled in several ways")
	require.Equal(t, "file:///C:/x", uriOf("C:/x"))
}

func TestOverlay(t *testing.T) {
	disk := fstest.MapFS{
		"app.json":   {Data: []byte("{}")},
		"pages/a.js": {Data: []byte("old")},
	}
	o := overlay{disk, map[string]string{"pages/a.js": "newer", "pages/b.js": "never saved"}}
	text, err := fs.ReadFile(o, "pages/a.js")
	require.NoError(t, err)
	require.Equal(t, "newer", string(text))
	require.NoError(t, fstest.TestFS(o, "app.json", "pages/a.js", "pages/b.js"))
}

// Texts of a program must not become Markdown that an editor follows.
func TestTextOfTheProgramIsNoMarkdown(t *testing.T) {
	w := words{markdown: true}
	for _, text := range []string{"![x](http://e.example/p.png)", "[x](command:y)", "<img src=x>", "`a` **b** | c", "http://e.example", "a\n# b"} {
		got := w.plain(text)
		require.NotContains(t, got, "\n")
		unescaped := strings.NewReplacer(`\\`, "", `\[`, "", `\]`, "", `\(`, "", `\)`, "", `\<`, "", `\>`, "", "\\`", "", `\*`, "", `\!`,
			"", `\:`, "", `\|`, "", `\#`, "").Replace(got)
		require.NotContains(t, unescaped, "[")
		require.NotContains(t, unescaped, "<")
		require.NotContains(t, unescaped, "`")
		require.NotContains(t, unescaped, "*")
		require.NotContains(t, unescaped, "://")
	}
	require.Equal(t, "a b", words{}.plain("a\n b"))
}
