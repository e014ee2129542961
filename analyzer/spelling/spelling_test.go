package spelling

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearest(t *testing.T) {
	known := []string{"scan", "rules", "explain", "version"}
	for word, want := range map[string]string{
		"rulse": "rules", "scna": "scan", "explian": "explain", "verson": "version", "rule": "rules",
		"pages": "", "": "", "x": "", strings.Repeat("scan", 100): "",
	} {
		require.Equal(t, want, Nearest(word, known), word)
	}
	require.Equal(t, 0, edits("", ""))
	require.Equal(t, 3, edits("", "abc"))
	require.Equal(t, 1, edits("ab", "ba"))
	require.Equal(t, 3, edits("kitten", "sitting"))
}
