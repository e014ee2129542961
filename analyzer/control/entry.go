package control

import (
	"slices"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// switchedOff reports whether nobody can enter anything, or nothing that
// belongs to a category.
func switchedOff(c *flow.Control) bool {
	if set(c, "disabled") || set(c, "readonly") {
		return true
	}
	if a := c.Element.Attr("editable"); a != nil && isFalse(a) {
		return true
	}
	for p := c.Element; p != nil; p = p.Parent {
		if hidden(p) {
			return true
		}
	}
	for _, t := range c.Attr("type") {
		switch t.String {
		case "hidden", "file", "checkbox", "radio", "submit", "date", "time":
			return true
		}
	}
	return searchBox(c)
}

// masks reports whether a control hides what is entered from those who stand by.
func masks(c *flow.Control) bool {
	return set(c, "password") || slices.ContainsFunc(c.Attr("type"), func(t flow.Text) bool {
		return t.String == "password" || t.String == "safe-password"
	})
}

// set reports whether a boolean attribute of a control is true, whatever the data.
func set(c *flow.Control, name string) bool {
	a := c.Element.Attr(name)
	return a != nil && (isTrue(a) || setByHosts(c, a))
}

// setByHosts reports whether the users of the component around a control set to true
// the property that its boolean attribute shows: <form-row locked="{{true}}"> over
// <input disabled="{{locked}}">.
func setByHosts(c *flow.Control, a *markup.Attr) bool {
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		if len(a.Parts) != 1 {
			return false
		}
		id, ok := a.Parts[0].Expr.(*script.Ident)
		if !ok {
			return false
		}
		h := c.Hosts[i]
		if a = h.Element.Attr(id.Name); a == nil {
			a = h.Element.Attr(spelling.Kebab(id.Name))
		}
		if a == nil {
			return false
		}
		if isTrue(a) {
			return true
		}
	}
	return false
}

// taken reports whether the program can receive the value.
func taken(c *flow.Control) bool {
	if len(c.Models) > 0 || c.Uses.Read || len(c.Uses.Flows) > 0 || len(c.Uses.Keys) > 0 {
		return true
	}
	for _, a := range c.Element.Attrs {
		if a.Kind == markup.Model {
			return true
		}
	}
	if c.Form != nil && (c.Named || c.Element.Attr("name") != nil) {
		return true
	}
	for _, h := range c.Handlers {
		if takes(h.Event) && (h.Found || h.Name == "") {
			return true
		}
	}
	return false
}

// takes reports whether an event brings what was entered.
func takes(event string) bool {
	switch event {
	case "focus", "tap", "click", "clear", "longpress", "touchstart", "touchend", "keyboardheightchange", "linechange":
		return false
	}
	return true
}
