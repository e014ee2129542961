package flow

import (
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// What a script imports besides single modules: JSON files, and the modules that a pattern
// means.

// maxData bounds the JSON files whose content is known, in bytes: larger ones hold lists of
// areas and the like.
var maxData = 32 << 10

// dataOf is what a JSON file holds, each text at its place in the file.
func (m *machine) dataOf(d *project.Data) *Value {
	v := m.modules.data[d]
	if v == nil {
		v = unknownValue
		if len(d.File.Text) <= maxData {
			v = m.valueOfJSON(d.File, d.Value)
		}
		m.modules.data[d] = v
	}
	return v
}

func (m *machine) valueOfJSON(f *source.File, v *jsonc.Value) *Value {
	switch {
	case v.Is(jsonc.String):
		return valueOf(constant{kind: text, str: v.String(), file: f, span: v.Span})
	case v.Is(jsonc.Number):
		return numberOf(v.Number())
	case v.Is(jsonc.Bool):
		return boolOf(v.Bool())
	case v.Is(jsonc.Array):
		o := m.newObject(arrayObject)
		for i, e := range v.Elems {
			if i == maxElems {
				o.listed().rest = unknownValue
				break
			}
			o.listed().elems = append(o.elems, m.valueOfJSON(f, e))
		}
		return objectOf(o)
	case v.Is(jsonc.Object):
		o := m.newObject(plainObject)
		for _, e := range v.Members {
			o.put(e.Name, m.valueOfJSON(f, e.Value))
		}
		return objectOf(o)
	}
	return unknownValue
}

// globAt returns the pattern that is expanded at a place, or nil.
func (m *machine) globAt(at source.Location) *project.Glob {
	mod := m.modules.byFile[at.File]
	if mod == nil {
		return nil
	}
	for _, g := range mod.Globs {
		if g.Span.Start <= at.Span.Start && at.Span.End <= g.Span.End {
			return g
		}
	}
	return nil
}

// globbed is import.meta.glob(pattern): modules by key, or functions that import them.
func globbed(m *machine, c *call) *Value {
	g := m.globAt(m.here())
	if g == nil {
		return unknownValue
	}
	o := m.newObject(plainObject)
	for _, key := range slices.Sorted(maps.Keys(g.Modules)) {
		exports := m.moduleExports(g.Modules[key])
		if g.Eager {
			o.put(key, exports)
			continue
		}
		o.put(key, m.native(site{g, key}, "import", func(m *machine,
			c *call) *Value {
			return m.promise(site{c.site, "result"}, exports, nil)
		}))
	}
	return objectOf(o)
}

// requireContext is require.context(directory): a function from key to module, with keys.
func requireContext(m *machine, c *call) *Value {
	g := m.globAt(m.here())
	if g == nil {
		return unknownValue
	}
	keys := slices.Sorted(maps.Keys(g.Modules))
	context := m.native(site{g, "context"}, "context", func(m *machine, c *call) *Value {
		names, others := c.arg(0).keys()
		if others {
			names = keys
		}
		var out *Value
		for _, n := range names {
			if mod := g.Modules[n]; mod != nil {
				out = join(out, m.moduleExports(mod))
			}
		}
		return orUndefined(out)
	})
	context.objects[0].put("keys", m.native(site{g, "keys"}, "keys", func(m *machine, c *call) *Value {
		var list []*Value
		for _, k := range keys {
			list = append(list, textOf(k))
		}
		return m.array(c.site, list, nil)
	}))
	return context
}

// moduleExports is what a module of the program exports.
func (m *machine) moduleExports(mod *project.Module) *Value {
	if m.foreign(mod) {
		return m.library(mod)
	}
	return m.get(objectOf(m.exports(mod).object), "exports")
}
