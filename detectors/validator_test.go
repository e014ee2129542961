package detectors

import (
	"strings"
	"testing"
	"time"

	"github.com/beian/beian/analyzer/finding"
	"github.com/stretchr/testify/require"
)

func TestAccepted(t *testing.T) {
	for _, c := range []struct {
		pattern, flags string
		want           []finding.Category
	}{
		{`^1[3-9]\d{9}$`, "", []finding.Category{"phone"}},
		{`^1\d{10}$`, "", []finding.Category{"phone"}},
		{`^1(3|4|5|6|7|8|9)\d{9}$`, "g", []finding.Category{"phone"}},
		{`^((13[0-9])|(15[^4])|(18[0,2,3,5-9])|(17[0-8])|(147))\d{8}$`, "", []finding.Category{"phone"}},
		{`^0\d{2,3}\d{7,8}$|^1[34578]\d{9}$`, "", []finding.Category{"phone"}},
		{`^(?:(?:\+|00)86)?1[3-9]\d{9}$`, "", []finding.Category{"phone"}},
		{`^(?=\d{11}$)1[3-9]\d+`, "", []finding.Category{"phone"}},
		{`(^\d{15}$)|(^\d{18}$)|(^\d{17}(\d|X|x)$)`, "", []finding.Category{"idcard"}},
		{`^[1-9]\d{5}(18|19|20)\d{2}((0[1-9])|(1[0-2]))(([0-2][1-9])|10|20|30|31)\d{3}[0-9Xx]$`, "", []finding.Category{"idcard"}},
		{`^[\w.+-]+@[\w-]+(\.[\w-]+)+$`, "", []finding.Category{"email"}},
		{`^([a-zA-Z0-9_-])+@([a-zA-Z0-9_-])+(\.[a-zA-Z0-9_-])+`, "", []finding.Category{"email"}},
		{`^[\u4e00-\u9fa5]{2,6}$`, "", []finding.Category{"name"}},
		{`^\d+$`, "", nil},
		{`.+`, "", nil},
		{`^\d{6}$`, "", nil},
		{`^\w{6,18}$`, "", nil},
		{`^978\d{9}[\dxX]$`, "", nil},
		{`(`, "", nil},
		{`^a$`, "zz", nil},
	} {
		require.Equal(t, c.want, accepted(c.pattern, c.flags), c.pattern)
	}
}

// Patterns that blow up, or are no patterns at all, cost no more than their limit.
func TestAcceptedIsBounded(t *testing.T) {
	start := time.Now()
	accepted(`^(?=((((.*)*)*)*)*!)(((a|\d)+)+)+\1$`, "")
	accepted(`^(\d+)+(\d+)+(\d+)+(\d+)+(?!x)z$`, "")
	accepted(strings.Repeat("(", 5000), "")
	accepted(strings.Repeat("(", 900), "")
	require.Less(t, time.Since(start), 5*time.Second)
}

func FuzzAccepted(f *testing.F) {
	f.Add(`^1[3-9]\d{9}$`, "g")
	f.Fuzz(func(t *testing.T, pattern, flags string) {
		out := try(pattern, flags)
		require.LessOrEqual(t, len(out), 2)
	})
}

func BenchmarkAccepted(b *testing.B) {
	for b.Loop() {
		try(`^1[3-9]\d{9}$`, "")
	}
}
