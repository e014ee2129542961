package detect

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What seems to ask for something, and does not, or was seen all the same.

// button is the start tag of a control, with the open-types that it is known to have.
type button struct {
	over  source.Span
	types []flow.OpenType
}

// buttonsOf lists the controls that a run showed and that have an open-type, by file.
func buttonsOf(r *flow.Result) map[*source.File][]button {
	found := map[*source.File][]button{}
	for _, c := range r.Controls {
		if c.Rendered && c.View != nil && c.Element.Attr("open-type") != nil {
			found[c.View.File] = append(found[c.View.File], button{c.Element.Open, c.OpenTypes()})
		}
	}
	return found
}

// seen reports whether at is the open-type of such a control.
func (s *asked) seen(at source.Location) bool {
	return slices.ContainsFunc(s.buttons[at.File], func(b button) bool {
		return b.over.Contains(at.Span) && slices.ContainsFunc(b.types, func(t flow.OpenType) bool {
			return slices.Contains(strings.Split(t.String, "|"), strings.Trim(at.Text(), "'\"`"))
		})
	})
}

// isPage reports whether a text is the path of a registered page.
func (s *asked) isPage(text string) bool {
	route, _, _ := strings.Cut(strings.TrimPrefix(text, "/"), "?")
	return s.program.Config != nil && slices.Contains(s.program.Config.Pages, route)
}

// lacks reports whether n names an API that only other platforms have.
func (s *asked) lacks(n script.Node) bool {
	api := platform.APIByName(nameIn(n))
	return api != nil && !api.Has(s.program.Platform) && !slices.ContainsFunc(s.program.Platforms, api.Has)
}

// opens reports whether a call may show a box in which a person enters text. Some boxes take text only
// if an argument says so.
func (s *asked) opens(call *script.Call, asks *platform.Asks) bool {
	if asks.Given == "" || len(call.Args) == 0 {
		return true
	}
	o, written := call.Args[0].(*script.Object)
	if !written {
		return s.mentions(asks.Given) > 0
	}
	return slices.ContainsFunc(o.Props, func(p *script.Property) bool { return p.Key == asks.Given || p.Key == "" })
}

// decidedByUses reports whether attribute a of a component's control is a property that all who use the
// component give as a literal, or not at all, and that nothing else sets.
func decidedByUses(p *project.Program, c *flow.Control, a *markup.Attr) bool {
	unit := c.Unit
	if unit.Kind != project.ComponentUnit || unit.Scripted || len(a.Parts) != 1 || unit.Script == nil || unit.Script.Tree == nil {
		return false
	}
	name := ""
	switch x := a.Parts[0].Expr.(type) {
	case *script.Ident:
		name = x.Name
	case *script.Dot: // props.kind of a <script setup>
		if root, ok := x.X.(*script.Ident); ok && root.Name == "props" {
			name = x.Name
		}
	}
	if name == "" || sets(unit.Script.Tree, name) {
		return false
	}
	known := c.OpenTypes()
	for _, v := range shownIn(p, unit) {
		given, ok := v.given(name)
		if !ok || given != nil && (!decided(given.Parts) || asksUnseen(given.Parts, known)) {
			return false
		}
	}
	return true
}

// use is an element that shows a component.
type use struct{ *markup.Element }

// shownIn lists the elements of a program that may show a unit.
func shownIn(p *project.Program, unit *project.Unit) (uses []use) {
	tags := map[string]bool{}
	for _, u := range p.Units {
		for tag, using := range u.Components {
			tags[tag] = tags[tag] || using.Unit == unit
		}
		tags["component"] = tags["component"] || slices.ContainsFunc(u.Dynamic, func(d *project.Using) bool { return d.Unit == unit })
	}
	for _, v := range p.Views {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			if tags[e.Tag] {
				uses = append(uses, use{e})
			}
		})
	}
	return uses
}

// given returns what an element gives a property, nil if nothing; false if that is not clear.
func (u use) given(name string) (found *markup.Attr, clear bool) {
	for _, a := range u.Attrs {
		switch {
		case a.Name == "" || a.Bundled(): // the properties of an object
			return nil, false
		case strings.EqualFold(strings.ReplaceAll(a.Name, "-", ""), name):
			found = a
		}
	}
	return found, true
}

// asksUnseen reports whether a literal names an open-type that brings data which trigger filing, and that is not known.
func asksUnseen(parts []markup.Part, known []flow.OpenType) (unseen bool) {
	check := func(text string) {
		t := platform.OpenTypeByName(text)
		is := func(o flow.OpenType) bool { return o.String == text }
		unseen = unseen || t != nil && platform.Triggers(t.Yields) && !slices.ContainsFunc(known, is)
	}
	for _, part := range parts {
		if check(part.Text); part.Expr != nil {
			script.Walk(part.Expr, func(n script.Node) bool {
				if s, ok := n.(*script.String); ok {
					check(s.Value)
				}
				return true
			})
		}
	}
	return unseen
}

// sets reports whether a script may set a property of that name: it assigns it, or writes it as a key more often
// than its declaration does.
func sets(tree *script.Program, name string) (set bool) {
	keys := 0
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Assign:
			dot, ok := n.Target.(*script.Dot)
			set = set || ok && dot.Name == name
		case *script.Property:
			if n.Key == name {
				keys++
			}
		}
		return true
	})
	return set || keys > 1
}
