// Package markup parses WXML and its kin (AXML, SWAN, TTML, QML, KSML …) into a
// tree whose every node, attribute and {{ }} expression knows its exact byte
// range. Expressions are parsed by package script at their place in the file.
//
// It takes the text of one template and never fails: what cannot be read is in
// Document.Errors, and the rest of the tree is as written. Names are compared as
// written, and elements nest at most 500 deep. This package does not decide
// which branch of a conditional comment (<!-- #if MP --> … <!-- #endif -->)
// counts: both are in the tree, between the comments.
package markup

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Document is the tree of one template.
type Document struct {
	File   *source.File
	Nodes  []Node
	Errors []script.Error

	Memo source.Memo // what was worked out of the tree

	written map[*Element][]*Attr // the attributes of elements that were given others
}

// Give is called before e, an element of d, is given attributes that are not written at it.
func (d *Document) Give(e *Element) {
	if d.written == nil {
		d.written = map[*Element][]*Attr{}
	}
	if _, known := d.written[e]; !known {
		d.written[e] = slices.Clone(e.Attrs)
	}
}

// Restore takes from the elements of d all that they were given, so that a tree can serve more than one run.
func (d *Document) Restore() {
	for e, attrs := range d.written {
		e.Attrs = attrs
	}
	d.written = nil
}

// Node is an *Element, *Text or *Comment.
type Node interface {
	Range() source.Span
	node()
}

// Element is a tag with its attributes and children.
type Element struct {
	source.Span             // from < of the start tag to > of the end tag
	Open        source.Span // the start tag, < and > included
	Tag         string      // as written
	Attrs       []*Attr
	Children    []Node
	Parent      *Element        // nil at the top
	Spread      bool            // in a script: objects give it more properties: {...props}
	Script      *script.Program // of an inline <wxs>, else nil
}

// Text is text between tags. It is never empty or white space alone.
type Text struct {
	source.Span
	Parts  []Part
	Parent *Element
}

// Comment is <!-- … -->, delimiters included in the span.
type Comment struct {
	source.Span
	Text   string // without delimiters
	Parent *Element
}

func (*Element) node() {}
func (*Text) node()    {}
func (*Comment) node() {}

// AttrKind tells what an attribute is for.
type AttrKind uint8

// The kinds of attribute.
const (
	Plain     AttrKind = iota // name="value"
	Event                     // bindtap, bind:tap, catchtap, @tap, onTap …
	Directive                 // wx:if, a:for, s-if, tt:key, v-if …
	Model                     // model:value, v-model: two-way binding
	Data                      // data-key, data:key
	Mark                      // mark:key
	Generic                   // generic:name
)

// Attr is one attribute of a start tag.
type Attr struct {
	source.Span
	Kind AttrKind
	// Raw is the name as written: "bind:input", "wx:for", "data-goods-id".
	Raw string
	// Name is the name by meaning, the same in every dialect: for an Event the
	// event in lower case without prefix ("input", "getphonenumber"), for a
	// Directive "if", "elif", "else", "for", "for-item", "for-index", "key", …,
	// for Model the property ("value"), for Data the key as the event object has
	// it (data-goods-id and data-goods-ID are goodsId), for Mark and Generic the
	// key as written, else the name as written, without : or v-bind: before it.
	Name      string
	NameSpan  source.Span
	ValueSpan source.Span // without quotes; empty if there is no value
	HasValue  bool
	Parts     []Part // the value, in order; no parts for an empty value
}

// Part is a piece of an attribute value or text: literal text, or an expression.
type Part struct {
	source.Span
	Text string      // decoded literal text, if Expr is nil
	Expr script.Expr // what is between {{ and }}; the span includes the braces
}

// Static returns the literal text of parts and whether they hold no expression.
func Static(parts []Part) (text string, static bool) {
	if len(parts) == 1 && parts[0].Expr == nil {
		return parts[0].Text, true
	}
	static = true
	for _, p := range parts {
		if p.Expr != nil {
			static = false
		}
		text += p.Text
	}
	return text, static
}

// Attr returns the Plain attribute with the given name, or nil. Names compare
// without regard to case; "aB" and "a-b" are the same.
func (e *Element) Attr(name string) *Attr { return e.Find(Plain, name) }

// Find returns the first attribute of the given kind and name, or nil.
func (e *Element) Find(kind AttrKind, name string) *Attr {
	for _, a := range e.Attrs {
		if a.Kind == kind && sameName(a.Name, name) {
			return a
		}
	}
	return nil
}

// sameName compares attribute names: case and dashes do not count, since
// dialects and their users write open-type, openType and opentype alike.
func sameName(a, b string) bool {
	if a == b {
		return true
	}
	i, j := 0, 0
	for {
		for i < len(a) && a[i] == '-' {
			i++
		}
		for j < len(b) && b[j] == '-' {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if lower(a[i]) != lower(b[j]) {
			return false
		}
		i++
		j++
	}
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// Walk calls f for every node of nodes in source order, parents before
// children; if f returns false the children are left out.
func Walk(nodes []Node, f func(Node) bool) {
	for _, n := range nodes {
		if !f(n) {
			continue
		}
		if e, ok := n.(*Element); ok {
			Walk(e.Children, f)
		}
	}
}

// Any reports whether an element among nodes, or below them, is as asked.
func Any(nodes []Node, is func(*Element) bool) (found bool) {
	Walk(nodes, func(n Node) bool {
		e, ok := n.(*Element)
		found = found || ok && is(e)
		return !found
	})
	return found
}

// WalkElements calls f for every element of nodes, and of what is below them, in source order.
func WalkElements(nodes []Node, f func(*Element)) {
	Walk(nodes, func(n Node) bool {
		if e, ok := n.(*Element); ok {
			f(e)
		}
		return true
	})
}

// Hears reports whether e has a handler of one of these events, or of any if none is named.
func (e *Element) Hears(events ...string) bool {
	return slices.ContainsFunc(e.Attrs, func(a *Attr) bool {
		return a.Kind == Event && (len(events) == 0 || slices.Contains(events, a.Name))
	})
}

// Siblings returns the nodes among which e is, e too: the children of its parent, or what
// the document has at its top.
func (d *Document) Siblings(e *Element) []Node {
	if e.Parent != nil {
		return e.Parent.Children
	}
	return d.Nodes
}

// Clone returns a copy of d whose elements can be given more attributes. Attributes,
// expressions and texts are shared.
func (d *Document) Clone() *Document {
	return &Document{File: d.File, Nodes: cloneNodes(d.Nodes, nil), Errors: d.Errors}
}

func cloneNodes(nodes []Node, parent *Element) []Node {
	list := make([]Node, len(nodes))
	for i, n := range nodes {
		switch n := n.(type) {
		case *Element:
			e := *n
			e.Attrs, e.Parent = slices.Clone(n.Attrs), parent
			e.Children = cloneNodes(n.Children, &e)
			list[i] = &e
		case *Text:
			t := *n
			t.Parent = parent
			list[i] = &t
		case *Comment:
			c := *n
			c.Parent = parent
			list[i] = &c
		default:
			list[i] = n
		}
	}
	return list
}

// Bundled reports whether an attribute of Vue gives all that an object holds: v-bind="o"
// gives properties, v-on="o" handlers.
func (a *Attr) Bundled() bool {
	return a.Kind == Directive && (a.Name == "bind" || a.Name == "on") && strings.HasPrefix(a.Raw, "v-")
}

// BranchesBefore returns the conditions of the branches before e, which is another branch of
// theirs, in order: of wx:if and wx:elif before wx:else.
func (d *Document) BranchesBefore(e *Element) (list []*Attr) {
	for _, n := range d.Siblings(e) {
		if n == Node(e) {
			break
		}
		other, ok := n.(*Element)
		if !ok {
			continue
		}
		if a := other.Find(Directive, "if"); a != nil {
			list = []*Attr{a}
		} else if a := other.Find(Directive, "elif"); a != nil {
			list = append(list, a)
		} else {
			list = nil
		}
	}
	return list
}
