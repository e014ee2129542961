package analyzer

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
)

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
