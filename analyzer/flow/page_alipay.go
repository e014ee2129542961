package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/markup"
)

// What components of Alipay do differently: a page hands them functions as properties, which
// they call, and gets them by ref.
//
//	<field onDone="save" ref="keep" />                // a page with save(v) and keep(field)
//	Component({ props: { onDone() {} }, … this.props.onDone(v) })

// onAlipay reports whether the program is written for Alipay itself, not for a framework.
func (m *machine) onAlipay() bool { return m.program.Platform == "alipay" && !m.program.Sources }

// alipayEvents are the functions of its lifecycle that only Alipay has.
var alipayEvents = []string{
	"deriveDataFromProps", "didUpdate", "didUnmount",
	"onTitleClick", "onOptionMenuClick", "onPopMenuClick", "onPullIntercept", "beforeTabItemTap",
}

// runAlipayEvents runs them, and those that a page has in events.
func (m *machine) runAlipayEvents(i *instance) {
	if !m.onAlipay() {
		return
	}
	for _, name := range alipayEvents {
		if fn, ok := i.object.own(name); ok {
			m.runStart(i, fn, name, name, 0)
		}
	}
	events, _ := i.object.own("events")
	for name, fn := range orUndefined(events).properties() {
		if runnable(fn) {
			m.runStart(i, fn, name, site{part: "events " + name}, 0)
		}
	}
}

// addDefaults gives i the properties that it has if nobody passes them: their names and defaults.
func (m *machine) addDefaults(i *instance, v *Value) {
	m.boot(i.path(), func() {
		for name, def := range v.properties() {
			def = m.copied(def, site{i, name})
			m.setProp(i.data, name, def)
			i.defaults[name] = def
		}
	})
}

// hand gives kid the functions that attribute a of its element names, and reports whether
// they are new to it.
func (r *renderer) hand(s *scope, a *markup.Attr, kid *instance) bool {
	v := s.valueOf(r.machine, s.view.File, a.Parts)
	var fns *Value
	names, _ := v.keys()
	for _, n := range names {
		if fn := r.get(objectOf(s.instance.object), n); runnable(fn) {
			fns = join(fns, fn)
		}
	}
	old, _ := kid.data.own(a.Raw)
	has := func(o *Object) bool {
		return slices.ContainsFunc(orUndefined(old).objects, func(b *Object) bool {
			return b == o || b.kind == functionObject && b.fn.bound && b.fn.target.single() == o
		})
	}
	var given *Value
	for _, o := range orUndefined(fns).objects {
		if !has(o) {
			given = join(given, r.bound(s.instance, objectOf(o)))
		}
	}
	for _, o := range v.objects {
		if o.kind == functionObject && !has(o) {
			given = join(given, objectOf(o))
		}
	}
	if given == nil {
		return false
	}
	return r.pass(kid, a.Raw, given)
}

// handRef gives the page the component that an element with ref became.
func (r *renderer) handRef(s *scope, e *markup.Element, kid *instance) {
	a := e.Attr("ref")
	if a == nil {
		return
	}
	r.entryPoint(s.instance, site{a, "ref"}, s.iter, func() {
		r.entry.start = Start{s.instance.unit, "ref"}
		s.instance.life.respond(s, a, []*Value{objectOf(kid.object)})
	})
}
