package flow

// Objects that a run makes.

// object returns the object that site allocates in the present context, empty.
func (m *machine) object(kind objectKind, site any) *Object {
	f := m.frame
	m.shedding.note(f.context)
	return m.allocated(&f.context.objects, site, f.iter, kind)
}

// allocated returns the object of that site and round, empty.
func (m *machine) allocated(objects *allocations, site any, iter int, kind objectKind) *Object {
	a := objects.at(site, iter)
	if o := a.object; o != nil {
		m.clear(o)
		if o.giver == m.reads {
			o.shared, o.giver = false, nil
		}
		o.kind, o.made = kind, m.reads.id
		return o
	}
	if a.id == 0 {
		m.nextID++
		a.id = m.nextID
	}
	a.object = m.numbered(kind, a.id)
	a.object.site = nodeOf(site)
	return a.object
}

// newObject returns an object with an identity of its own.
func (m *machine) newObject(kind objectKind) *Object {
	m.nextID++
	return m.numbered(kind, m.nextID)
}

// numbered returns a new object with that number.
func (m *machine) numbered(kind objectKind, id int32) *Object {
	o := &Object{id: id, kind: kind, born: m.epoch, state: &m.state, made: m.reads.id, items: noItems, traits: noTraits}
	o.identify()
	return o
}

// array returns an array of the given elements, allocated at site.
func (m *machine) array(site any, elems []*Value, rest *Value) *Value {
	o := m.object(arrayObject, site)
	if len(elems) > 0 {
		if len(elems) > maxElems {
			for _, e := range elems[maxElems:] {
				rest = join(rest, orUndefined(e))
			}
			elems = elems[:maxElems:maxElems]
		}
		m.setElems(o, elems)
	} else {
		m.setElems(o, []*Value{}) // empty, which is not the same as not made
	}
	if rest != nil {
		m.addRest(o, rest)
	}
	return objectOf(o)
}
