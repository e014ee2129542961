package flow

import (
	gomath "math"
	"slices"
	"strings"
)

// Objects with named properties, JSON, Map and Set, functions as objects.

func init() {
	defineGlobal("Object", newObject)
	define("Object", map[string]nativeFunc{
		"hasOwnProperty":       func(m *machine, c *call) *Value { return m.hasOwn(c.this, c.arg(0)) },
		"propertyIsEnumerable": always(boolValue), "isPrototypeOf": always(boolValue),
		"toString": tagOf, "toLocaleString": tagOf,
		"valueOf": func(m *machine, c *call) *Value { return c.this },
	})
	define("Object.", map[string]nativeFunc{
		"assign": assign, "keys": keys, "getOwnPropertyNames": ownNames, "values": values, "entries": entries,
		"fromEntries": fromEntries, "create": create, "defineProperty": defineProperty, "defineProperties": defineProperties,
		"freeze": freeze, "seal": freeze, "preventExtensions": firstArg, "is": sameValue,
		"getPrototypeOf": getPrototype, "setPrototypeOf": setPrototype, "isFrozen": always(boolValue),
		"isSealed": always(boolValue), "isExtensible": always(boolValue),
		"hasOwn":                   func(m *machine, c *call) *Value { return m.hasOwn(c.arg(0), c.arg(1)) },
		"getOwnPropertyDescriptor": descriptor, "getOwnPropertyDescriptors": descriptors,
		"getOwnPropertySymbols": always(unknownValue),
	})
	define("JSON.", map[string]nativeFunc{"stringify": stringify, "parse": parse})
	define("Reflect.", map[string]nativeFunc{
		"ownKeys": ownNames, "has": func(m *machine, c *call) *Value { return m.has(c.arg(0), c.arg(1)) },
		"deleteProperty": func(m *machine, c *call) *Value { m.removeKey(c.arg(0), c.arg(1)); return boolValue },
		"defineProperty": func(m *machine, c *call) *Value { defineProperty(m, c); return boolValue },
		"getPrototypeOf": getPrototype, "setPrototypeOf": func(m *machine, c *call) *Value { setPrototype(m, c); return boolValue },
		"get": reflectGet, "set": reflectSet, "apply": reflectApply, "construct": reflectConstruct,
	})
	for _, name := range namespaces {
		defineGlobal(name, pass)
	}
	defineGlobal("Symbol", pass)
	define("Symbol.", map[string]nativeFunc{"for": always(unknownValue)})
	for _, name := range append(slices.Clone(asked), "iterator", "asyncIterator", "toPrimitive", "toStringTag") {
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
		"call": callWith, "apply": applyWith, "bind": bind, "toString": always(unknownValue),
	})
	defineGlobal("Function", always(unknownValue))
	for _, name := range []string{"Error", "TypeError", "RangeError", "SyntaxError", "EvalError"} {
		defineGlobal(name, newError)
	}
	defineGlobal("Date", pass) // a date that is made of a datum is the datum, its year a part of it
	define("Date.", map[string]nativeFunc{"now": always(unknownValue), "parse": pass, "UTC": pass})
	defineGlobal("structuredClone", func(m *machine, c *call) *Value { return m.copied(c.arg(0), c.site) })
}

func newObject(m *machine, c *call) *Value {
	v := c.arg(0)
	if can, canNot := v.nullish(); canNot && len(v.consts) > 0 && !can {
		return m.box(c, v)
	}
	if len(v.objects) > 0 || v.data != nil || v.unknown && len(c.args) > 0 {
		return v
	}
	return objectOf(m.object(plainObject, c.site))
}

func reflectGet(m *machine, c *call) *Value {
	names, others := c.arg(1).keys()
	if len(c.args) < 3 || others {
		return m.getKey(c.arg(0), c.arg(1))
	}
	var out *Value
	for _, o := range c.arg(0).objects { // getters see the third argument as this
		for _, name := range names {
			out = join(out, m.propertyFor(o, c.arg(2), name))
		}
	}
	return join(out, c.arg(0).besides())
}

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
func freeze(_ *machine, c *call) *Value {
	for _, o := range c.arg(0).objects {
		if o.state != nil {
			o.special().frozen = true
		}
	}
	return c.arg(0)
}

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
		"Array": arrayObject, "RegExp": regexpObject, "Map": mapObject, "Set": mapObject, "Promise": promiseObject,
		"Function": functionObject,
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

// nameOf is textOf for the names of properties. There are few of them, and a page that goes
// through its fields makes lists of them again and again.
func (m *machine) nameOf(name string) *Value {
	v := m.builtins.names[name]
	if v == nil {
		if len(m.builtins.names) >= maxNames {
			m.builtins.names = nil
		}
		if m.builtins.names == nil {
			m.builtins.names = map[string]*Value{}
		}
		v = textOf(name)
		m.builtins.names[name] = v
	}
	return v
}

// maxNames is how many names are kept as values at a time.
const maxNames = 4096

// pairs lists the properties of v in order; others represents those at unknown
// places, nil if there are none.
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
			put(pair{m.nameOf(indexName(i)), orUndefined(e)}, certain && i < o.least())
		}
		for _, name := range o.visible() {
			p, _ := o.own(name)
			if o.getters[name] != nil {
				p = m.property(o, name)
			}
			put(pair{m.nameOf(name), p}, certain && !p.maybeAbsent() || certain && p.isOnly(undefined))
		}
		if o.rest != nil {
			more(pair{o.otherNames(), o.rest})
		}
		if o.kind == platformObject {
			names, _ := m.enumerate(objectOf(o))
			for _, n := range names {
				list = append(list, pair{n, m.getKey(objectOf(o), n)})
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

// ownNames is keys with the properties that enumeration does not show: the methods of a class,
// asked of its prototype.
func ownNames(m *machine, c *call) *Value {
	o := c.arg(0).single()
	if o != nil && o.kind == plainObject && (o.hidden || o.unlisted != nil) && !o.open && o.rest == nil {
		o.touch()
		return m.array(c.site, o.ownNames(), nil)
	}
	list := keys(m, c)
	for _, o := range c.arg(0).objects {
		if o.kind != plainObject || o.hidden || o.unlisted != nil {
			m.addRest(list.objects[0], unknownValue)
		}
	}
	return list
}

// ownNames lists all names of properties and getters of o, shown or not.
func (o *Object) ownNames() (list []*Value) {
	for _, p := range o.props {
		if p.value != nil && !strings.HasPrefix(p.name, symbolMark) && o.getters[p.name] == nil {
			list = append(list, textOf(p.name))
		}
	}
	for _, name := range o.named() {
		list = append(list, textOf(name))
	}
	return list
}

func values(m *machine, c *call) *Value {
	return m.listing(c, func(_ int, p pair) *Value { return p.value })
}

func entries(m *machine, c *call) *Value {
	return m.listing(c, func(i int, p pair) *Value {
		return m.array(itemSite(c.site, i), []*Value{p.name, p.value}, nil)
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
	names, others := c.arg(1).keys()
	for _, n := range names {
		m.describe(c.arg(0), n, c.arg(2))
	}
	if others { // one of its properties, nobody knows which
		m.setKey(c.arg(0), unknownValue, described(m, c.arg(2)), nil)
	}
	return c.arg(0)
}

func defineProperties(m *machine, c *call) *Value {
	to, all := c.arg(0), c.arg(1)
	for _, d := range all.objects {
		m.defineAll(to, d)
	}
	if rest := all.besides(); rest != nil {
		for _, o := range to.objects {
			m.copyInto(o, rest)
		}
	}
	return to
}

// defineAll defines what the properties of an object describe. Compilers write a spread as
//
//	Object.defineProperties({}, Object.getOwnPropertyDescriptors(other))
func (m *machine) defineAll(v *Value, descriptions *Object) {
	if of := descriptions.describes; of != nil {
		for _, o := range v.objects {
			m.copyInto(o, of)
		}
		return
	}
	for _, n := range descriptions.visible() {
		m.describe(v, n, m.property(descriptions, n))
	}
}

// describe makes a property as desc describes it.
func (m *machine) describe(v *Value, name string, desc *Value) {
	for _, d := range desc.objects {
		for _, o := range v.objects {
			old, had := o.own(name)
			if shown, _ := m.property(d, "enumerable").truth(); !shown && !had && o.kind == plainObject {
				o.unlist(name)
			}
			g, gets := d.own("get")
			if gets {
				o.accessor(name, g, false)
			}
			s, sets := d.own("set")
			if sets {
				o.accessor(name, s, true)
				if had && len(deepTaints(old)) > 0 { // a handler that ran before and wrote it can run again
					m.call(s, objectOf(o), []*Value{old}, site{d, "set"})
				}
			}
			if (gets || sets) && !had && o.kind == plainObject {
				m.setProp(o, name, unknownValue) // so that enumeration shows it
			}
		}
		if x, ok := d.own("value"); ok {
			m.setProperty(v, name, x, nil)
		}
	}
	if rest := desc.besides(); rest != nil {
		m.setProperty(v, name, rest, nil)
	}
}

// besides is what v may be that is not known to be one of its objects; nil if nothing.
func (v *Value) besides() *Value {
	if v == nil || !v.unknown && len(v.taints()) == 0 {
		return nil
	}
	return join(taintOnly(v.taints()), unknownValue)
}

// described is the value that a description gives a property.
func described(m *machine, desc *Value) *Value {
	return join(m.get(desc, "value"), join(desc.besides(), unknownValue))
}

// descriptor is Object.getOwnPropertyDescriptor.
func descriptor(m *machine, c *call) *Value {
	return join(m.description(m.getKey(c.arg(0), c.arg(1)), site{c.site, "descriptor"}), undefinedValue)
}

// descriptors is Object.getOwnPropertyDescriptors.
func descriptors(m *machine, c *call) *Value {
	all := m.object(plainObject, c.site)
	all.special().describes = c.arg(0)
	for _, o := range c.arg(0).known().objects {
		for _, n := range o.visible() {
			m.setProp(all, n, m.description(m.property(o, n), site{c.site, n}))
		}
	}
	m.setOpen(all, true)
	return objectOf(all)
}

// description is an object that describes a property with this value.
func (m *machine) description(v *Value, at any) *Value {
	d := m.object(plainObject, at)
	m.setProp(d, "value", v)
	for _, name := range []string{"writable", "enumerable", "configurable"} {
		m.setProp(d, name, trueValue)
	}
	return objectOf(d)
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

func applyList(m *machine, c *call, fn, this, list *Value) *Value {
	items, others := m.elements(list)
	return m.apply(fn, this, items, others, c.site)
}

func bind(m *machine, c *call) *Value {
	o := m.object(functionObject, c.site)
	o.fn = &function{target: c.this, this: c.arg(0), bound: true, args: c.rest(1)}
	return objectOf(o)
}

func newError(m *machine, c *call) *Value {
	o := m.object(plainObject, c.site)
	message := c.arg(0)
	if message.isOnly(undefined) {
		message = textOf("")
	}
	m.setProp(o, "message", m.primitive(message, "string"))
	m.setProp(o, "name", textOf(c.fn.fn.name))
	m.setProp(o, "stack", taintOnly(message.taints())) // which begins with the message
	m.setProp(o, "cause", m.get(c.arg(1), "cause"))
	m.setOpen(o, true)
	if o.unlisted == nil {
		for _, name := range []string{"message", "name", "stack", "cause"} {
			o.unlist(name)
		}
	}
	return objectOf(o)
}
