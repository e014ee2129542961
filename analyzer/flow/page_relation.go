package flow

import (
	"path"
	"strings"

	"github.com/beian/beian/analyzer/markup"
)

// Components that know each other because one is inside the other:
//
//	relations: { './cell': { type: 'child', linked(cell) { … } } },
//	this.getRelationNodes('./cell').forEach(cell => …)

func init() {
	define("Instance", map[string]nativeFunc{
		"getRelationNodes": func(m *machine, c *call) *Value {
			names, others := c.arg(0).keys()
			var found []*Value
			for _, o := range c.this.objects {
				if o.instance == nil {
					continue
				}
				for _, near := range m.near(o.instance) {
					if others || namesAny(o.instance, names, near) {
						found = append(found, objectOf(near.object))
					}
				}
			}
			return m.array(c.site, found, c.this.missingKids())
		},
		"selectOwnerComponent": func(m *machine, c *call) *Value {
			var owner *Value
			for _, o := range c.this.objects {
				if o.instance != nil && o.instance.parent != nil {
					owner = join(owner, objectOf(o.instance.parent.object))
				}
			}
			return join(owner, nullValue)
		},
	})
}

// near are the components of the view that i is in which are inside i or i inside them.
func (m *machine) near(i *instance) (all []*instance) {
	if i.parent == nil {
		return nil
	}
	i.parent.object.touch()
	for _, other := range i.parent.kids {
		if other != i && (inside(other.host, i.host) || inside(i.host, other.host)) {
			all = append(all, other)
		}
	}
	return all
}

// inside reports whether e is in outer.
func inside(e, outer *markup.Element) bool {
	for e != nil && e != outer {
		e = e.Parent
	}
	return e != nil && outer != nil
}

// namesAny reports whether one of the paths that a relation of i has names the component
// that other is, or is the name of a relation to a behavior, which any component can have.
func namesAny(i *instance, paths []string, other *instance) bool {
	for _, p := range paths {
		named, fromTop := strings.CutPrefix(p, "/")
		if !fromTop {
			named = path.Join(path.Dir(i.unit.Path), p)
		}
		if named == other.unit.Path || !strings.Contains(p, "/") {
			return true
		}
	}
	return false
}

// link calls what the definition of i has for the components that it is related to.
func (m *machine) link(i *instance) {
	if i.def == nil {
		return
	}
	for _, d := range i.def.objects {
		relations, _ := d.own("relations")
		for name, relation := range orUndefined(relations).properties() {
			linked := m.get(relation, "linked")
			if !callable(linked) || linked.unknown {
				continue
			}
			for n, near := range m.near(i) {
				if namesAny(i, []string{name}, near) {
					m.entryPoint(i, site{part: "linked " + name}, n, func() {
						m.entry.start = Start{i.unit, "linked"}
						m.call(linked, objectOf(i.object), []*Value{objectOf(near.object)}, i)
					})
				}
			}
		}
	}
}
