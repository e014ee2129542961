package project

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Programs of mpvue (mpvue.com, quick start and mpvue-loader; mpvue-entry; read 2026-11). Each page
// is a folder with a script main.js, which names the component that it shows:
//
//	import App from './index'      // of pages/order/main.js: the page pages/order/main shows pages/order/index.vue
//	new Vue(App).$mount()
//
// The list of pages is in src/app.json, or what src/main.js exports says it. The build adds those
// that are not listed. With mpvue-entry src/pages.js lists the components themselves. The configuration
// of a page is what its main.js exports or, since version 2, main.json, which the build copies.
var mpvue = &framework{platform.FrameworkByName("mpvue"), markup.Vue}

// mpvue takes dir, which has an App.vue, as the sources of a program of mpvue.
func (f *finder) mpvue(dir string) {
	entry := f.scriptAt(dir, mpvue.Entry[0])
	if entry == "" || f.list.has(path.Join(dir, "pages.json")) {
		return
	}
	if f.frameworkAt(dir) != mpvue.Name && !f.mpvueByItself(dir) {
		return
	}
	var site *site
	for _, s := range f.sites {
		if s.Source == dir {
			site = s
		}
	}
	switch {
	case site == nil:
		tree := f.readScript(entry)
		if tree == nil {
			return
		}
		config := exported(tree).Get("config")
		if config == nil {
			config = &jsonc.Value{Kind: jsonc.Object}
		}
		pages := f.mpvuePages(dir, config)
		site = f.addFramework(mpvue, dir, entry, stated{value: pages, file: tree.File})
	case site.Framework == nil && site.Form == miniProgram:
		site.Framework, site.Target = mpvue, f.list.target
		if site.Settings == nil {
			site.Root = f.list.packageDir(dir) // where the build runs
		}
		site.Config = f.mpvuePages(dir, site.Config)
	}
	if site == nil || site.Framework != mpvue {
		return
	}
	site.Copied = path.Join(f.list.packageDir(dir), copiedFolder)
	site.Stands, site.Entries, site.Pages = map[string]string{}, map[string]string{}, f.listedConfigs(dir)
	for _, p := range f.mpvueEntries(dir) {
		tree := f.readScript(p)
		if tree == nil {
			continue
		}
		shown := f.shownBy(tree, dir)
		if shown == "" {
			continue
		}
		site.Stands[routeOf(dir, p, listedIn(site.Config))] = shown
		site.Entries[shown] = strings.TrimSuffix(p, path.Ext(p))
		if config := exported(tree).Get("config"); config != nil {
			site.Pages[routeIn(dir, shown)] = stated{value: config, file: tree.File}
		}
	}
}

// mpvueByItself reports whether the sources in dir, without a package.json, are of mpvue: the app
// says what it is (App.mpType), and a page has an entry.
func (f *finder) mpvueByItself(dir string) bool {
	return f.says(dir, "mpType") && slices.ContainsFunc(f.mpvueEntries(dir), func(p string) bool {
		tree := f.readScript(p)
		return tree != nil && f.shownBy(tree, dir) != ""
	})
}

// scriptAt is the path of the script in dir that is called name, "" if there is none.
func (f *finder) scriptAt(dir, name string) string {
	for _, ext := range mpvue.Scripts {
		if p := path.Join(dir, name+ext); f.list.has(p) {
			return p
		}
	}
	return ""
}

// frameworkAt names the framework that the package.json of dir asks for.
func (f *finder) frameworkAt(dir string) string {
	p := path.Join(f.list.packageDir(dir), "package.json")
	if !f.list.has(p) {
		return ""
	}
	file, bad := f.list.read(p)
	if bad != nil {
		return ""
	}
	return frameworkOf(file.Text)
}

// mpvueEntries are the scripts in folders of pages below dir that show a component.
func (f *finder) mpvueEntries(dir string) (paths []string) {
	for _, p := range f.list.below(dir) {
		ext := path.Ext(p)
		if path.Dir(p) != dir && strings.TrimSuffix(path.Base(p), ext) == mpvue.Entry[0] && slices.Contains(mpvue.Scripts, ext) {
			paths = append(paths, p)
		}
	}
	return paths
}

// mpvuePages is config with the pages as other frameworks list them: without the mark of the first,
// and with those that only have an entry or are in the list of mpvue-entry.
func (f *finder) mpvuePages(dir string, config *jsonc.Value) *jsonc.Value {
	list, known := &jsonc.Value{Kind: jsonc.Array}, map[string]bool{}
	add := func(at *jsonc.Value, route string) {
		if route = strings.TrimPrefix(route, "/"); !known[route] {
			known[route] = true
			list.Elems = append(list.Elems, jsonc.NewString(at.Span, route))
		}
	}
	for _, e := range elems(config.Get("pages")) {
		add(e, strings.TrimPrefix(listedRoute(e), "^")) // mpvue-entry 2 takes objects here, too
	}
	maps.Copy(known, listedIn(config))
	_, listed := f.listedPages(dir)
	for _, e := range listed {
		if route := listedRoute(e); route != "" {
			add(list, route)
		}
	}
	for _, p := range f.mpvueEntries(dir) {
		if tree := f.readScript(p); tree != nil && f.shownBy(tree, dir) != "" {
			add(list, routeOf(dir, p, known))
		}
	}
	out := *config
	out.Members = slices.DeleteFunc(slices.Clone(config.Members), func(m *jsonc.Member) bool { return m.Name == "pages" })
	out.Members = append(out.Members, &jsonc.Member{Name: "pages", Value: list})
	return &out
}

// routeOf is the route of the page that the script at p shows: pages/order/main of pages/order/main.js, or pages/order/order
// if that is listed, as the first builds of mpvue called it (mpvue-quickstart 1.0.0, webpack.base.conf.js, getEntry; read 2026-12).
func routeOf(dir, p string, listed map[string]bool) string {
	route := routeIn(dir, p)
	if folder := path.Dir(route); listed[path.Join(folder, path.Base(folder))] {
		return path.Join(folder, path.Base(folder))
	}
	return route
}

// listedIn are the routes that a configuration lists.
func listedIn(config *jsonc.Value) map[string]bool {
	listed := map[string]bool{}
	for _, e := range elems(config.Get("pages")) {
		listed[e.String()] = true
	}
	for _, sub := range subpackages(config) {
		for _, e := range elems(sub.Value.Get("pages")) {
			listed[path.Join(sub.Root, e.String())] = true
		}
	}
	return listed
}

// listedPages are the pages that a script lists for mpvue-entry, and that script: src/pages.js,
// or the one that the build names.
func (f *finder) listedPages(dir string) (*source.File, []*jsonc.Value) {
	p := cmp.Or(f.scriptAt(dir, "pages"), f.namedList(f.list.packageDir(dir)))
	if p == "" {
		return nil, nil
	}
	tree := f.readScript(p)
	if tree == nil {
		return nil, nil
	}
	return tree.File, elems(exported(tree))
}

// namedList is the list of pages that a script of the build in root gives mpvue-entry:
//
//	entry: MpvueEntry.getEntry({ pages: './src/router/routes.js' })
//	entry: genEntry('./src/router/routes.js') // what version 0 exports
//
// It is "" if there is none. (mpvue-entry 0.3, 1 and 2, README, options; read 2026-11.)
func (f *finder) namedList(root string) (found string) {
	for _, p := range f.list.below(root) {
		if dir := path.Dir(p); !isScript(p) || dir != root && dir != path.Join(root, "build") {
			continue
		}
		file, bad := f.list.read(p)
		if bad != nil || !strings.Contains(file.Text, "mpvue-entry") {
			continue
		}
		itself := map[string]bool{} // names of the package
		script.Walk(f.list.cache.script(file, ModeOf(p)), func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Import:
				if n.Default != nil && n.Source.Value == "mpvue-entry" {
					itself[n.Default.Name] = true
				}
			case *script.Declarator:
				if id, ok := n.Target.(*script.Ident); ok && requiresPackage(n.Init, "mpvue-entry") {
					itself[id.Name] = true
				}
			case *script.Call:
				id, plain := n.Fn.(*script.Ident)
				lists := script.LastName(n.Fn) == "getEntry" || plain && itself[id.Name]
				if lists && len(n.Args) > 0 {
					found = cmp.Or(found, f.listIn(n.Args[0], root, path.Dir(p)))
				}
			}
			return found == ""
		})
	}
	return found
}

// requiresPackage reports whether x is require('name').
func requiresPackage(x script.Expr, name string) bool {
	call, ok := x.(*script.Call)
	if !ok || !requires(call.Fn) || len(call.Args) == 0 {
		return false
	}
	text, ok := call.Args[0].(*script.String)
	return ok && text.Value == name
}

// listIn is the script that an argument of getEntry names by its last text, below one of dirs:
// a path, a call that makes one, or an object with pages.
func (f *finder) listIn(arg script.Expr, dirs ...string) (found string) {
	if o, ok := arg.(*script.Object); ok {
		for _, p := range o.Props {
			if p.Key == "pages" {
				return f.listIn(p.Value, dirs...)
			}
		}
		return ""
	}
	script.Walk(arg, func(n script.Node) bool {
		text, ok := n.(*script.String)
		for _, dir := range dirs {
			if ok && f.list.has(path.Join(dir, text.Value)) {
				found = path.Join(dir, text.Value)
			}
		}
		return true
	})
	return found
}

// listedRoute is the route of a page in that list: 'pages/order.vue' or { path: '/pages/order' }.
func listedRoute(page *jsonc.Value) string {
	return strings.TrimSuffix(strings.TrimPrefix(cmp.Or(page.String(), page.Get("path").String()), "/"), ".vue")
}

// listedConfigs are the configurations of the pages in that list, by route.
func (f *finder) listedConfigs(dir string) map[string]stated {
	configs := map[string]stated{}
	file, listed := f.listedPages(dir)
	for _, e := range listed {
		if config := e.Get("config"); config != nil {
			configs[listedRoute(e)] = stated{value: config, file: file}
		}
	}
	return configs
}

// copied finds the component that a value of usingComponents in dir names in a folder that the build
// copies: what is in static beside the sources is in static of the program.
func (l *linked) copied(dir, value string) resolve.Component {
	at := path.Join("/", strings.TrimPrefix(dir+"/", l.site.Source+"/"), value)
	if strings.HasPrefix(value, "/") {
		at = path.Join("/", value)
	}
	if l.site.Framework != mpvue || !strings.HasPrefix(at, "/"+copiedFolder+"/") {
		return resolve.Component{}
	}
	return l.resolve.Component(path.Dir(l.site.Copied), "."+at)
}

// copiedFolder is what the build of mpvue copies as it is (mpvue-quickstart, webpack.base.conf.js; read 2026-11).
const copiedFolder = "static"

// findCopied recognises the copies of kits among the native components in that folder.
func (p *parsed) findCopied() {
	if p.site.Framework != mpvue {
		return
	}
	files := p.list.below(p.site.Copied)
	text := func(name string) *source.File {
		if p.size(name) > int64(maxFile) {
			return nil
		}
		f, _ := p.list.read(name)
		return f
	}
	p.shelf.findKits(files, text, p.platform, func(string) bool { return false })
	p.shelf.findFolders(files, mpvue)
}

// shownBy is the path, without suffix, of the component that an entry below root shows: that of
// new Vue(App), or of new Vue({ store, ...App }). It is "" if the script shows none.
func (f *finder) shownBy(tree *script.Program, root string) (base string) {
	names := map[string]bool{}
	script.Walk(tree, func(n script.Node) bool {
		made, ok := n.(*script.New)
		if !ok || script.LastName(made.Fn) != "Vue" || len(made.Args) == 0 {
			return true
		}
		script.Walk(made.Args[0], func(n script.Node) bool {
			if id, ok := n.(*script.Ident); ok {
				names[id.Name] = true
			}
			return true
		})
		return true
	})
	for _, s := range tree.Body() {
		i, ok := s.(*script.Import)
		if !ok || i.Default == nil || !names[i.Default.Name] {
			continue
		}
		at := path.Join(path.Dir(tree.File.Path), i.Source.Value)
		if rest, ok := strings.CutPrefix(i.Source.Value, "@/"); ok {
			at = path.Join(root, rest)
		}
		for _, is := range []func(string) string{f.asWritten, f.inOtherCase} {
			for _, end := range []string{"", ".vue", "/index.vue"} {
				if !mpvue.single(at + end) {
					continue
				}
				if p := is(at + end); p != "" {
					return strings.TrimSuffix(p, path.Ext(p))
				}
			}
		}
	}
	return ""
}

// asWritten is p if there is such a file.
func (f *finder) asWritten(p string) string {
	if f.list.has(p) {
		return p
	}
	return ""
}

// inOtherCase is the file that p names where capital letters do not count, as on the Windows and macOS
// of those who write import App from './Form' for form.vue. It is "" if several fit.
func (f *finder) inOtherCase(p string) (found string) {
	for _, other := range f.list.paths {
		if len(other) != len(p) || !strings.EqualFold(other, p) {
			continue
		}
		if found != "" {
			return ""
		}
		found = other
	}
	return found
}
