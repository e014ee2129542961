package analyzer

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// BenchmarkStages tells what each stage of a scan costs, in milliseconds of one
// processor: of the programs in trees.
func BenchmarkStages(b *testing.B) {
	for _, dir := range trees(b) {
		b.Run(filepath.Base(dir), func(b *testing.B) { benchmarkStages(b, Dir{Path: ".", FS: os.DirFS(dir)}) })
	}
}

func benchmarkStages(b *testing.B, dir Dir) {
	w := &stopwatch{B: b, now: func() time.Duration { return time.Since(started) }, took: map[string]time.Duration{}}
	for b.Loop() {
		w.analyze(&dir)
	}
	w.report()
}

var started = time.Now()

// trees are the programs in fixtures/projects, or the directories in that of BEIAN_TREES.
func trees(b *testing.B) []string {
	root := os.Getenv("BEIAN_TREES")
	if root == "" {
		root = "../fixtures/projects"
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*"))
	require.NoError(b, err)
	return dirs
}

// stopwatch times the stages of analyses.
type stopwatch struct {
	*testing.B
	now  func() time.Duration
	took map[string]time.Duration // by stage
}

func (w *stopwatch) stage(name string, run func()) {
	start := w.now()
	run()
	w.took[name] += w.now() - start
}

func (w *stopwatch) analyze(dir *Dir) {
	options := Options{Detectors: detectors.All(), Jobs: 1}
	var programs []*project.Program
	var err error
	w.stage("load", func() { programs, err = dir.load(w.Context(), options) })
	if err != nil {
		w.Skipf("not a program that can be loaded: %v", err)
	}
	s := &Scan{Rules: rules([]Dir{*dir}, options)}
	for _, p := range programs {
		a := &Analysis{Program: p, dir: dir, Unread: p.Unread}
		w.stage("flow", func() { a.Values = flow.Analyze(p, dir.flowOptions(w.Context())) })
		w.stage("detect", func() { a.Findings, _, err = detect.Run(p, a.Values, options.Detectors) })
		require.NoError(w, err)
		w.stage("judge", func() { a.gather(dir.accepted(s.Rules), options) })
		s.Analyses = append(s.Analyses, a)
	}
	w.stage("report", func() { err = report.JSON(io.Discard, s.Report(), report.Options{}) })
	require.NoError(w, err)
}

// report tells the mean of each stage.
func (w *stopwatch) report() {
	for name, d := range w.took {
		w.ReportMetric(float64(d.Microseconds())/1000/float64(w.N), name+"-ms")
	}
}
