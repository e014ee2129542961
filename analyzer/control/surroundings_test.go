package control

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/source"
)

// disabled="disabled" is true; what is bound to a property of the same name need not
// be.
func TestTrueAttribute(t *testing.T) {
	for text, want := range map[string]bool{
		`<input password />`: true, `<input password="password" />`: true, `<input :password="true" />`: true,
		`<input :password="password" />`: false, `<input password="" />`: false,
	} {
		f := source.NewFile("a.vue", text)
		a := markup.Parse(f, markup.Vue).Nodes[0].(*markup.Element).Attr("password")
		require.NotNil(t, a, text)
		require.Equal(t, want, isTrue(a), text)
	}
}
