package analyzer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// A unit that ran into several limits, or into one many times, is said once.
func TestLimits(t *testing.T) {
	page := &project.Unit{Path: "pages/cart/cart"}
	out := limits(&flow.Result{Limits: []flow.Limit{{Unit: page, What: "steps"}, {What: "rounds"}, {Unit: page, What: "calls"}, {Unit: page, What: "steps"}}})
	require.Len(t, out, 2)
	require.Equal(t, ".", out[0].Path)
	require.Contains(t, out[0].Reason.EN, "limit of rounds")
	require.Contains(t, out[0].Reason.ZH, "轮次上限")
	require.Equal(t, "pages/cart/cart", out[1].Path)
	require.Contains(t, out[1].Reason.EN, "limit of calls, steps")
	require.Contains(t, out[1].Reason.ZH, "调用、步数上限")
}
