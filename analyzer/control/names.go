package control

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// identify reads the names that the programmer gave the control at e.
func (e *Reading) identify(c *flow.Control, at *markup.Element, f *source.File, texts func([]markup.Part) []flow.Text) {
	named, part := false, slices.ContainsFunc(at.Attrs, namesPart)
	for _, a := range at.Attrs {
		where := source.Location{File: f, Span: a.Span}
		if parts := handedOn(a, "name"); parts != nil {
			named = true
			for _, t := range texts(parts) {
				e.names = e.names.identifier("name", t.String, t.Location)
			}
		}
		switch {
		case a.Kind == markup.Plain && (a.Name == "name" || a.Name == "prop" || a.Name == "id" || a.Name == "field"):
			named = named || a.Name != "id"
			for _, t := range texts(a.Parts) {
				e.names = e.names.identifier("name", t.String, t.Location)
			}
		case givesValue(a):
			if name := boundName(a, f); name != "" {
				e.names = e.names.identifier("binding", name, where)
			}
		case a.Kind == markup.Data && dataKeys[lastWord(a.Name)] && !(part && computed(a)):
			named = named || fieldKeysOf[lastWord(a.Name)]
			for _, t := range texts(a.Parts) {
				e.names = e.names.identifier("name", t.String, t.Location)
			}
		case a.Kind == markup.Event && takes(a.Name):
			if name, static := markup.Static(a.Parts); static {
				e.handlers = e.handlers.identifier("handler", name, where)
			}
		}
	}
	if at == c.Element {
		for _, m := range c.Models {
			e.names = e.names.identifier("binding", m, source.Location{File: f, Span: at.Open})
		}
	}
	if !named && !e.boundElsewhere(at, f) {
		e.item(c, at, texts)
	}
}

// namesPart reports whether a names a part of what other attributes name, which is something else then:
//
//	<input data-field="{{item}}" data-key="width"/>   the width of the box for the email address
func namesPart(a *markup.Attr) bool {
	if a.Kind != markup.Data || !fieldKeysOf[lastWord(a.Name)] {
		return false
	}
	name, static := markup.Static(a.Parts)
	return static && name != "" && name != "value"
}

func computed(a *markup.Attr) bool {
	_, static := markup.Static(a.Parts)
	return !static
}

// givesValue reports whether an attribute gives a control its value: value, v-model.
func givesValue(a *markup.Attr) bool {
	return a.Kind == markup.Model || a.Kind == markup.Plain && (a.Name == "value" || a.Name == "modelValue")
}

// dataKeys are the data-* attributes by which generic handlers tell fields
// apart.
var dataKeys = spelling.Set(`key k field name type prop param model item attr label id title code val value target form obj
	input index mark`)

// fieldKeysOf are those of them that name the field and nothing else.
var fieldKeysOf = spelling.Set(`key name field prop model`)

// dataPath is a place in the data that an expression names: "form.phone".
var dataPath = regexp.MustCompile(`^\{\{\s*([\w$][\w$.\[\]'"]*)\s*\}\}$`)

// boundElsewhere reports whether the control's value is bound to a name that means
// no category: a form item copied from another field may still have that field's
// name.
func (e *Reading) boundElsewhere(at *markup.Element, f *source.File) bool {
	a := at.Attr("value")
	if a == nil || len(e.names) > 0 {
		return false
	}
	m := dataPath.FindStringSubmatch(f.Slice(a.ValueSpan))
	return m != nil && !verb([]string{lastWord(m[1])})
}

// item reads the name of the form item around the control: <mp-cell prop="mobile">.
func (e *Reading) item(c *flow.Control, at *markup.Element, texts func([]markup.Part) []flow.Text) {
	for p, n := at.Parent, 0; p != nil && n < maxItem; p, n = p.Parent, n+1 {
		a := p.Attr("prop")
		if r := Component(c.Unit, p); a == nil && r != nil && r.Role == platform.Item {
			a = p.Attr("name")
		}
		if a != nil {
			for _, t := range texts(a.Parts) {
				e.names = e.names.identifier("name", t.String, t.Location)
			}
			return
		}
	}
}

const maxItem = 4 // ancestors that are looked at for a form item

// boundTo is the path that an attribute names whose whole value is an
// expression, as :value="form.phone" of Vue does; "" for any other.
func boundTo(a *markup.Attr, f *source.File) string {
	if len(a.Parts) != 1 {
		return ""
	}
	switch x := a.Parts[0].Expr.(type) {
	case *script.Ident, *script.Dot:
		return f.Slice(x.Range())
	}
	return ""
}

// lastPart is the last name of a path: keyword of form.keyword.
// boundName is what the value of a control is bound to by an attribute in f; "" if it is nothing with a name.
func boundName(a *markup.Attr, f *source.File) string {
	if m := dataPath.FindStringSubmatch(f.Slice(a.ValueSpan)); m != nil {
		return m[1]
	}
	if name := boundTo(a, f); name != "" || a.Kind != markup.Model {
		return name
	}
	return f.Slice(a.ValueSpan)
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

func lastWord(name string) string {
	w := spelling.Words(name)
	if len(w) == 0 {
		return ""
	}
	return w[len(w)-1]
}
