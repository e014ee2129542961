package markup

import (
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// readAttr reads name, name=value and name="value".
func (p *parser) readAttr(e *Element) *Attr {
	start := p.pos
	for p.pos < len(p.text) && isAttrName(p.text[p.pos]) {
		p.pos++
	}
	a, form := p.newAttr(e, start, p.pos)
	nameEnd := p.pos
	p.skipSpace()
	if p.pos >= len(p.text) || p.text[p.pos] != '=' {
		p.pos = nameEnd
		if form == whole && a.Kind == Plain {
			p.sameName(a)
		}
		return a
	}
	p.pos++
	p.skipSpace()
	v := valueIn(e, a, form)
	if p.pos < len(p.text) && (p.text[p.pos] == '"' || p.text[p.pos] == '\'') {
		v.quote = p.text[p.pos : p.pos+1]
		p.pos++
	}
	p.readValue(a, v)
	a.End = int32(p.pos)
	return a
}

// newAttr is the attribute of e whose name is from start to end, and how its value is read.
func (p *parser) newAttr(e *Element, start, end int) (a *Attr, form valueForm) {
	a = &p.attrs.take(1)[0]
	a.Raw = p.text[start:end]
	a.NameSpan = p.span(start, end)
	a.Span = a.NameSpan
	a.ValueSpan = p.span(end, end)
	a.Kind, a.Name, form = p.dialect.classify(a.Raw)
	if event, ok := listener(a.Name); ok && p.dialect.Listeners && a.Kind == Plain && form == whole && ownElement(e.Tag) {
		a.Kind, a.Name = Event, event
	}
	if !isASCII(a.Raw) {
		p.errorf(a.NameSpan, "属性名 %s 含有非 ASCII 字符；平台会忽略它", "attribute name %s is not ASCII; the platform ignores it", a.Raw)
	}
	return a, form
}

// sameName gives a bound attribute without a value the variable of its name, as Vue 3.4 does:
// :user-name is :user-name="userName".
func (p *parser) sameName(a *Attr) {
	name := camel(a.Name)
	if !strings.HasPrefix(a.Raw, ":") && !strings.HasPrefix(a.Raw, "v-bind:") || name == "" {
		return
	}
	a.ValueSpan = source.Span{Start: a.NameSpan.End - int32(len(a.Name)), End: a.NameSpan.End}
	a.HasValue = true
	a.Parts = []Part{{Span: a.ValueSpan, Expr: &script.Ident{Span: a.ValueSpan, Name: name}}}
}

// valueForm is how the text of a value is read.
type valueForm uint8

const (
	mixed   valueForm = iota // text with {{ }}
	whole                    // one expression
	each                     // item, index in list
	literal                  // text
	bare                     // an expression, or mixed if it holds {{
)

// value is what readValue needs to know of an attribute.
type value struct {
	quote  string // `"`, `'` or nothing
	form   valueForm
	object bool // {{ }} may hold the inside of an object
	event  bool // several statements are allowed
}

// valueIn is how the value of a, an attribute of e, is read.
func valueIn(e *Element, a *Attr, form valueForm) value {
	return value{object: e.Tag == "template" && a.Name == "data", form: form, event: a.Kind == Event}
}

// readValue reads the value at p.pos, behind its opening quote, and moves behind
// its closing quote.
func (p *parser) readValue(a *Attr, v value) {
	start := p.pos
	p.scratch = p.scratch[:0]
	two := false
	if v.form == mixed {
		two = p.readMixed(v)
	} else {
		p.pos = p.valueEnd(v.quote, p.pos)
		p.readForm(start, v)
	}
	a.HasValue = v.quote != "" || p.pos > start
	a.ValueSpan = p.span(start, p.pos)
	a.Parts = p.takeParts()
	if two && len(a.Parts) == 1 && a.Kind == Plain {
		a.Kind = Model
	}
	switch {
	case !a.HasValue:
		p.errorf(a.NameSpan, "属性 %s 的 = 之后没有值", "attribute %s has no value after =", a.Raw)
	case v.quote != "" && strings.HasPrefix(p.text[p.pos:], v.quote):
		p.pos++
	case v.quote != "":
		p.errorf(p.span(start-1, start), "属性 %s 的引号没有结束", "the quote of attribute %s is not closed", a.Raw)
	}
}

// valueEnd returns the end of a value, from offset i on, that holds no {{ from
// there. A value whose quote is never closed ends with its line or tag.
func (p *parser) valueEnd(quote string, i int) int {
	if quote != "" {
		if end := p.find(quote, i); end >= 0 {
			return end
		}
	}
	for ; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case quote != "" && c != '>' && c != '\n' && c != '\r':
		case quote != "", isSpace(c), c == '>', strings.HasPrefix(p.text[i:], "/>"):
			return i
		}
	}
	return i
}

// readMixed reads literal text and {{ }} up to the closing quote. It reports
// whether it met a two-way {= =}.
func (p *parser) readMixed(v value) (two bool) {
	end := p.valueEnd(v.quote, p.pos)
	text := p.pos
	for p.pos < end {
		i := strings.IndexByte(p.text[p.pos:end], '{')
		if i < 0 {
			break
		}
		p.pos += i
		switch {
		case strings.HasPrefix(p.text[p.pos:], "{{"):
			p.literal(text, p.pos)
			p.readMustache(v.quote, false, v.object)
		case p.dialect.BareExpr && strings.HasPrefix(p.text[p.pos:end], "{="):
			p.literal(text, p.pos)
			two = p.readTwoWay(end)
		default:
			p.pos++
			continue
		}
		text = p.pos
		if p.pos > end || v.quote == "" { // the braces may have held a quote, or a space
			end = p.valueEnd(v.quote, p.pos)
		}
	}
	p.literal(text, end)
	p.pos = end
	return two
}

// readTwoWay reads {= x =} at p.pos, within a value that ends at end.
func (p *parser) readTwoWay(end int) bool {
	start := p.pos
	stop := p.find("=}", start+2)
	if stop < 0 || stop+2 > end {
		p.errorf(p.span(start, end), "{= 没有以 =} 结束", "{= is not closed by =}")
		p.pos = end
		p.scratch = append(p.scratch, p.bad(start, end))
		return false
	}
	p.pos = stop + 2
	p.expression(start, start+2, stop, p.pos, false)
	return true
}

// readForm reads the value from start to p.pos, which is not mixed.
func (p *parser) readForm(start int, v value) {
	text := p.text[start:p.pos]
	switch {
	case strings.TrimSpace(text) == "":
		p.literal(start, p.pos)
	case v.form == literal:
		p.literal(start, p.pos)
	case strings.Contains(text, "{{"):
		p.pos = start
		p.readMixed(v)
	case v.form == each:
		p.readEach(start)
	case v.event:
		p.statements(start, p.pos)
	default:
		p.expression(start, start, p.pos, p.pos, v.object)
	}
}

// readEach reads "item, index in list" from start to p.pos: the names and "in"
// as text, the list as expression.
func (p *parser) readEach(start int) {
	text := p.text[start:p.pos]
	list := 0
	for i := 0; i+3 < len(text); i++ {
		if word := text[i+1 : i+3]; isSpace(text[i]) && (word == "in" || word == "of") && isSpace(text[i+3]) {
			list = i + 4
			break
		}
	}
	end := len(text)
	if p.dialect.BareExpr {
		if i := strings.LastIndex(text, " trackBy "); i >= list {
			end = i
		}
	}
	if list == 0 && !p.dialect.BareExpr || strings.TrimSpace(text[list:end]) == "" {
		p.literal(start, p.pos)
		return
	}
	p.literal(start, start+list)
	p.expression(start+list, start+list, start+end, start+end, false)
	p.literal(start+end, p.pos)
}

// statements reads a handler such as "count = 1; save()" as a sequence, and one with
// statements that are no expressions as a function.
func (p *parser) statements(start, end int) {
	var list []script.Expr
	var failed []script.Error
	depth, quote, from := 0, byte(0), start
	for i := start; i <= end; i++ {
		c := byte(';')
		if i < end {
			c = p.text[i]
		}
		switch {
		case quote != 0 && i < end:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == ';' && (depth == 0 || i == end):
			if strings.TrimSpace(p.text[from:i]) != "" {
				expr, errs := p.parseExpr(from, i, false)
				failed = append(failed, errs...)
				list = append(list, expr)
			}
			from = i + 1
		}
	}
	if len(failed) > 0 {
		if fn := p.parseBody(start, end); fn != nil {
			list, failed = []script.Expr{fn}, nil
		}
	}
	p.expressionErrors(failed)
	part := Part{Span: p.span(start, end)}
	switch len(list) {
	case 0:
		part.Text = p.text[start:end]
	case 1:
		part.Expr = list[0]
	default:
		part.Expr = &script.Sequence{Span: list[0].Range().To(list[len(list)-1].Range()), Exprs: list}
	}
	p.scratch = append(p.scratch, part)
}

// readText reads text up to the next tag, and drops it if it is blank.
func (p *parser) readText() {
	start, text := p.pos, p.pos
	p.scratch = p.scratch[:0]
	blank := true
	for p.pos < len(p.text) && !p.atMarkup(p.pos) {
		if c := p.text[p.pos]; c == '{' && strings.HasPrefix(p.text[p.pos:], "{{") {
			p.literal(text, p.pos)
			p.readMustache("", true, false)
			text, blank = p.pos, false
			continue
		} else if blank && !isSpace(c) {
			blank = false
		}
		p.pos++
	}
	if !blank {
		p.literal(text, p.pos)
		p.add(&Text{Span: p.span(start, p.pos), Parts: p.takeParts()})
	}
}

// ---- parts

// takeParts gives the parts read so far their place in memory.
func (p *parser) takeParts() []Part {
	if len(p.scratch) == 0 {
		return nil
	}
	list := p.parts.take(len(p.scratch))
	copy(list, p.scratch)
	return list
}

// literal adds the text from start to end.
func (p *parser) literal(start, end int) {
	if start < end {
		p.scratch = append(p.scratch, Part{Span: p.span(start, end), Text: decodeEntities(p.text[start:end])})
	}
}

func (p *parser) bad(start, end int) Part {
	return Part{Span: p.span(start, end), Expr: &script.BadExpr{Span: p.span(start, end)}}
}

// expression adds the part from start to end whose expression is from inner to
// innerEnd. Braces with nothing in them are empty text.
func (p *parser) expression(start, inner, innerEnd, end int, object bool) {
	part, errs := p.tryExpression(start, inner, innerEnd, end, object)
	p.scratch = append(p.scratch, part)
	p.expressionErrors(errs)
}

func (p *parser) tryExpression(start, inner, innerEnd, end int, object bool) (Part, []script.Error) {
	part := Part{Span: p.span(start, end)}
	if strings.TrimSpace(p.text[inner:innerEnd]) == "" {
		return part, nil
	}
	var errs []script.Error
	part.Expr, errs = p.parseExpr(inner, innerEnd, object)
	return part, errs
}

// parseExpr parses an expression. One of Vue that is no JavaScript may be TypeScript, like
// the script of its component: @input="(e: Event) => (phone = e.detail!.value)".
func (p *parser) parseExpr(start, end int, object bool) (script.Expr, []script.Error) {
	x, errs := script.ParseExpr(p.file, p.span(start, end), script.JS, object)
	if len(errs) > 0 && p.dialect.Vue {
		if typed, bad := script.ParseExpr(p.file, p.span(start, end), script.TypeScript, object); len(bad) == 0 {
			return typed, nil
		}
	}
	return x, errs
}

// parseBody parses statements, as JavaScript or else as TypeScript; nil if they are neither.
func (p *parser) parseBody(start, end int) *script.Function {
	for _, mode := range []script.Mode{script.JS, script.TypeScript} {
		if fn, errs := script.ParseBody(p.file, p.span(start, end), mode); len(errs) == 0 {
			return fn
		}
	}
	return nil
}

// readMustache reads {{ … }} at p.pos, in text or in a value with that quote (or
// none). The quote may occur within the braces, as in a="{{ b == "x" }}". So the
// end of the braces is looked for first, and the quote ends them only if that
// leads to no expression.
func (p *parser) readMustache(quote string, inText, object bool) {
	start, inner := p.pos, p.pos+2
	if end := p.mustacheEnd(inner); end >= 0 {
		part, errs := p.tryExpression(start, inner, end, end+2, object)
		if len(errs) == 0 || quote == "" || strings.IndexByte(p.text[inner:end], quote[0]) < 0 {
			p.scratch = append(p.scratch, part)
			p.expressionErrors(errs)
			p.pos = end + 2
			return
		}
	}
	stop, soft := p.mustacheStop(inner, quote, inText)
	if end := p.find("}}", inner); end >= 0 && end < stop {
		p.pos = end + 2
		p.expression(start, inner, end, p.pos, object)
		return
	}
	p.pos = soft
	p.errorf(p.span(start, inner), "{{ 没有以 }} 结束", "{{ is not closed by }}")
	p.scratch = append(p.scratch, p.bad(start, soft))
}

// mustacheEnd returns the offset of the }} that ends the expression at i, or -1.
// It passes over strings and nested braces. It gives up at what no expression
// can hold: at {{, at </, at a backslash, at an unpaired }, at a line end within
// a string. So few of the searches in a broken template pass over each {{, and
// the whole stays linear.
func (p *parser) mustacheEnd(i int) int {
	depth := 0
	for ; i < len(p.text); i++ {
		next := byte(0)
		if i+1 < len(p.text) {
			next = p.text[i+1]
		}
		switch c := p.text[i]; c {
		case '{':
			if next == '{' {
				return -1
			}
			depth++
		case '}':
			if depth > 0 {
				depth--
			} else if next == '}' {
				return i
			} else {
				return -1
			}
		case '<':
			if next == '/' {
				return -1
			}
		case '\\':
			return -1
		case '"', '\'', '`':
			for i++; i < len(p.text) && p.text[i] != c; i++ {
				if p.text[i] == '\n' || p.text[i] == '\r' {
					return -1
				}
				if p.text[i] == '\\' {
					i++
				}
			}
		}
	}
	return -1
}

// mustacheStop returns how far a broken {{ may reach: up to hard to find its }},
// and up to soft when there is none.
func (p *parser) mustacheStop(i int, quote string, inText bool) (hard, soft int) {
	soft = -1
	if quote != "" && p.find(quote, i) < 0 {
		quote = ""
	}
	for ; i < len(p.text); i++ {
		c := p.text[i]
		switch {
		case c == '{' && strings.HasPrefix(p.text[i:], "{{"):
		case inText && p.atMarkup(i):
			if soft < 0 {
				soft = i
			}
			if isNameStart(p.text[i+1]) { // may be a comparison
				continue
			}
		case !inText && quote != "" && c == quote[0]:
		case !inText && quote == "" && (c == '\n' || c == '\r' || c == '>'):
		default:
			continue
		}
		break
	}
	if soft < 0 {
		soft = i
	}
	return i, soft
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
