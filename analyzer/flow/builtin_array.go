package flow

import "strconv"

func init() {
	define("Array", map[string]nativeFunc{
		"push": push, "unshift": unshift, "pop": takeEnd, "shift": takeStart, "splice": splice, "slice": sliceList,
		"concat": concatLists, "join": joinList, "toString": joinList, "reverse": shuffle, "sort": sortList, "fill": fill,
		"toReversed": shuffle, "toSorted": sortList,
		"map": mapList, "flatMap": flatMap, "forEach": forEach, "filter": filter, "find": findItem, "findLast": findItem,
		"some": testItems, "every": testItems, "findIndex": testItems, "findLastIndex": testItems,
		"reduce": reduce, "reduceRight": reduce, "flat": flat, "at": at,
		"includes": always(boolValue), "indexOf": always(unknownValue), "lastIndexOf": always(unknownValue),
		"keys": always(unknownValue), "values": func(m *machine, c *call) *Value { return c.this },
		"entries": listEntries, "next": next, "return": next,
	})
	defineGlobal("Array", func(m *machine, c *call) *Value {
		if len(c.args) == 1 {
			if k, ok := c.arg(0).only(); ok && k.kind == number {
				return m.array(c.site, nil, unknownValue)
			}
		}
		return m.array(c.site, c.args, c.more)
	})
	define("Array.", map[string]nativeFunc{
		"isArray": isArray,
		"of":      func(m *machine, c *call) *Value { return m.array(c.site, c.args, c.more) },
		"from": func(m *machine, c *call) *Value {
			items, others := m.elements(c.arg(0))
			list := m.array(site{c.site, "list"}, items, others)
			if !callable(c.arg(1)) {
				return list
			}
			return mapList(m, &call{fn: c.fn, this: list, args: []*Value{c.arg(1)}, site: c.site})
		},
	})
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
		for _, a := range c.args {
			m.push(o, a)
		}
		if c.more != nil {
			m.addRest(o, c.more)
		}
	}
	return unknownValue
}

func unshift(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.setElems(o, append(append([]*Value(nil), c.args...), o.elems...))
		if c.more != nil {
			m.addRest(o, c.more)
		}
	}
	return unknownValue
}

func takeEnd(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arrays() {
		if n := len(o.elems); n > 0 && o.rest == nil {
			out = join(out, o.elems[n-1])
			m.setElems(o, o.elems[:n-1:n-1])
		} else {
			out = join(out, o.elements())
		}
	}
	return join(out, undefinedValue)
}

func takeStart(m *machine, c *call) *Value {
	var out *Value
	for _, o := range c.arrays() {
		if len(o.elems) > 0 && o.rest == nil {
			out = join(out, o.elems[0])
			m.setElems(o, o.elems[1:len(o.elems):len(o.elems)])
		} else {
			out = join(out, o.elements())
		}
	}
	return join(out, undefinedValue)
}

// splice cuts and inserts exactly if the numbers are known; otherwise every
// element may be at every place.
func splice(m *machine, c *call) *Value {
	var cut *Value
	from, okf := c.arg(0).only()
	count, okc := c.arg(1).only()
	inserted := c.rest(2)
	for _, o := range c.arrays() {
		n := len(o.elems)
		i, k := int(from.num), int(count.num)
		if len(c.args) == 1 {
			k, okc = n, true
		}
		if okf && okc && from.kind == number && i >= 0 && i <= n && o.rest == nil {
			k = max(0, min(k, n-i))
			cut = join(cut, m.array(itemSite(c.site, int(o.id)), o.elems[i:i+k:i+k], nil))
			elems := append(append(append([]*Value(nil), o.elems[:i]...), inserted...), o.elems[i+k:]...)
			m.setElems(o, elems)
			continue
		}
		all := o.elements()
		for _, v := range inserted {
			all = join(all, v)
		}
		cut = join(cut, m.array(itemSite(c.site, int(o.id)), nil, o.elements()))
		m.setElems(o, nil)
		if all != nil {
			m.addRest(o, all)
		}
	}
	return cut
}

func sliceList(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	from, okf := c.arg(0).only()
	to, okt := c.arg(1).only()
	if okf && okt && (from.kind == undefined || from.kind == number && from.num >= 0) && items != nil {
		i, j := min(int(from.num), len(items)), len(items)
		if to.kind == number {
			if j = int(to.num); j < 0 {
				j += len(items)
			}
			j = max(i, min(j, len(items)))
		}
		return m.array(c.site, items[i:j:j], others)
	}
	for _, v := range items {
		others = join(others, v)
	}
	return m.array(c.site, nil, others)
}

func concatLists(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	elems := append([]*Value(nil), items...)
	for _, a := range append(c.args[:len(c.args):len(c.args)], c.more) {
		if a == nil {
			continue
		}
		if len(a.objects) == 0 && !a.unknown {
			elems = append(elems, a)
			continue
		}
		its, rest := m.elements(a)
		elems = append(elems, its...)
		others = join(others, rest)
	}
	return m.array(c.site, elems, others)
}

func joinList(m *machine, c *call) *Value {
	sep := textOf(",")
	if len(c.args) > 0 {
		sep = c.arg(0)
	}
	items, others := m.elements(c.this)
	if others != nil {
		for _, v := range items {
			others = join(others, v)
		}
		return taintOnly(deepTaints(others))
	}
	v := textOf("")
	for i, item := range items {
		if i > 0 {
			v = concat(v, sep)
		}
		v = concat(v, item)
	}
	return v
}

// shuffle is reverse and the like: any element may be at any place.
func shuffle(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		if all := o.elements(); all != nil && len(o.elems) > 1 {
			m.setElems(o, nil)
			m.addRest(o, all)
		}
	}
	return c.this
}

func sortList(m *machine, c *call) *Value {
	if callable(c.arg(0)) {
		others := m.spreadOut(c.this)
		m.perhaps(func() { m.call(c.arg(0), undefinedValue, []*Value{others, others}, site{c.site, "callback"}) })
	}
	return shuffle(m, c)
}

func fill(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.addRest(o, c.arg(0))
	}
	return c.this
}

// spreadOut is the join of all elements of every array that v can be.
func (m *machine) spreadOut(v *Value) *Value {
	items, all := m.elements(v)
	for _, i := range items {
		all = join(all, i)
	}
	return orUndefined(all)
}

// visit calls fn for each element, and perhaps for those at unknown places.
func (m *machine) visit(c *call, got func(i int, item, result *Value)) {
	items, others := m.elements(c.this)
	cb := c.arg(0)
	for i, item := range items {
		m.each(c.site, i, func() {
			got(i, item, m.call(cb, c.arg(1), []*Value{orUndefined(item), numberOf(float64(i)), c.this}, site{c.site, "callback"}))
		})
	}
	if others == nil {
		return
	}
	m.each(c.site, -1, func() {
		m.perhaps(func() {
			got(-1, others, m.call(cb, c.arg(1), []*Value{others, unknownValue, c.this}, site{c.site, "callback"}))
		})
	})
}

func forEach(m *machine, c *call) *Value {
	m.visit(c, func(int, *Value, *Value) {})
	return undefinedValue
}

func mapList(m *machine, c *call) *Value {
	var elems []*Value
	var others *Value
	m.visit(c, func(i int, _, result *Value) {
		if i < 0 {
			others = join(others, result)
		} else {
			elems = append(elems, result)
		}
	})
	return m.array(c.site, elems, others)
}

func flatMap(m *machine, c *call) *Value {
	list := mapList(m, c)
	return flat(m, &call{this: list, site: site{c.site, "flat"}})
}

func filter(m *machine, c *call) *Value {
	var elems []*Value
	var others *Value
	exact := true
	m.visit(c, func(i int, item, result *Value) {
		t, f := result.truth()
		switch {
		case !t:
		case i < 0 || f:
			exact = exact && i < 0
			others = join(others, item)
		default:
			elems = append(elems, item)
		}
	})
	if !exact {
		for _, e := range elems {
			others = join(others, e)
		}
		elems = nil
	}
	return m.array(c.site, elems, others)
}

func findItem(m *machine, c *call) *Value {
	out := undefinedValue
	found := false
	m.visit(c, func(i int, item, result *Value) {
		t, f := result.truth()
		if t && !found {
			out = join(out, item)
			if !f && i >= 0 {
				found = true
			}
		}
	})
	return out
}

func testItems(m *machine, c *call) *Value {
	m.visit(c, func(int, *Value, *Value) {})
	return unknownValue
}

func reduce(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	acc := c.arg(1)
	if len(c.args) < 2 {
		if len(items) > 0 {
			acc, items = items[0], items[1:]
		} else {
			acc = others
		}
	}
	step := func(i int, item *Value) {
		m.each(c.site, i, func() {
			acc = m.call(c.arg(0), undefinedValue, []*Value{acc, item, unknownValue, c.this}, site{c.site, "callback"})
		})
	}
	for i, item := range items {
		step(i, orUndefined(item))
	}
	if others != nil {
		before := acc
		for n := 0; n < 2; n++ {
			m.perhaps(func() { step(len(items)+n, others) })
			acc = join(before, acc)
		}
	}
	return orUndefined(acc)
}

func flat(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	var elems []*Value
	for _, item := range items {
		if item == nil || len(item.objects) == 0 {
			elems = append(elems, item)
			continue
		}
		its, rest := m.elements(item)
		elems = append(elems, its...)
		others = join(others, rest)
	}
	if others != nil {
		its, rest := m.elements(others)
		for _, i := range its {
			others = join(others, i)
		}
		others = join(others, rest)
	}
	return m.array(c.site, elems, others)
}

func at(m *machine, c *call) *Value {
	items, others := m.elements(c.this)
	if k, ok := c.arg(0).only(); ok && k.kind == number && others == nil {
		i := int(k.num)
		if i < 0 {
			i += len(items)
		}
		if i >= 0 && i < len(items) {
			return items[i]
		}
		return undefinedValue
	}
	all := m.spreadOut(c.this)
	return all
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

// next is the next of a generator, which is represented by the array of its
// yields.
func next(m *machine, c *call) *Value {
	all := m.spreadOut(c.this)
	o := m.object(plainObject, site{c.site, "next"})
	m.setProp(o, "value", all)
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

// indexName returns the property name of element i.
func indexName(i int) string { return strconv.Itoa(i) }
