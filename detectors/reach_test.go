package detectors

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect/detecttest"
	"github.com/beian/beian/analyzer/finding"
)

// What the running program cannot reach is reported as unreachable or not at all.
// The want comments of fixtures/reach say unreachable if it must be reported, and never
// shown of what no state shows, from outside of what a parameter that no code passes shows.
func TestReach(t *testing.T) {
	dirs, err := filepath.Glob("../fixtures/reach/*")
	require.NoError(t, err)
	require.Len(t, dirs, 9)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			for _, f := range detecttest.Run(t, dir, Collection()) {
				at := f.Location.Start()
				line := strings.Split(string(f.Location.File.Text), "\n")[at.Line-1]
				require.Equal(t, !strings.Contains(line, "unreachable"), f.Reachable, "%s:%d", f.Location.File.Path, at.Line)
				require.Equal(t, strings.Contains(line, "never shown"), f.Hidden != nil, "%s:%d", f.Location.File.Path, at.Line)
				require.Equal(t, strings.Contains(line, "from outside"), f.OnlyIf != nil, "%s:%d", f.Location.File.Path, at.Line)
				if f.Hidden != nil {
					require.False(t, f.Counts())
				}
			}
		})
	}
}

// What a library does for the program is attributed to it by name and counts for
// little; functions that nobody calls, and its own templates, are not reported.
func TestLibrariesAreNamed(t *testing.T) {
	for _, f := range detecttest.Run(t, "../fixtures/reach/library", Collection()) {
		require.Equal(t, "address-kit", f.Library)
		require.Equal(t, finding.Low, f.Confidence)
	}
}
