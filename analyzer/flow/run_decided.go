package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/source"
)

// answers are the sides of a condition that were taken.
type answers uint8

const (
	tookTrue answers = 1 << iota
	tookFalse
)

// decisions are the answers that the conditions of scripts with elements got.
type decisions map[source.Location]answers

// note records that a condition of f was decided.
func (d decisions) note(f *ir.Func, in *ir.Instr, canTrue, canFalse bool) {
	at := source.Location{File: f.File, Span: in.Span}
	known := d[at]
	if canTrue {
		known |= tookTrue
	}
	if canFalse {
		known |= tookFalse
	}
	d[at] = known
}

// noteOperand records what the right side of && in was, which has just run.
func (m *machine) noteOperand(f *frame, in *ir.Instr, els []ir.Instr) {
	if m.operands != nil && len(els) == 0 && slices.Contains(in.Ext.Out, in.A) {
		canTrue, canFalse := f.regs[in.A].truth()
		m.operands.note(f.fn, in, canTrue, canFalse)
	}
}

// never reports whether a condition was come to and never was want.
func (d decisions) never(f *source.File, at source.Span, want bool) bool {
	switch got := d[source.Location{File: f, Span: at}]; {
	case want:
		return got == tookFalse
	default:
		return got == tookTrue
	}
}
