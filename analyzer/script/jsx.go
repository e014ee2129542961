package script

import (
	"html"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// jsx parses an element or fragment as an expression; the present token is its
// <.
func (p *parser) jsx() Expr {
	start := p.tok.start
	p.nextJSX()
	x := p.jsxElement(start)
	p.expect(js.GtToken)
	if e, ok := x.(*JSXElement); ok {
		e.Span = p.span(start)
	}
	return x
}

// jsxElement parses an element from behind its < up to its last >, which stays
// the present token: what is read next depends on where the element is.
func (p *parser) jsxElement(start int32) Expr {
	p.enter()
	defer p.leave()
	e := &JSXElement{}
	name := ""
	if p.tok.kind != js.GtToken {
		from := p.tok.start
		e.Name = p.jsxName()
		name = p.text[from:max(from, p.prevEnd)]
		if p.ts() && p.tok.kind == js.LtToken {
			p.moveTo(p.tok.end)
			p.typeArgumentList()
			if p.tok.kind != js.GtToken {
				p.unexpected()
			}
			p.nextJSX()
		}
		p.jsxAttrs(e)
		if p.tok.kind == js.DivToken {
			p.nextJSX()
			return p.jsxEnd(e, start, true)
		}
	}
	if p.tok.kind != js.GtToken {
		p.unexpected()
	}
	p.nextJSXText()
	e.Open = p.span(start)
	p.jsxChildren(e, name)
	return p.jsxEnd(e, start, false)
}

// jsxEnd sets the span of an element at its last >.
func (p *parser) jsxEnd(e *JSXElement, start int32, closed bool) Expr {
	if p.tok.kind != js.GtToken {
		p.unexpected()
	}
	e.Start, e.End = start, p.tok.end
	if closed {
		e.Open = e.Span
	}
	return e
}

// jsxName parses a, a-b, a:b or a.b.c.
func (p *parser) jsxName() Expr {
	start := p.tok.start
	id := p.nodes.ident.new()
	id.Span, id.Name = p.jsxWord()
	var x Expr = id
	for p.tok.kind == js.DotToken {
		p.nextJSX()
		d := p.nodes.dot.new()
		d.X = x
		d.NameSpan, d.Name = p.jsxWord()
		d.Span = p.span(start)
		x = d
	}
	return x
}

func (p *parser) jsxAttrs(e *JSXElement) {
	for p.tok.kind == jsxNameToken || p.tok.kind == js.OpenBraceToken {
		start := p.tok.start
		a := &JSXAttr{}
		if p.tok.kind == js.OpenBraceToken {
			p.next()
			if p.tok.kind != js.EllipsisToken {
				p.unexpected()
			}
			a.Value = p.spreadable()
			p.jsxCloseBrace(p.nextJSX)
		} else {
			_, a.Name = p.jsxWord()
			if p.tok.kind == js.EqToken {
				p.nextJSX()
				a.Value = p.jsxValue()
			}
		}
		a.Span = p.span(start)
		e.Attrs = append(e.Attrs, a)
	}
}

// jsxValue parses the value of an attribute.
func (p *parser) jsxValue() Expr {
	start := p.tok.start
	switch p.tok.kind {
	case js.StringToken:
		s := p.nodes.str.new()
		s.Span = p.tok.span()
		s.Value = html.UnescapeString(p.text[s.Start+1 : s.End-1])
		p.nextJSX()
		return s
	case js.OpenBraceToken:
		p.next()
		x := p.assignment()
		p.jsxCloseBrace(p.nextJSX)
		return x
	case js.LtToken:
		p.nextJSX()
		x := p.jsxElement(start)
		p.nextJSX()
		return x
	}
	p.unexpected()
	return &BadExpr{p.span(start)}
}

// jsxCloseBrace consumes } and reads on with next.
func (p *parser) jsxCloseBrace(next func()) {
	if p.tok.kind != js.CloseBraceToken {
		p.failHere(expected("}"))
	}
	next()
}

// jsxChildren parses up to the end tag of name, its > excluded. White space
// that holds a line break is no child.
func (p *parser) jsxChildren(e *JSXElement, name string) {
	mark := len(p.list)
	for !p.failed {
		start := p.tok.start
		switch p.tok.kind {
		case jsxTextToken:
			text := p.tokText()
			if strings.TrimSpace(text) != "" || !strings.Contains(text, "\n") {
				p.list = append(p.list, &JSXText{p.tok.span(), html.UnescapeString(text)})
			}
			p.nextJSXText()
		case js.OpenBraceToken:
			p.next()
			if p.tok.kind == js.EllipsisToken {
				p.list = append(p.list, p.spreadable())
			} else if p.tok.kind != js.CloseBraceToken {
				p.list = append(p.list, p.expression())
			}
			p.jsxCloseBrace(p.nextJSXText)
		case js.LtToken:
			p.nextJSX()
			if p.tok.kind != js.DivToken {
				p.list = append(p.list, p.jsxElement(start))
				p.nextJSXText()
				continue
			}
			p.nextJSX()
			e.Children = p.take(mark)
			from := p.tok.start
			if p.tok.kind == jsxNameToken {
				p.jsxName()
			}
			if end := p.text[from:max(from, p.prevEnd)]; end != name {
				p.failHere(closedByAnother(name))
			}
			return
		default:
			p.failHere(notClosed(name))
		}
	}
	e.Children = p.take(mark)
}

// jsxWord consumes a name of a tag or attribute, a:b included.
func (p *parser) jsxWord() (source.Span, string) {
	start := p.tok.start
	word := func() {
		if p.tok.kind != jsxNameToken {
			p.unexpected()
			return
		}
		p.nextJSX()
	}
	word()
	if p.tok.kind == js.ColonToken {
		p.nextJSX()
		word()
	}
	s := p.span(start)
	return s, p.text[s.Start:s.End]
}
