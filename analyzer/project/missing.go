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
	"github.com/beian/beian/analyzer/source"
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
	if i.types || i.erased || i.data != "" || l.built(spec) || assets[strings.ToLower(path.Ext(spec))] || strings.Contains(spec, ":") {
		return
	}
	missing := Missing{Spec: i.Spec, Location: source.Location{File: m.File, Span: i.Span}, Own: l.owns(m, spec)}
	if missing.Own && l.declared(m, spec) {
		return
	}
	name, _ := resolve.PackageOf(spec) // ../node_modules/x is x
	if name == "" {
		name, _ = resolve.SplitPackage(l.packageFor(i.Spec))
	}
	if copyOfPackage(spec) {
		missing.Own, missing.Known = false, true
	}
	small := strings.ToLower(name) // Windows and macOS find js-base64 for 'js-Base64', and names on npm have no capitals
	inCapitals := small != name && (l.dependencies[small] || knownPackage(small))
	known := l.dependencies[name] || inCapitals || knownPackage(i.Spec) || knownPackage(name) || l.serverSide(m.File.Path)
	missing.Known = missing.Known || !missing.Own && known
	// What a template computes by a script of its own decides texts, and a control whose texts are not known is told by itself.
	forTemplate := m.WXS || isFilter(spec)
	isData := dataSuffixes[path.Ext(spec)] // holds no control; what it says at one is told there
	missing.hides = missing.Own && !forTemplate && !isData || !missing.Own && !missing.Known && elementOf(m.Tree, i)
	missing.source, missing.weigh = i, missing.Own && !forTemplate && !m.Setup
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
	r := l.resolverOf(m.File.Path)
	folder := r.LikelyFolder(spec) // "@parts/sdk/index" where there is a folder parts
	if knownPackage(name) {
		return false // tsconfig.json may say where the types of a package are: miniprogram_npm, which is not committed
	}
	return inside == "" && (r.Aliased(spec) || folder != "" && l.list.holds(folder) && !l.dependencies[name])
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

// The parts of packages.txt: names of packages, of tags, and of plug-ins of DCloud's market.
var (
	libraryPackages = sync.OnceValue(func() []string { return packageWords("package") })
	libraryTags     = sync.OnceValue(func() []string { return packageWords("tags") })
	quietPlugins    = sync.OnceValue(func() []string { return packageWords("market") })
)

// packageWords are the words of the lines that begin with a keyword.
func packageWords(keyword string) (patterns []string) {
	for line := range strings.Lines(packageData) {
		if words := strings.Fields(line); len(words) > 0 && words[0] == keyword {
			patterns = append(patterns, words[1:]...)
		}
	}
	return patterns
}

// quietPlugin reports whether p is in the folder of a plug-in of the market that is known to
// collect nothing: uni_modules/uni-upgrade-center-app/pages/popup.
func quietPlugin(p string) bool {
	return slices.Contains(quietPlugins(), marketPlugin(p))
}

// knownPackage reports whether the package of an import is known to be a library, which
// need not be in the tree.
func knownPackage(spec string) bool {
	name, _ := resolve.SplitPackage(spec)
	if kitOfPackage(name) != name || platform.Client(spec) != "" || platform.IsPackage(name) || platform.IsPackage(spec) {
		return true
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

// copyOfPackage reports whether a path leads into the copy of a library that is known: in
// such a folder, "@/wxcomponents/towxml/towxml", or in one named after its scope, as tools of
// libraries write it, "../components/@minui/wxc-popup/dist/index", or in what its build wrote, "./utils/dayjs/dist/dayjs.min".
func copyOfPackage(spec string) bool {
	if before, _, ok := strings.Cut(spec, "/dist/"); ok && knownPackage(path.Base(before)) {
		return true
	}
	if _, rest, ok := strings.Cut(spec, "/@"); ok && knownPackage("@"+rest) {
		return true
	}
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
			l.dropDrawn(g, m)
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

// missingKey is what a missing file is listed by: two files may name one as ./field and ../form/field.
func missingKey(spec, from string) string {
	if strings.HasPrefix(spec, ".") {
		return path.Join(path.Dir(from), spec)
	}
	return spec
}

func (l *linked) missingModule(g *gaps, m *Module, missing Missing) {
	u := Unread{Path: m.File.Path, Location: missing.Location}
	if missing.Own {
		key := missingKey(missing.Spec, m.File.Path)
		u.Hides = missing.hides && !quietPlugin(key)
		u.Reason = lang.Textf("此处引用的“%s”不存在，其中的代码没有读取；请补上文件（可能没有提交，或由构建生成）或改正路径",
			`"%s", which is imported here, is not there, and its code was not read; add the file (it may be generated, or not committed) or correct the path`, missing.Spec)
		name, _ := resolve.SplitPackage(missing.Spec)
		switch pkg, found := l.resolverOf(m.File.Path).Packages[name]; {
		case found && l.siblings[name]:
			u.Reason = lang.Textf("此处引用的“%s”是本仓库 %s 中的包，但那里没有这个文件，其中的代码没有读取；它可能由构建生成，请先构建，或改正名称",
				`"%s", which is imported here, belongs to the package in %s of the repository, but no such file is there, and its code was not read; `+
					"a build may write it: build it first, or correct the name", missing.Spec, pkg.Dir)
		case l.siblings[name]:
			u.Reason = lang.Textf("此处引用的“%s”是本仓库的包，但不在可以读取的范围内，其中的代码没有读取；请扫描仓库的根目录，或去掉 beian.yaml 中的 outside: false",
				`"%s", which is imported here, is a package of the repository, but out of reach, and its code was not read; `+
					"scan the top of the repository, or remove outside: false from beian.yaml", missing.Spec)
		}
		g.add(key, u)
		return
	}
	name, _ := resolve.PackageOf(missing.Spec) // ../uni_modules/x/a is of x
	if name == "" {
		name, _ = resolve.SplitPackage(missing.Spec)
	}
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
	if u.Reachable {
		for _, shown := range l.program.PluginComponents(u) {
			g.pluginComponent(shown)
		}
	}
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
			key := missingKey(using.Value, at.File.Path)
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
		reason, foreign := l.inForeignTongue(strings.TrimSuffix(u.Script.File.Path, path.Ext(u.Script.File.Path)))
		if !foreign {
			reason = lang.Both("旁边没有模板文件，组件显示什么、收集什么没有读取；如果漏了文件，请补上",
				"there is no template beside the script of this component, so what it shows and collects was not read; add the file if it was forgotten")
		}
		g.add("template "+u.Path, Unread{Path: u.Script.File.Path, Hides: true, Reason: reason})
		return
	case u.Script != nil || u.View == nil || u.View.File == nil:
		return
	}
	g.add("script "+u.Path, Unread{Path: u.View.File.Path, Hides: true,
		Reason: lang.Both("旁边没有脚本文件，其中的事件没有处理函数；如果漏了文件，请补上",
			"there is no script beside this template, so its events have no handlers; add the file if it was forgotten")})
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
