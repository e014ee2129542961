package flow

import (
	"math"
	"slices"

	"github.com/beian/beian/analyzer/finding"
)

func init() {
	define("Array", map[string]nativeFunc{
		"push": push, "unshift": unshift, "pop": takeEnd, "shift": takeStart, "splice": splice, "slice": sliceList,
		"concat": concatLists, "join": joinList, "toString": joinList, "toLocaleString": deepPass, "fill": fill, "copyWithin": copyWithin,
		"reverse": reverse, "sort": sortList,
		"toReversed": onCopy(reverse), "toSorted": onCopy(sortList), "toSpliced": onCopy(splice), "with": with,
		"map": mapList, "flatMap": flatMap, "forEach": forEach, "filter": filter,
		"find": findItem(false, false), "findLast": findItem(true, false),
		"findIndex": findItem(false, true), "findLastIndex": findItem(true, true),
		"some": testItems(true), "every": testItems(false),
		"reduce": reduce, "reduceRight": reduceRight, "flat": flat, "at": at,
		"includes": includes, "indexOf": indexOf, "lastIndexOf": indexOf,
		"keys": listKeys, "values": func(m *machine, c *call) *Value { return c.this },
		"entries": listEntries, "next": next, "return": next,
	})
	defineGlobal("Array", func(m *machine, c *call) *Value {
		if len(c.args) == 1 {
			if k, ok := c.arg(0).only(); ok && k.kind == number {
				return m.sized(c.site, k.num)
			}
		}
		return m.array(c.site, c.args, c.more)
	})
	define("Array.", map[string]nativeFunc{
		"isArray": isArray,
		"of":      func(m *machine, c *call) *Value { return m.array(c.site, c.args, c.more) },
		"from": func(m *machine, c *call) *Value {
			items, others := m.elements(m.listLike(c.arg(0)))
			list := m.array(site{c.site, "others"}, items, others)
			if !callable(c.arg(1)) {
				return list
			}
			return mapList(m, &call{fn: c.fn, this: list, args: []*Value{c.arg(1)}, site: c.site})
		},
	})
}

// listLike returns v, or the array of the elements that an object with a length has.
func (m *machine) listLike(v *Value) *Value {
	o := v.single()
	if o == nil || o.kind != plainObject {
		return v
	}
	length, ok := o.own("length")
	if !ok {
		return v
	}
	c, ok := length.only()
	if !ok || c.kind != number || !countable(c.num) {
		return join(v, unknownValue)
	}
	elems := make([]*Value, int(c.num))
	for i := range elems {
		elems[i] = m.property(o, indexName(i))
	}
	return m.array(site{o, "list"}, elems, nil)
}

// countable reports whether an array may have n elements, which are then known one by one. NaN is no number of them.
func countable(n float64) bool { return n >= 0 && n <= float64(maxElems) }

// sized is new Array(n), whose n elements are undefined.
func (m *machine) sized(site any, n float64) *Value {
	if !countable(n) {
		return m.array(site, nil, undefinedValue)
	}
	return m.array(site, make([]*Value, int(n)), nil)
}

// arrays returns the arrays that the receiver can be.
func (c *call) arrays() []*Object {
	var out []*Object
	for _, o := range c.this.objects {
		if o.kind == arrayObject {
			out = append(out, o)
		}
	}
	return out
}

func push(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			for _, a := range c.args {
				m.push(o, a)
			}
			if c.more != nil {
				m.addRest(o, c.more)
			}
		})
	}
	return m.get(c.this, "length")
}

// changing runs what changes one array of the receiver, which may be another.
func (m *machine) changing(c *call, run func()) {
	if c.this.single() != nil {
		run()
	} else {
		m.perhaps(run)
	}
}

// exact reports whether the elements of o are all that it has, each at its
// place.
func (o *Object) exact() bool { return o.rest == nil && o.short == nil && !o.open }

func unshift(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			elems := append(slices.Clone(c.args), o.elems...)
			if len(elems) > maxElems || c.more != nil {
				m.mix(o, join(join(nil, c.more), joinAll(c.args)))
				return
			}
			short := shortOf(o.least()+len(c.args), len(elems))
			m.set(place{object: o, slot: elemSlot}, content{elems: elems, value: short})
		})
	}
	return m.get(c.this, "length")
}

func takeEnd(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arrays() {
		m.changing(c, func() {
			switch n := len(o.elems); {
			case o.rest != nil || o.open:
				out = join(join(out, o.elements()), undefinedValue)
				m.shorten(o, max(0, o.least()-1))
			case n == 0:
				out = join(out, undefinedValue)
			default:
				least := o.least()
				out = join(out, joinAll(o.elems[max(0, least-1):]))
				if least == 0 {
					out = join(out, undefinedValue)
				}
				elems := o.elems[: n-1 : n-1]
				m.set(place{object: o, slot: elemSlot}, content{elems: elems, value: shortOf(max(0, least-1), n-1)})
				for i := max(0, least-1); i < n-1; i++ {
					m.setElemOnly(o, i, join(undefinedValue, elems[i]))
				}
			}
		})
	}
	return orUndefined(out)
}

// setElemOnly writes an element without a word on the length.
func (m *machine) setElemOnly(o *Object, i int, v *Value) {
	elems := slices.Clone(o.elems)
	elems[i] = v
	m.set(place{object: o, slot: elemSlot}, content{elems: elems, value: o.short})
}

// shorten notes that o has at least so many of its elements, or more.
func (m *machine) shorten(o *Object, least int) {
	elems := slices.Clone(o.elems)
	for i := least; i < len(elems); i++ {
		elems[i] = join(undefinedValue, elems[i])
	}
	m.set(place{object: o, slot: elemSlot}, content{elems: elems, value: shortOf(least, len(elems))})
}

func takeStart(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arrays() {
		m.changing(c, func() {
			switch n := len(o.elems); {
			case n == 0 && o.rest == nil && !o.open:
				out = join(out, undefinedValue)
			case n == 0 || o.rest != nil || o.open:
				out = join(join(out, o.elements()), undefinedValue)
				m.mix(o, nil)
			default:
				out = join(out, orUndefined(o.elems[0]))
				short := shortOf(max(0, o.least()-1), n-1)
				m.set(place{object: o, slot: elemSlot}, content{elems: o.elems[1:n:n], value: short})
			}
		})
	}
	return orUndefined(out)
}

// whole returns the whole number that v is known to be as an argument, none if
// it is not known; missing is the number for undefined.
func (m *machine) whole(v *Value, missing float64) (n float64, ok bool) {
	c, ok := v.only()
	switch {
	case !ok || c.kind == joined:
		return 0, false
	case c.kind == undefined:
		return missing, true
	}
	if n, ok = m.toNumber(c); math.IsNaN(n) {
		n = 0
	}
	return math.Trunc(n), ok
}

// clamp is the place in n elements that a number names, from the end if negative.
func clamp(i float64, n int) int {
	if i < 0 {
		i += float64(n)
	}
	return int(max(0, min(i, float64(n))))
}

// splice cuts and inserts exactly if the numbers are known; otherwise every
// element may be at every place.
func splice(m *machine, c *call) *Value {
	var cut *Value
	inserted := c.rest(2)
	for _, o := range c.arrays() {
		m.changing(c, func() {
			at := itemSite(c.site, int(o.id))
			if i, k, ok := m.stretch(c, len(o.elems)); ok && o.exact() {
				cut = join(cut, m.array(at, o.elems[i:i+k:i+k], nil))
				elems := append(append(slices.Clone(o.elems[:i]), inserted...), o.elems[i+k:]...)
				if len(elems) > maxElems {
					m.mix(o, joinAll(inserted))
				} else {
					m.setElems(o, elems)
				}
				return
			}
			all := o.elements()
			cut = join(cut, m.array(at, nil, orUndefined(all)))
			m.mix(o, join(join(nil, c.more), joinAll(inserted)))
		})
	}
	return cut
}

// stretch returns the index at which splice begins to cut, and how many of n
// elements it cuts.
func (m *machine) stretch(c *call, n int) (i, k int, ok bool) {
	if c.more != nil {
		return 0, 0, false
	}
	from, okf := m.whole(c.arg(0), 0)
	i = clamp(from, n)
	switch len(c.args) {
	case 0:
		return i, 0, true
	case 1:
		return i, n - i, okf
	}
	count, okc := m.whole(c.arg(1), 0)
	return i, int(max(0, min(count, float64(n-i)))), okf && okc
}

// copyWithin copies elements over others.
func copyWithin(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			n := len(o.elems)
			to, okt := m.whole(c.arg(0), 0)
			from, okf := m.whole(c.arg(1), 0)
			end, oke := m.whole(c.arg(2), float64(n))
			if !okt || !okf || !oke || !o.exact() {
				m.mix(o, nil)
				return
			}
			elems := slices.Clone(o.elems)
			i, j := clamp(from, n), clamp(end, n)
			copy(elems[clamp(to, n):], o.elems[i:max(i, j)])
			m.setElems(o, elems)
		})
	}
	return c.this
}

func sliceList(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	n := len(items)
	from, okf := m.whole(c.arg(0), 0)
	to, okt := m.whole(c.arg(1), float64(n))
	switch {
	case !okf || !okt || items == nil:
	case others == nil:
		i, j := clamp(from, n), clamp(to, n)
		j = max(i, j)
		return m.array(c.site, items[i:j:j], nil)
	case from >= 0 && (c.arg(1).isOnly(undefined) || to > float64(n)):
		i := clamp(from, n)
		return m.array(c.site, items[i:n:n], others)
	case from >= 0 && to >= 0 && to <= float64(n):
		i, j := clamp(from, n), clamp(to, n)
		j = max(i, j)
		return m.array(c.site, items[i:j:j], nil)
	}
	if others = join(others, joinAll(items)); others == nil {
		return m.array(c.site, nil, nil)
	}
	return m.array(c.site, nil, others)
}

func concatLists(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	elems := slices.Clone(items)
	for _, a := range append(c.args[:len(c.args):len(c.args)], c.more) {
		if a == nil {
			continue
		}
		its, rest := []*Value{a}, (*Value)(nil)
		switch o := a.single(); {
		case o != nil && o.kind == arrayObject:
			its, rest = m.elements(a)
		case slices.ContainsFunc(a.objects, func(o *Object) bool { return o.kind != plainObject }) || a.unknown:
			its, rest = m.elements(a)
			its, rest = nil, join(a.withoutArrays(), join(rest, joinAll(its)))
		}
		if others != nil || a == c.more {
			others = join(others, joinAll(its))
		} else {
			elems = append(elems, its...)
		}
		others = join(others, rest)
	}
	return m.array(c.site, elems, others)
}

// withoutArrays is what v can be besides arrays; nil if nothing.
func (v *Value) withoutArrays() *Value {
	out := (&Value{consts: v.consts, unknown: v.unknown}).tainted(v.taints(), v.about())
	for _, o := range v.objects {
		if o.kind != arrayObject {
			out.objects = append(out.objects, o)
		}
	}
	if len(out.consts)+len(out.objects) == 0 && out.data == nil && !out.unknown {
		return nil
	}
	return out
}

func joinList(m *machine, c *call) *Value {
	sep := textOf(",")
	if len(c.args) > 0 && !c.arg(0).isOnly(undefined) {
		sep = m.primitive(c.arg(0), "string")
	}
	items, others := m.elements(c.this)
	m.work += len(items) // arrays of the same arrays grow exponentially with their depth
	if others != nil || len(c.arrays()) == 0 || len(m.joining) >= maxFlat || m.over() {
		return taintOnly(deepTaints(join(c.this, join(others, joinAll(items)))))
	}
	if o := c.this.single(); o != nil {
		if slices.Contains(m.joining, o) { // a list inside itself is no text there
			return textOf("")
		}
		m.joining = append(m.joining, o)
		defer func() { m.joining = m.joining[:len(m.joining)-1] }()
	}
	v := textOf("")
	for i, item := range items {
		if m.over() { // it was spent on the items before
			return taintOnly(deepTaints(c.this))
		}
		if i > 0 {
			v = concat(v, sep)
		}
		v = concat(v, m.joinedItem(item))
	}
	return v
}

// joinedItem is an element as a piece of the text of its array: undefined and null
// are no text there.
func (m *machine) joinedItem(v *Value) *Value {
	v = orUndefined(v)
	if can, _ := v.nullish(); can && !v.unknown {
		out := (&Value{objects: v.objects}).tainted(v.taints(), v.about())
		for _, c := range v.consts {
			if c.kind != undefined && c.kind != null {
				out.consts = append(out.consts, c)
			}
		}
		v = join(out, textOf(""))
	}
	return m.primitive(v, "string")
}

// reverse turns an array round; if its end is not known any element may be at
// any place.
func reverse(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			if !o.exact() {
				m.mix(o, nil)
				return
			}
			elems := slices.Clone(o.elems)
			slices.Reverse(elems)
			m.setElems(o, elems)
		})
	}
	return c.this
}

// copied runs a method that changes an array on a copy of it.
func onCopy(method nativeFunc) nativeFunc {
	return func(m *machine, c *call) *Value {
		items, others := m.elements(c.this)
		n := *c
		n.this = m.array(site{c.site, "copy"}, items, others)
		v := method(m, &n)
		if c.fn.fn.name == "toSpliced" {
			return n.this
		}
		return v
	}
}

// with is a copy with another element.
func with(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	i, ok := m.whole(c.arg(0), 0)
	list := m.array(c.site, items, others)
	if o := list.objects[0]; ok && o.exact() && i >= -float64(len(items)) && i < float64(len(items)) {
		m.setElem(o, clamp(i, len(items)), c.arg(1))
	} else {
		m.mix(o, c.arg(1))
	}
	return list
}

func fill(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			n := len(o.elems)
			from, okf := m.whole(c.arg(1), 0)
			to, okt := m.whole(c.arg(2), float64(n))
			if !okf || !okt || !o.exact() {
				m.mix(o, c.arg(0))
				return
			}
			elems := slices.Clone(o.elems)
			for i := clamp(from, n); i < clamp(to, n); i++ {
				elems[i] = c.arg(0)
			}
			m.setElems(o, elems)
		})
	}
	return c.this
}

// spreadOut is the join of all elements of every array that v can be.
func (m *machine) spreadOut(v *Value) *Value {
	items, others := m.elements(v)
	return orUndefined(join(others, joinAll(items)))
}

func flat(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	depth, ok := m.whole(c.arg(0), 1)
	elems, rest := m.flatten(items, others, int(max(0, min(depth, float64(maxFlat)))))
	if !ok {
		return m.array(c.site, nil, join(join(rest, joinAll(elems)), unknownValue))
	}
	return m.array(c.site, elems, rest)
}

// maxFlat bounds how many levels of lists become one.
var maxFlat = 8

// flatten puts the elements of arrays among items in their place, depth levels deep.
func (m *machine) flatten(items []*Value, others *Value, depth int) (elems []*Value, rest *Value) {
	if depth == 0 {
		return items, others
	}
	put := func(v *Value) {
		if rest != nil {
			rest = join(rest, orUndefined(v))
		} else {
			elems = append(elems, v)
		}
	}
	for _, item := range items {
		o := item.single()
		switch {
		case item == nil:
			put(undefinedValue)
		case o != nil && o.kind == arrayObject:
			its, more := m.elements(item)
			its, more = m.flatten(its, more, depth-1)
			for _, i := range its {
				put(i)
			}
			rest = join(rest, more)
		case item.unknown || slices.ContainsFunc(item.objects, func(o *Object) bool { return o.kind == arrayObject }):
			its, more := m.elements(item)
			rest = join(rest, join(item.withoutArrays(), join(more, joinAll(its))))
		default:
			put(item)
		}
	}
	if others != nil {
		its, more := m.elements(others)
		rest = join(rest, join(others.withoutArrays(), join(more, joinAll(its))))
	}
	return elems, rest
}

func at(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	if i, ok := m.whole(c.arg(0), 0); ok && (others == nil || i >= 0 && i < float64(len(items))) {
		if i < 0 {
			i += float64(len(items))
		}
		if i >= 0 && i < float64(len(items)) {
			return orUndefined(items[int(i)])
		}
		return undefinedValue
	}
	all := m.spreadOut(c.this)
	return join(all, undefinedValue)
}

func listEntries(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	var elems []*Value
	for i, item := range items {
		elems = append(elems, m.array(itemSite(c.site, i), []*Value{numberOf(float64(i)), item}, nil))
	}
	if others != nil {
		others = m.array(site{c.site, "others"}, []*Value{unknownValue, others}, nil)
	}
	return m.array(c.site, elems, others)
}

func listKeys(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	elems := make([]*Value, len(items))
	for i := range items {
		elems[i] = numberOf(float64(i))
	}
	if others != nil {
		others = unknownValue
	}
	return m.array(c.site, elems, others)
}

// next is the next of a generator, which is represented by the array of its
// yields. What it is given goes to where the generator waits, which has run already; only
// what the generator gave out itself, an awaited value, is known to come back there.
func next(m *machine, c *call) *Value {
	all := m.spreadOut(c.this)
	m.lose(without(deepTaints(joinAll(c.args)), deepTaints(all)), finding.NotRun, callee(m.here()), m.here())
	o := m.object(plainObject, site{c.site, "next"})
	m.setProp(o, "value", join(join(all, undefinedValue), c.arg(0)))
	m.setProp(o, "done", boolValue)
	return objectOf(o)
}

func isArray(m *machine, c *call) *Value {
	v := c.arg(0)
	if v.unknown || len(v.taints()) > 0 {
		return boolValue
	}
	var out *Value
	for _, o := range v.objects {
		out = join(out, boolOf(o.kind == arrayObject))
	}
	if len(v.consts) > 0 {
		out = join(out, falseValue)
	}
	return out
}
