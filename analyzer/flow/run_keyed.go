package flow

import "slices"

// Properties whose name is computed.

// getKey reads the properties of v that key can name.
func (m *machine) getKey(v, key *Value) *Value {
	names, others := key.keys()
	var out *Value
	for _, n := range names {
		out = join(out, m.get(v, n))
	}
	out = key.decided().decides(out)
	for _, o := range v.objects {
		m.noteKey(o, key)
	}
	if others {
		for _, o := range v.objects {
			out = join(out, m.anyProperty(o, key))
		}
		if len(v.taints()) > 0 {
			out = join(out, taintOnly(v.taints()))
		}
		switch {
		case isAlphabet(v):
			out = join(out, taintOnly(key.taints()))
		case isTable(v, key.fitting()):
			out = join(out, undefinedValue)
		case isCloud(v):
		default:
			out = join(out, taintOnly(picked(key.taints())))
		}
	}
	m.noteRead(out)
	return orUndefined(out)
}

// isCloud reports whether v is one cloud object, all methods of which are alike whatever the key.
func isCloud(v *Value) bool {
	o := v.single()
	return o != nil && o.isCloudObject()
}

// isTable reports whether v is a table of functions of the program, or of objects and lists of it, of which nothing is unknown
// but the key that is looked up: the handlers of a router or of a mock, the services of each customer, the fields of each form.
// Whatever that key is, one of them or nothing is called, and no code that is missing. If parts of the key are known, so it is of an
// object whose other properties are anything: options['btn' + index].
func isTable(v *Value, fits func(name string) bool) bool {
	if len(v.objects) == 0 || v.unknown || len(v.taints()) > 0 {
		return false
	}
	for _, o := range v.objects {
		closed := o.kind == plainObject && !o.open && o.proto == nil && o.trap == nil
		known := len(o.props) > 0 || fits != nil && !o.standIn && !o.shared
		if !closed || !known || o.rest != nil && !isFunctions(o.rest) {
			return false
		}
		o.touch()
		for i := range o.props {
			p := &o.props[i]
			switch {
			case p.name == namesInside || fits != nil && (!fits(p.name) || p.value.isNothing()):
			case !isFunctions(p.value):
				return false
			}
		}
	}
	return true
}

// isNothing reports whether v can only be what counts as false.
func (v *Value) isNothing() bool {
	truthy := func(c *constant) bool { return c.truthy() }
	return v == nil || !v.unknown && len(v.objects) == 0 && len(v.taints()) == 0 && !slices.ContainsFunc(v.consts, truthy)
}

// isFunctions reports whether v can only be functions of the program, or objects or lists of it that are known whole, or nothing.
func isFunctions(v *Value) bool {
	if v == nil || v.unknown || len(v.taints()) > 0 {
		return false
	}
	for _, o := range v.objects {
		own := o.kind == plainObject || o.kind == arrayObject
		whole := own && !o.standIn && !o.shared && !o.anything() && o.rest == nil && o.trap == nil
		if !whole && (o.kind != functionObject || o.fn == nil || o.fn.fn == nil) {
			return false
		}
	}
	for _, c := range v.consts {
		if c.truthy() {
			return false
		}
	}
	return len(v.objects) > 0
}

// isAlphabet reports whether v is a text, or a list of characters, in which a
// re-encoding looks characters up.
func isAlphabet(v *Value) bool {
	for _, c := range v.consts {
		if c.kind == text {
			return true
		}
	}
	for _, o := range v.objects {
		if o.kind != arrayObject || len(o.elems) < 10 {
			continue
		}
		short := true
		for _, e := range o.elems {
			c, ok := e.only()
			short = short && ok && c.kind == text && len(c.str) <= 2
		}
		if short {
			return true
		}
	}
	return false
}

// anyProperty is what o holds under a key of which at most parts are known.
func (m *machine) anyProperty(o *Object, key *Value) *Value {
	switch o.kind {
	case platformObject:
		if o.isCloudObject() {
			return m.anyMethodOf(o)
		}
		return unknownValue
	case functionObject, instanceObject:
		if o.kind == instanceObject && o.rest == nil {
			return m.dispatch(o, key)
		}
	}
	fits := key.fitting()
	out := o.under(fits)
	if o.trap != nil {
		out = join(out, o.trap(m, unknownValue))
	}
	for p, n := o.proto, 0; p != nil && n < 8; p, n = p.proto, n+1 {
		out = join(out, p.under(fits))
	}
	if fits != nil {
		out = join(out, undefinedValue) // the rest of the name may be one that is not there
	}
	return out
}

// under returns the join of what o holds under names that fit; under any name if fits is nil.
func (o *Object) under(fits func(name string) bool) *Value {
	if fits == nil || o.kind == arrayObject {
		return o.all()
	}
	o.touch()
	v := o.rest
	for i := range o.props {
		if p := &o.props[i]; p.name != namesInside && fits(p.name) {
			v = join(v, p.value)
		}
	}
	if o.open {
		v = join(v, unknownValue)
	}
	return v
}

// dispatch reads a method of an instance by a key of which only parts are
// known: this['on' + type].
func (m *machine) dispatch(o *Object, key *Value) *Value {
	var out *Value
	for _, c := range key.consts {
		if c.kind != joined {
			continue
		}
		prefix := c.prefix()
		if prefix == "" {
			continue
		}
		for _, n := range o.visible() {
			if len(n) > len(prefix) && n[:len(prefix)] == prefix {
				v, _ := o.own(n)
				out = join(out, v)
			}
		}
	}
	return out
}
