package flow

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Scripts call the functions of the language and of the platform in every way:
// this.$emit() names no event, f(...list) has arguments at unknown places, and
// new wx.request has no this. None of that may be a panic.
func TestNativesTakeAnyCall(t *testing.T) {
	natives := map[string]*Value{}
	for typ, table := range methods {
		for name, fn := range table {
			natives[typ+"."+name] = fn
		}
	}
	maps.Copy(natives, globals)
	require.Greater(t, len(natives), 200)

	m := newMachine(&project.Program{}, standard)
	m.frame = &frame{fn: &ir.Func{}, context: &context{}, this: undefinedValue}
	plain, array := m.newObject(plainObject), m.newObject(arrayObject)
	receivers := map[string]*Value{
		"nothing": nil, "undefined": undefinedValue, "unknown": unknownValue, "text": textOf("a.b"), "number": numberOf(1),
		"an object": objectOf(plain), "an array": objectOf(array), "a promise": m.promise("test", unknownValue, nil),
		"a function": nativeObject("f", always(unknownValue)),
	}
	view := &project.View{File: source.NewFile("a.wxml", "")}
	for what, u := range map[string]*project.Unit{
		"a native component": {Kind: project.ComponentUnit}, "a Vue component": {Kind: project.ComponentUnit, Single: true},
		"a React component": {Kind: project.ComponentUnit, Scripted: true},
	} {
		page := m.newInstance(&project.Unit{Kind: project.PageUnit, Single: u.Single, Scripted: u.Scripted}, nil, m.root.child(u, nil, 0))
		kid := m.kidOf(&scope{machine: m, instance: page, view: view}, kidKey{element: &markup.Element{Tag: "own"}}, u, nil)
		receivers[what], receivers["the page of "+what] = objectOf(kid.object), objectOf(page.object)
	}
	arguments := map[string][]*Value{"no": nil, "an empty": {nil}, "a text": {textOf("a")}, "two unknown": {unknownValue, unknownValue}}
	for _, name := range slices.Sorted(maps.Keys(natives)) {
		for what, this := range receivers {
			for which, list := range arguments {
				require.NotPanics(t, func() {
					m.call(natives[name], this, list, "test")
					m.apply(natives[name], this, list, unknownValue, "test")
					m.apply(natives[name], this, list, textOf("b"), "test")
					m.construct(natives[name], list, nil, "test")
					m.drain()
				}, "%s of %s with %s arguments", name, what, which)
			}
		}
	}
}
