package project

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/git"
)

// Code of the program outside the loaded directory: packages of the same repository
// that it imports, files that relative or aliased paths name. Its paths start with
// ../ and are relative to the loaded directory, as all others are. It is read only if
// something imports it.

// Surroundings is the repository that a loaded directory is part of.
type Surroundings struct {
	Path string                // from the top of the repository to the directory: "apps/shop"
	Open func() (fs.FS, error) // opens the top; called once, and only if something outside is named
}

// workspaceFiles mark the top of a workspace, if there is no git. A package.json
// counts only with workspaces in it.
var workspaceFiles = []string{"pnpm-workspace.yaml", "lerna.json", "rush.json", "package.json"}

// Around returns the repository that a directory of the operating system is part of:
// that of the nearest .git or, without one, the nearest workspace. It is nil if the
// directory is the top itself, or part of none.
func Around(dir string) *Surroundings {
	top, within := git.Top(dir)
	if top == "" {
		top, within = workspaceTop(dir)
	}
	if top == "" || within == "." {
		return nil
	}
	return &Surroundings{Path: within, Open: func() (fs.FS, error) { return openFolder(top) }}
}

func workspaceTop(dir string) (top, within string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", ""
	}
	for at := dir; ; at = filepath.Dir(at) {
		if isWorkspace(at) {
			within, err := filepath.Rel(at, dir)
			if err != nil {
				return "", ""
			}
			return at, filepath.ToSlash(within)
		}
		if filepath.Dir(at) == at {
			return "", ""
		}
	}
}

func isWorkspace(dir string) bool {
	fsys, err := openFolder(dir)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(workspaceFiles, func(name string) bool {
		text, err := readRegular(fsys, name)
		return err == nil && (name != "package.json" || strings.Contains(string(text), `"workspaces"`))
	})
}

// around finds files outside the loaded directory. The zero value, and nil, know none.
type around struct {
	*Surroundings

	mu     sync.Mutex
	fsys   fs.FS // nil until it was opened, and if it cannot be
	opened bool
	sizes  map[string]int64 // of files that were asked for, by path; -1 for those not there
}

func newAround(s *Surroundings) *around {
	if s == nil || s.Path == "." || s.Path == "" {
		return nil
	}
	return &around{Surroundings: s, sizes: map[string]int64{}}
}

// outer reports whether p is outside the loaded directory.
func outer(p string) bool { return p == ".." || strings.HasPrefix(p, "../") }

// place returns the file system that holds p, and the name of p in it; nil if p
// leads out of the repository.
func (a *around) place(p string) (fs.FS, string) {
	if a == nil {
		return nil, ""
	}
	name := path.Join(a.Path, p)
	if outer(name) {
		return nil, ""
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.opened {
		a.opened = true
		if fsys, err := a.Open(); err == nil {
			a.fsys = fsys
		}
	}
	return a.fsys, name
}

// file returns the size of the file at p, and whether it is there.
func (a *around) file(p string) (int64, bool) {
	if a == nil {
		return 0, false
	}
	fsys, name := a.place(p)
	if fsys == nil {
		return 0, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	size, known := a.sizes[p]
	if !known {
		size = -1
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		a.sizes[p] = size
	}
	return max(size, 0), size >= 0
}

// dir reports whether there is a directory at p.
func (a *around) dir(p string) bool {
	fsys, name := a.place(p)
	if fsys == nil {
		return false
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// holds reports whether a directory of this path is there, with files in it.
func (l *listing) holds(dir string) bool {
	if outer(dir) {
		return l.around.dir(dir)
	}
	return len(l.below(dir)) > 0
}

// path is the path from the loaded directory to a name in the repository.
func (a *around) path(name string) string {
	from, to := strings.Split(a.Path, "/"), strings.Split(name, "/")
	for len(from) > 0 && len(to) > 0 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	up := strings.Repeat("../", len(from))
	return path.Join(up, path.Join(to...))
}

// beyond reports whether p is code of the program's repository outside the program's
// sources.
func (l *configured) beyond(p string) bool {
	return !under(l.site.Source, p) && l.repository(p)
}

// repository reports whether p is a source of the repository: neither part of an installed
// package nor a file that a tool keeps for itself.
func (l *configured) repository(p string) bool {
	if !isSource(path.Base(p)) {
		return false
	}
	for _, part := range strings.Split(path.Dir(p), "/") {
		if skippedDirs[part] || strings.HasPrefix(part, ".") && part != ".." && part != "." {
			return false
		}
	}
	return l.list.has(p)
}

// outside returns the files that were read outside the loaded directory, sorted.
func (l *linked) outside() []string {
	found := map[string]bool{}
	for p, m := range l.modules {
		found[p] = m.File != nil && m.Skipped != unreadable
	}
	for p, v := range l.views {
		found[p] = found[p] || v.File != nil && v.File.Text != ""
	}
	for p, j := range l.json {
		found[p] = found[p] || j != nil
	}
	return slices.DeleteFunc(sortedKeys(found), func(p string) bool { return !outer(p) || !found[p] })
}
