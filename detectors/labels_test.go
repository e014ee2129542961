package detectors

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect/detecttest"
)

// Labels that are not written at the control, each in a different way.
func TestLabelsFromElsewhere(t *testing.T) {
	dirs, err := filepath.Glob("../fixtures/labels/*")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(dirs), 30)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) { detecttest.Run(t, dir, Collection()) })
	}
}
