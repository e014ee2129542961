package flow

import (
	"iter"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/project"
)

// fixturePrograms yields the programs of fixtures/flows that can be loaded, with their files.
func fixturePrograms(t *testing.T) iter.Seq2[string, *project.Program] {
	return func(yield func(string, *project.Program) bool) {
		files, err := filepath.Glob("../../fixtures/flows/*.txtar")
		require.NoError(t, err)
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
				if !yield(file, p) {
					return
				}
			}
		}
	}
}
