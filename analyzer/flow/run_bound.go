package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// binding is a bound function that is being called, and the code that calls it.
type binding struct {
	fn    *Object
	frame *frame
}

// unbound calls what o is bound to. this.f = this.f.bind(this) runs more than once, so what o is
// bound to may be o itself as well: that adds nothing, and is not called again.
func (m *machine) unbound(o *Object, call func() *Value) *Value {
	b := binding{o, m.frame}
	if slices.Contains(m.unbinding, b) {
		return nil
	}
	m.unbinding = append(m.unbinding, b)
	out := orUndefined(call())
	m.unbinding = m.unbinding[:len(m.unbinding)-1]
	return out
}

// withBound is what f, a bound function, hands on if it is called with args.
func (f *function) withBound(args []*Value) []*Value {
	return append(f.args[:len(f.args):len(f.args)], args...)
}

// ofProgram reports whether calling f runs code of the program: f itself, or code that
// waits for a promise of the program.
func (f *function) ofProgram() bool {
	f = f.inner()
	return f.fn != nil || f.native != nil && (f.name == resolveName || f.name == rejectName)
}

// code is the code of the program that a call of f runs: its own, or that of the function
// that it is bound to; nil if that is native.
func (f *function) code() *ir.Func { return f.inner().fn }

// maxBound is how many functions may be bound one around the other. Real ones are two or
// three; a chain can lead back to where it began.
const maxBound = 16

// inner is the function that f is bound to, and that in turn; f itself if that is not one function.
func (f *function) inner() *function {
	for range maxBound {
		target := f.target.callee()
		if target == nil || target.fn == nil {
			break
		}
		f = target.fn
	}
	return f
}
