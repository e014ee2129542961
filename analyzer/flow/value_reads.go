package flow

// reads is what a run of an entry point has read: it runs again only if some of that
// has changed. Each thing is listed once, which its stamp tells. What the run itself has
// made is not listed (see own): it writes there anew, before it reads.
type reads struct {
	id      int32             // of the run
	objects []*Object         // of which it looked at all
	props   []place           // properties
	missed  map[miss]struct{} // properties that were not there
	cells   []*cell
}

// miss is a property that an object did not have.
type miss struct {
	object *Object
	name   string
}

// newReads returns those of a run that is not repeated.
func newReads() *reads { return &reads{id: -1} }

// restart makes r that of the run with this id, which has read nothing yet.
func (r *reads) restart(id int32) {
	clear(r.missed)
	*r = reads{id, r.objects[:0], r.props[:0], r.missed, r.cells[:0]}
}

// empty reports whether nothing was read.
func (r *reads) empty() bool { return len(r.objects)+len(r.props)+len(r.missed)+len(r.cells) == 0 }

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
	if r := s.reads; c.made != r.id {
		if c.stamp != r.id {
			c.stamp = r.id
			r.cells = append(r.cells, c)
		}
		r.disown(c.value)
	}
	return orUndefined(c.value)
}

// own reports whether the run has made o and knows it from nowhere else. An example:
//
//	if (!this.cache) this.cache = {}
//	use(this.cache.phone)
//
// A later run makes the object, and then reads it from this.cache, which is from before:
// so the object may be one to which some other entry point has written a phone.
func (r *reads) own(o *Object) bool { return o.made == r.id }

// disown notes that the run knows the objects of v from before.
func (r *reads) disown(v *Value) {
	if v == nil {
		return
	}
	for _, o := range v.objects {
		if !r.own(o) {
			continue
		}
		o.made = 0
		if o.fn != nil {
			r.disown(o.fn.this)
			if around := o.fn.around; around != nil {
				for _, v := range append(around.known[:len(around.known):len(around.known)], around.more) {
					r.disown(v)
				}
			}
			for e := o.fn.env; e != nil; e = e.up {
				for _, c := range e.cells {
					if c != nil && c.made == r.id {
						c.made = 0
					}
				}
			}
		}
	}
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
