package analyzer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// inJSON is the report of a scan, but for how long it took.
func inJSON(t *testing.T, s *analyzer.Scan) string {
	r := s.Report()
	r.Stats.Milliseconds = 0
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, r, report.Options{Lang: "zh", MinConfidence: 1}))
	return out.String()
}

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
	text := func(s *analyzer.Scan) string { return inJSON(t, s) }
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

// To judge again without the baseline gives the report of a scan that had none.
func TestWithoutBaseline(t *testing.T) {
	entries, err := os.ReadDir("../fixtures/projects")
	require.NoError(t, err)
	text := func(s *analyzer.Scan) string { return inJSON(t, s) }
	accepted := 0
	for _, entry := range entries {
		scan := func(b *suppress.Baseline) *analyzer.Scan {
			dirs := []analyzer.Dir{{Path: entry.Name(), Name: entry.Name(), FS: os.DirFS(path.Join("../fixtures/projects", entry.Name())), Baseline: b}}
			s, err := analyzer.Analyze(context.Background(), dirs, analyzer.Options{Detectors: detectors.All()})
			require.NoError(t, err)
			return s
		}
		bare, b := scan(nil), &suppress.Baseline{}
		for f := range bare.Findings() {
			as := []finding.AcceptedAs{finding.Known, finding.NotPersonal}[len(b.Entries)%2]
			b.Entries = append(b.Entries, suppress.BaselineEntry{
				Fingerprint: f.Fingerprint, As: as, Rule: f.Rule.ID, Reason: "seen", Author: "a", Date: "2026-01-01",
			})
		}
		b.Version = 1
		written, err := json.Marshal(b)
		require.NoError(t, err)
		b, err = suppress.ParseBaseline(written)
		require.NoError(t, err)
		with := scan(b)
		was := text(with)
		require.True(t, text(bare) == text(with.WithoutBaseline()), entry.Name())
		require.Equal(t, was, text(with))
		if len(b.Entries) > 0 {
			require.False(t, text(bare) == was, entry.Name())
			accepted++
		}
	}
	require.Positive(t, accepted)
}
