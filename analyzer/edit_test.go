package analyzer_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// editing is a person at work on a program, with an editor that asks for the report of it.
type editing struct {
	*rand.Rand
	files    map[string]string
	original map[string]string
}

// edit changes something at random and says what.
func (e *editing) edit() string {
	name := e.pick(slices.Sorted(maps.Keys(e.files)))
	switch e.IntN(20) {
	case 0:
		delete(e.files, name)
		return "deletes " + name
	case 1:
		name = path.Join(path.Dir(name), fmt.Sprintf("made%d%s", e.IntN(3), path.Ext(name)))
		e.files[name] = e.files[e.pick(slices.Sorted(maps.Keys(e.files)))]
		return "makes " + name
	case 2, 3:
		e.files = maps.Clone(e.original)
		return "takes everything back"
	}
	do := edits[e.IntN(len(edits))]
	e.files[name] = do.to(e, name, e.files[name])
	return do.name + " in " + name
}

func (e *editing) pick(list []string) string { return list[e.IntN(len(list))] }

// edits are those of the text of one file: what only moves places, and what does not.
var edits = []struct {
	name string
	to   func(e *editing, name, text string) string
}{
	{"a blank line", func(e *editing, _, text string) string { return e.atLine(text, "\n") }},
	{"a comment", func(e *editing, name, text string) string {
		return e.atLine(text, e.pick([]string{commented(name, "再看"), commented(name, "13800138000 or fdc"), commented(name, "beian-ignore: 测试")}))
	}},
	{"a comment within a line", func(e *editing, name, text string) string {
		return e.replaced(text, `[;,({]`, func(m string) string { return m + " /* , a( */ " })
	}},
	{"wider indents", func(_ *editing, _, text string) string {
		return regexp.MustCompile(`(?m)^( +)`).ReplaceAllString(text, "$1$1")
	}},
	{"other line ends", func(_ *editing, _, text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }},
	{"one line less", func(e *editing, _, text string) string {
		lines := strings.SplitAfter(text, "\n")
		n := e.IntN(len(lines))
		return strings.Join(slices.Delete(lines, n, n+1), "")
	}},
	{"one line twice", func(e *editing, _, text string) string {
		lines := strings.SplitAfter(text, "\n")
		n := e.IntN(len(lines))
		return strings.Join(slices.Insert(lines, n, lines[n]), "")
	}},
	{"another text", func(e *editing, _, text string) string {
		return e.replaced(text, `'[^'\n]*'|"[^"\n]*"`, func(m string) string { return m[:1] + e.pick([]string{"phone", "地址", "x"}) + m[len(m)-1:] })
	}},
	{"another quote", func(e *editing, _, text string) string {
		return e.replaced(text, `'[^'"\n]*'`, func(m string) string { return `"` + m[1:len(m)-1] + `"` })
	}},
	{"another name", func(e *editing, _, text string) string {
		return e.replaced(text, `\b[a-z]{4,}\b`, func(m string) string { return m + "2" })
	}},
	{"an attribute", func(e *editing, _, text string) string {
		return e.replaced(text, `<[a-z-]+`, func(m string) string {
			return m + e.pick([]string{` class="a"`, ` data-id="{{id}}"`, ` bindtap="onTap"`, ` hidden`})
		})
	}},
	{"no attribute", func(e *editing, _, text string) string {
		return e.replaced(text, ` [a-z:-]+="[^"\n]*"`, func(string) string { return "" })
	}},
	{"a label", func(e *editing, _, text string) string {
		return e.replaced(text, `>[^<>{}\n]+<`, func(string) string { return ">" + e.pick([]string{"手机号", "备注", "\n  姓名\n"}) + "<" })
	}},
	{"a statement", func(e *editing, _, text string) string {
		return e.replaced(text, `;\n`, func(m string) string { return m + "console.log(wx.getStorageSync('phone'));\n" })
	}},
}

// atLine puts something before a line.
func (e *editing) atLine(text, more string) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(slices.Insert(lines, e.IntN(len(lines)), more), "")
}

// replaced replaces one of the pieces that match a pattern.
func (e *editing) replaced(text, pattern string, to func(string) string) string {
	found := regexp.MustCompile(pattern).FindAllStringIndex(text, -1)
	if len(found) == 0 {
		return text
	}
	at := found[e.IntN(len(found))]
	return text[:at[0]] + to(text[at[0]:at[1]]) + text[at[1]:]
}

func commented(name, text string) string {
	switch path.Ext(name) {
	case ".wxml", ".vue", ".axml":
		return "<!-- " + text + " -->\n"
	}
	return "// " + text + "\n"
}

// TestEditedProgramsAreReportedAsScannedAnew edits programs at random, many times over. After
// each edit the report of the session, which keeps what it can, is that of a new scan.
// BEIAN_LONG=1 edits all programs of the flow suite, not every sixth.
func TestEditedProgramsAreReportedAsScannedAnew(t *testing.T) {
	programs := map[string]map[string]string{}
	dirs, err := os.ReadDir("../fixtures/projects")
	require.NoError(t, err)
	for _, dir := range dirs {
		files := map[string]string{}
		for name, f := range copied(t, os.DirFS(filepath.Join("../fixtures/projects", dir.Name()))) {
			files[name] = string(f.Data)
		}
		programs[dir.Name()] = files
	}
	suite, err := filepath.Glob("../fixtures/flows/*.txtar")
	require.NoError(t, err)
	for _, name := range suite {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		programs[filepath.Base(name)] = files
	}
	kept, edits := 0, 0
	for i, name := range slices.Sorted(maps.Keys(programs)) {
		n := 16
		if strings.HasSuffix(name, ".txtar") {
			if n = 3; i%6 != 0 && os.Getenv("BEIAN_LONG") == "" {
				continue
			}
		}
		e := &editing{Rand: rand.New(rand.NewPCG(uint64(i), 1)), files: maps.Clone(programs[name]), original: programs[name]}
		cache, runs := &project.Cache{}, &flow.Cache{}
		var done []string
		for range n {
			reported(t, e.files, cache, runs)
			before := runs.Used()
			done = append(done, e.edit())
			want, got := reported(t, e.files, nil, nil), reported(t, e.files, cache, runs)
			requireSame(t, want, got, name+": "+strings.Join(done, "; "))
			edits++
			if runs.Used() > before {
				kept++
			}
		}
	}
	t.Logf("%d edits, %d without a run", edits, kept)
	require.Greater(t, kept, edits/10)
	require.Less(t, kept, edits*9/10)
}

// requireSame fails with the first line that differs: a report is long.
func requireSame(t *testing.T, want, got, when string) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			from := max(0, i-5)
			require.Equal(t, strings.Join(a[from:i+1], "\n"), strings.Join(b[from:i+1], "\n"), when)
		}
	}
	require.Len(t, b, len(a), when)
}

// reported is the report of a program as JSON, or why there is none.
func reported(t *testing.T, texts map[string]string, cache *project.Cache, runs *flow.Cache) string {
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return scanned(t, files, cache, runs)
}
