package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
)

// That trees are dropped while a program runs makes no difference to what is found.
func TestDroppingTrees(t *testing.T) {
	defer func(n int) { largeSource = n }(largeSource)
	dropped := 0
	for file, p := range fixturePrograms(t) {
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
	require.Greater(t, dropped, 100)
}
