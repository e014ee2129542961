package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Values of open-type: those that an element has, and those that a dialog or sheet of a
// library gives to the buttons in it:
//
//	<van-dialog confirm-button-open-type="getPhoneNumber" bind:getphonenumber="onPhone" />
//	<van-action-sheet actions="{{[{ name: '微信手机号', openType: 'getPhoneNumber' }]}}" />
//	<van-dialog id="ask" bind:getphonenumber="onPhone" />  Dialog.confirm({ selector: '#ask', … })

// OpenTypes returns the texts that the open-types of c, and of the buttons that it shows,
// can be.
func (c *Control) OpenTypes() []Text { return c.scope.openTypes(c.View.File, c.Element, c.Using) }

// openTypes returns those of e, which is a component if u is not nil.
func (s *scope) openTypes(f *source.File, e *markup.Element, u *project.Using) (out []Text) {
	own := u != nil && u.Unit != nil && u.Unit.Library == "" && u.Library == ""
	for _, a := range e.Attrs {
		if a.Kind != markup.Plain {
			continue
		}
		name := strings.ToLower(strings.ReplaceAll(a.Name, "-", ""))
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
	for _, t := range s.openTypes(s.view.File, e, r.using(s, e)) {
		for _, n := range strings.Split(t.String, "|") {
			n = strings.TrimSpace(n)
			if o := platform.OpenTypeByName(n); o != nil {
				out = append(out, o)
			} else if o := platform.OpenTypeByName(n + ":" + scopeName); o != nil {
				out = append(out, o)
			}
		}
	}
	return out
}
