package control

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Read collects the evidence about a control, or returns nil for one that is no
// place to enter something: a component that is none, a control that is hidden,
// disabled or takes a password.
func (r *Reader) Read(c *flow.Control) *Reading {
	e, ok := r.known[c]
	if !ok {
		e = r.gather(c)
		r.known[c] = e
	}
	return e
}

func (r *Reader) gather(c *flow.Control) *Reading {
	role := Component(c.Unit, c.Element)
	if role == nil || Own(c.Unit, c.Element) || c.Unit.Library != "" {
		return nil
	}
	switch role.Role {
	case platform.Input, platform.Textarea, platform.Picker, platform.Plate:
	default:
		return nil
	}
	if switchedOff(c) {
		return nil
	}
	e := &Reading{Control: c, role: role.Role, taken: taken(c)}
	inner := Place{c.Unit, c.View, c.Element, func(parts []markup.Part) []flow.Text {
		return told(c, r.language.texts(parts, c.Texts))
	}}
	for _, name := range role.Labels {
		e.labels = e.labels.texts("label", inner.Attrs(c.Element, name))
	}
	for _, name := range role.Hints {
		e.hints = e.hints.texts("placeholder", inner.Attrs(c.Element, name))
	}
	if !e.labels.telling() {
		e.labels = e.labels.texts("label", inner.Labels())
	}
	e.identify(c, c.Element, c.View.File, inner.Texts)
	e.hosts(c, r.language)
	e.shapes(c)
	e.uses(&c.Uses, r.patterns)
	e.demand(c, r)
	e.title(c)
	return e
}

// told leaves out what a component would show by default where its user tells it
// something else: texts from the component's own script beside others.
func told(c *flow.Control, texts []flow.Text) []flow.Text {
	if len(c.Hosts) == 0 || len(texts) < 2 || c.Unit.Script == nil {
		return texts
	}
	var out []flow.Text
	for _, t := range texts {
		if t.Location.File != c.Unit.Script.File {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return texts
	}
	return out
}

// clueList is evidence of one kind, the nearest to the control first.
type clueList []Clue

// texts adds what labels and placeholders say.
func (l clueList) texts(what string, texts []flow.Text) clueList {
	for _, t := range texts {
		if r := lexicons().label(t.String); !r.generic() {
			l = append(l, Clue{what, strings.TrimSpace(t.String), t.Location, r})
		}
	}
	return l
}

// telling reports whether some text says something.
func (l clueList) telling() bool { return len(l) > 0 }

// identifier adds what a name says.
func (l clueList) identifier(what, name string, at source.Location) clueList {
	for _, c := range l {
		if c.Text == name {
			return l
		}
	}
	r := lexicons().identifier(name)
	if len(r.signs) == 0 && len(r.topics) == 0 {
		return l
	}
	return append(l, Clue{what, name, at, r})
}

// switchedOff reports whether nobody can enter anything, or nothing of ours.
func switchedOff(c *flow.Control) bool {
	f := c.View.File
	for _, name := range []string{"disabled", "readonly", "password"} {
		if a := c.Element.Attr(name); a != nil && (isTrue(a, f) || setByHosts(c, a)) {
			return true
		}
	}
	for p := c.Element; p != nil; p = p.Parent {
		if hidden(p, f) {
			return true
		}
	}
	for _, t := range c.Attr("type") {
		switch t.String {
		case "password", "safe-password", "hidden", "file", "checkbox", "radio", "submit", "date", "time":
			return true
		}
	}
	for _, t := range c.Attr("confirm-type") {
		if t.String == "search" {
			return true
		}
	}
	return searchClass(c.Element)
}

// setByHosts reports whether the users of the component around a control set the
// property to true that a boolean attribute of it shows: <form-row locked="{{true}}">
// over <input disabled="{{locked}}">.
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
		if isTrue(a, h.View.File) {
			return true
		}
	}
	return false
}

// searchClass reports whether the control is styled as a search box.
func searchClass(e *markup.Element) bool {
	for _, p := range []*markup.Element{e, e.Parent} {
		if p == nil {
			continue
		}
		if a := p.Attr("class"); a != nil {
			s, _ := markup.Static(a.Parts)
			for _, class := range strings.Fields(s) {
				for _, w := range spelling.Words(class) {
					if w == "search" || w == "searchbar" {
						return true
					}
				}
			}
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
	if c.Form != nil && c.Element.Attr("name") != nil {
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

// dataKeys are the data-* attributes by which generic handlers know the field.
var dataKeys = spelling.Set(`key k field name type prop param model item attr label id title code val value target form obj input index mark`)

// fieldKeysOf are those of them that name the field and nothing else.
var fieldKeysOf = spelling.Set(`key name field prop model`)

// dataPath is a place in the data that an expression names: "form.phone".
var dataPath = regexp.MustCompile(`^\{\{\s*([\w$][\w$.\[\]'"]*)\s*\}\}$`)

// identify reads the names that the programmer gave the control at e.
func (e *Reading) identify(c *flow.Control, at *markup.Element, f *source.File, texts func([]markup.Part) []flow.Text) {
	named := false
	for _, a := range at.Attrs {
		where := source.Location{File: f, Span: a.Span}
		switch {
		case a.Kind == markup.Plain && (a.Name == "name" || a.Name == "prop" || a.Name == "id" || a.Name == "field"):
			named = named || a.Name != "id"
			for _, t := range texts(a.Parts) {
				e.names = e.names.identifier("name", t.String, t.Location)
			}
		case a.Kind == markup.Plain && (a.Name == "value" || a.Name == "modelValue"), a.Kind == markup.Model:
			if m := dataPath.FindStringSubmatch(f.Slice(a.ValueSpan)); m != nil {
				e.names = e.names.identifier("binding", m[1], where)
			} else if name := boundTo(a, f); name != "" {
				e.names = e.names.identifier("binding", name, where)
			} else if a.Kind == markup.Model {
				e.names = e.names.identifier("binding", f.Slice(a.ValueSpan), where)
			}
		case a.Kind == markup.Data && dataKeys[lastWord(a.Name)]:
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

// boundElsewhere reports whether the control's value is bound to a name that says
// nothing of ours: a form item copied from another field may still bear that one's
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

// boundTo is what an attribute whose whole value is an expression names, as
// :value="form.phone" of Vue does; "" for any other.
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

func lastWord(name string) string {
	w := spelling.Words(name)
	if len(w) == 0 {
		return ""
	}
	return w[len(w)-1]
}

// hosts reads what the components around the control say, as long as each is a
// wrapper of this one control.
func (e *Reading) hosts(c *flow.Control, l language) {
	inner := c.Unit
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		h := c.Hosts[i]
		if inner.View == nil || inner.View.Tree == nil || countFields(inner, inner.View.Tree.Nodes, 2) > 1 {
			return
		}
		p := Place{h.Unit, h.View, h.Element, func(parts []markup.Part) []flow.Text { return l.texts(parts, h.Texts) }}
		if !e.labels.telling() {
			e.labels = e.labels.texts("label", p.Attrs(h.Element, "label", "title"))
		}
		if !e.labels.telling() {
			e.labels = e.labels.texts("label", p.Labels())
		}
		if !e.hints.telling() {
			e.hints = e.hints.texts("placeholder", p.Attrs(h.Element, "placeholder"))
		}
		e.identify(c, h.Element, h.View.File, h.Texts)
		inner = h.Unit
	}
}

// shapes reads type, mode and maxlength.
func (e *Reading) shapes(c *flow.Control) {
	for _, name := range []string{"type", "mode"} {
		for _, t := range c.Attr(name) {
			if e.kind.Text == "" || t.String == "idcard" || t.String == "nickname" {
				e.kind = Clue{What: "type", Text: t.String, At: t.Location}
			}
			e.region = e.region || e.role == platform.Picker && t.String == "region"
		}
	}
	for _, t := range c.Attr("maxlength") {
		if n, err := strconv.Atoi(strings.TrimSpace(t.String)); err == nil && e.maxlength == 0 {
			e.maxlength = n
		}
	}
}

// uses reads what the script does with the value.
func (e *Reading) uses(u *flow.Uses, p *patterns) {
	for _, k := range u.Keys {
		what := "payload"
		if k.Kind == "data" || k.Kind == "variable" {
			what = "binding"
		}
		e.keys = e.keys.identifier(what, k.Name, k.Location)
	}
	for _, t := range u.Tests {
		r := Sense{}
		text := t.Call
		if t.Regexp != nil {
			text = "/" + t.Regexp.Pattern + "/" + t.Regexp.Flags
			for _, c := range p.accepted(t.Regexp.Pattern, t.Regexp.Flags, t.Location) {
				r.add(c, sign{weight: Strong, term: text})
			}
		} else if t.Call != "" {
			r = checks(t.Call)
		}
		if len(r.signs) > 0 {
			e.validators = append(e.validators, Clue{"validator", text, t.Location, r})
		}
		if t.Length > 0 {
			e.lengths = append(e.lengths, t.Length)
		}
	}
}

// checks reads the name of a function that checks a value: isMobile, checkPhone.
func checks(name string) Sense {
	var out Sense
	w := spelling.Words(name)
	for i := range w {
		switch w[i] {
		case "is", "check", "valid", "validate", "verify", "test", "reg", "regex", "vali", "validator", "checked":
			rest := append(append([]string{}, w[:i]...), w[i+1:]...)
			r := lexicons().identifier(strings.Join(rest, "_"))
			for _, c := range finding.Categories() {
				if s, ok := r.signs[c]; ok && s.weight > Weak {
					out.add(c, sign{weight: Strong, term: name})
				}
			}
			return out
		}
	}
	return out
}

// title reads the page's title where the control is the only one on the page.
func (e *Reading) title(c *flow.Control) {
	if c.Page == nil || c.View == nil || c.View.Tree == nil || len(c.Hosts) > 0 {
		return
	}
	if countFields(c.Unit, c.View.Tree.Nodes, 2) != 1 {
		return
	}
	at := source.Location{File: c.View.File, Span: c.Element.Open}
	if c.Page.ConfigFile != nil {
		at = source.Location{File: c.Page.ConfigFile}
	}
	if c.Page.Title != "" {
		e.titles = e.titles.texts("title", []flow.Text{{String: c.Page.Title, Location: at}})
	}
	e.titles = e.titles.texts("title", titlesSet(c.Page.Script))
}

// titlesSet returns the literals that a page's script sets its title to: pages that
// edit any one field say only there which it is.
func titlesSet(m *project.Module) (out []flow.Text) {
	if m == nil || m.Tree == nil {
		return nil
	}
	literal := func(n script.Node) bool {
		if s, ok := n.(*script.String); ok {
			out = append(out, flow.Text{String: s.Value, Location: source.Location{File: m.File, Span: s.Span}})
		}
		return true
	}
	script.Walk(m.Tree, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok || len(call.Args) != 1 {
			return true
		}
		d, ok := call.Fn.(*script.Dot)
		o, is := call.Args[0].(*script.Object)
		if !ok || !is || d.Name != "setNavigationBarTitle" {
			return true
		}
		for _, p := range o.Props {
			if p.Key == "title" && p.Value != nil {
				script.Walk(p.Value, literal)
			}
		}
		return false
	})
	return out
}
