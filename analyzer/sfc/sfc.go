// Package sfc takes single-file components apart: .vue, .wpy, .mpx and their kin,
// which hold a template, scripts, styles and configuration in blocks side by side.
// It also knows the comments by which uni-app leaves parts of a file out for some
// platforms (condition.go).
//
// It takes a file and gives the spans of its blocks. Nothing is copied: the parsers
// of the blocks work in place, so that what they find points into the file as
// people see it. It never fails; what cannot be read is in Component.Errors.
//
// Limits: blocks that are written in another language (coffee) are given with
// that language's name and are for the caller to refuse.
package sfc

import (
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Component is one single-file component.
type Component struct {
	File   *source.File
	Blocks []*Block // in source order
	Errors []Error
}

// Block is one top-level element of a single-file component.
type Block struct {
	Tag   string      // "template", "script", "style", "config" …
	Open  source.Span // the start tag
	Inner source.Span // what is between the tags; empty if it closes itself
	Attrs map[string]string
}

// Error is a place that could not be read.
type Error struct {
	source.Span
	Message lang.Text
}

// Find returns the blocks with the given tag.
func (c *Component) Find(tag string) []*Block {
	var out []*Block
	for _, b := range c.Blocks {
		if b.Tag == tag {
			out = append(out, b)
		}
	}
	return out
}

// Setup reports whether b is <script setup>.
func (b *Block) Setup() bool {
	_, ok := b.Attrs["setup"]
	return ok && b.Tag == "script"
}

// JSON reports whether b is a block of configuration rather than code: the
// <config> of wepy 2, the <json> of weapp-vite, and the script of mpx or chameleon that holds what other programs have
// in a .json file. One with name="json" is code whose value is the configuration.
func (b *Block) JSON() bool {
	return b.Tag == "config" || b.Tag == "json" ||
		b.Tag == "script" && (b.Attrs["type"] == "application/json" || b.Attrs["name"] == "json" || b.Attrs["cml-type"] == "json")
}

// Parse finds the blocks of f. text is the text to read, f's own or a copy of the
// same length with parts blanked (see Condition).
func Parse(f *source.File, text string) *Component {
	p := &parser{text: text, out: &Component{File: f}}
	for p.pos < len(text) {
		p.next()
	}
	return p.out
}

type parser struct {
	text string
	pos  int
	out  *Component
}

// next reads a comment, a block, or text up to the next of these.
func (p *parser) next() {
	rest := p.text[p.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		p.comment()
	case len(rest) > 1 && rest[0] == '<' && isLetter(rest[1]):
		p.block()
	default:
		i := strings.IndexByte(rest[1:], '<')
		if i < 0 {
			p.pos = len(p.text)
			return
		}
		p.pos += 1 + i
	}
}

func (p *parser) comment() {
	end := strings.Index(p.text[p.pos:], "-->")
	if end < 0 {
		p.fail(p.pos, p.pos+len("<!--"), "这段注释没有用 --> 结束，其后的内容没有读取", "this comment is not closed by -->; nothing after it is read")
		p.pos = len(p.text)
		return
	}
	p.pos += end + len("-->")
}

// block reads a start tag at p.pos, its content and its end tag.
func (p *parser) block() {
	start := p.pos
	b := &Block{Attrs: map[string]string{}}
	closed := p.startTag(b)
	b.Open = span(start, p.pos)
	b.Inner = span(p.pos, p.pos)
	p.out.Blocks = append(p.out.Blocks, b)
	if closed {
		return
	}
	var end, next int
	if lang := b.Attrs["lang"]; b.Tag == "template" && (lang == "" || lang == "html" || lang == "wxml") {
		end, next = p.templateEnd()
	} else {
		end, next = p.rawEnd(b.Tag)
	}
	if end < 0 {
		p.fail(start, p.pos, "<"+b.Tag+"> 没有结束标签，按到文件末尾读取", "<"+b.Tag+"> has no end tag; it is read to the end of the file")
		end, next = len(p.text), len(p.text)
	}
	b.Inner = span(p.pos, end)
	p.pos = next
}

// startTag reads <name attributes> and reports whether it ends with />.
func (p *parser) startTag(b *Block) (closed bool) {
	start := p.pos
	p.pos++
	b.Tag = p.while(isName)
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '>':
			p.pos++
			return false
		case strings.HasPrefix(p.text[p.pos:], "/>"):
			p.pos += 2
			return true
		case isAttr(c):
			name := strings.ToLower(p.while(isAttr))
			if _, ok := b.Attrs[name]; !ok {
				b.Attrs[name] = p.value()
			}
		default:
			p.pos++
		}
	}
	p.fail(start, p.pos, "文件在标签 <"+b.Tag+"> 中结束", "the file ends within the tag <"+b.Tag+">")
	return true
}

// value reads = and the value behind it, if they are there.
func (p *parser) value() string {
	i := p.pos
	for i < len(p.text) && isSpace(p.text[i]) {
		i++
	}
	if i >= len(p.text) || p.text[i] != '=' {
		return ""
	}
	for i++; i < len(p.text) && isSpace(p.text[i]); i++ {
	}
	p.pos = i
	if i < len(p.text) && (p.text[i] == '"' || p.text[i] == '\'') {
		if end := strings.IndexByte(p.text[i+1:], p.text[i]); end >= 0 {
			p.pos = i + 1 + end + 1
			return p.text[i+1 : p.pos-1]
		}
	}
	return p.while(func(c byte) bool { return !isSpace(c) && c != '>' })
}

// templateEnd returns the end of the content of the template that starts at p.pos,
// and the end of its end tag; -1 without one. It passes over templates within it,
// comments, and what is in quotes in a tag.
func (p *parser) templateEnd() (end, next int) {
	depth := 0
	for i := p.pos; i < len(p.text); {
		at := strings.IndexByte(p.text[i:], '<')
		if at < 0 {
			break
		}
		i += at
		rest := p.text[i:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			stop := strings.Index(rest, "-->")
			if stop < 0 {
				return -1, -1
			}
			i += stop + len("-->")
		case tagIs(rest, "</template"):
			if depth == 0 {
				return i, p.behind(i)
			}
			depth--
			i += len("</template")
		case len(rest) > 1 && isLetter(rest[1]):
			stop, closed := tagEnd(p.text, i)
			if tagIs(rest, "<template") && !closed {
				depth++
			}
			i = stop
		default:
			i++
		}
	}
	return -1, -1
}

// rawEnd is templateEnd for a block whose content is no markup.
func (p *parser) rawEnd(tag string) (end, next int) {
	for i := p.pos; i < len(p.text); {
		at := strings.Index(p.text[i:], "</")
		if at < 0 {
			break
		}
		i += at
		if tagIs(p.text[i:], "</"+tag) {
			return i, p.behind(i)
		}
		i += 2
	}
	return -1, -1
}

// behind returns the offset behind the > of the end tag at i.
func (p *parser) behind(i int) int {
	if end := strings.IndexByte(p.text[i:], '>'); end >= 0 {
		return i + end + 1
	}
	return len(p.text)
}

// tagEnd returns the offset behind the start tag at i of text, and whether it ends
// with />. A > in quotes does not end it, unless the quote is never closed.
func tagEnd(text string, i int) (end int, closed bool) {
	for j := i + 1; j < len(text); j++ {
		switch c := text[j]; c {
		case '>':
			return j + 1, text[j-1] == '/'
		case '"', '\'':
			if text[j-1] != '=' && !isSpace(text[j-1]) {
				continue // a stray quote
			}
			stop := strings.IndexByte(text[j+1:], c)
			if stop < 0 {
				continue
			}
			j += 1 + stop
		}
	}
	return len(text), false
}

// tagIs reports whether text starts with the tag, and not with a longer one.
func tagIs(text, tag string) bool {
	return strings.HasPrefix(text, tag) && (len(text) == len(tag) || !isName(text[len(tag)]))
}

func (p *parser) while(is func(byte) bool) string {
	start := p.pos
	for p.pos < len(p.text) && is(p.text[p.pos]) {
		p.pos++
	}
	return p.text[start:p.pos]
}

func (p *parser) fail(start, end int, zh, en string) {
	p.out.Errors = append(p.out.Errors, Error{span(start, end), lang.Both(zh, en)})
}

func span(start, end int) source.Span { return source.Span{Start: int32(start), End: int32(end)} }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isName(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' || c == '-' || c == '_' }

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isAttr(c byte) bool {
	return c > ' ' && c != '=' && c != '>' && c != '/' && c != '"' && c != '\'' && c != '<'
}

// Only returns a text of the length of text with everything outside the given spans
// blanked: every byte but line ends is a space. So parsers of whole files can read
// the blocks of a component in place.
func Only(text string, spans ...source.Span) string {
	out := blank(text)
	for _, s := range spans {
		copy(out[s.Start:s.End], text[s.Start:s.End])
	}
	return string(out)
}

func blank(text string) []byte {
	out := make([]byte, len(text))
	for i := range out {
		if c := text[i]; c == '\n' || c == '\r' {
			out[i] = c
		} else {
			out[i] = ' '
		}
	}
	return out
}
