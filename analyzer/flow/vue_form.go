package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/markup"
)

// Forms of component libraries give the program back what their fields hold, although the
// fields are bound to the program's own object, too:
//
//	<uni-forms ref="form" :modelValue="user">   this.$refs.form.validate((error, values) => send(values))
//
// uni-forms, uView, wot-design-uni and their kin have the same methods (documents of
// uni-ui, uview-plus, wot-design-uni, form; read 2026-11).

// formMethods are those that give the values, to a function or a promise.
var formMethods = [...]string{"validate", "submit", "validateForm", "validateField"}

// formOf is the form of a library that e is, with these methods; nil if e is none, or one
// whose code is the program's own.
func (m *machine) formOf(s *scope, e *markup.Element) *Value {
	tag := strings.ToLower(e.Tag)
	isForm := compound(e.Tag) && (strings.HasSuffix(tag, "form") || strings.HasSuffix(tag, "forms"))
	if !isForm || s.instance.kidKeys[kidKey{element: e, iter: s.iter}] != nil {
		return nil
	}
	var model *markup.Attr
	for _, a := range e.Attrs {
		bound := a.Kind == markup.Model || a.Kind == markup.Plain
		if name := camel(a.Name); bound && (name == "model" || name == "modelValue" || name == "value") {
			model = a
		}
	}
	if model == nil {
		return nil
	}
	o := m.object(plainObject, itemSite(model, s.iter))
	m.setOpen(o, true)
	for _, name := range formMethods {
		m.setProp(o, name, m.native(site{model, name}, name, func(m *machine, c *call) *Value {
			values := join(unknownValue, s.valueOf(m, s.view.File, model.Parts))
			for i, a := range c.args {
				if callable(a) && !a.unknown {
					m.later(func() { m.call(a, undefinedValue, []*Value{unknownValue, values}, site{c.site, indexName(i)}) })
				}
			}
			return m.promise(site{c.site, "result"}, values, nil)
		}))
	}
	return objectOf(o)
}

// keepForm makes a form this.$refs.name.
func (i *instance) keepForm(name string, form *Value) {
	if i.formRefs == nil {
		i.formRefs = map[string]*Value{}
	}
	i.formRefs[name] = join(i.formRefs[name], form)
}
