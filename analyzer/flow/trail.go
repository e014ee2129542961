package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// origin is one collected datum: the value of a control, or a part of the
// result of an API. All values that hold it point here.
type origin struct {
	id    int
	uses  *Uses
	start finding.Step
	picks bool // of a picker: its value is an index into what it offers
	keys  map[Key]bool
	flows map[flowKey]bool
	tests map[testKey]bool
}

type flowKey struct {
	location source.Location
	kind     finding.SinkKind
}

type testKey struct {
	location source.Location
	length   int
}

// trail is how a datum came to where it is, latest station first.
type trail struct {
	prev *trail
	step finding.Step
	n    int
}

// maxTrail bounds the number of stations kept of a way.
const maxTrail = 24

// maxKeys bounds the names kept of a datum; more say nothing new.
const maxKeys = 64

func (o *origin) test(t Test) {
	o.uses.Read = true
	if isModel(t.Location.File) {
		return
	}
	k := testKey{t.Location, t.Length}
	if o.tests[k] || len(o.tests) >= maxKeys {
		return
	}
	if o.tests == nil {
		o.tests = map[testKey]bool{}
	}
	o.tests[k] = true
	o.uses.Tests = append(o.uses.Tests, t)
}

// value returns the datum itself, at the start of its way.
func (o *origin) value() *Value {
	return taintOnly([]taint{{origin: o}})
}

// note adds a station to the way of the data that v is.
func note(v *Value, message lang.Text, at source.Location) *Value {
	if v == nil || len(v.taints()) == 0 || at.IsZero() {
		return v
	}
	out := *v
	out.data = &data{taints: make([]taint, len(v.taints())), about: v.about()}
	for i, t := range v.taints() {
		n := 0
		if t.trail != nil {
			n = t.trail.n
		}
		if n < maxTrail && (t.trail == nil || t.trail.step.Location != at) {
			t.trail = &trail{prev: t.trail, step: finding.Step{Message: message, Location: at}, n: n + 1}
		}
		out.data.taints[i] = t
	}
	return &out
}

// steps returns the stations of t from its source on.
func (t taint) steps() []finding.Step {
	var out []finding.Step
	for s := t.trail; s != nil; s = s.prev {
		out = append(out, s.step)
	}
	out = append(out, t.origin.start)
	slices.Reverse(out)
	return out
}

// key notes a name that collected data was given.
func (e *engine) key(ts []taint, kind, name string, at source.Location) {
	if isModel(at.File) {
		return
	}
	for _, t := range ts {
		k := Key{Kind: kind, Name: name, Location: at}
		o := t.origin
		o.uses.Read = true
		if o.keys[k] || len(o.keys) >= maxKeys {
			continue
		}
		if o.keys == nil {
			o.keys = map[Key]bool{}
		}
		o.keys[k] = true
		o.uses.Keys = append(o.uses.Keys, k)
	}
}

// arrive notes that the data in ts reach a sink.
func (m *machine) arrive(ts []taint, sink finding.Sink) {
	if len(ts) > 0 && (sink.Kind == finding.Network || sink.Kind == finding.Cloud) {
		m.noteSenders()
	}
	for _, t := range ts {
		o := t.origin
		k := flowKey{sink.Location, sink.Kind}
		if o.flows[k] {
			continue
		}
		if o.flows == nil {
			o.flows = map[flowKey]bool{}
		}
		o.flows[k] = true
		steps := append(t.steps(), m.calls(t)...)
		steps = append(steps, finding.Step{Message: sinkMessage(sink), Location: sink.Location})
		o.uses.Read = true
		o.uses.Flows = append(o.uses.Flows, finding.Flow{Sink: sink, Steps: dropRepeats(steps)})
	}
}

// noteSenders notes that the functions that are running send data away: what
// they give back is not what went in. Where a recursive call of one is cut short
// (a request that logs in and asks again) that tells its result.
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

func sinkMessage(s finding.Sink) lang.Text {
	to := ""
	if s.Host != "" {
		to = s.Host
	}
	switch s.Kind {
	case finding.Network:
		if to != "" {
			return lang.Text{ZH: "由 " + s.API + " 发送到 " + to, EN: "sent to " + to + " by " + s.API}
		}
		return lang.Text{ZH: "由 " + s.API + " 发送到服务器", EN: "sent to a server by " + s.API}
	case finding.Cloud:
		return lang.Text{ZH: "由 " + s.API + " 送到云端", EN: "sent to the cloud by " + s.API}
	case finding.Storage:
		return lang.Text{ZH: "由 " + s.API + " 存在本机", EN: "stored on the device by " + s.API}
	case finding.Log:
		return lang.Text{ZH: "由 " + s.API + " 写进日志", EN: "written to the log by " + s.API}
	case finding.Clip:
		return lang.Text{ZH: "由 " + s.API + " 写入剪贴板", EN: "put on the clipboard by " + s.API}
	case finding.Navigation:
		return lang.Text{ZH: "由 " + s.API + " 带到另一页的地址里", EN: "put into the address of another page by " + s.API}
	}
	return lang.Text{ZH: "由 " + s.API + " 交给第三方", EN: "handed to a third party by " + s.API}
}

func callMessage(name string) lang.Text {
	return lang.Text{ZH: "调用函数 " + name, EN: "calls function " + name}
}

// here is the place of the instruction that is being run.
func (m *machine) here() source.Location {
	for f := m.frame; f != nil; f = f.caller {
		if f.instr != nil && f.fn != nil && f.fn.File != nil && !isModel(f.fn.File) {
			return f.location(f.instr.Span)
		}
	}
	return source.Location{}
}
