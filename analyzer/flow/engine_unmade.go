package flow

import (
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// unmade records the controls of the program's own components that no run showed, though
// the program may: those that scripts write (see unmadeBy), and those in a view of which
// a limit kept elements from being drawn.
func (m *machine) unmade(ran map[source.Location]bool) {
	shown := map[source.Location]bool{}
	for _, c := range m.ledger.sequence {
		shown[source.Location{File: c.View.File, Span: c.Element.Open}] = true
	}
	for _, u := range m.program.Units {
		if !u.Own() || u.View == nil || u.View.Tree == nil {
			continue
		}
		var record func(*markup.Element)
		switch {
		case makesElements(u):
			record = m.unmadeBy(u, ran)
		case m.undrawnIn(u):
			record = func(e *markup.Element) { m.unknownControl(u, e) }
		default:
			continue
		}
		markup.WalkElements(u.View.Nodes(), func(e *markup.Element) {
			if isControl(e, u.Components[e.Tag]) && !shown[source.Location{File: u.View.File, Span: e.Open}] {
				record(e)
			}
		})
	}
}

// undrawnIn reports whether a limit kept elements of u from being drawn.
func (m *machine) undrawnIn(u *project.Unit) bool {
	return m.ledger.hit(func(l Limit) bool { return l.Unit == u && l.What == Elements })
}

// makesElements reports whether the script of u makes its elements, and was read.
func makesElements(u *project.Unit) bool {
	return u.Scripted && u.Script != nil && u.Script.Tree != nil
}

// unmadeBy returns what records a control that the script of u writes and no run showed:
// if a condition keeps it from ever being made; if its component ran, and it is not known
// why it was not made; if a limit may have kept it from being made or shown.
func (m *machine) unmadeBy(u *project.Unit, ran map[source.Location]bool) func(*markup.Element) {
	cut := m.cut(u)
	runs := sync.OnceValue(func() *functions { return functionsIn(u.Script, ran) })
	return func(e *markup.Element) {
		if why := m.neverMade(u, e); why != nil {
			m.unmadeControl(u, e, why)
			return
		}
		if m.react.made[e] && !cut || runs().isDead(e.Open) {
			return
		}
		lent := m.stranger.Name != "" && runs().handsOver(e.Open)
		if runs().mayRunAt(e.Open) || lent || cut && runs().isUsed(e.Open) {
			m.unknownControl(u, e)
		}
	}
}

// cut reports whether a limit may have kept what the script of u writes from being shown.
func (m *machine) cut(u *project.Unit) bool {
	return m.ledger.hit(func(l Limit) bool {
		everywhere := l.Unit == nil && (l.Module == nil || l.Module == u.Script)
		return everywhere || l.Unit == u || l.Page == u
	})
}

// hit reports whether some limit was hit for which is holds.
func (s *ledger) hit(is func(Limit) bool) bool {
	for l := range s.limits {
		if is(l) {
			return true
		}
	}
	return false
}

// undrawn returns the units that Result.Undrawn tells of. Controls that stand in a template itself are
// recorded whatever was drawn (unmade); what it shows of other units is not.
func (m *machine) undrawn() map[*project.Unit]source.Location {
	out := map[*project.Unit]source.Location{}
	quiet := m.quietUnits()
	for _, u := range m.program.Units {
		if !u.Own() || u.View == nil || u.View.Tree == nil {
			continue
		}
		if !makesElements(u) {
			if e := quiet.showing(u, true); e != nil && m.undrawnIn(u) {
				out[u] = source.Location{File: u.View.File, Span: e.Open}
			}
			continue
		}
		if at, calls := elementCall(u.Script); calls {
			out[u] = at
			continue
		}
		markup.WalkElements(u.View.Nodes(), func(e *markup.Element) {
			if _, known := out[u]; !known && quiet.mayAsk(u, e) && !m.react.drew[e] && m.neverMade(u, e) == nil {
				out[u] = source.Location{File: u.View.File, Span: e.Open}
			}
		})
	}
	return out
}

// component is the component that the script of u imports under a name, or u if it declares it
// itself, and what the import names; nil if it does neither.
func (q quietUnits) component(u *project.Unit, name string) (from *project.Unit, spec string) {
	for _, s := range u.Script.Tree.Body() {
		if e, ok := s.(*script.Export); ok {
			s = e.Decl
		}
		if slices.ContainsFunc(declared(s), func(n *script.Ident) bool { return n.Name == name }) {
			return u, ""
		}
		i, ok := s.(*script.Import)
		if !ok || !bindsName(i, name) {
			continue
		}
		if mod := u.Script.Import(i.Source.Value); mod != nil && mod.Own() && mod.Tree != nil {
			return q.machine.unitOf(mod.File), ""
		}
		return nil, i.Source.Value
	}
	return nil, ""
}

// bindsName reports whether an import declares a name.
func bindsName(i *script.Import, name string) bool {
	return i.Default != nil && i.Default.Name == name ||
		slices.ContainsFunc(i.Names, func(n *script.ImportName) bool { return n.Local != nil && n.Local.Name == name })
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
				if of, ok := fn.X.(*script.Ident); !ok || of.Name != "document" { // a browser's, not the platform's
					name = fn.Name
				}
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
	handed map[script.Expr]bool      // arguments of calls
	within map[script.Expr]bool      // of an object that is one; what a function gives back
	unused map[*script.Function]bool // those with a name that nothing uses
	dead   []source.Span             // behind a statement that ends the block
}

func functionsIn(mod *project.Module, ran map[source.Location]bool) *functions {
	fs := &functions{ran: map[*script.Function]bool{}, handed: map[script.Expr]bool{}, within: map[script.Expr]bool{},
		unused: map[*script.Function]bool{}}
	used := map[*script.Symbol]bool{}
	names := map[*script.Function]*script.Ident{}
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
		case *script.Block:
			if k := slices.IndexFunc(n.Body, ends); k >= 0 {
				fs.dead = append(fs.dead, source.Span{Start: n.Body[k].Range().End, End: n.End})
			}
		case *script.Ident:
			used[n.Symbol] = used[n.Symbol] || n.Symbol != nil && n != n.Symbol.Decl
		case *script.Export:
			for _, name := range declared(n.Decl) {
				used[name.Symbol] = true
			}
		case *script.FuncDecl:
			names[n.Func] = n.Func.Name
		case *script.Declarator:
			f, _ := n.Init.(*script.Function)
			if name, ok := n.Target.(*script.Ident); ok && f != nil {
				names[f] = name
			}
		case *script.Function:
			fs.all = append(fs.all, n)
			fs.within[n.Result] = true
			fs.ran[n] = ran[source.Location{File: mod.File, Span: n.Span}]
		}
		return true
	})
	for f, name := range names {
		fs.unused[f] = name != nil && !used[name.Symbol]
	}
	return fs
}

// ends reports whether nothing behind a statement of a block runs, functions that are declared there aside.
func ends(s script.Stmt) bool {
	switch s.(type) {
	case *script.Return, *script.Throw:
		return true
	}
	return false
}

// isDead reports whether a place is behind a statement that ends its block, and in no function that is declared there.
func (fs *functions) isDead(at source.Span) bool {
	return slices.ContainsFunc(fs.dead, func(dead source.Span) bool {
		declared := func(f *script.Function) bool { return dead.Contains(f.Span) && f.Span.Contains(at) }
		return dead.Contains(at) && !slices.ContainsFunc(fs.all, declared)
	})
}

// declared returns the names that a declaration declares, those of patterns aside.
func declared(s script.Stmt) (names []*script.Ident) {
	switch s := s.(type) {
	case *script.FuncDecl:
		if s.Func.Name != nil {
			names = append(names, s.Func.Name)
		}
	case *script.VarDecl:
		for _, d := range s.Decls {
			if name, ok := d.Target.(*script.Ident); ok {
				names = append(names, name)
			}
		}
	}
	return names
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

// isUsed reports whether something uses all of the functions around a place, as far as
// they have names.
func (fs *functions) isUsed(at source.Span) bool {
	return !slices.ContainsFunc(fs.all, func(f *script.Function) bool { return f.Span.Contains(at) && fs.unused[f] })
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
