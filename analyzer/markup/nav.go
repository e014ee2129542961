package markup

import (
	"iter"
	"sort"
	"strings"
)

// ParentOf returns the element around n, or nil at the top.
func ParentOf(n Node) *Element {
	switch n := n.(type) {
	case *Element:
		return n.Parent
	case *Text:
		return n.Parent
	case *Comment:
		return n.Parent
	}
	return nil
}

// Ancestors yields the elements around n, the nearest first.
func Ancestors(n Node) iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		for e := ParentOf(n); e != nil; e = e.Parent {
			if !yield(e) {
				return
			}
		}
	}
}

// Siblings returns the nodes under the parent of n, n included.
func (d *Document) Siblings(n Node) []Node {
	if e := ParentOf(n); e != nil {
		return e.Children
	}
	return d.Nodes
}

// PrevSibling returns the element or text before n under the same parent, or
// nil. Comments do not count: a label and its input stay neighbours.
func (d *Document) PrevSibling(n Node) Node {
	list := d.Siblings(n)
	i := sort.Search(len(list), func(i int) bool { return list[i].Range().Start >= n.Range().Start })
	for i--; i >= 0; i-- {
		if _, comment := list[i].(*Comment); !comment {
			return list[i]
		}
	}
	return nil
}

// NextSibling returns the element or text behind n under the same parent, or
// nil. Comments do not count.
func (d *Document) NextSibling(n Node) Node {
	list := d.Siblings(n)
	i := sort.Search(len(list), func(i int) bool { return list[i].Range().Start > n.Range().Start })
	for ; i < len(list); i++ {
		if _, comment := list[i].(*Comment); !comment {
			return list[i]
		}
	}
	return nil
}

// TextOf returns the static text within e and its descendants: trimmed, runs of
// white space as one space, expressions left out.
func TextOf(e *Element) string {
	var words []string
	Walk(e.Children, func(n Node) bool {
		if t, ok := n.(*Text); ok {
			for _, p := range t.Parts {
				words = append(words, strings.Fields(p.Text)...)
			}
		}
		return true
	})
	return strings.Join(words, " ")
}
