package flow

import "slices"

// waited is v once it was waited for. Code that is not run and answers at once computes: formatted(phone) may be the number.
// What it answers later is mostly what a server says, and nothing tells whether the number is in it: the number is lost
// at the call, and the answer is no end of it.
//
//	const answer = await account.login({ phone }) // lost here
//	console.log(answer)                           // not told
func waited(v *Value) *Value {
	answered := func(t taint) bool { return t.trail.answered() != nil }
	if v == nil || !slices.ContainsFunc(v.taints(), answered) {
		return v
	}
	out := *v
	kept := slices.DeleteFunc(slices.Clone(v.taints()), answered)
	out.unknown, out.data = true, nil
	return out.tainted(kept, v.about())
}
