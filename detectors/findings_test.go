package detectors

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/detect/detecttest"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

// A want comment says that something is found. Files in testdata say how: the
// confidence, the name, the evidence. They show the effect of a changed weight or
// word on all fixtures at once.
func TestFindings(t *testing.T) {
	for _, group := range []struct {
		name, dirs string
		detectors  []*detect.Detector
	}{
		{"api", "detectors/api/*/*", Collection()},
		{"config", "detectors/config/*/*", All()},
		{"field", "detectors/field/*/*", Collection()},
		{"hardcoded", "detectors/hardcoded/*/*", append(Collection(), Inferred, Hardcoded)},
		{"inferred", "detectors/inferred/*/*", append(Collection(), Inferred, Hardcoded)},
		{"ocr", "detectors/ocr/*/*", Collection()},
		{"sink", "detectors/sink/*/*", All()},
		{"labels", "labels/*", Collection()},
		{"projects", "projects/*", Collection()},
		{"reach", "reach/*", Collection()},
	} {
		dirs, err := filepath.Glob("../fixtures/" + group.dirs)
		require.NoError(t, err)
		require.NotEmpty(t, dirs, group.dirs)
		var out strings.Builder
		for _, dir := range dirs {
			if info, err := os.Stat(dir); err != nil || !info.IsDir() {
				continue
			}
			detectors := group.detectors
			if strings.Contains(dir, "legacy-user-info") {
				detectors = All()
			}
			found := detecttest.Run(t, dir, detectors)
			if len(found) > 0 {
				fmt.Fprintf(&out, "\n# %s\n", strings.TrimPrefix(filepath.ToSlash(dir), "../fixtures/"))
			}
			for _, f := range found {
				describe(&out, f)
			}
		}
		golden.Check(t, filepath.Join("testdata", "findings", group.name+".txt"), out.String())
	}
}

// describe writes all of a finding but its flows, which fixtures/flows are about.
func describe(out *strings.Builder, f finding.Finding) {
	fmt.Fprintf(out, "%s %s %s %s", at(f.Location), f.Rule.ID, f.Category, f.Confidence)
	for _, more := range []struct{ name, value string }{
		{"page", f.Page}, {"key", f.PrivacyKey}, {"library", f.Library},
	} {
		if more.value != "" {
			fmt.Fprintf(out, " %s=%s", more.name, more.value)
		}
	}
	if !f.Reachable {
		out.WriteString(" unreachable")
	}
	fmt.Fprintf(out, "\n  %s\n  %s\n", finding.Mask(f.Message.ZH), finding.Mask(f.Message.EN))
	for _, e := range f.Evidence {
		fmt.Fprintf(out, "  - %s: %s", e.What, finding.Mask(e.Text))
		if place := at(e.Location); place != at(f.Location) {
			fmt.Fprintf(out, " (%s)", place)
		}
		out.WriteString("\n")
	}
}

func at(l source.Location) string {
	if l.IsZero() {
		return "-"
	}
	return fmt.Sprintf("%s:%d:%d", l.File.Path, l.Start().Line, l.Start().Column)
}
