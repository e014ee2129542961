package facts

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// gathered are the facts of the program in files.
func gathered(t *testing.T, texts map[string]string) Facts {
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(files, project.Options{})
	require.NoError(t, err)
	return Gather(programs[0], flow.Analyze(programs[0], flow.Options{}))
}

func TestGather(t *testing.T) {
	f := gathered(t, map[string]string{
		"project.config.json": `{"appid": "wx0000000000000311", "projectname": "school"}`,
		"app.json":            "{\"pages\": [\"pages/a/a\"],\n\"plugins\": {\"map\": {\"version\": \"1.0.0\", \"provider\": \"wx0000000000000312\"}}}",
		"app.js":              "App({\n  onLaunch() {\n    wx.cloud.init({ env: 'school-1' })\n  }\n})",
		"pages/a/a.js":        "const host = 'https://api.school.example.cn'\nPage({\n  onLoad() {\n    wx.request({ url: host + '/a' })\n    wx.downloadFile({ url: 'http://cdn.school.example.cn/b' })\n    wx.openPrivacyContract()\n  }\n})",
		"pages/a/a.wxml":      "<view>学生姓名</view>\n<view>查看《隐私政策》</view>\n<web-view src=\"https://m.school.example.cn/x\" />",
		"pages/old/old.wxml":  "<view>贷款</view>",
		"pages/old/old.js":    "Page({ onLoad() { wx.request({ url: 'https://old.example.cn/' }) } })",
	})

	var got []string
	note := func(p Place, what string) {
		got = append(got, fmt.Sprintf("%s %s:%d", what, p.Location.File.Path, p.Location.Start().Line))
	}
	note(f.AppID, f.AppID.Text)
	note(f.Name, f.Name.Text)
	for _, a := range f.Addresses {
		note(Place{Location: a.Location}, string(a.Kind)+" "+a.Value)
	}
	for _, p := range f.Plugins {
		note(Place{Location: p.Location}, p.Provider)
	}
	for _, p := range f.Policies {
		note(p, p.Text)
	}
	for _, h := range f.Hints {
		note(h.Place, string(h.Topic)+" "+h.Word)
	}
	require.Equal(t, []string{
		"wx0000000000000311 project.config.json:1",
		"school project.config.json:1",
		"request https://api.school.example.cn pages/a/a.js:1",
		"download http://cdn.school.example.cn pages/a/a.js:5",
		"web-view https://m.school.example.cn pages/a/a.wxml:3",
		"cloud school-1 app.js:3",
		"wx0000000000000312 app.json:2",
		"wx.openPrivacyContract pages/a/a.js:6",
		"查看《隐私政策》 pages/a/a.wxml:2",
		"minors 学生姓名 pages/a/a.wxml:1",
	}, got, "what no page reaches is left out")
}

// What a program is called stands where its framework keeps it.
func TestIdentityOfUniApp(t *testing.T) {
	f := gathered(t, map[string]string{
		"manifest.json": "{\n  \"name\": \"团购\",\n  \"mp-weixin\": { \"appid\": \"wx0000000000000312\" }\n}",
		"pages.json":    `{"pages": [{"path": "pages/a/a"}]}`,
		"App.vue":       "<script>export default {}</script>",
		"pages/a/a.vue": "<template><view/></template>",
	})
	require.Equal(t, "团购 manifest.json:2", fmt.Sprintf("%s %s:%d", f.Name.Text, f.Name.Location.File.Path, f.Name.Location.Start().Line))
	require.Equal(t, "wx0000000000000312 manifest.json:3", fmt.Sprintf("%s %s:%d", f.AppID.Text, f.AppID.Location.File.Path, f.AppID.Location.Start().Line))
}
