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

func TestFormsOfTags(t *testing.T) {
	for name, want := range map[string][2]string{
		"YXY": {"yxy", "y-x-y"}, "FormItem": {"form-item", "form-item"}, "formItem": {"form-item", "form-item"},
		"form-item": {"form-item", "form-item"}, "D-Popup": {"d-popup", "d-popup"}, "AIcon": {"aicon", "a-icon"},
		"item2": {"item2", "item2"}, "": {"", ""},
	} {
		require.Equal(t, want, [2]string{Tag(name), Hyphenated(name)}, name)
	}
}
