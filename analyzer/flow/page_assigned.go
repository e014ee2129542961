package flow

import (
	"strconv"
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
	names    map[string]*writing
	wild     map[*script.Program]bool  // what writes names that are computed
	declared map[string]bool           // properties of components, which their users set
	known    map[script.Node]bool      // declarations of properties
	setters  map[*script.Symbol]string // names of the states that hooks give with a setter
	states   map[stateName]bool        // those that only their setters change
	params                             // what a page is opened with
	props    offers
}

// writing is what is written under one name.
type writing struct {
	constants map[literal]bool
	object    bool
	other     bool            // something that is not known
	params    map[string]bool // parameters of a page without which nothing else is written
}

// stateName is the name of a state of a hook, in a script.
type stateName struct {
	tree *script.Program
	name string
}

// literal is a constant as the source has it: "edit", 0, false, null, undefined.
type literal struct {
	text   string
	quoted bool
}

func (l literal) truthy() bool {
	if l.quoted {
		return l.text != ""
	}
	return l.text != "false" && l.text != "0" && l.text != "null" && l.text != "undefined"
}

// equals compares as == does: '1' is 1.
func (l literal) equals(other literal) bool { return l.text == other.text }

// wish is what a value must be for a condition to hold.
type wish struct {
	literal func(literal) bool
	object  bool // an object fulfils it
}

// truth is the wish for a value that is true, or false, as a condition.
func truth(want bool) wish {
	return wish{func(l literal) bool { return l.truthy() == want }, want}
}

// equality is the wish for a value that equals l, or does not.
func equality(l literal, want bool) wish {
	return wish{func(other literal) bool { return other.equals(l) == want }, !want}
}

// grants reports whether what is written may fulfil a wish, and whether it does so only
// with the parameters that w.params names.
func (w *writing) grants(x wish) (may, onlyWithParam bool) {
	if w == nil {
		return false, false
	}
	may = w.other || (w.object && x.object)
	for l := range w.constants {
		may = may || x.literal(l)
	}
	return may || len(w.params) > 0, !may && len(w.params) > 0
}

func assignedIn(p *project.Program) *assigned {
	w := &assigned{
		names: map[string]*writing{}, wild: map[*script.Program]bool{},
		declared: map[string]bool{}, known: map[script.Node]bool{}, setters: map[*script.Symbol]string{}, states: map[stateName]bool{},
		params: newParams(), props: newOffers(p),
	}
	for _, m := range p.Modules {
		if m.Tree != nil && m.Library == "" {
			script.Walk(m.Tree, func(n script.Node) bool { w.node(m.Tree, n); return true })
		}
	}
	for _, v := range p.Views {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			w.attrs(e.Attrs)
			w.props.element(e)
		})
	}
	return w
}

func (w *assigned) of(name string) *writing {
	if w.names[name] == nil {
		w.names[name] = &writing{constants: map[literal]bool{}, params: map[string]bool{}}
	}
	return w.names[name]
}

// something notes that what is written under name is not known.
func (w *assigned) something(name string) { w.of(name).other = true }

// write notes that x is written under name by the node at.
func (w *assigned) write(name string, x script.Expr, at script.Node) {
	if param := w.needs[at]; param != "" {
		w.of(name).params[param] = true
		return
	}
	into := w.of(name)
	if l, ok := literalOf(x); ok {
		into.constants[l] = true
		return
	}
	switch x := x.(type) {
	case *script.Object, *script.Array:
		into.object = true
	case *script.Cond: // options.edit ? true : false
		w.write(name, x.Else, nil)
		if param := w.paramOf(x.Test); param != "" {
			into.params[param] = true
		} else {
			w.write(name, x.Then, nil)
		}
	case *script.Call:
		switch id, ok := x.Fn.(*script.Ident); {
		case ok && refs[id.Name] && len(x.Args) <= 1:
			w.write(name, firstArgument(x), nil)
		case w.paramOf(x) != "":
			into.params[w.paramOf(x)] = true
		default:
			into.other = true
		}
	default:
		if param := w.paramOf(x); param != "" {
			into.params[param] = true
		} else {
			into.other = true
		}
	}
}

// refs are the functions that make a variable of Vue of their argument.
var refs = map[string]bool{"ref": true, "shallowRef": true}

// firstArgument is the first argument of a call, nil if it has none.
func firstArgument(x *script.Call) script.Expr {
	if len(x.Args) == 0 {
		return nil
	}
	return x.Args[0]
}

// node notes what one node of a script writes.
func (w *assigned) node(tree *script.Program, n script.Node) {
	w.params.node(n)
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
	case *script.JSXAttr:
		if n.Value == nil {
			w.write(n.Name, &script.Bool{Value: true}, nil)
		} else {
			w.write(n.Name, n.Value, nil)
		}
	case *script.Assign:
		w.assign(tree, n.Target, n.Value, n)
	case *script.Update:
		w.assign(tree, n.X, n, n)
	case *script.Declarator:
		w.assign(tree, n.Target, n.Init, n)
		w.state(tree, n)
	case *script.String:
		if path := strings.FieldsFunc(n.Value, between); len(path) > 0 && !w.known[n] {
			w.something(path[len(path)-1])
		}
	case *script.Call:
		w.call(tree, n)
	case *script.Ident:
		if name, ok := w.setters[n.Symbol]; ok && n.Symbol.Decl != n && !w.known[n] {
			w.something(name) // whoever gets the setter may call it
		}
	}
}

func (w *assigned) call(tree *script.Program, n *script.Call) {
	if d, ok := n.Fn.(*script.Dot); ok && d.Name == "setData" && len(n.Args) > 0 {
		if _, literal := n.Args[0].(*script.Object); !literal {
			w.wild[tree] = true
		}
	}
	if id, ok := n.Fn.(*script.Ident); ok {
		if name, setter := w.setters[id.Symbol]; setter {
			w.known[id] = true
			w.write(name, firstArgument(n), n)
		}
	}
	for _, a := range n.Args {
		if id, ok := a.(*script.Ident); ok {
			w.something(id.Name)
		}
	}
}

// state notes the setter of const [open, setOpen] = useState(false).
func (w *assigned) state(tree *script.Program, d *script.Declarator) {
	pair, ok := d.Target.(*script.ArrayPattern)
	made, called := d.Init.(*script.Call)
	if !ok || !called || len(pair.Elems) == 0 {
		return
	}
	name, ok := pair.Elems[0].(*script.Ident)
	if !ok {
		return
	}
	if hook := script.LastName(made.Fn); hook != "useState" && hook != "useSafeState" {
		w.something(name.Name)
		return
	}
	w.write(name.Name, firstArgument(made), nil)
	if len(pair.Elems) > 1 {
		if set, ok := pair.Elems[1].(*script.Ident); ok && set.Symbol != nil {
			w.setters[set.Symbol] = name.Name
			w.states[stateName{tree, name.Name}] = true
		} else {
			w.something(name.Name)
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
			w.props.declare(p.Key, p.Value)
		}
	case *script.Array:
		for _, e := range x.Elems {
			if s, ok := e.(*script.String); ok {
				w.declared[s.Value], w.known[s] = true, true
				w.props.declare(s.Value, nil)
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
			w.write(path[len(path)-1], p.Value, p)
		}
	}
}

func (w *assigned) assign(tree *script.Program, target, x script.Expr, at script.Node) {
	switch t := target.(type) {
	case *script.Ident:
		w.write(t.Name, x, at)
	case *script.Dot:
		w.write(t.Name, x, at)
		if id, ok := t.X.(*script.Ident); ok && t.Name == "value" { // a ref of Vue
			w.write(id.Name, x, at)
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
					w.something(strings.TrimSpace(p.Text))
				}
				w.mention(p.Text)
				continue
			}
			script.Walk(p.Expr, func(n script.Node) bool {
				if a.Kind == markup.Model {
					if name := script.LastName(asExpr(n)); name != "" {
						w.something(name)
					}
				}
				if s, ok := n.(*script.String); ok {
					w.mention(s.Value)
				}
				if a.Kind == markup.Event {
					w.node(nil, n)
				}
				return true
			})
		}
	}
}

func asExpr(n script.Node) script.Expr {
	x, _ := n.(script.Expr)
	return x
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

// literalOf is the constant that an expression is. What is not there is undefined.
func literalOf(x script.Expr) (literal, bool) {
	switch x := x.(type) {
	case nil:
		return literal{text: "undefined"}, true
	case *script.Null:
		return literal{text: "null"}, true
	case *script.Bool:
		return literal{text: strconv.FormatBool(x.Value)}, true
	case *script.Number:
		return literal{text: formatNumber(x.Value)}, true
	case *script.String:
		return literal{x.Value, true}, true
	case *script.Unary:
		if l, ok := literalOf(x.X); x.Op == "!" && ok { // !1 of compressed code
			return literal{text: strconv.FormatBool(!l.truthy())}, true
		}
		if x.Op == "void" {
			return literal{text: "undefined"}, true
		}
	case *script.Ident:
		if x.Name == "undefined" {
			return literal{text: "undefined"}, true
		}
	}
	return literal{}, false
}
