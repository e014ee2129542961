package script

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// typeDeclaration parses the TypeScript declarations that begin with a word
// that is no keyword. It returns nil if the word is a name.
func (p *parser) typeDeclaration(start int32) Stmt {
	word := p.tokText()
	switch word {
	case "type", "interface", "declare", "abstract", "namespace", "module", "global":
	default:
		return nil
	}
	next := p.peek()
	named := js.IsIdentifier(next.kind) && !next.nl
	switch word {
	case "type":
		if !named && next.kind != js.AwaitToken && next.kind != js.YieldToken || next.nl {
			return nil
		}
		p.next()
		p.next()
		if p.tok.kind == js.LtToken {
			p.typeParameters()
		}
		p.expect(js.EqToken)
		p.skipType()
		p.semicolon()
	case "interface":
		if !named {
			return nil
		}
		p.next()
		p.skipHeritage()
	case "abstract":
		if next.kind != js.ClassToken || next.nl {
			return nil
		}
		return p.abstractClass(nil, start)
	case "namespace", "module":
		if next.nl || !named && next.kind != js.StringToken {
			return nil
		}
		p.next()
		return p.namespace(start)
	case "global":
		if next.kind != js.OpenBraceToken {
			return nil
		}
		p.next()
		p.skipBalanced()
	case "declare":
		if next.nl || !declarable(next.kind, p.text[next.start:next.end]) {
			return nil
		}
		p.next()
		p.ambient()
	}
	return &Empty{p.span(start)}
}

func declarable(kind js.TokenType, word string) bool {
	switch kind {
	case js.VarToken, js.ConstToken, js.LetToken, js.FunctionToken, js.ClassToken, js.EnumToken, js.AsyncToken, js.InterfaceToken:
		return true
	}
	switch word {
	case "type", "abstract", "namespace", "module", "global":
		return true
	}
	return false
}

// ambient skips what follows declare.
func (p *parser) ambient() {
	switch {
	case p.tok.kind == js.ConstToken && p.peek().kind == js.EnumToken:
		p.next()
		p.skipToBody()
	case p.tok.kind == js.VarToken, p.tok.kind == js.ConstToken, p.tok.kind == js.LetToken:
		p.varDecl()
		p.semicolon()
	case p.tok.kind == js.FunctionToken, p.tok.kind == js.AsyncToken:
		p.accept(js.AsyncToken)
		p.function(p.tok.start, false)
	case p.tok.kind == js.ClassToken, p.is("abstract"):
		if p.tok.kind != js.ClassToken {
			p.next()
		}
		p.expect(js.ClassToken)
		p.skipHeritage()
	case p.tok.kind == js.InterfaceToken, p.is("type"):
		p.typeDeclaration(p.tok.start)
	default:
		p.skipToBody()
	}
}

// skipHeritage skips a class or interface from its name on, its body included.
func (p *parser) skipHeritage() {
	if js.IsIdentifier(p.tok.kind) {
		p.next()
	}
	if p.tok.kind == js.LtToken {
		p.typeParameters()
	}
	for p.tok.kind == js.ExtendsToken || p.tok.kind == js.ImplementsToken {
		p.next()
		p.typeList()
	}
	if p.tok.kind != js.OpenBraceToken {
		p.unexpected()
		return
	}
	p.skipBalanced()
}

// skipToBody skips the head of an ambient enum or module, and its body if it has
// one.
func (p *parser) skipToBody() {
	for p.next(); !p.tok.nl && (js.IsIdentifierName(p.tok.kind) || p.tok.kind == js.DotToken || p.tok.kind == js.StringToken); {
		p.next()
	}
	if p.tok.kind == js.OpenBraceToken {
		p.skipBalanced()
		return
	}
	p.semicolon()
}

// enum parses an enum from its keyword on.
func (p *parser) enum(start int32) Stmt {
	p.next()
	e := &Enum{Name: p.bindingIdent()}
	p.expect(js.OpenBraceToken)
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken {
		from := p.tok.start
		m := &EnumMember{}
		var computed Expr
		m.Name, _, computed = p.key()
		if s, ok := computed.(*String); ok {
			m.Name = s.Value
		}
		if p.accept(js.EqToken) {
			m.Init = p.assignment()
		}
		m.Span = p.span(from)
		e.Members = append(e.Members, m)
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBraceToken)
	e.Span = p.span(start)
	return e
}

// namespace parses a namespace from its name on. A namespace of types only
// yields an Empty; a.b.c yields three nested ones.
func (p *parser) namespace(start int32) Stmt {
	p.enter()
	defer p.leave()
	if p.tok.kind == js.StringToken { // a module elsewhere
		p.next()
		if p.tok.kind == js.OpenBraceToken {
			p.skipBalanced()
		}
		return &Empty{p.span(start)}
	}
	n := &Namespace{Name: p.bindingIdent()}
	if from := p.tok.start; p.accept(js.DotToken) {
		at := p.tok.start
		inner := p.namespace(at)
		n.Body = &Block{p.span(from), []Stmt{inner}, nil}
	} else {
		n.Body = p.block()
	}
	n.Span = p.span(start)
	for _, s := range n.Body.Body {
		if _, empty := s.(*Empty); !empty || strings.HasPrefix(p.text[s.Range().Start:], ";") {
			return n
		}
	}
	return &Empty{n.Span}
}

// isIndexSignature reports whether a class member that begins with a bracket is
// [key: string]: T rather than a computed key.
func (p *parser) isIndexSignature() bool {
	m := p.mark()
	defer p.reset(m)
	p.next()
	if !p.isIdent() {
		return false
	}
	p.next()
	return p.tok.kind == js.ColonToken
}
