package flow

import "slices"

// merged is a place in a join of states, and how many of them wrote it.
type merged struct {
	written
	count int
}

// merge replaces what was written since mark by the join of the given states,
// each of which is a snapshot since mark that is not needed any more. An object newer than
// newest, the last that was there at mark, is only in the states that wrote it: where it is
// not there, nobody finds its properties absent.
//
//	return ready && { locked: true }    // locked is true, not true or undefined
func (s *state) merge(mark int, newest int32, states []snapshot) {
	s.undo(mark)
	defer s.release(states)
	if len(states) == 1 {
		for _, w := range states[0] {
			s.set(w.place, w.content)
		}
		return
	}
	s.walk++
	all := s.merging[:0]
	for _, st := range states {
		s.joins(len(st))
		for _, w := range st {
			if s.first(w.place) {
				w.seen().pos = int32(len(all))
				all = append(all, merged{w, 1})
				continue
			}
			m := &all[w.seen().pos]
			m.content, m.count = w.join(m.content, w.content), m.count+1
		}
	}
	for _, m := range all {
		if m.count < len(states) && !m.newer(newest) {
			m.content = m.join(m.read(), m.content)
		}
		s.set(m.place, m.content)
	}
	s.merging = all
}

// join returns the content that is either a or b.
func (p place) join(a, b content) content {
	switch p.slot {
	case restSlot:
		return content{value: join(a.value, b.value)}
	case cellSlot, propSlot:
		if a.value == nil && b.value == nil {
			return content{}
		}
		if p.slot == cellSlot && !p.cell.unset {
			return content{value: join(a.value, b.value)} // nobody can read it where it has no value
		}
		return content{value: join(orUndefined(a.value), orUndefined(b.value))}
	case elemSlot:
		out := content{elems: joinElems(a.elems, b.elems)}
		if a.elems != nil && b.elems != nil {
			out.value = shortOf(min(a.least(), b.least()), len(out.elems))
		} else if a.elems != nil {
			out.value = a.value
		} else {
			out.value = b.value
		}
		return out
	}
	if b.value != nil {
		return b
	}
	return a
}

// least is the number of elements that an array has at least.
func (c content) least() int {
	if c.value == nil {
		return len(c.elems)
	}
	return int(c.value.consts[0].num)
}

func orUndefined(v *Value) *Value {
	if v == nil {
		return undefinedValue
	}
	return v
}

// joinElems returns the elements of an array that has those of a or b. If one is
// nil the array was not made there; if one is shorter what it lacks may be
// absent.
func joinElems(a, b []*Value) []*Value {
	if len(a) < len(b) {
		a, b = b, a
	}
	if a == nil || b == nil {
		return a
	}
	out := slices.Clone(a)
	for i := range out {
		other := undefinedValue
		if i < len(b) {
			other = b[i]
		}
		out[i] = join(out[i], other)
	}
	return out
}
