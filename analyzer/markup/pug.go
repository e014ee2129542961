package markup

import (
	"regexp"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// Templates in Pug, which says by indents what HTML says by end tags (pugjs.org, language reference; read 2026-11):
//
//	view.row(v-if="shown")
//	  text 手机号
//	  input(v-model="phone", placeholder="请输入手机号")
//
// A build turns it into the template of the framework, so an attribute means what it means there. What Pug works out
// while it builds (#{name}, if, each) is not run: a value that it gives is not known, and each branch is in the tree.
// Mixins are put where they are called. See pug_line.go for what a line holds.

var (
	// maxExpanded bounds the bytes that are read again because mixins are put in the place of their calls.
	maxExpanded = 1 << 20
	// maxPugNesting bounds mixins in mixins, tags in texts and tags in one line.
	maxPugNesting = 20
	// maxEscapes bounds the values with escapes, each of which copies the text.
	maxEscapes = 100
)

// ParsePug parses a part of f, a template in Pug, as ParseSpan does one in the language of the platform.
func ParsePug(f *source.File, span source.Span, d *Dialect) *Document {
	p := &pug{parser: newParser(f, span, d), indents: []int{-1}, base: 1}
	p.all = p.text
	p.lines()
	p.close(1)
	return p.finished()
}

// pug reads one template in Pug. Its parser holds the open elements.
type pug struct {
	*parser
	all     string // the whole text, of which the parser's may be a part
	indents []int  // of the lines of the open elements
	base    int    // so many open elements are around what is read, whatever the indents are
	end     int    // where the last thing that was read ends

	mixins  map[string]mixin
	given   map[string]string // the texts that the call of a mixin gives
	content lineRange         // what stands below the call, for the line "block"
	spent   int               // of maxExpanded
	nesting int
	escapes int
}

// lineRange is a part of the text that holds whole lines.
type lineRange struct{ start, end int }

// mixin is a piece of template with a name: mixin row(label).
type mixin struct {
	params []string
	body   lineRange
}

// lines reads until the end of the text.
func (p *pug) lines() {
	for p.pos < len(p.text) {
		indent, blank := p.indent()
		if blank {
			p.pos = p.nextLine(p.pos)
			continue
		}
		for len(p.open) > p.base && p.indents[len(p.open)-1] >= indent {
			p.close(len(p.open) - 1)
		}
		p.line(indent)
	}
}

// indent moves behind the spaces that a line begins with and returns their number.
func (p *pug) indent() (n int, blank bool) {
	start := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
	return p.pos - start, p.pos == p.lineEnd(p.pos)
}

// lineEnd is the end of the line that holds offset i, without the signs that end it.
func (p *pug) lineEnd(i int) int {
	end := len(p.text)
	if n := strings.IndexByte(p.text[i:], '\n'); n >= 0 {
		end = i + n
	}
	if end > i && p.text[end-1] == '\r' {
		end--
	}
	return end
}

// nextLine is where the line behind the one with offset i begins.
func (p *pug) nextLine(i int) int {
	if n := strings.IndexByte(p.text[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(p.text)
}

// below takes the lines after p.pos that are indented by more than indent.
func (p *pug) below(indent int) lineRange {
	p.pos = p.nextLine(p.pos)
	r := lineRange{p.pos, p.pos}
	for p.pos < len(p.text) {
		line := p.pos
		n, blank := p.indent()
		if !blank && n <= indent {
			p.pos = line
			break
		}
		p.pos = p.nextLine(p.pos)
		if !blank {
			r.end = p.pos
		}
	}
	return r
}

// push makes e, just added, the innermost open element, for lines that are indented by more than indent.
func (p *pug) push(e *Element, indent int) {
	n := len(p.open)
	if p.enter(e); len(p.open) > n {
		p.indents = append(p.indents[:n], indent)
	}
}

// close closes the open elements from number n on.
func (p *pug) close(n int) {
	for len(p.open) > n {
		e := p.top().element
		e.End = max(e.Open.End, int32(p.end))
		p.open = p.open[:len(p.open)-1]
	}
}

// inside reads the lines of r as if they stood below the innermost open element.
func (p *pug) inside(r lineRange) {
	p.spent += r.end - r.start
	if p.nesting == maxPugNesting || p.spent > maxExpanded {
		p.lost(p.span(r.start, r.end), "mixin 展开得太多，没有读完", "mixins are put in too often, and were not read to the end")
		return
	}
	text, pos, base := p.text, p.pos, p.base
	p.text, p.pos, p.base = p.all[:r.end], r.start, len(p.open)
	p.nesting++
	p.lines()
	p.close(p.base)
	p.nesting--
	p.text, p.pos, p.base = text, pos, base
}

// ---- mixins

var mixinHead = regexp.MustCompile(`^mixin\s+([\w-]+)\s*(?:\(([^)\n]*)\))?`)

// define notes a mixin whose head is at p.pos.
func (p *pug) define(indent int, head []string) {
	m := mixin{}
	for _, param := range strings.Split(head[2], ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(param), "=")
		m.params = append(m.params, strings.TrimSpace(name))
	}
	m.body = p.below(indent)
	if p.mixins == nil {
		p.mixins = map[string]mixin{}
	}
	p.mixins[head[1]] = m
}

var mixinCall = regexp.MustCompile(`^\+([\w-]+)`)

// call puts a mixin in the place of its call at p.pos: +row("手机号").
func (p *pug) call(indent int) {
	start := p.pos
	head := mixinCall.FindStringSubmatch(p.text[p.pos:p.lineEnd(p.pos)])
	if head == nil {
		p.unread(start)
		return
	}
	p.pos += len(head[0])
	var args []string
	if p.pos < len(p.text) && p.text[p.pos] == '(' {
		p.pos++
		args = p.arguments()
	}
	where := p.span(start, p.pos)
	content := p.below(indent)
	m, ok := p.mixins[head[1]]
	if !ok {
		p.lost(where, "mixin %s 没有定义在这个模板里，没有读取", "the mixin %s is not defined in this template, and was not read", head[1])
		p.inside(content)
		return
	}
	given, outer := p.given, p.content
	p.given, p.content = map[string]string{}, content
	for i, name := range m.params {
		if i < len(args) && args[i] != "" {
			p.given[name] = args[i]
		}
	}
	p.inside(m.body)
	p.given, p.content = given, outer
}

// arguments reads the arguments of a call up to its closing parenthesis; those that are no texts are empty.
func (p *pug) arguments() (args []string) {
	for p.pos < len(p.text) {
		start := p.pos
		p.pos = p.expressionEnd(p.pos, false)
		text := strings.TrimSpace(p.text[start:p.pos])
		value := p.given[text]
		if literal, ok := unquoted(text); ok {
			value = literal
		}
		args = append(args, value)
		if p.pos >= len(p.text) {
			break
		}
		p.pos++
		if p.text[p.pos-1] != ',' {
			break
		}
	}
	return args
}

// unquoted is the text of a literal without escapes.
func unquoted(text string) (literal string, ok bool) {
	if len(text) < 2 || !strings.ContainsRune("\"'`", rune(text[0])) || text[len(text)-1] != text[0] {
		return "", false
	}
	inner := text[1 : len(text)-1]
	return inner, !strings.ContainsAny(inner, `\`+text[:1]) && !(text[0] == '`' && strings.Contains(inner, "${"))
}
