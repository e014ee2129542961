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

// Controls and what people do with them: which elements bring a value, and how the
// events that elements bind are fired.

// nativeControls are the native elements that bring a value.
var nativeControls = map[string]bool{
	"input": true, "textarea": true, "picker": true, "picker-view": true, "editor": true, "switch": true,
	"slider": true, "radio-group": true, "checkbox-group": true, "camera": true, "live-pusher": true, "voip-room": true,
	"functional-page-navigator": true, "open-data": true, "ocr-navigator": true,
}

func isControl(e *markup.Element, u *project.Using) bool {
	if nativeControls[strings.ToLower(e.Tag)] || u != nil || e.Attr("open-type") != nil {
		return true
	}
	// <Cell.Input/> binds nothing: a form around it takes the text.
	return compound(e.Tag) && (hasEvent(e) || platform.ComponentByTag(e.Tag).Typed())
}

// compound reports whether a tag is made of several words, as those of libraries are:
// van-field, VanField.
func compound(tag string) bool {
	return strings.Contains(tag, "-") || len(tag) > 1 && strings.ToLower(tag[1:]) != tag[1:]
}

func hasEvent(e *markup.Element) bool {
	for _, a := range e.Attrs {
		if a.Kind == markup.Event || a.Kind == markup.Model {
			return true
		}
	}
	return false
}

// control records an element that brings a value and fires its events.
func (r *renderer) control(s *scope, e *markup.Element, u *project.Using) {
	r.draw(controlDraw)
	c := r.recordControl(s, e, u)
	r.keepNode(s, e, c)
	if r.leaves() {
		r.finish()
		return
	}
	org := c.origin
	if kind, ok := s.strange(e, u); ok && !platform.HasTag(e.Tag) {
		all := org.value()
		for _, o := range r.openTypes(s, e) {
			for _, y := range o.Yields {
				all = join(all, r.handedOrigin(c, o.Name, y.Path).value())
			}
		}
		r.lose(all.taints(), kind, "<"+e.Tag+">", source.Location{File: s.view.File, Span: e.Open})
	}
	if r.form != nil {
		c.Form = r.form.element
		if a := e.Attr("name"); a != nil {
			v := org.value()
			if inert(e) { // what the program put there
				v = unknownValue
			}
			r.addFormValue(s, a, join(v, r.shownIn(s, e)))
		}
	}
	for _, a := range e.Attrs {
		if a.Kind == markup.Model {
			v := note(org.value(), lang.Text{ZH: "双向绑定写入页面数据", EN: "two-way binding writes it into page data"},
				source.Location{File: s.view.File, Span: a.Span})
			r.assign(s, a, v)
		}
	}
	r.sendsItself(s, e, c, u)
	r.finish()
	r.events(s, e, c)
	if compound(e.Tag) {
		r.formats(s, e, org)
	}
}

// behind is what handlers get from a component of a library: the event, or something else,
// comes behind the value.
func behind(value, event *Value) []*Value { return []*Value{value, join(event, unknownValue)} }

// formatting are the properties of controls of kits that take a function of the value: what is
// shown for it, what is kept for it, whether it may be (nutui.jd.com/taro, vant-ui.github.io,
// taroify.github.io; read 2026-11).
var formatting = map[string]bool{
	"formatter": true, "format": true, "parser": true, "normalize": true, "validator": true, "beforechange": true,
}

// formats calls the functions that a control of a library is given, with what was entered, as
// the library does, and puts what they return into what the control is bound to:
//
//	<nut-input v-model="shown" :formatter="v => { typed = v; return group(v) }" />
func (r *renderer) formats(s *scope, e *markup.Element, org *origin) {
	for _, a := range e.Attrs {
		if !formatting[flatName(a.Name)] || len(a.Parts) != 1 {
			continue
		}
		fn := s.valueOf(r.machine, s.view.File, a.Parts)
		if !runnable(fn) {
			continue
		}
		r.entryPoint(s.instance, a, s.iter, func() {
			shown := r.call(fn, undefinedValue, []*Value{handed(s, a, org), unknownValue}, a)
			for _, model := range e.Attrs {
				if model.Kind == markup.Model {
					r.assign(s, model, shown)
				}
			}
		})
	}
}

// inert reports whether nobody can enter anything into e: it is always disabled, or never
// shown.
func inert(e *markup.Element) bool {
	if alwaysTrue(e.Attr("disabled")) || alwaysTrue(e.Attr("hidden")) {
		return true
	}
	a := e.Attr("style")
	if a == nil {
		return false
	}
	style, static := markup.Static(a.Parts)
	return static && strings.Contains(strings.ReplaceAll(style, " ", ""), "display:none")
}

// alwaysTrue reports whether an attribute is there and true: disabled, disabled="true",
// disabled="{{true}}".
func alwaysTrue(a *markup.Attr) bool {
	if a == nil || !a.HasValue {
		return a != nil
	}
	if text, static := markup.Static(a.Parts); static {
		return text != "" && text != "false"
	}
	if len(a.Parts) != 1 {
		return false
	}
	b, ok := a.Parts[0].Expr.(*script.Bool)
	return ok && b.Value
}

// shownIn is the collected data that e shows as its value, which the form hands over
// if the person does not change it.
func (r *renderer) shownIn(s *scope, e *markup.Element) *Value {
	a := e.Attr("value")
	if a == nil {
		return nil
	}
	ts := s.valueOf(r.machine, s.view.File, a.Parts).taints()
	if len(ts) == 0 {
		return nil
	}
	return note(taintOnly(ts), lang.Text{ZH: "显示在表单中", EN: "shown in the form"}, source.Location{File: s.view.File, Span: a.Span})
}

// addFormValue makes v what the form hands over under a name.
func (r *renderer) addFormValue(s *scope, name *markup.Attr, v *Value) {
	names, others := s.valueOf(r.machine, s.view.File, name.Parts).keys()
	at := source.Location{File: s.view.File, Span: name.Span}
	for f := r.form; f != nil; f = f.outer {
		for _, n := range names {
			if n != "" {
				v := note(v, lang.Text{ZH: "在表单中名为 " + n, EN: "part of the form as " + n}, at)
				r.addProp(f.values, n, v)
			}
		}
		if others {
			r.addRest(f.values, v)
		}
	}
}

// valueEvents are the events whose detail is what the person entered.
var valueEvents = map[string]bool{
	"input": true, "change": true, "blur": true, "confirm": true, "focus": true, "enter": true, "search": true,
	"submit": true, "columnchange": true, "pick": true, "keyboardcomplianceresult": true, "nicknamereview": true,
	"done": true, "select": true, "updatemodelvalue": true, "valuechange": true, "iconinput": true, "complete": true,
	"update:modelvalue": true, "update:value": true,
}

// events fires every event that e binds, each as an entry point of its own.
func (r *renderer) events(s *scope, e *markup.Element, c *controlRecord) {
	if hasEvent(e) && r.leaves() {
		return
	}
	opens := r.openTypes(s, e)
	for _, a := range e.Attrs {
		if a.Kind != markup.Event || a.Name == "submit" && r.form != nil && r.form.element == e {
			continue
		}
		if given := r.submitted(s, e, a); given != nil {
			r.fireAttr(s, e, a, given)
			continue
		}
		if c == nil {
			r.tap(s, e, a)
			continue
		}
		r.fireAttr(s, e, a, r.detail(s, e, a, c, opens))
	}
}

// bubbling are the events that reach a component's host from the elements inside
// it (WeChat documentation, events: those that bubble), with their names on
// other platforms.
var bubbling = map[string]bool{
	"tap": true, "click": true, "longpress": true, "longtap": true, "touchstart": true, "touchend": true,
}

// bubbles notes the events that reach the host of a component without the
// component's doing.
func (r *renderer) bubbles(s *scope, e *markup.Element) {
	for _, a := range e.Attrs {
		if a.Kind == markup.Event && bubbling[a.Name] && !r.leaves() {
			r.tap(s, e, a)
		}
	}
}

// dataValue evaluates a data-* attribute.
func dataValue(m *machine, s *scope, a *markup.Attr) *Value {
	return note(s.valueOf(m, s.view.File, a.Parts), lang.Text{ZH: "经 data-" + a.Name + " 传出", EN: "handed over by data-" + a.Name},
		source.Location{File: s.view.File, Span: a.Span})
}

// detail makes the detail of an event of a control.
func (r *renderer) detail(s *scope, e *markup.Element, a *markup.Attr, c *controlRecord, opens []*platform.OpenType) *Value {
	var given *Object
	for _, o := range opens {
		if o.Event == a.Name && len(o.Yields) > 0 {
			if given == nil {
				given = r.object(plainObject, itemSite(a, s.iter))
			}
			r.yield(given, o.Yields, o.Fields, a, func(path string) *Value { return handed(s, a, r.handedOrigin(c, o.Name, path)) })
		}
	}
	if given != nil {
		return objectOf(given)
	}
	if r.bringsTag(s, e, a.Name) {
		d := r.object(plainObject, itemSite(a, s.iter))
		r.yield(d, []platform.Yield{{}}, nil, a, func(string) *Value { return handed(s, a, c.origin) })
		return objectOf(d)
	}
	if len(opens) > 0 || inert(e) || !r.bringsValue(s, e, a.Name) {
		return unknownValue
	}
	v := handed(s, a, c.origin)
	d := r.object(plainObject, itemSite(a, s.iter))
	r.setProp(d, "value", v)
	if own := platform.NativeComponent(e.Tag); own != nil {
		for _, part := range own.Parts {
			r.setProp(d, part, v)
		}
	}
	if mode := e.Attr("mode"); mode != nil && e.Tag == "picker" {
		for _, t := range s.texts(s.view.File, mode.Parts) {
			if t.String == "region" { // WeChat documentation, picker: detail = {value, code, postcode}
				r.setProp(d, "code", v)
				r.setProp(d, "postcode", v)
			}
		}
	}
	r.setOpen(d, true)
	if nativeControls[e.Tag] {
		return objectOf(d)
	}
	return join(objectOf(d), v) // libraries hand over the value itself, or an object
}

// bringsValue reports whether event brings what a person entered into e.
func (r *renderer) bringsValue(s *scope, e *markup.Element, event string) bool {
	if valueEvents[event] {
		return true
	}
	own := r.unseenField(s, e) || uploads(e, r.using(s, e)) // with names of their own for events
	return own && !bubbling[event]
}

// bringsTag reports whether event brings what the platform hands over for an element that
// is no form control, such as <ocr-navigator>.
func (r *renderer) bringsTag(s *scope, e *markup.Element, event string) bool {
	for _, t := range platform.Tags() {
		if t.Name != e.Tag || t.Event != event || event == "" {
			continue
		}
		a := e.Attr(t.Attr)
		if t.Attr == "" || a != nil && slices.ContainsFunc(s.texts(s.view.File, a.Parts), func(x Text) bool { return t.Fits(x.String) }) {
			return true
		}
	}
	return false
}

// unseenField reports whether e is a field of a library whose files are not in the tree.
// Such libraries have names of their own for the events that bring the value.
func (r *renderer) unseenField(s *scope, e *markup.Element) bool {
	if e.Attr("label") == nil && e.Attr("placeholder") == nil {
		return false
	}
	if u := r.using(s, e); u != nil {
		return u.Unit == nil
	}
	return compound(e.Tag) && !nativeControls[e.Tag]
}

// handed is the datum on its way to the handler that a names.
func handed(s *scope, a *markup.Attr, org *origin) *Value {
	name := caption(s, a)
	return note(org.value(), lang.Text{ZH: "传给处理函数 " + name, EN: "handed to handler " + name},
		source.Location{File: s.view.File, Span: a.Span})
}

// submit fires the submit of a form with the values of its controls.
func (r *renderer) submit(s *scope, e *markup.Element) {
	a := e.Find(markup.Event, "submit")
	if a == nil || r.leaves() {
		return
	}
	d := r.object(plainObject, itemSite(a, s.iter))
	r.setProp(d, "value", objectOf(r.form.values))
	r.setOpen(d, true)
	r.setOpen(r.form.values, true)
	r.accept()
	r.fireAttr(s, e, a, join(objectOf(d), r.submitted(s, e, a)))
}

// fireAttr runs the handler that a names as an entry point: again, too, if the event has
// got something else to bring, as that of a button whose open-type depends on a box, or the
// item of a list that it names has.
func (r *renderer) fireAttr(s *scope, e *markup.Element, a *markup.Attr, detail *Value) {
	entry := s.instance.context.child(a, nil, s.iter).entryPoint()
	if brought := append([]*Value{detail}, namedLocals(s, a)...); !entry.covers(brought) {
		entry.ran, entry.dataset = 0, brought
	}
	r.entryPoint(s.instance, a, s.iter, func() {
		ev := r.event(s, e, r.marks, a.Name, detail, nil)
		life := s.instance.life
		life.respond(s, a, life.event(s, ev, e, detail))
	})
}

// event makes the event object that a handler gets. The dataset is evaluated in
// s unless it is given.
func (m *machine) event(s *scope, e *markup.Element, marks []*markup.Attr, name string, detail *Value, given []*Value) *Value {
	ev := m.object(plainObject, site{e, "event"})
	target := m.object(plainObject, site{e, "target"})
	dataset := m.object(plainObject, site{e, "dataset"})
	mark := m.object(plainObject, site{e, "mark"})
	for _, a := range e.Attrs {
		if a.Kind != markup.Data {
			continue
		}
		if given != nil {
			m.setProp(dataset, a.Name, given[0])
			given = given[1:]
			continue
		}
		m.setProp(dataset, a.Name, dataValue(m, s, a))
	}
	for _, a := range marks {
		m.setProp(mark, a.Name, s.valueOf(m, s.view.File, a.Parts))
	}
	if a := e.Attr("id"); a != nil {
		m.setProp(target, "id", s.valueOf(m, s.view.File, a.Parts))
	}
	m.setProp(target, "dataset", objectOf(dataset))
	m.setOpen(target, true)
	for _, n := range [...]string{"currentTarget", "target"} {
		m.setProp(ev, n, objectOf(target))
	}
	m.setProp(ev, "mark", objectOf(mark))
	m.setProp(ev, "type", m.nameOf(name))
	m.setProp(ev, "detail", detail)
	if m.program.Framework == "mpvue" || m.program.Framework == "uni-app" {
		m.setProp(ev, "mp", objectOf(ev)) // mpvue wraps the platform's event, and uni-app keeps to that name
		m.setProp(ev, "target", m.targetOf(e, target, detail))
	}
	if m.program.Framework == "taro" { // (Taro 3 and 4, packages/taro-runtime/src/dom/event.ts, TaroEvent; read 2026-12)
		merged := m.targetOf(e, target, detail)
		m.setProp(ev, "target", merged)
		m.setProp(ev, "currentTarget", merged)
	}
	m.setOpen(ev, true)
	return objectOf(ev)
}

// targetOf is the target of the event of e that the runtime of mpvue or uni-app hands on: a copy with the
// fields of the detail in it, which win, whichever element or native component the event is of (mpvue,
// platforms/mp/runtime/events.js, getWebEventByMP; uni-mp-core, patchMPEvent; read 2026-11).
// currentTarget stays as it was.
func (m *machine) targetOf(e *markup.Element, target *Object, detail *Value) *Value {
	if detail == nil || len(detail.objects) == 0 {
		return objectOf(target)
	}
	made := m.object(plainObject, site{e, "copied target"})
	m.copyInto(made, objectOf(target))
	m.copyInto(made, detail)
	return objectOf(made)
}

// fire calls the handlers of an event that a component triggers, at once.
func (m *machine) fire(s *scope, host *markup.Element, name string, detail *Value, site any) {
	switch {
	case s == nil:
		return
	case m.frame.depth > m.limits.depth-8:
		m.limit("depth")
		m.lose(deepTaints(detail), finding.Limit, name, m.here())
		return
	}
	for _, a := range host.Attrs {
		if a.Kind != markup.Event || flatName(a.Name) != name {
			continue
		}
		m.nested(s.instance, site, a, s.iter, func() {
			s.instance.life.respond(s, a, []*Value{m.event(s, host, nil, name, detail, nil)})
		})
	}
}

// caption names a handler in a report.
func caption(s *scope, a *markup.Attr) string {
	name, static := markup.Static(a.Parts)
	if !static {
		name = strings.TrimSpace(s.view.File.Slice(a.ValueSpan))
	}
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	if r := []rune(name); len(r) > 30 {
		name = string(r[:30]) + "…"
	}
	return name
}

// emitAll is $emit: unlike triggerEvent, it hands over its arguments unchanged.
func emitAll(m *machine, c *call) *Value {
	names := m.eventNames(c)
	for _, o := range c.this.objects {
		if i := o.instance; i != nil && i.host != nil {
			i.life.emit(c, i, names)
		}
		m.tellListeners(c, o)
	}
	return undefinedValue
}

// tellListeners calls what listens to events of o by itself: this.$on('saved', f), which a component
// below may emit, too: this.$parent.$emit('saved').
func (m *machine) tellListeners(c *call, o *Object) {
	names, _ := c.arg(0).keys()
	for k, n := range names {
		if fn, ok := o.read("on:" + n); ok {
			m.call(fn, objectOf(o), c.rest(1), itemSite(c.site, k))
		}
	}
}
