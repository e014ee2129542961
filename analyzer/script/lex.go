package script

import (
	"unicode"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// token is one token that is not white space or a comment. Its offsets are
// offsets into the file.
type token struct {
	kind       js.TokenType
	nl         bool // a line ends between the token before and this one
	start, end int32
}

// Kinds of token that the lexer does not know. The bits that the js package
// uses to class its kinds are all clear.
const (
	eofToken     js.TokenType = 0x2000 + iota
	atToken                   // @, before a decorator
	jsxNameToken              // a name in a tag, with its dashes
	jsxTextToken              // text between tags
)

// mark is a place that the parser can go back to.
type mark struct {
	tok      token
	prevEnd  int32
	failed   bool
	comments int
	errors   int
	brackets int
	list     int
}

// mark notes the present place for reset.
func (p *parser) mark() mark {
	return mark{p.tok, p.prevEnd, p.failed, len(p.comments), len(p.errors), len(p.brackets), len(p.list)}
}

// reset goes back to m. Brackets that were open at m are still on the stack: an
// attempt that is taken back never closes them.
func (p *parser) reset(m mark) {
	p.tok, p.prevEnd, p.failed = m.tok, m.prevEnd, m.failed
	p.comments, p.errors = p.comments[:m.comments], p.errors[:m.errors]
	p.brackets, p.list = p.brackets[:m.brackets], p.list[:m.list]
	p.moveTo(m.tok.end)
}

// moveTo places the lexer at offset.
func (p *parser) moveTo(offset int32) {
	p.in.Move(int(offset-p.base) - p.in.Offset())
	p.in.Skip()
}

// next consumes the present token and reads the one behind it.
func (p *parser) next() {
	if p.failed {
		return
	}
	p.consume()
	p.lex()
}

// consume notes that the present token is used: where it ends and, for a
// bracket, that it is open or closed.
func (p *parser) consume() {
	p.prevEnd = p.tok.end
	switch p.tok.kind {
	case js.OpenBraceToken, js.OpenParenToken, js.OpenBracketToken:
		p.brackets = append(p.brackets, p.tok.kind)
	case js.CloseBraceToken, js.CloseParenToken, js.CloseBracketToken:
		if n := len(p.brackets); n > 0 && p.brackets[n-1] == opener(p.tok.kind) {
			p.brackets = p.brackets[:n-1]
		}
	case js.TemplateStartToken:
		p.brackets = append(p.brackets, js.TemplateStartToken)
	case js.TemplateEndToken:
		if n := len(p.brackets); n > 0 && p.brackets[n-1] == js.TemplateStartToken {
			p.brackets = p.brackets[:n-1]
		}
	}
}

// opener returns the bracket that closer closes, or ErrorToken.
func opener(closer js.TokenType) js.TokenType {
	switch closer {
	case js.CloseBraceToken:
		return js.OpenBraceToken
	case js.CloseParenToken:
		return js.OpenParenToken
	case js.CloseBracketToken:
		return js.OpenBracketToken
	}
	return js.ErrorToken
}

// lex reads the next token. A slash is read as a division and a brace as a
// brace; the parser, which knows better, calls rescanRegexp and
// rescanTemplate.
func (p *parser) lex() {
	nl := false
	first := p.tok.kind == js.ErrorToken && p.tok.end == 0 // nothing was read yet
	afterNumber := js.IsNumeric(p.tok.kind)
	for {
		pos := p.in.Offset()
		c := p.buf[pos]
		if !afterNumber {
			// The lexer wants to see the space behind a number itself.
			if c == ' ' || c == '\t' {
				n := 1
				for p.buf[pos+n] == ' ' || p.buf[pos+n] == '\t' {
					n++
				}
				p.skip(n)
				continue
			}
			if c == '\n' || c == '\r' {
				nl = true
				p.skip(1)
				continue
			}
		}
		switch {
		case c == 0 && pos >= p.size:
			p.tok = token{eofToken, nl, p.base + int32(pos), p.base + int32(pos)}
			return
		case c == '`':
			p.scanTemplate(pos, nl, false)
			return
		case c == '@':
			p.skip(1)
			p.setToken(atToken, nl, pos)
			return
		case c == '0' && isDigit(p.buf[pos+1]):
			p.scanLegacyNumber(pos, nl)
			return
		case c == '#' && pos == 0 && p.buf[1] == '!', c == '-' && (nl || first) && p.buf[pos+1] == '-' && p.buf[pos+2] == '>':
			p.scanLine(pos)
			continue
		case p.isConflictMarker(pos):
			p.scanLine(pos)
			last := len(p.comments) - 1
			p.addError(p.comments[last].Span, conflictMarker)
			p.comments = p.comments[:last]
			nl = true
			continue
		case c >= utf8.RuneSelf && !p.startsLexeme(pos), c < ' ' && (c < '\t' || c > '\r'), c == '\\' && p.buf[pos+1] != 'u',
			c == '#' && (!isNameByte(p.buf[pos+1]) || isDigit(p.buf[pos+1])) && p.buf[pos+1] != '\\':
			p.skipRune(pos)
			p.setToken(js.ErrorToken, nl, pos)
			return
		}
		afterNumber = false
		kind, _ := p.lexer.Next()
		switch kind {
		case js.WhitespaceToken:
			continue
		case js.LineTerminatorToken:
			nl = true
			continue
		case js.CommentLineTerminatorToken:
			nl = true
			p.addComment(pos)
			continue
		case js.CommentToken:
			p.addComment(pos)
			continue
		case js.ErrorToken:
			if p.lexErrors++; p.lexErrors > maxErrors {
				p.giveUp()
				return
			}
			// It may have stopped anywhere, even behind the end.
			p.in.Move(max(pos+1, min(p.in.Offset(), p.size)) - p.in.Offset())
			p.in.Skip()
		}
		p.setToken(kind, nl, pos)
		return
	}
}

// setToken makes what lies between pos and the lexer's place the present token.
func (p *parser) setToken(kind js.TokenType, nl bool, pos int) {
	p.tok = token{kind, nl, p.base + int32(pos), p.base + int32(min(p.in.Offset(), p.size))}
}

func (p *parser) skip(n int) {
	p.in.Move(n)
	p.in.Skip()
}

func (p *parser) skipRune(pos int) {
	_, n := utf8.DecodeRune(p.buf[pos:p.size])
	p.skip(max(n, 1))
}

func (p *parser) addComment(pos int) {
	end := min(p.in.Offset(), p.size)
	p.comments = append(p.comments, Comment{source.Span{Start: p.base + int32(pos), End: p.base + int32(end)}})
}

// startsLexeme reports whether the character at pos, outside ASCII, is a
// letter or a space to the lexer.
func (p *parser) startsLexeme(pos int) bool {
	r, n := utf8.DecodeRune(p.buf[pos:p.size])
	if r == utf8.RuneError && n <= 1 {
		return false
	}
	return js.IsIdentifierStart(p.buf[pos:pos+n]) || unicode.Is(unicode.Zs, r) ||
		r == '\uFEFF' || r == '\u2028' || r == '\u2029'
}

// scanLine reads a comment up to the end of the line: a hashbang or the rest
// of an HTML comment.
func (p *parser) scanLine(pos int) {
	n := 0
	for pos+n < p.size && p.buf[pos+n] != '\n' && p.buf[pos+n] != '\r' {
		n++
	}
	p.skip(n)
	p.addComment(pos)
}

// isConflictMarker reports whether a line that git leaves in a file with
// conflicts begins at pos. The versions on both sides are read one after the
// other.
func (p *parser) isConflictMarker(pos int) bool {
	c := p.buf[pos]
	if c != '<' && c != '=' && c != '>' && c != '|' || pos > 0 && p.buf[pos-1] != '\n' || p.size-pos < 7 {
		return false
	}
	for _, b := range p.buf[pos : pos+7] {
		if b != c {
			return false
		}
	}
	end := p.buf[pos+7]
	return end == ' ' || end == '\n' || end == '\r' || end == 0
}

// scanLegacyNumber reads a number with a leading zero, such as 0644 or 089.5,
// which the lexer refuses.
func (p *parser) scanLegacyNumber(pos int, nl bool) {
	n, kind := 1, js.IntegerToken
	octal := true
	for isDigit(p.buf[pos+n]) || p.buf[pos+n] == '_' {
		octal = octal && p.buf[pos+n] < '8'
		n++
	}
	if !octal && p.buf[pos+n] == '.' {
		kind = js.DecimalToken
		for n++; isDigit(p.buf[pos+n]); n++ {
		}
	}
	p.skip(n)
	p.setToken(kind, nl, pos)
}

// scanTemplate reads template text from the backquote or brace at pos up to
// the next ${ or the closing backquote.
func (p *parser) scanTemplate(pos int, nl, continued bool) {
	for i := pos + 1; i < p.size; i++ {
		switch p.buf[i] {
		case '\\':
			i++
		case '`':
			p.skip(i + 1 - pos)
			if continued {
				p.setToken(js.TemplateEndToken, nl, pos)
			} else {
				p.setToken(js.TemplateToken, nl, pos)
			}
			return
		case '$':
			if p.buf[i+1] != '{' {
				continue
			}
			p.skip(i + 2 - pos)
			if continued {
				p.setToken(js.TemplateMiddleToken, nl, pos)
			} else {
				p.setToken(js.TemplateStartToken, nl, pos)
			}
			return
		}
	}
	p.skip(p.size - pos)
	p.setToken(js.ErrorToken, nl, pos)
}

// rescanTemplate reads the present token, a closing brace, as the continuation
// of a template.
func (p *parser) rescanTemplate() {
	p.moveTo(p.tok.start)
	p.scanTemplate(int(p.tok.start-p.base), p.tok.nl, true)
}

// rescanRegexp reads the present token, / or /=, as the start of a regular
// expression and reports whether it is one. If it is not, the token stays.
func (p *parser) rescanRegexp() bool {
	tok := p.tok
	p.moveTo(tok.end)
	if p.lexErrors > maxErrors {
		return false
	}
	if kind, _ := p.lexer.RegExp(); kind != js.RegExpToken {
		p.lexErrors++
		p.moveTo(tok.end)
		return false
	}
	p.tok.kind = js.RegExpToken
	p.tok.end = p.base + int32(min(p.in.Offset(), p.size))
	return true
}

// splitToken cuts the first n bytes off the present token, which become a token
// of the given kind; types need it for < and > that the lexer reads as parts of
// <<, >>= and the like.
func (p *parser) splitToken(kind js.TokenType, n int32) {
	p.tok.kind = kind
	p.tok.end = p.tok.start + n
	p.moveTo(p.tok.end)
}

// peek returns the token behind the present one.
func (p *parser) peek() token {
	m := p.mark()
	p.lex()
	tok := p.tok
	p.reset(m)
	return tok
}

// peekByte returns the first byte behind the present token that is not in a
// space or a comment, or 0.
func (p *parser) peekByte() byte {
	i := int(p.tok.end - p.base)
	for i < p.size {
		switch c := p.buf[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case c == '/' && p.buf[i+1] == '/':
			for i < p.size && p.buf[i] != '\n' {
				i++
			}
		case c == '/' && p.buf[i+1] == '*':
			for i += 2; i < p.size && (p.buf[i] != '*' || p.buf[i+1] != '/'); i++ {
			}
			i += 2
		default:
			return c
		}
	}
	return 0
}

// nextJSX is next inside a tag, where names have dashes and strings no escapes.
func (p *parser) nextJSX() {
	if p.failed {
		return
	}
	p.consume()
	pos := p.in.Offset()
	c := p.buf[pos]
	switch {
	case c == '"' || c == '\'':
		n := 1
		for pos+n < p.size && p.buf[pos+n] != c {
			n++
		}
		if pos+n < p.size {
			p.skip(n + 1)
			p.setToken(js.StringToken, false, pos)
			return
		}
	case c == '>':
		p.skip(1)
		p.setToken(js.GtToken, false, pos)
		return
	case c == '/' && p.buf[pos+1] != '/' && p.buf[pos+1] != '*':
		p.skip(1)
		p.setToken(js.DivToken, false, pos)
		return
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		n := 1
		for p.buf[pos+n] == ' ' || p.buf[pos+n] == '\t' || p.buf[pos+n] == '\n' || p.buf[pos+n] == '\r' {
			n++
		}
		p.skip(n)
		p.tok = token{eofToken, false, p.base + int32(pos+n), p.base + int32(pos+n)}
		end := p.prevEnd
		p.nextJSX()
		p.prevEnd = end
		return
	}
	p.lex()
	if !js.IsIdentifierName(p.tok.kind) {
		return
	}
	for n := p.in.Offset(); ; n++ {
		if c := p.buf[n]; c != '-' && !isNameByte(c) {
			p.skip(n - p.in.Offset())
			p.tok.end = p.base + int32(n)
			p.tok.kind = jsxNameToken
			return
		}
	}
}

// nextJSXText is next between tags: it reads text, or the { or < behind it.
func (p *parser) nextJSXText() {
	if p.failed {
		return
	}
	p.consume()
	pos := p.in.Offset()
	n := 0
	for pos+n < p.size && p.buf[pos+n] != '{' && p.buf[pos+n] != '<' {
		n++
	}
	switch {
	case n > 0:
		p.skip(n)
		p.setToken(jsxTextToken, false, pos)
	case pos >= p.size:
		p.tok = token{eofToken, false, p.base + int32(pos), p.base + int32(pos)}
	case p.buf[pos] == '{':
		p.skip(1)
		p.setToken(js.OpenBraceToken, false, pos)
	default:
		p.skip(1)
		p.setToken(js.LtToken, false, pos)
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether c may be part of a name, any part of a character
// outside ASCII included.
func isNameByte(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$' || c >= utf8.RuneSelf
}
