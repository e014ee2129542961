package script

import (
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// decorators parses @a @b(c); what follows them is up to the caller.
func (p *parser) decorators() []Expr {
	if p.tok.kind != atToken {
		return nil
	}
	mark := len(p.list)
	for p.accept(atToken) {
		p.list = append(p.list, p.decorator())
	}
	return p.take(mark)
}

// decorator parses the expression of a decorator, which is a name with members
// and calls, or anything in parentheses.
func (p *parser) decorator() Expr {
	start := p.tok.start
	var x Expr
	switch {
	case p.tok.kind == js.OpenParenToken:
		return p.paren(start)
	case p.isIdent():
		x = p.ident()
	default:
		p.unexpected()
		return &BadExpr{p.span(start)}
	}
	for {
		switch {
		case p.accept(js.DotToken):
			x = p.member(start, x, false)
		case p.tok.kind == js.OpenParenToken:
			x = p.call(start, x, false)
		case p.ts() && p.tok.kind == js.LtToken && p.tryTypeArguments():
		default:
			return x
		}
	}
}

// classDecl parses a class declaration, from its decorators on.
func (p *parser) classDecl(start int32) Stmt {
	decorators := p.decorators()
	if p.tok.kind == js.ExportToken {
		return p.exportDecl(start, decorators)
	}
	if p.ts() && p.is("abstract") {
		p.next()
	}
	c := p.class(decorators, start)
	if c.Name == nil {
		p.failAt(start, namelessClass)
	}
	return &ClassDecl{c.Span, c}
}

// class parses a class from its keyword on; decorators were parsed already and
// begin at start.
func (p *parser) class(decorators []Expr, start int32) *Class {
	p.declares = true
	p.enter()
	defer p.leave()
	c := &Class{Decorators: decorators}
	p.expect(js.ClassToken)
	if p.isIdent() && !(p.ts() && p.tok.kind == js.ImplementsToken) {
		c.Name = p.ident()
	}
	if p.ts() && p.tok.kind == js.LtToken {
		p.typeParameters()
	}
	if p.accept(js.ExtendsToken) {
		from := p.tok.start
		c.Super = p.suffix(from, p.primary(), true)
		if p.ts() && p.tok.kind == js.LtToken {
			p.typeArguments()
		}
	}
	if p.ts() && p.accept(js.ImplementsToken) {
		p.typeList()
	}
	p.expect(js.OpenBraceToken)
	c.Members = p.members()
	p.expectClose(js.CloseBraceToken)
	c.Span = p.span(start)
	return c
}

// members parses the body of a class. A member that is bad becomes one without
// key whose value is a BadExpr.
func (p *parser) members() []*Member {
	var members []*Member
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken && !p.closesOuter() {
		if p.accept(js.SemicolonToken) {
			continue
		}
		start, level := p.tok.start, len(p.brackets)
		m := p.classMember()
		if p.failed {
			if p.trying > 0 {
				break
			}
			p.recoverMember(start, level)
			p.accept(js.CommaToken)
			m = &Member{Span: p.span(start), KeySpan: source.Span{Start: start, End: start}, Value: &BadExpr{p.span(start)}}
		}
		if m != nil {
			members = append(members, m)
		}
	}
	return members
}

// memberHead is what comes before the key of a class member.
type memberHead struct {
	async, ambient bool // ambient: leaves nothing at run time
	key            token
	keyed          bool // the last word was no modifier but the key itself
}

// classMember parses one member, or returns nil for one that leaves nothing at
// run time.
func (p *parser) classMember() *Member {
	start := p.tok.start
	m := &Member{Decorators: p.decorators()}
	h := p.modifiers(m)
	if m.Kind == StaticBlock {
		p.staticBlock(m, start)
		return m
	}
	generator := false
	if h.keyed {
		m.Key, m.KeySpan = p.text[h.key.start:h.key.end], h.key.span()
	} else {
		if p.ts() && p.tok.kind == js.OpenBracketToken && p.isIndexSignature() {
			p.skipBalanced()
			p.annotation()
			if !p.accept(js.CommaToken) { // as between the members of a type
				p.semicolon()
			}
			return nil
		}
		generator = p.accept(js.MulToken)
		m.Key, m.KeySpan, m.Computed = p.key()
	}
	if p.ts() && (p.tok.kind == js.QuestionToken || p.tok.kind == js.NotToken && !p.tok.nl) {
		p.next()
	}
	if p.tok.kind == js.OpenParenToken || p.ts() && p.tok.kind == js.LtToken {
		if m.Kind == Value {
			m.Kind = Method
		}
		f := p.method(h.async, generator)
		m.Value = f
		if f.(*Function).Body == nil {
			h.ambient = true
			p.accept(js.SemicolonToken)
		}
	} else {
		if generator || h.async || m.Kind != Value {
			p.unexpected()
		}
		p.field(m)
	}
	m.Span = p.span(start)
	if h.ambient {
		return nil
	}
	return m
}

// modifiers parses the words before a key.
func (p *parser) modifiers(m *Member) memberHead {
	var h memberHead
	for js.IsIdentifierName(p.tok.kind) && p.isModifier() {
		h.key = p.tok
		word := p.tokText()
		p.next()
		if word == "static" && p.tok.kind == js.OpenBraceToken {
			m.Static, m.Kind = true, StaticBlock
			return h
		}
		accessor := word == "get" || word == "set"
		starts := p.startsKey() || p.tok.kind == js.MulToken && !accessor
		if !starts || p.tok.nl && !accessor && word != "static" {
			h.keyed = true
			return h
		}
		switch word {
		case "static":
			m.Static = true
		case "declare", "abstract":
			h.ambient = true
		case "async":
			h.async = true
			return h
		case "get":
			m.Kind = Getter
			return h
		case "set":
			m.Kind = Setter
			return h
		}
	}
	return h
}

func (p *parser) isModifier() bool {
	switch p.tok.kind {
	case js.StaticToken, js.AsyncToken, js.GetToken, js.SetToken:
		return true
	case js.PublicToken, js.PrivateToken, js.ProtectedToken:
		return p.ts()
	}
	if p.is("accessor") {
		return true
	}
	return p.ts() && (p.is("readonly") || p.is("abstract") || p.is("override") || p.is("declare"))
}

func (p *parser) staticBlock(m *Member, start int32) {
	from := p.tok.start
	outer := p.fn
	p.fn = function{inside: true}
	f := &Function{Body: p.block()}
	p.fn = outer
	f.Span = p.span(from)
	m.KeySpan = source.Span{Start: start, End: start}
	m.Value = f
	m.Span = p.span(start)
}

// field parses a field from its type on.
func (p *parser) field(m *Member) {
	p.annotation()
	if p.accept(js.EqToken) {
		outer := p.fn
		p.fn = function{inside: true}
		m.Value = p.assignment()
		p.fn = outer
	}
	p.semicolon()
}
