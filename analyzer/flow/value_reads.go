package flow

// reads is what a run of an entry point has read: it runs again only if some of that
// has changed. Each thing is listed once, which its stamp tells.
type reads struct {
	id      int32     // of the run
	objects []*Object // of which it looked at all
	props   []place   // properties
	missed  []*Object // in which it found no property of some name
	cells   []*cell
}

// restart makes r that of the run with this id, which has read nothing yet.
func (r *reads) restart(id int32) {
	*r = reads{id, r.objects[:0], r.props[:0], r.missed[:0], r.cells[:0]}
}

// changed reports whether anything in r has a new possibility in an epoch.
func (r *reads) changed(since int32) bool {
	for _, o := range r.objects {
		if o.changed >= since {
			return true
		}
	}
	for _, p := range r.props {
		if p.object.props[p.index].changed >= since {
			return true
		}
	}
	for _, o := range r.missed {
		if o.grown >= since {
			return true
		}
	}
	for _, c := range r.cells {
		if c.changed >= since {
			return true
		}
	}
	return false
}

// readCell returns the content of a variable, for code that runs.
func (s *state) readCell(c *cell) *Value {
	if r := s.reads; c.stamp != r.id {
		c.stamp = r.id
		r.cells = append(r.cells, c)
	}
	return orUndefined(c.value)
}

// newMark returns the mark by which a walk over objects tells those that it has
// met.
func (s *state) newMark() int32 {
	s.marks++
	return s.marks
}
