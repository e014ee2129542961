package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
)

// Configuration that is computed: parts are added by statements, chosen by the platform,
// put together by functions or imported from other scripts.
//
//	const config = { pages: ['pages/home/index'] }
//	if (process.env.TARO_ENV === 'weapp') config.subPackages = require('./packages')
//
// Nothing is run. What is read is all that a list can hold: both sides of a test that is
// not about the platform, and whatever is pushed to the list anywhere.

// change is a statement that changes the value of a name, or of a property of it.
type change struct {
	path  []string    // of the property; empty for the name itself
	value script.Expr // what becomes part of it
	items bool        // value is an item of a list
	loops []loop      // around the statement, the outermost first
}

// loop gives a name the items of a list, one after the other: roots.forEach(root => …).
type loop struct {
	item *script.Symbol
	list script.Expr
}

// computedConstants reads the constants of a script as constantsOf does, with those of
// functions and with what statements change. open reads other scripts; on is the platform
// that the build is for.
func computedConstants(tree *script.Program, on *platform.Platform, open opener) *constants {
	c := constantsOf(tree)
	c.on = on
	c.changes, c.open, c.imports = map[*script.Symbol][]change{}, open, map[*script.Symbol]imported{}
	c.bound = map[*script.Symbol]*jsonc.Value{}
	for _, s := range tree.Body() {
		if imp, ok := s.(*script.Import); ok && imp.Source != nil {
			if imp.Default != nil {
				c.imports[imp.Default.Symbol] = imported{spec: imp.Source.Value, name: "default"}
			}
			if imp.Namespace != nil {
				c.imports[imp.Namespace.Symbol] = imported{spec: imp.Source.Value, name: "*"}
			}
			for _, n := range imp.Names {
				if n.Local != nil {
					c.imports[n.Local.Symbol] = imported{spec: imp.Source.Value, name: n.Imported}
				}
			}
		}
		c.statements(s)
	}
	return c
}

// imported is the name of an export of another script, "*" for all of them.
type imported struct {
	spec, name string
	args       []*jsonc.Value // of a call of it
}

// opener gives what another script exports under a name, or what the function returns that
// it exports, for these arguments; nil if that is not known. holes are the outermost properties of which a part
// is not known, "" if it may be any.
type opener func(from imported) (v *jsonc.Value, holes []string)

// opened is what x, the name of an import or a call of it, is.
func (c *constants) opened(x script.Expr, from imported) *jsonc.Value {
	v, holes := c.open(from)
	for _, key := range holes {
		if len(c.keys) > 0 {
			key = c.keys[0]
		}
		c.holes = append(c.holes, hole{x, key})
	}
	return v
}

// statements notes what the statements in n declare and change, but for those that do not
// run on the platform.
func (c *constants) statements(n script.Node) {
	script.Walk(n, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			c.declared(n.Target, n.Init)
		case *script.FuncDecl:
			if n.Func.Name != nil && n.Func.Name.Symbol != nil {
				c.named[n.Func.Name.Symbol] = n.Func
			}
		case *script.If:
			holds, known := c.test(n.Test)
			if !known {
				return true
			}
			if holds {
				c.statements(n.Then)
			} else if n.Else != nil {
				c.statements(n.Else)
			}
			return false
		case *script.Switch:
			if aboutTarget(n.X) {
				c.targets(n)
				return false
			}
		case *script.Assign:
			c.note(n.Target, nil, n.Value, false)
		case *script.Call:
			c.noteCall(n)
			return !c.eachOf(n)
		case *script.ForIn:
			if d, ok := n.Left.(*script.VarDecl); ok && n.Of && len(d.Decls) == 1 {
				c.inLoop(d.Decls[0].Target, n.X, n.Body)
				return false
			}
		}
		return true
	})
}

// eachOf notes the statements of the function in list.forEach(item => …), and reports whether x is that.
func (c *constants) eachOf(x *script.Call) bool {
	d, ok := x.Fn.(*script.Dot)
	if !ok || d.Name != "forEach" || len(x.Args) == 0 {
		return false
	}
	f, ok := x.Args[0].(*script.Function)
	if !ok || len(f.Params) == 0 {
		return false
	}
	body := script.Node(f.Result)
	if f.Body != nil {
		body = f.Body
	}
	c.inLoop(f.Params[0], d.X, body)
	return true
}

// inLoop notes the statements of body, in which target is each item of a list.
func (c *constants) inLoop(target, list script.Expr, body script.Node) {
	outer := c.loops
	if id, ok := target.(*script.Ident); ok && id.Symbol != nil {
		c.loops = append(outer[:len(outer):len(outer)], loop{id.Symbol, list})
	}
	c.statements(body)
	c.loops = outer
}

// inEach calls do with the names of loops bound to each item of their lists in turn.
func (c *constants) inEach(loops []loop, do func()) {
	if len(loops) == 0 {
		do()
		return
	}
	list := c.value(loops[0].list)
	if !list.Is(jsonc.Array) || c.bound == nil {
		c.inEach(loops[1:], do) // the name is unknown
		return
	}
	for _, e := range list.Elems {
		before, had := c.bound[loops[0].item]
		c.bound[loops[0].item] = e
		c.inEach(loops[1:], do)
		delete(c.bound, loops[0].item)
		if had {
			c.bound[loops[0].item] = before
		}
	}
}

// declared notes what a declaration gives names: const pages = […], const { pages } = require('./routes').
func (c *constants) declared(target, init script.Expr) {
	if init == nil {
		return
	}
	switch t := target.(type) {
	case *script.Ident:
		if t.Symbol != nil && c.named[t.Symbol] == nil {
			c.named[t.Symbol] = init
		}
	case *script.ObjectPattern:
		for _, p := range t.Props {
			if p.Computed == nil {
				c.declared(p.Target, &script.Dot{Span: init.Range(), X: init, Name: p.Key})
			}
		}
	}
}

// targets notes the statements of the case for the platform, or of the default.
func (c *constants) targets(s *script.Switch) {
	chosen := -1
	for k, one := range s.Cases {
		name, is := one.Test.(*script.String)
		if is && c.forTarget(name.Value) || chosen < 0 && one.Test == nil {
			chosen = k
		}
	}
	for k := chosen; k >= 0 && k < len(s.Cases); k++ {
		for _, one := range s.Cases[k].Body {
			if _, leaves := one.(*script.Branch); leaves {
				return
			}
			c.statements(one)
		}
	}
}

// noteCall notes list.push(x) and Object.assign(object, x).
func (c *constants) noteCall(x *script.Call) {
	d, ok := x.Fn.(*script.Dot)
	if !ok || len(x.Args) == 0 {
		return
	}
	switch d.Name {
	case "push", "unshift":
		for _, a := range x.Args {
			c.note(d.X, nil, a, true)
		}
	case "assign":
		for _, a := range x.Args[1:] {
			c.note(x.Args[0], nil, a, false)
		}
	}
}

// note notes that value becomes a part of what target names, below path.
func (c *constants) note(target script.Expr, path []string, value script.Expr, items bool) {
	switch t := target.(type) {
	case *script.Ident:
		if t.Symbol != nil {
			slices.Reverse(path)
			c.changes[t.Symbol] = append(c.changes[t.Symbol], change{path, value, items, c.loops})
		}
	case *script.Dot:
		c.note(t.X, append(path, t.Name), value, items)
	case *script.Index:
		if key, ok := t.Key.(*script.String); ok {
			c.note(t.X, append(path, key.Value), value, items)
		}
	}
}

// name returns what a name is in all states: what it is declared as, with all that
// statements make a part of it.
func (c *constants) name(id *script.Ident) *jsonc.Value {
	v, given := c.bound[id.Symbol]
	if from, ok := c.imports[id.Symbol]; ok && id.Symbol != nil && !given {
		return c.opened(id, from)
	}
	if init := c.named[id.Symbol]; init != nil && !given {
		v = c.value(init)
	}
	if c.busy[id.Symbol] {
		return v // config.pages = config.pages.concat(more)
	}
	if c.busy == nil {
		c.busy = map[*script.Symbol]bool{}
	}
	c.busy[id.Symbol] = true
	for _, ch := range c.changes[id.Symbol] {
		keys := c.keys
		c.keys = append(keys[:len(keys):len(keys)], ch.path...)
		c.inEach(ch.loops, func() { v = merged(v, c.changed(ch)) })
		c.keys = keys
	}
	delete(c.busy, id.Symbol)
	return v
}

// changed is what a change makes part of a name, at its path.
func (c *constants) changed(ch change) *jsonc.Value {
	more := c.value(ch.value)
	if ch.items {
		more = &jsonc.Value{Span: ch.value.Range(), Kind: jsonc.Array, Elems: c.items(ch.value)}
	}
	for _, key := range slices.Backward(ch.path) {
		more = &jsonc.Value{Span: ch.value.Range(), Kind: jsonc.Object, Members: []*jsonc.Member{{Name: key, Value: more}}}
	}
	return more
}

// merged returns a and b as one: lists one behind the other, objects key by key. Of two
// plain values it is b.
func merged(a, b *jsonc.Value) *jsonc.Value {
	switch {
	case a == nil || b == nil:
		if a == nil {
			return b
		}
		return a
	case a.Is(jsonc.Array) && b.Is(jsonc.Array):
		out := *a
		out.Elems = slices.Clone(a.Elems)
		for _, e := range b.Elems {
			same := func(o *jsonc.Value) bool {
				return o == e || o.Is(jsonc.String) && e.Is(jsonc.String) && o.String() == e.String()
			}
			if !slices.ContainsFunc(a.Elems, same) {
				out.Elems = append(out.Elems, e)
			}
		}
		return &out
	case a.Is(jsonc.Object) && b.Is(jsonc.Object):
		out := *a
		out.Members = slices.Clone(a.Members)
		for _, m := range b.Members {
			one := *m
			k := slices.IndexFunc(out.Members, func(o *jsonc.Member) bool { return o.Name == m.Name })
			if k < 0 {
				out.Members = append(out.Members, &one)
				continue
			}
			one.Value = merged(out.Members[k].Value, m.Value)
			out.Members[k] = &one
		}
		return &out
	}
	return b
}

// items returns what an element of a list literal adds to it: one value, those of a
// spread, both sides of a choice.
func (c *constants) items(x script.Expr) []*jsonc.Value {
	switch x := x.(type) {
	case *script.Spread:
		return elems(c.value(x.X))
	case *script.Cond:
		switch holds, known := c.test(x.Test); {
		case known && holds:
			return c.items(x.Then)
		case known:
			return c.items(x.Else)
		}
		return append(c.items(x.Then), c.items(x.Else)...)
	case *script.Bool, *script.Null:
		return nil // of a list that is filtered by Boolean
	case *script.Binary:
		if x.Op == "&&" {
			if holds, known := c.test(x.X); known && !holds {
				return nil
			}
			return c.items(x.Y)
		}
	}
	if v := c.value(x); v != nil {
		return []*jsonc.Value{v}
	}
	return nil
}

// choice is what a condition gives: the side that is for the platform, or both.
func (c *constants) choice(x *script.Cond) *jsonc.Value {
	holds, known := c.test(x.Test)
	switch {
	case known && holds:
		return c.value(x.Then)
	case known:
		return c.value(x.Else)
	}
	then, other := c.value(x.Then), c.value(x.Else)
	if !then.Is(jsonc.Array) && !then.Is(jsonc.Object) {
		if then == nil {
			return other
		}
		return then
	}
	return merged(then, other)
}

// test evaluates a condition as in a build for the platform.
func (c *constants) test(x script.Expr) (holds, known bool) {
	switch x := x.(type) {
	case *script.Bool:
		return x.Value, true
	case *script.Ident:
		if init := c.named[x.Symbol]; init != nil && !c.busy[x.Symbol] && len(c.changes[x.Symbol]) == 0 {
			if _, literal := init.(*script.Bool); !literal {
				return c.test(init)
			}
		}
	case *script.Unary:
		if x.Op == "!" {
			holds, known = c.test(x.X)
			return !holds, known
		}
	case *script.Binary:
		if x.Op == "&&" || x.Op == "||" {
			a, knownA := c.test(x.X)
			b, knownB := c.test(x.Y)
			either := x.Op == "||"
			if knownA && a == either || knownB && b == either {
				return either, true
			}
			return !either, knownA && knownB
		}
		return c.aboutPlatform(x)
	case *script.Call: // ['weapp', 'tt'].includes(process.env.TARO_ENV)
		d, ok := x.Fn.(*script.Dot)
		if !ok || d.Name != "includes" || len(x.Args) != 1 || !aboutTarget(x.Args[0]) {
			return false, false
		}
		list := c.value(d.X)
		return slices.ContainsFunc(elems(list), func(v *jsonc.Value) bool { return c.forTarget(v.String()) }), list.Is(jsonc.Array)
	}
	return false, false
}

// aboutTarget reports whether x is the name that the build tool has for the platform.
func aboutTarget(x script.Expr) bool {
	name, member := "", false
	switch x := x.(type) {
	case *script.Dot:
		name, member = "."+x.Name, true
	case *script.Ident:
		name = x.Name
	}
	for _, f := range []*framework{uniApp, taro, mpx} {
		if slices.ContainsFunc(f.Variables, func(v string) bool { return v == name || (member && strings.HasSuffix(v, name)) }) {
			return true
		}
	}
	return false
}

// forTarget reports whether a build tool calls the platform c.on so.
func (c *constants) forTarget(name string) bool {
	on := c.on
	if on == nil {
		on = platform.Platforms()[0]
	}
	return slices.ContainsFunc([]*framework{uniApp, taro, mpx}, func(f *framework) bool { return on.Target(f.Name) == name })
}

// aboutPages reports whether something that could not be read may be a part of the list
// of pages.
func (c *constants) aboutPages() bool { return c.misses(pageKeys...) }

// misses reports whether something that could not be read may be a part of one of some
// properties.
func (c *constants) misses(keys ...string) bool {
	return slices.ContainsFunc(c.holes, func(h hole) bool { return h.key == "" || slices.Contains(keys, h.key) })
}

// configuration reads what the script at p exports as default, or, as in remax, under the
// name of the platform.
func (f *finder) configuration(p string) (tree *script.Program, v *jsonc.Value, aboutPages bool) {
	if tree = f.readScript(p); tree == nil {
		return nil, nil, false
	}
	c := computedConstants(tree, f.list.target, f.list.exportsBeside(p, 0))
	x := exportOf(tree, "default")
	if x == nil && f.list.target != nil {
		x = exportOf(tree, f.list.target.Target("remax"))
	}
	v = c.value(x)
	return tree, v, c.aboutPages()
}

// exportsBeside returns a function that reads what a script or a JSON file exports that
// the script at p names.
func (l *listing) exportsBeside(p string, depth int) opener {
	return func(from imported) (v *jsonc.Value, holes []string) {
		spec, name := from.spec, from.name
		if depth > maxBarrels {
			return nil, nil
		}
		for _, at := range scriptsAt(l.meant(p, spec)) {
			isJSON := path.Ext(at) == ".json"
			if !l.has(at) || !isScript(at) && !isJSON {
				continue
			}
			file, bad := l.read(at)
			if bad != nil {
				return nil, nil
			}
			if isJSON {
				v, _ := l.cache.json(file)
				if name != "default" && name != "*" {
					v = v.Get(name)
				}
				return unplaced(v), nil
			}
			tree := l.cache.script(file, ModeOf(at))
			c := computedConstants(tree, l.target, l.exportsBeside(at, depth+1))
			x := exportOf(tree, name)
			switch f := c.function(x); {
			case name == "*":
				v = c.exports(tree)
			case f != nil:
				v = c.returned(f, from.args)
			default:
				v = c.value(x)
			}
			for _, h := range c.holes {
				holes = append(holes, h.key)
			}
			return unplaced(v), holes
		}
		return nil, nil
	}
}

// function is the function that x is or names; nil if it is none.
func (c *constants) function(x script.Expr) *script.Function {
	if id, ok := x.(*script.Ident); ok && id.Symbol != nil {
		x = c.named[id.Symbol]
	}
	f, _ := x.(*script.Function)
	return f
}

// exports is all that a script exports, by name.
func (c *constants) exports(tree *script.Program) *jsonc.Value {
	all := &jsonc.Value{Kind: jsonc.Object}
	for _, name := range append(exportedNames(tree), "default") {
		if x := exportOf(tree, name); x != nil {
			all.Members = append(all.Members, &jsonc.Member{Name: name, Value: c.value(x)})
		}
	}
	return all
}

// scriptsAt are the files that a script may mean by these paths.
func scriptsAt(bases []string) (found []string) {
	for _, base := range bases {
		for _, ending := range []string{"", ".json", ".ts", ".js", "/index.ts", "/index.js"} {
			found = append(found, base+ending)
		}
	}
	return found
}

// exportOf returns the expression that a script exports under a name, or nil.
func exportOf(tree *script.Program, name string) script.Expr {
	for _, s := range tree.Body() {
		switch s := s.(type) {
		case *script.Export:
			if s.Default && name == "default" && s.Value != nil {
				return s.Value
			}
			if x := exportedName(s, name); x != nil {
				return x
			}
		case *script.ExprStmt: // module.exports = {…}, exports.wechat = {…}
			if a, ok := s.X.(*script.Assign); ok && assigns(a.Target, name) {
				return a.Value
			}
		}
	}
	return nil
}

// assigns reports whether target is what a script of CommonJS exports under a name.
func assigns(target script.Expr, name string) bool {
	d, ok := target.(*script.Dot)
	if !ok {
		return false
	}
	of, nested := d.X.(*script.Dot)
	id, plain := d.X.(*script.Ident)
	exports := nested && of.Name == "exports" || plain && id.Name == "exports"
	return d.Name == "exports" && name == "default" || exports && d.Name == name
}

// exportedName returns what s exports under a name: export const name = …, export { name }.
func exportedName(s *script.Export, name string) script.Expr {
	switch d := s.Decl.(type) {
	case *script.VarDecl:
		for _, one := range d.Decls {
			if id, ok := one.Target.(*script.Ident); ok && id.Name == name {
				return id
			}
		}
	case *script.FuncDecl:
		if s.Default && name == "default" || d.Func.Name != nil && d.Func.Name.Name == name {
			return d.Func
		}
	}
	for _, n := range s.Names {
		if n.Exported == name && n.Local != nil && s.Source == nil {
			return n.Local
		}
	}
	return nil
}
