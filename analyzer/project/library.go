package project

import (
	_ "embed"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// A kit is a library of user interface components that programs use from npm or
// copy into their tree.
type kit struct {
	Name       string
	Prefix     string   // that its documentation gives to tags: "van-"
	Packages   []string // its names on npm, former ones included
	Dirs       []string // directories of hand-made copies
	Components []string // names of its components, that is, of their directories
	Script     string   // regular expression that its components' scripts match
	Markup     string   // the same for their templates
	Both       bool     // if both are given, both must match
	// Forms is "guessed" for a kit whose form components have no rows in
	// platform/components.txt: only the ends of their names identify them.
	Forms  string
	Source string
	Native bool // its components are the platform's, so what they hand over comes in the platform's events

	names          map[string]bool
	script, markup *regexp.Regexp
}

// bundle recognises copied scripts of a third party.
type bundle struct {
	library string
	pattern string // of a file or directory name, or of the file's text
}

// bundleTable is bundles.tsv. One pattern for all quickly excludes nearly every
// file, whose name is none of them.
type bundleTable struct {
	files, dirs, texts, wholes []bundle
	anyFile, anyDir            *regexp.Regexp
}

//go:embed kits.json
var kitData []byte

//go:embed bundles.tsv
var bundleData string

var kits = sync.OnceValue(func() []*kit {
	var list []*kit
	if err := json.Unmarshal(kitData, &list); err != nil {
		panic("project: kits.json: " + err.Error())
	}
	for _, k := range list {
		k.names = map[string]bool{}
		for _, c := range k.Components {
			k.names[c] = true
		}
		if k.Script != "" {
			k.script = regexp.MustCompile(k.Script)
		}
		if k.Markup != "" {
			k.markup = regexp.MustCompile(k.Markup)
		}
	}
	return list
})

var bundles = sync.OnceValue(func() *bundleTable {
	t := &bundleTable{}
	var files, dirs []string
	for line := range strings.Lines(bundleData) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue
		}
		library, where, what := cells[0], cells[1], cells[2]
		switch where {
		case "file":
			t.files = append(t.files, bundle{library, what})
			files = append(files, what)
		case "dir":
			t.dirs = append(t.dirs, bundle{library, what})
			dirs = append(dirs, what)
		case "text":
			t.texts = append(t.texts, bundle{library, what})
		case "whole":
			t.wholes = append(t.wholes, bundle{library, what})
		}
	}
	t.anyFile, t.anyDir = wholeName(strings.Join(files, "|")), wholeName(strings.Join(dirs, "|"))
	return t
})

func wholeName(pattern string) *regexp.Regexp { return regexp.MustCompile("^(?:" + pattern + ")$") }

// NativeKit reports whether the components of a library are made for the platform, not for a framework.
func NativeKit(library string) bool {
	return slices.ContainsFunc(kits(), func(k *kit) bool { return k.Native && k.Name == library })
}

// match returns the library of the first of list that has this name, or "".
func match(list []bundle, any *regexp.Regexp, name string) string {
	if !any.MatchString(name) {
		return ""
	}
	for _, b := range list {
		if wholeName(b.pattern).MatchString(name) {
			return b.library
		}
	}
	return ""
}

// made reports whether a component of the kit has these texts.
func (k *kit) made(script, template string) bool {
	s := k.script != nil && k.script.MatchString(script)
	if s != k.Both {
		return s // the template makes no difference
	}
	return k.markup != nil && k.markup.MatchString(template)
}

// asMade is the key, in the memo of a template, of whether a kit made the component with it
// and these scripts.
type asMade struct {
	kit     *kit
	scripts [2]*source.File
}

// makes reports whether a component of the kit has this template and, in one language or the
// other, this script; what is not there is nil.
func (k *kit) makes(template, js, ts *source.File) bool {
	if template == nil {
		return k.made(textOf(js)+textOf(ts), "")
	}
	return source.Known(&template.Memo, asMade{k, [2]*source.File{js, ts}}, func() bool {
		return k.made(textOf(js)+textOf(ts), template.Text)
	})
}

// textOf is the text of a file, "" for none.
func textOf(f *source.File) string {
	if f == nil {
		return ""
	}
	return f.Text
}

// kitOfPackage returns the name of the kit that an npm package is, or the
// package itself: what is installed from npm is a library in any case.
func kitOfPackage(name string) string {
	for _, k := range kits() {
		if slices.Contains(k.Packages, name) {
			return k.Name
		}
	}
	return name
}

// kitOfPath returns the kit of a path that is not in the tree, by the names of
// its directories, and the path below that directory.
func kitOfPath(p string) (name, inner string) {
	parts := strings.Split(p, "/")
	for i, part := range parts[:len(parts)-1] {
		for _, k := range kits() {
			if slices.Contains(k.Dirs, strings.ToLower(part)) {
				return k.Name, strings.Join(parts[i+1:], "/")
			}
		}
	}
	return "", ""
}

// kitOfTag returns the kit of a component that is not in the tree and whose
// path tells nothing: the one whose documentation gives it this tag.
func kitOfTag(tag, value string) (name, inner string) {
	inner = componentName("", value)
	for _, k := range kits() {
		if k.Prefix != "" && tag == k.Prefix+inner && k.names[inner] {
			return k.Name, inner
		}
	}
	return "", ""
}

// componentName returns the name of a component within its library, given its
// path there: "field" for field/index, dist/field/index and field/field.
func componentName(library, inner string) string {
	parts := strings.Split(strings.Trim(inner, "/"), "/")
	for len(parts) > 1 && packagingDirs[parts[0]] {
		parts = parts[1:]
	}
	last := parts[len(parts)-1]
	if last == "index" || last == "" {
		if len(parts) > 1 {
			return parts[len(parts)-2]
		}
		return path.Base(library)
	}
	return last
}

// packagingDirs are directories between a library's root and its components.
var packagingDirs = map[string]bool{
	"dist": true, "lib": true, "es": true, "src": true, "packages": true, "components": true,
	"miniprogram_dist": true, "miniprogram": true,
}

// shelf knows which files of a program belong to a library.
type shelf struct {
	roots map[string]string // directory of a hand-made copy, or of one component of it -> library
	parts map[string]bool   // plug-ins of the market that are part of the program, by name
	asks  map[string]bool   // components of other plug-ins that are, by path without extension
	paged map[string]bool   // plug-ins with a page that the program registers, by name
}

// findParts recognises what of DCloud's market (uni_modules) is part of the program:
// plug-ins that no table knows, since many programs keep components of their own there;
// and, of plug-ins with a page that the program registers, the components that ask for something, and all but components.
func (s *shelf) findParts(files []string, page func(base string) bool, text func(p string) string) {
	s.parts, s.asks, s.paged = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range files {
		if name, _ := resolve.PackageOf(p); name != "" && ofMarket(p) {
			s.parts[name] = !knownPackage(name) && !knownTag(name)
			s.paged[name] = s.paged[name] || page(strings.TrimSuffix(p, path.Ext(p)))
		}
	}
	for _, p := range files {
		name, inner := resolve.PackageOf(p)
		if s.paged[name] && ofMarket(p) && uniApp.single(p) && strings.HasPrefix(inner, "components/") {
			s.asks[strings.TrimSuffix(p, path.Ext(p))] = asking().MatchString(text(p))
		}
	}
}

// asking finds a control, or a button that hands something over, in a template.
var asking = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<input\b|<textarea\b|-(?:easy)?input\b|\bopen-type=`)
})

// ofMarket reports whether the package of a file is a plug-in of DCloud's market.
func ofMarket(p string) bool { return marketPlugin(p) != "" }

// marketFolder is where uni-app has the plug-ins of DCloud's market.
const marketFolder = "uni_modules"

// marketPlugin names the plug-in of the market in whose folder p is; "" if it is in none.
func marketPlugin(p string) string {
	_, rest, _ := strings.Cut("/"+p, "/"+marketFolder+"/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// library returns the library that a file or component path is part of, by its
// place, and its path within the library; "" for none.
func (s *shelf) library(p string) (name, inner string) {
	if pkg, rest := resolve.PackageOf(p); pkg != "" {
		// What its pages import, such as mixins and a store; its functions in the cloud are long, and nobody changes them.
		shared := s.paged[pkg] && !strings.HasPrefix(rest, "components/") && !strings.HasPrefix(rest, "uniCloud/")
		if ofMarket(p) && (s.parts[pkg] || s.asks[strings.TrimSuffix(p, path.Ext(p))] || shared) {
			return "", ""
		}
		return kitOfPackage(pkg), rest
	}
	for dir := path.Dir(p); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if name := s.roots[dir]; name != "" {
			return name, strings.TrimPrefix(p, path.Dir(dir)+"/")
		}
	}
	return "", ""
}

// minCopies is how many components with the marks of a kit must be side by side
// before their whole directory counts as a copy of the kit.
const minCopies = 3

// findKits recognises the copies of kits among the program's own files. A
// component counts by its name and the marks in its text. A wrapper that
// happens to have the same name, or uses the component, has no such marks.
func (s *shelf) findKits(files []string, file func(string) *source.File, on *platform.Platform, page func(string) bool) {
	type parent struct {
		library string
		marked  int
		others  []string // children with a component of another make
	}
	parents := map[string]*parent{}
	children := map[string]bool{} // every directory that holds a template
	for _, f := range files {
		if path.Ext(f) != on.Markup {
			continue
		}
		base := strings.TrimSuffix(f, on.Markup)
		dir := path.Dir(f)
		if page(base) {
			continue
		}
		if n := path.Base(base); n != "index" && n != path.Base(dir) {
			continue
		}
		children[dir] = true
		up := path.Dir(dir)
		pa := parents[up]
		if pa == nil {
			pa = &parent{}
			parents[up] = pa
		}
		made := ""
		for _, k := range kits() {
			if k.names[path.Base(dir)] && k.makes(file(f), file(base+".js"), file(base+".ts")) {
				made = k.Name
				break
			}
		}
		if made == "" {
			pa.others = append(pa.others, dir)
			continue
		}
		s.roots[dir] = made
		pa.library = made
		pa.marked++
	}
	// Files beside the components, such as common/ and mixins/, belong to the
	// kit too, and so does a whole directory that holds nothing else.
	for dir, pa := range parents {
		if pa.marked >= minCopies && len(pa.others) == 0 {
			s.roots[dir] = pa.library
		}
	}
	for _, f := range files {
		for dir := path.Dir(f); dir != "."; dir = path.Dir(dir) {
			pa := parents[path.Dir(dir)]
			if pa != nil && pa.marked >= minCopies && pa.marked >= 2*len(pa.others) && !children[dir] && s.roots[dir] == "" {
				s.roots[dir] = pa.library
			}
		}
	}
}

// findFolders recognises the copies of kits for frameworks by their folders: that of a
// whole kit (uview-ui/), or of one component under its name (uni-popup/uni-popup.vue).
func (s *shelf) findFolders(files []string, f *framework) {
	folders := map[string]string{}
	for _, k := range kits() {
		for _, d := range k.Dirs {
			folders[d] = k.Name
		}
	}
	for _, p := range files {
		dir := path.Dir(p)
		for d := dir; d != "." && s.roots[d] == ""; d = path.Dir(d) {
			if name := folders[strings.ToLower(path.Base(d))]; name != "" {
				s.roots[d] = name
			}
		}
		base := path.Base(dir)
		if !f.single(p) || strings.TrimSuffix(path.Base(p), path.Ext(p)) != base {
			continue
		}
		for _, k := range kits() {
			if rest, ok := strings.CutPrefix(base, k.Prefix); ok && k.Prefix != "" && k.script == nil && k.markup == nil && k.names[rest] {
				s.roots[dir] = k.Name
			}
		}
	}
}

// bundleOf returns the library that a script is a copy of, or "".
func bundleOf(p, text string) string {
	t := bundles()
	name := strings.ToLower(path.Base(p))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".min"), "-min")
	// A short file with such a name is a program's own wrapper of the library.
	if len(text) > 2500 {
		if library := match(t.files, t.anyFile, name); library != "" && !ownWork(library, text) {
			return library
		}
	}
	for _, dir := range strings.Split(strings.ToLower(path.Dir(p)), "/") {
		if library := match(t.dirs, t.anyDir, dir); library != "" {
			return library
		}
	}
	if len(text) < 500 {
		words := strings.Join(strings.Fields(text), " ")
		for _, b := range t.wholes {
			if strings.ReplaceAll(words, ";", "") == b.pattern {
				return b.library
			}
		}
	}
	head := text[:min(len(text), 2000)]
	for _, b := range t.texts {
		if strings.Contains(head, b.pattern) && !importing().MatchString(text) {
			return b.library
		}
	}
	library := released(head, name)
	if library != "" && callsPlatform(text) && !callsOnlyConsole(text) {
		return "" // not a known library, but made for mini programs
	}
	return library
}

// ownWork reports whether a script that is named like a library is the program's own work. No library
// imports from an alias of the program's, or holds pictures (base64.js of data: addresses). A program that
// writes its own requests calls them as the library that it would have taken (axios.js): a copy of that
// imports nothing, and is the release build.
func ownWork(library, text string) bool {
	if importingOwn().MatchString(text) || strings.Count(text, `"data:image/`)+strings.Count(text, `'data:image/`) > 1 {
		return true
	}
	if platform.Client(library) == "" {
		return false
	}
	head := text[:min(len(text), 2000)]
	return importing().MatchString(text) || callsPlatform(text) && released(head, library) == "" && !compressed(text)
}

// importingOwn finds an import by an alias of the program's source folder.
var importingOwn = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:import\b[^;\n]*|(?:var|let|const)\b[^;\n]*\brequire\()["'](?:@|~|~@)/`)
})

// importing finds an import of another module at the top level. A copy of a library is
// whole; compilers put parts of libraries, with their licences, into what they write:
//
//	function _regenerator() { /*! regenerator-runtime -- Copyright (c) 2014-present, …
//	import { post } from './http';
var importing = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:import\b|(?:var|let|const)\b[^;\n]*\brequire\(|require\()`)
})

// released returns what a script is called that begins like the release build of a
// library: by its banner, or by its file name if it has the head of a bundle.
func released(head, name string) string {
	if start := strings.TrimSpace(head); strings.HasPrefix(start, "/*") {
		if banner := bannerPattern().FindStringSubmatch(start); banner != nil {
			return banner[1]
		}
	}
	if strings.Contains(head, "webpackUniversalModuleDefinition") ||
		strings.Contains(head, "typeof exports") && strings.Contains(head, "typeof module") && strings.Contains(head, "typeof define") ||
		strings.Contains(head, "typeof define") && strings.Contains(head, "define.amd") {
		return name
	}
	return ""
}

// bannerPattern is the comment that release builds of libraries start with: the
// name, a version, and before long a licence. It is compiled on first use, as
// compiling takes longer than a small scan.
var bannerPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^/\*[!*]?[\s*!]*(?:@license\s+)?([\w.-]+(?: [\w.-]+)?) v?\d+\.\d+[\w.-]*[^/]{0,400}?\b(?:MIT|BSD|Apache|Licen[cs]ed?)\b`)
})

// Components reports whether a library brings components: such a library offers
// more than a page uses, while whatever a program requires from a library of
// scripts is assumed to run.
func (p *Program) Components(library string) bool {
	return slices.ContainsFunc(p.Units, func(u *Unit) bool { return u.Library == library })
}
