package control

import (
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
)

// column finds the label of the control in a column of labels before the column of controls that holds it, by
// its order:
//
//	<view><text>姓名</text><text>电话</text></view>
//	<view><input/><input/></view>
//
// It finds none unless both columns have as many.
func (p Place) column(controls *markup.Element) []flow.Text {
	if controls == nil || len(p.lines(controls)) > 0 {
		return nil
	}
	at, fields := -1, 0
	markup.WalkElements(controls.Children, func(e *markup.Element) {
		if e == p.Element {
			at = fields
		}
		if isField(p.Unit, e) {
			fields++
		}
	})
	named := p.previous(controls)
	if at < 0 || fields < 2 || named == nil || countFields(p.Unit, named.Children, 2) > 0 {
		return nil
	}
	labels := p.lines(named)
	if len(labels) != fields {
		return nil
	}
	return p.meaningful(labels[at])
}

// previous is the element before e among its siblings; nil if there is none, or a text is between them.
func (p Place) previous(e *markup.Element) (before *markup.Element) {
	for _, n := range p.View.Tree.Siblings(e) {
		switch n := n.(type) {
		case *markup.Element:
			if n == e {
				return before
			}
			before = n
		case *markup.Text:
			if hasWords(p.Texts(n.Parts)) {
				before = nil
			}
		}
	}
	return nil
}

// lines are the texts in e, one for each part of it that has any and in which a person enters nothing. A box
// around all of them is not a part.
func (p Place) lines(e *markup.Element) (lines [][]flow.Text) {
	if e == nil {
		return nil
	}
	for _, n := range e.Children {
		switch n := n.(type) {
		case *markup.Text:
			if t := p.Texts(n.Parts); hasWords(t) {
				lines = append(lines, t)
			}
		case *markup.Element:
			if holds(p.Unit, n, platform.Input, platform.Textarea, platform.Search, platform.Code, platform.Picker) || isField(p.Unit, n) {
				continue
			}
			if t := p.inside(n); len(t) > 0 {
				lines = append(lines, t)
			}
		}
	}
	if only := onlyElement(e); len(lines) == 1 && only != nil {
		if within := p.lines(only); len(within) > 1 {
			return within
		}
	}
	return lines
}

// onlyElement is the only child of e; nil if it has others.
func onlyElement(e *markup.Element) (only *markup.Element) {
	for _, n := range e.Children {
		if k, ok := n.(*markup.Element); ok {
			if only != nil {
				return nil
			}
			only = k
		}
	}
	return only
}
