package analyzer_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/detectors"
)

// FuzzAnalyze scans a program of one page, native or of a framework, whose
// template and script are anything. No text makes the analyzer fail or hang, every
// place it names is within its file, and a second scan says the same.
func FuzzAnalyze(f *testing.F) {
	projects := os.DirFS("../fixtures/projects")
	err := fs.WalkDir(projects, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		text := func(name string) string { b, _ := fs.ReadFile(projects, name); return string(b) }
		switch ext := path.Ext(name); ext {
		case ".wxml":
			view, script := text(name), text(strings.TrimSuffix(name, ext)+".js")
			f.Add(view, script, uint8(0))
			f.Add("<template>"+view+"</template>", "<script>"+script+"</script>", uint8(1))
		case ".vue", ".wpy", ".mpx", ".tsx":
			f.Add(text(name), "", uint8(slices.Index(suffixes, ext)))
		}
		return nil
	})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, view, script string, kind uint8) {
		files := page(view, script, suffixes[int(kind)%len(suffixes)])
		first := scanned(t, files, nil, nil)
		require.Equal(t, first, scanned(t, files, nil, nil))

		scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", FS: files}}, analyzer.Options{Detectors: detectors.All()})
		require.NoError(t, err)
		for found := range scan.Findings() {
			at := found.Location
			require.True(t, at.IsZero() || at.Span.Start >= 0 && at.Span.Start <= at.Span.End && int(at.Span.End) <= len(at.File.Text),
				"%s: %v", found.Rule.ID, at.Span)
		}
	})
}

// suffixes are those of the files that hold a page, natively and in each framework.
var suffixes = []string{".wxml", ".vue", ".wpy", ".mpx", ".tsx"}

// page is a program of one page, in a file of this suffix.
func page(view, script, suffix string) fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	both := file(view + "\n" + script)
	switch suffix {
	case ".wpy":
		return fstest.MapFS{
			"app.wpy":     file("<script>export default class extends wepy.app { config = { pages: ['pages/a'] } }</script>"),
			"pages/a.wpy": both,
		}
	case ".mpx":
		return fstest.MapFS{
			"app.mpx":     file(`<script type="application/json">{"pages": ["./pages/a"]}</script>`),
			"pages/a.mpx": both,
		}
	case ".tsx":
		return fstest.MapFS{
			"app.config.ts": file("export default { pages: ['pages/a'] }"),
			"app.tsx":       file("export default p => p.children"),
			"pages/a.tsx":   both,
		}
	case ".vue":
		return fstest.MapFS{
			"manifest.json": file(`{"mp-weixin": {"appid": "wx0000000000000001"}}`),
			"pages.json":    file(`{"pages": [{"path": "pages/a/a"}]}`),
			"App.vue":       file("<script>export default {}</script>"),
			"pages/a/a.vue": both,
		}
	}
	return fstest.MapFS{
		"app.json":       file(`{"pages": ["pages/a/a"]}`),
		"app.js":         file("App({})"),
		"pages/a/a.wxml": file(view),
		"pages/a/a.js":   file(script),
	}
}
