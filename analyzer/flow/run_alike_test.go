package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A function that makes itself anew with each call, as compilers write it, is one function, however often it is called. So are
// closures that hold the same, and those that hold something else are as many as there are.
func TestInterchangeable(t *testing.T) {
	for _, c := range []struct {
		name, made string
		limited    bool
	}{
		{"an arrow function", "return value => typeof value", false},
		{"with another this", "return (function () { return value => typeof value + this.a }).call({ a: Date.now() })", true},
		{"a function", "return function (value) { return typeof value }", false},
		{"names the module's", "return function (value) { return kinds[typeof value] }", false},
		{"holds the same", "const asked = 'now'; return function (value) { return asked + typeof value }", false},
		{"holds the same, deeper", "const asked = 'now'; return value => () => asked + typeof value", false},
		{"holds another object", "const asked = {}; return function (value) { return asked.at + typeof value }", true},
		{"changes what it holds", "let asked = 'now'; return function (value) { asked += 1; return asked + typeof value }", true},
		{"holds what changes", "let asked = 'now'; const f = value => asked + typeof value; asked = 'then'; return f", true},
	} {
		flows, limited := followed(t, map[string]string{
			"app.json":       `{"pages": ["pages/a/a"]}`,
			"pages/a/a.wxml": field,
			"pages/a/a.js": `const kinds = {}
let ask
function make() { ` + c.made + ` }
function kind(value) { return ask = Math.random() > 0.5 ? make() : ask, ask(value) }
Page({ on(e) {
` + strings.Repeat("  kind(e.detail.value)\n", 140) + sending + "\n} })",
		})
		require.Equal(t, c.limited, limited["pages/a/a"], c.name)
		require.Equal(t, 1, flows["pages/a/a"], c.name)
	}
}
