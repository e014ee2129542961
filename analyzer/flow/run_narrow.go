package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// What a condition says of the objects that a variable holds. An example, a list of
// listeners that has got too long for each to keep its place:
//
//	for (const l of listeners) if (l.name === name) l.call(info)
//
// l may be any of them. Behind the condition it is only one whose name may be that, and only
// those are called.
//
// It says as much of a variable that holds one of several texts itself, on both sides: in
//
//	kind === 'getPhoneNumber' ? <Button openType={kind} /> : <Button openType={kind} onClick={go} />
//
// the second button does not ask for a phone number.

// narrowing is what holds on one side of a branch: that a property of the object in a variable,
// or the variable itself, equals what a register holds.
type narrowing struct {
	variable *ir.Var
	name     string // of the property
	itself   bool   // no property, but the variable
	other    ir.Reg
	equal    bool // holds if the condition is true; else if it is not
}

// narrowingsOf returns what holds behind the branch in, which comes directly after code.
func (m *machine) narrowingsOf(code []ir.Instr, in *ir.Instr) []narrowing {
	gs, ok := m.narrowed[in]
	if !ok {
		gs = narrowings(reading(code), in.A, nil)
		m.narrowed[in] = gs
	}
	return gs
}

// farBack is how many instructions before a branch are looked at, those of nested blocks among
// them: no condition that people write needs as many, and a chain of 100,000 conditions would
// be looked through again for each.
const farBack = 200

// reading returns the end of code that only reads: what a narrowing says of it holds behind it.
func reading(code []ir.Instr) []ir.Instr {
	left := farBack
	return code[readsFrom(code, &left):]
}

// readsFrom returns the index from which on code only reads, with left instructions to look at.
func readsFrom(code []ir.Instr, left *int) int {
	i := len(code)
	for i > 0 && onlyReads(&code[i-1], left) {
		i--
	}
	return i
}

func onlyReads(in *ir.Instr, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	switch in.Op {
	case ir.Undef, ir.Null, ir.Bool, ir.Number, ir.String, ir.Global, ir.This, ir.Load, ir.Move, ir.Get, ir.GetKey, ir.Unary, ir.Binary:
		return true
	case ir.If:
		for _, block := range in.Ext.Blocks {
			if readsFrom(block, left) > 0 {
				return false
			}
		}
		return true
	}
	return false
}

// narrowings adds to gs what holds if the register cond, as code leaves it, is true, and, if it
// is a comparison by itself, what holds if it is not.
func narrowings(code []ir.Instr, cond ir.Reg, gs []narrowing) []narrowing {
	i := lastWrite(code, cond)
	if i < 0 {
		return gs
	}
	switch in := &code[i]; in.Op {
	case ir.Move:
		return narrowings(code[:i], in.A, gs)
	case ir.Binary:
		equal := in.Name == "===" || in.Name == "=="
		if !equal && in.Name != "!==" && in.Name != "!=" {
			return gs
		}
		gs = compared(code[:i], in.A, in.B, equal, gs)
		return compared(code[:i], in.B, in.A, equal, gs)
	case ir.If: // x && y: cond is x, and y if that is true
		if in.A == cond && (len(in.Ext.Blocks) < 2 || len(in.Ext.Blocks[1]) == 0) {
			both := narrowings(in.Ext.Blocks[0], cond, narrowings(code[:i], cond, nil))
			return append(gs, slices.DeleteFunc(both, func(g narrowing) bool { return !g.equal })...)
		}
	}
	return gs
}

// compared adds the narrowing of a comparison of reg, if that is what a variable holds or a
// property of it, with other.
func compared(code []ir.Instr, reg, other ir.Reg, equal bool, gs []narrowing) []narrowing {
	i := lastWrite(code, reg)
	if i < 0 {
		return gs
	}
	switch code[i].Op {
	case ir.Load:
		return append(gs, narrowing{variable: code[i].Ext.Var, itself: true, other: other, equal: equal})
	case ir.Get:
		if j := lastWrite(code[:i], code[i].A); j >= 0 && code[j].Op == ir.Load {
			return append(gs, narrowing{variable: code[j].Ext.Var, name: code[i].Name, other: other, equal: equal})
		}
	}
	return gs
}

// lastWrite returns the index of the last instruction of code that writes reg, -1 if none does.
func lastWrite(code []ir.Instr, reg ir.Reg) int {
	for i := len(code) - 1; i >= 0; i-- {
		in := &code[i]
		if in.Dst == reg || in.Op == ir.If && slices.Contains(in.Ext.Out, reg) {
			return i
		}
	}
	return -1
}

// narrow leaves in the variables of gs only what they can hold on the side of the branch on
// which the condition is true, or is not.
func (m *machine) narrow(f *frame, gs []narrowing, side bool) {
	for _, g := range gs {
		if g.equal != side && !g.itself {
			continue
		}
		c := m.lookup(f, g.variable)
		other := orUndefined(f.regs[g.other])
		if g.itself {
			if left := c.value.narrowed(other, g.equal == side); left != c.value {
				m.setCell(c, left)
			}
			continue
		}
		if c.value == nil || len(c.value.objects) < 2 {
			continue
		}
		kept := slices.DeleteFunc(slices.Clone(c.value.objects), func(o *Object) bool { return o.differs(g.name, other) })
		if len(kept) < len(c.value.objects) {
			v := *c.value
			v.objects = kept
			m.setCell(c, &v)
		}
	}
}

// differs reports whether a property of o cannot equal v.
func (o *Object) differs(name string, v *Value) bool {
	if o.kind != plainObject || o.getters[name] != nil {
		return false
	}
	p, ok := o.own(name)
	return ok && disjoint(orUndefined(p), v)
}

// narrowed is what v can be where it equals other, or does not. Only texts are told apart: of
// them it is known without rules of conversion.
func (v *Value) narrowed(other *Value, equal bool) *Value {
	if v == nil || len(v.consts) < 2 || len(other.consts) != 1 || other.consts[0].kind != text ||
		other.unknown || other.data != nil || len(other.objects) > 0 {
		return v
	}
	known := other.consts[0]
	kept := slices.DeleteFunc(slices.Clone(v.consts), func(c *constant) bool {
		return c.kind == text && c.equals(known) != equal
	})
	if len(kept) == 0 || len(kept) == len(v.consts) {
		return v
	}
	out := *v
	out.consts = kept
	return &out
}
