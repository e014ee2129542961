package flow

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/source"
)

// Selector queries read what elements show and hold: the value of an <input>, the data-* and
// attributes of any element. models/selector-query.js says how programs ask.

// enteredProp is the property of a node that holds what a person entered.
const enteredProp = "$entered"

// shownNode is one element that an instance shows, with what a query can read of it.
type shownNode struct {
	element *markup.Element
	object  *Object // its properties by name, dataset and enteredProp
}

// selectNodes is $node(component, selector): the elements that the selector may mean. The first
// call makes the views keep them, and so the answer is there a round later.
func selectNodes(m *machine, c *call) *Value {
	if !m.pages.queried {
		m.pages.queried, m.grown = true, true
	}
	selectors, others := c.arg(1).keys()
	deep := others || slices.ContainsFunc(selectors, func(s string) bool { return strings.Contains(s, ">>>") })
	var out *Value
	for _, i := range m.asked(c.arg(0), deep) {
		i.object.touch()
		for _, n := range i.nodes {
			if others || slices.ContainsFunc(selectors, func(s string) bool { return selects(s, n.element) }) {
				out = join(out, objectOf(n.object))
			}
		}
	}
	return join(out, unknownValue)
}

// asked are the components whose elements a query about component reads: all on the page if
// it is none that is known.
func (m *machine) asked(component *Value, deep bool) (list []*instance) {
	for _, o := range component.objects {
		if o.instance != nil {
			list = append(list, o.instance)
		}
	}
	if len(list) > 0 && !deep {
		return list
	}
	page := m.frame.page()
	for _, i := range slices.Concat(m.pages.order, m.pages.kids) {
		if (page == nil || i.page == page) && !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	return list
}

// keepNode notes what a query can read of e, if the program makes such queries; c is nil if e is
// no control.
func (r *renderer) keepNode(s *scope, e *markup.Element, c *controlRecord) {
	if !r.pages.queried {
		return
	}
	o := r.nodeOf(s, e)
	dataset, _ := o.own("dataset")
	for _, a := range e.Attrs {
		switch a.Kind {
		case markup.Data:
			r.addProp(dataset.objects[0], a.Name, dataValue(r.machine, s, a))
		case markup.Plain:
			r.addProp(o, camel(a.Name), s.valueOf(r.machine, s.view.File, a.Parts))
		}
	}
	if c != nil && !inert(e) {
		v := note(c.origin.value(), lang.Text{ZH: "由 createSelectorQuery 从页面元素读取", EN: "read from the element by createSelectorQuery"},
			source.Location{File: s.view.File, Span: e.Open})
		r.addProp(o, enteredProp, v)
		r.addProp(o, "value", v)
	}
}

// nodeOf is the node of e for this item of a loop, the one of earlier rounds if there is one.
func (r *renderer) nodeOf(s *scope, e *markup.Element) *Object {
	i, k := s.instance, kidKey{element: e, iter: s.iter}
	if o := i.nodeKeys[k]; o != nil {
		return o
	}
	o := r.newObject(plainObject)
	o.put("dataset", objectOf(r.newObject(plainObject)))
	if i.nodeKeys == nil {
		i.nodeKeys = map[kidKey]*Object{}
	}
	i.nodeKeys[k] = o
	i.nodes = append(i.nodes, shownNode{e, o})
	i.object.changed = r.epoch
	r.grown = true // a handler that ran before may ask for it
	return o
}

// simpleSelectors are the parts of ".form input#phone" that one element must match.
var simpleSelectors = regexp.MustCompile(`[#.]?[\w-]+`)

// selects reports whether a selector may mean e. What it says of other elements is not looked at.
func selects(selector string, e *markup.Element) bool {
	return slices.ContainsFunc(strings.Split(selector, ","), func(one string) bool {
		words := strings.FieldsFunc(one, func(c rune) bool { return strings.ContainsRune(" >+~", c) })
		if len(words) == 0 || strings.ContainsAny(one, "[:*") {
			return true
		}
		for _, simple := range simpleSelectors.FindAllString(words[len(words)-1], -1) {
			if !selectsSimple(simple, e) {
				return false
			}
		}
		return true
	})
}

// selectsSimple is selects for "#id", ".class" or a tag. Data may give an id or a class.
func selectsSimple(selector string, e *markup.Element) bool {
	name := map[byte]string{'#': "id", '.': "class"}[selector[0]]
	if name == "" {
		return strings.EqualFold(e.Tag, selector)
	}
	a := e.Attr(name)
	if a == nil {
		return false
	}
	text, static := markup.Static(a.Parts)
	return !static || slices.Contains(strings.Fields(text), selector[1:])
}
