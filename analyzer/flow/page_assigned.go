package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// assigned is what the program's own code writes under each name, wherever that is and
// whether it runs or not: as a property of an object literal (data, setData), by an
// assignment, by a binding of a view. It errs on the side of "something else": a text
// that is the name, or a call that is given it, may be a way to write it.
type assigned struct {
	names    map[string]map[answer]bool
	wild     map[*script.Program]bool // what writes names that are computed
	declared map[string]bool          // properties of components, which their users set
	known    map[script.Node]bool     // declarations of properties
}

// answer is what a value is as a condition, by its literal.
type answer uint8

const (
	falsyAnswer answer = iota
	truthyAnswer
	objectAnswer
	anyAnswer
)

// answers reports whether a value of the answer may give the answer want.
func (c answer) answers(want bool) bool {
	switch c {
	case falsyAnswer:
		return !want
	case truthyAnswer, objectAnswer:
		return want
	}
	return true
}

func assignedIn(p *project.Program) *assigned {
	w := &assigned{
		names: map[string]map[answer]bool{}, wild: map[*script.Program]bool{},
		declared: map[string]bool{}, known: map[script.Node]bool{},
	}
	for _, m := range p.Modules {
		if m.Tree != nil && m.Library == "" {
			script.Walk(m.Tree, func(n script.Node) bool { w.node(m.Tree, n); return true })
		}
	}
	for _, v := range p.Views {
		if v.Tree != nil {
			markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
				if e, ok := n.(*markup.Element); ok {
					w.attrs(e.Attrs)
				}
				return true
			})
		}
	}
	return w
}

func (w *assigned) add(name string, c answer) {
	if w.names[name] == nil {
		w.names[name] = map[answer]bool{}
	}
	w.names[name][c] = true
}

// node notes what one node of a script writes.
func (w *assigned) node(tree *script.Program, n script.Node) {
	switch n := n.(type) {
	case *script.Object:
		for _, p := range n.Props {
			if p.Key == "properties" || p.Key == "props" {
				w.declare(p.Value)
			}
			if !w.known[p.Value] {
				w.property(tree, p)
			}
		}
	case *script.Assign:
		w.assign(tree, n.Target, answerOf(n.Value))
	case *script.Update:
		w.assign(tree, n.X, anyAnswer)
	case *script.Declarator:
		w.assign(tree, n.Target, answerOf(n.Init))
	case *script.String:
		if path := strings.FieldsFunc(n.Value, between); len(path) > 0 && !w.known[n] {
			w.add(path[len(path)-1], anyAnswer)
		}
	case *script.Call:
		if d, ok := n.Fn.(*script.Dot); ok && d.Name == "setData" && len(n.Args) > 0 {
			if _, literal := n.Args[0].(*script.Object); !literal {
				w.wild[tree] = true
			}
		}
		for _, a := range n.Args {
			if id, ok := a.(*script.Ident); ok {
				w.add(id.Name, anyAnswer)
			}
		}
	}
}

// declare notes the properties of a component: { show: Boolean }, { show: { type: Boolean,
// value: false } }, ['show'].
func (w *assigned) declare(x script.Expr) {
	switch x := x.(type) {
	case *script.Object:
		for _, p := range x.Props {
			w.declared[p.Key], w.known[p.Value] = true, true
		}
	case *script.Array:
		for _, e := range x.Elems {
			if s, ok := e.(*script.String); ok {
				w.declared[s.Value], w.known[s] = true, true
			}
		}
	}
}

// between separates the names in "form.open" and "rows[0].open".
func between(c rune) bool { return c == '.' || c == '[' || c == ']' }

func (w *assigned) property(tree *script.Program, p *script.Property) {
	switch {
	case p.Computed != nil:
		w.wild[tree] = true
	case p.Kind == script.SpreadProperty:
	default:
		path := strings.FieldsFunc(p.Key, between)
		if len(path) > 0 {
			w.add(path[len(path)-1], answerOf(p.Value))
		}
	}
}

func (w *assigned) assign(tree *script.Program, target script.Expr, c answer) {
	switch t := target.(type) {
	case *script.Ident:
		w.add(t.Name, c)
	case *script.Dot:
		w.add(t.Name, c)
		if id, ok := t.X.(*script.Ident); ok && t.Name == "value" { // a ref of Vue
			w.add(id.Name, c)
		}
	case *script.Index:
		if _, literal := t.Key.(*script.Number); !literal {
			w.wild[tree] = true
		}
	}
}

// attrs notes what the attributes of an element write: bindings in both directions,
// handlers that are statements, names that a handler gets as data.
func (w *assigned) attrs(list []*markup.Attr) {
	for _, a := range list {
		for _, p := range a.Parts {
			if p.Expr == nil {
				if a.Kind == markup.Data || a.Kind == markup.Mark {
					w.add(strings.TrimSpace(p.Text), anyAnswer)
				}
				continue
			}
			script.Walk(p.Expr, func(n script.Node) bool {
				if id, ok := n.(*script.Ident); ok && a.Kind == markup.Model {
					w.add(id.Name, anyAnswer)
				}
				if d, ok := n.(*script.Dot); ok && a.Kind == markup.Model {
					w.add(d.Name, anyAnswer)
				}
				if a.Kind == markup.Event {
					w.node(nil, n)
				}
				return true
			})
		}
	}
}

// maxImported is how far modules are searched that a unit's script imports, for what
// they write under computed names: behaviours and mixins.
var maxImported = 3

// anything reports whether m, or what it imports, writes names that are computed.
func (w *assigned) anything(m *project.Module, depth int) bool {
	if m == nil || m.Library != "" {
		return false
	}
	if depth > maxImported {
		return true
	}
	if m.Tree == nil || len(m.Tree.Errors) > 0 || w.wild[m.Tree] {
		return true
	}
	for i := range m.Imports {
		if w.anything(m.Import(m.Imports[i].Spec), depth+1) {
			return true
		}
	}
	return false
}

// answerOf is the answer of what an expression gives.
func answerOf(x script.Expr) answer {
	truth := func(yes bool) answer {
		if yes {
			return truthyAnswer
		}
		return falsyAnswer
	}
	switch x := x.(type) {
	case nil, *script.Null:
		return falsyAnswer
	case *script.Bool:
		return truth(x.Value)
	case *script.Number:
		return truth(x.Value != 0)
	case *script.String:
		return truth(x.Value != "")
	case *script.Object, *script.Array:
		return objectAnswer
	case *script.Unary:
		if c := answerOf(x.X); x.Op == "!" && c != anyAnswer { // !1 of compressed code
			return truth(!c.answers(true))
		}
		if x.Op == "void" {
			return falsyAnswer
		}
	case *script.Ident:
		if x.Name == "undefined" {
			return falsyAnswer
		}
	case *script.Call:
		id, ok := x.Fn.(*script.Ident)
		if ok && (id.Name == "ref" || id.Name == "shallowRef") && len(x.Args) <= 1 {
			if len(x.Args) == 0 {
				return falsyAnswer
			}
			return answerOf(x.Args[0])
		}
	}
	return anyAnswer
}
