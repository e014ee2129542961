package control

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// Components of the program that lay out their content show their properties
// beside it, and order it by the names of their slots.

// captions returns the attributes whose values a component shows as text, itself or by the
// title of another: caption of <form-row caption="姓名"><input/></form-row>.
func captions(unit *project.Unit) (names []string) {
	if unit == nil {
		return nil
	}
	shows := func(parts []markup.Part) {
		for _, p := range parts {
			if id, ok := p.Expr.(*script.Ident); ok && !slices.Contains(names, id.Name) {
				names = append(names, id.Name, spelling.Kebab(id.Name))
			}
		}
	}
	markup.Walk(unit.View.Nodes(), func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			shows(n.Parts)
		case *markup.Element:
			c := Component(unit, n)
			if c != nil && c.Role == platform.Button || !isComponent(unit, n) {
				break
			}
			for _, name := range titles {
				if a := n.Attr(name); a != nil {
					shows(a.Parts)
				}
			}
		}
		return true
	})
	return names
}

// ordered returns siblings in the order in which their parent shows them.
func ordered(unit *project.Unit, parent *markup.Element, siblings []markup.Node) []markup.Node {
	if parent == nil || !Own(unit, parent) {
		return siblings
	}
	place := map[string]int{}
	markup.WalkElements(unit.Components[parent.Tag].Unit.View.Nodes(), func(e *markup.Element) {
		if e.Tag == "slot" {
			if name := slotName(e, "name"); place[name] == 0 {
				place[name] = len(place) + 1
			}
		}
	})
	if len(place) < 2 {
		return siblings
	}
	out := slices.Clone(siblings)
	slices.SortStableFunc(out, func(a, b markup.Node) int { return placeOf(a, place) - placeOf(b, place) })
	return out
}

func placeOf(n markup.Node, place map[string]int) int {
	if e, ok := n.(*markup.Element); ok {
		return place[slotOf(e)]
	}
	return place[""]
}

// slotOf returns the name of the slot that e fills, "" for the default one: slot="label",
// and in Vue #label, v-slot:label.
func slotOf(e *markup.Element) string {
	if a := e.Find(markup.Directive, "slot"); a != nil {
		if name, ok := strings.CutPrefix(a.Raw, "#"); ok {
			return name
		}
		_, name, _ := strings.Cut(a.Raw, ":")
		return name
	}
	return slotName(e, "slot")
}

// slotName returns the name of a slot, "" for the default one.
func slotName(e *markup.Element, attribute string) string {
	if a := e.Attr(attribute); a != nil {
		if s, ok := markup.Static(a.Parts); ok {
			return s
		}
	}
	return ""
}

// filling reads what the user of a component puts into its slot before the control, which the component shows as
// the label of its one control:
//
//	<cell><template #title>姓名</template></cell>  // of <text><slot name="title"/></text><input/>
func (p Place) filling(unit *project.Unit, control *markup.Element) (found []flow.Text) {
	names := map[string]bool{}
	markup.WalkElements(unit.View.Nodes(), func(e *markup.Element) {
		if e.Tag == "slot" && e.Start < control.Start {
			names[slotName(e, "name")] = true
		}
	})
	for _, n := range p.Element.Children {
		if e, ok := n.(*markup.Element); ok && names[slotOf(e)] && len(found) == 0 {
			found = p.meaningful(p.inside(e))
		}
		if t, ok := n.(*markup.Text); ok && names[""] && len(found) == 0 {
			found = p.meaningful(p.Texts(t.Parts))
		}
	}
	return found
}
