package control

import (
	"slices"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// over reports whether a text is above more than the control, so that it may be the name of the
// service or of the form and not what the control takes:
//
//	<view>智慧社区平台</view>
//	<view><input placeholder="请输入手机号码"/></view>
//	<view><input password placeholder="请输入密码"/></view>
func (p Place) over(text source.Location) bool {
	if text.File != p.View.File {
		return false
	}
	for cur, up := p.Element, 0; cur != nil; cur, up = cur.Parent, up+1 {
		siblings := p.View.Tree.Siblings(cur)
		at := slices.Index(siblings, markup.Node(cur))
		for _, n := range slices.Backward(siblings[:max(at, 0)]) {
			if span := n.Range(); span.Start <= text.Span.Start && text.Span.End <= span.End {
				return p.goesOn(siblings[at+1:], up)
			}
		}
	}
	return false
}

// goesOn reports whether what follows a row has no label either: a control, or the button that
// ends the form. A button in the row itself belongs to its control.
func (p Place) goesOn(after []markup.Node, up int) bool {
	for _, n := range after {
		switch n := n.(type) {
		case *markup.Text:
			if len(p.meaningful(p.Texts(n.Parts))) > 0 {
				return false
			}
		case *markup.Element:
			switch first := p.first(n); {
			case first == platform.Button:
				return up > 0
			case first != "":
				return true
			case len(p.inside(n)) > 0:
				return up > 0 && taps(n)
			}
		}
	}
	return false
}

// first is the role of the first control or button in e, if no text is before it; "" for none.
func (p Place) first(e *markup.Element) (role platform.Role) {
	ended := false
	markup.Walk([]markup.Node{e}, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			ended = ended || hasWords(p.Texts(n.Parts))
		case *markup.Element:
			c := Component(p.Unit, n)
			switch {
			case ended:
			case c != nil && c.Role == platform.Button:
				role = platform.Button
			case isField(p.Unit, n):
				role = platform.Input
			}
			ended = ended || role != ""
		}
		return !ended
	})
	return role
}

// taps reports whether something happens when a person taps on e or on what is in it.
func taps(e *markup.Element) bool {
	return markup.Any([]markup.Node{e}, func(k *markup.Element) bool { return k.Hears("tap", "click") })
}
