// Package detecttest checks detectors against fixture programs. A fixture is a whole
// small program; if a finding is wanted, a comment on the line where it starts says
// so:
//
//	<input placeholder="手机号" bindinput="onPhone" /> <!-- want field/phone "手机号" -->
//	wx.chooseAddress({ // want api/name api/phone api/address
//
// A quoted text must be part of the finding's subject. The comparison fails in both
// directions: an unwanted finding is as wrong as a missing one.
package detecttest

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/stretchr/testify/require"
)

// Run scans the program in dir with the detectors and compares the findings with
// the want comments in its files.
func Run(t *testing.T, dir string, detectors []*detect.Detector) []finding.Finding {
	t.Helper()
	fsys := os.DirFS(dir)
	wants, err := read(fsys)
	require.NoError(t, err)
	found, err := scan(fsys, detectors)
	require.NoError(t, err)
	for _, problem := range compare(wants, found) {
		t.Errorf("%s: %s", dir, problem)
	}
	return found
}

// scan takes a file system through the pipeline as far as the findings.
func scan(fsys fs.FS, detectors []*detect.Detector) ([]finding.Finding, error) {
	programs, err := project.Load(fsys, project.Options{Jobs: 1})
	if err != nil {
		return nil, err
	}
	var all []finding.Finding
	for _, p := range programs {
		found, _, err := detect.Run(p, flow.Analyze(p, flow.Options{}), detectors)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// want is one wanted finding.
type want struct {
	path    string
	line    int
	rule    string
	subject string // part of the subject, or ""
}

func (w want) String() string {
	if w.subject == "" {
		return fmt.Sprintf("%s:%d: %s", w.path, w.line, w.rule)
	}
	return fmt.Sprintf("%s:%d: %s %q", w.path, w.line, w.rule, w.subject)
}

var (
	comment = regexp.MustCompile(`(?:<!--|//|/\*)\s*want\s+(.*)`)
	item    = regexp.MustCompile(`([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(?:\s+"([^"]*)")?`)
)

// read collects the want comments of all files.
func read(fsys fs.FS) ([]want, error) {
	var out []want
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(platform.SourceSuffixes(), path.Ext(name)) {
			return err
		}
		f, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			m := comment.FindStringSubmatch(lines.Text())
			if m == nil {
				continue
			}
			for _, i := range item.FindAllStringSubmatch(m[1], -1) {
				out = append(out, want{name, n, i[1], i[2]})
			}
		}
		return lines.Err()
	})
	return out, err
}

// compare lists missing and unwanted findings, in the order of the files.
func compare(wants []want, found []finding.Finding) []string {
	var out []string
	used := make([]bool, len(found))
	for _, w := range wants {
		at := -1
		for i, f := range found {
			if !used[i] && f.Rule.ID == w.rule && f.Location.File.Path == w.path && f.Location.Start().Line == w.line &&
				strings.Contains(f.Subject, w.subject) {
				at = i
				break
			}
		}
		if at < 0 {
			out = append(out, "missing "+w.String())
			continue
		}
		used[at] = true
	}
	for i, f := range found {
		if !used[i] {
			out = append(out, fmt.Sprintf("not wanted %s (%s, %s)",
				want{f.Location.File.Path, f.Location.Start().Line, f.Rule.ID, f.Subject}, f.Confidence, reasons(f)))
		}
	}
	return out
}

func reasons(f finding.Finding) string {
	var out []string
	for _, e := range f.Evidence {
		out = append(out, e.What+" "+e.Text)
	}
	return strings.Join(out, ", ")
}
