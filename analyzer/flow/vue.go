package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Components in single files (Vue, wepy, mpx). Unlike a native component one has
// its data as properties of its own: this.phone = v changes what the template
// shows. What its script defines, as options or by running (<script setup>), is
// brought into that form here; vue_view.go is about its template.

// watch is a function that runs when what it reads has changed.
type watch struct {
	path string // what is watched: "form.phone"; "" where fn reads for itself
	fn   *Value
}

func addWatch(list []watch, w watch) []watch {
	for i, old := range list {
		if old.path == w.path {
			list[i].fn = join(old.fn, w.fn)
			return list
		}
	}
	return append(list, w)
}

// single gives a new instance of a single-file component its shape: the data are
// the object itself, and for <script setup> the properties stand apart.
func (i *instance) single(m *machine) {
	if i.unit.Script != nil && i.unit.Script.Setup {
		i.data.open = true
	} else {
		i.data = i.object
	}
	i.object.open = true
	i.methods = map[string]*Value{}
	for _, name := range [...]string{"data", "properties", "props", "$data", "$props"} {
		i.object.put(name, objectOf(i.data))
	}
	i.object.put("$emit", m.bound(i, method("Instance", "$emit"))) // not that of an event bus
	i.object.put("$u", m.platformObject("uni", "$u"))              // of uView, if anybody asks
	if protos := m.get(m.get(m.model("vue"), "default"), "prototype"); len(protos.objects) == 1 {
		i.object.proto = protos.objects[0]
	}
	i.object.accessor("$refs", m.inner("$refs", func(m *machine, c *call) *Value { return i.refs(m) }), false)
}

// relate tells a component who uses it.
func (i *instance) relate() {
	if i.unit.Single && i.parent != nil {
		i.object.put("$parent", objectOf(i.parent.object))
		if i.page.object != nil {
			i.object.put("$root", objectOf(i.page.object))
		}
	}
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
	return objectOf(o)
}

// option takes one of the options that only components in single files have, and
// reports whether name is one.
func (m *machine) option(i *instance, name string, v *Value, depth int) bool {
	switch name {
	case "props", "properties":
		m.addProps(i, v)
	case "computed":
		m.addComputed(i, v)
	case "methods":
		for _, o := range v.objects {
			for _, p := range o.props {
				if p.value == nil {
					continue
				}
				fn := m.bound(i, p.value)
				i.methods[p.name] = fn
				if _, data := i.object.own(p.name); !data { // wepy keeps the two apart
					i.object.put(p.name, fn)
				}
			}
		}
	case "watch":
		for _, o := range v.objects {
			for _, p := range o.props {
				m.watch(i, p.name, p.value)
			}
		}
	case "events": // wepy: what others may trigger
		for _, o := range v.objects {
			for _, p := range o.props {
				if p.value != nil {
					i.object.put(eventPrefix+p.name, p.value)
				}
			}
		}
	case "extends":
		for _, o := range v.objects {
			m.mixin(i, o, depth+1)
		}
	case "setup":
		i.setup = v
	case "components", "filters", "directives", "name", "emits", "config", "model", "inheritAttrs":
	case "data", "initData", "observers", "lifetimes", "pageLifetimes", "behaviors", "mixins", "options", "externalClasses", "relations":
		return false
	default:
		i.object.put(name, m.bound(i, v)) // a function of the lifecycle, or a method of a page of mpx
	}
	return true
}

// bound is a method of i: whoever calls it, this is the component.
func (m *machine) bound(i *instance, v *Value) *Value {
	var out *Value
	for _, o := range v.objects {
		if o.kind == functionObject {
			b := m.newObject(functionObject)
			b.fn = &function{target: objectOf(o), bound: true, this: objectOf(i.object), name: o.fn.name}
			o = b
		}
		out = join(out, objectOf(o))
	}
	rest := *v
	rest.objects = nil
	return join(out, &rest)
}

// eventPrefix keeps the handlers of wepy's events apart from methods.
const eventPrefix = "event."

// addProps declares the properties of a component: a list of names, or an object
// with a type and perhaps a default for each.
func (m *machine) addProps(i *instance, v *Value) {
	for _, o := range v.objects {
		for _, p := range o.props {
			n := p.name
			if p.value == nil {
				continue
			}
			def := unknownValue
			for _, p := range p.value.objects {
				for _, key := range [...]string{"default", "value"} {
					if val, ok := p.own(key); ok {
						def = m.defaultOf(i, n, val)
					}
				}
				if obs, ok := p.own("observer"); ok {
					m.watch(i, n, obs)
				}
			}
			m.setProp(i.data, n, def)
		}
	}
}

// defaultOf is the default of a property, which may be made by a function.
func (m *machine) defaultOf(i *instance, name string, v *Value) *Value {
	var out *Value
	for _, o := range v.objects {
		if o.kind == functionObject {
			out = join(out, m.call(objectOf(o), objectOf(i.object), nil, i))
		}
	}
	if out != nil {
		return out
	}
	return m.copied(v, copySite{i, name})
}

// addComputed makes an accessor of each computed property.
func (m *machine) addComputed(i *instance, v *Value) {
	for _, o := range v.objects {
		for _, p := range o.props {
			n := p.name
			if p.value == nil {
				continue
			}
			for _, d := range p.value.objects {
				if d.kind == functionObject {
					i.object.accessor(n, objectOf(d), false)
					continue
				}
				if get, ok := d.own("get"); ok {
					i.object.accessor(n, get, false)
				}
				if set, ok := d.own("set"); ok {
					i.object.accessor(n, set, true)
				}
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
			i.watches = addWatch(i.watches, watch{path, objectOf(o)})
		case ok:
			m.watch(i, path, h)
		case o.kind == arrayObject:
			m.watch(i, path, o.elements())
		}
	}
	if k, ok := v.only(); ok && k.kind == text {
		if fn, ok := i.object.own(k.str); ok {
			i.watches = addWatch(i.watches, watch{path, fn})
		}
	}
}

// inner returns a native function that belongs to this run.
func (m *machine) inner(name string, fn nativeFunc) *Value {
	o := m.newObject(functionObject)
	o.fn = &function{native: fn, name: name}
	return objectOf(o)
}

// startSingle runs what a component in a single file runs beside its lifecycle: the
// functions that its setup handed over, and what watches.
func (m *machine) startSingle(i *instance) {
	if i.unit.Single {
		m.prepare(i)
	}
	for k, h := range hooks {
		if fn, ok := i.object.own(h.key); ok {
			m.runHook(i, fn, h.name, hookSite{h.name, k})
		}
	}
	for _, name := range singleEvents {
		fn, ok := i.object.own(name)
		if !ok && i.unit.Scripted {
			fn = m.property(i.object, name) // of the class
			ok = callable(fn) && !fn.unknown
		}
		if ok {
			m.runHook(i, fn, name, name)
		}
	}
	for _, w := range i.watches {
		ctx := i.context.child(watchSite{w.path}, nil, 0)
		m.enterAt(m.entryOf(i, watchSite{w.path}, ctx), func() {
			m.within(m.rootFrame(i, ctx), func() {
				var args []*Value
				if w.path != "" {
					now := m.readPath(objectOf(i.object), w.path)
					args = []*Value{now, now}
				}
				m.call(w.fn, objectOf(i.object), args, w.path)
				m.finish()
			})
		})
	}
}

type (
	hookSite struct {
		name string
		k    int
	}
	watchSite struct{ path string }
)

// singleEvents are the functions of the lifecycle that native components do not have.
var singleEvents = []string{
	"beforeCreate", "updated", "beforeUpdate", "activated", "deactivated", "beforeDestroy", "destroyed",
	"beforeUnmount", "unmounted", "onNavigationBarButtonTap", "onBackPress", "onNavigationBarSearchInputConfirmed",
	"componentDidUpdate", "componentDidHide", "componentWillUnmount", "componentWillReceiveProps",
}

// hooks are the functions of the lifecycle that a setup can hand over, each with the
// name of the property that keeps it.
var hooks = func() (list []struct{ name, key string }) {
	for _, name := range slices.Concat(singleEvents, pageEvents) {
		list = append(list, struct{ name, key string }{name, hookPrefix + name})
	}
	return list
}()

func (m *machine) runHook(i *instance, fn *Value, name string, site any) {
	args := []*Value{unknownValue}
	if i.query != nil && (name == "onLoad" || name == "onInit") {
		args = []*Value{objectOf(i.query)}
	}
	ctx := i.context.child(site, nil, 0)
	ctx.entryPoint().start = Start{i.unit, name}
	m.enterAt(m.entryOf(i, site, ctx), func() {
		m.within(m.rootFrame(i, ctx), func() {
			m.call(fn, objectOf(i.object), args, i)
			m.finish()
		})
	})
}

// mixinsOfAll applies what Vue.mixin was given.
func (m *machine) mixinsOfAll(i *instance) {
	items, _ := m.elements(m.get(m.get(m.model("vue"), "default"), "mixins"))
	for _, v := range items {
		for _, o := range v.objects {
			m.mixin(i, o, 1)
		}
	}
}

// emitAll is $emit: unlike triggerEvent it hands over what it is given as it is.
func emitAll(m *machine, c *call) *Value {
	names, _ := c.arg(0).keys()
	for _, o := range c.this.objects {
		i := o.instance
		switch {
		case i == nil || i.host == nil:
		case i.unit.Single && i.where.instance.unit.Single:
			for k, n := range names {
				m.emit(c, i, n, itemSite{c.site, k})
			}
		default:
			trigger(m, c)
		}
	}
	return undefinedValue
}

func (m *machine) emit(c *call, i *instance, name string, site any) {
	var args []*Value
	for _, a := range c.args[1:] {
		args = append(args, note(a, lang.Text{ZH: "经事件 " + name + " 传给使用组件的页面", EN: "handed to the page by event " + name}, m.here()))
	}
	m.emitted(i.where, i.host, eventName(name), args, site)
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
						if last := tag[strings.LastIndexByte(tag, '/')+1:]; kid.host.Tag == last && len(c.args) > 1 {
							m.call(m.get(objectOf(kid.object), n), objectOf(kid.object), c.args[2:], itemSite{c.site, int(kid.object.id)})
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
						m.call(fn, objectOf(kid.object), c.args[1:], itemSite{c.site, int(kid.object.id)})
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
