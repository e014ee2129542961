package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/markup"
)

// tap is an event of an element that brings no value of its own. However many items of a loop show
// the element, its handler runs once, with all that the items may put into its dataset, unless it names
// the item: then it runs for each.
//
//	<button v-for="x in actions" @click="run(x)">
type tap struct {
	tapKey
	scope   *scope
	element *markup.Element
	marks   []*markup.Attr
	dataset []*Value // parallel to the Data attributes of element
	items   []*Value // of the loops around, what the handler names
}

type tapKey struct {
	attr *markup.Attr
	iter int // of the loops around, if the handler names an item of them
}

// allOthers is the iter of a tap of the items that do not run by themselves.
const allOthers = -1

// A handler runs by itself for each item only if that costs little: menus are short and their handlers ask which
// item it is, while each row of a list is sent in the same way.
const (
	maxSeparate  = 8   // items
	cheapHandler = 400 // units of work of its run for an item
)

// tap notes an event that brings no value.
func (r *renderer) tap(s *scope, e *markup.Element, a *markup.Attr) {
	key := tapKey{attr: a}
	items := namedLocals(s, a)
	if items != nil {
		key.iter = s.iter
	}
	t := r.taps[key]
	switch {
	case t == nil:
		t = &tap{tapKey: key, scope: s, element: e, marks: r.marks, items: items}
		if r.taps == nil {
			r.taps = map[tapKey]*tap{}
		}
		r.taps[key] = t
		r.order = append(r.order, t)
	case items != nil:
		t.scope = joinLocals(t.scope, s)
		t.items = namedLocals(t.scope, a)
	}
	i := 0
	for _, d := range e.Attrs {
		if d.Kind != markup.Data {
			continue
		}
		v := dataValue(r.machine, s, d)
		r.drawnKey(s, e, v)
		if i == len(t.dataset) {
			t.dataset = append(t.dataset, v)
		} else {
			t.dataset[i] = join(t.dataset[i], v)
		}
		i++
	}
}

// namedLocals are the values of the loop variables around that a handler names, from the inside out; nil for none.
func namedLocals(s *scope, a *markup.Attr) (values []*Value) {
	for ; s != nil; s = s.up {
		named := func(p markup.Part) bool { return p.Expr != nil && mentions(p.Expr, s.name) }
		if s.name != "" && s.read == nil && slices.ContainsFunc(a.Parts, named) {
			values = append(values, s.value)
		}
	}
	return values
}

// joinLocals is the scope s with what the loop variables are in other, at the same place of the view, as possibilities.
func joinLocals(s, other *scope) *scope {
	if s == nil || other == nil || s == other || s.name != other.name {
		return s
	}
	n := *s
	n.up, n.value = joinLocals(s.up, other.up), join(s.value, other.value)
	return &n
}

// fireTaps runs the handlers of the taps that were noted, in order.
func (r *renderer) fireTaps() {
	ran, costly := map[*markup.Attr]int{}, map[*markup.Attr]bool{}
	others := map[*markup.Attr]*tap{}
	for _, t := range r.order {
		if all := others[t.attr]; all != nil {
			all.absorb(t)
			continue
		}
		if t.iter != 0 && (costly[t.attr] || ran[t.attr] == maxSeparate) {
			all := *t
			all.iter = allOthers
			others[t.attr] = &all
			continue
		}
		ran[t.attr]++
		costly[t.attr] = r.fireTap(t).work > cheapHandler
	}
	for _, t := range r.order {
		if all := others[t.attr]; all != nil {
			delete(others, t.attr)
			r.fireTap(all)
		}
	}
}

// absorb makes what another item puts into the handler of t possibilities of it.
func (t *tap) absorb(other *tap) {
	t.scope = joinLocals(t.scope, other.scope)
	t.items = namedLocals(t.scope, t.attr)
	dataset := make([]*Value, len(t.dataset))
	for i := range dataset {
		dataset[i] = join(t.dataset[i], other.dataset[i])
	}
	t.dataset = dataset
}

// fireTap runs the handler of a tap as an entry point.
func (r *renderer) fireTap(t *tap) *entry {
	i := t.scope.instance
	e := i.context.child(t.attr, nil, t.iter).entryPoint()
	given := append(t.dataset[:len(t.dataset):len(t.dataset)], t.items...)
	if !e.stale() && e.covers(given) {
		return e
	}
	e.ran, e.dataset = 0, given
	r.entryPoint(i, t.attr, t.iter, func() {
		ev := r.event(t.scope, t.element, t.marks, t.attr.Name, unknownValue, t.dataset)
		i.life.respond(t.scope, t.attr, []*Value{ev})
	})
	return e
}
