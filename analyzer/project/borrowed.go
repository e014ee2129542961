package project

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// A module that is missing hides no collection point if the program uses it only for
// constants: addresses, keys, switches, texts that are shown. It may hide one if its parts are
// called, or are something that a view repeats, such as a list of fields.

// weighMissing decides which modules that m names, and that are not there, could be more than
// constants.
func (l *linked) weighMissing(m *Module) {
	for i := range m.Missing {
		if missing := &m.Missing[i]; missing.weigh {
			missing.hides = !l.constantsAlone(m, missing.source) && !l.exampleOfConstants(m, missing.Spec)
		}
	}
}

// constantsAlone reports whether the program uses only constants of what import i of m
// names. An import that gives m no name runs the missing code for its effects.
func (l *linked) constantsAlone(m *Module, i *Import) bool {
	c := &borrowed{linked: l, home: m, source: i, bound: map[*script.Symbol]bool{}, names: map[string]bool{},
		looked: map[*Module]bool{}, good: map[script.Expr]bool{}, run: map[script.Expr]bool{},
		platform: map[*Module]map[*script.Symbol]*script.Ident{}}
	if !c.from(m, i, nil) {
		return false
	}
	for size := -1; size < c.size(); {
		if size = c.size(); size > maxConstants || !c.pass() {
			return false
		}
	}
	return true
}

// maxConstants bounds how many names of a missing module are followed through the program.
const maxConstants = 200

// borrowed is what a program takes from a missing module, followed through variables, and
// through properties of page data and of the app, by their names.
type borrowed struct {
	*linked
	home   *Module // that names the missing module
	source *Import
	in     *Module // that is looked at

	bound  map[*script.Symbol]bool // variables that hold it
	names  map[string]bool         // properties that hold it
	looked map[*Module]bool        // modules with such variables
	good   map[script.Expr]bool    // uses that want a constant
	run    map[script.Expr]bool    // what is called, made or gone through

	platform map[*Module]map[*script.Symbol]*script.Ident // names of the platform's object, and of what it has
}

func (c *borrowed) size() int { return len(c.bound) + len(c.names) }

// from binds the names that m takes by import i, those in others excepted, and follows i
// through modules that export it again. It reports whether that can be followed.
func (c *borrowed) from(m *Module, i *Import, others map[string]bool) bool {
	if m.Tree == nil || m.Setup || c.looked[m] && others != nil {
		return false
	}
	c.looked[m] = true
	c.in = m
	any := false
	for s, at := range bindings(m.Tree, i) {
		any = true
		if !others[cmp.Or(nameThere(m.Tree, s), at.Name)] {
			c.bound[s] = true
		}
	}
	script.Walk(m.Tree, func(n script.Node) bool {
		if call, ok := n.(*script.Call); ok && len(call.Args) > 0 && call.Args[0].Range() == i.Span {
			any = true // require('./env').host
		}
		return !any
	})
	for _, s := range m.Tree.Body() {
		if e, ok := s.(*script.Export); ok && e.Source != nil && e.Source.Span == i.Span {
			return c.again(m, e)
		}
	}
	return any
}

// again follows what m exports again, by e, to the modules that import m.
func (c *borrowed) again(m *Module, e *script.Export) bool {
	own := map[string]bool{}
	ownNames(m, own, map[*Module]bool{})
	for _, n := range e.Names {
		delete(own, n.Exported)
	}
	for _, p := range sortedKeys(c.modules) {
		user := c.modules[p]
		for _, i := range user.Imports {
			if i.Module == m && !i.types && !c.from(user, i, own) {
				return false
			}
		}
	}
	return true
}

// ownNames adds the names that m exports and declares, or takes from modules that are there.
func ownNames(m *Module, names map[string]bool, met map[*Module]bool) {
	if m == nil || m.Tree == nil || met[m] {
		return
	}
	met[m] = true
	for _, name := range exportedNames(m.Tree) {
		names[name] = true
	}
	for _, s := range m.Tree.Body() {
		if e, ok := s.(*script.Export); ok && e.All && e.Source != nil {
			ownNames(m.Import(e.Source.Value), names, met)
		}
	}
}

// pass looks at all uses of what is followed, and finds more that holds it. It reports
// whether all are of constants.
func (c *borrowed) pass() bool {
	for _, p := range sortedKeys(c.modules) {
		if m := c.modules[p]; m.Tree != nil && (c.looked[m] || len(c.names) > 0) && !c.module(m) {
			return false
		}
	}
	if len(c.names) == 0 {
		return true
	}
	for _, p := range sortedKeys(c.views) {
		if v := c.views[p]; v.Tree != nil && !c.view(v) {
			return false
		}
	}
	return true
}

// module looks at the uses in a script.
func (c *borrowed) module(m *Module) bool {
	c.in = m
	clean := true
	script.Walk(m.Tree, func(n script.Node) bool {
		c.wants(n)
		clean = clean && !c.wrong(n)
		return clean
	})
	return clean
}

// wrong reports whether n is a use of what is followed that may want more than a constant.
func (c *borrowed) wrong(n script.Node) bool {
	switch n := n.(type) {
	case *script.Ident:
		return c.bound[n.Symbol] && n.Symbol.Decl != n && !c.good[n] && (c.run[n] || !plainName(n.Name))
	case *script.Dot:
		return c.names[n.Name] && !c.good[n]
	case *script.Call:
		return c.required(n) && !c.good[n]
	case *script.ExportName:
		return n.Local != nil && c.bound[n.Local.Symbol]
	case *script.Export: // other modules take it
		d, ok := n.Decl.(*script.VarDecl)
		return ok && slices.ContainsFunc(d.Decls, func(d *script.Declarator) bool {
			id, ok := d.Target.(*script.Ident)
			return ok && c.bound[id.Symbol]
		})
	}
	return false
}

// wants marks the places in n that want a constant, and follows what n keeps.
func (c *borrowed) wants(n script.Node) {
	switch n := n.(type) {
	case *script.Binary:
		if n.Op != "||" && n.Op != "??" { // x && y is x only if that is not true
			c.part(n.X)
		}
		if n.Op != "||" && n.Op != "??" && n.Op != "&&" {
			c.part(n.Y)
		}
	case *script.Template:
		for _, x := range n.Exprs {
			c.part(x)
		}
	case *script.Unary:
		c.part(n.X)
	case *script.If:
		c.part(n.Test)
	case *script.Cond:
		c.part(n.Test)
	case *script.Switch:
		c.part(n.X)
	case *script.Case:
		c.part(n.Test)
	case *script.Index:
		c.part(n.Key)
	case *script.Dot:
		if plainName(n.Name) && !c.run[n] && c.holds(n) {
			c.part(n)
		}
	case *script.New:
		c.run[n.Fn] = true
	case *script.Spread:
		c.run[n.X] = true
	case *script.ForIn:
		c.run[n.X] = true
	case *script.JSXElement:
		c.run[n.Name] = true
	case *script.Call:
		c.call(n)
	case *script.Declarator:
		c.kept(n.Target, n.Init)
	case *script.Assign:
		c.kept(n.Target, n.Value)
	case *script.Property:
		switch {
		case n.Key == "data" || n.Key == "globalData":
			c.store(n.Value)
		case n.Key == "key" || plainName(n.Key): // { url: hosts.save }, { key: SECRET }
			c.part(n.Value)
		}
	}
}

// required reports whether x is the call of require that names the missing module, or a part of
// what it gives.
func (c *borrowed) required(x script.Expr) bool { return c.in == c.home && c.source.is(x) }

// part marks x, and what it chooses from, as wanting a constant.
func (c *borrowed) part(x script.Expr) {
	switch e := x.(type) {
	case *script.Ident:
		c.good[e] = true
	case *script.Dot:
		c.good[e] = true
		c.part(e.X)
	case *script.Index:
		c.part(e.X)
	case *script.Call:
		if c.required(e) {
			c.good[e] = true
		}
	case *script.Binary:
		c.part(e.X)
		c.part(e.Y)
	case *script.Cond:
		c.part(e.Then)
		c.part(e.Else)
	}
}

// plainWords are words that say that a name is that of an address, a key or a switch, and
// plainEnds those that do so if they come last: BASE_URL_OF_TEST, appName.
var (
	plainWords = map[string]bool{"url": true, "host": true, "hostname": true, "domain": true, "appid": true}
	plainEnds  = map[string]bool{
		"id": true, "key": true, "secret": true, "token": true, "name": true, "title": true, "version": true,
		"env": true, "port": true, "timeout": true, "prefix": true, "path": true, "debug": true,
	}
)

// plainName reports whether something is a constant by its name.
func plainName(name string) bool {
	words := spelling.Words(name)
	return len(words) > 1 && plainEnds[words[len(words)-1]] ||
		slices.ContainsFunc(words, func(w string) bool { return plainWords[w] })
}

// textMethods are methods that only texts have, or that take texts.
var textMethods = map[string]bool{
	"replaceAll": true, "startsWith": true, "endsWith": true, "trim": true, "toUpperCase": true, "toLowerCase": true,
	"substring": true, "substr": true, "charAt": true, "padStart": true, "padEnd": true, "toFixed": true,
}

// call marks what a call of the platform, or of a method of texts, is given, and follows
// what setData keeps.
func (c *borrowed) call(n *script.Call) {
	c.run[n.Fn] = true
	name := ""
	if dot, ok := n.Fn.(*script.Dot); ok {
		name = dot.Name
		c.run[dot.X] = !textMethods[name]
		if textMethods[name] {
			c.part(dot.X)
			for _, a := range n.Args {
				c.part(a)
			}
			return
		}
	}
	switch {
	case name == "setData" && len(n.Args) > 0:
		c.store(n.Args[0])
	case c.ofPlatform(n.Fn):
		for _, a := range n.Args {
			if o, ok := a.(*script.Object); ok && !asks(o) {
				c.handed(o)
			} else if strings.HasSuffix(name, "Sync") {
				c.part(a)
			}
		}
	}
}

// asks reports whether what the platform is given makes a box with an input, whose texts
// may ask for anything.
func asks(o *script.Object) bool {
	return slices.ContainsFunc(o.Props, func(p *script.Property) bool { return p.Key == "editable" })
}

// ofPlatform reports whether x is a member of the platform's object, wx.cloud.init, or
// Taro.cloud.init with what the package of a framework exports.
func (c *borrowed) ofPlatform(x script.Expr) bool {
	for {
		switch e := x.(type) {
		case *script.Dot:
			x = e.X
		case *script.Ident:
			if e.Symbol != nil {
				return c.ofPackages(c.in)[e.Symbol] != nil
			}
			_, known := platform.GlobalByName(e.Name)
			return known
		default:
			return false
		}
	}
}

// ofPackages are the names in m of what packages with the platform's APIs export.
func (c *borrowed) ofPackages(m *Module) map[*script.Symbol]*script.Ident {
	if c.platform[m] == nil {
		c.platform[m] = map[*script.Symbol]*script.Ident{}
		for _, i := range m.Imports {
			if platform.IsPackage(i.Spec) {
				maps.Copy(c.platform[m], bindings(m.Tree, i))
			}
		}
	}
	return c.platform[m]
}

// handed marks what the platform is given in o, its callbacks excepted.
func (c *borrowed) handed(o *script.Object) {
	for _, p := range o.Props {
		if p.Key == "success" || p.Key == "fail" || p.Key == "complete" {
			continue
		}
		if inner, ok := p.Value.(*script.Object); ok {
			c.handed(inner)
		} else {
			c.part(p.Value)
		}
	}
}

// kept follows x into the variables, or the property of the app or of page data, that it
// is assigned to.
func (c *borrowed) kept(target, x script.Expr) {
	if x == nil || !c.holds(x) || c.plain(x) {
		return
	}
	switch t := target.(type) {
	case *script.Ident:
		c.binds(t)
	case *script.ObjectPattern:
		if t.Rest != nil {
			return
		}
		patternNames(t, c.binds)
	case *script.Dot:
		holder, ok := t.X.(*script.Dot)
		if !ok || holder.Name != "globalData" && holder.Name != "data" {
			return
		}
		c.names[t.Name] = true
		c.good[t] = true
	default:
		return
	}
	c.part(x)
}

func (c *borrowed) binds(id *script.Ident) {
	if id.Symbol != nil {
		c.bound[id.Symbol] = true
		c.good[id] = true
	}
}

// store follows the properties of an object that becomes data of a page or of the app.
func (c *borrowed) store(x script.Expr) {
	o, ok := x.(*script.Object)
	if !ok {
		return
	}
	for _, p := range o.Props {
		if _, inner := p.Value.(*script.Object); inner {
			c.store(p.Value)
		} else if p.Key != "" && c.holds(p.Value) && !c.plain(p.Value) {
			c.names[p.Key[strings.LastIndexByte(p.Key, '.')+1:]] = true
			c.part(p.Value)
		}
	}
}

// holds reports whether x is, or may be, something that is followed, rather than a text made
// of it.
func (c *borrowed) holds(x script.Expr) bool {
	switch e := x.(type) {
	case *script.Ident:
		return c.bound[e.Symbol]
	case *script.Dot:
		return c.names[e.Name] || c.holds(e.X)
	case *script.Index:
		return c.holds(e.X)
	case *script.Call:
		return c.required(e)
	case *script.Binary:
		return (e.Op == "||" || e.Op == "??" || e.Op == "&&") && (c.holds(e.X) || c.holds(e.Y))
	case *script.Cond:
		return c.holds(e.Then) || c.holds(e.Else)
	}
	return false
}

// plain reports whether x is a constant by its name.
func (c *borrowed) plain(x script.Expr) bool {
	switch e := x.(type) {
	case *script.Ident:
		return plainName(e.Name)
	case *script.Dot:
		return plainName(e.Name)
	case *script.Index:
		return c.plain(e.X)
	}
	return false
}

// view looks at the uses in a template: it may show the data as text, or decide by them.
func (c *borrowed) view(v *View) bool {
	c.in = nil
	clean := true
	look := func(parts []markup.Part, shown bool) {
		for _, p := range parts {
			if p.Expr == nil {
				continue
			}
			if shown {
				c.part(p.Expr)
			}
			script.Walk(p.Expr, func(n script.Node) bool {
				c.wants(n)
				id, ok := n.(*script.Ident)
				wrong := ok && c.names[id.Name] && !c.good[id] || c.wrong(n)
				clean = clean && !wrong
				return clean
			})
		}
	}
	markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			look(n.Parts, true)
		case *markup.Element:
			for _, a := range n.Attrs {
				look(a.Parts, len(a.Parts) > 1 || showsText(a))
			}
		}
		return clean
	})
	return clean
}

// showsText reports whether an attribute takes a text or an answer of yes or no, whatever
// element has it.
func showsText(a *markup.Attr) bool {
	switch a.Kind {
	case markup.Plain:
		return slices.Contains([]string{"src", "nodes", "href", "url", "class", "style", "hidden", "ec-id"}, a.Name)
	case markup.Directive:
		return a.Name == "if" || a.Name == "elif"
	}
	return false
}
