package project

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/source"
)

// The places of texts in YAML, in each way of writing them.
func TestYAMLPlaces(t *testing.T) {
	const text = "前: x\nzh:\n  phone: 手机号 # 号码\n  名称: \"姓名\"\n  mail: '邮箱'\n  long: |\n    身份证号\n    第二行\nlist: [ 甲, 乙 ]\n"
	f := source.NewFile("zh.yaml", text)
	v, valid := yamlIn(f, source.Span{Start: int32(len("前: x\n")), End: int32(len(text))})
	require.True(t, valid)
	for _, c := range []struct {
		v    *jsonc.Value
		text string
	}{
		{v.Path("zh", "phone"), "手机号"}, {v.Path("zh", "名称"), "姓名"}, {v.Path("zh", "mail"), "邮箱"}, {v.Get("list").Elems[1], "乙"},
	} {
		require.Equal(t, c.text, c.v.String())
		require.Equal(t, c.text, f.Slice(c.v.Span))
	}
	require.Equal(t, "身份证号\n第二行\n", v.Path("zh", "long").String())
	require.Equal(t, "|", f.Slice(v.Path("zh", "long").Span), "the place of a block is its mark")

	for text, valid := range map[string]bool{"": true, "# nothing yet\n": true, "a: [": false} {
		v, ok := yamlIn(source.NewFile("zh.yaml", text), source.Span{End: int32(len(text))})
		require.Nil(t, v, text)
		require.Equal(t, valid, ok, text)
	}
}
