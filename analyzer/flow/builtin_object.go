package flow

import "slices"

// Objects with named properties, JSON, Map and Set, functions as objects.

func init() {
	defineGlobal("Object", newObject)
	define("Object", map[string]nativeFunc{
		"hasOwnProperty": always(boolValue), "propertyIsEnumerable": always(boolValue), "isPrototypeOf": always(boolValue),
		"toString": always(unknownValue), "toLocaleString": always(unknownValue),
		"valueOf": func(m *machine, c *call) *Value { return c.this },
	})
	define("Object.", map[string]nativeFunc{
		"assign": assign, "keys": keys, "getOwnPropertyNames": keys, "values": values, "entries": entries,
		"fromEntries": fromEntries, "create": create, "defineProperty": defineProperty, "defineProperties": firstArg,
		"freeze": firstArg, "seal": firstArg, "preventExtensions": firstArg, "is": always(boolValue),
		"getPrototypeOf": getPrototype, "setPrototypeOf": setPrototype, "isFrozen": always(boolValue),
		"getOwnPropertyDescriptor": always(unknownValue),
	})
	define("JSON.", map[string]nativeFunc{"stringify": stringify, "parse": parse})
	define("Reflect.", map[string]nativeFunc{
		"ownKeys": keys, "has": always(boolValue),
		"get": reflectGet, "set": reflectSet, "apply": reflectApply, "construct": reflectConstruct,
	})
	for _, name := range []string{"JSON", "Reflect", "Math", "Symbol", "Intl", "Number"} {
		if globals[name] == nil {
			defineGlobal(name, pass)
		}
	}
	for _, name := range []string{"abs", "floor", "ceil", "round", "max", "min", "pow", "sqrt", "trunc", "random"} {
		define("Math.", map[string]nativeFunc{name: pass})
	}
	define("Function", map[string]nativeFunc{
		"call": callWith, "apply": applyWith, "bind": bind, "toString": always(unknownValue),
	})
	defineGlobal("Function", always(unknownValue))
	define("Map", map[string]nativeFunc{
		"get": mapGet, "set": mapSet, "has": always(boolValue), "add": setAdd, "append": mapSet, "delete": mapDelete,
		"clear": mapClear, "forEach": mapEach, "values": mapValues, "entries": mapEntries, "keys": always(unknownValue),
		"toString": func(m *machine, c *call) *Value { return taintOnly(deepTaints(c.this)) },
	})
	for _, name := range []string{"Map", "Set", "WeakMap", "WeakSet", "URLSearchParams", "FormData"} {
		defineGlobal(name, newMap)
	}
	for _, name := range []string{"Error", "TypeError", "RangeError", "SyntaxError", "EvalError"} {
		defineGlobal(name, newError)
	}
	defineGlobal("Proxy", func(m *machine, c *call) *Value { return c.arg(0) })
	defineGlobal("Date", always(unknownValue))
	for _, name := range []string{"now", "parse", "UTC"} {
		define("Date.", map[string]nativeFunc{name: always(unknownValue)})
	}
	defineGlobal("structuredClone", func(m *machine, c *call) *Value { return m.copied(c.arg(0), c.site) })
}

func newObject(m *machine, c *call) *Value {
	if len(c.args) > 0 && len(c.arg(0).objects) > 0 {
		return c.arg(0)
	}
	return objectOf(m.object(plainObject, c.site))
}

func reflectGet(m *machine, c *call) *Value { return m.getKey(c.arg(0), c.arg(1)) }

func reflectSet(m *machine, c *call) *Value {
	m.setKey(c.arg(0), c.arg(1), c.arg(2), nil)
	return trueValue
}

func reflectApply(m *machine, c *call) *Value { return applyList(m, c, c.arg(0), c.arg(1), c.arg(2)) }

func reflectConstruct(m *machine, c *call) *Value {
	items, others := m.elements(c.arg(1))
	return m.construct(c.arg(0), items, others, c.site)
}

// callWith is Function.prototype.call.
func callWith(m *machine, c *call) *Value {
	return m.apply(c.this, c.arg(0), c.rest(1), c.more, c.site)
}

// applyWith is Function.prototype.apply.
func applyWith(m *machine, c *call) *Value { return applyList(m, c, c.this, c.arg(0), c.arg(1)) }

func firstArg(m *machine, c *call) *Value { return c.arg(0) }

func assign(m *machine, c *call) *Value {
	target := c.arg(0)
	for _, o := range target.objects {
		for _, a := range c.args[min(1, len(c.args)):] {
			m.copyInto(o, a)
		}
		if c.more != nil {
			m.copyInto(o, c.more)
		}
	}
	return target
}

func keys(m *machine, c *call) *Value {
	items, others := m.enumerate(c.arg(0))
	return m.listing(c, items, others)
}

// listing is the array that tells of the properties of the first argument. If
// one of those may be absent its length is not known.
func (m *machine) listing(c *call, elems []*Value, others *Value) *Value {
	list := m.array(c.site, elems, others)
	for _, o := range c.arg(0).objects {
		absent := func(p property) bool { return p.value != nil && p.value.maybeAbsent() }
		if len(c.arg(0).objects) > 1 || slices.ContainsFunc(o.props, absent) {
			m.setOpen(list.objects[0], true)
		}
	}
	return list
}

// pairs lists the properties of v by name; others is what is at unknown places.
func (m *machine) pairs(v *Value) (names []string, vals []*Value, others *Value) {
	for _, o := range v.objects {
		if len(v.objects) > 1 {
			others = join(others, o.all())
			continue
		}
		o.touch()
		for _, p := range o.props {
			if p.value != nil {
				names, vals = append(names, p.name), append(vals, p.value)
			}
		}
		for i, e := range o.elems {
			names, vals = append(names, indexName(i)), append(vals, orUndefined(e))
		}
		others = join(others, o.rest)
		if o.open {
			others = join(others, unknownValue)
		}
	}
	if len(v.taints()) > 0 || v.unknown {
		others = join(others, taintOnly(v.taints()))
	}
	return names, vals, others
}

func values(m *machine, c *call) *Value {
	_, vals, others := m.pairs(c.arg(0))
	return m.listing(c, vals, others)
}

func entries(m *machine, c *call) *Value {
	names, vals, others := m.pairs(c.arg(0))
	elems := make([]*Value, len(names))
	for i, n := range names {
		elems[i] = m.array(itemSite(c.site, i), []*Value{textOf(n), vals[i]}, nil)
	}
	if others != nil {
		others = m.array(site{c.site, "others"}, []*Value{unknownValue, others}, nil)
	}
	return m.listing(c, elems, others)
}

func fromEntries(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	items, others := m.elements(c.arg(0))
	for _, pair := range items {
		m.setKey(objectOf(o), m.get(pair, "0"), m.get(pair, "1"), nil)
	}
	if others != nil {
		m.addRest(o, m.get(others, "1"))
	}
	return objectOf(o)
}

func create(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	if p := c.arg(0); len(p.objects) > 0 {
		m.setProto(o, p.objects[0])
	}
	return objectOf(o)
}

func defineProperty(m *machine, c *call) *Value {
	desc := c.arg(2)
	names, _ := c.arg(1).keys()
	for _, d := range desc.objects {
		for _, n := range names {
			if v, ok := d.own("value"); ok {
				m.setProperty(c.arg(0), n, v, nil)
			}
			for _, o := range c.arg(0).objects {
				if g, ok := d.own("get"); ok {
					o.accessor(n, g, false)
				}
				if s, ok := d.own("set"); ok {
					o.accessor(n, s, true)
				}
			}
		}
	}
	return c.arg(0)
}

func getPrototype(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arg(0).objects {
		if o.proto != nil {
			out = join(out, objectOf(o.proto))
		}
	}
	return join(out, nullValue)
}

func setPrototype(m *machine, c *call) *Value {
	if p := c.arg(1); len(p.objects) > 0 {
		for _, o := range c.arg(0).objects {
			m.setProto(o, p.objects[0])
		}
	}
	return c.arg(0)
}

// jsonMark is the literal of the piece of joined text that is JSON of its value.
const jsonMark = "\x00json"

// stringify keeps what it encodes inside the text, so that parse gives it back
// field by field.
func stringify(m *machine, c *call) *Value {
	return part{str: jsonMark, val: c.arg(0)}.value()
}

// value returns the text that a piece of joined text is.
func (p part) value() *Value {
	switch {
	case p.val == nil:
		return textOf(p.str)
	case p.str == jsonMark:
		return valueOf(constant{kind: joined, parts: []part{p}}).tainted(deepTaints(p.val), nil)
	}
	return p.val
}

func parse(m *machine, c *call) *Value {
	v := c.arg(0)
	var written *Value
	for _, k := range v.consts {
		if k.kind == joined && len(k.parts) == 1 && k.parts[0].str == jsonMark {
			written = join(written, k.parts[0].val)
		}
	}
	if written != nil {
		return m.copied(written, c.site)
	}
	return taintOnly(v.taints())
}

func applyList(m *machine, c *call, fn, this, list *Value) *Value {
	items, others := m.elements(list)
	return m.apply(fn, this, items, others, c.site)
}

func bind(m *machine, c *call) *Value {
	o := m.object(functionObject, c.site)
	o.fn = &function{target: c.this, this: c.arg(0), bound: true, args: c.rest(1)}
	return objectOf(o)
}

func newMap(m *machine, c *call) *Value {
	o := m.object(mapObject, c.site)
	o.special().path = c.fn.fn.name
	if src := c.arg(0); len(src.objects) > 0 {
		items, others := m.elements(src)
		for _, item := range items {
			if o.path == "Set" {
				m.addRest(o, item)
			} else {
				m.putEntry(o, m.get(item, "0"), m.get(item, "1"))
			}
		}
		if others != nil {
			m.addRest(o, taintOnly(deepTaints(others)))
		}
		if len(items) == 0 && others == nil {
			m.copyInto(o, src)
		}
	}
	return objectOf(o)
}

// putEntry writes an entry of a Map under a known key, or beside all others.
func (m *machine) putEntry(o *Object, key, v *Value) {
	if names, others := key.keys(); len(names) == 1 && !others {
		m.setProp(o, names[0], v)
		return
	}
	m.addRest(o, v)
}

func mapSet(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		m.putEntry(o, c.arg(0), c.arg(1))
	}
	return c.this
}

func mapGet(m *machine, c *call) *Value {
	var out *Value
	names, others := c.arg(0).keys()
	for _, o := range c.this.objects {
		o.touch()
		for _, n := range names {
			v, _ := o.own(n)
			out = join(out, v)
		}
		if others {
			out = join(out, o.all())
		}
		out = join(out, o.rest)
	}
	return join(out, undefinedValue)
}

func mapDelete(m *machine, c *call) *Value {
	if names, others := c.arg(0).keys(); len(names) == 1 && !others && len(c.this.objects) == 1 {
		m.setProp(c.this.objects[0], names[0], nil)
	}
	return boolValue
}

func mapClear(m *machine, c *call) *Value {
	if len(c.this.objects) == 1 {
		m.clear(c.this.objects[0])
	}
	return undefinedValue
}

func setAdd(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		m.addRest(o, c.arg(0))
	}
	return c.this
}

func mapEach(m *machine, c *call) *Value {
	for _, o := range c.this.objects {
		if all := o.all(); all != nil {
			m.perhaps(func() {
				m.call(c.arg(0), undefinedValue, []*Value{all, unknownValue, c.this}, site{c.site, "callback"})
			})
		}
	}
	return undefinedValue
}

func mapValues(m *machine, c *call) *Value {
	var all *Value
	for _, o := range c.this.objects {
		all = join(all, o.all())
	}
	return m.array(c.site, nil, orUndefined(all))
}

func mapEntries(m *machine, c *call) *Value {
	var all *Value
	for _, o := range c.this.objects {
		all = join(all, o.all())
	}
	return m.array(c.site, nil, m.array(site{c.site, "others"}, []*Value{unknownValue, orUndefined(all)}, nil))
}

func newError(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	m.setProp(o, "message", c.arg(0))
	return objectOf(o)
}
