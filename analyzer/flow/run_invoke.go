package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// call is a call of a native function.
type call struct {
	fn   *Object
	this *Value
	args []*Value
	more *Value // arguments at unknown places
	site any    // the place of the call, for the identity of what it allocates
	new  bool

	answered bool // the function of an API has called the callbacks itself
}

// arg returns argument i.
func (c *call) arg(i int) *Value {
	if i < len(c.args) {
		return join(orUndefined(c.args[i]), c.more)
	}
	return join(undefinedValue, c.more)
}

// rest returns the arguments from the i-th on; none if the call has fewer, as in
// this.$emit().
func (c *call) rest(i int) []*Value {
	return c.args[min(i, len(c.args)):]
}

// taints is the collected data that goes into the call directly.
func (c *call) taints() []taint {
	ts := c.this.taints()
	for _, a := range c.args {
		ts = joinTaints(ts, a.taints())
	}
	return joinTaints(ts, c.more.taints())
}

// invoke runs Call, New and Super.
func (m *machine) invoke(f *frame, in *ir.Instr) *Value {
	args, more := m.arguments(f, in)
	if in.Op == ir.Super {
		return m.super(f, in, args, more)
	}
	fn := orUndefined(f.regs[in.A])
	if len(m.api.sinks) > 0 {
		m.ownSink(f, in, args)
	}
	if in.Op == ir.New {
		return m.construct(fn, args, more, in)
	}
	this := undefinedValue
	if in.B != ir.None {
		this = f.regs[in.B]
	}
	fn, this = m.intoUnknown(f, in, fn, this, args)
	return m.apply(fn, this, args, more, in)
}

// arguments collects the arguments of a call.
func (m *machine) arguments(f *frame, in *ir.Instr) (args []*Value, more *Value) {
	args = make([]*Value, 0, len(in.Ext.Args))
	for i, r := range in.Ext.Args {
		if in.Spread && i < len(in.Ext.Spread) && in.Ext.Spread[i] {
			items, others := m.elements(f.regs[r])
			if more == nil {
				args = append(args, items...)
			} else {
				more = join(more, joinAll(items))
			}
			more = join(more, others)
			continue
		}
		if more != nil { // behind arguments whose number is not known
			more = join(more, orUndefined(f.regs[r]))
			continue
		}
		args = append(args, orUndefined(f.regs[r]))
	}
	return args, more
}

// call calls fn with the given arguments from a native function.
func (m *machine) call(fn, this *Value, args []*Value, site any) *Value {
	return m.apply(fn, this, args, nil, site)
}

// apply calls every function that fn can be and joins results and states.
func (m *machine) apply(fn, this *Value, args []*Value, more *Value, site any) *Value {
	if o := fn.callee(); o != nil {
		return m.enter(o, this, args, more, site)
	}
	return m.applyAny(fn, this, args, more, site)
}

// callee returns the one function that v is; nil if it may be another as well.
func (v *Value) callee() *Object {
	if v == nil || len(v.objects) != 1 || v.unknown || v.data != nil {
		return nil
	}
	if o := v.objects[0]; o.callable() {
		return o
	}
	return nil
}

// applyAny is apply for what may be several functions, or none that is known.
func (m *machine) applyAny(fn, this *Value, args []*Value, more *Value, site any) *Value {
	var callees []*Object
	opaque := fn == nil || fn.unknown && !isLibrary(fn) || len(fn.taints()) > 0
	if fn != nil {
		for _, o := range fn.objects {
			if o.callable() {
				if !slices.ContainsFunc(callees, func(c *Object) bool { return m.interchangeable(c, o) }) {
					callees = append(callees, o)
				}
			} else if o.open {
				opaque = true
			}
		}
	}
	if slices.ContainsFunc(callees, isAPI) {
		// A library that was given the platform's object gives the platform's function.
		callees = slices.DeleteFunc(callees, func(o *Object) bool { return o.kind == libraryObject })
	}
	if len(callees) > m.limits.callees && distinct(callees) > m.limits.callees {
		m.limit("calls")
		m.lose(deepTaints(join(more, joinAll(args))), finding.Limit, callee(m.here()), m.here())
		callees = callees[:m.limits.callees]
	}
	if len(callees) == 1 && !opaque {
		return m.enter(callees[0], this, args, more, site)
	}
	if len(callees) == 0 && !opaque && isOwnList(fn) {
		return undefinedValue // the call throws: hooks = [], and then hooks(data)
	}
	var out *Value
	var runs []func() bool
	for _, c := range callees {
		runs = append(runs, func() bool { out = join(out, m.enter(c, this, args, more, site)); return true })
	}
	if opaque || len(callees) == 0 {
		runs = append(runs, func() bool { out = join(out, m.unknownCall(fn, this, args, more, site)); return true })
	}
	if len(runs) == 1 {
		runs[0]()
	} else {
		m.either(runs...)
	}
	return orUndefined(out)
}

// isOwnList reports whether v is lists of the program, and nothing else.
func isOwnList(v *Value) bool {
	other := func(o *Object) bool { return o.kind != arrayObject || o.open || o.shared || o.standIn }
	return v.onlyObjects() && len(v.objects) > 0 && !slices.ContainsFunc(v.objects, other)
}

// distinct counts the functions among callees. Closures of one function count once: that of each instance of a component
// that was told how to save something, or of each name in a loop. So do those of the language with one name, which are the
// functions that settle promises.
func distinct(callees []*Object) int {
	known := map[any]bool{}
	for _, c := range callees {
		switch {
		case c.fn != nil && c.fn.fn != nil:
			known[c.fn.fn] = true
		case c.fn != nil && c.fn.native != nil:
			known[c.fn.name] = true
		default:
			known[c] = true
		}
	}
	return len(known)
}

// without is v as the this of a function that is not known: without the objects whose
// method is one of known. After const list = wx.getStorageSync('list') || [] the unknown
// method of list.map(f) is that of what was stored, and not that of the empty list.
func (v *Value) without(known []*Object) *Value {
	if v == nil || !v.unknown || len(known) == 0 {
		return v
	}
	out := *v
	out.objects = slices.DeleteFunc(slices.Clone(v.objects), func(o *Object) bool {
		return slices.ContainsFunc(known, func(fn *Object) bool { return o.hasMethod(fn) })
	})
	return &out
}

// hasMethod reports whether fn is a method of o.
func (o *Object) hasMethod(fn *Object) bool {
	if typ := builtinTypes[o.kind]; typ != "" && fn.fn != nil && fn.fn.native != nil {
		return method(typ, fn.fn.name) == objectOf(fn)
	}
	for p, n := o, 0; p != nil && n < maxProtos; p, n = p.proto, n+1 {
		for i := range p.props {
			if v := p.props[i].value; v != nil && slices.Contains(v.objects, fn) {
				return true
			}
		}
	}
	return false
}

// builtinTypes are the types of the language whose methods are those of objects of a kind.
var builtinTypes = map[objectKind]string{arrayObject: "Array", promiseObject: "Promise", mapObject: "Map"}

// isAPI reports whether o is an API of the platform that we know.
func isAPI(o *Object) bool {
	return o.kind == platformObject && platform.APIByName(o.path) != nil
}

// thisAround is what an arrow function means by this. In a class that defines a component it is the component:
//
//	events = { saved: v => { this.phone = v } }
func (fn *function) thisAround() *Value {
	if o := fn.this.single(); o != nil && o.traits.became != nil {
		return objectOf(o.traits.became)
	}
	return fn.this
}

// enter calls one function object.
func (m *machine) enter(o *Object, this *Value, args []*Value, more *Value, site any) *Value {
	switch o.kind {
	case platformObject:
		return m.platformCall(o, args, site)
	case libraryObject:
		return m.libraryCall(o, this, args, more, site)
	}
	fn := o.fn
	switch {
	case fn.native != nil:
		return orUndefined(fn.native(m, &call{fn: o, this: orUndefined(this), args: args, more: more, site: site}))
	case fn.target != nil:
		if fn.bound {
			this = fn.this
		}
		return m.unbound(o, func() *Value { return m.apply(fn.target, this, fn.withBound(args), more, site) })
	case fn.fn == nil:
		return m.unknownCall(objectOf(o), this, args, more, site)
	case fn.fn.Arrow:
		this = fn.thisAround()
	}
	if v := m.knownCode(o, this, args, more, site); v != nil {
		return v
	}
	if !m.mayEnter(o, this, args, more) {
		if m.senders[fn.fn] { // what comes back, and what callbacks get, is the server's
			for _, a := range args {
				m.escape(a, unknownValue, site)
			}
			return unknownValue
		}
		if m.recurs(fn.fn) {
			return m.opaque(objectOf(o), this, args, more, site)
		}
		m.handOver(args, unknownValue, site) // what went in is lost, and not known to come out
		return unknownValue
	}
	return m.digested(m.activate(o, this, args, more, site), fn.fn.Name)
}

// mayEnter reports whether the limits allow a call of o. If not, the arguments of
// the call are lost.
func (m *machine) mayEnter(o *Object, this *Value, args []*Value, more *Value) bool {
	fn := o.fn.fn
	if m.frame == nil {
		return true
	}
	if m.frame.depth >= m.limits.depth {
		return m.unfollowed("depth", o, this, args, more)
	}
	spent := m.spent() > m.limits.follow || m.exhausted() && m.frame.callee != nil
	if spent && !m.leaf(fn) {
		return m.unfollowed("steps", o, this, args, more)
	}
	if m.recurs(fn) {
		m.cutRecursion(o, args, more)
		return false
	}
	limit := m.limits.activations
	if m.runs[fn] >= limit && (m.spent() < m.limits.often || m.costing.cheap(fn, m.limits.leaf)) {
		limit = m.limits.cheap
	}
	if mod := m.moduleOf(fn); mod != nil && mod.Library != "" && !m.program.OnServer(mod.File.Path) {
		limit = m.limits.library
		if m.leaf(fn) {
			limit = m.limits.cheap
		}
	}
	if m.runs[fn]++; m.runs[fn] > limit {
		return m.unfollowed("calls", o, this, args, more)
	}
	return true
}

// modelNesting is how often more functions of models may call themselves: a store installs
// the modules that a program has inside each other.
const modelNesting = 3

// recurs reports whether fn has called itself as often as that is followed. A costly entry point is mostly one whose requests are
// sent again by what answers them, each in two or three places, which multiplies with each level: there, code that waits for an
// answer is not followed inside itself. What goes through a tree does not wait.
func (m *machine) recurs(fn *ir.Func) bool {
	limit := m.limits.recursion
	if isModel(fn.File) {
		limit *= modelNesting
	}
	n, waits, costly := 0, false, m.spent() > m.limits.once
	for f := m.frame; f != nil; f = f.caller {
		waits = waits || f.late || f.fn.Async
		if f.fn == fn {
			n++
			if waits && costly {
				return true
			}
		}
	}
	return n >= limit
}

// activate runs the body of a closure.
func (m *machine) activate(o *Object, this *Value, args []*Value, more *Value, from any) *Value {
	fn := o.fn
	parent, iter := m.root, 0
	if m.frame != nil {
		parent, iter = m.frame.context, m.frame.iter
	}
	f := &frame{
		fn:      fn.fn,
		callee:  o,
		context: parent.child(from, fn.fn, iter),
		this:    this,
		args:    args,
		more:    more,
		module:  m.moduleOf(fn.fn),
		late:    m.frame != nil && m.frame == m.handed,
	}
	f.env = &env{fn: fn.fn, cells: make([]*cell, len(fn.fn.Vars)), up: fn.env}
	v := m.run(f)
	switch {
	case fn.fn.Generator:
		return m.array(site{from, "result"}, nil, join(join(f.yields, v), undefinedValue))
	case fn.fn.Async:
		return m.promise(site{from, "result"}, v, f.thrown)
	}
	return v
}

// opaque is a call of missing code: its result may hold what went in, and it may
// call functions among the arguments. What they return is part of the result, too:
// of items.map(f), or promise.then(f).
func (m *machine) opaque(fn, this *Value, args []*Value, more *Value, site any) *Value {
	ts := deepTaints(more)
	if this != nil && (len(this.taints()) > 0 || len(this.objects) > 0) {
		ts = joinTaints(ts, deepTaints(this.known()))
	}
	for _, a := range args {
		ts = joinTaints(ts, deepTaints(a))
	}
	if fn != nil {
		ts = joinTaints(ts, fn.taints())
	}
	return join(taintOnly(ts), m.handOver(args, taintOnly(ts), site))
}

// unknownCall is a call of a function about which nothing is known: its arguments,
// and what functions among them return to it, are lost.
func (m *machine) unknownCall(fn, this *Value, args []*Value, more *Value, site any) *Value {
	if m.tooEarly(fn) {
		return undefinedValue
	}
	at, by := m.here(), m.instruction()
	m.noteBlind(at)
	if takesOff(methodAt(by), args, more) {
		return unknownValue
	}
	understood := m.understood(fn, this, args, by)
	keeps := understood && this != nil && grows[methodAt(by)] && slices.ContainsFunc(this.objects, isList)
	if fn != nil {
		this = this.without(fn.objects)
	}
	if keeps { // waiting.push({ options, resolve }): who takes the function out does not call it with the options
		m.handOver(args, unknownValue, site)
		return join(taintOnly(joinTaints(deepTaints(this.known()), fn.taints())), unknownValue)
	}
	if understood {
		return m.understoodCall(by, fn, this, args, more, site)
	}
	kind := unknownKind(by)
	if this.isUnrun() {
		kind = finding.NotRun
	}
	given := m.loseCall(fn, this, args, more, kind, at)
	result := m.answering(fn, this, args, more, site, callee(at))
	m.lose(without(without(result.taints(), given), fn.taints()), finding.LibraryCallback, callee(at), at)
	if answer := m.answerOfClient(fn, args, at); answer != nil {
		result = join(result, answer)
	}
	return result
}

// understoodCall is unknownCall if it is known what the function does, by the callee at a place.
func (m *machine) understoodCall(at source.Location, fn, this *Value, args []*Value, more *Value, site any) *Value {
	if methodAt(at) == "map" && languageMethod(at, this, args) {
		return m.madeOfEach(fn, this, args, site)
	}
	tells := platform.TellingMethod(methodAt(at)) && languageMethod(at, this, args)
	if tells && !handsObjects(args) && more == nil {
		return unknownValue // nothing that it could call: what it is given need not be searched
	}
	if settles(methodAt(at)) {
		fn, this = waited(fn), waited(this)
	}
	result := m.opaque(fn, this, args, more, site)
	switch name := methodAt(at); {
	case !languageMethod(at, this, args):
	case tells:
		return unknownValue
	case platform.PickingMethod(name):
		return join(taintOnly(joinTaints(deepTaints(this.known()), fn.taints())), unknownValue)
	case name == "concat" && slices.ContainsFunc(args, func(a *Value) bool { return len(a.objects) > 0 }):
		return join(taintOnly(this.taints()), m.apply(method("Array", "concat"), m.unknownList(site), args, more, site))
	}
	return result
}

// handsObjects reports whether any of args can be an object, such as a function.
func handsObjects(args []*Value) bool {
	return slices.ContainsFunc(args, func(a *Value) bool { return a != nil && len(a.objects) > 0 })
}

// madeOfEach is what map makes of something unknown: if that is a list, one of what the function makes of its elements, which
// stay apart in it.
//
//	const rows = saved.map(row => row.id === id ? { name, phone } : row)
func (m *machine) madeOfEach(fn, this *Value, args []*Value, at any) *Value {
	held := joinTaints(deepTaints(this.known()), fn.taints())
	made := m.escape(args[0], taintOnly(held), at)
	if made == nil {
		return join(taintOnly(held), unknownValue)
	}
	list := m.array(site{at, "mapped"}, nil, made)
	return join(join(list, unknownValue), join(drawn(made), m.components(args[0], made)))
}

// unknownList is a list of which nothing is known: saved in saved.concat({ id, who }), whose items keep apart what they hold.
func (m *machine) unknownList(at any) *Value {
	list := m.object(arrayObject, site{at, "unknown list"})
	m.addRest(list, unknownValue)
	return objectOf(list)
}

// handOver hands functions, or a definition, among args to missing code, which may
// call them with v. It returns the data and the elements that they return, and those that
// return elements, which it may wrap: withRouter(Page).
func (m *machine) handOver(args []*Value, v *Value, site any) *Value {
	var returned, components *Value
	for _, a := range args {
		if !m.adopt(a) {
			r := m.escape(a, v, site)
			returned = join(returned, r)
			components = join(components, m.components(a, r))
		}
	}
	if returned == nil {
		return components
	}
	return join(join(taintOnly(deepTaints(returned)), drawn(returned)), components)
}

// escape calls the functions in v, which was handed to missing code, as that code
// might, and returns what they return.
func (m *machine) escape(v, arg *Value, site any) *Value {
	e := escaping{machine: m, args: []*Value{arg, unknownValue}, more: unknownValue, this: unknownValue, site: site, mark: m.newMark()}
	e.values(v, 0)
	if len(e.far) > 0 {
		d := digger{pages: true, closures: true}
		d.objects(e.far)
		e.lose(without(d.taints, deepTaints(v)), finding.Limit, callee(e.here()), e.here())
	}
	return e.returned
}

// maxEscape bounds how deep in objects that escape functions are looked for.
var maxEscape = 2

// escaping is a walk through what escapes.
type escaping struct {
	*machine
	this *Value
	args []*Value // what they are called with
	more *Value   // further arguments, of unknown number
	site any

	called map[*Object]bool // functions that it has called: a second time they would get the same
	mark   int32            // of objects that it has walked through since the last call

	far []*Object // what lies too deep to be called

	returned *Value
}

// values calls the functions in v and in the objects in it.
func (e *escaping) values(v *Value, depth int) {
	if v == nil {
		return
	}
	for _, o := range v.objects {
		switch {
		case o.node != nil && e.frame.owner().wasGiven(o): // a person causes its events, not who was given it
		case o.kind == functionObject && o.fn.ofProgram():
			e.function(o)
		case o.kind == plainObject && depth >= maxEscape:
			e.lookAt(1)
			e.far = append(e.far, o)
		case o.kind == plainObject && !(depth == 1 && o.mark == e.mark):
			e.object(o, depth)
		}
	}
}

// function calls o, once.
func (e *escaping) function(o *Object) {
	if e.called[o] {
		return
	}
	if e.called == nil {
		e.called = map[*Object]bool{}
	}
	e.called[o] = true
	if e.frame == nil || e.frame.depth < e.limits.depth-8 {
		e.perhaps(func() { e.returned = join(e.returned, e.enter(o, e.this, e.args, e.more, e.site)) })
	} else {
		e.unfollowed("depth", o, e.this, e.args, e.more)
	}
	e.mark = e.newMark() // it may have put functions anywhere
}

// object calls the functions in o.
func (e *escaping) object(o *Object, depth int) {
	e.lookAt(1 + len(o.props))
	before := e.mark
	for i := range o.props {
		if p := &o.props[i]; p.value != nil && len(p.value.objects) > 0 && !ofStore(p.name, p.value) {
			e.option(p.name, p.value, depth)
		}
	}
	if depth == 1 && e.mark == before {
		o.mark = e.mark
	}
}

// ofStore reports whether a property is what a framework puts on a store for its own program: $patch, $onAction. Whoever is
// given the store does not call it.
func ofStore(name string, v *Value) bool {
	own := func(o *Object) bool { return o.fn != nil && o.fn.fn != nil && isModel(o.fn.fn.File) }
	return strings.HasPrefix(name, "$") && v != nil && slices.ContainsFunc(v.objects, own)
}

// construct runs new.
func (m *machine) construct(fn *Value, args []*Value, more *Value, site any) *Value {
	var out *Value
	for _, o := range fn.objects {
		switch {
		case o.kind == functionObject && o.fn.native != nil:
			out = join(out, o.fn.native(m, &call{fn: o, this: undefinedValue, args: args, more: more, site: site, new: true}))
		case o.kind == functionObject && o.fn.target != nil:
			out = join(out, m.unbound(o, func() *Value {
				return m.construct(o.fn.target, o.fn.withBound(args), more, site)
			}))
		case o.kind == functionObject && o.fn.fn != nil:
			if len(fn.objects) > 1 {
				m.perhaps(func() { out = join(out, m.instantiate(o, args, more, itemSite(site, int(o.id)))) })
			} else {
				out = join(out, m.instantiate(o, args, more, site))
			}
		case o.kind == platformObject:
			out = join(out, m.platformCall(o, args, site))
		case o.kind == libraryObject:
			out = join(out, m.libraryCall(o, nil, args, more, site))
		}
	}
	if out == nil || fn.unknown && !isLibrary(fn) {
		out = join(out, m.unknownCall(fn, nil, args, more, site))
	}
	return out
}
