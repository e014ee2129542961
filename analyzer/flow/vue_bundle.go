package flow

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// given gives e the attributes and handlers that an object holds: v-bind="field.props",
// v-on="listeners". Each becomes an attribute of its own with the expression
// field.props.placeholder, so whoever looks for a label or an open-type finds it. What
// is written at e itself stays.
//
// $attrs and $listeners are what the user of a component wrote at it. The only root of a
// component that is a control or another component gets them without being told.
func (l vueLife) given(s *scope, e *markup.Element) {
	for _, a := range e.Attrs {
		if !a.Bundled() || len(a.Parts) != 1 || a.Parts[0].Expr == nil {
			continue
		}
		v := s.valueOf(l.m, s.view.File, a.Parts)
		if slices.Contains(v.objects, s.instance.data) && !namesProps(a.Parts[0].Expr) || isName(a.Parts[0].Expr, "$listeners") {
			l.fallsThrough(s, e, a.Span, a.Name != "on", a.Name == "on" || l.vue3())
			continue
		}
		for _, o := range v.objects {
			if o.kind != plainObject {
				continue
			}
			for _, name := range o.visible() {
				added := unbundled(a, name)
				if added == nil {
					continue
				}
				s.view.Tree.Give(e)
				if old := attrLike(e, added); old < 0 {
					e.Attrs = append(e.Attrs, added)
				} else if len(v.objects) == 1 && !v.unknown && l.overrides(e.Attrs[old], a) {
					e.Attrs[old] = added
				}
			}
		}
	}
	if l.heirs(s, e) {
		l.fallsThrough(s, e, e.Open, true, l.vue3())
	}
}

// isName reports whether x is that name.
func isName(x script.Expr, name string) bool {
	id, ok := x.(*script.Ident)
	return ok && id.Name == name
}

// namesProps reports whether x is the properties that a component declares.
func namesProps(x script.Expr) bool { return isName(x, "$props") || isName(x, "props") }

// vue3 reports whether the program is one of Vue 3, in which the listeners at a component are among its attributes.
func (l vueLife) vue3() bool {
	return l.m.program.Framework == "taro" || strings.Contains(l.m.program.Condition, "VUE3")
}

// heirs reports whether e gets the attributes of the component whose view it is the only root of.
func (l vueLife) heirs(s *scope, e *markup.Element) bool {
	i := s.instance
	if i.host == nil || e.Parent != nil || s.view != i.unit.View {
		return false
	}
	if f := l.m.program.Framework; f != "taro" && f != "uni-app" {
		return false
	}
	for _, n := range s.view.Tree.Nodes {
		if other, ok := n.(*markup.Element); ok && other != e {
			return false
		}
	}
	return isControl(e, i.unit.Components[e.Tag]) && inherits(i.unit)
}

// inherits reports whether the script of a unit does not say inheritAttrs: false.
func inherits(u *project.Unit) bool {
	return u.Script == nil || u.Script.File == nil || !keepsAttrs().MatchString(u.Script.File.Text)
}

var keepsAttrs = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`inheritAttrs:\s*false`) })

// fallsThrough gives e what the user of its component wrote at that, with the expressions $attrs.name and $listeners.name.
func (l vueLife) fallsThrough(s *scope, e *markup.Element, at source.Span, attrs, listeners bool) {
	if s.instance.host == nil {
		return
	}
	for _, a := range s.instance.host.Attrs {
		one := &markup.Attr{Span: at, ValueSpan: at, Kind: a.Kind, Name: a.Name}
		of := "$attrs"
		switch {
		case a.Kind == markup.Plain && attrs && !ownAttrs[a.Name]:
			one.Raw = ":" + a.Name
		case a.Kind == markup.Event && listeners:
			one.Raw, of = "@"+a.Name, "$listeners"
		default:
			continue
		}
		if attrLike(e, one) < 0 {
			x := &script.Dot{Span: at, X: &script.Ident{Span: at, Name: of}, Name: camel(a.Name), NameSpan: at}
			one.Parts = []markup.Part{{Span: at, Expr: x}}
			s.view.Tree.Give(e)
			e.Attrs = append(e.Attrs, one)
		}
	}
}

// ownAttrs are attributes that are not handed on, or that say nothing where they go.
var ownAttrs = map[string]bool{"class": true, "style": true, "key": true, "ref": true, "id": true, "is": true, "slot": true,
	"slot-scope": true}

// heard hands an event that fell through to the listeners at the component; false if a is no such event.
func (l vueLife) heard(s *scope, a *markup.Attr, args []*Value) bool {
	if len(a.Parts) != 1 {
		return false
	}
	x, ok := a.Parts[0].Expr.(*script.Dot)
	if !ok || s.instance.host == nil || !isName(x.X, "$listeners") && !isName(x.X, "$attrs") {
		return false
	}
	l.m.emitted(s.instance.where, s.instance.host, a.Name, args, a)
	return true
}

// unbundled is the attribute that the property of an object makes; nil if it makes none.
func unbundled(a *markup.Attr, name string) *markup.Attr {
	x := a.Parts[0].Expr
	one := *a
	one.Kind, one.Name, one.Raw = markup.Plain, spelling.Hyphenated(name), ":"+spelling.Hyphenated(name)
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

// overrides reports whether what an object gives wins over an attribute that is written before it, as in Vue 3.
func (l vueLife) overrides(written, object *markup.Attr) bool {
	return l.vue3() && written.Kind == markup.Plain && written.Span != object.Span && written.Start < object.Start
}

// attrLike is the place of the attribute of e that is for the same as one; -1 if it has none.
func attrLike(e *markup.Element, one *markup.Attr) int {
	return slices.IndexFunc(e.Attrs, func(a *markup.Attr) bool { return a.Kind == one.Kind && a.Name == one.Name })
}
