package session

import "io/fs"

// Tree is the file system of a session.
func Tree(files []File) fs.FS {
	t, _ := newTree(files)
	return t
}
