package control

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
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
		require.Equal(t, c.want, newPatterns().accepted(c.pattern, c.flags, source.Location{}), c.pattern)
	}
}

// The engine of package regexp needs its form; JavaScript means this.
func TestPatternsMeanWhatTheyDoInJavaScript(t *testing.T) {
	accepts := func(pattern, flags, text string) bool {
		m, err := newPatterns().compile(pattern, flags)
		require.NoError(t, err, pattern)
		ok, err := m(text)
		require.NoError(t, err, pattern)
		return ok
	}
	for _, c := range []struct {
		pattern, flags string
		yes, no        string
	}{
		{`^[\u4e00-\u9fa5]$`, "", "张", "a"},
		{`^\u{5f20}$`, "u", "张", "u"},
		{`^\x41$`, "", "A", "x41"},
		{`^\s$`, "", "\u3000", "a"},
		{`^\S$`, "", "a", "\ufeff"},
		{`^[\s]$`, "", "\u00a0", "s"},
		{`^\d$`, "", "5", "５"},
		{`^\w$`, "", "_", "张"},
		{`^.$`, "", "张", "\u2028"},
		{`^.$`, "s", "\n", ""},
		{`^A$`, "i", "a", "b"},
		{`^b$`, "m", "a\nb", "ab"},
		{`b`, "y", "ba", "ab"},
		{`^[^]$`, "", "张", ""},
		{`^(?:a{1,1001})$`, "", "a", ""},
		{`^(?=a)\w$`, "i", "A", "b"},
		{`(?!a)\w`, "y", "ba", "ab"},
		{`^(\d)\1$`, "", "11", "12"},
		{`^(?<=^)\u4e00$`, "", "一", "二"},
	} {
		require.True(t, accepts(c.pattern, c.flags, c.yes), "%s accepts %q", c.pattern, c.yes)
		require.False(t, accepts(c.pattern, c.flags, c.no), "%s rejects %q", c.pattern, c.no)
	}
}

// place is the place of the nth pattern of a script.
func place(f *source.File, n int) source.Location {
	return source.Location{File: f, Span: source.Span{Start: int32(n), End: int32(n + 1)}}
}

// Ordinary patterns take none of the steps of those that go back.
func TestOrdinaryPatternsNeedNoSteps(t *testing.T) {
	p := newPatterns()
	p.steps = 0
	for i := range 40 {
		pattern := fmt.Sprintf(`^1[3-9]\d{9}$|^%d$`, i)
		require.Equal(t, []finding.Category{finding.Phone}, p.accepted(pattern, "", place(nil, i)), pattern)
	}
	require.Empty(t, p.stopped)
}

// Any number of patterns that blow up costs no more than the limit for all, and
// is reported.
func TestHostilePatternsAreBoundedAndTold(t *testing.T) {
	f := source.NewFile("pages/a/a.js", strings.Repeat("x", 1000))
	p := newPatterns()
	for i := range 500 {
		require.Empty(t, p.accepted(fmt.Sprintf(`^(?=(.+)+\1%d)(.|..)+%d$`, i, i), "", place(f, i)))
	}
	require.Len(t, p.stopped, 500)
	require.GreaterOrEqual(t, p.steps, -500, "one more step than there are for each")
	for _, in := range []lang.Code{"zh", "en"} {
		told := p.unread(&project.Program{Modules: []*project.Module{{File: f, Reachable: true}}})
		require.Len(t, told, 1)
		require.True(t, told[0].Hides)
		require.Equal(t, f.Path, told[0].Path)
		require.Contains(t, told[0].Reason.In(in), map[lang.Code]string{"zh": "个正则表达式", "en": "regular expressions"}[in])
	}
}

// So does any number of patterns that are merely large. Their work is counted.
func TestLargePatternsAreCounted(t *testing.T) {
	p := newPatterns()
	p.work = 10_000
	for i := range 500 {
		p.accepted(fmt.Sprintf(`^(?:.|%d){0,900}$`, i), "", place(nil, i))
	}
	require.Greater(t, len(p.stopped), 400)
	require.Less(t, len(p.stopped), 500)
	require.Greater(t, p.work, -10_000, "the one that used it up may go beyond, no other")
}

// A text that is no pattern accepts nothing, and there is nothing to report.
func TestNoPatterns(t *testing.T) {
	p := newPatterns()
	for i, pattern := range []string{`(`, `[`, `a{2,1}`, `\`, strings.Repeat("(", 900), ``} {
		require.Empty(t, p.accepted(pattern, "", place(nil, i)), pattern)
	}
	require.Empty(t, p.stopped)
	require.Empty(t, p.accepted(strings.Repeat("(", 5000), "", place(nil, 9)))
	require.Len(t, p.stopped, 1, "what is too long is not tried")
}

func FuzzAccepted(f *testing.F) {
	f.Add(`^1[3-9]\d{9}$`, "g")
	f.Fuzz(func(t *testing.T, pattern, flags string) {
		out := newPatterns().try(pattern, flags)
		require.LessOrEqual(t, len(out.accepts), 2)
	})
}

func BenchmarkAccepted(b *testing.B) {
	for b.Loop() {
		newPatterns().try(`^1[3-9]\d{9}$`, "")
	}
}
