package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Components whose elements are in their scripts (React in Taro). Such a component
// shows what its function, or the render method of its class, returns: the machine
// runs it, walks the elements that it made, and fires their handlers.

// react holds the places of elements in scripts; its tables are made on first use.
type react struct {
	units  map[*source.File]*project.Unit              // by the file of the script
	starts map[*project.View]map[int32]*markup.Element // by the offset of the start tag
}

// node is an element that a script made.
type node struct {
	element *markup.Element // nil for one that a model made
	view    *project.View
	owner   *instance // the component whose code made it
	env     *env
	this    *Value
	iter    int // tells the rounds and calls that made it apart
}

// reactLife is the life of components whose elements are in their scripts. They have
// no templates, so they keep the native life for whatever concerns templates.
type reactLife struct{ nativeLife }

// exported is the class or function itself: each instance runs it anew.
func (l reactLife) exported(_ *project.Unit, class *Object) *Value { return objectOf(class) }

// shape gives a new instance properties and a state.
func (l reactLife) shape(i *instance) {
	m := l.m
	i.frequent = true
	i.data.open = true
	i.object.open = true
	state := m.newObject(plainObject)
	state.open = true
	i.object.put("state", objectOf(state))
	router := m.newObject(plainObject)
	i.object.put("$router", objectOf(router))
	i.object.accessor("$router", m.inner("$router", func(m *machine, c *call) *Value {
		if i.page != nil && i.page.query != nil {
			router.put("params", objectOf(i.page.query))
		}
		return objectOf(router)
	}), false)
}

// build makes the instance of a class component. One that is a function has none.
func (l reactLife) build(i *instance) {
	m := l.m
	if i.def == nil {
		return
	}
	m.within(m.rootFrame(i, i.context), func() {
		for _, o := range i.def.objects {
			if o.kind != functionObject || o.fn.fn == nil || o.fn.class == nil {
				continue
			}
			if p := m.property(o, "prototype"); len(p.objects) > 0 {
				i.object.proto = p.objects[0]
			}
			m.initialise(o, i.object, []*Value{objectOf(i.data)}, nil, i)
		}
	})
	m.accept()
}

func (l reactLife) start(i *instance) {
	l.m.runHooks(i, l.method)
	l.m.runEvents(i)
}

// method finds a function of the lifecycle in the instance or its class.
func (l reactLife) method(i *instance, name string) (fn *Value, ok bool) {
	if fn, ok := i.object.own(name); ok {
		return fn, true
	}
	fn = l.m.property(i.object, name)
	return fn, callable(fn) && !fn.unknown
}

func (l reactLife) handlers(s *scope, a *markup.Attr) []Handler {
	return []Handler{l.m.handlerOf(s, a)}
}

// render runs the component and shows what it returns.
func (l reactLife) render(i *instance, hosts []*Host, depth int) {
	m := l.m
	i.hosts = hosts
	m.entryPoint(i, site{part: "render"}, 0, func() { i.shown = join(i.shown, m.produce(i)) })
	m.runHooks(i, l.method) // its hooks are known by now
	r := &renderer{machine: m, instance: i, depth: depth}
	m.within(m.rootFrame(i, i.context), func() { r.show(i.shown, 0) })
}

// produce returns what a component renders.
func (m *machine) produce(i *instance) *Value {
	var out *Value
	if i.def == nil {
		return nil
	}
	for _, o := range i.def.objects {
		if o.kind != functionObject || o.fn.fn == nil {
			continue
		}
		if more, ok := o.own("$props"); ok { // connect
			m.copyInto(i.data, m.call(more, undefinedValue, []*Value{objectOf(i.data)}, site{i, "connect"}))
		}
		if o.fn.class == nil {
			out = join(out, m.call(objectOf(o), undefinedValue, []*Value{objectOf(i.data)}, i))
		} else if render := m.property(i.object, "render"); callable(render) && !render.unknown {
			out = join(out, m.call(render, objectOf(i.object), nil, i))
		}
	}
	return out
}

func init() {
	// $jsx(type, properties, ...children) is what an element is lowered to.
	defineGlobal("$jsx", func(m *machine, c *call) *Value {
		f := m.frame
		o := m.object(plainObject, c.site)
		n := &node{owner: f.owner(), env: f.env, this: f.this, iter: m.iteration(f.iter, f.context, 0)}
		if in, ok := c.site.(*ir.Instr); ok {
			n.view = m.viewOf(f.fn.File)
			n.element = m.elementAt(n.view, in.Span.Start)
		}
		if f.env != nil {
			f.env.captured = true
		}
		o.special().node = n
		children := c.rest(2)
		m.setProp(o, "type", c.arg(0))
		m.setProp(o, "props", c.arg(1))
		list := m.array(site{c.site, "children"}, children, c.more)
		m.setProp(o, "children", list)
		for _, p := range c.arg(1).objects {
			if len(children) == 1 && c.more == nil {
				list = children[0]
			}
			if len(children) > 0 || c.more != nil {
				m.setProp(p, "children", list)
			}
		}
		return objectOf(o)
	})
	define("Instance", map[string]nativeFunc{"setState": setState, "forceUpdate": always(undefinedValue)})
}

// setState changes the state of a class component.
func setState(m *machine, c *call) *Value {
	patch := c.arg(0)
	state := m.get(c.this, "state")
	for _, o := range patch.objects {
		if o.kind == functionObject {
			patch = m.call(objectOf(o), undefinedValue, []*Value{state, m.get(c.this, "props")}, site{c.site, "state"})
		}
	}
	for _, o := range patch.objects {
		for _, p := range o.props {
			if p.value == nil {
				continue
			}
			v := note(p.value, lang.Text{ZH: "存入页面数据 " + p.name, EN: "kept in page data " + p.name}, m.here())
			m.key(v.taints(), "data", p.name, m.here())
			for _, st := range state.objects {
				m.addProp(st, p.name, v)
			}
		}
		if o.rest != nil {
			for _, st := range state.objects {
				m.addRest(st, o.rest)
			}
		}
	}
	if fn := c.arg(1); callable(fn) && !fn.unknown {
		this := c.this
		m.later(func() { m.call(fn, this, nil, site{c.site, "callback"}) })
	}
	return undefinedValue
}

// viewOf returns the view of the elements in a script, or nil.
func (m *machine) viewOf(f *source.File) *project.View {
	if u := m.unitOf(f); u != nil {
		return u.View
	}
	return nil
}

// unitOf returns the unit whose script is f, or nil.
func (m *machine) unitOf(f *source.File) *project.Unit {
	if m.react.units == nil {
		m.react.units = map[*source.File]*project.Unit{}
		for _, u := range m.program.Units {
			if u.Script != nil {
				m.react.units[u.Script.File] = u
			}
		}
	}
	return m.react.units[f]
}

// elementAt returns the element of a view whose start tag begins at an offset.
func (m *machine) elementAt(v *project.View, start int32) *markup.Element {
	if v == nil || v.Tree == nil {
		return nil
	}
	table := m.react.starts[v]
	if table == nil {
		table = map[int32]*markup.Element{}
		markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
			if el, ok := n.(*markup.Element); ok {
				table[el.Open.Start] = el
			}
			return true
		})
		if m.react.starts == nil {
			m.react.starts = map[*project.View]map[int32]*markup.Element{}
		}
		m.react.starts[v] = table
	}
	return table[start]
}

// maxShown bounds how deep elements that scripts make may be nested.
const maxShown = 200

// show walks what a component returned.
func (r *renderer) show(v *Value, depth int) {
	if v == nil || depth > maxShown {
		return
	}
	for _, o := range v.objects {
		switch {
		case o.node != nil:
			r.node(o, depth)
		case o.kind == arrayObject:
			for _, e := range o.elems {
				r.show(e, depth+1)
			}
			r.show(o.rest, depth+1)
		}
	}
}

// node shows one element: a component becomes an instance, a control is recorded.
func (r *renderer) node(o *Object, depth int) {
	n := o.node
	typ, _ := o.own("type")
	props, _ := o.own("props")
	children, _ := o.own("children")
	owner := n.owner
	if owner == nil || n.view == nil {
		r.show(children, depth+1)
		return
	}
	s := &scope{machine: r.machine, instance: owner, view: n.view, hosts: owner.hosts, env: n.env, this: n.this, iter: n.iter}
	if typ != nil && n.element != nil {
		used := false
		for _, c := range typ.objects {
			if c.kind == functionObject && c.fn.fn != nil {
				r.use(s, n.element, c, props)
				used = true
			}
		}
		if used {
			return
		}
	}
	if n.element != nil {
		r.shownElement(s, n.element, orUndefined(props), children, depth)
		return
	}
	r.show(children, depth+1)
}

// shownElement shows an element of the platform or of a library.
func (r *renderer) shownElement(s *scope, e *markup.Element, props, children *Value, depth int) {
	if r.again(e) {
		return
	}
	r.draw(1)
	outer := r.form
	if tag := strings.ToLower(e.Tag); tag == "form" || strings.HasSuffix(tag, "form") {
		r.form = &form{element: e, values: s.instance.form(r.machine, e, s.iter), outer: outer}
	}
	if using := r.using(s, e); isControl(e, using) {
		c := r.recordControl(s, e, using)
		if r.form != nil {
			c.Form = r.form.element
			if a := e.Attr("name"); a != nil {
				r.addFormValue(s, a, c.origin.value())
			}
		}
		opens := r.openTypes(s, e)
		for _, a := range e.Attrs {
			if a.Kind == markup.Event {
				r.fireProp(s, e, a, r.get(props, a.Raw), r.detail(s, e, a, c, opens))
			}
		}
	} else {
		for _, a := range e.Attrs {
			if a.Kind == markup.Event && a.Name != "submit" {
				r.fireProp(s, e, a, r.get(props, a.Raw), unknownValue)
			}
		}
	}
	r.show(children, depth+1)
	for name, v := range props.properties() { // renderTitle={<View/>}
		if name != "children" {
			r.show(v, depth+1)
		}
	}
	if r.form != outer {
		if a := e.Find(markup.Event, "submit"); a != nil {
			d := r.object(plainObject, itemSite(a, s.iter))
			r.setProp(d, "value", objectOf(r.form.values))
			r.setOpen(d, true)
			r.setOpen(r.form.values, true)
			r.accept()
			r.fireProp(s, e, a, r.get(props, a.Raw), objectOf(d))
		}
	}
	r.form = outer
}

// fireProp calls a handler that an element was given as a property.
func (r *renderer) fireProp(s *scope, e *markup.Element, a *markup.Attr, fn, detail *Value) {
	if !callable(fn) || fn.unknown && len(fn.objects) == 0 {
		return
	}
	r.entryPoint(s.instance, a, s.iter, func() {
		ev := r.entered(r.event(s, e, nil, a.Name, detail, nil), e, detail)
		r.call(fn, undefinedValue, []*Value{ev}, a)
	})
}

// use shows a use of a component of the program.
func (r *renderer) use(s *scope, e *markup.Element, c *Object, props *Value) {
	u := r.unitOf(c.fn.fn.File)
	if r.depth >= maxNest && u != nil {
		r.limit("depth")
	}
	if r.depth >= maxNest || u == nil {
		return
	}
	for p := s.instance; p != nil; p = p.parent {
		if p.def != nil && len(p.def.objects) > 0 && p.def.objects[0] == c {
			return // a component inside itself shows nothing new
		}
	}
	if s.instance.kidKeys[kidKey{e, s.iter}] == nil && r.pages.uses[e] >= maxAlike && !passes(e) && len(e.Children) == 0 || r.again(e) {
		return
	}
	r.draw(controlDraw)
	kid := r.kidOf(s, e, u, objectOf(c))
	changed := false
	for name, v := range orUndefined(props).properties() {
		changed = r.pass(kid, name, v) || changed
	}
	r.accept()
	if changed {
		r.grown = true
	}
	host := &Host{Unit: s.instance.unit, View: s.view, Element: e, scope: s}
	r.start(kid)
	r.attempt(kid.path(), func() { kid.life.render(kid, append(s.hosts[:len(s.hosts):len(s.hosts)], host), r.depth+1) })
}
