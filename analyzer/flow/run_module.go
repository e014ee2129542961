package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// The modules of a program: what require and import give, and the scripts of wxs.

// module is the run-time side of a script.
type module struct {
	object  *Object // its module: holds exports
	started bool
	ns      *Value
	require *Value
}

// initModules runs the top level of every module that a page can reach.
func (e *engine) initModules() {
	var list []*project.Module
	if e.program.Entry != nil {
		list = append(list, e.program.Entry)
	}
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

// exports returns the run-time side of mod, initialised.
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
	if mod.Setup {
		return s // each use of the component runs it
	}
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
	return s
}

// evaluate runs the top level of a script. That happens once, so what it allocates
// needs no identity for the next time.
func (m *machine) evaluate(fn *ir.Func, mod *project.Module) {
	fn.Body() // completes the lists of variables and registers
	f := &frame{fn: fn, context: &context{}, this: undefinedValue, module: mod}
	f.env = &env{fn: fn, cells: make([]*cell, len(fn.Vars))}
	m.run(f)
}

// require returns what require(spec) gives in module from.
func (e *engine) require(m *machine, from *project.Module, spec string) *Value {
	if v := e.model(m, spec); v != nil {
		return v
	}
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
			switch spec {
			case "@tarojs/taro":
				global = "Taro"
			case "@mpxjs/core", "@mpxjs/api-proxy":
				global = "mpx"
			case "wepy", "@wepy/core":
				global = "wepy"
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
// seen so has its exports as default, and so has one that imports but sets
// module.exports.
func (e *engine) namespace(m *machine, from *project.Module, spec string) *Value {
	v := e.require(m, from, spec)
	if from == nil {
		return v
	}
	mod := from.Import(spec)
	if mod == nil || mod.Tree == nil || e.foreign(mod) {
		if len(v.objects) == 1 && v.objects[0].kind == platformObject {
			// import Taro from '@tarojs/taro': default and namespace are one.
			e.overrides[apiKey{v.objects[0].global, strings.TrimPrefix(v.objects[0].path+"default", ".")}] = v
		}
		return v
	}
	if mod.Tree.Module && (declares(v, mod) || slices.Contains(e.inits, mod)) {
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

// declares reports whether exports are those that the declarations of mod fill, and
// not what it put in their place.
func declares(exports *Value, mod *project.Module) bool {
	return slices.ContainsFunc(exports.objects, func(o *Object) bool { return o.module == mod })
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
	out := m.get(objectOf(e.exports(m, mod).object), "exports")
	e.scripts[el.Script] = out
	return out
}
