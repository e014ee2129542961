package project

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Limits on what is read. A program within a repository of this size is loaded
// in well under a second; beyond, something other than a project was given.
const (
	maxEntries = 400_000 // files and directories below the given one
	maxDepth   = 64      // of directories
	maxFile    = 2 << 20 // bytes of one script or template; the platforms allow 2 MB per package
)

// OpenDir opens a directory of the operating system for Load. Nothing outside
// of it can be read through the result, be it over .. or over a symbolic link.
// The error is a *LoadError.
func OpenDir(name string) (fs.FS, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, loadError(name, NotFound, lang.Both(
			"没有这个目录，请检查路径",
			"there is no such folder; check the path"))
	case err != nil:
		return nil, loadError(name, Unreadable,
			lang.Textf("无法打开：%s，请检查权限", "cannot be opened: %s; check its permissions", reason(err)))
	case !info.IsDir():
		return nil, loadError(name, NotDirectory, lang.Both(
			"是一个文件，请给出小程序所在的目录，即含有 app.json 或 project.config.json 的目录",
			"is a file; give the folder of the mini program, the one that holds app.json or project.config.json"))
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, loadError(name, Unreadable,
			lang.Textf("无法打开：%s，请检查权限", "cannot be opened: %s; check its permissions", reason(err)))
	}
	return root.FS(), nil
}

// reason is the bare cause of a file system error: without the path, which the
// message already names.
func reason(err error) lang.Text {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	if errors.Is(err, fs.ErrPermission) {
		return lang.Both("没有权限", err.Error())
	}
	return lang.Same(err.Error())
}

// listing is the files of the tree.
type listing struct {
	fsys    fs.FS
	cache   *Cache
	size    map[string]int64 // of every file that may matter, by path
	paths   []string         // its keys, sorted
	dirs    int
	entries int
	unread  []Unread // directories that could not be listed
}

// skippedDirs are never part of a program: installed packages, of which the
// needed ones are looked up by name, and version control.
var skippedDirs = map[string]bool{"node_modules": true, "bower_components": true}

// list walks the tree below the given directories.
func list(fsys fs.FS) (*listing, error) {
	l := &listing{fsys: fsys, size: map[string]int64{}}
	if err := l.walk("."); err != nil {
		return nil, err
	}
	l.sort()
	return l, nil
}

func (l *listing) sort() {
	l.paths = l.paths[:0]
	for p := range l.size {
		l.paths = append(l.paths, p)
	}
	sort.Strings(l.paths)
}

// walk adds the files below dir.
func (l *listing) walk(dir string) error {
	return fs.WalkDir(l.fsys, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if p == "." {
				return loadError(".", Unreadable,
					lang.Textf("无法列出目录内容：%s，请检查权限", "cannot be listed: %s; check its permissions", reason(err)))
			}
			l.unread = append(l.unread, Unread{
				Path:   p,
				Reason: lang.Textf("无法列出目录内容：%s，请检查权限", "the folder cannot be listed: %s; check its permissions", reason(err)),
				Hides:  true,
			})
			return fs.SkipDir
		}
		if l.entries++; l.entries > maxEntries {
			return loadError(".", TooLarge, lang.Both(
				"文件过多，不像一个小程序，请给出含有 app.json 或 project.config.json 的目录",
				"holds more files than a mini program can; give the folder that has app.json or project.config.json"))
		}
		name := d.Name()
		if d.IsDir() {
			if p == "." || p == dir {
				return nil
			}
			if skippedDirs[name] || strings.HasPrefix(name, ".") || strings.Count(p, "/") >= maxDepth {
				return fs.SkipDir
			}
			l.dirs++
			return nil
		}
		if !isSource(name) || d.Type()&^fs.ModeSymlink != 0 {
			return nil
		}
		var size int64
		if info, err := d.Info(); err == nil && d.Type() == 0 {
			size = info.Size()
		}
		l.size[p] = size
		return nil
	})
}

// isSource reports whether a file of this name may be part of a program.
// Type declarations hold nothing that runs.
func isSource(name string) bool {
	return slices.Contains(platform.SourceSuffixes(), path.Ext(name)) && !strings.HasSuffix(name, ".d.ts") && !strings.HasPrefix(name, ".")
}

func (l *listing) has(p string) bool {
	_, ok := l.size[p]
	return ok
}

// below returns the sorted paths of the files in dir and its subdirectories.
func (l *listing) below(dir string) []string {
	if dir == "." {
		return l.paths
	}
	from := sort.SearchStrings(l.paths, dir+"/")
	to := sort.SearchStrings(l.paths, dir+"0") // '0' follows '/'
	return l.paths[from:to]
}

// read reads and decodes one file.
func (l *listing) read(p string) (*source.File, *Unread) {
	raw, err := fs.ReadFile(l.fsys, p)
	if err != nil {
		why := reason(err)
		switch {
		case errors.Is(err, fs.ErrPermission):
			why = lang.Both("没有读取权限，请修改文件权限", "no permission to read it; change its permissions")
		case strings.Contains(err.Error(), "path escapes"):
			why = lang.Both("这是指向扫描目录之外的符号链接，请扫描同时包含两者的目录",
				"it is a symbolic link that leads out of the scanned folder; scan a folder that holds both")
		}
		return nil, &Unread{Path: p, Reason: lang.Both("无法读取文件：", "the file cannot be read: ").Plus(why)}
	}
	f, err := l.cache.decode(p, raw)
	if err != nil {
		return nil, &Unread{Path: p, Reason: lang.Of(err)}
	}
	return f, nil
}
