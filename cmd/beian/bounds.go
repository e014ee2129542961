package main

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// bounds are what a run may touch if another program asked for it (beian mcp). The zero
// bounds are those of a person at the command line: everything.
type bounds struct {
	roots []string // absolute, without links; empty for no bounds
	at    string   // the directory that takes the place of the current one
}

// errOutside is the error for a path out of bounds.
var errOutside = &lang.Fault{ZH: "它在允许的目录之外", EN: "it is outside of the folders that were allowed"}

// here is the current directory.
func (b bounds) here() string { return cmp.Or(b.at, ".") }

// allow reports whether a path may be touched. Links are followed first; what does not
// exist is judged by the folder that it would be in.
func (b bounds) allow(name string) bool {
	if !b.confined() {
		return true
	}
	real, err := realPath(name)
	if err != nil {
		return false
	}
	for _, root := range b.roots {
		if within, err := filepath.Rel(root, real); err == nil && filepath.IsLocal(within) {
			return true
		}
	}
	return false
}

// realPath is the absolute path without links, of something that may not exist.
func realPath(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(name)
	if errors.Is(err, os.ErrNotExist) && filepath.Dir(name) != name {
		real, err = realPath(filepath.Dir(name))
		return filepath.Join(real, filepath.Base(name)), err
	}
	return real, err
}

// read is readSmall within the bounds.
func (b bounds) read(name string) ([]byte, error) {
	if !b.allow(name) {
		return nil, errOutside
	}
	return readSmall(name)
}

// confined reports whether there are bounds. Then nothing of a project is run.
func (b bounds) confined() bool { return len(b.roots) > 0 }

// resolve makes the path that another program named absolute: relative to the first root.
// The error says that it is out of bounds.
func (b bounds) resolve(name string) (string, error) {
	name = filepath.FromSlash(name)
	if !filepath.IsAbs(name) && len(b.roots) > 0 {
		name = filepath.Join(b.roots[0], name)
	}
	if !b.allow(name) {
		return "", mistake{
			ZH: name + " 不在允许的目录之内（" + strings.Join(b.roots, "、") + "）",
			EN: name + " is outside of the folders that were allowed (" + strings.Join(b.roots, ", ") + ")",
		}
	}
	return name, nil
}
