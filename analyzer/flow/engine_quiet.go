package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// quietUnits are the components that show nothing which can ask a person for anything: a mark, or a
// button that leads back. It does not matter if a limit hides one.
type quietUnits struct {
	machine *machine
	loud    map[*project.Unit]bool // the others
	filling map[*project.Unit][]slotted
	filled  map[*project.Unit]bool      // those whose slots hold what may ask
	drawn   map[[2]*markup.Element]bool // elements that show components, each with a control that was seen in it
}

// slotted is an element that shows a component, whose slots take what it holds.
type slotted struct {
	unit    *project.Unit // whose template has it
	element *markup.Element
}

// quietUnits finds them: those are left that show no control, and none of the others.
func (m *machine) quietUnits() quietUnits {
	q := quietUnits{
		machine: m, loud: map[*project.Unit]bool{nil: true}, filling: map[*project.Unit][]slotted{},
		filled: map[*project.Unit]bool{}, drawn: map[[2]*markup.Element]bool{},
	}
	for _, c := range m.ledger.sequence {
		for _, h := range c.Hosts {
			q.drawn[[2]*markup.Element{h.Element, c.Element}] = true
		}
	}
	for _, u := range m.program.Units {
		q.fills(u)
	}
	for before := 0; before < len(q.loud)+len(q.filled); {
		before = len(q.loud) + len(q.filled)
		for _, u := range m.program.Units {
			if !q.filled[u] && slices.ContainsFunc(q.filling[u], q.asks) {
				q.filled[u] = true
			}
			if !q.loud[u] && q.isLoud(u) {
				q.loud[u] = true
			}
		}
	}
	return q
}

// wasDrawn reports whether all controls of the component that e, an element in a template of u, shows were seen in it. If
// it is shown for each item of a list, others of them may have gone unseen.
func (q quietUnits) wasDrawn(u *project.Unit, e *markup.Element) bool {
	using := u.Components[e.Tag]
	if using == nil || using.Unit == nil || inLoop(e) {
		return false
	}
	inner := []*project.Unit{using.Unit}
	for i := 0; i < len(inner); i++ {
		v := inner[i].View
		if v == nil || makesElements(inner[i]) || inner[i].Scripted || len(inner[i].Dynamic) > 0 || len(v.Imports)+len(v.Includes) > 0 {
			return false
		}
		unseen := markup.Any(v.Nodes(), func(part *markup.Element) bool {
			if shown := inner[i].Components[part.Tag]; shown != nil && shown.Unit != nil && !slices.Contains(inner, shown.Unit) {
				inner = append(inner, shown.Unit)
			}
			return asksItself(inner[i], part) && (inLoop(part) || !q.drawn[[2]*markup.Element{e, part}])
		})
		if unseen {
			return false
		}
	}
	return true
}

// loops are the directives that show an element for each item of a list.
var loops = map[string]bool{"for": true, "for-items": true}

// inLoop reports whether an element is shown for each item of a list.
func inLoop(e *markup.Element) bool {
	for ; e != nil; e = e.Parent {
		if slices.ContainsFunc(e.Attrs, func(a *markup.Attr) bool { return a.Kind == markup.Directive && loops[a.Name] }) {
			return true
		}
	}
	return false
}

// fills notes what the template of u puts into the slots of others.
func (q quietUnits) fills(u *project.Unit) {
	everyView(u.View, func(v *project.View) {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			if using := u.Components[e.Tag]; using != nil && using.Unit != nil && len(e.Children) > 0 {
				q.filling[using.Unit] = append(q.filling[using.Unit], slotted{u, e})
			}
		})
	})
}

// everyView calls f for v and the templates that it imports and includes, each once.
func everyView(v *project.View, f func(*project.View)) {
	views := []*project.View{v}
	for i := 0; i < len(views); i++ {
		if views[i] == nil {
			continue
		}
		f(views[i])
		more := slices.Clone(views[i].Imports)
		for _, included := range views[i].Includes {
			more = append(more, included)
		}
		for _, other := range more {
			if !slices.Contains(views, other) {
				views = append(views, other)
			}
		}
	}
}

func (q quietUnits) isLoud(u *project.Unit) bool {
	if u.View == nil || u.View.Tree == nil {
		return true
	}
	if !makesElements(u) {
		return u.Scripted || q.asking(u) || q.showing(u, false) != nil
	}
	if len(u.View.Nodes()) == 0 {
		return true
	}
	_, calls := elementCall(u.Script)
	return calls || markup.Any(u.View.Nodes(), func(e *markup.Element) bool { return q.mayAsk(u, e) })
}

// asking reports whether the template of u has a control itself.
func (q quietUnits) asking(u *project.Unit) (asks bool) {
	everyView(u.View, func(v *project.View) {
		asks = asks || markup.Any(v.Nodes(), func(e *markup.Element) bool { return asksItself(u, e) })
	})
	return asks
}

// asksItself reports whether an element of a template of u, which is no component of the program, may ask for something.
func asksItself(u *project.Unit, e *markup.Element) bool {
	using := u.Components[e.Tag]
	switch {
	case e.Attr("open-type") != nil:
		return !harmless(e)
	case using == nil:
		return isControl(e, nil)
	case ofProgram(using):
		return false
	}
	known := platform.ComponentOf(using.Library, cmp.Or(using.Name, e.Tag), e.Tag)
	return known.Typed() || known == nil && using.Unit == nil && hasEvent(e)
}

// ofProgram reports whether a component is the program's own, and in the tree.
func ofProgram(u *project.Using) bool {
	return u.Unit != nil && u.Unit.Library == "" && u.Library == ""
}

// harmless reports whether an element is a button for which the platform hands over nothing that triggers filing: one that shares.
func harmless(e *markup.Element) bool {
	a := e.Attr("open-type")
	if a == nil {
		return false
	}
	name, static := markup.Static(a.Parts)
	known := platform.OpenTypeByName(name)
	return static && known != nil && !platform.Triggers(known.Yields)
}

// showing returns the first element of the template of u that shows something of another unit which may ask: one of its
// components, a component that is computed or, if slots are asked for, what fills one; nil if there is none.
func (q quietUnits) showing(u *project.Unit, slots bool) (first *markup.Element) {
	everyView(u.View, func(v *project.View) {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			if first == nil && (slots || e.Tag != "slot") && q.shows(u, e) && !(slots && q.wasDrawn(u, e)) {
				first = e
			}
		})
	})
	return first
}

// shows reports whether e, an element in a template of u, shows something of another unit which may ask.
func (q quietUnits) shows(u *project.Unit, e *markup.Element) bool {
	switch using := u.Components[e.Tag]; {
	case using != nil && !ofProgram(using) && platform.ComponentOf(using.Library, cmp.Or(using.Name, e.Tag), e.Tag) != nil:
		return false // what it asks for stands at the element
	case using != nil:
		return using.Generic || using.Unit != nil && q.loud[using.Unit]
	case e.Tag == "slot":
		return q.filled[u]
	case e.Tag == "component":
		return len(u.Dynamic) == 0 || slices.ContainsFunc(u.Dynamic, func(d *project.Using) bool { return q.loud[d.Unit] })
	}
	return false
}

// asks reports whether something that s holds may ask.
func (q quietUnits) asks(s slotted) bool {
	return markup.Any(s.element.Children, func(e *markup.Element) bool {
		return asksItself(s.unit, e) || q.shows(s.unit, e)
	})
}

// mayAsk is mayAsk for an element in the script of u, which may be one of the platform's that
// only show something, or of a quiet component.
func (q quietUnits) mayAsk(u *project.Unit, e *markup.Element) bool {
	using := u.Components[e.Tag]
	if !mayAsk(e, using) {
		return false
	}
	from, spec := q.component(u, e.Tag)
	known := platform.QuietPackage(spec, "") || ofPlatform(spec)
	if known && plainButton(e, spec) || spec == "react" && onlyHolds[e.Tag] {
		return false
	}
	if ofPlatform(spec) {
		using = nil // its elements are named there, and are what their names say
	}
	plain := !isControl(e, using) && !platform.HasTag(strings.ToLower(e.Tag)) && platform.ComponentByTag(e.Tag) == nil
	return !(known && plain) && q.loud[from]
}

// onlyHolds are the components of React that show what they hold, and nothing else (react.dev, Built-in React Components).
var onlyHolds = map[string]bool{"Fragment": true, "StrictMode": true, "Profiler": true}

// plainButton reports whether an element of a script, whose tag a package gives, is a button for which the platform hands over
// nothing that triggers filing, whatever is in it: it has no open-type, or a harmless one, and no properties but those written.
func plainButton(e *markup.Element, spec string) bool {
	known := platform.ComponentOf(spec, e.Tag, e.Tag)
	if known == nil || known.Role != platform.Button {
		return false
	}
	return !e.Spread && (e.Attr("open-type") == nil || harmless(e))
}
