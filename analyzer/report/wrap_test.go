package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, line string
		width      int
		want       string
	}{
		{"it fits", "  one two", 9, "  one two"},
		{"no width", strings.Repeat("one ", 99), 0, strings.Repeat("one ", 99)},
		{"at blanks", "  one two three", 10, "  one two\n     three"},
		{"the indent is four more than that of the line", "  one two three four", 14, "  one two\n      three\n      four"},
		{"between Chinese characters", "姓名和手机号", 8, "姓名和手\n    机号"},
		{"no mark begins a line", "姓名手机，邮箱", 8, "姓名手\n    机，\n    邮箱"},
		{"no mark ends a line", "姓名手（机）", 8, "姓名手\n    （机）"},
		{"a path stays whole, and moves if that helps", "姓名和手机号 pages/very/long/path.wxml:2:3", 12, "姓名和手机号\n    pages/very/long/path.wxml:2:3"},
		{"blanks that would hang over go", "one  two", 4, "one\n  two"},
		{"colours take no cells", "\x1b[1mone\x1b[0m two three", 9, "\x1b[1mone\x1b[0m two\n    three"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, wrap(c.line, c.width)) })
	}
}
