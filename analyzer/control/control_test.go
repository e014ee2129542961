package control

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// form is a program with n fields that have neither label nor name: each is
// recognised by the pattern that tests its value.
func form(t *testing.T, n int, pattern func(i int) string) *Reader {
	var view, methods strings.Builder
	for i := range n {
		fmt.Fprintf(&view, "<view><input bindinput=\"on%d\" /></view>\n", i)
		fmt.Fprintf(&methods, "  on%d(e) { if (%s.test(e.detail.value)) this.setData({ a%d: e.detail.value }) },\n", i, pattern(i), i)
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	programs, err := project.Load(fstest.MapFS{
		"app.json":       file(`{"pages": ["pages/a/a"]}`),
		"pages/a/a.wxml": file(view.String()), "pages/a/a.js": file("Page({\n" + methods.String() + "})"),
	}, project.Options{})
	require.NoError(t, err)
	return NewReader(programs[0], flow.Analyze(programs[0], flow.Options{}).Controls)
}

// collected counts the controls by what they collect.
func collected(r *Reader) map[finding.Category]int {
	out := map[finding.Category]int{}
	for _, e := range r.Readings() {
		for _, j := range e.Judge() {
			out[j.Category]++
		}
	}
	return out
}

// A control that cannot be read does not affect the others, and is reported at its
// place.
func TestOneFailureCostsOneControl(t *testing.T) {
	r := form(t, 3, func(int) string { return `/^1[3-9]\d{9}$/` })
	r.controls[1].Hosts = []*flow.Host{nil} // the engine makes no such control
	require.Equal(t, map[finding.Category]int{finding.Phone: 2}, collected(r))
	unread := r.Unread()
	require.Len(t, unread, 1)
	require.Equal(t, "pages/a/a.wxml", unread[0].Path)
	require.Equal(t, 2, unread[0].Location.Start().Line)
	require.Contains(t, unread[0].Reason.EN, "bug in beian: runtime error")
	require.True(t, unread[0].Hides)
}

// Fields known by ordinary patterns are found with no step left for others.
func TestFieldsKnownByPatternsNeedNoSteps(t *testing.T) {
	r := form(t, 40, func(i int) string { return fmt.Sprintf(`/^(?:1[3-9]\d{9}|%d)$/`, i) })
	r.patterns.steps = 0
	require.Equal(t, map[finding.Category]int{finding.Phone: 40}, collected(r))
	require.Empty(t, r.Unread())
}

// A pattern that could not be tried is reported at its place, once for each
// file.
func TestPatternsThatAreNotTriedAreUnread(t *testing.T) {
	r := form(t, 3, func(i int) string { return fmt.Sprintf(`/^(?=1)1[3-9]\d{9}$|^%d$/`, i) })
	require.Equal(t, map[finding.Category]int{finding.Phone: 3}, collected(r))

	r = form(t, 3, func(i int) string { return fmt.Sprintf(`/^(?=1)1[3-9]\d{9}$|^%d$/`, i) })
	r.patterns.steps = 0
	require.Empty(t, collected(r))
	unread := r.Unread()
	require.Len(t, unread, 1)
	require.Equal(t, "pages/a/a.js", unread[0].Path)
	require.Equal(t, 2, unread[0].Location.Start().Line)
	require.Contains(t, unread[0].Reason.EN, "3 of its regular expressions")
	require.Contains(t, unread[0].Reason.ZH, "有 3 个正则表达式")
	require.True(t, unread[0].Hides)
}
