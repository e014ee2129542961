package analyzer_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/detectors"
)

// A finding says on which of the platforms it is there, and has the flows of all of them.
func TestFindingsOfPlatforms(t *testing.T) {
	files := fstest.MapFS{}
	for p, text := range map[string]string{
		"manifest.json": `{"mp-weixin": {"appid": "wx1"}, "mp-alipay": {"appid": "2"}}`, "App.vue": "<script>export default {}</script>",
		"pages.json": `{"pages": [{"path": "p/p"} /* #ifdef MP-ALIPAY */, {"path": "q/q"} /* #endif */]}`,
		"p/p.vue": `<template><view>
<!-- #ifdef MP-WEIXIN -->
<input placeholder="手机号" @input="on" />
<!-- #ifndef MP-ALIPAY -->
<input placeholder="身份证号" @input="on" />
<!-- #endif -->
<!-- #endif -->
<!-- #ifdef MP-ALIPAY || H5 -->
<input placeholder="邮箱" @input="on" />
<!-- #endif -->
<!-- #ifdef H5 -->
<input placeholder="车牌号" @input="on" />
<!-- #endif -->
<input placeholder="姓名" @input="on" />
</view></template>
<script>
export default { methods: { on(e) {
// #ifdef MP-ALIPAY
uni.request({ url: 'https://ali.example.com', data: e.detail })
// #endif
// #ifndef MP-ALIPAY
uni.request({ url: 'https://wx.example.com', data: e.detail })
// #endif
} } }
</script>
<style>
/* #ifdef MP-WEIXIN */
.a { color: red }
/* #endif */
</style>`,
		"q/q.vue": `<template><input placeholder="收货人" v-model="who" /></template><script>export default { data() { return { who: '' } } }</script>`,
	} {
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	scan, err := analyzer.Analyze(context.Background(), []analyzer.Dir{{Path: ".", FS: files}}, analyzer.Options{Detectors: detectors.All()})
	require.NoError(t, err)
	told := map[string]string{}
	for _, f := range scan.Analyses[0].Findings {
		if f.Kind != finding.KindField {
			continue
		}
		var hosts []string
		for _, flow := range f.Flows {
			hosts = append(hosts, flow.Sink.Host)
		}
		slices.Sort(hosts)
		told[f.Subject] = strings.Join(f.Platforms, "+") + " " + strings.Join(hosts, " ")
	}
	require.Equal(t, map[string]string{
		"手机号": "wechat wx.example.com", "身份证号": "wechat wx.example.com", "邮箱": "alipay ali.example.com",
		"姓名": " ali.example.com wx.example.com", "收货人": "alipay ",
	}, told)
	require.Equal(t, []string{"wechat", "alipay"}, scan.Report().Programs[0].Project.Platforms)
}
