package flow

import "github.com/beian/beian/analyzer/ir"

// Closures of one function have one summary, as objects of one place have. An example, requests that wait for a token:
//
//	queue.push(() => resolve(ask(options)))
//
// After forty pages, the queue may hold any of forty closures. The summary is a closure of the same function whose variables
// may be those of each of them: what all requests were given leaves where it is called.

// closedKey is what closures have in common that have one summary.
type closedKey struct {
	fn   *ir.Func
	this *Object // of arrow functions, if it is named
	home *Object // likewise
}

// closedKey returns that of o, a function; ok is false if it can have no summary: its code changes variables of the functions
// around it, which would have to reach those of the closure itself, or more than these tells what it does.
func (o *Object) closedKey() (k closedKey, ok bool) {
	f := o.fn
	plain := o.state != nil && o.traits == noTraits && len(o.props) == 0 && f.fn != nil
	if !plain || f.bound || f.around != nil || f.class != nil || f.fn.Class != nil || f.fn.Parent == nil {
		return k, false
	}
	names := o.state.capturesOf(f.fn)
	k = closedKey{fn: f.fn}
	if names.this {
		k.home = f.home
		if k.this = f.this.single(); k.this == nil && f.this != nil && len(f.this.objects) > 0 {
			return k, false
		}
	}
	return k, !ofTemplate(f.env) && !names.change
}

// closureOfAll returns a function like f whose variables have no value yet.
func (s *state) closureOfAll(f *function) *function {
	all := *f
	var copied func(e *env) *env
	copied = func(e *env) *env {
		if e == nil || e.fn.Parent == nil {
			return e
		}
		return &env{fn: e.fn, cells: make([]*cell, len(e.fn.Vars)), up: copied(e.up), captured: true}
	}
	all.env = copied(f.env)
	return &all
}

// eachCaptured has add called with the place of each variable in all, a summary, and what it is in f.
func (s *state) eachCaptured(all, f *function, add func(place, *Value)) {
	for _, v := range s.capturesOf(f.fn).vars {
		from, to := f.env.of(v), all.env.of(v)
		if from == to || !from.holds(v) || to == nil || v.Index >= len(to.cells) {
			continue
		}
		c := from.cells[v.Index]
		if to.cells[v.Index] == nil {
			to.cells[v.Index] = &cell{born: s.epoch, unset: c.unset}
		}
		add(place{cell: to.cells[v.Index], slot: cellSlot}, c.value)
	}
}
