package control

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// Component returns what e is in a form: a native control, a component of a UI
// library, or what its name suggests. It returns nil for other elements.
func Component(unit *project.Unit, e *markup.Element) *platform.Component {
	if c := platform.NativeComponent(e.Tag); c != nil {
		return c
	}
	var c *platform.Component
	if u := using(unit, e); u != nil {
		c = platform.ComponentOf(u.Library, u.Name, e.Tag)
	} else {
		c = platform.ComponentByTag(e.Tag)
	}
	if c != nil && c.Shown && !entered(c, e) {
		return nil
	}
	return c
}

// entered reports whether e has anything that only what a person fills in has:
//
//	<ResumeField label="姓名" render={mask}/>    // shows it
func entered(c *platform.Component, e *markup.Element) bool {
	return slices.ContainsFunc(e.Attrs, func(a *markup.Attr) bool {
		switch {
		case a.Kind == markup.Event:
			return slices.Contains(c.Events, a.Name)
		case a.Kind == markup.Directive, a.Name == "":
			return true // v-model, or all that an object holds
		}
		return a.Name == c.Value || a.Name == "name" || a.Name == "prop" || strings.HasPrefix(a.Name, "model") ||
			slices.Contains(c.Hints, a.Name)
	})
}

func using(unit *project.Unit, e *markup.Element) *project.Using {
	if unit == nil {
		return nil
	}
	return unit.Components[e.Tag]
}

// Own reports whether e is a component of the program itself.
func Own(unit *project.Unit, e *markup.Element) bool {
	u := using(unit, e)
	return u != nil && u.Unit != nil && u.Unit.Library == "" && u.Library == ""
}

// isComponent reports whether e is a component, of the program or of a library.
func isComponent(unit *project.Unit, e *markup.Element) bool {
	return strings.Contains(e.Tag, "-") || using(unit, e) != nil
}

// isField reports whether e is something that a person types in.
func isField(unit *project.Unit, e *markup.Element) bool {
	if Own(unit, e) {
		v := unit.Components[e.Tag].Unit.View
		return v != nil && v.Tree != nil && countFields(unit.Components[e.Tag].Unit, v.Tree.Nodes, 3) == 1
	}
	return Component(unit, e).Typed()
}

// countFields counts the controls that a person types in, each chain of
// conditions once: only one of wx:if and wx:else is there. It stops at two, since it is asked
// for each field of a form whether there are others.
func countFields(unit *project.Unit, nodes []markup.Node, depth int) int {
	n := 0
	for _, node := range nodes {
		if n > 1 {
			break
		}
		e, ok := node.(*markup.Element)
		if !ok || alternative(e) {
			continue
		}
		if Own(unit, e) {
			// Components may use themselves: depth bounds how deep to look.
			if u := unit.Components[e.Tag].Unit; depth > 0 {
				n += countFields(u, u.View.Nodes(), depth-1)
			}
		} else if isField(unit, e) {
			n++
			continue
		}
		n += countFields(unit, e.Children, depth)
	}
	return n
}

// alternative reports whether e is shown in place of the element before it.
func alternative(e *markup.Element) bool {
	return e.Find(markup.Directive, "else") != nil || e.Find(markup.Directive, "elif") != nil ||
		e.Find(markup.Directive, "else-if") != nil
}

func conditional(e *markup.Element) bool {
	return alternative(e) || e.Find(markup.Directive, "if") != nil
}

// holds reports whether e is or contains an element of one of the roles.
func holds(unit *project.Unit, e *markup.Element, roles ...platform.Role) bool {
	return markup.Any([]markup.Node{e}, func(k *markup.Element) bool {
		c := Component(unit, k)
		return c != nil && slices.Contains(roles, c.Role)
	})
}

// hidden reports whether an element is never shown.
func hidden(e *markup.Element) bool {
	if a := e.Attr("hidden"); a != nil && isTrue(a) {
		return true
	}
	for _, name := range []string{"if", "show"} { // wx:if, v-if, v-show
		if a := e.Find(markup.Directive, name); a != nil && isFalse(a) {
			return true
		}
	}
	if a := e.Attr("style"); a != nil {
		s, _ := markup.Static(a.Parts)
		s = strings.ReplaceAll(s, " ", "")
		return strings.Contains(s, "display:none")
	}
	return false
}

// isTrue reports whether a boolean attribute is set, whatever the data:
// disabled, disabled="true", disabled="{{true}}".
func isTrue(a *markup.Attr) bool {
	if !a.HasValue || len(a.Parts) == 0 {
		return !a.HasValue
	}
	if len(a.Parts) != 1 {
		return false
	}
	if b, ok := a.Parts[0].Expr.(*script.Bool); ok {
		return b.Value
	}
	value, static := markup.Static(a.Parts)
	value = strings.TrimSpace(value)
	return static && value != "" && value != "false" // any other text is true: disabled="ture"
}

// isFalse reports whether an attribute is false, whatever the data.
func isFalse(a *markup.Attr) bool {
	if len(a.Parts) != 1 {
		return false
	}
	if b, ok := a.Parts[0].Expr.(*script.Bool); ok {
		return !b.Value
	}
	value, static := markup.Static(a.Parts)
	return static && strings.TrimSpace(value) == "false"
}
