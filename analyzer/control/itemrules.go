package control

import (
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// Rules that stand at the item around a field say what this one field must hold, whatever its name:
//
//	<Form.Item rules={[{ pattern: /^1[3-9]\d{9}$/ }]}><Input /></Form.Item>
//	<nut-form-item :rules="telRules"><input /></nut-form-item>   const telRules = [{ pattern: … }]

// itemRules reads the rules of the nearest item around c, or of c itself.
func (r *Reader) itemRules(c *flow.Control, m *project.Module) []FormRule {
	e := c.Element
	for n := 0; e != nil && n < maxItem; e, n = e.Parent, n+1 {
		known := Component(c.Unit, e)
		if item := known != nil && (known.Role == platform.Item || known.Role == platform.Cell); e != c.Element && !item {
			continue
		}
		if x := rulesAt(c.Unit, e); x != nil {
			return r.appendRules(nil, m, "rules", meant(m, x, 0))
		}
	}
	return nil
}

// rulesAt is the value of the attribute rules of e, as written; nil if it has none.
func rulesAt(u *project.Unit, e *markup.Element) script.Expr {
	if a := e.Attr("rules"); a == nil || len(a.Parts) != 1 {
		return nil
	}
	if u != nil && u.Scripted { // e is as shown, with values in place of what is written
		markup.WalkElements(u.View.Nodes(), func(w *markup.Element) {
			if w.Open == e.Open {
				e = w
			}
		})
	}
	if a := e.Attr("rules"); a != nil && len(a.Parts) == 1 {
		return a.Parts[0].Expr
	}
	return nil
}

// meant is what x stands for in a script: the value that its name is given, what useMemo, ref and their like
// are given, what the function returns.
func meant(m *project.Module, x script.Expr, depth int) script.Expr {
	if depth > maxMeant {
		return x
	}
	switch e := x.(type) {
	case *script.Ident:
		if v := valueNamed(m.Tree, e.Name); v != nil {
			return meant(m, v, depth+1)
		}
	case *script.Dot:
		if v := valueNamed(m.Tree, e.Name); v != nil {
			return meant(m, v, depth+1)
		}
	case *script.Call:
		if len(e.Args) > 0 {
			return meant(m, e.Args[0], depth+1)
		}
	case *script.Function:
		if v := e.Returned(); v != nil {
			return meant(m, v, depth+1)
		}
	}
	return x
}

// maxMeant bounds how many names and calls are followed.
const maxMeant = 6

// valueNamed is what a script gives the variable or property of that name first.
func valueNamed(tree *script.Program, name string) (out script.Expr) {
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && id.Name == name && out == nil {
				out = n.Init
			}
		case *script.Property:
			if n.Key == name && out == nil {
				if id, same := n.Value.(*script.Ident); !same || id.Name != name { // not { rules }
					out = n.Value
				}
			}
		}
		return out == nil
	})
	return out
}
