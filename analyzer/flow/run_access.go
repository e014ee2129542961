package flow

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/beian/beian/analyzer/platform"
)

// get reads a property of every object and primitive that v can be. What a list holds at the index that a picker gave is the
// datum, too, but a method of its items is the one that the program wrote:
//
//	list[e.detail.value].send(phone)
func (m *machine) get(v *Value, name string) *Value {
	v = orUndefined(v)
	var all joiner
	for _, o := range v.objects {
		all.add(m.atStart(o, name))
	}
	out := all.value
	pickedFunctions := len(picked(v.taints())) == len(v.taints()) && isFunctions(out)
	if len(v.taints()) > 0 && !pickedFunctions {
		out = join(out, parted(partOfDatum(v, name), name))
		out = join(out, m.added(name, "String", "Number", "Date", "Array", "Object"))
		m.noteField(v.taints(), name)
	}
	if len(v.about()) > 0 {
		out = join(out, unknownValue)
	}
	for _, c := range v.consts {
		switch c.kind {
		case text, joined:
			out = join(out, orElse(textProperty(c, name), m.added(name, "String", "Object")))
		case number:
			out = join(out, orElse(numberProperty(name), m.added(name, "Number", "Object")))
		case boolean:
			out = join(out, orElse(primitiveMethod("Boolean", name), m.added(name, "Boolean", "Object")))
		}
	}
	if v.unknown && len(v.taints()) == 0 {
		out = join(out, unknownValue)
	}
	m.noteRead(out)
	return orUndefined(out)
}

// orElse is v, or what is there in its place.
func orElse(v, other *Value) *Value {
	if v == nil {
		v = other
	}
	return orUndefined(v)
}

// added is a property that the program gave to the prototype of one of these types, the first that has it; nil if none has:
//
//	String.prototype.save = function () { wx.setStorageSync('last', this) }
func (m *machine) added(name string, types ...string) *Value {
	if len(m.builtins.prototypes) == 0 {
		return nil
	}
	for _, typ := range types {
		if o := m.builtins.prototypes[typ]; o != nil {
			if v, ok := o.read(name); ok {
				return v
			}
		}
	}
	return nil
}

// noteField notes the name of a part of an answer that tells by its parts what it is.
func (m *machine) noteField(ts []taint, name string) {
	for _, t := range ts {
		if t.origin.fields {
			m.key([]taint{t}, "field", name, m.here())
		}
	}
}

// partOfDatum is a property of collected data that is not an object: a method
// of text, its length, or a part of it.
func partOfDatum(v *Value, name string) *Value {
	if name == "length" {
		about := make([]*origin, len(v.taints()))
		for i, t := range v.taints() {
			about[i] = t.origin
		}
		return (&Value{unknown: true}).tainted(nil, about)
	}
	out := datumIn(v, name)
	if n := method("String", name); n != nil {
		return n
	}
	if n := method("Array", name); n != nil {
		return n
	}
	return out
}

// datumIn is the part of collected data under a name: nothing of a datum of which the name
// only tells.
func datumIn(v *Value, name string) *Value {
	tells := func(t taint) bool { return slices.Contains(t.origin.beside, name) || !t.trail.answered().holds(name) }
	if !slices.ContainsFunc(v.taints(), tells) {
		return taintOnly(v.taints())
	}
	parts := slices.DeleteFunc(slices.Clone(v.taints()), tells)
	return join(unknownValue, taintOnly(parts))
}

func numberProperty(name string) *Value {
	if name == "constructor" {
		return globals["Number"]
	}
	return primitiveMethod("Number", name)
}

func textProperty(c *constant, name string) *Value {
	if name == "length" {
		if c.kind == text {
			return numberOf(float64(utf16Length(c.str)))
		}
		return unknownValue
	}
	if i := elementIndex(name); i >= 0 {
		switch {
		case c.kind != text:
			return unknownValue
		case i >= utf16Length(c.str):
			return undefinedValue
		}
		units := utf16.Encode([]rune(c.str))
		if r := rune(units[i]); !utf16.IsSurrogate(r) {
			return textOf(string(r))
		}
		return unknownValue // half a pair
	}
	if name == "constructor" {
		return globals["String"]
	}
	return primitiveMethod("String", name)
}

// primitiveMethod is a method of a primitive value, by its type.
func primitiveMethod(typ, name string) *Value {
	if v := method(typ, name); v != nil {
		return v
	}
	return method("Object", name)
}

// property reads a property of o, along its prototypes, calling getters.
func (m *machine) property(o *Object, name string) *Value { return m.propertyFor(o, objectOf(o), name) }

// propertyFor is property for another receiver: super.name asks the prototype, and
// its getters see this.
func (m *machine) propertyFor(o *Object, this *Value, name string) *Value {
	var out *Value
	found := false
	if o.trap != nil {
		if v := o.trap(m, textOf(name)); v != nil {
			return v
		}
	}
	for p, n := o, 0; p != nil; p, n = p.proto, n+1 {
		if n == maxProtos {
			m.limit("depth")
			return join(out, unknownValue)
		}
		if g := p.getters[name]; g != nil {
			if p.doubtful[name] {
				out = join(out, unknownValue)
			}
			return join(out, m.call(g, this, nil, p))
		}
		if p.kind == platformObject && p != o {
			return join(out, m.platformProperty(p, name))
		}
		if v, ok := p.read(name); ok {
			out = join(out, orUndefined(v))
			if p.rest != nil && p.kind == arrayObject && v.maybeAbsent() {
				return join(out, p.rest)
			}
			if o.instance == nil || !v.maybeAbsent() {
				return out
			}
			found = true // the one behind it shows before a component replaces its method: this.setState = () => {}
			continue
		}
		if v := p.unplaced(name); v != nil {
			v = inMember(v, name)
			m.noteField(v.taints(), name) // {...answer}.idNo
			out = join(out, parted(v, maybePart+name))
		}
	}
	if v := m.builtin(o, name); v != nil && !o.bare {
		return join(out, v)
	}
	if v := m.added(name, languageTypes[o.kind]...); v != nil && !o.bare {
		return join(out, v)
	}
	if found {
		return out
	}
	if p := o.proto; p != nil && p.kind == libraryObject { // what a model does not know
		return join(out, m.libraryObject(p.module, name))
	}
	if o.anything() {
		return join(out, unknownValue)
	}
	return join(out, undefinedValue)
}

// languageTypes are the types of the language by kind of object.
var languageTypes = map[objectKind][]string{
	plainObject: {"Object"}, arrayObject: {"Array", "Object"}, functionObject: {"Function", "Object"}, promiseObject: {"Promise", "Object"},
	regexpObject: {"RegExp", "Object"}, mapObject: {"Map", "Set", "Object"}, instanceObject: {"Object"},
}

// unplaced is what o may hold under name among its unknown places.
func (o *Object) unplaced(name string) *Value {
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
	for p, n := o, 0; p != nil; p, n = p.proto, n+1 {
		if p.open || n == maxProtos {
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
			return o.length()
		}
		if name == "constructor" {
			return globals["Array"]
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
		if v := o.regexpProperty(name); v != nil {
			return v
		}
		if v := method("RegExp", name); v != nil {
			return v
		}
	case mapObject:
		if name == "size" {
			return o.size()
		}
		if v := method("Map", name); v != nil {
			return v
		}
	case libraryObject:
		if o.result { // a part of an answer is all of it, as far as we can tell
			return objectOf(o)
		}
		if o.path == "" && name == "http" && platform.RequestKit(o.module.Library) {
			return m.get(m.model("alova"), name)
		}
		return m.libraryObject(o.module, strings.TrimPrefix(o.path+"."+name, "."))
	case channelObject:
		if v := method("EventChannel", name); v != nil {
			return v
		}
	case instanceObject:
		if v := method("Instance of "+m.program.Platform, name); v != nil {
			return v
		}
		if v := method("Instance", name); v != nil {
			return v
		}
	}
	if o.boxed != nil {
		return m.get(o.boxed, name)
	}
	if name == "constructor" && o.kind == plainObject {
		return globals["Object"]
	}
	return method("Object", name)
}

// length is the length of an array.
func (o *Object) length() *Value {
	o.touch()
	if o.rest != nil || o.open {
		return unknownValue
	}
	n := len(o.elems)
	if n-o.least() > maxNumbers {
		return unknownValue
	}
	var out *Value
	for i := o.least(); i <= n; i++ {
		out = join(out, numberOf(float64(i)))
	}
	return out
}

// regexpProperty is a property that a regular expression has itself.
func (o *Object) regexpProperty(name string) *Value {
	flag := map[string]string{"global": "g", "ignoreCase": "i", "multiline": "m", "sticky": "y", "unicode": "u", "dotAll": "s"}[name]
	switch {
	case name == "lastIndex":
		return unknownValue
	case name != "source" && name != "flags" && flag == "":
		return nil
	case o.regexp == nil:
		return unknownValue
	case name == "source" && !strings.ContainsAny(o.regexp.Pattern, "/\n\r") && o.regexp.Pattern != "":
		return textOf(o.regexp.Pattern)
	case name == "source":
		return unknownValue
	case name == "flags":
		flags := []byte(o.regexp.Flags)
		slices.Sort(flags)
		return textOf(string(flags))
	}
	return boolOf(strings.Contains(o.regexp.Flags, flag))
}

// functionProperty is a property of a function: its prototype, made on first
// use, or a method.
func (m *machine) functionProperty(o *Object, name string) *Value {
	if name == "prototype" && o.fn.native != nil {
		return m.prototypeOf(o.fn.name)
	}
	if name == "prototype" {
		if o.prototype == nil {
			o.special().prototype = m.newObject(plainObject)
			o.prototype.put("constructor", objectOf(o))
		}
		o.put("prototype", objectOf(o.prototype))
		return objectOf(o.prototype)
	}
	switch {
	case name == "name":
		if o.fn.fn != nil && o.fn.name == "" {
			return unknownValue // it may have got one from its place
		}
		return textOf(o.fn.name)
	case name == "length":
		return unknownValue
	case name == "constructor" && !o.namespace():
		return globals["Function"]
	}
	if v := nativeStatic(o, name); v != nil {
		return v
	}
	if o.fn.native != nil && o.fn.name == "RegExp" && lastMatch.MatchString(name) {
		return taintOnly(m.matched)
	}
	return method("Function", name)
}

// lastMatch are the properties of RegExp that tell of the last match, wherever it was.
var lastMatch = regexp.MustCompile(`^(\$[1-9&]|lastMatch)$`)

// elements returns the elements of what v can be, by index if there is one
// array whose elements are all known; others is the join of elements at unknown
// places, nil if there are none.
func (m *machine) elements(v *Value) (items []*Value, others *Value) {
	if v == nil {
		return nil, nil
	}
	if len(v.objects) == 1 && !v.unknown && len(v.taints()) == 0 {
		o := v.objects[0]
		o.touch()
		if o.kind == arrayObject && !o.open {
			if o.short == nil {
				return o.elems, o.rest
			}
			n := o.least()
			return o.elems[:n:n], join(o.rest, joinAll(o.elems[n:]))
		}
		if items, others, ok := m.iterated(o); ok {
			return items, others
		}
	}
	if c, ok := v.only(); ok && c.kind == text && len(c.str) <= maxElems {
		for _, r := range c.str {
			items = append(items, valueOf(constant{kind: text, str: string(r), file: c.file, span: c.span}))
		}
		return items, nil
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

// noteRead marks collected data that script looks at.
func (m *machine) noteRead(v *Value) {
	if v == nil {
		return
	}
	for _, t := range v.taints() {
		t.origin.uses.Read = true
	}
}
