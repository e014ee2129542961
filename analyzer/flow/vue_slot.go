package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What a component of a single-file framework passes to what fills its slots:
//
//	<slot name="cell" :row="row" />                               // in the component
//	<rows><template #cell="{ row }"><input v-model="row.phone" /> // where it is used

// showSlot notes that the view of a component shows <slot>.
func (m *machine) showSlot(s *scope, e *markup.Element) {
	i, key := s.instance, kidKey{element: e, iter: s.iter}
	n := slices.IndexFunc(i.shows, func(o *slotShown) bool { return o.key == key })
	if n < 0 {
		n = len(i.shows)
		i.shows = append(i.shows, &slotShown{key: key, props: m.newObject(plainObject)})
	}
	shown := i.shows[n]
	shown.names, shown.other = []string{"default"}, false
	for _, a := range e.Attrs {
		v := s.valueOf(m, s.view.File, a.Parts)
		switch {
		case a.Kind == markup.Directive && a.Name == "bind":
			for _, o := range v.objects {
				for _, name := range o.visible() {
					m.passToSlot(s, a, shown.props, name, m.property(o, name))
				}
			}
		case a.Kind != markup.Plain:
		case a.Name == "name":
			shown.names, shown.other = v.keys()
		default:
			m.passToSlot(s, a, shown.props, camel(a.Name), v)
		}
	}
}

// passToSlot makes v a possibility of what a slot passes under a name.
func (m *machine) passToSlot(s *scope, a *markup.Attr, props *Object, name string, v *Value) {
	v = note(v, lang.Text{ZH: "作为 " + name + " 传给插槽", EN: "passed to the slot as " + name},
		source.Location{File: s.view.File, Span: a.Span})
	old, known := props.own(name)
	if n := join(old, v); !known || n != old {
		m.setProp(props, name, n)
		place{object: props, index: int32(props.find(name)), slot: propSlot}.change(m.epoch)
		m.grown = true
	}
}

func (l vueLife) inside(r *renderer, s *scope, e *markup.Element) []*scope {
	kid := r.filled
	if kid != nil && kid.host != e.Parent {
		kid = nil
	}
	if a := e.Attr("slot-scope"); a != nil {
		return r.slotScopes(s, e, a, kid, staticAttr(e, "slot"))
	}
	if a := e.Find(markup.Directive, "slot"); a != nil && e.Tag == "template" {
		return r.slotScopes(s, e, a, kid, slotArgument(a))
	}
	return nil
}

func (l vueLife) within(r *renderer, s *scope, e *markup.Element, kid *instance) []*scope {
	if a := e.Find(markup.Directive, "slot"); a != nil && e.Tag != "template" {
		return r.slotScopes(s, e, a, kid, slotArgument(a))
	}
	return nil
}

// slotArgument is the name in v-slot:cell and #cell; "[" if an expression gives it.
func slotArgument(a *markup.Attr) string {
	name, short := strings.CutPrefix(a.Raw, "#")
	if !short {
		_, name, _ = strings.Cut(a.Raw, ":")
	}
	if strings.HasPrefix(name, "[") {
		return "["
	}
	return name
}

// slotScopes are the scopes of what e puts into a slot of kid, nil if that is not known: one for each time that
// kid shows the slot, or one for all if they are many. Attribute a names what it takes of what the slot passes.
func (r *renderer) slotScopes(s *scope, e *markup.Element, a *markup.Attr, kid *instance, name string) (list []*scope) {
	patterns := r.patternsOf(s.view.File, a, 0, len(s.view.File.Slice(a.ValueSpan)))
	if len(patterns) == 0 {
		return nil
	}
	if name == "" {
		name = "default"
	}
	var given []*Value
	if kid != nil {
		for _, o := range kid.shows {
			if name == "[" || o.other || slices.Contains(o.names, name) {
				given = append(given, objectOf(o.props))
			}
		}
	}
	if given, others := r.few(e, given, nil); len(given) > 0 {
		for n, v := range given {
			t := *s
			t.iter = r.iteration(s.iter, e, n)
			list = append(list, r.taken(&t, patterns[0], func() *Value { return v }))
		}
		return list
	} else if others != nil {
		return []*scope{r.taken(s, patterns[0], func() *Value { return others })}
	}
	return []*scope{r.taken(s, patterns[0], func() *Value { return unknownValue })}
}

// patternsOf are the patterns written from start to end in the value of a: "{ row: one, index = 0 }".
func (r *renderer) patternsOf(f *source.File, a *markup.Attr, start, end int) []script.Expr {
	key := patternKey{a, start, end}
	list, known := r.pages.patterns[key]
	if !known {
		span := a.ValueSpan
		span.Start, span.End = span.Start+int32(start), span.Start+int32(end)
		list = script.ParseParams(f, span, script.TypeScript)
		r.pages.patterns[key] = list
	}
	return list
}

// taken returns the scope inside s in which the names of a pattern are parts of what value reads.
func (r *renderer) taken(s *scope, pattern script.Expr, value func() *Value) *scope {
	switch p := pattern.(type) {
	case *script.Ident:
		t := s.with(p.Name, unknownValue)
		t.read = value
		return t
	case *script.AssignPattern:
		outer := s
		return r.taken(s, p.Target, func() *Value {
			v := orUndefined(value())
			if !v.maybeAbsent() {
				return v
			}
			otherwise := outer.eval(r.machine, outer.view.File, p.Default)
			if _, only := v.only(); only {
				return otherwise
			}
			return join(v, otherwise)
		})
	case *script.ArrayPattern:
		for n, x := range p.Elems {
			s = r.taken(s, x, func() *Value { return r.get(orUndefined(value()), strconv.Itoa(n)) })
		}
	case *script.ObjectPattern:
		outer := s
		for _, x := range p.Props {
			s = r.taken(s, x.Target, func() *Value {
				if x.Computed != nil {
					return r.getKey(orUndefined(value()), outer.eval(r.machine, outer.view.File, x.Computed))
				}
				return r.get(orUndefined(value()), x.Key)
			})
		}
		if rest, ok := p.Rest.(*script.Rest); ok {
			s = r.taken(s, rest.Target, func() *Value {
				o := r.object(plainObject, p)
				r.copyInto(o, value())
				for _, x := range p.Props {
					r.setProp(o, x.Key, nil)
				}
				return objectOf(o)
			})
		}
	}
	return s
}
