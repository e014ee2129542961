package script

// slab hands out values from chunks that grow, which costs far less than one
// allocation each.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) new() *T {
	if len(s.free) == 0 {
		s.size = min(2*s.size+2, 32)
		s.free = make([]T, s.size)
	}
	x := &s.free[0]
	s.free = s.free[1:]
	return x
}

// take copies list into a chunk.
func (s *slab[T]) take(list []T) []T {
	n := len(list)
	if n == 0 {
		return nil
	}
	if len(s.free) < n {
		s.size = min(2*s.size+2, 64)
		s.free = make([]T, max(n, s.size))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	copy(out, list)
	return out
}

// nodes holds the chunks of the commonest nodes of one tree.
type nodes struct {
	ident    slab[Ident]
	dot      slab[Dot]
	call     slab[Call]
	index    slab[Index]
	str      slab[String]
	number   slab[Number]
	binary   slab[Binary]
	assign   slab[Assign]
	object   slab[Object]
	property slab[Property]
	function slab[Function]
	block    slab[Block]
	exprStmt slab[ExprStmt]
	varDecl  slab[VarDecl]
	decl     slab[Declarator]
	scope    slab[Scope]
	symbol   slab[Symbol]
	exprs    slab[Expr]
	stmts    slab[Stmt]
	decls    slab[*Declarator]
}

// take ends the list of expressions that began at mark.
func (p *parser) take(mark int) []Expr {
	out := p.nodes.exprs.take(p.list[mark:])
	p.list = p.list[:mark]
	return out
}

// takeStmts ends the list of statements that began at mark.
func (p *parser) takeStmts(mark int) []Stmt {
	out := p.nodes.stmts.take(p.stmts[mark:])
	p.stmts = p.stmts[:mark]
	return out
}

// What is an expression, and what a statement.

func (*Ident) expr()         {}
func (*String) expr()        {}
func (*Number) expr()        {}
func (*Bool) expr()          {}
func (*Null) expr()          {}
func (*Regexp) expr()        {}
func (*Template) expr()      {}
func (*This) expr()          {}
func (*Super) expr()         {}
func (*Meta) expr()          {}
func (*Array) expr()         {}
func (*Object) expr()        {}
func (*Function) expr()      {}
func (*Class) expr()         {}
func (*Dot) expr()           {}
func (*Index) expr()         {}
func (*Call) expr()          {}
func (*New) expr()           {}
func (*ImportCall) expr()    {}
func (*Unary) expr()         {}
func (*Update) expr()        {}
func (*Binary) expr()        {}
func (*Cond) expr()          {}
func (*Assign) expr()        {}
func (*Sequence) expr()      {}
func (*Spread) expr()        {}
func (*Yield) expr()         {}
func (*Await) expr()         {}
func (*JSXElement) expr()    {}
func (*JSXText) expr()       {}
func (*BadExpr) expr()       {}
func (*ArrayPattern) expr()  {}
func (*ObjectPattern) expr() {}
func (*AssignPattern) expr() {}
func (*Rest) expr()          {}

func (*VarDecl) stmt()   {}
func (*FuncDecl) stmt()  {}
func (*ClassDecl) stmt() {}
func (*ExprStmt) stmt()  {}
func (*Block) stmt()     {}
func (*If) stmt()        {}
func (*For) stmt()       {}
func (*ForIn) stmt()     {}
func (*While) stmt()     {}
func (*Return) stmt()    {}
func (*Branch) stmt()    {}
func (*Throw) stmt()     {}
func (*Try) stmt()       {}
func (*Switch) stmt()    {}
func (*Labeled) stmt()   {}
func (*Empty) stmt()     {}
func (*With) stmt()      {}
func (*Import) stmt()    {}
func (*Export) stmt()    {}
func (*Enum) stmt()      {}
func (*Namespace) stmt() {}
func (*BadStmt) stmt()   {}
