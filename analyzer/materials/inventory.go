package materials

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
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

func (l lines) or(empty string) string {
	if len(l) == 0 {
		return empty
	}
	return strings.Join(l, "\n")
}

// inventory is one form for each category.
func (d *drafter) inventory() Section {
	s := Section{Heading: d.say("四、个人信息清单", "4. Inventory of personal information")}
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
	s.Paragraphs = []string{d.say("用途按页面标题和字段名称起草，请核对；服务端的存储代码看不出。",
		"Purposes are drafted from the titles of pages and the labels of fields: check them; what the server keeps is not in the code.")}
	for _, c := range finding.Categories() {
		if part := d.category(c); part.Table != nil {
			s.Parts = append(s.Parts, part)
		}
	}
	return s
}

// category is the form of one category, without a table if nothing collects it.
func (d *drafter) category(c finding.Category) Section {
	var where, purpose, sent, stored, others lines
	sensitive := false
	for _, f := range d.found {
		if f.Category != c {
			continue
		}
		sensitive = sensitive || verdict.Sensitive(f)
		page := d.page(f)
		where.add(d.from(page+d.control(f), f.Location.String()))
		aim := privacy.Aim(privacy.KeyOf(f), page, f.Subject).In(d.lang)
		purpose.add(d.say(page+"："+aim, page+": "+aim))
		d.follow(f, &sent, &stored, &others)
	}
	if len(where) == 0 {
		return Section{}
	}
	for _, p := range d.p.Facts.Plugins {
		others.add(d.from(d.say("插件 ", "Plugin ")+pluginName(p.Alias, p.Provider, p.Version)+d.say("：是否用到此类信息？",
			": does it use this?"), p.Location.String()))
	}
	title := c.Title().In(d.lang)
	if sensitive {
		title += d.say("（敏感个人信息）", " (sensitive)")
	}
	return Section{Heading: d.lang.Sentence(title), Table: &Table{Rows: [][]string{
		{d.say("在哪里收集", "Where collected"), where.or("")},
		{d.say("用途（草稿）", "Purpose (draft)"), purpose.or("")},
		{d.say("发送到", "Sent to"), sent.or(d.say("不离开本机", "It does not leave the device"))},
		{d.say("在本机存储", "Kept on the device"), stored.or(d.say("没有发现", "None seen"))},
		{d.say("第三方与插件", "Third parties, plugins"), others.or(d.say("没有发现", "None seen"))},
		{d.say("服务端存储与期限", "Server and retention"),
			d.ask("服务端如何存储、保存多久、到期如何删除？", "How does the server keep it, how long, how is it deleted?")},
	}}}
}

// control names what collects, for the text behind the page.
func (d *drafter) control(f *finding.Finding) string {
	switch {
	case f.Subject == "":
		return ""
	case f.Kind == finding.KindAPI && !strings.ContainsAny(f.Subject, "<="):
		return d.say("的接口 "+f.Subject, ", interface "+f.Subject)
	}
	return d.say("的“"+f.Subject+"”", `, "`+f.Subject+`"`)
}

// follow adds where the value of a finding goes.
func (d *drafter) follow(f *finding.Finding, sent, stored, others *lines) {
	defer d.open(f, sent)
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
			sent.add(d.from(d.say("云开发", "Cloud"), place))
		case finding.Clip:
			sent.add(d.from(d.say("剪贴板", "Clipboard"), place))
		default:
			host := s.Host
			if host == "" {
				host = d.say("运行时决定的主机", "a host chosen at run time")
			}
			sent.add(d.from(host, place))
		}
	}
}

// open says that the destination of a finding's value is not known, or that there
// may be more than were found.
func (d *drafter) open(f *finding.Finding, into *lines) {
	if f.Destination.State == finding.DestinationOpen || len(f.Destination.Reasons) > 0 {
		into.add(d.from(d.lang.Sentence(report.DestinationNote(f.Destination, d.lang)), f.Location.String()))
	}
}

// page names the page of a finding, as people see it.
func (d *drafter) page(f *finding.Finding) string {
	i := slices.IndexFunc(d.p.Project.Pages, func(p report.Page) bool { return p.Route == f.Page })
	switch {
	case i >= 0 && d.p.Project.Pages[i].Title != "":
		return d.say("“"+d.p.Project.Pages[i].Title+"”页", `Page "`+d.p.Project.Pages[i].Title+`"`)
	case i >= 0:
		return d.say("页面 "+f.Page+" ", "Page "+f.Page)
	}
	return d.say("程序自身", "The app itself")
}

func pluginName(alias, provider, version string) string {
	return strings.Join(strings.Fields(alias+" "+provider+" "+version), " ")
}

// recipients lists who else gets the data.
func (d *drafter) recipients() Section {
	s := Section{Heading: d.say("五、接收方、第三方与插件", "5. Recipients, third parties and plugins")}
	var rows [][]string
	gets := map[string]finding.CategoryList{}
	first := map[string]string{}
	var hosts []string
	for _, f := range d.found {
		for _, fl := range f.Flows {
			who := fl.Sink.Host
			if name := d.others[fl.Sink.Location]; who == "" && name != "" {
				who = name
			}
			if who == "" {
				continue
			}
			if first[who] == "" {
				hosts = append(hosts, who)
				first[who] = fl.Sink.Location.String()
			}
			if !slices.Contains(gets[who], f.Category) {
				gets[who] = append(gets[who], f.Category)
			}
		}
	}
	for _, who := range hosts {
		rows = append(rows, []string{who, gets[who].InOrder().In(d.lang), d.whose(who), first[who]})
	}
	if open := d.openEnds(); open != nil {
		rows = append(rows, open)
	}
	for _, p := range d.p.Facts.Plugins {
		rows = append(rows, []string{d.say("插件 ", "Plugin ") + pluginName(p.Alias, p.Provider, p.Version),
			d.say("代码看不到", "not seen"),
			d.ask("处理哪些信息？提供方是否已声明？", "What does it handle? Has its provider declared it?"), p.Location.String()})
	}
	if len(rows) == 0 {
		s.Paragraphs = []string{d.say("代码中没有声明插件，也没有发现个人信息发往任何主机。", "The code declares no plugin, and no personal information was seen to go to any host.")}
		return s
	}
	s.Table = &Table{Head: []string{d.say("对象", "Who"), d.say("得到的信息", "What it gets"), d.say("请确认", "To confirm"),
		d.say("来源", "Source")}, Rows: rows}
	return s
}

// openEnds is the row of values whose destination is not known; nil if there
// are none.
func (d *drafter) openEnds() []string {
	var what finding.CategoryList
	from := ""
	for _, f := range d.found {
		if f.Destination.State != finding.DestinationOpen {
			continue
		}
		if from == "" {
			from = f.Location.String()
		}
		if !slices.Contains(what, f.Category) {
			what = append(what, f.Category)
		}
	}
	if len(what) == 0 {
		return nil
	}
	return []string{d.say("去向未知", "Not known"), what.InOrder().In(d.lang),
		d.ask("这些信息交给了谁？代码中没有跟踪到，原因见第四部分", "Who gets this? It was not followed; part 4 says why"), from}
}

// whose asks who owns a host; that of a third party is known to belong to
// others.
func (d *drafter) whose(host string) string {
	for _, other := range d.others {
		if other == host {
			return d.ask("第三方：委托处理还是对外提供？是否已告知并取得单独同意？", "A third party: entrusted or shared? Were people informed, and did they consent separately?")
		}
	}
	return d.ask("由谁运营？委托处理还是对外提供？", "Who runs it? Entrusted or shared?")
}
