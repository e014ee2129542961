package analyzer_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// The same small program in each way of writing one gives the same findings, with the same
// destinations, the same hosts and the same verdict.
func TestEveryForm(t *testing.T) {
	want := []string{
		"api/phone high known network api.example.com",
		"field/email high stays",
		"field/idcard high known storage",
		"field/name high known network api.example.com",
		"field/phone high known network api.example.com",
	}
	files, err := filepath.Glob("../fixtures/forms/*.txtar")
	require.NoError(t, err)
	require.Len(t, files, 15)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			fsys, err := txtar.FS(txtar.Parse(text))
			require.NoError(t, err)
			scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", FS: fsys}}, analyzer.Options{Detectors: detectors.All()})
			require.NoError(t, err)
			r := scan.Report()
			require.Len(t, r.Programs, 1)
			require.Empty(t, r.Programs[0].Unread)
			require.Equal(t, verdict.Triggered, r.Programs[0].Verdict.PersonalInformation.Status)
			var got []string
			for _, f := range r.Programs[0].Findings {
				if !strings.HasPrefix(f.Rule.ID, "field/") && !strings.HasPrefix(f.Rule.ID, "api/") {
					continue
				}
				line := fmt.Sprintf("%s %s %s", f.Rule.ID, f.Confidence, f.Destination.State)
				for _, flow := range f.Flows {
					line += fmt.Sprintf(" %s %s", flow.Sink.Kind, cmp.Or(flow.Sink.Host, ""))
				}
				got = append(got, strings.TrimSpace(line))
			}
			slices.Sort(got)
			require.Equal(t, want, got)
		})
	}
}
