package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Components in single files (Vue, wepy, mpx). Unlike a native component, such a
// component has its data as properties of its own: this.phone = v changes what
// the template shows. What its script defines, as options or by running (<script
// setup>), is brought into that form here; vue_view.go is about its template.

// vueLife is the life of components in single files.
type vueLife struct{ nativeLife }

// shape makes the object itself the data, but for <script setup>, whose properties
// are kept apart.
func (l vueLife) shape(i *instance) {
	m := l.m
	if i.unit.Script != nil && i.unit.Script.Setup {
		i.data.open = true
	} else {
		i.data = i.object
	}
	i.names, i.this, i.frequent = i.object, objectOf(i.object), true
	i.object.open = true
	i.methods = map[string]*Value{}
	for _, name := range [...]string{"data", "properties", "props", "$data", "$props", "$attrs"} {
		i.object.put(name, objectOf(i.data))
	}
	if i.data == i.object { // what is declared alone: code that copies $props goes through it, and not to parents and children
		i.declared = map[string]bool{}
		i.object.accessor("$props", m.inner("$props", func(m *machine, c *call) *Value { return i.passed(m) }), false)
	}
	i.object.put("$emit", m.bound(i, method("Instance", "$emit"))) // not that of an event bus
	if m.program.Framework == chameleon {
		i.object.put("$cmlEmit", m.bound(i, method("Instance", "triggerEvent"))) // the user gets an event with a detail
	}
	m.addWatchers(i)
	i.object.put("$u", m.platformObject("uni", "$u")) // of uView, on demand
	i.object.put("$scope", objectOf(i.object))        // the platform's own object of it
	i.object.put("$vm", objectOf(i.object))           // the component of a page that getCurrentPages gives
	if protos := m.get(m.get(m.model("vue"), "default"), "prototype"); len(protos.objects) == 1 {
		i.object.proto = protos.objects[0]
	}
	i.object.put("$mp", objectOf(m.ofPlatform(i)))
	i.object.accessor("$refs", m.inner("$refs", func(m *machine, c *call) *Value { return i.refs(m) }), false)
}

// ofPlatform is $mp of i, which Vue 2 has in mini programs: the page as the platform has it.
func (m *machine) ofPlatform(i *instance) *Object {
	o := m.newObject(plainObject)
	m.setOpen(o, true)
	o.put("page", objectOf(i.object))
	o.accessor("query", m.inner("query", func(m *machine, c *call) *Value {
		if i.page != nil && i.page.query != nil {
			return objectOf(i.page.query)
		}
		return unknownValue
	}), false)
	return o
}

// build also tells a component about its user, and applies the arguments of
// Vue.mixin.
func (l vueLife) build(i *instance) {
	l.m.relate(i)
	l.m.within(l.m.rootFrame(i, i.context), func() {
		l.m.mixinsOfAll(i)
		if i.def == nil {
			return
		}
		l.m.define(i)
		for _, d := range i.def.objects {
			if d.proto == nil || d.kind != plainObject {
				continue
			}
			d.special().became = i.object // a class made it, for this instance alone
			if added, ok := d.proto.own(addedOptions); ok {
				for _, o := range added.objects {
					l.m.mixin(i, o, 1)
				}
			}
		}
	})
	l.m.accept()
}

// refs is this.$refs: the components that carry a name, and elements.
func (i *instance) refs(m *machine) *Value {
	o := m.object(plainObject, i)
	m.setOpen(o, true)
	i.object.touch()
	for _, kid := range i.kids {
		if name := staticAttr(kid.host, "ref"); name != "" {
			m.addProp(o, name, objectOf(kid.object))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(i.libraryRefs)) {
		m.addProp(o, name, orSomething(i.libraryRefs[name]))
	}
	return objectOf(o)
}

// passed is $props of a component whose properties are those of the component itself.
func (i *instance) passed(m *machine) *Value {
	o := m.object(plainObject, site{i, "$props"})
	m.setOpen(o, true)
	for _, name := range slices.Sorted(maps.Keys(i.declared)) {
		m.setProp(o, name, orUndefined(m.get(objectOf(i.data), name)))
	}
	return objectOf(o)
}

// option knows options of its own, and takes the others as functions of the
// lifecycle, or for methods of a page of mpx.
func (l vueLife) option(i *instance, name string, v *Value, depth int) {
	m := l.m
	switch name {
	case "props", "properties":
		m.addProps(i, v)
	case "computed":
		m.addComputed(i, v)
	case "methods":
		if m.program.Framework == "wepy" {
			i.object.put(name, objectOf(i.object)) // this.methods.save()
		}
		for name, method := range v.properties() {
			fn := m.bound(i, method)
			before := i.methods[name] // of a mixin of all components: that of the component takes its place
			i.methods[name] = fn
			if was, held := i.object.own(name); !held || was == before { // wepy keeps data and methods apart
				i.object.put(name, fn)
			}
		}
	case "watch":
		for path, fn := range v.properties() {
			m.watch(i, path, fn)
		}
	case "events": // wepy: what others may trigger
		for name, fn := range v.properties() {
			i.object.put(eventPrefix+name, fn)
		}
	case "extends":
		for _, o := range v.objects {
			m.mixin(i, o, depth+1)
		}
	case "setup":
		i.setup = v
	case "provide":
		i.provides = join(i.provides, v)
	case "inject":
		m.addInjected(i, v)
	case "store": // of Vuex, for this page
		i.object.put("$store", v)
	case "model":
		if prop, ok := m.get(v, "prop").only(); ok && prop.kind == text {
			i.model.prop = prop.str
		}
		if event, ok := m.get(v, "event").only(); ok && event.kind == text {
			i.model.event = flatName(event.str)
		}
	case "components", "filters", "directives", "name", "emits", "config", "inheritAttrs":
	case "data", "initData", "observers", "lifetimes", "pageLifetimes", "behaviors", "mixins", "options", "externalClasses", "relations":
		l.nativeLife.option(i, name, v, depth)
	default:
		i.object.put(name, m.bound(i, v))
	}
}

func (l vueLife) prepare(i *instance) { l.m.prepare(i) }

func (l vueLife) start(i *instance) {
	l.m.prepare(i)
	l.m.runHooks(i, func(i *instance, name string) (*Value, bool) {
		if fn, ok := i.object.own(name); ok || i.object.proto == nil {
			return fn, ok
		}
		fn := l.m.property(i.object, name) // of a class whose instance is the definition
		return fn, callable(fn) && !fn.unknown
	})
	l.m.runEvents(i)
}

// addedOptions is the property of a class's prototype that keeps what connect of wepy-redux adds to its instances.
const addedOptions = "$added"

// eventPrefix keeps the handlers of wepy's events apart from methods.
const eventPrefix = "event."

// addProps declares the properties of a component: a list of names, or an object
// with a type and perhaps a default for each.
func (m *machine) addProps(i *instance, v *Value) {
	m.declareProps(i, v)
	for name, declared := range v.properties() {
		def := unknownValue
		for _, d := range declared.objects {
			for _, key := range [...]string{"default", "value"} {
				if val, ok := d.own(key); ok {
					def = m.defaultOf(i, name, val)
				}
			}
			if obs, ok := d.own("observer"); ok {
				m.watch(i, name, obs)
			}
			if twoWay, ok := d.own("twoWay"); ok && m.program.Framework == "wepy" {
				i.twoWay[name], _ = twoWay.truth()
			}
		}
		i.defaults[name] = def // what the element passes takes its place
		m.setProp(i.data, name, def)
	}
}

// declareProps notes the names of the properties that v declares.
func (m *machine) declareProps(i *instance, v *Value) {
	if i.declared == nil {
		return
	}
	for name := range v.properties() {
		i.declared[name] = true
	}
	items, others := m.elements(v)
	for _, item := range append(items, orSomething(others)) {
		names, _ := item.keys()
		for _, name := range names {
			i.declared[name] = true
		}
	}
}

// addComputed makes an accessor of each computed property.
func (m *machine) addComputed(i *instance, v *Value) {
	for name, declared := range v.properties() {
		for _, d := range declared.objects {
			if d.kind == functionObject {
				i.object.accessor(name, objectOf(d), false)
				continue
			}
			if get, ok := d.own("get"); ok {
				i.object.accessor(name, get, false)
			}
			if set, ok := d.own("set"); ok {
				i.object.accessor(name, set, true)
			}
		}
	}
}

// watch notes what runs when a path changes: a function, the name of a method, an
// object with a handler, or a list of these.
func (m *machine) watch(i *instance, path string, v *Value) {
	if v == nil {
		return
	}
	for _, o := range v.objects {
		switch h, ok := o.own("handler"); {
		case o.kind == functionObject:
			i.watches = addWatch(i.watches, watch{path: path, fn: objectOf(o)})
		case ok:
			m.watch(i, path, h)
		case o.kind == arrayObject:
			m.watch(i, path, o.elements())
		}
	}
	for _, k := range v.consts {
		if k.kind == text {
			i.watches = addWatch(i.watches, watch{path: path, fn: valueOf(*k)})
		}
	}
}

// inner returns a native function that belongs to this run.
func (m *machine) inner(name string, fn nativeFunc) *Value {
	o := m.newObject(functionObject)
	o.fn = &function{native: fn, name: name}
	return objectOf(o)
}

// mixinsOfAll applies the arguments of Vue.mixin.
func (m *machine) mixinsOfAll(i *instance) {
	items, _ := m.elements(m.get(m.get(m.model("vue"), "default"), "mixins"))
	for _, v := range items {
		for _, o := range v.objects {
			m.mixin(i, o, 1)
		}
	}
}

// emit hands what is emitted to a user with the same life as i. Any other gets it as
// the detail of an event.
func (l vueLife) emit(c *call, i *instance, names []string) {
	if _, vue := i.where.instance.life.(vueLife); !vue {
		l.nativeLife.emit(c, i, names)
		return
	}
	for k, n := range names {
		l.m.emit(c, i, n, itemSite(c.site, k))
	}
}

func (m *machine) emit(c *call, i *instance, name string, site any) {
	var args []*Value
	for _, a := range c.rest(1) {
		args = append(args, note(a, lang.Text{ZH: "经事件 " + name + " 传给使用组件的页面", EN: "handed to the page by event " + name},
			m.here()))
	}
	m.emitted(i.where, i.host, flatName(name), args, site)
	if i.model.event != "" && i.model.event == flatName(name) {
		m.emitted(i.where, i.host, "update:modelvalue", args, site)
	}
	for p := i.parent; p != nil; p = p.parent { // wepy
		if fn, ok := p.object.own(eventPrefix + name); ok {
			m.call(fn, objectOf(p.object), args, site)
		}
	}
}

func init() {
	define("Instance", map[string]nativeFunc{
		// $invoke("address", "refresh", v) of wepy calls a method of a component.
		"$invoke": func(m *machine, c *call) *Value {
			tags, _ := c.arg(0).keys()
			names, _ := c.arg(1).keys()
			for _, kid := range kidsOf(c.this) {
				for _, tag := range tags {
					for _, n := range names {
						if last := tag[strings.LastIndexByte(tag, '/')+1:]; kid.host.Tag == last {
							m.call(m.get(objectOf(kid.object), n), objectOf(kid.object), c.rest(2), itemSite(c.site, int(kid.object.id)))
						}
					}
				}
			}
			return undefinedValue
		},
		"$broadcast": func(m *machine, c *call) *Value {
			names, _ := c.arg(0).keys()
			for _, kid := range kidsOf(c.this) {
				for _, n := range names {
					if fn, ok := kid.object.own(eventPrefix + n); ok {
						m.call(fn, objectOf(kid.object), c.rest(1), itemSite(c.site, int(kid.object.id)))
					}
				}
			}
			return undefinedValue
		},
	})
}

// kidsOf returns the components that an instance uses.
func kidsOf(this *Value) (kids []*instance) {
	for _, o := range this.objects {
		if o.instance != nil {
			o.touch()
			kids = append(kids, o.instance.kids...)
		}
	}
	return kids
}
