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

// The name of a program is in the file where its framework keeps it.
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

// The title that a template came with is no name; one that only has it inside is.
func TestNameIsNotThatOfATemplate(t *testing.T) {
	for title, want := range map[string]string{"WeChat": "school", "Weixin": "school", "uni-app": "school", "WeChat 图书馆": "WeChat 图书馆", "": "school"} {
		f := gathered(t, map[string]string{
			"project.config.json": `{"projectname": "school"}`,
			"app.json":            `{"pages": ["a"], "window": {"navigationBarTitleText": "` + title + `"}}`,
			"a.js":                "Page({})", "a.wxml": "<view/>",
		})
		require.Equal(t, want, f.Name.Text, title)
	}
}

// Words count wherever a person reads them, and each is noted once.
func TestTexts(t *testing.T) {
	f := gathered(t, map[string]string{
		"app.json":                     `{"pages": ["pages/a/a", "pages/privacy/privacy", "pages/legal/privacy-en"]}`,
		"pages/a/a.json":               "{\n\"navigationBarTitleText\": \"挂号\"}",
		"pages/a/a.js":                 "Page({ data: { url: '' }, onLoad() { this.setData({ url: 'https://m.example.cn/visit' }) } })",
		"pages/a/a.wxml":               "<input placeholder=\"贷款金额\" />\n<view title=\"{{ open }}\">挂号 贷款</view>\n<web-view src=\"{{ url }}\" />\n<web-view />",
		"pages/privacy/privacy.wxml":   "<view>  </view>",
		"pages/privacy/privacy.js":     "Page({})",
		"pages/legal/privacy-en.js":    "Page({})",
		"pages/hidden/hidden.wxml":     "<view>新闻</view>",
		"pages/hidden/hidden.js":       "Page({})",
		"pages/privacy-old/index.wxml": "<view/>",
	})
	var got []string
	for _, h := range f.Hints {
		got = append(got, fmt.Sprintf("%s %s %s:%d %s", h.Topic, h.Word, h.Location.File.Path, h.Location.Start().Line, h.Text))
	}
	for _, p := range f.Policies {
		got = append(got, fmt.Sprintf("policy %s %s", p.Text, p.Location.File.Path))
	}
	for _, a := range f.Addresses {
		got = append(got, fmt.Sprintf("%s %s %s", a.Kind, a.Host(), a.Location.File.Path))
	}
	require.Equal(t, []string{
		"medical 挂号 pages/a/a.json:2 挂号",
		"finance 贷款 pages/a/a.wxml:1 贷款金额",
		"policy pages/legal/privacy-en pages/legal/privacy-en.js",
		"policy pages/privacy/privacy pages/privacy/privacy.wxml",
		"web-view m.example.cn pages/a/a.js",
	}, got)
	require.Len(t, f.About("medical"), 1)
	require.Equal(t, "挂号", f.About("medical")[0].Word)
	require.Empty(t, f.About("news"))
	require.Empty(t, Address{Value: "://"}.Host())
	require.Empty(t, Address{Value: "school-1"}.Host())
}

// What a library of components calls may never run; what another library calls is the
// program's. Permissions are noted by their scope, each once.
func TestCallsOfLibraries(t *testing.T) {
	f := gathered(t, map[string]string{
		"app.json":       `{"pages": ["pages/a/a"], "usingComponents": {"kit-map": "/miniprogram_npm/kit/map/index"}}`,
		"pages/a/a.wxml": "<kit-map />",
		"pages/a/a.js": "const net = require('net')\nPage({ onLoad() { net.send(); wx.authorize({ scope: 'scope.record' }); wx.authorize({ scope: 'scope.camera' }) },\n" +
			"onShow() { wx.authorize({ scope: 'scope.record' }); wx.scanCode({}) } })",
		"miniprogram_npm/net/index.js":       "module.exports = { send() { wx.getClipboardData({}); wx.scanCode({}) } }",
		"miniprogram_npm/kit/map/index.json": `{"component": true}`,
		"miniprogram_npm/kit/map/index.wxml": "<view />",
		"miniprogram_npm/kit/map/index.js":   "Component({ methods: { locate() { wx.getLocation({}) } } })",
	})
	names := func(calls []Call) (out []string) {
		for _, c := range calls {
			out = append(out, c.API+" "+c.Location.File.Path)
		}
		return out
	}
	require.Equal(t, []string{"authorize pages/a/a.js", "getClipboardData miniprogram_npm/net/index.js", "scanCode pages/a/a.js"}, names(f.Calls))
	require.Equal(t, []string{"getLocation miniprogram_npm/kit/map/index.js"}, names(f.Loaded))
	require.Nil(t, f.Call("getLocation"))
	require.Equal(t, "scanCode", f.Call("getLocation", "scanCode").API)
	var scopes []string
	for _, s := range f.Scopes {
		scopes = append(scopes, fmt.Sprintf("%s:%d", s.Text, s.Location.Start().Line))
	}
	require.Equal(t, []string{"scope.camera:2", "scope.record:2"}, scopes)
}

// Labels of a form may be in its script or in a language file. A comment, and a word of
// another topic in a list of words, hint at nothing.
func TestChildrenInScriptsAndTables(t *testing.T) {
	hints := func(script, table string) (out []string) {
		f := gathered(t, map[string]string{
			"app.json":       `{"pages": ["pages/a/a"]}`,
			"pages/a/a.wxml": `<view>{{ rows[0].label }}</view>`,
			"pages/a/a.js":   script + "\nPage({ data: { texts: require('../../i18n/zh.json') } })",
			"i18n/zh.json":   table,
		})
		for _, h := range f.Hints {
			out = append(out, string(h.Topic)+" "+h.Word)
		}
		return out
	}
	require.Equal(t, []string{"minors 宝宝"}, hints("const rows = [{ label: '宝宝姓名' }]", "{}"))
	require.Equal(t, []string{"minors 家长"}, hints("", `{"form": {"phones": ["家长电话"]}}`))
	require.Empty(t, hints("// 宝宝姓名\nconst words = ['贷款', '挂号']", `{"form": "电话"}`))
}

// A way to exercise a right is what people press or a title, not prose that speaks of it.
func TestRightsAreEntryPoints(t *testing.T) {
	f := gathered(t, map[string]string{
		"app.json":       `{"pages": ["pages/a/a"]}`,
		"pages/a/a.js":   "Page({})",
		"pages/a/a.wxml": "<text>您可以随时撤回同意，也可以联系客服注销账号，我们将在十五个工作日内处理。</text>\n<button>导出个人信息</button>",
	})
	require.Empty(t, f.About("right-withdraw"))
	require.Empty(t, f.About("right-account"))
	require.Len(t, f.About("right-export"), 1)
}

// A page of a policy is known by its route; one of settings is not.
func TestPolicyByRoute(t *testing.T) {
	for route, want := range map[string]int{
		"pages/privacy/privacy": 1, "pages/privacy-policy/index": 1, "pages/privacySettings/privacySettings": 0, "pages/privacy/setting": 0,
		"pages/privacy_auth/index": 0, "pages/about/about": 0,
	} {
		f := gathered(t, map[string]string{"app.json": `{"pages": ["` + route + `"]}`, route + ".js": "Page({})", route + ".wxml": "<view/>"})
		require.Len(t, f.Policies, want, route)
	}
}
