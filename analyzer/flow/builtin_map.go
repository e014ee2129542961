package flow

import (
	"slices"
)

// Map, Set and what is like them: entries are properties under the name of their key.

func init() {
	define("Map", map[string]nativeFunc{
		"get": mapGet, "set": mapSet, "has": mapHas, "add": setAdd, "append": mapSet, "delete": mapDelete,
		"clear": mapClear, "forEach": mapEach, "values": mapValues, "entries": mapEntries, "keys": mapKeys,
		"toString": func(m *machine, c *call) *Value { return taintOnly(deepTaints(c.this)) },
	})
	for _, name := range []string{"Map", "Set", "WeakMap", "WeakSet", "URLSearchParams", "FormData"} {
		defineGlobal(name, newMap)
	}
}

func newMap(m *machine, c *call) *Value {
	o := m.object(mapObject, c.site)
	o.special().path = c.fn.fn.name
	src := c.arg(0)
	if can, canNot := src.nullish(); can && !canNot {
		return objectOf(o)
	}
	items, others := m.elements(src)
	if from := src.single(); from != nil && from.kind == plainObject && len(items) == 0 {
		m.copyInto(o, src) // new URLSearchParams({ a: 1 })
		return objectOf(o)
	}
	if o.path == "URLSearchParams" && len(src.objects) == 0 {
		m.addRest(o, taintOnly(src.taints()))
		return objectOf(o)
	}
	for _, item := range items {
		if o.isSet() {
			m.putEntry(o, orUndefined(item), orUndefined(item))
		} else {
			m.putEntry(o, m.get(item, "0"), m.get(item, "1"))
		}
	}
	switch {
	case others == nil:
	case o.isSet():
		m.addRest(o, others)
	default:
		m.addRest(o, taintOnly(deepTaints(others)))
	}
	return objectOf(o)
}

func (o *Object) isSet() bool { return o.path == "Set" || o.path == "WeakSet" }

// entryName is the property under which a Map keeps the value of a known key, or ""
// if the key is not known. Texts are used as they are; 1 and '1' are two keys.
func (o *Object) entryName(key *Value) string {
	c, ok := key.only()
	if !ok || c.kind == joined {
		return ""
	}
	name := c.String()
	if name = keyMark + name; c.kind != text && c.kind != symbol {
		name = keyMark + []string{"undefined", "null", "boolean", "number"}[c.kind] + name
	}
	t := o.special()
	if t.keys == nil {
		t.keys = map[string]*Value{}
	}
	t.keys[name] = key
	return name
}

// putEntry writes an entry of a Map under a known key, or beside all others.
func (m *machine) putEntry(o *Object, key, v *Value) {
	if name := o.entryName(key); name != "" {
		m.setProp(o, name, v)
		return
	}
	for _, p := range slices.Clone(o.props) {
		if p.value != nil && p.name != namesInside && !o.isSet() {
			m.setProp(o, p.name, join(p.value, v))
		}
	}
	m.addRest(o, v)
}

// entriesOf lists the entries of a Map in order, as pairs or only their values;
// others represents those at unknown places, nil if there are none.
func (m *machine) entriesOf(o *Object, pairs bool) (items []*Value, others *Value) {
	o.touch()
	exact := !o.shuffled && !o.open
	entry := func(i int, key, v *Value) *Value {
		if !pairs {
			return v
		}
		return m.array(itemSite(o, i), []*Value{key, v}, nil)
	}
	var keys, rest *Value
	for i := range o.props {
		p := &o.props[i]
		key := o.keys[p.name]
		if p.value == nil || key == nil {
			continue
		}
		if exact = exact && !p.value.maybeAbsent(); exact {
			items = append(items, entry(i, key, p.value))
		} else {
			keys, rest = join(keys, key), join(rest, p.value)
		}
	}
	if o.rest != nil || o.open {
		rest = join(rest, o.rest)
		if keys = o.otherNames(); o.isSet() {
			keys = rest
		}
	}
	if o.open {
		rest = join(rest, unknownValue)
	}
	if rest != nil {
		others = entry(-1, keys, rest)
	}
	return items, others
}

// size is the number of entries of a Map.
func (o *Object) size() *Value {
	o.touch()
	n := 0
	for i := range o.props {
		switch v := o.props[i].value; {
		case v == nil || o.keys[o.props[i].name] == nil:
		case v.maybeAbsent():
			return unknownValue
		default:
			n++
		}
	}
	if o.rest != nil || o.open {
		return unknownValue
	}
	return numberOf(float64(n))
}

func mapSet(m *machine, c *call) *Value {
	m.keepNames(c.this, c.arg(0), true)
	for _, o := range c.this.objects {
		m.changing(c, func() { m.putEntry(o, c.arg(0), c.arg(1)) })
	}
	return c.this
}

func mapGet(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.this.objects {
		o.touch()
		name := o.entryName(c.arg(0))
		if name == "" {
			out = join(out, join(o.all(), undefinedValue))
			continue
		}
		v, ok := o.own(name)
		out = join(join(out, v), o.rest)
		if !ok {
			out = join(out, undefinedValue)
		}
		if o.open {
			out = join(out, unknownValue)
		}
	}
	return orUndefined(out)
}

func mapHas(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.this.objects {
		o.touch()
		name := o.entryName(c.arg(0))
		v, ok := o.own(name)
		switch {
		case name == "" || o.open || ok && v.maybeAbsent() || !ok && o.rest != nil:
			return boolValue
		default:
			out = join(out, boolOf(ok))
		}
	}
	return orUndefined(out)
}

func mapDelete(m *machine, c *call) *Value {
	had := mapHas(m, c)
	for _, o := range c.this.objects {
		m.changing(c, func() {
			if name := o.entryName(c.arg(0)); name != "" {
				if _, ok := o.own(name); ok {
					m.setProp(o, name, nil)
				}
				return
			}
			for _, p := range slices.Clone(o.props) {
				if p.value != nil {
					m.setProp(o, p.name, join(p.value, undefinedValue))
				}
			}
		})
	}
	return had
}

func mapClear(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		m.changing(c, func() { m.clear(o) })
	}
	return undefinedValue
}

func setAdd(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		m.changing(c, func() { m.putEntry(o, c.arg(0), c.arg(0)) })
	}
	return c.this
}

func mapEach(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		items, others := m.entriesOf(o, true)
		call := func(pair *Value) {
			args := []*Value{m.get(pair, "1"), m.get(pair, "0"), c.this}
			m.call(c.arg(0), c.arg(1), args, site{c.site, "callback"})
		}
		m.changing(c, func() {
			for i, pair := range items {
				m.each(c.site, i, func() { call(pair) })
			}
			if others != nil {
				m.repeat(func() { m.each(c.site, -1, func() { call(others) }) })
			}
		})
	}
	return undefinedValue
}

// mapList is the array of something of each entry of a Map.
func (m *machine) mapList(c *call, of func(pair *Value) *Value) *Value {
	var elems []*Value
	var rest *Value
	for _, o := range c.this.objects {
		items, others := m.entriesOf(o, true)
		for _, p := range items {
			elems = append(elems, of(p))
		}
		if others != nil {
			rest = join(rest, of(others))
		}
	}
	if len(c.this.objects) > 1 {
		elems, rest = nil, join(rest, joinAll(elems))
	}
	return m.array(c.site, elems, rest)
}

func mapValues(m *machine, c *call) *Value {
	return m.mapList(c, func(p *Value) *Value { return m.get(p, "1") })
}

func mapKeys(m *machine, c *call) *Value {
	return m.mapList(c, func(p *Value) *Value { return m.get(p, "0") })
}

func mapEntries(m *machine, c *call) *Value {
	return m.mapList(c, func(p *Value) *Value { return p })
}
