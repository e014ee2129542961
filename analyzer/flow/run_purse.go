package flow

import (
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// What following a program may cost is counted in units of work: instructions run,
// and places looked at in joins of states. The budget is divided, so that nothing
// spends what something else needs:
//   - The top levels of modules have a purse of their own. A program with forty
//     tables of checksums still has all for its pages.
//   - Half of the rest is shared out to the pages (the app counts as one), the other
//     half is for whoever needs more, in the order of the pages.
//   - What is left of the modules' is for components that no view uses.
//
// A part with nothing left still runs, but does less: its views are rendered and its
// handlers begin, but their calls are not followed (mayEnter).

// purse is what a part of the program may still cost.
type purse struct {
	left int
	more *purse // pays if nothing is left; nil if nobody does
}

// accounts says who pays for what runs at present.
type accounts struct {
	payer *purse
	paid  int   // the cost that has been paid for
	most  int   // work for the present entry point
	tops  purse // of the top levels of modules
	rest  purse // of all pages

	least int                      // the least that a payer ever had left
	tight map[*project.Module]bool // modules whose top levels came near to what they may cost
}

// openAccounts divides the budget of a program of this size.
func openAccounts(l limits, bytes int) accounts {
	budget := l.program + l.perByte*bytes
	return accounts{
		tops: purse{left: budget / 2}, rest: purse{left: budget}, most: l.entry, least: budget, tight: map[*project.Module]bool{},
	}
}

// shares takes half of what all pages have and gives it to n of them.
func (a *accounts) shares(n int) []*purse {
	each := a.rest.left / 2 / max(1, n)
	out := make([]*purse, n)
	for i := range out {
		out[i] = &purse{left: each, more: &a.rest}
		a.rest.left -= each
	}
	return out
}

// cost is the work of the whole run until now.
func (m *machine) cost() int { return m.total + m.work }

// charge has p pay for what run costs.
func (m *machine) charge(p *purse, run func()) {
	outer := m.payer
	m.pay()
	m.payer = p
	m.begin()
	run()
	m.pay()
	m.payer = outer
	m.begin()
}

// pay takes what has run from the present payer.
func (m *machine) pay() {
	used := m.cost() - m.paid
	m.paid += used
	for p := m.payer; p != nil && used > 0; p = p.more {
		take := min(used, p.left)
		p.left -= take
		used -= take
	}
}

// exhausted reports whether the present payer has nothing left.
func (m *machine) exhausted() bool {
	used := m.cost() - m.paid
	for p := m.payer; p != nil; p = p.more {
		used -= p.left
	}
	m.least = min(m.least, -used)
	return used >= 0
}

// begin starts counting the work of an entry point.
func (m *machine) begin() {
	if m.spent() > m.most/4 {
		for _, mod := range m.modules.inits {
			m.tight[mod] = true
		}
	}
	m.steps, m.before, m.most = 0, m.work, m.limits.entry
	if m.exhausted() {
		m.most = m.limits.little
	}
}

// over reports whether the entry point has had all the work that it may have.
func (m *machine) over() bool { return m.spent() > m.allowed() }

// allowed is the work up to which the function that runs may go on. Its callers may go
// a little further: if a check before the request loads everything anew, the check is
// cut short and the request is still seen.
func (m *machine) allowed() int {
	const steps = 16
	depth := 0
	if m.frame != nil {
		depth = min(m.frame.depth, steps)
	}
	return m.most - depth*(m.most/steps/2)
}

// spent is the work of the present entry point.
func (m *machine) spent() int { return m.steps + m.work - m.before }

// leaf reports whether fn is so small that running it costs less than guessing its
// result: no call, no loop, few instructions. The guess would be that what goes in
// comes out, which is wrong for a choice between two constants.
func (m *machine) leaf(fn *ir.Func) bool {
	known, ok := m.leaves[fn]
	if !ok {
		n := m.limits.leaf
		known = !fn.Async && !fn.Generator && small(fn.Body(), isModel(fn.File), &n)
		m.leaves[fn] = known
	}
	return known
}

// small reports whether code has no loop and, unless calls are allowed, no call, and reduces n
// by its length. A short function of a model may call: the setter of a state asks the machine
// how the state changes, and what it calls of the program is weighed by itself.
func small(code []ir.Instr, calls bool, n *int) bool {
	if *n -= len(code); *n < 0 {
		return false
	}
	for i := range code {
		switch code[i].Op {
		case ir.Call:
			if !calls {
				return false
			}
		case ir.New, ir.Super, ir.Import, ir.Loop, ir.ForOf, ir.ForIn, ir.Await, ir.Yield, ir.ClassDef:
			return false
		}
		if code[i].Ext == nil {
			continue
		}
		for _, block := range code[i].Ext.Blocks {
			if !small(block, calls, n) {
				return false
			}
		}
	}
	return true
}
