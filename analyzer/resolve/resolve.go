// Package resolve says which file a name written in another file means: the
// specifier of an import or require, a value of usingComponents, the src of a
// template or of a <wxs> tag.
//
// It takes the list of files of a tree and the settings that bear on names
// (resolveAlias, useExtendedLib, npm packages), and gives paths. It reads
// nothing. It comes before package project, which computes what a page can
// reach, because that depends on what names mean.
//
// The rules are those of the WeChat tools (npm miniprogram-ci 2.1.42). If the
// tools would refuse a name that has one plausible meaning, that meaning is
// taken at lower rank, since programs are written for other build tools as well.
package resolve

import (
	"cmp"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
)

// Tree is the set of files of a directory tree, by path.
type Tree struct {
	files  map[string]bool
	folded map[string]string // by their names in small letters; "" for names of several files

	// Beyond, if it is set, says whether there is a file outside of the tree that a
	// name may lead to: other code of the same repository.
	Beyond func(file string) bool

	// Unfold, if it is set, is the only such file whose name is file but for capitals, or "".
	Unfold func(file string) string
}

// NewTree returns the tree of the given paths, which are relative, clean and
// with forward slashes.
func NewTree(paths []string) *Tree {
	t := &Tree{files: make(map[string]bool, len(paths))}
	t.Add(paths...)
	return t
}

// Add adds files to t.
func (t *Tree) Add(paths ...string) {
	for _, p := range paths {
		t.files[p] = true
	}
	t.folded = nil
}

// Has reports whether the file is in t.
func (t *Tree) Has(file string) bool {
	return t.files[file] || t.Beyond != nil && t.Beyond(file)
}

// fold returns the only file of t, or beyond it, whose name is file but for capitals, or "".
func (t *Tree) fold(file string) string {
	if t.folded == nil {
		t.folded = Folded(maps.Keys(t.files))
	}
	if p, met := t.folded[strings.ToLower(file)]; met || t.Unfold == nil {
		return p
	}
	return t.Unfold(file)
}

// Folded are paths by their names in small letters; "" for a name of several.
func Folded(paths iter.Seq[string]) map[string]string {
	folded := map[string]string{}
	for p := range paths {
		key := strings.ToLower(p)
		if _, met := folded[key]; met {
			p = ""
		}
		folded[key] = p
	}
	return folded
}

// Resolver resolves the names of one program.
type Resolver struct {
	Tree *Tree
	// Root is the directory of app.json, "." for the top. A leading slash
	// starts there, and ../ does not lead out of it.
	Root    string
	Scripts []string // extensions of scripts, best first: ".ts", ".js"
	Markup  []string // extensions of templates: ".wxml"
	Filters []string // extensions of template scripts: ".wxs"
	Single  []string // extensions of single-file components: ".vue"
	Indexes []string // what the name of a folder means besides its index, best first: "utssdk/mp-weixin/index"
	Bundled bool     // a bundler reads the names: one that starts with neither a dot nor a slash is no file beside the one that names it
	Infixes []string // put before an extension, best first: ".weapp" of Taro
	Aliases []Alias
	// Packages are npm packages that were installed but not copied to
	// miniprogram_npm, by name.
	Packages map[string]Package

	folding bool // capitals do not count
}

// insensitive is r on a file system for which ./UserForm and ./userForm are one, as they
// are on the machines of most authors. It is asked if r finds nothing.
func (r *Resolver) insensitive() *Resolver {
	folding := *r
	folding.folding = true
	return &folding
}

// has returns the file of the tree that file names, or "".
func (r *Resolver) has(file string) string {
	switch {
	case r.folding:
		return r.Tree.fold(file)
	case r.Tree.Has(file):
		return file
	}
	return ""
}

// Package is an npm package that is installed, or that is part of the repository.
type Package struct {
	Dir  string // the directory of its mini program files: node_modules/x/miniprogram_dist
	Main string // path of its main script, without extension or with; "" for index

	// Entries are what its exports name, relative to Dir, by what an import names:
	// "." or "./form" or "./*". Of several paths, the first that exists is taken.
	Entries map[string][]string
}

// files returns the paths that the name rest within the package may mean, the best
// first.
func (p Package) files(rest string) (found []string) {
	add := func(inner string) { found = append(found, path.Join(p.Dir, inner)) }
	key := "."
	if rest != "" {
		key = "./" + rest
	}
	for _, inner := range p.Entries[key] {
		add(inner)
	}
	for _, pattern := range slices.Sorted(maps.Keys(p.Entries)) {
		before, after, ok := strings.Cut(pattern, "*")
		if !ok || len(key) < len(before)+len(after) || !strings.HasPrefix(key, before) || !strings.HasSuffix(key, after) {
			continue
		}
		for _, inner := range p.Entries[pattern] {
			add(strings.ReplaceAll(inner, "*", key[len(before):len(key)-len(after)]))
		}
	}
	if rest == "" {
		if p.Main != "" {
			found = append(found, p.Main)
		}
		rest = "index"
	}
	add(rest)
	if p.Entries != nil {
		add(path.Join("src", rest))
	}
	return found
}

// extendedLibraries maps the names of useExtendedLib to the packages they make
// resolvable without files (miniprogram-ci 2.1.42).
var extendedLibraries = map[string][]string{
	"kbone": {"miniprogram-element", "miniprogram-render"},
	"weui":  {"weui-miniprogram"},
}

// ExtendedLibrary returns the packages that an entry of useExtendedLib adds, or
// nil.
func ExtendedLibrary(name string) []string { return extendedLibraries[name] }

// Targets returns the paths that spec can mean by the aliases, the best first.
func (r *Resolver) Targets(spec string) (paths []string) {
	for _, target := range aliased(r.Aliases, spec) {
		paths = append(paths, path.Join(r.Root, target))
	}
	return paths
}

// Aliased reports whether an alias applies to spec.
func (r *Resolver) Aliased(spec string) bool { return len(aliased(r.Aliases, spec)) > 0 }

// Script returns the path of the script that spec names in file from, or "".
func (r *Resolver) Script(from, spec string) string {
	spec, _, _ = strings.Cut(withoutLoaders(spec), "?")
	if spec == "" || strings.Contains(spec, "://") || strings.ContainsRune(spec, 0) {
		return ""
	}
	if p := r.scriptFor(from, spec); p != "" {
		return p
	}
	return r.insensitive().scriptFor(from, spec)
}

// withoutLoaders is the file of a request that names the loaders of webpack before it: style!./a.css is ./a.css
// (webpack documents, "Loaders", Inline; read 2026-11).
func withoutLoaders(spec string) string { return spec[strings.LastIndexByte(spec, '!')+1:] }

func (r *Resolver) scriptFor(from, spec string) string {
	dir := path.Dir(from)
	for _, target := range r.Targets(spec) {
		if p := r.script(target); p != "" {
			return p
		}
	}
	bare := bare(spec)
	beside := !bare || !r.Bundled
	relative := r.join(dir, spec)
	if p := r.file(relative, r.Scripts); p != "" && beside {
		return p
	}
	if bare {
		if p := r.npmScript(dir, spec); p != "" {
			return p
		}
	}
	// What the tools refuse, but has one plausible meaning.
	if p := r.file(path.Join(relative, "index"), r.Scripts); p != "" && beside {
		return p
	}
	if strings.HasPrefix(spec, ".") {
		return r.script(path.Join(dir, spec)) // out of the root
	}
	if p := r.script(r.join(r.Root, spec)); p != "" {
		return p
	}
	if above := r.fromAbove(spec); above != "" {
		return r.script(above)
	}
	if likely := r.likelyAlias(spec); likely != "" {
		return r.script(likely)
	}
	return ""
}

// fromAbove is the path that a name means if it begins at the folder around the root, where the bundler runs:
// "/src/utils/date" where src is the root (Vite documents, "root"; read 2026-11). It is "" for other names.
func (r *Resolver) fromAbove(spec string) string {
	rest, ok := strings.CutPrefix(spec, "/"+path.Base(r.Root)+"/")
	if !ok || r.Root == "." {
		return ""
	}
	return r.join(r.Root, rest)
}

// likelyAlias is the path that a name means if it begins with an alias of which no
// configuration is in the tree and that is named after its folder: "@utils/date" for
// utils/date, "@src/utils/date" where src is the root. It is "" for other names.
func (r *Resolver) likelyAlias(spec string) string {
	rest := strings.TrimLeft(spec, "@~$#")
	if rest == spec || rest == "" || strings.HasPrefix(rest, "/") {
		return ""
	}
	if first, inner, _ := strings.Cut(rest, "/"); first == path.Base(r.Root) {
		rest = inner
	}
	return r.join(r.Root, rest)
}

// LikelyFolder is the folder below the root that likelyAlias takes spec to begin with; "" if it takes it for no alias.
func (r *Resolver) LikelyFolder(spec string) string {
	likely := r.likelyAlias(spec)
	rest, ok := strings.CutPrefix(likely, r.Root+"/")
	if r.Root == "." {
		rest, ok = likely, likely != ""
	}
	if first, _, deeper := strings.Cut(rest, "/"); ok && deeper {
		return path.Join(r.Root, first)
	}
	return ""
}

// script tries p as a file, then as a directory with an index.
func (r *Resolver) script(p string) string {
	if f := r.file(p, r.Scripts); f != "" {
		return f
	}
	if f := r.file(path.Join(p, "index"), r.Scripts); f != "" {
		return f
	}
	for _, index := range r.Indexes {
		if f := r.file(path.Join(p, index), r.Scripts); f != "" {
			return f
		}
	}
	return ""
}

// npmScript finds spec in the miniprogram_npm directories from dir up to the
// root, then among the installed packages.
func (r *Resolver) npmScript(dir, spec string) string {
	for _, d := range r.ancestors(dir) {
		if p := r.script(path.Join(d, "miniprogram_npm", spec)); p != "" {
			return p
		}
	}
	name, rest := SplitPackage(spec)
	pkg, ok := r.Packages[name]
	if !ok {
		return ""
	}
	for _, file := range pkg.files(rest) {
		if p := r.script(file); p != "" {
			return p
		}
	}
	return ""
}

// Component is what a value of usingComponents names.
type Component struct {
	// Path is the path of the component's files without extension (or of its
	// single file, with it); "" if they are not in the tree.
	Path string
	// Package is the npm package it belongs to, or "", and Inner the path
	// within the package: "@vant/weapp" and "field/index". If Path is empty it
	// is what the value means if it names a package at all.
	Package, Inner string
	Plugin         bool // plugin://…, ext://… (Douyin): code of another program or of the platform
}

// Component resolves a value of usingComponents in the JSON file of directory
// dir.
func (r *Resolver) Component(dir, value string) Component {
	value, _, _ = strings.Cut(strings.TrimSpace(value), "?")
	switch {
	case strings.HasPrefix(value, "plugin://"), strings.HasPrefix(value, "plugin-private://"),
		strings.HasPrefix(value, "dynamicLib://"), strings.HasPrefix(value, "ext://"):
		return Component{Plugin: true}
	case value == "" || strings.Contains(value, "://") || strings.ContainsRune(value, 0):
		return Component{}
	}
	var bases []string
	switch {
	case strings.HasPrefix(value, "/"):
		bases = []string{r.join(r.Root, value)}
		if above := r.fromAbove(value); above != "" {
			bases = append(bases, above)
		}
	case strings.HasPrefix(value, "."):
		bases = []string{r.join(dir, value), path.Join(dir, value)}
	default:
		bases = []string{r.join(dir, value)}
		for _, d := range r.ancestors(dir) {
			bases = append(bases, path.Join(d, "miniprogram_npm", value))
		}
		name, rest := SplitPackage(value)
		if pkg, ok := r.Packages[name]; ok {
			bases = append(bases, pkg.files(rest)...)
		}
	}
	// The tools apply resolveAlias to require alone. It comes last here.
	bases = append(bases, r.Targets(value)...)
	if bare(value) {
		bases = append(bases, r.join(r.Root, value))
		if likely := r.likelyAlias(value); likely != "" {
			bases = append(bases, likely)
		}
	}
	found := r.component(bases)
	if found == "" {
		found = r.insensitive().component(bases)
	}
	c := Component{Path: found}
	if found != "" {
		c.Package, c.Inner = PackageOf(found)
		for _, name := range sortedNames(r.Packages) {
			if rest, ok := within(r.Packages[name].Dir, found); ok {
				c.Package, c.Inner = name, rest
			}
		}
		return c
	}
	if c.Package, c.Inner = PackageOf(value); c.Package != "" {
		return c
	}
	if bare(value) {
		// A package that was not built, or that useExtendedLib provides; or a
		// path without a dot in front whose file is missing. The caller has to
		// tell them apart.
		c.Package, c.Inner = SplitPackage(value)
	}
	return c
}

// component returns the first of bases, or of bases with /index, that is a
// component. The tools demand both its .json and its template; a script alone
// will do if none has both.
func (r *Resolver) component(bases []string) string {
	for i, b := range bases {
		// "card/card.wxml", written with its extension
		if ext := path.Ext(b); ext == ".json" || slices.Contains(r.Markup, ext) || slices.Contains(r.Scripts, ext) {
			bases[i] = strings.TrimSuffix(b, ext)
		}
	}
	part := func(p string) string { return cmp.Or(r.file(p, r.Markup), r.file(p, r.Scripts)) }
	whole := func(p string) string {
		if r.has(p+".json") == "" {
			return ""
		}
		return r.file(p, r.Markup)
	}
	for _, fileOf := range []func(string) string{whole, part} {
		for _, b := range bases {
			for _, p := range []string{b, path.Join(b, "index")} {
				if file := fileOf(p); file != "" {
					return file[:len(p)] // as it is written in the tree
				}
			}
		}
	}
	for _, b := range bases {
		for _, p := range []string{b, path.Join(b, "index")} {
			if f := r.file(p, r.Single); f != "" {
				return f
			}
		}
	}
	return ""
}

// Template returns the path of the template that the src of an <import> or
// <include> names in file from, or "".
func (r *Resolver) Template(from, src string) string { return r.asset(from, src, r.Markup) }

// Filter returns the path of the template script (WXS, SJS) that src names in
// file from, or "". Templates and template scripts name them alike.
func (r *Resolver) Filter(from, src string) string { return r.asset(from, src, r.Filters) }

// Asset returns the path of the file that a name written with its extension means
// in file from, or "".
func (r *Resolver) Asset(from, src string) string {
	return r.asset(from, src, []string{path.Ext(strings.TrimSpace(src))})
}

func (r *Resolver) asset(from, src string, exts []string) string {
	src = strings.TrimSpace(src)
	if src == "" || strings.Contains(src, "://") || strings.ContainsRune(src, 0) {
		return ""
	}
	dir := path.Dir(from)
	var bases []string
	if strings.HasPrefix(src, "/") {
		bases = []string{r.join(r.Root, src)}
	} else {
		bases = []string{r.join(dir, src), path.Join(dir, src)}
	}
	if bare(src) {
		for _, d := range r.ancestors(dir) {
			bases = append(bases, path.Join(d, "miniprogram_npm", src))
		}
		bases = append(bases, r.join(r.Root, src))
	}
	bases = append(bases, r.Targets(src)...)
	for _, r := range []*Resolver{r, r.insensitive()} {
		for _, inner := range []string{"", "index"} {
			for _, b := range bases {
				if p := r.file(path.Join(b, inner), exts); p != "" {
					return p
				}
			}
		}
	}
	return ""
}

// Page returns the file of the given page or component path (without extension)
// with one of exts, or "".
func (r *Resolver) Page(p string, exts []string) string { return r.file(p, exts) }

// file returns the file that p names, with or without one of exts, or "".
func (r *Resolver) file(p string, exts []string) string {
	ext := path.Ext(p)
	for _, e := range exts {
		if ext != e {
			continue
		}
		if f := r.has(p); f != "" {
			return f
		}
	}
	for _, infix := range r.Infixes {
		for _, e := range exts {
			if f := r.has(p + infix + e); f != "" {
				return f
			}
		}
	}
	for _, e := range exts {
		if f := r.has(p + e); f != "" {
			return f
		}
	}
	// TypeScript may be imported under the name of its output.
	if ext == ".js" {
		for _, e := range exts {
			if f := r.has(strings.TrimSuffix(p, ext) + e); e != ext && f != "" {
				return f
			}
		}
	}
	return ""
}

// join is dir/rel. For a file of the program ../ does not lead out of its root.
func (r *Resolver) join(dir, rel string) string {
	inner, ok := within(r.Root, dir)
	if !ok {
		return path.Join(dir, rel)
	}
	return path.Join(r.Root, path.Join("/", inner, rel)[1:])
}

// ancestors returns dir and the directories above it up to the program's root.
func (r *Resolver) ancestors(dir string) []string {
	dirs := []string{dir}
	for d := dir; d != "." && d != r.Root; {
		d = path.Dir(d)
		dirs = append(dirs, d)
	}
	return dirs
}

// within returns the path of file below dir, and whether it is below it or it.
func within(dir, file string) (string, bool) {
	switch {
	case dir == "." || dir == "":
		return file, file != ".." && !strings.HasPrefix(file, "../")
	case file == dir:
		return "", true
	case strings.HasPrefix(file, dir) && file[len(dir)] == '/':
		return file[len(dir)+1:], true
	}
	return "", false
}

// bare reports whether a name starts with neither a dot nor a slash.
func bare(name string) bool {
	return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "/")
}
