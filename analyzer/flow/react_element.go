package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Elements of the platform and of libraries in the tree that scripts make: the controls among
// them, what refers to them, the forms that they are in, their handlers.

// shownElement shows an element of the platform or of a library.
func (r *renderer) shownElement(s *scope, e *markup.Element, props, children *Value, depth int) {
	r.place(e)
	if r.again(e) {
		return
	}
	r.draw(1)
	r.opens(s, e, spelling.Kebab(e.Tag), func(name string) *Value {
		v, _ := propertyOf(props, name)
		return v
	})
	outer := r.form
	if tag := strings.ToLower(e.Tag); tag == "form" || strings.HasSuffix(tag, "form") {
		r.form = &form{element: e, values: r.formOf(s, e, props), outer: outer}
	}
	if using := r.usingIn(s.view, e); isNative(using) {
		r.native(s, e, using, props)
	} else if isControl(e, using) {
		r.shownControl(s, e, using, props)
	} else {
		r.keepNode(s, e, nil)
		for _, a := range e.Attrs {
			if a.Kind == markup.Event && !r.handsIn(e, a) {
				r.fireProp(s, e, a, r.get(props, a.Raw), unknownValue)
			}
		}
	}
	r.showInside(e, func() {
		r.show(children, depth+1)
		r.show(r.drawnBy(s, e, "children", children), depth+1)
		for name, v := range props.properties() { // renderTitle={<View/>}
			if name != "children" {
				r.showProperty(v, depth+1)
				r.show(r.drawnBy(s, e, name, v), depth+1)
			}
		}
	})
	if r.form != outer {
		r.handIn(s, e, props)
	}
	r.form = outer
}

// handsIn reports whether a is an event of e, a form, that brings the values of its
// controls.
func (r *renderer) handsIn(e *markup.Element, a *markup.Attr) bool {
	return r.form != nil && r.form.element == e && slices.Contains([]string{"submit", "finish", "finishfailed", "valueschange"}, a.Name)
}

// shownControl records an element that brings a value and fires its events.
func (r *renderer) shownControl(s *scope, e *markup.Element, using *project.Using, props *Value) {
	c := r.recordControl(s, e, using)
	r.keepNode(s, e, c)
	if r.missing != "" && !hasEvent(e) { // it reads what is inside it
		r.lose(c.origin.value().taints(), finding.Unresolved, r.missing, source.Location{File: s.view.File, Span: e.Open})
	}
	if _, referred := propertyOf(props, "ref"); referred {
		r.refer(s, e, props, objectOf(r.referred(s, e, c.origin)))
	}
	opens := r.openTypes(s, e)
	if r.form != nil {
		c.Form = r.form.element
		if at, name := r.nameInForm(e); name != nil && len(opens) == 0 {
			c.Named = true
			r.addFormValue(at, name, c.origin.value())
		}
	}
	for _, a := range e.Attrs {
		if a.Kind == markup.Event && !r.handsIn(e, a) {
			r.fireProp(s, e, a, r.get(props, a.Raw), r.detail(s, e, a, c, opens))
		}
	}
	if r.react.kits[e] {
		r.formats(s, e, c.origin)
	}
}

// referred is what a ref of control e refers to: one object in all renderings, since it keeps what the program
// wrote there, as in ref.current.value = '0'.
func (r *renderer) referred(s *scope, e *markup.Element, entered *origin) *Object {
	i, k := s.instance, kidKey{element: e, iter: s.iter}
	if o := i.referred[k]; o != nil {
		return o
	}
	element, kept := r.newObject(plainObject), r.newObject(plainObject)
	for _, o := range []*Object{element, kept} { // Taro's element keeps its value among its properties, too
		r.setProp(o, "value", entered.value())
		r.setOpen(o, true)
	}
	r.setProp(element, "props", objectOf(kept))
	r.accept()
	if i.referred == nil {
		i.referred = map[kidKey]*Object{}
	}
	i.referred[k] = element
	return element
}

// refer gives made, which e has become, to the ref of e: a function, or an object that has it as current. A text
// is its name in this.refs.
func (r *renderer) refer(s *scope, e *markup.Element, props, made *Value) {
	ref, _ := propertyOf(props, "ref")
	if ref == nil {
		return
	}
	r.entryPoint(s.instance, site{e, "ref"}, s.iter, func() {
		for _, o := range ref.objects {
			if o.callable() {
				r.call(objectOf(o), undefinedValue, []*Value{made}, e)
			} else {
				r.addProp(o, "current", made)
			}
		}
		if names, _ := ref.keys(); len(names) > 0 && len(ref.objects) == 0 {
			refs := r.object(plainObject, site{e, "refs"})
			r.setOpen(refs, true)
			for _, name := range names {
				r.addProp(refs, name, made)
			}
			r.addProp(s.instance.object, "refs", objectOf(refs))
		}
	})
}

// nameInForm returns the attribute that names control e in its form, its own or that of
// the form item around it, and the scope of that attribute.
func (r *renderer) nameInForm(e *markup.Element) (*scope, *markup.Attr) {
	for p := e; p != nil && p != r.form.element; p = p.Parent {
		item := strings.HasSuffix(p.Tag, "Item") || strings.HasSuffix(p.Tag, "Field")
		if a := p.Attr("name"); a != nil && (p == e || item) {
			return r.react.scopes[p], a
		}
	}
	return nil, nil
}

// formOf is the object that a form keeps its values in: that of the form's instance, if
// it was given one (<Form form={form}>). Who has a reference to the form can ask it.
func (r *renderer) formOf(s *scope, e *markup.Element, props *Value) *Object {
	form, _ := propertyOf(props, "form")
	for _, o := range orUndefined(form).objects {
		if values, ok := o.own("$values"); ok && len(values.objects) > 0 {
			return values.objects[0]
		}
	}
	values := s.instance.form(r.machine, e, s.iter)
	if ref, _ := propertyOf(props, "ref"); ref != nil && compound(e.Tag) || ref != nil && r.usingIn(s.view, e) != nil {
		r.entryPoint(s.instance, site{e, "ref"}, s.iter, func() {
			instance := r.call(r.get(r.model("forms"), "formInstance"), undefinedValue, []*Value{objectOf(values)}, e)
			for _, o := range ref.objects {
				r.addProp(o, "current", instance)
			}
		})
	}
	return values
}

// handIn fires the events of a form that bring its values. Those of the platform bring
// an event; those of libraries, the values themselves.
func (r *renderer) handIn(s *scope, e *markup.Element, props *Value) {
	values := objectOf(r.form.values)
	for _, a := range e.Attrs {
		if a.Kind != markup.Event || !r.handsIn(e, a) {
			continue
		}
		d := r.object(plainObject, itemSite(a, s.iter))
		r.setProp(d, "value", values)
		r.setOpen(d, true)
		r.setOpen(r.form.values, true)
		r.accept()
		fn := r.get(props, a.Raw)
		if a.Name == "submit" {
			r.fireProp(s, e, a, fn, objectOf(d))
			continue
		}
		r.entryPoint(s.instance, a, s.iter, func() {
			given := []*Value{values, values}
			if a.Name == "finishfailed" { // that of nutui brings the values, that of rc-field-form an object with them
				given[0] = join(values, r.call(r.get(r.model("forms"), "failed"), undefinedValue, given[:1], a))
			}
			r.call(fn, undefinedValue, given, a)
		})
	}
}

// fireProp calls a handler that an element was given as a property: again, too, if
// there is another, or it is brought something else.
func (r *renderer) fireProp(s *scope, e *markup.Element, a *markup.Attr, fn, detail *Value) {
	if fn.isUnknown() {
		at := source.Location{File: s.view.File, Span: a.Span}
		r.entryPoint(s.instance, a, s.iter, func() { r.lose(deepTaints(detail), finding.UnknownCall, caption(s, a), at) })
	}
	if !callable(fn) || fn.unknown && len(fn.objects) == 0 {
		return
	}
	entry := s.instance.context.child(a, nil, s.iter).entryPoint()
	if brought := []*Value{detail, fn}; !entry.covers(brought) {
		entry.ran, entry.dataset = 0, brought
	}
	r.entryPoint(s.instance, a, s.iter, func() {
		event := r.event(s, e, nil, a.Name, detail, nil)
		ev := r.entered(event, e, detail, r.plainControl(e) || r.triggers(s, e))
		if a.Name == "submit" && compound(e.Tag) { // that of taro-ui hands over its arguments
			for _, o := range ev.objects {
				r.setProp(o, "0", ev)
			}
		}
		if strings.HasPrefix(a.Name, "update:") { // a two-way binding takes the value itself
			ev = r.get(ev, "detail")
			ev = join(r.get(ev, "value"), ev)
		}
		if detail.isUnknown() && compound(e.Tag) && !platform.HasTag(spelling.Kebab(e.Tag)) {
			ev = join(ev, unknownValue) // AtTabBar brings the index, another component what it likes
		}
		args := []*Value{ev}
		if r.react.kits[e] {
			args = behind(ev, event)
		}
		r.call(fn, objectOf(s.instance.object), args, a) // Taro 1 and 2 call onClick={this.save} on the component
	})
}

// drawnBy is what the functions in v return, if they draw: what a component of a library
// is given as a function, other than a handler, it may call with anything.
func (r *renderer) drawnBy(s *scope, e *markup.Element, name string, v *Value) (out *Value) {
	if v == nil || markup.Property(name).Kind == markup.Event {
		return nil
	}
	for k, o := range v.objects {
		switch {
		case o.kind == arrayObject && name == "children":
			r.insideOnce(o, func() {
				for _, item := range o.elems {
					out = join(out, r.drawnBy(s, e, name, item))
				}
			})
		case o.kind == functionObject && o.fn.fn != nil && !r.rendersAsClass(o):
			key := drawnKey{e, name, k}
			r.entryPoint(s.instance, key, s.iter, func() {
				given := r.givenToDraw(e, name, key)
				r.react.drawn[key] = join(r.react.drawn[key], r.call(objectOf(o), undefinedValue, given, key))
			})
			out = join(out, r.react.drawn[key])
		}
	}
	return out
}

// givenToDraw are the arguments of a function that e was given to draw with: what it draws is unknown, but an item of
// a form hands the form over, and a field does so behind the control and its state (documents of antd, "Form.Item";
// rc-field-form, "Field"; read 2026-11).
func (r *renderer) givenToDraw(e *markup.Element, name string, key drawnKey) []*Value {
	given := []*Value{unknownValue, unknownValue}
	item, field := strings.HasSuffix(e.Tag, "Item"), strings.HasSuffix(e.Tag, "Field")
	if r.form == nil || name != "children" || !item && !field {
		return given
	}
	form := r.call(r.get(r.model("forms"), "formInstance"), undefinedValue, []*Value{objectOf(r.form.values), boolOf(field)}, key)
	if field {
		return append(given, form)
	}
	return []*Value{form, unknownValue}
}

// drawnKey names a function that an element was given to draw with.
type drawnKey struct {
	element  *markup.Element
	property string
	index    int
}
