package ir

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// TestCheck gives Check functions that are not well formed.
func TestCheck(t *testing.T) {
	undef := func(r Reg) Instr { return Instr{Op: Undef, Dst: r, A: None, B: None, C: None} }
	ret := func(r Reg) Instr { return Instr{Op: Return, Dst: None, A: r, B: None, C: None} }
	nest := func(op Op, a, dst Reg, label int, blocks ...[]Instr) Instr {
		return Instr{Op: op, Dst: dst, A: a, B: None, C: None, Ext: &Ext{Nest: &Nest{Label: label, Blocks: blocks}, Rare: noRare}}
	}
	jump := func(op Op, n float64) Instr { return Instr{Op: op, Dst: None, A: None, B: None, C: None, Num: n} }
	load := func(v *Var) Instr {
		return Instr{Op: Load, Dst: 0, A: None, B: None, C: None, Ext: &Ext{Var: v, Nest: noNest, Rare: noRare}}
	}
	other := &Func{}
	tests := []struct {
		name, want string
		body       []Instr
	}{
		{"good", "", []Instr{undef(0), ret(0)}},
		{"both branches write", "", []Instr{undef(0), nest(If, 0, None, 0, []Instr{undef(1)}, []Instr{undef(1)}), ret(1)}},
		{"the other branch leaves", "", []Instr{undef(0), nest(If, 0, None, 0, []Instr{undef(1)}, []Instr{ret(0)}), ret(1)}},
		{"one branch writes", "A 1 is read before it is written", []Instr{undef(0), nest(If, 0, None, 0, []Instr{undef(1)}, nil), ret(1)}},
		{"written in a loop", "A 0 is read before it is written", []Instr{nest(Loop, None, None, 1, []Instr{undef(0)}, nil), ret(0)}},
		{"element outlives no loop", "A 1 is read before it is written", []Instr{undef(0), nest(ForOf, 0, 2, 1, []Instr{undef(1)}), ret(1)}},
		{"register out of range", "Dst 9 out of range", []Instr{undef(9)}},
		{"operand missing", "has no A", []Instr{{Op: Throw, Dst: None, A: None, B: None, C: None}}},
		{"operand too many", "has a B", []Instr{undef(0), {Op: Throw, Dst: None, A: 0, B: 0, C: None}}},
		{"block missing", "1 blocks, want 2", []Instr{undef(0), nest(If, 0, None, 0, nil)}},
		{"jump outward", "jump to 2, which is not around", []Instr{nest(Block, None, None, 1, []Instr{jump(Break, 2)})}},
		{"continue of a block", "jump to 1, which is not around", []Instr{nest(Block, None, None, 1, []Instr{jump(Continue, 1)})}},
		{"foreign variable", "variable x belongs to a function that is not around", []Instr{load(&Var{Name: "x", Func: other})}},
		{"no operation", "no such operation", []Instr{{}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &Func{File: source.NewFile("page.js", ""), Regs: 3, body: test.body, done: true}
			errs := f.Check()
			if test.want == "" {
				require.Empty(t, errs)
				return
			}
			require.NotEmpty(t, errs)
			require.ErrorContains(t, errs[0], test.want)
		})
	}
}
