package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/script"
)

// Parameters of pages. A control may be shown only if its page was opened with one:
//
//	onLoad(options) { this.setData({ edit: options.edit === '1' }) }   <input wx:if="{{edit}}">
//
// If no code of the program passes it, a person gets there only from outside: by a QR
// code, a card that was shared, a notification or another program. The code cannot tell
// whether any of these has the parameter.

// params is what the scripts of a program do with parameters of pages.
type params struct {
	queries map[*script.Symbol]bool   // names of all parameters of a page: options
	single  map[*script.Symbol]string // names of one: const { edit } = options
	routers map[*script.Symbol]bool   // names of what has them: router.params
	needs   map[script.Node]string    // what runs only with a parameter: if (options.edit) { … }
	passed  map[string]bool           // parameters that some code may pass
}

func newParams() params {
	return params{
		queries: map[*script.Symbol]bool{}, routers: map[*script.Symbol]bool{}, single: map[*script.Symbol]string{},
		needs: map[script.Node]string{}, passed: map[string]bool{},
	}
}

// loaders are the functions of a page that get its parameters.
var loaders = map[string]bool{"onLoad": true, "onInit": true, "useLoad": true}

// node notes what one node of a script says of parameters. The nodes around it have been
// seen before it.
func (w *params) node(n script.Node) {
	switch n := n.(type) {
	case *script.Property:
		w.loader(n.Key, n.Value)
	case *script.Member:
		w.loader(n.Key, n.Value)
	case *script.Call:
		w.loader(script.LastName(n.Fn), firstArgument(n))
		w.handed(n)
	case *script.Declarator:
		w.declared(n)
	case *script.If:
		if param := w.paramOf(n.Test); param != "" {
			script.Walk(n.Then, func(inner script.Node) bool { w.needs[inner] = param; return true })
		}
	case *script.String:
		w.mention(n.Value)
	case *script.Object:
		for _, p := range n.Props {
			if p.Key == "query" || p.Key == "params" {
				w.handedObject(p.Value)
			}
		}
	}
}

func (w *params) loader(name string, x script.Expr) {
	f, ok := x.(*script.Function)
	if ok && loaders[name] && len(f.Params) > 0 {
		w.taken(f.Params[0])
	}
}

// taken notes the names that a pattern gives to the parameters of a page.
func (w *params) taken(pattern script.Expr) {
	switch t := pattern.(type) {
	case *script.AssignPattern:
		w.taken(t.Target)
	case *script.Ident:
		if t.Symbol != nil {
			w.queries[t.Symbol] = true
		}
	case *script.ObjectPattern:
		for _, p := range t.Props {
			if id, ok := p.Target.(*script.Ident); ok && id.Symbol != nil && p.Key != "" {
				w.single[id.Symbol] = p.Key
			}
		}
	}
}

// declared follows const { edit } = options and const edit = options.edit.
func (w *params) declared(d *script.Declarator) {
	init := d.Init
	if or, ok := init.(*script.Binary); ok && or.Op == "||" { // options || {}
		init = or.X
	}
	if w.isQuery(init) {
		w.taken(d.Target)
		return
	}
	if made, ok := init.(*script.Call); ok && script.LastName(made.Fn) == "useRouter" {
		w.router(d.Target)
	}
	if id, ok := d.Target.(*script.Ident); ok && id.Symbol != nil {
		if param := w.paramOf(d.Init); param != "" {
			w.single[id.Symbol] = param
		}
	}
}

// router notes what const router = useRouter() and const { params } = useRouter() name.
func (w *params) router(target script.Expr) {
	switch t := target.(type) {
	case *script.Ident:
		if t.Symbol != nil {
			w.routers[t.Symbol] = true
		}
	case *script.ObjectPattern:
		for _, p := range t.Props {
			if p.Key == "params" {
				w.taken(p.Target)
			}
		}
	}
}

// isQuery reports whether x is an object of all parameters of a page: options,
// useRouter().params, getCurrentInstance().router.params.
func (w *params) isQuery(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Ident:
		return w.queries[x.Symbol]
	case *script.Dot:
		if x.Name != "params" {
			return false
		}
		switch router := x.X.(type) {
		case *script.Ident:
			return w.routers[router.Symbol]
		case *script.Call:
			return script.LastName(router.Fn) == "useRouter"
		case *script.Dot:
			return router.Name == "router" || router.Name == "$router"
		}
	}
	return false
}

// paramOf is the parameter without which x is nothing that fulfils a wish: options.edit,
// options.edit === '1', !!options.edit; "" if there is none.
func (w *params) paramOf(x script.Expr) string {
	switch x := x.(type) {
	case *script.Ident:
		return w.single[x.Symbol]
	case *script.Dot:
		if w.isQuery(x.X) {
			return x.Name
		}
	case *script.Unary:
		if inner, ok := x.X.(*script.Unary); ok && x.Op == "!" && inner.Op == "!" {
			return w.paramOf(inner.X)
		}
		if x.Op == "+" {
			return w.paramOf(x.X)
		}
	case *script.Binary:
		return w.paramOfBinary(x)
	case *script.Call: // Boolean(options.edit), JSON.parse(options.user)
		if converters[script.LastName(x.Fn)] && len(x.Args) == 1 {
			return w.paramOf(x.Args[0])
		}
	}
	return ""
}

func (w *params) paramOfBinary(x *script.Binary) string {
	left, right := w.paramOf(x.X), w.paramOf(x.Y)
	switch x.Op {
	case "&&":
		if left != "" {
			return left
		}
		return right
	case "||":
		if l, ok := literalOf(x.Y); ok && !l.truthy() || right == left {
			return left
		}
	case "==", "===":
		if l, ok := literalOf(x.Y); ok && l.truthy() {
			return left
		}
		if l, ok := literalOf(x.X); ok && l.truthy() {
			return right
		}
	}
	return ""
}

// converters are functions that give nothing if they are given nothing.
var converters = map[string]bool{
	"Boolean": true, "Number": true, "parseInt": true, "parseFloat": true, "decodeURIComponent": true, "parse": true,
}

// mention notes the parameters in a text that may be an address, or the end of one.
func (w *params) mention(text string) {
	if !strings.Contains(text, "=") {
		return
	}
	for _, piece := range strings.FieldsFunc(text, func(c rune) bool { return c == '?' || c == '&' }) {
		if name, _, ok := strings.Cut(piece, "="); ok {
			w.passed[strings.TrimSpace(name)] = true
		}
	}
}

// handed notes the parameters that an object given to a call may become: qs({ edit: 1 }).
func (w *params) handed(n *script.Call) {
	if script.LastName(n.Fn) == "setData" || script.LastName(n.Fn) == "Page" {
		return
	}
	for _, a := range n.Args {
		w.handedObject(a)
	}
}

func (w *params) handedObject(x script.Expr) {
	o, ok := x.(*script.Object)
	if !ok {
		return
	}
	for _, p := range o.Props {
		w.passed[p.Key] = true
	}
}
