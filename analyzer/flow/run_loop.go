package flow

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
)

// The loops: for and while, for-of and for-in.

// loop runs a loop round by round: to its end if that is known, else until
// further rounds add nothing, at most limits.rounds. Data that the last round moved are lost.
func (m *machine) loop(f *frame, in *ir.Instr) bool {
	t := &target{label: in.Ext.Label, breaks: m.exits()}
	f.targets = append(f.targets, t)
	outer := f.iter
	live, left := true, len(f.returns.states)
	last := m.limits.unroll
	for n := 0; live; n++ {
		if n > last {
			m.exit(&t.breaks)
			live = false
			break
		}
		f.iter = m.iteration(outer, in, n)
		start := m.mark()
		t.continues = exits{mark: start, newest: m.nextID}
		live = m.block(in.Ext.Blocks[0])
		live = m.leave(&t.continues, live)
		if live && len(in.Ext.Blocks) > 1 {
			live = m.block(in.Ext.Blocks[1])
		}
		f.rounds++
		if live && n == last && m.moves(start, m.limits.rounds) {
			last++
		}
		open := len(t.breaks.states) > 0 || f.rounds > m.limits.unrolled || len(f.returns.states) > left && endless(in)
		if live && last == m.limits.unroll && (n == m.limits.unroll-1 || n >= m.limits.rounds-2 && open) {
			m.generalise(start) // the next round represents all that follow
			last = n + 1
		}
	}
	f.iter = outer
	f.targets = f.targets[:len(f.targets)-1]
	return m.leave(&t.breaks, false)
}

// endless reports whether nothing ends a loop but that the function around it returns:
//
//	for (;;) { const answer = await send(); if (answer.statusCode === 401) { await renew(); continue } return answer.data }
func endless(in *ir.Instr) bool {
	ends := 0
	for _, block := range in.Ext.Blocks {
		ends += breaks(block, in.Ext.Label)
	}
	head := in.Ext.Blocks[0]
	return ends == 0 || ends == 1 && len(head) > 1 && head[0].Op == ir.Bool && head[0].Num != 0 && head[1].Op == ir.If
}

// breaks counts what leaves the construct with a label.
func breaks(code []ir.Instr, label int) (n int) {
	for i := range code {
		if code[i].Op == ir.Break && int(code[i].Num) == label {
			n++
		}
		if code[i].Ext != nil {
			for _, block := range code[i].Ext.Blocks {
				n += breaks(block, label)
			}
		}
	}
	return n
}

// stillNamed is the condition on which an item of a loop has its round: for-in leaves
// out names that are not there any more, and some may never have been there.
func (m *machine) stillNamed(f *frame, in *ir.Instr, name *Value) *Value {
	if in.Op == ir.ForOf {
		return trueValue
	}
	o := f.regs[in.A].single()
	switch {
	case o == nil && !f.regs[in.A].isText():
		return boolValue
	case o == nil || o.kind != plainObject:
		return trueValue
	}
	c, _ := name.only()
	if v, ok := o.own(c.String()); ok && v.isOnly(undefined) {
		return trueValue
	}
	return m.hasProperty(o, c.String(), true)
}

// repeat runs code that runs an unknown number of times: one round represents
// all, unless it moves data.
func (m *machine) repeat(run func()) {
	for n := 1; ; n++ {
		start := m.mark()
		m.perhaps(run)
		m.generalise(start)
		if !m.moves(start, n) {
			return
		}
	}
}

// everyTime runs what a timer calls until it is cleared. Another time is run if the last one counted:
//
//	const timer = setInterval(() => { if (--left === 0) { clearInterval(timer); send() } }, 1000)
func (m *machine) everyTime(run func()) {
	start := m.mark()
	run()
	for n := 1; n < m.limits.rounds; n++ {
		counted := m.generalise(start)
		if !m.moves(start, n) && !counted {
			return
		}
		start = m.mark()
		m.perhaps(run)
	}
}

// moves reports whether the round of a loop that began at mark is to be followed by
// another: it brought data to where none were before, and the next may bring them further.
//
//	for (const x of list) { send(last); last = mine; mine = form.phone }
//
// What moves beyond the allowed number of rounds is lost.
func (m *machine) moves(mark, rounds int) bool {
	ts := m.moved(mark, nil)
	if len(ts) > 0 && rounds >= m.limits.rounds {
		m.lose(ts, finding.Limit, "", m.here())
		return false
	}
	return len(ts) > 0
}

// iterate runs for-of and for-in. If the elements are known, each has its
// round; otherwise two rounds that may run represent all.
func (m *machine) iterate(f *frame, in *ir.Instr) bool {
	var items []*Value
	var others *Value
	if in.Op == ir.ForOf {
		items, others = m.elements(f.regs[in.A])
	} else {
		items, others = m.enumerate(f.regs[in.A])
	}
	if f.rounds+len(items) > m.limits.unrolled { // a list of areas in a loop over another
		items, others = nil, join(others, joinAll(items))
	}
	f.rounds += len(items)
	t := &target{label: in.Ext.Label, breaks: m.exits()}
	f.targets = append(f.targets, t)
	outer, live := f.iter, true
	round := func(n int, item *Value) bool {
		f.iter = m.iteration(outer, in, n)
		f.regs[in.Dst] = item
		t.continues = m.exits()
		return m.leave(&t.continues, m.block(in.Ext.Blocks[0]))
	}
	for n := 0; n < len(items) && live; n++ {
		switch there := m.stillNamed(f, in, items[n]); there {
		case falseValue:
		case trueValue:
			live = round(n, items[n])
		default:
			m.maybe(func() bool { return round(n, items[n]) })
		}
		if in.Op == ir.ForOf && live && n == len(items)-1 {
			items, others = m.elements(f.regs[in.A]) // what was added meanwhile has its round, too
		}
	}
	more := others != nil
	for n := 0; live && more; n++ {
		start := m.mark()
		m.maybe(func() bool { return round(len(items)+min(n, 1), others) })
		if n > 0 {
			m.generalise(start)
			more = m.moves(start, n)
		}
	}
	f.iter = outer
	f.targets = f.targets[:len(f.targets)-1]
	return m.leave(&t.breaks, live)
}
