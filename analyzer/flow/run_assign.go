package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Writing properties: by a known name, by a key of which only parts are known, and
// whole objects at once.

// setProperty writes a property of what v can be: exactly if v is a single
// object, as a further possibility if it is one of several.
func (m *machine) setProperty(v *Value, name string, val *Value, in *ir.Instr) {
	if v == nil {
		return
	}
	val = orUndefined(val)
	if in != nil && v.unknown && len(deepTaints(val)) > 0 && m.lacksObject(v, in, in.A) {
		v = m.standIn(m.frame, in, in.A, plainObject)
	}
	if in != nil && len(val.taints()) > 0 && m.ofApp(v) {
		val = note(val, lang.Textf("存入应用数据 %s", "kept in app data %s", name), m.frame.location(in.Span))
	}
	certain := v.certain()
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
	if v.isShared() || slices.ContainsFunc(v.objects, m.unavailable) {
		m.loseIn(v, val, m.frame.location(in.Span))
	}
}

// certain reports whether what is written into v is written into the one object that it
// has: it is that, or something unknown that the object stands for.
func (v *Value) certain() bool {
	return len(v.objects) == 1 && (!v.unknown || v.objects[0].standIn) && len(v.taints()) == 0
}

// loseIn notes that val is written into v if nothing is known about the object that v
// is.
func (m *machine) loseIn(v, val *Value, at source.Location) {
	if v.unknown || slices.ContainsFunc(v.objects, func(o *Object) bool { return o.shared || m.unavailable(o) }) {
		m.lose(deepTaints(val), finding.UnknownObject, callee(at), at)
	}
}

// intercept handles the properties whose writing does something: setters,
// exports, an array's length, what a proxy sees. It reports whether the write is done.
func (m *machine) intercept(o *Object, name string, val *Value) bool {
	if o.seen != nil {
		o.seen(m, textOf(name), val)
		return true
	}
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		if s := p.setters[name]; s != nil {
			m.call(s, objectOf(o), []*Value{val}, p)
			return true
		}
	}
	if o.kind == arrayObject && name == "length" {
		m.setLength(o, val)
		return true
	}
	if o.kind == regexpObject && name == "lastIndex" {
		return true // whatever it is set to, where the next match begins is not known
	}
	if name == "__proto__" && len(val.objects) == 1 {
		m.setProto(o, val.objects[0])
		return true
	}
	return false
}

// setLength writes the length of an array.
func (m *machine) setLength(o *Object, val *Value) {
	c, ok := val.only()
	n := len(o.elems)
	switch {
	case !ok || c.kind != number || !(c.num >= 0): // NaN is not
		m.mix(o, undefinedValue)
	case c.num > float64(maxElems):
		m.addRest(o, undefinedValue)
	case int(c.num) <= n:
		k := int(c.num)
		least := min(o.least(), k)
		m.set(place{object: o, slot: elemSlot}, content{elems: o.elems[:k:k], value: shortOf(least, k)})
		if k == 0 && o.rest != nil {
			m.set(place{object: o, slot: restSlot}, content{})
		}
	case o.rest == nil:
		m.setElems(o, append(o.elems[:n:n], make([]*Value, int(c.num)-n)...))
	}
}

// setKey writes the property that key names.
func (m *machine) setKey(v, key, val *Value, in *ir.Instr) {
	names, others := key.keys()
	if in != nil {
		m.keepNames(v, key, others)
	}
	if len(names) == 1 && !others {
		m.setProperty(v, names[0], val, in)
		if symbol, ok := strings.CutPrefix(names[0], symbolMark); ok && slices.Contains(asked, symbol) && in != nil {
			m.escape(val, unknownValue, in)
		}
		return
	}
	val = orUndefined(val)
	if in != nil && m.copyByName(v, key, val, in) {
		return
	}
	if in != nil && v.unknown && len(deepTaints(val)) > 0 && m.lacksObject(v, in, in.A) {
		v = m.standIn(m.frame, in, in.A, plainObject)
	}
	if v.isShared() {
		m.loseIn(v, val, m.here())
	}
	for _, o := range v.objects {
		if o.seen != nil {
			o.seen(m, key, val)
			continue
		}
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
			m.anyElement(o, val)
			m.anyNamed(o, key, val)
			m.addRest(o, val)
		}
	}
}

// computedRead is the last property that was read by a computed name.
type computedRead struct{ from, key, result *Value }

// copyByName is setKey for to[key] = from[key]: what is found under a name of to is what
// was under the same name of from, and not what was under others. It reports whether val
// was just read so.
func (m *machine) copyByName(to, key, val *Value, in *ir.Instr) bool {
	read := m.lastRead
	if read.result != val || read.from == nil || !read.key.covers(key) || !key.covers(read.key) {
		return false
	}
	from, target := read.from.single(), to.single()
	if from == nil || target == nil || from.kind != plainObject && from.kind != instanceObject || target.kind != plainObject {
		return false
	}
	names, others := key.keys()
	if others {
		names = union(names, from.visible())
		if from.rest != nil {
			m.addRest(target, from.rest)
		}
		if from.anything() {
			m.setOpen(target, true)
		}
	}
	for _, name := range names {
		v := m.get(read.from, name)
		if len(v.taints()) > 0 {
			m.key(v.taints(), "property", name, m.frame.location(in.Span))
		}
		if !m.intercept(target, name, v) {
			m.addProp(target, name, v)
		}
	}
	return true
}

// union returns the items of a, and those of b that a lacks.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(slices.Clip(a), s)
		}
	}
	return a
}

// anyElement makes val a possibility of every element of o.
func (m *machine) anyElement(o *Object, val *Value) {
	if o.kind != arrayObject || len(o.elems) == 0 {
		return
	}
	elems := slices.Clone(o.elems)
	for i := range elems {
		elems[i] = join(orUndefined(elems[i]), val)
	}
	m.set(place{object: o, slot: elemSlot}, content{elems: elems, value: o.short})
}

// manyNames is the number of properties from which on one with an unknown name is not
// taken to be any of them.
const manyNames = 40

// anyNamed makes val a possibility of every property of a plain object, and of every datum
// of a component, that key can name: this[kind + 'File'] = [file]. Collected data are not
// spread over all fields of a form: they are found under the unknown name, and of the
// fields no more is known than that they may hold something else.
func (m *machine) anyNamed(o *Object, key, val *Value) {
	if o.kind != plainObject && o.kind != instanceObject || len(o.props) > manyNames {
		return
	}
	if val.data != nil {
		val = unknownValue
	}
	_, patterns, others := patternsOf(key)
	named := func(name string) bool {
		return others || slices.ContainsFunc(patterns, func(p string) bool { return fits(p, name) })
	}
	for i := range o.props {
		p := o.props[i]
		if p.value == nil || p.name == namesInside || o.getters[p.name] != nil || !named(p.name) ||
			o.kind == instanceObject && !isDatum(p.name, p.value) {
			continue
		}
		m.setProp(o, p.name, join(p.value, val))
	}
}

// isDatum reports whether a property of a component is one of its data, and no method and
// nothing of the framework.
func isDatum(name string, v *Value) bool {
	framework := strings.ContainsAny(name, "$.") || slices.Contains([]string{"data", "props", "properties"}, name)
	return !framework && !runnable(v)
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

// platform is the platform's object if o is that, or a copy of it; nil for others.
func (o *Object) platform() *Object {
	for _, p := range [...]*Object{o, o.proto} {
		if p != nil && p.kind == platformObject && p.path == "" {
			return p
		}
	}
	return nil
}

// copyInto copies the properties of everything v can be into o.
func (m *machine) copyInto(o *Object, v *Value) {
	if v == nil {
		return
	}
	one := len(v.objects) == 1
	certain := one && len(v.consts) == 0 && !v.unknown // { ...(ready && { a }) } may copy nothing
	for _, from := range v.objects {
		if from == o {
			continue
		}
		from.touch()
		m.work += len(from.props) + len(from.elems)
		if from.importView && from.proto != nil {
			m.copyInto(o, objectOf(from.proto))
		}
		if from.shuffled || !one {
			o.shuffled = true
		}
		for i := range from.props {
			p := &from.props[i]
			if p.name == namesInside {
				m.addProp(o, namesInside, p.value)
			}
			if !from.shows(p) || from.kind == mapObject {
				continue
			}
			m.copyProperty(o, from, p, certain)
		}
		if from.kind == arrayObject {
			for i, e := range from.elems {
				m.setProp(o, strconv.Itoa(i), e)
			}
		}
		if from.rest != nil {
			m.overlay(o, from.rest)
			m.writeRest(o, from.rest)
		}
		if from.open || from.kind == platformObject {
			m.setOpen(o, true)
		}
		if p := from.platform(); p != nil && o.proto == nil {
			m.setProto(o, p) // { ...wx } has all that wx has
		}
	}
	for _, c := range v.consts {
		if c.kind == text {
			for i, r := range []rune(c.str) {
				m.setProp(o, strconv.Itoa(i), textOf(string(r)))
			}
		}
	}
	if len(v.taints()) > 0 {
		m.overlay(o, v)
		m.writeRest(o, taintOnly(v.taints()))
	}
	if v.unknown {
		m.setOpen(o, true)
	}
}

// writeRest is addRest for what code of the program writes, which a proxy sees.
func (m *machine) writeRest(o *Object, v *Value) {
	if o.seen != nil {
		o.seen(m, unknownValue, v)
		return
	}
	m.addRest(o, v)
}

// copyProperty writes what from has under p into o. If it may be absent there, or
// from is one of several, what o had may stay.
func (m *machine) copyProperty(o, from *Object, p *property, certain bool) {
	v := p.value
	if from.getters[p.name] != nil {
		v = m.property(from, p.name)
	}
	if old, ok := o.own(p.name); !certain || ok && v.maybeAbsent() {
		v = join(orUndefined(old), v)
	}
	if !m.intercept(o, p.name, v) {
		m.setProp(o, p.name, v)
	}
}
