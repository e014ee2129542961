package lsp

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// overlay is a directory in which the text of open documents replaces what is
// stored: a person wants to know about what is on the screen.
type overlay struct {
	fs.FS
	open map[string]string // text by path
}

func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.open[name]; ok {
		return &buffer{bufferInfo{path.Base(name), int64(len(text))}, strings.NewReader(text)}, nil
	}
	f, err := o.FS.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok && err == nil {
		return &directory{ReadDirFile: d, overlay: o, name: name}, nil
	}
	return f, err
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.open[name]; ok {
		return []byte(text), nil
	}
	return fs.ReadFile(o.FS, name)
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.open[name]; ok {
		return bufferInfo{path.Base(name), int64(len(text))}, nil
	}
	return fs.Stat(o.FS, name)
}

// ReadDir also lists documents that were never saved.
func (o overlay) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, dir)
	if err != nil {
		return entries, err
	}
	for name, text := range o.open {
		if path.Dir(name) != dir {
			continue
		}
		info := bufferInfo{path.Base(name), int64(len(text))}
		entry := fs.FileInfoToDirEntry(info)
		if i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == info.name }); i >= 0 {
			entries[i] = entry
		} else {
			entries = append(entries, entry)
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// directory lists what the overlay lists.
type directory struct {
	fs.ReadDirFile
	overlay overlay
	name    string
	rest    []fs.DirEntry // still to be given
	begun   bool
}

func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	if !d.begun {
		all, err := d.overlay.ReadDir(d.name)
		if err != nil {
			return all, err
		}
		d.rest, d.begun = all, true
	}
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	given := d.rest[:min(n, len(d.rest))]
	d.rest = d.rest[len(given):]
	return given, nil
}

// buffer is an open document as a file.
type buffer struct {
	info bufferInfo
	*strings.Reader
}

func (b *buffer) Stat() (fs.FileInfo, error) { return b.info, nil }
func (b *buffer) Close() error               { return nil }

type bufferInfo struct {
	name string
	size int64
}

func (i bufferInfo) Name() string       { return i.name }
func (i bufferInfo) Size() int64        { return i.size }
func (i bufferInfo) Mode() fs.FileMode  { return 0o444 }
func (i bufferInfo) ModTime() time.Time { return time.Time{} }
func (i bufferInfo) IsDir() bool        { return false }
func (i bufferInfo) Sys() any           { return nil }
