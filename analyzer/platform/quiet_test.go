package platform

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestQuiet(t *testing.T) {
	_, err := parseQuiet(quietText)
	require.NoError(t, err)
	packages := []struct {
		name, path string
		want       bool
	}{
		{"lodash", "debounce", true},
		{"lodash/debounce", "", true},
		{"lodash", "get", true}, // of an object, not of a server
		{"@vant/weapp", "Toast", true},
		{"@vant/weapp/toast/toast", "", true},
		{"uview-plus", "http.post", false},
		{"uview-plus", "timeFormat", true},
		{"lodash-not", "", false},
		{"axios", "", false},
		{"", "", false},
	}
	for _, c := range packages {
		require.Equal(t, c.want, QuietPackage(c.name, c.path), "%s %s", c.name, c.path)
	}
	require.True(t, QuietGlobal("Uint8Array"))
	require.False(t, QuietGlobal("tracker"))
	require.True(t, QuietMethod("includes"))
	require.False(t, QuietMethod("push"), "it keeps what it is given")
	for name, removes := range map[string]bool{"off": true, "$off": true, "offClick": true, "offer": false, "onClick": false, "removeListener": true, "remove": false} {
		require.Equal(t, removes, RemovingMethod(name), name)
	}
}

func TestQuietTableIsChecked(t *testing.T) {
	for _, text := range []string{"package", "pakage lodash", "package lodash\npackage lodash"} {
		_, err := parseQuiet(text)
		require.Error(t, err, text)
	}
}
