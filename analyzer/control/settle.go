package control

import (
	"slices"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// One box for several fields has a title that says which: {{field === 'notice' ? '公告' :
// '电话'}}. Under wx:if="{{field !== 'notice'}}" the title cannot be 公告.

// fact is what the conditions around a control say: that an expression is, or is not, a
// literal, or that it is true or not.
type fact struct {
	of      string // the expression, as written
	literal string // as written; "" if only the truth of the expression is known
	holds   bool
}

// facts is all that they say.
type facts []fact

// factsAt returns what is known where an element is shown.
func factsAt(v *project.View, e *markup.Element) (known facts) {
	if v == nil || v.Tree == nil {
		return nil
	}
	add := func(a *markup.Attr, holds bool) {
		if x := testOf(a); x != nil {
			known = known.add(v.File, x, holds)
		}
	}
	for ; e != nil; e = e.Parent {
		add(e.Find(markup.Directive, "if"), true)
		add(e.Find(markup.Directive, "elif"), true)
		if alternative(e) {
			for _, before := range v.Tree.BranchesBefore(e) {
				add(before, false)
			}
		}
	}
	return known
}

// testOf is the expression that a condition is; nil if there is none, or if it is more than that.
func testOf(condition *markup.Attr) script.Expr {
	if condition == nil || len(condition.Parts) != 1 {
		return nil
	}
	return condition.Parts[0].Expr
}

// condition is the title under which a box of a page for several things is shown, as the page compares it:
//
//	<input wx:if="{{title == '设置姓名'}}" placeholder="请输入内容" />
func (p Place) condition() (found []flow.Text) {
	for e := p.Element; e != nil && countFields(p.Unit, []markup.Node{e}, 1) == 1; e = e.Parent {
		for _, name := range []string{"if", "elif"} {
			a := e.Find(markup.Directive, name)
			if a == nil {
				continue
			}
			for _, one := range facts(nil).add(p.View.File, testOf(a), true) {
				if one.holds && one.literal != "" {
					found = append(found, flow.Text{String: one.literal, Location: source.Location{File: p.View.File, Span: a.Span}})
				}
			}
		}
	}
	return found
}

// opposed reports whether a and b, siblings in a template of f, are never shown at once, as their conditions contradict each
// other: what is shown in place of a control is no label of it.
//
//	<view>{{item.label}}</view>
//	<view wx:if="{{!editing || !item.editable}}">{{item.value}}</view>
//	<input wx:if="{{editing && item.editable}}" />
func opposed(f *source.File, a, b *markup.Element) bool {
	x, y := testOf(a.Find(markup.Directive, "if")), testOf(b.Find(markup.Directive, "if"))
	return x != nil && y != nil && (facts(nil).add(f, x, true).deny(f, y) || facts(nil).add(f, y, true).deny(f, x))
}

// add adds what follows if x holds, or does not.
func (k facts) add(f *source.File, x script.Expr, holds bool) facts {
	if x == nil {
		return k
	}
	switch x := x.(type) {
	case *script.Unary:
		if x.Op == "!" {
			return k.add(f, x.X, !holds)
		}
	case *script.Binary:
		switch {
		case x.Op == "&&" && holds, x.Op == "||" && !holds:
			return k.add(f, x.Y, holds).add(f, x.X, holds)
		case x.Op == "&&", x.Op == "||":
			return k
		}
		if of, literal, equal, ok := compared(f, x); ok {
			return append(k, fact{of, literal, equal == holds})
		}
	}
	return append(k, fact{of: f.Slice(x.Range()), holds: holds})
}

// compared takes a comparison with a literal apart.
func compared(f *source.File, x *script.Binary) (of, literal string, equal, ok bool) {
	switch x.Op {
	case "==", "===":
		equal = true
	case "!=", "!==":
	default:
		return "", "", false, false
	}
	switch y := x.Y.(type) {
	case *script.String:
		literal = y.Value
	case *script.Number:
		literal = y.Raw
	default:
		return "", "", false, false
	}
	return f.Slice(x.X.Range()), literal, equal, true
}

// decide says whether a test holds; known is false if the facts leave it open.
func (k facts) decide(f *source.File, test script.Expr) (holds, known bool) {
	switch x := test.(type) {
	case *script.Unary:
		if x.Op == "!" {
			holds, known = k.decide(f, x.X)
			return !holds, known
		}
	case *script.Binary:
		of, literal, equal, ok := compared(f, x)
		for _, one := range k {
			if !ok || one.of != of || one.literal == "" {
				continue
			}
			if same := one.literal == literal; same || one.holds { // it is another literal
				return (same && one.holds) == equal, true
			}
		}
	}
	text := f.Slice(test.Range())
	for _, one := range k {
		if one.literal == "" && one.of == text {
			return one.holds, true
		}
	}
	return false, false
}

// deny reports whether the facts say that a test, or each of its alternatives, does not hold.
func (k facts) deny(f *source.File, test script.Expr) bool {
	if b, ok := test.(*script.Binary); ok {
		switch b.Op {
		case "||":
			return k.deny(f, b.X) && k.deny(f, b.Y)
		case "&&":
			return k.deny(f, b.X) || k.deny(f, b.Y)
		}
	}
	holds, known := k.decide(f, test)
	return known && !holds
}

// settle leaves out of parts what they cannot be.
func (k facts) settle(f *source.File, parts []markup.Part) []markup.Part {
	if len(k) == 0 {
		return parts
	}
	out := parts
	for i, p := range parts {
		x := k.choose(f, p.Expr)
		if x == p.Expr {
			continue
		}
		if &out[0] == &parts[0] {
			out = slices.Clone(parts)
		}
		out[i].Expr = x
	}
	return out
}

// choose settles the choices in x whose tests the facts decide.
func (k facts) choose(f *source.File, x script.Expr) script.Expr {
	c, ok := x.(*script.Cond)
	if !ok {
		return x
	}
	if holds, known := k.decide(f, c.Test); known {
		if holds {
			return k.choose(f, c.Then)
		}
		return k.choose(f, c.Else)
	}
	then, other := k.choose(f, c.Then), k.choose(f, c.Else)
	if then == c.Then && other == c.Else {
		return x
	}
	return &script.Cond{Span: c.Span, Test: c.Test, Then: then, Else: other}
}
