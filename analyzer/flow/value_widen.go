package flow

import "slices"

// What a loop without a known end leaves.

// generalise gives up what grew in the round of a loop that began at mark: a counter
// may be any number, a list that got longer may have any length. It reports whether there was
// a value that grew.
func (s *state) generalise(mark int) (grew bool) {
	s.compress(mark)
	for _, c := range slices.Clone(s.journal[mark:]) {
		now := c.read()
		if c.slot == elemSlot {
			s.generaliseElems(c, now)
			continue
		}
		if v := widened(c.old.value, now.value); v != now.value {
			s.set(c.place, content{value: v})
			grew = true
		}
	}
	return grew
}

// moved returns the data that have come since mark to variables and properties that were
// there before and did not hold them, but for variables that hidden lists. If what began at mark was undone meanwhile, as a
// branch is in which a callback was left, it takes all that is known.
func (s *state) moved(mark int, hidden map[*cell]bool) (ts []taint) {
	if mark > len(s.journal) {
		mark = 0
	}
	s.walk++
	s.joins(len(s.journal) - mark)
	for _, c := range s.journal[mark:] {
		seen := c.slot == propSlot || c.slot == cellSlot && !hidden[c.cell]
		if seen && c.old.value != nil && s.first(c.place) {
			ts = joinTaints(ts, newData(c.old.value, c.read().value))
		}
	}
	return ts
}

// newData returns the data in now that are not in old.
func newData(old, now *Value) []taint {
	if now == nil || now == old {
		return nil
	}
	ts := joinTaints(now.taints(), heldAnywhere(now.objectsBeside(old)))
	if old.leadsTo(ts) {
		return nil
	}
	return without(ts, deepTaints(old))
}

func (s *state) generaliseElems(c change, now content) {
	if c.old.elems == nil {
		return
	}
	elems := slices.Clone(now.elems)
	n := len(c.old.elems)
	kept := c.old.value == nil && len(elems) > n && slices.Equal(elems[:n], c.old.elems)
	if len(elems) != n && !kept { // every round puts each of them elsewhere
		for _, e := range slices.Concat(c.old.elems, elems) {
			s.addRest(c.object, e)
		}
		s.set(c.place, content{elems: []*Value{}})
		return
	}
	for i := range elems {
		if i < len(c.old.elems) {
			elems[i] = widened(c.old.elems[i], elems[i])
		}
	}
	least := now.least()
	if len(elems) != n {
		least = min(least, c.old.least())
		for _, e := range elems[min(n, len(elems)):] {
			s.addRest(c.object, e)
		}
		for i := least; i < len(elems); i++ {
			elems[i] = join(orUndefined(elems[i]), undefinedValue)
		}
	}
	s.set(c.place, content{elems: elems, value: shortOf(least, len(elems))})
}

// widened returns now, with "something else" added if it has a number or text that
// old, the value before, does not have.
func widened(old, now *Value) *Value {
	if old == nil || now == nil || old == now || now.unknown {
		return now
	}
	for _, c := range now.consts {
		if (c.kind == number || c.kind == text || c.kind == joined) && !old.hasConst(c) {
			return join(now, unknownValue)
		}
	}
	return now
}
