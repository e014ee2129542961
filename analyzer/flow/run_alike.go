package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// interchangeable reports whether calling a and b makes no difference: a function of a library returned both, or they are
// closures of one function that name no variable of the functions around it, as Babel's _typeof, which makes one anew with
// each call and keeps it:
//
//	function _typeof(o) { return _typeof = function (o) { return typeof o }, _typeof(o) }
//
// or only such as keep what they have got and have got the same: after many requests, one of these answers is called, and
// which does not matter.
//
//	const ask = (url, loud) => { http.answered = r => { if (loud) wx.hideLoading(); return r } ... }
func (m *machine) interchangeable(a, b *Object) bool {
	if sameAnswer(a, b) {
		return true
	}
	if a.kind != functionObject || b.kind != functionObject || a.fn.fn == nil || a.fn.fn != b.fn.fn {
		return false
	}
	fn := a.fn.fn
	if fn.Class != nil || a.fn.home != b.fn.home || fn.Arrow && !sameAround(a.fn, b.fn) {
		return false
	}
	if a.fn.env == b.fn.env {
		return true
	}
	k := m.capturesOf(fn)
	return !k.change && (len(k.vars) == 0 || m.holdSame(k.vars, a.fn.env, b.fn.env))
}

// sameAround reports whether two arrow functions have the same this, and neither names the arguments of the function around it.
func sameAround(a, b *function) bool {
	return a.around == nil && b.around == nil && (a.this == b.this || a.this != nil && b.this != nil && equalValues(a.this, b.this))
}

// equalValues reports whether a and b have the same possibilities.
func equalValues(a, b *Value) bool { return a == b || a.covers(b) && b.covers(a) }

// holdSame reports whether each of vars has the same value in both environments. Both are read: if one gets another value, this
// is asked again.
func (m *machine) holdSame(vars []*ir.Var, a, b *env) bool {
	if ofTemplate(a) || ofTemplate(b) {
		return false
	}
	for _, v := range vars {
		x, y := a.of(v), b.of(v)
		if x == y {
			continue
		}
		if !x.holds(v) || !y.holds(v) || !equalValues(m.readCell(x.cells[v.Index]), m.readCell(y.cells[v.Index])) {
			return false
		}
	}
	return true
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
