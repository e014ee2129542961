package project

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Single-file components: one file is the module and the view of a unit, and its
// script says which components the tags of its template are.

// code parses a script of the program.
func (l *parsed) code(f *source.File, p string) *script.Program {
	mode := ModeOf(p)
	if l.site.Framework != nil && l.site.Framework.JSX && path.Ext(p) == ".js" {
		mode |= script.JSX
	}
	l.reportUnclosed(f)
	if text := conditioned(f, l.site.Symbols); text != f.Text {
		return kept(l.list.cache, f, asCode{l.site.build()}, func() *script.Program {
			tree := script.Parse(source.NewFile(f.Path, text), mode)
			tree.PlaceIn(f)
			return tree
		})
	}
	tree := l.list.cache.script(f, mode)
	if len(tree.Errors) > 0 && mode&script.TypeScript == 0 && l.site.Framework != nil && l.site.Framework.JSX {
		// The build strips types (of Flow) from scripts of any name.
		if typed := l.list.cache.script(f, mode|script.TypeScript); len(typed.Errors) == 0 {
			return typed
		}
	}
	return tree
}

// reportUnclosed tells of conditions for other platforms that are never closed.
func (l *parsed) reportUnclosed(f *source.File) {
	if l.site.Symbols == nil {
		return
	}
	for _, u := range unclosed(f) {
		l.report(u)
	}
}

// unclosed are the entries for the conditions in f that are never closed.
func unclosed(f *source.File) (list []Unread) {
	for _, s := range sfc.Unclosed(f.Text) {
		list = append(list, Unread{Path: f.Path, Location: source.Location{File: f, Span: s}, Reason: lang.Both(
			"这个条件编译没有用 #endif 结束，按普通注释处理，其后的内容照常读取；请补上 #endif",
			"this condition is never closed by #endif; it is taken for a comment, and what is behind it is read. Add the #endif")})
	}
	return list
}

// asCode and asView are the keys of the trees of blocks.
type (
	asCode struct{ build string }
	asView struct{ build string }
)

// parseSingle parses what a task asks of a single-file component: its script or its
// template.
func (l *parsed) parseSingle(t *task, library string) {
	c := l.list.cache.component(t.file, l.site.Symbols)
	if t.view != nil {
		t.view.File = t.file
		t.view.Tree = kept(l.list.cache, t.file, asView{l.site.build()}, func() *markup.Document { return l.template(t.file, c) })
		if strings.Contains(t.file.Text, "v-bind=") || strings.Contains(t.file.Text, "v-on=") {
			t.view.Tree = t.view.Tree.Clone() // running the program adds what objects give
		}
		l.reportErrors(t.file, slices.DeleteFunc(slices.Clone(t.view.Tree.Errors), harmless), library)
		t.view.scan()
		return
	}
	l.reportUnclosed(t.file)
	t.module.File = t.file
	t.module.Tree = kept(l.list.cache, t.file, asCode{l.site.build()}, func() *script.Program {
		return parseCode(t.file, conditioned(t.file, l.site.Symbols), l.list.codeOf(c))
	})
	t.module.Setup = slices.ContainsFunc(c.Blocks, (*sfc.Block).Setup)
	errs := slices.Concat(t.module.Tree.Errors, t.module.Tree.Withs)
	for _, e := range c.Errors {
		errs = append(errs, script.Error{Span: e.Span, Message: e.Message})
	}
	l.reportErrors(t.file, errs, library)
	l.refuse(t, c, library)
	t.module.Imports = importsOf(t.module.Tree)
}

// template parses the template of a component.
func (l *parsed) template(f *source.File, c *sfc.Component) *markup.Document {
	for _, b := range c.Find("template") {
		if !l.list.builds(b) || foreignTongue(b) != "" {
			continue
		}
		doc := l.markup(f, b.Inner, slices.Contains(pugs, b.Attrs["lang"]))
		doc.Nodes = append(doc.Nodes, l.filters(f, c)...)
		return doc
	}
	return &markup.Document{File: f}
}

// filters returns the blocks with functions for the template alone, as the <wxs> elements that
// uni-app makes of them: <script module="m" lang="wxs">, and <wxs module="m"> beside the template.
func (l *parsed) filters(f *source.File, c *sfc.Component) (nodes []markup.Node) {
	for _, b := range c.Blocks {
		element := slices.Contains(platform.ScriptTags(), b.Tag)
		if !element && (b.Tag != "script" || b.Attrs["lang"] == "renderjs") || b.Attrs["module"] == "" {
			continue
		}
		e := &markup.Element{Tag: "wxs", Span: source.Span{Start: b.Open.Start, End: b.Inner.End}, Open: b.Open}
		for _, name := range []string{"module", "src"} {
			if v := b.Attrs[name]; v != "" {
				e.Attrs = append(e.Attrs, &markup.Attr{Span: b.Open, Raw: name, Name: name, Parts: []markup.Part{{Span: b.Open, Text: v}}})
			}
		}
		if b.Attrs["src"] == "" {
			text := conditioned(f, l.site.Symbols)
			e.Script = script.ParseSpan(source.NewFile(f.Path, text), b.Inner, script.JS)
			e.Script.PlaceIn(f)
		}
		nodes = append(nodes, e)
	}
	return nodes
}

// markup parses a span of f as the template of a component, which may be in Pug.
func (l *parsed) markup(f *source.File, span source.Span, pug bool) *markup.Document {
	parse := markup.ParseSpan
	if pug {
		parse = markup.ParsePug
	}
	text := conditioned(f, l.site.Symbols)
	if l.site.Framework == mpx {
		text = sfc.Attributes(text, l.list.target.Target(mpx.Name))
	}
	if text == f.Text {
		return l.forTarget(parse(f, span, l.site.Framework.Dialect))
	}
	doc := parse(source.NewFile(f.Path, text), span, l.site.Framework.Dialect)
	doc.File = f
	return l.forTarget(doc)
}

// forTarget leaves out what a template of chameleon is on other platforms.
func (l *parsed) forTarget(doc *markup.Document) *markup.Document {
	if l.site.Framework == chameleon {
		doc.ForTarget(l.list.target.Target(chameleon.Name))
	}
	return doc
}

// statedConfig returns the configuration of the page or component whose script, or
// single file, is at p, as its framework lets it be stated.
func (l *linked) statedConfig(u *Unit, base, p string) stated {
	if s, ok := l.site.Pages[u.Path]; ok {
		return s
	}
	if u.Script == nil || u.Script.File == nil || u.Script.Tree == nil {
		return stated{}
	}
	file := u.Script.File
	if single := l.texts[p]; single != nil && l.site.Framework.single(p) {
		if c := l.list.configBlock(single, l.list.cache.component(single, l.site.Symbols), l.site.Source); c.value != nil {
			return c
		}
	}
	for _, ext := range []string{".ts", ".js"} {
		if m := l.modules[base+".config"+ext]; m != nil && m.Tree != nil {
			v := exported(m.Tree)
			return stated{value: v, file: m.File}
		}
	}
	if v := macroConfig(u.Script.Tree); v != nil {
		return stated{value: v, file: file}
	}
	c := l.list.definitionConfig(u.Script.Tree)
	c.file = file
	return c
}

// configMacros are the functions by which a script states the configuration of its page,
// component or app: of Taro, of weapp-vite.
var configMacros = map[string]bool{"definePageConfig": true, "definePageJson": true, "defineComponentJson": true, "defineAppJson": true}

// macroConfig returns the argument of such a function in a script, nil without one.
func macroConfig(tree *script.Program) (v *jsonc.Value) {
	for _, s := range tree.Body() {
		e, ok := s.(*script.ExprStmt)
		if !ok {
			continue
		}
		if call, ok := e.X.(*script.Call); ok && len(call.Args) == 1 {
			if id, ok := call.Fn.(*script.Ident); ok && configMacros[id.Name] {
				return constantsOf(tree).value(call.Args[0])
			}
		}
	}
	return nil
}

// writesElements reports whether components may be scripts like that at p, which makes its elements.
func (l *linked) writesElements(p string) bool {
	f := l.site.Framework
	return f != nil && (f.JSX || path.Ext(p) == ".tsx" || path.Ext(p) == ".jsx")
}

// elements makes the view of a unit whose elements are in its script at p.
func (l *linked) elements(u *Unit, p string) {
	if !l.writesElements(p) || u.Script.Library != "" || u.Script.Tree == nil {
		return
	}
	if u.Kind == ComponentUnit && !markup.HasElements(u.Script.Tree) {
		return // a page shows what its script gives, wherever the elements are written, and an app its children
	}
	l.drawn(u, p)
}

// drawsAlone reports whether a single-file component has no template, and a script that
// makes its elements: JSX, or the option render.
func drawsAlone(u *Unit) bool {
	if u.Script == nil || u.Script.Tree == nil || path.Ext(u.Script.File.Path) != ".vue" || u.Script.Library != "" ||
		u.View == nil || u.View.Tree == nil || len(u.View.Tree.Nodes) > 0 {
		return false
	}
	return markup.HasElements(u.Script.Tree) || definitionOf(u.Script.Tree).member("render") != nil
}

// drawn makes the view of the elements that the script of u, at p, makes.
func (l *linked) drawn(u *Unit, p string) {
	u.Scripted = true
	u.View = &View{File: u.Script.File}
	u.View.Tree = kept(l.list.cache, u.Script.File, asElements{}, func() *markup.Document { return markup.Elements(u.Script.Tree) })
	u.View.scan()
	l.views[p] = u.View
}

// asElements is the key of the tree of elements of a script.
type asElements struct{}

// ---- components

// named fills in the components that the tags of a unit's template name: those that
// its script imports and registers, those registered for the whole program, and
// those that uni-app finds by itself.
func (l *linked) named(u *Unit, base string) {
	if u.View == nil || u.View.Tree == nil {
		return
	}
	own := map[string]*Using{}
	if u.Script != nil && u.Script.Tree != nil {
		own = l.registrations(u.Script)
	}
	for _, tag := range u.View.tags {
		name, joined := spelling.Tag(tag), digitsJoined(spelling.Tag(tag))
		var using *Using
		switch {
		case cmp.Or(own[name], own[joined]) != nil:
			using = cmp.Or(own[name], own[joined])
		case u.Components[tag] != nil:
			continue
		default:
			using = cmp.Or(u.Components[name], l.registry.byScript[name], l.registry.byScript[joined],
				l.registry.byPage[name], l.registry.byPage[joined])
		}
		if using == nil {
			using = l.easily(tag, path.Dir(base))
		}
		if p := l.registry.byName[name]; using == nil && p != "" {
			using = l.usingFile(p, name)
			using.likely = true
		}
		if using != nil {
			one := *using
			one.Tag = tag
			u.Components[tag] = &one
		}
	}
	if slices.Contains(u.View.tags, "component") {
		l.dynamic(u, own)
	}
}

// dynamic fills in what <component :is> can show: what the script of u registers, and no
// tag of its template names.
func (l *linked) dynamic(u *Unit, own map[string]*Using) {
	seen := map[string]bool{}
	for tag, using := range u.Components {
		if named := slices.Contains(u.View.tags, tag); named || !slices.Contains([]*framework{mpx, chameleon}, l.site.Framework) {
			seen[using.base] = true
		} else if using.base != "" { // what usingComponents lists
			own[tag] = using
		}
	}
	for _, name := range sortedKeys(own) {
		if using := own[name]; using.base != "" && !seen[using.base] {
			seen[using.base] = true
			one := *using
			one.Tag = name
			u.Dynamic = append(u.Dynamic, &one)
		}
	}
}

// registrations returns the components that a script registers for its own template,
// by name in kebab case.
func (l *linked) registrations(m *Module) map[string]*Using {
	found := map[string]*Using{}
	add := func(name string, id *script.Ident) {
		if u := l.imported(m, id, 0); u != nil {
			found[spelling.Tag(name)] = u
			found[spelling.Hyphenated(name)] = u
		}
	}
	l.registered(found, written{m, definitionOf(m.Tree)}, 0)
	if m.Setup || l.site.Framework.JSX {
		for _, s := range m.Tree.Body() {
			imp, ok := s.(*script.Import)
			if !ok || imp.Source == nil || imp.Source.Value == "@tarojs/components" {
				continue // the platform's own elements
			}
			for _, id := range append(localNames(imp), imp.Default) {
				if id != nil && (m.Setup || id.Name != strings.ToLower(id.Name)) {
					add(id.Name, id)
				}
			}
		}
	}
	if m.Setup {
		l.lazy(m, found)
	}
	return found
}

// lazy adds the components that a <script setup> loads when they are shown:
// const Form = defineAsyncComponent(() => import('./form.vue')).
func (l *linked) lazy(m *Module, found map[string]*Using) {
	for _, s := range m.Tree.Body() {
		decl, ok := s.(*script.VarDecl)
		if !ok {
			continue
		}
		for _, d := range decl.Decls {
			id, named := d.Target.(*script.Ident)
			call, made := d.Init.(*script.Call)
			if !named || !made {
				continue
			}
			if u := l.component(m, call); u != nil {
				found[spelling.Tag(id.Name)] = u
				found[spelling.Hyphenated(id.Name)] = u
			}
		}
	}
}

// component returns the component that an expression of m means: an imported
// name, require('./a.vue').default, () => import('./a.vue'); nil for another.
func (l *linked) component(m *Module, x script.Expr) *Using {
	switch x := x.(type) {
	case *script.Ident:
		return l.imported(m, x, 0)
	case *script.Function:
		return l.component(m, x.Returned())
	case *script.Dot:
		return l.component(m, x.X)
	case *script.Object: // defineAsyncComponent({ loader: () => import('./a.vue') })
		return l.component(m, definition{object: x}.member("loader"))
	case *script.ImportCall:
		if spec, _ := constant(x.Source); spec != "" {
			return l.componentAt(m, spec, "default", 0)
		}
	case *script.Call:
		fn, ok := x.Fn.(*script.Ident)
		if !ok || len(x.Args) == 0 {
			return nil
		}
		switch spec, _ := constant(x.Args[0]); {
		case fn.Name == "require" && spec != "":
			return l.componentAt(m, spec, "default", 0)
		case fn.Name == "defineAsyncComponent":
			return l.component(m, x.Args[0])
		}
	}
	return nil
}

func localNames(imp *script.Import) []*script.Ident {
	var list []*script.Ident
	for _, n := range imp.Names {
		list = append(list, n.Local)
	}
	return list
}

// imported returns the component that a name of m was imported as, or nil; depth counts the
// files that export it from each other.
func (l *linked) imported(m *Module, id *script.Ident, depth int) *Using {
	for _, s := range m.Tree.Body() {
		imp, ok := s.(*script.Import)
		if !ok || imp.Source == nil || id.Symbol == nil {
			continue
		}
		if imp.Default != nil && imp.Default.Symbol == id.Symbol {
			return l.componentAt(m, imp.Source.Value, "default", depth)
		}
		for _, n := range imp.Names {
			if n.Local != nil && n.Local.Symbol == id.Symbol {
				return l.componentAt(m, imp.Source.Value, n.Imported, depth)
			}
		}
	}
	return nil
}

// maxBarrels is how many files that only export from others are followed.
var maxBarrels = 4

// componentAt returns the component that module spec, imported in m, exports under a
// name; nil if it is none.
func (l *linked) componentAt(m *Module, spec, name string, depth int) *Using {
	p := l.resolve.Script(m.File.Path, spec)
	switch {
	case depth > maxBarrels:
		return nil
	case p == "":
		using := &Using{}
		l.locate(using, path.Dir(m.File.Path), spec)
		if using.Library != "" && name != "default" {
			using.Name = spelling.Tag(name)
		}
		if using.base == "" && using.Library == "" {
			return nil
		}
		return using
	case l.site.Framework.single(p), l.writesElements(p) && l.atHand(p) != nil && markup.HasElements(l.atHand(p).Tree):
		return l.usingFile(p, spec)
	}
	barrel := l.atHand(p)
	if barrel == nil || barrel.Tree == nil {
		return nil
	}
	for _, s := range barrel.Tree.Body() {
		e, ok := s.(*script.Export)
		if !ok {
			continue
		}
		for _, n := range e.Names {
			if n.Exported != name || n.Local == nil {
				continue
			}
			if e.Source != nil {
				return l.componentAt(barrel, e.Source.Value, n.Local.Name, depth+1)
			}
			return l.imported(barrel, n.Local, depth+1)
		}
	}
	return nil
}

// atHand returns the module at p, parsed; nil if nothing asked for it. Code outside
// the program's sources is parsed when something first names it.
func (l *linked) atHand(p string) *Module {
	if l.modules[p] == nil && l.beyond(p) {
		l.module(p)
		l.parsePending()
	}
	return l.modules[p]
}

// usingFile is the use of the component in a single file.
func (l *linked) usingFile(p, value string) *Using {
	using := &Using{Value: value, base: strings.TrimSuffix(p, path.Ext(p))}
	inner := ""
	if using.Library, inner = l.shelf.library(p); using.Library != "" {
		using.Name = componentName(using.Library, strings.TrimSuffix(inner, path.Ext(inner)))
	} else {
		using.Unit = l.unit(using.base, ComponentUnit)
	}
	return using
}

// easily returns the component that uni-app finds for a tag, or nil. The rules of pages.json may
// be about the tag as it is written: "^Xtx(.*)" for <XtxSwiper>.
func (l *linked) easily(tag, dir string) *Using {
	found := l.easy(spelling.Tag(tag), dir)
	if found == nil || found.base == "" && found.Library == "" {
		if written := l.easy(tag, dir); written != nil {
			return written
		}
	}
	return found
}

// easy returns the component that uni-app finds under a name, or nil.
func (l *linked) easy(name, dir string) *Using {
	if p := l.registry.byPlace[name]; p != "" {
		return l.usingFile(p, name)
	}
	for _, rule := range l.registry.byRule {
		if at := rule.pattern.FindStringSubmatchIndex(name); at != nil {
			value := string(rule.pattern.ExpandString(nil, rule.path, name, at))
			if p := l.resolve.Script(path.Join(l.site.Source, "pages.json"), value); p != "" && l.site.Framework.single(p) {
				return l.usingFile(p, value)
			}
			using := &Using{Tag: name}
			l.locate(using, dir, value)
			return using
		}
	}
	return nil
}
