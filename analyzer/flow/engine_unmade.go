package flow

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// unmade records the controls that the scripts of the program's own components write and
// that no run made: those that a condition keeps from ever being made, and those of a
// component that ran, of which it is not known why they were not made.
func (m *machine) unmade(ran map[source.Location]bool) {
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
			} else if !m.react.made[e] && mayRun(ran, u, e) {
				m.unknownControl(u, e)
			}
			return true
		})
	}
}

// mayRun reports whether the function that makes e, in the script of u, ran, or is handed
// to a call of one that ran: fields.map(f => <Input />) with fields that are not known.
func mayRun(ran map[source.Location]bool, u *project.Unit, e *markup.Element) bool {
	did := func(f *script.Function) bool { return ran[source.Location{File: u.Script.File, Span: f.Span}] }
	var around []*script.Function // the innermost last
	handed := map[script.Expr]bool{}
	script.Walk(u.Script.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			for _, a := range n.Args {
				handed[a] = true
			}
		case *script.Function:
			if n.Span.Contains(e.Open) {
				around = append(around, n)
			}
		}
		return true
	})
	for k := len(around) - 1; k >= 0; k-- {
		if did(around[k]) {
			return true
		}
		if !handed[around[k]] {
			return false
		}
	}
	return false
}

// unknownControl records the control e of u, which the program may well make: in a list
// that is empty in all runs, behind a limit of the analysis.
func (m *machine) unknownControl(u *project.Unit, e *markup.Element) {
	at := source.Location{File: u.View.File, Span: e.Open}
	m.unmadeControl(u, e, nil)
	c := m.ledger.sequence[len(m.ledger.sequence)-1]
	c.Rendered = true
	c.Uses.Read = true // as far as is known
	c.Uses.Lost = []finding.Loss{finding.LostNear(finding.NotRun, "<"+e.Tag+">", at)}
}

// unmadeControl records the control e of u, which nothing makes.
func (m *machine) unmadeControl(u *project.Unit, e *markup.Element, why *finding.Decision) {
	c := &Control{Unit: u, View: u.View, Element: e, Using: u.Components[e.Tag], Hidden: why, scope: &scope{view: u.View}}
	if u.Kind == project.PageUnit {
		c.Page = u
	}
	m.ledger.sequence = append(m.ledger.sequence, &controlRecord{Control: c})
}
