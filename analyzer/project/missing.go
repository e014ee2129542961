package project

import (
	_ "embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// What is named and not found: modules and components of the program that are not in
// the tree, and packages about which nothing is known. Each is kept with the modules
// and units that name it, so that a value that goes there is known to be lost, and
// is reported once.

// Missing is code that a module or unit names and that is not in the tree.
type Missing struct {
	Spec     string // as written: "../../api/save"
	Location source.Location
	Own      bool // a file of the program, not a package
	Known    bool // a package that the program declares, or that is known to be a library

	hides  bool // what it holds could collect something
	weigh  bool // whether it does depends on how the program uses it (constants.go)
	source *Import
}

// Hides reports whether what is missing could be more than constants.
func (m *Missing) Hides() bool { return m.hides }

// Lacks returns the missing code that spec, imported in m, names; nil if it is not
// missing.
func (m *Module) Lacks(spec string) *Missing {
	for i := range m.Missing {
		if m.Missing[i].Spec == spec {
			return &m.Missing[i]
		}
	}
	return nil
}

// assets are the endings of files that a build turns into addresses, styles or queries.
var assets = map[string]bool{
	".graphql": true, ".gql": true, ".css": true, ".less": true, ".scss": true, ".sass": true, ".styl": true, ".stylus": true,
	".wxss": true,
	".acss": true,
	".png":  true, ".jpg": true, ".jpeg": true, ".gif": true, ".svg": true, ".webp": true, ".ico": true,
	".ttf": true, ".woff": true, ".woff2": true,
	".mp3": true, ".mp4": true, ".m4a": true, ".wav": true, ".txt": true, ".md": true, ".html": true,
	".wasm": true, ".yaml": true, ".yml": true,
}

// lack notes that import i of m leads to no file.
func (l *linked) lack(m *Module, i *Import) {
	spec, _, _ := strings.Cut(i.Spec, "?")
	if i.types || i.data != "" || l.built(spec) || assets[strings.ToLower(path.Ext(spec))] || strings.Contains(spec, ":") {
		return
	}
	missing := Missing{Spec: i.Spec, Location: source.Location{File: m.File, Span: i.Span}, Own: l.owns(m, spec)}
	if missing.Own && l.declared(m, spec) {
		return
	}
	name, _ := resolve.PackageOf(spec) // ../node_modules/x is x
	if name == "" {
		name, _ = resolve.SplitPackage(i.Spec)
	}
	if copyOfPackage(spec) {
		missing.Own, missing.Known = false, true
	}
	missing.Known = missing.Known || !missing.Own && (l.dependencies[name] || knownPackage(i.Spec) || l.serverSide(m.File.Path))
	missing.hides = missing.Own && !m.WXS || !missing.Own && !missing.Known && elementOf(m.Tree, i)
	missing.source, missing.weigh = i, missing.Own && !m.WXS && !m.Setup
	m.Missing = append(m.Missing, missing)
}

// owns reports whether spec, imported in m, is the name of a file of the program.
func (l *linked) owns(m *Module, spec string) bool {
	name, _ := resolve.SplitPackage(spec)
	switch {
	case strings.HasPrefix(spec, "."), strings.HasPrefix(spec, "/"):
		inside, _ := resolve.PackageOf(spec)
		return inside == "" || l.siblings[inside] || !l.dependencies[inside] && !knownPackage(inside)
	case l.siblings[name], m.WXS, strings.HasPrefix(spec, "#"), strings.HasPrefix(spec, "@/"), strings.HasPrefix(spec, "~"):
		return true // no package has a name like these
	}
	inside, _ := resolve.PackageOf(spec)
	return inside == "" && l.resolverOf(m.File.Path).Aliased(spec)
}

// declared reports whether the file that spec names holds only types: './user.types' and
// './user.types.d' both mean user.types.d.ts.
func (l *linked) declared(m *Module, spec string) bool {
	bases := append([]string{path.Join(path.Dir(m.File.Path), spec)}, l.resolve.Targets(spec)...)
	for _, base := range bases {
		for _, name := range []string{strings.TrimSuffix(strings.TrimSuffix(base, ".ts"), ".d") + ".d.ts", path.Join(base, "index.d.ts")} {
			fsys, name := l.list.place(name)
			if fsys == nil {
				continue
			}
			if _, err := fs.Stat(fsys, name); err == nil {
				return true
			}
		}
	}
	return false
}

//go:embed packages.txt
var packageData string

// libraryPackages and libraryTags are the two parts of packages.txt.
var (
	libraryPackages = sync.OnceValue(func() []string { return packageWords(false) })
	libraryTags     = sync.OnceValue(func() []string { return packageWords(true) })
)

func packageWords(tags bool) (patterns []string) {
	for line := range strings.Lines(packageData) {
		rest, isTags := strings.CutPrefix(line, "tags ")
		if !strings.HasPrefix(line, "#") && isTags == tags {
			patterns = append(patterns, strings.Fields(rest)...)
		}
	}
	return patterns
}

// knownPackage reports whether the package of an import is known to be a library, which
// need not be in the tree.
func knownPackage(spec string) bool {
	name, _ := resolve.SplitPackage(spec)
	if kitOfPackage(name) != name || platform.Client(spec) != "" {
		return true
	}
	for _, p := range platform.Packages() {
		if p.Name == name || p.Name == spec {
			return true
		}
	}
	for _, lib := range platform.Libraries() {
		if lib.Name == name {
			return true
		}
	}
	return slices.ContainsFunc(libraryPackages(), func(pattern string) bool {
		return doublestar.MatchUnvalidated(pattern, name) || doublestar.MatchUnvalidated(pattern, spec)
	})
}

// componentFolders are the folders that uni-app has for native components of each platform
// (guide, project structure; read 2026-11).
var componentFolders = []string{"wxcomponents/", "mycomponents/", "swancomponents/", "ttcomponents/", "kscomponents/", "jdcomponents/"}

// copyOfPackage reports whether a path leads into the copy of a library that is known in
// such a folder: "@/wxcomponents/towxml/towxml".
func copyOfPackage(spec string) bool {
	return slices.ContainsFunc(componentFolders, func(folder string) bool {
		_, rest, ok := strings.Cut(spec, folder)
		name, _ := resolve.SplitPackage(rest)
		return ok && knownPackage(name)
	})
}

// gap is one thing that is missing, with all places that name it.
type gap struct {
	Unread
	more int // places that name it, but for the first
}

// gaps collects what is missing, once each.
type gaps struct {
	byKey map[string]*gap
	keys  []string
}

// add notes a place that names the missing thing with that key.
func (g *gaps) add(key string, u Unread) {
	if known := g.byKey[key]; known != nil {
		known.more++
		known.Hides = known.Hides || u.Hides
		return
	}
	g.byKey[key] = &gap{Unread: u}
	g.keys = append(g.keys, key)
}

// reportMissing reports what the parts of the program that a page reaches name but
// the tree lacks.
func (l *linked) reportMissing() {
	g := &gaps{byKey: map[string]*gap{}}
	for _, base := range sortedKeys(l.units) {
		l.dropUnused(g, l.units[base])
	}
	for _, p := range sortedKeys(l.modules) {
		l.weighMissing(l.modules[p])
		if m := l.modules[p]; m.Own() {
			for _, missing := range m.Missing {
				l.missingModule(g, m, missing)
			}
		}
	}
	for _, base := range sortedKeys(l.units) {
		if u := l.units[base]; u.Own() {
			l.missingComponents(g, u)
			l.missingParts(g, u)
			l.unregistered(g, u)
		}
	}
	l.unnamed(g)
	l.reportGaps(g, lang.Both("（另有 %d 处引用它）", " (and named in %d more places)"))
}

// reportGaps reports each gap once. others says, with their number, that there are more
// places.
func (l *linked) reportGaps(g *gaps, others lang.Text) {
	for _, key := range g.keys {
		u := g.byKey[key].Unread
		if n := g.byKey[key].more; n > 0 {
			u.Reason = u.Reason.Plus(lang.Textf(others.ZH, others.EN, n))
		}
		l.report(u)
	}
}

func (l *linked) missingModule(g *gaps, m *Module, missing Missing) {
	u := Unread{Path: m.File.Path, Location: missing.Location}
	if missing.Own {
		key := missing.Spec
		if strings.HasPrefix(key, ".") {
			key = path.Join(path.Dir(m.File.Path), key)
		}
		u.Hides = missing.hides
		u.Reason = lang.Textf("此处引用的“%s”不存在，其中的代码没有读取；请补上文件（可能没有提交，或由构建生成）或改正路径",
			`"%s", which is imported here, is not there, and its code was not read; add the file (it may be generated, or not committed) or correct the path`, missing.Spec)
		if name, _ := resolve.SplitPackage(missing.Spec); l.siblings[name] {
			u.Reason = lang.Textf("此处引用的“%s”是本仓库的包，但不在可以读取的范围内，其中的代码没有读取；请扫描仓库的根目录，或去掉 beian.yaml 中的 outside: false",
				`"%s", which is imported here, is a package of the repository, but out of reach, and its code was not read; `+
					"scan the top of the repository, or remove outside: false from beian.yaml", missing.Spec)
		}
		g.add(key, u)
		return
	}
	name, _ := resolve.SplitPackage(missing.Spec)
	if missing.Known {
		return
	}
	u.Reason = lang.Textf("此处引用的包“%s”不在目录中，package.json 的 dependencies 没有列出它，也不是已知的库，其中的代码没有读取；请安装它，或改正名称",
		`the package "%s", which is imported here, is not in the tree, not in the dependencies of package.json and no library that is known; its code was not read; install it or correct the name`, name)
	if missing.hides {
		u.Hides = true
		u.Reason = lang.Textf("组件来自包“%s”，它不在目录中，package.json 的 dependencies 没有列出它，也不是已知的库，其中的代码没有读取；请安装它，或改正名称",
			`a component comes from the package "%s", which is not in the tree, not in the dependencies of package.json and no library that is known; `+
				"its code was not read; install it or correct the name", name)
	}
	g.add("package "+name, u)
}

// serverSide reports whether the file at p is that of a cloud function, which can
// import what its server provides.
func (l *linked) serverSide(p string) bool {
	return slices.ContainsFunc(l.cloud.resolvers, func(r *resolve.Resolver) bool { return under(r.Root, p) })
}

// missingComponents reports the components that the template of u uses but the tree
// lacks.
func (l *linked) missingComponents(g *gaps, u *Unit) {
	u.used(func(using *Using) {
		if using.Unit != nil || using.base != "" || using.Plugin || using.Generic {
			return
		}
		at := u.placeOf(using)
		missing := Missing{Spec: using.Value, Location: at, Own: using.Library == ""}
		bad := Unread{Path: at.File.Path, Location: at, Hides: true}
		switch {
		case missing.Own && copyOfPackage(using.Value):
			return
		case !knownPackage(using.Library) && u.View.onlyShows(using.Tag):
			l.lackShown(g, using.Tag, at)
			return
		case missing.Own:
			key := using.Value
			if strings.HasPrefix(key, ".") {
				key = path.Join(path.Dir(at.File.Path), key)
			}
			bad.Reason = lang.Textf("此处的组件“%s”（<%s>）不存在，没有读取；请补上文件（可能没有提交，或由构建生成）或改正路径",
				`the component "%s" (<%s>) that is named here is not there and was not read; add its files (they may be generated, or not committed) or correct the path`, using.Value, using.Tag)
			g.add(key, bad)
		case knownPackage(using.Library):
			return
		default:
			bad.Reason = lang.Textf("组件 <%s> 来自包“%s”，它不在目录中，内容不明；请安装后再扫描",
				`the component <%s> comes from the package "%s", which is not in the tree: what it does is not known; install it and scan again`, using.Tag, using.Library)
			g.add("component "+using.Library, bad)
		}
		u.Missing = append(u.Missing, missing)
	})
}

// missingParts reports a native page or component without a script, and a component
// without a template. On the platforms such a page is blank: a file was forgotten.
func (l *linked) missingParts(g *gaps, u *Unit) {
	switch {
	case l.site.Framework != nil:
		return
	case u.Kind == ComponentUnit && u.View == nil && u.Script != nil && u.Script.File != nil:
		g.add("template "+u.Path, Unread{Path: u.Script.File.Path, Hides: true,
			Reason: lang.Both("旁边没有模板文件，组件显示什么、收集什么没有读取；如果漏了文件，请补上",
				"there is no template beside the script of this component, so what it shows and collects was not read; add the file if it was forgotten")})
		return
	case u.Script != nil || u.View == nil || u.View.File == nil:
		return
	}
	g.add("script "+u.Path, Unread{Path: u.View.File.Path, Hides: true,
		Reason: lang.Both("旁边没有脚本文件，其中的事件没有处理函数；如果漏了文件，请补上",
			"there is no script beside this template, so its events have no handlers; add the file if it was forgotten")})
}

// unregistered reports tags in the template of u that nothing registers:
// no import, no list and no folder. A plug-in of the build may register them. If each page
// names its components, and there is no file of that name, there is nothing to show.
func (l *linked) unregistered(g *gaps, u *Unit) {
	if u.Scripted {
		l.undeclared(g, u)
		return
	}
	native := slices.Contains([]*framework{nil, mpx, wepy}, l.site.Framework) // each page names its components
	if l.registry.computed {
		return
	}
	u.View.closure(func(v *View) {
		if native && v != u.View {
			return // a template for several pages has tags that some of them do not show
		}
		for _, tag := range v.tags {
			name := kebab(tag)
			named := u.Components[tag] != nil || l.importedByName(u, name) || definesFunction(u, name)
			if named || knownTag(name) || strings.ContainsAny(tag, ":.{") {
				continue
			}
			reason := lang.Textf(
				"组件 <%s> 没有在任何地方引用或注册，可能由构建工具自动引入，没有读取；请写出引用，或提交构建生成的 components.d.ts",
				"the component <%s> is imported and registered nowhere; the build may bring it in, and it was not read; import it, or commit the components.d.ts that the build writes", tag)
			if native {
				reason = lang.Textf("组件 <%s> 没有在这里注册，不会显示，没有读取；请在 usingComponents 中注册，或删除这个标签",
					"the component <%s> is not registered here, so it is not shown and was not read; register it in usingComponents, or remove the tag", tag)
			}
			if meant := l.mistyped(u, name); native && meant != "" {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: lang.Textf(
					"<%s> 不是平台的标签，也没有注册为组件，可能是 <%s> 的笔误；其中的内容已读取",
					"<%s> is no element of the platform, and no component is registered under that name; <%s> may have been meant; what it holds was read", tag, meant)})
				continue
			}
			if native && (l.namedElsewhere(tag) || l.nobodys(u, name)) {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: reason})
				continue // its code is read where it is registered, or there is none
			}
			if u.View.onlyShows(tag) {
				l.lackShown(g, tag, v.tagPlace(tag))
				continue
			}
			l.lackTag(g, u, tag, v.tagPlace(tag), reason)
		}
	})
}

// nobodys reports whether a tag that u does not register can be no component: u has its
// configuration, and no file in the tree has that name.
func (l *linked) nobodys(u *Unit, tag string) bool {
	return (u.ConfigFile != nil || u.Single) && !l.names()[tag]
}

// names returns the names of the files in the tree and of their folders, as tags.
func (l *linked) names() map[string]bool {
	if l.tags == nil {
		l.tags = map[string]bool{}
		for _, p := range l.list.paths {
			l.tags[kebab(nameOf(p))] = true
			l.tags[kebab(path.Base(path.Dir(p)))] = true
		}
	}
	return l.tags
}

// mistyped returns the element of the platform that a tag of u, which is no component of
// the program, was meant to be: block for bock. If the configuration of u is not there, the tag
// may be a component that it names.
func (l *linked) mistyped(u *Unit, tag string) string {
	if strings.Contains(tag, "-") || !l.nobodys(u, tag) {
		return ""
	}
	return spelling.Nearest(tag, platformTags)
}

// platformTags are elements that every platform has and that programs use most.
var platformTags = strings.Fields("block view text image button input textarea form label picker swiper switch slider icon canvas video navigator checkbox radio")

// namedElsewhere reports whether another page or component registers a tag.
func (l *linked) namedElsewhere(tag string) bool {
	for _, u := range l.units {
		if using := u.Components[tag]; using != nil && using.Unit != nil && u.Own() {
			return true
		}
	}
	return false
}

// unnamed reports components of a native program that nothing names, if a page that a
// person sees lacks the configuration that would name them.
func (l *linked) unnamed(g *gaps) {
	bare := ""
	for _, base := range sortedKeys(l.units) {
		if u := l.units[base]; u.Own() && u.Kind == PageUnit && u.View != nil && u.ConfigFile == nil && bare == "" {
			bare = u.Path
		}
	}
	if bare == "" || l.site.Framework != nil {
		return
	}
	for _, base := range sortedKeys(l.units) {
		u := l.units[base]
		if u.Kind != ComponentUnit || u.Reachable || u.Library != "" || u.ConfigFile == nil {
			continue
		}
		g.add("component "+base, Unread{Path: u.ConfigFile.Path, Hides: true, Reason: lang.Textf(
			"没有地方使用这个组件，但页面“%s”缺少说明它使用哪些组件的 .json 文件；请补上该文件，或删除这个组件",
			`nothing uses this component, but the page "%s" lacks the .json file that says which components it uses; add that file or remove the component`,
			bare)})
	}
}

// lackTag notes that nothing says what a tag of u is.
func (l *linked) lackTag(g *gaps, u *Unit, tag string, at source.Location, reason lang.Text) {
	u.Missing = append(u.Missing, Missing{Spec: tag, Location: at, Own: true})
	g.add("tag "+kebab(tag), Unread{Path: at.File.Path, Location: at, Hides: true, Reason: reason})
}

// undeclared reports elements in the script of u whose component nothing declares.
func (l *linked) undeclared(g *gaps, u *Unit) {
	if u.Script == nil || u.Script.Tree == nil {
		return
	}
	script.Walk(u.Script.Tree, func(n script.Node) bool {
		e, ok := n.(*script.JSXElement)
		if !ok {
			return true
		}
		id, ok := e.Name.(*script.Ident)
		if ok && id.Symbol == nil && id.Name != strings.ToLower(id.Name) && !knownTag(kebab(id.Name)) {
			l.lackTag(g, u, id.Name, source.Location{File: u.Script.File, Span: e.Open}, lang.Textf(
				"组件 <%s> 没有引用，也没有定义，可能由构建工具自动引入，没有读取；请写出引用",
				"the component <%s> is neither imported nor defined; the build may bring it in, and it was not read; import it", id.Name))
		}
		return true
	})
}

// definesFunction reports whether <script setup> has a function whose name a tag is: it may
// draw what the tag shows.
func definesFunction(u *Unit, name string) bool {
	if u.Script == nil || u.Script.Tree == nil || !u.Script.Setup {
		return false
	}
	return slices.ContainsFunc(u.Script.Tree.Body(), func(s script.Stmt) bool {
		switch s := s.(type) {
		case *script.FuncDecl:
			return s.Func.Name != nil && kebab(s.Func.Name.Name) == name
		case *script.VarDecl:
			return slices.ContainsFunc(s.Decls, func(d *script.Declarator) bool {
				id, named := d.Target.(*script.Ident)
				_, fn := d.Init.(*script.Function)
				return named && fn && kebab(id.Name) == name
			})
		}
		return false
	})
}

// importedByName reports whether the script of u imports something under the name of a
// tag; the import is then reported instead.
func (l *linked) importedByName(u *Unit, name string) bool {
	if u.Script == nil || u.Script.Tree == nil {
		return false
	}
	if list, ok := definitionOf(u.Script.Tree).member("components").(*script.Object); ok {
		for _, p := range list.Props {
			if kebab(p.Key) == name {
				return true
			}
		}
	}
	for _, s := range u.Script.Tree.Body() {
		imp, ok := s.(*script.Import)
		if !ok {
			continue
		}
		for _, id := range append(localNames(imp), imp.Default, imp.Namespace) {
			if id != nil && kebab(id.Name) == name {
				return true
			}
		}
	}
	return false
}

// knownTag reports whether a tag, in kebab case, is an element of a platform or
// framework, or, by its prefix, a component of a library.
func knownTag(name string) bool {
	for _, k := range kits() {
		if k.Prefix != "" && strings.HasPrefix(name, k.Prefix) {
			return true
		}
	}
	for _, lib := range platform.Libraries() {
		if lib.Prefix != "" && strings.HasPrefix(name, lib.Prefix+"-") {
			return true
		}
	}
	return slices.ContainsFunc(libraryTags(), func(pattern string) bool { return doublestar.MatchUnvalidated(pattern, name) })
}

// placeOf is the place where a unit names a component: in its configuration, or the
// first tag.
func (u *Unit) placeOf(using *Using) source.Location {
	if u.ConfigFile != nil {
		for _, m := range members(u.Config.Get("usingComponents")) {
			if m.Name == using.Tag && m.Value.String() == using.Value && m.Span.Len() > 0 {
				return source.Location{File: u.ConfigFile, Span: m.Span}
			}
		}
	}
	return u.View.tagPlace(using.Tag)
}
