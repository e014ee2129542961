package materials

import (
	"fmt"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/verdict"
)

// checklist is what the filing asks for, how it goes, what the platform's review and PIPL
// ask for, and what follows once the program is online.
func (d *drafter) checklist() Section {
	return Section{Heading: d.say("材料核对与流程", "Checklist and process"), Paragraphs: d.notServed(), Parts: []Section{
		{Heading: d.say("备案材料（工信部信管〔2023〕105号、平台备案）", "For the filing (工信部信管〔2023〕105号, the platform's filing)"), Items: d.filing()},
		{Heading: d.say("流程与时间", "Process and times"), Items: d.process()},
		{Heading: d.say("平台审核与个人信息保护", "For the platform's review and the protection of personal information"), Items: d.protection()},
		{Heading: d.say("上线之后", "Once it is online"), Items: d.online()},
	}}
}

// notServed says, if it is so, that the notice does not ask for what is below.
func (d *drafter) notServed() []string {
	if d.p.Inputs.Mainland != verdict.No {
		return nil
	}
	return []string{d.say("输入说明不在中国内地提供服务：105号不适用，现在无须填报；改为向内地提供服务时，再按本部分办理。",
		"The input says that the program is not served in mainland China: notice 105 does not apply, and nothing below is due now. It is once the program is served there.")}
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
	name := d.todo("小程序名称：代码中没有；以后台登记的为准", "Name: not in the code; the one registered in the console counts")
	if f.Name.Text != "" {
		name = Item{Ask, d.from(d.say("小程序名称：代码中为“"+f.Name.Text+"”，与后台登记的核对",
			"Name: the code says \""+f.Name.Text+"\", compare the console"), f.Name.Location.String())}
	}
	addresses := d.todo("服务器域名：代码中未发现地址", "Domains of the servers: no address was found in the code")
	all := d.addressList()
	switch real := published(all); {
	case len(real) > 0:
		addresses = Item{Ask, fmt.Sprintf(d.say("服务器域名：代码中有 %d 个（第二部分）；是否已 ICP 备案、主体一致、已在后台配置",
			"Domains of the servers: %d in the code (part 2); check that they are filed, belong to the operator and are set in the console"), len(real))}
	case len(all) > 0:
		addresses = d.todo("服务器域名：代码中只有开发环境的地址，请补正式域名", "Domains of the servers: the code has addresses for development alone, add the published ones")
	}
	items := []Item{
		name, addresses, d.has(in.OperatorName, "主办者名称", "Name of the operator"),
		d.has(d.subjectPerson(), "主体负责人", "Person responsible for the operator"),
		d.has(in.Responsible, "小程序负责人（默认与主体负责人相同）", "Person responsible for the mini program (the same unless given)"),
	}
	if in.Operator == verdict.Individual {
		items = append(items, d.todo("主办者本人的证件", "The operator's own identity document"))
	} else {
		items = append(items, d.todo("主办单位证件、负责人证件；负责人不是法定代表人的，授权书", "Certificates of the operator and of the persons responsible; a letter of authority unless they are its legal representative"))
	}
	items = append(items,
		d.todo("《互联网信息服务备案登记表》与承诺书（由平台提供）、小程序负责人人脸核身", "Registration form and letter of commitment (from the platform), face verification of the person responsible"))
	if d.ruling("pre-approval").Status == verdict.NotRequired {
		items = append(items, d.todo("前置审批：代码中没有这类业务的线索，选“以上都不涉及”；实际从事的附批准文件",
			"Pre-approval: nothing in the code points to such a business, choose \"none of these\"; add the approval if there is one"))
	} else {
		items = append(items, d.todo("前置审批文件或经营许可：有线索，见第七部分", "Pre-approval or permit: there are hints, see part 7"))
	}
	if in.Operator != verdict.Individual {
		items = append(items, d.todo("主体登记与备案前的合规评估：文章对企业和其他组织的要求，现行规定没有此项，见第七部分",
			"Business registration and a compliance assessment before filing: asked of enterprises and organisations by the article, not by the law in force, see part 7"))
	}
	return items
}

// subjectPerson is who is responsible for the operator, as far as it was said.
func (d *drafter) subjectPerson() string {
	if in := d.p.Inputs; in.SubjectPerson == "" && in.Operator == verdict.Individual {
		return in.OperatorName
	}
	return d.p.Inputs.SubjectPerson
}

// process is how the filing goes: WeChat's guide, by copies (read 2026-11).
func (d *drafter) process() []Item {
	plain := func(zh, en string) Item { return Item{Text: d.say(zh, en)} }
	return []Item{
		plain("在平台后台填报 → 平台初审 1 至 2 个工作日 → 工信部短信核验，收到后 24 小时内完成 → 通信管理局审核 1 至 20 个工作日 → 下发备案编号（时间据转载，以平台为准）",
			"Fill in the form in the console → the platform checks it, 1 to 2 working days → text message of the ministry, to be confirmed within 24 hours → "+
				"communications administration, 1 to 20 working days → the number (times by copies; the platform's page decides)"),
		plain("备案不收费；平台认证是另一项单独收费的手续", "Filing is free; the platform's certification is a separate, paid step"),
		plain("被退回的，按后台给出的原因修改后重新提交", "If it is sent back, mend what the console names and submit it again"),
	}
}

func (d *drafter) protection() []Item {
	if d.unsure() {
		return []Item{{Ask, lang.Textf("隐私政策、%s、影响评估：是否收集个人信息尚不确定，请先核对“结论”中列出的位置",
			"Privacy policy, %s, impact assessment: it is not certain whether something is collected; check the places listed under \"Conclusion\" first",
			d.declaration()).In(d.lang)}}
	}
	if len(d.found) == 0 {
		return []Item{{Ask, lang.Textf("隐私政策、%s、影响评估：代码中没有发现收集个人信息；服务端另有收集的须补充",
			"Privacy policy, %s, impact assessment: no collection was found in the code; needed if the server collects something",
			d.declaration()).In(d.lang)}}
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
		d.todo(d.declaration().ZH+"：在平台后台逐项声明，见第三部分",
			lang.English.Sentence(d.declaration().EN)+": declared item by item in the platform's console, see part 3"),
		d.todo("个人信息保护影响评估：见第八部分", "Impact assessment: see part 8"),
	}
}

// online is what follows once the program has its number.
func (d *drafter) online() []Item {
	items := []Item{
		d.numberShown(),
		d.todo("备案编号处链接备案系统 beian.miit.gov.cn（105号）", "The number links to the filing system, beian.miit.gov.cn (notice 105)"),
		d.todo("变更服务项目、网址等，提前 30 日办理变更（292号第 11 条；33号令第 14 条，据转载）",
			"Changes of service or address are filed 30 days ahead (order 292 art. 11; order 33 art. 14, by copies)"),
		d.todo("停止服务的，注销备案", "If the service ends, the filing is cancelled"),
		d.todo("每年核对联系方式等备案信息仍然有效", "Check every year that contact and other data of the filing still hold"),
	}
	if d.p.Inputs.Operator == verdict.Individual {
		return append(items, d.todo("公安联网备案：个人主办的请向所在地公安机关核实", "Filing with the public security organ: individuals should ask the local one whether they must file"))
	}
	return append(items, d.todo("公安联网备案：网络正式联通之日起 30 日内；审核通过后 30 日内挂出编号与图标（实践做法，据转载）",
		"Filing with the public security organ: within 30 days of going online; number and icon shown within 30 days of approval (practice, by copies)"))
}
