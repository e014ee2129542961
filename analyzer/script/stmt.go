package script

import (
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// statement parses one statement and goes on behind it even if it is bad.
func (p *parser) statement() Stmt {
	start, level, cover := p.tok.start, len(p.brackets), p.cover
	if p.failed { // before it, in the head of the statement around it
		return &BadStmt{p.span(start)}
	}
	noIn, then := p.noIn, p.then
	p.cover, p.noIn, p.then = -1, -1, -1
	p.enter()
	s := p.bareStatement()
	p.leave()
	if p.cover >= 0 {
		p.failAt(p.cover, unexpected("="))
	}
	p.cover, p.noIn, p.then = cover, noIn, then
	if !p.failed {
		return s
	}
	if p.trying > 0 {
		return &BadStmt{p.span(start)}
	}
	return p.recover(start, level)
}

// statements parses up to the brace that closes a block.
func (p *parser) statements() []Stmt {
	mark := len(p.stmts)
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken && !p.closesOuter() {
		p.stmts = append(p.stmts, p.statement())
	}
	return p.takeStmts(mark)
}

func (p *parser) block() *Block {
	start := p.tok.start
	p.expect(js.OpenBraceToken)
	body := p.statements()
	p.expectClose(js.CloseBraceToken)
	b := p.nodes.block.new()
	b.Span, b.Body = p.span(start), body
	return b
}

func (p *parser) bareStatement() Stmt {
	start := p.tok.start
	switch p.tok.kind {
	case js.OpenBraceToken:
		return p.block()
	case js.SemicolonToken:
		p.next()
		return &Empty{p.span(start)}
	case js.VarToken:
		return p.varStatement()
	case js.ConstToken:
		if p.ts() && p.peek().kind == js.EnumToken {
			p.next()
			return p.enum(start)
		}
		return p.varStatement()
	case js.FunctionToken:
		return p.namedFunction(start, false)
	case js.ClassToken, atToken:
		return p.classDecl(start)
	case js.IfToken:
		return p.ifStatement()
	case js.ForToken:
		return p.forStatement()
	case js.WhileToken:
		p.next()
		test := p.condition()
		body := p.statement()
		return &While{Span: p.span(start), Test: test, Body: body}
	case js.DoToken:
		return p.doStatement()
	case js.ReturnToken:
		p.next()
		x := p.restrictedOperand()
		p.semicolon()
		return &Return{p.span(start), x}
	case js.ThrowToken:
		p.next()
		if p.tok.nl {
			p.unexpected()
		}
		x := p.expression()
		p.semicolon()
		return &Throw{p.span(start), x}
	case js.BreakToken, js.ContinueToken:
		return p.branch()
	case js.TryToken:
		return p.tryStatement()
	case js.SwitchToken:
		return p.switchStatement()
	case js.WithToken:
		p.next()
		x := p.condition()
		p.withs = append(p.withs, Error{Span: source.Span{Start: start, End: x.Range().End}, Message: withNames})
		body := p.statement()
		return &With{p.span(start), x, body}
	case js.DebuggerToken:
		p.next()
		p.semicolon()
		return &Empty{p.span(start)}
	case js.ImportToken:
		if c := p.peekByte(); c != '(' && c != '.' {
			return p.importDecl()
		}
	case js.ExportToken:
		return p.exportDecl(start, nil)
	case js.EnumToken:
		if p.ts() {
			return p.enum(start)
		}
	case js.AsyncToken:
		if next := p.peek(); next.kind == js.FunctionToken && !next.nl {
			p.next()
			return p.namedFunction(start, true)
		}
	case js.LetToken:
		if p.letDeclares() {
			return p.varStatement()
		}
	}
	if p.ts() && js.IsIdentifier(p.tok.kind) {
		if s := p.typeDeclaration(start); s != nil {
			return s
		}
	}
	return p.expressionStatement(start)
}

// expressionStatement parses an expression statement or a labelled one.
func (p *parser) expressionStatement(start int32) Stmt {
	bare := p.tok.end // a label has no parentheses around it
	x := p.expression()
	if id, ok := x.(*Ident); ok && p.tok.kind == js.ColonToken && p.prevEnd == bare {
		p.next()
		body := p.statement()
		return &Labeled{p.span(start), id.Name, body}
	}
	p.semicolon()
	s := p.nodes.exprStmt.new()
	s.Span, s.X = p.span(start), x
	return s
}

// letDeclares reports whether let begins a declaration; in old code it may be
// the name of a variable.
func (p *parser) letDeclares() bool {
	next := p.peek()
	switch next.kind {
	case js.OpenBracketToken, js.OpenBraceToken, js.YieldToken, js.AwaitToken:
		return true
	}
	return js.IsIdentifier(next.kind)
}

func (p *parser) varStatement() Stmt {
	start := p.tok.start
	d := p.varDecl()
	p.semicolon()
	d.Span = p.span(start)
	return d
}

// varDecl parses a declaration without the semicolon.
func (p *parser) varDecl() *VarDecl {
	start, kind := p.tok.start, p.tokText()
	p.next()
	d := p.nodes.varDecl.new()
	d.Kind = kind
	var list [4]*Declarator
	decls := list[:0]
	for {
		decls = append(decls, p.declarator())
		if !p.accept(js.CommaToken) {
			break
		}
	}
	d.Decls = p.nodes.decls.take(decls)
	d.Span = p.span(start)
	return d
}

func (p *parser) declarator() *Declarator {
	start := p.tok.start
	d := p.nodes.decl.new()
	d.Target = p.binding()
	if p.ts() {
		if p.tok.kind == js.NotToken { // let x!: T
			p.next()
		}
		p.annotation()
	}
	if p.accept(js.EqToken) {
		d.Init = p.assignment()
	}
	d.Span = p.span(start)
	return d
}

func (p *parser) namedFunction(start int32, async bool) Stmt {
	s := p.funcDecl(start, async)
	if d, ok := s.(*FuncDecl); ok && d.Func.Name == nil {
		p.failAt(start, namelessFunction)
	}
	return s
}

// funcDecl parses a function declaration; that of a default export may have no
// name.
func (p *parser) funcDecl(start int32, async bool) Stmt {
	f := p.function(start, async)
	if f.Body == nil {
		return &Empty{p.span(start)} // a TypeScript overload
	}
	return &FuncDecl{f.Span, f}
}

// condition parses ( x ).
func (p *parser) condition() Expr {
	p.expect(js.OpenParenToken)
	x := p.expression()
	p.expectClose(js.CloseParenToken)
	return x
}

// restrictedOperand parses the operand of return, which must begin on the same
// line.
func (p *parser) restrictedOperand() Expr {
	switch p.tok.kind {
	case js.SemicolonToken, js.CloseBraceToken, eofToken:
		return nil
	}
	if p.tok.nl || p.closesOuter() {
		return nil
	}
	return p.expression()
}

// ifStatement parses an if with its whole chain of else-ifs in a loop.
func (p *parser) ifStatement() Stmt {
	var chain []*If
	for {
		s := &If{Span: source.Span{Start: p.tok.start}}
		p.expect(js.IfToken)
		s.Test = p.condition()
		s.Then = p.statement()
		chain = append(chain, s)
		if !p.accept(js.ElseToken) {
			break
		}
		if p.tok.kind != js.IfToken {
			s.Else = p.statement()
			break
		}
	}
	for i := len(chain) - 1; i >= 0; i-- {
		chain[i].Span = p.span(chain[i].Start)
		if i > 0 {
			chain[i-1].Else = chain[i]
		}
	}
	return chain[0]
}

func (p *parser) doStatement() Stmt {
	start := p.tok.start
	p.next()
	body := p.statement()
	p.expect(js.WhileToken)
	test := p.condition()
	p.accept(js.SemicolonToken)
	return &While{Span: p.span(start), Test: test, Body: body, Do: true}
}

func (p *parser) forStatement() Stmt {
	start := p.tok.start
	p.next()
	await := p.accept(js.AwaitToken)
	p.expect(js.OpenParenToken)
	var init Stmt
	initStart := p.tok.start
	p.noIn = len(p.brackets)
	switch {
	case p.tok.kind == js.SemicolonToken:
	case p.tok.kind == js.VarToken, p.tok.kind == js.ConstToken, p.tok.kind == js.LetToken && p.forLetDeclares():
		d := p.varDecl()
		if p.tok.kind == js.InToken || p.is("of") {
			return p.forIn(start, d, await)
		}
		init = d
	default:
		bare := p.tok
		x := p.expression()
		if p.tok.kind == js.InToken || p.is("of") && (bare.kind != js.AsyncToken || await || p.prevEnd != bare.end) {
			return p.forIn(start, p.target(x), await)
		}
		init = &ExprStmt{p.span(initStart), x}
	}
	p.noIn = -1
	p.expect(js.SemicolonToken)
	s := &For{Init: init}
	if p.tok.kind != js.SemicolonToken {
		s.Test = p.expression()
	}
	p.expect(js.SemicolonToken)
	if p.tok.kind != js.CloseParenToken {
		s.Update = p.expression()
	}
	p.expectClose(js.CloseParenToken)
	s.Body = p.statement()
	s.Span = p.span(start)
	return s
}

// forLetDeclares is letDeclares in the head of a for, where "let of" and "let
// in" use let as a variable.
func (p *parser) forLetDeclares() bool {
	next := p.peek()
	if p.text[next.start:next.end] == "of" {
		m := p.mark()
		p.next()
		after := p.peek().kind
		p.reset(m)
		return after == js.EqToken || after == js.SemicolonToken || after == js.CommaToken || after == js.OfToken || after == js.InToken
	}
	return p.letDeclares()
}

func (p *parser) forIn(start int32, left Node, await bool) Stmt {
	p.noIn = -1
	s := &ForIn{Left: left, Await: await, Of: p.tok.kind != js.InToken}
	p.next()
	if s.Of {
		s.X = p.assignment()
	} else {
		s.X = p.expression()
	}
	p.expectClose(js.CloseParenToken)
	s.Body = p.statement()
	s.Span = p.span(start)
	return s
}

func (p *parser) branch() Stmt {
	start := p.tok.start
	s := &Branch{Continue: p.tok.kind == js.ContinueToken}
	p.next()
	if p.isIdent() && !p.tok.nl {
		s.Label = p.name()
		p.next()
	}
	p.semicolon()
	s.Span = p.span(start)
	return s
}

func (p *parser) tryStatement() Stmt {
	start := p.tok.start
	p.next()
	s := &Try{Body: p.block()}
	if p.accept(js.CatchToken) {
		if p.accept(js.OpenParenToken) {
			s.Param = p.binding()
			p.annotation()
			p.expectClose(js.CloseParenToken)
		}
		s.Catch = p.block()
	}
	if p.accept(js.FinallyToken) {
		s.Finally = p.block()
	}
	if s.Catch == nil && s.Finally == nil {
		p.failHere(noHandler)
	}
	s.Span = p.span(start)
	return s
}

func (p *parser) switchStatement() Stmt {
	start := p.tok.start
	p.next()
	s := &Switch{X: p.condition()}
	p.expect(js.OpenBraceToken)
	for p.tok.kind == js.CaseToken || p.tok.kind == js.DefaultToken {
		c := &Case{}
		from := p.tok.start
		if p.accept(js.DefaultToken) {
			p.expect(js.ColonToken)
		} else {
			p.next()
			c.Test = p.expression()
			p.expect(js.ColonToken)
		}
		mark := len(p.stmts)
		for p.tok.kind != js.CaseToken && p.tok.kind != js.DefaultToken && p.tok.kind != js.CloseBraceToken &&
			p.tok.kind != eofToken && !p.closesOuter() {
			p.stmts = append(p.stmts, p.statement())
		}
		c.Body = p.takeStmts(mark)
		c.Span = p.span(from)
		s.Cases = append(s.Cases, c)
	}
	p.expectClose(js.CloseBraceToken)
	s.Span = p.span(start)
	return s
}
