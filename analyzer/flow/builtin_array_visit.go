package flow

import (
	"cmp"
	"math"
	"slices"
)

// Methods of arrays that look at elements, most by calling a function: map, find, reduce, sort.

// visit calls fn for each element, and perhaps for those at unknown places, until
// got says that it has seen enough.
func (m *machine) visit(c *call, got func(i int, item, result *Value) (enough bool)) {
	items, others := m.elements(c.this)
	m.visitItems(c, items, others, got)
}

func (m *machine) visitItems(c *call, items []*Value, others *Value, got func(i int, item, result *Value) (enough bool)) {
	cb, enough := c.arg(0), false
	for i, item := range items {
		m.each(c.site, i, func() {
			args := []*Value{orUndefined(item), numberOf(float64(i)), c.this}
			enough = got(i, item, m.call(cb, c.arg(1), args, site{c.site, "callback"}))
		})
		if enough {
			return
		}
	}
	if others == nil {
		return
	}
	parts := others.apart()
	m.repeat(func() {
		for i, item := range parts {
			m.each(c.site, -1-i, func() {
				got(-1, item, m.call(cb, c.arg(1), []*Value{item, unknownValue, c.this}, site{c.site, "callback"}))
			})
		}
	})
}

func forEach(m *machine, c *call) *Value {
	m.visit(c, func(int, *Value, *Value) bool { return false })
	return undefinedValue
}

func mapList(m *machine, c *call) *Value {
	elems, others := m.mapped(c)
	return m.array(c.site, elems, others)
}

func (m *machine) mapped(c *call) (elems []*Value, others *Value) {
	m.visit(c, func(i int, _, result *Value) bool {
		if i < 0 {
			others = join(others, result)
		} else {
			elems = append(elems, result)
		}
		return false
	})
	return elems, others
}

func flatMap(m *machine, c *call) *Value {
	elems, others := m.mapped(c)
	elems, others = m.flatten(elems, others, 1)
	return m.array(site{c.site, "others"}, elems, others)
}

func filter(m *machine, c *call) *Value {
	var elems []*Value
	var others *Value
	m.visit(c, func(i int, item, result *Value) bool {
		t, f := result.truth()
		switch {
		case !t:
		case i < 0 || f || others != nil: // and all that follow are at unknown places
			others = join(others, orUndefined(item))
		default:
			elems = append(elems, item)
		}
		return false
	})
	return m.array(c.site, elems, others)
}

// findItem is find, findLast, findIndex and findLastIndex: the first element, from
// one end, for which the function says yes, or its index.
func findItem(last, index bool) nativeFunc {
	return func(m *machine, c *call) *Value {
		items, others := m.elements(c.this)
		n := len(items)
		if last && others != nil {
			items, others = nil, join(others, joinAll(items))
		}
		if last {
			items = slices.Clone(items)
			slices.Reverse(items)
		}
		none := undefinedValue
		if index {
			none = numberOf(-1)
		}
		var out *Value
		found := false
		m.visitAny(c, items, others, last, func(i int, item, result *Value) (enough, maybe bool) {
			t, f := result.truth()
			if t {
				switch {
				case !index:
					out = join(out, orUndefined(item))
				case i < 0:
					out = join(out, unknownValue)
				case last:
					out = join(out, numberOf(float64(n-1-i)))
				default:
					out = join(out, numberOf(float64(i)))
				}
			}
			found = found || t && !f && i >= 0
			return t && !f, t
		})
		if !found {
			out = join(out, none)
		}
		return out
	}
}

// visitAny is visit for functions that stop at an answer: after a round that may
// have been the last, the others may run or not.
func (m *machine) visitAny(c *call, items []*Value, others *Value, last bool, got func(i int, item, result *Value) (enough, maybe bool)) {
	cb := c.arg(0)
	n := len(items)
	var from func(i int)
	from = func(i int) {
		enough, maybe := false, false
		for ; i < n && !enough && !maybe; i++ {
			m.each(c.site, i, func() {
				at := i
				if last {
					at = n - 1 - i
				}
				args := []*Value{orUndefined(items[i]), numberOf(float64(at)), c.this}
				enough, maybe = got(i, items[i], m.call(cb, c.arg(1), args, site{c.site, "callback"}))
			})
		}
		switch {
		case enough:
		case maybe:
			m.perhaps(func() { from(i) })
		case others != nil:
			m.repeat(func() {
				m.each(c.site, -1, func() {
					got(-1, others, m.call(cb, c.arg(1), []*Value{others, unknownValue, c.this}, site{c.site, "callback"}))
				})
			})
		}
	}
	from(0)
}

// testItems is some and every: whether the function gives an answer for any
// element, which is asked for until one is found.
func testItems(answer bool) nativeFunc {
	return func(m *machine, c *call) *Value {
		items, others := m.elements(c.this)
		sure, possible := false, false
		m.visitAny(c, items, others, false, func(i int, _, result *Value) (enough, maybe bool) {
			yes, no := result.truth()
			if !answer {
				yes, no = no, yes
			}
			sure = sure || yes && !no && i >= 0 && !possible
			possible = possible || yes
			return yes && !no, yes
		})
		switch {
		case sure:
			return boolOf(answer)
		case !possible:
			return boolOf(!answer)
		}
		return boolValue
	}
}

func reduce(m *machine, c *call) *Value { return m.reduced(c, false) }

func reduceRight(m *machine, c *call) *Value { return m.reduced(c, true) }

func (m *machine) reduced(c *call, right bool) *Value {
	items, others := m.elements(c.this)
	n := len(items)
	if right && others != nil {
		items, others = nil, join(others, joinAll(items))
	} else if right {
		items = slices.Clone(items)
		slices.Reverse(items)
	}
	acc, first := c.arg(1), 0
	if len(c.args) < 2 {
		if len(items) > 0 {
			acc, items, first = orUndefined(items[0]), items[1:], 1
		} else {
			acc = others
		}
	}
	step := func(i int, item, index *Value) {
		m.each(c.site, i, func() {
			acc = m.call(c.arg(0), undefinedValue, []*Value{orUndefined(acc), item, index, c.this}, site{c.site, "callback"})
		})
	}
	for i, item := range items {
		at := i + first
		if right {
			at = n - 1 - at
		}
		step(i, orUndefined(item), numberOf(float64(at)))
	}
	if others != nil {
		for n := range 2 {
			m.repeat(func() {
				before := acc
				step(len(items)+n, others, unknownValue)
				acc = widened(before, join(before, acc))
			})
		}
	}
	return orUndefined(acc)
}

func sortList(m *machine, c *call) *Value {
	for _, o := range c.arrays() {
		m.changing(c, func() {
			if sorted, ok := m.sorted(o, c); ok {
				m.setElems(o, sorted)
			} else if len(o.elems) > 1 || !o.exact() {
				m.mix(o, nil)
			}
		})
	}
	if len(c.arrays()) == 0 && callable(c.arg(0)) {
		others := m.spreadOut(c.this)
		m.perhaps(func() { m.call(c.arg(0), undefinedValue, []*Value{others, others}, site{c.site, "callback"}) })
	}
	return c.this
}

// maxSort is the greatest number of elements whose order is computed.
var maxSort = 24

// sorted returns the elements of o in order, if every comparison is known.
func (m *machine) sorted(o *Object, c *call) (elems []*Value, ok bool) {
	if !callable(c.arg(0)) {
		return m.sortedAsTexts(o)
	}
	if !o.exact() || len(o.elems) > maxSort {
		all := orUndefined(o.elements())
		m.perhaps(func() { m.call(c.arg(0), undefinedValue, []*Value{all, all}, site{c.site, "callback"}) })
		return nil, false
	}
	n, ok := 0, true
	order := func(a, b *Value) int {
		less := 0
		m.each(c.site, n, func() {
			v := m.call(c.arg(0), undefinedValue, []*Value{orUndefined(a), orUndefined(b)}, site{c.site, "callback"})
			k, known := m.primitive(v, "number").only()
			f, number := m.toNumber(k)
			ok = ok && known && number
			less = cmp.Compare(f, 0)
			if math.IsNaN(f) {
				less = 0
			}
		})
		n++
		return less
	}
	elems = slices.Clone(o.elems)
	// Insertion, not a faster way: it is stable and takes any comparator.
	for i := 1; i < len(elems); i++ {
		for j := i; j > 0 && (!ok || order(elems[j-1], elems[j]) > 0); j-- {
			if !ok {
				return nil, false
			}
			elems[j-1], elems[j] = elems[j], elems[j-1]
		}
	}
	return elems, ok && !slices.ContainsFunc(elems, (*Value).maybeAbsent)
}

// sortedAsTexts returns the elements of o in the order of their texts.
func (m *machine) sortedAsTexts(o *Object) (elems []*Value, ok bool) {
	if !o.exact() {
		return nil, false
	}
	type item struct {
		v    *Value
		last bool // undefined
		text string
	}
	items := make([]item, len(o.elems))
	for i, e := range o.elems {
		c, ok := orUndefined(e).only()
		if !ok || c.kind == joined {
			return nil, false
		}
		items[i] = item{e, c.kind == undefined, c.String()}
	}
	slices.SortStableFunc(items, func(a, b item) int {
		switch {
		case a.last != b.last:
			if a.last {
				return 1
			}
			return -1
		case a.text == b.text || a.last:
			return 0
		case lessText(a.text, b.text):
			return -1
		}
		return 1
	})
	for _, i := range items {
		elems = append(elems, i.v)
	}
	return elems, true
}

// indexOf looks for a value among the elements, from one end.
func indexOf(m *machine, c *call) *Value {
	at, ok := m.indices(c)
	if !ok {
		return unknownValue
	}
	if len(at) == 0 {
		return numberOf(-1)
	}
	if c.fn.fn.name == "lastIndexOf" {
		return numberOf(float64(at[len(at)-1]))
	}
	return numberOf(float64(at[0]))
}

func includes(m *machine, c *call) *Value {
	if at, ok := m.indices(c); ok {
		return boolOf(len(at) > 0)
	}
	return boolValue
}

// indices returns the indices of a value among the elements, if all that is known.
func (m *machine) indices(c *call) (at []int, ok bool) {
	items, others := m.elements(c.this)
	if others != nil || c.more != nil || len(c.args) == 0 {
		return nil, false
	}
	n := len(items)
	from, to := 0, n
	if len(c.args) > 1 {
		k, ok := m.whole(c.arg(1), 0)
		if !ok {
			return nil, false
		}
		if c.fn.fn.name == "lastIndexOf" {
			to = clamp(k, n)
			if k >= 0 {
				to = min(n, to+1)
			} else if k+float64(n) >= 0 {
				to++
			}
		} else {
			from = clamp(k, n)
		}
	}
	for i := from; i < to; i++ {
		eq := m.equal(orUndefined(items[i]), c.arg(0), "===")
		if c.fn.fn.name == "includes" {
			x, okx := orUndefined(items[i]).only()
			y, oky := c.arg(0).only()
			if okx && oky && x.kind == number && math.IsNaN(x.num) && y.same(x) {
				eq = trueValue
			}
		}
		switch eq {
		case trueValue:
			at = append(at, i)
		case falseValue:
		default:
			return nil, false
		}
	}
	return at, true
}
