package spelling

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHolds(t *testing.T) {
	for _, text := range []string{"kit.pick()", "pick", "repick; kit.pick", "选择(pick)"} {
		require.True(t, Holds(text, "pick"), text)
	}
	for _, text := range []string{"", "picker", "repick", "$pick", "pick$", "pick_up", "pickpick"} {
		require.False(t, Holds(text, "pick"), text)
	}
	require.True(t, Holds("kit.$pick()", "$pick"))
}
