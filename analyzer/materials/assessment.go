package materials

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/verdict"
)

// small reports whether the operator said that it handles the information of fewer than
// 100,000 persons.
func (d *drafter) small() bool { return len(d.ruling("small-handlers").Duties) > 0 }

// assessment is the form of PIPL 55 and 56, filled in as far as code shows; for a small
// handler in the shape of annex 2 of order 25: five situations, three questions each.
func (d *drafter) assessment() Section {
	s := Section{Heading: lang.Textf("个人信息保护影响评估（%s）", "Impact assessment (%s)", law.Cite("pipl", "55",
		"56").Brief()).In(d.lang)}
	if d.unsure() {
		s.Paragraphs = []string{d.say("是否收集个人信息尚不确定；核对之后再作评估。", "It is not certain whether personal information is collected; assess once that is known.")}
		return s
	}
	if len(d.found) == 0 {
		s.Paragraphs = []string{d.say("没有发现收集个人信息；如服务端另有收集，再作评估。", "No collection was found; make an assessment if the server collects some.")}
		return s
	}
	if duty := d.duty("pipl", "55, 56"); duty != nil {
		s.Paragraphs = []string{d.say("是否须做影响评估：", "Is an assessment due? ") + d.lang.Sentence(duty.State().In(d.lang)) +
			d.say("。", ". ") + d.lang.Sentence(d.join(duty.Reasons)) + d.say("。", ".")}
	}
	if d.small() {
		s.Paragraphs = append(s.Paragraphs, d.say("按《小型个人信息处理者个人信息保护简化措施规定》附件 2 的样式（五种情形、三个问题；格式请与官方附件核对）。",
			"In the shape of annex 2 of the Provisions on Simplified Measures for Small Handlers (five situations, three questions; compare the official annex)."))
		s.Table = d.simplified()
		return s
	}
	var what, purposes lines
	for _, row := range d.inventory().Table.Rows {
		what.add(row[0] + d.say("：", ": ") + strings.ReplaceAll(row[2], "\n", d.say("、", ", ")))
		purposes.add(row[0] + d.say("：", ": ") + strings.ReplaceAll(row[3], "\n", d.say("；", "; ")))
	}
	t := &Table{}
	t.row("", d.say("处理的信息", "Information handled"), what.or(""))
	t.row("", d.say("接收方", "Recipients"), d.recipientNames())
	t.row("local.pia-1", d.say("目的、方式是否合法、正当、必要（第 56 条第 1 项）", "Purpose and manner lawful, legitimate, necessary? (art. 56 (1))"),
		purposes.or("")+"\n"+d.ask("逐项说明理由；不收集能否提供该功能", "The reason for each; could the function do without?"))
	t.row("local.pia-2", d.say("对个人权益的影响及安全风险（第 2 项）", "Effect on persons, risks to security (2)"),
		d.risks()+"\n"+d.ask("泄露、篡改、丢失的影响", "Effect of leak, change, loss"))
	t.row("local.pia-3", d.say("保护措施是否合法、有效并与风险相适应（第 3 项）", "Measures lawful, effective, fitting the risk? (3)"),
		d.measures()+"\n"+d.ask("服务端的加密、权限、留存、应急", "On the server: encryption, access, retention, incidents"))
	t.row("local.pia-by", d.say("评估人与日期（报告至少保存三年）", "Assessor and date (the report is kept for three years at least)"), d.ask("", ""))
	s.Table = t
	return s
}

func (d *drafter) recipientNames() string {
	var out lines
	for _, r := range d.recipientList() {
		out.add(d.from(r.name, r.place))
	}
	var unknown grouped // each reason once, with all places
	for _, f := range d.found {
		if note := d.open(f); note != "" {
			unknown.add(note, f.Location.String())
		}
	}
	for _, note := range unknown.heads {
		out.add(d.from(note, strings.Join(*unknown.below[note], d.say("；", "; "))))
	}
	return out.or(d.say("代码中未发现", "None found in the code"))
}

// simplified is annex 2: which of the five situations hold, as far as code shows.
func (d *drafter) simplified() *Table {
	t := &Table{Head: []string{d.say("情形（第 55 条）", "Situation (art. 55)"), d.say("三个问题：合法正当必要、影响与风险、措施",
		"Three questions: lawful and necessary, effect and risk, measures"),
		d.say("是否存在", "Does it hold?")}}
	three := func() string {
		return d.ask("□ 合法、正当、必要  □ 影响与风险可接受  □ 措施合法、有效、相适应；不打勾的说明",
			"□ lawful and necessary  □ effect and risk acceptable  □ measures fit; explain what is not ticked")
	}
	holds := func(article string) string {
		duty := d.duty("pipl", article)
		switch {
		case duty == nil:
			return d.say("□ 代码未发现", "□ not found in the code")
		case duty.Status == verdict.Required:
			return d.say("■ 是", "■ yes")
		case duty.Status == verdict.NotRequired:
			return d.say("□ 否（输入）", "□ no (input)")
		}
		return d.say("□ 待确认，见第七部分", "□ to confirm, see part 7")
	}
	unseen := d.say("□ 代码看不出", "□ code does not show it")
	t.row("local.pia-sensitive", d.say("处理敏感个人信息", "Sensitive information"), three(), holds("28-30"))
	t.row("local.pia-automatic", d.say("自动化决策", "Automated decisions"), three(), unseen)
	t.row("local.pia-others", d.say("委托处理、向他人提供、公开", "Entrusting, sharing, publishing"), three(), holds("21, 23"))
	t.row("local.pia-abroad", d.say("向境外提供", "Transfer abroad"), three(), holds("38-40"))
	t.row("local.pia-other", d.say("其他对个人权益有重大影响的", "Other great effects on individuals"), three(), unseen)
	t.row("local.pia-by", d.say("评估人、日期、签名", "Assessor, date, signature"), d.ask("", ""), "")
	return t
}

// risks are the risks that code shows: what is sensitive, and what each place that logs or
// stores it keeps.
func (d *drafter) risks() string {
	type hazard struct{ what, place string }
	var order []hazard
	kept := map[hazard]*lines{}
	add := func(what, place, title string) {
		h := hazard{what, place}
		if kept[h] == nil {
			order, kept[h] = append(order, h), &lines{}
		}
		kept[h].add(title)
	}
	for _, f := range d.found {
		title := f.Category.Title().In(d.lang)
		if verdict.Sensitive(f) {
			add(d.say("敏感个人信息：", "Sensitive: "), f.Location.String(), title)
		}
		for _, fl := range f.Flows {
			switch fl.Sink.Kind {
			case finding.Log:
				add(d.say("写入日志：", "Logged: "), fl.Sink.Location.String(), title)
			case finding.Storage:
				add(d.say("存在本机：", "Stored on device: "), fl.Sink.Location.String(), title)
			}
		}
	}
	var out lines
	for _, h := range order {
		out.add(d.from(h.what+strings.Join(*kept[h], d.say("、", ", ")), h.place))
	}
	for _, a := range published(d.addressList()) {
		if a.plain() {
			out.add(d.from(d.say("没有加密的地址：", "Address without encryption: ")+a.value, a.place))
		}
	}
	return out.or(d.say("代码中未发现特别的风险点", "No special risk was found in the code"))
}

// measures are the measures that code shows.
func (d *drafter) measures() string {
	var out lines
	addresses := published(d.addressList())
	if len(addresses) > 0 && !slices.ContainsFunc(addresses, func(a address) bool { return !a.encrypted() }) {
		out.add(d.say("代码中写定的地址都经加密传输", "All hard-coded addresses use TLS"))
	}
	if c := d.p.Facts.Call("onNeedPrivacyAuthorization", "requirePrivacyAuthorize", "getPrivacySetting"); c != nil {
		out.add(d.from(d.say("代码处理隐私授权：", "The code handles privacy consent: ")+"wx."+c.API, c.Location.String()))
	}
	return out.or(d.say("代码中未发现保护措施", "No measure was found in the code"))
}
