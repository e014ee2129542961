package flow

import (
	"cmp"
	"io"
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/source"
)

// Cost is what one function of the program cost a run.
type Cost struct {
	Function source.Location
	Name     string // "" for one without
	Runs     int    // its activations
	Cut      int    // calls of it that a limit kept from being followed
	Work     int    // units of work, without what it calls
}

// costing counts what each function costs while the program runs.
type costing struct {
	tallies map[*ir.Func]*tally
	inner   int // work of the calls within the present activation
}

type tally struct{ runs, cut, work int }

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
	m.costing.inner = outer + whole
}

// listed returns the costs of the functions of the program, the costliest first.
func (c *costing) listed() []Cost {
	var out []Cost
	for fn, t := range c.tallies {
		out = append(out, Cost{source.Location{File: fn.File, Span: fn.Span}, fn.Name, t.runs, t.cut, t.work})
	}
	slices.SortFunc(out, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(b.Work, a.Work), cmp.Compare(a.path(), b.path()), cmp.Compare(a.Function.Span.Start, b.Function.Span.Start))
	})
	return out
}

func (c Cost) path() string {
	if c.Function.File == nil {
		return ""
	}
	return c.Function.File.Path
}

// DumpCosts writes what the run of r cost, for those who work on the engine: the functions
// of the files for which include holds, the costliest first. The first error of w is returned.
func (r *Result) DumpCosts(w io.Writer, include func(path string) bool) error {
	var d dumper
	all := 0
	for _, c := range r.Costs {
		all += c.Work
	}
	d.line(0, "%d units of work", all)
	for _, c := range r.Costs {
		if !include(c.path()) {
			continue
		}
		d.line(0, "%9d units %6d runs %5d cut  %s %s", c.Work, c.Runs, c.Cut, spotOf(c.Function), c.Name)
	}
	_, err := io.WriteString(w, d.out.String())
	return err
}
