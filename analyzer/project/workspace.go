package project

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/resolve"
)

// A workspace is a repository of several packages that import each other by name. Its
// top lists them: in pnpm-workspace.yaml, package.json (npm, yarn, bun), lerna.json or
// rush.json. Those that the program imports are its own code, wherever they are.

// maxWorkspace is how many packages of a workspace are looked at.
var maxWorkspace = 2000

// workspace adds the packages of the workspace that the program is part of, and those
// that its package.json takes from a directory ("file:../ui").
func (l *configured) workspace() {
	for _, dir := range l.packageDirs() {
		manifest := l.readJSON(path.Join(dir, "package.json"), false)
		if manifest == nil {
			continue
		}
		for _, m := range members(manifest.value.Get("dependencies")) {
			if strings.HasPrefix(m.Value.String(), "workspace:") {
				l.siblings[m.Name] = true
			}
		}
		l.addTaken(l.packages, dir, manifest.value, func(string) bool { return true })
	}
	for dir, ok := l.site.Root, true; ok; dir, ok = l.list.parent(dir) {
		globs := l.members(dir)
		if len(globs) == 0 {
			continue
		}
		for _, p := range l.list.manifests(dir, globs) {
			l.addPackage(l.packages, path.Dir(p), "")
		}
		return
	}
}

// addTaken adds the packages that the package.json in dir takes from a directory, if that is wanted:
// "file:../ui".
func (l *configured) addTaken(to map[string]resolve.Package, dir string, manifest *jsonc.Value, wanted func(dir string) bool) {
	for _, m := range members(manifest.Get("dependencies")) {
		for _, protocol := range []string{"file:", "link:", "portal:"} {
			target, ok := strings.CutPrefix(m.Value.String(), protocol)
			if inside := ok && !strings.HasPrefix(target, "/"); inside && wanted(path.Join(dir, target)) {
				l.addPackage(to, path.Join(dir, target), m.Name)
			}
		}
	}
}

// namesake adds the package of the repository that has the name of the one that spec names, if r
// knows none: nothing declares it, or a version of it. Names with a scope alone are looked for:
// "utils" may be anybody's.
func (l *linked) namesake(r *resolve.Resolver, spec string) bool {
	name, _ := resolve.SplitPackage(spec)
	_, known := r.Packages[name]
	scoped := strings.HasPrefix(name, "@") && strings.Contains(name, "/") && !strings.HasPrefix(name, "@/")
	if known || !scoped || r.Aliased(spec) || knownPackage(spec) {
		return false
	}
	if l.byName == nil {
		l.byName = map[string]string{}
		for _, p := range l.list.below(".") {
			if path.Base(p) != "package.json" || hasPart(path.Dir(p), skippedDirs) {
				continue
			}
			if name := l.workspaceJSON(p).Get("name").String(); name != "" && l.byName[name] == "" {
				l.byName[name] = path.Dir(p)
			}
		}
	}
	dir := l.byName[name]
	if dir == "" || dir == "." {
		return false
	}
	l.addPackage(r.Packages, dir, name)
	return true
}

// parent returns the directory above dir; not ok above the top of the repository.
func (l *listing) parent(dir string) (up string, ok bool) {
	up = path.Join(dir, "..")
	if !outer(up) {
		return up, true
	}
	fsys, _ := l.around.place(up)
	return up, fsys != nil
}

// members returns the globs of the packages of the workspace whose top is dir; none
// if dir is not the top of one.
func (l *found) members(dir string) (globs []string) {
	if text := l.plain(path.Join(dir, "pnpm-workspace.yaml")); text != "" {
		var w struct{ Packages []string }
		if yaml.Unmarshal([]byte(text), &w) == nil {
			globs = append(globs, w.Packages...)
		}
	}
	for _, name := range []string{"package.json", "lerna.json", "rush.json"} {
		v := l.workspaceJSON(path.Join(dir, name))
		globs = append(globs, v.Get("workspaces").Strings()...)
		globs = append(globs, v.Path("workspaces", "packages").Strings()...)
		if name == "lerna.json" {
			globs = append(globs, v.Get("packages").Strings()...)
		}
		for _, p := range elems(v.Get("projects")) {
			globs = append(globs, p.Get("projectFolder").String())
		}
	}
	return globs
}

// plain returns the text of a file that is not a source, or "".
func (l *found) plain(p string) string {
	raw, err := l.list.bytes(p)
	if err != nil || len(raw) > maxFile {
		return ""
	}
	return string(raw)
}

// workspaceJSON reads a JSON file of the workspace; nil if it is not there or cannot be
// read, which is reported where the program itself needs it.
func (l *found) workspaceJSON(p string) *jsonc.Value {
	if !l.list.has(p) {
		return nil
	}
	file, bad := l.list.read(p)
	if bad != nil {
		return nil
	}
	v, err := l.list.cache.json(file)
	if err != nil {
		return nil
	}
	return v
}

// manifests returns the package.json files that the globs of the workspace at dir
// match. A glob that starts with ! excludes packages.
func (l *listing) manifests(dir string, globs []string) (found []string) {
	for _, g := range globs {
		g, not := strings.CutPrefix(g, "!")
		g = path.Join(strings.TrimPrefix(g, "/"), "package.json")
		if !doublestar.ValidatePattern(g) || outer(g) {
			continue
		}
		if not {
			whole := path.Join(dir, g)
			found = slices.DeleteFunc(found, func(p string) bool { return doublestar.MatchUnvalidated(whole, p) })
			continue
		}
		found = append(found, l.glob(dir, g)...)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return found[:min(len(found), maxWorkspace)]
}

// glob returns the files below dir that match a pattern, installed packages left out.
func (l *listing) glob(dir, pattern string) (found []string) {
	if !outer(dir) {
		whole := path.Join(dir, pattern)
		for _, p := range l.below(dir) {
			if path.Base(p) == path.Base(pattern) && doublestar.MatchUnvalidated(whole, p) {
				found = append(found, p)
			}
		}
		return found
	}
	fsys, name := l.around.place(dir)
	if fsys == nil {
		return nil
	}
	top, err := fs.Sub(fsys, name)
	if err != nil {
		return nil
	}
	doublestar.GlobWalk(visible{top}, pattern, func(p string, _ fs.DirEntry) error {
		if len(found) >= maxWorkspace {
			return doublestar.SkipDir
		}
		found = append(found, l.around.path(path.Join(name, p)))
		return nil
	}, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	return found
}

// visible is a file system without the directories that hold no code of the repository.
type visible struct{ fs.FS }

func (v visible) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(v.FS, name)
	return slices.DeleteFunc(entries, func(d fs.DirEntry) bool {
		return d.IsDir() && (skippedDirs[d.Name()] || strings.HasPrefix(d.Name(), "."))
	}), err
}

// addPackage adds the package of the repository in dir under its name. Its source is
// preferred to its build output.
func (l *configured) addPackage(to map[string]resolve.Package, dir, name string) {
	if dir == l.site.Root || dir == l.site.Source {
		return
	}
	v := l.workspaceJSON(path.Join(dir, "package.json"))
	if name == "" {
		name = v.Get("name").String()
	}
	if _, known := to[name]; known || name == "" {
		return
	}
	pkg := resolve.Package{Dir: dir, Entries: map[string][]string{}}
	add := func(key, inner string) {
		if inner != "" {
			pkg.Entries[key] = append(pkg.Entries[key], inner)
		}
	}
	var main []string
	for _, key := range []string{"source", "module", "main", "types"} {
		main = append(main, v.Get(key).String())
	}
	for key, targets := range exportsOf(v.Get("exports")) {
		if key == "." {
			main = append(targets, main...)
			continue
		}
		for _, t := range targets {
			add(key, t)
		}
	}
	built := func(p string) bool { return hasPart(path.Dir(path.Clean(p)), builtDirs) }
	for _, p := range main {
		if !built(p) {
			add(".", p)
		}
	}
	add(".", "src/index")
	for _, p := range main {
		if built(p) {
			add(".", p)
		}
	}
	to[name] = pkg
	l.siblings[name] = true
}

// builtDirs are the directories of the build output of packages.
var builtDirs = map[string]bool{"dist": true, "lib": true, "es": true, "esm": true, "cjs": true, "build": true, "output": true}

// exportsOf returns the targets that the exports of a package.json give for each name,
// in its order.
func exportsOf(v *jsonc.Value) map[string][]string {
	found := map[string][]string{}
	var targets func(v *jsonc.Value) []string
	targets = func(v *jsonc.Value) (list []string) {
		if v.Is(jsonc.String) {
			return []string{v.String()}
		}
		for _, m := range members(v) {
			list = append(list, targets(m.Value)...)
		}
		for _, e := range elems(v) {
			list = append(list, targets(e)...)
		}
		return list
	}
	subpaths := slices.ContainsFunc(members(v), func(m *jsonc.Member) bool { return strings.HasPrefix(m.Name, ".") })
	if !subpaths {
		found["."] = targets(v)
		return found
	}
	for _, m := range members(v) {
		found[m.Name] = targets(m.Value)
	}
	return found
}
