package flow

import (
	"regexp"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// Programs carry hashes and ciphers of their own (md5, sha256, base64, AES) to sign
// what they send. Run step by step such code takes more work than all the rest, and
// what it does is known: what goes in comes out re-encoded. So a function that
// shuffles bits and does nothing else is treated like code that is not there.

// manyBitwise is the number of bitwise operations in a function above which it is taken
// for a cipher. Rounding (x | 0) and flags take one or two; a rotation has three.
const manyBitwise = 3

// cipher is a function that shuffles bits, and what it has to do with the code around it:
//
//	const words = [0, 1].map(i => bytes[i * 4] << 24 | bytes[i * 4 + 1] << 16)  // reads bytes
//	function update(state, block) { state[0] ^= block[0] << 7 | block[1] >>> 3 } // fills state
type cipher struct {
	reads, stores []*ir.Var // variables around it
	sets          []*ir.Var // those that it gives a value before it reads them
	fills         []*ir.Var // those whose objects it writes into
	fillsArgs     bool      // it writes into objects that it is given
}

// cipherOf returns fn as a cipher; nil if it does something else than to shuffle bits, or
// uses this or the platform.
func (m *machine) cipherOf(fn *ir.Func) *cipher {
	c, ok := m.builtins.ciphers[fn]
	if !ok {
		n, pure := bitwise(fn.Body())
		if pure && n >= manyBitwise && !fn.Async && !fn.Generator {
			c = &cipher{}
			c.look(fn, fn.Body(), true)
		}
		m.builtins.ciphers[fn] = c
	}
	return c
}

// look notes what code of fn reads and writes that is not its own. It runs always if
// nothing decides about it.
func (c *cipher) look(fn *ir.Func, code []ir.Instr, always bool) {
	add := func(list *[]*ir.Var, v *ir.Var) {
		if v.Func != fn && !slices.Contains(*list, v) && !slices.Contains(c.sets, v) {
			*list = append(*list, v)
		}
	}
	for i := range code {
		in := &code[i]
		switch in.Op {
		case ir.Load:
			add(&c.reads, in.Ext.Var)
		case ir.Store:
			if v := in.Ext.Var; always && !slices.Contains(c.reads, v) && !slices.Contains(c.stores, v) {
				add(&c.sets, v)
			} else {
				add(&c.stores, v)
			}
		case ir.Set, ir.SetKey, ir.Append, ir.Extend, ir.Copy:
			if def := last(code[:i], in.A); def != nil && def.Op == ir.Load {
				add(&c.fills, def.Ext.Var)
				c.fillsArgs = c.fillsArgs || def.Ext.Var.Param && def.Ext.Var.Func == fn
			}
		}
		if in.Ext != nil {
			for _, block := range in.Ext.Blocks {
				c.look(fn, block, false)
			}
		}
	}
}

// encipher is a call of o, which is the cipher c: what goes in, and what the variables
// around it hold, comes out, and is where it writes.
func (m *machine) encipher(c *cipher, o *Object, args []*Value, more *Value, site any) *Value {
	for _, v := range c.reads {
		if cell := o.fn.env.cell(v); cell != nil {
			more = join(more, taintOnly(deepTaints(m.readCell(cell))))
		}
	}
	out := m.digested(m.opaque(nil, nil, args, more, site), o.fn.fn.Name)
	for _, v := range c.sets {
		if cell := o.fn.env.cell(v); cell != nil {
			m.setCell(cell, join(out, unknownValue))
		}
	}
	if len(out.taints()) == 0 {
		return out
	}
	for _, v := range c.stores {
		if cell := o.fn.env.cell(v); cell != nil {
			m.setCell(cell, join(m.readCell(cell), out))
		}
	}
	for _, v := range c.fills {
		if cell := o.fn.env.cell(v); cell != nil {
			m.pour(m.readCell(cell), out)
		}
	}
	if c.fillsArgs {
		for _, a := range args {
			m.pour(a, out)
		}
	}
	return out
}

// pour makes v a possibility somewhere in the objects and lists that target can be.
func (m *machine) pour(target, v *Value) {
	if target == nil {
		return
	}
	for _, o := range target.objects {
		switch o.kind {
		case arrayObject:
			m.mix(o, v)
		case plainObject:
			m.addRest(o, v)
		}
	}
}

// cell is the cell that v has in e or around it; nil if there is none yet.
func (e *env) cell(v *ir.Var) *cell {
	if e = e.of(v); e == nil {
		return nil
	}
	return e.cells[v.Index]
}

// bitwise counts the bitwise operations in code, and reports whether it uses
// neither this nor the platform.
func bitwise(code []ir.Instr) (n int, pure bool) {
	for i := range code {
		in := &code[i]
		switch in.Op {
		case ir.Binary:
			switch in.Name {
			case "<<", ">>", ">>>", "&", "|", "^":
				n++
			}
		case ir.This:
			return 0, false
		case ir.Global:
			if _, ok := platform.GlobalByName(in.Name); ok {
				return 0, false
			}
		}
		if in.Ext == nil {
			continue
		}
		for _, block := range in.Ext.Blocks {
			inner, ok := bitwise(block)
			if !ok {
				return 0, false
			}
			n += inner
		}
	}
	return n, true
}

// digestNames are the words by which a function says that it makes a digest, from which
// nobody can compute the datum: md5, hexSHA256, CryptoJS.HmacSHA1.
var digestNames = regexp.MustCompile(`(?i)md5|sha-?\d|sm3|hmac|digest|hash`)

// digested is v, which the function of this name made of collected data. If the name says
// that it makes digests, what follows is told to be one.
func (m *machine) digested(v *Value, name string) *Value {
	if len(v.taints()) == 0 || !digestNames.MatchString(name) {
		return v
	}
	out := *v
	out.data = &data{about: v.about()}
	step := finding.Step{Message: lang.Textf("由 %s 计算摘要", "hashed by %s", name), Location: m.here()}
	for _, t := range v.taints() {
		n := 1
		if t.trail != nil {
			n += t.trail.n
		}
		if !t.trail.hashed() && !step.Location.IsZero() {
			t.trail = &trail{prev: t.trail, step: step, n: n, digest: true, answer: t.trail.answered()}
		}
		out.data.taints = append(out.data.taints, t)
	}
	return &out
}
