package script

import "strings"

// SymbolKind is how a name was declared.
type SymbolKind uint8

// The ways to declare a name.
const (
	VarSymbol SymbolKind = iota + 1
	LetSymbol
	ConstSymbol
	FunctionSymbol
	ClassSymbol
	ParamSymbol
	CatchSymbol
	ImportSymbol
	EnumSymbol
)

// Symbol is a declared name.
type Symbol struct {
	Name  string
	Kind  SymbolKind
	Decl  *Ident // the first declaration
	Scope *Scope
}

// Scope is a region in which names are declared.
type Scope struct {
	Parent   *Scope
	Function bool      // a function's or the program's own scope, where var lands
	Symbols  []*Symbol // in order of declaration

	index map[string]*Symbol // of Symbols, when there are many
}

// Home is the scope of the function that s is in; the program's own if there is none.
func (s *Scope) Home() *Scope {
	for s != nil && !s.Function && s.Parent != nil {
		s = s.Parent
	}
	return s
}

// indexedScope is the number of symbols from which a scope has an index.
const indexedScope = 16

// Lookup finds name in s alone, not in its parents.
func (s *Scope) Lookup(name string) *Symbol {
	if s.index != nil {
		return s.index[name]
	}
	for _, sym := range s.Symbols {
		if sym.Name == name {
			return sym
		}
	}
	return nil
}

// resolver declares the names of a tree and finds what each use of a name
// refers to. A name may be used before its declaration, so uses are collected
// on the way and resolved at the end.
type resolver struct {
	nodes  *nodes
	module bool
	scope  *Scope
	uses   []use
}

type use struct {
	id    *Ident
	scope *Scope
}

// resolve sets every Scope and Symbol of prog.
func resolve(p *parser, prog *Program) {
	r := &resolver{nodes: &p.nodes, module: prog.Module}
	r.uses = make([]use, 0, 16+len(p.text)/24)
	prog.Code.Scope = r.push(true)
	r.stmts(prog.Code.Body)
	r.finish()
}

// resolveExpr resolves the names that x declares itself; all others stay nil.
func resolveExpr(p *parser, x Expr) {
	if !p.declares {
		return
	}
	r := &resolver{nodes: &p.nodes}
	r.push(true)
	r.expr(x)
	r.finish()
}

func (r *resolver) finish() {
	for _, u := range r.uses {
		for s := u.scope; s != nil; s = s.Parent {
			if sym := s.Lookup(u.id.Name); sym != nil {
				u.id.Symbol = sym
				break
			}
		}
	}
}

// push opens a scope within the present one.
func (r *resolver) push(function bool) *Scope {
	s := r.nodes.scope.new()
	s.Parent, s.Function = r.scope, function
	r.scope = s
	return s
}

func (r *resolver) pop() { r.scope = r.scope.Parent }

func (r *resolver) use(id *Ident) {
	if id != nil {
		r.uses = append(r.uses, use{id, r.scope})
	}
}

// declare declares id in s; a second declaration of a name adds nothing.
func (r *resolver) declare(s *Scope, id *Ident, kind SymbolKind) *Symbol {
	if id == nil || id.Name == "" {
		return nil
	}
	sym := s.Lookup(id.Name)
	if sym == nil {
		sym = r.nodes.symbol.new()
		sym.Name, sym.Kind, sym.Decl, sym.Scope = id.Name, kind, id, s
		s.add(sym)
	}
	id.Symbol = sym
	return sym
}

func (s *Scope) add(sym *Symbol) {
	s.Symbols = append(s.Symbols, sym)
	if s.index != nil {
		s.index[sym.Name] = sym
	} else if len(s.Symbols) > indexedScope {
		s.index = make(map[string]*Symbol, 2*len(s.Symbols))
		for _, sym := range s.Symbols {
			s.index[sym.Name] = sym
		}
	}
}

// functionScope is where a var declared in the present scope lands.
func (r *resolver) functionScope() *Scope {
	s := r.scope
	for !s.Function && s.Parent != nil {
		s = s.Parent
	}
	return s
}

// declareFunction declares the name of a function declaration. In old code it is
// also a name of the function around its block.
func (r *resolver) declareFunction(id *Ident) {
	sym := r.declare(r.scope, id, FunctionSymbol)
	if outer := r.functionScope(); sym != nil && !r.module && outer != r.scope && outer.Lookup(sym.Name) == nil {
		outer.add(sym)
	}
}

// pattern declares the names of a pattern in s and resolves its defaults and
// computed keys.
func (r *resolver) pattern(s *Scope, x Expr, kind SymbolKind) {
	switch x := x.(type) {
	case *Ident:
		r.declare(s, x, kind)
	case *ArrayPattern:
		for _, e := range x.Elems {
			r.pattern(s, e, kind)
		}
	case *ObjectPattern:
		for _, prop := range x.Props {
			r.expr(prop.Computed)
			r.pattern(s, prop.Target, kind)
		}
		r.pattern(s, x.Rest, kind)
	case *AssignPattern:
		r.pattern(s, x.Target, kind)
		r.expr(x.Default)
	case *Rest:
		r.pattern(s, x.Target, kind)
	case nil:
	default:
		r.expr(x)
	}
}

// ---- statements

func (r *resolver) stmts(list []Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

func (r *resolver) stmt(s Stmt) {
	switch s := s.(type) {
	case *ExprStmt:
		r.expr(s.X)
	case *VarDecl:
		r.varDecl(s)
	case *FuncDecl:
		r.declareFunction(s.Func.Name)
		r.function(s.Func)
	case *ClassDecl:
		sym := r.declare(r.scope, s.Class.Name, ClassSymbol)
		r.class(s.Class, sym)
	case *Block:
		r.block(s, false)
	case *If:
		r.ifStmt(s)
	case *For:
		s.Scope = r.push(false)
		r.optional(s.Init)
		r.expr(s.Test)
		r.expr(s.Update)
		r.stmt(s.Body)
		r.pop()
	case *ForIn:
		s.Scope = r.push(false)
		if d, ok := s.Left.(*VarDecl); ok {
			r.varDecl(d)
		} else if x, ok := s.Left.(Expr); ok {
			r.expr(x)
		}
		r.expr(s.X)
		r.stmt(s.Body)
		r.pop()
	case *While:
		r.expr(s.Test)
		r.stmt(s.Body)
	case *Return:
		r.expr(s.X)
	case *Throw:
		r.expr(s.X)
	case *Try:
		r.try(s)
	case *Switch:
		r.expr(s.X)
		s.Scope = r.push(false)
		for _, c := range s.Cases {
			r.expr(c.Test)
			r.stmts(c.Body)
		}
		r.pop()
	case *Labeled:
		r.stmt(s.Body)
	case *With:
		r.expr(s.X)
		r.stmt(s.Body)
	case *Import:
		r.declare(r.scope, s.Default, ImportSymbol)
		r.declare(r.scope, s.Namespace, ImportSymbol)
		for _, n := range s.Names {
			r.declare(r.scope, n.Local, ImportSymbol)
		}
	case *Export:
		r.export(s)
	case *Enum:
		r.declare(r.scope, s.Name, EnumSymbol)
		for _, m := range s.Members {
			r.expr(m.Init)
		}
	case *Namespace:
		r.declare(r.scope, s.Name, VarSymbol)
		r.block(s.Body, true)
	}
}

func (r *resolver) optional(s Stmt) {
	if s != nil {
		r.stmt(s)
	}
}

func (r *resolver) varDecl(d *VarDecl) {
	s, kind := r.scope, LetSymbol
	switch d.Kind {
	case "var":
		s, kind = r.functionScope(), VarSymbol
	case "const":
		kind = ConstSymbol
	}
	for _, d := range d.Decls {
		r.pattern(s, d.Target, kind)
		r.expr(d.Init)
	}
}

func (r *resolver) block(b *Block, function bool) {
	b.Scope = r.push(function)
	r.stmts(b.Body)
	r.pop()
}

func (r *resolver) ifStmt(s *If) {
	for {
		r.expr(s.Test)
		r.stmt(s.Then)
		next, ok := s.Else.(*If)
		if !ok {
			r.optional(s.Else)
			return
		}
		s = next
	}
}

func (r *resolver) try(s *Try) {
	r.block(s.Body, false)
	if s.Catch != nil {
		s.Catch.Scope = r.push(false)
		r.pattern(r.scope, s.Param, CatchSymbol)
		r.stmts(s.Catch.Body)
		r.pop()
	}
	if s.Finally != nil {
		r.block(s.Finally, false)
	}
}

func (r *resolver) export(s *Export) {
	r.optional(s.Decl)
	r.expr(s.Value)
	if s.Source == nil {
		for _, n := range s.Names {
			r.use(n.Local)
		}
	}
}

// ---- functions and classes

func (r *resolver) function(f *Function) {
	f.Scope = r.push(true)
	for _, x := range f.Params {
		r.pattern(f.Scope, x, ParamSymbol)
	}
	if f.Body != nil {
		f.Body.Scope = f.Scope
		r.stmts(f.Body.Body)
	}
	r.expr(f.Result)
	r.pop()
}

// functionExpr resolves a function expression, whose name is known inside only.
func (r *resolver) functionExpr(f *Function) {
	r.function(f)
	if f.Name != nil {
		r.declare(f.Scope, f.Name, FunctionSymbol)
	}
}

// class resolves a class; sym is its name in the scope around it, nil for an
// expression.
func (r *resolver) class(c *Class, sym *Symbol) {
	r.exprs(c.Decorators)
	c.Scope = r.push(false)
	if sym != nil {
		c.Scope.add(sym)
	} else {
		r.declare(c.Scope, c.Name, ClassSymbol)
	}
	r.expr(c.Super)
	for _, m := range c.Members {
		r.exprs(m.Decorators)
		r.expr(m.Computed)
		r.expr(m.Value)
	}
	r.pop()
}

// ---- expressions

func (r *resolver) exprs(list []Expr) {
	for _, x := range list {
		r.expr(x)
	}
}

// expr resolves the names in x. Chains that grow to the left are followed by a
// loop.
func (r *resolver) expr(x Expr) {
	for x != nil {
		x = r.outer(x)
	}
}

// outer resolves all of x but for one operand, which it returns.
func (r *resolver) outer(x Expr) Expr {
	switch x := x.(type) {
	case *Ident:
		r.use(x)
	case *Dot:
		return x.X
	case *Call:
		r.exprs(x.Args)
		return x.Fn
	case *Index:
		r.expr(x.Key)
		return x.X
	case *Binary:
		r.expr(x.Y)
		return x.X
	case *Assign:
		r.expr(x.Target)
		return x.Value
	case *Object:
		for _, prop := range x.Props {
			r.expr(prop.Computed)
			r.expr(prop.Value)
		}
	case *Array:
		r.exprs(x.Elems)
	case *Function:
		r.functionExpr(x)
	case *Class:
		r.class(x, nil)
	case *Template:
		r.exprs(x.Exprs)
		return x.Tag
	case *New:
		r.exprs(x.Args)
		return x.Fn
	case *ImportCall:
		return x.Source
	case *Unary:
		return x.X
	case *Update:
		return x.X
	case *Cond:
		r.expr(x.Test)
		r.expr(x.Then)
		return x.Else
	case *Sequence:
		r.exprs(x.Exprs)
	case *Spread:
		return x.X
	case *Yield:
		return x.X
	case *Await:
		return x.X
	case *JSXElement:
		r.jsx(x)
	default:
		return r.outerPattern(x)
	}
	return nil
}

// outerPattern is outer for the pattern of an assignment, which declares
// nothing.
func (r *resolver) outerPattern(x Expr) Expr {
	switch x := x.(type) {
	case *ArrayPattern:
		r.exprs(x.Elems)
	case *ObjectPattern:
		for _, prop := range x.Props {
			r.expr(prop.Computed)
			r.expr(prop.Target)
		}
		return x.Rest
	case *AssignPattern:
		r.expr(x.Target)
		return x.Default
	case *Rest:
		return x.Target
	}
	return nil
}

// jsx resolves an element. A lower-case name is a tag of the platform; one with a capital in it
// is none, and may be a function of the script (Vue's JSX): <renderRow />.
func (r *resolver) jsx(x *JSXElement) {
	if id, ok := x.Name.(*Ident); !ok || id.Name != "" && id.Name != strings.ToLower(id.Name) {
		r.expr(x.Name)
	}
	for _, a := range x.Attrs {
		r.expr(a.Value)
	}
	r.exprs(x.Children)
}
