package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/verdict"
)

// The sample goes through what the code of most programs goes through: fields, requests and
// APIs are found, and all of it is read.
func TestWarm(t *testing.T) {
	require.NoError(t, Warm(t.Context()))
	var s Session
	files, err := sampleFiles()
	require.NoError(t, err)
	require.NoError(t, s.Open(t.Context(), files, verdict.Inputs{}))
	summary := s.Summary()
	require.Equal(t, "triggered", summary.Status)
	require.GreaterOrEqual(t, summary.Programs[0].Collects, 6)
	require.Zero(t, summary.Programs[0].Unread)
}
