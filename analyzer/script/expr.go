package script

import "github.com/tdewolff/parse/v2/js"

// expression parses a, b, c.
func (p *parser) expression() Expr {
	start := p.tok.start
	x := p.assignment()
	if p.tok.kind != js.CommaToken {
		return x
	}
	mark := len(p.list)
	p.list = append(p.list, x)
	for p.accept(js.CommaToken) {
		p.list = append(p.list, p.assignment())
	}
	return &Sequence{p.span(start), p.take(mark)}
}

// assignment parses an expression without commas.
func (p *parser) assignment() Expr {
	if p.tok.kind == js.YieldToken && p.fn.generator {
		return p.yield()
	}
	p.enter()
	defer p.leave()
	start, cover := p.tok.start, p.cover
	p.cover = -1
	x := p.conditional()
	if op := p.tok.kind; isAssignOp(op) && !p.isArrow(x) {
		a := p.nodes.assign.new()
		if op == js.EqToken {
			x = p.target(x)
			p.cover = -1
		} else {
			p.simpleTarget(x)
		}
		a.Target, a.Op = x, p.tokText()
		p.next()
		a.Value = p.assignment()
		a.Span = p.span(start)
		x = a
	}
	if p.cover < 0 {
		p.cover = cover
	}
	return x
}

func isAssignOp(kind js.TokenType) bool {
	switch kind {
	case js.EqToken, js.AddEqToken, js.SubEqToken, js.MulEqToken, js.DivEqToken, js.ModEqToken, js.ExpEqToken,
		js.LtLtEqToken, js.GtGtEqToken, js.GtGtGtEqToken, js.BitAndEqToken, js.BitOrEqToken, js.BitXorEqToken,
		js.AndEqToken, js.OrEqToken, js.NullishEqToken:
		return true
	}
	return false
}

// isArrow reports whether x, just parsed, is an arrow function without
// parentheses around it, which no operator may follow.
func (p *parser) isArrow(x Expr) bool {
	f, ok := x.(*Function)
	return ok && f.Arrow && f.End == p.prevEnd
}

func (p *parser) yield() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.start
	p.next()
	y := &Yield{}
	if p.tok.kind == js.MulToken && !p.tok.nl {
		p.next()
		y.Delegate = true
		y.X = p.assignment()
	} else if !p.tok.nl && p.startsOperand() {
		y.X = p.assignment()
	}
	y.Span = p.span(start)
	return y
}

// startsOperand reports whether the present token can begin an expression
// behind yield.
func (p *parser) startsOperand() bool {
	switch p.tok.kind {
	case js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken, js.CommaToken, js.SemicolonToken,
		js.ColonToken, js.InToken, js.QuestionToken, js.TemplateMiddleToken, js.TemplateEndToken, eofToken:
		return false
	}
	return !p.is("of")
}

func (p *parser) conditional() Expr {
	start := p.tok.start
	x := p.binary(0)
	if p.tok.kind != js.QuestionToken || p.isArrow(x) {
		return x
	}
	if p.ts() {
		switch p.peekByte() {
		case ':', ',', ')', '=': // an optional parameter
			return x
		}
	}
	p.next()
	then := p.then
	p.then = len(p.brackets)
	yes := p.assignment()
	p.then = then
	p.expect(js.ColonToken)
	no := p.assignment()
	return &Cond{p.span(start), x, yes, no}
}

// precedence of the binary operators; 0 is none.
var precedences = [...]int8{
	js.NullishToken - js.OperatorToken:  1,
	js.OrToken - js.OperatorToken:       2,
	js.AndToken - js.OperatorToken:      3,
	js.BitOrToken - js.OperatorToken:    4,
	js.BitXorToken - js.OperatorToken:   5,
	js.BitAndToken - js.OperatorToken:   6,
	js.EqEqToken - js.OperatorToken:     7,
	js.NotEqToken - js.OperatorToken:    7,
	js.EqEqEqToken - js.OperatorToken:   7,
	js.NotEqEqToken - js.OperatorToken:  7,
	js.LtToken - js.OperatorToken:       relational,
	js.LtEqToken - js.OperatorToken:     relational,
	js.GtToken - js.OperatorToken:       relational,
	js.GtEqToken - js.OperatorToken:     relational,
	js.LtLtToken - js.OperatorToken:     9,
	js.GtGtToken - js.OperatorToken:     9,
	js.GtGtGtToken - js.OperatorToken:   9,
	js.AddToken - js.OperatorToken:      10,
	js.SubToken - js.OperatorToken:      10,
	js.MulToken - js.OperatorToken:      11,
	js.DivToken - js.OperatorToken:      11,
	js.ModToken - js.OperatorToken:      11,
	js.ExpToken - js.OperatorToken:      power,
	js.OptChainToken - js.OperatorToken: 0,
}

const (
	relational = 8
	power      = 12
)

// precedence returns the precedence of the present token as a binary operator.
func (p *parser) precedence() int {
	kind := p.tok.kind
	if js.IsOperator(kind) && int(kind-js.OperatorToken) < len(precedences) {
		return int(precedences[kind-js.OperatorToken])
	}
	switch kind {
	case js.InstanceofToken:
		return relational
	case js.InToken:
		if p.noIn != len(p.brackets) {
			return relational
		}
	}
	return 0
}

// binary parses operands joined by operators that bind tighter than floor.
func (p *parser) binary(floor int) Expr {
	start := p.tok.start
	x := p.unary()
	for {
		if p.ts() && floor < relational && (p.tok.kind == js.AsToken || p.is("satisfies")) && !p.tok.nl && !p.isArrow(x) {
			p.next()
			p.skipType()
			continue
		}
		prec := p.precedence()
		if prec <= floor || p.isArrow(x) {
			return x
		}
		op := p.tokText()
		p.next()
		b := p.nodes.binary.new()
		b.Op, b.X = op, x
		if prec == power { // to the right
			p.enter()
			b.Y = p.binary(prec - 1)
			p.leave()
		} else {
			b.Y = p.binary(prec)
		}
		b.Span = p.span(start)
		x = b
	}
}

func (p *parser) unary() Expr {
	start := p.tok.start
	switch p.tok.kind {
	case js.NotToken, js.BitNotToken, js.AddToken, js.SubToken, js.TypeofToken, js.VoidToken, js.DeleteToken:
		op := p.tokText()
		x := p.operand()
		return &Unary{p.span(start), op, x}
	case js.IncrToken, js.DecrToken:
		op := p.tokText()
		x := p.operand()
		p.simpleTarget(x)
		return &Update{p.span(start), op, x, true}
	case js.AwaitToken:
		if p.awaits() {
			x := p.operand()
			return &Await{p.span(start), x}
		}
	case js.LtToken:
		if p.ts() && p.mode&JSX == 0 {
			return p.castOrGenericArrow()
		}
	}
	x := p.suffix(start, p.primary(), true)
	if (p.tok.kind == js.IncrToken || p.tok.kind == js.DecrToken) && !p.tok.nl && !p.isArrow(x) {
		p.simpleTarget(x)
		op := p.tokText()
		p.next()
		return &Update{p.span(start), op, x, false}
	}
	return x
}

// operand consumes a prefix operator and parses what it applies to.
func (p *parser) operand() Expr {
	p.next()
	p.enter()
	x := p.unary()
	p.leave()
	return x
}

// awaits reports whether await is the operator here. Outside an async function
// it is one at the top level of a module, where it may also be a name in old
// code.
func (p *parser) awaits() bool {
	if p.fn.async {
		return true
	}
	next := p.peek()
	if next.nl {
		return false
	}
	switch next.kind {
	case js.StringToken, js.TemplateToken, js.TemplateStartToken, js.RegExpToken, js.FunctionToken, js.NewToken, js.ThisToken,
		js.ImportToken, js.ClassToken, js.AwaitToken, js.SuperToken, js.NullToken, js.TrueToken, js.FalseToken,
		js.OpenBraceToken, js.NotToken, js.TypeofToken, js.VoidToken:
		return true
	case js.OpenParenToken, js.OpenBracketToken:
		return !p.fn.inside
	case js.OfToken:
		return false
	}
	return js.IsIdentifier(next.kind) || js.IsNumeric(next.kind)
}

// suffix parses what follows x, which began at start: members, calls, tagged
// templates.
func (p *parser) suffix(start int32, x Expr, calls bool) Expr {
	if p.isArrow(x) {
		return x
	}
	for {
		switch p.tok.kind {
		case js.DotToken:
			p.next()
			x = p.member(start, x, false)
		case js.OpenBracketToken:
			x = p.index(start, x, false)
		case js.OpenParenToken:
			if !calls {
				return x
			}
			x = p.call(start, x, false)
		case js.OptChainToken:
			if !calls {
				return x
			}
			p.next()
			switch {
			case p.tok.kind == js.OpenParenToken:
				x = p.call(start, x, true)
			case p.tok.kind == js.OpenBracketToken:
				x = p.index(start, x, true)
			case p.ts() && (p.tok.kind == js.LtToken || p.tok.kind == js.LtLtToken):
				p.typeArguments()
				x = p.call(start, x, true)
			default:
				x = p.member(start, x, true)
			}
		case js.TemplateToken, js.TemplateStartToken:
			t := p.template()
			t.Tag = x
			t.Span = p.span(start)
			x = t
		case js.NotToken:
			if !p.ts() || p.tok.nl {
				return x
			}
			p.next()
		case js.LtToken, js.LtLtToken:
			if !p.ts() || !p.tryTypeArguments() {
				return x
			}
		default:
			return x
		}
	}
}

func (p *parser) member(start int32, x Expr, optional bool) Expr {
	d := p.nodes.dot.new()
	d.X, d.Optional, d.NameSpan = x, optional, p.tok.span()
	switch {
	case js.IsIdentifierName(p.tok.kind), p.tok.kind == js.PrivateIdentifierToken:
		d.Name = p.name()
		p.next()
	default:
		p.unexpected()
	}
	d.Span = p.span(start)
	return d
}

func (p *parser) index(start int32, x Expr, optional bool) Expr {
	p.expect(js.OpenBracketToken)
	i := p.nodes.index.new()
	i.X, i.Optional = x, optional
	i.Key = p.expression()
	p.expectClose(js.CloseBracketToken)
	i.Span = p.span(start)
	return i
}

func (p *parser) call(start int32, x Expr, optional bool) Expr {
	c := p.nodes.call.new()
	c.Fn, c.Optional = x, optional
	c.Args = p.arguments()
	c.Span = p.span(start)
	return c
}

func (p *parser) arguments() []Expr {
	p.expect(js.OpenParenToken)
	mark := len(p.list)
	for p.tok.kind != js.CloseParenToken && p.tok.kind != eofToken {
		p.list = append(p.list, p.spreadable())
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseParenToken)
	return p.take(mark)
}

// spreadable parses x or ...x.
func (p *parser) spreadable() Expr {
	if p.tok.kind != js.EllipsisToken {
		return p.assignment()
	}
	start := p.tok.start
	p.next()
	x := p.assignment()
	return &Spread{p.span(start), x}
}

func (p *parser) newExpr() Expr {
	start := p.tok.start
	p.next()
	if p.tok.kind == js.DotToken {
		p.next()
		if !p.is("target") {
			p.unexpected()
		}
		p.next()
		return &Meta{p.span(start), "new.target"}
	}
	p.enter()
	defer p.leave()
	from := p.tok.start
	n := &New{}
	if p.tok.kind == js.NewToken {
		n.Fn = p.suffix(from, p.newExpr(), false)
	} else {
		n.Fn = p.suffix(from, p.primary(), false)
	}
	if p.tok.kind == js.OpenParenToken {
		n.Args = p.arguments()
	}
	n.Span = p.span(start)
	return n
}

// importExpr parses import(x), import.meta and import.defer(x).
func (p *parser) importExpr() Expr {
	start := p.tok.start
	p.next()
	if p.accept(js.DotToken) {
		if p.accept(js.MetaToken) {
			return &Meta{p.span(start), "import.meta"}
		}
		if !p.is("defer") && !p.is("source") {
			p.unexpected()
		}
		p.next()
	}
	p.expect(js.OpenParenToken)
	x := p.assignment()
	if p.accept(js.CommaToken) && p.tok.kind != js.CloseParenToken {
		p.assignment() // attributes, which carry no data
		p.accept(js.CommaToken)
	}
	p.expectClose(js.CloseParenToken)
	return &ImportCall{p.span(start), x}
}

func (p *parser) primary() Expr {
	start := p.tok.start
	switch p.tok.kind {
	case js.OpenParenToken:
		return p.paren(start)
	case js.OpenBracketToken:
		return p.array()
	case js.OpenBraceToken:
		return p.objectLiteral()
	case js.StringToken:
		return p.stringLiteral()
	case js.TemplateToken, js.TemplateStartToken:
		return p.template()
	case js.DivToken, js.DivEqToken:
		return p.regexp()
	case js.FunctionToken:
		return p.functionExpr(start, false)
	case js.ClassToken, atToken:
		return p.class(p.decorators(), start)
	case js.NewToken:
		return p.newExpr()
	case js.ImportToken:
		return p.importExpr()
	case js.ThisToken:
		p.next()
		return &This{p.span(start)}
	case js.SuperToken:
		p.next()
		return &Super{p.span(start)}
	case js.NullToken:
		p.next()
		return &Null{p.span(start)}
	case js.TrueToken, js.FalseToken:
		value := p.tok.kind == js.TrueToken
		p.next()
		return &Bool{p.span(start), value}
	case js.AsyncToken:
		return p.asyncExpr(start)
	case js.PrivateIdentifierToken: // #x in y
		id := p.ident()
		if p.tok.kind != js.InToken {
			p.unexpected()
		}
		return id
	case js.LtToken:
		if p.mode&JSX != 0 {
			if p.ts() && p.jsxGeneric() {
				return p.castOrGenericArrow()
			}
			return p.jsx()
		}
	}
	switch {
	case js.IsNumeric(p.tok.kind):
		return p.number()
	case p.isIdent():
		id := p.ident()
		if p.tok.kind == js.ArrowToken && !p.tok.nl {
			return p.arrow(start, []Expr{id}, false)
		}
		return id
	}
	p.unexpected()
	return &BadExpr{p.span(start)}
}

// asyncExpr parses async functions, and async as a name.
func (p *parser) asyncExpr(start int32) Expr {
	id := p.ident()
	switch {
	case p.tok.kind == js.FunctionToken && !p.tok.nl:
		return p.functionExpr(start, true)
	case p.tok.kind == js.ArrowToken && !p.tok.nl:
		return p.arrow(start, []Expr{id}, false)
	case p.isIdent() && !p.tok.nl && p.peekArrow():
		return p.arrow(start, []Expr{p.ident()}, true)
	case p.tok.kind == js.OpenParenToken && !p.tok.nl:
		return p.asyncCall(start, id)
	case p.ts() && p.tok.kind == js.LtToken && !p.tok.nl:
		var x Expr
		if p.try(func() bool {
			p.typeParameters()
			x = p.asyncCall(start, id)
			return p.isArrow(x)
		}) {
			return x
		}
	}
	return id
}

// peekArrow reports whether => follows the present token.
func (p *parser) peekArrow() bool {
	next := p.peek()
	return next.kind == js.ArrowToken && !next.nl
}

// isIdent reports whether the present token can be the name of a variable.
func (p *parser) isIdent() bool {
	switch p.tok.kind {
	case js.YieldToken:
		return !p.fn.generator
	case js.AwaitToken:
		return !p.fn.async
	}
	return js.IsIdentifier(p.tok.kind)
}

// ident consumes a name.
func (p *parser) ident() *Ident {
	id := p.nodes.ident.new()
	id.Span, id.Name = p.tok.span(), p.name()
	p.next()
	return id
}
