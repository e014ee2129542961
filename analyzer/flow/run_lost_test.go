package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// A callee that is made by a call with long arguments is told without them.
func TestCalleesAreShort(t *testing.T) {
	for text, want := range map[string]string{
		"api.save": "api.save", "wrap(save)": "wrap(save)",
		"connect({\n  items: (s) => s.items,\n})":                  "connect(…)",
		"store.of('" + strings.Repeat("a", 60) + "').take[0].save": "store.of(…).take[…].save",
	} {
		require.Equal(t, want, withoutArguments(text))
	}
}

// What an element gives a component that is not there goes to the component, not to a
// text of several lines.
func TestCalleeOfElement(t *testing.T) {
	for text, want := range map[string]string{
		"<ShopInput\n  v-model=\"phone\"\n/>": "<ShopInput>", "<shop-box>": "<shop-box>", "<shop-box/>": "<shop-box>", "a < b": "a < b",
	} {
		file := source.NewFile("p/p.vue", text)
		require.Equal(t, want, callee(source.Location{File: file, Span: source.Span{End: int32(len(text))}}))
	}
}
