package flow

import (
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
)

// assign writes the target of a two-way binding.
func (m *machine) assign(s *scope, a *markup.Attr, v *Value) {
	for _, p := range a.Parts {
		m.assignTo(s, p.Expr, v)
	}
}

func (m *machine) assignTo(s *scope, target script.Expr, v *Value) {
	switch t := target.(type) {
	case *script.Ident:
		base := objectOf(s.instance.names)
		if s.data != nil {
			base = s.data
		}
		for _, o := range base.objects {
			if !m.intercept(o, t.Name, v) {
				m.addProp(o, t.Name, v)
			}
		}
		m.observe(s.instance, []string{t.Name})
	case *script.Dot:
		base := s.eval(m, s.view.File, t.X)
		if len(base.objects) == 0 {
			o := m.object(plainObject, itemSite(t, s.iter))
			m.setProp(o, t.Name, v)
			m.assignTo(s, t.X, objectOf(o))
		}
		for _, o := range base.objects {
			if !m.intercept(o, t.Name, v) {
				m.addProp(o, t.Name, v)
			}
		}
	case *script.Index:
		base := s.eval(m, s.view.File, t.X)
		names, others := s.eval(m, s.view.File, t.Key).keys()
		for _, o := range base.objects {
			for _, n := range names {
				m.addProp(o, n, v)
			}
			if others {
				m.addRest(o, v)
			}
		}
	}
}
