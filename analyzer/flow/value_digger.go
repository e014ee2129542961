package flow

import (
	"slices"
	"strings"
)

// Collected data in a value and in everything that it leads to.

// deepTaints returns the collected data in v and in all that v refers to.
func deepTaints(v *Value) []taint {
	var d digger
	d.dig("", v, nil)
	return d.taints
}

// heldAnywhere returns the collected data to which some objects lead.
func heldAnywhere(objects []*Object) []taint {
	var d digger
	d.objects(objects)
	return d.taints
}

// leadsTo reports whether v, or what it refers to, is or holds all of ts.
func (v *Value) leadsTo(ts []taint) bool {
	if len(ts) == 0 {
		return true
	}
	d := digger{sought: ts}
	d.dig("", v, nil)
	return d.found
}

// objectsBeside returns the objects of v that old does not have.
func (v *Value) objectsBeside(old *Value) (more []*Object) {
	var had []*Object
	if old != nil {
		had = old.objects
	}
	for _, o := range v.objects {
		for len(had) > 0 && had[0].id < o.id {
			had = had[1:]
		}
		if len(had) == 0 || had[0] != o {
			more = append(more, o)
		}
	}
	return more
}

// digger walks a value and everything in it.
type digger struct {
	taints   []taint
	choices  []*chosen          // that decided the constants that it met
	mark     int32              // of the objects and variables that it has met, if nothing else walks meanwhile
	far      bool               // others walk meanwhile: see farDigger
	met      map[*Object]bool   // the objects, if it is far
	envs     map[*env]bool      // the variables, likewise
	pages    bool               // what pages and components keep is part of them, and their components are
	shown    bool               // what pages, components and the app keep themselves is part of them
	apart    map[*instance]bool // pages that are not, for all that
	closures bool               // so are the variables of functions
	again    int                // how often it met an object once more
	still    bool               // that it looks at an object is no reading of it: no code of the program asks
	sought   []taint            // if not nil, it ends when it has found all of them
	found    bool               // it has
}

// first reports whether d meets o for the first time.
func (d *digger) first(o *Object) bool {
	if d.far {
		known := d.met[o]
		if d.met == nil {
			d.met = map[*Object]bool{}
		}
		d.met[o] = true
		o.state.lookAt(1)
		if !known {
			o.state.lookAt(len(o.props) + len(o.elems))
		}
		return !known
	}
	if d.mark == 0 {
		d.mark = o.state.newMark()
	}
	if o.mark == d.mark {
		if d.again++; d.again%repeatsPerVisit == 0 {
			o.state.lookAt(1)
		}
		return false
	}
	o.mark = d.mark
	o.state.lookAt(1 + len(o.props) + len(o.elems))
	return true
}

// firstAround reports whether d meets the variables of e for the first time. It has met an
// object before, the function that can name them.
func (d *digger) firstAround(e *env) bool {
	if d.far {
		known := d.envs[e]
		if d.envs == nil {
			d.envs = map[*env]bool{}
		}
		d.envs[e] = true
		return !known
	}
	known := e.mark == d.mark
	e.mark = d.mark
	return !known
}

// lookAt charges a search for data, or a copy of many objects as one, with the n places that
// it looks at. A program that makes them in ordinary measure pays nothing: what it does with
// the data is its work.
func (s *state) lookAt(n int) {
	if s.visits += n; s.visits > freeVisits {
		s.work += (n + visitsPerWork - 1) / visitsPerWork
	}
}

const (
	freeVisits    = 4_000_000 // three times what the search of any program of several megabytes was seen to need
	visitsPerWork = 4         // that take as long as an instruction

	repeatsPerVisit = 32 // how often an object is met once more in the time that it takes to look into it
)

// passes reports whether d does not look into o.
func (d *digger) passes(o *Object) bool {
	switch o.kind {
	case functionObject:
		return !d.closures || o.state == nil
	case instanceObject:
		return !d.pages && !d.shown || d.apart[o.instance]
	}
	return o.kind == platformObject
}

// farDigger returns one for what lies deeper than another walk goes, which it may be asked
// for again and again.
func farDigger() *digger {
	return &digger{far: true, pages: true, closures: true}
}

// dig collects the taints of v; visit, if not nil, is told the property name
// under which each directly tainted value was found.
func (d *digger) dig(name string, v *Value, visit func(name string, v *Value)) {
	if v == nil {
		return
	}
	for _, k := range v.consts {
		if k.by != nil && !slices.Contains(d.choices, k.by) {
			d.choices = append(d.choices, k.by)
		}
	}
	if len(v.taints()) > 0 {
		d.taints = joinTaints(d.taints, v.taints())
		d.found = d.sought != nil && coversTaints(d.taints, d.sought)
		if visit != nil {
			visit(name, v)
		}
	}
	for _, o := range v.objects {
		if d.found || d.passes(o) || !d.first(o) {
			continue
		}
		if !d.still {
			o.touch()
		}
		for i := range o.props {
			name := strings.TrimPrefix(o.props[i].name, keyMark)
			if strings.HasPrefix(name, symbolMark) {
				name = "" // no name that the program gives
			}
			d.dig(name, o.props[i].value, visit)
		}
		for _, e := range o.elems {
			d.dig(name, e, visit)
		}
		d.dig(name, o.rest, visit)
		d.closure(o)
		if o.instance != nil && d.pages { // its components, which it can select
			for _, kid := range o.instance.kids {
				d.dig("", objectOf(kid.object), visit)
			}
		}
	}
}

// objects collects what some objects lead to.
func (d *digger) objects(objects []*Object) {
	for _, o := range objects {
		d.dig("", &o.self, nil)
	}
}

// closure collects what the functions that o is, or has as getters, can name.
func (d *digger) closure(o *Object) {
	if !d.closures {
		return
	}
	for _, name := range o.named() {
		d.dig("", o.getters[name], nil)
	}
	if o.fn == nil {
		return
	}
	for e := o.fn.env; e != nil && d.firstAround(e); e = e.up {
		d.variables(e)
	}
}

// variables collects the data in the variables of e.
func (d *digger) variables(e *env) {
	if e == nil {
		return
	}
	for _, c := range e.cells {
		if c != nil {
			d.dig("", c.value, nil)
		}
	}
}

// without returns those of ts whose data are not among others: a method of a datum does
// with it only what the language says.
func without(ts, others []taint) []taint {
	if len(others) == 0 {
		return ts
	}
	known := &Value{data: &data{taints: others}}
	var out []taint
	for _, t := range ts {
		if !known.has(t.origin) {
			out = append(out, t)
		}
	}
	return out
}
