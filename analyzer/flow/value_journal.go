package flow

import (
	"slices"
)

// The state of a run is the content of all variables (cells) and objects. It is changed
// in place, and every change is journalled with what was there before. So the cost of
// undoing a branch, or of joining the states at the ends of two branches, depends on
// what they wrote and not on the size of the program. A persistent map would be simpler
// to think about, but it allocates at every write, and nearly every instruction writes.
//
// An example. Before the branch, a is 1 and b is 2:
//
//	if (unknown) { a = 3 } else { b = 4 }
//
//	mark := s.mark()           journal: (empty)
//	then side runs: a = 3      journal: a was 1               state: a 3, b 2
//	x := s.since(mark)         x = {a: 3}
//	s.undo(mark)               journal: (empty)               state: a 1, b 2
//	else side runs: b = 4      journal: b was 2               state: a 1, b 4
//	y := s.since(mark)         y = {b: 4}
//	s.merge(mark, {x, y})      journal: a was 1, b was 2      state: a 1 or 3, b 2 or 4
//
// merge (value_merge.go) writes each place that some side wrote: with the values of all sides if all
// wrote it, else with what was there before as well. So after
// "if (unknown) { a = 3 } else { a = 5 }" a is 3 or 5 and no longer 1.
//
// Marks nest like the constructs that set them. since compresses the journal to the
// first change of each place, which moves the entries behind an inner mark; peek does
// not, for exits (return, break) that are taken while inner marks are in use.
//
// An entry point ends with commit (value_commit.go): whether a person causes it is not
// known, so what it wrote is joined with what was there before. The epoch counts
// commits. A place that a commit gave a new possibility is stamped with the epoch
// (changed), and an entry point that read it earlier is stale and runs again.

// cell is the content of a variable.
type cell struct {
	value   *Value
	stamp   int32 // the last entry point that read it
	changed int32 // the epoch in which it last got a new possibility
	born    int32 // the state's epoch at its first allocation
	dead    bool
	unset   bool  // without a value it is undefined, as ir.Var says
	made    int32 // as of an Object
	seen    stamp
}

// slot tells which part of an object or cell a place is.
type slot uint8

const (
	cellSlot slot = iota
	propSlot      // property by name
	elemSlot      // all elements with known index
	restSlot      // elements or properties at unknown places
	openSlot      // whether there may be other properties
	protoSlot
)

// place names one changeable thing of the state.
type place struct {
	object *Object
	cell   *cell
	index  int32 // of a property: its number in the object, which never changes
	slot   slot
}

// stamp is the last walk that saw a place, and the place's position in that walk.
// With it a walk notices repeats without a set.
type stamp struct{ walk, pos int32 }

// seen returns the stamp of p.
func (p place) seen() *stamp {
	switch p.slot {
	case cellSlot:
		return &p.cell.seen
	case propSlot:
		return &p.object.props[p.index].seen
	}
	return &p.object.listed().slots[p.slot-elemSlot]
}

// content is what is at a place: a value, or the elements of an array and, if it
// may be shorter, the number of them that it has at least. That other properties are
// possible is the value true, a prototype its object.
type content struct {
	value *Value
	elems []*Value
}

// change is one entry of the journal.
type change struct {
	place
	old content
}

// snapshot is the content of every place written since some mark, in the order
// of the first write.
type snapshot []written

type written struct {
	place
	content
}

// state holds the journal.
type state struct {
	journal  []change
	work     int                 // what joins and searches cost, in instructions
	joined   int                 // places looked at in joins that are not in work yet
	visits   int                 // places looked at in searches for data (value_digger.go)
	undos    int                 // number of times something was undone
	walk     int32               // number of walks over places
	merging  []merged            // scratch of merge
	spare    []snapshot          // whose room can be used again
	peeked   snapshot            // scratch of peek
	reads    *reads              // of the present entry point
	deciding *chosen             // what decides that the present code runs; nil for nothing that was chosen
	scratch  reads               // room for them
	judged   int                 // places looked at to tell whether objects lead to other data (newSubstance)
	marks    int32               // number of walks over objects
	harmless int32               // during a commit, the mark of objects that lead to no collected data
	epoch    int32               // number of commits, to tell new objects from older ones
	elems    map[elemsKey]*Value // joins of the elements of arrays

	spareRoom int // of spare, in places
	summaries summaries
	remade    []*Object               // that entry points had changed before they were made anew, since the last commit
	dropped   map[*Object][][]*Object // for which some values have no room, and the objects that these have
}

func (p place) read() content {
	switch p.slot {
	case cellSlot:
		return content{value: p.cell.value}
	case propSlot:
		return content{value: p.object.props[p.index].value}
	case elemSlot:
		return content{elems: p.object.elems, value: p.object.short}
	case restSlot:
		return content{value: p.object.rest}
	case openSlot:
		if p.object.open {
			return content{value: trueValue}
		}
	case protoSlot:
		if p.object.proto != nil {
			return content{value: objectOf(p.object.proto)}
		}
	}
	return content{}
}

func (p place) write(c content) {
	switch p.slot {
	case cellSlot:
		p.cell.value = c.value
	case propSlot:
		p.object.props[p.index].value = c.value
	case elemSlot:
		l := p.object.listed()
		l.elems, l.short = c.elems, c.value
	case restSlot:
		p.object.listed().rest = c.value
	case openSlot:
		p.object.open = c.value != nil
	case protoSlot:
		p.object.proto = nil
		if c.value != nil {
			p.object.proto = c.value.objects[0]
		}
	}
}

// set writes c to p and journals it.
func (s *state) set(p place, c content) {
	s.journal = append(s.journal, change{p, p.read()})
	p.write(c)
}

func (s *state) setCell(c *cell, v *Value) {
	if s.deciding != nil {
		v = s.deciding.decides(v)
	}
	if c.value != v {
		s.set(place{cell: c}, content{value: v})
	}
}

func (s *state) setProp(o *Object, name string, v *Value) {
	if s.deciding != nil {
		v = s.deciding.decides(v)
	}
	if o.kind == arrayObject {
		if i := elementIndex(name); i >= 0 {
			s.setElem(o, i, v)
			return
		}
	}
	i := o.find(name)
	if i < 0 {
		i = o.put(name, nil)
	}
	if o.props[i].value == v {
		return
	}
	if o.props[i].value == nil && !o.shuffled {
		o.order(i)
	}
	s.set(place{object: o, index: int32(i), slot: propSlot}, content{value: v})
}

// order notes that property i, which was absent, is written: if a later one is
// there, enumeration shows them in another order.
func (o *Object) order(i int) {
	if i >= int(o.top) {
		o.top = int32(i)
		return
	}
	for _, p := range o.props[i+1 : o.top+1] {
		if p.value != nil {
			o.shuffled = true
			return
		}
	}
}

// addProp makes v a further possibility of a property.
func (s *state) addProp(o *Object, name string, v *Value) {
	old, ok := o.own(name)
	if !ok {
		old = undefinedValue
	}
	s.setProp(o, name, join(old, v))
}

// setElem writes the element with index i. Elements beyond the limit, or far
// behind the end, go to the unknown ones.
func (s *state) setElem(o *Object, i int, v *Value) {
	if i >= maxElems || i > len(o.elems)+8 {
		s.addRest(o, v)
		return
	}
	elems, short := slices.Clone(o.elems), o.short
	for len(elems) <= i {
		elems = append(elems, nil)
	}
	elems[i] = v
	if short != nil && i >= o.least() {
		short = shortOf(i+1, len(elems))
	}
	s.set(place{object: o, slot: elemSlot}, content{elems: elems, value: short})
}

// shortOf is what says that an array of n elements may have only least of them.
func shortOf(least, n int) *Value {
	if least >= n {
		return nil
	}
	return numberOf(float64(least))
}

func (s *state) setElems(o *Object, elems []*Value) {
	s.set(place{object: o, slot: elemSlot}, content{elems: elems})
}

// push adds an element at the end.
func (s *state) push(o *Object, v *Value) {
	if o.rest != nil || o.open {
		s.addRest(o, v)
		return
	}
	if o.short == nil {
		s.setElem(o, len(o.elems), v)
		return
	}
	// It comes behind what is there, wherever that ends.
	if len(o.elems) >= maxElems {
		s.addRest(o, v)
		return
	}
	least, elems := o.least(), slices.Clone(o.elems)
	for i := least; i < len(elems); i++ {
		elems[i] = join(orUndefined(elems[i]), v)
	}
	elems = append(elems, join(undefinedValue, v))
	s.set(place{object: o, slot: elemSlot}, content{elems: elems, value: shortOf(least+1, len(elems))})
}

// addRest makes v a possibility of the elements or properties at unknown places.
func (s *state) addRest(o *Object, v *Value) {
	if v == nil {
		v = undefinedValue
	}
	if n := join(o.rest, v); n != o.rest {
		s.set(place{object: o, slot: restSlot}, content{value: n})
	}
}

// mix gives up the places of the elements of o, one of which may be v as well.
func (s *state) mix(o *Object, v *Value) {
	all := join(o.elements(), v)
	s.setElems(o, []*Value{})
	if all != nil {
		s.addRest(o, all)
	}
}

func joinAll(values []*Value) *Value {
	var out *Value
	for _, v := range values {
		out = join(out, orUndefined(v))
	}
	return out
}

func (s *state) setOpen(o *Object, open bool) {
	if o.open != open {
		c := content{}
		if open {
			c.value = trueValue
		}
		s.set(place{object: o, slot: openSlot}, c)
	}
}

func (s *state) setProto(o *Object, proto *Object) {
	if o.proto != proto {
		c := content{}
		if proto != nil {
			c.value = objectOf(proto)
		}
		s.set(place{object: o, slot: protoSlot}, c)
	}
}

// clear empties o, which is being allocated anew.
func (s *state) clear(o *Object) {
	o.top = 0
	before := len(s.journal)
	for i := range o.props {
		if o.props[i].value != nil {
			s.set(place{object: o, index: int32(i), slot: propSlot}, content{})
		}
	}
	if o.elems != nil {
		s.setElems(o, nil)
	}
	if o.rest != nil {
		s.set(place{object: o, slot: restSlot}, content{})
	}
	s.setOpen(o, false)
	s.setProto(o, nil)
	if o.changed > 0 && len(s.journal) > before {
		s.remade = append(s.remade, o)
	}
}

// mark returns the present end of the journal.
func (s *state) mark() int { return len(s.journal) }

// first reports whether p is met for the first time in the present walk.
func (s *state) first(p place) bool {
	st := p.seen()
	if st.walk == s.walk {
		return false
	}
	st.walk = s.walk
	return true
}

// joins charges a join of states with the n places that it looks at.
func (s *state) joins(n int) {
	s.joined += n
	s.work += s.joined / joinsPerWork
	s.joined %= joinsPerWork
}

// joinsPerWork is how many places a join looks at in the time that an instruction takes: in
// three costly programs 32 ns and 1 µs.
const joinsPerWork = 32

// compress keeps the first change of each place since mark, which must be the
// innermost one that is still in use.
func (s *state) compress(mark int) {
	s.walk++
	s.joins(len(s.journal) - mark)
	kept := s.journal[:mark]
	for _, c := range s.journal[mark:] {
		if s.first(c.place) {
			kept = append(kept, c)
		}
	}
	s.journal = kept
	s.undos++
}

// since returns the present content of every place written since mark.
func (s *state) since(mark int) snapshot {
	if mark == len(s.journal) {
		return nil
	}
	s.compress(mark)
	snap := s.room(len(s.journal) - mark)
	for _, c := range s.journal[mark:] {
		snap = append(snap, written{c.place, c.read()})
	}
	return snap
}

// room returns an empty snapshot for n places, with the room of one that was merged if there
// is any that is large enough: a run makes more of them than of anything else.
func (s *state) room(n int) snapshot {
	if n == 0 {
		return nil
	}
	for i := len(s.spare) - 1; i >= 0; i-- {
		if snap := s.spare[i]; cap(snap) >= n {
			s.spare = slices.Delete(s.spare, i, i+1)
			s.spareRoom -= cap(snap)
			return snap
		}
	}
	return make(snapshot, 0, n)
}

// release gives the room of snapshots that nobody needs any more to others.
func (s *state) release(states []snapshot) {
	for _, st := range states {
		if cap(st) > 0 && len(s.spare) < maxSpare && s.spareRoom+cap(st) <= maxSpareRoom {
			clear(st) // what is in it may be known to nobody else
			s.spare = append(s.spare, st[:0])
			s.spareRoom += cap(st)
		}
	}
}

// maxSpare is how many snapshots are kept for their room, maxSpareRoom for how many places they may have it: 4 MB.
const (
	maxSpare     = 64
	maxSpareRoom = 1 << 16
)

// peek is since for a mark inside which others were set: it leaves the journal as
// it is, so that those still hold.
func (s *state) peek(mark int) snapshot {
	s.walk++
	s.joins(len(s.journal) - mark)
	found := s.peeked[:0] // how many there are is known only at the end
	for _, c := range s.journal[mark:] {
		if s.first(c.place) {
			found = append(found, written{c.place, c.read()})
		}
	}
	s.peeked = found
	return append(s.room(len(found)), found...)
}

// weaken makes what was written since mark only a possibility beside what was there before.
// An attribute of an element that was not there before is as sure as the element itself:
//
//	ready && <Input disabled />    // if there is such an input, it is disabled
//
// The same would hold for all objects that were not there (merge); but a program that makes
// up its data under conditions would be run with each of them exactly, again and again.
func (s *state) weaken(mark int, newest int32) {
	s.compress(mark)
	for _, c := range s.journal[mark:] {
		if c.newer(newest) && c.object.drawn {
			continue
		}
		c.write(c.place.join(c.old, c.read()))
	}
}

// newer reports whether p is in an object that was first made after the one of that number.
func (p place) newer(than int32) bool { return p.object != nil && p.object.id > than }

// forget drops the changes since mark of the variables of an activation that has
// ended and that no closure holds: nobody can see them any more.
func (s *state) forget(mark int, e *env) {
	if len(e.cells) == 0 || mark == len(s.journal) {
		return
	}
	for _, c := range e.cells {
		if c != nil {
			c.dead = true
		}
	}
	kept := s.journal[:mark]
	for _, c := range s.journal[mark:] {
		if c.cell == nil || !c.cell.dead {
			kept = append(kept, c)
		}
	}
	s.journal = kept
	for _, c := range e.cells {
		if c != nil {
			c.dead = false
		}
	}
	s.undos++ // marks of earlier exits are no longer valid
}

// undo restores the state at mark.
func (s *state) undo(mark int) {
	for i := len(s.journal) - 1; i >= mark; i-- {
		s.journal[i].write(s.journal[i].old)
	}
	s.journal = s.journal[:mark]
	s.undos++
}
