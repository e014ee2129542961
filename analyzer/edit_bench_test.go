//go:build unix

package analyzer

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// BenchmarkEdit tells what each stage of an analysis after an edit costs, in milliseconds of
// processor time: of the programs in trees. The edits are a line of comment in a script, which only moves places, and a
// statement, after which the program runs again.
func BenchmarkEdit(b *testing.B) {
	for _, dir := range trees(b) {
		for _, edit := range []string{"comment", "statement"} {
			b.Run(filepath.Base(dir)+"/"+edit, func(b *testing.B) {
				b.ReportAllocs()
				benchmarkEdit(b, os.DirFS(dir), edit)
			})
		}
	}
}

func benchmarkEdit(b *testing.B, fsys fs.FS, edit string) {
	w := &stopwatch{B: b, now: processorTime, took: map[string]time.Duration{}}
	dir := &Dir{Path: ".", FS: fsys, Cache: &project.Cache{}, Runs: &flow.Cache{}}
	script := ""
	fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, _ error) error {
		if script == "" && strings.HasSuffix(name, ".js") && strings.Contains(name, "pages/") {
			script = name
		}
		return nil
	})
	if script == "" {
		b.Skip("no script of a page")
	}
	text, err := fs.ReadFile(fsys, script)
	require.NoError(b, err)
	w.analyze(dir)
	clear(w.took)
	for n := 0; b.Loop(); n++ {
		line := fmt.Sprintf("// %d\n", n)
		if edit == "statement" {
			line = fmt.Sprintf("globalThis.edited = %d\n", n)
		}
		dir.FS = edited{fsys, script, fstest.MapFS{script: {Data: append([]byte(line), text...)}}}
		w.analyze(dir)
	}
	w.report()
}

// edited is a directory with one file as it is in an editor.
type edited struct {
	fs.FS
	name string
	now  fs.FS
}

func (e edited) Open(name string) (fs.File, error) {
	if name == e.name {
		return e.now.Open(name)
	}
	return e.FS.Open(name)
}

// ReadDir lists the file as it is in the editor.
func (e edited) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(e.FS, name)
	for i, entry := range entries {
		if path.Join(name, entry.Name()) == e.name {
			if info, err := fs.Stat(e.now, e.name); err == nil {
				entries[i] = fs.FileInfoToDirEntry(info)
			}
		}
	}
	return entries, err
}

func processorTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
