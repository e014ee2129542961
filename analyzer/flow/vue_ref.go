package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/spelling"
)

// A ref to a component of a library leads to what the component was given. Forms of
// libraries give the program back what their fields hold, although the fields are bound to
// the program's own object, too:
//
//	<uni-forms ref="form" :modelValue="user">   this.$refs.form.validate((error, values) => send(values))
//
// uni-forms and forms that are not known have the same methods (documents of uni-ui, form;
// read 2026-11). Those of some libraries say only whether the values are valid.

// formMethods are those that give the values, to a function or a promise.
var formMethods = [...]string{"validate", "submit", "validateForm", "validateField"}

// verdictForms are the forms whose methods give no values, but true, or { valid, errors }
// with the texts of the mistakes (documents of uView, uview-plus, uv-ui, wot-design-uni,
// NutUI and TuniaoUI, form; read 2026-11).
var verdictForms = []string{"u-form", "up-form", "uv-form", "wd-form", "nut-form", "tn-form"}

// libraryRef is what a ref to e holds if e is a component of a library: what e is given, as
// properties of the component, and the methods of a form. It is nil for others.
func (m *machine) libraryRef(s *scope, e *markup.Element) *Value {
	if api := platform.APIByName("element." + e.Tag); api != nil && api.Returns != "" {
		collection := ""
		if a := e.Attr("collection"); a != nil {
			if name, ok := s.valueOf(m, s.view.File, a.Parts).only(); ok {
				collection = name.str
			}
		}
		return m.platformAbout(cloudGlobal, api.Returns, collection)
	}
	if !compound(e.Tag) || s.instance.kidKeys[kidKey{element: e, iter: s.iter}] != nil {
		return nil
	}
	o := m.object(plainObject, itemSite(e, s.iter))
	kind, strange := s.strange(e, s.instance.unit.Components[e.Tag])
	o.standIn, o.special().kit, o.special().unrun = true, !strange, kind == finding.NotRun
	m.setOpen(o, true)
	for _, a := range e.Attrs {
		if a.Kind != markup.Model && a.Kind != markup.Plain {
			continue
		}
		for _, name := range properties(a) {
			m.setProp(o, name, s.valueOf(m, s.view.File, a.Parts))
			if isForm(e) && slices.Contains(formModels, name) {
				m.addFormMethods(o, s, a, !slices.Contains(verdictForms, spelling.Kebab(e.Tag)))
			}
		}
	}
	return objectOf(o)
}

// orSomething is what a ref holds that leads to ref: what the component has besides is not known, but for an object
// of the platform.
func orSomething(ref *Value) *Value {
	if ref != nil && slices.ContainsFunc(ref.objects, func(o *Object) bool { return o.kind == platformObject }) {
		return ref
	}
	return join(unknownValue, ref)
}

// addFormMethods gives o the methods of a form whose values a binds, which they give if
// gives is set.
func (m *machine) addFormMethods(o *Object, s *scope, a *markup.Attr, gives bool) {
	for _, name := range formMethods {
		m.setProp(o, name, m.native(site{a, name}, name, func(m *machine, c *call) *Value {
			values := unknownValue
			if gives {
				values = join(values, s.valueOf(m, s.view.File, a.Parts))
			}
			for i, arg := range c.args {
				if callable(arg) && !arg.unknown {
					m.later(func() { m.call(arg, undefinedValue, []*Value{unknownValue, values}, site{c.site, indexName(i)}) })
				}
			}
			return m.promise(site{c.site, "result"}, values, nil)
		}))
	}
}

// keepRef makes a component of a library this.$refs.name.
func (i *instance) keepRef(name string, v *Value) {
	if i.libraryRefs == nil {
		i.libraryRefs = map[string]*Value{}
	}
	i.libraryRefs[name] = join(i.libraryRefs[name], v)
}
