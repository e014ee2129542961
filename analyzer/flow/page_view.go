package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What rendering costs.
const (
	controlDraw = 8 // elements for which one counts that brings a value or is a component
	elementWork = 4 // units of work for one element
)

// drawing is what was rendered of the present page, with the components in it.
type drawing struct {
	drawn int
	once  map[any]bool // includes, templates and uses of components
}

// draw counts n elements.
func (r *renderer) draw(n int) {
	r.pages.drawn += n
	r.total += n * elementWork
}

// crowded reports whether the page has so many elements that from now on nothing is
// rendered twice: a loop shows one item in place of all, and what a loop, an
// include or a component has shown is not shown again. Otherwise loops inside
// loops, and includes that include, would grow exponentially with their depth.
func (r *renderer) crowded() bool { return r.pages.drawn > r.limits.drawn }

// again reports whether the page is crowded and what was rendered in it before.
func (r *renderer) again(what any) bool {
	if r.crowded() && r.pages.once[what] {
		r.limit(Elements)
		return true
	}
	r.pages.once[what] = true
	return false
}

// counted are the items of a loop over a number, wx:for="{{10}}" or v-for="n in 10", of which the
// first is from; nil if v is no number that is known, or a large one.
func (r *renderer) counted(v *Value, from int) (items []*Value) {
	c, ok := v.only()
	if !ok || c.kind != number || c.num > float64(r.limits.items) {
		return nil
	}
	for n := range int(c.num) {
		items = append(items, numberOf(float64(from+n)))
	}
	return items
}

// renderer walks the view of an instance as the platform would render it, makes
// the components it uses, and fires the events that its elements bind.
type renderer struct {
	*machine
	instance *instance
	form     *form
	around   *markup.Element // of elements in scripts: what shows them
	filled   *instance       // the component whose slots the elements fill; nil for none
	missing  string          // tag of a component around, of which nothing is known; "" for none
	marks    []*markup.Attr
	tapped   bool // inside an element on which a person can tap
	depth    int
	shown    map[*markup.Element][]*Value // data that each template was rendered with
	hides    map[*project.View]bool       // whether a template file has controls, once asked
	taps     map[tapKey]*tap
	order    []*tap
}

// form collects the values of the named controls in a <form>.
type form struct {
	element *markup.Element
	values  *Object
	outer   *form // the form around it, which gets these values, too
}

// form returns the values of a form of i, those of earlier rounds included.
func (i *instance) form(m *machine, e *markup.Element, iter int) *Object {
	k := kidKey{element: e, iter: iter}
	if i.forms[k] == nil {
		if i.forms == nil {
			i.forms = map[kidKey]*Object{}
		}
		i.forms[k] = m.newObject(plainObject)
	}
	return i.forms[k]
}

// render walks the whole view of i.
func (m *machine) render(i *instance, hosts []*Host, depth int) {
	if i.unit.View == nil || i.unit.View.Tree == nil || depth > m.limits.nest {
		return
	}
	if depth == 0 {
		m.pages.drawing = drawing{once: map[any]bool{}}
	}
	if !m.attempt(i.path(), func() { i.life.render(i, hosts, depth) }) {
		m.finish()
	}
}

func (r *renderer) nodes(s *scope, nodes []markup.Node) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *markup.Element:
			r.element(s, n)
		case *markup.Text:
			if r.tapped {
				r.digit(s, n)
			}
		}
	}
}

func (r *renderer) element(s *scope, e *markup.Element) {
	if r.stopped() {
		return
	}
	r.draw(1)
	if e.Find(markup.Directive, markup.Elsewhere) != nil {
		return
	}
	if a := e.Find(markup.Directive, "if"); a != nil && (alwaysFalse(a) || r.forOthers(s, a)) {
		return
	}
	if a := e.Find(markup.Directive, "elif"); a != nil && r.forOthers(s, a) {
		return
	}
	if r.branchBefore(s, e) {
		return
	}
	if !s.instance.life.repeat(r, s, e) {
		r.once(s, e)
	}
}

// forOthers reports whether a condition is false for this item of a loop and true
// for another, as in a list of fields in which each names its kind of control. A
// condition that is false for all may become true later.
func (r *renderer) forOthers(s *scope, a *markup.Attr) bool { return r.apart(s, a, false) }

// branchBefore reports whether a branch before e is that of this item of a loop, and not of another:
//
//	<input v-if="item.key === 'phone'" /> <input v-else />   of rows of which some are no phone
func (r *renderer) branchBefore(s *scope, e *markup.Element) bool {
	another := e.Find(markup.Directive, "elif") != nil || e.Find(markup.Directive, "else") != nil
	if !another || s.loop() == nil {
		return false
	}
	branches := s.view.Tree.BranchesBefore(e)
	r.draw(len(branches))
	return slices.ContainsFunc(branches, func(a *markup.Attr) bool { return r.apart(s, a, true) })
}

// apart reports whether a condition certainly has this answer for this item of a loop, and
// certainly the other for another item.
func (r *renderer) apart(s *scope, a *markup.Attr, answer bool) bool {
	loop := s.loop()
	if loop == nil || len(a.Parts) != 1 || a.Parts[0].Expr == nil || !mentions(a.Parts[0].Expr, loop.name) {
		return false
	}
	certain := func(s *scope, answer bool) bool {
		canTrue, canFalse := s.valueOf(r.machine, s.view.File, a.Parts).truth()
		return answer && !canFalse || !answer && !canTrue
	}
	if !certain(s, answer) {
		return false
	}
	return slices.ContainsFunc(loop.items, func(v *Value) bool {
		return v != loop.value && certain(s.with(loop.name, orUndefined(v)), !answer)
	})
}

// alwaysFalse reports whether a condition is the literal false.
func alwaysFalse(a *markup.Attr) bool {
	if len(a.Parts) != 1 {
		return false
	}
	b, ok := a.Parts[0].Expr.(*script.Bool)
	return ok && !b.Value
}

// once renders one element for one item.
func (r *renderer) once(s *scope, e *markup.Element) {
	switch e.Tag {
	case "import", "wxs", "import-sjs", "filter":
		return
	case "include":
		v := s.view.Includes[e]
		if v != nil && r.depth >= r.limits.nest {
			r.limit(Elements)
		} else if v != nil && v.Tree != nil && !r.again(v) {
			t := *s
			t.view = v
			r.depth++
			r.nodes(&t, v.Tree.Nodes)
			r.depth--
		}
		return
	case "template":
		if s.instance.life.fillable(e) {
			r.template(s, e)
			return
		}
	case "component":
		r.dynamic(s, e)
	default:
		r.opens(s, e, e.Tag, func(name string) *Value {
			if a := e.Attr(name); a != nil {
				return s.valueOf(r.machine, s.view.File, a.Parts)
			}
			return nil
		})
	}
	s.instance.life.given(s, e)
	scopes := s.instance.life.inside(r, s, e)
	if scopes == nil {
		r.put(s, e)
	}
	for _, t := range scopes {
		r.put(t, e)
	}
}

// put shows e and what is in it.
func (r *renderer) put(s *scope, e *markup.Element) {
	using := r.using(s, e)
	outerFilled := r.filled
	if e.Tag != "block" && e.Tag != "template" {
		r.filled = nil
	}
	outerForm, outerMarks, outerTapped := r.form, r.marks, r.tapped
	if e.Tag == "form" || strings.HasSuffix(e.Tag, "-form") {
		r.form = &form{element: e, values: s.instance.form(r.machine, e, s.iter), outer: outerForm}
	}
	for _, a := range e.Attrs {
		if a.Kind == markup.Mark {
			r.marks = append(r.marks[:len(r.marks):len(r.marks)], a)
		}
	}
	r.passStrange(s, e, using)
	if using != nil && using.Unit != nil && using.Unit.Library == "" {
		r.keepNode(s, e, nil)
		r.component(s, e, using)
		r.filled = s.instance.kidKeys[kidKey{element: e, iter: s.iter}]
		r.bubbles(s, e)
	} else if using == nil && s.instance.life.draws(r, s, e) {
		r.keepNode(s, e, nil)
	} else if isControl(e, using) && r.formValues(s, e) == nil {
		r.control(s, e, using)
	} else {
		r.keepNode(s, e, nil)
		r.events(s, e, nil)
	}
	r.tapped = r.tapped || tappable(e)
	s.instance.life.shown(r, s, e)
	scopes := s.instance.life.within(r, s, e, r.filled)
	if scopes == nil {
		r.nodes(s, e.Children)
	}
	for _, t := range scopes {
		r.nodes(t, e.Children)
	}
	if r.form != outerForm {
		r.submit(s, e)
	}
	r.form, r.marks, r.tapped, r.filled = outerForm, outerMarks, outerTapped, outerFilled
}

// using is the component that e is: that which the user of its component names, if it stands for
// any (generic:row="my-row").
func (r *renderer) using(s *scope, e *markup.Element) *project.Using {
	u := s.instance.unit.Components[e.Tag]
	if u != nil && u.Generic && s.instance.host != nil {
		for _, a := range s.instance.host.Attrs {
			if name, static := markup.Static(a.Parts); a.Kind == markup.Generic && a.Name == e.Tag && static {
				return cmp.Or(s.instance.parent.unit.Components[name], u)
			}
		}
	}
	return u
}

// template renders <template is data>.
func (r *renderer) template(s *scope, e *markup.Element) {
	is := e.Attr("is")
	if is == nil {
		return
	}
	names, others := s.valueOf(r.machine, s.view.File, is.Parts).keys()
	if len(names) == 0 {
		for _, t := range literals(s.view.File, is.Parts) {
			names = append(names, t.String)
		}
	}
	if others && !slices.ContainsFunc(names, func(n string) bool { return r.hasTemplate(s.view, n) }) {
		names = r.templateNames(s.view)
	}
	for _, n := range names {
		def, view := r.findTemplate(s.view, n)
		if def == nil {
			continue
		}
		t := &scope{machine: s.machine, instance: s.instance, view: view, hosts: s.hosts, iter: r.iteration(s.iter, e, 0),
			data: objectOf(r.object(plainObject, itemSite(e, s.iter)))}
		if d := e.Attr("data"); d != nil && len(d.Parts) > 0 {
			t.data = s.valueOf(r.machine, s.view.File, d.Parts)
		}
		if r.repeats(def, view, t.data) || r.again(def) {
			continue
		}
		if r.depth >= r.limits.nest {
			r.cut(view)
			continue
		}
		r.depth++
		r.nodes(t, def.Children)
		r.depth--
	}
}

// repeats reports whether a template was already rendered with the same data, or
// often enough. Templates that draw rich text use each other in every branch;
// without this the work would grow exponentially with their depth.
func (r *renderer) repeats(def *markup.Element, view *project.View, data *Value) bool {
	seen := r.shown[def]
	for _, old := range seen {
		if sameData(old, data) {
			return true
		}
	}
	if len(seen) >= r.limits.same {
		r.cut(view)
		return true
	}
	if r.shown == nil {
		r.shown = map[*markup.Element][]*Value{}
	}
	r.shown[def] = append(seen, data)
	return false
}

// cut notes that a limit keeps a template of view from being rendered. Those that draw
// rich text hide nothing: no file of theirs has a control.
func (r *renderer) cut(view *project.View) {
	hides, known := r.hides[view]
	if !known {
		hides = hasControl(view.Tree.Nodes)
		if r.hides == nil {
			r.hides = map[*project.View]bool{}
		}
		r.hides[view] = hides
	}
	if hides {
		r.limit(Elements)
	}
}

// hasControl reports whether there is a control among nodes or below.
func hasControl(nodes []markup.Node) bool {
	return markup.Any(nodes, func(e *markup.Element) bool { return isControl(e, nil) })
}

// sameData reports whether old shows all that new can show, looking one level
// into objects.
func sameData(old, new *Value) bool {
	if old == new || old.covers(new) {
		return true
	}
	if len(old.objects) != 1 || len(new.objects) != 1 || old.unknown != new.unknown {
		return false
	}
	a, b := old.objects[0], new.objects[0]
	for _, p := range b.props {
		if v, ok := a.own(p.name); p.value != nil && (!ok || !v.covers(p.value)) {
			return false
		}
	}
	return b.rest == nil || a.rest != nil && a.rest.covers(b.rest)
}

// pass makes v a possibility of a property that kid is given, and reports whether it is
// a new one.
func (m *machine) pass(kid *instance, name string, v *Value) bool {
	old, _ := kid.data.own(name)
	if def := kid.defaults[name]; def != nil && !v.maybeAbsent() {
		same := def.pure() && def.covers(v) && v.covers(def) // a label that is the default is written there
		if !same {
			old = nil // the element always passes something
		}
		delete(kid.defaults, name)
	}
	n := join(old, v)
	m.handStranger(kid, v, m.here())
	if old != nil && n == old {
		return false
	}
	m.setProp(kid.data, name, n)
	place{object: kid.data, index: int32(kid.data.find(name)), slot: propSlot}.change(m.epoch)
	return true
}

// dynamic renders <component :is>: the components that its value names, or any that the
// script registers.
func (r *renderer) dynamic(s *scope, e *markup.Element) {
	is := e.Attr("is")
	if is == nil {
		return
	}
	v := s.valueOf(r.machine, s.view.File, is.Parts)
	for _, using := range s.instance.unit.Dynamic {
		names := func(c *constant) bool {
			return c.kind == text && (c.str == using.Tag || camel(using.Tag) == uncapitalised(c.str))
		}
		if using.Unit != nil && (!v.pure() || slices.ContainsFunc(v.consts, names)) {
			r.component(s, e, using)
		}
	}
}

// uncapitalised is the form of a component's name that camel gives: stepOne for StepOne.
func uncapitalised(name string) string {
	if name == "" {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// showsNothing reports whether a component of u in s shows nothing new: it is nested too deep, which is told, or inside itself.
func (r *renderer) showsNothing(s *scope, u *project.Unit) bool {
	if r.depth >= r.limits.nest {
		r.limit(Elements)
		return true
	}
	for p := s.instance; p != nil; p = p.parent {
		if p.unit == u {
			return true
		}
	}
	return false
}

// component renders a use of a component of the program.
func (r *renderer) component(s *scope, e *markup.Element, u *project.Using) {
	if r.showsNothing(s, u.Unit) {
		return
	}
	if s.instance.life.enough(s, e, u.Unit) || r.again(e) {
		return
	}
	r.draw(controlDraw)
	kid := r.kid(s, e, u.Unit)
	var changed []string
	for _, a := range e.Attrs {
		if a.Kind == markup.Directive && a.Name == "bind" {
			r.copyInto(kid.data, s.valueOf(r.machine, s.view.File, a.Parts))
		}
		if a.Kind == markup.Event && r.onAlipay() && r.hand(s, a, kid) {
			changed = append(changed, a.Raw)
		}
		if a.Kind != markup.Plain && a.Kind != markup.Model {
			continue
		}
		v := trueValue
		if a.HasValue {
			v = s.valueOf(r.machine, s.view.File, a.Parts)
		}
		names := properties(a)
		if ofMpx(a) {
			names = []string{camel(modelOption(e, "prop", "value"))}
		} else if kid.model.prop != "" && len(names) > 1 {
			names = []string{kid.model.prop}
		}
		for _, name := range names {
			v := note(v, lang.Text{ZH: "作为属性 " + name + " 传给组件", EN: "passed to the component as property " + name},
				source.Location{File: s.view.File, Span: a.Span})
			if r.pass(kid, name, v) {
				changed = append(changed, name)
			}
			s.instance.life.passed(r, s, a, kid, name)
		}
	}
	r.accept()
	if len(changed) > 0 {
		r.grown = true
	}
	host := &Host{Unit: s.instance.unit, View: s.view, Element: e, scope: s}
	m := r.machine
	m.within(m.rootFrame(kid, kid.context), func() {
		if len(changed) > 0 {
			m.observe(kid, changed)
			m.finish()
		}
		m.start(kid)
	})
	if m.onAlipay() {
		r.handRef(s, e, kid)
	}
	m.render(kid, append(s.hosts[:len(s.hosts):len(s.hosts)], host), r.depth+1)
	if r.form != nil {
		if a := e.Attr("name"); a != nil {
			if v, ok := kid.data.own("value"); ok {
				r.addFormValue(s, a, v)
			}
		}
	}
	r.accept()
}

// camel turns the name of an attribute into that of a property.
func camel(s string) string {
	if !strings.Contains(s, "-") {
		return s
	}
	parts := strings.Split(s, "-")
	for i := 1; i < len(parts); i++ {
		if parts[i] != "" {
			parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
		}
	}
	return strings.Join(parts, "")
}

// properties are the names under which a component gets an attribute.
func properties(a *markup.Attr) []string {
	if a.Kind == markup.Model && strings.HasPrefix(a.Raw, "v-model") && !strings.HasPrefix(a.Raw, "v-model:") {
		return []string{"value", "modelValue"}
	}
	return []string{camel(a.Name)}
}

func mentions(x script.Expr, name string) bool {
	found := false
	script.Walk(x, func(n script.Node) bool {
		id, ok := n.(*script.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}
