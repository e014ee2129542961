package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// label is a statement that break or continue can name.
type label struct {
	names   []string
	num     int
	loop    bool
	unnamed bool // a break without a label leaves it: loops and switches
}

// push makes a label for a statement, pop ends its reach.
func (l *lowerer) push(x label) int {
	l.last++
	x.num = l.last
	l.labels = append(l.labels, x)
	return x.num
}

func (l *lowerer) pop() { l.labels = l.labels[:len(l.labels)-1] }

// statements lowers a list of statements, function declarations first.
func (l *lowerer) statements(list []script.Stmt) {
	l.hoist(list)
	for _, s := range list {
		l.statement(s)
	}
}

// hoist makes the functions that list declares.
func (l *lowerer) hoist(list []script.Stmt) {
	for _, s := range list {
		isDefault := false
		if e, ok := s.(*script.Export); ok {
			s, isDefault = e.Decl, e.Default
		}
		if d, ok := s.(*script.FuncDecl); ok && d.Func.Body != nil { // no overload
			mark := l.next
			l.declareFunc(d, isDefault)
			l.next = mark
		}
	}
}

func (l *lowerer) declareFunc(d *script.FuncDecl, isDefault bool) {
	v := l.closure(d.Func, "default")
	switch {
	case d.Func.Name != nil:
		l.write(d.Func.Name, v, d.Func.Name.Span)
	case isDefault:
		l.emit(Instr{Op: Export, A: v, Name: "default", Span: d.Span})
	}
}

// statement lowers s. Registers do not outlive their statement: whatever one
// passes to the next is in a variable.
func (l *lowerer) statement(s script.Stmt) {
	mark := l.next
	switch s := s.(type) {
	case *script.FuncDecl: // hoisted
	case *script.ExprStmt:
		l.expr(s.X)
	case *script.VarDecl:
		l.varDecl(s)
	case *script.ClassDecl:
		l.class(s.Class, "")
	case *script.Block:
		l.block(s)
	case *script.If:
		l.ifElse(s)
	case *script.For, *script.ForIn, *script.While:
		l.loop(s, nil)
	case *script.Return:
		v := None
		if s.X != nil {
			v = l.expr(s.X)
		}
		l.emit(Instr{Op: Return, A: v, Span: s.Span})
	case *script.Branch:
		l.jump(s)
	case *script.Throw:
		v := l.expr(s.X)
		l.emit(Instr{Op: Throw, A: v, Span: s.Span})
	case *script.Try:
		l.try(s)
	case *script.Switch:
		l.switchCase(s)
	case *script.Labeled:
		l.labeled(s)
	case *script.With:
		l.expr(s.X)
		l.body(s.Body)
	case *script.Import, *script.Export:
		l.moduleItem(s)
	case *script.Enum:
		l.enumDecl(s)
	case *script.Namespace:
		l.namespaceDecl(s)
	}
	l.next = mark
}

// body lowers the body of a statement: a block, or a single statement, which
// sloppy code lets be a function declaration.
func (l *lowerer) body(s script.Stmt) {
	if d, ok := s.(*script.FuncDecl); ok {
		l.declareFunc(d, false)
		return
	}
	l.statement(s)
}

func (l *lowerer) block(b *script.Block) {
	if b != nil {
		l.enter(b.Scope)
		l.statements(b.Body)
	}
}

func (l *lowerer) varDecl(d *script.VarDecl) {
	for _, x := range d.Decls {
		if x.Init == nil {
			if id, ok := x.Target.(*script.Ident); ok && l.vars[known(id.Symbol)] != nil {
				l.vars[known(id.Symbol)].Var.Unset = true
			}
			continue // undefined already
		}
		v := l.named(x.Init, nameOf(x.Target))
		l.bind(x.Target, v)
	}
}

// maxNesting is how many else-ifs become nested blocks. Longer runs become a
// Block that each branch leaves, so that their depth stays bounded.
var maxNesting = 64

func (l *lowerer) ifElse(s *script.If) {
	n := 0
	for e := s; e != nil && n <= maxNesting; n++ {
		e, _ = e.Else.(*script.If)
	}
	if n > maxNesting {
		l.elseIfs(s)
		return
	}
	test := l.expr(s.Test)
	l.branch(test, rangeOf(s.Test, s.Span),
		func() { l.body(s.Then) },
		func() {
			if s.Else != nil {
				l.body(s.Else)
			}
		})
}

// elseIfs lowers a long run of else-ifs one after the other.
func (l *lowerer) elseIfs(s *script.If) {
	num := l.push(label{})
	start := l.begin()
	var rest script.Stmt = s
	for {
		e, ok := rest.(*script.If)
		if !ok {
			break
		}
		mark := l.next
		l.branch(l.expr(e.Test), rangeOf(e.Test, e.Span), func() {
			l.body(e.Then)
			l.emit(Instr{Op: Break, Num: float64(num), Span: e.Span})
		}, nil)
		l.next = mark
		rest = e.Else
	}
	if rest != nil {
		l.body(rest)
	}
	block := l.end(start)
	l.pop()
	l.emit(Instr{Op: Block, Span: s.Span, Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{block}, Label: num}})})
}

// jump lowers break and continue. One that has nowhere to go is left out.
func (l *lowerer) jump(s *script.Branch) {
	op := Break
	if s.Continue {
		op = Continue
	}
	for i := len(l.labels) - 1; i >= 0; i-- {
		x := l.labels[i]
		if s.Continue && !x.loop {
			continue
		}
		found := s.Label == "" && x.unnamed
		for _, name := range x.names {
			found = found || s.Label != "" && name == s.Label
		}
		if found {
			l.emit(Instr{Op: op, Num: float64(x.num), Span: s.Span})
			return
		}
	}
}

func (l *lowerer) labeled(s *script.Labeled) {
	names := []string{s.Label}
	body := s.Body
	for {
		inner, ok := body.(*script.Labeled)
		if !ok {
			break
		}
		names, body = append(names, inner.Label), inner.Body
	}
	switch body.(type) {
	case *script.For, *script.ForIn, *script.While:
		l.loop(body, names)
		return
	}
	num := l.push(label{names: names})
	mark := l.begin()
	l.body(body)
	block := l.end(mark)
	l.pop()
	l.emit(Instr{Op: Block, Span: s.Span, Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{block}, Label: num}})})
}

func (l *lowerer) try(s *script.Try) {
	thrown := l.reg()
	mark := l.begin()
	l.block(s.Body)
	body := l.end(mark)

	mark = l.begin()
	if s.Catch == nil {
		l.emit(Instr{Op: Throw, A: thrown, Span: s.Span})
	} else {
		l.enter(s.Catch.Scope)
		if s.Param != nil {
			l.bind(s.Param, thrown)
		}
		l.statements(s.Catch.Body)
	}
	catch := l.end(mark)

	mark = l.begin()
	l.block(s.Finally)
	finally := l.end(mark)
	l.emit(Instr{Op: Try, Dst: thrown, Span: s.Span, Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{body, catch, finally}}})})
}

// ---- loops

func (l *lowerer) loop(s script.Stmt, names []string) {
	next := label{names: names, loop: true, unnamed: true}
	switch s := s.(type) {
	case *script.While:
		l.whileLoop(s, next)
	case *script.For:
		l.forLoop(s, next)
	case *script.ForIn:
		l.forIn(s, next)
	}
}

// until emits the Break that ends a loop if test is false.
func (l *lowerer) until(test script.Expr, num int) {
	mark := l.next
	c := l.expr(test)
	l.branch(c, test.Range(), nil, func() { l.emit(Instr{Op: Break, Num: float64(num), Span: test.Range()}) })
	l.next = mark
}

// emitLoop emits a Loop of what body and update emit.
func (l *lowerer) emitLoop(at source.Span, next label, body, update func(num int)) {
	num := l.push(next)
	l.loops++
	blocks := make([][]Instr, 2)
	for i, emit := range []func(int){body, update} {
		mark := l.begin()
		emit(num)
		blocks[i] = l.end(mark)
	}
	l.loops--
	l.pop()
	l.emit(Instr{Op: Loop, Span: at, Ext: l.ext(Ext{Nest: &Nest{Blocks: blocks, Label: num}})})
}

func (l *lowerer) whileLoop(s *script.While, next label) {
	l.emitLoop(s.Span, next,
		func(num int) {
			if !s.Do && s.Test != nil {
				l.until(s.Test, num)
			}
			l.body(s.Body)
		},
		func(num int) {
			if s.Do && s.Test != nil {
				l.until(s.Test, num)
			}
		})
}

func (l *lowerer) forLoop(s *script.For, next label) {
	l.enter(s.Scope)
	if s.Init != nil {
		l.statement(s.Init)
	}
	made := l.made
	l.emitLoop(s.Span, next,
		func(num int) {
			if s.Test != nil {
				l.until(s.Test, num)
			}
			l.body(s.Body)
		},
		func(int) {
			if l.made > made {
				l.renew(s.Scope)
			}
			if s.Update != nil {
				l.expr(s.Update)
			}
		})
}

// renew gives the next iteration its own copies of the variables of a for loop,
// as functions made in this one may keep the present ones.
func (l *lowerer) renew(s *script.Scope) {
	if s == nil || s.Function {
		return
	}
	for _, sym := range s.Symbols {
		x := l.vars[known(sym)]
		if sym.Kind != script.LetSymbol || x == nil {
			continue
		}
		at := x.Var.Span
		v := l.value(Instr{Op: Load, Span: at, Ext: x})
		l.emit(Instr{Op: Declare, Span: at, Ext: x})
		l.emit(Instr{Op: Store, A: v, Span: at, Ext: x})
	}
}

func (l *lowerer) forIn(s *script.ForIn, next label) {
	x := l.expr(s.X)
	op := ForIn
	if s.Of {
		op = ForOf
	}
	elem := l.reg()
	num := l.push(next)
	l.loops++
	mark := l.begin()
	l.enter(s.Scope)
	v := elem
	if s.Await {
		v = l.value(Instr{Op: Await, A: elem, Span: s.Left.Range()})
	}
	switch left := s.Left.(type) {
	case *script.VarDecl:
		for _, d := range left.Decls {
			l.bind(d.Target, v)
		}
	case script.Expr:
		l.bind(left, v)
	}
	l.body(s.Body)
	block := l.end(mark)
	l.loops--
	l.pop()
	l.emit(Instr{Op: op, Dst: elem, A: x, Span: rangeOf(s.X, s.Span), Ext: l.ext(Ext{Nest: &Nest{Blocks: [][]Instr{block}, Label: num}})})
}

// Limits are the limits of the lowering by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{"nesting": &maxNesting}
}
