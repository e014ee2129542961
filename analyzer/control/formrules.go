package control

import (
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

// The rules of a form name its fields and say what each must hold, in the forms of
// weui-miniprogram, tdesign-miniprogram, WxValidate, uni-forms and async-validator:
//
//	rules: [{ name: 'contact', rules: [{ required: true }, { mobile: true }] }]
//	rules: { contact: [{ telnumber: true }] }
//	const rules = { contact: { required: true, tel: true } }
//	new WxValidate({ contact: { required: true, tel: true } }, messages)
//	rules: { contact: [{ type: 'email' }, { validator: isMobile }] }
//	rules: { contact: { rules: [{ format: 'email' }, { pattern: '^1[3-9]\\d{9}$' }] } }

// A FormRule is one such demand.
type FormRule struct {
	Field    string // "" if the rule is not below a field's name
	Category finding.Category
	Text     string // the rule as written
	Span     source.Span
}

// clue is what the rule, which m has, says of its field.
func (r FormRule) clue(m *project.Module) Clue {
	s := Sense{}
	s.add(r.Category, sign{weight: Strong, term: r.Text})
	return Clue{What: "validator", Text: r.Text, At: source.Location{File: m.File, Span: r.Span}, sense: s}
}

// FormRules reads the rules of the forms that a script describes.
func (r *Reader) FormRules(m *project.Module) []FormRule {
	rules, ok := r.rules[m]
	if !ok {
		rules = r.formRules(m)
		r.rules[m] = rules
	}
	return rules
}

func (r *Reader) formRules(m *project.Module) (out []FormRule) {
	script.Walk(m.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if strings.HasSuffix(strings.ToLower(n.Key), "rules") {
				out = r.appendRules(out, m, "", n.Value)
				return false
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && n.Init != nil && strings.HasSuffix(strings.ToLower(id.Name), "rules") {
				out = r.appendRules(out, m, "", n.Init)
				return false
			}
		case *script.New:
			if id, ok := n.Fn.(*script.Ident); ok && len(n.Args) > 0 && makesValidator(id.Name) {
				out = r.appendRules(out, m, "", n.Args[0])
			}
		}
		return true
	})
	return out
}

// makesValidator reports whether a class checks forms: WxValidate, Schema of
// async-validator.
func makesValidator(class string) bool {
	for _, w := range spelling.Words(class) {
		switch w {
		case "validate", "validator", "validation", "schema":
			return true
		}
	}
	return false
}

// appendRules reads e, the value under the name of a field.
func (r *Reader) appendRules(out []FormRule, m *project.Module, field string, e script.Expr) []FormRule {
	switch e := e.(type) {
	case *script.Array:
		for _, item := range e.Elems {
			out = r.appendRules(out, m, field, item)
		}
	case *script.Call: // reactive({ … }), computed(() => ({ … }))
		if len(e.Args) > 0 {
			out = r.appendRules(out, m, field, e.Args[0])
		}
	case *script.Function:
		if v := e.Returned(); v != nil {
			out = r.appendRules(out, m, field, v)
		}
	case *script.Regexp:
		for _, c := range r.Accepted(m.File, e) {
			out = append(out, FormRule{field, c, "/" + e.Pattern + "/", e.Span})
		}
	case *script.Object:
		if name := nameOf(e); name != "" {
			field = name
		}
		for _, p := range e.Props {
			if r.appendRule(&out, m, field, p) {
				continue
			}
			below := field
			if below == "" && p.Key != "rules" && p.Key != "pattern" {
				below = p.Key
			}
			out = r.appendRules(out, m, below, p.Value)
		}
	}
	return out
}

// demanded is the one category that triggers filing which a message asks for: "请输入手机号".
func demanded(message string) (c finding.Category) {
	if !Requests(message) {
		return ""
	}
	sense := lexicons().label(message)
	if len(sense.topics) > 0 { // 手机号的验证码
		return ""
	}
	for found := range sense.signs {
		if !found.Triggers() || !sense.Tells(found) || c != "" {
			return ""
		}
		c = found
	}
	return c
}

// appendRule reads a property that is a demand in itself, and reports whether it is
// one or can be none.
func (r *Reader) appendRule(out *[]FormRule, m *project.Module, field string, p *script.Property) bool {
	add := func(c finding.Category, text string, at source.Span) {
		*out = append(*out, FormRule{field, c, text, at})
	}
	switch v := p.Value.(type) {
	case *script.Bool:
		if c := ruleNames[strings.ToLower(p.Key)]; c != "" && v.Value {
			add(c, p.Key, p.KeySpan)
		}
		return true
	case *script.String:
		switch p.Key {
		case "message", "errorMessage", "errMsg":
			if c := demanded(v.Value); c != "" {
				add(c, v.Value, v.Span)
			}
		case "type", "format":
			if c := ruleNames[strings.ToLower(v.Value)]; c != "" {
				add(c, v.Value, v.Span)
			}
		case "pattern":
			for _, c := range r.patterns.accepted(v.Value, "", source.Location{File: m.File, Span: v.Span}) {
				add(c, v.Value, v.Span)
			}
		}
		return true
	case *script.Ident:
		r.named(m, p.Key, v.Name, v.Span, add)
		return true
	case *script.Dot:
		r.named(m, p.Key, v.Name, v.Span, add)
		return true
	case *script.Function:
		if checkers[p.Key] {
			r.tested(m, v, add)
		}
		return true
	}
	return false
}

// ruleNames are the rules that the libraries have for our categories.
var ruleNames = map[string]finding.Category{
	"mobile": finding.Phone, "phone": finding.Phone, "tel": finding.Phone, "telnumber": finding.Phone,
	"phonenumber": finding.Phone, "mobilephone": finding.Phone, "cellphone": finding.Phone,
	"idcard": finding.IDCard, "idnumber": finding.IDCard, "email": finding.Email,
}

// nameOf returns the name in {name: 'contact', rules: …}, or "".
func nameOf(o *script.Object) string {
	name, rules := "", false
	for _, p := range o.Props {
		if s, ok := p.Value.(*script.String); ok && p.Key == "name" {
			name = s.Value
		}
		rules = rules || p.Key == "rules"
	}
	if !rules {
		return ""
	}
	return name
}

// demand reads what the rules of the page's forms demand of a control, by the
// names that it or the form item around it has.
func (e *Reading) demand(c *flow.Control, reader *Reader) {
	for _, m := range []*project.Module{scriptOf(c.Unit), scriptOf(c.Page)} {
		if m == nil || m.Tree == nil || len(e.demands) > 0 || !mentionsRules(m.File.Text) {
			continue
		}
		own := reader.itemRules(c, m)
		for k, r := range append(own, reader.FormRules(m)...) {
			if k >= len(own) && (r.Field == "" || !fieldNames(c)[r.Field]) {
				continue
			}
			e.demands = append(e.demands, r.clue(m))
		}
	}
}

// mentionsRules reports whether a script can hold rules at all; few do.
func mentionsRules(text string) bool {
	return strings.Contains(text, "ules") || strings.Contains(text, "alidat") || strings.Contains(text, "Schema")
}

func scriptOf(u *project.Unit) *project.Module {
	if u == nil {
		return nil
	}
	return u.Script
}

// fieldNames returns the names by which a form knows a control.
func fieldNames(c *flow.Control) map[string]bool {
	names := map[string]bool{}
	take := func(e *markup.Element, all bool) {
		for _, a := range e.Attrs {
			prop := a.Kind == markup.Plain && a.Name == "prop"
			name := a.Kind == markup.Plain && a.Name == "name"
			key := a.Kind == markup.Data && fieldKeysOf[lastWord(a.Name)]
			if prop || (all && (name || key)) {
				if s, ok := markup.Static(a.Parts); ok && s != "" {
					names[s] = true
				}
			}
		}
	}
	take(c.Element, true)
	for p, n := c.Element.Parent, 0; p != nil && n < maxItem && len(names) == 0; p, n = p.Parent, n+1 {
		r := Component(c.Unit, p)
		take(p, r != nil && (r.Role == platform.Item || r.Role == platform.Cell))
	}
	return names
}
