package flow

import "slices"

// Proxies that make what they give when it is asked for, as generated clients of an API do:
//
//	const Apis = new Proxy({}, { get: (target, name) => method([name]) })
//	Apis.user.login({ data })
//
// and proxies that hear what is written, as small stores do:
//
//	const state = new Proxy({}, { set(target, name, value) { target[name] = value; draw(); return true } })

func init() { defineGlobal("Proxy", proxy) }

// proxy is new Proxy(target, handler): the target, and what the handler gives for a name or a call. A handler that sees
// more than that makes it the target, or anything: its functions may be called.
func proxy(m *machine, c *call) *Value {
	target, handler := c.arg(0), c.arg(1)
	list := slices.ContainsFunc(target.objects, func(o *Object) bool { return o.kind != plainObject && o.kind != functionObject })
	asks, sees := false, handler.unknown
	for _, h := range handler.objects {
		for _, p := range h.props {
			if callable(p.value) {
				known := p.name == "get" || p.name == "apply" || p.name == "has" || p.name == "set" && !list // methods of a list write, too
				asks, sees = asks || known, sees || !known
			}
		}
	}
	switch {
	case sees:
		given := m.escape(handler, unknownValue, c.site)
		for _, o := range target.objects {
			o.shared = true // what is written into it, the functions get
		}
		return join(target, join(taintOnly(deepTaints(given)), unknownValue))
	case !asks:
		return target
	}
	o := m.object(functionObject, c.site)
	o.fn = &function{native: func(m *machine, c *call) *Value { return m.trapped(handler, target, c) }, name: "proxy"}
	o.special().trap = func(m *machine, name *Value) *Value { return m.trappedGet(o, handler, target, name) }
	if set := m.get(handler, "set"); runnable(set) {
		o.special().seen = func(m *machine, name, v *Value) {
			m.call(set, handler, []*Value{target, name, v, join(objectOf(o), target)}, site{o, "set"})
		}
	}
	return join(objectOf(o), target)
}

// trappedGet is what a proxy gives for a name; nil if that is what its target has.
func (m *machine) trappedGet(o *Object, handler, target, name *Value) *Value {
	get := m.get(handler, "get")
	if !runnable(get) {
		return m.getKey(target, name)
	}
	return m.call(get, handler, []*Value{target, name, join(objectOf(o), target)}, site{o, "get"})
}

// trapped is a call of a proxy.
func (m *machine) trapped(handler, target *Value, c *call) *Value {
	apply := m.get(handler, "apply")
	if !runnable(apply) {
		return m.apply(target, c.this, c.args, c.more, c.site)
	}
	return m.call(apply, handler, []*Value{target, c.this, m.array(site{c.site, "arguments"}, c.args, c.more)}, site{c.site, "apply"})
}
