package flow

import (
	"cmp"
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/source"
)

// costing counts what each function costs while the program runs.
type costing struct {
	tallies map[*ir.Func]*tally
	inner   int // work of the calls within the present activation
	entries EntryCosts
}

type tally struct{ runs, cut, work, whole int } // whole is work with that of the calls within

// cheap reports whether fn has cost at most so many units a call, with what it calls.
func (c *costing) cheap(fn *ir.Func, most int) bool {
	t := c.of(fn)
	return t.whole <= most*t.runs
}

func newCosting() costing { return costing{tallies: map[*ir.Func]*tally{}} }

func (c *costing) of(fn *ir.Func) *tally {
	t := c.tallies[fn]
	if t == nil {
		t = &tally{}
		c.tallies[fn] = t
	}
	return t
}

// enter begins an activation, and returns what account needs of the one around it.
func (c *costing) enter() (outer int) {
	outer, c.inner = c.inner, 0
	return outer
}

// account ends an activation of fn that began at a cost of the whole run.
func (m *machine) account(fn *ir.Func, began, outer int) {
	whole := m.cost() - began
	t := m.costing.of(fn)
	t.runs++
	t.work += whole - m.costing.inner
	t.whole += whole
	m.costing.inner = outer + whole
}

// ran counts a run of an entry point.
func (c *EntryCosts) ran(again bool, work int) {
	if again {
		c.Again++
		c.WorkAgain += work
		return
	}
	c.First++
	c.WorkFirst += work
}

// listed returns the costs of the functions of the program, the costliest first.
func (c *costing) listed() []Cost {
	var out []Cost
	for fn, t := range c.tallies {
		out = append(out, Cost{source.Location{File: fn.File, Span: fn.Span}, fn.Name, t.runs, t.cut, t.work})
	}
	slices.SortFunc(out, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(b.Work, a.Work), cmp.Compare(a.path(), b.path()), cmp.Compare(a.Function.Span.Start,
			b.Function.Span.Start))
	})
	return out
}
