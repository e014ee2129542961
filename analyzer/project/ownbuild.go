package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
)

// Programs that are built by what is not read here: by kbone, which runs a web page as a mini program, or by
// scripts of the project itself (gulp). What is in the files is read; how the build lists the pages is not. Of
// .vue files each component that no other one imports counts as a page, of kbone with React each entry, which
// draws the whole page.

// ownVue stands for such builds. Templates may have directives of WeChat beside those of Vue.
var ownVue = &framework{platform.FrameworkByName("vue"), markup.Wepy}

// kboneVue stands for programs of kbone whose elements are in .vue files.
var kboneVue = &framework{platform.FrameworkByName("vue"), markup.Kbone}

// kbone stands for programs whose elements are in scripts (React).
var kbone = &framework{platform.FrameworkByName("kbone"), markup.Vue}

// ownBuilds finds the programs of such builds, if there is no other program. Of kbone there may be what the
// build wrote.
func (f *finder) ownBuilds() {
	if slices.ContainsFunc(f.sites, func(s *site) bool { return !hasPart(s.Source, outputDirs) }) {
		return
	}
	manifests, isKbone := f.ownManifests()
	if len(f.sites) > 0 && !isKbone {
		return
	}
	for _, p := range manifests {
		dir := path.Dir(p)
		if src := path.Join(dir, "src"); len(f.vueFiles(src)) > 0 {
			dir = src
		}
		files := f.vueFiles(dir)
		if len(files) == 0 && isKbone {
			f.kboneEntries(p)
		}
		build := ownVue
		if isKbone {
			build = kboneVue
		}
		if len(files) == 0 || f.inSite(dir) || !f.addPages(build, dir, p, f.notImported(dir, files, isKbone)) {
			continue
		}
		f.note(Unread{Path: p, Hides: !isKbone, Reason: lang.Both(
			"这个程序的 .vue 文件由没有读取的构建方式编成小程序；文件按 Vue 组件读取，没有被别的组件引用的都当作页面，构建另外加入的内容没有读取",
			"the .vue files of this program are made into a mini program by a build that is not read here; they are read as components "+
				"of Vue, each that no other one imports counts as a page, and what the build adds is not known")})
	}
}

// addPages adds the program of fw in dir that has pages, and reports whether there is one.
func (f *finder) addPages(fw *framework, dir, manifest string, routes []string) bool {
	file, bad := f.list.read(manifest)
	if bad != nil {
		return false
	}
	pages := &jsonc.Value{Kind: jsonc.Array}
	for _, route := range routes {
		pages.Elems = append(pages.Elems, jsonc.NewString(pages.Span, route))
	}
	config := &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{{Name: "pages", Value: pages}}}
	if f.addFramework(fw, dir, manifest, stated{value: config, file: file}) == nil {
		return false
	}
	f.broken = slices.DeleteFunc(f.broken, func(e *LoadError) bool { return under(dir, e.Path) })
	return true
}

// kboneEntries finds the program with the package.json manifest whose pages are drawn by entries of the build for
// mini programs: those that its configuration names, or files called main.mp.jsx and the like.
func (f *finder) kboneEntries(manifest string) {
	dir := path.Dir(manifest)
	if src := path.Join(dir, "src"); len(f.list.below(src)) > 0 {
		dir = src
	}
	var named, called []string
	for _, p := range f.list.below(path.Dir(manifest)) {
		base := strings.TrimSuffix(path.Base(p), path.Ext(p))
		switch {
		case mpConfig.MatchString(path.Base(p)):
			named = append(named, f.entriesOf(p, path.Dir(manifest))...)
		case strings.HasSuffix(base, ".mp") && slices.Contains(kbone.Scripts, path.Ext(p)) && !hasPart(path.Dir(p), outputDirs):
			called = append(called, p)
		}
	}
	if len(named) == 0 {
		named = called
	}
	var routes []string
	for _, p := range named {
		if under(dir, p) {
			routes = append(routes, routeIn(dir, p))
		}
	}
	if slices.Sort(routes); len(routes) > 0 && !f.inSite(dir) {
		f.addPages(kbone, dir, manifest, slices.Compact(routes))
	}
}

// routeIn is the route of the page whose file is at p below dir.
func routeIn(dir, p string) string {
	return strings.TrimPrefix(strings.TrimSuffix(p, path.Ext(p)), dir+"/")
}

var (
	// mpConfig is the name of a webpack configuration for mini programs.
	mpConfig = regexp.MustCompile(`^webpack\.(?:mp|.*miniprogram).*\.(?:js|cjs|ts)$`)

	// filePath is a path of a source file, written out.
	filePath = regexp.MustCompile(`['"` + "`" + `]([\w./@-]*\w\.(?:jsx?|tsx?|mjs))['"` + "`" + `]`)
)

// entriesOf returns the scripts that a webpack configuration names and that export what draws a page.
func (f *finder) entriesOf(config, root string) (paths []string) {
	file, bad := f.list.read(config)
	if bad != nil {
		return nil
	}
	for _, m := range filePath.FindAllStringSubmatch(file.Text, -1) {
		for _, base := range []string{path.Dir(config), root} {
			p := path.Join(base, m[1])
			if !f.list.has(p) || !slices.Contains(kbone.Scripts, path.Ext(p)) {
				continue
			}
			if script, bad := f.list.read(p); bad == nil && createsApp.MatchString(script.Text) {
				paths = append(paths, p)
			}
		}
	}
	return paths
}

// createsApp is in each entry of kbone: export default function createApp() { … }.
var createsApp = regexp.MustCompile(`\bexport\s+default\b`)

// ownManifests returns what stands for the list of pages: settings that name a folder which only the build makes,
// or the package.json of kbone.
func (f *finder) ownManifests() (paths []string, kbone bool) {
	for _, s := range f.configs {
		if d := s.dir("miniprogramRoot"); d != "" && d != s.Dir && s.File != nil {
			paths = append(paths, s.Path)
		}
	}
	if name := frameworkName(f.list); name == "kbone" {
		paths = slices.DeleteFunc(slices.Clone(f.list.paths), func(p string) bool {
			if path.Base(p) != "package.json" {
				return true
			}
			file, bad := f.list.read(p)
			return bad != nil || frameworkOf(file.Text) != "kbone"
		})
		return paths, true
	} else if name != "" {
		return nil, false
	}
	return paths, false
}

// vueFiles are the components below dir that have a template.
func (f *finder) vueFiles(dir string) (files []string) {
	for _, p := range f.list.below(dir) {
		if !ownVue.single(p) || hasPart(path.Dir(p), outputDirs) {
			continue
		}
		if file, bad := f.list.read(p); bad == nil && strings.Contains(file.Text, "<template") {
			files = append(files, p)
		}
	}
	return files
}

// importedName is the file that a script imports, written out: from './Row.vue'.
var importedName = regexp.MustCompile(`(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]`)

// commentLine is a line that is all comment.
var commentLine = regexp.MustCompile(`(?m)^\s*//.*$`)

// importedBy returns the paths that files below dir import, with the endings that a name may go without.
func (f *finder) importedBy(dir string, files []string) map[string]bool {
	imported := map[string]bool{}
	for _, p := range files {
		file, bad := f.list.read(p)
		if bad != nil {
			continue
		}
		for _, m := range importedName.FindAllStringSubmatch(commentLine.ReplaceAllString(file.Text, ""), -1) {
			at := path.Join(path.Dir(p), m[1])
			if rest, ok := strings.CutPrefix(m[1], "@/"); ok {
				at = path.Join(dir, rest)
			}
			for _, end := range []string{"", ".vue", "/index.vue"} {
				imported[at+end] = true
			}
		}
	}
	return imported
}

// notImported returns the routes of the files below dir that none of them imports. Of kbone only what some script
// imports is built.
func (f *finder) notImported(dir string, files []string, isKbone bool) (routes []string) {
	imported, built := f.importedBy(dir, files), map[string]bool{}
	if isKbone {
		scripts := slices.DeleteFunc(slices.Clone(f.list.below(dir)), func(p string) bool { return !isScript(p) })
		built = f.importedBy(dir, scripts)
	}
	some := slices.ContainsFunc(files, func(p string) bool { return built[p] })
	for _, p := range files {
		base := strings.TrimSuffix(path.Base(p), path.Ext(p))
		app := path.Dir(p) == dir && slices.Contains(ownVue.App, base)
		if !app && !imported[p] && (built[p] || !some) {
			routes = append(routes, routeIn(dir, p))
		}
	}
	return routes
}
