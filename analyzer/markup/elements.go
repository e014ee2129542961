package markup

import (
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Elements returns the elements written in a script (JSX) as the tree of a template:
// names by meaning as everywhere, expressions as they are. An element within an
// expression is a child of the element around it, or is at the top if there is none.
// One that is shown in place of another has the directive "else".
func Elements(tree *script.Program) *Document {
	b := &elements{doc: &Document{File: tree.File}, file: tree.File}
	script.Walk(tree, func(n script.Node) bool {
		if e, ok := n.(*script.JSXElement); ok {
			b.element(e, nil, "")
			return false
		}
		return true
	})
	return b.doc
}

type elements struct {
	doc  *Document
	file *source.File
}

func (b *elements) add(n Node, parent *Element) {
	if parent == nil {
		b.doc.Nodes = append(b.doc.Nodes, n)
		return
	}
	parent.Children = append(parent.Children, n)
}

// element adds x to parent, shown under a condition ("if", "else") or always ("").
func (b *elements) element(x *script.JSXElement, parent *Element, condition string) {
	if x.Name == nil { // a fragment
		for _, c := range x.Children {
			b.child(c, parent, condition)
		}
		return
	}
	e := &Element{Span: x.Span, Open: x.Open, Tag: strings.ReplaceAll(b.file.Slice(x.Name.Range()), ".", ""), Parent: parent}
	if x.Open.Len() == 0 {
		e.Open = x.Span
	}
	if condition != "" {
		e.Attrs = append(e.Attrs, &Attr{Span: e.Open, Kind: Directive, Raw: condition, Name: condition})
	}
	b.add(e, parent)
	for _, a := range x.Attrs {
		if a.Name == "" {
			b.nested(a.Value, e)
			continue
		}
		e.Attrs = append(e.Attrs, b.attr(a))
		b.nested(a.Value, e)
	}
	for _, c := range x.Children {
		b.child(c, e, "")
	}
}

// attr returns an attribute by its meaning: onInput binds an event, className is a
// class.
func (b *elements) attr(x *script.JSXAttr) *Attr {
	a := &Attr{Span: x.Span, Raw: x.Name, Name: x.Name, HasValue: x.Value != nil}
	a.NameSpan = source.Span{Start: x.Start, End: x.Start + int32(len(x.Name))}
	switch rest, on := strings.CutPrefix(x.Name, "on"); {
	case on && rest != "" && 'A' <= rest[0] && rest[0] <= 'Z':
		a.Kind, a.Name = Event, strings.ToLower(rest)
	case strings.HasPrefix(x.Name, "data-") && len(x.Name) > len("data-"):
		a.Kind, a.Name = Data, camel(strings.ToLower(x.Name[len("data-"):]))
	case x.Name == "key":
		a.Kind = Directive
	case x.Name == "className":
		a.Name = "class"
	}
	switch v := x.Value.(type) {
	case nil:
	case *script.String:
		a.ValueSpan = v.Span
		if v.Len() >= 2 {
			a.ValueSpan = source.Span{Start: v.Start + 1, End: v.End - 1}
		}
		a.Parts = []Part{{Span: a.ValueSpan, Text: v.Value}}
	default:
		a.ValueSpan = v.Range()
		a.Parts = []Part{{Span: a.ValueSpan, Expr: v}}
	}
	return a
}

// child adds what is between the tags of parent.
func (b *elements) child(x script.Expr, parent *Element, condition string) {
	switch x := x.(type) {
	case nil:
	case *script.JSXElement:
		b.element(x, parent, condition)
	case *script.JSXText:
		if strings.TrimSpace(x.Value) != "" {
			b.add(&Text{Span: x.Span, Parts: []Part{{Span: x.Span, Text: x.Value}}, Parent: parent}, parent)
		}
	case *script.Cond:
		b.child(x.Then, parent, "if")
		b.child(x.Else, parent, "else")
	case *script.Binary:
		if x.Op == "&&" || x.Op == "||" || x.Op == "??" {
			if x.Op != "&&" {
				b.child(x.X, parent, "if")
			}
			b.child(x.Y, parent, "if")
			return
		}
		b.text(x, parent)
	case *script.String, *script.Ident, *script.Dot, *script.Index, *script.Template:
		b.text(x, parent)
	default:
		if !b.nested(x, parent) {
			b.text(x, parent)
		}
	}
}

func (b *elements) text(x script.Expr, parent *Element) {
	b.add(&Text{Span: x.Range(), Parts: []Part{{Span: x.Range(), Expr: x}}, Parent: parent}, parent)
}

// nested adds the elements within an expression, such as a call of map, and reports
// whether there are any.
func (b *elements) nested(x script.Expr, parent *Element) bool {
	if x == nil {
		return false
	}
	found := false
	script.Walk(x, func(n script.Node) bool {
		if e, ok := n.(*script.JSXElement); ok {
			found = true
			b.element(e, parent, "")
			return false
		}
		return true
	})
	return found
}
