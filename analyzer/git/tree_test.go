package git

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// repository makes a repository with the given files staged, and links to others.
func repository(t *testing.T, files, links map[string]string) *Repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	for name, target := range links {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	r, _, err := Open(context.Background(), dir)
	require.NoError(t, err)
	return r
}

func TestTreeIsAFileSystem(t *testing.T) {
	files := map[string]string{"app.json": "{}", "页 面/首\t页.js": "Page({})\n", "a/b/c/d.wxml": "", "a.b": "x", "a/\"q\".js": "1"}
	r := repository(t, files, nil)
	tree, err := r.Index(context.Background(), ".")
	require.NoError(t, err)
	defer tree.Close()
	var names []string
	for name, text := range files {
		names = append(names, name)
		got, err := fs.ReadFile(tree, name)
		require.NoError(t, err)
		require.Equal(t, text, string(got))
	}
	require.NoError(t, fstest.TestFS(tree, names...))

	below, err := r.Index(context.Background(), "页 面")
	require.NoError(t, err)
	defer below.Close()
	list, err := fs.ReadDir(below, ".")
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "首\t页.js", list[0].Name())
}

// A link to a file of the tree reads as that file; one that leads out does not.
func TestTreeLinks(t *testing.T) {
	r := repository(t, map[string]string{"src/a.js": "a", "x.js": "x"},
		map[string]string{"src/same.js": "a.js", "src/twice.js": "same.js", "src/up.js": "../x.js", "out.js": "/etc/hostname", "loop.js": "loop.js", "dir.js": "src"})
	tree, err := r.Index(context.Background(), ".")
	require.NoError(t, err)
	defer tree.Close()
	for name, want := range map[string]string{"src/same.js": "a", "src/twice.js": "a", "src/up.js": "x"} {
		text, err := tree.ReadFile(name)
		require.NoError(t, err, name)
		require.Equal(t, want, string(text))
	}
	for _, name := range []string{"out.js", "loop.js", "dir.js", "none.js", "src", "../x.js"} {
		_, err := tree.ReadFile(name)
		require.Error(t, err, name)
	}
	below, err := r.Index(context.Background(), "src")
	require.NoError(t, err)
	defer below.Close()
	_, err = below.ReadFile("up.js")
	require.Error(t, err, "it leads out of the scanned folder")
}

func TestTop(t *testing.T) {
	r := repository(t, map[string]string{"前端/程序/app.json": "{}"}, nil)
	top, within := Top(filepath.Join(r.Top, "前端", "程序"))
	require.Equal(t, r.Top, top)
	require.Equal(t, "前端/程序", within)
	_, within = Top(r.Top)
	require.Equal(t, ".", within)
	top, _ = Top(t.TempDir())
	require.Empty(t, top)
}
