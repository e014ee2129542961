package script

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

var (
	// maxDepth bounds the recursion of the parser, and with it the depth of the
	// tree wherever the language nests. Chains that only grow to the left, and
	// else-if, are loops and do not count.
	maxDepth = 2000

	// maxErrors bounds the work spent on text that is not a script at all. The
	// rest of the text becomes one BadStmt.
	maxErrors = 1000

	// maxBrackets bounds the search for the bracket that another one closes.
	maxBrackets = 200

	// Failed attempts to read the text as one thing rather than another may
	// read maxWaste times the text and minWaste bytes.
	maxWaste = 8
)

const minWaste = 4096

// Parse parses the whole of f. It never fails: what cannot be read is in
// Program.Errors.
func Parse(f *source.File, mode Mode) *Program {
	return ParseSpan(f, source.Span{Start: 0, End: int32(len(f.Text))}, mode)
}

// ParseSpan parses a part of f, such as an inline <wxs> block. All spans of the
// tree are offsets into f.
func ParseSpan(f *source.File, span source.Span, mode Mode) *Program {
	p := newParser(f, span, mode)
	p.lex()
	prog := &Program{Span: span, File: f, mode: mode, Code: &Code{}}
	for p.tok.kind != eofToken {
		p.stmts = append(p.stmts, p.statement())
	}
	prog.Code.Body = p.takeStmts(0)
	prog.Module = p.module
	prog.Comments = p.comments
	prog.Errors, prog.Withs = p.sortedErrors(), slices.Compact(p.withs)
	resolve(p, prog)
	return prog
}

// ParseExpr parses the text of span as one expression in the given mode, as it is
// between {{ and }} of a template. With object set, the text may also be the inside of an
// object literal ("a, ...b, c: 1"), as in the data of <template is>; without
// it, text that can only be that is read so too. No names are resolved: every
// Ident has a nil Symbol unless the expression declares it.
func ParseExpr(f *source.File, span source.Span, mode Mode, object bool) (Expr, []Error) {
	p := newParser(f, span, mode)
	p.fn.expr = true
	p.lex()
	start := p.mark()
	if start.tok.kind == eofToken {
		return &BadExpr{span}, []Error{{Span: span, Message: noExpression}}
	}
	tries := []func() Expr{p.expression, p.bareObject}
	if object || p.looksLikeObject() {
		tries[0], tries[1] = tries[1], tries[0]
	}
	var first []Error
	for i, try := range tries {
		p.reset(start)
		p.fn = function{expr: true}
		p.cover, p.tooDeep = -1, false
		x := try()
		if p.tok.kind != eofToken {
			p.unexpected()
		}
		if p.cover >= 0 {
			p.failAt(p.cover, unexpected("="))
		}
		if p.failed {
			p.errors = append(p.errors, p.failure)
		}
		if len(p.errors) == 0 {
			resolveExpr(p, x)
			return x, nil
		}
		if i == 0 {
			first = slices.Clone(p.sortedErrors())
		}
	}
	return &BadExpr{span}, first
}

// ParseBody parses the text of span as the body of an arrow function without parameters,
// as the statements of a handler in a template are: "if (ok) save()".
func ParseBody(f *source.File, span source.Span, mode Mode) (*Function, []Error) {
	p := newParser(f, span, mode)
	p.fn = function{inside: true}
	p.lex()
	body := &Block{Span: span}
	for p.tok.kind != eofToken {
		p.stmts = append(p.stmts, p.statement())
	}
	body.Body = p.takeStmts(0)
	fn := &Function{Span: span, Arrow: true, Body: body}
	p.declares = true
	resolveExpr(p, fn)
	return fn, p.sortedErrors()
}

// ParseParams parses the text of span as the parameters of a function, without the
// parentheses: "{ row, index: i = 0 }", as in v-slot and v-for. It returns nil if the text
// is none.
func ParseParams(f *source.File, span source.Span, mode Mode) []Expr {
	p := newParser(f, span, mode)
	p.fn = function{expr: true}
	p.lex()
	mark := len(p.list)
	for p.tok.kind != eofToken {
		p.list = append(p.list, p.parameter())
		if !p.accept(js.CommaToken) {
			break
		}
	}
	if p.tok.kind != eofToken {
		p.unexpected()
	}
	if p.failed || len(p.errors) > 0 {
		return nil
	}
	return p.take(mark)
}

// looksLikeObject reports whether the text begins like the inside of an object
// literal: with "name:", "name," or "...".
func (p *parser) looksLikeObject() bool {
	if p.tok.kind == js.EllipsisToken {
		return true
	}
	if !js.IsIdentifierName(p.tok.kind) && p.tok.kind != js.StringToken {
		return false
	}
	c := p.peekByte()
	return c == ':' || c == ',' && p.tok.kind != js.StringToken
}

// parser holds the state of one parse.
//
// There is no unwinding by panic. If the text cannot be read, fail notes the
// error and turns the present token into the end of the text, which stops every
// loop. The nearest statement or member sees p.failed, becomes a bad one, and
// parsing goes on behind it.
type parser struct {
	file *source.File
	text string
	mode Mode
	base int32 // offset of buf in the file

	in    *parse.Input
	lexer *js.Lexer
	buf   []byte // the lexer's text, and zeros behind it
	size  int    // length of the text in buf

	tok      token
	prevEnd  int32          // end of the token consumed last
	brackets []js.TokenType // open at tok

	failed   bool
	failure  Error
	failTok  token // the token that fail hid
	trying   int   // depth of attempts that may be taken back
	wasted   int   // bytes read by attempts that failed
	tooDeep  bool  // failed for too deep a nesting
	depth    int
	cover    int32 // offset of an = that is good only if its object becomes a pattern, or -1
	noIn     int   // number of open brackets at which in is no operator, or -1
	then     int   // number of open brackets at which a colon ends the expression, or -1
	fn       function
	module   bool
	declares bool // there is a function or class: names may be declared

	comments  []Comment
	errors    []Error
	withs     []Error
	lexErrors int

	list  []Expr // lists under construction
	stmts []Stmt
	nodes nodes
}

// function is what the parser knows of the function it is in.
type function struct {
	inside, async, generator bool
	expr                     bool // a template expression
}

func newParser(f *source.File, span source.Span, mode Mode) *parser {
	span.Start = max(0, min(span.Start, int32(len(f.Text))))
	span.End = max(span.Start, min(span.End, int32(len(f.Text))))
	p := &parser{
		file: f, text: f.Text, mode: mode, base: span.Start, prevEnd: span.Start,
		size: span.Len(), cover: -1, noIn: -1, then: -1,
	}
	// The lexer writes a zero behind its text, so it gets a copy.
	p.buf = make([]byte, p.size+4)
	copy(p.buf, f.Text[span.Start:span.End])
	p.in = parse.NewInputBytes(p.buf[:p.size])
	p.lexer = js.NewLexer(p.in)
	return p
}

func (p *parser) ts() bool { return p.mode&TypeScript != 0 }

// ---- tokens

// is reports whether the present token is the word w.
func (p *parser) is(w string) bool {
	return int(p.tok.end-p.tok.start) == len(w) && p.text[p.tok.start:p.tok.end] == w
}

func (p *parser) tokText() string { return p.text[p.tok.start:p.tok.end] }

// accept consumes the present token if it is of the given kind.
func (p *parser) accept(kind js.TokenType) bool {
	if p.tok.kind != kind {
		return false
	}
	p.next()
	return true
}

// expect consumes a token of the given kind or fails.
func (p *parser) expect(kind js.TokenType) {
	if p.tok.kind == kind {
		p.next()
		return
	}
	p.failHere(expected(kind.String()))
}

// expectClose consumes a closing bracket. If it was plainly forgotten (at the
// end of the text, before a bracket that closes an outer one, or before a
// semicolon), expectClose notes the error and supplies the bracket, so that the
// statement around it is kept.
func (p *parser) expectClose(kind js.TokenType) {
	if p.tok.kind == kind {
		p.next()
		return
	}
	forgotten := p.tok.kind == eofToken || p.closesOuter() ||
		p.tok.kind == js.SemicolonToken && kind != js.CloseBraceToken
	if !forgotten || p.failed || p.trying > 0 {
		p.failHere(expected(kind.String()))
		return
	}
	p.addError(p.tok.span(), expected(kind.String()))
	if n := len(p.brackets); n > 0 && p.brackets[n-1] == opener(kind) {
		p.brackets = p.brackets[:n-1]
	}
}

// closesOuter reports whether the present token closes a bracket other than the
// innermost one.
func (p *parser) closesOuter() bool {
	i := p.matching(0)
	return i >= 0 && i < len(p.brackets)-1
}

// semicolon ends a statement, by a semicolon or without.
func (p *parser) semicolon() {
	for p.trying == 0 && p.isStray() {
		p.addError(p.tok.span(), unexpected(p.tokText()))
		p.lex()
	}
	switch {
	case p.tok.kind == js.SemicolonToken:
		p.next()
	case p.tok.kind == js.CloseBraceToken, p.tok.kind == eofToken, p.tok.nl, p.closesOuter():
	default:
		p.unexpected()
	}
}

// isStray reports whether the present token is a bracket that closes nothing.
func (p *parser) isStray() bool {
	switch p.tok.kind {
	case js.CloseParenToken, js.CloseBracketToken:
		return len(p.errors) < maxErrors && p.matching(0) < 0
	}
	return false
}

func (t token) span() source.Span { return source.Span{Start: t.start, End: t.end} }

// span returns the range from start to the end of the token consumed last. If
// no token was consumed, the range is empty and lies behind the token before
// it.
func (p *parser) span(start int32) source.Span {
	return source.Span{Start: min(start, p.prevEnd), End: p.prevEnd}
}

// ---- errors and recovery

// fail gives up the statement or member under construction.
func (p *parser) fail(span source.Span, message lang.Text) {
	if p.failed {
		return
	}
	p.failed = true
	p.failure = Error{Span: span, Message: message}
	p.failTok = p.tok
	p.tok = token{eofToken, false, p.tok.start, p.tok.start}
}

func (p *parser) failHere(message lang.Text) { p.fail(p.tok.span(), message) }

func (p *parser) failAt(offset int32, message lang.Text) {
	p.fail(source.Span{Start: offset, End: min(offset+1, p.base+int32(p.size))}, message)
}

// unexpected fails at the present token.
func (p *parser) unexpected() {
	switch {
	case p.tok.kind == eofToken:
		p.failHere(endOfText)
	case p.tok.kind != js.ErrorToken:
		p.failHere(unexpected(p.tokText()))
	case strings.HasPrefix(p.tokText(), "`"):
		p.failHere(openTemplate)
	case strings.HasPrefix(p.tokText(), "'"), strings.HasPrefix(p.tokText(), `"`):
		p.failHere(openString)
	case strings.HasPrefix(p.tokText(), "/*"):
		p.failHere(openComment)
	default:
		p.failHere(strangeCharacter)
	}
}

func (p *parser) addError(span source.Span, message lang.Text) {
	p.errors = append(p.errors, Error{Span: span, Message: message})
}

func (p *parser) sortedErrors() []Error {
	slices.SortStableFunc(p.errors, func(a, b Error) int { return cmp.Compare(a.Start, b.Start) })
	return p.errors
}

// enter counts one level of nesting and fails if there are too many. Every
// enter is matched by leave.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth && !p.failed {
		p.failHere(tooDeep)
		p.tooDeep = true
	}
}

func (p *parser) leave() { p.depth-- }

// try runs f, which may fail, and goes back to where it began unless f returns
// true. The sum of what failed attempts read is bounded by a multiple of the
// text; beyond it nothing is tried any more. So attempts within attempts stay
// cheap. The error for too deep a nesting is not taken back.
func (p *parser) try(f func() bool) bool {
	if p.failed || p.wasted > maxWaste*p.size+minWaste {
		return false
	}
	m := p.mark()
	depth, cover := p.depth, p.cover
	p.trying++
	ok := f() && !p.failed
	p.trying--
	if !ok && !p.tooDeep {
		p.wasted += int(p.tok.end - m.tok.start)
		p.reset(m)
		p.depth, p.cover = depth, cover
	}
	return ok
}

// resume notes the error and makes the token that fail hid the present one
// again.
func (p *parser) resume() {
	p.errors = append(p.errors, p.failure)
	p.failed, p.tooDeep = false, false
	p.tok = p.failTok
	if len(p.errors) < maxErrors && p.lexErrors < maxErrors {
		return
	}
	p.giveUp()
	p.prevEnd = p.tok.end
}

// giveUp goes to the end of the text.
func (p *parser) giveUp() {
	end := p.base + int32(p.size)
	p.moveTo(end)
	p.tok = token{eofToken, true, end, end}
}

// recover skips the rest of a statement that failed: up to a semicolon, a line
// that begins outside of all its brackets, or the bracket that closes what the
// statement is in. start and level are the offset and the number of open
// brackets at which it began.
func (p *parser) recover(start int32, level int) *BadStmt {
	p.resume()
	indent := -1
	for first := p.tok.start == start; p.tok.kind != eofToken; first = false {
		inside := len(p.brackets) > level
		switch {
		case p.tok.kind == js.SemicolonToken && !inside:
			p.next()
			return &BadStmt{p.span(start)}
		case first:
		case opener(p.tok.kind) != js.ErrorToken:
			if p.matching(level) < 0 && p.matching(0) >= 0 {
				p.brackets = p.brackets[:max(level, 0)]
				return &BadStmt{p.span(start)}
			}
		case p.tok.nl && !inside:
			return &BadStmt{p.span(start)}
		case p.tok.nl && js.IsIdentifierName(p.tok.kind):
			// A bracket was left open: a line that starts no deeper than the
			// statement is most likely a new one.
			if indent < 0 {
				indent = p.indent(start)
			}
			if p.indent(p.tok.start) <= indent {
				p.brackets = p.brackets[:level]
				return &BadStmt{p.span(start)}
			}
		}
		p.skipToken(level)
	}
	p.brackets = p.brackets[:min(level, len(p.brackets))]
	return &BadStmt{p.span(start)}
}

// recoverMember skips the rest of a member of an object or class that failed: up
// to a comma, a semicolon or a line outside of all its brackets, or the bracket
// that closes the object.
func (p *parser) recoverMember(start int32, level int) {
	p.resume()
	for first := p.tok.start == start; p.tok.kind != eofToken; first = false {
		inside := len(p.brackets) > level
		switch {
		case (p.tok.kind == js.CommaToken || p.tok.kind == js.SemicolonToken) && !inside && !first:
			return
		case first:
		case opener(p.tok.kind) != js.ErrorToken:
			if p.matching(level) < 0 && p.matching(0) >= 0 {
				p.brackets = p.brackets[:level]
				return
			}
		case p.tok.nl && !inside && (js.IsIdentifierName(p.tok.kind) || p.tok.kind == atToken):
			return
		}
		p.skipToken(level)
	}
	p.brackets = p.brackets[:min(level, len(p.brackets))]
}

// matching returns the index, at or above level, of the open bracket that the
// present token closes, or -1. It looks at the innermost ones only, so that
// heaps of brackets that do not match cost little time.
func (p *parser) matching(level int) int {
	open := opener(p.tok.kind)
	if open == js.ErrorToken {
		return -1
	}
	for i := len(p.brackets) - 1; i >= max(level, len(p.brackets)-maxBrackets); i-- {
		if p.brackets[i] == open || open == js.OpenBraceToken && p.brackets[i] == js.TemplateStartToken {
			return i
		}
	}
	return -1
}

// skipToken consumes a token during recovery, when nothing is known but the open
// brackets above level.
func (p *parser) skipToken(level int) {
	switch p.tok.kind {
	case js.CloseBraceToken, js.CloseParenToken, js.CloseBracketToken:
		i := p.matching(level)
		if i < 0 { // closes nothing
			p.prevEnd = p.tok.end
			p.lex()
			return
		}
		p.brackets = p.brackets[:i+1]
		if p.brackets[i] == js.TemplateStartToken {
			p.rescanTemplate()
		}
	case js.DivToken, js.DivEqToken:
		if p.tok.start > p.base && !endsOperand(p.text[p.base:p.prevEnd]) {
			p.rescanRegexp()
		}
	}
	p.next()
}

// endsOperand guesses whether a slash behind text is a division.
func endsOperand(text string) bool {
	if text == "" {
		return false
	}
	c := text[len(text)-1]
	return isNameByte(c) || c == ')' || c == ']' || c == '}' || c == '"' || c == '\'' || c == '`'
}

// indent returns the width of the white space that begins the line of offset.
func (p *parser) indent(offset int32) int {
	line := p.text[strings.LastIndexByte(p.text[:offset], '\n')+1:]
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

// Limits are the limits of the parser by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{"depth": &maxDepth, "errors": &maxErrors, "brackets": &maxBrackets, "waste": &maxWaste}
}
