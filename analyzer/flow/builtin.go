package flow

import (
	"maps"
	"slices"
)

// The functions that the language itself gives. Each is a Go function over
// values; method and defineGlobal make function objects of them once, shared by
// all runs since they hold no state.

type nativeFunc = func(*machine, *call) *Value

var (
	methods = map[string]map[string]*Value{} // by type: "String", "Array"; statics: "Object."
	globals = map[string]*Value{}
	natives int32 // number of shared function objects; their ids come first
)

// firstID is the first id of objects of a run; shared ones are below.
const firstID = 1 << 16

func nativeObject(name string, fn nativeFunc) *Value {
	natives++
	o := &Object{id: natives, kind: functionObject, fn: &function{native: fn, name: name}, items: noItems, traits: noTraits}
	o.identify()
	return objectOf(o)
}

// define adds methods to a type.
func define(typ string, fns map[string]nativeFunc) {
	if methods[typ] == nil {
		methods[typ] = map[string]*Value{}
	}
	for _, name := range slices.Sorted(maps.Keys(fns)) { // the order of ids is the same in every run
		methods[typ][name] = nativeObject(name, fns[name])
	}
}

// defineConstants adds numbers to a type.
func defineConstants(typ string, numbers map[string]float64) {
	for name, n := range numbers {
		methods[typ][name] = numberOf(n)
	}
}

// defineGlobal adds a global function.
func defineGlobal(name string, fn nativeFunc) { globals[name] = nativeObject(name, fn) }

// method returns a method of a type, or nil.
func method(typ, name string) *Value {
	if v := methods[typ][name]; v != nil {
		return v
	}
	return nil
}

// nativeStatic returns a static method of a global constructor, or nil.
func nativeStatic(o *Object, name string) *Value {
	if o.fn.native == nil {
		return nil
	}
	return method(o.fn.name+".", name)
}

// each runs one round of a native loop over items, in a context of its own.
func (m *machine) each(site any, n int, run func()) {
	f := m.frame
	outer := f.iter
	f.iter = m.iteration(outer, site, n)
	run()
	m.frame.iter = outer
}

func always(v *Value) nativeFunc { return func(*machine, *call) *Value { return v } }

// pass returns what went in, re-encoded: the collected data of receiver and
// arguments.
func pass(m *machine, c *call) *Value { return taintOnly(c.taints()) }

// deepPass is pass for functions that look into objects.
func deepPass(m *machine, c *call) *Value {
	ts := deepTaints(c.this)
	for _, a := range c.args {
		ts = joinTaints(ts, deepTaints(a))
	}
	return taintOnly(ts)
}
