package flow

// What is noted when a limit is hit: whether collected data were in the calls that ran.

// cutOff is what is known of a limit that was hit.
type cutOff struct {
	held    map[*origin]bool // the collected data in the calls that ran
	unasked bool             // it was hit so often that it was not looked for them any more
	asked   int              // how often it was
}

// manyAsked is for how often a limit is hit it is looked for data in the calls: they are much the same.
const manyAsked = 256

// note notes that a limit was hit, with what is given to a call that it cut off.
func (m *machine) note(l Limit, given []taint) {
	c := m.ledger.limits[l]
	if c == nil {
		c = &cutOff{held: map[*origin]bool{}}
		m.ledger.limits[l] = c
	}
	for _, t := range given {
		c.held[t.origin] = true
	}
	if c.asked++; c.asked > manyAsked {
		c.unasked = true
		return
	}
	for _, t := range m.frame.handed() {
		c.held[t.origin] = true
	}
}

// handed returns the collected data that f, and the calls around it, were given.
func (f *frame) handed() []taint {
	d := digger{still: true}
	for ; f != nil; f = f.caller {
		for _, a := range f.args {
			d.dig("", a, nil)
		}
		d.dig("", f.more, nil)
	}
	return d.taints
}
