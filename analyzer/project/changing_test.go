package project

import (
	"io"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// changing is a tree in which one file is something else by the time it is opened.
type changing struct {
	fstest.MapFS
	path string
	open func(was fs.File) (fs.File, error)
}

func (c changing) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if name == c.path && err == nil {
		return c.open(f)
	}
	return f, err
}

// endless is a file that grows as fast as it is read.
type endless struct{ fs.File }

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// broken is a file whose second half cannot be read.
type broken struct {
	fs.File
	given bool
}

func (b *broken) Read(p []byte) (int, error) {
	if b.given {
		return 0, io.ErrUnexpectedEOF
	}
	b.given = true
	return b.File.Read(p[:min(len(p), 2)])
}

// What a file becomes between listing and reading costs that file alone, and is told.
func TestChangingFiles(t *testing.T) {
	files := fstest.MapFS{}
	for p, text := range map[string]string{
		"app.json": `{"pages": ["p/p", "q/q"], "usingComponents": {"c": "/c/c"}}`, "app.js": "App({})", "package.json": "{}", "project.config.json": "{}",
		"p/p.wxml": "<c/><import src='t.wxml'/>", "p/p.js": "require('./u'); Page({})", "p/p.json": "{}", "p/u.js": "exports.a = 1", "p/t.wxml": "<view/>",
		"c/c.json": `{"component": true}`, "c/c.js": "Component({})", "c/c.wxml": "<view/>", "q/q.wxml": "<view/>", "q/q.js": "Page({})", "q/q.json": "{}",
	} {
		files[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	becomes := map[string]func(fs.File) (fs.File, error){
		"gone":    func(fs.File) (fs.File, error) { return nil, fs.ErrNotExist },
		"private": func(fs.File) (fs.File, error) { return nil, fs.ErrPermission },
		"folder":  func(fs.File) (fs.File, error) { return files.Open("p") },
		"endless": func(f fs.File) (fs.File, error) { return endless{f}, nil },
		"broken":  func(f fs.File) (fs.File, error) { return &broken{File: f}, nil },
	}
	for p := range files {
		for what, open := range becomes {
			if what == "endless" && p != "app.json" && p != "p/u.js" {
				continue // each costs 20 MB
			}
			t.Run(p+" "+what, func(t *testing.T) {
				programs, err := Load(changing{files, p, open}, Options{})
				if p == "app.json" {
					require.ErrorContains(t, err, "cannot be read")
					return
				}
				require.NoError(t, err)
				require.Len(t, programs, 1)
				require.Len(t, programs[0].Unread, 1, "%v", programs[0].Unread)
				require.Equal(t, p, programs[0].Unread[0].Path)
				require.NotNil(t, programs[0].Units)
			})
		}
	}
}
