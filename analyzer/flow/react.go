package flow

import (
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
	inside *node                                       // the use of a component of a model that runs

	texts  map[textKey]*markup.Text
	path   map[*Object]bool           // the elements and lists that are being shown
	scopes map[*markup.Element]*scope // of shown elements
	drawn  map[drawnKey]*Value        // what functions that draw returned

	guards map[*project.Unit][]applied // the conditions in scripts, once asked
	made   map[*markup.Element]bool    // elements that some run made, drawn or not
	drew   map[*markup.Element]bool    // those of them that some page showed
	kits   map[*markup.Element]bool    // shown elements that are components of a library
}

func newReact() react {
	return react{
		starts: map[*project.View]map[int32]*markup.Element{},
		path:   map[*Object]bool{},
		guards: map[*project.Unit][]applied{}, made: map[*markup.Element]bool{}, drew: map[*markup.Element]bool{},
		kits:  map[*markup.Element]bool{},
		texts: map[textKey]*markup.Text{}, scopes: map[*markup.Element]*scope{}, drawn: map[drawnKey]*Value{},
	}
}

// node is an element that a script made.
type node struct {
	element *markup.Element // as written; nil for one that is not written as an element
	view    *project.View
	at      source.Span // the call that made it
	owner   *instance   // the component whose code made it
	env     *env
	this    *Value
	iter    int // tells the rounds and calls that made it apart

	shown *markup.Element         // as it was last shown
	attrs map[string]*markup.Attr // of shown, by property
}

// reactLife is the life of components whose elements are in their scripts. They have
// no templates, so they keep the native life for whatever concerns templates.
type reactLife struct{ nativeLife }

// exported is the class or function itself: each instance runs it anew.
func (l reactLife) exported(_ *project.Unit, class *Object, _ *context) *Value {
	return objectOf(class)
}

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
	i.object.put("$scope", objectOf(i.object)) // the platform's own object of it, for Taro 1 and 2
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
			if o.kind != functionObject || o.fn.fn == nil || !m.rendersAsClass(o) {
				continue
			}
			if p := m.property(o, "prototype"); len(p.objects) > 0 {
				i.object.proto = p.objects[0]
			}
			if context := m.property(o, "contextType"); len(context.objects) > 0 {
				i.object.accessor("context", m.inner("context", func(m *machine, c *call) *Value { return m.get(context, "value") }), false)
			}
			made := m.initialise(o, i.object, []*Value{objectOf(i.data)}, nil, i)
			for _, other := range orUndefined(made).objects { // return _this, as compilers write the constructor
				if other != i.object && other.kind == plainObject {
					m.copyInto(i.object, objectOf(other))
				}
			}
		}
	})
	m.accept()
}

func (l reactLife) start(i *instance) {
	l.derive(i)
	l.m.runHooks(i, l.method)
	l.m.runEvents(i)
}

// derive adds what getDerivedStateFromProps and getDerivedStateFromError return to the state.
func (l reactLife) derive(i *instance) {
	m := l.m
	for _, class := range orUndefined(i.def).objects {
		if class.kind != functionObject || !m.rendersAsClass(class) {
			continue
		}
		for _, name := range [...]string{"getDerivedStateFromProps", "getDerivedStateFromError"} {
			fn := m.property(class, name)
			if !runnable(fn) {
				continue
			}
			m.entryPoint(i, site{class, name}, 0, func() {
				state := m.get(objectOf(i.object), "state")
				args := []*Value{objectOf(i.data), state}
				if name == "getDerivedStateFromError" {
					args = []*Value{unknownValue}
				}
				made := m.call(fn, objectOf(class), args, class)
				for _, o := range state.objects {
					m.copyInto(o, made)
				}
			})
		}
	}
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
	m.entryPoint(i, site{part: "render"}, 0, func() {
		made := m.produce(i) // may mount more (mount)
		i.shown = join(i.shown, made)
	})
	m.runHooks(i, l.method) // its hooks are known by now
	m.showTree(i, hosts, depth)
}

// showTree shows what i has made, inside hosts.
func (m *machine) showTree(i *instance, hosts []*Host, depth int) {
	i.hosts = hosts
	if i.around == nil {
		i.around = &markup.Element{}
	}
	if depth == 0 {
		i.around.Children = nil
	}
	r := &renderer{machine: m, instance: i, depth: depth, around: i.around, form: i.inside}
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
		if !m.rendersAsClass(o) {
			args := []*Value{objectOf(i.data)}
			if _, forwards := o.own("$forward"); forwards {
				ref, _ := i.data.own("ref")
				args = append(args, orUndefined(ref))
			}
			out = join(out, m.call(objectOf(o), undefinedValue, args, i))
		} else if render := m.property(i.object, "render"); callable(render) && !render.unknown {
			out = join(out, m.call(render, objectOf(i.object), nil, i))
		}
	}
	return out
}

func init() {
	defineGlobal("$jsx", makeElement)
	defineGlobal("$element", createElement)
	defineGlobal("$clone", cloneElement)
	defineGlobal("$mount", mount)
	defineGlobal("$app", appRendered)
	defineGlobal("$next", nextState)
	defineGlobal("$settled", func(m *machine, c *call) *Value { return m.await(c.arg(0)) })
	define("Instance", map[string]nativeFunc{"setState": setState, "forceUpdate": always(undefinedValue)})
}

// nextState is $next(v, old): the state that setState(v) leads to if it was old. What is
// not known, such as the answer of a server, is a state and no function of the old one.
func nextState(m *machine, c *call) *Value {
	v := c.arg(0)
	if !runnable(v) {
		return v
	}
	states, functions := *v, &Value{}
	states.objects = nil
	for _, o := range v.objects {
		if o.callable() {
			functions = join(functions, objectOf(o))
		} else {
			states.objects = append(states.objects, o)
		}
	}
	return join(&states, m.call(functions, undefinedValue, []*Value{c.arg(1)}, c.site))
}

// makeElement is $jsx(type, properties, ...children), which an element is lowered to.
func makeElement(m *machine, c *call) *Value {
	n := m.madeHere(c)
	return m.element(n, c, c.arg(0), c.arg(1), c.rest(2))
}

// createElement is the function of that name: like $jsx, but its properties stay the
// caller's.
func createElement(m *machine, c *call) *Value {
	props := m.object(plainObject, site{c.site, "props"})
	children := c.rest(2)
	if o := c.arg(1).single(); o != nil && (o.kind == arrayObject || o.node != nil) { // Vue's h(type, children)
		children = c.rest(1)
	} else {
		m.copyInto(props, c.arg(1))
	}
	n := m.madeHere(c)
	if in, ok := c.site.(*ir.Instr); ok && n.element == nil {
		n.at = in.Span
	}
	return m.element(n, c, c.arg(0), objectOf(props), children)
}

// cloneElement is the function of that name: an element again, with more properties.
func cloneElement(m *machine, c *call) *Value {
	var out *Value
	for k, o := range c.arg(0).objects {
		if o.node == nil {
			continue
		}
		typ, _ := o.own("type")
		old, _ := o.own("props")
		props := m.object(plainObject, itemSite(c.site, 2*k))
		m.copyInto(props, old)
		m.copyInto(props, c.arg(1))
		n := *o.node
		n.shown, n.attrs = nil, nil
		children := c.rest(2)
		if kids, ok := props.own("children"); ok && len(children) == 0 && c.more == nil {
			children = []*Value{kids}
		}
		out = join(out, m.element(&n, &call{args: c.args, more: c.more, site: itemSite(c.site, 2*k+1)}, typ, objectOf(props), children))
	}
	if out == nil {
		return c.arg(0)
	}
	return out
}

// mount is $mount(v): the page that runs shows v as well, which it renders into an element of
// a web page (kbone).
func mount(m *machine, c *call) *Value {
	if i := m.frame.owner(); i != nil {
		i.shown = join(i.shown, c.arg(0))
	}
	return undefinedValue
}

// appRendered is Taro.render(<App />, …), which Taro 1 and 2 have in place of an export.
func appRendered(m *machine, c *call) *Value {
	for _, o := range m.get(c.arg(0), "type").objects {
		if o.kind == functionObject && o.fn.fn != nil && !isModel(o.fn.fn.File) {
			m.defined(objectOf(o))
		}
	}
	return undefinedValue
}

// madeHere is the node of an element that the call c makes.
func (m *machine) madeHere(c *call) *node {
	f := m.frame
	n := &node{owner: f.owner(), env: f.env, this: f.this, iter: m.iteration(f.iter, f.context, 0)}
	if in, ok := c.site.(*ir.Instr); ok && !isModel(f.fn.File) {
		n.at, n.view = in.Span, m.viewOf(f.fn.File)
		if n.element = m.elementAt(n.view, in.Span.Start); n.element != nil {
			m.react.made[n.element] = true
		}
	} else if outer := m.react.inside; outer != nil {
		n.view, n.at = outer.view, outer.at
	}
	if f.env != nil {
		f.env.captured = true
	}
	return n
}

// element makes the object of an element.
func (m *machine) element(n *node, c *call, typ, props *Value, children []*Value) *Value {
	o := m.object(plainObject, c.site)
	if old := o.node; old != nil {
		n.shown, n.attrs = old.shown, old.attrs
	}
	o.special().node, o.drawn = n, true
	m.setProp(o, "type", typ)
	m.setProp(o, "props", props)
	list := m.array(site{c.site, "children"}, children, c.more)
	m.setProp(o, "children", list)
	for _, p := range props.objects {
		p.drawn = true
		if len(children) == 1 && c.more == nil {
			list = children[0]
		}
		if len(children) > 0 || c.more != nil {
			m.setProp(p, "children", list)
		}
	}
	return objectOf(o)
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
