package materials

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/verdict"
)

// filingForm is the source of what platforms ask for when a program is filed.
var filingForm = law.Cite("wechat-filing")

// checklist is what the filing asks for (MIIT 105号; filingForm), what the article asks for besides, what the platform's review and PIPL
// ask for, and what follows once the program is online.
func (d *drafter) checklist() Section {
	return Section{Heading: d.say("六、材料核对", "6. Checklist"), Parts: []Section{
		{Heading: d.say("备案材料（工信部信管〔2023〕105号、平台备案）", "For the filing (工信部信管〔2023〕105号, the platform's filing)"), Items: d.filing()},
		{Heading: d.say("平台审核与个人信息保护", "For the platform's review and the protection of personal information"), Items: d.protection()},
		{Heading: d.say("上线之后", "Once it is online"), Items: []Item{
			d.numberShown(),
			d.online(),
		}},
	}}
}

// has is an item that a person has to give.
func (d *drafter) has(value, zh, en string) Item {
	if value == "" {
		return Item{Ask, d.say(zh, en)}
	}
	return Item{Done, d.from(d.say(zh+"："+value, en+": "+value), d.input())}
}

// numberShown is whether the code shows the filing number, as far as it is known.
func (d *drafter) numberShown() Item {
	title := d.say("在显著位置标明备案编号", "Filing number shown in a prominent place")
	number := d.p.Inputs.FilingNumber
	if number == "" {
		return Item{Ask, title}
	}
	title += d.say("：", ": ") + number
	filing, shown := d.p.Verdict.Filing, d.p.Facts.Shows(number)
	switch {
	case filing != nil && filing.Problem != (lang.Text{}):
		return Item{Ask, d.from(title, filing.Problem.In(d.lang))}
	case shown == nil:
		return Item{Ask, d.from(title, d.say("输入；代码中没有找到这个编号", "input; not found in the code"))}
	}
	return Item{Done, d.from(title, shown.Location.String())}
}

// todo is an item that only a person can see to.
func (d *drafter) todo(zh, en string) Item { return Item{Ask, d.say(zh, en)} }

func (d *drafter) filing() []Item {
	in, f := d.p.Inputs, d.p.Facts
	name := Item{Missing, d.say("小程序名称", "Name of the mini program")}
	if f.Name.Text != "" {
		name = Item{Done, d.from(name.Text+d.say("：", ": ")+f.Name.Text, f.Name.Location.String())}
	}
	addresses := d.todo("访问地址：代码中没有写定的地址", "Access addresses: none is fixed in the code")
	if n := len(f.Addresses); n > 0 {
		addresses = Item{Done, fmt.Sprintf(d.say("访问地址：%d 个，见第二部分", "Access addresses: %d, see part 2"), n)}
	}
	items := []Item{name, addresses, d.has(in.OperatorName, "主办者名称", "Name of the operator")}
	items = append(items, d.has(in.Responsible, "小程序负责人", "Person responsible for the mini program"))
	if in.Operator == verdict.Individual {
		items = append(items, d.todo("主办者本人的证件、小程序负责人证件", "Certificates of the operator in person and of the person responsible for the mini program"))
	} else {
		items = append(items, d.todo("主办单位证件、主体负责人证件、小程序负责人证件", "Certificates of the operator, of the person responsible for it and of the person responsible for the mini program"))
	}
	items = append(items,
		d.todo("《互联网信息服务备案登记表》与承诺书、现场核验照片、真实性核验单（由平台提供或采集）",
			"Registration form, letter of commitment, verification photo and sheet (provided or taken by the platform)"))
	items = append(items, d.todo("字段依据："+filingForm.Brief().ZH, "Fields by: "+filingForm.Brief().EN))
	if d.ruling("pre-approval").Status == verdict.NotRequired {
		items = append(items, d.todo("前置审批文件：代码中没有这类业务的线索，实际从事的请补充", "Pre-approval: nothing in the code points to such a business; add it if there is one"))
	} else {
		items = append(items, d.todo("前置审批文件或经营许可：有线索，见第七部分", "Pre-approval or permit: there are hints, see part 7"))
	}
	if in.Operator != verdict.Individual {
		items = append(items, d.todo("主体登记与备案前的评估：文章对企业和其他组织的要求，现行规定没有此项，见第七部分",
			"Business registration and an assessment before filing: asked of enterprises and organisations by the article, not by the law in force, see part 7"))
	}
	return items
}

func (d *drafter) protection() []Item {
	if d.unsure() {
		return []Item{d.todo("隐私政策、用户隐私保护指引、影响评估：是否收集个人信息尚不确定，请先核对“结论”中列出的位置",
			"Privacy policy, privacy guide, impact assessment: it is not certain whether something is collected; check the places listed under \"Conclusion\" first")}
	}
	if len(d.found) == 0 {
		return []Item{d.todo("隐私政策、用户隐私保护指引、影响评估：代码中没有发现收集个人信息；服务端另有收集的须补充",
			"Privacy policy, privacy guide, impact assessment: no collection was found in the code; needed if the server collects something")}
	}
	policy := Item{Missing, lang.Textf("隐私政策（不在备案材料清单上，平台审核与%s要求）",
		"Privacy policy (not on the list of filing materials; asked for by the platform's review and %s)", law.Cite("pipl", "17").Brief()).In(d.lang)}
	given := d.p.Inputs.PrivacyPolicy
	if given != "" {
		policy.Text += d.say("：", ": ") + given
	}
	switch f := d.p.Facts; {
	case f.PolicyLink != nil:
		policy.State = Ask
		policy.Text = d.from(policy.Text, lang.Textf("代码中有链接，请确认能打开，%s",
			"the code links it, check that it opens, %s", f.PolicyLink.Location).In(d.lang))
	case len(f.Policies) > 0 && given != "":
		policy.State = Ask
		policy.Text = d.from(policy.Text, lang.Textf("代码中没有这个地址，但有入口，请确认通向它，%s",
			"the code does not have this address, but a way to a policy; check that it leads there, %s", f.Policies[0].Location).In(d.lang))
	case given != "":
		policy.Text = d.from(policy.Text, d.say("输入；代码中没有找到它的链接", "input; no link to it was found in the code"))
	case len(f.Policies) > 0:
		policy.State = Ask
		policy.Text += d.say("：代码中有入口，请确认能打开（"+f.Policies[0].Location.String()+"）",
			": the code links to it, check that it opens ("+f.Policies[0].Location.String()+")")
	}
	return []Item{
		policy,
		d.todo("用户隐私保护指引：在平台后台逐项声明，见第三部分", "Privacy guide: declared item by item in the platform's console, see part 3"),
		d.todo("个人信息保护影响评估：见第八部分", "Impact assessment: see part 8"),
	}
}

func (d *drafter) online() Item {
	if d.p.Inputs.Operator == verdict.Individual {
		return d.todo("公安联网备案：个人主办的请向所在地公安机关核实", "Filing with the public security organ: individuals should ask the local one whether they must file")
	}
	return d.todo("公安联网备案：上线之日起 30 日内", "Filing with the public security organ: within 30 days of going online")
}

func (d *drafter) ruling(id string) verdict.Ruling {
	i := slices.IndexFunc(d.p.Verdict.Rulebooks, func(r verdict.Ruling) bool { return r.ID == id })
	if i < 0 {
		return verdict.Ruling{}
	}
	return d.p.Verdict.Rulebooks[i]
}

// verdict has a part for each rulebook, with the law beside it if that differs.
func (d *drafter) verdict() Section {
	s := Section{Heading: d.say("七、各项规则的结论", "7. Answers of the rulebooks")}
	for _, r := range d.p.Verdict.Rulebooks {
		part := Section{Heading: d.say(r.Title.ZH+"（"+r.ID+"）：", r.Title.EN+" ("+r.ID+"): ") + r.State().In(d.lang)}
		for _, reason := range r.Reasons {
			part.Items = append(part.Items, Item{Text: d.lang.Sentence(reason.In(d.lang))})
		}
		for _, duty := range r.Duties {
			part.Items = append(part.Items, Item{State(duty.Status),
				d.lang.Sentence(duty.Title.In(d.lang)) + d.say("。", ". ") + d.lang.Sentence(d.join(duty.Reasons))})
		}
		for _, differs := range r.Differs {
			part.Items = append(part.Items, Item{Text: d.say("现行规定不同：", "The law in force differs: ") + differs.In(d.lang)})
		}
		var basis []string
		for _, b := range r.Basis {
			basis = append(basis, b.In(d.lang))
		}
		part.Items = append(part.Items, Item{Text: d.say("代码看不出：", "Code does not show: ") + r.Blind.In(d.lang)})
		if r.Status != verdict.NotRequired || r.ID == "article" {
			part.Items = append(part.Items, Item{Text: d.say("依据：", "Basis: ") + strings.Join(basis, d.say("；", "; "))})
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

func (d *drafter) join(all []lang.Text) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, t.In(d.lang))
	}
	return strings.Join(parts, d.say("；", "; "))
}

// assessment is the form of PIPL 55 and 56: the three parts that article 56
// names, filled in as far as code shows.
func (d *drafter) assessment() Section {
	s := Section{Heading: lang.Textf("八、个人信息保护影响评估（%s）", "8. Impact assessment (%s)",
		law.Cite("pipl", "55", "56").Brief()).In(d.lang)}
	if d.unsure() {
		s.Paragraphs = []string{d.say("是否收集个人信息尚不确定；核对之后再作评估。", "It is not certain whether personal information is collected; assess once that is known.")}
		return s
	}
	if len(d.found) == 0 {
		s.Paragraphs = []string{d.say("没有发现收集个人信息；如服务端另有收集，再作评估。", "No collection was found; make an assessment if the server collects some.")}
		return s
	}
	for _, duty := range d.ruling("pipl").Duties {
		if duty.Article == "55, 56" {
			s.Paragraphs = []string{d.say("是否应当评估：",
				"Is an assessment due? ") + d.lang.Sentence(stateWords[State(duty.Status)].In(d.lang)) + d.say("。",
				". ") + d.lang.Sentence(d.join(duty.Reasons)) + d.say("。", ".")}
		}
	}
	var what, purposes, recipients lines
	for _, part := range d.inventoryParts() {
		what.add(part.Heading + d.say("：", ": ") + strings.ReplaceAll(part.Table.Rows[0][1], "\n", d.say("；", "; ")))
		purposes.add(part.Heading + d.say("：", ": ") + strings.ReplaceAll(part.Table.Rows[1][1], "\n", d.say("；", "; ")))
	}
	for _, f := range d.found {
		for _, fl := range f.Flows {
			if fl.Sink.Host != "" {
				recipients.add(d.from(fl.Sink.Host, fl.Sink.Location.String()))
			}
		}
		d.open(f, &recipients)
	}
	s.Table = &Table{Rows: [][]string{
		{d.say("处理的信息", "Information handled"), what.or("")},
		{d.say("接收方", "Recipients"), recipients.or(d.say("代码中没有发现", "None seen in the code"))},
		{d.say("目的、方式是否合法、正当、必要（第 56 条第 1 项）", "Purpose and manner lawful, legitimate, necessary? (art. 56 (1))"),
			purposes.or("") + "\n" + d.ask("逐项说明理由；不收集能否提供该功能", "The reason for each; could the function do without?")},
		{d.say("对个人权益的影响及安全风险（第 2 项）", "Effect on persons, risks to security (2)"),
			d.risks() + "\n" + d.ask("泄露、篡改、丢失的影响", "Effect of leak, change, loss")},
		{d.say("保护措施是否合法、有效并与风险相适应（第 3 项）", "Measures lawful, effective, fitting the risk? (3)"),
			d.measures() + "\n" + d.ask("服务端的加密、权限、留存、应急", "On the server: encryption, access, retention, incidents")},
		{d.say("评估人与日期（报告至少保存三年）", "Assessor and date (the report is kept for three years at least)"), d.ask("", "")},
	}}
	return s
}

// inventoryParts are the forms of part 4, without counting their questions
// again.
func (d *drafter) inventoryParts() []Section {
	asked := d.asked
	defer func() { d.asked = asked }()
	return d.inventory().Parts
}

// risks are the risks that code shows.
func (d *drafter) risks() string {
	var out lines
	for _, f := range d.found {
		title := d.say(f.Category.Title().ZH, f.Category.Title().EN)
		if verdict.Sensitive(f) {
			out.add(d.from(d.say("敏感个人信息：", "Sensitive: ")+title, f.Location.String()))
		}
		for _, fl := range f.Flows {
			switch fl.Sink.Kind {
			case finding.Log:
				out.add(d.from(d.say("写入日志：", "Logged: ")+title, fl.Sink.Location.String()))
			case finding.Storage:
				out.add(d.from(d.say("存在本机：", "Kept on the device: ")+title, fl.Sink.Location.String()))
			}
		}
	}
	for _, a := range d.p.Facts.Addresses {
		if plain(a) {
			out.add(d.from(d.say("没有加密的地址：", "Address without encryption: ")+a.Value, a.Location.String()))
		}
	}
	return out.or(d.say("代码中没有发现特别的风险点", "The code shows no special risk"))
}

// measures are the measures that code shows.
func (d *drafter) measures() string {
	var out lines
	addresses := d.p.Facts.Addresses
	if n := len(addresses); n > 0 && !slices.ContainsFunc(addresses, plain) {
		out.add(d.say("代码中写定的地址都经加密传输", "The program talks to all addresses fixed in the code with encryption"))
	}
	if c := d.p.Facts.Call("onNeedPrivacyAuthorization", "requirePrivacyAuthorize", "getPrivacySetting"); c != nil {
		out.add(d.from(d.say("代码处理隐私授权：", "The code handles privacy consent: ")+"wx."+c.API, c.Location.String()))
	}
	return out.or(d.say("代码中没有看到保护措施", "The code shows no measure"))
}
