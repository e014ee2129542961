package flow

import (
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// loseInOpen notes that code of which nothing is known may read what lies open to all.
func (m *machine) loseInOpen() {
	if m.stranger.Name == "" {
		return
	}
	d := digger{pages: true, closures: true}
	if m.pages.appObject != nil {
		d.dig("", objectOf(m.pages.appObject), nil)
	}
	if m.api.events != nil {
		d.dig("", objectOf(m.api.events), nil)
	}
	for _, i := range m.pages.order {
		if i.channel != nil {
			d.dig("", objectOf(i.channel), nil)
		}
	}
	for _, o := range m.api.speakers {
		for _, p := range o.props {
			d.dig("", p.value, nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(modelTrees())) {
		if s := m.modules.loaded[modelTrees()[name]]; s != nil {
			d.exports(s)
		}
	}
	for _, mod := range m.program.Modules {
		if s := m.modules.loaded[mod]; s != nil && mod.Library == "" {
			d.exports(s)
		}
	}
	ts := slices.DeleteFunc(slices.Clone(d.taints), func(t taint) bool {
		return slices.ContainsFunc(t.origin.uses.Flows, func(f finding.Flow) bool { return f.Sink.Kind.Leaves() })
	})
	m.lose(ts, finding.Unresolved, m.stranger.Name, m.stranger.Location)
}

// exports collects what a module exports and keeps in variables.
func (d *digger) exports(s *module) {
	d.dig("", objectOf(s.object), nil)
	d.variables(s.env)
}

// strangers says where missing code has a hand in what r lists.
func (m *machine) strangers(r *Result) {
	r.Stranger = m.stranger
	for _, c := range r.Controls {
		if c.scope != nil && c.scope.instance != nil {
			c.Stranger = c.scope.instance.strangerOf()
		}
		for _, l := range c.Uses.Lost {
			gone := l.What == finding.Unresolved || l.What == finding.LibraryCallback
			if gone && c.Stranger == "" && !l.Location.IsZero() {
				c.Stranger = callee(l.Location)
			}
		}
	}
	if m.stranger.Name == "" {
		return
	}
	for _, i := range slices.Concat(m.pages.order, m.pages.kids) {
		if i.unit != nil && i.unit.Scripted && i.unit.Own() && madeElsewhere(i.shown) && !slices.Contains(r.Unshown, i.unit) {
			r.Unshown = append(r.Unshown, i.unit)
		}
	}
}

// madeElsewhere reports whether what a component shows comes from missing code alone.
func madeElsewhere(shown *Value) bool {
	return shown != nil && (shown.unknown || isLibrary(shown)) &&
		!slices.ContainsFunc(shown.objects, func(o *Object) bool { return o.node != nil || o.kind == arrayObject })
}

// noteBlind notes the name of what is called at a place of which nothing more is known.
func (m *machine) noteBlind(at source.Location) {
	name := methodAt(at)
	if name == "" {
		name = at.Text()
	}
	if len(name) <= maxName {
		m.ledger.blind[name] = true
	}
}

// maxName is the length in bytes of names that functions have.
const maxName = 60
