package mend

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// everyRule names the rules that can be mended.
func everyRule() []string {
	var out []string
	for _, step := range steps {
		out = append(out, step.rules...)
	}
	return out
}

// mendApp mends the app.json of a program whose one page runs a script.
func mendApp(t *testing.T, app, page string) *Result {
	t.Helper()
	return mendRules(t, app, page, everyRule()...)
}

// mendRules mends the findings of some rules.
func mendRules(t *testing.T, app, page string, rules ...string) *Result {
	t.Helper()
	programs, err := project.Load(fstest.MapFS{
		"app.json":               {Data: []byte(app)},
		"pages/store/store.js":   {Data: []byte("Page({ onTap() { " + page + " } })")},
		"pages/store/store.wxml": {Data: []byte(`<button bindtap="onTap">附近</button>`)},
		"pages/store/store.json": {Data: []byte(`{ "navigationBarTitleText": "附近门店" }`)},
	}, project.Options{Jobs: 1})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	p := programs[0]
	r, err := Program(p, privacy.Uses(p, flow.Analyze(p, flow.Options{})), rules...)
	require.NoError(t, err)
	return r
}

// Mend changes only what a rule asks for.
func TestMendsRuleByRule(t *testing.T) {
	const app = `{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi"], "__usePrivacyCheck__": true }`
	for rule, want := range map[string]string{
		unusedInfos:                           `{ "pages": ["pages/store/store"], "__usePrivacyCheck__": true }`,
		missingInfos:                          `{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi", "chooseAddress"], "__usePrivacyCheck__": true }`,
		"config/use-privacy-check-obsolete":   `{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi"] }`,
		"config/required-private-infos-other": app,
	} {
		require.Equal(t, want, mendRules(t, app, "wx.chooseAddress({})", rule).Text, rule)
	}
	require.Equal(t, app, mendRules(t, app, "wx.chooseAddress({})").Text)
}

const locate = "wx.getLocation({ type: 'gcj02' })"

func TestMends(t *testing.T) {
	for name, c := range map[string]struct{ page, app, want string }{
		"nothing to do": {"", "{ \"pages\": [\"pages/store/store\"] }", "{ \"pages\": [\"pages/store/store\"] }"},
		"one line": {"wx.chooseAddress({})",
			`{ "pages": ["pages/store/store"] }`,
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["chooseAddress"] }`},
		"added on lines, comments kept, two kinds": {locate,
			"{\n  // 页面\n  \"pages\": [\"pages/store/store\"] // 唯一的页面，见设计稿\n}\n",
			"{\n  // 页面\n  \"pages\": [\"pages/store/store\"], // 唯一的页面，见设计稿\n  \"requiredPrivateInfos\": [\"getLocation\"],\n  \"permission\": { \"scope.userLocation\": { \"desc\": \"你的位置信息将用于“附近门店”页的功能\" } }\n}\n"},
		"trailing comma, CRLF, tabs": {"wx.chooseAddress({})",
			"{\r\n\t\"pages\": [\"pages/store/store\"],\r\n}\r\n",
			"{\r\n\t\"pages\": [\"pages/store/store\"],\r\n\t\"requiredPrivateInfos\": [\"chooseAddress\"],\r\n}\r\n"},
		"one in the place of another": {"wx.chooseAddress({})",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"choosePoi\" // 附近\n  ]\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"chooseAddress\" // 附近\n  ]\n}"},
		"one in the place of another, a second behind it": {"wx.chooseAddress({}); wx.chooseLocation({})",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\"choosePoi\"\n  ],\n  \"permission\": {\"scope.userLocation\": {\"desc\": \"附近\"}}\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\"chooseAddress\", \"chooseLocation\"\n  ],\n  \"permission\": {\"scope.userLocation\": {\"desc\": \"附近\"}}\n}"},
		"unused in the middle": {"wx.chooseAddress({}); wx.chooseLocation({})",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"chooseAddress\",\n    \"choosePoi\",\n    \"chooseLocation\"\n  ]\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"chooseAddress\",\n    \"chooseLocation\"\n  ]\n}"},
		"unused at the end": {"wx.chooseAddress({})",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"chooseAddress\", // 收货, 必需\n    \"choosePoi\"\n  ]\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    \"chooseAddress\" // 收货, 必需\n  ]\n}"},
		"unused in one line": {"wx.chooseAddress({})",
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi", "chooseAddress", "getLocation"] }`,
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["chooseAddress"] }`},
		"all unused": {"",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\"choosePoi\", \"getLocation\"],\n  \"debug\": true\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"debug\": true\n}"},
		"all unused, with a comment": {"",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    // 位置: 等评审\n    \"choosePoi\"\n  ]\n}",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"requiredPrivateInfos\": [\n    // 位置: 等评审\n  ]\n}"},
		"all unused, at the end of a line": {"",
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi"] }`,
			`{ "pages": ["pages/store/store"] }`},
		"one for another": {"wx.chooseAddress({})",
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["choosePoi"] }`,
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": ["chooseAddress"] }`},
		"switch without effect": {"",
			"{\n  \"__usePrivacyCheck__\": true, // 2023 年加的\n  \"pages\": [\"pages/store/store\"]\n}",
			"{\n  // 2023 年加的\n  \"pages\": [\"pages/store/store\"]\n}"},
		"switch at the end": {"",
			"{\n  \"pages\": [\"pages/store/store\"],\n  \"__usePrivacyCheck__\": true\n}\n",
			"{\n  \"pages\": [\"pages/store/store\"]\n}\n"},
		"empty desc": {locate,
			"{ \"pages\": [\"pages/store/store\"], \"requiredPrivateInfos\": [\"getLocation\"], \"permission\": { \"scope.userLocation\": { \"desc\": \"\" } } }",
			"{ \"pages\": [\"pages/store/store\"], \"requiredPrivateInfos\": [\"getLocation\"], \"permission\": { \"scope.userLocation\": { \"desc\": \"你的位置信息将用于“附近门店”页的功能\" } } }"},
		"fuzzy and exact together are for a person": {locate + "; wx.getFuzzyLocation({})",
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": [], "permission": { "scope.userLocation": { "desc": "查找门店" }, "scope.userFuzzyLocation": { "desc": "查找城市" } } }`,
			`{ "pages": ["pages/store/store"], "requiredPrivateInfos": [], "permission": { "scope.userLocation": { "desc": "查找门店" }, "scope.userFuzzyLocation": { "desc": "查找城市" } } }`},
	} {
		t.Run(name, func(t *testing.T) {
			r := mendApp(t, c.app, c.page)
			require.Equal(t, c.want, r.Text)
			require.Equal(t, c.want != c.app, r.Changed())
			require.Equal(t, r.Changed(), len(r.Changes) > 0)
			again := mendApp(t, r.Text, c.page)
			require.Equal(t, r.Text, again.Text, "mending is idempotent")
		})
	}
}

func TestGeneratedFilesAreRefused(t *testing.T) {
	p := &project.Program{
		Platform: "wechat", Framework: "uni-app",
		Config: &project.Config{File: source.NewFile("app.json", "{}")},
	}
	r, err := Program(p, nil, missingInfos)
	require.NoError(t, err)
	require.False(t, r.Changed())
	require.Contains(t, r.Refused.EN, "manifest.json")
	r, err = Program(p, nil)
	require.NoError(t, err)
	require.False(t, r.Changed())
	require.Zero(t, r.Refused, "there is nothing that would have to be changed elsewhere")
}

func TestBrokenJSONIsAnError(t *testing.T) {
	_, err := Program(&project.Program{
		Platform: "wechat", Framework: "native",
		Config: &project.Config{File: source.NewFile("app.json", "{ \"pages\": [ }")},
	}, nil)
	require.Error(t, err)
}

func TestDiff(t *testing.T) {
	require.Empty(t, Diff("app.json", "a\n", "a\n"))
	a := "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
	b := strings.Replace(strings.Replace(a, "5\n", "five\n", 1), "7\n", "", 1)
	require.Equal(t, "--- a/app.json\n+++ b/app.json\n@@ -2,8 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n-7\n 8\n 9\n", Diff("app.json", a, b))
	require.Contains(t, Diff("app.json", "a", "b"), "\\ No newline at end of file")
}

// Whatever the layout of the file, a member that is added and removed again
// leaves JSON of the same meaning.
func FuzzAddRemove(f *testing.F) {
	for _, seed := range []string{"{}", "{ \"a\": 1 }", "{\n  \"a\": [1, 2], // x\n}", "{/*,*/\"a\":1/*,*/,/*,*/}", "{\r\n\t\"a\": {}\r\n}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := open(text)
		if err != nil || !e.root.Is(jsonc.Object) || e.root.Get("new") != nil {
			t.Skip()
		}
		n := len(e.root.Members)
		require.NoError(t, e.addMember(e.root, "new", `["x"]`))
		require.Len(t, e.root.Members, n+1)
		require.NoError(t, e.addElem(e.root.Get("new"), `"y"`))
		require.Equal(t, []string{"x", "y"}, e.root.Get("new").Strings())
		require.NoError(t, e.removeElem(e.root.Get("new"), 1))
		require.NoError(t, e.removeElem(e.root.Get("new"), 0))
		require.NoError(t, e.removeMember(e.root, "new"))
		require.Len(t, e.root.Members, n)
	})
}
