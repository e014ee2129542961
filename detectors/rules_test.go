package detectors

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

func TestRulesAreComplete(t *testing.T) {
	require.NoError(t, detect.Validate(All()))
	var rules []*finding.Rule
	for _, d := range All() {
		rules = append(rules, d.Rules...)
	}
	var missing []string
	for _, r := range rules {
		if made := ruleByID(r.ID); made != nil {
			require.Same(t, r, made)
		}
		for _, side := range []string{"bad", "good"} {
			file := filepath.Join("../fixtures/detectors", r.ID, side, "app.json")
			if _, err := os.Stat(file); err != nil {
				missing = append(missing, file)
			}
		}
	}
	require.Empty(t, missing, "every rule has a program that it reports and a near miss")
}

// Problems have a severity, what is collected has none, and severities.txt speaks of
// no rule that does not exist.
func TestProblemsHaveASeverity(t *testing.T) {
	rules := append(suppress.Rules(), verdict.Contradictions()...)
	for _, d := range All() {
		rules = append(rules, d.Rules...)
	}
	var ids []string
	for _, r := range rules {
		problem := slices.Contains([]finding.Kind{finding.KindConfig, finding.KindSink, finding.KindHardcoded}, r.Kind)
		require.Equal(t, problem, r.Severity() != finding.NoSeverity, r.ID)
		ids = append(ids, r.ID)
	}
	table, err := os.ReadFile("../analyzer/finding/severities.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(table)) {
		if f := strings.Fields(line); len(f) > 0 && f[0][0] != '#' {
			require.Contains(t, ids, f[0])
		}
	}
}

// There is a rule for whatever the platform's tables say is collected.
func TestEveryYieldHasARule(t *testing.T) {
	var all []platform.Yield
	for _, a := range platform.APIs() {
		if !a.Document {
			all = append(all, a.Yields...)
			continue
		}
		for _, y := range a.Yields {
			require.NotNil(t, ruleByID("ocr/"+string(y.Category)), y.Category)
		}
	}
	for _, o := range platform.OpenTypes() {
		all = append(all, o.Yields...)
	}
	for _, y := range all {
		require.NotNil(t, ruleByID("api/"+string(y.Category)), y.Category)
	}
	for _, a := range platform.Addresses() {
		for _, y := range a.Yields {
			kind := map[bool]string{true: "ocr/", false: "api/"}[a.Document]
			require.NotNil(t, ruleByID(kind+string(y.Category)), a.Name)
		}
	}
	for _, g := range platform.Tags() {
		for _, y := range g.Yields {
			require.NotNil(t, tagRule(g, y.Category), y.Category)
		}
	}
	require.NotEmpty(t, control.Categories())
	for _, c := range control.Categories() {
		require.NotNil(t, ruleByID("field/"+string(c)), c)
	}
	for _, id := range []string{"ocr/name", "ocr/idcard", "ocr/plate"} {
		require.NotNil(t, ruleByID(id), id)
	}
}
