package flow

import "github.com/beian/beian/analyzer/ir"

// Exceptions, and the finally blocks that every way out passes.

func (m *machine) try(f *frame, in *ir.Instr) bool {
	if blocks := in.Ext.Blocks; len(blocks) > 2 && blocks[2] != nil {
		return m.tryFinally(f, in)
	}
	return m.tryCatch(f, in)
}

// tryCatch runs a body and, from every state in which it may have thrown, the
// code that catches that.
func (m *machine) tryCatch(f *frame, in *ir.Instr) bool {
	blocks := in.Ext.Blocks
	if len(blocks) < 2 || blocks[1] == nil {
		return m.block(blocks[0])
	}
	mark, newest := m.mark(), m.nextID
	thrown, throws := f.thrown, m.exits()
	f.thrown = nil
	m.catchers = append(m.catchers, &throws)
	live := m.block(blocks[0])
	m.catchers = m.catchers[:len(m.catchers)-1]
	caught := join(f.thrown, unknownValue)
	f.thrown = thrown
	// Anything may throw, so the catch block starts in any state that the body went
	// through: what it wrote and then wrote over is in the journal.
	past := m.past(mark)
	var states []snapshot
	if live {
		states = append(states, m.since(mark))
	}
	m.weaken(mark, newest)
	for _, c := range past {
		m.set(c.place, c.join(c.old, c.read()))
	}
	if len(throws.states) > 0 {
		m.merge(mark, newest, append(throws.states, m.since(mark)))
	}
	if in.Dst != ir.None {
		f.regs[in.Dst] = caught
	}
	if m.block(blocks[1]) {
		states = append(states, m.since(mark))
		live = true
	}
	if live {
		m.merge(mark, newest, states)
	}
	return live
}

// past returns the changes since mark to places that were changed before since then:
// what was there in between.
func (m *machine) past(mark int) (out []change) {
	m.walk++
	for _, c := range m.journal[mark:] {
		if !m.first(c.place) {
			out = append(out, c)
		}
	}
	return out
}

// finaliser is a finally block that what leaves its body has to pass.
type finaliser struct {
	depth  int // constructs around it that Break and Continue can name
	mark   int
	newest int32 // as in exits
	ways   []*way
}

// way is the target to which the body of a finaliser is left other than at its
// end.
type way struct {
	to     *exits
	target int // index of the construct; -1 for the function
	states exits
}

// leaveTo records that the present state leaves to e, by way of the finally blocks
// between here and there.
func (m *machine) leaveTo(f *frame, e *exits, target int) {
	n := len(f.finals)
	if n == 0 || f.finals[n-1].depth <= target {
		m.exit(e)
		return
	}
	fin := f.finals[n-1]
	for _, w := range fin.ways {
		if w.to == e {
			m.exit(&w.states)
			return
		}
	}
	w := &way{to: e, target: target, states: exits{mark: fin.mark, newest: fin.newest}}
	fin.ways = append(fin.ways, w)
	m.exit(&w.states)
}

// raise records that the present state goes to what catches an exception.
func (m *machine) raise() {
	n := len(m.catchers)
	if n == 0 {
		return
	}
	if c := m.catchers[n-1]; c.mark <= len(m.journal) && len(c.states) < maxThrows {
		m.exit(c)
	}
}

// maxThrows is the number of states in which one body may be left by an exception.
var maxThrows = 16

// tryFinally runs a try statement and its finally block, which comes after every way
// in which the others are left.
func (m *machine) tryFinally(f *frame, in *ir.Instr) bool {
	mark, newest := m.mark(), m.nextID
	fin, throws := &finaliser{depth: len(f.targets), mark: mark, newest: newest}, m.exits()
	f.finals = append(f.finals, fin)
	m.catchers = append(m.catchers, &throws)
	live := m.tryCatch(f, in)
	m.catchers = m.catchers[:len(m.catchers)-1]
	f.finals = f.finals[:len(f.finals)-1]
	finally := in.Ext.Blocks[2]
	if len(fin.ways)+len(throws.states) == 0 {
		return m.block(finally) && live
	}
	var normal snapshot
	if live {
		if live = m.block(finally); live {
			normal = m.since(mark)
		}
	}
	for _, w := range fin.ways {
		m.merge(mark, newest, w.states.states)
		if m.block(finally) {
			m.leaveTo(f, w.to, w.target)
		}
	}
	if len(throws.states) > 0 {
		m.merge(mark, newest, throws.states)
		if m.block(finally) {
			m.raise()
		}
	}
	m.undo(mark)
	if live {
		m.merge(mark, newest, []snapshot{normal})
	}
	return live
}
