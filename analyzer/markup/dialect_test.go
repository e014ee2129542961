package markup

import (
	"testing"

	"github.com/beian/beian/analyzer/platform"
	"github.com/stretchr/testify/require"
)

var (
	WeChat, Alipay, Baidu, Douyin = Native("wechat"), Native("alipay"), Native("baidu"), Native("douyin")
	QQ, Kuaishou, JD, Xiaohongshu = Native("qq"), Native("kuaishou"), Native("jd"), Native("xiaohongshu")
)

// Templates are cached by their dialect: a platform has one, always the same.
func TestEveryPlatformHasADialect(t *testing.T) {
	for _, p := range platform.Platforms() {
		require.NotNil(t, Native(p.Name), p.Name)
		require.Same(t, Native(p.Name), Native(p.Name))
	}
	require.Nil(t, Native("elsewhere"))
}
