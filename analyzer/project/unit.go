package project

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// implicitUnits are components that a platform uses without being told, if
// they are there.
var implicitUnits = []string{"custom-tab-bar/index", "customize-tab-bar/index", "app-bar/index"}

// addUnits makes units of the app, of the registered pages, of the components
// that a platform uses by itself, and of the program's other pages and
// components. Components of libraries become units when something uses them.
func (l *linked) addUnits() {
	l.global = l.usings(l.site.Source, l.program.Config.Value)
	l.addApp()
	if l.site.Framework != nil || l.builtByWeappVite {
		l.program.Defined, l.program.Fixed = l.defined(), l.fixed()
	}
	if l.site.Framework != nil {
		l.registerAll()
		l.auto = l.autoImports()
	} else {
		l.placed = l.placedComponents()
	}
	for _, route := range l.program.Config.Pages {
		l.addRoute(route)
	}
	for _, base := range sortedKeys(l.site.Entries) {
		if s := l.resolve.Page(l.site.Entries[base], l.resolve.Scripts); s != "" {
			l.program.Mounts = append(l.program.Mounts, l.module(s))
		}
	}
	for _, p := range implicitUnits {
		if base := path.Join(l.site.Source, p); l.resolve.Page(base, l.resolve.Markup) != "" {
			l.implicit = append(l.implicit, l.unit(base, ComponentUnit))
		}
	}
	if l.site.Form == plugin {
		for _, m := range members(l.program.Config.Value.Get("publicComponents")) {
			if c := l.resolve.Component(l.site.Source, "/"+strings.TrimPrefix(m.Value.String(), "/")); c.Path != "" {
				l.implicit = append(l.implicit, l.unit(c.Path, ComponentUnit))
			}
		}
	}
	if f := l.site.Framework; f != nil && f.JSX {
		for _, p := range sortedKeys(l.modules) {
			if l.views[p] == nil && l.modules[p].Library == "" && markup.HasElements(l.modules[p].Tree) {
				l.unit(strings.TrimSuffix(p, path.Ext(p)), ComponentUnit)
			}
		}
	}
	for _, p := range sortedKeys(l.views) {
		base := p
		if l.isTemplate(p) || l.site.Framework.single(p) {
			base = l.componentAtFile(p)
		}
		isScript := l.site.Framework.reads(p) && !l.site.Framework.single(p)
		if base == "" || l.units[base] != nil || l.templates[p] || l.shelfed(p) || isScript {
			continue
		}
		if l.site.Framework.single(p) {
			l.unit(base, ComponentUnit)
			continue
		}
		config := l.unitJSON(base, true)
		switch {
		case config != nil && config.value.Get("component").Bool():
			l.unit(base, ComponentUnit)
		case l.resolve.Page(base, l.resolve.Scripts) != "":
			l.unit(base, PageUnit)
		}
	}
}

// componentAtFile is the path of the component whose template is in the file p, without suffix and without the
// name of the target for which the file is: form.wx.cml shows form. It is "" if the file is for
// another target, or shows nothing itself.
func (l *linked) componentAtFile(p string) string {
	base, f := strings.TrimSuffix(p, path.Ext(p)), l.site.Framework
	if f == nil || len(f.infixes(l.list.target)) == 0 {
		return base
	}
	infix := path.Ext(base)
	switch name := strings.TrimPrefix(infix, "."); {
	case path.Ext(p) == ".interface":
		return ""
	case slices.Contains(f.infixes(l.list.target), infix):
		return strings.TrimSuffix(base, infix)
	case l.isTarget(name), foreignTargets[name]:
		return ""
	}
	return base
}

// dropTemplates removes units that were made because a script is beside their
// template, if other templates include that template: its elements belong to
// the units of those.
func (l *linked) dropTemplates() {
	shared := map[*View]bool{}
	for _, v := range l.views {
		for _, list := range [][]*View{v.Imports, v.included} {
			for _, i := range list {
				shared[i] = true
			}
		}
	}
	for base, u := range l.units {
		if u.Kind == PageUnit && !u.Registered && shared[u.View] {
			delete(l.units, base)
		}
	}
}

// shelfed reports whether a file belongs to a library.
func (l *parsed) shelfed(p string) bool {
	name, _ := l.shelf.library(p)
	return name != ""
}

func (l *linked) addApp() {
	name := "app"
	switch l.site.Form {
	case game:
		name = "game"
	case plugin:
		name = "index"
		if main := l.program.Config.Value.Get("main").String(); main != "" {
			name = strings.TrimSuffix(path.Join("/", main)[1:], path.Ext(main))
		}
	}
	u := &Unit{
		Kind: AppUnit, Path: name, Config: l.program.Config.Value, ConfigFile: l.site.File,
		Title:      l.program.Config.Value.Path("window", "navigationBarTitleText").String(),
		Components: map[string]*Using{},
	}
	files := []string{name}
	if f := l.site.Framework; f != nil {
		files = f.App
		for _, entry := range f.Entry {
			if s := l.resolve.Page(path.Join(l.site.Source, entry), f.Scripts); s != "" {
				l.program.Entry = l.module(s)
			}
		}
	}
	for _, file := range files {
		if s := l.resolve.Page(path.Join(l.site.Source, file), l.resolve.Scripts); s != "" {
			u.Script = l.codeModule(s)
			u.Single = l.site.Framework.single(s)
			l.elements(u, s)
			break
		}
	}
	for _, using := range l.global {
		u.Components[using.Tag] = using
	}
	l.app = u
	l.units[path.Join(l.site.Source, name)] = u
}

// addRoute makes the unit of a registered page.
func (l *linked) addRoute(route string) {
	u := l.unit(l.standsFor(route), PageUnit)
	u.Kind, u.Registered, u.Library = PageUnit, true, ""
	if route != u.Path {
		u.Routes = append(u.Routes, route)
	}
	if over := l.extPages.Get(route); over != nil {
		if u.Config == nil {
			u.Config = unplaced(over)
		} else {
			u.Config = overlay(u.Config, over, false)
		}
		u.Title = l.titleOf(u)
		l.setComponents(u, l.standsFor(route))
	}
	handsOn := l.site.Framework != nil && l.site.Framework.JSX && u.Script != nil // export default of an imported component
	if u.View == nil && !u.Scripted && !handsOn {
		what := lang.Both("模板", l.platform.Markup)
		if u.Script == nil {
			what = lang.Both("模板和脚本", l.platform.Markup+" or .js")
		}
		if f := l.site.Framework; f != nil {
			what = lang.Both(" "+strings.Join(f.suffixes(), "、")+" ", strings.Join(f.suffixes(), " or "))
		}
		span := l.routeSpan[route]
		bad := Unread{
			Path: l.site.Manifest,
			Reason: lang.Textf("此处注册了页面“%s”，但缺少%s文件；请从列表中删除或补上文件",
				`the page "%s" is registered here, but has no %s file; remove it from the list or add the file`, route, what),
			Hides: !quietPlugin(u.Path),
		}
		if l.site.Lists != "" {
			bad.Path = l.site.Lists
		}
		if reason, foreign := l.inForeignTongue(l.standsFor(route)); foreign {
			bad.Reason = reason
		}
		if span.Len() > 0 {
			bad.Location = source.Location{File: l.site.File, Span: span}
		}
		l.report(bad)
	}
}

// unit returns the unit whose files have the given path without extension.
func (l *linked) unit(base string, kind UnitKind) *Unit {
	if u := l.units[base]; u != nil {
		if kind == ComponentUnit && u.Kind == PageUnit && !u.Registered {
			u.Kind = ComponentUnit
		}
		return u
	}
	u := &Unit{Kind: kind, Path: l.route(base)}
	u.Library, _ = l.shelf.library(base)
	l.units[base] = u
	l.fresh = true
	s := l.resolve.Page(base, l.resolve.Scripts)
	if l.beyond(s) {
		l.adopt(s)
	}
	s = l.standsIn(s)
	if s != "" {
		u.Script = l.codeModule(s)
	}
	if v := l.resolve.Page(base, l.resolve.Markup); v != "" {
		u.View = l.view(v)
	}
	if s != "" && l.site.Framework.single(s) {
		u.View, u.Single = l.templateView(s), true
		if l.parts[s].template == "" && drawsAlone(u) {
			l.drawn(u, s)
			u.Single = false
		}
	}
	if l.beyond(s) || ofMarket(s) {
		l.parsePending() // what its tags name is requested at once
	}
	if u.View == nil && s != "" {
		l.elements(u, s)
	}
	j := l.unitJSON(base, u.Library == "")
	if entry := l.site.Entries[base]; j == nil && entry != "" {
		j = l.unitJSON(entry, true)
	}
	if j != nil {
		u.Config, u.ConfigFile = j.value, j.file
	}
	if l.site.Framework != nil && u.Config == nil {
		c := l.statedConfig(u, base, s)
		u.Config, u.ConfigFile = c.value, c.file
		if c.lacksParts && u.Kind != AppUnit {
			l.report(Unread{Path: c.file.Path, Hides: true, Reason: lang.Both(
				"它使用哪些组件有一部分由代码计算得出，没有读取；请写成字面量",
				"a part of the list of components that it uses is computed and was not read; write it as literals")})
		}
	}
	u.Title = l.titleOf(u)
	l.setComponents(u, base)
	return u
}

// route is the path of a file below the program's source directory.
func (l *configured) route(p string) string {
	for registered, base := range l.stands {
		if base == p {
			return registered
		}
	}
	if l.site.Source == "." {
		return p
	}
	return strings.TrimPrefix(p, l.site.Source+"/")
}

// titleOf returns a page's title, under the name of either family of platforms, or the
// text of the tab that opens it.
func (l *linked) titleOf(u *Unit) string {
	for _, key := range []string{"navigationBarTitleText", "defaultTitle"} {
		if t := u.Config.Get(key).String(); t != "" {
			return t
		}
	}
	for _, key := range []string{"list", "items"} {
		tabs := l.program.Config.Value.Path("tabBar", key)
		if tabs == nil {
			continue
		}
		for _, tab := range tabs.Elems {
			if strings.Trim(tab.Get("pagePath").String(), "/") == u.Path {
				return cmp.Or(tab.Get("text").String(), tab.Get("name").String())
			}
		}
	}
	return ""
}

// setComponents fills in the components that a unit's template can name. The
// global ones apply to all but libraries and independent subpackages.
func (l *linked) setComponents(u *Unit, base string) {
	u.Components = map[string]*Using{}
	independent := false
	for _, root := range l.independent {
		independent = independent || under(root, u.Path)
	}
	if u.Library == "" && !independent {
		for _, using := range l.global {
			u.Components[using.Tag] = using
		}
	}
	for _, using := range l.usings(path.Dir(cmp.Or(l.site.Entries[base], base)), u.Config) {
		u.Components[using.Tag] = using
		if name := spelling.Tag(using.Tag); l.sharesNative() && u.Kind == PageUnit && l.registry.byPage[name] == nil {
			l.registry.byPage[name] = using
		}
	}
	if l.site.Framework != nil {
		l.registry.settle(func() { l.named(u, base) })
	}
	l.place(u)
}

// sharesNative reports whether the native components that a page names are those of all in it: Taro
// and mpvue make templates of its components.
func (l *linked) sharesNative() bool { return l.site.Framework == taro || l.site.Framework == mpvue }

// usings reads the component declarations of a JSON file in directory dir.
func (l *linked) usings(dir string, config *jsonc.Value) []*Using {
	var list []*Using
	for _, m := range members(config.Get("componentGenerics")) {
		using := &Using{Tag: m.Name, Generic: true}
		if value := m.Value.Get("default").String(); value != "" {
			l.locate(using, dir, value)
		}
		list = append(list, using)
	}
	for _, m := range members(config.Get("usingComponents")) {
		using := &Using{Tag: m.Name}
		l.locate(using, dir, m.Value.String())
		list = append(list, using)
	}
	for _, m := range members(config.Get("componentPlaceholder")) {
		for _, using := range list {
			if using.Tag == m.Name {
				using.placeholder = m.Value.String()
			}
		}
	}
	return list
}

// locate finds what a value of usingComponents names.
func (l *linked) locate(using *Using, dir, value string) {
	using.Value = value
	c := l.resolve.Component(dir, value)
	if c.Path == "" && !c.Plugin && (l.namesake(l.resolve, value) || l.committed(value)) {
		c = l.resolve.Component(dir, value)
	}
	if c.Path == "" {
		c = cmp.Or(l.copied(dir, value), c)
	}
	using.Plugin = c.Plugin
	inner := ""
	switch {
	case c.Path != "":
		using.base = c.Path
		using.Library, inner = l.shelf.library(c.Path)
		if using.Library == "" {
			using.Unit = l.unit(c.Path, ComponentUnit)
		}
	case c.Package != "" && l.isPackage(c.Package):
		using.Library, inner = kitOfPackage(c.Package), c.Inner
	case !c.Plugin:
		if using.Library, inner = kitOfPath(value); using.Library == "" {
			using.Library, inner = kitOfTag(using.Tag, value)
		}
	}
	if using.Library != "" {
		using.Name = componentName(using.Library, inner)
	}
}

// isPackage tells an npm package that is not in the tree from a missing path of
// the program's own.
func (l *configured) isPackage(name string) bool {
	if l.siblings[name] {
		return false
	}
	scoped := strings.HasPrefix(name, "@") && !strings.HasPrefix(name, "@/") && strings.Contains(name, "/")
	if l.dependencies[name] || scoped {
		return true
	}
	for _, part := range []string{"miniprogram", "weapp", "-ui", "wx-", "mp-"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return kitOfPackage(name) != name
}

// installed finds the npm packages that package.json asks for, that are
// installed, and that were not copied to miniprogram_npm, and adds their files
// to the tree.
func (l *configured) installed(tree *resolve.Tree) {
	for _, dir := range l.packageDirs() {
		manifest := l.readJSON(path.Join(dir, "package.json"), false)
		if manifest == nil {
			continue
		}
		for _, m := range members(manifest.value.Get("dependencies")) {
			l.dependencies[m.Name] = true
			if _, ok := l.packages[m.Name]; !ok && cleanPackage(m.Name) {
				l.install(tree, path.Join(dir, "node_modules", m.Name), m.Name)
			}
		}
		if l.site.Framework == nil {
			continue // the developer tools take dependencies alone
		}
		for _, m := range members(manifest.value.Get("devDependencies")) { // a bundler takes what is imported
			l.dependencies[m.Name] = true
		}
	}
}

// cleanPackage reports whether name can be a directory in node_modules.
func cleanPackage(name string) bool {
	return name != "" && path.Join("/", name) == "/"+name && strings.Count(name, "/") <= 1
}

// packageDirs are the directories whose package.json says what the program imports: its own,
// and if these have none the next one above, as for src/app.json.
func (l *configured) packageDirs() []string {
	dirs := []string{l.site.Source}
	if l.site.Root != l.site.Source {
		dirs = append(dirs, l.site.Root)
	}
	stated := func(dir string) bool { return l.list.has(path.Join(dir, "package.json")) }
	if slices.ContainsFunc(dirs, stated) {
		return dirs
	}
	for up, ok := l.list.parent(l.site.Root); ok; up, ok = l.list.parent(up) {
		if stated(up) {
			return append(dirs, up)
		}
		if up == "." && l.list.around == nil {
			break
		}
	}
	return dirs
}

// committed adds the package that spec names if it is installed in the tree, although nothing
// declares it, and reports whether it did. A library that is known need not be read.
func (l *linked) committed(spec string) bool {
	name, _ := resolve.PackageOf(spec)
	if name == "" {
		name, _ = resolve.SplitPackage(spec)
	}
	_, taken := l.packages[name]
	if taken || !cleanPackage(name) || strings.HasPrefix(name, ".") || knownPackage(name) {
		return false
	}
	for _, dir := range l.packageDirs() {
		if l.install(l.resolve.Tree, path.Join(dir, "node_modules", name), name); l.packages[name].Dir != "" {
			return true
		}
	}
	return false
}

func (l *configured) install(tree *resolve.Tree, dir, name string) {
	if len(l.list.below(path.Join(l.site.Source, "miniprogram_npm", name))) > 0 {
		return
	}
	files := newListing(l.list.fsys, nil)
	files.cache = l.list.cache
	manifest, bad := files.read(path.Join(dir, "package.json"))
	if bad != nil {
		return
	}
	v, err := l.list.cache.json(manifest)
	if err != nil {
		return
	}
	pkg := resolve.Package{Dir: dir}
	for _, sub := range []string{v.Get("miniprogram").String(), "miniprogram_dist"} {
		if sub == "" {
			continue
		}
		files.walk(path.Join(dir, path.Join("/", sub)[1:]))
		if len(files.size) > 0 {
			pkg.Dir = path.Join(dir, path.Join("/", sub)[1:])
			break
		}
	}
	if len(files.size) == 0 {
		files.walk(dir)
		if main := v.Get("main").String(); main != "" {
			pkg.Main = path.Join(dir, path.Join("/", main)[1:])
		}
	}
	files.sort()
	for _, p := range files.paths {
		if !l.list.has(p) {
			l.extra[p] = files.size[p]
		}
	}
	tree.Add(files.paths...)
	l.packages[name] = pkg
}
