package materials

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
)

// lines gathers distinct lines of a cell.
type lines []string

func (l *lines) add(s string) {
	if s != "" && !slices.Contains(*l, s) {
		*l = append(*l, s)
	}
}

// grouped gathers lines below headings, each once, in the order in which they come up:
// the pages of each purpose, for one.
type grouped struct {
	heads []string
	below map[string]*lines
}

func (g *grouped) add(head, line string) {
	if g.below == nil {
		g.below = map[string]*lines{}
	}
	if g.below[head] == nil {
		g.heads = append(g.heads, head)
		g.below[head] = &lines{}
	}
	g.below[head].add(line)
}

// lines is one line for each purpose, with the pages that have it.
func (g *grouped) lines(d *drafter) (out lines) {
	for _, p := range g.heads {
		out.add(d.named(*g.below[p]) + d.say("：", ": ") + p)
	}
	return out
}

func (l lines) or(empty string) string {
	if len(l) == 0 {
		return empty
	}
	return strings.Join(l, "\n")
}

// inventory is the list of what is collected (the first of the two lists that the rules
// want), a picture of where it goes, and one form for each category.
func (d *drafter) inventory() Section {
	s := Section{Heading: d.say("个人信息清单（已收集个人信息清单）", "Inventory (list of the information collected)")}
	if d.unsure() {
		s.Paragraphs = []string{d.ask("是否收集个人信息尚不确定：请核对“结论”中列出的位置，有收集的逐类填写",
			"It is not certain whether personal information is collected: check the places listed under \"Conclusion\", and fill in each category that is")}
		return s
	}
	if len(d.found) == 0 {
		s.Paragraphs = []string{d.say("能够到达的页面没有发现收集个人信息（置信度中或高）。服务端另有收集的，请补充。",
			"No collection of personal information (confidence medium or high) was found on reachable pages. Add what the server collects.")}
		return s
	}
	s.Paragraphs = []string{d.say("网络数据安全管理条例第 21 条要求以清单等形式列明。用途按页面标题和字段名称起草，请核对；服务端的存储代码看不出，保存期限统一填在第三部分。",
		"Art. 21 of the Regulations on the Security of Network Data asks for lists. Purposes are drafted from the titles of pages and the labels of fields: check them; "+
			"what the server keeps is not in the code, retention is filled in once, in part 3.")}
	if d.p.Inputs.Children != verdict.No {
		s.Paragraphs = append(s.Paragraphs, d.say("用户中有不满十四周岁未成年人的，其个人信息一律属于敏感个人信息（个人信息保护法第 28 条）。",
			"If there are children under 14 among the users, all their information is sensitive (PIPL art. 28)."))
	}
	s.Picture = report.FlowPicture(d.p, d.lang)
	s.Table = &Table{Head: []string{d.say("信息", "Information"), d.say("敏感", "Sensitive"), d.say("页面",
		"Pages"), d.say("用途（草稿）", "Purpose (draft)"),
		d.say("传输去向", "Sent to")}, Widths: []int{3, 2, 6, 7, 5}}
	for _, c := range finding.Categories() {
		if part := d.category(c); part.Table != nil {
			s.Table.row("", d.lang.Sentence(c.Title().In(d.lang)), d.sensitivity(c), d.pagesOf(c), part.Table.Rows[1][1], d.endsOf(c))
			s.Parts = append(s.Parts, part)
		}
	}
	return s
}

// sensitivity says whether a category is sensitive, or to be judged by a person.
func (d *drafter) sensitivity(c finding.Category) string {
	doubtful := false
	for _, f := range d.found {
		if f.Category == c && verdict.Sensitive(f) {
			return d.sensitive(true, false)
		}
		doubtful = doubtful || f.Category == c && verdict.Doubtful(f)
	}
	return d.sensitive(false, doubtful)
}

// sensitive is the answer in words.
func (d *drafter) sensitive(is, doubtful bool) string {
	switch {
	case is:
		return d.say("是", "Yes")
	case doubtful:
		return d.say("待判断", "To judge")
	case d.p.Inputs.Children == verdict.Yes:
		return d.say("儿童的为是", "Yes of children")
	}
	return d.say("否", "No")
}

// maxPageLines is how many pages the inventory names for a category, maxPageNames how many
// in a line: a component may be on hundreds.
const maxPageLines, maxPageNames = 30, 6

// named joins the names of pages, each once, some of them if there are many.
func (d *drafter) named(pages []string) string {
	if len(pages) == 1 {
		return pages[0]
	}
	var names lines
	for _, page := range pages {
		names.add(strings.TrimSpace(page))
	}
	list, n := strings.Join(names[:min(len(names), maxPageNames)], d.say("、", ", ")), len(names)
	if n > maxPageNames {
		list += d.say(fmt.Sprintf("等 %d 个页面", n), fmt.Sprintf(" and %d more", n-maxPageNames))
	}
	return list
}

func (d *drafter) pagesOf(c finding.Category) string {
	var out lines
	for _, f := range d.found {
		if f.Category == c {
			for _, page := range d.pages(f) {
				out.add(strings.TrimSpace(page))
			}
		}
	}
	if more := len(out) - maxPageLines; more > 0 {
		out = append(out[:maxPageLines:maxPageLines], d.say(fmt.Sprintf("另有 %d 个页面", more), fmt.Sprintf("%d more pages", more)))
	}
	return out.or("")
}

// endsOf names where a category goes, each destination once.
func (d *drafter) endsOf(c finding.Category) string {
	var out lines
	for _, f := range d.found {
		if f.Category != c {
			continue
		}
		for _, fl := range f.Flows {
			if fl.Sink.Kind.Leaves() {
				out.add(d.recipientName(fl.Sink))
			}
		}
		if f.Destination.State == finding.DestinationOpen {
			out.add(d.say("去向未知", "Not known"))
		}
	}
	return out.or(d.unsent(c))
}

// category is the form of one category, without a table if nothing collects it.
func (d *drafter) category(c finding.Category) Section {
	var where, sent, stored, others lines
	var purposes grouped
	sensitive := false
	for _, f := range d.found {
		if f.Category != c {
			continue
		}
		sensitive = sensitive || verdict.Sensitive(f)
		pages := d.pages(f)
		where.add(d.from(d.named(pages)+d.control(f), f.Location.String()))
		for _, page := range pages {
			purposes.add(privacy.Aim(privacy.KeyOf(f), page, f.Subject).In(d.lang), strings.TrimSpace(page))
		}
		d.follow(f, &sent, &stored, &others)
	}
	if len(where) == 0 {
		return Section{}
	}
	for _, p := range d.p.Facts.Plugins {
		others.add(d.from(d.say("插件 ", "Plugin ")+pluginName(p)+d.say("：是否用到此类信息？",
			": does it use this?"), p.Location.String()))
	}
	title := c.Title().In(d.lang)
	if sensitive {
		title += d.say("（敏感个人信息）", " (sensitive)")
	}
	return Section{Heading: d.lang.Sentence(title), Table: &Table{Rows: [][]string{
		{d.say("收集位置", "Where collected"), where.or("")},
		{d.say("用途（草稿）", "Purpose (draft)"), purposes.lines(d).or("")},
		{d.say("传输去向", "Sent to"), sent.or(d.unsent(c))},
		{d.say("留在本机（存储、日志）", "Kept on the device (storage, logs)"), stored.or(d.say("未发现", "None found"))},
		{d.say("第三方与插件", "Third parties, plugins"), others.or(d.say("未发现", "None found"))},
	}}}
}

// unsent says of a category that no flow was found for whether the code shows that it
// stays, or merely shows nothing.
func (d *drafter) unsent(c finding.Category) string {
	for _, f := range d.found {
		if f.Category == c && f.Destination.State != finding.DestinationStays {
			return d.say("未发现对外传输（请核对上传代码）", "No transfer found (check the code that uploads)")
		}
	}
	return d.say("不离开本机", "It does not leave the device")
}

// buttonWords name the buttons of the platform by their open-type.
var buttonWords = map[string]lang.Text{
	"getPhoneNumber":         lang.Both("手机号快速验证按钮", "phone number button"),
	"getRealtimePhoneNumber": lang.Both("手机号实时验证按钮", "real-time phone number button"),
	"chooseAvatar":           lang.Both("选择头像按钮", "button to choose a picture"),
	"chooseAddress":          lang.Both("选择地址按钮", "button to choose an address"),
}

// control names what collects, for the text behind the page.
func (d *drafter) control(f *finding.Finding) string {
	name := d.controlName(f)
	switch {
	case f.Subject == "":
		return ""
	case name != f.Subject:
		return d.say("的"+name, ", "+name)
	case f.Kind == finding.KindAPI && !strings.ContainsAny(f.Subject, "<="):
		return d.say("的接口 "+name, ", interface "+name)
	}
	return d.say("的“"+name+"”", `, "`+name+`"`)
}

// controlName is a button of the platform by its name, and anything else as the code has it.
func (d *drafter) controlName(f *finding.Finding) string {
	opens, button := strings.CutPrefix(f.Subject, "open-type=")
	if words := buttonWords[opens]; button && words != (lang.Text{}) {
		return words.In(d.lang)
	}
	return f.Subject
}

// follow adds where the value of a finding goes.
func (d *drafter) follow(f *finding.Finding, sent, stored, others *lines) {
	defer func() { sent.add(d.from(d.open(f), f.Location.String())) }()
	for _, fl := range f.Flows {
		s := fl.Sink
		place := s.API
		if where := s.Location.String(); where != "" {
			place += " " + where
		}
		if name := d.others[s.Location]; name != "" {
			others.add(d.from(name, place))
		}
		switch s.Kind {
		case finding.Storage:
			stored.add(d.from(d.say("本机存储", "Storage of the device"), place))
		case finding.Log:
			stored.add(d.from(d.say("日志", "Log"), place))
		case finding.Navigation:
		case finding.Cloud:
			sent.add(d.from(verdict.CloudName(s, d.p.Facts).In(d.lang), place))
		case finding.Clip:
			sent.add(d.from(d.say("剪切板", "Clipboard"), place))
		default:
			host := s.Host
			if host == "" {
				host = d.atRunTime() + report.HostNote(s, d.lang)
				if service := d.serviceOf(s); service != nil {
					host = service.Name.In(d.lang)
				}
			}
			sent.add(d.from(host, place))
		}
	}
}

// open says that the destination of a finding's value is not known, or that there
// may be more than were found; "" if neither is so.
func (d *drafter) open(f *finding.Finding) string {
	if f.Destination.State == finding.DestinationOpen || len(f.Destination.Reasons) > 0 {
		return d.lang.Sentence(d.quoted(report.DestinationNote(f.Destination, d.lang)))
	}
	return ""
}

// code is a name as the source writes it, marked for text.
var code = regexp.MustCompile("`([^`]*)`")

// quoted puts names of the source in quotation marks, as papers have them.
func (d *drafter) quoted(note string) string {
	return code.ReplaceAllString(note, d.say("“$1”", `"$1"`))
}

// pages names the pages of a finding, its own first.
func (d *drafter) pages(f *finding.Finding) []string {
	names := []string{d.page(f.Page)}
	for _, route := range f.Others() {
		names = append(names, d.page(route))
	}
	return names
}

// page names a page, as people see it.
func (d *drafter) page(route string) string {
	i := slices.IndexFunc(d.p.Project.Pages, func(p report.Page) bool { return p.Route == route })
	switch {
	case i >= 0 && d.p.Project.Pages[i].Title != "":
		return d.say("“"+d.p.Project.Pages[i].Title+"”页", `Page "`+d.p.Project.Pages[i].Title+`"`)
	case i >= 0:
		return d.say("页面 "+route+" ", "Page "+route)
	}
	return d.say("小程序启动", "Start of the app")
}

// pluginName names a plugin by its alias, AppID and version, and what it is if the table
// of services knows it.
func pluginName(p facts.Plugin) string {
	return strings.Join(strings.Fields(p.Alias+" "+p.Provider+" "+p.Version), " ")
}
