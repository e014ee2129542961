package source

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// What JSONWriter writes says the same and holds nothing that a terminal obeys.
func TestJSONWriter(t *testing.T) {
	for in, want := range map[string]string{
		"手机号 😀 <b>":                `"手机号 😀 <b>"`,
		"a\x1b\u009b\u202eb\u2028": `"a\u001b\u009b\u202eb\u2028"`,
		"\x7f\t\n":                 `"\u007f\t\n"`,
	} {
		var out bytes.Buffer
		e := json.NewEncoder(JSONWriter(&out))
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(in))
		require.Equal(t, want+"\n", out.String())
		var back string
		require.NoError(t, json.Unmarshal(out.Bytes(), &back))
		require.Equal(t, in, back)
	}
}
