package flow

import (
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// entry is an entry point of the program and what its last run depended on.
type entry struct {
	reads
	ran     int32    // the epoch after its last run; 0 if it never ran
	work    int      // of its costliest run
	bounded int      // runs that hit a limit
	limited int32    // id of the last such run
	dataset []*Value // of a tap: what it last ran with
	start   Start    // of a lifecycle function
	lost    lost     // what its last run lost
	early   bool     // its last run, before the lifecycle of its page, called something that was not there yet
	costs   *costs   // of what it shares with other instances; nil for nothing
}

// covers reports whether the last run had all values that a dataset may hold.
func (e *entry) covers(dataset []*Value) bool {
	for i, v := range dataset {
		if i >= len(e.dataset) || matters(e.dataset[i], v) {
			return false
		}
	}
	return true
}

// tooEarly reports whether fn, which is being called, is only not there yet, since the lifecycle of the page that makes it has not
// run: then the call throws, and the present entry point runs once more.
func (m *machine) tooEarly(fn *Value) bool {
	if !m.glancing {
		return false
	}
	_, nothing := fn.only() // undefined or null
	m.entry.early = m.entry.early || nothing
	return nothing
}

// stale reports whether anything that the last run looked into has changed.
func (e *entry) stale() bool {
	if e.ran == 0 {
		return true
	}
	if e.bounded > 1 {
		return false // another run would cost much and end as early
	}
	return e.changed(e.ran)
}

// entryPoint runs something of i as an entry point: in a context of its own, which
// site and iter name, with what it wrote a possibility at the end. It does not run
// again unless something that its last run read has changed. site names it alike in
// all instances of a unit.
func (m *machine) entryPoint(i *instance, site any, iter int, run func()) {
	ctx := i.context.child(site, nil, iter)
	e := ctx.entryPoint()
	m.share(e, i, site)
	if m.stopped() || !e.stale() || m.tooCostly(e) || m.waits(e, site) {
		return
	}
	again, before := e.id > 0, m.cost()
	m.entries++
	e.restart(m.entries, &m.scratch)
	m.takeBack(e)
	outer, deciding := m.entry, m.deciding
	m.entry, m.reads, m.deciding = e, &e.reads, nil
	clear(m.runs)
	clear(m.looked)
	m.within(m.rootFrame(i, ctx), func() {
		m.attempt(i.path(), run)
		m.waiting(i.path())
		m.finish()
	})
	m.entry, m.reads, m.deciding = outer, &outer.reads, deciding
	e.settle(&m.scratch)
	e.lost.ways, _ = fitted(e.lost.ways)
	e.ran = m.epoch
	if e.early {
		e.ran, e.early = 0, false
	}
	work := m.cost() - before
	e.work = max(e.work, work)
	m.costing.entries.ran(again, work)
	if e.costs != nil && work > m.limits.costly {
		e.costs.runs++
	}
}

// nested runs something of i that the code that runs at present causes, such as the
// handler of an event that a component triggers. site and at name it, and iter the
// round of the loops around at.
func (m *machine) nested(i *instance, site, at any, iter int, run func()) {
	f := m.frame
	inner := m.rootFrame(i, f.context.child(site, nil, f.iter).child(at, nil, iter))
	inner.caller, inner.depth = f, f.depth+1
	m.within(inner, run)
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

// limit notes that a bound was hit, by the unit that runs or the module that is being
// loaded.
func (m *machine) limit(what string) { m.limitOf(what, nil) }

// limitOf is limit for a call that is not followed, to which the data in given go.
func (m *machine) limitOf(what string, given []taint) {
	l := Limit{What: what}
	if i := m.frame.owner(); i != nil {
		l.Unit = i.unit
		if i.page != nil {
			l.Page = i.page.unit
		}
	} else if n := len(m.modules.inits); n > 0 {
		l.Module = m.modules.inits[n-1]
	}
	m.note(l, given)
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

// costs counts the costly runs of one function over all instances of a unit.
type costs struct{ runs int }

type costKey struct {
	unit *project.Unit
	site any
}

// share has e, an entry point of i, count its costly runs together with those of
// other instances.
func (m *machine) share(e *entry, i *instance, site any) {
	if e.costs != nil || !i.frequent || i.parent == nil {
		return
	}
	k := costKey{i.unit, site}
	if m.costs[k] == nil {
		m.costs[k] = &costs{}
	}
	e.costs = m.costs[k]
}

// tooCostly reports whether e has used up its budget on other instances. Until all else is done it only waits: then it runs, as
// long as the pages have most of what they share.
func (m *machine) tooCostly(e *entry) bool {
	switch {
	case e.costs == nil || e.ran != 0 || e.costs.runs < m.limits.costlyRuns:
		return false
	case !m.costly.last:
		m.costly.wait = true
		return true
	case m.rest.left > m.costly.least:
		return false
	}
	m.limit("steps")
	return true
}

// costly says what becomes of entry points of components that others have used up the budget of.
type costly struct {
	wait  bool // one waits
	last  bool // nothing else is left to do
	least int  // what the pages keep for themselves
}

// resume lets those run that wait, and reports whether any does.
func (c *costly) resume() bool {
	c.last = true
	return c.wait
}
