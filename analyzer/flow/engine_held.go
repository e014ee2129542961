package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// What a limit cut off matters only if it could have had collected data: they were in the calls that ran when it was
// hit, or are, at the end of the run, in what the code of the unit can name. What another page stored, put into
// an address or sends as an event is not looked for here.

// manyLimited is for how many units it is looked for what they hold.
const manyLimited = 64

// held says for each limit where the data come from that were in reach of the code which it cut off. A zero place
// stands for all of them, if it was not looked.
func (m *machine) held() map[Limit][]source.Location {
	if len(m.ledger.limits) == 0 {
		return nil
	}
	out, units := map[Limit][]source.Location{}, map[*project.Unit][]taint{}
	for l, c := range m.ledger.limits {
		u := l.Unit
		places := map[source.Location]bool{}
		switch _, known := units[u]; {
		case c.unasked, u == nil, makesElements(u), u.Scripted, !known && len(units) == manyLimited:
			places[source.Location{}] = true
		case !known:
			units[u] = m.namedBy(u)
		}
		for _, t := range units[u] {
			places[t.origin.start.Location] = true
		}
		for o := range c.held {
			places[o.start.Location] = true
		}
		for at := range places {
			out[l] = append(out[l], at)
		}
		slices.SortFunc(out[l], compareLocations)
	}
	return out
}

// namedBy returns the collected data that the code of u can name: in its instances, the app and the scripts that it imports.
func (m *machine) namedBy(u *project.Unit) []taint {
	d := farDigger()
	d.pages, d.still = false, true
	for _, list := range [][]*instance{m.pages.order, m.pages.kids} {
		for _, i := range list {
			if i.unit == u || i.unit != nil && i.unit.Kind == project.AppUnit {
				d.instance(i)
			}
		}
	}
	modules := []*project.Module{u.Script, m.program.Entry}
	for at := 0; at < len(modules); at++ {
		mod := modules[at]
		if mod == nil {
			continue
		}
		if s := m.modules.loaded[mod]; s != nil {
			d.variables(s.env)
			d.dig("", objectOf(s.object), nil)
		}
		for _, i := range mod.Imports {
			if i.Module != nil && !slices.Contains(modules, i.Module) {
				modules = append(modules, i.Module)
			}
		}
	}
	return d.taints
}

// instance collects what the code of an instance can name of it.
func (d *digger) instance(i *instance) {
	for _, o := range []*Object{i.data, i.query, i.names} {
		if o != nil {
			d.dig("", objectOf(o), nil)
		}
	}
	for p := range i.object.props {
		d.dig("", i.object.props[p].value, nil)
	}
	for _, name := range i.object.named() {
		d.dig("", i.object.getters[name], nil)
	}
	for _, f := range i.methods {
		d.dig("", f, nil)
	}
	d.dig("", i.setup, nil)
	d.dig("", i.provides, nil)
}
