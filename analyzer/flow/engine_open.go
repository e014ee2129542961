package flow

import (
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
)

// loseInOpen notes that code of which nothing is known may read what lies open to all.
func (m *machine) loseInOpen() {
	if m.stranger.name == "" {
		return
	}
	d := digger{pages: true, closures: map[*env]bool{}}
	if m.pages.appObject != nil {
		d.dig("", objectOf(m.pages.appObject), 0, nil)
	}
	if m.api.events != nil {
		d.dig("", objectOf(m.api.events), 0, nil)
	}
	for _, i := range m.pages.order {
		if i.channel != nil {
			d.dig("", objectOf(i.channel), 0, nil)
		}
	}
	for _, o := range m.api.speakers {
		for _, p := range o.props {
			d.dig("", p.value, 0, nil)
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
	m.lose(ts, finding.Unresolved, m.stranger.name, m.stranger.at)
}

// exports collects what a module exports and keeps in variables.
func (d *digger) exports(s *module) {
	d.dig("", objectOf(s.object), 0, nil)
	d.variables(s.env, 0)
}
