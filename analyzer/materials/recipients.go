package materials

import (
	"cmp"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/verdict"
)

// recipient is who gets information, by the service that runs it.
type recipient struct {
	name    string
	hosts   lines
	service *platform.Service // nil if the table does not know it
	cloud   bool              // it keeps the data for the operator
	gets    finding.CategoryList
	place   string // the first place that hands it something
}

// recipientName names who gets what arrives at a sink: the service, the cloud, the host.
func (d *drafter) recipientName(s finding.Sink) string {
	if s.Kind == finding.Cloud {
		return verdict.CloudName(s, d.p.Facts).In(d.lang)
	}
	if service := d.serviceOf(s); service != nil {
		return service.Name.In(d.lang)
	}
	return cmp.Or(s.Host, d.others[s.Location], d.atRunTime())
}

// atRunTime names a host that the code does not show.
func (d *drafter) atRunTime() string {
	return d.say("运行时决定的主机", "a host chosen at run time")
}

// serviceOf returns the service that takes what arrives at a sink, or nil.
func (d *drafter) serviceOf(s finding.Sink) *platform.Service {
	if s.Host == "" && d.others[s.Location] != "" {
		return platform.ServiceByHost(d.others[s.Location])
	}
	return verdict.ServiceOf(s)
}

// recipientList gathers who gets information, known services first, by kind and country.
func (d *drafter) recipientList() []*recipient {
	var out []*recipient
	for _, f := range d.found {
		for _, fl := range f.Flows {
			s := fl.Sink
			if !s.Kind.Leaves() && s.Host == "" && d.others[s.Location] == "" {
				continue
			}
			name := d.recipientName(s)
			i := slices.IndexFunc(out, func(r *recipient) bool { return r.name == name })
			if i < 0 {
				i = len(out)
				out = append(out, &recipient{name: name, service: d.serviceOf(s), cloud: s.Kind == finding.Cloud,
					place: s.Location.String()})
			}
			r := out[i]
			r.hosts.add(s.Host)
			if !slices.Contains(r.gets, f.Category) {
				r.gets = append(r.gets, f.Category)
			}
		}
	}
	group := func(r *recipient) (int, string) {
		switch {
		case r.service != nil:
			return 0, string(r.service.Kind) + r.service.Country
		case r.cloud:
			return 1, ""
		}
		return 2, ""
	}
	slices.SortStableFunc(out, func(a, b *recipient) int {
		ga, ka := group(a)
		gb, kb := group(b)
		return cmp.Or(cmp.Compare(ga, gb), cmp.Compare(ka, kb))
	})
	return out
}

// recipients is the second list that the rules want: what is shared with whom.
func (d *drafter) recipients() Section {
	s := Section{Heading: d.say("接收方（与第三方共享个人信息清单）", "Recipients (list of the information shared)")}
	t := &Table{Head: []string{d.say("接收方", "Recipient"), d.say("请确认", "To confirm"), d.say("服务", "Service"), d.say("所在地",
		"Place"),
		d.say("得到的信息", "Information"), d.say("来源", "Source")}}
	for _, r := range d.recipientList() {
		d.recipientRow(t, r)
	}
	if open := d.openEnds(); open != nil {
		t.row("", open...)
	}
	for _, p := range d.p.Facts.Plugins {
		kind, place := d.say("插件", "Plugin"), ""
		name := d.say("插件 ", "Plugin ") + pluginName(p)
		if service := platform.ServiceByPackage(p.Provider); service != nil {
			kind, place = service.Kind.Title().In(d.lang), service.Place().In(d.lang)
			name += d.say("（"+service.Name.ZH+"）", " ("+service.Name.EN+")")
		}
		t.row("local.plugin-"+p.Provider, name, d.ask("处理哪些信息？提供方是否已声明？", "What does it handle? Has its provider declared it?"),
			kind, place, d.say("代码看不到", "Not seen"), p.Location.String())
	}
	if len(t.Rows) == 0 {
		s.Paragraphs = []string{d.say("代码中没有声明插件，也未发现个人信息发往任何主机。", "The code declares no plugin, and no personal information was found to go to any host.")}
		return s
	}
	s.Paragraphs = []string{d.say("服务按一张公开服务表归类，所在地据一般了解，服务器的实际位置请主办者确认。受托处理的订立合同并监督（个人信息保护法第 21 条），"+
		"独立接收方须告知并取得单独同意（第 23 条）。",
		"Services are by a table of public services, places by general knowledge: confirm where the servers really are. "+
			"A processor takes a contract and supervision (PIPL art. 21), an independent recipient notice and separate consent (art. 23).")}
	s.Table = t
	return s
}

func (d *drafter) recipientRow(t *Table, r *recipient) {
	var kind, place, question string
	switch s := r.service; {
	case s != nil:
		kind, place = s.Kind.Title().In(d.lang), s.Place().In(d.lang)
		if s.Checked == "general" {
			kind += d.say("（据一般了解，请确认）", " (by general knowledge; confirm)")
		}
	case r.cloud:
		kind, place = d.say("云开发", "Cloud"), d.say("中国内地（以环境地域为准）", "Mainland China (the region of the environment decides)")
	case finding.LocalHost(r.name):
		kind = d.say("开发环境", "For development")
	default:
		kind, place = d.say("未知", "Not known"), d.ask("所在地？", "Where?")
	}
	switch keeps := r.cloud || r.service != nil && r.service.Keeps(); {
	case keeps:
		question = d.say("云服务商，通常属委托处理：请核对合同和地域", "A cloud provider, usually a processor: check contract and region")
	case finding.LocalHost(r.name):
		question = d.ask("上线后发往哪里？由谁运营？", "Where will it go once published, and who runs that?")
	case r.service != nil:
		question = d.ask("属于委托处理还是向其他处理者提供？", "Processor, or independent recipient?")
	default:
		question = d.ask("运营方是谁？属于委托处理还是向其他处理者提供？", "Who runs it? Processor, or independent recipient?")
	}
	name := r.name
	if hosts := r.hosts.or(""); hosts != "" && hosts != name {
		name += "\n" + hosts
	}
	t.row("local.recipient-"+r.name, name, question, kind, place, r.gets.InOrder().In(d.lang), r.place)
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
		from = cmp.Or(from, f.Location.String())
		if !slices.Contains(what, f.Category) {
			what = append(what, f.Category)
		}
	}
	if len(what) == 0 {
		return nil
	}
	return []string{d.say("去向未知", "Not known"), d.ask("这些信息交给了谁？代码中没有跟踪到，原因见第四部分",
		"Who gets this? It was not followed; part 4 says why"),
		"", "", what.InOrder().In(d.lang), from}
}
