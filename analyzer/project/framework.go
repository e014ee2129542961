package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Programs that are written for a framework and built into mini programs. Only
// the layout of their sources differs. Their configuration is brought into the
// form of app.json, and from there on they are loaded like native ones.

// framework describes the sources of programs that are built with it.
type framework struct {
	*platform.Framework
	Dialect *markup.Dialect
}

var (
	uniApp = &framework{platform.FrameworkByName("uni-app"), markup.Vue}
	wepy   = &framework{platform.FrameworkByName("wepy"), markup.Wepy}
	mpx    = &framework{platform.FrameworkByName("mpx"), markup.Mpx}
	taro   = &framework{platform.FrameworkByName("taro"), markup.TaroVue}

	// wepyVue is wepy with files of another name, which editors know (see wepyInVue).
	wepyVue = &framework{wepy.in(".vue"), markup.Wepy}

	weappVite = &framework{platform.FrameworkByName("weapp-vite"), markup.Vue}
)

// in is f with single-file components of another suffix beside its own.
func (f *framework) in(suffix string) *platform.Framework {
	other := *f.Framework
	other.Single = append([]string{suffix}, f.Single...)
	return &other
}

// reads reports whether a file of this name is a script or single-file component of
// the framework. A native program, which has none, has only isScript.
func (f *framework) reads(p string) bool {
	return isScript(p) || f != nil && (f.single(p) || slices.Contains(f.Scripts, path.Ext(p)))
}

// single reports whether p is a single-file component.
func (f *framework) single(p string) bool { return f != nil && slices.Contains(f.Single, path.Ext(p)) }

// suffixes are those that a name of a script may be written without.
func (f *framework) suffixes() []string {
	if f == nil {
		return []string{".ts", ".js", ".mjs"}
	}
	return append(slices.Clone(f.Single), f.Scripts...)
}

// bringsTag reports whether a component of this tag comes along with the framework.
func (f *framework) bringsTag(tag string) bool { return f != nil && slices.Contains(f.Tags, tag) }

// indexes are what the name of a folder may mean besides its index: a plug-in written in UTS has a script for each
// platform, and one for those that have none (uni-app documents, UTS 插件, 目录结构; read 2026-11).
func (f *framework) indexes(on *platform.Platform) []string {
	if f != uniApp {
		return nil
	}
	return []string{"utssdk/" + on.Target(f.Name) + "/index", "utssdk/index"}
}

func (f *framework) infixes(on *platform.Platform) []string {
	if f == nil {
		return nil
	}
	return f.Infixes(on)
}

// aliases are the defaults of the frameworks' build tools: @/ means the directory
// of the sources.
func (f *framework) aliases() []resolve.Alias {
	if f == nil {
		return nil
	}
	return []resolve.Alias{{Prefix: "@/", Target: "."}, {Prefix: "~@/", Target: "."},
		{Prefix: "src/", Target: "."}, {Prefix: "~/", Target: "."}}
}

// stated is configuration with the file that holds it.
type stated struct {
	value *jsonc.Value
	file  *source.File

	lacksPages, lacksParts bool // a part of the list of pages, of components is computed and was not read
}

// statedBy is what x states in f, as far as c can read it.
func (c *constants) statedBy(x script.Expr, f *source.File) stated {
	v := c.value(x)
	return stated{v, f, c.misses(append(slices.Clone(pageKeys), "packages")...), c.misses("usingComponents")}
}

// frameworks finds the programs whose sources are a framework's.
func (f *finder) frameworks() {
	for _, p := range f.list.paths {
		dir := path.Dir(p)
		switch base := path.Base(p); {
		case base == "pages.json", base == "App.vue", base == "App.uvue":
			f.uniApp(dir)
		case base == "app.wpy":
			f.singleApp(wepy, dir, p)
		case base == "app.cml":
			f.chameleon(p)
		case base == "app.vue" && f.buildsVue(dir):
			f.singleApp(weappVite, dir, p)
		case base == "app.vue" && f.wepyInVue(dir):
			f.singleApp(wepyVue, dir, p)
		case base == "app.config.ts" || base == "app.config.js":
			f.taro(dir, p)
		}
	}
	for _, p := range f.list.paths {
		if strings.EqualFold(path.Base(p), "App.vue") { // import App from './app.vue'
			f.mpvue(path.Dir(p))
		}
	}
	// An app.mpx may belong to a subpackage that the program's own app.mpx
	// names.
	apps := slices.DeleteFunc(slices.Clone(f.list.paths), func(p string) bool { return path.Base(p) != "app.mpx" })
	slices.SortStableFunc(apps, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	for _, p := range apps {
		if !f.taken[p] {
			f.singleApp(mpx, path.Dir(p), p)
		}
	}
	// A program with an app.json may have pages that weapp-vite builds from .vue files.
	for _, s := range f.sites {
		isVue := func(p string) bool { return path.Ext(p) == ".vue" }
		if s.Framework == nil && s.Form == miniProgram && slices.ContainsFunc(f.list.below(s.Source), isVue) && f.buildsVue(s.Source) {
			s.Framework, s.Target = weappVite, f.list.target
		}
	}
	// Up to its second version Taro had no configuration file: the app's class holds
	// the configuration.
	for _, p := range f.list.paths {
		if name := strings.TrimSuffix(path.Base(p), path.Ext(p)); name == "app" && slices.Contains(taro.Scripts, path.Ext(p)) &&
			!f.inSite(path.Dir(p)) {
			f.taroApp(path.Dir(p), p)
		}
	}
}

// buildsVue reports whether package.json asks for weapp-vite, which makes native pages of
// .vue files.
func (f *finder) buildsVue(dir string) bool {
	p := path.Join(f.list.packageDir(dir), "package.json")
	if !f.list.has(p) {
		return false
	}
	file, bad := f.list.read(p)
	return bad == nil && strings.Contains(file.Text, `"weapp-vite"`)
}

// wepyInVue reports whether the settings of wepy say that its files end in .vue: wpyExt: '.vue' (wepy 1.7 and 2,
// wepy.config.js; read 2026-12).
func (f *finder) wepyInVue(dir string) (found bool) {
	p := path.Join(f.list.packageDir(dir), "wepy.config.js")
	if !f.list.has(p) {
		return false
	}
	tree := f.readScript(p)
	if tree == nil {
		return false
	}
	script.Walk(tree, func(n script.Node) bool {
		if key, ok := n.(*script.Property); ok && key.Key == "wpyExt" {
			suffix, _ := key.Value.(*script.String)
			found = suffix != nil && suffix.Value == wepyVue.Single[0]
		}
		return !found
	})
	return found
}

// inSite reports whether a program was found in dir.
func (f *finder) inSite(dir string) bool {
	return slices.ContainsFunc(f.sites, func(s *site) bool { return s.Source == dir })
}

// addFramework adds a program of a framework whose configuration is v.
func (f *finder) addFramework(fw *framework, dir, manifest string, v stated) *site {
	if f.taken[manifest] || !describesApp(v.value) {
		return nil
	}
	f.taken[manifest] = true
	s := &site{
		Root: dir, Source: dir, Manifest: manifest, Form: miniProgram, Config: v.value, File: v.file, Framework: fw, Target: f.list.target,
	}
	s.Settings = f.nearest(dir)
	switch up := path.Dir(dir); {
	case path.Base(dir) == "src" && f.buildsSrc(up):
		// What stands in src is not the root of the project, though it holds the settings
		// of a platform or the package.json of a plug-in that was unpacked there.
		s.Root = up
	case s.Settings != nil:
		s.Root = s.Settings.Dir
	default:
		s.Root = f.list.packageDir(dir)
	}
	f.sites = append(f.sites, s)
	return s
}

// packageDir returns the nearest directory from dir up that has a package.json, or dir.
func (l *listing) packageDir(dir string) string {
	for d := dir; ; d = path.Dir(d) {
		if l.has(path.Join(d, "package.json")) {
			return d
		}
		if d == "." {
			return dir
		}
	}
}

// readJSON reads a JSON file of a framework, with the parts left out that are not
// for WeChat. It returns nothing if there is no such file.
func (f *finder) readJSON(p string, symbols sfc.Symbols) stated {
	if !f.list.has(p) {
		return stated{}
	}
	file, bad := f.list.read(p)
	if bad != nil {
		f.broken = append(f.broken, loadError(p, BadConfig, bad.Reason))
		return stated{}
	}
	read := f.list.cache.conditioned(file, symbols)
	if read.err != nil {
		f.broken = append(f.broken, badJSON(file, read.err))
		return stated{}
	}
	for _, fault := range read.faults { // the build reads the rest as we do
		u := jsonUnread(file, fault, false)
		u.Location.File = file
		f.note(*u)
	}
	return stated{value: read.value, file: file}
}

// readScript parses a script that states configuration.
func (f *finder) readScript(p string) *script.Program {
	file, bad := f.list.read(p)
	if bad != nil {
		f.broken = append(f.broken, loadError(p, BadConfig, bad.Reason))
		return nil
	}
	return f.list.cache.script(file, ModeOf(p))
}

// singleApp takes dir as the sources of a program of wepy or mpx: the app's
// single-file component states the configuration.
func (f *finder) singleApp(fw *framework, dir, p string) {
	file, bad := f.list.read(p)
	if bad != nil {
		f.broken = append(f.broken, loadError(p, BadConfig, bad.Reason))
		return
	}
	c := f.list.cache.component(file, nil)
	config := f.list.configBlock(file, c, dir)
	if config.value == nil {
		tree := f.list.code(file, c, dir)
		config = f.list.definitionConfig(tree)
		if v := macroConfig(tree); config.value == nil && v != nil {
			config = stated{value: v, file: file}
			if fw == weappVite && !describesApp(v) && asksForRoutes(tree) {
				config = stated{value: f.withRoutes(v, dir), file: file}
			}
		}
	}
	if v := config.value; v == nil || !describesApp(v) {
		f.broken = append(f.broken, loadError(p, BadConfig, lang.Both(
			"没有列出任何页面，app 的配置中必须有 pages: ['pages/index', …]",
			"lists no pages; the configuration of the app must have pages: ['pages/index', …]")))
		return
	}
	s := f.addFramework(fw, dir, p, stated{value: f.withPackages(config.value, dir), file: config.file})
	if s != nil && fw == mpx {
		s.Named = f.namedInProject(mpx, dir)
	}
	if s != nil && config.lacksPages {
		f.note(computed(config.file))
	}
}

// asksForRoutes reports whether a script imports the list of pages that weapp-vite makes
// from their places (weapp-vite, auto routes; read 2026-11).
func asksForRoutes(tree *script.Program) bool {
	return slices.ContainsFunc(tree.Body(), func(s script.Stmt) bool {
		i, ok := s.(*script.Import)
		return ok && strings.HasPrefix(i.Source.Value, "weapp-vite/auto-routes")
	})
}

// withRoutes adds the pages below dir/pages to v: components and templates that are called
// index or like their folder, or that are in no folder of their own.
func (f *finder) withRoutes(v *jsonc.Value, dir string) *jsonc.Value {
	list := &jsonc.Value{Kind: jsonc.Array}
	for _, p := range f.list.paths {
		route, inside := strings.CutPrefix(p, path.Join(dir, "pages")+"/")
		ext := path.Ext(route)
		if !inside || ext != ".vue" && ext != ".wxml" && ext != ".html" {
			continue
		}
		route = strings.TrimSuffix(route, ext)
		folder, name := path.Split(route)
		if name == "index" || folder == "" || name == path.Base(folder) {
			list.Elems = append(list.Elems, jsonc.NewString(v.Span, "pages/"+route))
		}
	}
	out := *v
	out.Members = slices.DeleteFunc(slices.Clone(v.Members), func(m *jsonc.Member) bool { return m.Name == "pages" })
	out.Members = append(out.Members, &jsonc.Member{Name: "pages", Value: list})
	return &out
}

// withPackages adds the subpackages of mpx, each with an app.mpx of its own:
// "packages": ["./card/app.mpx?root=card"].
func (f *finder) withPackages(v *jsonc.Value, dir string) *jsonc.Value {
	out := *v
	out.Members = slices.Clone(v.Members)
	subs := &jsonc.Value{Kind: jsonc.Array}
	for _, e := range elems(v.Get("packages")) {
		name, _, _ := strings.Cut(e.String(), "?")
		p := path.Join(dir, strings.TrimPrefix(strings.TrimPrefix(name, "@/"), "/"))
		if !f.list.has(p) || f.taken[p] {
			continue
		}
		file, bad := f.list.read(p)
		if bad != nil {
			f.unread = append(f.unread, *bad)
			continue
		}
		f.taken[p] = true
		pages := f.list.configBlock(file, f.list.cache.component(file, nil), dir).value.Get("pages")
		if pages == nil {
			continue
		}
		root := strings.TrimPrefix(strings.TrimPrefix(path.Dir(p), dir), "/")
		subs.Elems = append(subs.Elems, &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{
			{Name: "root", Value: jsonc.NewString(e.Span, root)}, {Name: "pages", Value: unplaced(pages)},
		}})
	}
	if len(subs.Elems) > 0 {
		out.Members = append(out.Members, &jsonc.Member{Name: "subPackages", Value: subs})
	}
	return &out
}

// taro takes dir as the sources of a Taro program of version 3 or later.
func (f *finder) taro(dir, p string) {
	begins := func(name string) bool {
		return slices.ContainsFunc(taro.suffixes(), func(s string) bool { return f.list.has(path.Join(dir, name+s)) })
	}
	isUni := func(s *site) bool { return s.Framework == uniApp && s.Source == dir } // app.config.js holds settings of its own
	if !slices.ContainsFunc(taro.App, begins) || slices.ContainsFunc(f.sites, isUni) {
		return
	}
	tree, v, aboutPages := f.configuration(p)
	if tree == nil {
		return
	}
	inPart := aboutPages || !describesApp(v)
	if inPart {
		v = f.withNamedPages(taro, dir, p, v)
	}
	s := f.addFramework(taro, dir, p, stated{value: v, file: tree.File})
	if s != nil {
		s.Named = f.namedInProject(taro, dir)
	}
	switch {
	case s != nil && inPart:
		f.unread = append(f.unread, computed(tree.File))
	case s == nil && !f.taken[p] && strings.Contains(tree.File.Text, "defineAppConfig"):
		f.broken = append(f.broken, loadError(p, BadConfig, notLiteral))
	}
}

// computed says that a part of the configuration cannot be read.
func computed(file *source.File) Unread {
	return Unread{Path: file.Path, Hides: true,
		Reason: lang.Both("页面列表有一部分由代码计算得出，没有读取：只有脚本写出路径的页面按已注册处理；请写成字面量",
			"a part of the list of pages is computed and was not read: only pages whose path the scripts spell out are taken as registered; write them as literals")}
}

// pageKeys are the keys of a configuration that list the pages.
var pageKeys = []string{"pages", "subPackages", "subpackages"}

// exported returns the constant that a script exports as default.
func exported(tree *script.Program) *jsonc.Value {
	x := exportOf(tree, "default")
	if x == nil {
		return nil
	}
	return constantsOf(tree).value(x)
}

// taroApp takes dir as the sources of a Taro program whose app states the
// configuration.
func (f *finder) taroApp(dir, p string) {
	file, bad := f.list.read(p)
	if bad != nil || !strings.Contains(file.Text, "@tarojs/") {
		return
	}
	tree := f.list.cache.script(file, ModeOf(p)|script.JSX)
	if config := f.list.definitionConfig(tree); config.value != nil {
		if config.lacksPages {
			f.note(computed(file))
		}
		if s := f.addFramework(taro, dir, p, stated{value: config.value, file: file}); s != nil {
			s.Named = f.namedInProject(taro, dir)
		}
	}
}

// definitionConfig returns the config of the class or object that a script defines.
func (l *listing) definitionConfig(tree *script.Program) stated {
	x := definitionOf(tree).member("config")
	if x == nil {
		// The class is not what is exported: class App …; Taro.render(<App />, …)
		for _, s := range tree.Body() {
			if c, ok := s.(*script.ClassDecl); ok && x == nil {
				x = definition{class: c.Class}.member("config")
			}
		}
	}
	if x == nil {
		return stated{}
	}
	return computedConstants(tree, l.target, l.exportsBeside(tree.File.Path, 0)).statedBy(x, tree.File)
}

// configBlock returns the configuration that a single-file component has in a block
// of its own, or in a file that such a block names; nothing if there is none. root is
// the directory of the program's sources.
func (l *listing) configBlock(file *source.File, c *sfc.Component, root string) stated {
	for _, b := range c.Blocks {
		if !b.JSON() || !l.builds(b) {
			continue
		}
		f, span := file, b.Inner
		if src := b.Attrs["src"]; src != "" {
			f = l.beside(file.Path, src, root)
			if f == nil {
				continue
			}
			span = source.Span{End: int32(len(f.Text))}
		}
		if b.Attrs["name"] == "json" { // a script that exports it
			tree := script.ParseSpan(f, span, script.JS)
			if x := exportOf(tree, "default"); x != nil {
				return computedConstants(tree, l.target, l.exportsBeside(f.Path, 0)).statedBy(x, f)
			}
			if b.Attrs["type"] != "application/json" { // else JSON, under both marks
				continue
			}
		}
		if x, errs := script.ParseExpr(f, span, script.JS, true); len(errs) == 0 {
			found := (&constants{on: l.target}).statedBy(x, f)
			if b.Attrs[typeAttr] != "" {
				found.value = onTarget(found.value, l.target)
			}
			return found
		}
	}
	return stated{}
}

// beside reads the file that src names in the file from; nil if it is not there.
func (l *listing) beside(from, src, root string) *source.File {
	p := path.Join(path.Dir(from), src)
	if rest, ok := strings.CutPrefix(src, "@/"); ok || strings.HasPrefix(src, "/") {
		p = path.Join(root, rest)
	}
	if !l.has(p) {
		return nil
	}
	f, _ := l.read(p)
	return f
}

// builds reports whether a block is not for another platform: mode="ali" of mpx, cml-type="alipay,qq" of chameleon.
func (l *listing) builds(b *sfc.Block) bool {
	if on := b.Attrs[typeAttr]; on != "" && !b.JSON() {
		return slices.Contains(strings.Split(on, ","), l.target.Target(chameleon.Name))
	}
	return b.Attrs["mode"] == "" || slices.Contains(strings.Split(b.Attrs["mode"], "|"), l.target.Target(mpx.Name))
}

// holdsCode reports whether a block holds code of the component: neither its
// configuration, nor scripts that only its template runs.
func holdsCode(b *sfc.Block) bool {
	return b.Tag == "script" && !b.JSON() && b.Attrs["module"] == "" && b.Attrs[typeAttr] != "interface" &&
		b.Attrs["lang"] != "wxs" && b.Attrs["lang"] != "renderjs"
}

// codeOf returns the blocks of a component that hold code.
func (l *listing) codeOf(c *sfc.Component) []*sfc.Block {
	return slices.DeleteFunc(c.Find("script"), func(b *sfc.Block) bool { return !l.builds(b) || !holdsCode(b) || foreignTongue(b) != "" })
}

// code parses the script of the component that states the configuration of an app.
func (l *listing) code(file *source.File, c *sfc.Component, root string) *script.Program {
	blocks := l.codeOf(c)
	for _, b := range blocks {
		if f := l.beside(file.Path, b.Attrs["src"], root); b.Attrs["src"] != "" && f != nil {
			return l.cache.script(f, ModeOf(f.Path))
		}
	}
	return parseCode(file, file.Text, blocks)
}

// parseCode parses the given blocks of a component as one script, in place. text is
// the file's, conditioned.
func parseCode(file *source.File, text string, blocks []*sfc.Block) *script.Program {
	mode, spans := ModeOf(file.Path), []source.Span{}
	for _, b := range blocks {
		mode |= ModeOf("x." + b.Attrs["lang"])
		spans = append(spans, b.Inner)
	}
	parse := func(mode script.Mode) *script.Program {
		if len(blocks) == 1 && text == file.Text {
			return script.ParseSpan(file, blocks[0].Inner, mode)
		}
		tree := script.Parse(source.NewFile(file.Path, sfc.Only(text, spans...)), mode)
		tree.PlaceIn(file)
		return tree
	}
	tree := parse(mode)
	if len(tree.Errors) == 0 {
		return tree
	}
	// lang="ts" or "jsx" was forgotten: builds take it all the same.
	for _, forgotten := range []script.Mode{script.TypeScript, script.JSX, script.TypeScript | script.JSX} {
		if other := parse(mode | forgotten); forgotten&^mode != 0 && len(other.Errors) == 0 {
			return other
		}
	}
	return tree
}

// digitsJoined is a name in kebab case without hyphens before digits, which Vue does not
// tell apart: both form-item-2 and form-item2 show FormItem2.
func digitsJoined(name string) string { return hyphenDigit().ReplaceAllString(name, "$1") }

var hyphenDigit = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`-([0-9])`) })
