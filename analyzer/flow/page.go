package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
)

// instance is a page, a use of a component, or the app, as it lives at run time.
type instance struct {
	unit    *project.Unit
	object  *Object // its this
	data    *Object
	def     *Value // what was given to Page, Component or App; nil if nothing
	page    *instance
	parent  *instance
	host    *markup.Element // the element that uses it; nil for pages
	where   *scope          // the scope of host
	kids    []*instance
	kidKeys map[kidKey]*instance

	query   *Object     // of pages: parameters
	channel *Object     // of pages: event channel to the opener
	openers []*instance // of pages: who navigates to it
	context *context
	outside *ir.Func // empty; what calls its functions from outside stands in it

	observers []observer
	forms     map[kidKey]*Object // values of each <form>, by the element

	// Of a single-file component:
	watches []watch
	methods map[string]*Value
	setup   *Value // the function of that name, nil without one
	vars    map[string]*reached

	// Of a component whose elements stand in its script:
	cells map[*context]*Object // what its hooks keep
	shown *Value               // what it rendered last
	hosts []*Host
}

type kidKey struct {
	element *markup.Element
	iter    int
}

// opened notes that by opens i.
func (i *instance) opened(by *instance) {
	if by == nil || by == i {
		return
	}
	for _, o := range i.openers {
		if o == by {
			return
		}
	}
	i.openers = append(i.openers, by)
	i.object.changed = i.object.machine.epoch
}

// page returns the page on whose behalf f runs.
func (f *frame) page() *instance {
	if i := f.owner(); i != nil {
		return i.page
	}
	return nil
}

// owner returns the instance on whose behalf f runs.
func (f *frame) owner() *instance {
	for ; f != nil; f = f.caller {
		if f.instance != nil {
			return f.instance
		}
	}
	return nil
}

// newInstance makes an instance of unit from its definition.
func (m *machine) newInstance(unit *project.Unit, def *Value, ctx *context) *instance {
	i := &instance{unit: unit, def: def, context: ctx, kidKeys: map[kidKey]*instance{}}
	i.object = m.newObject(instanceObject)
	if unit.Kind == project.AppUnit {
		i.object = m.engine.appObject()
	}
	i.object.special().instance = i
	i.data = m.newObject(plainObject)
	i.object.put("data", objectOf(i.data))
	i.object.put("properties", objectOf(i.data))
	i.object.put("props", objectOf(i.data))
	i.page = i
	switch {
	case unit.Single:
		i.single(m)
	case unit.Scripted:
		i.scripted(m)
	}
	return i
}

// build fills the instance from its definition: methods, data, properties,
// behaviors.
func (m *machine) build(i *instance) {
	if i.def == nil && !i.unit.Single {
		return
	}
	if i.unit.Scripted {
		m.mount(i)
		return
	}
	f := m.rootFrame(i, i.context)
	m.within(f, func() {
		if i.unit.Single {
			m.mixinsOfAll(i)
		}
		if i.def == nil {
			return
		}
		for _, d := range i.def.objects {
			m.mixin(i, d, 0)
		}
		for _, d := range i.def.objects {
			if d.proto != nil && d.kind == plainObject {
				i.object.proto = d.proto // a page made of a class instance
			}
		}
	})
	m.accept()
}

// mixin adds what one definition or behavior says.
func (m *machine) mixin(i *instance, d *Object, depth int) {
	if depth > 4 {
		return
	}
	for _, name := range [...]string{"behaviors", "mixins"} {
		if list, ok := d.own(name); ok {
			items, others := m.elements(list)
			for _, b := range append(items[:len(items):len(items)], others) {
				if b != nil {
					for _, o := range b.objects {
						m.mixin(i, o, depth+1)
					}
				}
			}
		}
	}
	for _, p := range d.props {
		name, v := p.name, p.value
		if v == nil || i.unit.Single && m.option(i, name, v, depth) {
			continue
		}
		switch name {
		case "data", "initData":
			m.addData(i, v)
		case "properties", "props":
			m.addProperties(i, v)
		case "methods":
			for _, o := range v.objects {
				for _, method := range o.props {
					if method.value != nil {
						i.object.put(method.name, method.value)
					}
				}
			}
		case "observers", "watch":
			m.addObservers(i, v)
		case "lifetimes", "pageLifetimes":
			for _, o := range v.objects {
				for _, method := range o.props {
					if method.value != nil {
						i.object.put(lifecyclePrefix+method.name, method.value)
					}
				}
			}
		case "behaviors", "mixins", "options", "externalClasses", "relations":
		default:
			i.object.put(name, v)
		}
	}
	for n, g := range d.getters {
		i.object.accessor(n, g, false)
	}
}

// lifecyclePrefix keeps lifetimes apart from methods of the same name.
const lifecyclePrefix = "lifetimes."

func (m *machine) addData(i *instance, v *Value) {
	for _, o := range v.objects {
		if o.kind == functionObject {
			m.copyInto(i.data, m.call(objectOf(o), objectOf(i.object), nil, i))
			continue
		}
		m.copyInto(i.data, m.copied(objectOf(o), copySite{i, "data"}))
	}
}

func (m *machine) addProperties(i *instance, v *Value) {
	for _, o := range v.objects {
		for _, p := range o.props {
			def := unknownValue
			for _, d := range p.value.objects {
				if val, ok := d.own("value"); ok {
					def = m.copied(val, copySite{i, p.name})
				}
				if obs, ok := d.own("observer"); ok {
					i.observers = append(i.observers, observer{[]string{p.name}, obs, true})
				}
			}
			m.setProp(i.data, p.name, def)
		}
	}
}

func (m *machine) addObservers(i *instance, v *Value) {
	for _, o := range v.objects {
		for _, p := range o.props {
			var paths []string
			for _, path := range strings.Split(p.name, ",") {
				paths = append(paths, strings.TrimSpace(path))
			}
			i.observers = append(i.observers, observer{paths, p.value, false})
		}
	}
}

func init() {
	define("Instance", map[string]nativeFunc{
		"setData": func(m *machine, c *call) *Value {
			for _, o := range c.this.objects {
				if o.instance != nil {
					m.setData(o.instance, c.arg(0), c)
				}
			}
			return undefinedValue
		},
		"triggerEvent": trigger,
		"$emit":        emitAll,
		"selectComponent": func(m *machine, c *call) *Value {
			return join(m.selected(c), nullValue)
		},
		"selectAllComponents": func(m *machine, c *call) *Value { return m.array(c.site, nil, orUndefined(m.selected(c))) },
		"getOpenerEventChannel": func(m *machine, c *call) *Value {
			var out *Value
			for _, o := range c.this.objects {
				if o.instance != nil && o.instance.page.channel != nil {
					out = join(out, objectOf(o.instance.page.channel))
				}
			}
			return orUndefined(out)
		},
		"hasBehavior": always(boolValue), "createSelectorQuery": always(unknownValue),
		"createIntersectionObserver": always(unknownValue), "getTabBar": always(unknownValue),
		"getPageId": always(unknownValue), "animate": always(undefinedValue),
		"$set":   func(m *machine, c *call) *Value { m.setKey(c.arg(0), c.arg(1), c.arg(2), nil); return undefinedValue },
		"$apply": always(undefinedValue), "$nextTick": nextTick, "groupSetData": nextTick,
	})
}

func nextTick(m *machine, c *call) *Value {
	fn, this := c.arg(0), c.this
	m.later(func() { m.call(fn, this, nil, callbackSite{c.site}) })
	return undefinedValue
}

// trigger is triggerEvent: it calls the handlers that the host element binds.
func trigger(m *machine, c *call) *Value {
	names, _ := c.arg(0).keys()
	for _, o := range c.this.objects {
		i := o.instance
		if i == nil || i.host == nil {
			continue
		}
		for k, n := range names {
			detail := note(c.arg(1), lang.Text{ZH: "经事件 " + n + " 传给使用组件的页面", EN: "handed to the page by event " + n}, m.here())
			m.engine.fire(m, i.where, i.host, eventName(n), detail, itemSite{c.site, k})
		}
	}
	return undefinedValue
}

// eventName compares event names as elements bind them: in lower case.
func eventName(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "")) }

// selected is selectComponent: the components whose host has the id or class.
func (m *machine) selected(c *call) *Value {
	var out *Value
	names, others := c.arg(0).keys()
	for _, o := range c.this.objects {
		if o.instance == nil {
			continue
		}
		o.touch()
		for _, kid := range o.instance.kids {
			for _, n := range names {
				if kid.matches(n) {
					out = join(out, objectOf(kid.object))
				}
			}
			if others {
				out = join(out, objectOf(kid.object))
			}
		}
	}
	return out
}

// matches reports whether a simple selector, "#id", ".class" or "tag", names i.
func (i *instance) matches(selector string) bool {
	if f := strings.Fields(selector); len(f) > 0 {
		selector = f[len(f)-1]
	}
	attr := func(name string) string {
		if a := i.host.Attr(name); a != nil {
			s, _ := markup.Static(a.Parts)
			return s
		}
		return ""
	}
	switch {
	case strings.HasPrefix(selector, "#"):
		id := i.host.Attr("id")
		if id != nil {
			if _, static := markup.Static(id.Parts); !static {
				return true
			}
		}
		return attr("id") == selector[1:]
	case strings.HasPrefix(selector, "."):
		for _, cl := range strings.Fields(attr("class")) {
			if cl == selector[1:] {
				return true
			}
		}
		return false
	}
	return i.host.Tag == selector
}

// kid returns the instance of a component that an element uses.
func (e *engine) kid(m *machine, s *scope, el *markup.Element, u *project.Unit) *instance {
	return e.kidOf(m, s, el, u, e.definition(u))
}

// kidOf is kid for a component with this definition.
func (e *engine) kidOf(m *machine, s *scope, el *markup.Element, u *project.Unit, def *Value) *instance {
	parent := s.instance
	k := kidKey{el, s.iter}
	if i := parent.kidKeys[k]; i != nil {
		return i
	}
	i := m.newInstance(u, def, parent.context.child(el, nil, s.iter))
	e.uses[el]++
	e.made[u]++
	i.parent, i.page, i.host, i.where = parent, parent.page, el, s
	i.relate()
	parent.kidKeys[k] = i
	parent.kids = append(parent.kids, i)
	parent.object.changed = m.epoch
	e.kids = append(e.kids, i)
	m.build(i)
	return i
}

// pageEvents are the lifecycle functions of a page, in the order they run.
var pageEvents = []string{
	"created", "attached", lifecyclePrefix + "created", lifecyclePrefix + "attached", lifecyclePrefix + "ready",
	"onLoad", "onInit", "onShow", lifecyclePrefix + "show", "onReady", "ready", "onPullDownRefresh", "onReachBottom", "onTabItemTap",
	"onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onPageScroll", "onResize", "onHide", "onUnload", "detached",
	lifecyclePrefix + "detached", lifecyclePrefix + "hide", "onLaunch", "onError", "onPageNotFound", "mounted", "beforeMount",
	"componentDidMount", "componentDidShow", "componentWillMount", "didMount",
}

// start runs the lifecycle of i, each function as an entry point.
func (m *machine) start(i *instance) {
	if i.unit.Single || i.unit.Scripted {
		m.startSingle(i)
	}
	for k, name := range pageEvents {
		fn, ok := i.object.own(name)
		if !ok && i.object.proto != nil {
			fn = m.property(i.object, name)
			ok = callable(fn) && !fn.unknown
		}
		if !ok {
			continue
		}
		var args []*Value
		if i.query != nil && (name == "onLoad" || name == "onInit") {
			args = []*Value{objectOf(i.query)}
		} else {
			args = []*Value{unknownValue}
		}
		ctx := i.context.child(i, nil, -1-k)
		ctx.entryPoint().start = Start{i.unit, name}
		m.enterAt(m.entryOf(i, name, ctx), func() {
			m.within(m.rootFrame(i, ctx), func() {
				m.call(fn, objectOf(i.object), args, i)
				m.finish()
			})
		})
	}
}
