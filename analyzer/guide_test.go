package analyzer_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// `beian scan` and `beian privacy` declare the same. On every fixture program, the
// ruling names each type of the guide and is required if there is one, and each
// finding of an interface has its type in the guide.
func TestScanAndPrivacyAgree(t *testing.T) {
	seen := 0
	for _, dir := range []string{"../fixtures/detectors", "../fixtures/projects"} {
		require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || path.Base(name) != "app.json" {
				return err
			}
			root := path.Join(dir, path.Dir(name))
			scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: root, Name: "x", FS: os.DirFS(root)}},
				analyzer.Options{Detectors: detectors.All()})
			if err != nil {
				return nil // not a program of its own
			}
			for _, a := range scan.Analyses {
				if a.Program.Platform == "wechat" {
					seen++
					agree(t, root, a)
				}
			}
			return nil
		}))
	}
	require.Greater(t, seen, 100)
}

func agree(t *testing.T, root string, a *analyzer.Analysis) {
	t.Helper()
	i := slices.IndexFunc(a.Verdict.Rulebooks, func(r verdict.Ruling) bool { return r.ID == "wechat-privacy-guide" })
	ruling := a.Verdict.Rulebooks[i]
	var said strings.Builder
	for _, reason := range ruling.Reasons {
		said.WriteString(reason.ZH + "\n") // where a name has no plural
	}
	sure, perhaps := a.Guide.Keys()
	for _, key := range append(slices.Clone(sure), perhaps...) {
		require.Contains(t, said.String(), key, root)
	}
	for _, c := range a.Guide.Collected() {
		require.Contains(t, said.String(), c.Title().In(lang.Chinese), root)
	}
	require.Equal(t, len(sure)+len(a.Guide.Own) > 0, ruling.Status == verdict.Required, root)
	for _, f := range a.Findings {
		if f.Counts() && f.Kind == finding.KindAPI && f.PrivacyKey != "" && f.PrivacyKey != "DeviceInfo" {
			require.Contains(t, sure, f.PrivacyKey, "%s: %s", root, f.Rule.ID)
		}
	}
}
