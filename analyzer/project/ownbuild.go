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

// Programs of .vue files that are built by what is not read here: by kbone, which runs a web page as a mini
// program, or by scripts of the project itself (gulp). What is in the files is read; how the build lists the
// pages is not, so each component that no other one imports counts as a page.

// ownVue stands for such builds. Templates may have directives of WeChat beside those of Vue.
var ownVue = &framework{platform.FrameworkByName("vue"), markup.Wepy}

// ownBuilds finds the programs of such builds, if there is no other program.
func (f *finder) ownBuilds() {
	if len(f.sites) > 0 {
		return
	}
	manifests, kbone := f.ownManifests()
	for _, p := range manifests {
		dir := path.Dir(p)
		if src := path.Join(dir, "src"); len(f.vueFiles(src)) > 0 {
			dir = src
		}
		files := f.vueFiles(dir)
		if len(files) == 0 || f.inSite(dir) {
			continue
		}
		file, bad := f.list.read(p)
		if bad != nil {
			continue
		}
		pages := &jsonc.Value{Kind: jsonc.Array}
		for _, route := range f.notImported(dir, files) {
			pages.Elems = append(pages.Elems, jsonc.NewString(pages.Span, route))
		}
		config := &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{{Name: "pages", Value: pages}}}
		if f.addFramework(ownVue, dir, p, stated{value: config, file: file}) == nil {
			continue
		}
		f.broken = slices.DeleteFunc(f.broken, func(e *LoadError) bool { return under(dir, e.Path) })
		f.note(Unread{Path: p, Hides: !kbone, Reason: lang.Both(
			"这个程序的 .vue 文件由没有读取的构建方式编成小程序；文件按 Vue 组件读取，没有被别的组件引用的都当作页面，构建另外加入的内容没有读取",
			"the .vue files of this program are made into a mini program by a build that is not read here; they are read as components "+
				"of Vue, each that no other one imports counts as a page, and what the build adds is not known")})
	}
}

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

// notImported returns the routes of the files below dir that none of them imports.
func (f *finder) notImported(dir string, files []string) (routes []string) {
	imported := map[string]bool{}
	for _, p := range files {
		file, _ := f.list.read(p)
		for _, m := range importedName.FindAllStringSubmatch(file.Text, -1) {
			at := path.Join(path.Dir(p), m[1])
			if rest, ok := strings.CutPrefix(m[1], "@/"); ok {
				at = path.Join(dir, rest)
			}
			for _, end := range []string{"", ".vue", "/index.vue"} {
				imported[at+end] = true
			}
		}
	}
	for _, p := range files {
		base := strings.TrimSuffix(path.Base(p), path.Ext(p))
		app := path.Dir(p) == dir && slices.Contains(ownVue.App, base)
		if !app && !imported[p] {
			routes = append(routes, strings.TrimPrefix(strings.TrimSuffix(p, path.Ext(p)), dir+"/"))
		}
	}
	return routes
}
