package control

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
)

// A choice of texts says what a control asks for if each does, and none asks for a person's data: a run may not have seen which it is.
func TestWritesWhatItAsksFor(t *testing.T) {
	for _, c := range []struct {
		then, other string
		clear       bool
	}{
		{"请输入满减金额", "请输入打折比例", true},
		{"请输入满减金额", "请输入内容", false},
		{"请输入公司名称", "请输入姓名", false},
		{"请输入片名", "请输入手机号", false},
	} {
		e := &Reading{}
		e.writes([]markup.Part{{Expr: &script.Cond{Then: &script.String{Value: c.then}, Else: &script.String{Value: c.other}}}})
		require.Equal(t, c.clear, e.literal, c)
	}
}
