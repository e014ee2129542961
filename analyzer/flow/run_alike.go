package flow

import (
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
