package script

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// name returns the present token's text as a name, its escapes decoded.
func (p *parser) name() string {
	s := p.tokText()
	if strings.IndexByte(s, '\\') >= 0 {
		return unescape(s)
	}
	return s
}

func (p *parser) stringLiteral() *String {
	s := p.nodes.str.new()
	s.Span = p.tok.span()
	if p.tok.kind != js.StringToken || s.Len() < 2 {
		p.unexpected()
		return s
	}
	s.Value = unescape(p.text[s.Start+1 : s.End-1])
	p.next()
	return s
}

func (p *parser) number() Expr {
	n := p.nodes.number.new()
	n.Span, n.Raw = p.tok.span(), p.tokText()
	n.Value = numberValue(n.Raw)
	p.next()
	return n
}

// numberValue returns the value of a numeric literal.
func numberValue(raw string) float64 {
	if len(raw) < 10 && (raw[0] != '0' || len(raw) == 1) {
		n := 0
		for i := 0; i < len(raw) && isDigit(raw[i]); i++ {
			if n = n*10 + int(raw[i]-'0'); i == len(raw)-1 {
				return float64(n)
			}
		}
	}
	s := strings.TrimSuffix(strings.ReplaceAll(raw, "_", ""), "n")
	if len(s) > 1 && s[0] == '0' && isDigit(s[1]) {
		if strings.Trim(s, "01234567") == "" {
			return digits(s[1:], 8)
		}
		s = strings.TrimLeft(s, "0")
	}
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x', 'X':
			return digits(s[2:], 16)
		case 'o', 'O':
			return digits(s[2:], 8)
		case 'b', 'B':
			return digits(s[2:], 2)
		}
	}
	f, _ := strconv.ParseFloat(s, 64) // out of range it returns infinity, as JavaScript does
	return f
}

// digits returns the value of s in base, rounded as it overflows 53 bits.
func digits(s string, base float64) float64 {
	f := 0.0
	for i := 0; i < len(s); i++ {
		d, _ := strconv.ParseUint(s[i:i+1], 16, 8)
		f = f*base + float64(d)
	}
	return f
}

// regexp parses a regular expression; the present token is the / or /= that
// begins it.
func (p *parser) regexp() Expr {
	if !p.rescanRegexp() {
		p.failHere(openRegexp)
		return &BadExpr{p.tok.span()}
	}
	raw := p.tokText()
	i := strings.LastIndexByte(raw, '/')
	r := &Regexp{p.tok.span(), raw[1:i], raw[i+1:]}
	p.next()
	return r
}

// template parses a template literal without tag.
func (p *parser) template() *Template {
	t := &Template{}
	start := p.tok.start
	mark := len(p.list)
	for {
		last := p.tok.kind == js.TemplateToken || p.tok.kind == js.TemplateEndToken
		t.Strings = append(t.Strings, p.templateString(last))
		if last {
			p.next()
			break
		}
		p.next()
		p.list = append(p.list, p.expression())
		if p.tok.kind != js.CloseBraceToken {
			p.failHere(expected("}"))
			break
		}
		if p.rescanTemplate(); p.tok.kind == js.ErrorToken {
			p.failHere(openTemplate)
			break
		}
	}
	t.Exprs = p.take(mark)
	t.Span = p.span(start)
	return t
}

// templateString returns the text part that is the present token.
func (p *parser) templateString(last bool) *String {
	s := p.nodes.str.new()
	s.Span = source.Span{Start: p.tok.start + 1, End: p.tok.end - 1}
	if !last {
		s.End--
	}
	raw := p.text[s.Start:s.End]
	if strings.IndexByte(raw, '\r') >= 0 {
		raw = strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\r", "\n")
	}
	s.Value = unescape(raw)
	return s
}

func (p *parser) array() Expr {
	start := p.tok.start
	p.expect(js.OpenBracketToken)
	mark := len(p.list)
	for p.tok.kind != js.CloseBracketToken && p.tok.kind != eofToken {
		if p.accept(js.CommaToken) {
			p.list = append(p.list, nil)
			continue
		}
		p.list = append(p.list, p.spreadable())
		if !p.accept(js.CommaToken) {
			break
		}
	}
	p.expectClose(js.CloseBracketToken)
	return &Array{p.span(start), p.take(mark)}
}

// objectLiteral parses { … }.
func (p *parser) objectLiteral() Expr {
	start := p.tok.start
	o := p.nodes.object.new()
	p.expect(js.OpenBraceToken)
	o.Props = p.properties()
	p.expectClose(js.CloseBraceToken)
	o.Span = p.span(start)
	return o
}

// bareObject parses the inside of an object literal.
func (p *parser) bareObject() Expr {
	start := p.tok.start
	props := p.properties()
	return &Object{p.span(start), props}
}

// properties parses the members of an object literal. One that is bad becomes a
// Property without key whose value is a BadExpr.
func (p *parser) properties() []*Property {
	var props []*Property
	for p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken && !p.closesOuter() {
		start, level := p.tok.start, len(p.brackets)
		prop := p.property()
		if !p.failed && p.tok.kind != js.CommaToken && p.tok.kind != js.CloseBraceToken && p.tok.kind != eofToken && !p.closesOuter() {
			if p.tok.nl && p.trying == 0 && p.cover < 0 && (js.IsIdentifierName(p.tok.kind) || p.tok.kind == js.StringToken) {
				p.addError(p.tok.span(), expected(","))
				props = append(props, prop)
				continue
			}
			p.failHere(noMemberEnd)
		}
		if p.failed {
			if p.trying > 0 || p.fn.expr {
				break
			}
			p.recoverMember(start, level)
			prop = &Property{Span: p.span(start), KeySpan: source.Span{Start: start, End: start}, Value: &BadExpr{p.span(start)}}
		}
		props = append(props, prop)
		if !p.accept(js.CommaToken) && p.tok.kind == js.SemicolonToken && len(p.errors) > 0 {
			p.next() // written for a comma; the error is noted
		}
	}
	return props
}

func (p *parser) property() *Property {
	start := p.tok.start
	prop := p.nodes.property.new()
	if p.tok.kind == js.EllipsisToken {
		p.next()
		prop.Kind = SpreadProperty
		prop.KeySpan = source.Span{Start: start, End: start}
		prop.Value = p.assignment()
		prop.Span = p.span(start)
		return prop
	}
	var async, generator bool
	first := p.tok
	keyed := false
	switch first.kind {
	case js.AsyncToken, js.GetToken, js.SetToken:
		prop.Key, prop.KeySpan = p.name(), first.span()
		p.next()
		modifies := p.startsKey() || first.kind == js.AsyncToken && p.tok.kind == js.MulToken
		switch {
		case !modifies || first.kind == js.AsyncToken && p.tok.nl:
			keyed = true
		case first.kind == js.AsyncToken:
			async = true
		case first.kind == js.GetToken:
			prop.Kind = Getter
		default:
			prop.Kind = Setter
		}
	}
	if !keyed {
		generator = p.accept(js.MulToken)
		first = p.tok
		prop.Key, prop.KeySpan, prop.Computed = p.key()
	}
	switch {
	case p.tok.kind == js.OpenParenToken, p.ts() && p.tok.kind == js.LtToken:
		if prop.Kind == Value {
			prop.Kind = Method
		}
		prop.Value = p.method(async, generator)
	case async || generator || prop.Kind != Value:
		p.unexpected()
	case p.accept(js.ColonToken):
		prop.Value = p.assignment()
	default:
		p.shorthand(prop, first)
	}
	prop.Span = p.span(start)
	return prop
}

// shorthand completes {a} and {a = 1}; the latter is good only if the object
// turns out to be a pattern.
func (p *parser) shorthand(prop *Property, key token) {
	reserved := js.IsReservedWord(key.kind) && key.kind != js.YieldToken && key.kind != js.AwaitToken
	if prop.Computed != nil || !js.IsIdentifierName(key.kind) || reserved && !p.fn.expr {
		p.unexpected()
		return
	}
	prop.Shorthand = true
	id := p.nodes.ident.new()
	id.Span, id.Name = key.span(), prop.Key
	prop.Value = id
	if p.tok.kind == js.EqToken {
		at := p.tok.start
		a := p.nodes.assign.new()
		a.Op, a.Target = "=", id
		p.next()
		a.Value = p.assignment()
		a.Span = p.span(key.start)
		prop.Value = a
		if p.cover < 0 {
			p.cover = at
		}
	}
}

// startsKey reports whether the present token can begin a property key.
func (p *parser) startsKey() bool {
	return js.IsIdentifierName(p.tok.kind) || js.IsNumeric(p.tok.kind) || p.tok.kind == js.StringToken ||
		p.tok.kind == js.OpenBracketToken || p.tok.kind == js.PrivateIdentifierToken
}

// key parses a property key. A computed key has no name.
func (p *parser) key() (name string, span source.Span, computed Expr) {
	start := p.tok.start
	switch {
	case js.IsIdentifierName(p.tok.kind), p.tok.kind == js.PrivateIdentifierToken:
		name = p.name()
		p.next()
	case p.tok.kind == js.StringToken:
		name = unescape(p.text[p.tok.start+1 : p.tok.end-1])
		p.next()
	case js.IsNumeric(p.tok.kind):
		name = strconv.FormatFloat(numberValue(p.tokText()), 'f', -1, 64)
		p.next()
	case p.tok.kind == js.OpenBracketToken:
		p.next()
		computed = p.assignment()
		p.expectClose(js.CloseBracketToken)
	default:
		p.unexpected()
	}
	return name, p.span(start), computed
}

// unescape decodes the escapes of a string, template or name. What is not an
// escape stays.
func unescape(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		b.WriteString(s[:i])
		s = s[i+1:]
		r, n := escape(s)
		if utf16.IsSurrogate(r) && strings.HasPrefix(s[n:], `\u`) {
			if low, m := escape(s[n+1:]); utf16.DecodeRune(r, low) != utf8.RuneError {
				r, n = utf16.DecodeRune(r, low), n+1+m
			}
		}
		if r >= 0 {
			b.WriteRune(r)
		}
		s = s[n:]
		if i = strings.IndexByte(s, '\\'); i < 0 {
			b.WriteString(s)
			return b.String()
		}
	}
}

// escape decodes one escape, its backslash left out, and returns its length. A
// negative rune means nothing: a continued line.
func escape(s string) (rune, int) {
	if s == "" {
		return '\\', 0
	}
	switch c := s[0]; c {
	case 'n':
		return '\n', 1
	case 't':
		return '\t', 1
	case 'r':
		return '\r', 1
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'v':
		return '\v', 1
	case '\n':
		return -1, 1
	case '\r':
		if strings.HasPrefix(s, "\r\n") {
			return -1, 2
		}
		return -1, 1
	case 'x':
		if r, ok := hex(s[1:], 2); ok {
			return r, 3
		}
		return 'x', 1
	case 'u':
		if r, ok := hex(s[1:], 4); ok {
			return r, 5
		}
		if end := strings.IndexByte(s, '}'); strings.HasPrefix(s, "u{") && end > 2 && end < 12 {
			if r, ok := hex(s[2:end], end-2); ok && r <= utf8.MaxRune {
				return r, end + 1
			}
		}
		return 'u', 1
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n := 1
		v := rune(c - '0')
		for n < len(s) && n < 3 && '0' <= s[n] && s[n] <= '7' && v*8 < 256 {
			v = v*8 + rune(s[n]-'0')
			n++
		}
		return v, n
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == '\u2028' || r == '\u2029' {
		return -1, n
	}
	return r, n
}

// hex reads n hexadecimal digits.
func hex(s string, n int) (rune, bool) {
	if len(s) < n {
		return 0, false
	}
	v, err := strconv.ParseUint(s[:n], 16, 31)
	return rune(v), err == nil
}
