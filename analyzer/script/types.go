package script

import (
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/spelling"
)

// Types are skipped. Inside brackets only the brackets are matched, so only
// what is between < and > in an expression may have to be tried twice.

// annotation skips ": T" if it is there.
func (p *parser) annotation() {
	if p.ts() && p.accept(js.ColonToken) {
		p.skipType()
	}
}

// skipType skips one type.
func (p *parser) skipType() {
	p.enter()
	defer p.leave()
	for {
		p.unionType()
		if p.tok.kind != js.ExtendsToken || p.tok.nl {
			return
		}
		p.next()
		p.unionType()
		if p.tok.kind != js.QuestionToken {
			return // the bound of a type parameter
		}
		p.next()
		p.skipType()
		p.expect(js.ColonToken)
	}
}

func (p *parser) unionType() {
	if p.tok.kind == js.BitOrToken || p.tok.kind == js.BitAndToken {
		p.next()
	}
	for {
		p.operatorType()
		for p.tok.kind == js.OpenBracketToken && !p.tok.nl {
			p.skipBalanced()
		}
		if p.tok.kind != js.BitOrToken && p.tok.kind != js.BitAndToken {
			return
		}
		p.next()
	}
}

// operatorType skips a type with the words before it.
func (p *parser) operatorType() {
	for p.is("keyof") || p.is("unique") || p.is("readonly") || p.is("asserts") || p.is("abstract") {
		next := p.peek()
		starts := js.IsIdentifierName(next.kind) || next.kind == js.OpenBracketToken || next.kind == js.OpenBraceToken ||
			next.kind == js.OpenParenToken || next.kind == js.StringToken || next.kind == js.TemplateToken
		if !starts || next.nl || p.text[next.start:next.end] == "is" || next.kind == js.ExtendsToken {
			break
		}
		p.next()
	}
	switch p.tok.kind {
	case js.StringToken, js.TemplateToken, js.TemplateStartToken:
		p.skipTemplate()
	case js.SubToken:
		p.next()
		p.skipNumber()
	case js.OpenBraceToken, js.OpenBracketToken:
		p.skipBalanced()
	case js.OpenParenToken:
		parameters := p.opensParameters()
		p.skipBalanced()
		if parameters && p.tok.kind == js.ArrowToken {
			p.next()
			p.skipType()
		}
	case js.LtToken:
		p.typeParameters()
		p.functionType()
	case js.NewToken:
		p.next()
		if p.tok.kind == js.LtToken {
			p.typeParameters()
		}
		p.functionType()
	case js.TypeofToken:
		p.next()
		p.namedType()
	default:
		if js.IsNumeric(p.tok.kind) {
			p.skipNumber()
			return
		}
		p.namedType()
	}
}

// opensParameters reports whether the parenthesis begins a function type and not a type
// in parentheses, by what follows it, as TypeScript does: in (): ((n: T) => void) => {},
// the second arrow belongs to the function whose result has the type.
func (p *parser) opensParameters() bool {
	start := p.mark()
	defer p.reset(start)
	p.next()
	switch p.tok.kind {
	case js.CloseParenToken, js.EllipsisToken:
		return true
	case js.OpenBraceToken, js.OpenBracketToken: // a pattern, or a type of an object or list
		p.skipBalanced()
	default:
		if !js.IsIdentifierName(p.tok.kind) {
			return false
		}
		p.next()
	}
	switch p.tok.kind {
	case js.ColonToken, js.CommaToken, js.QuestionToken, js.EqToken:
		return true
	case js.CloseParenToken:
		return p.peekArrow()
	}
	return false
}

// functionType skips (a: T) => R from the parenthesis on.
func (p *parser) functionType() {
	if p.tok.kind != js.OpenParenToken {
		p.unexpected()
		return
	}
	p.skipBalanced()
	p.expect(js.ArrowToken)
	p.skipType()
}

// keywordTypes take no type arguments: in n as number < 2 the < compares.
var keywordTypes = spelling.Set("any unknown never void null undefined string number boolean bigint symbol object this true false")

// namedType skips a.b<T>, import("x").a, infer U, x is T.
func (p *parser) namedType() {
	if !js.IsIdentifierName(p.tok.kind) {
		p.unexpected()
		return
	}
	if p.is("infer") && js.IsIdentifier(p.peek().kind) {
		p.next()
		p.next()
		if p.accept(js.ExtendsToken) {
			p.unionType()
		}
		return
	}
	imported, simple := p.tok.kind == js.ImportToken, keywordTypes[p.text[p.tok.start:p.tok.end]]
	p.next()
	if imported && p.tok.kind == js.OpenParenToken {
		p.skipBalanced()
	}
	for p.accept(js.DotToken) {
		if !js.IsIdentifierName(p.tok.kind) && p.tok.kind != js.PrivateIdentifierToken {
			p.unexpected()
			return
		}
		p.next()
	}
	if (p.tok.kind == js.LtToken || p.tok.kind == js.LtLtToken) && !p.tok.nl && !simple {
		p.typeArguments()
	}
	if p.is("is") && !p.tok.nl {
		p.next()
		p.skipType()
	}
}

func (p *parser) skipNumber() {
	if !js.IsNumeric(p.tok.kind) {
		p.unexpected()
	}
	p.next()
}

// skipTemplate skips a string or a template type.
func (p *parser) skipTemplate() {
	if p.tok.kind == js.TemplateStartToken {
		p.skipBalanced()
		return
	}
	p.next()
}

// skipBalanced skips from an opening bracket to the one that closes it.
func (p *parser) skipBalanced() {
	level := len(p.brackets)
	p.next()
	for !p.failed && len(p.brackets) > level {
		top := p.brackets[len(p.brackets)-1]
		switch p.tok.kind {
		case eofToken, js.ErrorToken:
			p.unexpected()
		case js.CloseBraceToken, js.CloseParenToken, js.CloseBracketToken:
			if top == js.TemplateStartToken && p.tok.kind == js.CloseBraceToken {
				p.rescanTemplate()
				if p.tok.kind == js.ErrorToken {
					p.unexpected()
				}
			} else if top != opener(p.tok.kind) {
				p.unexpected()
			}
		}
		p.next()
	}
}

// typeParameters skips <T, U extends V = W>. It takes types in their place, so
// that it also skips the type of a cast.
func (p *parser) typeParameters() {
	if p.tok.kind == js.LtLtToken {
		p.splitToken(js.LtToken, 1)
	}
	p.expect(js.LtToken)
	for p.tok.kind != js.GtToken && p.tok.kind != eofToken {
		for p.tok.kind == js.ConstToken || p.tok.kind == js.InToken || p.is("out") && js.IsIdentifier(p.peek().kind) {
			p.next()
		}
		if p.tok.kind != js.GtToken { // <const>
			p.skipType()
		}
		if p.accept(js.EqToken) {
			p.skipType()
		}
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.closeAngle()
}

// typeArguments skips <T, U>.
func (p *parser) typeArguments() {
	p.typeArgumentList()
	p.closeAngle()
}

func (p *parser) typeArgumentList() {
	if p.tok.kind == js.LtLtToken {
		p.splitToken(js.LtToken, 1)
	}
	p.expect(js.LtToken)
	for {
		p.skipType()
		if !p.accept(js.CommaToken) {
			return
		}
	}
}

// closeAngle consumes one >, the first of >> or >= if need be.
func (p *parser) closeAngle() {
	switch p.tok.kind {
	case js.GtEqToken, js.GtGtToken, js.GtGtEqToken, js.GtGtGtToken, js.GtGtGtEqToken:
		p.splitToken(js.GtToken, 1)
	}
	p.expect(js.GtToken)
}

// tryTypeArguments skips type arguments in an expression, f<T>(x), unless what
// looks so is a comparison.
func (p *parser) tryTypeArguments() bool {
	return p.try(func() bool {
		p.typeArgumentList()
		if p.tok.kind != js.GtToken {
			return false
		}
		p.next()
		switch p.tok.kind {
		case js.OpenParenToken, js.TemplateToken, js.TemplateStartToken, js.CloseParenToken, js.CloseBracketToken,
			js.CloseBraceToken, js.ColonToken, js.SemicolonToken, js.CommaToken, js.DotToken, js.OptChainToken,
			js.QuestionToken, js.EqToken, eofToken:
			return true
		case js.LtToken, js.GtToken, js.AddToken, js.SubToken:
			return false
		}
		return p.tok.nl || p.precedence() > 0 || p.tok.kind == js.AsToken
	})
}

// castOrGenericArrow parses <T>x and <T>(x: T) => y.
func (p *parser) castOrGenericArrow() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.start
	p.typeParameters()
	if p.tok.kind != js.OpenParenToken {
		return p.unary()
	}
	from := p.tok.start
	x := p.paren(start)
	return p.suffix(from, x, true)
}

// jsxGeneric reports whether < begins the type parameters of an arrow function,
// where it may also begin a tag: <T,> or <T extends U>.
func (p *parser) jsxGeneric() bool {
	m := p.mark()
	p.next()
	generic := p.tok.kind == js.ConstToken
	if p.isIdent() {
		p.next()
		switch p.tok.kind {
		case js.CommaToken, js.EqToken:
			generic = true
		case js.ExtendsToken: // or an attribute of that name
			c := p.peekByte()
			generic = c != '=' && c != '>' && c != '/'
		}
	}
	p.reset(m)
	return generic
}

// typeList skips A, B<T>.
func (p *parser) typeList() {
	for {
		p.unionType()
		if !p.accept(js.CommaToken) {
			return
		}
	}
}
