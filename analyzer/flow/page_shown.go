package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
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
//
// If only a parameter of the page can meet the condition, and no code passes it, that is
// told, and the control counts (page_param.go).

// decided says what decides whether c is shown: never is why no state shows it, given what
// it takes from outside of the program. Both are nil if nothing is known to.
func (m *machine) decided(c *Control) (never, given *finding.Decision) {
	places := []*Host{{View: c.View, Element: c.Element, scope: c.scope}}
	for _, host := range append(places, c.Hosts...) {
		n, g := m.decidedAt(host.scope, host.View, host.Element)
		if n != nil {
			return n, nil
		}
		if given == nil {
			given = g
		}
	}
	return nil, given
}

// decidedAt is decided for an element and those around it in its view.
func (m *machine) decidedAt(s *scope, v *project.View, e *markup.Element) (never, given *finding.Decision) {
	if s == nil || s.instance == nil || s.data != nil || s.env != nil || v == nil || v.Tree == nil {
		return nil, nil // a <template> has data of its own; for elements in scripts see react_shown.go
	}
	for ; e != nil; e = e.Parent {
		for _, c := range conditionsOf(v, e) {
			switch d := m.unmet(s, v, c.attr.Parts[0].Expr, c.want); {
			case d.atom == nil:
			case d.param == "":
				return m.neverShown(v, d.atom), nil
			case given == nil:
				given = m.shownWith(v, d)
			}
		}
	}
	return nil, given
}

// neverShown says that the answer of x, in v, never changes.
func (m *machine) neverShown(v *project.View, x script.Expr) *finding.Decision {
	if m.asksTarget(v.File.Slice(x.Range())) {
		return &finding.Decision{
			Reason: lang.Textf("`%s`：它属于另一个平台或目标，这里按%s读取", "`%s`: it belongs to another target; the sources are read for %s",
				v.File.Slice(x.Range()), platform.PlatformByName(m.program.Platform).Title),
			Location: source.Location{File: v.File, Span: x.Range()},
		}
	}
	return &finding.Decision{
		Reason: lang.Textf("`%s` 的值始终不变，没有代码改变它，所以这里不会显示",
			"`%s` never changes: no code sets it to anything else, so this is never shown", v.File.Slice(x.Range())),
		Location: source.Location{File: v.File, Span: x.Range()},
	}
}

// asksTarget reports whether a condition asks for the target of the build.
func (m *machine) asksTarget(text string) bool {
	for name := range m.program.Fixed {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// shownWith says that a control is shown only if the page is opened with a parameter.
func (m *machine) shownWith(v *project.View, d unmet) *finding.Decision {
	return &finding.Decision{
		Reason: lang.Textf("只有打开页面时带参数“%s”才会显示，程序中没有代码带这个参数；扫码、分享、通知或其他小程序是否带它，从代码看不出来",
			"it is shown only if the page is opened with the parameter `%s`, which no code of the program passes; whether a QR code, "+
				"a share, a notification or another program does, the code cannot tell", d.param),
		Location: source.Location{File: v.File, Span: d.atom.Range()},
	}
}

// unmet is why a condition is not met: atom is the part of it that decides. It may be met
// if atom is nil; and if param is set, by a page that is opened with that parameter.
type unmet struct {
	atom  script.Expr
	param string
}

// unmet asks whether the answer of x is never want, on the heap as it is now.
func (m *machine) unmet(s *scope, v *project.View, x script.Expr, want bool) (d unmet) {
	m.begin()
	m.within(m.rootFrame(s.instance, s.instance.context), func() { d = m.never(s, v, x, want) })
	m.accept()
	m.tasks = nil
	return d
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
		for _, before := range v.Tree.BranchesBefore(e) {
			add(before, false)
		}
	}
	return list
}

// opens reports whether an element of this name shows what is in it only while it is
// open: van-popup, t-dialog, uni-drawer.
func opens(tag string) bool {
	words := strings.FieldsFunc(strings.ToLower(tag), func(c rune) bool { return c == '-' || c == '_' })
	return len(words) > 1 && slices.Contains(openers, words[len(words)-1])
}

// openers are the last words in the names of such elements.
var openers = []string{"popup", "dialog", "modal", "drawer", "overlay", "sheet"}

// never is unmet for x and its parts.
func (m *machine) never(s *scope, v *project.View, x script.Expr, want bool) unmet {
	switch x := x.(type) {
	case *script.Unary:
		if x.Op == "!" {
			return m.never(s, v, x.X, !want)
		}
	case *script.Binary:
		if x.Op == "&&" || x.Op == "||" {
			return strongest(m.never(s, v, x.X, want), m.never(s, v, x.Y, want), (x.Op == "&&") == want)
		}
	}
	path, w, ok := wishOf(x, want)
	if !ok {
		return unmet{}
	}
	param, settled := m.settled(s, path, w)
	if !settled {
		return unmet{}
	}
	if param == "" {
		canTrue, canFalse := s.eval(m, v.File, x).truth()
		if want && canTrue || !want && canFalse {
			return unmet{}
		}
	}
	return unmet{x, param}
}

// strongest joins what decides two parts of a condition, of which one not met is enough
// if any is set. That no state meets a part is more than that a parameter may.
func strongest(left, right unmet, any bool) unmet {
	switch {
	case left.atom == nil && any:
		return right
	case left.atom == nil || !any && right.atom == nil:
		return unmet{}
	case right.atom != nil && (right.param == "") == any:
		return right
	}
	return left
}

// wishOf is what the names in x must be for its answer to be want: a.b, a.b == 'edit'.
func wishOf(x script.Expr, want bool) (path []string, w wish, ok bool) {
	b, compares := x.(*script.Binary)
	if !compares {
		path, ok = pathOf(x)
		return path, truth(want), ok
	}
	name, constant := b.X, b.Y
	if _, isLiteral := literalOf(name); isLiteral {
		name, constant = constant, name
	}
	l, isLiteral := literalOf(constant)
	path, ok = pathOf(name)
	switch b.Op {
	case "==", "===":
		return path, equality(l, want), ok && isLiteral
	case "!=", "!==":
		return path, equality(l, !want), ok && isLiteral
	}
	return nil, wish{}, false
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

// settled reports whether the program writes nothing at path that would fulfil the wish,
// and the parameter of the page with which alone it would, "" if none would.
func (m *machine) settled(s *scope, path []string, x wish) (param string, ok bool) {
	for p := s; p != nil; p = p.up {
		if p.name == path[0] {
			return "", false // an item of a loop
		}
	}
	return m.settledIn(s.instance.unit, path, x)
}

// settledIn is settled in the script or view of u, outside of loops.
func (m *machine) settledIn(u *project.Unit, path []string, x wish) (param string, ok bool) {
	w := m.written()
	given := u.Kind == project.ComponentUnit && w.declared[path[0]]
	switch {
	case u.Script != nil && w.states[stateName{u.Script.Tree, path[0]}]: // computed names do not reach it
	case u.Script != nil && w.anything(u.Script, 0), given && (len(path) > 1 || w.props.may(path[0], x)):
		return "", false
	}
	for _, name := range path[:len(path)-1] {
		if v := w.names[name]; v != nil && (v.other || len(v.constants) > 0 || len(v.params) > 0) {
			return "", false
		}
	}
	last := w.names[path[len(path)-1]]
	may, withParam := last.grants(x)
	if !may {
		return "", true
	}
	if names := slices.Sorted(maps.Keys(last.params)); withParam && len(names) == 1 && m.onlyFromOutside(names[0]) {
		return names[0], true
	}
	return "", false
}

// onlyFromOutside reports whether no code of the program passes a parameter to a page.
func (m *machine) onlyFromOutside(param string) bool {
	return !m.written().passed[param] && !m.api.anywhere
}

// written is what the program writes under each name.
func (m *machine) written() *assigned {
	if m.pages.assigned == nil {
		m.pages.assigned = assignedIn(m.program)
	}
	return m.pages.assigned
}
