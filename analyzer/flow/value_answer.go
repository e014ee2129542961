package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/platform"
)

// What is in an answer of code that is not run (run_answer.go).

// answer is how data came out of a call whose code is not run.
type answer struct {
	names []string // under which they had gone in, in order: such a member of the answer may be they
}

// answered is the answer that what came this way is in, nil if it is none.
func (t *trail) answered() *answer {
	if t == nil {
		return nil
	}
	return t.answer
}

// allows reports whether what is in a is also found where b has it: an answer to which the data went in under
// fewer names gives them under fewer.
func (a *answer) allows(b *answer) bool {
	return a == nil || b != nil && !slices.ContainsFunc(b.names, func(name string) bool { return !slices.Contains(a.names, name) })
}

// maxUnder bounds the names that are kept for a datum in an answer.
const maxUnder = 8

// under is a, which may be nil, with one more name.
func (a *answer) under(name string) *answer {
	switch {
	case a == nil:
		a = &answer{}
	case len(a.names) >= maxUnder:
		return a
	}
	if name != "" && !slices.Contains(a.names, name) {
		a.names = append(a.names, name)
		slices.Sort(a.names)
	}
	return a
}

// with is a or b, of which either may be nil: under the names of both.
func (a *answer) with(b *answer) *answer {
	switch {
	case b == nil || b.allows(a) && a.allows(b):
		return a
	case b.allows(a):
		return b
	}
	out := &answer{names: slices.Concat(a.names, b.names)}
	slices.Sort(out.names)
	out.names = slices.Compact(out.names)
	return out
}

// holds reports whether a member of an answer may be data that are in it.
func (a *answer) holds(name string) bool {
	return a == nil || slices.Contains(a.names, name) || !platform.TellsOfCall(name)
}

// inMember is what of v, which is or may be in answers, their member of a name may be.
func inMember(v *Value, name string) *Value {
	if v == nil || !slices.ContainsFunc(v.taints(), func(t taint) bool { return !t.trail.answered().holds(name) }) {
		return v
	}
	out := *v
	kept := slices.DeleteFunc(slices.Clone(v.taints()), func(t taint) bool { return !t.trail.answered().holds(name) })
	out.unknown, out.data = true, nil
	return out.tainted(kept, v.about())
}
