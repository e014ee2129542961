package bug_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/bug"
)

func TestCatch(t *testing.T) {
	require.Nil(t, bug.Catch(func() {}))

	e := bug.Catch(func() { missing()[0]++ })
	require.NotNil(t, e)
	require.Regexp(t, `^this part was not analyzed because of a bug in beian: runtime error: index out of range.* \(bug_test\.go:\d+\); please report it at https://`, e.Omission().EN)
	require.Regexp(t, `^beian 自身的缺陷使这一部分没有分析：.*（bug_test\.go:\d+）`, e.Omission().ZH)
	require.NotContains(t, e.Omission().EN, "\n")
	require.Same(t, e, bug.Catch(func() { panic(e) }), "it tells where it began")
	require.Contains(t, e.Error(), "not in the scanned program: runtime error")
}

func missing() []int { return nil }
