package detectors

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect/detecttest"
)

// What the running program cannot reach is told as unreachable or not at all. The
// want comments of fixtures/reach say unreachable where it must.
func TestReach(t *testing.T) {
	dirs, err := filepath.Glob("../fixtures/reach/*")
	require.NoError(t, err)
	require.Len(t, dirs, 6)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			for _, f := range detecttest.Run(t, dir, Collection()) {
				at := f.Location.Start()
				line := strings.Split(string(f.Location.File.Text), "\n")[at.Line-1]
				require.Equal(t, !strings.Contains(line, "unreachable"), f.Reachable, "%s:%d", f.Location.File.Path, at.Line)
			}
		})
	}
}
