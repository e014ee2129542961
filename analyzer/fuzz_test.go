package analyzer_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/detectors"
)

// FuzzAnalyze scans a program of one page, native or of one component file, whose
// template and script are anything. No text makes the analyzer fail or hang, every
// place it names is within its file, and a second scan says the same.
func FuzzAnalyze(f *testing.F) {
	projects := os.DirFS("../fixtures/projects")
	err := fs.WalkDir(projects, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		stem, ok := strings.CutSuffix(name, ".wxml")
		if !ok {
			return nil
		}
		view, _ := fs.ReadFile(projects, name)
		script, _ := fs.ReadFile(projects, stem+".js")
		f.Add(string(view), string(script), false)
		f.Add("<template>"+string(view)+"</template>", "<script>"+string(script)+"</script>", true)
		return nil
	})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, view, script string, single bool) {
		files := page(view, script, single)
		first := scanned(t, files, nil)
		require.Equal(t, first, scanned(t, files, nil))

		r, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", FS: files}}, analyzer.Options{Detectors: detectors.All()})
		require.NoError(t, err)
		for _, p := range r.Programs {
			for _, found := range p.Findings {
				at := found.Location
				require.True(t, at.IsZero() || at.Span.Start >= 0 && at.Span.Start <= at.Span.End && int(at.Span.End) <= len(at.File.Text), "%s: %v", found.Rule.ID, at.Span)
			}
		}
	})
}

// page is a program of one page.
func page(view, script string, single bool) fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	if single {
		return fstest.MapFS{
			"manifest.json": file(`{"mp-weixin": {"appid": "wx0000000000000001"}}`),
			"pages.json":    file(`{"pages": [{"path": "pages/a/a"}]}`),
			"App.vue":       file("<script>export default {}</script>"),
			"pages/a/a.vue": file(view + "\n" + script),
		}
	}
	return fstest.MapFS{
		"app.json":       file(`{"pages": ["pages/a/a"]}`),
		"app.js":         file("App({})"),
		"pages/a/a.wxml": file(view),
		"pages/a/a.js":   file(script),
	}
}
