package detectors

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// The rules of a form name its fields and say what each must hold, in the forms of
// weui-miniprogram, tdesign-miniprogram and WxValidate:
//
//	rules: [{ name: 'contact', rules: [{ required: true }, { mobile: true }] }]
//	rules: { contact: [{ telnumber: true }] }
//	const rules = { contact: { required: true, tel: true } }

// formRule is one such demand.
type formRule struct {
	field    string // "" where the rule does not stand below a field's name
	category finding.Category
	text     string
	span     source.Span
}

// formRules reads the rules of the forms that a script describes.
func formRules(tree *script.Program) (out []formRule) {
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if strings.HasSuffix(strings.ToLower(n.Key), "rules") {
				out = appendRules(out, "", n.Value, 0)
				return false
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && n.Init != nil && strings.HasSuffix(strings.ToLower(id.Name), "rules") {
				out = appendRules(out, "", n.Init, 0)
				return false
			}
		}
		return true
	})
	return out
}

const maxRules = 8 // levels of objects and lists

// appendRules reads e, which stands below the name of field.
func appendRules(out []formRule, field string, e script.Expr, depth int) []formRule {
	if depth > maxRules {
		return out
	}
	switch e := e.(type) {
	case *script.Array:
		for _, item := range e.Elems {
			out = appendRules(out, field, item, depth+1)
		}
	case *script.Regexp:
		for _, c := range accepted(e.Pattern, e.Flags) {
			out = append(out, formRule{field, c, "/" + e.Pattern + "/", e.Span})
		}
	case *script.Object:
		if name := nameOf(e); name != "" {
			field = name
		}
		for _, p := range e.Props {
			if b, ok := p.Value.(*script.Bool); ok {
				if c := ruleNames[strings.ToLower(p.Key)]; c != "" && b.Value {
					out = append(out, formRule{field, c, p.Key, p.KeySpan})
				}
				continue
			}
			below := field
			if below == "" && p.Key != "rules" && p.Key != "pattern" {
				below = p.Key
			}
			out = appendRules(out, below, p.Value, depth+1)
		}
	}
	return out
}

// ruleNames are the rules that the libraries have for our categories.
var ruleNames = map[string]finding.Category{
	"mobile": finding.Phone, "phone": finding.Phone, "tel": finding.Phone, "telnumber": finding.Phone,
	"idcard": finding.IDCard, "email": finding.Email,
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
func (e *evidence) demand(c *flow.Control) {
	for _, m := range []*project.Module{scriptOf(c.Unit), scriptOf(c.Page)} {
		if m == nil || m.Tree == nil || len(e.demands) > 0 || !strings.Contains(m.File.Text, "ules") {
			continue
		}
		for _, r := range formRules(m.Tree) {
			if r.field == "" || !fieldNames(c)[r.field] {
				continue
			}
			read := reading{}
			read.add(r.category, sign{weight: strong, term: r.text})
			e.demands = append(e.demands, clue{"validator", r.text, source.Location{File: m.File, Span: r.span}, read})
		}
	}
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
			if a.Kind == markup.Plain && (a.Name == "prop" || a.Name == "name" && all) || a.Kind == markup.Data && fieldKeysOf[lastWord(a.Name)] && all {
				if s, ok := markup.Static(a.Parts); ok && s != "" {
					names[s] = true
				}
			}
		}
	}
	take(c.Element, true)
	for p, n := c.Element.Parent, 0; p != nil && n < maxItem && len(names) == 0; p, n = p.Parent, n+1 {
		r := component(c.Unit, p)
		take(p, r != nil && (r.Role == platform.Item || r.Role == platform.Cell))
	}
	return names
}
