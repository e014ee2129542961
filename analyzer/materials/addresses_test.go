package materials

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
)

// A host that the code puts together is an address as soon as something goes there. One
// of the developers' machines is none to file, whatever its port.
func TestAddresses(t *testing.T) {
	p := program(verdict.Inputs{})
	sink := func(api, host string) finding.Flow {
		return finding.Flow{Sink: finding.Sink{Kind: finding.Network, API: api, Host: host, Location: on(1)}}
	}
	p.Findings[0].Flows = []finding.Flow{sink("wx.request", "api.example.com"), sink("wx.uploadFile", "up.example.com"),
		sink("wx.request", "localhost:8085"), sink("wx.request", "")}
	out := draft(t, p, "zh")
	for _, line := range []string{
		"| request 请求域名 | http://api.example.com（没有加密） | pages/me/me.wxml:1 |",
		"| uploadFile 上传域名 | up.example.com | pages/me/me.wxml:1 |",
		"| request 请求域名 | localhost:8085（开发环境，不能用于备案） | pages/me/me.wxml:1 |",
		"| 服务器域名 | 代码中有 2 个，见第二部分 | 草稿，待核对 | pages/me/me.wxml:1 | 已 ICP 备案，并在后台配置 |",
		"| localhost:8085 | 【待填】上线后发往哪里？由谁运营？ | 开发环境 | | 手机号 | pages/me/me.wxml:1 |",
	} {
		require.Contains(t, out, line+"\n", line)
	}
	require.NotContains(t, out, "| api.example.com | pages", "it is not listed twice")

	p.Facts.Addresses = []facts.Address{{Kind: facts.Request, Value: "http://192.168.1.2:80", Location: on(1)}}
	p.Findings[0].Flows = nil
	out = draft(t, p, "zh")
	require.Contains(t, out, "| 服务器域名 | 【待填】代码中只有开发环境的地址，请填写正式域名 | 待填 |")
	require.NotContains(t, out, "没有加密的地址", "what is on the desk of a developer is no risk of the service")
}

// An AppID that the developer tools made up is none.
func TestPlaceholder(t *testing.T) {
	p := program(verdict.Inputs{})
	p.Facts.AppID = facts.Place{Text: "touristappid", Location: on(1)}
	require.Contains(t, draft(t, p, "zh"), "| AppID | 【待填】代码中是开发工具的占位符 touristappid | 待填 | pages/me/me.wxml:1 |")
	p.Facts.AppID.Text = "wx0000000000000001"
	require.Contains(t, draft(t, p, "zh"), "| AppID | wx0000000000000001 | 代码所见 | pages/me/me.wxml:1 |")
}

// The names that WeChat has for things stay out of the papers of other platforms.
func TestOtherPlatforms(t *testing.T) {
	p := program(verdict.Inputs{})
	p.Facts.Policies = nil
	require.Contains(t, draft(t, p, "zh"), "wx.openPrivacyContract")
	for _, name := range []string{"alipay", "douyin", "baidu"} {
		p.Project.Platform = name
		p.Verdict = verdict.Judge(verdict.Input{Findings: p.Findings, Platform: name, Facts: p.Facts})
		out := draft(t, p, "zh")
		require.NotContains(t, out, "openPrivacyContract", name)
		require.NotContains(t, out, "用户隐私保护指引", name)
		require.Contains(t, out, "平台的隐私声明：在平台后台逐项声明", name)
	}
}

// Annex 2 says yes only of what the verdict says yes of.
func TestSituations(t *testing.T) {
	few := int64(500)
	out := draft(t, program(verdict.Inputs{Persons: &few, CrossBorder: verdict.No}), "en")
	for _, row := range []string{`\| Sensitive information \|.*\| □ not found in the code \|`,
		`\| Entrusting, sharing, publishing \|.*\| ■ yes \|`, `\| Transfer abroad \|.*\| □ no \(input\) \|`} {
		require.Regexp(t, row, out)
	}
	p := program(verdict.Inputs{Persons: &few, Children: verdict.Yes})
	p.Findings = p.Findings[:1] // no third party
	p.Verdict = verdict.Judge(verdict.Input{Findings: p.Findings, Platform: "wechat", Facts: p.Facts, Inputs: p.Inputs})
	out = draft(t, p, "en")
	require.Regexp(t, `\| Sensitive information \|.*\| ■ yes \|`, out, "children's information is")
	require.Regexp(t, `\| Entrusting, sharing, publishing \|.*\| □ to confirm, see part 7 \|`, out, "who runs the hosts is a question")
	require.Regexp(t, `\| Transfer abroad \|.*\| □ to confirm, see part 7 \|`, out)
	require.Contains(t, out, "| Phone number | Yes of children |")
}

// A program that is not served in the mainland is told in the form and the checklist, too,
// that nothing of them is due.
func TestNotServed(t *testing.T) {
	for served, times := range map[verdict.Answered]int{verdict.No: 2, verdict.Yes: 0, "": 0} {
		require.Equal(t, times, strings.Count(draft(t, program(verdict.Inputs{Mainland: served}), "zh"), "现在无须填报"), served)
	}
}
