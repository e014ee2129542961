package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
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
		var runs *functions // of u, once asked
		markup.Walk(u.View.Tree.Nodes, func(n markup.Node) bool {
			e, ok := n.(*markup.Element)
			if !ok || !isControl(e, u.Components[e.Tag]) || made[source.Location{File: u.View.File, Span: e.Open}] {
				return true
			}
			if why := m.neverMade(u, e); why != nil {
				m.unmadeControl(u, e, why)
				return true
			}
			if m.react.made[e] {
				return true
			}
			if runs == nil {
				runs = functionsIn(u.Script, ran)
			}
			if runs.mayRunAt(e.Open) || m.stranger.Name != "" && runs.handsOver(e.Open) {
				m.unknownControl(u, e)
			}
			return true
		})
	}
}

// undrawn returns the units that Result.Undrawn tells of.
func (m *machine) undrawn() map[*project.Unit]source.Location {
	out := map[*project.Unit]source.Location{}
	for _, u := range m.program.Units {
		if !u.Scripted || !u.Own() || u.Script == nil || u.Script.Tree == nil || u.View == nil || u.View.Tree == nil {
			continue
		}
		if at, calls := elementCall(u.Script); calls {
			out[u] = at
			continue
		}
		markup.Walk(u.View.Tree.Nodes, func(n markup.Node) bool {
			e, ok := n.(*markup.Element)
			if _, known := out[u]; ok && !known && mayAsk(e, u.Components[e.Tag]) && !m.react.drew[e] {
				out[u] = source.Location{File: u.View.File, Span: e.Open}
			}
			return true
		})
	}
	return out
}

// mayAsk reports whether an element, as a script writes it, may ask a person for something:
// a control, or a component, which may hold one.
func mayAsk(e *markup.Element, u *project.Using) bool {
	component := e.Tag != "" && e.Tag != strings.ToLower(e.Tag) && !platform.HasTag(strings.ToLower(e.Tag))
	return component || isControl(e, u)
}

// elementCall returns the first place of a script that makes an element by a call.
func elementCall(mod *project.Module) (at source.Location, found bool) {
	script.Walk(mod.Tree, func(n script.Node) bool {
		if call, ok := n.(*script.Call); ok && !found {
			name := ""
			switch fn := call.Fn.(type) {
			case *script.Ident:
				name = fn.Name
			case *script.Dot:
				name = fn.Name
			}
			if slices.Contains([]string{"createElement", "cloneElement", "h"}, name) {
				at, found = source.Location{File: mod.File, Span: call.Span}, true
			}
		}
		return !found
	})
	return at, found
}

// functions are those of a script, each before those inside it.
type functions struct {
	all    []*script.Function
	ran    map[*script.Function]bool
	handed map[script.Expr]bool // arguments of calls
	within map[script.Expr]bool // of an object that is one; what a function gives back
}

func functionsIn(mod *project.Module, ran map[source.Location]bool) *functions {
	fs := &functions{ran: map[*script.Function]bool{}, handed: map[script.Expr]bool{}, within: map[script.Expr]bool{}}
	script.Walk(mod.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			for _, a := range n.Args {
				fs.handed[a] = true
			}
		case *script.Object:
			for _, p := range n.Props {
				fs.within[p.Value] = fs.handed[n]
			}
		case *script.Return:
			fs.within[n.X] = true
		case *script.Function:
			fs.all = append(fs.all, n)
			fs.within[n.Result] = true
			fs.ran[n] = ran[source.Location{File: mod.File, Span: n.Span}]
		}
		return true
	})
	return fs
}

// mayRunAt reports whether the function around a place ran, or is handed to a call of one
// that ran: fields.map(f => <Input />) with fields that are not known.
func (fs *functions) mayRunAt(at source.Span) bool {
	for _, f := range slices.Backward(fs.all) {
		switch {
		case !f.Span.Contains(at):
		case fs.ran[f]:
			return true
		case !fs.handed[f]:
			return false
		}
	}
	return false
}

// handsOver reports whether missing code may run the function around a place: it is
// handed to a call, or in an object that is, or given back by such a function:
//
//	export default defineComponent({ setup() { return () => <Input /> } })
func (fs *functions) handsOver(at source.Span) bool {
	handed := false
	for _, f := range slices.Backward(fs.all) {
		if f.Span.Contains(at) {
			if handed = fs.handed[f] || fs.within[f]; !handed {
				return false
			}
		}
	}
	return handed
}

// unknownControl records the control e of u, which the program may well make: in a list
// that is empty in all runs, behind a limit of the analysis.
func (m *machine) unknownControl(u *project.Unit, e *markup.Element) {
	at := source.Location{File: u.View.File, Span: e.Open}
	c := m.unmadeControl(u, e, nil)
	c.Rendered = true
	c.Uses.Read = true // as far as is known
	c.Uses.Lost = []finding.Loss{finding.LostNear(finding.NotRun, "<"+e.Tag+">", at)}
}

// unmadeControl records the control e of u, which nothing makes, and returns it.
func (m *machine) unmadeControl(u *project.Unit, e *markup.Element, why *finding.Decision) *Control {
	c := &Control{Unit: u, View: u.View, Element: e, Using: u.Components[e.Tag], Hidden: why, scope: &scope{view: u.View}}
	if u.Kind == project.PageUnit {
		c.Page = u
	}
	m.ledger.sequence = append(m.ledger.sequence, &controlRecord{Control: c})
	return c
}
