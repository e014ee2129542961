package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// loopItems are what a loop shows: items one by one, and the join of the others.
type loopItems struct {
	items  []*Value
	keys   []*Value // the place of each in the list, or its name in an object
	apart  []*Value // objects of which each can be an item at a place that is not known
	others *Value
}

// listOf is what a loop over v shows, which counts from first if v is a number.
func (r *renderer) listOf(v *Value, first int) *loopItems {
	l := &loopItems{}
	l.items, l.others = r.elements(v)
	l.items = append(l.items, r.counted(v, first)...)
	for n := range l.items {
		l.keys = append(l.keys, numberOf(float64(n)))
	}
	return l
}

// part takes the objects among the others apart, if they are nothing else and a person enters something in the rows of e:
// which of several lists is shown may not be known, but each row is one object, never all of them at once.
//
//	forms[kind].fields    the row that asks for a phone number writes its own key, whatever the form
func (r *renderer) part(s *scope, e *markup.Element, l *loopItems) {
	if l.others == nil || len(l.others.objects) < 2 || !l.others.objectsAtMost() {
		return
	}
	if len(l.items)+len(l.others.objects) > r.limits.items || !r.enteredIn(s.owner(), []markup.Node{e}) {
		return
	}
	for _, o := range l.others.objects {
		is := func(v *Value) bool { return v.single() == o }
		if !slices.ContainsFunc(l.items, is) {
			l.apart = append(l.apart, objectOf(o))
		}
	}
	l.others = nil
}

// enteredIn reports whether a person enters something into one of nodes, of a view of u, or in it.
func (m *machine) enteredIn(u *project.Unit, nodes []markup.Node) bool {
	return markup.Any(nodes, func(e *markup.Element) bool {
		if using := u.Components[e.Tag]; using != nil && using.Unit != nil && using.Unit.Library == "" {
			return m.takesEntry(using.Unit)
		}
		model := slices.ContainsFunc(e.Attrs, func(a *markup.Attr) bool { return a.Kind == markup.Model })
		return model || nativeControls[strings.ToLower(e.Tag)] || platform.ComponentByTag(e.Tag).Typed()
	})
}

// takesEntry reports whether a person enters something into a component.
func (m *machine) takesEntry(u *project.Unit) bool {
	if known, ok := m.pages.entered[u]; ok || u.View == nil || u.View.Tree == nil {
		return known
	}
	m.pages.entered[u] = false // in progress, for components inside themselves
	m.pages.entered[u] = m.enteredIn(u, u.View.Nodes())
	return m.pages.entered[u]
}

// objectsAtMost reports whether v can be nothing but objects, or undefined.
func (v *Value) objectsAtMost() bool {
	return v.data == nil && !v.unknown && !slices.ContainsFunc(v.consts, func(c *constant) bool { return c.kind != undefined })
}

// empty is what is known of loops over lists in which nothing is. Such a list may be filled before the first round
// is over. What a person would do in a row that stands for all there may be is left out until then: it writes under
// names that are not known, which are then possibilities for ever.
type empty struct {
	early bool // the first round is not over
	quiet bool // such a loop is being shown
	left  bool // something in one was left out
}

// inEmpty calls show inside a loop in which nothing is.
func (r *renderer) inEmpty(show func()) {
	outer := r.pages.empty.quiet
	r.pages.empty.quiet = outer || r.pages.empty.early
	show()
	r.pages.empty.quiet = outer
}

// leaves reports whether what a person does at the place that is shown is left out for now.
func (r *renderer) leaves() bool {
	r.pages.empty.left = r.pages.empty.left || r.pages.empty.quiet
	return r.pages.empty.quiet
}

// eachItem calls show for each item of the loop of e in s, and once for the others.
func (r *renderer) eachItem(s *scope, e *markup.Element, l *loopItems, show func(item, key *Value, all []*Value, iter int)) {
	r.part(s, e, l)
	all, others := r.few(e, append(l.items[:len(l.items):len(l.items)], l.apart...), l.others)
	anywhere := r.iteration(s.iter, e, -1)
	for n, v := range all {
		if n < len(l.items) {
			show(orUndefined(v), l.keys[n], all, r.iteration(s.iter, e, n))
		} else {
			show(v, unknownValue, all, r.iteration(anywhere, v.objects[0], 0))
		}
	}
	switch {
	case others != nil && len(others.objects) > 0 && others.objectsAtMost():
		show(others, unknownValue, nil, anywhere)
	case others != nil:
		show(join(others, unknownValue), unknownValue, nil, anywhere)
	case len(all) == 0:
		r.inEmpty(func() { show(unknownValue, unknownValue, nil, anywhere) })
	}
	r.pages.replaced[anywhere] = others == nil && len(all) > 0
}

// outlived reports whether s is in such a row.
func (m *machine) outlived(s *scope) bool {
	for s != nil && s.instance != nil {
		for t := s; t != nil; t = t.up {
			if m.pages.replaced[t.iter] {
				return true
			}
		}
		s = s.instance.where
	}
	return false
}

// few returns the items of the loop of e that are shown one by one, and the join of the
// others.
func (r *renderer) few(e *markup.Element, items []*Value, others *Value) ([]*Value, *Value) {
	crowded := len(items) > 1 && r.crowded()
	if !crowded && len(items) <= r.limits.items {
		return items, others
	}
	if crowded || hasControl([]markup.Node{e}) {
		r.limit(Elements)
	}
	for _, v := range items {
		others = join(others, v)
	}
	return nil, others
}
