package materials

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// sanction is one row of the table of costs and sanctions: what the law says about
// an item, and what the article says if that differs.
type sanction struct {
	item, law, article lang.Text
}

// by is the text of the cited articles.
func by(c law.Citation, zh, en string) lang.Text {
	name := c.Brief()
	return lang.Both(name.ZH, lang.English.Sentence(name.EN)).Plus(lang.Colon).Plus(lang.Both(zh, en))
}

var noMention = lang.Both("没有提到", "not mentioned")

// certification is what WeChat takes for its certification, added to the first row.
var certification = lang.Both("（微信：个人 30 元/年、企业 300 元/年，据开发者笔记，未核实）",
	" (WeChat: 30 RMB a year for individuals, 300 for companies, by a developer's note, unverified)")

var sanctions = []sanction{{
	lang.Both("备案费用", "Fee for filing"),
	lang.Both("292号、33号令和105号均未规定费用；各来源一致称备案免费。"+
		"平台认证是另一件事，另行收费",
		"Orders 292 and 33 and notice 105 set none; all sources agree that filing is free. "+
			"The platform's certification is another matter with a fee of its own"),
	lang.Both("“各地费用不同”：法律文本没有依据；各省不同的是补充材料和审核习惯",
		"\"Fees vary by region\": the texts do not support it; what varies is supplementary material and habits of review"),
}, {
	lang.Both("未备案", "No filing"),
	by(law.Cite("non-commercial-filing", "22"), "限期改正并处 1 万元罚款，拒不改正的关闭；292号第 19 条：限期改正，拒不改正的关闭；105号：不予上架、停止服务",
		"correction within a period and a fine of 10,000 RMB, closed on refusal; "+
			"order 292 art. 19: correction, closed on refusal; notice 105: not listed, service stopped"),
	lang.Both("文章称“处罚严重”：基本属实", "The article says that \"penalties are serious\": essentially true"),
}, {
	lang.Both("超出备案的项目提供服务", "Services beyond what was filed"),
	by(law.Cite("non-commercial-filing", "22"), "5000 元以上 1 万元以下罚款", "5,000 to 10,000 RMB"),
	noMention,
}, {
	lang.Both("未按要求链接备案系统", "No link to the filing system"),
	by(law.Cite("non-commercial-filing", "25"), "5000 元以上 1 万元以下罚款（据转载）", "5,000 to 10,000 RMB (by copies)"),
	noMention,
}, {
	lang.Both("未要求发布信息的用户提供真实身份", "Users who publish without real identity"),
	by(law.Cite("cybersecurity-law", "64"), "5 万元以上 50 万元以下罚款（据转载）", "50,000 to 500,000 RMB (by copies)"),
	noMention,
}, {
	lang.Both("未标明备案编号", "Number not shown"),
	by(law.Cite("internet-services", "22"), "5000 元以上 5 万元以下罚款", "5,000 to 50,000 RMB"),
	noMention,
}, {
	lang.Both("经营性服务没有许可", "Commercial service without permit"),
	by(law.Cite("internet-services", "19"),
		"没收违法所得，处违法所得 3 倍以上 5 倍以下罚款；没有违法所得或不足 5 万元的，处 10 万元以上 100 万元以下；情节严重的关闭",
		"illegal gains confiscated and a fine of 3 to 5 times of them; "+
			"100,000 to 1 million RMB if there are none or less than 50,000; closed if grave"),
	noMention,
}, {
	lang.Both("个人信息违法", "Unlawful handling of personal information"),
	by(law.Cite("pipl", "66"), "责令改正、警告、没收违法所得、暂停或终止服务；拒不改正的并处 100 万元以下，责任人员 1 万元以上 10 万元以下；"+
		"情节严重的 5000 万元以下或上一年度营业额 5% 以下，责任人员 10 万元以上 100 万元以下",
		"correction, warning, confiscation, suspension of the service; on refusal up to 1 million RMB, persons 10,000 to 100,000; "+
			"if grave up to 50 million RMB or 5% of last year's turnover, persons 100,000 to 1 million"),
	noMention,
}, {
	lang.Both("未办公安联网备案", "No filing with the public security organ"),
	lang.Both("公安部令第33号《计算机信息网络国际联网安全保护管理办法》第 23 条：警告，或停机整顿不超过 6 个月",
		"MPS order 33, Measures on Security Protection of International Networking, art. 23: warning, or a halt of up to 6 months"),
	noMention,
}}

// fees are the costs and sanctions as in the texts, with what the article says
// if that differs.
func (d *drafter) fees() Section {
	table := &Table{Head: []string{d.say("项目", "Item"), d.say("法律文本", "The law"), d.say("文章的说法", "The article")}}
	for i, s := range sanctions {
		says := s.law
		if i == 0 && d.wechat() {
			says = says.Plus(certification)
		}
		table.Rows = append(table.Rows, []string{s.item.In(d.lang), says.In(d.lang), s.article.In(d.lang)})
	}
	coming := &Table{Head: []string{d.say("规定", "Text"), d.say("阶段", "Stage")}}
	for _, c := range law.Coming() {
		coming.row("", c.Title.In(d.lang), c.Stage.In(d.lang))
	}
	return Section{
		Parts:   []Section{{Heading: d.say("关注中的新规", "What to watch"), Table: coming}},
		Heading: d.say("费用与处罚", "Fees and penalties"),
		Paragraphs: []string{
			lang.Textf("文本截至 %s。备案类处罚与个人信息类处罚依据不同，分别适用。",
				"Texts as of %s. Sanctions for filing and for personal information are separate and have different legal bases (not cumulative).", law.Snapshot()).In(d.lang),
			d.say("国务院令第292号：《互联网信息服务管理办法》；信息产业部令第33号：《非经营性互联网信息服务备案管理办法》，2024 年工业和信息化部令第68号修改（据转载）；105号：工信部信管〔2023〕105号。",
				"Order 292: Measures on Internet Information Services (State Council order 292); order 33: Measures on the Filing of Non-commercial "+
					"Internet Information Services (Ministry of Information Industry order 33, amended 2024, by copies); notice 105: 工信部信管〔2023〕105号."),
		},
		Table: table,
	}
}
