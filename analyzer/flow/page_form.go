package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
)

// formModels are the properties of a form of a library that hold the values of its fields.
var formModels = []string{"model", "modelValue", "value"}

// isForm reports whether a tag is called a form: form, uni-forms, TmForm.
func isForm(e *markup.Element) bool {
	tag := strings.ToLower(e.Tag)
	return strings.HasSuffix(tag, "form") || strings.HasSuffix(tag, "forms")
}

// formValues is what a form of a library in a single-file component was given to keep the
// values of its fields in, if it hands them over in the end:
//
//	<tm-form v-model="user" @submit="e => e.validate && send(e.data)">
//
// It is nil for other elements.
func (m *machine) formValues(s *scope, e *markup.Element) (values *Value) {
	ends := e.Find(markup.Event, "submit") != nil || e.Find(markup.Event, "finish") != nil
	if !ends || !s.instance.unit.Single || !isForm(e) || !compound(e.Tag) || s.instance.kidKeys[kidKey{element: e, iter: s.iter}] != nil {
		return nil
	}
	for _, a := range e.Attrs {
		if a.Kind != markup.Model && a.Kind != markup.Plain {
			continue
		}
		if slices.ContainsFunc(properties(a), func(name string) bool { return slices.Contains(formModels, name) }) {
			values = join(values, s.valueOf(m, s.view.File, a.Parts))
		}
	}
	return values
}

// submitted is what such a form hands to the handler that a names: the values, or an
// object that holds them (TMUI: data; others: values, value). It is nil for other events.
func (m *machine) submitted(s *scope, e *markup.Element, a *markup.Attr) *Value {
	if a.Name != "submit" && a.Name != "finish" {
		return nil
	}
	values := m.formValues(s, e)
	if values == nil {
		return nil
	}
	o := m.object(plainObject, itemSite(site{a, "submitted"}, s.iter))
	for _, name := range [...]string{"data", "values", "value"} {
		m.setProp(o, name, values)
	}
	m.setOpen(o, true)
	return join(values, objectOf(o))
}
