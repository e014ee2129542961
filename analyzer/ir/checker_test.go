package ir

import "fmt"

// Check verifies that f is well formed: operands as each operation wants them,
// registers written before they are read on every path, jumps to labels that
// are around them, variables of f or a function around it. It lowers f but not
// the functions in it.
func (f *Func) Check() []error {
	c := &checker{f: f}
	body := f.Body()
	c.owners = make(map[*Func]bool)
	for p := f; p != nil; p = p.Parent {
		c.owners[p] = true
	}
	for i, v := range f.Vars {
		if v.Index != i || v.Func != f {
			c.fail(nil, "variable %s is number %d of another function or place", v.Name, v.Index)
		}
	}
	c.block(body, make(registers, (f.Regs+63)/64))
	return c.errs
}

type checker struct {
	f      *Func
	owners map[*Func]bool
	labels []jumpTarget
	errs   []error
}

type jumpTarget struct {
	num  int
	loop bool
}

// registers is a set of registers.
type registers []uint64

func (s registers) add(r Reg)      { s[r/64] |= 1 << (r % 64) }
func (s registers) has(r Reg) bool { return s[r/64]&(1<<(r%64)) != 0 }

func (s registers) clone() registers { return append(registers(nil), s...) }

func (c *checker) fail(i *Instr, format string, args ...any) {
	where := ""
	if i != nil {
		p := c.f.File.Position(i.Span.Start)
		where = fmt.Sprintf(" at %d:%d, op %d", p.Line, p.Column, i.Op)
	}
	c.errs = append(c.errs, fmt.Errorf("%s: function %q%s: %s", c.f.File.Path, c.f.Name, where, fmt.Sprintf(format, args...)))
}

// block checks a block that is entered with the registers in set written, adds
// to set what is written at its end, and reports whether control gets there.
func (c *checker) block(block []Instr, set registers) (ends bool) {
	ends = true
	for i := range block {
		if !c.instr(&block[i], set) {
			ends = false
		}
	}
	return ends
}

func (c *checker) instr(i *Instr, set registers) (ends bool) {
	if i.Op == Invalid || int(i.Op) >= len(shapes) {
		c.fail(i, "no such operation")
		return true
	}
	s := shapes[i.Op]
	c.read(i, "A", i.A, s.a, set)
	c.read(i, "B", i.B, s.b, set)
	c.read(i, "C", i.C, s.c, set)
	c.ext(i, s, set)
	if s.dst == no && i.Dst != None {
		c.fail(i, "has a Dst")
	}
	dst := func() {
		if s.dst == yes {
			if i.Dst < 0 || int(i.Dst) >= c.f.Regs {
				c.fail(i, "Dst %d out of range", i.Dst)
				return
			}
			set.add(i.Dst)
		}
	}
	if s.blocks > 0 {
		return c.control(i, set, dst)
	}
	dst()
	switch i.Op {
	case Break, Continue:
		c.jump(i)
		return false
	case Return, Throw:
		return false
	}
	return true
}

func (c *checker) read(i *Instr, what string, r Reg, o operand, set registers) {
	switch {
	case r == None:
		if o == yes {
			c.fail(i, "has no %s", what)
		}
	case o == no:
		c.fail(i, "has a %s", what)
	case r < 0 || int(r) >= c.f.Regs:
		c.fail(i, "%s %d out of range", what, r)
	case !set.has(r):
		c.fail(i, "%s %d is read before it is written", what, r)
	}
}

// ext checks the rarer operands.
func (c *checker) ext(i *Instr, s shape, set registers) {
	x := i.Ext
	if x == nil {
		x = &noExt
	}
	switch {
	case len(x.Blocks) != s.blocks:
		c.fail(i, "%d blocks, want %d", len(x.Blocks), s.blocks)
	case s.variable != (x.Var != nil):
		c.fail(i, "variable %v, want %v", x.Var != nil, s.variable)
	case s.fn != (x.Func != nil):
		c.fail(i, "function %v, want %v", x.Func != nil, s.fn)
	case len(x.Args) > 0 && !s.args:
		c.fail(i, "has arguments")
	case i.Spread && len(x.Spread) != len(x.Args):
		c.fail(i, "%d of %d arguments have a spread flag", len(x.Spread), len(x.Args))
	case i.Name != "" && !s.name:
		c.fail(i, "has a name")
	case i.Num != 0 && !s.num:
		c.fail(i, "has a number")
	case i.Op == Template && len(x.Names) != len(x.Args)+1:
		c.fail(i, "%d strings around %d values", len(x.Names), len(x.Args))
	case len(x.Numbers) > 0 && i.Op != Array:
		c.fail(i, "has numbers")
	case i.Op == Regexp && x.Regexp == nil:
		c.fail(i, "has no regular expression")
	}
	for _, r := range x.Args {
		c.read(i, "argument", r, yes, set)
	}
	if x.Var != nil {
		if !c.owners[x.Var.Func] {
			c.fail(i, "variable %s belongs to a function that is not around", x.Var.Name)
		} else if n := x.Var.Index; n >= len(x.Var.Func.Vars) || x.Var.Func.Vars[n] != x.Var {
			c.fail(i, "variable %s is not in its function", x.Var.Name)
		}
	}
	if x.Func != nil && x.Func.Parent != c.f {
		c.fail(i, "function %q has another parent", x.Func.Name)
	}
}

func (c *checker) jump(i *Instr) {
	for _, t := range c.labels {
		if float64(t.num) == i.Num && (t.loop || i.Op == Break) {
			return
		}
	}
	c.fail(i, "jump to %v, which is not around", i.Num)
}

// control checks an instruction with blocks. After loops, Blocks and Trys only
// what was written before counts; after an If, what all those of its branches
// have written that reach its end.
func (c *checker) control(i *Instr, set registers, dst func()) (ends bool) {
	blocks := i.Ext.Blocks
	if len(blocks) != shapes[i.Op].blocks {
		return true
	}
	if i.Op == If {
		then, els := set.clone(), set.clone()
		thenEnds, elseEnds := c.block(blocks[0], then), c.block(blocks[1], els)
		for n := range set {
			switch {
			case thenEnds && elseEnds:
				set[n] = then[n] & els[n]
			case thenEnds:
				set[n] = then[n]
			default:
				set[n] = els[n]
			}
		}
		return thenEnds || elseEnds
	}
	dst()
	loop := i.Op == Loop || i.Op == ForOf || i.Op == ForIn
	if loop || i.Op == Block {
		if i.Ext.Label == 0 {
			c.fail(i, "has no label")
		}
		c.labels = append(c.labels, jumpTarget{i.Ext.Label, loop})
	}
	for _, b := range blocks {
		c.block(b, set.clone())
	}
	if loop || i.Op == Block {
		c.labels = c.labels[:len(c.labels)-1]
	}
	return true
}
