package flow

import (
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

// never reports whether a condition was come to and never was want.
func (d decisions) never(f *source.File, at source.Span, want bool) bool {
	switch got := d[source.Location{File: f, Span: at}]; {
	case want:
		return got == tookFalse
	default:
		return got == tookTrue
	}
}
