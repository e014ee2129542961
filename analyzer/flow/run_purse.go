package flow

import (
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
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
	lent int    // what that has paid
}

// accounts says who pays for what runs at present.
type accounts struct {
	payer *purse
	paid  int   // the cost that has been paid for
	most  int   // work for the present entry point
	tops  purse // of the top levels of modules
	rest  purse // of all pages

	shared int // what all pages shared at first

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
		if p != m.payer {
			m.payer.lent += take
		}
	}
}

// exhausted reports whether the present payer has nothing left.
func (m *machine) exhausted() bool {
	used := m.cost() - m.paid
	for p := m.payer; p != nil; p = p.more {
		used -= p.left
	}
	if m.entry.ran != 0 && m.greedy(m.payer) {
		used += m.shared / keptShare
	}
	m.least = min(m.least, -used)
	return used >= 0
}

// A page that asks a person one question after the other can run for as long as anybody pays, since each answer changes what the
// next depends on, and then nothing is left for what other pages do with data. So a page that has had much of what all share
// waits, once most of it is gone, until the others are done; then it may have all but what they need to take notice of that.
const (
	greedyShare = 4 // has had a page that took one part of so many of what all pages share
	scarceShare = 4 // is left, if no more than one part of so many is
	keptShare   = 8 // is kept for others than such pages
)

// greedy reports whether p has had so much of what all pages share that the others come first.
func (a *accounts) greedy(p *purse) bool {
	return p != nil && p.more != nil && p.lent > a.shared/greedyShare
}

// waits reports whether e, which begins at site, waits until other pages are done. What never was drawn does not.
func (m *machine) waits(e *entry, site any) bool {
	_, event := site.(*markup.Attr)
	if e.ran == 0 && !event || m.costly.last || m.payer == nil || m.payer.more == nil {
		return false
	}
	m.pay()
	left := m.rest.left - m.shared/scarceShare
	m.least = min(m.least, max(0, left))
	if left > 0 || !m.greedy(m.payer) {
		return false
	}
	m.costly.wait = true
	return true
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
