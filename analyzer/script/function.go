package script

import (
	"slices"

	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// function parses a function from its keyword on; start may lie before it, at
// async.
func (p *parser) function(start int32, async bool) *Function {
	p.next()
	f := p.nodes.function.new()
	f.Async = async
	f.Generator = p.accept(js.MulToken)
	if js.IsIdentifier(p.tok.kind) || p.tok.kind == js.YieldToken || p.tok.kind == js.AwaitToken {
		f.Name = p.ident()
	}
	p.functionRest(f, start)
	return f
}

func (p *parser) functionExpr(start int32, async bool) Expr {
	f := p.function(start, async)
	if f.Body == nil {
		p.failHere(expected("{"))
	}
	return f
}

// method parses a method from its parameters on.
func (p *parser) method(async, generator bool) Expr {
	f := p.nodes.function.new()
	f.Async, f.Generator = async, generator
	p.functionRest(f, p.tok.start)
	return f
}

// functionRest parses parameters and body. In TypeScript the body may be
// missing.
func (p *parser) functionRest(f *Function, start int32) {
	p.declares = true
	outer := p.fn
	p.fn = function{inside: true, async: f.Async, generator: f.Generator}
	if p.ts() && p.tok.kind == js.LtToken {
		p.typeParameters()
	}
	var fields []*Ident
	f.Params, fields = p.parameters()
	p.annotation()
	if p.tok.kind == js.OpenBraceToken || !p.ts() {
		f.Body = p.block()
		f.Body.Body = append(parameterProperties(fields), f.Body.Body...)
	} else {
		p.semicolon()
	}
	f.Span = p.span(start)
	p.fn = outer
}

// parameterProperties returns what TypeScript's constructor(private a: T) does
// at run time: this.a = a. The statements have the spans of the parameters.
func parameterProperties(fields []*Ident) []Stmt {
	var list []Stmt
	for _, id := range fields {
		list = append(list, &ExprStmt{id.Span, &Assign{
			Span: id.Span, Op: "=",
			Target: &Dot{Span: id.Span, X: &This{id.Span}, Name: id.Name, NameSpan: id.Span},
			Value:  &Ident{Span: id.Span, Name: id.Name},
		}})
	}
	return list
}

// parameters parses ( … ) of a function. fields are the TypeScript parameters
// that are also properties of the class.
func (p *parser) parameters() (params []Expr, fields []*Ident) {
	p.expect(js.OpenParenToken)
	mark := len(p.list)
	for p.tok.kind != js.CloseParenToken && p.tok.kind != eofToken {
		property := false
		if p.tok.kind == atToken {
			p.decorators()
		}
		for p.ts() && p.isParameterModifier() {
			p.next()
			property = true
		}
		if p.ts() && p.tok.kind == js.ThisToken {
			p.next()
			p.annotation()
		} else {
			x := p.parameter()
			if property {
				if id := boundIdent(x); id != nil {
					fields = append(fields, id)
				}
			}
			p.list = append(p.list, x)
		}
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseParenToken)
	return p.take(mark), fields
}

func (p *parser) isParameterModifier() bool {
	switch p.tok.kind {
	case js.PublicToken, js.PrivateToken, js.ProtectedToken:
	default:
		if !p.is("readonly") && !p.is("override") {
			return false
		}
	}
	next := p.peek().kind
	return js.IsIdentifier(next) || next == js.OpenBraceToken || next == js.OpenBracketToken
}

func boundIdent(x Expr) *Ident {
	if d, ok := x.(*AssignPattern); ok {
		x = d.Target
	}
	id, _ := x.(*Ident)
	return id
}

func (p *parser) parameter() Expr {
	start := p.tok.start
	if !p.accept(js.EllipsisToken) {
		return p.bindingElement()
	}
	x := p.binding()
	p.annotation()
	return &Rest{p.span(start), x}
}

// arrow parses an arrow function from the arrow on.
func (p *parser) arrow(start int32, params []Expr, async bool) Expr {
	p.declares = true
	p.enter()
	defer p.leave()
	p.expect(js.ArrowToken)
	outer := p.fn
	p.fn = function{inside: true, async: async}
	f := p.nodes.function.new()
	f.Arrow, f.Async, f.Params = true, async, params
	if p.tok.kind == js.OpenBraceToken {
		f.Body = p.block()
	} else {
		f.Result = p.assignment()
	}
	p.fn = outer
	f.Span = p.span(start)
	return f
}

// paren parses what begins with a parenthesis: an expression, or an arrow
// function that begins at start.
func (p *parser) paren(start int32) Expr {
	mark, cover := len(p.list), p.cover
	only := p.coverList()
	if only < 0 && len(p.list) == mark+1 && p.tok.kind != js.ArrowToken && p.tok.kind != js.ColonToken {
		x := p.list[mark]
		p.list = p.list[:mark]
		return x
	}
	list := p.take(mark)
	if f := p.arrowAfter(start, list, false); f != nil {
		p.cover = cover
		return f
	}
	switch {
	case only >= 0:
		p.failAt(only, unexpected(p.text[only:min(only+1, int32(len(p.text)))]))
		return &BadExpr{p.span(start)}
	case len(list) == 0: // failed
		return &BadExpr{p.span(start)}
	case len(list) == 1:
		return list[0]
	}
	return &Sequence{list[0].Range().To(list[len(list)-1].Range()), list}
}

// asyncCall parses what follows async at a parenthesis: an arrow function or
// the arguments of a call.
func (p *parser) asyncCall(start int32, async *Ident) Expr {
	mark, cover := len(p.list), p.cover
	outer := p.fn
	p.coverList()
	list := p.take(mark)
	p.fn = outer
	if f := p.arrowAfter(start, list, true); f != nil {
		p.cover = cover
		return f
	}
	return &Call{Span: p.span(start), Fn: async, Args: list}
}

// coverList parses ( … ) onto p.list, as arguments, as a parenthesised
// expression and as parameters at once. It returns the offset of what only
// parameters can hold, or -1.
func (p *parser) coverList() (only int32) {
	only = -1
	note := func() {
		if only < 0 {
			only = p.tok.start
		}
	}
	p.expect(js.OpenParenToken)
	if p.tok.kind == js.CloseParenToken {
		note()
	}
	for p.tok.kind != js.CloseParenToken && p.tok.kind != eofToken {
		start := p.tok.start
		if p.tok.kind == js.EllipsisToken {
			note()
		}
		x := p.spreadable()
		if p.ts() {
			if p.tok.kind == js.QuestionToken {
				note()
				p.next()
			}
			if p.tok.kind == js.ColonToken {
				note()
				p.annotation()
			}
			if p.tok.kind == js.EqToken && only >= 0 {
				p.next()
				target := p.target(x)
				value := p.assignment()
				x = &Assign{p.span(start), "=", target, value}
			}
		}
		p.list = append(p.list, x)
		if p.tok.kind == js.CommaToken && p.peekByte() == ')' {
			note()
		}
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseParenToken)
	return only
}

// arrowAfter parses the rest of an arrow function whose parameters were just
// parsed as list, or returns nil.
func (p *parser) arrowAfter(start int32, list []Expr, async bool) Expr {
	if p.tok.kind == js.ArrowToken && !p.tok.nl {
		return p.arrow(start, p.asParams(list), async)
	}
	if !p.ts() || p.tok.kind != js.ColonToken {
		return nil
	}
	header := func() bool {
		p.annotation()
		return p.tok.kind == js.ArrowToken && !p.tok.nl
	}
	if p.then != len(p.brackets) {
		if !p.try(header) {
			return nil
		}
		return p.arrow(start, p.asParams(list), async)
	}
	// In x ? (a) : b => c the colon is the conditional's, unless another follows.
	var f Expr
	p.try(func() bool {
		if !header() {
			return false
		}
		x := p.arrow(start, p.asParams(list), async)
		if p.failed || p.tok.kind != js.ColonToken {
			return false
		}
		f = x
		return true
	})
	return f
}

// asParams turns a list of expressions into parameters.
func (p *parser) asParams(list []Expr) []Expr {
	params := slices.Clone(list)[:0]
	for i, x := range list {
		switch x := x.(type) {
		case *Dot, *Index:
			p.fail(x.Range(), notParameter)
		case *This:
			if p.ts() && i == 0 {
				continue
			}
		}
		params = append(params, p.target(x))
	}
	return params
}

// binding parses a pattern that declares names.
func (p *parser) binding() Expr {
	start := p.tok.start
	switch {
	case p.tok.kind == js.OpenBracketToken:
		return p.arrayPattern()
	case p.tok.kind == js.OpenBraceToken:
		return p.objectPattern()
	case p.isIdent():
		return p.ident()
	}
	p.unexpected()
	return &BadExpr{p.span(start)}
}

// bindingElement parses a pattern with its default.
func (p *parser) bindingElement() Expr {
	start := p.tok.start
	x := p.binding()
	if p.ts() {
		p.accept(js.QuestionToken)
		p.annotation()
	}
	return p.withDefault(start, x)
}

func (p *parser) withDefault(start int32, x Expr) Expr {
	if !p.accept(js.EqToken) {
		return x
	}
	value := p.assignment()
	return &AssignPattern{p.span(start), x, value}
}

func (p *parser) arrayPattern() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.start
	p.expect(js.OpenBracketToken)
	mark := len(p.list)
	for p.tok.kind != js.CloseBracketToken && p.tok.kind != eofToken {
		if p.accept(js.CommaToken) {
			p.list = append(p.list, nil)
			continue
		}
		p.list = append(p.list, p.parameter())
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBracketToken)
	return &ArrayPattern{p.span(start), p.take(mark)}
}

func (p *parser) objectPattern() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.start
	pattern := &ObjectPattern{}
	p.expect(js.OpenBraceToken)
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken {
		from := p.tok.start
		if p.accept(js.EllipsisToken) {
			x := p.binding()
			pattern.Rest = &Rest{p.span(from), x}
			p.accept(js.CommaToken)
			break
		}
		key := p.tok
		prop := &PatternProp{}
		prop.Key, _, prop.Computed = p.key()
		switch {
		case p.accept(js.ColonToken):
			at := p.tok.start
			prop.Target = p.withDefault(at, p.binding())
		case prop.Computed != nil, !js.IsIdentifierName(key.kind):
			p.unexpected()
		default:
			id := p.nodes.ident.new()
			id.Span, id.Name = key.span(), prop.Key
			prop.Target = p.withDefault(from, id)
		}
		prop.Span = p.span(from)
		pattern.Props = append(pattern.Props, prop)
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBraceToken)
	pattern.Span = p.span(start)
	return pattern
}

// simpleTarget fails unless an operator such as += can assign to x.
func (p *parser) simpleTarget(x Expr) {
	switch x.(type) {
	case *Array, *Object:
		p.fail(x.Range(), notAssignable)
	default:
		p.target(x)
	}
}

// target turns an expression into the pattern that its text can also be read
// as. It does not change x.
func (p *parser) target(x Expr) Expr {
	switch x := x.(type) {
	case *Ident, *Index, *ArrayPattern, *ObjectPattern, *AssignPattern, *Rest, *BadExpr:
		return x
	case *Dot:
		if !x.Optional {
			return x
		}
	case *Assign:
		if x.Op == "=" {
			return &AssignPattern{x.Span, x.Target, x.Value}
		}
	case *Spread:
		return &Rest{x.Span, p.target(x.X)}
	case *Array:
		elems := make([]Expr, len(x.Elems))
		for i, e := range x.Elems {
			if e != nil {
				elems[i] = p.target(e)
			}
		}
		return &ArrayPattern{x.Span, elems}
	case *Object:
		return p.objectTarget(x)
	}
	p.fail(source.Span(x.Range()), notAssignable)
	return x
}

func (p *parser) objectTarget(x *Object) Expr {
	pattern := &ObjectPattern{Span: x.Span}
	for _, prop := range x.Props {
		switch prop.Kind {
		case SpreadProperty:
			pattern.Rest = &Rest{prop.Span, p.target(prop.Value)}
		case Value:
			pattern.Props = append(pattern.Props, &PatternProp{prop.Span, prop.Key, prop.Computed, p.target(prop.Value)})
		default:
			p.fail(prop.Span, notAssignable)
		}
	}
	return pattern
}

// Only is the expression that f returns and does nothing besides: x of () => x and of function () { return x }; nil if
// there is more to it.
func (f *Function) Only() Expr {
	if f.Body == nil {
		return f.Result
	}
	if len(f.Body.Body) == 1 {
		return f.Returned()
	}
	return nil
}

// Returned is the expression of the first return among the statements of f itself, or the
// result of an arrow function; nil if there is none. Returns inside branches do not count.
func (f *Function) Returned() Expr {
	if f.Body == nil {
		return f.Result
	}
	for _, s := range f.Body.Body {
		if r, ok := s.(*Return); ok {
			return r.X
		}
	}
	return nil
}
