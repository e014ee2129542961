package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/project"
)

// What the build puts in place of names (project.Defined): variables of .env files, define.
// Another build may put something else there, so each value is one possibility.

// environment is process or import.meta: an object of which nothing is known but what the
// build defines below its env.
func (m *machine) environment(name string) *Value {
	if v := m.builtins.environments[name]; v != nil {
		return v
	}
	env, o := m.recordBelow(name+".env.").single(), m.newObject(plainObject)
	if env == nil {
		env = m.newObject(plainObject)
	}
	for _, key := range slices.Sorted(maps.Keys(m.program.Fixed)) {
		if rest, ok := strings.CutPrefix(key, name+".env."); ok {
			env.put(rest, textOf(m.program.Fixed[key]))
		}
	}
	o.put("env", objectOf(env))
	if name == "import.meta" {
		for _, glob := range []string{"glob", "globEager"} {
			o.put(glob, m.native(site{name, glob}, glob, globbed))
		}
	}
	m.setOpen(env, true)
	m.setOpen(o, true)
	if m.builtins.environments == nil {
		m.builtins.environments = map[string]*Value{}
	}
	m.builtins.environments[name] = objectOf(o)
	return objectOf(o)
}

// oneOf is one of the texts of a definition, or something else.
func oneOf(d project.Definition) *Value {
	v := unknownValue
	if d.Always {
		v = anotherBuild
	}
	for _, text := range d.Texts {
		v = join(v, textOf(text))
	}
	return v
}

// replaced is what the build puts in place of a global name; nil if it leaves it.
func (m *machine) replaced(name string) *Value {
	if value, ok := m.program.Fixed[name]; ok {
		return textOf(value)
	}
	if d, ok := m.program.Defined[name]; ok {
		return oneOf(d)
	}
	return m.record(name)
}

// record is the object that the build puts in place of a global name: API.HOST is defined. It may
// have more, of which nothing is known. It is nil if nothing is defined below the name.
func (m *machine) record(name string) *Value {
	if v, asked := m.builtins.environments[name]; asked {
		return v
	}
	var v *Value
	if name != "process" && name != "import" {
		v = m.recordBelow(name + ".")
	}
	if m.builtins.environments == nil {
		m.builtins.environments = map[string]*Value{}
	}
	m.builtins.environments[name] = v
	return v
}

// recordBelow is an object of what is defined below a prefix; nil if nothing is.
func (m *machine) recordBelow(prefix string) *Value {
	var o *Object
	for _, key := range slices.Sorted(maps.Keys(m.program.Defined)) {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		if o == nil {
			o = m.newObject(plainObject)
			m.setOpen(o, true)
		}
		first, _, deeper := strings.Cut(rest, ".")
		if _, made := o.own(first); made {
			continue
		}
		if deeper {
			o.put(first, m.recordBelow(prefix+first+"."))
		} else {
			o.put(first, oneOf(m.program.Defined[key]))
		}
	}
	if o == nil {
		return nil
	}
	return objectOf(o)
}
