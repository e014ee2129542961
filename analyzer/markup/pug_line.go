package markup

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What a line of a template in Pug holds: a tag, text, or something that is done while it builds.

// building are lines that Pug carries out while it builds; what is below them stands in their place, each branch.
var building = regexp.MustCompile(`^(?:(?:if|unless|else if|case|when|each|for|while|block|append|prepend)\s|(?:else|default|doctype|eachdefault)(?:\s|$)|default:)`)

// missingFile are lines that take another file in, or are laid out by one.
var missingFile = regexp.MustCompile(`^(?:include|extends)(?::[\w-]+)?\s`)

// line reads the line at p.pos, which is indented so, and what belongs to it.
func (p *pug) line(indent int) {
	end := p.lineEnd(p.pos)
	rest := p.text[p.pos:end]
	switch head := mixinHead.FindStringSubmatch(rest); {
	case strings.HasPrefix(rest, "//"):
		start := p.pos
		r := p.below(indent)
		end = start + len(strings.TrimRight(p.text[start:max(end, r.end)], "\r\n"))
		p.add(&Comment{Span: p.span(start, end), Text: p.text[start+2 : end]})
	case rest[0] == '|':
		p.texts(p.pos+len("|")+strings.Count(rest[1:min(2, len(rest))], " "), end)
		p.pos = p.nextLine(end)
	case rest[0] == '<':
		p.texts(p.pos, end)
		p.pos = p.nextLine(end)
	case rest[0] == '-':
		if rest == "-" {
			p.below(indent)
			return
		}
		p.pos = p.nextLine(end)
	case rest[0] == ':':
		p.unread(p.pos)
		p.below(indent)
	case rest[0] == '=' || strings.HasPrefix(rest, "!="):
		p.computed(p.pos, end)
		p.pos = p.nextLine(end)
	case rest[0] == '+':
		p.call(indent)
	case head != nil:
		p.define(indent, head)
	case rest == "block":
		p.pos = p.nextLine(end)
		content := p.content
		p.content = lineRange{}
		p.inside(content)
		p.content = content
	case missingFile.MatchString(rest + " "):
		p.lost(p.span(p.pos, end), "Pug 引用的另一个文件没有读取", "the other file that Pug takes in here was not read")
		p.pos = p.nextLine(end)
	case building.MatchString(rest + " "):
		p.pos = p.nextLine(end)
	default:
		p.tag(indent)
	}
}

// unread notes a line that is no Pug, or not of the kind that is read, and moves behind it.
func (p *pug) unread(start int) {
	end := p.lineEnd(start)
	if strings.ContainsFunc(p.text[start:end], unicode.IsLetter) { // else nothing is named: <template lang="pug">>
		p.lost(p.span(start, end), "这一行 Pug 没有读取", "this line of Pug was not read")
	}
	p.pos = p.nextLine(end)
}

// tag reads an element, and what is on its line: view.row(a="b"): text 姓名
func (p *pug) tag(indent int) {
	start := p.pos
	e := &Element{Tag: p.tagName()}
	p.pending = p.pending[:0]
	p.marks(e)
	if p.pos == start {
		p.unread(start)
		return
	}
	if e.Tag == "" {
		e.Tag = "div"
	}
	if len(p.pending) > 0 {
		e.Attrs = append([]*Attr(nil), p.pending...)
		p.checkDuplicates(e)
	}
	e.Open = p.span(start, p.pos)
	e.Span = e.Open
	p.end = p.pos
	p.add(e)
	p.push(e, indent)
	p.behindTag(indent)
}

// behindTag reads what stands behind a tag on its line.
func (p *pug) behindTag(indent int) {
	end := p.lineEnd(p.pos)
	rest := p.text[p.pos:end]
	switch {
	case strings.TrimSpace(rest) == "" || rest == "/":
		p.pos = p.nextLine(end)
	case rest[0] == ':':
		p.pos++
		for p.pos < end && isSpace(p.text[p.pos]) {
			p.pos++
		}
		switch {
		case p.pos == end:
			p.pos = p.nextLine(end)
		case p.nesting == maxPugNesting:
			p.unread(p.pos)
		default:
			p.nesting++
			p.line(indent)
			p.nesting--
		}
	case strings.TrimRight(rest, " \t") == ".":
		r := p.below(indent)
		p.texts(r.start, r.end)
	case rest[0] == '=' || strings.HasPrefix(rest, "!="):
		p.computed(p.pos, end)
		p.pos = p.nextLine(end)
	case isSpace(rest[0]):
		p.texts(p.pos+1, end)
		p.pos = p.nextLine(end)
	default:
		p.unread(p.pos)
	}
}

// tagName reads the name of a tag; a colon belongs to it if a letter follows: svg:path, but view: text.
func (p *pug) tagName() string {
	start := p.pos
	if p.pos < len(p.text) && isNameStart(p.text[p.pos]) {
		for p.pos < len(p.text) && (isName(p.text[p.pos]) && p.text[p.pos] != '.' ||
			p.text[p.pos] == ':' && p.pos+1 < len(p.text) && isNameStart(p.text[p.pos+1])) {
			p.pos++
		}
	}
	return p.text[start:p.pos]
}

var (
	shortMark  = regexp.MustCompile(`^[.#][\w-]+`)
	attributes = "&attributes("
)

// marks reads the classes, the id and the attributes of a tag: .row#top(title="姓名").
func (p *pug) marks(e *Element) {
	for p.pos < len(p.text) {
		rest := p.text[p.pos:p.lineEnd(p.pos)]
		switch mark := shortMark.FindString(rest); {
		case mark != "":
			a := &Attr{Span: p.span(p.pos, p.pos+len(mark)), Raw: "class", Name: "class", HasValue: true}
			if mark[0] == '#' {
				a.Raw, a.Name = "id", "id"
			}
			a.ValueSpan = p.span(p.pos+1, p.pos+len(mark))
			a.NameSpan = p.span(p.pos, p.pos+1)
			a.Parts = []Part{{Span: a.ValueSpan, Text: mark[1:]}}
			p.class(a)
			p.pos += len(mark)
		case strings.HasPrefix(rest, "("):
			p.pos++
			p.attrList(e)
		case strings.HasPrefix(rest, attributes):
			p.pos = p.expressionEnd(p.pos+len(attributes), false)
			p.pos = min(p.pos+1, len(p.text))
		default:
			return
		}
	}
}

// class adds a class to the others of the tag, of which there may be many: .a.b.
func (p *pug) class(a *Attr) {
	for _, old := range p.pending {
		if old.Raw == "class" && a.Raw == "class" && len(old.Parts) == 1 && old.Parts[0].Expr == nil {
			old.Parts[0].Text += " " + a.Parts[0].Text
			return
		}
	}
	p.pending = append(p.pending, a)
}

// attrList reads attributes up to their closing parenthesis.
func (p *pug) attrList(e *Element) {
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case isSpace(c) || c == ',':
			p.pos++
		case c == ')':
			p.pos++
			return
		default:
			if a := p.attr(e); a != nil {
				p.pending = append(p.pending, a)
			}
		}
	}
	p.lost(p.span(int(e.Start), p.pos), "属性没有以 ) 结束", "the attributes are not closed by )")
}

// attr reads one attribute; nil if it has a value by which it is not there.
func (p *pug) attr(e *Element) *Attr {
	from := p.pos
	start, end := p.attrName()
	if start == end {
		p.pos = max(p.pos, from+1)
		p.lost(p.span(from, p.pos), "此处不应有 %q", "%q is not allowed here", p.text[from:p.pos])
		return nil
	}
	a, form := p.newAttr(e, start, end)
	p.skipSpace()
	if rest := p.text[p.pos:]; strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "!=") {
		p.pos += strings.IndexByte(rest, '=') + 1
		p.skipSpace()
		from := p.pos
		p.pos = p.expressionEnd(p.pos, true)
		a.End = int32(p.pos)
		return p.give(e, a, form, from, p.pos)
	}
	return a
}

// attrName moves behind the name of an attribute, which may be in quotes: "@input"="go".
func (p *pug) attrName() (start, end int) {
	start = p.pos
	if q := p.text[p.pos]; q == '"' || q == '\'' {
		p.pos = p.stringEnd(p.pos)
		end = p.pos
		if end-start > 1 && p.text[end-1] == q {
			end--
		}
		return start + 1, max(start+1, end)
	}
	for p.pos < len(p.text) && !isSpace(p.text[p.pos]) && !strings.ContainsRune(",=!)", rune(p.text[p.pos])) {
		p.pos++
	}
	return start, p.pos
}

// give reads the value of a from from to to, an expression that Pug works out while it builds.
func (p *pug) give(e *Element, a *Attr, form valueForm, from, to int) *Attr {
	text := strings.TrimRight(p.text[from:to], " \t\r\n")
	to = from + len(text)
	a.HasValue, a.ValueSpan = true, p.span(from, to)
	switch text {
	case "true":
		a.HasValue = false
		return a
	case "false", "null", "undefined":
		return nil
	}
	quoted := len(text) > 1 && strings.ContainsRune("\"'`", rune(text[0])) && p.stringEnd(from) == to &&
		!(text[0] == '`' && strings.Contains(text, "${"))
	if !quoted {
		a.Parts = []Part{p.worked(from, to)}
		return a
	}
	whole, f := p.text[:to], p.file
	if strings.Contains(text, `\`) {
		if p.escapes++; p.escapes > maxEscapes {
			a.Parts = []Part{p.bad(from, to)}
			return a
		}
		whole = p.text[:from] + unescaped(text)
		f = source.NewFile(p.file.Path, whole)
	}
	sub := parser{file: f, text: whole, pos: from + 1, dialect: p.dialect, doc: p.doc}
	v := valueIn(e, a, form)
	v.quote = text[:1]
	sub.readValue(a, v)
	return a
}

// unescaped is a literal of the same length with spaces for what its escapes have more than the sign that they stand for,
// and the other quote for its own: "go(\"a\")" is "go( 'a ')".
func unescaped(literal string) string {
	out := []byte(literal)
	for i := 1; i+1 < len(out); i++ {
		if out[i] != '\\' {
			continue
		}
		out[i] = ' '
		switch i++; {
		case out[i] == 'n' || out[i] == 't' || out[i] == 'r':
			out[i] = ' '
		case out[i] == out[0] && out[0] == '"':
			out[i] = '\''
		case out[i] == out[0]:
			out[i] = '"'
		}
	}
	return string(out)
}

// worked is a part that Pug works out: a number, a text that the call of a mixin gave, or what is not known.
func (p *pug) worked(from, to int) Part {
	text := strings.TrimSpace(p.text[from:to])
	if given, ok := p.given[text]; ok {
		return Part{Span: p.span(from, to), Text: given}
	}
	if literal, ok := unquoted(text); ok {
		return Part{Span: p.span(from, to), Text: literal}
	}
	if text != "" && strings.Trim(text, "0123456789.") == "" {
		return Part{Span: p.span(from, to), Text: text}
	}
	return Part{Span: p.span(from, to), Expr: &script.BadExpr{Span: p.span(from, to)}}
}

// computed adds the text that = or != in front of an expression shows.
func (p *pug) computed(from, to int) {
	from += strings.IndexByte(p.text[from:to], '=') + 1
	p.end = to
	p.add(&Text{Span: p.span(from, to), Parts: []Part{p.worked(from, to)}})
}

// texts adds a text, with {{ }}, tags in HTML, #{ } and #[ ].
func (p *pug) texts(from, to int) {
	p.end = to
	text := p.text
	p.text = p.text[:to]
	defer func() { p.text = text }()
	for from < to {
		i := strings.IndexByte(p.text[from:to], '#')
		for i >= 0 && !(from+i+1 < to && (p.text[from+i+1] == '{' || p.text[from+i+1] == '[')) {
			next := strings.IndexByte(p.text[from+i+1:to], '#')
			if next < 0 {
				i = -1
				break
			}
			i += next + 1
		}
		if i < 0 {
			break
		}
		p.html(from, from+i)
		open := from + i + 1
		closing := p.expressionEnd(open+1, false)
		if closing >= to {
			from += i
			break
		}
		if p.text[open] == '{' {
			p.add(&Text{Span: p.span(open-1, closing+1), Parts: []Part{p.worked(open+1, closing)}})
		} else {
			p.inline(open+1, closing)
		}
		from = closing + 1
	}
	p.html(from, to)
}

// inline reads the tag of #[b 姓名].
func (p *pug) inline(from, to int) {
	text, pos, base := p.text, p.pos, p.base
	p.text, p.pos, p.base = p.text[:to], from, len(p.open)
	if p.pos < to && !isSpace(p.text[p.pos]) && p.nesting < maxPugNesting {
		p.nesting++
		p.tag(0)
		p.close(p.base)
		p.nesting--
	}
	p.text, p.pos, p.base = text, pos, base
}

// html adds a text with its {{ }} and its tags in HTML.
func (p *pug) html(from, to int) {
	if from >= to {
		return
	}
	sub := parser{file: p.file, text: p.text[:to], pos: from, dialect: p.dialect, doc: p.doc}
	var nodes []Node
	sub.open = []frame{{children: &nodes}}
	sub.nodes()
	for len(sub.open) > 1 { // the lines below are no part of a tag in HTML
		sub.top().element.End = int32(to)
		sub.open = sub.open[:len(sub.open)-1]
	}
	for _, n := range nodes {
		p.add(n)
	}
}

// expressionEnd is the end of the expression of JavaScript at i: the comma or bracket behind it, or, in a list of
// attributes, the space behind which another attribute begins.
func (p *pug) expressionEnd(i int, spaced bool) int {
	depth, choices := 0, 0
	last := byte(0) // the last sign that is no space
	for i < len(p.text) {
		c := p.text[i]
		switch {
		case c == '"' || c == '\'' || c == '`':
			i = p.stringEnd(i)
			last = c
			continue
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			if depth == 0 {
				return i
			}
			depth--
		case c == ',' && depth == 0:
			return i
		case c == '?' && depth == 0:
			choices++
		case isSpace(c) && depth == 0 && spaced:
			next := i
			for next < len(p.text) && isSpace(p.text[next]) {
				next++
			}
			if next == len(p.text) || !p.goesOn(last, next, choices) {
				return i
			}
			i = next
			continue
		}
		if c == ':' && depth == 0 && choices > 0 {
			choices--
		}
		if !isSpace(c) {
			last = c
		}
		i++
	}
	return i
}

// goesOn reports whether an expression goes on behind a space: with an operator there, or one before the space.
func (p *pug) goesOn(last byte, next, choices int) bool {
	if last == 0 || strings.IndexByte("+-*/%?:<>&|=", last) >= 0 {
		return true
	}
	c := p.text[next]
	return strings.IndexByte("+*/%?<>&|=", c) >= 0 || c == ':' && choices > 0 ||
		c == '-' && next+1 < len(p.text) && isSpace(p.text[next+1])
}

// stringEnd is the end of the literal whose quote is at i.
func (p *pug) stringEnd(i int) int {
	quote := p.text[i]
	for i++; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return len(p.text)
}
