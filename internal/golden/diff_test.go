package golden

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDiff(t *testing.T) {
	for _, c := range []struct{ want, got, diff string }{
		{"a\nb\nc\n", "a\nB\nc\n", "line 2:\n-b\n+B\n"},
		{"a\nb\nc\nd\n", "b\nc\nd\ne\n", "line 1:\n-a\nline 5:\n+e\n"},
		{"a\n", "a\nb\n", "line 2:\n+b\n"},
		{"a\nb\n", "a\n", "line 2:\n-b\n"},
		{"a\n", "a", "line 1:\n-a\n-\n+a\n"},
		{"", "a\n", "line 1:\n+a\n"},
	} {
		require.Equal(t, c.diff, diff(c.want, c.got), "%q %q", c.want, c.got)
	}
}
