package project

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
)

// Frameworks let programs state as code what native ones have in JSON files:
// config = {…} of a class, export default defineAppConfig({…}), a <config> block.
// A constant is read from the tree, with its places, and nothing is run.

// constants reads the constant expressions of one script.
type constants struct {
	on     *platform.Platform             // that the build is for; nil for the first
	named  map[*script.Symbol]script.Expr // the value of a const of the top level
	holes  []hole                         // what could not be read
	keys   []string                       // of the objects around what is read
	within int
	read   int // expressions so far

	// Of a configuration that is computed (computed.go):
	changes map[*script.Symbol][]change
	loops   []loop // around the statement that is being noted
	imports map[*script.Symbol]imported
	open    opener
	bound   map[*script.Symbol]*jsonc.Value // the parameters of the functions that are called, and the items of loops
	busy    map[*script.Symbol]bool         // names whose changes are being read
}

// hole is an expression that could not be read.
type hole struct {
	expr script.Expr
	key  string // the outermost property that it is a part of, "" for none
}

// hole notes that x could not be read.
func (c *constants) hole(x script.Expr) {
	h := hole{expr: x}
	if len(c.keys) > 0 {
		h.key = c.keys[0]
	}
	c.holes = append(c.holes, h)
}

// maxConstant bounds how deep constants may refer to each other.
var maxConstant = 40

// maxRead bounds how many expressions are read: lists that are made of lists twice grow
// exponentially.
var maxRead = 100_000

// constantsOf collects the named constants of tree.
func constantsOf(tree *script.Program) *constants {
	c := &constants{named: map[*script.Symbol]script.Expr{}}
	for _, s := range tree.Body() {
		if e, ok := s.(*script.Export); ok && e.Decl != nil {
			s = e.Decl
		}
		switch s := s.(type) {
		case *script.FuncDecl:
			if s.Func.Name != nil && s.Func.Name.Symbol != nil {
				c.named[s.Func.Name.Symbol] = s.Func
			}
		case *script.VarDecl:
			for _, one := range s.Decls {
				if id, ok := one.Target.(*script.Ident); ok && id.Symbol != nil && one.Init != nil {
					c.named[id.Symbol] = one.Init
				}
			}
		}
	}
	return c
}

// value returns what x is, or nil if it is not constant. Of an object or list,
// it gives the constant parts.
func (c *constants) value(x script.Expr) *jsonc.Value {
	if c.within++; c.within > maxConstant || c.read > maxRead {
		c.within--
		c.hole(x)
		return nil
	}
	c.read++
	defer func() { c.within-- }()
	switch x := x.(type) {
	case *script.String:
		return jsonc.NewString(x.Span, x.Value)
	case *script.Template:
		if text, span := constant(x); len(x.Exprs) == 0 {
			return jsonc.NewString(span, text)
		}
		if text, known := c.template(x); known {
			return jsonc.NewString(x.Span, text)
		}
	case *script.Number:
		return jsonc.NewNumber(x.Span, x.Value)
	case *script.Bool:
		return jsonc.NewBool(x.Span, x.Value)
	case *script.Null:
		return &jsonc.Value{Span: x.Span, Kind: jsonc.Null}
	case *script.Object:
		return c.object(x)
	case *script.Array:
		return c.array(x)
	case *script.Ident:
		if v := c.name(x); v != nil || x.Name == "undefined" {
			return v
		}
	case *script.Dot:
		if v := c.value(x.X).Get(x.Name); v != nil {
			return v
		}
	case *script.Index:
		if v := c.part(x); v != nil {
			return v
		}
	case *script.Call:
		return c.call(x)
	case *script.Function: // () => ({…})
		return c.returned(x, nil)
	case *script.Cond:
		return c.choice(x)
	case *script.Binary:
		if v := c.binary(x); v != nil {
			return v
		}
	}
	c.hole(x)
	return nil
}

// template returns the text of a template literal, and whether all of it is constant.
func (c *constants) template(x *script.Template) (text string, known bool) {
	if x.Tag != nil {
		return "", false
	}
	for k, s := range x.Strings {
		text += s.Value
		if k < len(x.Exprs) {
			v := c.value(x.Exprs[k])
			if !v.Is(jsonc.String) {
				return "", false
			}
			text += v.String()
		}
	}
	return text, true
}

// part is list[0], names['a'], or byPlatform[process.env.TARO_ENV].
func (c *constants) part(x *script.Index) *jsonc.Value {
	of := c.value(x.X)
	if aboutTarget(x.Key) {
		for _, m := range members(of) {
			if c.forTarget(m.Name) {
				return m.Value
			}
		}
		return nil
	}
	switch key := x.Key.(type) {
	case *script.String:
		return of.Get(key.Value)
	case *script.Number:
		if n := int(key.Value); of.Is(jsonc.Array) && n >= 0 && n < len(of.Elems) && float64(n) == key.Value {
			return of.Elems[n]
		}
	}
	return nil
}

func (c *constants) binary(x *script.Binary) *jsonc.Value {
	switch x.Op {
	case "+":
		if a, b := c.value(x.X), c.value(x.Y); a.Is(jsonc.String) && b.Is(jsonc.String) {
			return jsonc.NewString(x.Span, a.String()+b.String())
		}
	case "&&": // ...(test && { … })
		if holds, known := c.test(x.X); known && !holds {
			return jsonc.NewBool(x.Span, false)
		}
		return c.value(x.Y)
	case "||", "??":
		return merged(c.value(x.X), c.value(x.Y))
	}
	return nil
}

// objectOf returns the object that x evaluates to: x itself, a constant, the result
// of a function without branches, or the argument of defineAppConfig. It is nil for
// anything else.
func (c *constants) objectOf(x script.Expr) *script.Object {
	for range maxConstant {
		switch e := x.(type) {
		case *script.Object:
			return e
		case *script.Ident:
			x = c.named[e.Symbol]
		case *script.Function:
			x = e.Returned()
		case *script.Call:
			if _, method := e.Fn.(*script.Dot); method || len(e.Args) != 1 {
				return nil
			}
			x = e.Args[0]
		default:
			return nil
		}
	}
	return nil
}

func (c *constants) object(x *script.Object) *jsonc.Value {
	out := &jsonc.Value{Span: x.Span, Kind: jsonc.Object}
	for _, p := range x.Props {
		keys := c.keys
		if p.Kind != script.SpreadProperty && p.Computed == nil {
			c.keys = append(keys[:len(keys):len(keys)], p.Key)
		}
		v := c.value(p.Value)
		c.keys = keys
		switch {
		case v == nil || p.Kind == script.Getter || p.Kind == script.Setter:
		case p.Kind == script.SpreadProperty:
			out.Members = append(out.Members, v.Members...)
		case p.Computed != nil: // one of the object's values, under a name that no key has
			name := "[" + strconv.Itoa(int(p.Span.Start)) + "]"
			out.Members = append(out.Members, &jsonc.Member{Span: p.Span, Name: name, NameSpan: p.KeySpan, Value: v})
		default:
			out.Members = append(out.Members, &jsonc.Member{Span: p.Span, Name: p.Key, NameSpan: p.KeySpan, Value: v})
		}
	}
	return out
}

func (c *constants) array(x *script.Array) *jsonc.Value {
	out := &jsonc.Value{Span: x.Span, Kind: jsonc.Array}
	for _, e := range x.Elems {
		out.Elems = append(out.Elems, c.items(e)...)
	}
	return out
}

// call reads defineAppConfig({…}), require('./pages'), a call of a function of the script,
// and what programs put lists together with.
func (c *constants) call(x *script.Call) *jsonc.Value {
	d, method := x.Fn.(*script.Dot)
	if method {
		if v := c.method(d, x.Args, x); v != nil {
			return v
		}
		c.hole(x)
		return nil
	}
	id, _ := x.Fn.(*script.Ident)
	if f := c.function(x.Fn); f != nil { // (() => { … })(), too
		return c.returned(f, c.values(x.Args))
	}
	if id != nil {
		if from, ok := c.imports[id.Symbol]; ok {
			from.args = c.values(x.Args)
			if v := c.opened(x, from); v != nil {
				return v
			}
		}
	}
	if _, made := x.Fn.(*script.Call); made { // require('./pages')(pagesJson): what the function gives
		if v := c.value(x.Fn); v != nil {
			return v
		}
	}
	if len(x.Args) == 1 {
		return c.callOfOne(x, id, x.Args[0])
	}
	c.hole(x)
	return nil
}

// values are what each of list is.
func (c *constants) values(list []script.Expr) (values []*jsonc.Value) {
	for _, x := range list {
		values = append(values, c.value(x))
	}
	return values
}

// callOfOne is a call with one argument of a function that is not in the script: require, one
// that loads a module as require does (hotRequire('./pages.js')), or one that gives back what it got.
func (c *constants) callOfOne(x *script.Call, id *script.Ident, arg script.Expr) *jsonc.Value {
	spec, _ := constant(arg)
	requires := id != nil && id.Name == "require" && spec != ""
	if c.open == nil || !requires && !strings.HasPrefix(spec, ".") {
		return c.value(arg)
	}
	v := c.opened(x, imported{spec: spec, name: "default"})
	switch {
	case v == nil && requires:
		c.hole(x)
	case v == nil:
		return c.value(arg)
	}
	return v
}

// aboutPlatform evaluates the test by which programs tell platforms apart,
// process.env.TARO_ENV === 'weapp', as in a build for the platform c.on.
func (c *constants) aboutPlatform(test script.Expr) (holds, known bool) {
	b, ok := test.(*script.Binary)
	if !ok {
		return false, false
	}
	s, isText := b.Y.(*script.String)
	if !isText || !aboutTarget(b.X) {
		return false, false
	}
	same := c.forTarget(s.Value)
	switch b.Op {
	case "===", "==":
		return same, true
	case "!==", "!=":
		return !same, true
	}
	return false, false
}

// definition is what a script exports as its component, page or app: an object of
// options, or a class.
type definition struct {
	object *script.Object
	class  *script.Class
	fn     *script.Function // of React
}

// definitionOf finds the definition in a script: what it exports as default, or
// gives to createPage, Component and their like.
func definitionOf(tree *script.Program) definition {
	c := constantsOf(tree)
	declared := map[*script.Symbol]definition{}
	var d definition
	for _, s := range tree.Body() {
		e, exported := s.(*script.Export)
		if exported && e.Decl != nil {
			s = e.Decl
		}
		here := definition{}
		switch s := s.(type) {
		case *script.ClassDecl:
			here.class = s.Class
			if s.Class.Name != nil && s.Class.Name.Symbol != nil {
				declared[s.Class.Name.Symbol] = here
			}
		case *script.FuncDecl:
			here.fn = s.Func
			if s.Func.Name != nil && s.Func.Name.Symbol != nil {
				declared[s.Func.Name.Symbol] = here
			}
		case *script.ExprStmt:
			if call, ok := s.X.(*script.Call); ok && defines(call.Fn) && d == (definition{}) {
				d = c.definition(call, declared, 0)
			}
		}
		switch {
		case !exported || e.Source != nil:
		case e.Default && e.Value != nil:
			d = c.definition(e.Value, declared, 0)
		case e.Default:
			d = here
		}
		if exported {
			for _, n := range e.Names {
				if n.Exported == "default" && n.Local != nil {
					d = c.definition(n.Local, declared, 0)
				}
			}
		}
	}
	return d
}

// defines reports whether a function takes the options of a page, component or app.
func defines(fn script.Expr) bool {
	name := ""
	switch fn := fn.(type) {
	case *script.Ident:
		name = fn.Name
	case *script.Dot:
		name = fn.Name
	}
	return slices.Contains([]string{"createPage", "createComponent", "createApp", "Page", "Component", "App", "page", "component", "app"},
		name)
}

func (c *constants) definition(x script.Expr, declared map[*script.Symbol]definition, depth int) definition {
	if depth > maxConstant {
		return definition{}
	}
	switch x := x.(type) {
	case *script.Object:
		return definition{object: x}
	case *script.Class:
		return definition{class: x}
	case *script.Function:
		return definition{fn: x}
	case *script.Ident:
		if d, ok := declared[x.Symbol]; ok {
			return d
		}
		if init := c.named[x.Symbol]; init != nil {
			return c.definition(init, declared, depth+1)
		}
	case *script.Call:
		// The last argument that leads somewhere: connect(…)(Page), Vue.extend({…}).
		for _, a := range slices.Backward(x.Args) {
			if d := c.definition(a, declared, depth+1); d != (definition{}) {
				return d
			}
		}
	}
	return definition{}
}

// member returns the option or class field with a name, or nil.
func (d definition) member(name string) script.Expr {
	if d.object != nil {
		for _, p := range d.object.Props {
			if p.Key == name && p.Computed == nil && p.Value != nil {
				return p.Value
			}
		}
	}
	if d.class == nil {
		return nil
	}
	for _, m := range d.class.Members {
		if m.Key == name && m.Computed == nil && m.Value != nil {
			return m.Value
		}
	}
	// @Component({components: {…}}) class X extends Vue
	for _, x := range d.class.Decorators {
		if call, ok := x.(*script.Call); ok && len(call.Args) == 1 {
			if o, ok := call.Args[0].(*script.Object); ok {
				if v := (definition{object: o}).member(name); v != nil {
					return v
				}
			}
		}
	}
	return nil
}
