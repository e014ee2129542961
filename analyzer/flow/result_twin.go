package flow

import (
	"maps"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// twins are two loads of a program between which nothing has changed that a run sees: what
// each thing of the first is in the second. What is not listed is the same in both.
type twins struct {
	pairs map[any]any                   // pointers to units, modules, views and nodes
	moves map[*source.File]*source.Move // of the files that have changed
	lost  bool                          // some place of the first is nowhere in the second
}

// twin is what p is in the second load.
func twin[T any](t *twins, p *T) *T {
	if other, ok := t.pairs[p]; ok {
		return other.(*T)
	}
	return p
}

// location returns where l is in the second load.
func (t *twins) location(l source.Location) source.Location {
	m := t.moves[l.File]
	if m == nil {
		return l
	}
	span, ok := m.Span(l.Span)
	t.lost = t.lost || !ok
	return source.Location{File: m.To, Span: span}
}

// each returns a list of what f makes of the members of another.
func each[T any](list []T, f func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// here returns texts that the first load gives, some perhaps in parts of the second, as the
// second has them.
func (t *twins) here(list []Text) []Text {
	if t == nil {
		return list
	}
	return each(list, t.text)
}

func (t *twins) text(x Text) Text { return Text{x.String, t.location(x.Location)} }

func (t *twins) texts(all map[string][]Text) map[string][]Text {
	if all == nil {
		return nil
	}
	out := make(map[string][]Text, len(all))
	for k, list := range all {
		out[k] = each(list, t.text)
	}
	return out
}

func (t *twins) decision(d *finding.Decision) *finding.Decision {
	if d == nil {
		return nil
	}
	return &finding.Decision{Reason: d.Reason, Location: t.location(d.Location)}
}

func (t *twins) flow(f finding.Flow) finding.Flow {
	f.Sink.Location = t.location(f.Sink.Location)
	f.Sink.Reason.Location = t.location(f.Sink.Reason.Location)
	f.Steps = each(f.Steps, func(s finding.Step) finding.Step {
		return finding.Step{Message: s.Message, Location: t.location(s.Location)}
	})
	return f
}

func (t *twins) uses(u *Uses) *Uses {
	if u == nil {
		return nil
	}
	out := *u
	out.Flows = each(u.Flows, t.flow)
	out.Lost = each(u.Lost, func(l finding.Loss) finding.Loss { l.Location = t.location(l.Location); return l })
	out.Keys = each(u.Keys, func(k Key) Key { k.Location = t.location(k.Location); return k })
	out.Tests = each(u.Tests, func(x Test) Test {
		x.Location, x.Regexp = t.location(x.Location), twin(t, x.Regexp)
		return x
	})
	return &out
}

// mover makes the result of a run that of a run of the twin.
type mover struct {
	*twins
	hosts map[*Host]*Host
	known map[*Uses]*Uses
}

// moved returns r as a run of the second load would have given it.
func (t *twins) moved(r *Result) *Result {
	m := &mover{t, map[*Host]*Host{}, map[*Uses]*Uses{}}
	out := *r
	out.Controls = each(r.Controls, m.control)
	out.Calls = each(r.Calls, m.call)
	out.Limits = each(r.Limits, t.limit)
	if r.Held != nil {
		out.Held = make(map[Limit][]source.Location, len(r.Held))
		for l, places := range r.Held {
			out.Held[t.limit(l)] = each(places, t.location)
		}
	}
	out.Stranger.Location = t.location(r.Stranger.Location)
	out.Unshown = each(r.Unshown, func(u *project.Unit) *project.Unit { return twin(t, u) })
	if r.Undrawn != nil {
		out.Undrawn = make(map[*project.Unit]source.Location, len(r.Undrawn))
		for u, at := range r.Undrawn {
			out.Undrawn[twin(t, u)] = t.location(at)
		}
	}
	out.Unnamed = each(r.Unnamed, t.location)
	out.Keypads = each(r.Keypads, func(k Keypad) Keypad { return Keypad{twin(t, k.Unit), twin(t, k.Page), t.location(k.Location)} })
	out.Ran = make(map[source.Location]bool, len(r.Ran))
	for at, ran := range r.Ran {
		out.Ran[t.location(at)] = ran
	}
	out.Costs = each(r.Costs, func(c Cost) Cost { c.Function = t.location(c.Function); return c })
	return &out
}

func (t *twins) limit(l Limit) Limit {
	l.Unit, l.Page, l.Module = twin(t, l.Unit), twin(t, l.Page), twin(t, l.Module)
	return l
}

func (m *mover) control(c *Control) *Control {
	out := *c
	out.base, out.twins = c, m.twins
	out.Unit, out.View = twin(m.twins, c.Unit), twin(m.twins, c.View)
	out.Element, out.Using = twin(m.twins, c.Element), twin(m.twins, c.Using)
	out.Page, out.Form = twin(m.twins, c.Page), twin(m.twins, c.Form)
	out.Hosts = each(c.Hosts, m.host)
	out.Handlers = each(c.Handlers, func(h Handler) Handler {
		h.Attr, h.Func = twin(m.twins, h.Attr), m.location(h.Func)
		return h
	})
	out.Hidden, out.OnlyIf = m.decision(c.Hidden), m.decision(c.OnlyIf)
	out.Uses = *m.uses(&c.Uses)
	m.known[&c.Uses] = &out.Uses
	out.handed = maps.Clone(c.handed)
	for k, u := range out.handed {
		out.handed[k] = m.once(u)
	}
	return &out
}

func (m *mover) host(h *Host) *Host {
	if known := m.hosts[h]; known != nil {
		return known
	}
	out := *h
	out.twins = m.twins
	out.Unit, out.View, out.Element = twin(m.twins, h.Unit), twin(m.twins, h.View), twin(m.twins, h.Element)
	m.hosts[h] = &out
	return &out
}

// once is uses, the same for the same.
func (m *mover) once(u *Uses) *Uses {
	if m.known[u] == nil {
		m.known[u] = m.uses(u)
	}
	return m.known[u]
}

func (m *mover) call(c *Call) *Call {
	out := *c
	out.Location = m.location(c.Location)
	out.Unit, out.Module = twin(m.twins, c.Unit), twin(m.twins, c.Module)
	out.Pages = each(c.Pages, func(u *project.Unit) *project.Unit { return twin(m.twins, u) })
	out.Args, out.Asked = m.texts(c.Args), m.texts(c.Asked)
	out.Results = maps.Clone(c.Results)
	for path, u := range out.Results {
		out.Results[path] = m.once(u)
	}
	out.Starts = each(c.Starts, func(s Start) Start { return Start{twin(m.twins, s.Unit), s.Name} })
	return &out
}
