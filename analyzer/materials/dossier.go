package materials

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Draft drafts the dossier of one program, in "zh" or "en".
func Draft(p *report.Program, lang string) *Document {
	d := &drafter{p: p, lang: lang, found: verdict.Collection(p.Findings)}
	name := p.Facts.Name.Text
	if name == "" {
		name = p.Project.Name
	}
	doc := &Document{Lang: lang, Title: d.say("备案材料：", "Filing dossier: ") + name}
	doc.Sections = []Section{
		d.preface(), d.identity(name), d.addresses(), d.policy(), d.inventory(), d.others(),
		d.checklist(), d.verdict(), d.assessment(), d.fees(),
	}
	return doc
}

type drafter struct {
	p     *report.Program
	lang  string
	found []*finding.Finding // what is collected
}

func (d *drafter) say(zh, en string) string { return finding.Text{ZH: zh, EN: en}.In(d.lang) }

func (d *drafter) ask(zh, en string) string { return d.say("【待填】"+zh, "[to fill in] "+en) }

func (d *drafter) input() string { return d.say("输入", "input") }

// at is path:line, the source of a fact.
func at(l source.Location) string {
	if l.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s:%d", l.File.Path, l.Start().Line)
}

func (d *drafter) preface() Section {
	return Section{Heading: d.say("说明", "About this draft"), Paragraphs: []string{
		d.say("由 beian 从代码整理。每项事实后是它在代码中的位置（文件:行），或注明“输入”；【待填】的内容代码看不出，请主办者填写。个人信息已打码。",
			"Drafted by beian from the code. Each fact is followed by its place in the code (file:line) or by \"input\"; what code does not show is marked [to fill in]. Personal data is masked."),
		verdict.Disclaimer.In(d.lang),
	}}
}

// given is a row whose value only a person knows.
func (d *drafter) given(title, value, question string) []string {
	if value == "" {
		return []string{title, question, ""}
	}
	return []string{title, value, d.input()}
}

func (d *drafter) identity(name string) Section {
	p, in := d.p, d.p.Inputs
	id := p.Facts.AppID
	appID := []string{"AppID", id.Text, at(id.Location)}
	if id.Text == "" {
		appID = []string{"AppID", d.ask("AppID 是什么？", "what is the AppID?"), ""}
	}
	where := at(p.Facts.Name.Location)
	if where == "" {
		where = d.say("目录名", "name of the directory")
	}
	kind := ""
	if in.Operator != verdict.Unknown {
		kind = in.Operator.Title().In(d.lang)
	}
	mainland := map[verdict.Answered]string{verdict.Yes: d.say("中国内地", "mainland China"), verdict.No: d.say("中国内地以外", "outside of mainland China")}[in.Mainland]
	appType := ""
	if t := verdict.AppTypeByID(in.AppType); t != nil {
		appType = t.Title.In(d.lang)
	}
	config := ""
	if p.Project.Config != nil {
		config = p.Project.Config.Path + ":1"
	}
	return Section{Heading: d.say("一、主体与小程序", "1. Operator and mini program"), Table: &Table{
		Head: []string{d.say("项目", "item"), d.say("内容", "content"), d.say("来源", "source")},
		Rows: [][]string{
			{d.say("小程序名称", "name"), name, where},
			appID,
			{d.say("平台", "platform"), d.platform(), config},
			{d.say("页面数", "pages"), fmt.Sprint(len(p.Project.Pages)), config},
			d.given(d.say("主办者类型", "kind of operator"), kind, d.ask("个人、企业还是其他组织？", "individual, enterprise or another organisation?")),
			d.given(d.say("主办者名称", "operator"), in.OperatorName, d.ask("与证件一致的名称", "name as on the certificate")),
			d.given(d.say("小程序负责人", "person responsible"), in.Responsible, d.ask("姓名与证件", "name and certificate")),
			d.given(d.say("服务地区", "served region"), mainland, d.ask("是否在中国内地提供服务？", "is it served in mainland China?")),
			d.given(d.say("应用类型（39 类）", "type of application (of 39)"), appType, d.ask("属于哪一类？", "which one?")),
			d.given(d.say("已有备案编号", "filing number"), in.FilingNumber, d.ask("没有则留空", "leave empty if none")),
		},
	}}
}

func (d *drafter) platform() string {
	if d.p.Project.Platform == "wechat" {
		return d.say("微信小程序", "WeChat mini program")
	}
	return d.p.Project.Platform
}

var addressWords = map[facts.AddressKind]finding.Text{
	facts.Request:  {ZH: "request 请求域名", EN: "request"},
	facts.Socket:   {ZH: "socket 域名", EN: "socket"},
	facts.Upload:   {ZH: "uploadFile 上传域名", EN: "upload"},
	facts.Download: {ZH: "downloadFile 下载域名", EN: "download"},
	facts.WebView:  {ZH: "web-view 业务域名", EN: "web-view"},
	facts.CloudEnv: {ZH: "云开发环境 ID", EN: "cloud environment ID"},
}

func (d *drafter) addresses() Section {
	s := Section{Heading: d.say("二、访问地址", "2. Access addresses")}
	if len(d.p.Facts.Addresses) == 0 {
		s.Paragraphs = []string{d.ask("代码中没有发现写定的地址；请填写服务器域名", "no fixed address was found in the code; give the domains of the servers")}
		return s
	}
	s.Table = &Table{Head: []string{d.say("用途", "use"), d.say("地址", "address"), d.say("来源", "source")}}
	for _, a := range d.p.Facts.Addresses {
		value := a.Value
		if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "ws://") {
			value += d.say("（没有加密）", " (not encrypted)")
		}
		s.Table.Rows = append(s.Table.Rows, []string{addressWords[a.Kind].In(d.lang), value, at(a.Location)})
	}
	s.Paragraphs = []string{d.say("只列出代码中写定的地址；IP 与接入商："+d.ask("小程序一般由平台办理", ""), "Only addresses fixed in the code; IP addresses and access provider: [to fill in] for mini programs the platform usually sees to them")}
	return s
}

func (d *drafter) policy() Section {
	s := Section{Heading: d.say("三、隐私政策与用户隐私保护指引", "3. Privacy policy and privacy guide")}
	if link := d.p.Inputs.PrivacyPolicy; link != "" {
		s.Paragraphs = append(s.Paragraphs, d.say("隐私政策：", "privacy policy: ")+link+" ("+d.input()+")")
	}
	if len(d.p.Facts.Policies) == 0 {
		if d.p.Inputs.PrivacyPolicy == "" {
			s.Paragraphs = append(s.Paragraphs, d.say("缺少：代码中没有发现隐私政策的页面、链接或 wx.openPrivacyContract。", "Missing: no page or link of a privacy policy and no wx.openPrivacyContract was found in the code."))
		}
		return s
	}
	s.Paragraphs = append(s.Paragraphs, d.say("代码中提到隐私政策的地方如下；请确认能够打开，且从主界面不超过四次点击。",
		"The code mentions a privacy policy here; check that it can be opened, with four clicks at most from the main page."))
	s.Table = &Table{Head: []string{d.say("入口", "way to it"), d.say("来源", "source")}}
	for _, p := range d.p.Facts.Policies {
		s.Table.Rows = append(s.Table.Rows, []string{p.Text, at(p.Location)})
	}
	return s
}

// pageTitle names a page as people see it.
func (d *drafter) pageTitle(f *finding.Finding) string {
	for _, p := range d.p.Project.Pages {
		if p.Route == f.Page && p.Title != "" {
			return p.Title
		}
	}
	switch {
	case f.Page != "":
		return f.Page
	case !f.Location.IsZero():
		return f.Location.File.Path
	}
	return "app"
}

// lines gathers distinct lines of a cell.
type lines []string

func (l *lines) add(s string) {
	if s != "" && !slices.Contains(*l, s) {
		*l = append(*l, s)
	}
}

func (l lines) or(empty string) string {
	if len(l) == 0 {
		return empty
	}
	return strings.Join(l, "\n")
}

// inventory is one row for each category.
func (d *drafter) inventory() Section {
	s := Section{Heading: d.say("四、个人信息清单", "4. Inventory of personal information")}
	if len(d.found) == 0 {
		s.Paragraphs = []string{d.say("可达的页面没有发现收集个人信息（置信度中或高）。服务端另有收集的，请补充。",
			"No collection of personal information (confidence medium or high) was found on pages that can be reached. Add what the server collects.")}
		return s
	}
	s.Table = &Table{Head: []string{d.say("类别", "category"), d.say("在哪里收集", "collected where"), d.say("目的", "purpose"),
		d.say("发送到", "sent to"), d.say("存储", "stored"), d.say("保存期限", "retention")}}
	for _, c := range finding.Categories() {
		var where, purpose, sent, stored lines
		sensitive := false
		for _, f := range d.found {
			if f.Category == c {
				d.collect(f, &where, &purpose, &sent, &stored)
				sensitive = sensitive || verdict.Sensitive(f)
			}
		}
		if len(where) == 0 {
			continue
		}
		title := c.Title().In(d.lang)
		if sensitive {
			title += d.say("（敏感）", " (sensitive)")
		}
		s.Table.Rows = append(s.Table.Rows, []string{title, where.or(""), purpose.or(""),
			sent.or(d.say("没有发现离开本机", "not seen to leave the device")), stored.or(d.say("没有发现写入本机存储", "not seen to be stored on the device")),
			d.ask("多久？到期如何删除？", "how long? how is it deleted?")})
	}
	s.Paragraphs = []string{d.say("目的按页面标题起草，请核对；保存期限与服务端存储代码看不出。", "Purposes are drafted from page titles: check them. Code shows neither retention nor what the server keeps.")}
	return s
}

// collect adds one finding to the cells of its category.
func (d *drafter) collect(f *finding.Finding, where, purpose, sent, stored *lines) {
	page := d.pageTitle(f)
	label := f.Subject
	if label != "" {
		label = d.say("“"+label+"”", ` "`+label+`"`)
	}
	where.add(page + label + " " + at(f.Location))
	registered := slices.ContainsFunc(d.p.Project.Pages, func(p report.Page) bool { return p.Route == f.Page })
	switch {
	case !registered:
		purpose.add(d.ask("由程序自身（不在某个页面上）收集，目的是什么？", "collected by the app itself, on no page: what for?"))
	default:
		purpose.add(d.say("用于“"+page+"”", `for "`+page+`"`) + d.say("（页面标题）", " (page title)"))
	}
	for _, fl := range f.Flows {
		s := fl.Sink
		place := s.API + " " + at(s.Location)
		switch s.Kind {
		case finding.Storage:
			stored.add(place)
		case finding.Log:
			stored.add(d.say("日志 ", "log ") + place)
		case finding.Navigation:
		case finding.Cloud:
			sent.add(d.say("云开发 ", "cloud ") + place)
		case finding.Clip:
			sent.add(d.say("剪贴板 ", "clipboard ") + place)
		default:
			host := s.Host
			if host == "" {
				host = d.say("未知主机", "unknown host")
			}
			sent.add(host + " " + place)
		}
	}
}

func (d *drafter) others() Section {
	s := Section{Heading: d.say("五、第三方与插件", "5. Third parties and plugins")}
	var rows [][]string
	for _, p := range d.p.Facts.Plugins {
		rows = append(rows, []string{d.say("插件 ", "plugin ") + strings.TrimSpace(p.Alias+" "+p.Provider+" "+p.Version), d.ask("处理哪些信息？", "what does it handle?"), at(p.Location)})
	}
	hosts := lines{}
	for _, f := range d.found {
		for _, fl := range f.Flows {
			if fl.Sink.Host == "" || slices.Contains(hosts, fl.Sink.Host) {
				continue
			}
			hosts.add(fl.Sink.Host)
			rows = append(rows, []string{d.say("主机 ", "host ") + fl.Sink.Host, d.ask("由谁运营？委托处理还是对外提供？", "who runs it? entrusted or shared?"), at(fl.Sink.Location)})
		}
	}
	if len(rows) == 0 {
		s.Paragraphs = []string{d.say("代码中没有声明插件，也没有发现个人信息发往任何主机。", "The code declares no plugin, and no personal information was seen to go to any host.")}
		return s
	}
	s.Table = &Table{Head: []string{d.say("对象", "who"), d.say("处理内容", "what"), d.say("来源", "source")}, Rows: rows}
	return s
}
