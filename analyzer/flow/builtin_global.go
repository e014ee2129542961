package flow

import (
	"math"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// builtins holds what the functions of the language keep.
type builtins struct {
	global    *Object              // the global object
	window    *Value               // the same, by the name that it has in browsers alone
	ciphers   map[*ir.Func]*cipher // functions as ciphers, once asked; nil for those that are none
	converted map[*ir.Func]bool    // functions that are the setData of converted programs, once asked
	known     calculator

	names map[string]*Value // of properties (nameOf)

	environments map[string]*Value // process and import.meta, once asked

	prototypes map[string]*Object // of constructors of the language
}

// global returns what a name that nothing declares means in f.
func (m *machine) global(f *frame, name string) *Value {
	if s := f.template(); s != nil {
		return orUndefined(s.lookup(m, name))
	}
	switch name {
	case "NaN":
		return numberOf(math.NaN())
	case "Infinity":
		return unknownValue
	case "globalThis", "global", "self":
		return objectOf(m.builtins.global)
	case "window":
		if _, made := m.builtins.global.own(name); !made && m.lacks(name) {
			return m.builtins.window
		}
		return objectOf(m.builtins.global)
	case "module", "exports", "require":
		if v := m.moduleGlobal(f, name); v != nil {
			return v
		}
	}
	if name == "import.meta" || (name == "process" && len(m.program.Defined)+len(m.program.Fixed) > 0) {
		return m.environment(name)
	}
	if v := m.replaced(name); v != nil {
		return v
	}
	if v := m.given(f.module, name); v != nil {
		return v
	}
	if v, ok := m.builtins.global.own(name); ok {
		return v
	}
	if g, ok := platform.GlobalByName(name); ok {
		return m.platformObject(g.Name, g.Prefix)
	}
	if v := globals[name]; v != nil {
		return v
	}
	if v := m.provided(name); v != nil {
		return v
	}
	if m.lacks(name) {
		return absentValue
	}
	return unknownValue
}

// absentValue is what a global holds that the platform does not have. It is told apart from other
// unknown values only by typeof, the one way to ask for such a global: typeof plus === 'undefined'.
var absentValue = &Value{unknown: true}

// lacks reports whether the program finds no global of that name where it runs.
func (m *machine) lacks(name string) bool {
	p := platform.PlatformByName(m.program.Platform)
	return p != nil && p.Lacks(name, m.program.Framework)
}

// typeOfGlobal is the typeof of v if v is a global that the platform is known to have, or not to
// have; nil for other values: typeof wx, typeof my.
func (m *machine) typeOfGlobal(v *Value) *Value {
	if v == absentValue || v == m.builtins.window {
		return textOf("undefined")
	}
	o := v.single()
	if o == nil || o.kind != platformObject || o.path != "" {
		return nil
	}
	if m.lacks(o.global) {
		return textOf("undefined")
	}
	if g, ok := platform.GlobalByName(o.global); ok && g.Platform == m.program.Platform {
		return textOf("object")
	}
	return nil
}

// template returns the scope of the template expression that f is, or is in.
func (f *frame) template() *scope {
	if f.scope != nil {
		return f.scope
	}
	for e := f.env; e != nil; e = e.up {
		if e.scope != nil {
			return e.scope
		}
	}
	return nil
}

// moduleGlobal returns module, exports or require of the module f runs in.
func (m *machine) moduleGlobal(f *frame, name string) *Value {
	if f.module == nil {
		return nil
	}
	s := m.modules.loaded[f.module]
	if s == nil {
		return nil
	}
	switch name {
	case "module":
		return objectOf(s.object)
	case "exports":
		return m.get(objectOf(s.object), "exports")
	}
	mod := f.module
	return m.requirer(mod)
}

// requirer returns the require function of a module.
func (m *machine) requirer(mod *project.Module) *Value {
	s := m.modules.loaded[mod]
	if s.require == nil {
		o := m.newObject(functionObject)
		s.require = objectOf(o)
		o.put("context", m.native(site{mod, "context"}, "context", requireContext))
		o.fn = &function{name: "require", native: func(m *machine, c *call) *Value {
			names, _ := c.arg(0).keys()
			var out *Value
			for _, n := range names {
				out = join(out, m.require(mod, n))
			}
			if out == nil {
				return unknownValue
			}
			if callable(c.arg(1)) && !c.arg(1).unknown {
				fn, v := c.arg(1), out
				m.later(func() { m.call(fn, undefinedValue, []*Value{v}, site{c.site, "callback"}) })
			}
			return out
		}}
	}
	return s.require
}

// theApp is the app of the program.
func (m *machine) theApp() *Value {
	if m.pages.app == nil {
		// Asked for while modules are initialised: the app comes later.
		return objectOf(m.appObject())
	}
	return objectOf(m.pages.app.object)
}

func init() {
	for _, name := range []string{"Page", "Component", "App"} {
		defineGlobal(name, func(m *machine, c *call) *Value { m.defined(c.arg(0)); return unknownValue })
	}
	defineGlobal("Behavior", firstArg)
	defineGlobal("getApp", func(m *machine, c *call) *Value { return m.theApp() })
	for _, name := range []string{"setTimeout", "requestAnimationFrame", "queueMicrotask", "setImmediate"} {
		defineGlobal(name, func(m *machine, c *call) *Value {
			fn, args := c.arg(0), c.rest(2)
			if callable(fn) && !fn.unknown {
				m.later(func() { m.call(fn, undefinedValue, args, site{c.site, "callback"}) })
			}
			return unknownValue
		})
	}
	defineGlobal("setInterval", func(m *machine, c *call) *Value {
		fn, args := c.arg(0), c.rest(2)
		if callable(fn) && !fn.unknown {
			m.later(func() { m.everyTime(func() { m.call(fn, undefinedValue, args, site{c.site, "callback"}) }) })
		}
		return unknownValue
	})
	for _, name := range []string{"clearTimeout", "clearInterval", "requireMiniProgram"} {
		defineGlobal(name, always(unknownValue))
	}
	defineGlobal("requirePlugin", requirePlugin)
}

// requirePlugin is what a plugin exports: methods that the platform's tables know, or
// anything.
func requirePlugin(m *machine, c *call) *Value {
	out := unknownValue
	names, _ := c.arg(0).keys()
	for _, name := range names {
		p := platform.PluginByID(m.program.PluginID(name))
		if p != nil {
			out = m.platformObject("", p.Returns)
		}
	}
	return out
}
