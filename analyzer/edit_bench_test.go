//go:build unix

package analyzer

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// BenchmarkEdit tells what each stage of an analysis after an edit costs, in milliseconds of
// processor time: of the programs in fixtures/projects, or of each directory in that of
// BEIAN_TREES. The edits are a line of comment in a script, which only moves places, and a
// statement, after which the program runs again.
func BenchmarkEdit(b *testing.B) {
	trees := os.Getenv("BEIAN_TREES")
	if trees == "" {
		trees = "../fixtures/projects"
	}
	dirs, err := filepath.Glob(filepath.Join(trees, "*"))
	require.NoError(b, err)
	for _, dir := range dirs {
		for _, edit := range []string{"comment", "statement"} {
			b.Run(filepath.Base(dir)+"/"+edit, func(b *testing.B) {
				b.ReportAllocs()
				benchmarkEdit(b, os.DirFS(dir), edit)
			})
		}
	}
}

func benchmarkEdit(b *testing.B, fsys fs.FS, edit string) {
	took := map[string]time.Duration{}
	stage := func(name string, run func()) {
		start := processorTime()
		run()
		took[name] += processorTime() - start
	}
	options := Options{Detectors: detectors.All(), Jobs: 1}
	dir := &Dir{Path: ".", FS: fsys, Cache: &project.Cache{}, Runs: &flow.Cache{}}
	analyze := func() {
		var programs []*project.Program
		var err error
		stage("load", func() { programs, err = dir.load(b.Context(), options) })
		if err != nil {
			b.Skipf("not a program that can be loaded: %v", err)
		}
		s := &Scan{Rules: rules([]Dir{*dir}, options)}
		for _, p := range programs {
			a := &Analysis{Program: p, dir: dir, Unread: p.Unread}
			stage("flow", func() { a.Values = flow.Analyze(p, dir.flowOptions(b.Context())) })
			stage("detect", func() { a.Findings, _, err = detect.Run(p, a.Values, options.Detectors) })
			require.NoError(b, err)
			stage("judge", func() { a.gather(dir.accepted(s.Rules), options) })
			s.Analyses = append(s.Analyses, a)
		}
		var r *report.Report
		stage("report", func() { r = s.Report() })
		stage("json", func() { err = report.JSON(io.Discard, r, report.Options{}) })
		require.NoError(b, err)
	}
	script := ""
	fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, _ error) error {
		if script == "" && strings.HasSuffix(name, ".js") && strings.Contains(name, "pages/") {
			script = name
		}
		return nil
	})
	if script == "" {
		b.Skip("no script of a page")
	}
	text, err := fs.ReadFile(fsys, script)
	require.NoError(b, err)
	analyze()
	clear(took)
	for n := 0; b.Loop(); n++ {
		line := fmt.Sprintf("// %d\n", n)
		if edit == "statement" {
			line = fmt.Sprintf("globalThis.edited = %d\n", n)
		}
		dir.FS = edited{fsys, script, fstest.MapFS{script: {Data: append([]byte(line), text...)}}}
		analyze()
	}
	for name, d := range took {
		b.ReportMetric(float64(d.Microseconds())/1000/float64(b.N), name+"-ms")
	}
}

// edited is a directory with one file as it is in an editor.
type edited struct {
	fs.FS
	name string
	now  fs.FS
}

func (e edited) Open(name string) (fs.File, error) {
	if name == e.name {
		return e.now.Open(name)
	}
	return e.FS.Open(name)
}

func processorTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
