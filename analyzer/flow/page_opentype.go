package flow

import (
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

// Values of open-type: those that an element has, and those that a dialog or sheet of a
// library gives to the buttons in it:
//
//	<van-dialog confirm-button-open-type="getPhoneNumber" bind:getphonenumber="onPhone" />
//	<van-action-sheet actions="{{[{ name: '微信手机号', openType: 'getPhoneNumber' }]}}" />
//	<van-dialog id="ask" bind:getphonenumber="onPhone" />  Dialog.confirm({ selector: '#ask', … })

// OpenType is a text that an open-type can be.
type OpenType struct {
	Text
	Hidden *finding.Decision // why it never is; nil if it may be
}

// OpenTypes returns the texts that the open-types of c, and of the buttons that it shows,
// can be, and those that the code names for it but that it never is.
func (c *Control) OpenTypes() (out []OpenType) {
	if c.base != nil {
		return each(c.base.OpenTypes(), func(o OpenType) OpenType {
			return OpenType{c.twins.text(o.Text), c.twins.decision(o.Hidden)}
		})
	}
	for _, t := range c.scope.openTypes(c.View.File, c.Element, c.Using) {
		out = append(out, OpenType{Text: t})
	}
	known := func(name string) bool {
		return slices.ContainsFunc(out, func(t OpenType) bool { return slices.Contains(strings.Split(t.String, "|"), name) })
	}
	for _, n := range c.scope.namedTypes(c.View, c.Element) {
		if !known(n.String) {
			out = append(out, OpenType{n.Text, c.scope.rulesOut(c.View, n)})
		}
	}
	return out
}

// Written is parts as the program writes them: a script that makes its elements computes what is in them.
func (c *Control) Written(parts []markup.Part) []markup.Part { return c.scope.written(parts) }

// Written is parts of a host as the program writes them.
func (h *Host) Written(parts []markup.Part) []markup.Part { return h.scope.written(parts) }

func (s *scope) written(parts []markup.Part) []markup.Part {
	if len(parts) != 1 || s == nil || s.instance == nil {
		return parts
	}
	if found, made := s.machine.pages.found[&parts[0]]; made && found.written != nil {
		return []markup.Part{{Expr: found.written, Span: parts[0].Span}}
	}
	return parts
}

// namedType is an open-type that brings data and that the code names for an element whose
// open-type it computes: by a text in the expression, by an event that the element
// listens to.
//
//	<button open-type="{{ready ? 'getPhoneNumber' : ''}}" bindgetphonenumber="onPhone" />
//	<button open-type="{{type}}" bindgetphonenumber="onPhone" />
type namedType struct {
	Text
	guards []guard // what must hold for it to be chosen
}

func (s *scope) namedTypes(v *project.View, e *markup.Element) (out []namedType) {
	a := e.Attr("open-type")
	if s == nil || s.instance == nil || a == nil || len(a.Parts) != 1 || platform.Inert(e.Tag) {
		return nil
	}
	x := a.Parts[0].Expr
	if found, made := s.machine.pages.found[&a.Parts[0]]; made {
		x = found.written
	}
	if x == nil {
		return nil
	}
	for _, c := range choices(x, nil) {
		if t := platform.OpenTypeByName(c.text.Value); t != nil && len(t.Yields) > 0 {
			out = append(out, namedType{Text{c.text.Value, source.Location{File: v.File, Span: c.text.Span}}, c.guards})
		}
	}
	if _, named := pathOf(x); named {
		for _, t := range listensFor(v.File, e) {
			is := &script.Binary{Span: x.Range(), Op: "==", X: x, Y: &script.String{Span: x.Range(), Value: t.String}}
			out = append(out, namedType{Text{t.String, source.Location{File: v.File, Span: x.Range()}}, []guard{{is, true}}})
		}
	}
	return out
}

// choice is a text that an expression can be, with the conditions for it.
type choice struct {
	text   *script.String
	guards []guard
}

type guard struct {
	test script.Expr
	want bool
}

// choices returns the texts that x chooses from.
func choices(x script.Expr, guards []guard) (out []choice) {
	and := func(g guard) []guard { return append(guards[:len(guards):len(guards)], g) }
	switch x := x.(type) {
	case *script.String:
		return []choice{{x, guards}}
	case *script.Cond:
		return append(choices(x.Then, and(guard{x.Test, true})), choices(x.Else, and(guard{x.Test, false}))...)
	case *script.Binary:
		switch x.Op {
		case "&&":
			return choices(x.Y, and(guard{x.X, true}))
		case "||":
			return append(choices(x.X, guards), choices(x.Y, and(guard{x.X, false}))...)
		}
	}
	return nil
}

// rulesOut says what decides that an element never has the open-type n; nil if it may.
func (s *scope) rulesOut(v *project.View, n namedType) *finding.Decision {
	for _, g := range n.guards {
		if d := s.machine.unmet(s, v, g.test, g.want); d.atom != nil && d.param == "" {
			return s.machine.neverChosen(v, d.atom)
		}
	}
	return nil
}

// mayBe reports whether the program writes something for which an element has the
// open-type n, whether the run came to it or not.
func (s *scope) mayBe(n namedType) bool {
	return !slices.ContainsFunc(n.guards, func(g guard) bool {
		path, w, ok := wishOf(g.test, g.want)
		if !ok {
			return false
		}
		_, settled := s.machine.settled(s, path, w)
		return settled
	})
}

// neverChosen says that the answer of x decides that an open-type is another.
func (m *machine) neverChosen(v *project.View, x script.Expr) *finding.Decision {
	return &finding.Decision{
		Reason: lang.Textf("`%s` 的值始终不变，没有代码改变它，所以按钮的 open-type 不会是它",
			"`%s` never changes: no code sets it to anything else, so the button is never of this open-type", v.File.Slice(x.Range())),
		Location: source.Location{File: v.File, Span: x.Range()},
	}
}

// openTypes returns those of e, which is a component if u is not nil.
func (s *scope) openTypes(f *source.File, e *markup.Element, u *project.Using) (out []Text) {
	if u == nil && platform.Inert(e.Tag) {
		return nil
	}
	own := u != nil && u.Unit != nil && u.Unit.Library == "" && u.Library == ""
	for _, a := range e.Attrs {
		if a.Kind != markup.Plain {
			continue
		}
		name := flatName(a.Name)
		switch {
		case name == "opentype" || (strings.HasSuffix(name, "opentype") && !own):
			out = append(out, s.texts(f, a.Parts)...)
		case compound(e.Tag) && !own && len(a.Parts) == 1 && a.Parts[0].Expr != nil:
			out = append(out, s.buttonTypes(f, a)...)
		}
	}
	if len(out) == 0 && compound(e.Tag) && !own {
		out = listensFor(f, e)
	}
	return out
}

// listensFor returns the open-types that bring the events that e listens to: a script
// may give the buttons of a dialog their types when it opens it.
func listensFor(f *source.File, e *markup.Element) (out []Text) {
	if anyButton(e) {
		return nil
	}
	for _, a := range e.Attrs {
		if a.Kind != markup.Event {
			continue
		}
		for _, o := range platform.OpenTypes() {
			platformOnly := strings.HasPrefix(o.Event, "get") // others, such as login, libraries have as well
			if platformOnly && len(o.Yields) > 0 && o.Legacy == "" && o.Event == a.Name {
				out = append(out, Text{String: o.Name, Location: source.Location{File: f, Span: a.Span}})
			}
		}
	}
	return out
}

// anyButton reports whether e hears of what several kinds of buttons bring: it is the button
// of a wrapper, which leaves to those who use it what kind it is.
func anyButton(e *markup.Element) bool {
	heard := map[string]bool{}
	for _, a := range e.Attrs {
		if a.Kind == markup.Event && slices.ContainsFunc(platform.OpenTypes(),
			func(o *platform.OpenType) bool { return o.Event == a.Name }) {
			heard[a.Name] = true
		}
	}
	return len(heard) > 1
}

// buttonTypes returns the open-types of the buttons that an attribute describes by an
// object, or by a list of them.
func (s *scope) buttonTypes(f *source.File, a *markup.Attr) (out []Text) {
	if s == nil || s.instance == nil || !s.machine.describesButtons() {
		return nil
	}
	s.evaluate(f, a.Parts, func(v *Value) {
		m := s.machine
		items, others := m.elements(v)
		for _, item := range append(items, others, v) {
			if item == nil {
				continue
			}
			for _, name := range [...]string{"openType", "open-type"} {
				for _, o := range item.objects {
					t, _ := o.own(name)
					out = appendTexts(out, t, source.Location{File: f, Span: a.Span})
				}
			}
		}
	})
	return out
}

// describesButtons reports whether a script or template of the program writes openType
// into an object at all. Few do, and to evaluate attributes costs.
func (m *machine) describesButtons() bool {
	if m.pages.buttons == nil {
		found := false
		for _, mod := range m.program.Modules {
			found = found || (mod.File != nil && mod.Library == "" && describesButton(mod.File.Text))
		}
		for _, v := range m.program.Views {
			found = found || (v.File != nil && describesButton(v.File.Text))
		}
		m.pages.buttons = &found
	}
	return *m.pages.buttons
}

func describesButton(text string) bool {
	return strings.Contains(text, "openType") || strings.Contains(text, "open-type'") || strings.Contains(text, `open-type"`)
}

// openTypes returns what the platform's table knows of the open-types of e.
func (r *renderer) openTypes(s *scope, e *markup.Element) (out []*platform.OpenType) {
	scopeName := ""
	if sc := e.Attr("scope"); sc != nil {
		scopeName, _ = markup.Static(sc.Parts)
	}
	texts := s.openTypes(s.view.File, e, r.using(s, e))
	for _, n := range s.namedTypes(s.view, e) {
		if s.mayBe(n) {
			texts = append(texts, n.Text)
		}
	}
	for _, t := range texts {
		for _, n := range strings.Split(t.String, "|") {
			n = strings.TrimSpace(n)
			o := platform.OpenTypeByName(n)
			if o == nil {
				o = platform.OpenTypeByName(n + ":" + scopeName)
			}
			if o != nil && !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}
