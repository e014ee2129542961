package flow

import "github.com/beian/beian/analyzer/ir"

// interchangeable reports whether calling a and b makes no difference: a function of a library returned both, or they are
// closures of one function that names no variable of the functions around it. Babel's _typeof makes one anew with each call
// and keeps it:
//
//	function _typeof(o) { return _typeof = function (o) { return typeof o }, _typeof(o) }
func (m *machine) interchangeable(a, b *Object) bool {
	if sameAnswer(a, b) {
		return true
	}
	if a.kind != functionObject || b.kind != functionObject || a.fn.fn == nil || a.fn.fn != b.fn.fn {
		return false
	}
	fn := a.fn.fn
	return !fn.Arrow && fn.Class == nil && a.fn.home == b.fn.home && (a.fn.env == b.fn.env || m.selfContained(fn))
}

// selfContained reports whether fn, and what is inside it, names no variable of a function around it. Those of the module
// are the same for all closures.
func (m *machine) selfContained(fn *ir.Func) bool {
	known, ok := m.contained[fn]
	if !ok {
		known = staysInside(fn.Body(), fn)
		m.contained[fn] = known
	}
	return known
}

// staysInside reports whether code, which is in fn, names no variables but those of functions inside fn and of the module.
func staysInside(code []ir.Instr, fn *ir.Func) bool {
	for i := range code {
		ext := code[i].Ext
		if ext == nil {
			continue
		}
		if v := ext.Var; v != nil && v.Func.Parent != nil && !v.Func.Within(fn) {
			return false
		}
		if ext.Func != nil && !staysInside(ext.Func.Body(), fn) {
			return false
		}
		for _, block := range ext.Blocks {
			if !staysInside(block, fn) {
				return false
			}
		}
	}
	return true
}
