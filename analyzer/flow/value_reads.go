package flow

// reads is what a run of an entry point has read: it runs again only if some of that
// has changed. Each thing is listed once, which its stamp tells. What the run itself has
// made is not listed (see own): it writes there anew, before it reads.
type reads struct {
	id      int32     // of the run
	objects []*Object // of which it looked at all
	props   []readProperty
	missed  []miss // properties that were not there
	cells   []*cell

	known map[miss]bool // of missed, while it runs
}

// readProperty is a property of an object, by its number.
type readProperty struct {
	object *Object
	index  int32
}

// miss is a property that an object did not have.
type miss struct {
	object *Object
	name   string
}

// newReads returns those of a run that is not repeated.
func newReads() *reads { return &reads{id: -1} }

// restart makes r that of the run with this id, which has read nothing yet. It writes into
// the room of scratch, if nobody else does.
func (r *reads) restart(id int32, scratch *reads) {
	*r, *scratch = *scratch, reads{}
	r.id = id
}

// settle is the end of the run: r keeps no more than it needs, and scratch gets its room back.
func (r *reads) settle(scratch *reads) {
	if len(r.known) > manyMissed {
		r.known = nil // emptying it would cost more than another
	}
	clear(r.known)
	*scratch = reads{known: r.known}
	r.known = nil
	r.objects, scratch.objects = fitted(r.objects)
	r.props, scratch.props = fitted(r.props)
	r.missed, scratch.missed = fitted(r.missed)
	r.cells, scratch.cells = fitted(r.cells)
}

// manyMissed is from how many properties on the set of those that were missed is made anew.
const manyMissed = 500

// fitted returns a copy of list without spare room, and the room of list.
func fitted[T any](list []T) (fit, room []T) {
	if len(list) > 0 {
		fit = make([]T, len(list))
		copy(fit, list)
		clear(list)
	}
	return fit, list[:0]
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
	for _, n := range r.missed {
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

// before reports whether o is from before the run: it has not made it, not even anew. The run goes again if o changes.
func (r *reads) before(o *Object) bool { return r.id > 0 && o.made != r.id && o.made != -r.id }

// disown notes that the run knows the objects of v from before.
func (r *reads) disown(v *Value) {
	if v == nil {
		return
	}
	for _, o := range v.objects {
		if !r.own(o) {
			continue
		}
		o.made = -r.id
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
	k := miss{o, name}
	if r.known[k] {
		return
	}
	if r.known == nil {
		r.known = map[miss]bool{}
	}
	r.known[k] = true
	r.missed = append(r.missed, k)
}

// newMark returns the mark by which a walk over objects tells those that it has
// met.
func (s *state) newMark() int32 {
	s.marks++
	return s.marks
}
