package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Programs of uni-app: pages.json lists the pages, manifest.json holds what is a
// platform's own. Plug-ins of Vite may write both when the program is built
// (unipages.go).

// uniApp takes dir as the sources of a uni-app program.
func (f *finder) uniApp(dir string) {
	if f.seenUni[dir] {
		return
	}
	f.seenUni[dir] = true
	list, manifest := path.Join(dir, "pages.json"), path.Join(dir, "manifest.json")
	if !f.list.has(manifest) && !f.list.has(path.Join(dir, "App.vue")) && !f.list.has(path.Join(dir, "App.uvue")) {
		return
	}
	settings := f.readJSON(manifest, sfc.SymbolsOf(f.list.target, false))
	if settings.file == nil {
		settings = f.list.exportedConfig(f.note, "manifest.config", dir, f.projectDir(dir))
	}
	symbols := sfc.SymbolsOf(f.list.target, f.vue3(dir, settings))
	pages := f.readJSON(list, symbols)
	if pages.file == nil { // pages.json.ts, of which a plug-in makes it
		pages = f.list.exportedConfig(f.note, "pages.json", dir)
	}
	if !pages.value.Is(jsonc.Object) {
		pages = stated{}
	}
	pages = f.hookedPages(dir, pages)
	built := f.builtPages(dir, symbols, pages.file == nil)
	if pages = built.join(pages); pages.file == nil {
		return
	}
	target := f.list.target.Target(uniApp.Name)
	own := settings.value.Get(target)
	s := f.addFramework(uniApp, dir, pages.file.Path, stated{value: pagesConfig(pages.value, own), file: pages.file})
	if s == nil {
		return
	}
	s.Symbols, s.Pages, s.Easycom = symbols, map[string]stated{}, pages.value.Get("easycom")
	s.Name, s.AppID = settings.value.Get("name").String(), own.Get("appid").String()
	s.Named = namedInManifest(settings.value)
	for _, file := range []*source.File{pages.file, settings.file} {
		if file != nil {
			f.unread = append(f.unread, unclosed(file)...)
		}
	}
	if settings.file != nil {
		s.Declared = &stated{value: own, file: settings.file}
	}
	note := func(root string, list *jsonc.Value) {
		for _, e := range elems(list) {
			route := cleanRoute(root, e.Get("path").String())
			page := stated{value: e.Get("style"), file: pages.file}
			if by, ok := built.metas[route]; ok && by.value.Get("style") != nil {
				page = stated{value: by.value.Get("style"), file: by.file}
			}
			if wx := page.value.Get(target); wx != nil {
				page.value = overlay(page.value, wx, false)
			}
			s.Pages[route] = page
		}
	}
	note("", pages.value.Get("pages"))
	for _, sub := range subpackages(pages.value) {
		note(sub.Root, sub.Value.Get("pages"))
	}
}

// note keeps what could not be read and names no program.
func (f *finder) note(u Unread) { f.unread = append(f.unread, u) }

// vue3 reports whether the program in dir is built for Vue 3. The script that HBuilderX makes for a new program is for both
// versions, by #ifdef VUE3; the manifest chooses, and one without vueVersion is for Vue 2 (uni-app documents, manifest.json;
// read 2026-11) unless the packages of the project are those of Vue 3.
func (f *finder) vue3(dir string, manifest stated) bool {
	version := manifest.value.Get("vueVersion").String()
	if version == "3" || !f.says(dir, "createSSRApp") {
		return version == "3"
	}
	forBoth := f.says(dir, "VUE3")
	unsaid := version == "" && manifest.file != nil && !f.asksForVue3(dir)
	return !(forBoth && (version == "2" || unsaid))
}

// asksForVue3 reports whether package.json asks for Vue 3, or for Vite, with which uni-app builds that alone.
func (f *finder) asksForVue3(dir string) bool {
	packages := f.readJSON(path.Join(f.list.packageDir(dir), "package.json"), nil).value
	for _, kind := range [...]string{"dependencies", "devDependencies"} {
		asked := packages.Get(kind)
		version := strings.TrimLeft(asked.Get("vue").String(), "^~>=v ")
		if strings.HasPrefix(version, "3") || asked.Get("@dcloudio/vite-plugin-uni") != nil {
			return true
		}
	}
	return false
}

// says reports whether the script that starts a uni-app program mentions word.
func (f *finder) says(dir, word string) bool {
	for _, name := range []string{"main.js", "main.ts"} {
		if p := path.Join(dir, name); f.list.has(p) {
			if file, bad := f.list.read(p); bad == nil && strings.Contains(file.Text, word) {
				return true
			}
		}
	}
	return false
}

// built reports whether a JSON file that is not in the tree is one that a plug-in writes
// when the program is built: its content is known from elsewhere.
func (l *configured) built(spec string) bool {
	name := path.Base(spec)
	return l.site.Framework == uniApp && (name == "pages.json" || name == "manifest.json")
}

// manifestKeys are keys of app.json that the build takes from manifest.json alone, and
// drops if pages.json has them (uni-app documents, pages.json and manifest.json, mp-weixin;
// read 2026-11).
var manifestKeys = []string{"requiredPrivateInfos", "permission"}

// pagesConfig brings pages.json and the part of manifest.json for WeChat into the
// form of app.json.
func pagesConfig(pages, own *jsonc.Value) *jsonc.Value {
	v := *pages
	v.Members = nil
	for _, m := range pages.Members {
		if slices.Contains(manifestKeys, m.Name) {
			continue
		}
		if m.Name == "globalStyle" {
			window := *m
			window.Name = "window"
			m = &window
		}
		v.Members = append(v.Members, m)
	}
	if global := pages.Path("globalStyle", "usingComponents"); global.Is(jsonc.Object) {
		v.Members = append(v.Members, &jsonc.Member{Name: "usingComponents", Value: global})
	}
	if own == nil {
		return &v
	}
	over := *own
	over.Members = slices.DeleteFunc(slices.Clone(own.Members), func(m *jsonc.Member) bool {
		return m.Name == "appid" || m.Name == "setting" || m.Name == "usingComponents" // a switch, in manifest.json
	})
	return overlay(&v, &over, false)
}

// easycom is one rule by which a tag of uni-app names a component.
type easycom struct {
	pattern *regexp.Regexp
	path    string // with $1
}

// easycomRules reads the rules of pages.json. The built-in rule,
// components/NAME/NAME.vue, is not among them.
func easycomRules(v *jsonc.Value) []easycom {
	var rules []easycom
	for _, m := range append(slices.Clone(members(v.Get("custom"))), members(v)...) {
		if !m.Value.Is(jsonc.String) {
			continue
		}
		if re, err := regexp.Compile(m.Name); err == nil {
			rules = append(rules, easycom{re, strings.ReplaceAll(m.Value.String(), "$1", "${1}")})
		}
	}
	return rules
}
