package markup

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

var (
	// maxDepth bounds the open elements. Templates in use stay below 50.
	maxDepth = 500
	// maxVoids bounds the void tags of one element that still wait for an end
	// tag of their own, so that they do not nest without bound either.
	maxVoids = 8
	// maxErrors bounds what is kept of a file that is no template at all.
	maxErrors = 1000
)

// Parse parses the whole of f in dialect d.
func Parse(f *source.File, d *Dialect) *Document {
	return ParseSpan(f, source.Span{Start: 0, End: int32(len(f.Text))}, d)
}

// ParseSpan parses a part of f, such as the template block of a single-file
// component. All spans of the tree are offsets into f.
func ParseSpan(f *source.File, span source.Span, d *Dialect) *Document {
	p := newParser(f, span, d)
	p.nodes()
	p.closeTo(1, len(p.text))
	p.dropVoids(&p.open[0], 0)
	return p.finished()
}

// newParser returns one that stands at the beginning of span, with the document open.
func newParser(f *source.File, span source.Span, d *Dialect) *parser {
	start := max(0, min(int(span.Start), len(f.Text)))
	end := max(start, min(int(span.End), len(f.Text)))
	p := &parser{file: f, text: f.Text[:end], pos: start, dialect: d, doc: &Document{File: f}}
	p.open = append(p.open, frame{children: &p.doc.Nodes})
	return p
}

// finished is the document with all that its dialect does to the whole.
func (p *parser) finished() *Document {
	if p.dialect.Wrapped {
		p.doc.unwrap()
	}
	if p.dialect.BoundByDirective {
		p.doc.dropOrigin()
	}
	sort.SliceStable(p.doc.Errors, func(i, j int) bool { return p.doc.Errors[i].Start < p.doc.Errors[j].Start })
	return p.doc
}

// parser reads one template from left to right. Its text ends where the span to
// parse ends, so that no search looks further.
type parser struct {
	file    *source.File
	text    string
	pos     int
	dialect *Dialect
	doc     *Document
	open    []frame // the document, then the open elements
	tooDeep int     // start tags beyond maxDepth that wait for their end tag

	finders []finder
	attrs   slab[Attr]
	parts   slab[Part]
	pending []*Attr // of the tag being read
	scratch []Part  // of the value or text being read
}

// frame is an open element, or the document at the bottom.
type frame struct {
	element  *Element // nil for the document
	children *[]Node
	voids    []int // indices in children of void tags that may still meet an end tag
}

// nodes reads until the end of the text.
func (p *parser) nodes() {
	for p.pos < len(p.text) {
		switch {
		case !p.atMarkup(p.pos):
			p.readText()
		case p.text[p.pos+1] == '/':
			p.readEndTag()
		case p.text[p.pos+1] == '!':
			p.readDeclaration()
		default:
			p.readElement()
		}
	}
}

// atMarkup reports whether a tag, comment or declaration starts at i. Any other
// < is text, as in "a < b".
func (p *parser) atMarkup(i int) bool {
	if i+1 >= len(p.text) || p.text[i] != '<' {
		return false
	}
	c := p.text[i+1]
	return c == '/' || c == '!' || isNameStart(c)
}

// ---- the tree

func (p *parser) top() *frame { return &p.open[len(p.open)-1] }

// add appends n to the innermost open element.
func (p *parser) add(n Node) {
	f := p.top()
	setParent(n, f.element)
	*f.children = append(*f.children, n)
}

func setParent(n Node, parent *Element) {
	switch n := n.(type) {
	case *Element:
		n.Parent = parent
	case *Text:
		n.Parent = parent
	case *Comment:
		n.Parent = parent
	}
}

// enter makes e, just added, the innermost open element.
func (p *parser) enter(e *Element) {
	if len(p.open) > maxDepth {
		if p.tooDeep == 0 {
			p.lost(e.Open, "标签嵌套超过 %d 层；更深的按同级读取", "elements nest deeper than %d levels; those below are read as siblings", maxDepth)
		}
		p.tooDeep++
		return
	}
	p.open = append(p.open, frame{element: e, children: &e.Children})
}

// waitForEnd notes that the void tag just added may have an end tag.
func (p *parser) waitForEnd() {
	f := p.top()
	if len(f.voids) == maxVoids {
		p.unclosedVoid(f, f.voids[0])
		f.voids = append(f.voids[:0], f.voids[1:]...)
	}
	f.voids = append(f.voids, len(*f.children)-1)
}

// adopt closes void number k of f at end: it is an element with content after
// all, and what was read since is inside it.
func (p *parser) adopt(f *frame, k, end int) {
	i := f.voids[k]
	p.dropVoids(f, k+1)
	f.voids = f.voids[:k]
	e := (*f.children)[i].(*Element)
	e.End = int32(end)
	if rest := (*f.children)[i+1:]; len(rest) > 0 {
		e.Children = append([]Node(nil), rest...)
		for _, n := range e.Children {
			setParent(n, e)
		}
	}
	*f.children = (*f.children)[:i+1]
}

// dropVoids gives up waiting for the voids of f from number k on.
func (p *parser) dropVoids(f *frame, k int) {
	for _, i := range f.voids[k:] {
		p.unclosedVoid(f, i)
	}
	f.voids = f.voids[:k]
}

func (p *parser) unclosedVoid(f *frame, i int) {
	if e := (*f.children)[i].(*Element); !p.dialect.Vue {
		p.errorf(e.Open, "<%s> 没有结束；请以 /> 结尾", "<%s> is not closed; end it with />", e.Tag)
	}
}

// closeTo closes the open elements from number n on whose end tags are missing,
// at offset end.
func (p *parser) closeTo(n, end int) {
	for len(p.open) > n {
		f := p.top()
		p.dropVoids(f, 0)
		f.element.End = int32(end)
		p.errorf(f.element.Open, "<%s> 缺少结束标签", "<%s> has no end tag", f.element.Tag)
		p.open = p.open[:len(p.open)-1]
	}
}

// ---- tags

// readEndTag reads </tag> and closes the element it belongs to: the innermost of
// that name. If there is none the tag is dropped, for a stray end tag must not
// close the elements around it.
func (p *parser) readEndTag() {
	start := p.pos
	p.pos += len("</")
	p.skipSpace()
	name := p.readTagName()
	p.skipToTagEnd(start)
	span := p.span(start, p.pos)
	if name == "" {
		p.errorf(span, "结束标签没有名称；按结束它前面的标签处理", "an end tag without a name; it closes the element before it")
	}
	if p.tooDeep > 0 {
		p.tooDeep--
		return
	}
	for n := len(p.open) - 1; n >= 0; n-- {
		f := &p.open[n]
		for k := len(f.voids) - 1; k >= 0; k-- {
			void := (*f.children)[f.voids[k]].(*Element)
			if void.Tag == name || name == "" && f.voids[k] == len(*f.children)-1 {
				p.closeTo(n+1, start)
				p.adopt(f, k, p.pos)
				return
			}
		}
		if f.element != nil && (f.element.Tag == name || name == "") {
			p.closeTo(n+1, start)
			p.dropVoids(f, 0)
			f.element.End = int32(p.pos)
			p.open = p.open[:n]
			return
		}
	}
	p.errorf(span, "</%s> 没有对应的开始标签", "</%s> closes nothing", name)
}

// skipToTagEnd moves behind the > of the end tag that began at start.
func (p *parser) skipToTagEnd(start int) {
	junk := false
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '>':
			p.pos++
			if junk {
				p.errorf(p.span(start, p.pos), "结束标签里只能有名称", "an end tag can contain only its name")
			}
			return
		case p.atMarkup(p.pos):
			p.errorf(p.span(start, p.pos), "结束标签缺少 >", "the > of this end tag is missing")
			return
		case !isSpace(c):
			junk = true
		}
		p.pos++
	}
	p.lost(p.span(start, p.pos), "文件在这个标签中间结束", "the file ends within this tag")
}

// readElement reads a start tag, and the whole of an element with script.
func (p *parser) readElement() {
	start := p.pos
	p.pos++
	e := &Element{Tag: p.readTagName()}
	p.pending = p.pending[:0]
	closed := p.readAttrs(e, start)
	if len(p.pending) > 0 {
		e.Attrs = append([]*Attr(nil), p.pending...)
		p.checkDuplicates(e)
	}
	e.Open = p.span(start, p.pos)
	e.Span = e.Open
	p.add(e)
	switch {
	case closed:
	case p.dialect.isScript(e.Tag):
		p.readScript(e)
	case voidTags[e.Tag]:
		p.waitForEnd()
	default:
		p.enter(e)
	}
}

// readTagName reads a name with its prefixes, or nothing.
func (p *parser) readTagName() string {
	start := p.pos
	if p.pos < len(p.text) && isNameStart(p.text[p.pos]) {
		for p.pos < len(p.text) && (isName(p.text[p.pos]) || p.text[p.pos] == ':') {
			p.pos++
		}
	}
	return p.text[start:p.pos]
}

// readAttrs reads the rest of the start tag that began at start and reports
// whether it ends the element too.
func (p *parser) readAttrs(e *Element, start int) (closed bool) {
	for {
		p.skipSpace()
		if p.pos >= len(p.text) {
			p.lost(p.span(start, p.pos), "文件在标签 <%s> 中间结束", "the file ends within the tag <%s>", e.Tag)
			return true
		}
		switch c := p.text[p.pos]; {
		case c == '>':
			p.pos++
			return false
		case c == '/' && strings.HasPrefix(p.text[p.pos:], "/>"):
			p.pos += 2
			return true
		case p.atMarkup(p.pos):
			p.errorf(p.span(start, p.pos), "<%s> 缺少 >", "the > of <%s> is missing", e.Tag)
			return false
		case isAttrName(c):
			p.pending = append(p.pending, p.readAttr(e))
		default:
			p.skipJunk()
		}
	}
}

// skipJunk moves over what is not an attribute: a stray quote, slash or {{ …
// }}.
func (p *parser) skipJunk() {
	start := p.pos
	if strings.HasPrefix(p.text[p.pos:], "{{") {
		if end := p.mustacheEnd(p.pos + 2); end >= 0 {
			p.pos = end + 2
			p.errorf(p.span(start, p.pos), "属性之间不能有表达式", "an expression is not allowed between attributes")
			return
		}
	}
	for p.pos < len(p.text) && !isSpace(p.text[p.pos]) && !isAttrName(p.text[p.pos]) {
		if c := p.text[p.pos]; c == '>' || p.atMarkup(p.pos) || c == '/' && strings.HasPrefix(p.text[p.pos:], "/>") {
			break
		}
		p.pos++
	}
	p.errorf(p.span(start, p.pos), "此处不应有 %q；是不是少了或多了引号？", "%q is not allowed here; is there a quote missing, or one too many?", p.text[start:p.pos])
}

// checkDuplicates reports attributes that are written twice. The first counts,
// as on the platforms.
func (p *parser) checkDuplicates(e *Element) {
	if len(e.Attrs) > 16 {
		seen := map[string]bool{}
		for _, a := range e.Attrs {
			if seen[a.Raw] {
				p.errorf(a.Span, "属性 %s 重复；以第一个为准", "attribute %s is there twice; the first counts", a.Raw)
			}
			seen[a.Raw] = true
		}
		return
	}
	for i, a := range e.Attrs {
		for _, b := range e.Attrs[:i] {
			if a.Raw == b.Raw {
				p.errorf(a.Span, "属性 %s 重复；以第一个为准", "attribute %s is there twice; the first counts", a.Raw)
				break
			}
		}
	}
}

// ---- comments and script

// readDeclaration reads a comment, or skips <!DOCTYPE …> and <![CDATA[ … ]]>.
func (p *parser) readDeclaration() {
	start := p.pos
	rest := p.text[start:]
	open, end := "<!", ">"
	switch {
	case strings.HasPrefix(rest, "<!--"):
		open, end = "<!--", "-->"
	case strings.HasPrefix(rest, "<![CDATA["):
		open, end = "<![CDATA[", "]]>"
	}
	inner := start + len(open)
	stop := p.find(end, inner)
	p.pos = stop + len(end)
	if stop < 0 {
		stop, p.pos = len(p.text), len(p.text)
		p.lost(p.span(start, inner), "%s 没有以 %s 结束；其后的内容没有读取", "%s is not closed by %s; nothing after it is read", open, end)
	}
	if open == "<!--" {
		p.add(&Comment{Span: p.span(start, p.pos), Text: p.text[inner:stop]})
	} else {
		p.errorf(p.span(start, p.pos), "模板中没有声明语法；已跳过", "templates have no declarations; skipped")
	}
}

// readScript reads the content and the end tag of e, a <wxs> or its like. The
// content is plain text up to the end tag, whatever it is.
func (p *parser) readScript(e *Element) {
	endTag := "</" + e.Tag
	content := p.pos
	stop := p.find(endTag, content)
	if e.Attr("src") != nil || e.Attr("from") != nil {
		// A reference to a file has no content; without an end tag of its own it
		// must not take that of the next script.
		p.skipSpace()
		if stop != p.pos {
			stop = -1
		}
	}
	if stop < 0 {
		p.pos = content
		p.lost(e.Open, "<%s> 没有以 </%s> 结束", "<%s> is not closed by </%s>", e.Tag, e.Tag)
		return
	}
	if strings.TrimSpace(p.text[content:stop]) != "" {
		e.Script = script.ParseSpan(p.file, p.span(content, stop), script.JS)
	}
	p.pos = stop + len(endTag)
	p.skipToTagEnd(stop)
	e.End = int32(p.pos)
}

// ---- small things

func (p *parser) span(start, end int) source.Span {
	return source.Span{Start: int32(start), End: int32(end)}
}

// errorf notes what is wrong at span, in Chinese and English.
func (p *parser) errorf(span source.Span, zh, en string, args ...any) {
	if len(p.doc.Errors) < maxErrors {
		p.doc.Errors = append(p.doc.Errors, script.Error{
			Span: span, Message: lang.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)},
		})
	}
}

// lost is errorf for a mistake that swallows what follows it.
func (p *parser) lost(span source.Span, zh, en string, args ...any) {
	n := len(p.doc.Errors)
	p.errorf(span, zh, en, args...)
	if len(p.doc.Errors) > n {
		p.doc.Errors[n].Lost = true
	}
}

// expressionErrors keeps the errors of an expression.
func (p *parser) expressionErrors(errs []script.Error) {
	if len(p.doc.Errors) < maxErrors {
		p.doc.Errors = append(p.doc.Errors, errs...)
	}
}

func (p *parser) skipSpace() {
	for p.pos < len(p.text) && isSpace(p.text[p.pos]) {
		p.pos++
	}
}

// finder remembers the last place of a text, so that a search that finds
// nothing, or something far away, is not repeated from every place before it.
type finder struct {
	what     string
	from, at int
}

// find returns the offset of what at or behind from, or -1.
func (p *parser) find(what string, from int) int {
	for i := range p.finders {
		f := &p.finders[i]
		if f.what != what {
			continue
		}
		if from < f.from || f.at >= 0 && from > f.at {
			f.from, f.at = from, p.index(what, from)
		}
		return f.at
	}
	at := p.index(what, from)
	p.finders = append(p.finders, finder{what, from, at})
	return at
}

func (p *parser) index(what string, from int) int {
	if from > len(p.text) {
		return -1
	}
	at := strings.Index(p.text[from:], what)
	if at >= 0 {
		at += from
	}
	return at
}

// slab hands out values from larger allocations.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) take(n int) []T {
	if len(s.free) < n {
		s.size = min(2*s.size+2, 32)
		s.free = make([]T, max(n, s.size))
	}
	list := s.free[:n:n]
	s.free = s.free[n:]
	return list
}

func isSpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r'
}

func isNameStart(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
}

func isName(c byte) bool {
	return isNameStart(c) || '0' <= c && c <= '9' || c == '-' || c == '.'
}

// isAttrName reports whether c may be part of an attribute's name. It is
// generous, Vue's @tap.stop and #default included, and takes names that are not
// ASCII, to be reported as a whole.
func isAttrName(c byte) bool { return attrName[c] }

var attrName = func() (set [256]bool) {
	for c := range set {
		set[c] = c > ' ' && c != 0x7f && (c >= utf8.RuneSelf || strings.IndexByte(`=>/"'<{}`, byte(c)) < 0)
	}
	return set
}()

// Limits are the limits of the parser by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{"depth": &maxDepth, "voids": &maxVoids, "errors": &maxErrors}
}
