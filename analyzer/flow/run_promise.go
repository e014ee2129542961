package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/ir"
)

// task is a callback that waits until the present code has run.
type task struct {
	frame *frame      // the place at which it was handed over
	stack []*ir.Instr // the instruction at which frame was then, and those of its callers
	run   func()
}

// stack is the instruction that f is at, and those of its callers.
func (f *frame) stack() []*ir.Instr {
	if f == nil {
		return nil
	}
	list := make([]*ir.Instr, 0, f.depth+1)
	for ; f != nil; f = f.caller {
		list = append(list, f.instr)
	}
	return list
}

// rewind puts f and its callers back to the instructions that stack lists.
func (f *frame) rewind(stack []*ir.Instr) {
	for i := 0; f != nil; f = f.caller {
		f.instr = stack[i]
		i++
	}
}

// later has run called when the present code is done, as the platform calls
// callbacks. It may be called or not.
func (m *machine) later(run func()) { m.tasksFrom(m.frame, run) }

// drain runs waiting callbacks, and those they leave, in order.
func (m *machine) drain() {
	here, catchers, handed := m.frame, m.catchers, m.handed
	m.catchers = nil
	for n := 0; len(m.tasks) > 0 && n < m.limits.tasks && !m.over(); n++ {
		t := m.tasks[0]
		m.tasks = m.tasks[1:]
		m.frame, m.handed = t.frame, t.frame
		now := t.frame.stack()
		t.frame.rewind(t.stack) // so that what happens there happens at the call that takes the callback
		m.perhaps(t.run)
		t.frame.rewind(now)
	}
	if len(m.tasks) > 0 {
		m.limit("calls")
	}
	m.tasks = nil
	m.frame, m.catchers, m.handed = here, catchers, handed
}

// catching calls fn and returns what it throws apart from what it gives.
func (m *machine) catching(fn *Value, args []*Value, site any) (v, thrown *Value) {
	if m.frame == nil {
		return m.call(fn, undefinedValue, args, site), nil
	}
	f := m.frame
	outer, throws := f.thrown, m.exits()
	f.thrown = nil
	m.catchers = append(m.catchers, &throws)
	v = m.call(fn, undefinedValue, args, site)
	m.catchers = m.catchers[:len(m.catchers)-1]
	m.leave(&throws, true)
	thrown, f.thrown = f.thrown, outer
	return v, thrown
}

// settleBy settles p as a callback says: with what it gives or throws.
func (m *machine) settleBy(p *Object, cb *Value, args []*Value, site any) {
	v, thrown := m.catching(cb, args, site)
	m.resolve(p, v)
	if thrown != nil {
		m.reject(p, thrown)
	}
}

// reaction is what follows the settling of a promise.
type reaction struct {
	fulfilled  func(*Value)
	rejected   func(*Value) // or nil
	value, err *Value       // what they were called with

	run int32 // the run that waits, if the promise is from before: settled later, it makes that go again; else 0
}

// over reports whether what waits belongs to another run than this one, and need not be told.
func (r *reaction) over(run int32) bool { return r.run != 0 && r.run != run }

// Hidden properties of promises.
const (
	promiseValue = "(value)"
	promiseError = "(error)"
)

// promise makes a promise settled with v, or with err if that is not nil.
func (m *machine) promise(site any, v, err *Value) *Value {
	p := m.object(promiseObject, site)
	if p.reactions != nil {
		p.special().reactions = nil
	}
	if v != nil {
		m.resolve(p, v)
	}
	if err != nil {
		m.reject(p, err)
	}
	return objectOf(p)
}

// resolve settles p with v, or with what the promises in v are settled with.
func (m *machine) resolve(p *Object, v *Value) {
	v = orUndefined(v)
	plain, promises := split(v)
	for _, q := range promises {
		if q != p {
			m.whenSettled(q, reaction{
				fulfilled: func(v *Value) { m.settle(p, promiseValue, v) },
				rejected:  func(v *Value) { m.settle(p, promiseError, v) },
			})
		}
	}
	if plain = m.thenables(p, plain); plain != nil {
		m.settle(p, promiseValue, plain)
	}
}

// isFunction reports whether v is a function of the program.
func (v *Value) isFunction() bool {
	fn := v.callee()
	return fn != nil && fn.kind == functionObject && fn.fn.fn != nil
}

// thenable reports whether o has a then of the program's.
func (m *machine) thenable(o *Object) bool {
	if o.kind != plainObject || m.frame == nil {
		return false
	}
	return m.property(o, "then").isFunction()
}

// thenables asks the objects in v that have a then of the program's for their value,
// with which p is settled, and returns what else v is.
func (m *machine) thenables(p *Object, v *Value) *Value {
	if v == nil {
		return nil
	}
	for _, o := range v.objects {
		if !m.thenable(o) {
			continue
		}
		then := m.property(o, "then")
		settle := func(name string, by func(*Object, *Value)) *Value {
			return m.native(site{o, name}, name, func(m *machine, c *call) *Value { by(p, c.arg(0)); return undefinedValue })
		}
		args := []*Value{settle(resolveName, m.resolve), settle(rejectName, m.reject)}
		m.later(func() { m.call(then, objectOf(o), args, site{o, "callback"}) })
		if v.single() == o {
			return nil
		}
	}
	return v
}

func (m *machine) reject(p *Object, v *Value) { m.settle(p, promiseError, orUndefined(v)) }

// split separates the promises in v from all else it can be.
func split(v *Value) (plain *Value, promises []*Object) {
	for _, o := range v.objects {
		if o.kind == promiseObject {
			promises = append(promises, o)
		}
	}
	if len(promises) == 0 {
		return v, nil
	}
	rest := &Value{consts: v.consts, data: v.data, unknown: v.unknown}
	for _, o := range v.objects {
		if o.kind != promiseObject {
			rest.objects = append(rest.objects, o)
		}
	}
	if len(rest.consts)+len(rest.objects) == 0 && rest.data == nil && !rest.unknown {
		return nil, promises
	}
	return rest, promises
}

// settle makes v a value (or error) of p and calls what waits for it.
func (m *machine) settle(p *Object, name string, v *Value) {
	v = waited(v)
	if old, _ := p.own(name); old == nil || !old.covers(v) {
		m.setProp(p, name, join(old, v))
	}
	for _, r := range p.reactions {
		if !r.over(m.reads.id) {
			r.tell(name, v)
		}
	}
}

// tell calls r with what a promise is settled with, once. That the promise held it before
// says nothing of r: it may be what an earlier run left there, which did not come to the
// branch in which the promise is made anew and r registered.
func (r *reaction) tell(name string, v *Value) {
	told, react := &r.value, r.fulfilled
	if name == promiseError {
		told, react = &r.err, r.rejected
	}
	if react == nil || (*told != nil && (*told).covers(v)) {
		return
	}
	*told = join(*told, v)
	react(v)
}

// maxReactions bounds what waits for one promise.
var maxReactions = 32

// whenSettled has r called with what p is settled with, now or later.
func (m *machine) whenSettled(p *Object, r reaction) {
	if m.reads.before(p) {
		r.run = m.reads.id
		p.special().reactions = slices.DeleteFunc(p.reactions, func(r *reaction) bool { return r.over(m.reads.id) })
	}
	if len(p.reactions) < maxReactions {
		p.special().reactions = append(p.reactions, &r)
	} else {
		m.limit("calls")
	}
	p.touch()
	for _, name := range [...]string{promiseValue, promiseError} {
		if v, ok := p.own(name); ok {
			r.tell(name, v)
		}
	}
}

// then registers callbacks on whatever v can be and returns the next promise.
func (m *machine) then(c *call, v, fulfilled, rejected *Value) *Value {
	next := m.promise(c.site, nil, nil)
	p := next.objects[0]
	frame := m.frame
	pass := func(cb *Value, other func(*Object, *Value)) func(*Value) {
		if !callable(cb) {
			return func(v *Value) { other(p, v) }
		}
		return func(v *Value) {
			m.tasksFrom(frame, func() { m.settleBy(p, cb, []*Value{v}, site{c.site, "callback"}) })
		}
	}
	r := reaction{fulfilled: pass(fulfilled, m.resolve), rejected: pass(rejected, m.reject)}
	plain, promises := split(orUndefined(v))
	for _, q := range promises {
		m.whenSettled(q, r)
	}
	if plain != nil {
		r.fulfilled(waited(plain))
	}
	return next
}

// tasksFrom is later, on behalf of the code that registered the callback.
func (m *machine) tasksFrom(f *frame, run func()) {
	if len(m.tasks) >= m.limits.tasks {
		m.limit("calls")
		return
	}
	m.tasks = append(m.tasks, task{f, f.stack(), run})
	m.queued++
}

// takeTasks moves those of the n tasks that were queued last to list which still wait. What one alternative of either queues
// waits until the states are joined: in another, which may wait for something itself, what the task looks into is not there.
//
//	if (ready) wx.getLocation({ success: send })    // is given its answer
//	else await load()
func (m *machine) takeTasks(list []task, n int) []task {
	from := len(m.tasks) - min(n, len(m.tasks))
	list = append(list, m.tasks[from:]...)
	m.tasks = m.tasks[:from]
	return list
}

// callable reports whether o is a function that is known, the platform's or a
// library's.
func (o *Object) callable() bool {
	return o.fn != nil || o.kind == platformObject || o.kind == libraryObject
}

func callable(v *Value) bool {
	return runnable(v) || v != nil && v.unknown && len(v.consts) == 0
}

// runnable reports whether v can be a function that is known, whatever else it can be.
func runnable(v *Value) bool {
	if v == nil {
		return false
	}
	for _, o := range v.objects {
		if o.callable() {
			return true
		}
	}
	return false
}

// await waits for v: callbacks that wait are run first, since they may be what
// settles it.
func (m *machine) await(v *Value) *Value {
	v = orUndefined(v)
	if slices.ContainsFunc(v.objects, m.thenable) {
		v = m.promise(site{m.here(), "await"}, v, nil)
	}
	plain, promises := split(v)
	if len(promises) == 0 {
		return waited(v)
	}
	m.drain()
	out := waited(plain)
	for _, p := range promises {
		p.touch()
		got, ok := p.own(promiseValue)
		if !ok {
			got = unknownValue
		}
		out = join(out, got)
		if err, ok := p.own(promiseError); ok && m.frame != nil {
			m.frame.thrown = join(m.frame.thrown, err)
		}
	}
	return out
}

func init() {
	define("Promise", map[string]nativeFunc{
		"then":  func(m *machine, c *call) *Value { return m.then(c, c.this, c.arg(0), c.arg(1)) },
		"catch": func(m *machine, c *call) *Value { return m.then(c, c.this, nil, c.arg(0)) },
		"finally": func(m *machine, c *call) *Value {
			done := c.arg(0)
			next := m.promise(c.site, nil, nil)
			p := next.objects[0]
			_, promises := split(orUndefined(c.this))
			for _, q := range promises {
				m.whenSettled(q, reaction{
					fulfilled: func(v *Value) { m.settle(p, promiseValue, v) },
					rejected:  func(v *Value) { m.settle(p, promiseError, v) },
				})
			}
			m.later(func() {
				if _, thrown := m.catching(done, nil, site{c.site, "callback"}); thrown != nil {
					m.reject(p, thrown)
				}
			})
			return next
		},
	})
	define("Promise.", map[string]nativeFunc{
		"resolve":    func(m *machine, c *call) *Value { return m.promise(c.site, c.arg(0), nil) },
		"reject":     func(m *machine, c *call) *Value { return m.promise(c.site, nil, c.arg(0)) },
		"all":        func(m *machine, c *call) *Value { return m.gather(c, false) },
		"allSettled": func(m *machine, c *call) *Value { return m.gather(c, true) },
		"race":       race,
		"any":        race,
	})
	defineGlobal("Promise", newPromise)
	methods["Promise."]["Promise"] = globals["Promise"] // require('es6-promise').Promise
}

// gather is Promise.all: a promise of the array of what the items settle with. If it
// is to tell how each is settled it is Promise.allSettled.
func (m *machine) gather(c *call, tell bool) *Value {
	p := m.promise(c.site, nil, nil)
	items, others := m.elements(c.arg(0))
	list := m.array(site{c.site, "list"}, make([]*Value, len(items)), nil)
	arr := list.objects[0]
	put := func(i int, part string) func(*Value) {
		return func(v *Value) {
			if tell {
				o := m.object(plainObject, site{itemSite(c.site, i), part})
				m.setProp(o, part, v)
				m.setProp(o, "status", unknownValue)
				v = objectOf(o)
			}
			if i < 0 {
				m.addRest(arr, v)
			} else {
				old, _ := arr.own(indexName(i))
				m.setElem(arr, i, join(old, v))
			}
		}
	}
	failed := func(i int) func(*Value) {
		if tell {
			return put(i, "reason")
		}
		return func(v *Value) { m.reject(p.objects[0], v) }
	}
	each := func(i int, item *Value) {
		plain, promises := split(orUndefined(item))
		for _, q := range promises {
			m.whenSettled(q, reaction{fulfilled: put(i, "value"), rejected: failed(i)})
		}
		if plain != nil {
			put(i, "value")(waited(plain))
		}
	}
	for i, item := range items {
		each(i, item)
	}
	if others != nil {
		each(-1, others)
	}
	// The array is handed on when the callbacks that fill it have run.
	m.later(func() { m.settle(p.objects[0], promiseValue, list) })
	return p
}

func race(m *machine, c *call) *Value {
	p := m.promise(c.site, nil, nil)
	items, others := m.elements(c.arg(0))
	for _, item := range append(items[:len(items):len(items)], others) {
		if item != nil {
			m.resolve(p.objects[0], item)
		}
	}
	return p
}

// Names of the functions that settle a promise.
const (
	resolveName = "resolve"
	rejectName  = "reject"
)

// settles reports whether a method waits for a promise.
func settles(name string) bool { return name == "then" || name == "catch" || name == "finally" }

// newPromise is new Promise(executor).
func newPromise(m *machine, c *call) *Value {
	v := m.promise(c.site, nil, nil)
	p := v.objects[0]
	resolve := m.native(site{c.site, resolveName}, resolveName,
		func(m *machine, c *call) *Value { m.resolve(p, c.arg(0)); return undefinedValue })
	reject := m.native(site{c.site, rejectName}, rejectName,
		func(m *machine, c *call) *Value { m.reject(p, c.arg(0)); return undefinedValue })
	if _, thrown := m.catching(c.arg(0), []*Value{resolve, reject}, site{c.site, "callback"}); thrown != nil {
		m.reject(p, thrown)
	}
	return v
}

// native makes a function object of a Go function.
func (m *machine) native(site any, name string, fn nativeFunc) *Value {
	o := m.object(functionObject, site)
	o.fn = &function{native: fn, name: name}
	return objectOf(o)
}
