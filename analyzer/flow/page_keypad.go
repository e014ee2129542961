package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/source"
)

// A program can take a number without any <input>: by ten elements that show a digit each, and a
// handler of taps that puts the digits together. What it puts together is not followed, since
// no single tap brings a datum.

// digits are the digits that the elements of a component were seen to show.
type digits struct {
	shown uint16 // bit n for digit n
	at    source.Location
}

const allDigits = 1<<10 - 1

// tappable reports whether a person can tap on e.
func tappable(e *markup.Element) bool {
	return slices.ContainsFunc(e.Attrs, func(a *markup.Attr) bool { return a.Kind == markup.Event && bubbling[a.Name] })
}

// digit notes the digit that t shows in an element on which a person can tap, if it is one:
// written in the view, or an item of a loop. Other data are not asked, for the sake of the cost.
func (r *renderer) digit(s *scope, t *markup.Text) {
	part, path := onlyPart(t)
	at := source.Location{File: s.view.File, Span: t.Span}
	switch {
	case part == nil:
	case part.Expr == nil:
		r.showDigits(s.instance, textOf(strings.TrimSpace(part.Text)), at)
	case len(path) > 0 && s.loops(path[0]):
		r.showDigits(s.instance, s.part(r.machine, s.view.File, part), at)
	}
}

// onlyPart is the part of t beside white space, nil if there are several, with the names in it:
// item, label for {{item.label}}.
func onlyPart(t *markup.Text) (part *markup.Part, path []string) {
	for i := range t.Parts {
		p := &t.Parts[i]
		switch {
		case p.Expr == nil && strings.TrimSpace(p.Text) == "":
		case part != nil:
			return nil, nil
		default:
			part = p
		}
	}
	if part != nil && part.Expr != nil {
		path, _ = pathOf(part.Expr)
	}
	return part, path
}

// drawnKey notes the digit that a picture in e, on which a person can tap, stands for: the one
// that e hands over.
//
//	<view bindtap="press" data-key="1"><image src="/keys/1.png"/></view>
func (r *renderer) drawnKey(s *scope, e *markup.Element, handed *Value) {
	picture, words := false, false
	markup.Walk(e.Children, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Element:
			picture = picture || loads[n.Tag] != nil
		case *markup.Text:
			part, _ := onlyPart(n)
			words = words || part != nil
		}
		return !words
	})
	if picture && !words {
		r.showDigits(s.instance, handed, source.Location{File: s.view.File, Span: e.Open})
	}
}

// loops reports whether a name is a variable of a loop around the place of s.
func (s *scope) loops(name string) bool {
	for p := s; p != nil; p = p.up {
		if p.name == name && name != "" {
			return true
		}
	}
	return false
}

// showDigits notes which digits v, shown at a place, can be.
func (r *renderer) showDigits(i *instance, v *Value, at source.Location) {
	for _, c := range v.consts {
		n, ok := c.digit()
		if !ok {
			continue
		}
		d := r.pages.digits[i]
		if d == nil {
			d = &digits{at: at}
			r.pages.digits[i] = d
		}
		d.shown |= 1 << n
	}
}

// digit is the digit that c is, as a text or a number.
func (c *constant) digit() (n int, ok bool) {
	s := c.String()
	if len(s) != 1 || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	return int(s[0] - '0'), true
}

// keypads are those of all instances, each once for its component and page.
func (m *machine) keypads() (list []Keypad) {
	for _, i := range slices.Concat(m.pages.order, m.pages.kids) {
		d := m.pages.digits[i]
		if d == nil || d.shown != allDigits {
			continue
		}
		k := Keypad{Unit: i.unit, Location: d.at}
		if i.page != nil {
			k.Page = i.page.unit
		}
		if !slices.Contains(list, k) {
			list = append(list, k)
		}
	}
	return list
}

// keyTexts is what the run of a view sees of the texts among nodes.
func keyTexts(nodes []markup.Node) (out []string) {
	for _, n := range nodes {
		t, ok := n.(*markup.Text)
		if !ok {
			continue
		}
		part, path := onlyPart(t)
		switch {
		case part == nil:
		case len(path) > 0:
			out = append(out, strings.Join(path, "."))
		case len(strings.TrimSpace(part.Text)) == 1:
			out = append(out, strings.TrimSpace(part.Text))
		}
	}
	return out
}
