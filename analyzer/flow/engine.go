package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Options of a run.
type Options struct {
	Sinks []Sink // functions of the program that are sinks in themselves
}

// Sink is a function of the program that sends or keeps what it is given.
type Sink struct {
	Name string // how it is called: "api.post"; this.api.post is the same
	Kind finding.SinkKind
	Args []int // arguments that carry data, from 0; empty for all
}

// Analyze runs the whole program and says what it learnt.
//
// It initialises the modules, makes the app and every registered page, and then,
// round by round until nothing new is learnt, runs their lifecycles, renders
// their views with the components in them, and fires every event that an element
// binds, with data that stand for what a person enters.
func Analyze(p *project.Program, o Options) *Result {
	e := newEngine(p)
	e.sinks = o.Sinks
	e.initModules()
	e.makePages()
	for round := 0; round < maxRoundsOfAll && !e.machine.exhausted(); round++ {
		e.grown = false
		e.round()
		if !e.grown {
			break
		}
	}
	if e.grown {
		e.limit("rounds")
	}
	e.rest()
	return e.result()
}

// maxRoundsOfAll bounds the rounds over the program. Data travel at least one
// page further with each.
const maxRoundsOfAll = 8

// engine is the state of a run that is not part of the interpreted program's.
type engine struct {
	program   *project.Program
	machine   *machine
	root      *context
	sinks     []Sink
	grown     bool // something new was learnt in this round
	origins   int
	entries   int // number of runs of entry points
	iters     map[iterKey]int
	exprs     map[script.Expr]*ir.Func
	lowered   map[*script.Program]*ir.Module
	byFile    map[*source.File]*project.Module
	modules   map[*project.Module]*module
	inits     []*project.Module // modules being initialised, innermost last
	defs      map[*project.Module]*Value
	scripts   map[*script.Program]*Value // exports of inline wxs
	inline    map[*project.View]map[string]*markup.Element
	platform  map[string]*Object
	overrides map[string]*Value
	libraries map[libraryKey]*Object
	senders   map[*project.Module]bool
	storage   *Object
	global    *Object

	app       *instance
	app0      *Object              // the app's object, where it was asked for before the app was made
	pages     map[string]*instance // by route
	order     []*instance          // the app, then pages by route
	kids      []*instance
	controls  map[controlKey]*controlRecord
	sequence  []*controlRecord
	calls     map[callKey]*callRecord
	callOrder []*callRecord
	limits    map[Limit]bool
}

// module is the run-time side of a script.
type module struct {
	object  *Object // its module: holds exports
	started bool
	done    bool
	ns      *Value
	require *Value
}

type iterKey struct {
	outer int
	site  any
	n     int
}

type controlKey struct {
	instance *instance
	element  *markup.Element
	iter     int
}

type controlRecord struct {
	*Control
	origin *origin
}

type callKey struct {
	at   source.Location
	path string
}

type callRecord struct {
	*Call
	origins map[string]*origin
}

func newEngine(p *project.Program) *engine {
	e := &engine{
		program: p, root: &context{}, iters: map[iterKey]int{}, exprs: map[script.Expr]*ir.Func{},
		lowered: map[*script.Program]*ir.Module{}, byFile: map[*source.File]*project.Module{},
		modules: map[*project.Module]*module{}, defs: map[*project.Module]*Value{},
		scripts: map[*script.Program]*Value{}, inline: map[*project.View]map[string]*markup.Element{},
		platform: map[string]*Object{}, overrides: map[string]*Value{}, pages: map[string]*instance{},
		controls: map[controlKey]*controlRecord{}, calls: map[callKey]*callRecord{}, limits: map[Limit]bool{},
		libraries: map[libraryKey]*Object{}, senders: map[*project.Module]bool{},
	}
	e.machine = &machine{engine: e, nextID: firstID, entry: &entry{}, runs: map[*ir.Func]int{}}
	e.machine.budget = baseWork + workPerByte*p.Bytes
	e.storage = e.machine.newObject(plainObject)
	e.global = e.machine.newObject(plainObject)
	for _, m := range p.Modules {
		e.byFile[m.File] = m
	}
	return e
}

// iteration returns the identity of round n of the loop at site inside outer.
func (e *engine) iteration(outer int, site any, n int) int {
	k := iterKey{outer, site, n}
	if i, ok := e.iters[k]; ok {
		return i
	}
	i := len(e.iters) + 1
	e.iters[k] = i
	return i
}

// limit notes that a bound was hit: by the unit that runs, or, where the budget
// of the whole program is spent, by the program.
func (e *engine) limit(what string) {
	var u *project.Unit
	if i := e.machine.frame.owner(); i != nil && !e.machine.exhausted() {
		u = i.unit
	}
	e.limits[Limit{u, what}] = true
	if m := e.machine; m.entry.limited != m.entry.id {
		m.entry.limited = m.entry.id
		m.entry.bounded++
	}
}

// within runs something with f as the present frame.
func (m *machine) within(f *frame, run func()) {
	here := m.frame
	m.frame = f
	run()
	m.frame = here
}

// rootFrame returns a frame for an entry point of i.
func (m *machine) rootFrame(i *instance, ctx *context) *frame {
	f := &frame{fn: &ir.Func{}, context: ctx, instance: i, this: objectOf(i.object)}
	if i.unit != nil && i.unit.Script != nil {
		f.module = i.unit.Script
		f.fn.File = i.unit.Script.File
	} else if i.unit != nil && i.unit.View != nil {
		f.fn.File = i.unit.View.File
	}
	return f
}

// finish ends an entry point: waiting callbacks run, and what was written
// becomes a possibility.
func (m *machine) finish() {
	m.drain()
	if m.commit() {
		m.engine.grown = true
	}
	m.begin()
}

// initModules runs the top level of every module that a page can reach.
func (e *engine) initModules() {
	var list []*project.Module
	for _, u := range e.program.Units {
		if u.Kind == project.AppUnit && u.Script != nil {
			list = append(list, u.Script)
		}
	}
	for _, u := range e.program.Units {
		if u.Script != nil && u.Reachable && u.Library == "" {
			list = append(list, u.Script)
		}
	}
	for _, f := range e.program.Functions {
		if f.Main != nil {
			list = append(list, f.Main)
		}
	}
	for _, m := range list {
		e.exports(e.machine, m)
	}
}

// moduleOf returns the module that fn stands in.
func (e *engine) moduleOf(fn *ir.Func) *project.Module {
	if fn == nil {
		return nil
	}
	return e.byFile[fn.File]
}

// run returns the run-time side of mod, initialised.
func (e *engine) exports(m *machine, mod *project.Module) *module {
	s := e.modules[mod]
	if s == nil {
		s = &module{object: m.newObject(plainObject)}
		exports := m.newObject(plainObject)
		exports.special().module = mod
		s.object.put("exports", objectOf(exports))
		e.modules[mod] = s
	}
	if s.started || mod.Tree == nil {
		return s
	}
	s.started = true
	low := e.lowered[mod.Tree]
	if low == nil {
		low = ir.Lower(mod.Tree)
		e.lowered[mod.Tree] = low
	}
	// What a module's top level does stays, whatever branch asked for it.
	outer := m.journal
	m.journal = nil
	if m.frame == nil {
		clear(m.runs)
	}
	e.inits = append(e.inits, mod)
	m.evaluate(low.Init, mod)
	if m.frame == nil {
		m.drain()
	}
	e.inits = e.inits[:len(e.inits)-1]
	m.accept()
	m.journal = outer
	m.begin()
	s.done = true
	return s
}

// evaluate runs the top level of a script.
func (m *machine) evaluate(fn *ir.Func, mod *project.Module) {
	fn.Body() // completes the lists of variables and registers
	f := &frame{fn: fn, context: m.engine.root.child(fn, fn, 0), this: undefinedValue, module: mod}
	f.env = &env{fn: fn, cells: make([]*cell, len(fn.Vars))}
	m.run(f)
}

// require returns what require(spec) gives in module from.
func (e *engine) require(m *machine, from *project.Module, spec string) *Value {
	if from != nil {
		if mod := from.Import(spec); mod != nil && e.foreign(mod) {
			return e.library(m, mod)
		} else if mod != nil && mod.Tree != nil {
			s := e.exports(m, mod)
			return m.get(objectOf(s.object), "exports")
		}
	}
	for _, p := range platform.Packages() {
		if p.Name == spec {
			global := "wx"
			if spec == "@tarojs/taro" {
				global = "Taro"
			}
			return e.platformObject(global, p.Prefix)
		}
	}
	if v := e.client(spec); v != nil {
		return v
	}
	return unknownValue
}

// importModule runs an import: static, or import(x).
func (m *machine) importModule(f *frame, in *ir.Instr) *Value {
	if in.Ext != nil && len(in.Ext.Args) > 0 {
		names, _ := f.regs[in.Ext.Args[0]].keys()
		out := unknownValue
		if len(names) > 0 {
			out = m.engine.namespace(m, f.module, names[0])
		}
		return m.promise(resultSite{in}, out, nil)
	}
	return m.engine.namespace(m, f.module, in.Name)
}

// namespace returns the module namespace that an import sees. A CommonJS module
// seen so has its exports as default.
func (e *engine) namespace(m *machine, from *project.Module, spec string) *Value {
	v := e.require(m, from, spec)
	if from == nil {
		return v
	}
	mod := from.Import(spec)
	if mod == nil || mod.Tree == nil || e.foreign(mod) {
		if len(v.objects) == 1 && v.objects[0].kind == platformObject {
			// import Taro from '@tarojs/taro': default and namespace are one.
			e.overrides[v.objects[0].global+"\x00"+strings.TrimPrefix(v.objects[0].path+"default", ".")] = v
		}
		return v
	}
	if mod.Tree.Module {
		return v
	}
	s := e.modules[mod]
	if s.ns == nil {
		ns := m.newObject(plainObject)
		s.ns = objectOf(ns)
		if len(v.objects) == 1 {
			ns.proto = v.objects[0]
		}
	}
	s.ns.objects[0].put("default", v)
	if len(v.objects) == 1 {
		s.ns.objects[0].proto = v.objects[0]
	}
	return s.ns
}

// export makes v an export of mod.
func (e *engine) export(m *machine, mod *project.Module, name string, v *Value) {
	if s := e.modules[mod]; s != nil {
		for _, o := range m.get(objectOf(s.object), "exports").objects {
			m.setProp(o, name, orUndefined(v))
		}
	}
}

// exportOpen notes that mod exports more than is known.
func (e *engine) exportOpen(m *machine, mod *project.Module) {
	if s := e.modules[mod]; s != nil {
		for _, o := range m.get(objectOf(s.object), "exports").objects {
			m.setOpen(o, true)
		}
	}
}

// wxs returns the exports of a wxs module of a view, or nil.
func (e *engine) wxs(m *machine, v *project.View, name string) *Value {
	if v == nil {
		return nil
	}
	if mod := v.Scripts[name]; mod != nil && mod.Tree != nil {
		return m.get(objectOf(e.exports(m, mod).object), "exports")
	}
	table := e.inline[v]
	if table == nil {
		table = map[string]*markup.Element{}
		if v.Tree != nil {
			markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
				if el, ok := n.(*markup.Element); ok && el.Script != nil {
					if a := el.Attr("module"); a != nil {
						s, _ := markup.Static(a.Parts)
						table[s] = el
					}
				}
				return true
			})
		}
		e.inline[v] = table
	}
	el := table[name]
	if el == nil {
		return nil
	}
	if out := e.scripts[el.Script]; out != nil {
		return out
	}
	mod := &project.Module{File: v.File, Tree: el.Script, WXS: true}
	out := m.get(objectOf(e.inlineExports(m, mod).object), "exports")
	e.scripts[el.Script] = out
	return out
}

// inlineExports runs an inline wxs block, whose functions belong to no file of
// their own.
func (e *engine) inlineExports(m *machine, mod *project.Module) *module {
	s := e.exports(m, mod)
	return s
}

// makePages makes the app and the pages from what their scripts define.
func (e *engine) makePages() {
	m := e.machine
	for _, u := range e.program.Units {
		if u.Library != "" || u.Kind == project.ComponentUnit || !u.Reachable && u.Kind == project.PageUnit {
			continue
		}
		i := m.newInstance(u, e.definition(u), e.root.child(u, nil, 0))
		if u.Kind == project.AppUnit {
			e.app = i
		} else {
			i.query = m.newObject(plainObject)
			i.query.open = true
			i.channel = m.newObject(channelObject)
			e.pages[u.Path] = i
		}
		e.order = append(e.order, i)
	}
	for _, i := range e.order {
		m.build(i)
	}
}

// appObject returns the object of the app, before the app is made.
func (e *engine) appObject() *Object {
	if e.app0 == nil {
		e.app0 = e.machine.newObject(instanceObject)
	}
	return e.app0
}

// definition returns what the script of u gave to Page, Component or App.
func (e *engine) definition(u *project.Unit) *Value {
	if u.Script == nil {
		return nil
	}
	if d := e.defs[u.Script]; d != nil {
		return d
	}
	s := e.modules[u.Script]
	if s == nil {
		return nil
	}
	m := e.machine
	d := m.get(m.get(objectOf(s.object), "exports"), "default")
	var out *Value
	for _, o := range d.objects {
		if o.kind != functionObject || o.fn.fn == nil {
			out = join(out, objectOf(o))
			continue
		}
		m.within(&frame{fn: &ir.Func{}, context: e.root, module: u.Script}, func() {
			out = join(out, m.construct(objectOf(o), nil, nil, u))
		})
		m.accept()
	}
	return out
}

// define notes a definition for the unit whose script is being initialised.
func (e *engine) define(def *Value) {
	if len(e.inits) == 0 || def == nil {
		return
	}
	mod := e.inits[len(e.inits)-1]
	for n := len(e.inits) - 1; n >= 0; n-- {
		if e.isUnitScript(e.inits[n]) {
			mod = e.inits[n]
			break
		}
	}
	e.defs[mod] = join(e.defs[mod], def)
}

func (e *engine) isUnitScript(mod *project.Module) bool {
	for _, u := range e.program.Units {
		if u.Script == mod {
			return true
		}
	}
	return false
}

// kid returns the instance of a component that an element uses.
func (e *engine) kid(m *machine, s *scope, el *markup.Element, u *project.Unit) *instance {
	parent := s.instance
	k := kidKey{el, s.iter}
	if i := parent.kidKeys[k]; i != nil {
		return i
	}
	i := m.newInstance(u, e.definition(u), parent.context.child(el, nil, s.iter))
	i.parent, i.page, i.host, i.where = parent, parent.page, el, s
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
		m.enterAt(ctx.entryPoint(), func() {
			m.within(m.rootFrame(i, ctx), func() {
				m.call(fn, objectOf(i.object), args, i)
				m.finish()
			})
		})
	}
}

// round runs every instance once.
func (e *engine) round() {
	for _, i := range e.order {
		e.machine.start(i)
		if i.unit.Kind == project.PageUnit {
			e.machine.render(i, nil, 0)
		}
	}
}

// rest makes the components that are reachable but that no view was seen to
// use, and records the controls of pages that nothing reaches.
func (e *engine) rest() {
	m := e.machine
	used := map[*project.Unit]bool{}
	for _, i := range e.kids {
		used[i.unit] = true
	}
	for _, u := range e.program.Units {
		if u.Library != "" || u.Kind == project.AppUnit || used[u] || u.Kind == project.PageUnit && u.Reachable {
			continue
		}
		if !u.Reachable {
			e.shelve(u)
			continue
		}
		i := m.newInstance(u, e.definition(u), e.root.child(u, nil, 0))
		i.page = &instance{unit: nil}
		m.build(i)
		for n := 0; n < 3; n++ {
			e.grown = false
			m.start(i)
			m.render(i, nil, 0)
			if !e.grown {
				break
			}
		}
	}
}

// shelve records the controls of a unit that nothing reaches.
func (e *engine) shelve(u *project.Unit) {
	if u.View == nil || u.View.Tree == nil {
		return
	}
	markup.Walk(u.View.Tree.Nodes, func(n markup.Node) bool {
		el, ok := n.(*markup.Element)
		if ok && isControl(el, u.Components[el.Tag]) {
			c := &Control{Unit: u, View: u.View, Element: el, Using: u.Components[el.Tag], scope: &scope{view: u.View}}
			e.sequence = append(e.sequence, &controlRecord{Control: c})
		}
		return true
	})
}

// control returns the record of a control in the place of s.
func (e *engine) control(s *scope, el *markup.Element, u *project.Using) (*Control, *origin) {
	k := controlKey{s.instance, el, s.iter}
	r := e.controls[k]
	if r == nil {
		c := &Control{Unit: s.instance.unit, View: s.view, Element: el, Using: u, Hosts: s.hosts, Rendered: true, scope: s}
		if s.instance.page != nil {
			c.Page = s.instance.page.unit
		}
		r = &controlRecord{Control: c, origin: e.origin(&c.Uses, finding.Step{
			Message:  sourceMessage(el),
			Location: source.Location{File: s.view.File, Span: el.Open},
		})}
		e.controls[k] = r
		e.sequence = append(e.sequence, r)
		e.bindings(c, s)
	}
	r.scope = s
	return r.Control, r.origin
}

// sourceMessage says how a person hands a datum over at el.
func sourceMessage(el *markup.Element) finding.Text {
	switch {
	case el.Attr("open-type") != nil:
		return finding.Text{ZH: "用户点按这里提供", EN: "handed over by the person who taps here"}
	case el.Tag == "picker":
		return finding.Text{ZH: "用户在这里选择", EN: "chosen here by the person"}
	}
	return finding.Text{ZH: "用户在这里填写", EN: "entered here by the person"}
}

func (e *engine) origin(u *Uses, start finding.Step) *origin {
	e.origins++
	return &origin{id: e.origins, uses: u, start: start}
}

// bindings fills what a control binds.
func (e *engine) bindings(c *Control, s *scope) {
	for _, a := range c.Element.Attrs {
		switch a.Kind {
		case markup.Model:
			for _, p := range a.Parts {
				if p.Expr != nil {
					c.Models = append(c.Models, s.view.File.Slice(p.Expr.Range()))
				}
			}
		case markup.Event:
			names, _ := s.valueOf(e.machine, s.view.File, a.Parts).keys()
			for _, n := range names {
				n, _, _ = strings.Cut(strings.TrimSpace(n), "(")
				h := Handler{Event: a.Name, Attr: a, Name: n}
				fn := e.machine.get(objectOf(s.instance.object), n)
				for _, o := range fn.objects {
					if o.kind == functionObject && o.fn.fn != nil {
						h.Found, h.Func = true, source.Location{File: o.fn.fn.File, Span: o.fn.fn.Span}
					}
				}
				c.Handlers = append(c.Handlers, h)
			}
		}
	}
}

// called returns the record of a call of an API.
func (e *engine) called(m *machine, o *Object, at source.Location) *Call {
	k := callKey{at, o.path}
	r := e.calls[k]
	if r == nil {
		c := &Call{API: o.path, Location: at, Reached: true, Results: map[string]*Uses{}, Module: e.byFile[at.File]}
		r = &callRecord{Call: c, origins: map[string]*origin{}}
		if i := m.frame.owner(); i != nil {
			c.Unit = i.unit
		}
		e.calls[k] = r
		e.callOrder = append(e.callOrder, r)
	}
	return r.Call
}

// resultOrigin returns the datum at a path of the result of a call.
func (e *engine) resultOrigin(c *Call, path string, o *Object) *origin {
	r := e.calls[callKey{c.Location, c.API}]
	if org := r.origins[path]; org != nil {
		return org
	}
	u := &Uses{}
	c.Results[path] = u
	org := e.origin(u, finding.Step{
		Message:  finding.Text{ZH: o.apiName() + " 交出数据", EN: o.apiName() + " hands it over"},
		Location: c.Location,
	})
	r.origins[path] = org
	return org
}

// cloudMain returns the main function of the cloud function with a name.
func (e *engine) cloudMain(m *machine, name string) *Value {
	for _, f := range e.program.Functions {
		if f.Name == name && f.Main != nil && f.Main.Tree != nil {
			v := m.get(m.get(objectOf(e.exports(m, f.Main).object), "exports"), "main")
			if callable(v) {
				return v
			}
		}
	}
	return nil
}

// apiNames lists the APIs directly below a path, for programs that wrap them all.
func (e *engine) apiNames(path string) []string {
	var out []string
	for _, a := range platform.APIs() {
		if path == "" && !strings.Contains(a.Name, ".") && (len(a.Yields) > 0 || a.Sink != nil) {
			out = append(out, a.Name)
		}
	}
	return out
}

// result puts what was learnt in order.
func (e *engine) result() *Result {
	r := &Result{}
	for _, c := range e.sequence {
		r.Controls = append(r.Controls, c.Control)
	}
	slices.SortStableFunc(r.Controls, func(a, b *Control) int {
		return cmp.Or(cmp.Compare(a.View.File.Path, b.View.File.Path), cmp.Compare(a.Element.Start, b.Element.Start))
	})
	for _, c := range e.callOrder {
		r.Calls = append(r.Calls, c.Call)
	}
	r.Calls = append(r.Calls, e.unreached()...)
	slices.SortStableFunc(r.Calls, func(a, b *Call) int {
		return cmp.Or(cmp.Compare(a.Location.File.Path, b.Location.File.Path), cmp.Compare(a.Location.Span.Start, b.Location.Span.Start), cmp.Compare(a.API, b.API))
	})
	for l := range e.limits {
		r.Limits = append(r.Limits, l)
	}
	slices.SortFunc(r.Limits, func(a, b Limit) int { return cmp.Or(cmp.Compare(a.path(), b.path()), cmp.Compare(a.What, b.What)) })
	return r
}

func (l Limit) path() string {
	if l.Unit == nil {
		return ""
	}
	return l.Unit.Path
}

// unreached finds the calls of APIs with personal information in code that no
// entry point runs: only those spelled out, such as wx.chooseAddress().
func (e *engine) unreached() []*Call {
	globals := map[string]string{}
	for _, g := range platform.Globals() {
		globals[g.Name] = g.Prefix
	}
	known := map[source.Location]bool{}
	for _, c := range e.callOrder {
		known[c.Location] = true
	}
	var out []*Call
	for _, mod := range e.program.Modules {
		if mod.Tree == nil {
			continue
		}
		script.Walk(mod.Tree, func(n script.Node) bool {
			call, ok := n.(*script.Call)
			if !ok {
				return true
			}
			dot, ok := call.Fn.(*script.Dot)
			if !ok {
				return true
			}
			id, ok := dot.X.(*script.Ident)
			if !ok || id.Symbol != nil {
				return true
			}
			prefix, ok := globals[id.Name]
			if !ok {
				return true
			}
			at := source.Location{File: mod.File, Span: dot.Span}
			if api := platform.APIByName(prefix + dot.Name); api != nil && len(api.Yields) > 0 && !known[at] {
				out = append(out, &Call{API: api.Name, Location: at, Module: mod, Results: map[string]*Uses{}})
			}
			return true
		})
	}
	return out
}
