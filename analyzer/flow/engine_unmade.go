package flow

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// unmade records the controls that the scripts of the program's own components write and
// that a condition keeps from ever being made.
func (m *machine) unmade() {
	made := map[source.Location]bool{}
	for _, c := range m.ledger.sequence {
		made[source.Location{File: c.View.File, Span: c.Element.Open}] = true
	}
	for _, u := range m.program.Units {
		if !u.Scripted || !u.Own() || u.Script == nil || u.Script.Tree == nil || u.View == nil || u.View.Tree == nil {
			continue
		}
		markup.Walk(u.View.Tree.Nodes, func(n markup.Node) bool {
			e, ok := n.(*markup.Element)
			if !ok || !isControl(e, u.Components[e.Tag]) || made[source.Location{File: u.View.File, Span: e.Open}] {
				return true
			}
			if why := m.neverMade(u, e); why != nil {
				m.unmadeControl(u, e, why)
			}
			return true
		})
	}
}

// unmadeControl records the control e of u, which nothing makes.
func (m *machine) unmadeControl(u *project.Unit, e *markup.Element, why *finding.Decision) {
	c := &Control{Unit: u, View: u.View, Element: e, Using: u.Components[e.Tag], Hidden: why, scope: &scope{view: u.View}}
	if u.Kind == project.PageUnit {
		c.Page = u
	}
	m.ledger.sequence = append(m.ledger.sequence, &controlRecord{Control: c})
}
