package flow

import (
	"slices"
	"strings"

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
		if p := s.local(t.Name); p != nil {
			m.assignItem(p, v, source.Location{File: s.view.File, Span: t.Span})
			return
		}
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
			o.standIn = base.unknown
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

// assignItem makes v one of the items of the list that loop variable p is an item of:
//
//	<view v-for="one in people"><input v-model="one.phone" /></view>  // people came from a server
func (m *machine) assignItem(p *scope, v *Value, at source.Location) {
	if p.list == nil {
		m.loseIn(unknownValue, v, at)
		return
	}
	p.value = join(p.value, v) // of this round, in which the events of the item are fired
	list := p.up.eval(m, p.view.File, p.list)
	if len(list.objects) == 0 {
		o := m.object(arrayObject, itemSite(p.list, p.up.iter))
		o.standIn = true
		m.setOpen(o, true)
		m.addRest(o, v)
		m.assignTo(p.up, p.list, join(unknownValue, objectOf(o)))
		return
	}
	for _, o := range list.objects {
		if o.kind == arrayObject || o.kind == plainObject {
			m.addRest(o, v)
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

// A two-way binding of mpx on a component says what it passes, and what of which event it
// takes back (mpx, two-way data binding; read 2026-11):
//
//	<my-field wx:model="{{text}}" wx:model-prop="val" wx:model-event="change" wx:model-value-path="text" />

// modelOption is what an element says of its two-way binding: wx:model-event="change".
func modelOption(e *markup.Element, name, otherwise string) string {
	if a := e.Find(markup.Directive, "model-"+name); a != nil {
		if s, static := markup.Static(a.Parts); static && s != "" {
			return s
		}
	}
	return otherwise
}

// ofMpx reports whether a is wx:model.
func ofMpx(a *markup.Attr) bool { return a.Kind == markup.Model && strings.HasSuffix(a.Raw, ":model") }

// bindBack writes what the two-way binding of a component takes from an event.
func (m *machine) bindBack(s *scope, host *markup.Element, event string, detail *Value, site any) {
	for _, a := range host.Attrs {
		if !ofMpx(a) || flatName(modelOption(host, "event", "input")) != event {
			continue
		}
		v := detail
		path := strings.TrimPrefix(modelOption(host, "value-path", "value"), "detail.")
		for _, part := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(`.[]'", `, r) }) {
			v = m.get(v, part)
		}
		m.nested(s.instance, site, a, s.iter, func() { m.assign(s, a, v) })
	}
}
