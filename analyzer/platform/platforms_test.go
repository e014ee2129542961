package platform

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlatforms(t *testing.T) {
	for _, p := range Platforms() {
		require.NotEmpty(t, p.Title.ZH, p.Name)
		require.NotEmpty(t, p.Title.EN, p.Name)
		require.NotEmpty(t, p.Source, p.Name)
		require.NotEmpty(t, p.Configs, p.Name)
		require.NotEmpty(t, p.Directives, p.Name)
		require.NotEmpty(t, p.Filters, p.Name)
		require.NotEmpty(t, p.ScriptTags, p.Name)
	}
	require.Equal(t, "mp-weixin", Platforms()[0].Target("uni-app"))
	require.Equal(t, "swan", PlatformByName("baidu").Target("taro"))
	require.Empty(t, PlatformByName("jd").Target("wepy"))
	for text, name := range map[string]string{"alipay": "alipay", "MP-ALIPAY": "alipay", "tt": "douyin", "ali": "alipay", "h5": "", "": ""} {
		require.Equal(t, name, NameOf(text))
	}
	require.True(t, PlatformByName("alipay").CamelEvents)
	require.True(t, PlatformByName("baidu").BareExpr)
	require.Nil(t, PlatformByName("elsewhere"))
}

// No two platforms share a mark that tells them apart.
func TestPlatformsDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, p := range Platforms() {
		for _, mark := range append([]string{p.Markup, p.Directives[0]}, p.Configs...) {
			require.Empty(t, seen[mark], "%s is of %s, too", mark, p.Name)
			seen[mark] = p.Name
		}
	}
	for _, g := range Globals() {
		require.Empty(t, seen[g.Name], g.Name)
		seen[g.Name] = g.Name
	}
}

func TestFrameworks(t *testing.T) {
	for _, name := range []string{"uni-app", "wepy", "mpx", "taro"} {
		f := FrameworkByName(name)
		require.NotNil(t, f, name)
		require.NotEmpty(t, f.Manifests, name)
		require.NotEmpty(t, f.Single, name)
		require.NotEmpty(t, f.Scripts, name)
		require.NotEmpty(t, f.App, name)
		require.Subset(t, Manifests(), f.Manifests)
	}
	require.Equal(t, []string{".wx"}, FrameworkByName("mpx").Infixes(PlatformByName("wechat")))
	require.True(t, FrameworkByName("taro").JSX)
}

func TestSourceSuffixes(t *testing.T) {
	all := SourceSuffixes()
	require.Subset(t, all, []string{".wxml", ".xhsml", ".wxs", ".jds", ".js", ".uts", ".uvue", ".mpx", ".json"})
	for _, s := range all {
		require.Equal(t, 0, strings.LastIndexByte(s, '.'), s)
	}
	require.Contains(t, Filters(), ".filter.js")
	require.NotContains(t, all, ".filter.js")
}

func TestBadPlatforms(t *testing.T) {
	for text, want := range map[string]string{
		"globals wx": `line 1: "globals" belongs to no block`,
		"platform a 甲 | A\nmarkup .a\nsingle .b":      `line 3: "single" belongs to no block`,
		"platform a 甲 | A\nmarkup":                    `line 2: "markup" belongs to no block that has it, or lists nothing`,
		"platform a 甲 | A":                            "platform a: want words in Chinese | in English, and one suffix",
		"platform a A\nmarkup .a":                     "want words in Chinese",
		"platform a 甲 | A\nmarkup .a\nsyntax strange": `unknown syntax "strange"`,
		"framework f\nframework f":                    "f is given twice",
	} {
		_, err := parsePlatforms(text)
		require.ErrorContains(t, err, want)
	}
}
