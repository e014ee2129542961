package control

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// opposed reports whether a and b, siblings in a template of f, are never shown at once, as the condition of one says the contrary
// of a part of the other's: what is shown in place of a control is no label of it.
//
//	<view>{{item.label}}</view>
//	<view wx:if="{{!editing || !item.editable}}">{{item.value}}</view>
//	<input wx:if="{{editing && item.editable}}" />
func opposed(f *source.File, a, b *markup.Element) bool {
	x, y := conditionOf(a), conditionOf(b)
	return x != nil && y != nil && (denies(f, x, y) || denies(f, y, x))
}

// conditionOf is the one expression under which e is shown; nil if there is none, or if it is more than that.
func conditionOf(e *markup.Element) script.Expr {
	c := e.Find(markup.Directive, "if")
	if c == nil || len(c.Parts) != 1 {
		return nil
	}
	return c.Parts[0].Expr
}

// denies reports whether each alternative of y says the contrary of a part of x.
func denies(f *source.File, x, y script.Expr) bool {
	parts := literals(f, x, "&&")
	for _, alternative := range operands(y, "||") {
		if !slices.ContainsFunc(literals(f, alternative, "&&"), func(l literal) bool {
			return slices.Contains(parts, literal{l.text, !l.yes})
		}) {
			return false
		}
	}
	return true
}

// literal is a part of a condition: what it names, and whether that or its contrary must hold.
type literal struct {
	text string
	yes  bool
}

// literals are the parts that op connects in x.
func literals(f *source.File, x script.Expr, op string) (list []literal) {
	for _, part := range operands(x, op) {
		yes := true
		for n, ok := part.(*script.Unary); ok && n.Op == "!"; n, ok = part.(*script.Unary) {
			part, yes = n.X, !yes
		}
		text := strings.Join(strings.Fields(f.Slice(part.Range())), "")
		for equal, other := range map[string]string{"!==": "===", "!=": "=="} {
			if b, ok := part.(*script.Binary); ok && b.Op == equal {
				text, yes = strings.Replace(text, equal, other, 1), !yes
			}
		}
		list = append(list, literal{text, yes})
	}
	return list
}

// operands are the operands of op in x, which may hold more of it on both sides.
func operands(x script.Expr, op string) []script.Expr {
	if b, ok := x.(*script.Binary); ok && b.Op == op {
		return append(operands(b.X, op), operands(b.Y, op)...)
	}
	return []script.Expr{x}
}
