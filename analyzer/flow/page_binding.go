package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// assign writes the target of a two-way binding.
func (m *machine) assign(s *scope, a *markup.Attr, v *Value) {
	assigned, outer := false, m.cause
	m.cause = source.Location{File: s.view.File, Span: a.Span}
	defer func() { m.cause = outer }()
	for _, p := range a.Parts {
		assigned = assigned || p.Expr != nil
		m.assignTo(s, p.Expr, v)
	}
	if !assigned {
		at := source.Location{File: s.view.File, Span: a.Span}
		m.lose(v.taints(), finding.Unparsed, s.view.File.Slice(a.ValueSpan), at)
	}
}

func (m *machine) assignTo(s *scope, target script.Expr, v *Value) {
	switch t := target.(type) {
	case *script.Ident:
		m.handStranger(s.instance, v, source.Location{File: s.view.File, Span: t.Span})
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
			o.shared = m.ofSetup(s, t.X)
			m.assignTo(s, t.X, objectOf(o))
		}
		if slices.ContainsFunc(base.objects, func(o *Object) bool { return o.shared || m.unavailable(o) }) {
			m.loseIn(base, v, source.Location{File: s.view.File, Span: t.Span})
		}
		for _, o := range base.objects {
			if !m.intercept(o, t.Name, v) {
				m.addProp(o, t.Name, v)
			}
		}
	case *script.Index:
		base := s.eval(m, s.view.File, t.X)
		names, others := s.eval(m, s.view.File, t.Key).keys()
		if len(base.objects) == 0 {
			m.loseIn(base, v, source.Location{File: s.view.File, Span: t.Span})
		}
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

// ofSetup reports whether an expression is a part of a variable of the setup: if nothing
// is known of it, missing code made it and may watch it.
func (m *machine) ofSetup(s *scope, x script.Expr) bool {
	for {
		switch t := x.(type) {
		case *script.Dot:
			x = t.X
		case *script.Index:
			x = t.X
		case *script.Ident:
			return s.instance.vars[t.Name] != nil
		default:
			return false
		}
	}
}
