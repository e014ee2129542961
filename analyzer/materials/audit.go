package materials

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
)

//go:embed audit.txt
var auditText string

// auditItem is an item of the self-check for small handlers: a row of audit.txt.
type auditItem struct {
	title lang.Text
	fact  string
}

var auditItems = func() []auditItem {
	var out []auditItem
	for line := range strings.Lines(auditText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, " | ")
		out = append(out, auditItem{lang.Both(c[0], c[1]), c[2]})
	}
	return out
}()

// audit is the self-check of a small handler; it has no heading for others.
func (d *drafter) audit() Section {
	if !d.small() {
		return Section{}
	}
	t := &Table{Head: []string{d.say("事项", "Item"), d.say("合规 / 不合规 / 不适用",
		"Complies / does not / not applicable"), d.say("代码所见", "What the code shows")}}
	for _, item := range auditItems {
		t.row("local.audit-"+item.title.EN, item.title.In(d.lang), d.ask("", ""), d.auditFact(item.fact))
	}
	return Section{Heading: d.say("合规审计自查表（25号令附件 1）", "Self-check for the compliance audit (order 25, annex 1)"), Paragraphs: []string{
		d.say("事项据公开资料整理，附件原文未读到，提交前请与官方附件核对。", "The items are by public quotations; the annex itself was not read: compare the official one before you hand it in."),
	}, Table: t}
}

// auditFact is what the code shows of an item.
func (d *drafter) auditFact(fact string) string {
	duty := func(article string) string {
		if duty := d.duty("pipl", article); duty != nil {
			return d.lang.Sentence(d.join(duty.Reasons))
		}
		return d.say("代码中未发现", "None found in the code")
	}
	switch fact {
	case "consent":
		if c := d.p.Facts.Call("onNeedPrivacyAuthorization", "requirePrivacyAuthorize", "getPrivacySetting"); c != nil {
			return d.from(d.say("代码处理隐私授权", "The code handles privacy consent"), c.Location.String())
		}
		return d.say("代码未处理隐私授权，仅依赖平台默认弹窗", "The code does not handle consent; only the platform's dialog does")
	case "policy":
		return duty("13, 14, 17")
	case "recipients":
		return duty("21, 23")
	case "sensitive":
		return duty("28-30")
	case "children":
		return duty("31")
	case "abroad":
		return duty("38-40")
	case "account":
		return d.accountFact()
	case "security":
		return d.securityFact()
	case "assessment":
		return duty("55, 56")
	}
	return d.say("代码看不出", "Code does not show it")
}

func (d *drafter) accountFact() string {
	titles, places := verdict.RightsShown(d.p.Facts)
	if at := places[0]; at != nil {
		return d.from(d.lang.Sentence(titles[0].In(d.lang))+d.say("：", ": ")+at.Text, at.Location.String())
	}
	return d.say("代码中未发现注销账号的入口", "No entry point to delete the account was found in the code")
}

func (d *drafter) securityFact() string {
	exposed := slices.ContainsFunc(d.p.Findings, func(f finding.Finding) bool { return f.Exposes(finding.Unencrypted) })
	if exposed {
		return d.say("有信息经未加密的地址传输，见第四部分", "Information is sent unencrypted, see part 4")
	}
	return d.measures()
}
