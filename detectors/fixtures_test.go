package detectors

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/beian/beian/analyzer/detect/detecttest"
	"github.com/stretchr/testify/require"
)

// Each rule has programs that it reports and near misses that it does not; the
// want comments in them say which.
func TestFixtures(t *testing.T) {
	dirs, err := filepath.Glob("../fixtures/detectors/*/*/*")
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			continue
		}
		t.Run(filepath.ToSlash(dir), func(t *testing.T) {
			// Fixtures of rules on configuration and destinations say all that is
			// found in them, the others what is collected.
			list := Collection()
			if kind := filepath.Base(filepath.Dir(filepath.Dir(dir))); kind == "config" || kind == "sink" || filepath.Base(filepath.Dir(dir)) == "legacy-user-info" {
				list = All()
			} else if kind == "hardcoded" || kind == "inferred" {
				list = append(list, Inferred, Hardcoded)
			}
			detecttest.Run(t, dir, list)
		})
	}
}

func TestProjects(t *testing.T) {
	dirs, err := filepath.Glob("../fixtures/projects/*")
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) { detecttest.Run(t, dir, Collection()) })
	}
}
