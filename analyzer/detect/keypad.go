package detect

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A number that a person taps digit by digit on a keypad is not followed. If a text of the page
// names a phone or ID number, and no control there asks for it, the keypad may.

// keypads lists the places of such keypads: those that a program makes of elements, and those
// of kits whose code is not there.
func keypads(r *flow.Result, readings []*control.Reading) (out []source.Location) {
	asking := map[*project.Unit]bool{} // pages with a control that asks for such a number
	for _, e := range readings {
		if e.Control != nil && slices.ContainsFunc(e.Judge(), func(j control.Judgement) bool { return j.Category.Triggers() }) {
			asking[e.Control.Page] = true
		}
	}
	add := func(at source.Location, page *project.Unit, units ...*project.Unit) {
		if !asking[page] && slices.ContainsFunc(append(units, page), namesNumber) {
			out = append(out, at)
		}
	}
	for _, k := range r.Keypads {
		if k.Unit.Own() {
			add(k.Location, k.Page, k.Unit)
		}
	}
	for _, c := range r.Controls {
		if c.Unit.Own() && c.Rendered && isKeyboard(c) {
			add(source.Location{File: c.View.File, Span: c.Element.Open}, c.Page, c.Unit)
		}
	}
	return out
}

// isKeyboard reports whether c is the keyboard of a kit, but none for licence plates:
// <van-number-keyboard>, <u-keyboard>.
func isKeyboard(c *flow.Control) bool {
	tag := strings.ToLower(c.Element.Tag)
	if !strings.HasSuffix(tag, "keyboard") || control.Own(c.Unit, c.Element) {
		return false
	}
	role := control.Component(c.Unit, c.Element)
	return role == nil || role.Role != platform.Plate
}

// namesNumber reports whether a text in the view or script of u, or its title, names a phone or
// ID number.
func namesNumber(u *project.Unit) (found bool) {
	if u == nil {
		return false
	}
	markup.Walk(u.View.Nodes(), func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok && !found {
			found = slices.ContainsFunc(t.Parts, func(p markup.Part) bool { return p.Expr == nil && control.NamesNumber(p.Text) })
		}
		return !found
	})
	if u.Script != nil && u.Script.Tree != nil && !found {
		script.Walk(u.Script.Tree, func(n script.Node) bool {
			if s, ok := n.(*script.String); ok && !found {
				found = control.NamesNumber(s.Value)
			}
			return !found
		})
	}
	return found || control.NamesNumber(u.Title)
}
