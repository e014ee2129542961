package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A control may be in a view and still never be seen: it is inside a popup that nothing
// opens, or inside wx:if of a flag that the data set to false and no code changes. Two
// things must hold before that is said:
//
//   - The condition has one answer in every state that the run found. What comes from a
//     server, from storage, from the page's parameters or from what was not followed can
//     be either.
//   - The program writes no other value under the name anywhere, not even in a function
//     that the run did not reach (assigned).

// hidden says why no state shows c, or returns nil.
func (m *machine) hidden(c *Control) *finding.Hidden {
	if h := m.hiddenAt(c.scope, c.View, c.Element); h != nil {
		return h
	}
	for _, host := range c.Hosts {
		if h := m.hiddenAt(host.scope, host.View, host.Element); h != nil {
			return h
		}
	}
	return nil
}

// hiddenAt is hidden for an element and those around it in its view.
func (m *machine) hiddenAt(s *scope, v *project.View, e *markup.Element) (h *finding.Hidden) {
	if s == nil || s.instance == nil || s.data != nil || s.env != nil || v == nil || v.Tree == nil {
		return nil // a <template> has data of its own, and elements in scripts no attributes
	}
	for ; e != nil && h == nil; e = e.Parent {
		for _, c := range conditionsOf(v, e) {
			x := c.attr.Parts[0].Expr
			m.begin()
			m.within(m.rootFrame(s.instance, s.instance.context), func() {
				if atom := m.never(s, v, x, c.want); atom != nil {
					name := v.File.Slice(atom.Range())
					h = &finding.Hidden{
						Reason: lang.Textf("`%s` 的值始终不变，没有代码改变它，所以这里不会显示",
							"`%s` never changes: no code sets it to anything else, so this is never shown", name),
						Location: source.Location{File: v.File, Span: atom.Range()},
					}
				}
			})
			m.accept()
			m.tasks = nil
			if h != nil {
				break
			}
		}
	}
	return h
}

// condition is what an element is shown by: the answer of attr must be want.
type condition struct {
	attr *markup.Attr
	want bool
}

// conditionsOf returns the conditions of e that are one expression each.
func conditionsOf(v *project.View, e *markup.Element) (list []condition) {
	add := func(a *markup.Attr, want bool) {
		if a != nil && len(a.Parts) == 1 && a.Parts[0].Expr != nil {
			list = append(list, condition{a, want})
		}
	}
	for _, name := range [...]string{"if", "elif", "show"} {
		add(e.Find(markup.Directive, name), true)
	}
	add(e.Attr("hidden"), false)
	if opens(e.Tag) {
		add(e.Attr("show"), true)
		add(e.Attr("visible"), true)
	}
	if e.Find(markup.Directive, "elif") != nil || e.Find(markup.Directive, "else") != nil {
		for _, before := range branchesBefore(v, e) {
			add(before, false)
		}
	}
	return list
}

// opens reports whether an element of this name shows what is in it only while it is
// open: van-popup, t-dialog, uni-drawer.
func opens(tag string) bool {
	words := strings.FieldsFunc(strings.ToLower(tag), func(c rune) bool { return c == '-' || c == '_' })
	return len(words) > 1 && slices.Contains([]string{"popup", "dialog", "modal", "drawer", "overlay", "sheet"}, words[len(words)-1])
}

// branchesBefore returns the conditions of the branches before e, which is another
// branch of theirs.
func branchesBefore(v *project.View, e *markup.Element) (list []*markup.Attr) {
	siblings := v.Tree.Nodes
	if e.Parent != nil {
		siblings = e.Parent.Children
	}
	for _, n := range siblings {
		if n == markup.Node(e) {
			break
		}
		other, ok := n.(*markup.Element)
		if !ok {
			continue
		}
		if a := other.Find(markup.Directive, "if"); a != nil {
			list = []*markup.Attr{a}
		} else if a := other.Find(markup.Directive, "elif"); a != nil {
			list = append(list, a)
		} else {
			list = nil
		}
	}
	return list
}

// never returns the part of x for which its answer is never want, or nil if it may be.
func (m *machine) never(s *scope, v *project.View, x script.Expr, want bool) script.Expr {
	switch x := x.(type) {
	case *script.Unary:
		if x.Op == "!" {
			return m.never(s, v, x.X, !want)
		}
	case *script.Binary:
		if x.Op != "&&" && x.Op != "||" {
			break
		}
		left, right := m.never(s, v, x.X, want), m.never(s, v, x.Y, want)
		if any := (x.Op == "&&") == want; any && left == nil || !any && left != nil && right == nil {
			return right
		}
		return left
	}
	path, ok := pathOf(x)
	if !ok || !m.settled(s, path, want) {
		return nil
	}
	canTrue, canFalse := s.eval(m, v.File, x).truth()
	if want && canTrue || !want && canFalse {
		return nil
	}
	return x
}

// pathOf returns the names in a.b.c.
func pathOf(x script.Expr) ([]string, bool) {
	switch x := x.(type) {
	case *script.Ident:
		return []string{x.Name}, x.Name != "undefined"
	case *script.Dot:
		path, ok := pathOf(x.X)
		return append(path, x.Name), ok
	}
	return nil, false
}

// settled reports whether the program writes nothing at path that would make its answer
// want.
func (m *machine) settled(s *scope, path []string, want bool) bool {
	for p := s; p != nil; p = p.up {
		if p.name == path[0] {
			return false // an item of a loop
		}
	}
	if m.pages.assigned == nil {
		m.pages.assigned = assignedIn(m.program)
	}
	w := m.pages.assigned
	switch u := s.instance.unit; {
	case u.Script != nil && w.anything(u.Script, 0), u.Kind == project.ComponentUnit && w.declared[path[0]]:
		return false
	}
	for i, name := range path {
		for given := range w.names[name] {
			if i < len(path)-1 && given != objectAnswer || i == len(path)-1 && given.answers(want) {
				return false
			}
		}
	}
	return true
}
