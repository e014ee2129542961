package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/project"
)

// definition returns what the script of u gave to Page, Component or App. What a class makes of itself, such as the
// lists that its instance begins with, is made in a context: each instance has its own.
func (m *machine) definition(u *project.Unit, in *context) *Value {
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
		if o.kind == functionObject && o.fn.fn != nil {
			out = join(out, m.lifeOf(u).exported(u, o, in))
		} else {
			out = join(out, objectOf(o))
		}
	}
	return out
}

// defined notes a definition for the unit whose script is being initialised, and
// returns that script.
func (m *machine) defined(def *Value) (in *project.Module) {
	if len(m.modules.inits) == 0 || def == nil {
		return nil
	}
	mod := m.modules.inits[len(m.modules.inits)-1]
	for n := len(m.modules.inits) - 1; n >= 0; n-- {
		if m.isUnitScript(m.modules.inits[n]) {
			mod = m.modules.inits[n]
			break
		}
	}
	m.modules.defs[mod] = join(m.modules.defs[mod], def)
	return mod
}

func (m *machine) isUnitScript(mod *project.Module) bool {
	for _, u := range m.program.Units {
		if u.Script == mod {
			return true
		}
	}
	return false
}

// define fills an instance with what its definition says: methods, data, properties,
// behaviors.
func (m *machine) define(i *instance) {
	for _, d := range i.def.objects {
		m.mixin(i, d, 0)
	}
	m.boot(i.path(), func() { m.copyFields(i) })
	for _, d := range i.def.objects {
		if d.proto != nil && d.kind == plainObject {
			i.object.proto = d.proto // a page made from a class instance
		}
	}
}

// copyFields gives i what its definition has become since i was made:
//
//	App({ token: wx.getStorageSync('token') })
func (m *machine) copyFields(i *instance) {
	for _, d := range i.def.objects {
		d.touch()
		for name, v := range objectOf(d).properties() {
			was, isField := i.object.own(name)
			if isField && was != v && !slices.Contains(was.objects, i.data) && !callable(v) {
				m.addProp(i.object, name, v)
			}
		}
	}
}

// mixin adds what one definition or behavior says.
func (m *machine) mixin(i *instance, d *Object, depth int) {
	if depth > 4 {
		return
	}
	if d.open && d.proto == nil { // ...shared
		i.addStranger("...")
	}
	for _, name := range [...]string{"behaviors", "mixins"} {
		if list, ok := d.own(name); ok {
			items, others := m.elements(list)
			for _, b := range append(items[:len(items):len(items)], others) {
				if b != nil {
					m.findStrangers(i, b)
					for _, o := range b.objects {
						if o.kind == functionObject && o.fn.class != nil {
							m.mixinClass(i, o, depth+1)
							continue
						}
						m.filterDefinition(i, o, d)
						m.mixin(i, o, depth+1)
					}
				}
			}
		}
	}
	for name, v := range objectOf(d).properties() {
		i.life.option(i, name, v, depth)
	}
	for n, g := range d.getters {
		i.object.accessor(n, g, false)
	}
}

// filterDefinition lets a behavior change the definition d that uses it, before that counts:
//
//	Behavior({ definitionFilter(def) { def.methods.save = function () { … } } })
func (m *machine) filterDefinition(i *instance, behavior, d *Object) {
	if filter, ok := behavior.own("definitionFilter"); ok && runnable(filter) {
		m.boot(i.path(), func() { m.call(filter, undefinedValue, []*Value{objectOf(d), unknownValue}, site{behavior, "filter"}) })
	}
}

// mixinClass adds what a class says, as mixins of wepy are: class Save extends wepy.mixin { post() {} }.
// What the definition itself has counts before its methods.
func (m *machine) mixinClass(i *instance, class *Object, depth int) {
	for _, made := range m.construct(objectOf(class), nil, nil, itemSite(i, int(class.id))).objects {
		m.mixin(i, made, depth)
		if made.proto == nil {
			continue
		}
		for _, p := range made.proto.props {
			own := slices.ContainsFunc(i.def.objects, func(d *Object) bool {
				_, has := d.own(p.name)
				if d.proto != nil && !has {
					_, has = d.proto.own(p.name)
				}
				return has
			})
			if !own && p.name != "constructor" && runnable(p.value) {
				i.life.option(i, p.name, p.value, depth)
			}
		}
	}
}

// lifecyclePrefix keeps lifetimes apart from methods of the same name.
const lifecyclePrefix = "lifetimes."

func (m *machine) addData(i *instance, v *Value) {
	m.boot(i.path(), func() { m.copyData(i, v) })
}

// copyData puts what a definition says of data into i.
func (m *machine) copyData(i *instance, v *Value) {
	for _, o := range v.objects {
		if o.kind == functionObject {
			m.copyInto(i.data, m.call(objectOf(o), objectOf(i.object), nil, i))
			continue
		}
		m.copyInto(i.data, m.copied(objectOf(o), site{i, "data"}))
	}
}

func (m *machine) addProperties(i *instance, v *Value) {
	m.boot(i.path(), func() { m.setDefaults(i, v) })
	for name, declared := range v.properties() {
		for _, d := range declared.objects {
			if obs, ok := d.own("observer"); ok {
				i.observers = append(i.observers, observer{[]string{name}, obs, true})
			}
		}
	}
}

// setDefaults gives the properties of i what they are declared to be if nobody passes them.
func (m *machine) setDefaults(i *instance, v *Value) {
	for name, declared := range v.properties() {
		def := unknownValue
		for _, d := range declared.objects {
			if val, ok := d.own("value"); ok {
				d.touch()
				def = m.copied(val, site{i, name})
			}
		}
		m.setProp(i.data, name, def)
		i.defaults[name] = def
	}
}

func (m *machine) addObservers(i *instance, v *Value) {
	for name, fn := range v.properties() {
		var paths []string
		for _, path := range strings.Split(name, ",") {
			paths = append(paths, strings.TrimSpace(path))
		}
		i.observers = append(i.observers, observer{paths, fn, false})
	}
}

// defaultOf is the default of a property, which may be made by a function.
func (m *machine) defaultOf(i *instance, name string, v *Value) *Value {
	var out *Value
	for _, o := range v.objects {
		if o.kind == functionObject {
			out = join(out, m.call(objectOf(o), objectOf(i.object), nil, i))
		}
	}
	if out != nil {
		return out
	}
	return m.copied(v, site{i, name})
}
