package flow

import (
	gomath "math"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// Objects with named properties, JSON, Map and Set, functions as objects.

func init() {
	defineGlobal("Object", func(m *machine, c *call) *Value {
		v := c.arg(0)
		if can, canNot := v.nullish(); canNot && len(v.consts) > 0 && !can {
			return m.box(c, v)
		}
		if len(v.objects) > 0 || v.data != nil || v.unknown && len(c.args) > 0 {
			return v
		}
		return objectOf(m.object(plainObject, c.site))
	})
	define("Object", map[string]nativeFunc{
		"hasOwnProperty":       func(m *machine, c *call) *Value { return m.hasOwn(c.this, c.arg(0)) },
		"propertyIsEnumerable": always(boolValue), "isPrototypeOf": always(boolValue),
		"toString": tagOf, "toLocaleString": tagOf,
		"valueOf": func(m *machine, c *call) *Value { return c.this },
	})
	define("Object.", map[string]nativeFunc{
		"assign": assign, "keys": keys, "getOwnPropertyNames": ownNames, "values": values, "entries": entries,
		"fromEntries": fromEntries, "create": create, "defineProperty": defineProperty, "defineProperties": defineProperties,
		"freeze": freeze, "seal": firstArg, "preventExtensions": firstArg, "is": sameValue,
		"getPrototypeOf": getPrototype, "setPrototypeOf": setPrototype, "isFrozen": always(boolValue),
		"isSealed": always(boolValue), "isExtensible": always(boolValue),
		"hasOwn":                   func(m *machine, c *call) *Value { return m.hasOwn(c.arg(0), c.arg(1)) },
		"getOwnPropertyDescriptor": always(unknownValue), "getOwnPropertyDescriptors": deepPass, "getOwnPropertySymbols": always(unknownValue),
	})
	define("JSON.", map[string]nativeFunc{"stringify": stringify, "parse": parse})
	define("Reflect.", map[string]nativeFunc{
		"ownKeys": ownNames, "has": func(m *machine, c *call) *Value { return m.has(c.arg(0), c.arg(1)) },
		"deleteProperty": func(m *machine, c *call) *Value { m.removeKey(c.arg(0), c.arg(1)); return boolValue },
		"defineProperty": func(m *machine, c *call) *Value { defineProperty(m, c); return boolValue },
		"getPrototypeOf": getPrototype, "setPrototypeOf": func(m *machine, c *call) *Value { setPrototype(m, c); return boolValue },
		"get":   func(m *machine, c *call) *Value { return m.getKey(c.arg(0), c.arg(1)) },
		"set":   func(m *machine, c *call) *Value { m.setKey(c.arg(0), c.arg(1), c.arg(2), nil); return trueValue },
		"apply": func(m *machine, c *call) *Value { return applyList(m, c, c.arg(0), c.arg(1), c.arg(2)) },
		"construct": func(m *machine, c *call) *Value {
			items, others := m.elements(c.arg(1))
			return m.construct(c.arg(0), items, others, c.site)
		},
	})
	for _, name := range namespaces {
		defineGlobal(name, pass)
	}
	defineGlobal("Symbol", pass)
	define("Symbol.", map[string]nativeFunc{"for": always(unknownValue)})
	for _, name := range []string{"iterator", "asyncIterator", "hasInstance", "toPrimitive", "toStringTag"} {
		methods["Symbol."][name] = valueOf(constant{kind: symbol, str: symbolMark + name})
	}
	math := map[string]nativeFunc{"random": always(unknownValue)}
	for _, name := range []string{
		"abs", "floor", "ceil", "round", "max", "min", "pow", "sqrt", "cbrt", "trunc", "sign", "hypot", "imul",
		"log", "log2", "log10", "exp", "sin", "cos", "tan", "atan2",
	} {
		math[name] = computed("Math."+name, pass)
	}
	define("Math.", math)
	defineConstants("Math.", map[string]float64{"PI": gomath.Pi, "E": gomath.E})
	define("Function", map[string]nativeFunc{
		"call": func(m *machine, c *call) *Value {
			var args []*Value
			if len(c.args) > 1 {
				args = c.args[1:]
			}
			return m.apply(c.this, c.arg(0), args, c.more, c.site)
		},
		"apply": func(m *machine, c *call) *Value { return applyList(m, c, c.this, c.arg(0), c.arg(1)) },
		"bind":  bind, "toString": always(unknownValue),
	})
	defineGlobal("Function", always(unknownValue))
	define("Map", map[string]nativeFunc{
		"get": mapGet, "set": mapSet, "has": mapHas, "add": setAdd, "append": mapSet, "delete": mapDelete,
		"clear": mapClear, "forEach": mapEach, "values": mapValues, "entries": mapEntries, "keys": mapKeys,
		"toString": func(m *machine, c *call) *Value { return taintOnly(deepTaints(c.this)) },
	})
	for _, name := range []string{"Map", "Set", "WeakMap", "WeakSet", "URLSearchParams", "FormData"} {
		defineGlobal(name, newMap)
	}
	for _, name := range []string{"Error", "TypeError", "RangeError", "SyntaxError", "EvalError"} {
		defineGlobal(name, newError)
	}
	defineGlobal("Proxy", proxy)
	defineGlobal("Date", always(unknownValue))
	for _, name := range []string{"now", "parse", "UTC"} {
		define("Date.", map[string]nativeFunc{name: always(unknownValue)})
	}
	defineGlobal("structuredClone", func(m *machine, c *call) *Value { return m.copied(c.arg(0), c.site) })
}

func firstArg(m *machine, c *call) *Value { return c.arg(0) }

// namespaces are the globals that hold functions and are none.
var namespaces = []string{"JSON", "Reflect", "Math", "Intl"}

// namespace reports whether o is a global such as Math.
func (o *Object) namespace() bool {
	return o.fn != nil && o.fn.native != nil && o.id < firstID && slices.Contains(namespaces, o.fn.name)
}

func assign(m *machine, c *call) *Value {
	target := c.arg(0)
	certain := target.single() != nil
	for _, o := range target.objects {
		run := func() {
			for _, a := range c.args[min(1, len(c.args)):] {
				m.copyInto(o, a)
			}
			if c.more != nil {
				m.copyInto(o, c.more)
			}
		}
		if certain {
			run()
		} else {
			m.perhaps(run)
		}
	}
	return target
}

// freeze is Object.freeze: what is written afterwards may be in vain.
func freeze(m *machine, c *call) *Value { return c.arg(0) }

// hasOwn reports whether v has a property of its own.
func (m *machine) hasOwn(v, key *Value) *Value {
	names, others := key.keys()
	if others || len(names) != 1 || v.single() == nil {
		return boolValue
	}
	return m.hasProperty(v.single(), names[0], false)
}

// tagOf is Object.prototype.toString.
func tagOf(m *machine, c *call) *Value {
	if k, ok := c.this.only(); ok && c.this != nil {
		tags := map[constKind]string{undefined: "Undefined", null: "Null", boolean: "Boolean", number: "Number", text: "String"}
		if tag := tags[k.kind]; tag != "" {
			return textOf("[object " + tag + "]")
		}
		return unknownValue
	}
	o := c.this.single()
	if o == nil {
		return unknownValue
	}
	switch {
	case o.kind == arrayObject:
		return textOf("[object Array]")
	case o.kind == regexpObject:
		return textOf("[object RegExp]")
	case o.kind == functionObject && o.fn.fn != nil && !o.fn.fn.Async && !o.fn.fn.Generator:
		return textOf("[object Function]")
	case o.kind == plainObject && o.boxed == nil && o.proto == nil && !o.open && o.rest == nil:
		if _, ok := o.own(symbolMark + "toStringTag"); !ok && m.property(o, "message") == undefinedValue {
			return textOf("[object Object]")
		}
	}
	return unknownValue
}

// sameValue is Object.is.
func sameValue(m *machine, c *call) *Value {
	x, okx := c.arg(0).only()
	y, oky := c.arg(1).only()
	if okx && oky && x.kind != joined && y.kind != joined {
		return boolOf(x.same(y))
	}
	if disjoint(c.arg(0), c.arg(1)) {
		return falseValue
	}
	return boolValue
}

// box is an object around a primitive value: new String('a').
func (m *machine) box(c *call, v *Value) *Value {
	o := m.object(plainObject, c.site)
	o.special().boxed = v
	return objectOf(o)
}

// prototypeOf is the prototype of a constructor of the language.
func (m *machine) prototypeOf(name string) *Value {
	if o := m.builtins.prototypes[name]; o != nil {
		return objectOf(o)
	}
	kinds := map[string]objectKind{
		"Array": arrayObject, "RegExp": regexpObject, "Map": mapObject, "Set": mapObject, "Promise": promiseObject, "Function": functionObject,
	}
	o := m.newObject(kinds[name])
	switch name {
	case "Map", "Set":
		o.special().path = name
	case "Function":
		o.fn = &function{native: always(undefinedValue)}
	case "String":
		o.special().boxed = textOf("")
	case "Number":
		o.special().boxed = numberOf(0)
	case "Boolean":
		o.special().boxed = falseValue
	}
	if m.builtins.prototypes == nil {
		m.builtins.prototypes = map[string]*Object{}
	}
	m.builtins.prototypes[name] = o
	return objectOf(o)
}

// pair is a property as the functions of Object list it.
type pair struct {
	name  *Value
	value *Value
}

// pairs lists the properties of v in order; others is one that stands for those at
// unknown places, nil if there are none.
func (m *machine) pairs(v *Value) (list []pair, others *pair) {
	more := func(p pair) {
		if others == nil {
			others = &pair{}
		}
		others.name, others.value = join(others.name, p.name), join(others.value, p.value)
	}
	put := func(p pair, certain bool) {
		if others == nil && certain {
			list = append(list, p)
		} else {
			more(p)
		}
	}
	for _, o := range v.objects {
		certain := len(v.objects) == 1 && !v.unknown && v.data == nil && !o.shuffled && o.rest == nil
		if o.kind == mapObject {
			continue
		}
		o.touch()
		for i, e := range o.elems {
			put(pair{textOf(indexName(i)), orUndefined(e)}, certain && i < o.least())
		}
		for _, name := range o.visible() {
			p, _ := o.own(name)
			if o.getters[name] != nil {
				p = m.property(o, name)
			}
			put(pair{textOf(name), p}, certain && !p.maybeAbsent() || certain && p.isOnly(undefined))
		}
		if o.rest != nil {
			more(pair{unknownValue, o.rest})
		}
		if o.kind == platformObject {
			for _, n := range m.apiNames(o.path) {
				list = append(list, pair{textOf(n), m.property(o, n)})
			}
		}
		if o.open || o.kind == platformObject {
			more(pair{unknownValue, unknownValue})
		}
	}
	for _, c := range v.consts {
		switch c.kind {
		case text:
			for i, r := range []rune(c.str) {
				put(pair{textOf(indexName(i)), textOf(string(r))}, len(v.consts) == 1)
			}
		case joined:
			more(pair{unknownValue, unknownValue})
		}
	}
	if len(v.taints()) > 0 || v.unknown {
		more(pair{unknownValue, taintOnly(v.taints())})
	}
	return list, others
}

// listing is the array of something of each property of the first argument.
func (m *machine) listing(c *call, of func(i int, p pair) *Value) *Value {
	list, others := m.pairs(c.arg(0))
	elems := make([]*Value, len(list))
	for i, p := range list {
		elems[i] = of(i, p)
	}
	if others != nil {
		return m.array(c.site, elems, of(-1, *others))
	}
	return m.array(c.site, elems, nil)
}

func keys(m *machine, c *call) *Value {
	return m.listing(c, func(_ int, p pair) *Value { return p.name })
}

// ownNames is keys with the properties that enumeration does not show.
func ownNames(m *machine, c *call) *Value {
	list := keys(m, c)
	for _, o := range c.arg(0).objects {
		if o.kind != plainObject || o.hidden || o.unlisted != nil {
			m.addRest(list.objects[0], unknownValue)
		}
	}
	return list
}

func values(m *machine, c *call) *Value {
	return m.listing(c, func(_ int, p pair) *Value { return p.value })
}

func entries(m *machine, c *call) *Value {
	return m.listing(c, func(i int, p pair) *Value {
		return m.array(itemSite{c.site, i}, []*Value{p.name, p.value}, nil)
	})
}

func fromEntries(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	items, others := m.elements(c.arg(0))
	for _, pair := range items {
		m.setKey(objectOf(o), m.get(pair, "0"), m.get(pair, "1"), nil)
	}
	if others != nil {
		m.setKey(objectOf(o), join(m.get(others, "0"), unknownValue), m.get(others, "1"), nil)
	}
	return objectOf(o)
}

func create(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	p := c.arg(0)
	if len(p.objects) > 0 {
		m.setProto(o, p.objects[0])
	}
	if p.isOnly(null) {
		o.special().bare = true
	}
	for _, d := range c.arg(1).objects {
		m.defineAll(objectOf(o), d)
	}
	return objectOf(o)
}

func defineProperty(m *machine, c *call) *Value {
	names, _ := c.arg(1).keys()
	for _, n := range names {
		m.describe(c.arg(0), n, c.arg(2))
	}
	return c.arg(0)
}

func defineProperties(m *machine, c *call) *Value {
	for _, d := range c.arg(1).objects {
		m.defineAll(c.arg(0), d)
	}
	return c.arg(0)
}

// defineAll defines what the properties of an object describe.
func (m *machine) defineAll(v *Value, descriptions *Object) {
	for _, n := range descriptions.visible() {
		m.describe(v, n, m.property(descriptions, n))
	}
}

// describe makes a property as desc describes it.
func (m *machine) describe(v *Value, name string, desc *Value) {
	for _, d := range desc.objects {
		for _, o := range v.objects {
			_, had := o.own(name)
			if shown, _ := m.property(d, "enumerable").truth(); !shown && !had && o.kind == plainObject {
				o.unlist(name)
			}
			if g, ok := d.own("get"); ok {
				o.accessor(name, g, false)
			}
			if s, ok := d.own("set"); ok {
				o.accessor(name, s, true)
			}
		}
		if x, ok := d.own("value"); ok {
			m.setProperty(v, name, x, nil)
		}
	}
}

// unlist hides a property from enumeration.
func (o *Object) unlist(name string) {
	t := o.special()
	if t.unlisted == nil {
		t.unlisted = map[string]bool{}
	}
	t.unlisted[name] = true
}

func getPrototype(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arg(0).objects {
		switch {
		case o.proto != nil:
			out = join(out, objectOf(o.proto))
		case o.kind == arrayObject:
			out = join(out, m.prototypeOf("Array"))
		case o.kind == plainObject && o.bare:
			out = join(out, nullValue)
		case o.kind == plainObject && o.boxed == nil:
			out = join(join(out, m.prototypeOf("Object")), nullValue)
		default:
			out = join(out, unknownValue)
		}
	}
	if out == nil {
		return unknownValue
	}
	return out
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

// stringify gives the text of what is known. Else it keeps what it encodes inside
// the text, so that parse gives it back field by field.
func stringify(m *machine, c *call) *Value {
	v, replacer := c.arg(0), c.arg(1)
	if can, canNot := replacer.nullish(); canNot || !can {
		return taintOnly(deepTaints(v)) // what of it is not known
	}
	if s, ok := m.json(v, 0); ok {
		if s == "" {
			return undefinedValue
		}
		if c.arg(2).isOnly(undefined) {
			return textOf(s)
		}
		vm := m.real()
		if tree := m.reckon("JSON.parse", goja.Undefined(), []goja.Value{vm.ToValue(s)}); tree != nil {
			if rows := m.knownRows([]*Value{c.arg(2)}); len(rows) == 1 {
				if out := m.reckon("JSON.stringify", goja.Undefined(), []goja.Value{tree, goja.Null(), rows[0][0]}); out != nil {
					return m.fromReal(out, nil, undefinedValue.consts[0])
				}
			}
		}
	}
	out := part{str: jsonMark, val: m.copied(v, itemSite{c.site, -6})}.value()
	if v.maybeAbsent() || slices.ContainsFunc(v.objects, func(o *Object) bool { return o.kind == functionObject }) {
		out = join(out, undefinedValue)
	}
	return out
}

// maxJSON is the length in bytes of the JSON that is written as a text.
const maxJSON = 4000

// json returns the JSON of v, where all of it is known; "" for what has none.
func (m *machine) json(v *Value, depth int) (string, bool) {
	v = orUndefined(v)
	if c, ok := v.only(); ok {
		switch c.kind {
		case undefined, symbol:
			return "", true
		case joined:
			return "", false
		case text:
			if len(c.str) > maxJSON {
				return "", false
			}
		}
		out := m.reckon("JSON.stringify", goja.Undefined(), []goja.Value{m.toReal(c)})
		return out.String(), true
	}
	o := v.single()
	if o == nil || depth > maxCopy || o.open || o.rest != nil || o.short != nil || o.shuffled {
		return "", false
	}
	var parts []string
	size := 0
	add := func(key string, item *Value) bool {
		s, ok := m.json(item, depth+1)
		size += len(s) + len(key)
		if !ok || size > maxJSON || len(parts) > maxElems {
			return false
		}
		if s == "" && o.kind == arrayObject {
			s = "null"
		}
		if s != "" {
			parts = append(parts, key+s)
		}
		return true
	}
	switch {
	case o.kind == functionObject && !o.namespace():
		return "", true
	case o.kind == arrayObject:
		o.touch()
		for _, e := range o.elems {
			if !add("", e) {
				return "", false
			}
		}
		return "[" + strings.Join(parts, ",") + "]", true
	case o.kind != plainObject || o.boxed != nil || o.proto != nil || o.node != nil:
		return "", false
	}
	if own := m.property(o, "toJSON"); own != undefinedValue {
		return "", false
	}
	for _, name := range o.visible() {
		item, _ := o.own(name)
		if o.getters[name] != nil {
			item = m.property(o, name)
		}
		key, ok := m.json(textOf(name), 0)
		if !ok || !add(key+":", item) {
			return "", false
		}
	}
	return "{" + strings.Join(parts, ",") + "}", true
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
	if callable(c.arg(1)) && !c.arg(1).unknown {
		return deepPass(m, c)
	}
	var written, out *Value
	for i, k := range v.consts {
		if k.kind == joined && len(k.parts) == 1 && k.parts[0].str == jsonMark {
			written = join(written, k.parts[0].val)
		} else if p := m.parsed(k, itemSite{c.site, i}); p != nil {
			out = join(out, p)
		} else if k.kind == joined {
			out = join(out, unknownValue)
		}
	}
	if written != nil {
		return join(out, m.copied(written, c.site))
	}
	if out == nil || v.unknown || v.data != nil || len(v.objects) > 0 {
		out = join(out, taintOnly(v.taints()))
	}
	return out
}

// parsed is what the JSON of one constant says; nil where that is not known.
func (m *machine) parsed(k *constant, site any) *Value {
	arg := m.toReal(k)
	if arg == nil || len(k.str) > maxText {
		return nil
	}
	v := m.reckon("JSON.parse", goja.Undefined(), []goja.Value{arg})
	if v == nil {
		return nil
	}
	return m.fromReal(v, site, k)
}

func applyList(m *machine, c *call, fn, this, list *Value) *Value {
	items, others := m.elements(list)
	return m.apply(fn, this, items, others, c.site)
}

func bind(m *machine, c *call) *Value {
	o := m.object(functionObject, c.site)
	o.fn = &function{target: c.this, this: c.arg(0), bound: true}
	if len(c.args) > 1 {
		o.fn.args = c.args[1:]
	}
	return objectOf(o)
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

// keyMark begins the names of properties that are entries of a Map. Without it they
// are properties that the program gave the Map itself.
const keyMark = "\x00"

// entryName is the property under which a Map keeps the value of a known key, or ""
// where the key is not known. Texts are what they are; 1 and '1' are two keys.
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
		if p.value != nil && !o.isSet() {
			m.setProp(o, p.name, join(p.value, v))
		}
	}
	m.addRest(o, v)
}

// entriesOf lists the entries of a Map in order, as pairs or only their values;
// others is one that stands for those at unknown places, nil if there are none.
func (m *machine) entriesOf(o *Object, pairs bool) (items []*Value, others *Value) {
	o.touch()
	exact := !o.shuffled && !o.open
	entry := func(i int, key, v *Value) *Value {
		if !pairs {
			return v
		}
		return m.array(entrySite{o, i}, []*Value{key, v}, nil)
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
		if keys = unknownValue; o.isSet() {
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

// entrySite tells the pairs that a Map gives apart.
type entrySite struct {
	object *Object
	i      int
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
			m.call(c.arg(0), c.arg(1), args, callbackSite{c.site})
		}
		m.changing(c, func() {
			for i, pair := range items {
				m.each(c.site, i, func() { call(pair) })
			}
			if others != nil {
				m.repeat(func(n int) { m.each(c.site, -1-n, func() { call(others) }) })
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

// proxy is new Proxy(target, handler): the target, or anything if the handler has
// functions, which may be called.
func proxy(m *machine, c *call) *Value {
	for _, h := range c.arg(1).objects {
		for _, p := range h.props {
			if callable(p.value) {
				m.escape(c.arg(1), unknownValue, c.site)
				return join(c.arg(0), unknownValue)
			}
		}
	}
	return c.arg(0)
}

func newError(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	message := c.arg(0)
	if message.isOnly(undefined) {
		message = textOf("")
	}
	m.setProp(o, "message", m.primitive(message, "string"))
	m.setProp(o, "name", textOf(c.fn.fn.name))
	m.setOpen(o, true) // it has a stack as well
	if o.unlisted == nil {
		o.unlist("message")
		o.unlist("name")
	}
	return objectOf(o)
}
