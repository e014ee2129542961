package flow

import (
	"runtime"
	"weak"

	"github.com/beian/beian/analyzer/ir"
)

// context is the chain of calls that leads to an activation. It is the same in
// every round, and with it the identity of what the activation allocates.
type context struct {
	children table[contextKey, *context]
	objects  allocations
	cells    table[cellKey, *cell]
	entry    *entry // of a context that an entry point starts
	fresh    bool   // something was made in it since the last time that m.shed looked
}

type contextKey struct {
	site any // *ir.Instr, or what else leads on: an element, a task
	fn   *ir.Func
	iter int
}

type cellKey struct {
	v    *ir.Var
	iter int
}

func (c *context) child(site any, fn *ir.Func, iter int) *context {
	k := contextKey{site, fn, iter}
	if n, ok := c.children.get(k); ok {
		return n
	}
	n := &context{}
	c.children.add(k, n)
	return n
}

// allocations are the objects of a context by the place that allocates them.
type allocations struct {
	rows  []allocation
	index map[allocKey]int32 // when there are many
}

type allocKey struct {
	site any
	iter int32
}

type allocation struct {
	site   any
	iter   int32
	id     int32
	object *Object // nil if it was shed
}

// at returns the object of that site and round, or the place for one.
func (a *allocations) at(site any, iter int) *allocation {
	n := int32(iter)
	if a.index != nil {
		if i, ok := a.index[allocKey{site, n}]; ok {
			return &a.rows[i]
		}
	} else {
		for i := range a.rows {
			if r := &a.rows[i]; r.iter == n && r.site == site {
				return r
			}
		}
	}
	a.rows = append(a.rows, allocation{site: site, iter: n})
	if a.index != nil {
		a.index[allocKey{site, n}] = int32(len(a.rows) - 1)
	} else if len(a.rows) > manyKeys {
		a.index = make(map[allocKey]int32, 4*manyKeys)
		for i := range a.rows {
			a.index[allocKey{a.rows[i].site, a.rows[i].iter}] = int32(i)
		}
	}
	return &a.rows[len(a.rows)-1]
}

// Most of what code makes is forgotten when it ends: promises, events, arguments, the variables
// of functions. A context keeps it so that another run finds it, but that is needed only for
// what something else knows. A program of many pages would otherwise hold all that each of its
// entry points ever made.

// shedding counts what may be shed.
type shedding struct {
	fresh []*context // in which something was made since the last time
	left  int        // objects and cells that were not shed
	next  int        // number of objects and cells made from which on it is worth while to look again
	cells int        // number of cells made
}

// note notes that something is made in c.
func (s *shedding) note(c *context) {
	if !c.fresh {
		c.fresh = true
		s.fresh = append(s.fresh, c)
	}
}

// shedEvery is after how many new objects the contexts are looked through.
var shedEvery = 30_000

// shed takes from the contexts, between two pages, the objects and variables that nothing else
// knows. Of an object its number is kept, by which its successor in another run is told from
// others, as it would be; there is nothing else to tell. What is known is asked of the
// collector of garbage: data that a native function holds are in variables of Go. It is asked at
// given counts of objects, so that a run does not depend on when it would work by itself.
func (m *machine) shed() {
	if m.frame != nil || m.made() < m.shedding.next {
		return
	}
	m.scratchAway()
	var objects []weak.Pointer[Object]
	var cells []weak.Pointer[cell]
	for _, c := range m.shedding.fresh {
		for i := range c.objects.rows {
			if r := &c.objects.rows[i]; r.object != nil {
				objects = append(objects, weak.Make(r.object))
				r.id, r.object = r.object.id, nil
			} else {
				objects = append(objects, weak.Pointer[Object]{})
			}
		}
		for i := range c.cells.rows {
			cells = append(cells, weak.Make(c.cells.rows[i].value))
			c.cells.rows[i].value = nil
		}
	}
	runtime.GC()
	for _, c := range m.shedding.fresh {
		for i := range c.objects.rows {
			if c.objects.rows[i].object = objects[i].Value(); c.objects.rows[i].object != nil {
				m.shedding.left++
			}
		}
		objects = objects[len(c.objects.rows):]
		rows := c.cells.rows
		c.cells = table[cellKey, *cell]{}
		for i, r := range rows {
			if known := cells[i].Value(); known != nil {
				c.cells.add(r.key, known)
				m.shedding.left++
			}
		}
		cells = cells[len(rows):]
		c.fresh = false
	}
	m.shedding.fresh = nil
	m.shedding.next = m.made() + max(shedEvery, m.shedding.left)
}

// made is the number of objects and cells made.
func (m *machine) made() int { return int(m.nextID) + m.shedding.cells }

// scratchAway empties the room that is used again and again: what is in it is known to nobody.
func (m *machine) scratchAway() {
	spareAway(m.journal)
	spareAway(m.merging[:0])
	spareAway(m.tasks)
	spareAway(m.joining)
	spareAway(m.catchers)
	spareAway(m.summaries.pending)
	spareAway(m.remade)
	m.spare, m.spareRoom, m.peeked, m.elems = nil, 0, nil, nil
}

// spareAway empties what is behind the end of list.
func spareAway[T any](list []T) { clear(list[len(list):cap(list)]) }
