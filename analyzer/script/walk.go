package script

// Walk calls f for node and for all nodes below it, in the order of the source.
// If f returns false the nodes below are left out. Chains that grow to the left
// and else-ifs are followed by loops, so that any tree Parse returns can be
// walked.
func Walk(node Node, f func(Node) bool) {
	w := walker{f: f}
	w.node(node)
}

type walker struct {
	f     func(Node) bool
	spine []Expr // expressions whose leftmost operand is being walked
}

// node walks any node.
func (w *walker) node(n Node) {
	switch n := n.(type) {
	case nil:
	case Expr:
		w.expr(n)
	case Stmt:
		w.stmt(n)
	default:
		if w.f(n) {
			w.parts(n)
		}
	}
}

// parts walks below the nodes that are neither expression nor statement.
func (w *walker) parts(n Node) {
	switch n := n.(type) {
	case *Program:
		w.stmts(n.Body())
	case *Property:
		w.expr(n.Computed)
		w.expr(n.Value)
	case *Member:
		w.exprs(n.Decorators)
		w.expr(n.Computed)
		w.expr(n.Value)
	case *JSXAttr:
		w.expr(n.Value)
	case *PatternProp:
		w.expr(n.Computed)
		w.expr(n.Target)
	case *Declarator:
		w.expr(n.Target)
		w.expr(n.Init)
	case *Case:
		w.expr(n.Test)
		w.stmts(n.Body)
	case *ImportName:
		w.ident(n.Local)
	case *ExportName:
		w.ident(n.Local)
	case *EnumMember:
		w.expr(n.Init)
	}
}

func walkAll[T Node](w *walker, list []T) {
	for _, n := range list {
		w.node(n)
	}
}

// ---- expressions

func (w *walker) ident(id *Ident) {
	if id != nil {
		w.f(id)
	}
}

func (w *walker) exprs(list []Expr) {
	for _, x := range list {
		w.expr(x)
	}
}

// expr walks x. It goes down the leftmost operands first, then up again over
// what is to their right.
func (w *walker) expr(x Expr) {
	base := len(w.spine)
	for x != nil && w.f(x) {
		left := leftOperand(x)
		if left == nil {
			w.below(x)
			break
		}
		w.spine = append(w.spine, x)
		x = left
	}
	for len(w.spine) > base {
		x := w.spine[len(w.spine)-1]
		w.spine = w.spine[:len(w.spine)-1]
		w.right(x)
	}
}

func leftOperand(x Expr) Expr {
	switch x := x.(type) {
	case *Binary:
		return x.X
	case *Dot:
		return x.X
	case *Index:
		return x.X
	case *Call:
		return x.Fn
	case *Template:
		return x.Tag
	}
	return nil
}

// right walks what is to the right of the leftmost operand.
func (w *walker) right(x Expr) {
	switch x := x.(type) {
	case *Binary:
		w.expr(x.Y)
	case *Index:
		w.expr(x.Key)
	case *Call:
		w.exprs(x.Args)
	case *Template:
		w.template(x)
	}
}

// below walks below an expression that has no leftmost operand.
func (w *walker) below(x Expr) {
	switch x := x.(type) {
	case *Template:
		w.template(x)
	case *Call, *Index, *Binary:
		w.right(x)
	case *Array:
		w.exprs(x.Elems)
	case *Object:
		walkAll(w, x.Props)
	case *Function:
		w.ident(x.Name)
		w.exprs(x.Params)
		w.block(x.Body)
		w.expr(x.Result)
	case *Class:
		w.exprs(x.Decorators)
		w.ident(x.Name)
		w.expr(x.Super)
		walkAll(w, x.Members)
	case *New:
		w.expr(x.Fn)
		w.exprs(x.Args)
	case *ImportCall:
		w.expr(x.Source)
	case *Unary:
		w.expr(x.X)
	case *Update:
		w.expr(x.X)
	case *Cond:
		w.expr(x.Test)
		w.expr(x.Then)
		w.expr(x.Else)
	case *Assign:
		w.expr(x.Target)
		w.expr(x.Value)
	case *Sequence:
		w.exprs(x.Exprs)
	case *Spread:
		w.expr(x.X)
	case *Yield:
		w.expr(x.X)
	case *Await:
		w.expr(x.X)
	case *JSXElement:
		w.expr(x.Name)
		walkAll(w, x.Attrs)
		w.exprs(x.Children)
	case *ArrayPattern:
		w.exprs(x.Elems)
	case *ObjectPattern:
		walkAll(w, x.Props)
		w.expr(x.Rest)
	case *AssignPattern:
		w.expr(x.Target)
		w.expr(x.Default)
	case *Rest:
		w.expr(x.Target)
	}
}

func (w *walker) template(x *Template) {
	for i, s := range x.Strings {
		w.f(s)
		if i < len(x.Exprs) {
			w.expr(x.Exprs[i])
		}
	}
}

// ---- statements

func (w *walker) stmts(list []Stmt) {
	for _, s := range list {
		w.stmt(s)
	}
}

func (w *walker) block(b *Block) {
	if b != nil && w.f(b) {
		w.stmts(b.Body)
	}
}

func (w *walker) stmt(s Stmt) {
	for s != nil && w.f(s) {
		branch, ok := s.(*If)
		if !ok {
			w.belowStmt(s)
			return
		}
		w.expr(branch.Test)
		w.stmt(branch.Then)
		s = branch.Else
	}
}

func (w *walker) belowStmt(s Stmt) {
	switch s := s.(type) {
	case *VarDecl:
		walkAll(w, s.Decls)
	case *FuncDecl:
		w.expr(s.Func)
	case *ClassDecl:
		w.expr(s.Class)
	case *ExprStmt:
		w.expr(s.X)
	case *Block:
		w.stmts(s.Body)
	case *For:
		w.stmt(s.Init)
		w.expr(s.Test)
		w.expr(s.Update)
		w.stmt(s.Body)
	case *ForIn:
		w.node(s.Left)
		w.expr(s.X)
		w.stmt(s.Body)
	case *While:
		w.while(s)
	case *Return:
		w.expr(s.X)
	case *Throw:
		w.expr(s.X)
	case *Try:
		w.block(s.Body)
		w.expr(s.Param)
		w.block(s.Catch)
		w.block(s.Finally)
	case *Switch:
		w.expr(s.X)
		walkAll(w, s.Cases)
	case *Labeled:
		w.stmt(s.Body)
	case *With:
		w.expr(s.X)
		w.stmt(s.Body)
	case *Import:
		w.importDecl(s)
	case *Export:
		w.stmt(s.Decl)
		w.expr(s.Value)
		walkAll(w, s.Names)
		w.source(s.Source)
	case *Enum:
		w.ident(s.Name)
		walkAll(w, s.Members)
	case *Namespace:
		w.ident(s.Name)
		w.block(s.Body)
	}
}

func (w *walker) while(s *While) {
	if s.Do {
		w.stmt(s.Body)
		w.expr(s.Test)
		return
	}
	w.expr(s.Test)
	w.stmt(s.Body)
}

func (w *walker) importDecl(s *Import) {
	w.ident(s.Default)
	w.ident(s.Namespace)
	walkAll(w, s.Names)
	w.source(s.Source)
}

func (w *walker) source(s *String) {
	if s != nil {
		w.f(s)
	}
}

// LastName is the last name of a, a.b or a.b.c: what is called, or assigned to. It is "" for
// other expressions.
func LastName(x Expr) string {
	switch x := x.(type) {
	case *Ident:
		return x.Name
	case *Dot:
		return x.Name
	}
	return ""
}
