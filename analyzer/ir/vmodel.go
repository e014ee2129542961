package ir

import (
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A two-way binding in JSX, as Vue's compiler reads it (@vue/babel-plugin-jsx, read 2026-11):
//
//	<Field v-model={form.name} />              modelValue={form.name} onUpdate:modelValue={v => form.name = v}
//	<Field v-model:open_trim={shown.value} />  the same for open
//	<Field v-model={[shown.value, 'open']} />  likewise

// written is a function that assigns its argument to target.
type written struct{ target script.Expr }

func (n written) Range() source.Span { return n.target.Range() }

// twoWay returns what an attribute binds in both ways, and the name of the property; nil if
// it is an ordinary attribute.
func twoWay(a *script.JSXAttr) (target script.Expr, property string) {
	name, argument, _ := strings.Cut(a.Name, ":")
	name, _, _ = strings.Cut(name, "_")
	if name != "v-model" && name != "vModel" {
		return nil, ""
	}
	argument, _, _ = strings.Cut(argument, "_")
	target = a.Value
	if list, ok := a.Value.(*script.Array); ok && len(list.Elems) > 0 {
		target = list.Elems[0]
		if s, ok := list.Elems[min(1, len(list.Elems)-1)].(*script.String); ok {
			argument = s.Value
		}
	}
	switch target.(type) {
	case *script.Ident, *script.Dot, *script.Index:
	default:
		return nil, ""
	}
	if argument == "" {
		argument = "modelValue"
	}
	return target, argument
}

// isSlots reports whether an attribute gives what is inside an element, by the names of
// slots: <Row v-slots={{ title: () => <Text/> }} />.
func isSlots(a *script.JSXAttr) bool {
	return a.Value != nil && (a.Name == "v-slots" || a.Name == "vSlots")
}

// bindBothWays sets the property that target is bound to, and the function that writes it.
func (l *lowerer) bindBothWays(props Reg, target script.Expr, property string, at source.Span) {
	l.emit(Instr{Op: Set, A: props, B: l.expr(target), Name: property, Span: at})
	event := "onUpdate:" + property
	write := l.value(Instr{Op: Closure, Span: target.Range(), Ext: l.ext(Ext{Func: l.nested(event, written{target})})})
	l.emit(Instr{Op: Set, A: props, B: write, Name: event, Span: at})
}

// writeArgument lowers a function that assigns its argument to target.
func (l *lowerer) writeArgument(target script.Expr) {
	v := l.value(Instr{Op: Param, Num: 0, Span: target.Range()})
	p := l.place(target)
	p.set(l, v)
}
