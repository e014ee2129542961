package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// prepare runs the setup of a component as an entry point, again if what it read
// has changed.
func (m *machine) prepare(i *instance) {
	m.entryPoint(i, site{part: "setup"}, 0, func() {
		defer func(outer *instance) { m.settingUp = outer }(m.settingUp)
		m.settingUp = i
		if i.provides != nil {
			m.provideBelow(i)
		}
		if mod := i.unit.Script; mod != nil && mod.Setup {
			m.runSetup(i, mod)
		} else if i.setup != nil {
			out := m.call(i.setup, objectOf(i.object), []*Value{objectOf(i.data), m.setupContext(i)}, i)
			if runnable(out) { // it draws
				i.draws = join(i.draws, out)
				return
			}
			i.expose(m, out)
		}
	})
}

// setupContext is the second argument of a setup.
func (m *machine) setupContext(i *instance) *Value {
	context := m.object(plainObject, site{part: "setup"})
	m.setOpen(context, true)
	m.setProp(context, "emit", m.call(globals["$emitter"], undefinedValue, nil, i))
	m.setProp(context, "expose", globals["$expose"])
	for _, name := range [...]string{"triggerEvent", "selectComponent", "selectAllComponents"} { // of mpx
		m.setProp(context, name, m.bound(i, method("Instance", name)))
	}
	if i.unit.Scripted {
		m.setProp(context, "slots", m.slots(i))
	}
	return objectOf(context)
}

// slots are the functions that draw what the user of a component put into it.
func (m *machine) slots(i *instance) *Value {
	o := m.object(plainObject, site{part: "slots"})
	m.setOpen(o, true)
	m.addProp(o, "default", m.native(site{part: "slot"}, "default", func(m *machine, c *call) *Value {
		children, _ := i.data.own("children")
		return orUndefined(children)
	}))
	i.slots = o
	m.fillSlots(i)
	return objectOf(o)
}

// fillSlots adds the slots that the user of i gives as functions:
// <Row>{{ title: () => <Text/> }}</Row>.
func (m *machine) fillSlots(i *instance) {
	children, _ := i.data.own("children")
	for name, fn := range orUndefined(children).properties() {
		if runnable(fn) && i.slots != nil {
			m.addProp(i.slots, name, fn)
		}
	}
}

// expose makes what setup returns properties of the component, refs as their value.
func (i *instance) expose(m *machine, v *Value) {
	for _, o := range v.objects {
		for _, n := range o.visible() {
			i.reach(m, n, func(m *machine) *Value { v, _ := o.own(n); return v }, func(m *machine, v *Value) { m.setProp(o, n, v) })
		}
		for n := range o.getters {
			i.reach(m, n, func(m *machine) *Value { return m.property(o, n) }, nil)
		}
	}
}

// reached is a variable of a setup: how it is read, and written if it is no ref.
type reached struct {
	read  func(*machine) *Value
	write func(*machine, *Value)

	strange bool // what it holds came from elsewhere, before the view wrote it
}

// reach makes a variable of the setup a property of the component. The values of
// the last run of the setup count.
func (i *instance) reach(m *machine, name string, read func(*machine) *Value, write func(*machine, *Value)) {
	r := i.vars[name]
	if r != nil {
		r.read, r.write = read, write
		return
	}
	r = &reached{read: read, write: write}
	if i.vars == nil {
		i.vars = map[string]*reached{}
	}
	i.vars[name] = r
	i.object.accessor(name, m.inner(name, func(m *machine, c *call) *Value { return m.unref(r.read(m)) }), false)
	i.object.accessor(name, m.inner(name, func(m *machine, c *call) *Value {
		refs := false
		if now := r.read(m); now != nil {
			for _, o := range now.objects {
				if isRef(o) {
					refs = true
					m.setProperty(objectOf(o), "value", c.arg(0), nil)
				}
			}
		}
		if !refs && r.write != nil {
			if now := r.read(m); now != nil && len(now.consts) == 0 && len(now.taints()) == 0 { // it may be a ref
				r.strange = r.strange || now.unknown
				m.loseIn(now, c.arg(0), m.here())
			} else if r.strange {
				m.loseIn(unknownValue, c.arg(0), m.here())
			}
			r.write(m, c.arg(0))
		}
		return undefinedValue
	}), true)
}

// isRef reports whether o is what ref and its kin make.
func isRef(o *Object) bool {
	v, ok := o.own("__v_isRef")
	return ok && v != nil
}

// unref is v with each ref replaced by its value.
func (m *machine) unref(v *Value) *Value {
	if v == nil || len(v.objects) == 0 {
		return v
	}
	var out *Value
	found := false
	for _, o := range v.objects {
		if isRef(o) {
			found = true
			out = join(out, m.property(o, "value"))
		} else {
			out = join(out, objectOf(o))
		}
	}
	if !found {
		return v
	}
	rest := *v
	rest.objects = nil
	return join(out, &rest)
}

// runSetup runs the top level of <script setup> for one use of the component and
// makes its variables and imports properties.
func (m *machine) runSetup(i *instance, mod *project.Module) {
	if mod.Tree == nil {
		return
	}
	fn := m.lower(mod.Tree)
	fn.Body()
	f := &frame{fn: fn, context: m.frame.context.child(fn, fn, 0), this: undefinedValue, module: mod}
	f.env = &env{fn: fn, cells: make([]*cell, len(fn.Vars)), captured: true}
	m.run(f)
	imports := map[string]*ir.Var{}
	for _, v := range fn.Vars {
		if spec, hidden := strings.CutPrefix(v.Name, "(import '"); hidden {
			imports[strings.TrimSuffix(spec, "')")] = v
			continue
		}
		if !strings.HasPrefix(v.Name, "(") {
			i.reach(m, v.Name, func(m *machine) *Value { return m.variable(f.env, v) }, func(m *machine, val *Value) {
				if c := f.env.cells[v.Index]; c != nil {
					m.setCell(c, val)
				}
			})
		}
	}
	i.reachImports(m, mod.Tree, f.env, imports)
}

// reachImports lets the template name what the script imports.
func (i *instance) reachImports(m *machine, tree *script.Program, env *env, imports map[string]*ir.Var) {
	template := i.unit.View.Text()
	for _, s := range tree.Body() {
		imp, ok := s.(*script.Import)
		if !ok || imp.Source == nil || imports[imp.Source.Value] == nil {
			continue
		}
		from := imports[imp.Source.Value]
		reach := func(id *script.Ident, name string) {
			if id != nil && strings.Contains(template, id.Name) {
				i.reach(m, id.Name, func(m *machine) *Value {
					if name == "" {
						return m.variable(env, from)
					}
					return m.get(m.variable(env, from), name)
				}, nil)
			}
		}
		reach(imp.Default, "default")
		reach(imp.Namespace, "")
		for _, n := range imp.Names {
			reach(n.Local, n.Imported)
		}
	}
}
