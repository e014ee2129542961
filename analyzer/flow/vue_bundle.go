package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
)

// given gives e the attributes and handlers that an object holds: v-bind="field.props",
// v-on="listeners". Each becomes an attribute of its own with the expression
// field.props.placeholder, so whoever looks for a label or an open-type finds it. What
// is written at e itself stays.
func (l vueLife) given(s *scope, e *markup.Element) {
	for _, a := range e.Attrs {
		if !a.Bundled() || len(a.Parts) != 1 || a.Parts[0].Expr == nil {
			continue
		}
		for _, o := range s.valueOf(l.m, s.view.File, a.Parts).objects {
			if o.kind != plainObject {
				continue
			}
			for _, name := range o.visible() {
				if added := unbundled(a, name); added != nil && !hasAttr(e, added) {
					e.Attrs = append(e.Attrs, added)
				}
			}
		}
	}
}

// unbundled is the attribute that the property of an object makes; nil if it makes none.
func unbundled(a *markup.Attr, name string) *markup.Attr {
	x := a.Parts[0].Expr
	one := *a
	one.Kind, one.Name, one.Raw = markup.Plain, dashed(name), ":"+dashed(name)
	rest, on := strings.CutPrefix(name, "on")
	switch {
	case a.Name == "on":
		one.Kind, one.Name, one.Raw = markup.Event, strings.ToLower(name), "@"+name
	case on && rest != "" && 'A' <= rest[0] && rest[0] <= 'Z':
		one.Kind, one.Name, one.Raw = markup.Event, strings.ToLower(rest), "@"+rest
	case name == "class" || name == "style" || name == "key":
		return nil
	}
	one.Parts = []markup.Part{{Span: a.Parts[0].Span, Expr: &script.Dot{Span: x.Range(), X: x, Name: name, NameSpan: x.Range()}}}
	return &one
}

func hasAttr(e *markup.Element, one *markup.Attr) bool {
	for _, a := range e.Attrs {
		if a.Kind == one.Kind && a.Name == one.Name {
			return true
		}
	}
	return false
}

// dashed is open-type for openType.
func dashed(name string) string {
	var b strings.Builder
	for i, r := range name {
		if 'A' <= r && r <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
