package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// pages holds the app, its pages and the components in them.
type pages struct {
	app       *instance
	watches   []watch                  // of modules: what a store watches; the app runs them
	appObject *Object                  // the app's object, if it was needed before the app was made
	byRoute   map[string]*instance     // the pages
	order     []*instance              // the app, then the pages
	kids      []*instance              // components
	uses      map[*markup.Element]int  // instances of the component that an element uses
	made      map[*project.Unit]int    // instances of each component
	exprs     map[script.Expr]*ir.Func // expressions of views, lowered
	patterns  map[patternKey][]script.Expr
	found     map[*markup.Part]partFound // parts of elements that scripts make
	filled    map[*Object]bool           // contexts of a framework that code of the program gave a value
	drawing
	digits   map[*instance]*digits // that elements on which a person can tap were seen to show
	queries  queries               // what code reads of elements
	buttons  *bool                 // whether the program describes buttons by objects; nil until asked
	assigned *assigned             // what the program writes under each name; nil until asked
	settled  bool                  // see settleStack
	empty    empty
	entered  map[*project.Unit]bool // whether a person enters something into a component, once asked
	replaced map[int]bool           // rounds of loops that stood for items which are shown by themselves now
}

func newPages() pages {
	return pages{
		byRoute: map[string]*instance{}, uses: map[*markup.Element]int{}, made: map[*project.Unit]int{}, exprs: map[script.Expr]*ir.Func{},
		patterns: map[patternKey][]script.Expr{},
		found:    map[*markup.Part]partFound{}, filled: map[*Object]bool{}, digits: map[*instance]*digits{},
		replaced: map[int]bool{}, entered: map[*project.Unit]bool{},
	}
}

// instance is a page, a use of a component, or the app, at run time.
type instance struct {
	unit    *project.Unit
	object  *Object // its this
	data    *Object
	life    life
	def     *Value  // what was given to Page, Component or App; nil if nothing
	names   *Object // the names in its view are properties of it
	this    *Value  // what this is in its view
	page    *instance
	parent  *instance
	host    *markup.Element // the element that uses it; nil for pages
	where   *scope          // the scope of host
	kids    []*instance
	kidKeys map[kidKey]*instance

	declared map[string]bool   // of a component of Vue whose data is it itself: the names of its properties
	defaults map[string]*Value // of a native component: what properties hold that nothing has been passed to
	twoWay   map[string]bool   // of a component of wepy 1: the properties that it may write for its user

	purse   *purse  // of the app and of pages
	query   *Object // of pages: parameters
	opened  bool    // of pages: the parameters may be others than what is passed (openQueries)
	channel *Object // of pages: event channel to the opener
	stacked
	titles  []Text // of pages: what their code calls them
	context *context
	outside *ir.Func // empty; represents callers of its functions from outside

	stranger    string  // missing code that shares in it, "" for none
	given       []given // functions that missing code may call at any time
	frequent    bool    // may be in every page: its costly parts are not run for each
	observers   []observer
	forms       map[kidKey]*Object // values of each <form>, by the element
	nodes       []shownNode        // what it shows, once some code asks for it
	nodeKeys    map[kidKey]*Object // their objects
	referred    map[kidKey]*Object // the controls that a ref of React refers to
	libraryRefs map[string]*Value  // components of libraries that carry a ref, by name

	// Of a single-file component:
	watches  []watch
	methods  map[string]*Value
	setup    *Value     // the function of that name, nil without one
	provides *Value     // the option provide, nil without one
	model    modelNames // what v-model on it passes and takes, if its definition says so
	draws    *Value     // the function that setup gave to draw with, nil without one
	slots    *Object    // what setup was given as slots, nil without a setup that draws
	shows    []*slotShown
	vars     map[string]*reached

	// Of a component whose elements are in its script:
	cells  map[*context]*Object // what its hooks keep
	shown  *Value               // what it rendered last
	around *markup.Element      // what shows it
	inside *form                // the form around it (elements in scripts)
	hosts  []*Host
}

type kidKey struct {
	element *markup.Element
	iter    int
	class   *Object       // of a component whose elements are in its script: its class or function
	unit    *project.Unit // of one that <component :is> shows
}

// slotShown is a slot as a component shows it in one round of the loops around it.
type slotShown struct {
	key   kidKey
	names []string // what it can be called
	other bool     // it may be called something else
	props *Object  // what it passes
}

// modelNames is the option model: { prop: 'checked', event: 'change' } of Vue 2.
type modelNames struct{ prop, event string }

// patternKey is a part of the value of an attribute.
type patternKey struct {
	attr       *markup.Attr
	start, end int
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

// makeApp makes the app from what its script defines.
func (m *machine) makeApp() {
	for _, u := range m.program.Units {
		if u.Library == "" && u.Kind == project.AppUnit {
			m.attempt(u.Path, func() { m.makePage(u) })
		}
	}
	for _, i := range m.pages.order {
		m.charge(&m.tops, func() { m.build(i) })
	}
}

// makePages makes the pages from what their scripts define.
func (m *machine) makePages() {
	for _, u := range m.program.Units {
		if u.Library == "" && u.Kind == project.PageUnit && u.Reachable {
			m.attempt(u.Path, func() { m.makePage(u) })
		}
	}
	purses := m.shares(len(m.pages.order))
	m.shared, m.costly.least = m.rest.left, m.rest.left/2
	for n, i := range m.pages.order {
		i.purse = purses[n]
		if i != m.pages.app {
			m.charge(i.purse, func() { m.build(i) })
		}
	}
}

// makePage makes the app or a page, not yet built.
func (m *machine) makePage(u *project.Unit) {
	in := m.root.child(u, nil, 0)
	i := m.newInstance(u, m.definition(u, in), in)
	if u.Kind == project.AppUnit {
		m.pages.app = i
		i.object.open = i.object.open || m.program.Sources // getApp() is the framework's object, which has more
	} else {
		i.query = m.newObject(plainObject)
		i.query.open = true
		i.object.put("options", objectOf(i.query)) // getCurrentPages().pop().options
		i.object.unlist("options")
		i.channel = m.newObject(channelObject)
		for _, route := range append(u.Routes[:len(u.Routes):len(u.Routes)], u.Path) {
			m.pages.byRoute[route] = i
		}
	}
	m.pages.order = append(m.pages.order, i)
}

// appObject returns the object of the app, before the app is made.
func (m *machine) appObject() *Object {
	if m.pages.appObject == nil {
		m.pages.appObject = m.newObject(instanceObject)
	}
	return m.pages.appObject
}

// newInstance makes an instance of unit from its definition.
func (m *machine) newInstance(unit *project.Unit, def *Value, ctx *context) *instance {
	i := &instance{unit: unit, def: def, context: ctx, kidKeys: map[kidKey]*instance{},
		defaults: map[string]*Value{}, twoWay: map[string]bool{}}
	i.object = m.newObject(instanceObject)
	if unit.Kind == project.AppUnit {
		i.object = m.appObject()
		if m.program.Framework == "uni-app" { // it has some, whatever App.vue says
			i.object.put("globalData", objectOf(m.newObject(plainObject)))
		}
	}
	i.object.special().instance = i
	i.data = m.newObject(plainObject)
	i.object.put("data", objectOf(i.data))
	i.object.put("properties", objectOf(i.data))
	i.object.put("props", objectOf(i.data))
	i.page = i
	i.names, i.this = i.data, undefinedValue
	if unit.Script != nil {
		i.stranger = m.modules.takers[unit.Script]
	}
	i.life = m.lifeOf(unit)
	m.findDefiner(i)
	i.life.shape(i)
	return i
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
			found := join(m.selected(c), join(nullValue, c.this.missingKids()))
			m.callBack(c, c.arg(1), found) // Douyin
			return found
		},
		"selectAllComponents": func(m *machine, c *call) *Value {
			found := m.array(c.site, nil, orUndefined(m.selected(c)))
			m.callBack(c, c.arg(1), found)
			return found
		},
		"getOpenerEventChannel": func(m *machine, c *call) *Value {
			var out *Value
			for _, o := range c.this.objects {
				if o.instance != nil && o.instance.page.channel != nil {
					out = join(out, objectOf(o.instance.page.channel))
				}
			}
			return orUndefined(out)
		},
		"hasBehavior":                always(boolValue),
		"createSelectorQuery":        func(m *machine, c *call) *Value { return m.selectorQuery(c.this, c.site) },
		"createIntersectionObserver": always(unknownValue), "createMediaQueryObserver": always(unknownValue),
		"getTabBar": func(m *machine, c *call) *Value {
			m.callBack(c, c.arg(0), unknownValue)
			return unknownValue
		},
		"animate": func(m *machine, c *call) *Value { m.callBack(c, c.arg(3)); return undefinedValue },
		"clearAnimation": func(m *machine, c *call) *Value {
			m.callBack(c, c.arg(1))
			m.callBack(c, c.arg(2))
			return undefinedValue
		},
		"getPageId": always(unknownValue),
		"$set":      func(m *machine, c *call) *Value { m.setKey(c.arg(0), c.arg(1), c.arg(2), nil); return undefinedValue },
		"$apply":    always(undefinedValue), "$nextTick": nextTick, "groupSetData": nextTick,
	})
}

// callBack calls fn, if it is a function, later.
func (m *machine) callBack(c *call, fn *Value, args ...*Value) {
	if callable(fn) && !fn.unknown {
		m.later(func() { m.call(fn, c.this, args, site{c.site, "callback"}) })
	}
}

func nextTick(m *machine, c *call) *Value {
	fn, this := c.arg(0), c.this
	m.later(func() { m.call(fn, this, nil, site{c.site, "callback"}) })
	return undefinedValue
}

// trigger is triggerEvent: it calls the handlers that the host element binds.
func trigger(m *machine, c *call) *Value {
	names := m.eventNames(c)
	for _, o := range c.this.objects {
		i := o.instance
		if i == nil || i.host == nil {
			continue
		}
		for k, n := range names {
			detail := note(c.arg(1), lang.Text{ZH: "经事件 " + n + " 传给使用组件的页面", EN: "handed to the page by event " + n}, m.here())
			m.fire(i.where, i.host, flatName(n), detail, itemSite(c.site, k))
			m.bindBack(i.where, i.host, flatName(n), detail, itemSite(c.site, k))
			m.bubble(i, flatName(n), detail, c.arg(2), itemSite(c.site, k))
		}
	}
	return undefinedValue
}

// bubble calls the handlers of an event that goes up from the host of i: to the elements around
// it ({ bubbles: true }), and to those around the component whose view that is
// ({ composed: true }; WeChat documentation, component events).
func (m *machine) bubble(i *instance, name string, detail, options *Value, site any) {
	if can, _ := m.get(options, "bubbles").truth(); !can {
		return
	}
	composed, _ := m.get(options, "composed").truth()
	for n := 0; i != nil && i.host != nil && i.where != nil && n < m.limits.nest; n++ {
		e := i.host.Parent
		if n > 0 {
			e = i.host
		}
		for ; e != nil; e = e.Parent {
			m.fire(i.where, e, name, detail, site)
		}
		if !composed {
			return
		}
		i = i.where.instance
	}
}

// eventNames returns the names under which a call sends its second argument. What it
// sends under other names is lost.
func (m *machine) eventNames(c *call) []string {
	names, others := c.arg(0).keys()
	if at := m.here(); others {
		m.lose(deepTaints(c.arg(1)), finding.UnknownKey, callee(at), at)
	}
	return names
}

// flatName is the form in which names of events and attributes are compared, as elements write them in several:
// openType and open-type are opentype.
func flatName(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "")) }

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
			meant := others || slices.ContainsFunc(names, func(n string) bool { return selects(n, kid.host) })
			if meant {
				out = join(out, m.exported(c, kid))
			}
		}
	}
	return out
}

// exported is what a selection of kid gives: the component, or what it exports in its place with
// the behavior wx://component-export.
func (m *machine) exported(c *call, kid *instance) *Value {
	if fn, ok := kid.object.own("export"); ok && runnable(fn) {
		return m.call(fn, objectOf(kid.object), nil, itemSite(c.site, int(kid.object.id)))
	}
	return objectOf(kid.object)
}

// missingKids is what a selection among the components of v may be besides those that are
// known: something, if some are of code that is not there.
func (v *Value) missingKids() *Value {
	for _, o := range v.objects {
		if o.instance == nil || o.instance.unit == nil {
			continue
		}
		for _, u := range o.instance.unit.Components {
			if _, missing := strange(u); missing {
				return unknownValue
			}
		}
	}
	return nil
}

// kid returns the instance of a component that an element uses.
func (m *machine) kid(s *scope, el *markup.Element, u *project.Unit) *instance {
	k := kidKey{element: el, iter: s.iter}
	if el.Tag == "component" {
		k.unit = u
	}
	if i := s.instance.kidKeys[k]; i != nil {
		return i // before its definition is asked for, which a class makes anew
	}
	return m.kidOf(s, k, u, m.definition(u, s.instance.context.child(k, nil, s.iter)))
}

// kidOf is kid for a component with this definition.
func (m *machine) kidOf(s *scope, k kidKey, u *project.Unit, def *Value) *instance {
	parent, el := s.instance, k.element
	if i := parent.kidKeys[k]; i != nil {
		return i
	}
	i := m.newInstance(u, def, parent.context.child(k, nil, s.iter))
	m.pages.uses[el]++
	m.pages.made[u]++
	i.parent, i.page, i.host, i.where = parent, parent.page, el, s
	if m.onAlipay() {
		page := unknownValue // of a component that no page was seen to show
		if i.page.object != nil {
			page = objectOf(i.page.object)
		}
		i.object.put("$page", page)
		i.object.unlist("$page")
	}
	parent.kidKeys[k] = i
	parent.kids = append(parent.kids, i)
	parent.object.changed = m.epoch
	m.grown = true // a handler that ran before may look for the component
	m.pages.kids = append(m.pages.kids, i)
	m.build(i)
	return i
}
