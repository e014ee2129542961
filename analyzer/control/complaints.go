package control

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// What a script says if a field is empty or wrong tells what the field is for, where its own texts leave that open:
//
//	<input v-model="form.account" placeholder="请输入账号" />
//	if (!this.form.account) return uni.showToast({ title: '手机号不能为空' })

// complaint is the text of such a message.
var complaint = regexp.MustCompile(`不能为空|不可为空|(请|没有|未)[您你]?(先|正确)?(输入|填写|填)|(有误|错误|不正确|不合法|不对|无效)|格式`)

// complaintOf reads what such a message is about.
func complaintOf(text string) Sense {
	return lexicons().label(complaint.ReplaceAllString(text, ""))
}

// surely are the categories that a text of a script, which has this sense, names for certain: 名称不能为空 is said of anything.
func (r Sense) surely(text string) (named []finding.Category) {
	for _, c := range finding.Categories() {
		if s, ok := r.signs[c]; ok && s.sure() && (c != finding.Name || strings.Contains(text, "姓名")) {
			named = append(named, c)
		}
	}
	return named
}

// complained reads what the scripts of the control's page and component say of its field. For an account that is a check
// of the value; a control without a word of its own must hold what the message asks for.
func (e *Reading) complained(c *flow.Control, r *Reader) {
	wordless := !slices.ContainsFunc(e.Texts(), func(t Clue) bool { return !t.sense.generic() && !anyContent.MatchString(t.Text) })
	fields := bindings(c)
	for _, m := range []*project.Module{scriptOf(c.Unit), scriptOf(c.Page)} {
		if m == nil || m.Tree == nil || len(e.demands) > 0 || len(fields) == 0 {
			continue
		}
		for _, said := range r.complaintsIn(m) {
			switch {
			case !fields[said.Field]:
			case wordless:
				e.demands = append(e.demands, said.clue(m))
			default:
				e.validators = append(e.validators, said.clue(m))
			}
		}
		if wordless {
			e.edited(fields, m, r)
		}
	}
}

// bindings are the last words of the names that the value of c is bound to or, without any, of the one that the script
// stores it under.
func bindings(c *flow.Control) map[string]bool {
	names := fieldNames(c)
	for _, a := range c.Element.Attrs {
		if givesValue(a) {
			names[lastPart(boundName(a, c.View.File))] = true
		}
	}
	for _, m := range c.Models {
		names[lastPart(m)] = true
	}
	delete(names, "")
	if len(names) > 0 {
		return names
	}
	for _, kind := range [...]string{"data", "variable"} { // what functions call it that check it is no name of the field
		for _, k := range c.Uses.Keys {
			if k.Kind == kind {
				names[lastPart(k.Name)] = true
			}
		}
		if len(names) > 0 {
			break
		}
	}
	if len(names) > 1 {
		return nil // a script that mixes the values of its controls stores each under all names
	}
	return names
}

// complaintsIn are those of a script.
func (r *Reader) complaintsIn(m *project.Module) []FormRule {
	said, ok := r.said[m]
	if !ok {
		if complaint.MatchString(m.File.Text) {
			script.Walk(m.Tree, func(n script.Node) bool {
				if s, is := n.(*script.If); is {
					said = append(said, complaints(s)...)
				}
				return true
			})
		}
		r.said[m] = said
	}
	return said
}

// logs reports whether a call writes to the console.
func logs(call *script.Call) bool {
	method, ok := call.Fn.(*script.Dot)
	if !ok {
		return false
	}
	of, ok := method.X.(*script.Ident)
	return ok && of.Name == "console"
}

// complaints reads what s says of the field that it tests: nothing if it tests several.
func complaints(s *script.If) (out []FormRule) {
	names := map[string]bool{}
	if !tests(s.Test, names) || len(names) != 1 {
		return nil
	}
	for name := range names {
		script.Walk(s.Then, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.If, *script.Function:
				return false
			case *script.Call:
				return !logs(n) // nobody who fills the form in reads it
			case *script.String:
				if !complaint.MatchString(n.Value) {
					return true
				}
				for _, c := range complaintOf(n.Value).surely(n.Value) {
					out = append(out, FormRule{Field: name, Category: c, Text: n.Value, Span: n.Span})
				}
			}
			return true
		})
	}
	return out
}

// tests notes the fields of which x asks whether they are empty or wrong, and reports whether it asks nothing else.
func tests(x script.Expr, names map[string]bool) bool {
	switch x := x.(type) {
	case *script.Unary:
		if x.Op != "!" {
			return false
		}
		return holdsField(x.X, names)
	case *script.Binary:
		switch x.Op {
		case "||", "&&":
			return tests(x.X, names) && tests(x.Y, names)
		case "==", "===", "<", "!=", "!==":
			return holdsField(x.X, names)
		}
	}
	return false
}

// holdsField notes the field of form.account, account.length, account.trim(), account.value, /1\d{10}/.test(account) or
// checkName(account).
func holdsField(x script.Expr, names map[string]bool) bool {
	switch x := x.(type) {
	case *script.Ident:
		names[x.Name] = true
		return true
	case *script.Dot:
		if x.Name == "length" || x.Name == "value" {
			return holdsField(x.X, names)
		}
		names[x.Name] = true
		return true
	case *script.Call:
		d, ok := x.Fn.(*script.Dot)
		switch {
		case ok && d.Name == "trim":
			return holdsField(d.X, names)
		case ok && d.Name == "test" && len(x.Args) == 1, len(x.Args) == 1 && saysCheck(script.LastName(x.Fn)):
			return holdsField(x.Args[0], names)
		}
	}
	return false
}
