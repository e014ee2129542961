package project

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// Limits on what is read. A program within a repository of this size is loaded
// in well under a second; a larger tree is probably not a project.
var (
	maxEntries = 400_000     // files and directories below the given one
	maxDepth   = 64          // of directories
	maxFile    = 2 << 20     // bytes of one script or template; the platforms allow 2 MB per package
	maxAny     = maxDataText // bytes of any other file, and of one that grows while it is read
)

// OpenDir opens a directory of the operating system for Load. Nothing outside
// it can be read through the result, neither by .. nor by a symbolic link. The
// error is a *LoadError.
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
			"is a file; give the folder of the mini program, the one that contains app.json or project.config.json"))
	}
	fsys, err := openFolder(name)
	if err != nil {
		return nil, loadError(name, Unreadable,
			lang.Textf("无法打开：%s，请检查权限", "cannot be opened: %s; check its permissions", reason(err)))
	}
	return fsys, nil
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
	target  *platform.Platform // that sources of frameworks are read for
	size    map[string]int64   // of every file that may matter, by path
	stamps  map[string]stamp   // of those files, if a cache keeps texts
	paths   []string           // its keys, sorted
	folded  map[string]string  // those by their names in small letters, see unfold
	links   map[string]bool    // those of paths that are symbolic links
	around  *around            // what is outside the directory
	dirs    int
	entries int
	unread  []Unread // directories that could not be listed
}

// skippedDirs are never part of a program: installed packages, of which the
// needed ones are looked up by name, and version control.
var skippedDirs = map[string]bool{"node_modules": true, "bower_components": true}

// list walks the tree of fsys; around finds files outside it.
func list(fsys fs.FS, around *around, cache *Cache) (*listing, error) {
	l := newListing(fsys, around)
	if l.cache = cache; cache != nil {
		l.stamps = map[string]stamp{}
	}
	if err := l.walk("."); err != nil {
		return nil, err
	}
	l.sort()
	return l, nil
}

func newListing(fsys fs.FS, around *around) *listing {
	return &listing{fsys: fsys, around: around, target: platform.Platforms()[0], size: map[string]int64{}, links: map[string]bool{}}
}

func (l *listing) sort() {
	l.paths, l.folded = l.paths[:0], nil
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
			if !utf8.ValidString(p) {
				l.unread = append(l.unread, Unread{Path: strings.ToValidUTF8(p, "�"), Hides: true,
					Reason: lang.Both("目录没有读取：名称不是 UTF-8，请改名", "the folder was not read: its name is not UTF-8; rename it")})
				return fs.SkipDir
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
				"contains more files than a mini program can have; give the folder that has app.json or project.config.json"))
		}
		name := d.Name()
		if d.IsDir() {
			if p == "." || p == dir {
				return nil
			}
			if skippedDirs[name] || strings.HasPrefix(name, ".") {
				return fs.SkipDir
			}
			if strings.Count(p, "/") >= maxDepth {
				l.unread = append(l.unread, Unread{
					Path: p, Hides: true,
					Reason: lang.Textf("目录超过 %d 层，没有读取", "the folder lies more than %d levels deep and was not read", maxDepth),
				})
				return fs.SkipDir
			}
			l.dirs++
			return nil
		}
		if !isSource(name) && !holdsWords(p) && !inPug(name) || d.Type()&^fs.ModeSymlink != 0 {
			return nil
		}
		info, err := d.Info()
		if d.Type() == fs.ModeSymlink {
			l.links[p] = true
			// A link that leads nowhere stays in the list; reading it gives the
			// error.
			if info, err = fs.Stat(l.fsys, p); err == nil && info.IsDir() {
				return nil
			}
		}
		l.size[p] = 0
		if err == nil && info.Mode().IsRegular() {
			l.size[p] = info.Size()
			if l.stamps != nil {
				l.stamps[p] = stamp{info, time.Now()}
			}
		}
		return nil
	})
}

// isSource reports whether a file of this name may be part of a program.
// Type declarations hold nothing that runs. Hidden files are settings of tools, but for
// those in which a program keeps its hosts and imports them: .env.dev.ts.
func isSource(name string) bool {
	hidden := strings.HasPrefix(name, ".") && !strings.HasPrefix(name, ".env.")
	return slices.Contains(platform.SourceSuffixes(), path.Ext(name)) && !strings.HasSuffix(name, ".d.ts") && !hidden
}

// Reads reports whether the text of a file with this path can matter to a scan: it may be
// part of a program, or it holds variables of a build or the packages of a workspace, or says what is not in the tree, or
// is an example of a script that is not.
func Reads(name string) bool {
	base := path.Base(name)
	return slices.Contains(platform.SourceSuffixes(), path.Ext(base)) || strings.HasPrefix(base, ".env") || base == "pnpm-workspace.yaml" ||
		base == ignoreFile || holdsWords(name) || inPug(name) || isExample(base)
}

// has reports whether the file is there. A path that starts with ../ is outside
// the directory.
func (l *listing) has(p string) bool {
	if outer(p) {
		_, ok := l.around.file(p)
		return ok
	}
	_, ok := l.size[p]
	return ok
}

// unfold returns what finds the only file in the directory whose name is the same but for capitals, if it is such; "" if
// none is.
func (l *listing) unfold(such func(string) bool) func(string) string {
	return func(p string) string {
		if l.folded == nil {
			l.folded = resolve.Folded(slices.Values(l.paths))
		}
		if found := l.folded[strings.ToLower(p)]; found != "" && such(found) {
			return found
		}
		return ""
	}
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

// errIrregular is the error for a device, a pipe or a directory in the place of a file,
// errTooLarge that for a file of more than maxAny bytes.
var (
	errIrregular = errors.New("not a regular file")
	errTooLarge  = errors.New("larger than 20 MB")
)

// read reads and decodes one file.
func (l *listing) read(p string) (f *source.File, bad *Unread) {
	if e := bug.Catch(func() { f, bad = l.decoded(p) }); e != nil {
		return nil, &Unread{Path: p, Reason: e.Omission()}
	}
	return f, bad
}

func (l *listing) decoded(p string) (*source.File, *Unread) {
	if f := l.cache.unchanged(p, l.stamps[p]); f != nil {
		return f, nil
	}
	raw, err := l.bytes(p)
	if err != nil {
		why := reason(err)
		switch {
		case errors.Is(err, fs.ErrPermission):
			why = lang.Both("没有读取权限，请修改文件权限", "no permission to read it; change its permissions")
		case errors.Is(err, errIrregular):
			why = lang.Both("它不是普通文件，而是目录、管道或设备（或指向它们的链接）", "it is no regular file but a folder, pipe or device, or a link to one")
		case errors.Is(err, errTooLarge):
			why = lang.Both("它超过 20 MB", "it is larger than 20 MB")
		case l.links[p] && errors.Is(err, fs.ErrNotExist):
			why = lang.Both("它是符号链接，但指向的文件不存在", "it is a symbolic link to a file that is not there")
		case errors.Is(err, fs.ErrNotExist):
			why = lang.Both("它在列出之后不见了", "it has gone since it was listed")
		case strings.Contains(err.Error(), "path escapes"):
			why = lang.Both("这是指向扫描目录之外的符号链接，请扫描同时包含两者的目录",
				"it is a symbolic link that leads out of the scanned folder; scan a folder that contains both")
		}
		return nil, &Unread{Path: p, Reason: lang.Both("无法读取文件：", "the file cannot be read: ").Plus(why)}
	}
	f, err := l.cache.decode(p, raw)
	if err != nil {
		for _, known := range []error{source.ErrBinary, source.ErrEncoding, source.ErrTooLarge} {
			if errors.Is(err, known) {
				err = known // without the path, which the entry has
			}
		}
		return nil, &Unread{Path: p, Reason: lang.Of(err)}
	}
	l.cache.mark(f, l.stamps[p])
	return f, nil
}

// bytes returns what a file holds.
func (l *listing) bytes(p string) ([]byte, error) {
	fsys, name := l.place(p)
	if fsys == nil {
		return nil, fs.ErrNotExist
	}
	return readRegular(fsys, name)
}

// readRegular reads a regular file of at most maxAny bytes. Whatever was listed may be
// something else by now. There are no files but those that Reads names, so that what is
// kept of a scan holds as long as these stay the same.
func readRegular(fsys fs.FS, name string) ([]byte, error) {
	if !Reads(name) {
		return nil, fs.ErrNotExist
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errIrregular
	case info.Size() > int64(maxAny):
		return nil, errTooLarge
	}
	var text bytes.Buffer
	text.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := text.ReadFrom(io.LimitReader(f, int64(maxAny)+1)); err != nil {
		return nil, err
	}
	if text.Len() > maxAny {
		return nil, errTooLarge
	}
	return text.Bytes(), nil
}

// place returns the file system that holds p, and the name of p in it; nil if p leads
// out of the repository.
func (l *listing) place(p string) (fs.FS, string) {
	if outer(p) {
		return l.around.place(p)
	}
	return l.fsys, p
}

// Limits are the limits of what is loaded by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{
		"entries": &maxEntries, "depth": &maxDepth, "file": &maxFile, "any": &maxAny, "minified": &maxMinified, "workspace": &maxWorkspace,
		"extends": &maxExtends, "dataFile": &maxDataFile, "dataTotal": &maxDataTotal, "dataText": &maxDataText,
		"buildFiles": &maxBuildFiles, "constant": &maxConstant, "read": &maxRead, "barrels": &maxBarrels,
	}
}
