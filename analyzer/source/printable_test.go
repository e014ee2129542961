package source

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"收货人 name 😀":                       "收货人 name 😀",
		"\x1b]0;title\x07\x1b[31mred":      "?]0;title??[31mred",
		"a\u202eb\u2066c\u200fd\u061ce":    "a?b?c?d?e",
		"line\ntwo\tthree\rfour\u2028five": "line?two?three?four?five",
		"\u0085next\u009bcsi":              "?next?csi",
	} {
		require.Equal(t, want, Printable(in))
	}
}

func TestPrintableWriter(t *testing.T) {
	var out bytes.Buffer
	n, err := PrintableWriter(&out).Write([]byte("一\n\ttwo\x1b[2J\r\n"))
	require.NoError(t, err)
	require.Equal(t, 14, n, "all of it was taken")
	require.Equal(t, "一\n\ttwo?[2J\n", out.String())
}
