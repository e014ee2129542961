package ir

import "github.com/beian/beian/analyzer/script"

// writing is how a module writes one of its variables.
type writing struct {
	count  int  // below two it keeps the value of its declaration
	bare   bool // it is declared without a value: let channel
	within bool // a function inside of the one that declares it writes it
}

// countWrites tells how p writes its variables. A declaration with a value counts one; a
// var in a loop and any other assignment count two. The declarations of let,
// const and parameters do not count.
func countWrites(p *script.Program) map[symbol]writing {
	w := &writes{of: make(map[symbol]writing), home: p.Scope().Home()}
	w.stmts(p.Body())
	for len(w.todo) > 0 {
		last := len(w.todo) - 1
		next := w.todo[last]
		w.todo = w.todo[:last]
		w.loop, w.home = next.loop, next.home
		if e, ok := next.node.(script.Expr); ok {
			w.expr(e)
		} else {
			w.stmt(next.node)
		}
	}
	return w.of
}

// writes walks a tree with a stack of its own: chains and else-ifs may be
// deeper than the parser's bound.
type writes struct {
	of   map[symbol]writing
	todo []visit
	loop bool          // the present node is in a loop of its function
	home *script.Scope // that function's
}

type visit struct {
	node script.Node
	loop bool
	home *script.Scope
}

func (w *writes) add(n script.Node, loop bool) {
	if n != nil {
		w.todo = append(w.todo, visit{n, loop, w.home})
	}
}

func (w *writes) exprs(list ...script.Expr) {
	for _, e := range list {
		if e != nil {
			w.todo = append(w.todo, visit{e, w.loop, w.home})
		}
	}
}

func (w *writes) stmts(list []script.Stmt) {
	for _, s := range list {
		w.add(s, w.loop)
	}
}

func (w *writes) block(b *script.Block) {
	if b != nil {
		w.stmts(b.Body)
	}
}

func (w *writes) function(f *script.Function) {
	loop, home := w.loop, w.home
	w.loop, w.home = false, f.Scope.Home()
	for _, p := range f.Params {
		w.target(p, 0)
	}
	w.block(f.Body)
	w.exprs(f.Result)
	w.loop, w.home = loop, home
}

func (w *writes) class(c *script.Class) {
	w.exprs(c.Super)
	w.exprs(c.Decorators...)
	for _, m := range c.Members {
		w.exprs(m.Computed, m.Value)
		w.exprs(m.Decorators...)
	}
}

// target counts n writes to each variable of a pattern.
func (w *writes) target(e script.Expr, n int) {
	switch e := e.(type) {
	case *script.Ident:
		if e.Symbol != nil && n > 0 {
			of := w.of[known(e.Symbol)]
			of.count += n
			of.within = of.within || e.Symbol.Scope.Home() != w.home
			w.of[known(e.Symbol)] = of
		}
	case *script.AssignPattern:
		w.target(e.Target, n)
		w.exprs(e.Default)
	case *script.Rest:
		w.target(e.Target, n)
	case *script.ArrayPattern:
		for _, x := range e.Elems {
			w.target(x, n)
		}
	case *script.ObjectPattern:
		for _, p := range e.Props {
			w.exprs(p.Computed)
			w.target(p.Target, n)
		}
		w.target(e.Rest, n)
	default:
		w.exprs(e)
	}
}

func (w *writes) expr(e script.Expr) {
	switch e := e.(type) {
	case *script.Function:
		w.function(e)
	case *script.Class:
		w.class(e)
	case *script.Assign:
		w.target(e.Target, 2)
		w.exprs(e.Value)
	case *script.Update:
		w.target(e.X, 2)
	case *script.Template:
		w.exprs(e.Tag)
		w.exprs(e.Exprs...)
	case *script.Array:
		w.exprs(e.Elems...)
	case *script.Object:
		for _, p := range e.Props {
			w.exprs(p.Computed, p.Value)
		}
	case *script.Dot:
		w.exprs(e.X)
	case *script.Index:
		w.exprs(e.X, e.Key)
	case *script.Call:
		w.exprs(e.Fn)
		w.exprs(e.Args...)
	case *script.New:
		w.exprs(e.Fn)
		w.exprs(e.Args...)
	case *script.ImportCall:
		w.exprs(e.Source)
	case *script.Unary:
		w.exprs(e.X)
	case *script.Binary:
		w.exprs(e.X, e.Y)
	case *script.Cond:
		w.exprs(e.Test, e.Then, e.Else)
	case *script.Sequence:
		w.exprs(e.Exprs...)
	case *script.Spread:
		w.exprs(e.X)
	case *script.Yield:
		w.exprs(e.X)
	case *script.Await:
		w.exprs(e.X)
	case *script.JSXElement:
		for _, a := range e.Attrs {
			w.exprs(a.Value)
			if target, _ := twoWay(a); target != nil {
				w.target(target, 2) // whenever the person enters something
			}
		}
		w.exprs(e.Children...)
	}
}

func (w *writes) stmt(n script.Node) {
	switch s := n.(type) {
	case *script.VarDecl:
		w.varDecl(s, w.loop)
	case *script.FuncDecl:
		if s.Func.Name != nil && s.Func.Body != nil {
			w.target(s.Func.Name, 1)
		}
		w.function(s.Func)
	case *script.ClassDecl:
		w.class(s.Class)
	case *script.ExprStmt:
		w.exprs(s.X)
	case *script.Block:
		w.stmts(s.Body)
	case *script.If:
		w.exprs(s.Test)
		w.add(s.Then, w.loop)
		w.add(s.Else, w.loop)
	case *script.For:
		w.add(s.Init, w.loop)
		w.loop = true
		w.exprs(s.Test, s.Update)
		w.add(s.Body, true)
	case *script.ForIn:
		w.forIn(s)
	case *script.While:
		w.loop = true
		w.exprs(s.Test)
		w.add(s.Body, true)
	case *script.Return:
		w.exprs(s.X)
	case *script.Throw:
		w.exprs(s.X)
	case *script.Try:
		w.block(s.Body)
		w.target(s.Param, 0)
		w.block(s.Catch)
		w.block(s.Finally)
	case *script.Switch:
		w.exprs(s.X)
		for _, c := range s.Cases {
			w.exprs(c.Test)
			w.stmts(c.Body)
		}
	case *script.Labeled:
		w.add(s.Body, w.loop)
	case *script.With:
		w.exprs(s.X)
		w.add(s.Body, w.loop)
	case *script.Export:
		w.add(s.Decl, w.loop)
		w.exprs(s.Value)
	case *script.Enum:
		for _, m := range s.Members {
			w.exprs(m.Init)
		}
	case *script.Namespace:
		w.block(s.Body)
	}
}

func (w *writes) varDecl(d *script.VarDecl, loop bool) {
	for _, x := range d.Decls {
		n := 0
		if d.Kind == "var" && x.Init != nil {
			n = 1
			if loop {
				n = 2
			}
		}
		w.target(x.Target, n)
		w.exprs(x.Init)
		if id, ok := x.Target.(*script.Ident); ok && x.Init == nil && id.Symbol != nil {
			of := w.of[known(id.Symbol)]
			of.bare = true
			w.of[known(id.Symbol)] = of
		}
	}
}

func (w *writes) forIn(s *script.ForIn) {
	w.exprs(s.X)
	w.loop = true
	switch left := s.Left.(type) {
	case *script.VarDecl:
		n := 0
		if left.Kind == "var" {
			n = 2
		}
		for _, d := range left.Decls {
			w.target(d.Target, n)
		}
	case script.Expr:
		w.target(left, 2)
	}
	w.add(s.Body, true)
}
