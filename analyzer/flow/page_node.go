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

// queries are the selectors that some code asks for: views keep the elements that these may
// mean, and no others.
type queries struct {
	asked    map[string]bool
	aims     []aim // what each of asked can mean
	anything bool  // some selector is not known
}

// ask adds selectors, and others that are not known, and reports whether any is new.
func (q *queries) ask(selectors []string, others bool) (news bool) {
	if q.anything {
		return false
	}
	q.anything = others
	for _, s := range selectors {
		if !q.asked[s] {
			if q.asked == nil {
				q.asked = map[string]bool{}
			}
			q.asked[s], news = true, true
			q.aims = append(q.aims, alternatives(s)...)
		}
	}
	return news || others
}

// any reports whether something is asked for.
func (q *queries) any() bool { return q.anything || len(q.aims) > 0 }

// about reports whether a selector that is asked for may mean e.
func (q *queries) about(e *markup.Element) bool {
	return q.anything || slices.ContainsFunc(q.aims, func(a aim) bool { return a.selects(e) })
}

// selectNodes is $node(component, selector): the elements that the selector may mean. The first
// call makes the views keep them, and so the answer is there a round later.
func selectNodes(m *machine, c *call) *Value {
	selectors, others := c.arg(1).keys()
	if m.pages.queries.ask(selectors, others) {
		m.grown = true
	}
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

// keepNode notes what a query can read of e; c is nil if e is no control. The attributes of an
// element that no query means are evaluated all the same, if there are queries: what they compare
// is looked at.
func (r *renderer) keepNode(s *scope, e *markup.Element, c *controlRecord) {
	if !r.pages.queries.any() {
		return
	}
	kept := r.pages.queries.about(e)
	var o, dataset *Object
	if kept {
		o = r.nodeOf(s, e)
		held, _ := o.own("dataset")
		dataset = held.objects[0]
	}
	for _, a := range e.Attrs {
		if !kept && !slices.ContainsFunc(a.Parts, computedPart) {
			continue // it looks at nothing
		}
		switch a.Kind {
		case markup.Data:
			if v := dataValue(r.machine, s, a); kept {
				r.addProp(dataset, a.Name, v)
			}
		case markup.Plain:
			if v := s.valueOf(r.machine, s.view.File, a.Parts); kept {
				r.addProp(o, camel(a.Name), v)
			}
		}
	}
	if kept && c != nil && !inert(e) {
		v := note(c.origin.value(), lang.Text{ZH: "由 createSelectorQuery 从页面元素读取", EN: "read from the element by createSelectorQuery"},
			source.Location{File: s.view.File, Span: e.Open})
		r.addProp(o, enteredProp, v)
		r.addProp(o, "value", v)
	}
}

func computedPart(p markup.Part) bool { return p.Expr != nil }

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

// aim is what a selector says of the element that it means. What it says of other elements
// is not looked at.
type aim []string // "#id", ".class" or a tag; none if any element may be meant

// alternatives are the alternatives of a selector.
func alternatives(selector string) (list []aim) {
	for one := range strings.SplitSeq(selector, ",") {
		words := strings.FieldsFunc(one, func(c rune) bool { return strings.ContainsRune(" >+~", c) })
		if len(words) == 0 || strings.ContainsAny(one, "[:*") {
			list = append(list, nil)
			continue
		}
		list = append(list, simpleSelectors.FindAllString(words[len(words)-1], -1))
	}
	return list
}

// selects reports whether a selector may mean e.
func selects(selector string, e *markup.Element) bool {
	return slices.ContainsFunc(alternatives(selector), func(a aim) bool { return a.selects(e) })
}

func (a aim) selects(e *markup.Element) bool {
	return !slices.ContainsFunc(a, func(simple string) bool { return !selectsSimple(simple, e) })
}

// selectsSimple is selects for "#id", ".class" or a tag. Data may give an id or a class.
func selectsSimple(selector string, e *markup.Element) bool {
	var name string
	switch selector[0] {
	case '#':
		name = "id"
	case '.':
		name = "class"
	default:
		return strings.EqualFold(e.Tag, selector)
	}
	a := e.Attr(name)
	if a == nil {
		return false
	}
	text, static := markup.Static(a.Parts)
	return !static || slices.Contains(strings.Fields(text), selector[1:])
}
