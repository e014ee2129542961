package flow

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Where data arrive, and where they are lost from sight: the ends of the trails in the ledger.

// key notes a name of collected data.
func (m *machine) key(ts []taint, kind, name string, at source.Location) {
	if isModel(at.File) {
		return
	}
	if len(ts) == 0 {
		return
	}
	k := Key{Kind: kind, Name: name, Location: at}
	named := m.ledger.named[k]
	if named == nil {
		named = map[*origin]bool{}
		m.ledger.named[k] = named
	}
	for _, t := range ts {
		o := t.origin
		o.uses.Read = true
		if len(o.uses.Keys) < maxKeys && !named[o] {
			named[o] = true
			o.uses.Keys = append(o.uses.Keys, k)
		}
	}
}

// arrive notes that the data in ts reach a sink.
func (m *machine) arrive(ts []taint, sink finding.Sink) {
	if len(ts) > 0 && (sink.Kind == finding.Network || sink.Kind == finding.Cloud) {
		m.noteSenders()
	}
	for _, t := range ts {
		o := t.origin
		if !o.news(sink) {
			continue
		}
		steps := append(t.steps(), m.calls(t)...)
		steps = append(steps, finding.Step{Message: sinkMessage(sink, t.trail.hashed()), Location: sink.Location})
		o.uses.Read = true
		o.uses.Flows = append(o.uses.Flows, finding.Flow{Sink: sink, Steps: dropRepeats(steps)})
	}
}

// news reports whether it is not known yet that o reaches sink, and notes it. Once a host
// is known, an arrival at the same call of which none was known is taken back.
func (o *origin) news(sink finding.Sink) bool {
	k := flowKey{sink.Location, sink.Kind, sink.Host}
	if o.flows[k] || sink.Host == "" && o.flows[flowKey{sink.Location, sink.Kind, anyHost}] {
		return false
	}
	if o.flows == nil {
		o.flows = map[flowKey]bool{}
	}
	o.flows[k] = true
	if sink.Host == "" {
		return true
	}
	o.flows[flowKey{sink.Location, sink.Kind, anyHost}] = true
	o.uses.Flows = slices.DeleteFunc(o.uses.Flows, func(f finding.Flow) bool {
		return f.Sink.Host == "" && f.Sink.Kind == sink.Kind && f.Sink.Location == sink.Location
	})
	return true
}

// anyHost is the host in the key of a flow that says that some host of the call is known.
const anyHost = "*"

// loseDropped loses what the objects hold for which some value had no room, unless the
// objects that it has hold the same data under the same names: another state of a store.
func (m *machine) loseDropped() {
	ts := m.allDropped()
	if len(ts) > 0 && len(m.dropped) < manyDropped {
		ts = m.onlyDropped()
	}
	slices.SortFunc(ts, func(a, b taint) int {
		return cmp.Or(cmp.Compare(a.origin.id, b.origin.id), compareLocations(a.last(), b.last()))
	})
	m.lose(ts, finding.Limit, "", source.Location{})
}

// allDropped returns the collected data to which the dropped objects lead, in any order. They
// are searched together: each may lead to nearly all that the program has.
func (m *machine) allDropped() []taint {
	objects := slices.SortedFunc(maps.Keys(m.dropped), func(a, b *Object) int { return cmp.Compare(a.id, b.id) })
	return slices.Collect(maps.Values(heldBy(objects)))
}

// onlyDropped returns those that the objects which some value keeps in their place do not
// lead to.
func (m *machine) onlyDropped() (ts []taint) {
	known := map[**Object]map[heldDatum]taint{}
	for o, values := range m.dropped {
		lost := heldBy([]*Object{o})
		if len(lost) > 0 && len(values) < maxDropped {
			everywhere := maps.Clone(lost)
			for _, kept := range values {
				if known[&kept[0]] == nil {
					known[&kept[0]] = heldBy(kept)
				}
				maps.DeleteFunc(everywhere, func(k heldDatum, _ taint) bool { _, ok := known[&kept[0]][k]; return !ok })
			}
			maps.DeleteFunc(lost, func(k heldDatum, _ taint) bool { _, ok := everywhere[k]; return ok })
		}
		for _, t := range lost {
			ts = append(ts, t)
		}
	}
	return ts
}

// compareLocations orders places by file and offset, the zero place first.
func compareLocations(a, b source.Location) int {
	path := func(l source.Location) string {
		if l.File == nil {
			return ""
		}
		return l.File.Path
	}
	return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
}

// manyDropped is for how many objects it is asked what others hold in their place: the answer
// takes a search through all that each leads to.
const manyDropped = 100

// heldDatum is a datum under a name.
type heldDatum struct {
	name   string
	origin *origin
}

// heldBy returns the collected data that some objects lead to.
func heldBy(objects []*Object) map[heldDatum]taint {
	out := map[heldDatum]taint{}
	d := digger{closures: true}
	for _, o := range objects {
		d.dig("", objectOf(o), func(name string, v *Value) {
			for _, t := range v.taints() {
				out[heldDatum{name, t.origin}] = t
			}
		})
	}
	for _, t := range d.taints {
		out[heldDatum{"", t.origin}] = t
	}
	return out
}

// lose notes that it is not known what becomes of the data in ts after they went
// into a thing, named as the source writes it; "" for a limit that they met.
func (m *machine) lose(ts []taint, what finding.LossKind, thing string, at source.Location) {
	if len(ts) == 0 {
		return
	}
	run := &m.entry.lost
	if run.run == 0 {
		m.ledger.losing++
		run.run = m.ledger.losing
	}
	if isModel(at.File) { // no report names one: the call that led there tells
		at = m.here()
		thing = callee(at)
	}
	for _, t := range ts {
		here := at
		if here.IsZero() || isModel(here.File) {
			here = t.last()
		}
		ways := t.origin.lostBy(run.run)
		if *ways >= maxLost {
			continue
		}
		k := lossKey{t.origin, here, what}
		l := m.ledger.losses[k]
		if l == nil {
			l = &loss{order: len(m.ledger.losses), text: finding.LostInto(what, thing, here)}
			if thing == "" { // nothing in particular took it
				l.text = finding.LostNear(what, here.File.Path, here)
			}
			m.ledger.losses[k] = l
		}
		if l.run != run.run {
			l.run = run.run
			l.claims++
			*ways++
			run.ways = append(run.ways, l)
		}
	}
}

// takeBack withdraws what the last run of an entry point lost: with more
// possibilities, what it runs into may be known now.
func (m *machine) takeBack(e *entry) {
	for _, l := range e.lost.ways {
		l.claims--
	}
	e.lost = lost{}
}

// settleLosses records for each datum how it was lost.
func (m *machine) settleLosses() {
	keys := slices.SortedFunc(maps.Keys(m.ledger.losses), func(a, b lossKey) int {
		return cmp.Compare(m.ledger.losses[a].order, m.ledger.losses[b].order)
	})
	for _, k := range keys {
		u := k.origin.uses
		if k.what == finding.Compared && slices.ContainsFunc(u.Flows, func(f finding.Flow) bool { return f.Sink.Kind.Leaves() }) {
			continue // the chosen value itself leaves
		}
		if m.ledger.losses[k].claims > 0 && len(u.Lost) < maxLost {
			u.Lost = append(u.Lost, m.ledger.losses[k].text)
		}
	}
}

// noteSenders notes that the functions that are running send data away: what
// they give back is not what went in. If a recursive call of one is cut short (a
// request that logs in and asks again), that tells its result.
func (m *machine) noteSenders() {
	if m.senders == nil {
		m.senders = map[*ir.Func]bool{}
	}
	for f := m.frame; f != nil; f = f.caller {
		m.senders[f.fn] = true
	}
}

// calls returns the calls on the way from the last station of t to here, the
// outermost first.
func (m *machine) calls(t taint) []finding.Step {
	var out []finding.Step
	known := map[source.Location]bool{}
	for s := t.trail; s != nil; s = s.prev {
		known[s.step.Location] = true
	}
	for f := m.frame; f != nil && len(out) < maxTrail; f = f.caller {
		if f.instr == nil || f.fn == nil || f.fn.Name == "" || f.caller == nil || f.caller.instr == nil {
			continue
		}
		at := f.caller.location(f.caller.instr.Span)
		if known[at] || at.File == nil || isModel(at.File) || isModel(f.fn.File) || at.Span.Len() == 0 {
			continue
		}
		known[at] = true
		out = append(out, finding.Step{Message: callMessage(f.fn.Name), Location: at})
	}
	slices.Reverse(out)
	return out
}

// dropRepeats leaves out a step at the very place of the one before or after. The
// first and the last stay.
func dropRepeats(steps []finding.Step) []finding.Step {
	out := steps[:0]
	for i, s := range steps {
		between := i > 0 && i+1 < len(steps)
		if between && (steps[i+1].Location == s.Location || out[len(out)-1].Location == s.Location) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// sinkMessage says that a datum arrives at a sink: as it is, or only a digest of it.
func sinkMessage(s finding.Sink, hashed bool) lang.Text {
	m := arrival(s)
	if hashed {
		m.ZH += "（只是它的摘要）"
		m.EN += " (a digest of it only)"
	}
	return m
}

func arrival(s finding.Sink) lang.Text {
	switch s.Kind {
	case finding.Network:
		switch {
		case s.Host == "":
			return lang.Textf("由 %s 发送到服务器", "sent to a server by %s", s.API)
		case finding.LocalHost(s.Host):
			return lang.Text{ZH: "由 " + s.API + " 发送到开发环境 " + s.Host, EN: "sent to " + s.Host +
				", a host for development, by " + s.API}
		}
		return lang.Text{ZH: "由 " + s.API + " 发送到 " + s.Host, EN: "sent to " + s.Host + " by " + s.API}
	case finding.Cloud:
		return lang.Textf("由 %s 送到云端", "sent to the cloud by %s", s.API)
	case finding.Storage:
		return lang.Textf("由 %s 存在本机", "stored on the device by %s", s.API)
	case finding.Log:
		return lang.Textf("由 %s 写进日志", "written to the log by %s", s.API)
	case finding.Clip:
		return lang.Textf("由 %s 写入剪切板", "put on the clipboard by %s", s.API)
	case finding.Navigation:
		return lang.Textf("由 %s 带到另一页的地址里", "put into the address of another page by %s", s.API)
	}
	return lang.Textf("由 %s 交给第三方", "handed to a third party by %s", s.API)
}

func callMessage(name string) lang.Text {
	return lang.Text{ZH: "调用函数 " + name, EN: "calls function " + name}
}
