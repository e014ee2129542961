package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// What a condition says of what a variable holds. An example of objects, a list of
// listeners that has got too long for each to keep its place:
//
//	for (const l of listeners) if (l.name === name) l.call(info)
//
// l may be any of them. Behind the condition it is only one whose name may be that, and only
// those are called. And of constants:
//
//	const url = type === 'edit' ? '/edit' : '/add'
//
// Where type is one of several texts, it is only 'edit' on the one side, and not that on the other.

// narrowing is what holds on one side of a branch: that a variable, or a property of the object in
// it, equals what a register holds. On the other side it does not.
type narrowing struct {
	variable *ir.Var
	name     string // "" for the variable itself
	other    ir.Reg
	equal    bool // if the condition is true; else if it is not
	strict   bool // a comparison by === or !==
	oneSided bool // nothing is known if the condition is not true: it is one of several
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
		g := narrowing{equal: equal, strict: len(in.Name) == len("===")}
		gs = compared(code[:i], in.A, in.B, g, gs)
		return compared(code[:i], in.B, in.A, g, gs)
	case ir.If: // x && y: cond is x, and y if that is true
		if in.A == cond && (len(in.Ext.Blocks) < 2 || len(in.Ext.Blocks[1]) == 0) {
			for _, g := range narrowings(in.Ext.Blocks[0], cond, narrowings(code[:i], cond, nil)) {
				g.oneSided = true
				gs = append(gs, g)
			}
		}
	}
	return gs
}

// compared adds the narrowing g of a comparison of reg, if that is a variable or a property of what
// one holds, with other.
func compared(code []ir.Instr, reg, other ir.Reg, g narrowing, gs []narrowing) []narrowing {
	i := lastWrite(code, reg)
	if i < 0 {
		return gs
	}
	if code[i].Op == ir.Get {
		g.name = code[i].Name
		if i = lastWrite(code[:i], code[i].A); i < 0 {
			return gs
		}
	}
	if code[i].Op != ir.Load {
		return gs
	}
	g.variable, g.other = code[i].Ext.Var, other
	return append(gs, g)
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
		if g.oneSided && !side {
			continue
		}
		c, equal := m.lookup(f, g.variable), g.equal == side
		other := orUndefined(f.regs[g.other])
		if g.name == "" {
			if v := c.value.compared(other, equal, g.strict); v != c.value {
				m.setCell(c, v)
			}
			continue
		}
		if !equal || c.value == nil || len(c.value.objects) < 2 {
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

// compared is what v can be if it equals other, or if it does not. Of two values that are not of the same type and that
// are compared by == nothing is said.
func (v *Value) compared(other *Value, equal, strict bool) *Value {
	if v == nil || len(v.consts) == 0 || len(v.consts) == 1 && v.pure() {
		return v
	}
	var out func(*constant) bool
	if equal {
		if !other.pure() || other.hasJoined() {
			return v
		}
		out = func(c *constant) bool {
			can := func(k *constant) bool { return c.equals(k) || !strict && c.kind != k.kind }
			return c.kind != joined && !slices.ContainsFunc(other.consts, can)
		}
	} else {
		only, ok := other.only()
		if !ok || only.kind == joined {
			return v
		}
		out = func(c *constant) bool { return c.kind != joined && c.equals(only) }
	}
	kept := slices.DeleteFunc(slices.Clone(v.consts), out)
	if len(kept) == len(v.consts) || len(kept) == 0 && v.bare() && !v.unknown {
		return v
	}
	narrower := *v
	narrower.consts = kept
	return &narrower
}

// differs reports whether a property of o cannot equal v.
func (o *Object) differs(name string, v *Value) bool {
	if o.kind != plainObject || o.getters[name] != nil {
		return false
	}
	p, ok := o.own(name)
	return ok && disjoint(orUndefined(p), v)
}
