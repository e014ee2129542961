package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// keep puts a value into the local storage.
func (m *machine) keep(key, v *Value, site any) {
	names, others := key.keys()
	what := "*"
	if len(names) == 1 {
		what = names[0]
	}
	c := copier{machine: m, site: site}
	if len(names) == 1 && !others {
		c.site, c.kept = what, true
		v = c.encoded(v)
	}
	v = note(c.copy(v, "", 0), lang.Text{ZH: "存入本地缓存 " + what, EN: "kept in local storage under " + what}, m.here())
	if len(names) == 1 {
		m.key(deepTaints(v), "storage", what, m.here())
	}
	m.putStored(m.api.storage, key, v)
}

// keepAll is keep for a list of pairs: [{ key, value }].
func (m *machine) keepAll(list *Value, from any) {
	items, others := m.elements(list)
	for k, item := range append(slices.Clone(items), others) {
		if item != nil {
			m.keep(m.get(item, "key"), m.get(item, "value"), site{from, strconv.Itoa(k)})
		}
	}
}

// load reads the local storage.
func (m *machine) load(key *Value, site any) *Value {
	return m.ofStart(func() *Value { return m.loaded(key, site) })
}

func (m *machine) loaded(key *Value, site any) *Value {
	v := m.getStored(m.api.storage, key)
	m.noteRead(v)
	if c, ok := v.only(); ok && c.kind == undefined {
		return join(textOf(""), unknownValue)
	}
	names, _ := key.keys()
	return note(join(m.copied(v, site), textOf("")),
		lang.Text{ZH: "从本地缓存读出 " + strings.Join(names, " "), EN: "read from local storage " + strings.Join(names, " ")}, m.here())
}

// stored is what getStorage hands to its callbacks.
func (m *machine) stored(c *call, key *Value) *Value {
	o := m.object(plainObject, site{c.site, "answer"})
	m.setProp(o, "data", m.load(key, c.site))
	m.setOpen(o, true)
	return objectOf(o)
}

func (m *machine) remove(key *Value) *Value {
	if names, others := key.keys(); len(names) == 1 && !others {
		m.setProp(m.api.storage, names[0], undefinedValue)
	}
	return undefinedValue
}

// maxCopy bounds how many levels of objects inside each other are copied. Below,
// objects are shared.
var maxCopy = 5

// maxCopies bounds how many objects one copy makes. Without it, objects that occur in
// several places would make it grow exponentially with the levels. The others are shared.
var maxCopies = 4000

// copied returns a copy of v that is made at site: as storage and JSON return
// it.
func (m *machine) copied(v *Value, site any) *Value {
	c := copier{machine: m, site: site}
	return c.copy(v, "", 0)
}

// copiedAsJSON is copied for what JSON says of v.
func (m *machine) copiedAsJSON(v *Value, site any) *Value {
	c := copier{machine: m, site: site, json: true}
	return c.copy(v, "", 0)
}

// copier makes copies. Their objects are identified by their place in the whole,
// not by what they copy; otherwise a list that is stored and read back again and
// again would always yield new objects.
type copier struct {
	*machine
	site any
	made int  // objects
	kept bool // in a place of the local storage
	json bool // as JSON has them: of what their getters and toJSON give
}

// object returns the object that is made at a path of the whole, empty. What is kept under a
// key of the storage is one, whoever puts it there: whoever reads it finds all of them.
func (c *copier) object(kind objectKind, path string) *Object {
	k := site{c.site, path}
	if c.kept {
		return c.allocated(&c.api.kept, k, 0, kind)
	}
	return c.machine.object(kind, k)
}

// copy copies the plain objects and arrays in v. If v can be several, the copy is
// one that holds what each of them holds.
func (c *copier) copy(v *Value, path string, depth int) *Value {
	if v == nil || len(v.objects) == 0 || depth > maxCopy || c.made > maxCopies || c.over() {
		return v
	}
	if c.json {
		v = c.asJSON(v)
	}
	var records, lists []*Object
	out := &Value{consts: v.consts, data: v.data, unknown: v.unknown}
	for _, o := range v.objects {
		switch o.kind {
		case plainObject:
			records = append(records, o)
		case arrayObject:
			lists = append(lists, o)
		default:
			out = join(out, objectOf(o))
		}
	}
	if len(records) > 0 {
		out = join(out, c.record(records, path, depth))
	}
	if len(lists) > 0 {
		out = join(out, c.list(lists, path, depth))
	}
	return out
}

// encoded returns v with one JSON text in place of all that it may be: of a copy of what any of them encodes.
// Else each text that a program ever kept under a key would bring objects of its own to all who read it.
func (c *copier) encoded(v *Value) *Value {
	var encodes *Value
	var others []*constant
	for _, k := range v.consts {
		if val := k.encodes(); val != nil {
			encodes = join(encodes, val)
		} else {
			others = append(others, k)
		}
	}
	if encodes == nil || len(encodes.objects) == 0 {
		return v
	}
	out := *v
	out.consts = others
	return join(&out, part{str: jsonMark, val: c.copy(encodes, ".json", 0)}.value())
}

// record copies plain objects into one.
func (c *copier) record(from []*Object, path string, depth int) *Value {
	var names []string
	all := map[string]*Value{}
	var rest *Value
	open := false
	for _, o := range from {
		o.touch()
		for i := range o.props {
			p := &o.props[i]
			if p.value == nil {
				continue
			}
			if all[p.name] == nil {
				names = append(names, p.name)
			}
			value := p.value
			if c.json && o.getters[p.name] != nil {
				value = c.property(o, p.name)
			}
			all[p.name] = join(all[p.name], value)
		}
		rest, open = join(rest, o.rest), open || o.open
	}
	c.made++
	c.work += len(names)
	c.lookAt(len(names) * len(from))
	n := c.object(plainObject, path)
	for _, name := range names {
		v := c.copy(all[name], path+"."+name, depth+1)
		for _, o := range from {
			if _, ok := o.own(name); !ok {
				v = join(v, undefinedValue)
			}
		}
		c.setProp(n, name, v)
	}
	c.rest(n, rest, open, path, depth)
	return objectOf(n)
}

// list copies arrays into one.
func (c *copier) list(from []*Object, path string, depth int) *Value {
	var rest *Value
	var elems []*Value
	var short *Value
	open := false
	for _, o := range from {
		o.touch()
		if len(from) == 1 {
			elems, short = o.elems, o.short
		} else {
			c.lookAt(1 + len(o.elems))
			for _, e := range o.elems {
				rest = join(rest, e)
			}
		}
		rest, open = join(rest, o.rest), open || o.open
	}
	copied := make([]*Value, len(elems))
	for i, e := range elems {
		copied[i] = c.copy(e, path+"."+strconv.Itoa(i), depth+1)
	}
	c.made++
	c.work += len(elems)
	n := c.object(arrayObject, path+"[]")
	if len(copied) > 0 {
		c.set(place{object: n, slot: elemSlot}, content{elems: copied, value: short})
	}
	c.rest(n, rest, open, path, depth)
	return objectOf(n)
}

// rest copies what is at unknown places.
func (c *copier) rest(n *Object, rest *Value, open bool, path string, depth int) {
	if rest != nil {
		c.addRest(n, c.copy(rest, path+".*", depth+1))
	}
	c.setOpen(n, open)
}
