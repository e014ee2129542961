package materials

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
)

func TestFormTable(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range formBlocks {
		require.NotEmpty(t, b.title.EN)
		require.NotEmpty(t, b.fields, b.title.EN)
		for _, f := range b.fields {
			require.False(t, seen[f.key], f.key)
			seen[f.key] = true
			require.Contains(t, []string{"*", "P", "O"}, f.who, f.key)
			for _, text := range []lang.Text{f.title, f.rule} {
				require.NotEmpty(t, text.ZH, f.key)
				require.NotEmpty(t, text.EN, f.key)
			}
		}
	}
	open, private := FormFields()
	require.Contains(t, open, "service-types")
	require.Contains(t, private, "subject-phone")
	for _, key := range append(open, private...) {
		require.True(t, seen[key] || key == "contact" || key == "retention", key)
	}
	for key := range settings {
		require.True(t, seen[key], key)
	}
}

// Who the operator is decides which fields there are.
func TestFormFitsTheOperator(t *testing.T) {
	for who, want := range map[verdict.Operator][2]bool{
		verdict.Individual: {true, false}, verdict.Enterprise: {false, true}, verdict.Organisation: {false, true}, verdict.Unknown: {true,
			true},
	} {
		out := draft(t, program(verdict.Inputs{Operator: who}), "zh")
		require.Equal(t, want[0], strings.Contains(out, "临时居住证明"), who)
		require.Equal(t, want[1], strings.Contains(out, "主体更名函"), who)
	}
}

// A fact is observed, declared, contradicted, drafted or open.
func TestStandings(t *testing.T) {
	p := program(verdict.Inputs{OperatorName: "某某公司", CrossBorder: verdict.No,
		Form: []verdict.Filled{{Key: "service-types", Text: "电商平台"}, {Key: "retention", Text: "注销后 30 天"}}})
	p.Findings = append(p.Findings, finding.Finding{Rule: &finding.Rule{ID: "operator/cross-border"}, Kind: finding.KindConfig,
		Subject: "cross-border", Reachable: true, Message: lang.Both("但代码向境外发送", "but the code sends abroad"), Location: on(1)})
	out := draft(t, p, "zh")
	for _, line := range []string{
		"| AppID | 【待填】 | 待填 | | 由平台自动拉取 |",
		"| 主办单位名称 | 某某公司 | 主办者填写 | 输入 | 与证件一致 |",
		"| 服务内容类型 | 电商平台 | 主办者填写 | 输入 | 只选二级类型，1 至 5 项；列表以平台为准 |",
		"| 个人信息出境 | 否<br>但代码向境外发送 | 与代码不符 | 输入 |",
		"| 保存期限 | 注销后 30 天 | |",
		"| 页面数 | 1 | 代码所见 | pages/me/me.wxml:1 |",
	} {
		require.Contains(t, out, line+"\n", line)
	}
}

// The remark of the form has 20 to 200 characters, or is left to the operator.
func TestDescription(t *testing.T) {
	p := program(verdict.Inputs{AppType: "shopping"})
	text := newDrafter(p, lang.Chinese).description()
	require.Equal(t, "本小程序属网上购物类，基本功能为购买商品。主要页面有绑定手机。为提供服务收集手机号。", text)
	for range 40 {
		p.Project.Pages = append(p.Project.Pages, report.Page{Route: "x", Title: strings.Repeat("长", 40+len(p.Project.Pages))})
	}
	require.Equal(t, maxRemark, utf8.RuneCountInString(newDrafter(p, lang.Chinese).description()))
	require.Empty(t, newDrafter(&report.Program{}, lang.Chinese).description(), "too little is known")
	p.Project.Pages = []report.Page{{Title: "首页"}, {Title: "登录"}, {Title: "酒店预定"}}
	require.Contains(t, newDrafter(p, lang.Chinese).description(), "主要页面有酒店预定。", "pages of every program say nothing")
	p.Project.Pages = p.Project.Pages[:2]
	require.Contains(t, newDrafter(p, lang.Chinese).description(), "主要页面有首页、登录。")
}

// A small handler gets the forms of order 25: five situations, 24 items.
func TestSmallHandler(t *testing.T) {
	require.Len(t, auditItems, 24)
	small, large := int64(99_999), int64(100_000)
	out := draft(t, program(verdict.Inputs{Persons: &small}), "zh")
	require.Contains(t, out, "合规审计自查表（25号令附件 1）")
	require.Equal(t, 5, strings.Count(out, "三个问题")+strings.Count(out, "措施合法、有效、相适应")-2, "the head, the note, and five rows")
	out = draft(t, program(verdict.Inputs{Persons: &large}), "zh")
	require.NotContains(t, out, "自查表（25号令")
	require.Contains(t, out, "目的、方式是否合法、正当、必要")
}

// Known services are named with kind and place; clouds are no open question.
func TestRecipients(t *testing.T) {
	p := program(verdict.Inputs{})
	sink := func(kind finding.SinkKind, api, host string) finding.Flow {
		return finding.Flow{Sink: finding.Sink{Kind: kind, API: api, Host: host, Location: on(1)}}
	}
	p.Findings[0].Flows = []finding.Flow{
		sink(finding.Network, "wx.request", "o1.ingest.sentry.io"), sink(finding.Network, "wx.request", "sentry.io"),
		sink(finding.Cloud, "wx.cloud.database.add", ""), sink(finding.Network, "wx.request", "b.oss-cn-beijing.aliyuncs.com"),
		sink(finding.Network, "wx.request", "api.example.com"),
	}
	out := draft(t, p, "zh")
	for _, line := range []string{
		"| Sentry<br>o1.ingest.sentry.io<br>sentry.io | 【待填】属于委托处理还是向其他处理者提供？ | 错误监控 | 美国 | 手机号 | pages/me/me.wxml:1 |",
		"| 腾讯云开发环境 | 云服务商，通常属委托处理：请核对合同和地域 | 云开发 | 中国内地（以环境地域为准） | 手机号 | pages/me/me.wxml:1 |",
		"| 阿里云（对象存储、函数等）<br>b.oss-cn-beijing.aliyuncs.com | 云服务商，通常属委托处理：请核对合同和地域 | 云存储 | 取决于所选地域 | 手机号 | pages/me/me.wxml:1 |",
		"| api.example.com | 【待填】运营方是谁？属于委托处理还是向其他处理者提供？ | 未知 | 【待填】所在地？ | 手机号 | pages/me/me.wxml:1 |",
	} {
		require.Contains(t, out, line+"\n", line)
	}
}

// A service that nobody looked up says so.
func TestServiceByGeneralKnowledge(t *testing.T) {
	d := newDrafter(program(verdict.Inputs{}), lang.English)
	for _, checked := range []string{"general", "code"} {
		table := &Table{}
		d.recipientRow(table, &recipient{name: "Acme", service: &platform.Service{Kind: "sms", Country: "CN", Checked: checked}})
		require.Equal(t, checked == "general", strings.Contains(table.Rows[0][2], "by general knowledge; confirm"), checked)
	}
}
