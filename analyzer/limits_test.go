package analyzer

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// A unit that ran into several limits, or into one many times, is named once.
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

// A pattern that cannot be tried within its time may hide a field: the scan says so.
func TestPatternsThatTakeTooLongAreTold(t *testing.T) {
	scan, err := Analyze(t.Context(), []Dir{{Path: ".", FS: fstest.MapFS{
		"app.json":       {Data: []byte(`{"pages": ["pages/a/a"]}`)},
		"pages/a/a.wxml": {Data: []byte(`<input bindinput="onText" />`)},
		"pages/a/a.js":   {Data: []byte(`Page({ onText(e) { this.ok = /^(?=(.+)+\1z)(.|..)+z$/.test(e.detail.value) } })`)},
	}}}, Options{Detectors: []*detect.Detector{{Name: "field", Run: func(pass *detect.Pass) error {
		pass.Controls.Readings()
		return nil
	}}}})
	require.NoError(t, err)
	require.Len(t, scan.Analyses[0].Unread, 1)
	require.Contains(t, scan.Analyses[0].Unread[0].Reason.EN, "too slow to try")
	require.Contains(t, scan.Analyses[0].Unread[0].Reason.ZH, "过慢")
}
