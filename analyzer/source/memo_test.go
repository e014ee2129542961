package source

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKnownIsWorkedOutOncePerKey(t *testing.T) {
	type length struct{ of string }
	var m, other Memo
	calls := 0
	ask := func(m *Memo, text string) int {
		return Known(m, length{text}, func() int { calls++; return len(text) })
	}
	require.Equal(t, []int{2, 3, 2}, []int{ask(&m, "ab"), ask(&m, "abc"), ask(&m, "ab")})
	require.Equal(t, 2, calls)
	require.Equal(t, 2, ask(&other, "ab"), "another thing has a memo of its own")
	require.Equal(t, 3, calls)
}
