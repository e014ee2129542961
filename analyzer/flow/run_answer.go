package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/spelling"
)

// What a call gives whose code is not run. Whether it hands back what it was given, as a function that formats or
// encrypts does, or asks a server, whose answer has a token and a message of its own, is not known. The answer counts as
// the data that went in, but for those of its members that tell only of the call:
//
//	const answer = account.login({ phone })
//	wx.setStorageSync('token', answer.token) // not the phone number
//	wx.setStorageSync('me', answer.userInfo) // may hold it
//
// That holds of what it gives at once. What is waited for is an answer of somebody (value_waited.go).

// answering is opaque for a call by name of missing code that is not known to hand back what goes in.
func (m *machine) answering(fn, this *Value, args []*Value, more *Value, site any, name string) *Value {
	if keepsNothing(name) {
		return m.opaque(fn, this, args, more, site)
	}
	var given map[*origin]*answer
	see := func(name string, v *Value) {
		if given == nil {
			given = map[*origin]*answer{}
		}
		for _, t := range v.taints() {
			given[t.origin] = given[t.origin].under(name)
		}
	}
	var d digger
	d.dig("", more, see)
	if this != nil && (len(this.taints()) > 0 || len(this.objects) > 0) {
		d.dig("", this.known(), see)
	}
	for _, arg := range args {
		d.dig("", arg, see)
	}
	if fn != nil {
		d.taints = joinTaints(d.taints, fn.taints())
	}
	got := taintOnly(m.inAnswer(d.taints, given, name))
	return join(got, m.handOver(args, got, site))
}

// inAnswer is ts in what a call by name gives, which had them as given says.
func (m *machine) inAnswer(ts []taint, given map[*origin]*answer, name string) []taint {
	at := m.here()
	if at.IsZero() {
		return ts
	}
	step := finding.Step{Message: lang.Textf("可能在 %s 的返回值中", "may be in what %s gives back", name), Location: at}
	out := make([]taint, len(ts))
	for i, t := range ts {
		n := 1
		if t.trail != nil {
			n += t.trail.n
		}
		a := given[t.origin].under("")
		if old := t.trail.answered(); old == nil || !old.allows(a) {
			t.trail = &trail{prev: t.trail, step: step, n: n, digest: t.trail.hashed(), answer: a.with(old)}
		}
		out[i] = t
	}
	return out
}

// overlay notes that v, which is or may be in answers, was copied over what o has: under a name under which data had gone in,
// they may be there now.
//
//	const answer = account.login({ mobile })
//	state.user = { mobile: '', ...answer.userInfo }
func (m *machine) overlay(o *Object, v *Value) {
	for _, t := range v.taints() {
		a := t.trail.answered()
		if a == nil {
			continue
		}
		for _, name := range a.names {
			if _, has := o.own(name); has {
				m.addProp(o, name, taintOnly([]taint{t}))
			}
		}
	}
}

// option calls the functions in option name of a call. One that the platform's habit makes the call's callback gets what the call
// answers later.
func (e *escaping) option(name string, v *Value, depth int) {
	args := e.args
	if depth == 0 && callsBack[name] && len(args) > 0 {
		e.args = slices.Clone(args)
		e.args[0] = waited(args[0])
	}
	e.values(v, depth+1)
	e.args = args
}

// callsBack are the options of the platform's APIs that it calls with its answer; others name theirs likewise.
var callsBack = spelling.Set("success fail complete")
