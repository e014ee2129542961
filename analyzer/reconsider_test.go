package analyzer_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// To judge again with other answers gives the report of a scan that had them from the
// start, and leaves the first as it was.
func TestReconsider(t *testing.T) {
	persons := int64(2_000_000)
	answers := []verdict.Inputs{
		{}, {Operator: verdict.Individual, Mainland: verdict.No}, {Operator: verdict.Enterprise, CrossBorder: verdict.Yes,
			Persons: &persons, Commercial: verdict.Yes},
	}
	entries, err := os.ReadDir("../fixtures/projects")
	require.NoError(t, err)
	text := func(s *analyzer.Scan) string {
		r := s.Report()
		r.Stats.Milliseconds = 0
		var out bytes.Buffer
		require.NoError(t, report.JSON(&out, r, report.Options{Lang: "zh", MinConfidence: 1}))
		return out.String()
	}
	for _, entry := range entries {
		scan := func(inputs verdict.Inputs) *analyzer.Scan {
			dirs := []analyzer.Dir{{Path: entry.Name(), Name: entry.Name(), FS: os.DirFS(path.Join("../fixtures/projects", entry.Name()))}}
			s, err := analyzer.Analyze(context.Background(), dirs, analyzer.Options{Detectors: detectors.All(), Inputs: inputs})
			require.NoError(t, err)
			return s
		}
		first := scan(verdict.Inputs{})
		was := text(first)
		for _, inputs := range answers {
			require.Equal(t, text(scan(inputs)), text(first.Reconsider(inputs)), entry.Name())
		}
		require.Equal(t, was, text(first))
	}
}
