package analyzer

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/detectors"
)

// An analysis whose context has ended says so, whatever it was doing.
func TestCancel(t *testing.T) {
	dir := Dir{Path: ".", FS: os.DirFS("../fixtures/projects/shop")}
	ctx, stop := context.WithCancel(t.Context())
	ran := 0
	all := append([]*detect.Detector{{Name: "first", Run: func(*detect.Pass) error { ran++; stop(); return nil }}},
		&detect.Detector{Name: "last", Run: func(*detect.Pass) error { ran++; return nil }})
	_, err := Analyze(ctx, []Dir{dir}, Options{Detectors: all})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, ran, "the second detector does not begin")

	s, err := Analyze(ctx, []Dir{dir}, Options{Detectors: detectors.All()})
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, s.Analyses, "nothing is loaded")
}
