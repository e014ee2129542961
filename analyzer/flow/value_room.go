package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// What a value does when it has more objects than there is room for. Objects that one place
// of the code made are represented by one, their summary, which can have all that any of them
// has. An example, a store in which each action makes the state anew:
//
//	setState({ ...state, [field]: e.detail.value })
//
// After forty handlers the state may be any of forty objects. The next takes the place of the
// last of them together with it: both are in the summary of that object literal. So collected
// data in them are not lost, and it is not known any more which of them came together.

// summaryKey is what objects have in common that have one summary.
type summaryKey struct {
	kind   objectKind
	site   any
	proto  *Object
	module *project.Module // of answers of a library, and the path of what gave them
	path   string
	closed closedKey // of closures
}

// summaries are those of a run.
type summaries struct {
	made    map[summaryKey]*Object
	names   map[*ir.Func]*captures // what functions name of those around them, once asked
	pending []*Object              // represented by a summary that does not have all of them yet
}

// summaryKey returns the key of o's summary; ok is false if o cannot have one as it is not
// only what its properties and elements say.
func (o *Object) summaryKey() (k summaryKey, ok bool) {
	k = summaryKey{kind: o.kind, site: o.site, proto: o.proto}
	switch {
	case o.state == nil || o.standIn || o.drawn:
		return k, false
	case o.kind == libraryObject && o.result:
		k.module, k.path, k.site = o.module, o.path, nil
		return k, true
	case o.kind == functionObject:
		k.site = nil
		k.closed, ok = o.closedKey()
		return k, ok
	}
	return k, o.site != nil && o.traits == noTraits && (o.kind == plainObject || o.kind == arrayObject)
}

// summarise returns the summary of o, which represents o from now on; nil if it has none.
func (o *Object) summarise() *Object {
	if o.summary != nil {
		return o.summary
	}
	k, ok := o.summaryKey()
	if !ok {
		return nil
	}
	all := o.state.summaries.made[k]
	if all == nil {
		all = o.state.newSummary(k, o)
	}
	if o == all {
		return nil
	}
	o.summary = all
	o.state.summaries.pending = append(o.state.summaries.pending, o)
	return all
}

// newSummary makes the summary of o and all that have the same key.
func (s *state) newSummary(k summaryKey, o *Object) *Object {
	// Numbers below all others: a summary is there before whatever branch first needs it.
	all := &Object{
		id: -1 - int32(len(s.summaries.made)), kind: k.kind, born: s.epoch, state: s, items: noItems, traits: noTraits,
		proto: k.proto, sums: true,
	}
	if k.module != nil {
		all.traits = &traits{module: k.module, path: k.path, result: true}
	}
	if k.closed.fn != nil {
		all.fn = s.closureOfAll(o.fn)
	}
	all.identify()
	if s.summaries.made == nil {
		s.summaries.made = map[summaryKey]*Object{}
	}
	s.summaries.made[k] = all
	return all
}

// summarised returns a list of objects, which is too long for a value, with summaries in
// place of the last of them, and notes those for which there is no room even so.
func summarised(list []*Object) []*Object {
	sums := slices.Clone(list[:summariesOf(list)])
	others := slices.Clone(list[len(sums):])
	for _, foreign := range []bool{true, false} { // what a library gave says least
		for i := len(others) - 1; i >= 0 && len(sums)+len(others) > maxObjects; i-- {
			if o := others[i]; (o.kind == libraryObject) == foreign && o.summarise() != nil {
				sums = insert(sums, o.summary)
				others = slices.Delete(others, i, i+1)
			}
		}
	}
	list = append(sums, others...)
	kept := list[:min(len(list), maxObjects):min(len(list), maxObjects)]
	for _, o := range list[len(kept):] {
		o.dropped(kept)
	}
	return kept
}

// summariesOf is the number of summaries in a list of objects, where they come first.
func summariesOf(list []*Object) int {
	n := slices.IndexFunc(list, func(o *Object) bool { return !o.sums })
	if n < 0 {
		return len(list)
	}
	return n
}

// lacksSummary reports whether a summary is among the objects of v and not of old.
func (old *Value) lacksSummary(v *Value) bool {
	for _, all := range v.objects[:summariesOf(v.objects)] {
		if !slices.Contains(old.objects, all) {
			return true
		}
	}
	return false
}

// insert puts o in its place in a list by id.
func insert(list []*Object, o *Object) []*Object {
	i, there := slices.BinarySearchFunc(list, o, func(a, b *Object) int { return int(a.id) - int(b.id) })
	if there {
		return list
	}
	return slices.Insert(list, i, o)
}

// standsFor reports whether v, which is full, represents o by a summary, or cannot.
func (v *Value) standsFor(o *Object) bool {
	if o.sums {
		return v.objects[len(v.objects)-1].sums // only others could make room for it
	}
	k, ok := o.summaryKey()
	if !ok {
		return !slices.ContainsFunc(v.objects, func(k *Object) bool { _, room := k.summaryKey(); return room && !k.sums })
	}
	all := o.state.summaries.made[k]
	if all == nil || !slices.Contains(v.objects, all) {
		return false
	}
	o.summarise()
	return true
}

// notePending notes the objects that were written since the start of the journal and that
// have a summary.
func (s *state) notePending() {
	if len(s.summaries.made) == 0 {
		return
	}
	for _, c := range s.journal {
		if c.object != nil && c.object.summary != nil {
			s.summaries.pending = append(s.summaries.pending, c.object)
		}
	}
}

// absorb adds what the objects hold that are pending to their summaries, and reports whether
// that is a new possibility of one.
func (s *state) absorb() (grown bool) {
	mark := s.newMark()
	for _, o := range s.summaries.pending {
		if o.mark != mark {
			o.mark = mark
			grown = o.summary.absorb(o) || grown
		}
	}
	s.summaries.pending = s.summaries.pending[:0]
	return grown
}

// absorb makes all that o has a possibility of what its summary has.
func (all *Object) absorb(o *Object) (grown bool) {
	s := o.state
	add := func(p place, v *Value) {
		old := p.read()
		now := widen(join(old.value, v))
		if now == old.value {
			return
		}
		s.writeAt(p, content{value: now})
		if matters(old.value, now) {
			p.change(s.epoch)
			grown = true
		}
	}
	s.joins(1 + len(o.props) + len(o.elems))
	if o.fn != nil {
		s.eachCaptured(all.fn, o.fn, add)
	}
	for i := range o.props {
		if v := o.props[i].value; v != nil {
			n := all.find(o.props[i].name)
			if n < 0 {
				n = all.put(o.props[i].name, nil)
			}
			add(place{object: all, index: int32(n), slot: propSlot}, join(undefinedValue, v))
		}
	}
	rest := o.rest
	for _, e := range o.elems {
		rest = join(rest, orUndefined(e))
	}
	if rest != nil {
		add(place{object: all, slot: restSlot}, rest)
	}
	if o.open && !all.open {
		add(place{object: all, slot: openSlot}, trueValue)
	}
	all.shared = all.shared || o.shared
	return grown
}

// full reports whether v has room for no further object.
func (v *Value) full() bool { return v.unknown && len(v.objects) >= maxObjects }

// drop notes that v, which has as many objects as a value can have, stands for those of b,
// too.
func (v *Value) drop(b *Value) {
	if len(v.objects) < maxObjects {
		return
	}
	for _, o := range b.objects {
		if o.summary == nil && !slices.Contains(v.objects, o) {
			o.dropped(v.objects)
		}
	}
}

// dropped notes that a value has no room for o beside those that it keeps: what o alone holds
// is lost there.
func (o *Object) dropped(kept []*Object) {
	if o.state == nil {
		return
	}
	if o.state.dropped == nil {
		o.state.dropped = map[*Object][][]*Object{}
	}
	from := o.state.dropped[o]
	if len(from) < maxDropped && !slices.ContainsFunc(from, func(k []*Object) bool { return &k[0] == &kept[0] }) {
		from = append(from, kept)
	}
	o.state.dropped[o] = from
}

// maxDropped is for how many values it is kept that they have no room for an object: beyond
// that, all that it holds is lost.
var maxDropped = 16
