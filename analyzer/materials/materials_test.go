package materials

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

var pageFile = source.NewFile("pages/me/me.wxml", "<input placeholder=\"手机号\" />\n<view>隐私政策</view>\n")

func on(line int) source.Location {
	start := int32(0)
	if line == 2 {
		start = int32(strings.Index(pageFile.Text, "\n") + 1)
	}
	return source.Location{File: pageFile, Span: source.Span{Start: start, End: start + 5}}
}

// program has one phone field, whose value goes to two hosts, one of them a third
// party, and to the device.
func program(in verdict.Inputs) *report.Program {
	sink := func(kind finding.SinkKind, host string, line int) finding.Flow {
		return finding.Flow{Sink: finding.Sink{Kind: kind, API: "wx.request", Host: host, Location: on(line)}}
	}
	phone := finding.Finding{
		Rule: &finding.Rule{ID: "field/phone"}, Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High, Reachable: true,
		Subject: "手机号", Page: "pages/me/me", Location: on(1),
		Flows: []finding.Flow{sink(finding.Network, "api.example.com", 1), sink(finding.Network, "stat.example.net", 2), sink(finding.Storage, "", 2)},
	}
	third := finding.Finding{Rule: &finding.Rule{ID: "sink/third-party", Exposure: finding.ToThirdParty}, Kind: finding.KindSink,
		Reachable: true, Subject: "stat.example.net", Location: on(2)}
	known := facts.Facts{
		Name:      facts.Place{Text: "会员中心", Location: on(1)},
		Addresses: []facts.Address{{Kind: facts.Request, Value: "http://api.example.com", Location: on(1)}},
		Policies:  []facts.Place{{Text: "隐私政策", Location: on(2)}},
		Plugins:   []facts.Plugin{{Alias: "map", Provider: "wx1", Version: "1.0.0", Location: on(2)}},
	}
	p := &report.Program{
		Project:  report.Project{Platform: "wechat", Pages: []report.Page{{Route: "pages/me/me", Title: "绑定手机"}}, Config: pageFile},
		Findings: []finding.Finding{phone, third}, Facts: known, Inputs: in,
	}
	p.Verdict = verdict.Judge(verdict.Input{
		Findings: p.Findings, Platform: "wechat", Facts: known, Inputs: in,
		Guide: privacy.Derive(&project.Program{}, &flow.Result{}, p.Findings),
	})
	return p
}

func draft(t *testing.T, p *report.Program, in lang.Code) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, Draft(p, Made{Version: "0.1.0"}, in).Markdown(&out))
	return out.String()
}

func TestDraft(t *testing.T) {
	out := draft(t, program(verdict.Inputs{}), "zh")
	for _, line := range []string{
		"| 收集位置 | “绑定手机”页的“手机号”（pages/me/me.wxml:1） |",
		"| 用途（草稿） | “绑定手机”页：登录和识别账号 |",
		"| 传输去向 | api.example.com（wx.request pages/me/me.wxml:1）<br>stat.example.net（wx.request pages/me/me.wxml:2） |",
		"| 留在本机（存储、日志） | 本机存储（wx.request pages/me/me.wxml:2） |",
		"| 第三方与插件 | stat.example.net（wx.request pages/me/me.wxml:2）<br>插件 map wx1 1.0.0：是否用到此类信息？（pages/me/me.wxml:2） |",
		"| request 请求域名 | http://api.example.com（没有加密） | pages/me/me.wxml:1 |",
		"| stat.example.net | 【待填】运营方是谁？属于委托处理还是向其他处理者提供？ | 未知 | 【待填】所在地？ | 手机号 | pages/me/me.wxml:2 |",
		"| 小程序名称 | 会员中心 | 草稿，待核对 | 代码中的标题 pages/me/me.wxml:1 | 后台登记的名称，由平台自动拉取；与导航栏标题核对 |",
		"- [ ] **待确认** 小程序名称：代码中为“会员中心”，与后台登记的核对（pages/me/me.wxml:1）",
		"- [ ] **待确认** 主办者名称",
		"- [ ] **待确认** 隐私政策（不在备案材料清单上，平台审核与个人信息保护法第 17 条要求）：代码中有入口，请确认能打开（pages/me/me.wxml:2）",
	} {
		require.Contains(t, out, line+"\n", line)
	}
	require.Contains(t, out, "没有加密的地址：http://api.example.com（pages/me/me.wxml:1）", "a risk of the assessment")
}

// What a person says is marked as an input; and not asked for again.
func TestInputs(t *testing.T) {
	n := int64(500_000) // fewer would add the forms of small handlers
	said := verdict.Inputs{Operator: verdict.Enterprise, OperatorName: "某某公司", Responsible: "甲", FilingNumber: "京ICP备12345678号-1X",
		PrivacyPolicy: "https://example.com/p", AppType: "shopping", Mainland: verdict.Yes, Persons: &n}
	out := draft(t, program(said), "zh")
	for _, line := range []string{"| 主办单位名称 | 某某公司 | 主办者填写 | 输入 | 与证件一致 |",
		"| 应用类型（39 类） | 网上购物（基本功能：购买商品） | 主办者填写 | 输入 |",
		"| 已有的备案编号 | 京ICP备12345678号-1X | 主办者填写 | 输入，未核实 |",
		"- [ ] **待确认** 在显著位置标明备案编号：京ICP备12345678号-1X（输入；代码中没有找到这个编号）",
		"隐私政策：https://example.com/p（输入；代码中没有找到它的链接）"} {
		require.Contains(t, out, line+"\n")
	}
	before, after := strings.Count(draft(t, program(verdict.Inputs{}), "zh"), "【待填】"), strings.Count(out, "【待填】")
	require.Less(t, after, before)
}

// What a person says and the code shows is told with its place.
func TestInputsThatTheCodeShows(t *testing.T) {
	p := program(verdict.Inputs{FilingNumber: "京ICP备12345678号-1X", PrivacyPolicy: "https://example.com/p"})
	at := source.Location{File: source.NewFile("pages/about/about.wxml", "<view/>\n")}
	p.Facts.Numbers = []facts.Place{{Text: "京ICP备 12345678号-1X", Location: at}}
	p.Facts.PolicyLink = &facts.Place{Text: "https://example.com/p", Location: at}
	out := draft(t, p, "zh")
	for _, line := range []string{
		"- [x] **已有** 在显著位置标明备案编号：京ICP备12345678号-1X（pages/about/about.wxml:1）",
		"隐私政策：https://example.com/p（输入；代码中的链接 pages/about/about.wxml:1）",
		"- [ ] **待确认** 隐私政策（不在备案材料清单上，平台审核与个人信息保护法第 17 条要求）：" +
			"https://example.com/p（代码中有链接，请确认能打开，pages/about/about.wxml:1）",
	} {
		require.Contains(t, out, line+"\n")
	}
	p.Verdict.Filing = &verdict.Filing{Number: "京ICP备12345678号-1X", State: verdict.Exceeded, Recorded: "2026-10-01",
		Changes: []filed.Change{{What: filed.Plugin, Added: true, Name: "wx1", Text: lang.Same("新的插件 wx1")}}}
	require.Contains(t, draft(t, p, "zh"), "已备案（编号 京ICP备12345678号-1X，未核实）：比备案记录（2026-10-01）多出 1 项，请核对是否须变更备案、补充声明，或者删去：新的插件 wx1。")
}

// The summary counts what is left to fill in.
func TestCountsWhatIsOpen(t *testing.T) {
	for language, mark := range map[lang.Code]string{"zh": "【待填】", "en": `\[to fill in\]`} {
		out := draft(t, program(verdict.Inputs{}), language)
		count := regexp.MustCompile(`有 (\d+) 处需人工填写|(\d+) places are to be filled in`).FindStringSubmatch(out)
		require.NotNil(t, count)
		require.Equal(t, strconv.Itoa(strings.Count(out, mark)-1), count[1]+count[2], "the summary itself names the mark once")
	}
}

// A program that collects nothing has no empty forms, and still mentions the filing.
func TestNothingCollected(t *testing.T) {
	p := program(verdict.Inputs{Operator: verdict.Individual})
	p.Findings, p.Facts.Policies, p.Facts.Plugins = nil, nil, nil
	p.Verdict = verdict.Judge(verdict.Input{Platform: "wechat", Facts: p.Facts, Inputs: p.Inputs})
	out := draft(t, p, "zh")
	require.Contains(t, out, p.Verdict.Headline.Told().ZH)
	require.NotContains(t, out, "**缺少**", "no policy is wanted for nothing")
	require.Contains(t, out, "个人主办的请向所在地公安机关核实")
}

// If something was not read, the dossier calls nothing absent.
func TestUnsure(t *testing.T) {
	p := program(verdict.Inputs{})
	p.Findings, p.Facts.Policies, p.Facts.Plugins = nil, nil, nil
	p.Verdict = verdict.Judge(verdict.Input{Platform: "wechat", Facts: p.Facts,
		Unread: []project.Unread{{Path: "pages/a/a.wxml", Reason: lang.Text{ZH: "坏了", EN: "broken"}, Hides: true}}})
	out := draft(t, p, "zh")
	require.Contains(t, out, "- pages/a/a.wxml 没有读到或没有读全，其中可能有收集点：坏了")
	require.NotContains(t, out, "没有发现收集个人信息")
}

// Both languages have the same parts, tables and lists.
func TestLanguagesAgree(t *testing.T) {
	made := Made{Version: "0.1.0"}
	zh, en := Draft(program(verdict.Inputs{}), made, "zh"), Draft(program(verdict.Inputs{}), made, "en")
	var shape func(all []Section) []int
	shape = func(all []Section) []int {
		var out []int
		for _, s := range all {
			rows := 0
			if s.Table != nil {
				rows = len(s.Table.Rows)
			}
			out = append(out, len(s.Paragraphs), rows, len(s.Items), len(s.Parts))
			out = append(out, shape(s.Parts)...)
		}
		return out
	}
	require.Equal(t, shape(zh.Sections), shape(en.Sections))
}

// Texts of the program cannot become markup, in Markdown or HTML.
func TestWritersEscape(t *testing.T) {
	const evil = "<img src=x>|`a`*b*[c](d)_e_\\\x1b[31m\u202e\nline"
	d := &Document{Lang: "zh", Title: evil, Sections: []Section{{Heading: evil, Paragraphs: []string{evil}, Items: []Item{{Done, evil}},
		Table: &Table{Head: []string{evil}, Rows: [][]string{{evil}}},
		Parts: []Section{{Heading: evil, Table: &Table{Rows: [][]string{{evil, evil}}}}}}}}
	var md, html bytes.Buffer
	require.NoError(t, d.Markdown(&md))
	require.NoError(t, d.HTML(&html))
	require.NotContains(t, md.String(), "<img")
	require.NotRegexp(t, "[^\\\\][`*\\[\\]_]", regexp.MustCompile(`\*\*已有\*\* |- \[x\] `).ReplaceAllString(md.String(), ""))
	require.NotContains(t, html.String(), "<img")
	for _, out := range []string{md.String(), html.String()} {
		require.Equal(t, source.PrintableLines(out), out)
	}
	require.Contains(t, md.String(), `\|`)
	require.Equal(t, 1, strings.Count(html.String(), "<h3>"))
}
