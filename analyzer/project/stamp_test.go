package project

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// opens counts how often each file is opened.
type opens struct {
	fs.FS
	of map[string]int
}

func (o opens) Open(name string) (fs.File, error) {
	o.of[name]++
	return o.FS.Open(name)
}

// A file is read again if anything about it changed, and only then.
func TestFilesAreReadAgainIfTheirStampChanged(t *testing.T) {
	before := racy
	racy = 0
	t.Cleanup(func() { racy = before })
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("app.json", `{"pages": ["p"]}`)
	write("p.wxml", "<view/>")
	write("p.js", "Page({})")
	cache := &Cache{}
	load := func() (text string, read bool) {
		files := opens{os.DirFS(dir), map[string]int{}}
		programs, err := Load(files, Options{Cache: cache, Jobs: 1})
		require.NoError(t, err)
		for _, m := range programs[0].Modules {
			text += m.File.Text
		}
		return text, files.of["p.js"] > 0
	}
	pause := func() { time.Sleep(20 * time.Millisecond) } // longer than the clock of files
	pause()
	text, read := load()
	require.Equal(t, "Page({})", text)
	require.True(t, read)
	text, read = load()
	require.Equal(t, "Page({})", text)
	require.False(t, read)

	pause()
	write("p.js", "Page({ })")
	text, read = load()
	require.Equal(t, "Page({ })", text, "another size")
	require.True(t, read)

	pause()
	load()
	write("p.js", "Page({\t})")
	text, read = load()
	require.Equal(t, "Page({\t})", text, "another time")
	require.True(t, read)

	if runtime.GOOS != "linux" {
		return
	}
	pause()
	load()
	info, err := os.Stat(filepath.Join(dir, "p.js"))
	require.NoError(t, err)
	write("p.js", "Page({;})")
	require.NoError(t, os.Chtimes(filepath.Join(dir, "p.js"), info.ModTime(), info.ModTime()))
	text, _ = load()
	require.Equal(t, "Page({;})", text, "size and time as before, but written since")
}

// A stamp that is taken right after the file was written may be that of two states.
func TestFreshStampsAreNotTrusted(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	require.NoError(t, os.WriteFile(name, nil, 0o644))
	info, err := os.Stat(name)
	require.NoError(t, err)
	fresh, later := stamp{info, time.Now()}, stamp{info, time.Now().Add(time.Minute)}
	require.False(t, fresh.same(later))
	require.True(t, later.same(later))
	require.False(t, stamp{}.same(later))

	document, err := fs.Stat(fstest.MapFS{"a": {}}, "a")
	require.NoError(t, err)
	open := stamp{document, time.Now()}
	require.False(t, open.same(open), "what is in an editor has no stamp")
}
