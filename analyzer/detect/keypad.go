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
		if k.Unit.Own() && !typesPlates(k.Unit) {
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

// typesPlates reports whether u is a component that has the keys of licence plates, which begin with the sign of a
// province, beside its digits.
func typesPlates(u *project.Unit) bool {
	if u.Kind != project.ComponentUnit {
		return false
	}
	seen := map[rune]bool{}
	eachText(u, func(text string) bool {
		for _, sign := range platesOf {
			seen[sign] = seen[sign] || strings.ContainsRune(text, sign) && len([]rune(text)) <= maxKeys
		}
		return false
	})
	return len(seen) > 0 && !slices.ContainsFunc(platesOf, func(sign rune) bool { return !seen[sign] })
}

// platesOf are signs of provinces on licence plates (GA 36-2018, 中华人民共和国机动车号牌): enough to tell them from a sentence.
var platesOf = []rune("京津沪渝粤浙苏鲁")

// maxKeys bounds a text that is a row of keys, or all of them.
const maxKeys = 60

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
func namesNumber(u *project.Unit) bool {
	return u != nil && (eachText(u, control.NamesNumber) || control.NamesNumber(u.Title))
}

// eachText calls is with the texts in the view and the script of u until it says yes, and reports whether it did.
func eachText(u *project.Unit, is func(string) bool) (found bool) {
	markup.Walk(u.View.Nodes(), func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok && !found {
			found = slices.ContainsFunc(t.Parts, func(p markup.Part) bool { return p.Expr == nil && is(p.Text) })
		}
		return !found
	})
	if u.Script != nil && u.Script.Tree != nil && !found {
		script.Walk(u.Script.Tree, func(n script.Node) bool {
			if s, ok := n.(*script.String); ok && !found {
				found = is(s.Value)
			}
			return !found
		})
	}
	return found
}
