package script

import "github.com/tdewolff/parse/v2/js"

// importDecl parses an import declaration. TypeScript's import type leaves an
// Empty.
func (p *parser) importDecl() Stmt {
	start := p.tok.start
	p.module = true
	p.next()
	d := &Import{}
	if p.tok.kind == js.StringToken {
		d.Source = p.stringLiteral()
		p.importEnd()
		d.Span = p.span(start)
		return d
	}
	typeOnly := p.importPhase()
	if p.isIdent() {
		d.Default = p.ident()
		if p.ts() && p.tok.kind == js.EqToken {
			return p.importEquals(start, d, typeOnly)
		}
		if p.tok.kind != js.FromToken {
			p.expect(js.CommaToken)
		}
	}
	switch p.tok.kind {
	case js.MulToken:
		p.next()
		p.expect(js.AsToken)
		d.Namespace = p.bindingIdent()
	case js.OpenBraceToken:
		d.Names = p.importNames()
	}
	p.expect(js.FromToken)
	d.Source = p.stringLiteral()
	p.importEnd()
	d.Span = p.span(start)
	if typeOnly {
		return &Empty{d.Span}
	}
	return d
}

// importPhase consumes type, defer or source if it is not the name of what is
// imported, and reports whether only types are.
func (p *parser) importPhase() bool {
	typeOnly := p.ts() && p.is("type")
	if !typeOnly && !p.is("defer") && !p.is("source") {
		return false
	}
	next := p.peek()
	word := p.text[next.start:next.end]
	switch {
	case next.kind == js.MulToken, next.kind == js.OpenBraceToken && typeOnly, js.IsIdentifier(next.kind) && word != "from":
		p.next()
	case word == "from": // import type from from "x", import type from "x"
		m := p.mark()
		p.next()
		if p.peek().kind != js.FromToken && !(typeOnly && p.peek().kind == js.EqToken) {
			p.reset(m)
			return false
		}
	default:
		return false
	}
	return typeOnly
}

func (p *parser) bindingIdent() *Ident {
	if !p.isIdent() {
		p.unexpected()
		return &Ident{Span: p.tok.span()}
	}
	return p.ident()
}

func (p *parser) importNames() []*ImportName {
	var names []*ImportName
	p.expect(js.OpenBraceToken)
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken {
		start := p.tok.start
		typeOnly := p.specifierType()
		n := &ImportName{}
		first := p.tok
		n.Imported = p.moduleName()
		if p.accept(js.AsToken) {
			n.Local = p.bindingIdent()
		} else {
			if !js.IsIdentifier(first.kind) {
				p.unexpected()
			}
			n.Local = &Ident{Span: first.span(), Name: n.Imported}
		}
		n.Span = p.span(start)
		if !typeOnly {
			names = append(names, n)
		}
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBraceToken)
	return names
}

// specifierType consumes TypeScript's type in { type A }; it is a name in
// { type }, { type as B } and { type, A }.
func (p *parser) specifierType() bool {
	if !p.ts() || !p.is("type") {
		return false
	}
	m := p.mark()
	p.next()
	if !js.IsIdentifierName(p.tok.kind) && p.tok.kind != js.StringToken {
		p.reset(m)
		return false
	}
	if p.tok.kind == js.AsToken {
		// type as B renames type; type as, and type as as B, name a type "as".
		if next := p.peek(); next.kind != js.CommaToken && next.kind != js.CloseBraceToken && next.kind != js.AsToken {
			p.reset(m)
			return false
		}
	}
	return true
}

// moduleName parses the name of an export: any word, or a string.
func (p *parser) moduleName() string {
	switch {
	case p.tok.kind == js.StringToken:
		return p.stringLiteral().Value
	case js.IsIdentifierName(p.tok.kind):
		name := p.name()
		p.next()
		return name
	}
	p.unexpected()
	return ""
}

// importEnd parses the attributes behind a module's name and the semicolon.
func (p *parser) importEnd() {
	if p.tok.kind == js.WithToken || p.is("assert") && !p.tok.nl {
		p.next()
		if p.tok.kind != js.OpenBraceToken {
			p.unexpected()
		} else {
			p.objectLiteral()
		}
	}
	p.semicolon()
}

// importEquals parses TypeScript's import x = require("y") and import x = a.b.
// The latter is a constant.
func (p *parser) importEquals(start int32, d *Import, typeOnly bool) Stmt {
	p.next()
	from := p.tok.start
	x := p.suffix(from, p.primary(), true)
	p.semicolon()
	span := p.span(start)
	if typeOnly {
		return &Empty{span}
	}
	if c, ok := x.(*Call); ok && len(c.Args) == 1 {
		if s, ok := c.Args[0].(*String); ok {
			return &Import{Span: span, Source: s, Default: d.Default, Equals: true}
		}
	}
	decl := &Declarator{d.Default.To(x.Range()), d.Default, x}
	return &VarDecl{span, "const", []*Declarator{decl}}
}

// exportDecl parses an export declaration; decorators of a class may have been
// parsed before it.
func (p *parser) exportDecl(start int32, decorators []Expr) Stmt {
	p.module = true
	p.next()
	switch {
	case p.tok.kind == js.DefaultToken:
		return p.exportDefault(start, decorators)
	case p.tok.kind == js.MulToken:
		return p.exportAll(start)
	case p.tok.kind == js.OpenBraceToken:
		return p.exportNames(start)
	case p.ts() && p.tok.kind == js.EqToken:
		p.next()
		x := p.expression()
		p.semicolon()
		return &Export{Span: p.span(start), Value: x, Equals: true}
	case p.ts() && p.tok.kind == js.AsToken: // export as namespace x
		for p.next(); p.isIdent() && !p.tok.nl; {
			p.next()
		}
		p.semicolon()
		return &Empty{p.span(start)}
	case p.ts() && p.is("type"):
		if next := p.peek().kind; next == js.OpenBraceToken || next == js.MulToken {
			p.next()
			if next == js.MulToken {
				p.exportAll(start)
			} else {
				p.exportNames(start)
			}
			return &Empty{p.span(start)}
		}
	}
	if p.exportsDefaultFrom() {
		return p.exportDefaultFrom(start)
	}
	var decl Stmt
	switch {
	case len(decorators) > 0 && p.tok.kind == js.ClassToken:
		c := p.class(decorators, start)
		decl = &ClassDecl{c.Span, c}
	case len(decorators) > 0 && p.ts() && p.is("abstract"):
		decl = p.abstractClass(decorators, start)
	case p.exportable():
		decl = p.bareStatement()
	default:
		p.unexpected()
	}
	if e, ok := decl.(*Empty); ok {
		e.Span = p.span(start)
		return e
	}
	return &Export{Span: p.span(start), Decl: decl}
}

// exportable reports whether a declaration may begin here.
func (p *parser) exportable() bool {
	switch p.tok.kind {
	case js.VarToken, js.ConstToken, js.LetToken, js.FunctionToken, js.ClassToken, js.AsyncToken, atToken:
		return true
	case js.EnumToken, js.ImportToken, js.InterfaceToken:
		return p.ts()
	}
	return p.ts() && js.IsIdentifier(p.tok.kind) &&
		(p.is("type") || p.is("declare") || p.is("abstract") || p.is("namespace") || p.is("module"))
}

func (p *parser) abstractClass(decorators []Expr, start int32) Stmt {
	p.next()
	c := p.class(decorators, start)
	return &ClassDecl{c.Span, c}
}

// exportsDefaultFrom reports whether a name follows under which a module exports the default
// of another, which Babel can compile (proposal-export-default-from, stage 1; read 2026-11):
//
//	export login from './login'
//	export login, { logout } from './login'
func (p *parser) exportsDefaultFrom() bool {
	if !p.isIdent() {
		return false
	}
	next := p.peek()
	return next.kind == js.FromToken || next.kind == js.CommaToken
}

// exportDefaultFrom reads from the name on; of "export default from './login'", from behind it.
func (p *parser) exportDefaultFrom(start int32) Stmt {
	at, name := p.tok.span(), "default"
	if p.tok.kind != js.FromToken {
		name = p.moduleName()
	}
	n := &ExportName{Span: at, Local: &Ident{Span: at, Name: "default"}, Exported: name}
	e := &Export{}
	if p.accept(js.CommaToken) {
		e = p.exportNames(start)
	} else {
		p.expect(js.FromToken)
		e.Source = p.stringLiteral()
		p.importEnd()
	}
	e.Names = append([]*ExportName{n}, e.Names...)
	e.Span = p.span(start)
	return e
}

func (p *parser) exportDefault(start int32, decorators []Expr) Stmt {
	p.next()
	if p.tok.kind == js.FromToken && p.peek().kind == js.StringToken {
		return p.exportDefaultFrom(start)
	}
	e := &Export{Default: true}
	from := p.tok.start
	if len(decorators) > 0 {
		from = start
	}
	switch {
	case p.tok.kind == js.FunctionToken:
		e.Decl = p.funcDecl(from, false)
	case p.tok.kind == js.AsyncToken && p.peekFunction():
		p.next()
		e.Decl = p.funcDecl(from, true)
	case p.tok.kind == js.ClassToken, p.tok.kind == atToken:
		c := p.class(append(decorators, p.decorators()...), from)
		e.Decl = &ClassDecl{c.Span, c}
	case p.ts() && p.is("abstract") && p.peek().kind == js.ClassToken:
		e.Decl = p.abstractClass(decorators, from)
	case p.ts() && p.tok.kind == js.InterfaceToken:
		e.Decl = p.typeDeclaration(from)
	}
	if empty, ok := e.Decl.(*Empty); ok {
		empty.Span = p.span(start)
		return empty
	}
	if e.Decl == nil {
		e.Value = p.assignment()
		p.semicolon()
	}
	e.Span = p.span(start)
	return e
}

func (p *parser) peekFunction() bool {
	next := p.peek()
	return next.kind == js.FunctionToken && !next.nl
}

func (p *parser) exportAll(start int32) Stmt {
	p.next()
	e := &Export{All: true}
	if p.accept(js.AsToken) {
		e.AllAs = p.moduleName()
	}
	p.expect(js.FromToken)
	e.Source = p.stringLiteral()
	p.importEnd()
	e.Span = p.span(start)
	return e
}

func (p *parser) exportNames(start int32) *Export {
	e := &Export{}
	p.expect(js.OpenBraceToken)
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken {
		from := p.tok.start
		typed := p.specifierType()
		first := p.tok
		name := p.moduleName()
		n := &ExportName{Local: &Ident{Span: first.span(), Name: name}, Exported: name}
		if p.accept(js.AsToken) {
			n.Exported = p.moduleName()
		}
		n.Span = p.span(from)
		if !typed {
			e.Names = append(e.Names, n)
		}
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBraceToken)
	if p.tok.kind == js.FromToken {
		p.next()
		e.Source = p.stringLiteral()
		p.importEnd()
	} else {
		p.semicolon()
	}
	e.Span = p.span(start)
	return e
}
