package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Controls in scripts that no run made, since a condition has one answer:
//
//	{open && <Popup><Input placeholder="手机号" /></Popup>}     const [open] = useState(false)
//	if (!READY) return null
//
// As in views (page_shown.go), two things must hold before it is said that no state shows
// them: the run came to the condition and always found the one answer, and no code writes
// what would give the other.

// applied is a condition of a script, with the place of the instruction that decides it and
// the part of the script that runs only if it holds.
type applied struct {
	guard
	at, over source.Span
	right    bool // it is the right side of the && at that place
}

// guardsIn returns the conditions in a script.
func guardsIn(tree *script.Program) (out []applied) {
	add := func(test script.Expr, want bool, at source.Span, over script.Node) {
		out = append(out, applied{guard{test, want}, at, over.Range(), false})
		for both, ok := test.(*script.Binary); want && ok && both.Op == "&&"; both, ok = both.X.(*script.Binary) {
			out = append(out, applied{guard{both.Y, true}, both.Span, over.Range(), true}) // each of them must hold
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Cond:
			add(n.Test, true, n.Test.Range(), n.Then)
			add(n.Test, false, n.Test.Range(), n.Else)
		case *script.Binary:
			switch n.Op {
			case "&&":
				add(n.X, true, n.Span, n.Y)
			case "||":
				add(n.X, false, n.Span, n.Y)
			}
		case *script.If:
			add(n.Test, true, n.Test.Range(), n.Then)
			if n.Else != nil {
				add(n.Test, false, n.Test.Range(), n.Else)
			}
		case *script.Block:
			for _, s := range n.Body {
				if early, ok := s.(*script.If); ok && early.Else == nil && returns(early.Then) {
					rest := source.Span{Start: early.End, End: n.End}
					out = append(out, applied{guard{early.Test, false}, early.Test.Range(), rest, false})
				}
			}
		}
		return true
	})
	return out
}

// returns reports whether a statement ends with a return.
func returns(s script.Stmt) bool {
	if b, ok := s.(*script.Block); ok && len(b.Body) > 0 {
		s = b.Body[len(b.Body)-1]
	}
	_, ok := s.(*script.Return)
	return ok
}

// guardsOf returns the conditions in the script of u.
func (m *machine) guardsOf(u *project.Unit) []applied {
	if u == nil || u.Script == nil || u.Script.Tree == nil {
		return nil
	}
	list, known := m.react.guards[u]
	if !known {
		list = guardsIn(u.Script.Tree)
		m.react.guards[u] = list
	}
	return list
}

// givenAround says what must come from outside of the program for a condition around e, in
// the script of u, to hold; nil if nothing must.
func (m *machine) givenAround(u *project.Unit, e *markup.Element) *finding.Decision {
	for _, g := range m.guardsOf(u) {
		if !g.over.Contains(e.Open) {
			continue
		}
		if d := m.unwritten(u, g.test, g.want); d.param != "" {
			return m.shownWith(u.View, d)
		}
	}
	return nil
}

// neverMade says which of the conditions around e, in the script of u, is never met; nil
// if that is not known.
func (m *machine) neverMade(u *project.Unit, e *markup.Element) *finding.Decision {
	for _, g := range m.guardsOf(u) {
		asked := m.decisions
		if g.right {
			asked = m.operands
		}
		if !g.over.Contains(e.Open) || !asked.never(u.View.File, g.at, g.want) {
			continue
		}
		if d := m.unwritten(u, g.test, g.want); d.atom != nil && d.param == "" {
			return m.neverShown(u.View, d.atom)
		}
		if ofConstants(u.Script, g.test, 0) {
			return m.neverShown(u.View, g.test)
		}
	}
	return nil
}

// ofConstants reports whether x is made of literals, of what the build puts in place of process.env, and of constants
// made of those, so that it has one value: ['h5', 'rn'].includes(process.env.TARO_ENV).
func ofConstants(mod *project.Module, x script.Expr, depth int) bool {
	if depth > maxOfConstants {
		return false
	}
	all := func(xs ...script.Expr) bool {
		return !slices.ContainsFunc(xs, func(x script.Expr) bool { return !ofConstants(mod, x, depth+1) })
	}
	switch x := x.(type) {
	case *script.String, *script.Number, *script.Bool, *script.Regexp:
		return true
	case *script.Array:
		return all(x.Elems...)
	case *script.Unary:
		return all(x.X)
	case *script.Binary:
		return all(x.X, x.Y)
	case *script.Ident:
		init := initial(mod, x)
		return init != nil && all(init)
	case *script.Dot:
		env, ok := x.X.(*script.Dot)
		if !ok || env.Name != "env" {
			return false
		}
		process, ok := env.X.(*script.Ident)
		return ok && process.Name == "process"
	case *script.Call:
		if gives := givenBy(mod, x.Fn); gives != nil {
			return all(gives)
		}
		method, ok := x.Fn.(*script.Dot)
		return ok && builtin(method.Name) && all(append([]script.Expr{method.X}, x.Args...)...)
	}
	return false
}

// givenBy is what a function without parameters gives that only returns an expression, written where it is called or a
// constant: (() => { return process.env.TARO_ENV === 'alipay' })(). It is nil for other functions.
func givenBy(mod *project.Module, fn script.Expr) script.Expr {
	if id, ok := fn.(*script.Ident); ok {
		fn = initial(mod, id)
	}
	f, ok := fn.(*script.Function)
	if !ok || len(f.Params) > 0 || f.Async || f.Generator {
		return nil
	}
	return f.Only()
}

// maxOfConstants bounds how deep a condition is looked into.
const maxOfConstants = 12

// closedAround says why a popup around e, which a script made, never opens; nil if that is
// not known. <Popup visible={open}> is closed if open is a state that nothing sets, and so
// is a popup in a component whose users give it such a state as a property.
func (m *machine) closedAround(e *markup.Element) *finding.Decision {
	for ; e != nil; e = e.Parent {
		s := m.react.scopes[e]
		if words := spelling.Words(e.Tag); s == nil || len(words) == 0 || !slices.Contains(openers, words[len(words)-1]) {
			continue
		}
		for _, a := range e.Attrs {
			if len(a.Parts) != 1 || !slices.Contains([]string{"visible", "show", "open", "isOpened"}, a.Raw) {
				continue // so is the mark of what is shown by turns, which has no value
			}
			found, known := m.pages.found[&a.Parts[0]]
			if !known {
				continue
			}
			if opened, _ := found.value.truth(); !opened {
				return m.neverTrue(s.owner(), s.hosts, found.written)
			}
		}
	}
	return nil
}

// neverTrue says that no code makes x true, which the script of u has at an element: it is
// a state, or a property that the innermost of hosts gives; nil if that is not known.
func (m *machine) neverTrue(u *project.Unit, hosts []*Host, x script.Expr) *finding.Decision {
	path, w, ok := wishOf(x, true)
	if !ok || u == nil || u.View == nil {
		return nil
	}
	if param, settled := m.settledIn(u, path, w); settled && param == "" {
		return m.neverShown(u.View, x)
	}
	if len(hosts) == 0 {
		return nil
	}
	host := hosts[len(hosts)-1]
	for _, a := range host.Element.Attrs {
		if a.Raw == path[len(path)-1] && len(a.Parts) == 1 {
			return m.neverTrue(host.Unit, hosts[:len(hosts)-1], m.pages.found[&a.Parts[0]].written)
		}
	}
	return nil
}

// initial is what a constant at the top of a script, or of one that it imports it from, is made of; nil if id is none:
// const isWeb = process.env.TARO_ENV === 'h5'.
func initial(mod *project.Module, id *script.Ident) script.Expr {
	if mod == nil || mod.Tree == nil {
		return nil
	}
	for _, s := range mod.Tree.Body() {
		i, ok := s.(*script.Import)
		if !ok || i.Source == nil {
			continue
		}
		for _, n := range i.Names {
			if from := mod.Import(i.Source.Value); n.Local != nil && n.Local.Name == id.Name && from != nil && from.Tree != nil {
				return constantIn(from.Tree, n.Imported)
			}
		}
	}
	return constantIn(mod.Tree, id.Name)
}

// constantIn is the initial value of a constant that is declared at the top of a script, nil if there is none.
func constantIn(tree *script.Program, name string) script.Expr {
	for _, s := range tree.Body() {
		if e, ok := s.(*script.Export); ok {
			s = e.Decl
		}
		list, ok := s.(*script.VarDecl)
		if !ok || list.Kind != "const" {
			continue
		}
		for _, d := range list.Decls {
			if id, ok := d.Target.(*script.Ident); ok && id.Name == name {
				return d.Init
			}
		}
	}
	return nil
}

// unwritten is unmet by what the program writes alone.
func (m *machine) unwritten(u *project.Unit, x script.Expr, want bool) unmet {
	switch x := x.(type) {
	case *script.Unary:
		if x.Op == "!" {
			return m.unwritten(u, x.X, !want)
		}
	case *script.Binary:
		if x.Op == "&&" || x.Op == "||" {
			return strongest(m.unwritten(u, x.X, want), m.unwritten(u, x.Y, want), (x.Op == "&&") == want)
		}
	}
	if id, ok := x.(*script.Ident); ok {
		if init := initial(u.Script, id); init != nil {
			if d := m.unwritten(u, init, want); d.atom != nil {
				return unmet{x, d.param}
			}
		}
	}
	if param := m.written().paramOf(x); param != "" {
		if want && m.onlyFromOutside(param) {
			return unmet{x, param}
		}
		return unmet{}
	}
	path, w, ok := wishOf(x, want)
	if !ok {
		return unmet{}
	}
	if param, settled := m.settledIn(u, path, w); settled {
		return unmet{x, param}
	}
	return unmet{}
}
