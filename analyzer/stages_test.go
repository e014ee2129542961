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
// processor: of the programs in fixtures/projects, or of each directory in that of
// BEIAN_TREES.
func BenchmarkStages(b *testing.B) {
	trees := os.Getenv("BEIAN_TREES")
	if trees == "" {
		trees = "../fixtures/projects"
	}
	dirs, err := filepath.Glob(filepath.Join(trees, "*"))
	require.NoError(b, err)
	for _, dir := range dirs {
		b.Run(filepath.Base(dir), func(b *testing.B) { benchmarkStages(b, Dir{Path: ".", FS: os.DirFS(dir)}) })
	}
}

func benchmarkStages(b *testing.B, dir Dir) {
	took := map[string]time.Duration{}
	stage := func(name string, run func()) {
		start := time.Now()
		run()
		took[name] += time.Since(start)
	}
	options := Options{Detectors: detectors.All(), Jobs: 1}
	for b.Loop() {
		var programs []*project.Program
		var err error
		stage("load", func() { programs, err = dir.load(b.Context(), options) })
		if err != nil {
			b.Skipf("not a program that can be loaded: %v", err)
		}
		s := &Scan{Rules: rules([]Dir{dir}, options)}
		for _, p := range programs {
			a := &Analysis{Program: p, dir: &dir, Unread: p.Unread}
			stage("flow", func() { a.Values = flow.Analyze(p, dir.flowOptions(b.Context())) })
			stage("detect", func() { a.Findings, _, err = detect.Run(p, a.Values, options.Detectors) })
			require.NoError(b, err)
			stage("judge", func() { a.gather(dir.accepted(s.Rules), options) })
			s.Analyses = append(s.Analyses, a)
		}
		stage("report", func() { err = report.JSON(io.Discard, s.Report(), report.Options{}) })
		require.NoError(b, err)
	}
	for name, d := range took {
		b.ReportMetric(float64(d.Microseconds())/1000/float64(b.N), name+"-ms")
	}
}
