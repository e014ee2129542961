package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A function that makes itself anew with each call, as compilers write it, is one function, however often it is called. Closures
// that name what is around them are as many as there are.
func TestInterchangeable(t *testing.T) {
	for _, c := range []struct {
		name, made string
		limited    bool
	}{
		{"names nothing around it", "return value => typeof value", true}, // an arrow function may name this
		{"a function", "return function (value) { return typeof value }", false},
		{"names the module's", "return function (value) { return kinds[typeof value] }", false},
		{"names what is around it", "const asked = Date.now(); return function (value) { return asked + typeof value }", true},
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
