package detectors

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHoldsName(t *testing.T) {
	for _, text := range []string{"kit.pick()", "pick", "repick; kit.pick", "选择(pick)"} {
		require.True(t, holdsName(text, "pick"), text)
	}
	for _, text := range []string{"", "picker", "repick", "$pick", "pick$", "pick_up", "pickpick"} {
		require.False(t, holdsName(text, "pick"), text)
	}
	require.True(t, holdsName("kit.$pick()", "$pick"))
}
