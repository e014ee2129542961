package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/source"
)

// get reads a property of every object and primitive that v can be.
func (m *machine) get(v *Value, name string) *Value {
	v = orUndefined(v)
	var out *Value
	for _, o := range v.objects {
		out = join(out, m.property(o, name))
	}
	if len(v.taints()) > 0 {
		out = join(out, partOfDatum(v, name))
	}
	if len(v.about()) > 0 {
		out = join(out, unknownValue)
	}
	for _, c := range v.consts {
		switch c.kind {
		case text, joined:
			out = join(out, textProperty(c, name))
		case number, boolean:
			out = join(out, method("Number", name))
		}
	}
	if v.unknown && len(v.taints()) == 0 {
		out = join(out, unknownValue)
	}
	m.noteRead(out)
	return orUndefined(out)
}

// partOfDatum is a property of collected data that is not an object of ours: a
// method of text, its length, or a part of it.
func partOfDatum(v *Value, name string) *Value {
	if name == "length" {
		about := make([]*origin, len(v.taints()))
		for i, t := range v.taints() {
			about[i] = t.origin
		}
		return (&Value{unknown: true}).tainted(nil, about)
	}
	out := taintOnly(v.taints())
	if n := method("String", name); n != nil {
		return n
	}
	if n := method("Array", name); n != nil {
		return n
	}
	return out
}

func textProperty(c *constant, name string) *Value {
	if name == "length" {
		if c.kind == text {
			return numberOf(float64(len([]rune(c.str))))
		}
		return unknownValue
	}
	if i := elementIndex(name); i >= 0 {
		if r := []rune(c.str); c.kind == text && i < len(r) {
			return textOf(string(r[i]))
		}
		return unknownValue
	}
	return method("String", name)
}

// property reads a property of o, along its prototypes, calling getters.
func (m *machine) property(o *Object, name string) *Value {
	var out *Value
	for p, n := o, 0; p != nil && n < 16; p, n = p.proto, n+1 {
		if g := p.getters[name]; g != nil {
			return m.call(g, objectOf(o), nil, p)
		}
		if v, ok := p.read(name); ok {
			return join(out, orUndefined(v))
		}
		out = join(out, p.rest0(name))
	}
	if v := m.builtin(o, name); v != nil {
		return join(out, v)
	}
	if o.anything() {
		return join(out, unknownValue)
	}
	return join(out, undefinedValue)
}

// rest0 is what o may hold under name among its unknown places.
func (o *Object) rest0(name string) *Value {
	if o.kind == arrayObject {
		if elementIndex(name) < 0 {
			return nil
		}
	}
	if o.kind == mapObject {
		return nil
	}
	return o.rest
}

// anything reports whether o may have properties that are not known.
func (o *Object) anything() bool {
	for p, n := o, 0; p != nil && n < 16; p, n = p.proto, n+1 {
		if p.open {
			return true
		}
	}
	return false
}

// builtin is a property that o has by its kind.
func (m *machine) builtin(o *Object, name string) *Value {
	switch o.kind {
	case arrayObject:
		if name == "length" {
			if o.rest != nil || o.open {
				return unknownValue
			}
			if slices.ContainsFunc(o.elems, (*Value).maybeAbsent) {
				return unknownValue
			}
			return numberOf(float64(len(o.elems)))
		}
		if v := method("Array", name); v != nil {
			return v
		}
	case functionObject:
		if v := m.functionProperty(o, name); v != nil {
			return v
		}
	case platformObject:
		return m.platformProperty(o, name)
	case promiseObject:
		if v := method("Promise", name); v != nil {
			return v
		}
	case regexpObject:
		if v := method("RegExp", name); v != nil {
			return v
		}
	case mapObject:
		if name == "size" {
			return unknownValue
		}
		if v := method("Map", name); v != nil {
			return v
		}
	case libraryObject:
		if o.result { // a part of an answer is all of it, as far as we can tell
			return objectOf(o)
		}
		return m.libraryObject(o.module, strings.TrimPrefix(o.path+"."+name, "."))
	case channelObject:
		if v := method("EventChannel", name); v != nil {
			return v
		}
	case instanceObject:
		if v := method("Instance", name); v != nil {
			return v
		}
	}
	return method("Object", name)
}

// functionProperty is a property of a function: its prototype, made when it is
// first asked for, or a method.
func (m *machine) functionProperty(o *Object, name string) *Value {
	if name == "prototype" && o.fn.native == nil {
		if o.prototype == nil {
			o.special().prototype = m.newObject(plainObject)
			o.prototype.put("constructor", objectOf(o))
		}
		o.put("prototype", objectOf(o.prototype))
		return objectOf(o.prototype)
	}
	if name == "name" {
		return textOf(o.fn.name)
	}
	if v := nativeStatic(o, name); v != nil {
		return v
	}
	return method("Function", name)
}

// getKey reads the properties of v that key can name.
func (m *machine) getKey(v, key *Value) *Value {
	names, others := key.keys()
	var out *Value
	for _, n := range names {
		out = join(out, m.get(v, n))
	}
	if others {
		for _, o := range v.objects {
			out = join(out, m.anyProperty(o, key))
		}
		if len(v.taints()) > 0 {
			out = join(out, taintOnly(v.taints()))
		}
		out = join(out, unknownValue)
		if isAlphabet(v) {
			out = join(out, taintOnly(key.taints()))
		} else {
			out = join(out, taintOnly(picked(key.taints())))
		}
	}
	m.noteRead(out)
	return orUndefined(out)
}

// picked returns those of ts that are the choice of a picker: what a list holds at
// that index is the datum.
func picked(ts []taint) (out []taint) {
	for _, t := range ts {
		if t.origin.picks {
			out = append(out, t)
		}
	}
	return out
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

// anyProperty is what o holds under a key that is not known.
func (m *machine) anyProperty(o *Object, key *Value) *Value {
	switch o.kind {
	case platformObject:
		return unknownValue
	case functionObject, instanceObject:
		if o.kind == instanceObject && o.rest == nil {
			return m.dispatch(o, key)
		}
	}
	out := o.all()
	for p, n := o.proto, 0; p != nil && n < 8; p, n = p.proto, n+1 {
		out = join(out, p.all())
	}
	return out
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

// setProperty writes a property of what v can be: exactly where v is a single
// object, as a further possibility where it is one of several.
func (m *machine) setProperty(v *Value, name string, val *Value, in *ir.Instr) {
	if v == nil {
		return
	}
	val = orUndefined(val)
	if in != nil && v.isUnknown() && len(deepTaints(val)) > 0 {
		v = m.standIn(m.frame, in, in.A, plainObject)
	}
	certain := len(v.objects) == 1 && (!v.unknown || v.objects[0].standIn) && len(v.taints()) == 0
	for _, o := range v.objects {
		if o.instance != nil {
			m.handStranger(o.instance, val, m.here())
		}
		if m.intercept(o, name, val) {
			continue
		}
		if certain {
			m.setProp(o, name, val)
		} else {
			m.addProp(o, name, val)
		}
	}
	if in == nil {
		return
	}
	if len(val.taints()) > 0 {
		m.key(val.taints(), "property", name, m.frame.location(in.Span))
	}
	if v.isShared() {
		m.loseIn(v, val, m.frame.location(in.Span))
	}
}

// loseIn notes that val is written into v if nothing is known of the object that v is.
func (m *machine) loseIn(v, val *Value, at source.Location) {
	if v.unknown {
		m.lose(deepTaints(val), finding.UnknownObject, callee(at), at)
	}
}

// intercept handles the properties whose writing does something: setters,
// exports, an array's length. It reports whether the write is done.
func (m *machine) intercept(o *Object, name string, val *Value) bool {
	for p, n := o, 0; p != nil && n < 16; p, n = p.proto, n+1 {
		if s := p.setters[name]; s != nil {
			m.call(s, objectOf(o), []*Value{val}, p)
			return true
		}
	}
	if o.kind == arrayObject && name == "length" {
		if c, ok := val.only(); ok && c.kind == number && int(c.num) < len(o.elems) && c.num >= 0 {
			m.setElems(o, o.elems[:int(c.num):int(c.num)])
			if c.num == 0 && o.rest != nil {
				m.set(place{object: o, slot: restSlot}, content{})
			}
		}
		return true
	}
	if name == "__proto__" && len(val.objects) == 1 {
		m.setProto(o, val.objects[0])
		return true
	}
	return false
}

// setKey writes the property that key names.
func (m *machine) setKey(v, key, val *Value, in *ir.Instr) {
	names, others := key.keys()
	if len(names) == 1 && !others {
		m.setProperty(v, names[0], val, in)
		return
	}
	val = orUndefined(val)
	if in != nil && v.isUnknown() && len(deepTaints(val)) > 0 {
		v = m.standIn(m.frame, in, in.A, plainObject)
	}
	if v.isShared() {
		m.loseIn(v, val, m.here())
	}
	for _, o := range v.objects {
		for _, n := range names {
			m.addProp(o, n, val)
		}
		switch paths := key.paths(); {
		case !others:
		case in != nil && len(paths) > 0:
			for _, n := range paths {
				m.addProp(o, n, val)
			}
		default:
			m.addRest(o, val)
		}
	}
}

// accessor installs a getter or setter. Accessors are part of an object's
// shape, which no branch changes, so they are not journalled.
func (o *Object) accessor(name string, fn *Value, set bool) {
	t := o.special()
	if set {
		if t.setters == nil {
			t.setters = map[string]*Value{}
		}
		t.setters[name] = fn
		return
	}
	if t.getters == nil {
		t.getters = map[string]*Value{}
	}
	t.getters[name] = fn
}

// copyInto copies the properties of everything v can be into o.
func (m *machine) copyInto(o *Object, v *Value) {
	if v == nil {
		return
	}
	certain := len(v.objects) == 1
	for _, from := range v.objects {
		if from == o {
			continue
		}
		from.touch()
		if from.namespace && from.proto != nil {
			m.copyInto(o, objectOf(from.proto))
		}
		for _, p := range from.props {
			if p.value == nil || from.kind == mapObject {
				continue
			}
			if certain {
				m.setProp(o, p.name, p.value)
			} else {
				m.addProp(o, p.name, p.value)
			}
		}
		for n := range from.getters {
			m.setProp(o, n, m.property(from, n))
		}
		if from.kind == arrayObject {
			for i, e := range from.elems {
				m.setProp(o, strconv.Itoa(i), e)
			}
		}
		if from.rest != nil {
			m.addRest(o, from.rest)
		}
		if from.open || from.kind == platformObject {
			m.setOpen(o, true)
		}
	}
	if len(v.taints()) > 0 {
		m.addRest(o, taintOnly(v.taints()))
	}
	if v.unknown {
		m.setOpen(o, true)
	}
}

// elements returns the elements of what v can be, by index where there is one
// array whose elements are all known; others stands for elements at unknown
// places, nil if there are none.
func (m *machine) elements(v *Value) (items []*Value, others *Value) {
	if v == nil {
		return nil, nil
	}
	if len(v.objects) == 1 && !v.unknown && len(v.taints()) == 0 {
		o := v.objects[0]
		o.touch()
		if o.kind == arrayObject && !o.open {
			return o.elems, o.rest
		}
	}
	for _, o := range v.objects {
		switch {
		case o.kind == mapObject:
			others = join(others, m.pairOf(o))
		case o.kind == plainObject && o.open:
			others = join(others, join(o.all(), unknownValue))
		default:
			others = join(others, o.elements())
		}
	}
	if len(v.taints()) > 0 {
		others = join(others, taintOnly(v.taints()))
	}
	for _, c := range v.consts {
		if c.kind == text && c.str != "" || c.kind == joined {
			others = join(others, unknownValue)
		}
	}
	if v.unknown && len(v.taints()) == 0 {
		others = join(others, unknownValue)
	}
	return nil, others
}

// pairOf is what iterating a Map or Set gives: a pair that is also its value.
func (m *machine) pairOf(o *Object) *Value {
	if o.path == "Set" {
		return o.all()
	}
	return m.array(o, []*Value{unknownValue, o.all()}, nil)
}

// enumerate returns the names that for-in visits.
func (m *machine) enumerate(v *Value) (items []*Value, others *Value) {
	for _, o := range v.objects {
		for _, n := range o.visible() {
			items = append(items, textOf(n))
		}
		for i := range o.elems {
			items = append(items, textOf(strconv.Itoa(i)))
		}
		if o.kind == platformObject {
			for _, n := range m.apiNames(o.path) {
				items = append(items, textOf(n))
			}
			others = unknownValue
		}
		if o.rest != nil || o.open {
			others = unknownValue
		}
	}
	if v.unknown || len(v.taints()) > 0 {
		others = unknownValue
	}
	if len(items) > maxProps {
		return nil, unknownValue
	}
	return items, others
}

// noteRead marks collected data that script looks at.
func (m *machine) noteRead(v *Value) {
	if v == nil {
		return
	}
	for _, t := range v.taints() {
		t.origin.uses.Read = true
	}
}
