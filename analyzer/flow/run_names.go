package flow

import (
	"strconv"
)

// The existence of properties: delete, in, instanceof, for-in and iterators.

// removeKey is delete v[key].
func (m *machine) removeKey(v, key *Value) {
	names, others := key.keys()
	if others {
		for _, o := range v.objects {
			for _, n := range o.visible() {
				m.addProp(o, n, undefinedValue)
			}
		}
		return
	}
	m.deleteNames(v, names)
}

// deleteNames deletes properties of what v can be: certainly if it is one object and
// the name one name.
func (m *machine) deleteNames(v *Value, names []string) {
	if v == nil {
		return
	}
	certain := v.certain() && len(names) == 1 && !v.objects[0].frozen
	for _, o := range v.objects {
		for _, n := range names {
			if o.getters[n] != nil {
				o.doubt(n)
				continue
			}
			old, ok := o.own(n)
			switch {
			case !ok:
			case o.kind == arrayObject:
				if i := elementIndex(n); certain && i >= 0 {
					m.setElem(o, i, nil)
				} else {
					m.setProperty(v, n, undefinedValue, nil)
				}
			case o.kind == plainObject && certain:
				m.setProp(o, n, nil)
			default:
				m.setProp(o, n, join(old, undefinedValue))
			}
		}
	}
}

// deletes is what the deletion of a property of v gives: false for those that stay.
func (v *Value) deletes(key *Value) *Value {
	var out *Value
	for _, o := range orUndefined(v).objects {
		c, known := key.only()
		switch {
		case o.kind == plainObject && !o.frozen, o.kind == arrayObject && known && c.String() != "length":
			out = join(out, trueValue)
		case o.kind == arrayObject && known:
			out = join(out, falseValue)
		default:
			out = join(out, boolValue)
		}
	}
	if len(orUndefined(v).objects) == 0 || !v.onlyObjects() {
		return boolValue
	}
	return out
}

// onlyObjects reports whether v is objects and nothing else.
func (v *Value) onlyObjects() bool { return len(v.consts) == 0 && v.data == nil && !v.unknown }

// doubt notes that a getter may have been deleted.
func (o *Object) doubt(name string) {
	t := o.special()
	if t.doubtful == nil {
		t.doubtful = map[string]bool{}
	}
	t.doubtful[name] = true
}

// has is name in v.
func (m *machine) has(v, key *Value) *Value {
	names, others := key.keys()
	if others || len(names) == 0 || v.unknown || v.data != nil || len(v.consts) > 0 {
		return boolValue
	}
	var out *Value
	for _, o := range v.objects {
		for _, n := range names {
			out = join(out, m.hasProperty(o, n, true))
		}
	}
	return orUndefined(out)
}

// hasProperty reports whether o, or a prototype of it if inherited, has a property.
func (m *machine) hasProperty(o *Object, name string, inherited bool) *Value {
	if o.kind != plainObject && o.kind != arrayObject || o.boxed != nil {
		return boolValue
	}
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		if p.doubtful[name] || p.kind != plainObject && p.kind != arrayObject {
			return boolValue
		}
		if p.getters[name] != nil || p.setters[name] != nil {
			return trueValue
		}
		v, ok := p.read(name)
		certain := ok && (!v.maybeAbsent() || p.kind == arrayObject && elementIndex(name) < p.least() && v != nil)
		switch {
		case certain:
			return trueValue
		case ok || p.open || p.rest != nil:
			return boolValue
		}
		if p.kind == arrayObject && name == "length" {
			return trueValue
		}
		if !inherited {
			return falseValue
		}
	}
	if m.builtin(o, name) != nil && !o.bare {
		return trueValue
	}
	return falseValue
}

// instanceOf is v instanceof class, for classes of the program.
func (m *machine) instanceOf(v, class *Value) *Value {
	c := class.single()
	if c == nil || c.kind != functionObject || v.unknown || v.data != nil {
		return boolValue
	}
	if len(v.objects) == 0 && len(v.consts) > 0 {
		return falseValue
	}
	if c.fn.target != nil || len(v.consts) > 0 {
		return boolValue
	}
	if c.fn.native != nil {
		return instanceOfNative(v, c.fn.name)
	}
	proto := m.property(c, "prototype").single()
	var out *Value
	for _, o := range v.objects {
		if o.kind != plainObject || proto == nil {
			return boolValue
		}
		found := false
		p, n := o.proto, 0
		for ; p != nil && n < maxProtos && !found; p, n = p.proto, n+1 {
			found = p == proto
		}
		if !found && (n == maxProtos || o.open) {
			return boolValue
		}
		out = join(out, boolOf(found))
	}
	return orUndefined(out)
}

// instanceOfNative is v instanceof class for two classes of the language whose objects are
// known apart: patch instanceof Function ? patch(old) : patch.
func instanceOfNative(v *Value, class string) *Value {
	var out *Value
	for _, o := range v.objects {
		known := o.kind == plainObject || o.kind == arrayObject || o.kind == functionObject || o.kind == instanceObject
		switch {
		case known && class == "Function":
			out = join(out, boolOf(o.kind == functionObject))
		case known && class == "Array":
			out = join(out, boolOf(o.kind == arrayObject))
		default:
			return boolValue
		}
	}
	return orUndefined(out)
}

// iterated returns the elements that the iterator of o gives, if it has one.
func (m *machine) iterated(o *Object) (items []*Value, others *Value, ok bool) {
	if o.kind == mapObject {
		items, others = m.entriesOf(o, o.path != "Set")
		return items, others, true
	}
	if o.kind != plainObject || m.frame == nil {
		return nil, nil, false
	}
	make := m.property(o, symbolMark+"iterator")
	if make.callee() == nil {
		return nil, nil, false
	}
	it := m.call(make, objectOf(o), nil, site{o, "callback"})
	if list := it.single(); list != nil && list.kind == arrayObject { // a generator
		items, others = m.elements(it)
		return items, others, true
	}
	fn := m.get(it, "next")
	if fn.callee() == nil {
		return nil, unknownValue, true
	}
	for n := 0; n < m.limits.unroll; n++ {
		var step *Value
		m.each(o, n, func() { step = m.call(fn, it, nil, site{o, "callback"}) })
		switch more, end := m.get(step, "done").truth(); {
		case more && !end:
			return items, nil, true
		case more || n == m.limits.unroll-1:
			return items, join(m.get(step, "value"), unknownValue), true
		}
		items = append(items, m.get(step, "value"))
	}
	return items, unknownValue, true
}

// enumerate returns the names that for-in visits: items in this order, and, if
// there may be some that are absent or in another order, others.
func (m *machine) enumerate(v *Value) (items []*Value, others *Value) {
	if v == nil {
		return nil, nil
	}
	shuffled := len(v.objects) > 1
	for _, o := range v.objects {
		var seen map[string]bool
		for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
			if p.kind == arrayObject {
				for i := range p.elems {
					items = append(items, textOf(strconv.Itoa(i)))
				}
			}
			shuffled = shuffled || p.shuffled || p.short != nil
			for _, name := range p.visible() {
				if p.kind == mapObject || seen[name] || n > 0 && name == "constructor" {
					continue
				}
				items = append(items, textOf(name))
				if p.proto != nil {
					if seen == nil {
						seen = map[string]bool{}
					}
					seen[name] = true
				}
			}
			if p.rest != nil && p.kind != mapObject || p.open {
				others = join(others, p.otherNames())
			}
		}
		if o.kind == platformObject {
			for _, n := range m.apiNames(o.path) {
				items = append(items, textOf(n))
			}
			others = join(others, unknownValue)
		}
	}
	for _, c := range v.consts {
		if c.kind == text {
			for i := range utf16Length(c.str) {
				items = append(items, textOf(strconv.Itoa(i)))
			}
		} else if c.kind == joined {
			others = join(others, unknownValue)
		}
	}
	if v.unknown || len(v.taints()) > 0 {
		others = join(others, unknownValue)
	}
	if len(items) > maxProps {
		m.limit("steps")
		return nil, unknownValue
	}
	if shuffled && len(items) > 1 {
		others = join(others, unknownValue)
	}
	return items, others
}
