package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Native components in what scripts show (documents of Taro, "use native components"; read 2026-11):
//
//	usingComponents: { 'scan-box': '../../native/scan' }        <scan-box kind='card' onSuccess={this.onScan} />

// isNative reports whether u is a component of the program whose view is no script.
func isNative(u *project.Using) bool {
	return u != nil && u.Unit != nil && u.Library == "" && u.Unit.Library == "" && !u.Unit.Scripted && !u.Unit.Single && u.Unit.View != nil
}

// native shows a use of such a component.
func (r *renderer) native(s *scope, e *markup.Element, u *project.Using, props *Value) {
	if r.showsNothing(s, u.Unit) {
		return
	}
	for _, a := range e.Attrs { // Taro takes whatever begins with on for an event: onsuccess
		if v, _ := propertyOf(props, a.Raw); a.Kind == markup.Plain && strings.HasPrefix(a.Raw, "on") && callable(v) {
			a.Kind, a.Name = markup.Event, strings.TrimPrefix(a.Raw, "on")
		}
	}
	kid := r.kid(s, e, u.Unit)
	var changed []string
	for name, v := range props.properties() {
		if a := e.Attr(name); name == "children" || name == "ref" || markup.Property(name).Kind == markup.Event || a == nil && callable(v) {
			continue
		}
		v = note(v, lang.Text{ZH: "作为属性 " + name + " 传给组件", EN: "passed to the component as property " + name},
			source.Location{File: s.view.File, Span: e.Open})
		if r.pass(kid, camel(name), v) {
			changed = append(changed, name)
		}
	}
	r.accept()
	r.grown = r.grown || len(changed) > 0
	r.refer(s, e, props, objectOf(kid.object))
	m := r.machine
	m.within(m.rootFrame(kid, kid.context), func() {
		if len(changed) > 0 {
			m.observe(kid, changed)
			m.finish()
		}
		m.start(kid)
	})
	host := &Host{Unit: s.owner(), View: s.view, Element: e, scope: s}
	m.render(kid, append(s.hosts[:len(s.hosts):len(s.hosts)], host), r.depth+1)
	r.accept()
}

// respond calls the handler that an element was given as a property, for an event of the native component that it is. Taro
// hands over an event of its own, which has that of the platform as mpEvent.
func (l reactLife) respond(_ *scope, a *markup.Attr, args []*Value) {
	m := l.m
	if len(a.Parts) == 0 {
		return
	}
	found, ok := m.pages.found[&a.Parts[0]]
	if !ok || !callable(found.value) {
		return
	}
	for _, ev := range args {
		for _, o := range ev.objects {
			m.setProp(o, "mpEvent", ev)
		}
	}
	m.call(found.value, undefinedValue, args, a)
}
