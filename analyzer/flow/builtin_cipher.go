package flow

import (
	"regexp"

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

// cipher reports whether fn shuffles bits and neither uses this nor the platform.
func (m *machine) cipher(fn *ir.Func) bool {
	known, ok := m.builtins.ciphers[fn]
	if !ok {
		n, pure := bitwise(fn.Body())
		known = pure && n >= manyBitwise && !fn.Async && !fn.Generator
		m.builtins.ciphers[fn] = known
	}
	return known
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
			t.trail = &trail{prev: t.trail, step: step, n: n, digest: true}
		}
		out.data.taints = append(out.data.taints, t)
	}
	return &out
}
