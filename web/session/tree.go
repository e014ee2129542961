package session

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/beian/beian/analyzer/lang"
)

// File is a file that a person gave: its path with forward slashes, its size in bytes and
// how its content is got.
type File struct {
	Path string
	Size int64
	Read func() ([]byte, error)
}

// Limits of an archive. One that unfolds to more is refused before it is unfolded.
const (
	maxUnpacked = 2 << 30 // bytes
	maxEntries  = 300_000
)

// Unzip gives the files of a zip archive. The error is for people.
func Unzip(data []byte) ([]File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &lang.Fault{ZH: "这个文件不是可以读取的 zip", EN: "this is no zip file that can be read"}
	}
	var files []File
	var total uint64
	for _, entry := range z.File {
		total += entry.UncompressedSize64
		if total > maxUnpacked || len(z.File) > maxEntries {
			return nil, &lang.Fault{ZH: "压缩包解开后太大，不像一个小程序", EN: "the archive unfolds to more than a mini program can have"}
		}
		if entry.FileInfo().IsDir() {
			continue
		}
		files = append(files, File{Path: strings.ReplaceAll(entry.Name, `\`, "/"), Size: int64(entry.UncompressedSize64),
			Read: func() ([]byte, error) {
				r, err := entry.Open()
				if err != nil {
					return nil, err
				}
				defer r.Close()
				return io.ReadAll(io.LimitReader(r, int64(entry.UncompressedSize64)))
			}})
	}
	return files, nil
}

// tree is files as a file system, read when they are asked for.
type tree struct{ nodes map[string]*node }

// Tree is files as a file system, read when they are asked for. Paths that cannot be, such
// as ../x, are left out.
func Tree(files []File) fs.FS {
	t := &tree{nodes: map[string]*node{".": {name: ".", dir: true}}}
	for _, f := range files {
		if fs.ValidPath(f.Path) && f.Path != "." {
			t.add(f.Path, f)
		}
	}
	for _, n := range t.nodes {
		slices.SortFunc(n.items, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return t
}

// common is the folder that all files are in, as when a folder was dropped; "" if there is
// none.
func common(files []File) string {
	top := ""
	for i, f := range files {
		first, _, below := strings.Cut(f.Path, "/")
		if !below || i > 0 && first != top {
			return ""
		}
		top = first
	}
	return top
}

func (t *tree) add(p string, f File) {
	if t.nodes[p] != nil {
		return
	}
	n := &node{name: path.Base(p), size: f.Size, read: f.Read}
	t.nodes[p] = n
	for {
		dir := path.Dir(p)
		parent := t.nodes[dir]
		known := parent != nil
		if !known {
			parent = &node{name: path.Base(dir), dir: true}
			t.nodes[dir] = parent
		}
		parent.items = append(parent.items, n)
		if known {
			return
		}
		p, n = dir, parent
	}
}

func (t *tree) find(op, name string) (*node, error) {
	if n := t.nodes[name]; n != nil && fs.ValidPath(name) {
		return n, nil
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// Stat returns the facts about a file.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	n, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// ReadDir lists a folder.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	}
	return slices.Clone(n.items), nil
}

// ReadFile reads a file.
func (t *tree) ReadFile(name string) ([]byte, error) {
	n, err := t.find("read", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	data, err := n.read()
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, nil
}

// Open opens a file or folder.
func (t *tree) Open(name string) (fs.File, error) {
	n, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return &openDir{n, 0}, nil
	}
	data, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &openFile{n, bytes.NewReader(data)}, nil
}

// node is a file or folder. It is its own fs.FileInfo and fs.DirEntry.
type node struct {
	name  string
	size  int64
	dir   bool
	read  func() ([]byte, error)
	items []fs.DirEntry
}

func (n *node) Name() string               { return n.name }
func (n *node) Size() int64                { return n.size }
func (n *node) IsDir() bool                { return n.dir }
func (n *node) ModTime() time.Time         { return time.Time{} }
func (n *node) Sys() any                   { return nil }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }
func (n *node) Type() fs.FileMode          { return n.Mode().Type() }

func (n *node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	*node
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *openFile) Close() error               { return nil }
func (f *openFile) Size() int64                { return f.node.size }

type openDir struct {
	*node
	next int
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	left := d.items[d.next:]
	if n <= 0 {
		d.next = len(d.items)
		return slices.Clone(left), nil
	}
	if len(left) == 0 {
		return nil, io.EOF
	}
	left = left[:min(n, len(left))]
	d.next += len(left)
	return slices.Clone(left), nil
}
