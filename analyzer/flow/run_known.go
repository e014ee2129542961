package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// Code of programs whose effect is known is not run.

// knownCode is what a call of o gives if it is such code; nil if it is not.
func (m *machine) knownCode(o *Object, this *Value, args []*Value, more *Value, site any) *Value {
	fn := o.fn.fn
	if c := m.cipherOf(fn); c != nil {
		return m.encipher(c, o, args, more, site)
	}
	if fn.Name == "setData" && more == nil && isShown(this) && m.convertedOf(fn) {
		return m.apply(method("Instance", "setData"), this, args, nil, site)
	}
	return nil
}

// isShown reports whether v is one page or component whose properties are its data.
func isShown(v *Value) bool {
	o := v.single()
	return o != nil && o.instance != nil && o.instance.data == o
}

// convertedOf reports whether fn is the setData that converters of native programs give to all components of a program, as a
// mixin or on the prototype: it takes each path of an object apart and sets what is there.
//
//	setData(patch) { Object.keys(patch).forEach(path => { …; this.$set(at, last, patch[path]) }) }
//
// Run step by step, its objects at places that are not known would mix what the pages of a program hold.
func (m *machine) convertedOf(fn *ir.Func) bool {
	known, asked := m.builtins.converted[fn]
	if !asked {
		c := setter{fn: fn}
		known = fn.Params > 0 && !fn.Async && !fn.Generator && c.only(fn.Body()) && c.goesThrough && c.sets
		m.builtins.converted[fn] = known
	}
	return known
}

// setter is what code of a setData has been seen to do.
type setter struct {
	fn                *ir.Func
	goesThrough, sets bool
}

// setterGlobals and setterMethods are all that such code uses, besides this and its parameters.
var (
	setterGlobals = []string{"Object", "Array", "String", "RegExp", "JSON", "Number", "isNaN", "undefined", "Vue"}
	setterMethods = []string{
		"keys", "entries", "forEach", "map", "split", "replace", "lastIndexOf", "indexOf", "slice", "substr", "substring", "test", "match",
		"push", "pop", "shift", "hasOwnProperty", "defineProperty", "$set", "set", "$forceUpdate", "$nextTick", "call", "concat", "reduce",
		"isArray", "parse", "stringify", "trim", "toString", "includes", "startsWith",
	}
)

// only reports whether code, and what is inside it, does nothing else.
func (c *setter) only(code []ir.Instr) bool {
	for i := range code {
		in := &code[i]
		switch in.Op {
		case ir.Global:
			if !slices.Contains(setterGlobals, in.Name) {
				return false
			}
		case ir.Load, ir.Store:
			if v := in.Ext.Var; !c.owns(v.Func) && v.Name != "Vue" {
				return false
			}
		case ir.ForIn:
			c.goesThrough = true
		case ir.SetKey:
			c.sets = true
		case ir.Call:
			if !c.calls(code[:i], in) {
				return false
			}
		case ir.New, ir.Import, ir.Await, ir.Yield:
			return false
		case ir.Closure:
			if !c.only(in.Ext.Func.Body()) {
				return false
			}
		}
		if in.Ext == nil {
			continue
		}
		for _, block := range in.Ext.Blocks {
			if !c.only(block) {
				return false
			}
		}
	}
	return true
}

// owns reports whether fn is the setData or inside it.
func (c *setter) owns(fn *ir.Func) bool {
	for ; fn != nil; fn = fn.Parent {
		if fn == c.fn {
			return true
		}
	}
	return false
}

// calls reports whether such code makes the call in, behind before: of a method that it uses, or of a function of its own.
func (c *setter) calls(before []ir.Instr, in *ir.Instr) bool {
	callee := last(before, in.A)
	if callee == nil || callee.Op != ir.Get {
		return callee != nil && callee.Op == ir.Load
	}
	switch callee.Name {
	case "keys", "entries":
		c.goesThrough = true
	case "$set", "set":
		c.sets = true
	}
	return slices.Contains(setterMethods, callee.Name)
}
