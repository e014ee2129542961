package materials

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
)

// checklist is what the filing asks for (MIIT 105号; WeChat's notice of 2023-09
// on filing), and what the platform's review asks for beside it.
func (d *drafter) checklist() Section {
	in, f := d.p.Inputs, d.p.Facts
	items := []Item{
		{state(f.Name.Text != ""), d.say("小程序名称", "name of the mini program")},
		{state(len(f.Addresses) > 0), d.say("访问地址（域名、云环境）", "access addresses (domains, cloud environment)")},
		{given(in.OperatorName), d.say("主办单位（个人）名称", "operator's name")},
		{Ask, d.say("主办单位证件、主体负责人证件", "certificates of the operator and of the person responsible for it")},
		{given(in.Responsible), d.say("小程序负责人（证件与现场核验照片另由平台采集）", "person responsible for the mini program (certificate and verification photo are taken by the platform)")},
		{Ask, d.say("《互联网信息服务备案登记表》与承诺书（平台提供模板）", "registration form and letter of commitment (templates by the platform)")},
	}
	switch approval := d.ruling("pre-approval"); approval.Status {
	case verdict.NotRequired:
		items = append(items, Item{Ask, d.say("前置审批文件：代码中没有线索；实际从事的请补充", "pre-approval: the code gives no hint; add it if the business needs one")})
	default:
		items = append(items, Item{Ask, d.say("前置审批或经营许可：有线索，见下文“结论与规则集”", "pre-approval or permit: there are hints, see the rulebooks below")})
	}
	policy := state(len(f.Policies) > 0 || in.PrivacyPolicy != "")
	items = append(items,
		Item{policy, d.say("隐私政策（不在备案清单上，平台审核与个人信息保护法第 17 条要求）", "privacy policy (not on the list of filing materials; asked for by the platform and by PIPL art. 17)")},
		Item{Ask, d.say("用户隐私保护指引：在平台后台逐项声明", "privacy guide: declared item by item in the platform's console")},
		Item{given(in.FilingNumber), d.say("备案编号在显著位置标明（备案后）", "filing number shown in a prominent place (after filing)")},
		Item{Ask, d.say("公安联网备案：上线之日起 30 日内", "filing with the public security organ: within 30 days of going online")},
	)
	return Section{Heading: d.say("六、材料核对", "6. Checklist"), Items: items}
}

func state(there bool) State {
	if there {
		return Done
	}
	return Missing
}

func given(value string) State {
	if value == "" {
		return Ask
	}
	return Done
}

func (d *drafter) ruling(id string) verdict.Ruling {
	i := slices.IndexFunc(d.p.Verdict.Rulebooks, func(r verdict.Ruling) bool { return r.ID == id })
	if i < 0 {
		return verdict.Ruling{}
	}
	return d.p.Verdict.Rulebooks[i]
}

var answerWords = map[verdict.Answer]finding.Text{
	verdict.Required:    {ZH: "需要", EN: "required"},
	verdict.NotRequired: {ZH: "不触发", EN: "not triggered"},
	verdict.NeedsInput:  {ZH: "待补充", EN: "needs input"},
}

// verdict is a table of the rulebooks; the law that differs stands beside each.
func (d *drafter) verdict() Section {
	t := &Table{Head: []string{d.say("规则集", "rulebook"), d.say("结论", "answer"), d.say("理由", "reasons"), d.say("依据", "basis")}}
	for _, r := range d.p.Verdict.Rulebooks {
		var why lines
		for _, reason := range r.Reasons {
			why.add(finding.Mask(reason.In(d.lang)))
		}
		for _, duty := range r.Duties {
			why.add(answerWords[duty.Status].In(d.lang) + d.say("：", ": ") + duty.Title.In(d.lang) + d.say("。", ". ") + finding.Mask(d.join(duty.Reasons)))
		}
		for _, differs := range r.Differs {
			why.add(d.say("现行规定不同：", "the law in force differs: ") + differs.In(d.lang))
		}
		basis := lines{}
		for _, b := range r.Basis {
			text := b.Law.In(d.lang)
			if b.Article != "" {
				text += d.say(" 第 "+b.Article+" 条", ", art. "+b.Article)
			}
			basis.add(text + d.say("，", ", ") + b.Date)
		}
		t.Rows = append(t.Rows, []string{r.Title.In(d.lang) + " " + r.ID, answerWords[r.Status].In(d.lang), why.or(""), basis.or("")})
	}
	return Section{Heading: d.say("七、结论与规则集", "7. Verdict and rulebooks"), Table: t}
}

func (d *drafter) join(all []finding.Text) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, t.In(d.lang))
	}
	return strings.Join(parts, d.say("；", "; "))
}

// assessment is the form of PIPL 55 and 56: the three contents that article 56
// names, filled in as far as code shows.
func (d *drafter) assessment() Section {
	s := Section{Heading: d.say("八、个人信息保护影响评估（个人信息保护法第 55、56 条）", "8. Impact assessment (PIPL arts. 55, 56)")}
	pipl := d.ruling("pipl")
	need := d.say("没有发现收集个人信息；如服务端另有收集，再作评估。", "No collection was found; assess it if the server collects some.")
	for _, duty := range pipl.Duties {
		if duty.Article == "55, 56" {
			need = d.say("是否应当评估：", "Is an assessment due? ") + answerWords[duty.Status].In(d.lang) + d.say("。", ". ") + d.join(duty.Reasons)
		}
	}
	s.Paragraphs = []string{need}
	if len(pipl.Duties) == 0 {
		return s
	}
	var what, hosts, risks lines
	for _, c := range finding.Categories() {
		var places lines
		for _, f := range d.found {
			if f.Category == c {
				places.add(at(f.Location))
			}
		}
		if len(places) > 0 {
			what.add(c.Title().In(d.lang) + " " + strings.Join(places, d.say("、", ", ")))
		}
	}
	for _, f := range d.found {
		if verdict.Sensitive(f) {
			risks.add(d.say("敏感信息：", "sensitive: ") + f.Category.Title().In(d.lang) + " " + at(f.Location))
		}
		for _, fl := range f.Flows {
			switch {
			case fl.Sink.Kind == finding.Log:
				risks.add(d.say("写入日志：", "logged: ") + f.Category.Title().In(d.lang) + " " + at(fl.Sink.Location))
			case fl.Sink.Kind == finding.Storage:
				risks.add(d.say("存在本机：", "stored on the device: ") + f.Category.Title().In(d.lang) + " " + at(fl.Sink.Location))
			case fl.Sink.Host != "":
				hosts.add(fl.Sink.Host + " " + at(fl.Sink.Location))
			}
		}
	}
	for _, a := range d.p.Facts.Addresses {
		if strings.HasPrefix(a.Value, "http://") || strings.HasPrefix(a.Value, "ws://") {
			risks.add(d.say("传输没有加密：", "sent without encryption: ") + a.Value + " " + at(a.Location))
		}
	}
	s.Table = &Table{Head: []string{d.say("项目", "item"), d.say("内容", "content")}, Rows: [][]string{
		{d.say("处理的信息（代码）", "information handled (code)"), what.or("")},
		{d.say("接收方（代码）", "recipients (code)"), hosts.or(d.say("没有发现", "none seen"))},
		{d.say("目的、方式是否合法、正当、必要（第 56 条第 1 项）", "purpose and manner lawful, legitimate, necessary? (art. 56 (1))"), d.ask("逐项说明；目的草稿见第四部分", "for each; drafts of purposes are in part 4")},
		{d.say("对个人权益的影响及安全风险（第 2 项）", "effect on persons, risks to security (2)"), risks.or(d.say("代码中没有发现特别的风险点", "the code shows no special risk")) + "\n" + d.ask("泄露、篡改、丢失的影响", "effect of leak, change, loss")},
		{d.say("保护措施是否合法、有效并与风险相适应（第 3 项）", "measures lawful, effective, fitting the risk? (3)"), d.ask("加密、权限、留存、应急", "encryption, access, retention, incidents")},
		{d.say("评估人、日期；报告至少保存三年", "assessor, date; kept for three years at least"), d.ask("", "")},
	}}
	return s
}

// fees are the costs and sanctions as the texts have them, with what the article
// says where that differs.
func (d *drafter) fees() Section {
	row := func(zh, en, lawZH, lawEN, articleZH, articleEN string) []string {
		return []string{d.say(zh, en), d.say(lawZH, lawEN), d.say(articleZH, articleEN)}
	}
	return Section{
		Heading: d.say("九、费用与处罚", "9. Fees and penalties"),
		Paragraphs: []string{fmt.Sprintf(d.say("文本截至 %s。备案的处罚与个人信息的处罚是两回事，不要相加。", "Texts as of %s. Sanctions for filing and for personal information are different matters and do not add up."),
			verdict.SnapshotDate)},
		Table: &Table{Head: []string{d.say("项目", "item"), d.say("法律文本", "the law"), d.say("文章的说法", "the article")}, Rows: [][]string{
			row("备案费用", "fee for filing",
				"292号令、33号令、105号均未规定费用；官方的“免费”说明没有找到（未核实）。微信认证是另一件事：个人 30 元/年、企业 300 元/年（开发者笔记，未核实）",
				"orders 292 and 33 and notice 105 set none; an official page that says \"free\" was not found (unverified). WeChat certification is another matter: 30 RMB a year for individuals, 300 for companies (a developer's note, unverified)",
				"“各地费用不同”：法律文本没有依据；各省不同的是补充材料和审核习惯", "\"fees vary by region\": the texts do not support it; what varies is supplementary material and habits of review"),
			row("未备案", "no filing",
				"33号令第 22 条：限期改正并处 1 万元罚款，拒不改正的关闭；292号令第 19 条：限期改正、责令关闭；105号：不予上架、停止服务",
				"order 33 art. 22: correction within a period and a fine of 10,000 RMB, closed on refusal; order 292 art. 19: correction, closure; notice 105: not listed, service stopped",
				"“处罚严重”：大体如此", "\"penalties are serious\": roughly so"),
			row("超出备案项目", "beyond what was filed", "33号令第 22 条：5000 元以上 1 万元以下罚款", "order 33 art. 22: 5,000 to 10,000 RMB", "", ""),
			row("未标明备案编号", "number not shown", "292号令第 22 条：5000 元以上 5 万元以下罚款", "order 292 art. 22: 5,000 to 50,000 RMB", "", ""),
			row("无证经营", "commercial service without permit", "292号令第 19 条：违法所得 3 至 5 倍，或 10 万元以上 100 万元以下", "order 292 art. 19: 3 to 5 times the illegal gains, or 100,000 to 1 million RMB", "", ""),
			row("个人信息违法", "personal information", "个人信息保护法第 66 条：责令改正、警告、暂停服务；拒不改正 100 万元以下；情节严重 5000 万元以下或上一年度营业额 5% 以下",
				"PIPL art. 66: correction, warning, suspension; up to 1 million RMB on refusal; if grave up to 50 million RMB or 5% of last year's turnover", "", ""),
			row("公安联网备案", "public security filing", "联网安全保护管理办法第 23 条：警告或停机整顿至多 6 个月", "Measures on Security Protection art. 23: warning, or a halt of up to 6 months", "", ""),
		}},
	}
}
