package detect

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// cut is the part of a program whose values were not followed to the end.
type cut struct {
	whole bool
	units map[string]bool       // by path
	files map[*source.File]bool // of these units
}

// bounds returns the part of p that the limits concern: the units that ran into
// one, and those that use them as components. What the app keeps may go to any
// page, so its limits, like the program's own, concern everything, and so does a
// piece that was left out.
func bounds(p *project.Program, r *flow.Result) *cut {
	c := &cut{whole: len(r.Omissions) > 0, units: map[string]bool{}, files: map[*source.File]bool{}}
	for _, l := range r.Limits {
		if l.Unit == nil || l.Unit.Kind == project.AppUnit {
			c.whole = true
			return c
		}
		c.units[l.Unit.Path] = true
	}
	for grown := len(r.Limits) > 0; grown; {
		grown = false
		for _, u := range p.Units {
			if !c.units[u.Path] && c.uses(u) {
				c.units[u.Path], grown = true, true
			}
		}
	}
	for _, u := range p.Units {
		if c.units[u.Path] {
			c.addFiles(u)
		}
	}
	return c
}

func (c *cut) uses(u *project.Unit) bool {
	for _, using := range u.Components {
		if using.Unit != nil && c.units[using.Unit.Path] {
			return true
		}
	}
	return false
}

func (c *cut) addFiles(u *project.Unit) {
	if u.View != nil {
		c.files[u.View.File] = true
	}
	if u.Script != nil {
		c.files[u.Script.File] = true
	}
}

// holds reports whether flows of f may be missing.
func (c *cut) holds(f *finding.Finding) bool {
	return c.whole || c.units[f.Page] || c.files[f.Location.File]
}
