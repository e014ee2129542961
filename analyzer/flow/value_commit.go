package flow

import "slices"

// What an entry point leaves behind. See value_journal.go for how changes are kept.

// commit joins what was written since the start of the journal with what was
// there before, since the handler that wrote it may or may not run, and reports
// whether the state has a new possibility.
func (s *state) commit() (grown bool) {
	s.walk++
	s.harmless = s.newMark()
	for _, c := range s.journal {
		if s.first(c.place) && s.settleAt(c.place, c.old) {
			grown = true
		}
	}
	s.notePending()
	grown = s.absorb() || grown
	s.harmless = 0
	s.journal, s.remade = s.journal[:0], s.remade[:0]
	s.epoch++
	return grown
}

// settleAt joins what is at p with what was there before the handler, and
// reports whether that is a new possibility.
func (s *state) settleAt(p place, old content) bool {
	if p.born() == s.epoch {
		return false // nothing older can see it but through a change of its own
	}
	if p.slot == elemSlot && p.object.held != nil {
		return s.flatten(p)
	}
	now := p.read()
	if p.fresh(old) {
		p.change(s.epoch)
		if p.slot == propSlot {
			p.write(content{value: join(undefinedValue, now.value)})
		}
		return true
	}
	out := p.join(old, now)
	if p.slot != elemSlot {
		out.value = widen(out.value)
	}
	s.writeAt(p, out)
	if p.slot == elemSlot && len(out.elems) > len(old.elems) && p.object.grows() {
		return s.flatten(p)
	}
	if p.differs(old, out) {
		p.change(s.epoch)
		return true
	}
	return false
}

// born returns the epoch in which what p is part of was first allocated.
func (p place) born() int32 {
	if p.object != nil {
		return p.object.born
	}
	return p.cell.born
}

// grows reports whether an array has grown in so many runs that its end is not
// in sight: a list that every visit appends to has no end.
func (o *Object) grows() bool {
	o.listed().growths++
	return int(o.growths) > maxGrowths
}

// flatten gives up the places of the elements of the array at p, for good, and
// reports whether they are anything that it never held before.
func (s *state) flatten(p place) bool {
	o := p.object
	all := join(o.held, o.elements())
	news := matters(o.held, all)
	l := o.listed()
	l.held, l.elems, l.short = all, nil, nil
	s.writeAt(place{object: o, slot: restSlot}, content{value: all})
	if news {
		p.change(s.epoch)
	}
	return news
}

// maxGrowths is how often an array may grow and keep the places of its
// elements.
var maxGrowths = 2

// change stamps p and what it is part of.
func (p place) change(epoch int32) {
	if p.slot == cellSlot {
		p.cell.changed = epoch + 1
		return
	}
	if p.slot == propSlot {
		q := &p.object.props[p.index]
		q.changed = epoch + 1
		if q.name != madeOf {
			p.object.changed = epoch + 1
		}
		return
	}
	p.object.changed, p.object.grown = epoch+1, epoch+1
}

// accept makes what was written since the start of the journal the state, for
// code that certainly runs. What it made anew keeps what an entry point has changed since it was
// made before: whoever knows that one may still have it.
//
//	<key-board keys="{{ makeKeys() }}"/> // each drawing makes keys that nobody has pressed
func (s *state) accept() {
	s.keepRemade()
	s.notePending()
	s.journal = s.journal[:0]
	s.epoch++
}

// keepRemade makes what was in the objects that were made anew a possibility beside what is there, where an entry point has
// changed it.
func (s *state) keepRemade() {
	if len(s.remade) == 0 {
		return
	}
	s.walk++
	anew := s.newMark()
	for _, o := range s.remade {
		o.mark = anew
	}
	s.remade = s.remade[:0]
	for _, c := range s.journal {
		if c.object != nil && c.object.mark == anew && c.handled() && s.first(c.place) {
			s.keep(c.place, c.old)
		}
	}
}

// handled reports whether an entry point has changed what is at p, a place in an object.
func (p place) handled() bool {
	if p.slot == propSlot {
		return p.object.props[p.index].changed > 0
	}
	return p.object.grown > 0
}

// keep makes what was at p before a possibility beside what is there.
func (s *state) keep(p place, old content) {
	switch {
	case p.fresh(old):
	case p.slot == elemSlot && p.object.held != nil:
		s.flatten(p)
	default:
		out := p.join(old, p.read())
		if p.slot != elemSlot {
			out.value = widen(out.value)
		}
		p.write(out)
	}
}

// fresh reports whether nothing was ever at p.
func (p place) fresh(old content) bool {
	switch p.slot {
	case elemSlot:
		return old.elems == nil && len(p.object.elems) > 0
	case cellSlot, restSlot, propSlot:
		return old.value == nil && p.read().value != nil
	}
	return false
}

// differs reports whether now has a possibility that old does not have.
func (p place) differs(old, now content) bool {
	switch p.slot {
	case elemSlot:
		if len(now.elems) > len(old.elems) || now.least() < old.least() {
			return true
		}
		for i, v := range now.elems {
			if matters(old.elems[i], v) {
				return true
			}
		}
		return false
	case openSlot:
		was := p.object.opened
		p.object.opened = was || now.value != nil
		return p.object.opened != was
	case protoSlot:
		return old.value != now.value
	}
	return matters(old.value, now.value)
}

// matters reports whether now has a possibility that can change what a function
// does that reads it: data, objects, texts, numbers, or another answer as a condition.
// One more of many texts, numbers or objects cannot.
func matters(old, now *Value) bool {
	if now == nil || old == now {
		return false
	}
	if old == nil {
		return true
	}
	if len(now.taints()) > len(old.taints()) || len(now.about()) > len(old.about()) {
		return true
	}
	if len(now.objects) > len(old.objects) && (len(old.objects) < manyValues || newSubstance(old, now)) {
		return true
	}
	if old.lacksSummary(now) {
		return true
	}
	if old.covers(now) {
		return false
	}
	if now.unknown && !old.unknown {
		return true // it may be whatever a condition asks for: step === 3
	}
	for _, c := range now.consts {
		if len(old.consts) >= manyValues {
			break
		}
		news := c.kind == text || c.kind == joined || (c.kind == number && len(old.consts) < fewNumbers)
		if news && !old.hasConst(c) {
			return true
		}
	}
	t, f := old.truth()
	nt, nf := now.truth()
	return t != nt || f != nf
}

// newSubstance reports whether an object that now has more than old is a function or leads
// to data that old did not lead to.
func newSubstance(old, now *Value) bool {
	more := now.objectsBeside(old)
	if slices.ContainsFunc(more, (*Object).callsProgram) {
		return true
	}
	i := slices.IndexFunc(more, func(o *Object) bool { return o.state != nil })
	if i < 0 {
		return false // functions of the language
	}
	s := more[i].state
	if s.judged > maxJudged {
		return true
	}
	before := s.visits
	ts := s.dataIn(more)
	d := digger{sought: ts, still: true}
	if len(ts) > 0 {
		d.dig("", old, nil)
	}
	s.judged += s.visits - before
	return len(ts) > 0 && !d.found
}

// maxJudged is how many places are looked at to tell whether objects that came to others
// lead to other data. Beyond that they are thought to: what read the others runs again, if
// there is something left to pay for it.
var maxJudged = freeVisits

// dataIn returns the collected data to which some objects lead. Within a commit, what was
// found to lead to none is not looked at again: in a list of lists of lists, each of a
// hundred elements leads to all others.
func (s *state) dataIn(objects []*Object) []taint {
	d := digger{mark: s.harmless, still: true}
	d.objects(objects)
	if len(d.taints) > 0 {
		s.forgetHarmless()
	}
	return d.taints
}

func (s *state) forgetHarmless() {
	if s.harmless != 0 {
		s.harmless = s.newMark()
	}
}

// writeAt writes c to p within a commit.
func (s *state) writeAt(p place, c content) {
	p.write(c)
	if p.object == nil || p.object.mark != s.harmless || s.harmless == 0 {
		return
	}
	d := digger{mark: s.harmless, still: true}
	d.dig("", c.value, nil)
	for _, e := range c.elems {
		d.dig("", e, nil)
	}
	if len(d.taints) > 0 {
		s.forgetHarmless()
	}
}

// callsProgram reports whether o is a function of the program, or an object with one: the
// subscriber of an event.
func (o *Object) callsProgram() bool {
	own := func(o *Object) bool { return o.fn != nil && (o.fn.fn != nil || o.fn.target != nil) }
	return own(o) || slices.ContainsFunc(o.props, func(p property) bool {
		return p.value != nil && slices.ContainsFunc(p.value.objects, own)
	})
}

// fewNumbers is how many constants a value may have before another number is taken for
// one more of a counter. Below that it may be what is shown: the step of a form, a tab.
const fewNumbers = 4

// manyValues is how many texts or objects a value may have before another one
// is taken for more of the same.
var manyValues = 8
