package project

import (
	"io/fs"
	"os"
)

// folder is a directory of the operating system as a file system. Nothing outside it is
// opened, neither by .. nor by a link, and opening never waits: a pipe in the place of
// a file is opened without somebody who writes into it, and then refused.
type folder struct {
	rootFS
	root *os.Root
}

// rootFS is what os.Root.FS returns.
type rootFS interface {
	fs.StatFS
	fs.ReadDirFS
}

func openFolder(name string) (fs.FS, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return folder{root.FS().(rootFS), root}, nil
}

// Open opens a file for reading.
func (f folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.OpenFile(name, os.O_RDONLY|noWait, 0)
}
