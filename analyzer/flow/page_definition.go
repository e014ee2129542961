package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
)

// definition returns what the script of u gave to Page, Component or App.
func (m *machine) definition(u *project.Unit) *Value {
	if u.Script == nil {
		return nil
	}
	if d := m.modules.defs[u.Script]; d != nil {
		return d
	}
	s := m.modules.loaded[u.Script]
	if s == nil {
		return nil
	}
	d := m.get(m.get(objectOf(s.object), "exports"), "default")
	var out *Value
	for _, o := range d.objects {
		if o.kind != functionObject || o.fn.fn == nil || u.Scripted {
			out = join(out, objectOf(o))
			continue
		}
		m.within(&frame{fn: &ir.Func{}, context: m.root, module: u.Script}, func() {
			out = join(out, m.construct(objectOf(o), nil, nil, u))
		})
		m.accept()
	}
	return out
}

// define notes a definition for the unit whose script is being initialised.
func (m *machine) define(def *Value) {
	if len(m.modules.inits) == 0 || def == nil {
		return
	}
	mod := m.modules.inits[len(m.modules.inits)-1]
	for n := len(m.modules.inits) - 1; n >= 0; n-- {
		if m.isUnitScript(m.modules.inits[n]) {
			mod = m.modules.inits[n]
			break
		}
	}
	m.modules.defs[mod] = join(m.modules.defs[mod], def)
}

func (m *machine) isUnitScript(mod *project.Module) bool {
	for _, u := range m.program.Units {
		if u.Script == mod {
			return true
		}
	}
	return false
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
