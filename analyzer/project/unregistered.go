package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Tags of templates that nothing registers: no import, no list, no folder and no plug-in.

// unregistered reports tags in the template of u that nothing registers:
// no import, no list and no folder. A plug-in of the build may register them. If each page
// names its components, and there is no file of that name, there is nothing to show.
func (l *linked) unregistered(g *gaps, u *Unit) {
	if u.Scripted {
		l.undeclared(g, u)
		return
	}
	native := slices.Contains([]*framework{nil, mpx, wepy, wepyVue, chameleon}, l.site.Framework) // each page names its components
	if l.registry.computed {
		return
	}
	reason := l.nowhere
	if native {
		reason = notHere
	}
	u.View.closure(func(v *View) {
		if native && v != u.View {
			return // a template for several pages has tags that some of them do not show
		}
		for _, tag := range v.tags {
			name := spelling.Tag(tag)
			if using := u.Components[tag]; using != nil && using.likely {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: namesake(tag, using.base)})
				continue
			}
			named := u.Components[tag] != nil || l.importedByName(u, name) || definesFunction(u, name)
			if named || knownTag(tag) || l.site.Framework.bringsTag(name) || strings.ContainsAny(tag, ":.{") {
				continue
			}
			if meant := l.mistyped(u, tag); meant != "" && (native || formTags[meant] && !l.mayRegister(tag)) {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: lang.Textf(
					"<%s> 不是平台的标签，也没有注册为组件，可能是 <%s> 的笔误；其中的内容已读取",
					"<%s> is no element of the platform, and no component is registered under that name; <%s> may have been meant; what it holds was read", tag, meant)})
				continue
			}
			if native && (l.namedElsewhere(tag) || l.nobodys(u, name)) {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: reason(tag)})
				continue // its code is read where it is registered, or there is none
			}
			if u.View.onlyShows(tag) {
				l.lackShown(g, tag, v.tagPlace(tag))
				continue
			}
			if !native && l.unmade(u, tag) {
				g.add("tag "+name, Unread{Path: v.File.Path, Location: v.tagPlace(tag), Reason: lang.Textf(
					"组件 <%s> 没有引用，没有东西注册它，程序里也没有这个名字的文件，所以不会显示；请写出引用，或删除这个标签",
					"the component <%s> is not imported, nothing registers it, and no file has its name, so it is not shown; import it, or remove the tag", tag)})
				continue
			}
			l.lackTag(g, u, tag, v.tagPlace(tag), reason(tag))
		}
	})
}

// namesake says that the file of its name was read for a tag that nothing registers.
func namesake(tag, p string) lang.Text {
	return lang.Textf("组件 <%s> 没有引用，也没有注册，构建后不会显示；这里按同名的文件 %s 读取；请写出引用",
		"the component <%s> is neither imported nor registered, so a build does not show it; the file of its name, %s, was read in its place; import it", tag, p)
}

// notHere says that a page which names its components does not name this one.
func notHere(tag string) lang.Text {
	return lang.Textf("组件 <%s> 没有在这里注册，不会显示，没有读取；请在 usingComponents 中注册，或删除这个标签",
		"the component <%s> is not registered here, so it is not shown and was not read; register it in usingComponents, or remove the tag", tag)
}

// mayRegister reports whether a plug-in of Vue or of the build may register a component under a tag.
func (l *linked) mayRegister(tag string) bool { return l.installs(tag) != "" || l.bringsIn() }

// nowhere says what may bring in a component that is imported and registered nowhere.
func (l *linked) nowhere(tag string) lang.Text {
	switch pkg := l.installs(tag); {
	case pkg != "":
		return lang.Textf("组件 <%s> 没有在任何地方引用或注册，可能由插件“%s”注册，没有读取；请写出引用",
			`the component <%s> is imported and registered nowhere; the plug-in "%s" may register it, and was not read; import the component`, tag, pkg)
	case l.bringsIn():
		return lang.Textf("组件 <%s> 没有在任何地方引用或注册，可能由构建工具自动引入，没有读取；请写出引用，或提交构建生成的 components.d.ts",
			"the component <%s> is imported and registered nowhere; the build may bring it in, and it was not read; import it, or commit the components.d.ts that the build writes", tag)
	}
	return lang.Textf("组件 <%s> 没有在任何地方引用或注册：如果确实没有，它不会显示；没有读取；请写出引用，或删除这个标签",
		"the component <%s> is imported and registered nowhere in the tree, and was not read: it is not shown if nothing else registers it; import it, or remove the tag", tag)
}

// installs returns a package of which it is not known what it registers, and that the
// program installs in Vue: app.use(Shop) may register components. Of several it is the one whose
// name begins as the tag does. It is "" if there is none.
func (l *linked) installs(tag string) string {
	if l.installed == nil {
		l.installed = l.strangeInstalled()
	}
	first, _, _ := strings.Cut(spelling.Tag(tag), "-")
	for _, pkg := range l.installed {
		if slices.Contains(spelling.Words(pkg), first) {
			return pkg
		}
	}
	if len(l.installed) > 0 {
		return l.installed[0]
	}
	return ""
}

// strangeInstalled looks for those packages in the scripts of the program. One that is installed
// in the tree is a library, whose scripts are not asked what they register.
func (l *linked) strangeInstalled() []string {
	pkgs := []string{}
	for _, p := range sortedKeys(l.modules) {
		m := l.modules[p]
		if !m.Own() || m.Tree == nil || !strings.Contains(m.File.Text, ".use(") {
			continue
		}
		for _, i := range m.Imports {
			if pkg := l.strange(m, i); pkg != "" && installedBy(m.Tree, i) {
				pkgs = append(pkgs, pkg)
			}
		}
	}
	return pkgs
}

// strange returns the package of an import in m, if it is not known what it registers.
func (l *linked) strange(m *Module, i *Import) string {
	if i.Module != nil && i.Module.Own() || knownPackage(i.Spec) {
		return ""
	}
	missing := m.Lacks(i.Spec)
	if i.Module == nil && (missing == nil || missing.Own) {
		return ""
	}
	return i.Spec
}

// installedBy reports whether a script gives what it imports to app.use or Vue.use.
func installedBy(tree *script.Program, i *Import) (found bool) {
	names := bindings(tree, i)
	script.Walk(tree, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok || found || len(call.Args) == 0 {
			return !found
		}
		fn, isDot := call.Fn.(*script.Dot)
		id := pluginName(call.Args[0])
		named := id != nil && names[id.Symbol] != nil || i.is(call.Args[0])
		found = isDot && fn.Name == "use" && named
		return true
	})
	return found
}

// pluginName is the name that what app.use is given begins with: Shop, createShop(), Shop.forms.
func pluginName(e script.Expr) *script.Ident {
	switch e := e.(type) {
	case *script.Ident:
		return e
	case *script.Call:
		return pluginName(e.Fn)
	case *script.New:
		return pluginName(e.Fn)
	case *script.Dot:
		return pluginName(e.X)
	}
	return nil
}

// bringsIn reports whether the build has a plug-in that brings in components, and no list of
// them is in the tree.
func (l *linked) bringsIn() bool {
	if l.registry.listed {
		return false
	}
	return slices.ContainsFunc(sortedKeys(l.dependencies), isVueComponents)
}

// nobodys reports whether a tag that u does not register can be no component: u has its
// configuration, and no file in the tree has that name.
func (l *linked) nobodys(u *Unit, tag string) bool {
	return (u.ConfigFile != nil || u.Single) && !l.names()[tag]
}

// unmade reports whether a tag that nothing in the tree registers can be no component from
// elsewhere: no plug-in and no build may bring it in, no file has its name, and either the tree is whole, or u gives it no
// more than its looks and it is of one word, <test>, which libraries do not take, as elements may have such names.
func (l *linked) unmade(u *Unit, tag string) bool {
	name := spelling.Tag(tag)
	if l.names()[name] || l.installs(tag) != "" || l.bringsIn() {
		return false
	}
	bareWord := !strings.Contains(name, "-") && u.View.bare(tag)
	return bareWord || l.whole()
}

// ignoreFile lists what git leaves out of a repository.
const ignoreFile = ".gitignore"

// leavesOut is a line of it that may leave out sources of components: those of the market of uni-app are often not committed.
var leavesOut = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?im)^[ \t]*/?(?:\*\*?|[^#!\n]*(?:uni_modules|components?|packages|libs?|src|\.vue))/?[ \t\r]*$`)
})

// whole reports whether the tree has all components that builds take from the program: its repository says what it leaves
// out, and that is none of them.
func (l *linked) whole() bool {
	if l.entire == nil {
		entire := l.saysWhole()
		l.entire = &entire
	}
	return *l.entire
}

func (l *linked) saysWhole() bool {
	said := false
	for dir := l.site.Source; ; dir = path.Dir(dir) {
		text := l.plain(path.Join(dir, ignoreFile))
		if leavesOut().MatchString(text) {
			return false
		}
		said = said || text != ""
		if dir == "." || dir == "/" {
			return said
		}
	}
}

// names returns the names of the files in the tree and of their folders, as tags.
func (l *linked) names() map[string]bool {
	if l.tags == nil {
		l.tags = map[string]bool{}
		for _, p := range l.list.paths {
			if isScript(p) {
				continue // a component has a template, or elements: test.js is none
			}
			l.tags[spelling.Tag(nameOf(p))] = true
			l.tags[spelling.Tag(path.Base(path.Dir(p)))] = true
		}
	}
	return l.tags
}

// mistyped returns the element of the platform that a tag of u, which is no component of
// the program, was meant to be: block for bock. If the configuration of u is not there, the tag
// may be a component that it names. A name in capitals is one that somebody chose for a component.
func (l *linked) mistyped(u *Unit, tag string) string {
	if strings.Contains(tag, "-") || strings.ToLower(tag) != tag || !l.nobodys(u, tag) {
		return ""
	}
	return spelling.Nearest(tag, platformTags)
}

// platformTags are elements that every platform has and that programs use most.
var platformTags = strings.Fields("block view text image button input textarea form label picker swiper switch slider icon canvas video navigator checkbox radio")

// formTags are those of platformTags that take something: in Vue, where what takes something may be a component that is
// registered elsewhere, only these are slips for such.
var formTags = spelling.Set("input textarea form label picker switch slider checkbox radio")

// namedElsewhere reports whether another page or component registers a tag.
func (l *linked) namedElsewhere(tag string) bool {
	for _, u := range l.units {
		if using := u.Components[tag]; using != nil && using.Unit != nil && u.Own() {
			return true
		}
	}
	return false
}

// lackTag notes that nothing says what a tag of u is.
func (l *linked) lackTag(g *gaps, u *Unit, tag string, at source.Location, reason lang.Text) {
	u.Missing = append(u.Missing, Missing{Spec: tag, Location: at, Own: true})
	g.add("tag "+spelling.Tag(tag), Unread{Path: at.File.Path, Location: at, Hides: true, Reason: reason})
}

// undeclared reports elements in the script of u whose component nothing declares.
func (l *linked) undeclared(g *gaps, u *Unit) {
	if u.Script == nil || u.Script.Tree == nil {
		return
	}
	provides := sync.OnceValue(l.providesNames)
	script.Walk(u.Script.Tree, func(n script.Node) bool {
		e, ok := n.(*script.JSXElement)
		if !ok {
			return true
		}
		id, ok := e.Name.(*script.Ident)
		if ok && id.Symbol == nil && id.Name != strings.ToLower(id.Name) && !knownTag(id.Name) {
			at := source.Location{File: u.Script.File, Span: e.Open}
			if !provides() {
				g.add("tag "+spelling.Tag(id.Name), Unread{Path: at.File.Path, Location: at, Reason: lang.Textf(
					"组件 <%s> 没有引用，也没有定义，构建也不会引入，执行到这里会出错；请写出引用，或删除它",
					"the component <%s> is neither imported nor defined, and the build brings nothing in, so this fails when it runs; import it, or remove it", id.Name)})
				return true
			}
			l.lackTag(g, u, id.Name, at, lang.Textf(
				"组件 <%s> 没有引用，也没有定义，可能由构建工具自动引入，没有读取；请写出引用",
				"the component <%s> is neither imported nor defined; the build may bring it in, and it was not read; import it", id.Name))
		}
		return true
	})
}

// providesNames reports whether the build may give scripts names that they do not import: by a
// plug-in that imports for them, or webpack's ProvidePlugin.
func (l *linked) providesNames() bool {
	imports := func(pkg string) bool {
		return strings.HasPrefix(pkg, "unplugin-") || strings.Contains(pkg, "auto-import")
	}
	if len(l.dependencies) == 0 || slices.ContainsFunc(sortedKeys(l.dependencies), imports) {
		return true
	}
	return slices.ContainsFunc(l.list.buildConfigs(l.site.Root, func(Unread) {}), func(b *buildConfig) bool {
		return strings.Contains(b.tree.File.Text, "ProvidePlugin") || strings.Contains(b.tree.File.Text, "providePlugin")
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
			return s.Func.Name != nil && spelling.Tag(s.Func.Name.Name) == name
		case *script.VarDecl:
			return slices.ContainsFunc(s.Decls, func(d *script.Declarator) bool {
				id, named := d.Target.(*script.Ident)
				_, fn := d.Init.(*script.Function)
				return named && fn && spelling.Tag(id.Name) == name
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
			if spelling.Tag(p.Key) == name {
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
			if id != nil && spelling.Tag(id.Name) == name {
				return true
			}
		}
	}
	return false
}

// knownTag reports whether a tag is an element of a platform or framework, or, by its prefix, a component
// of a library.
func knownTag(tag string) bool { return slices.ContainsFunc(spelling.Tags(tag), knownName) }

func knownName(name string) bool {
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
