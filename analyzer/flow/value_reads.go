package flow

// reads is what a run of an entry point has read: it runs again only if some of that
// has changed. Each thing is listed once, which its stamp tells. What the run itself has
// made anew is not listed: nothing in it is from before.
type reads struct {
	id      int32  // of the run
	mark    *Value // of what the run makes anew: see freshSlot
	objects []*Object
	props   []place
	missed  map[miss]struct{}
	cells   []*cell
}

// miss is a property that an object did not have.
type miss struct {
	object *Object
	name   string
}

// newReads returns those of a run that is not repeated.
func newReads() *reads { return &reads{mark: &Value{}} }

// restart makes r that of the run with this id, which has read nothing yet.
func (r *reads) restart(id int32) {
	clear(r.missed)
	*r = reads{id, &Value{}, r.objects[:0], r.props[:0], r.missed, r.cells[:0]}
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
	for n := range r.missed {
		if n.object.grown >= since {
			return true
		}
		if i := n.object.find(n.name); i >= 0 && n.object.props[i].changed >= since {
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
	if r := s.reads; c.stamp != r.id && c.fresh != r.mark {
		c.stamp = r.id
		r.cells = append(r.cells, c)
	}
	return orUndefined(c.value)
}

// miss notes that o has no property of this name.
func (r *reads) miss(o *Object, name string) {
	if r.missed == nil {
		r.missed = map[miss]struct{}{}
	}
	r.missed[miss{o, name}] = struct{}{}
}

// newMark returns the mark by which a walk over objects tells those that it has
// met.
func (s *state) newMark() int32 {
	s.marks++
	return s.marks
}
