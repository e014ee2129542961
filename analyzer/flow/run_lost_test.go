package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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
