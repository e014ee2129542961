package analyzer_test

import (
	"os"
	"path"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/detectors"
)

// FuzzFiles scans any files, of any bytes and under any names, given as a txtar archive.
// Either there is no program and the error says so, or every place that is named is within
// its file, and nothing that the analyzer itself did wrong is told.
func FuzzFiles(f *testing.F) {
	for _, pattern := range []string{"../fixtures/flows/async-*.txtar", "../fixtures/flows/component-*.txtar"} {
		names, err := filepath.Glob(pattern)
		require.NoError(f, err)
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(f, err)
			f.Add(text)
		}
	}
	f.Add([]byte("-- app.json --\n{\"pages\": [\"a\"]}\n-- a.wxml --\n<input placeholder=\"手机号\"/>\n" +
		"-- a.js --\nrequire('./b'); Page({})\n-- b.js --\n\x00\xff\n"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		files := fstest.MapFS{}
		for _, file := range txtar.Parse(archive).Files {
			if name := path.Clean(file.Name); name != "." {
				files[name] = &fstest.MapFile{Data: file.Data}
			}
		}
		scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: files}},
			analyzer.Options{Detectors: detectors.All(), Jobs: 1})
		if err != nil {
			require.NotContains(t, err.Error(), "bug in beian")
			return
		}
		for _, a := range scan.Analyses {
			for _, u := range a.Unread {
				require.NotContains(t, u.Reason.EN, "bug in beian")
			}
		}
		for found := range scan.Findings() {
			at := found.Location
			require.True(t, at.IsZero() || at.Span.Start >= 0 && at.Span.Start <= at.Span.End && int(at.Span.End) <= len(at.File.Text))
		}
	})
}
