package markup

import (
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Elements returns the elements that a script makes (JSX, createElement) as the tree of
// a template: names by meaning as everywhere, expressions as they are. An element within
// an expression is a child of the element around it, or is at the top if there is none.
// One that is shown in place of another has the directive "else".
func Elements(tree *script.Program) *Document {
	b := &elements{doc: &Document{File: tree.File}, file: tree.File, makers: makersOf(tree)}
	script.Walk(tree, func(n script.Node) bool { return !b.made(n, nil, "") })
	return b.doc
}

// HasElements reports whether a script makes elements.
func HasElements(tree *script.Program) bool {
	return tree != nil && source.Known(&tree.Memo, asElements{}, func() bool { return hasElements(tree) })
}

// asElements is the key of what hasElements gives.
type asElements struct{}

func hasElements(tree *script.Program) bool {
	found := false
	b := &elements{makers: makersOf(tree)}
	script.Walk(tree, func(n script.Node) bool {
		_, jsx := n.(*script.JSXElement)
		found = found || jsx || b.call(n) != nil
		return !found
	})
	return found
}

type elements struct {
	doc    *Document
	file   *source.File
	makers map[*script.Symbol]bool // the names of createElement
}

// makersOf returns the names under which a script imports the function that makes
// elements: import { createElement as h } from 'react'.
func makersOf(tree *script.Program) map[*script.Symbol]bool {
	makers := map[*script.Symbol]bool{}
	for _, s := range tree.Body() {
		imp, ok := s.(*script.Import)
		if !ok || imp.Source == nil {
			continue
		}
		for _, n := range imp.Names {
			if n.Local != nil && (n.Imported == "createElement" || n.Imported == "h") && drawing[imp.Source.Value] {
				makers[n.Local.Symbol] = true
			}
		}
	}
	return makers
}

// drawing are the packages that export createElement or h.
var drawing = map[string]bool{
	"react": true, "preact": true, "preact/compat": true, "nervjs": true, "vue": true, "@vue/composition-api": true,
	"@vue/runtime-core": true,
}

// call returns n if it is a call of createElement with a type, else nil.
func (b *elements) call(n script.Node) *script.Call {
	x, ok := n.(*script.Call)
	if !ok || len(x.Args) == 0 {
		return nil
	}
	switch fn := x.Fn.(type) {
	case *script.Ident:
		if fn.Symbol != nil && b.makers[fn.Symbol] {
			return x
		}
	case *script.Dot:
		if fn.Name == "createElement" {
			return x
		}
	}
	return nil
}

// made adds the element that n makes, and reports whether it makes one.
func (b *elements) made(n script.Node, parent *Element, condition string) bool {
	if e, ok := n.(*script.JSXElement); ok {
		b.element(e, parent, condition)
		return true
	}
	if x := b.call(n); x != nil {
		b.created(x, parent, condition)
		return true
	}
	return false
}

// created adds what a call of createElement makes: its type, its properties, its
// children.
func (b *elements) created(x *script.Call, parent *Element, condition string) {
	e := &Element{Span: x.Span, Open: x.Span, Tag: b.tag(x.Args[0]), Parent: parent}
	b.condition(e, condition)
	b.add(e, parent)
	if len(x.Args) > 1 {
		o, written := x.Args[1].(*script.Object)
		if written {
			for _, p := range o.Props {
				if p.Kind == script.SpreadProperty || p.Computed != nil || p.Value == nil {
					e.Spread = true
					continue
				}
				e.Attrs = append(e.Attrs, b.attr(&script.JSXAttr{Span: p.Span, Name: p.Key, Value: p.Value}))
			}
		}
		_, none := x.Args[1].(*script.Null)
		e.Spread = e.Spread || !written && !none
		b.nested(x.Args[1], e)
		for _, c := range x.Args[2:] {
			b.child(c, e, "")
		}
	}
}

// tag is the name of the type of an element.
func (b *elements) tag(x script.Expr) string {
	if s, ok := x.(*script.String); ok {
		return s.Value
	}
	return strings.ReplaceAll(b.file.Slice(x.Range()), ".", "")
}

// condition marks e as shown under a condition ("if", "else") or always ("").
func (b *elements) condition(e *Element, condition string) {
	if condition != "" {
		e.Attrs = append(e.Attrs, &Attr{Span: e.Open, Kind: Directive, Raw: condition, Name: condition})
	}
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
	e := &Element{Span: x.Span, Open: x.Open, Tag: b.tag(x.Name), Parent: parent}
	if x.Open.Len() == 0 {
		e.Open = x.Span
	}
	b.condition(e, condition)
	b.add(e, parent)
	for _, a := range x.Attrs {
		if a.Name == "" {
			e.Spread = true
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

// Property returns the attribute of an element of a script that gives it the named
// property, by its meaning: onInput binds an event, className is a class.
//
// In remax an attribute may be for one platform, wechat-openType, and events of the
// platform's own components have the platform's names, bindchange.
func Property(name string) *Attr {
	a := &Attr{Raw: name, Name: strings.TrimPrefix(name, "wechat-")}
	name = a.Name
	event := nativeEvent(name)
	switch rest, on := strings.CutPrefix(name, "on"); {
	case on && rest != "" && 'A' <= rest[0] && rest[0] <= 'Z':
		a.Kind, a.Name = Event, strings.ToLower(rest)
	case on && smallEvents[rest]:
		a.Kind, a.Name = Event, rest
	case event != "":
		a.Kind, a.Name = Event, event
	case strings.HasPrefix(name, "data-") && len(name) > len("data-"):
		a.Kind, a.Name = Data, camel(strings.ToLower(name[len("data-"):]))
	case name == "key":
		a.Kind = Directive
	case name == "className":
		a.Name = "class"
	}
	return a
}

// smallEvents are the events that <Input onblur={…}> binds without a capital. Taro takes any
// name that begins with "on" and writes it small (NervJS/taro 3 and 4,
// packages/taro-react/src/props.ts, setEvent). Only events of the platform's own components
// are here: a prop "online" or "once" binds nothing.
var smallEvents = map[string]bool{
	"input": true, "change": true, "blur": true, "focus": true, "confirm": true, "submit": true, "reset": true,
	"tap": true, "click": true, "longpress": true, "columnchange": true, "scroll": true, "load": true,
	"getphonenumber": true, "getrealtimephonenumber": true, "getuserinfo": true, "chooseavatar": true,
}

// nativeEvent is the event that bindchange, bind:change or catchtap binds. Other properties
// of components have capitals behind bind, as bindLogin has.
func nativeEvent(name string) string {
	if name == "" || name != strings.ToLower(name) || strings.HasPrefix(name, "binding") {
		return ""
	}
	event, _ := boundEvent(name)
	return event
}

func (b *elements) attr(x *script.JSXAttr) *Attr {
	a := Property(x.Name)
	a.Span, a.HasValue = x.Span, x.Value != nil
	a.NameSpan = source.Span{Start: x.Start, End: x.Start + int32(len(x.Name))}
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
	case *script.Call:
		if !b.made(x, parent, condition) && !b.nested(x, parent) {
			b.text(x, parent)
		}
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
		if b.made(n, parent, "") {
			found = true
			return false
		}
		return true
	})
	return found
}
