package flow

import (
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// entry is an entry point of the program and what its last run depended on.
type entry struct {
	id      int32
	ran     int32     // the epoch after its last run; 0 if it never ran
	bounded int       // runs that hit a limit
	limited int32     // id of the last such run
	objects []*Object // of which it looked at all
	props   []place   // properties
	missed  []*Object // in which it found no property of some name
	cells   []*cell
	dataset []*Value // of a tap: what it last ran with
	start   Start    // of a lifecycle function
	costs   *costs   // of what it shares with other instances; nil for nothing
}

// covers reports whether the last run had all that a dataset may hold.
func (e *entry) covers(dataset []*Value) bool {
	for i, v := range dataset {
		if i >= len(e.dataset) || matters(e.dataset[i], v) {
			return false
		}
	}
	return true
}

// stale reports whether anything that the last run looked into has changed.
func (e *entry) stale() bool {
	if e.ran == 0 {
		return true
	}
	if e.bounded > 1 {
		return false // running it once more would cost much and end as early
	}
	for _, o := range e.objects {
		if o.changed >= e.ran {
			return true
		}
	}
	for _, p := range e.props {
		if p.object.props[p.index].changed >= e.ran {
			return true
		}
	}
	for _, o := range e.missed {
		if o.grown >= e.ran {
			return true
		}
	}
	for _, c := range e.cells {
		if c.changed >= e.ran {
			return true
		}
	}
	return false
}

// enterAt runs an entry point, unless it ran before and nothing that it depends
// on has changed since.
func (m *machine) enterAt(e *entry, run func()) {
	if !e.stale() || m.tooDear(e) {
		return
	}
	before := m.total + m.work
	m.entries++
	e.id = m.entries
	e.objects, e.props, e.missed, e.cells = e.objects[:0], e.props[:0], e.missed[:0], e.cells[:0]
	outer := m.entry
	m.entry = e
	clear(m.runs)
	run()
	m.entry = outer
	e.ran = m.epoch
	if e.costs != nil && m.total+m.work-before > dearWork {
		e.costs.runs++
	}
}

// entryPoint returns the entry point that starts in c.
func (c *context) entryPoint() *entry {
	if c.entry == nil {
		c.entry = &entry{}
	}
	return c.entry
}

type iterKey struct {
	outer int
	site  any
	n     int
}

// iteration returns the identity of round n of the loop at site inside outer.
func (m *machine) iteration(outer int, site any, n int) int {
	k := iterKey{outer, site, n}
	if i, ok := m.iters[k]; ok {
		return i
	}
	i := len(m.iters) + 1
	m.iters[k] = i
	return i
}

// limit notes that a bound was hit: by the unit that runs, or, where the budget
// of the whole program is spent, by the program.
func (m *machine) limit(what string) {
	var u *project.Unit
	if i := m.frame.owner(); i != nil && !m.exhausted() {
		u = i.unit
	}
	m.ledger.limits[Limit{u, what}] = true
	if m.entry.limited != m.entry.id {
		m.entry.limited = m.entry.id
		m.entry.bounded++
	}
}

// within runs something with f as the present frame.
func (m *machine) within(f *frame, run func()) {
	here := m.frame
	m.frame = f
	run()
	m.frame = here
}

// rootFrame returns a frame for an entry point of i.
func (m *machine) rootFrame(i *instance, ctx *context) *frame {
	if i.outside == nil {
		i.outside = &ir.Func{}
		if i.unit != nil && i.unit.Script != nil {
			i.outside.File = i.unit.Script.File
		} else if i.unit != nil && i.unit.View != nil {
			i.outside.File = i.unit.View.File
		}
	}
	f := &frame{fn: i.outside, context: ctx, instance: i, this: objectOf(i.object)}
	if i.unit != nil {
		f.module = i.unit.Script
	}
	return f
}

// finish ends an entry point: waiting callbacks run, and what was written
// becomes a possibility.
func (m *machine) finish() {
	m.drain()
	if m.commit() {
		m.grown = true
	}
	m.begin()
}

// Programs of single-file components show the same component on every page. What is
// dear to run for one is not run for all of them: dearWork is the work from which on
// an entry point is dear, maxDear how often it is run then.
const (
	dearWork = 15_000
	maxDear  = 4
)

// costs counts the dear runs of one function over all instances of a unit.
type costs struct{ runs int }

type costKey struct {
	unit *project.Unit
	site any
}

// entryOf returns the entry point of i that starts in ctx, which site names alike in
// all instances of its unit.
func (m *machine) entryOf(i *instance, site any, ctx *context) *entry {
	e := ctx.entryPoint()
	if e.costs == nil && (i.unit.Single || i.unit.Scripted) && i.parent != nil {
		k := costKey{i.unit, site}
		if m.costs[k] == nil {
			m.costs[k] = &costs{}
		}
		e.costs = m.costs[k]
	}
	return e
}

// tooDear reports whether e is not to be run for one more instance.
func (m *machine) tooDear(e *entry) bool {
	if e.costs == nil || e.ran != 0 || e.costs.runs < maxDear {
		return false
	}
	m.limit("steps")
	return true
}
