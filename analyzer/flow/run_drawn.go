package flow

import "slices"

// What missing code does with elements and components: it shows what functions of the program draw for it,
// items.map(draw), and returns components that it wraps, withRouter(Page).

// components is the functions among v that are components: their calls returned elements,
// or they are classes that render some.
func (m *machine) components(v, returned *Value) (out *Value) {
	for _, o := range orUndefined(v).objects {
		if o.kind != functionObject || o.fn.fn == nil {
			continue
		}
		if drawn(returned) != nil || o.fn.class != nil && callable(m.get(m.property(o, "prototype"), "render")) {
			out = join(out, objectOf(o))
		}
	}
	return out
}

// rendersAsClass reports whether o, a function, makes components as a class does: it is one, or compilers made a function of it,
// whose prototype has render.
func (m *machine) rendersAsClass(o *Object) bool {
	if o.fn.class != nil {
		return true
	}
	if o.fn.fn == nil {
		return false
	}
	render := m.get(m.property(o, "prototype"), "render")
	return callable(render) && !render.unknown
}

// drawn is the elements that v can be, alone or in lists, as items.map(draw) gives them.
func drawn(v *Value) *Value {
	if v == nil {
		return nil
	}
	elements := slices.DeleteFunc(slices.Clone(v.objects), func(o *Object) bool { return !o.draws(0) })
	if len(elements) == 0 {
		return nil
	}
	return &Value{objects: elements}
}

// draws reports whether o is an element, or a list that holds one.
func (o *Object) draws(depth int) bool {
	if o.kind != arrayObject || depth > maxEscape {
		return o.node != nil
	}
	holds := func(v *Value) bool {
		return v != nil && slices.ContainsFunc(v.objects, func(o *Object) bool { return o.draws(depth + 1) })
	}
	return slices.ContainsFunc(o.elems, holds) || holds(o.rest)
}
