package flow

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// That trees are dropped while a program runs makes no difference to what is found.
func TestDroppingTrees(t *testing.T) {
	defer func(n int) { largeSource = n }(largeSource)
	files, err := filepath.Glob("../../fixtures/flows/*.txtar")
	require.NoError(t, err)
	dropped := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, err := txtar.FS(archive)
		require.NoError(t, err)
		programs, err := project.Load(fsys, project.Options{})
		if err != nil {
			continue
		}
		for _, p := range programs {
			largeSource = 1 << 30
			whole := dumpWith(t, p, shedEvery)
			var before []*script.Code
			for _, m := range p.Modules {
				if m.Tree != nil {
					before = append(before, m.Tree.Code)
				}
			}
			largeSource = 0
			require.Equal(t, whole, dumpWith(t, p, shedEvery), file)
			for _, m := range p.Modules {
				if m.Tree != nil {
					if m.Tree.Code != before[0] {
						dropped++
					}
					before = before[1:]
				}
			}
		}
	}
	require.Greater(t, dropped, 100)
}
