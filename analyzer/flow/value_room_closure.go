package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

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

// holds reports whether v, a variable of e, has got a value.
func (e *env) holds(v *ir.Var) bool {
	return e != nil && v.Index < len(e.cells) && e.cells[v.Index] != nil && e.cells[v.Index].value != nil
}

// ofTemplate reports whether e is inside an expression of a template, whose names are elsewhere.
func ofTemplate(e *env) bool {
	for ; e != nil; e = e.up {
		if e.scope != nil {
			return true
		}
	}
	return false
}

// captures are the variables of the functions around a function that it, or what is inside it, names. Those of the module
// are the same for all closures.
type captures struct {
	vars   []*ir.Var
	change bool // one of them does not keep the value that it has got first
	this   bool // it, or what is inside it, names this
}

func (s *state) capturesOf(fn *ir.Func) *captures {
	k := s.summaries.names[fn]
	if k == nil {
		k = &captures{}
		k.collect(fn.Body(), fn)
		if s.summaries.names == nil {
			s.summaries.names = map[*ir.Func]*captures{}
		}
		s.summaries.names[fn] = k
	}
	return k
}

func (k *captures) collect(code []ir.Instr, fn *ir.Func) {
	for i := range code {
		ext := code[i].Ext
		k.this = k.this || code[i].Op == ir.This || code[i].Op == ir.Super
		if ext == nil {
			continue
		}
		if v := ext.Var; v != nil && v.Func.Parent != nil && !v.Func.Within(fn) && !slices.Contains(k.vars, v) {
			k.vars = append(k.vars, v)
			k.change = k.change || !v.Const
		}
		if ext.Func != nil {
			k.collect(ext.Func.Body(), fn)
		}
		for _, block := range ext.Blocks {
			k.collect(block, fn)
		}
	}
}
