package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Missing code can share in what a page does: a mixin that was not found, a function
// that the definition of a page was handed to, a component of a package that is not
// in the tree. It may read what the page keeps, and have members that the page names.

// addStranger notes that missing code shares in i.
func (i *instance) addStranger(name string) {
	if i.stranger == "" {
		i.stranger = name
	}
}

// findDefiner notes that missing code defines i: its script passes what it is to a
// function that was not found (createPage({ ... })), or is not there itself.
func (m *machine) findDefiner(i *instance) {
	script := i.unit.Script
	switch {
	case i.unit.Library != "" || i.unit.Kind == project.AppUnit && (i.unit.Single || i.unit.Scripted || m.program.Entry != nil):
	case script == nil:
		if !i.unit.Single && !i.unit.Scripted {
			i.addStranger(i.unit.Path)
		}
	case script.Tree == nil || len(script.Tree.Body()) == 0 || script.Setup || script.File == nil:
	case i.def == nil || len(i.def.objects) == 0 || slices.ContainsFunc(i.def.objects, m.unavailable):
		i.addStranger(script.File.Path)
	}
}

// findStrangers notes the missing ones in a list of mixins.
func (m *machine) findStrangers(i *instance, mixin *Value) {
	if !mixin.unknown && !isLibrary(mixin) {
		return
	}
	name := "mixins"
	for _, o := range mixin.objects {
		if o.kind != libraryObject {
			continue
		}
		if m.quiet(o) {
			return
		}
		name = o.module.Library
	}
	i.addStranger(name)
}

// handStranger notes that v becomes part of what i keeps, in which a stranger shares.
func (m *machine) handStranger(i *instance, v *Value, at source.Location) {
	if name := i.strangerOf(); name != "" {
		m.lose(deepTaints(v), finding.Unresolved, name, at)
	}
}

// showGiven makes the elements that a component gives to a function of a library part of
// what it shows: Dialog.open('edit', { content: <Form/> }).
func (m *machine) showGiven(args []*Value) {
	i := m.frame.owner()
	if i == nil || i.unit == nil || !i.unit.Scripted {
		return
	}
	var given *Value
	add := func(v *Value) {
		for _, o := range orUndefined(v).objects {
			if o.node != nil {
				given = join(given, objectOf(o))
			}
		}
	}
	for _, a := range args {
		add(a)
		for _, o := range a.objects {
			for k := range o.props {
				if o.kind == plainObject && o.node == nil {
					add(o.props[k].value)
				}
			}
		}
	}
	if given != nil && (i.shown == nil || !i.shown.covers(given)) {
		i.shown, m.grown = join(i.shown, given), true
	}
}

// wasGiven reports whether o is an element that i shows since missing code was given it.
func (i *instance) wasGiven(o *Object) bool {
	return i != nil && i.shown != nil && slices.Contains(i.shown.objects, o)
}

// noHandler notes what an event brings if the instance has no handler of that name
// that is known, but may have one from a stranger.
func (m *machine) noHandler(i *instance, name string, args []*Value, at source.Location) {
	if i.unit.Script == nil { // that there is no script is told by itself
		return
	}
	what := finding.NoHandler
	if i.strangerOf() != "" {
		what = finding.UnknownCall
	}
	for _, v := range args {
		m.lose(deepTaints(v), what, name, at)
	}
}

// strange reports whether u is a component about which nothing is known, and how
// values that go into it are lost.
func strange(u *project.Using) (finding.LossKind, bool) {
	switch {
	case u == nil || u.Generic || u.Unit != nil && u.Unit.Library == "" || platform.QuietPackage(u.Library, ""):
		return "", false
	case u.Unit != nil:
		return finding.NotRun, true
	}
	return finding.Unresolved, true
}

// strange is strange for element e of s, which nothing may register.
func (s *scope) strange(e *markup.Element, u *project.Using) (finding.LossKind, bool) {
	if u == nil && slices.ContainsFunc(s.instance.unit.Missing, func(m project.Missing) bool { return m.Spec == e.Tag }) {
		return finding.Unresolved, true
	}
	return strange(u)
}

// passStrange notes what e passes to a component about which nothing is known.
func (r *renderer) passStrange(s *scope, e *markup.Element, u *project.Using) {
	kind, ok := s.strange(e, u)
	if !ok {
		return
	}
	for _, a := range e.Attrs {
		if _, static := markup.Static(a.Parts); static || a.Kind != markup.Plain && a.Kind != markup.Model {
			continue
		}
		at := source.Location{File: s.view.File, Span: a.Span}
		r.lose(deepTaints(s.valueOf(r.machine, s.view.File, a.Parts)), kind, "<"+e.Tag+">", at)
	}
}
