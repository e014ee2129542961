package analyzer_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// A cache changes no report: not if nothing changed, not after an edit, a
// deleted file, or a return to what was before.
func TestCacheChangesNoReport(t *testing.T) {
	entries, err := os.ReadDir("../fixtures/projects")
	require.NoError(t, err)
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			t.Parallel()
			original := copied(t, os.DirFS(path.Join("../fixtures/projects", entry.Name())))
			cache := &project.Cache{}
			for name, change := range map[string]func(name, text string) (string, bool){
				"moved down": func(name, text string) (string, bool) { return "\n" + text, true },
				"no label":   func(name, text string) (string, bool) { return strings.ReplaceAll(text, "手机", "备注"), true },
				"no script": func(name, text string) (string, bool) {
					return text, path.Ext(name) != ".js" || path.Base(name) == "app.js"
				},
				"broken": func(name, text string) (string, bool) {
					if path.Ext(name) == ".json" {
						return text, true
					}
					return text[:len(text)/2], true
				},
			} {
				edited := fstest.MapFS{}
				for file, stored := range original {
					if text, stays := change(file, string(stored.Data)); stays {
						edited[file] = &fstest.MapFile{Data: []byte(text)}
					}
				}
				for _, files := range []fstest.MapFS{original, original, edited, original} {
					require.Equal(t, scanned(t, files, nil, nil), scanned(t, files, cache, nil), name)
				}
			}
		})
	}
}

// copied reads a tree into memory.
func copied(t *testing.T, fsys fs.FS) fstest.MapFS {
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	}))
	return files
}

// scanned returns the report of a tree as JSON, or why there is none.
func scanned(t *testing.T, files fstest.MapFS, cache *project.Cache, runs *flow.Cache) string {
	scan, err := analyzer.Analyze(context.Background(), []analyzer.Dir{{Path: "x", Name: "x", FS: files, Cache: cache, Runs: runs}},
		analyzer.Options{Detectors: detectors.All()})
	if err != nil {
		return err.Error()
	}
	r := scan.Report()
	r.Stats.Milliseconds = 0
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, r, report.Options{}))
	require.NotContains(t, out.String(), "model/", "no report names a model")
	return out.String()
}
