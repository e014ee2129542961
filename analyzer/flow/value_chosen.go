package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/source"
)

// chosen is what a comparison of a chosen value decides. A picker has few values, and a
// comparison turns each into another one that tells as much:
//
//	wx.request({ data: { gender: this.data.sex === '男' ? 1 : 2 } })
//
// A comparison is no flow, so the constants carry no datum. They carry the choice, which changes nothing
// about them: if one reaches a server, what becomes of the datum is not known. Of what a person types nothing
// is decided so: a comparison with a constant checks it and tells little.
type chosen struct {
	taints []taint // the chosen values
	at     source.Location
}

// choiceIn returns the choice that decides what v is, if it is a chosen value or one that was decided;
// nil if there is none.
func (v *Value) choiceIn(at source.Location) *chosen {
	if ts := picked(v.taints()); len(ts) > 0 {
		return &chosen{ts, at}
	}
	return v.decided()
}

// decided returns the choice that decided what v is; nil if none did.
func (v *Value) decided() (c *chosen) {
	if v != nil {
		for _, k := range v.consts {
			c = c.and(k.by)
		}
	}
	return c
}

// and is the choice of what both decide.
func (c *chosen) and(other *chosen) *chosen {
	switch {
	case c == nil:
		return other
	case other == nil || coversTaints(c.taints, other.taints):
		return c
	}
	return &chosen{joinTaints(c.taints, other.taints), other.at}
}

// says reports whether k tells which value was chosen: a text, a number, and not that there is none.
func (k *constant) says() bool { return k.kind == number || k.kind == text && k.str != "" }

// comparedChoice returns the choice that comparing a with b decides; nil if there is none.
func comparedChoice(a, b *Value, at source.Location) *chosen {
	for _, pair := range [2][2]*Value{{a, b}, {b, a}} {
		if pair[1] != nil && pair[1].pure() && !slices.ContainsFunc(pair[1].consts, func(k *constant) bool { return !k.says() }) {
			if c := pair[0].choiceIn(at); c != nil {
				return c
			}
		}
	}
	return nil
}

// decides returns v with the mark of c on what it is, if that is known and says something.
func (c *chosen) decides(v *Value) *Value {
	if c == nil || v == nil || !v.pure() {
		return v
	}
	return c.marks(v, (*constant).says)
}

// marks returns v with the mark of c on its constants for which is holds.
func (c *chosen) marks(v *Value, is func(*constant) bool) *Value {
	if c == nil || !slices.ContainsFunc(v.consts, func(k *constant) bool { return is(k) && c.and(k.by) != k.by }) {
		return v
	}
	out := *v
	out.consts = make([]*constant, len(v.consts))
	for i, k := range v.consts {
		if is(k) && c.and(k.by) != k.by {
			marked := *k
			marked.by = c.and(k.by)
			k = &marked
		}
		out.consts[i] = k
	}
	return &out
}

// truths marks the answer of a comparison that c decides.
func (c *chosen) truths(v *Value) *Value {
	return c.marks(v, func(k *constant) bool { return k.kind == boolean })
}

// through marks v, which a function or an operator makes of what c decides: Number(code), +code.
func (c *chosen) through(v *Value) *Value {
	if c == nil || v == nil || !v.pure() {
		return v
	}
	return c.marks(v, func(k *constant) bool { return k.says() || k.kind == boolean })
}

// decidedAll returns the choice that decides what some values are; nil if there is none.
func decidedAll(vs ...*Value) (c *chosen) {
	for _, v := range vs {
		c = c.and(v.decided())
	}
	return c
}

// picked returns those of ts that are the choice of a picker: what a list holds at
// that index is the datum.
func picked(ts []taint) (out []taint) {
	for _, t := range ts {
		if t.origin.picks {
			out = append(out, t)
		}
	}
	return out
}
