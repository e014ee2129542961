package materials

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Draft drafts the dossier of one program, in one language.
func Draft(p *report.Program, in lang.Code) *Document {
	d := &drafter{p: p, lang: in, found: verdict.Collection(p.Findings), others: verdict.ThirdParties(p.Findings)}
	name := cmp.Or(p.Facts.Name.Text, p.Project.Name)
	doc := &Document{Lang: in, Title: d.say("备案材料：", "Filing dossier: ") + name}
	doc.Sections = []Section{
		d.identity(name), d.addresses(), d.policy(), d.inventory(), d.recipients(),
		d.checklist(), d.verdict(), d.assessment(), d.fees(),
	}
	doc.Sections = slices.Insert(doc.Sections, 0, d.summary(), d.note())
	if s := d.accepted(); s.Table != nil {
		doc.Sections = append(doc.Sections, s)
	}
	return doc
}

type drafter struct {
	p      *report.Program
	lang   lang.Code
	found  []*finding.Finding         // what is collected
	others map[source.Location]string // third parties, by the place that hands them something
	asked  int                        // how many places are left to fill in
}

func (d *drafter) say(zh, en string) string { return d.lang.Say(zh, en) }

// ask is a place to fill in, with what is asked for.
func (d *drafter) ask(zh, en string) string {
	d.asked++
	return strings.TrimSpace(d.say("【待填】"+zh, "[to fill in] "+en))
}

// from appends its source to a fact.
func (d *drafter) from(fact, where string) string {
	if where == "" {
		return fact
	}
	return fact + d.say("（"+where+"）", " ("+where+")")
}

func (d *drafter) input() string { return d.say("输入", "input") }

// summary is the conclusion, with its reasons.
func (d *drafter) summary() Section {
	pi := d.p.Verdict.PersonalInformation
	conclusion := d.p.Verdict.Headline.Told().In(d.lang)
	s := Section{Heading: d.say("结论", "Conclusion"), Paragraphs: []string{conclusion}}
	if f := d.p.Verdict.Filing; f != nil {
		s.Paragraphs = append(s.Paragraphs, d.lang.Sentence(f.Told().In(d.lang))+d.say("。", "."))
	}
	for _, r := range pi.Reasons {
		s.Items = append(s.Items, Item{Text: d.lang.Sentence(r.Text.In(d.lang))})
	}
	return s
}

// note says how to read the document. It is drafted last, as it counts what is
// open.
func (d *drafter) note() Section {
	return Section{Heading: d.say("说明", "How to read this"), Paragraphs: []string{
		fmt.Sprintf(d.say("本稿由 beian 从代码整理：事实后面括号里或“来源”一栏是它在代码中的位置（文件:行），主办者提供的注明“输入”。代码看不出的有 %d 处，标为【待填】。用途是草稿，请逐条核对。个人信息已打码。",
			"beian made this draft from the code. The place in the code (file:line) follows each fact or is in the column \"Source\"; what the operator said is marked \"input\". What code does not show is left open in %d places, marked [to fill in]. Purposes are drafts: check each. Personal data is masked."), d.asked),
		d.say("“文章”指本项目所依据的一篇备案说明，它的规则见第七部分的 article；与法律文本不同的地方，以法律文本为准。",
			"\"The article\" is the text on filing that this project started from; its rules are in part 7 under article. If it differs from the law, the law prevails."),
		d.lang.Sentence(verdict.Disclaimer.In(d.lang)),
	}}
}

// unsure reports whether the program may collect what was not found.
func (d *drafter) unsure() bool {
	return len(d.found) == 0 && d.p.Verdict.PersonalInformation.Status == verdict.Undetermined
}

// given is a row whose value only a person knows.
func (d *drafter) given(title, value, zh, en string) []string {
	if value == "" {
		return []string{title, d.ask(zh, en), ""}
	}
	return []string{title, value, d.input()}
}

func (d *drafter) identity(name string) Section {
	p, in := d.p, d.p.Inputs
	id := []string{"AppID", p.Facts.AppID.Text, p.Facts.AppID.Location.String()}
	if id[1] == "" {
		id[1] = d.ask("AppID 是什么？", "What is the AppID?")
	}
	kind := ""
	if in.Operator != verdict.Unknown {
		kind = in.Operator.Title().In(d.lang)
	}
	mainland := map[verdict.Answered]string{verdict.Yes: d.say("中国内地", "mainland China"),
		verdict.No: d.say("中国内地以外", "outside mainland China")}[in.Mainland]
	appType := ""
	if t := verdict.AppTypeByID(in.AppType); t != nil {
		appType = t.Title.In(d.lang)
	}
	config := ""
	if p.Project.Config != nil {
		config = p.Project.Config.Path + ":1"
	}
	return Section{Heading: d.say("一、主办者与小程序", "1. Operator and mini program"), Table: &Table{
		Head: []string{d.say("项目", "Item"), d.say("内容", "Content"), d.say("来源", "Source")},
		Rows: [][]string{
			{d.say("小程序名称", "Name"), name, cmp.Or(p.Facts.Name.Location.String(), d.say("目录名", "name of the directory"))},
			id,
			{d.say("平台", "Platform"), d.platform(), config},
			{d.say("页面数", "Pages"), fmt.Sprint(len(p.Project.Pages)), config},
			d.given(d.say("主办者类型", "Kind of operator"), kind, "个人、企业还是其他组织？", "An individual, an enterprise or another organisation?"),
			d.given(d.say("主办者名称", "Operator"), in.OperatorName, "与证件一致的名称", "The name as on the certificate"),
			d.given(d.say("小程序负责人", "Person responsible"), in.Responsible, "姓名", "Name"),
			d.given(d.say("服务地区", "Served region"), mainland, "是否在中国内地提供服务？", "Is it served in mainland China?"),
			d.given(d.say("应用类型（39 类）", "Type of application (of 39)"), appType, "属于哪一类？", "Which one is it?"),
			d.number(),
		},
	}}
}

// number is the row of the filing number, which nobody has verified.
func (d *drafter) number() []string {
	row := d.given(d.say("已有的备案编号", "Filing number"), d.p.Inputs.FilingNumber, "没有则留空", "Leave it empty if there is none")
	if row[2] != "" {
		row[2] = d.say("输入，未核实", "input, not verified")
	}
	return row
}

func (d *drafter) platform() string {
	if d.p.Project.Platform == "wechat" {
		return d.say("微信小程序", "WeChat mini program")
	}
	return d.p.Project.Platform
}

var addressWords = map[facts.AddressKind]lang.Text{
	facts.Request:  {ZH: "request 请求域名", EN: "Request"},
	facts.Socket:   {ZH: "socket 域名", EN: "Socket"},
	facts.Upload:   {ZH: "uploadFile 上传域名", EN: "Upload"},
	facts.Download: {ZH: "downloadFile 下载域名", EN: "Download"},
	facts.WebView:  {ZH: "web-view 业务域名", EN: "Web-view"},
	facts.CloudEnv: {ZH: "云开发环境 ID", EN: "Cloud environment ID"},
}

func (d *drafter) addresses() Section {
	s := Section{Heading: d.say("二、访问地址", "2. Access addresses")}
	if len(d.p.Facts.Addresses) == 0 {
		s.Paragraphs = []string{d.ask("代码中没有发现写定的地址；请填写服务器域名", "No fixed address was found in the code; give the domains of the servers")}
		return s
	}
	s.Paragraphs = []string{d.say("代码中写定的地址如下，运行时拼出的看不到。IP 地址与接入服务商一般由平台填报。",
		"These addresses are fixed in the code; those put together at run time are not seen. IP addresses and the access provider are usually filed by the platform.")}
	s.Table = &Table{Head: []string{d.say("用途", "Use"), d.say("地址", "Address"), d.say("来源", "Source")}}
	for _, a := range d.p.Facts.Addresses {
		value := a.Value
		if plain(a) {
			value += d.say("（没有加密）", " (not encrypted)")
		}
		s.Table.Rows = append(s.Table.Rows, []string{addressWords[a.Kind].In(d.lang), value, a.Location.String()})
	}
	return s
}

// plain reports whether requests to an address are not encrypted.
func plain(a facts.Address) bool {
	return strings.HasPrefix(a.Value, "http://") || strings.HasPrefix(a.Value, "ws://")
}

func (d *drafter) policy() Section {
	s := Section{Heading: d.say("三、隐私政策与用户隐私保护指引", "3. Privacy policy and privacy guide")}
	if link := d.p.Inputs.PrivacyPolicy; link != "" {
		where := d.say("输入；代码中没有找到它的链接", "input; no link to it was found in the code")
		if at := d.p.Facts.PolicyLink; at != nil {
			where = d.say("输入；代码中的链接 ", "input; linked at ") + at.Location.String()
		}
		s.Paragraphs = append(s.Paragraphs, d.from(d.say("隐私政策：", "Privacy policy: ")+link, where))
	}
	if len(d.p.Facts.Policies) > 0 {
		s.Paragraphs = append(s.Paragraphs, d.say("代码中提到隐私政策的地方如下。请确认都能打开，内容与第四部分一致，并且从主界面进入不超过四次点击（国信办秘字〔2019〕191号）。",
			"The code mentions a privacy policy here. Check that each opens, says what part 4 says, and takes four clicks at most from the main page (国信办秘字〔2019〕191号)."))
		s.Table = &Table{Head: []string{d.say("入口", "Way to it"), d.say("来源", "Source")}}
		for _, p := range d.p.Facts.Policies {
			s.Table.Rows = append(s.Table.Rows, []string{p.Text, p.Location.String()})
		}
	} else if d.p.Inputs.PrivacyPolicy == "" {
		none := d.say("代码中没有发现隐私政策的页面、链接或 wx.openPrivacyContract", "No page or link of a privacy policy and no wx.openPrivacyContract was found in the code")
		if len(d.found) > 0 {
			none = d.say("缺少：", "Missing: ") + none + lang.Textf("，而程序收集个人信息（%s）",
				", and the program collects personal information (%s)", law.Cite("pipl", "17").Brief()).In(d.lang)
		}
		s.Paragraphs = append(s.Paragraphs, none+d.say("。", "."))
	}
	for _, reason := range d.ruling("wechat-privacy-guide").Reasons {
		s.Items = append(s.Items, Item{Text: d.lang.Sentence(reason.In(d.lang))})
	}
	if len(s.Items) > 0 && d.ruling("wechat-privacy-guide").Status == verdict.Required {
		s.Items = append(s.Items, Item{Text: d.say("声明的草稿由 beian privacy --draft 生成", "beian privacy --draft drafts the declaration")})
	}
	return s
}
