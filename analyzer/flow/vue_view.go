package flow

import (
	"regexp"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// The templates of components in single files. They differ from native ones in how
// a list is repeated, in handlers being expressions, and in events of components
// whose value is handed over as it is.

// vue holds what is known of single-file components.
type vue struct {
	shows map[*project.Unit]bool // whether the template of a unit has a control, once asked
	texts int                    // the work of the functions that texts of templates asked
}

// shown makes an element, or the component that it became, the value of the ref of
// <script setup> that it names.
func (l vueLife) shown(r *renderer, s *scope, e *markup.Element) {
	l.passDirectives(s, e)
	l.shows(r, s, e)
	if e.Tag == "slot" {
		l.m.showSlot(s, e)
	}
	a := e.Attr("ref")
	if a == nil {
		return
	}
	name, static := markup.Static(a.Parts)
	ref := l.m.libraryRef(s, e)
	if !static { // :ref="el => form = el"
		r.entryPoint(s.instance, a, s.iter, func() {
			if fn := s.valueOf(r.machine, s.view.File, a.Parts); runnable(fn) {
				r.call(fn, undefinedValue, []*Value{orSomething(ref)}, a)
			}
		})
		return
	}
	if ref != nil {
		s.instance.keepRef(name, ref)
	}
	v := s.instance.vars[name]
	if v == nil {
		return
	}
	target := orSomething(ref)
	if kid := s.instance.kidKeys[kidKey{element: e, iter: s.iter}]; kid != nil {
		target = objectOf(kid.object)
	}
	holder := orUndefined(v.read(r.machine))
	for _, o := range holder.objects {
		if isRef(o) && o.getters["value"] == nil {
			r.addProp(o, "value", target)
		}
	}
	if holder.unknown { // missing code made the ref, and may look at what it holds
		r.giving("ref", source.Location{File: s.view.File, Span: e.Open}).gone(target)
	}
	r.finish()
}

// passDirectives notes what directives of the program and of packages get, whose functions
// are not run: v-report="phone".
func (l vueLife) passDirectives(s *scope, e *markup.Element) {
	for _, a := range e.Attrs {
		name, ok := strings.CutPrefix(a.Raw, "v-")
		if !ok || a.Kind != markup.Directive && a.Kind != markup.Plain {
			continue
		}
		if name, _, _ = strings.Cut(name, "."); name == "" || vueDirectives[strings.Split(name, ":")[0]] {
			continue
		}
		at := source.Location{File: s.view.File, Span: a.Span}
		l.m.lose(deepTaints(s.valueOf(l.m, s.view.File, a.Parts)), finding.NotRun, a.Raw, at)
	}
}

// vueDirectives are those of Vue itself (Vue API, built-in directives, read 2026-11).
var vueDirectives = map[string]bool{
	"text": true, "html": true, "show": true, "if": true, "else": true, "else-if": true, "for": true, "on": true, "bind": true,
	"model": true, "slot": true, "pre": true, "once": true, "memo": true, "cloak": true, "is": true,
}

// staticAttr returns the literal value of an attribute of e, or "".
func staticAttr(e *markup.Element, name string) string {
	if e == nil {
		return ""
	}
	a := e.Attr(name)
	if a == nil {
		return ""
	}
	s, static := markup.Static(a.Parts)
	if !static {
		return ""
	}
	return s
}

// repetition is how an element is repeated: over what, under which names.
type repetition struct {
	list        []markup.Part
	item, index string
	inner       script.Expr // of an item taken apart: v-for="{name, value} in list"
}

// repetitionOf reads v-for="(item, index) in list", and <repeat for item index> of
// wepy; nil if e is repeated otherwise or not at all.
func (r *renderer) repetitionOf(s *scope, e *markup.Element) *repetition {
	if e.Tag == "repeat" {
		if a := e.Attr("for"); a != nil {
			r := &repetition{list: a.Parts, item: staticAttr(e, "item"), index: staticAttr(e, "index")}
			if r.item == "" {
				r.item = "item"
			}
			if r.index == "" {
				r.index = "index"
			}
			return r
		}
		return nil
	}
	a := e.Find(markup.Directive, "for")
	if a == nil || a.Raw != "v-for" {
		return nil
	}
	rep := &repetition{}
	for _, p := range a.Parts {
		if p.Expr != nil {
			rep.list = []markup.Part{p}
			break
		}
		start, end, _ := namesOfLoop(p.Text)
		for n, x := range r.patternsOf(s.view.File, a, start, end) {
			id, _ := x.(*script.Ident)
			switch {
			case n == 0 && id == nil:
				rep.inner = x
			case n == 0:
				rep.item = id.Name
			case n == 1 && id != nil:
				rep.index = id.Name
			}
		}
	}
	return rep
}

var identifiers = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z_$][\w$]*`) })

// repeat follows v-for and <repeat>, and what native components have.
func (l vueLife) repeat(r *renderer, s *scope, e *markup.Element) bool {
	rep := r.repetitionOf(s, e)
	if rep == nil {
		return l.nativeLife.repeat(r, s, e)
	}
	v := s.valueOf(r.machine, s.view.File, rep.list)
	all := r.listOf(v, 1)
	if len(all.items) == 0 && len(v.objects) == 1 && v.objects[0].kind == plainObject && !v.objects[0].open {
		o := v.objects[0]
		for _, n := range o.visible() {
			all.items, all.keys = append(all.items, r.property(o, n)), append(all.keys, textOf(n))
		}
		all.others = o.rest
	}
	r.eachItem(s, e, all, func(item, key *Value, items []*Value, iter int) {
		t := r.named(s, rep, item, key, items)
		t.iter = iter
		if a := e.Find(markup.Directive, "if"); a != nil && items != nil && r.forOthers(t, a) {
			return // Vue 2 asks v-if of each item of v-for
		}
		r.once(t, e)
	})
	return true
}

func (l vueLife) fillable(e *markup.Element) bool {
	return e.Attr("is") != nil || e.Attr("name") != nil
}

// named returns the scope of one of items.
func (r *renderer) named(s *scope, rep *repetition, item, key *Value, items []*Value) *scope {
	t := s.item(rep.item, item, rep.list)
	t.items = items
	t = t.with(rep.index, key)
	if rep.inner != nil {
		t = r.taken(t, rep.inner, func() *Value { return item })
	}
	return t
}

func (l vueLife) name(i *instance, name string) *Value {
	if name == "globalThis" { // what an assignment writes to
		return objectOf(i.object)
	}
	if i.data != i.object && i.object.getters[name] == nil {
		if v, ok := i.data.own(name); ok {
			return v
		}
	}
	if g := globals[name]; g != nil && i.object.getters[name] == nil {
		if _, own := i.object.own(name); !own {
			return g
		}
	}
	return l.m.get(objectOf(i.object), name)
}

// handler is the value of an attribute that is an expression, or nil.
func handler(a *markup.Attr) script.Expr {
	for _, p := range a.Parts {
		if p.Expr == nil && strings.TrimSpace(p.Text) != "" {
			return nil
		}
	}
	for _, p := range a.Parts {
		if p.Expr != nil {
			return p.Expr
		}
	}
	return nil
}

// handleExpr runs a handler that is an expression: if it is a function, that is
// called with what the event brings; otherwise its statements run.
func (m *machine) handleExpr(s *scope, a *markup.Attr, x script.Expr, args []*Value) {
	this := objectOf(s.instance.object)
	file := s.view.File
	ev := undefinedValue
	if len(args) > 0 {
		ev = args[0]
	}
	s = s.acting(x)
	t := s.with("$event", ev).with("arguments", m.array(a, args, nil))
	if m.program.Framework == "wepy" {
		t = t.with("$wx", ev) // version 2 calls the platform's event so
	}
	switch x := x.(type) {
	case *script.Ident:
		fn := s.instance.methods[x.Name]
		if fn == nil {
			fn = s.eval(m, file, x)
		}
		m.handle(s, a, x, fn, this, args)
	case *script.Function:
		m.call(t.eval(m, file, x), this, args, a)
	case *script.Dot:
		m.handle(s, a, x, s.eval(m, file, x), s.eval(m, file, x.X), args)
	case *script.Call:
		if m.program.Framework != "wepy" || mentions(x, "$event") || mentions(x, "$wx") {
			t.eval(m, file, x)
			return
		}
		// wepy hands the event over behind the arguments that are written.
		var given []*Value
		for _, arg := range x.Args {
			given = append(given, t.eval(m, file, arg))
		}
		m.call(s.eval(m, file, x.Fn), this, append(given, args...), a)
	case *script.Cond, *script.Binary: // a ? f : g is a function, f() || g() is not
		if v := t.eval(m, file, x); callable(v) && !v.unknown {
			m.call(v, this, args, a)
		}
	default:
		t.eval(m, file, x)
	}
}

// handle calls the function that an attribute names by x; if there is none, nothing runs. What is not known of the call is told
// of the name: none of the program's code stands at a call.
func (m *machine) handle(s *scope, a *markup.Attr, x script.Expr, fn, this *Value, args []*Value) {
	at := source.Location{File: s.view.File, Span: x.Range()}
	if _, nothing := fn.only(); nothing {
		if !m.tooEarly(fn) {
			m.noHandler(s.instance, at.Text(), args, at)
		}
		return
	}
	if fn.isUnknown() {
		outer := m.cause
		defer func() { m.cause = outer }()
		m.cause = at
	}
	m.call(fn, this, args, a)
}

// acting is the scope of a handler: in a <template name>, whose texts see its data alone, the
// function that a handler calls is still one of the page or component that shows the template.
func (s *scope) acting(x script.Expr) *scope {
	call, ok := x.(*script.Call)
	if !ok || s.data == nil {
		return s
	}
	id, ok := call.Fn.(*script.Ident)
	if !ok || s.local(id.Name) != nil {
		return s
	}
	return s.with(id.Name, s.instance.life.name(s.instance, id.Name))
}

// handleText runs a handler that names a method, with arguments in braces:
// @tap="choose({{index}}, 'home')" of wepy.
func (m *machine) handleText(s *scope, a *markup.Attr, args []*Value) {
	first := ""
	if len(a.Parts) > 0 {
		first = a.Parts[0].Text
	}
	if len(a.Parts) == 1 && a.Parts[0].Expr != nil { // bindtap="{{ready ? 'save' : 'check'}}"
		names, others := s.valueOf(m, s.view.File, a.Parts).keys()
		for _, name := range names {
			m.call(m.get(objectOf(s.instance.object), name), objectOf(s.instance.object), args, a)
		}
		if len(names) > 0 && !others {
			return
		}
	}
	name, rest, called := strings.Cut(strings.TrimSpace(first), "(")
	name = strings.TrimSpace(name)
	fn := s.instance.methods[name]
	if fn == nil {
		fn = m.get(objectOf(s.instance.object), name)
	}
	if !runnable(fn) {
		at := source.Location{File: s.view.File, Span: a.Span}
		if word := identifiers().FindString(name); word != name || name == "" { // no name: an expression that was not parsed
			for _, v := range args {
				m.lose(deepTaints(v), finding.Unparsed, s.view.File.Slice(a.ValueSpan), at)
			}
		}
		m.noHandler(s.instance, name, args, at)
		return
	}
	var given []*Value
	behind := args // wepy hands the event over behind the arguments that are written, unless they name it
	for i, p := range a.Parts {
		if !called {
			break
		}
		if p.Expr != nil {
			given = append(given, s.eval(m, s.view.File, p.Expr))
			continue
		}
		words := p.Text
		if i == 0 {
			words = rest
		}
		for _, word := range strings.Split(words, ",") {
			switch word = strings.Trim(word, " '\")"); word {
			case "":
			case "$wx", "$event":
				given, behind = append(given, args...), nil
			default:
				given = append(given, textOf(word))
			}
		}
	}
	m.call(fn, objectOf(s.instance.object), append(given, behind...), a)
}

func (l vueLife) respond(s *scope, a *markup.Attr, args []*Value) {
	if l.heard(s, a, args) {
		return
	}
	if x := handler(a); x != nil && !strings.Contains(s.view.File.Slice(a.ValueSpan), "{{") {
		l.m.handleExpr(s, a, x, args)
		return
	}
	l.m.handleText(s, a, args)
}

// Programs of single-file components wrap every page in the same layout. Uses of a
// component that cannot differ in what they collect are made only so many times.
var (
	maxAlike  = 2  // of an element that passes nothing to the component
	maxSilent = 12 // of a component that shows no control and that nobody listens to
)

func (l vueLife) enough(s *scope, el *markup.Element, u *project.Unit) bool {
	m := l.m
	if s.instance.kidKeys[kidKey{element: el, iter: s.iter}] != nil {
		return false // it is there, and may have got something new
	}
	return m.pages.uses[el] >= maxAlike && !passes(el) || m.pages.made[u] >= maxSilent && !listens(el) && !m.showsControl(u)
}

// passed leaves a two-way binding to the component, which emits what it writes. Only wepy 1 writes back by itself, if
// the component declares the property as twoWay and is bound with .sync or .once (wepy 1.7.2, component.js, $mappingProps).
func (l vueLife) passed(r *renderer, s *scope, a *markup.Attr, kid *instance, name string) {
	if !kid.twoWay[name] || !strings.HasSuffix(a.Raw, ".sync") && !strings.HasSuffix(a.Raw, ".once") {
		return
	}
	if back, ok := kid.data.own(name); ok {
		r.assign(s, a, back)
	}
}

// passes reports whether an element hands a component anything that depends on its
// place.
func passes(e *markup.Element) bool {
	for _, a := range e.Attrs {
		_, static := markup.Static(a.Parts)
		if !static && a.Kind != markup.Directive {
			return true
		}
	}
	return listens(e)
}

// listens reports whether an element takes anything from a component.
func listens(e *markup.Element) bool {
	return hasEvent(e) || e.Attr("ref") != nil
}

// showsControl reports whether the template of a unit, or of the components that it
// uses, has a control.
func (m *machine) showsControl(u *project.Unit) bool {
	if known, ok := m.vue.shows[u]; ok || u.View == nil || u.View.Tree == nil {
		return known
	}
	m.vue.shows[u] = false // in progress, for components inside themselves
	m.vue.shows[u] = markup.Any(u.View.Nodes(), func(el *markup.Element) bool {
		using := u.Components[el.Tag]
		if using != nil && using.Unit != nil && using.Unit.Library == "" {
			return m.showsControl(using.Unit)
		}
		return isControl(el, using)
	})
	return m.vue.shows[u]
}

// emitted tells the user of a component what it emits: handlers get the values as
// they are, and a two-way binding is written.
func (m *machine) emitted(s *scope, host *markup.Element, name string, args []*Value, site any) {
	for _, a := range host.Attrs {
		bound := a.Kind == markup.Event && flatName(a.Name) == name
		model := a.Kind == markup.Model && writes(a, name)
		if !bound && !model {
			continue
		}
		m.nested(s.instance, site, a, s.iter, func() {
			if model && len(args) > 0 {
				m.assign(s, a, args[0])
				return
			}
			s.instance.life.respond(s, a, args)
		})
	}
}

// writes reports whether an event of a component writes a two-way binding: input
// and update:modelValue for v-model, update:x for v-model:x and :x.sync.
func writes(a *markup.Attr, event string) bool {
	if property, ok := strings.CutPrefix(event, "update:"); ok {
		model, _, _ := strings.Cut(a.Raw, ".") // without v-model.trim
		return property == flatName(a.Name) || model == "v-model" && property == "modelvalue"
	}
	return event == "input" && strings.HasPrefix(a.Raw, "v-model")
}

// entered gives the event of a control in a single-file component what was entered in
// the places where handlers look for it, besides detail. A plain one is an event of the platform.
func (m *machine) entered(ev *Value, e *markup.Element, detail *Value, plain bool) *Value {
	v := m.get(detail, "value")
	for _, o := range ev.objects {
		if m.program.Framework == "wepy" {
			m.setProp(o, "$wx", objectOf(o)) // version 2 wraps the platform's event
		}
		for _, t := range m.get(ev, "target").objects {
			m.setProp(t, "value", v)
		}
		if !plain {
			m.setProp(o, "value", v)
		}
	}
	if plain {
		return ev
	}
	if compound(e.Tag) && e.Attr("open-type") != nil {
		return join(ev, detail) // buttons of libraries hand over the detail itself
	}
	if len(detail.taints()) == 0 {
		return ev
	}
	return join(ev, taintOnly(detail.taints())) // libraries hand over the value itself
}

// triggers reports whether e is a component of a library that triggers events of the platform: what it hands over is in
// their detail, and their target is e. Those of a library for the framework emit the value itself.
func (m *machine) triggers(s *scope, e *markup.Element) bool {
	u := s.instance.unit.Components[e.Tag]
	if u == nil || u.Unit == nil {
		return u != nil && project.NativeKit(u.Library)
	}
	return u.Unit.Library != "" && !u.Unit.Single && !u.Unit.Scripted
}

// plainControl reports whether e is a control of the platform, and none that a library calls
// the same: <Input> of @nutui/nutui-react-taro.
func (m *machine) plainControl(e *markup.Element) bool {
	return nativeControls[strings.ToLower(e.Tag)] && !m.react.kits[e]
}

func (l vueLife) event(s *scope, ev *Value, e *markup.Element, detail *Value) []*Value {
	platform, plain := ev, l.m.plainControl(e) || l.m.triggers(s, e)
	ev = l.m.entered(ev, e, detail, plain)
	if compound(e.Tag) && !plain {
		if isForm(e) {
			ev = join(ev, detail) // forms of libraries hand over the values themselves
		}
		return behind(ev, platform)
	}
	return []*Value{ev}
}

func (l vueLife) handlers(s *scope, a *markup.Attr) []Handler { return []Handler{l.m.handlerOf(s, a)} }

// handlerOf describes the handler of a control, whose attribute is an expression.
func (m *machine) handlerOf(s *scope, a *markup.Attr) Handler {
	h := Handler{Event: a.Name, Attr: a, Name: caption(s, a), Found: true}
	fn := s.instance.methods[h.Name]
	if fn == nil {
		fn = m.get(objectOf(s.instance.object), h.Name)
	}
	for _, o := range fn.objects {
		if o.kind == functionObject && o.fn.target != nil && len(o.fn.target.objects) == 1 {
			o = o.fn.target.objects[0]
		}
		if o.kind == functionObject && o.fn.fn != nil {
			h.Func = source.Location{File: o.fn.fn.File, Span: o.fn.fn.Span}
		}
	}
	return h
}
