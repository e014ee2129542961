package ir

// What the branches of an If leave in registers. Most of what they write is read in the
// same branch only; the rest is the result of an expression:
//
//	a ? b : c     if A { move 1 ← B } else { move 1 ← C }; … register 1 is read behind it
//
// So whoever runs both branches need join the registers in Ext.Out alone.

// outputs finds the registers that code reads, and fills Ext.Out of every If in a body.
type outputs struct {
	first, last []int // by register: the positions of its first and last reader, in the order of the code
	at          int
}

// findOutputs fills Ext.Out of every If in a function's body.
func findOutputs(body []Instr, regs int) {
	o := outputs{first: make([]int, regs), last: make([]int, regs)}
	if !o.reads(body) {
		return // no If
	}
	o.at = 0
	o.block(body, nil)
}

// reads notes where registers are read, and reports whether there is an If.
func (o *outputs) reads(code []Instr) (branches bool) {
	for i := range code {
		in := &code[i]
		o.at++
		for _, r := range [...]Reg{in.A, in.B, in.C} {
			o.read(r)
		}
		if in.Ext == nil {
			continue
		}
		for _, r := range in.Ext.Args {
			o.read(r)
		}
		branches = branches || in.Op == If
		for _, b := range in.Ext.Blocks {
			branches = o.reads(b) || branches
		}
	}
	return branches
}

func (o *outputs) read(r Reg) {
	if r < 0 {
		return
	}
	if o.first[r] == 0 {
		o.first[r] = o.at
	}
	o.last[r] = o.at
}

// block adds the registers that code writes to those in written, of those in an If only
// its outputs: what nobody reads outside of it nobody reads farther out.
func (o *outputs) block(code []Instr, written []Reg) []Reg {
	for i := range code {
		in := &code[i]
		o.at++
		if in.Dst >= 0 {
			written = append(written, in.Dst)
		}
		if in.Ext == nil {
			continue
		}
		begin, mark := o.at, len(written)
		for _, b := range in.Ext.Blocks {
			written = o.block(b, written)
		}
		if in.Op == If {
			in.Ext.Out = o.outside(written[mark:], begin)
			written = append(written[:mark], in.Ext.Out...)
		}
	}
	return written
}

// outside returns those of the registers that are read before begin or after the present
// position, each once.
func (o *outputs) outside(written []Reg, begin int) (out []Reg) {
next:
	for _, r := range written {
		if o.first[r] == 0 || o.first[r] > begin && o.last[r] <= o.at {
			continue
		}
		for _, known := range out {
			if known == r {
				continue next
			}
		}
		out = append(out, r)
	}
	return out
}
