package analyzer

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// failing is a file system that fails in an unexpected way: opening the file
// panics.
type failing struct {
	fs.FS
	file string
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.file {
		panic("on purpose")
	}
	return f.FS.Open(name)
}

// Wherever the analyzer fails, the scan goes on, says what was left out, and does not
// call the program clean.
func TestOneFailureNeverCostsTheReport(t *testing.T) {
	files := fstest.MapFS{}
	for _, root := range []string{"one", "two"} {
		for p, text := range map[string]string{
			"app.json": `{"pages": ["pages/a/a", "pages/b/b"]}`, "app.js": "App({})", "project.config.json": "{}",
			"pages/a/a.js":   "Page({ onText(e) { wx.request({ url: 'https://x.example.cn', data: e.detail.value }) } })",
			"pages/a/a.wxml": `<input placeholder="手机号" bindinput="onText" />`,
			"pages/b/b.js":   "Page({})", "pages/b/b.wxml": `<input placeholder="留言" bindinput="onText" />`,
		} {
			files[root+"/"+p] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	told := func(t *testing.T, a *Analysis, path string) {
		for _, u := range a.Unread {
			if strings.HasSuffix(u.Path, path) && strings.Contains(u.Reason.EN, "bug in beian: on purpose (bug_test.go:") {
				require.True(t, u.Hides)
				return
			}
		}
		t.Fatalf("%s is not told: %v", path, a.Unread)
	}
	phones := func(a *Analysis) (n int) {
		for _, f := range a.Findings {
			if f.Category == finding.Phone && len(f.Flows) == 1 {
				n++
			}
		}
		return n
	}
	scan := func(t *testing.T, fsys fs.FS, all []*detect.Detector) []*Analysis {
		s, err := Analyze(t.Context(), []Dir{{Path: ".", FS: fsys}}, Options{Detectors: all})
		require.NoError(t, err)
		require.Len(t, s.Analyses, 2)
		require.Len(t, s.Report().Programs, 2)
		require.Equal(t, verdict.Triggered, s.Analyses[1].Verdict.PersonalInformation.Status)
		require.Equal(t, 1, phones(s.Analyses[1]), "the other program is whole")
		return s.Analyses
	}

	t.Run("a script", func(t *testing.T) {
		a := scan(t, failing{files, "one/pages/b/b.js"}, detectors.All())[0]
		told(t, a, "pages/b/b.js")
		require.Equal(t, 1, phones(a))
		require.Equal(t, verdict.Triggered, a.Verdict.PersonalInformation.Status)
	})
	t.Run("the template with the field", func(t *testing.T) {
		a := scan(t, failing{files, "one/pages/a/a.wxml"}, detectors.All())[0]
		told(t, a, "pages/a/a.wxml")
		require.Equal(t, verdict.Undetermined, a.Verdict.PersonalInformation.Status)
	})
	t.Run("a detector", func(t *testing.T) {
		all := append(detectors.All(), &detect.Detector{Name: "broken", Run: func(p *detect.Pass) error {
			if p.Program.Root == "one" {
				panic("on purpose")
			}
			return nil
		}})
		a := scan(t, files, all)[0]
		told(t, a, ".")
		require.Equal(t, 1, phones(a))
	})
	t.Run("a program that was not loaded", func(t *testing.T) {
		p := &project.Program{Root: "one", Source: "one", Config: &project.Config{}, Unread: []project.Unread{{Path: "one", Hides: true}}}
		a := &Analysis{Program: p, dir: &Dir{}}
		require.NoError(t, a.run(t.Context(), a.dir.accepted(nil), Options{Detectors: detectors.All()}))
		require.Equal(t, p.Unread, a.Unread)
		require.Equal(t, verdict.Undetermined, a.Verdict.PersonalInformation.Status)
		require.Len(t, (&Scan{Analyses: []*Analysis{a}}).Report().Programs, 1)
	})
	t.Run("a station", func(t *testing.T) {
		a := &Analysis{}
		a.attempt(func() { panic("on purpose") })
		told(t, a, ".")
		require.Equal(t, verdict.Undetermined, a.Verdict.PersonalInformation.Status)
	})
	t.Run("an error of a detector is none of this", func(t *testing.T) {
		broken := &detect.Detector{Name: "own", Run: func(*detect.Pass) error { return errors.New("no network") }}
		_, err := Analyze(t.Context(), []Dir{{Path: ".", FS: files}}, Options{Detectors: []*detect.Detector{broken}})
		require.ErrorContains(t, err, "detector own: no network")
	})
}
