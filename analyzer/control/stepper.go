package control

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
)

// Words that buttons of a number box have in their classes, types and names, and their signs
// (uni-ui uni-number-box, Vant stepper, NutUI inputnumber; read 2026-11).
var (
	fewer     = []string{"minus", "reduce", "decrease", "subtract"}
	more      = []string{"plus", "add", "increase"}
	fewerSign = []string{"-", "－", "−", "–"}
	moreSign  = []string{"+", "＋"}
)

// counts reports whether a control for numbers stands between two elements that make its number
// smaller and larger: it takes how many there are of something, whatever it is. (In a list that a
// person makes longer and shorter a row may look the same; its texts say what it asks for.)
//
//	<view bindtap="minus">-</view><input type="number" /><view bindtap="plus">+</view>
func counts(c *flow.Control) bool {
	p := c.Element.Parent
	numbers := func(t flow.Text) bool { return t.String == "number" || t.String == "digit" }
	if p == nil || !slices.ContainsFunc(c.Attr("type"), numbers) {
		return false
	}
	at := slices.Index(p.Children, markup.Node(c.Element))
	return at > 0 && steps(p.Children[:at], fewer, fewerSign) && steps(p.Children[at+1:], more, moreSign)
}

// steps reports whether one of nodes can be tapped and has one of these signs or words.
func steps(nodes []markup.Node, words, signs []string) bool {
	return slices.ContainsFunc(nodes, func(n markup.Node) bool {
		e, ok := n.(*markup.Element)
		if !ok || !e.Hears("tap", "click", "touchstart") {
			return false
		}
		text := strings.TrimSpace(writtenIn(e))
		return slices.Contains(signs, text) || text == "" && calledStep(e, words)
	})
}

// writtenIn is the text that is written out in e.
func writtenIn(e *markup.Element) (text string) {
	markup.Walk(e.Children, func(n markup.Node) bool {
		if t, ok := n.(*markup.Text); ok {
			s, _ := markup.Static(t.Parts)
			text += s
		}
		return true
	})
	return text
}

// calledStep reports whether e, or the only thing in it, is called by one of these words.
func calledStep(e *markup.Element, words []string) bool {
	for _, name := range []string{"class", "type", "name"} {
		if attrSays(e, name, words...) {
			return true
		}
	}
	if len(e.Children) == 1 {
		inner, ok := e.Children[0].(*markup.Element)
		return ok && calledStep(inner, words)
	}
	return false
}
