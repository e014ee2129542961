package verdict

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// ThirdParties tells which places hand information to a third party: the host, or
// the interface if there is none.
func ThirdParties(all []finding.Finding) map[source.Location]string {
	out := map[source.Location]string{}
	for i := range all {
		if f := &all[i]; f.Exposes(finding.ToThirdParty) {
			out[f.Location] = f.Subject
		}
	}
	return out
}

// given is who else gets the data, as far as code shows: third parties that a flow
// reaches, clouds that keep it, hosts whose owner only the operator knows.
type given struct {
	others, clouds []lang.Text
	hosts          []string
	hidden         []lang.Text // requests whose host the code does not show
}

func givenTo(in Input, found []*finding.Finding) given {
	var g given
	others := ThirdParties(in.Findings)
	for _, f := range found {
		for _, fl := range f.Flows {
			s := fl.Sink
			switch {
			case others[s.Location] != "" || s.Kind == finding.ThirdParty:
				g.others = once(g.others, lang.Same(cmp.Or(others[s.Location], s.API)+" "+s.Location.String()))
			case s.Kind == finding.Cloud:
				g.clouds = once(g.clouds, CloudName(s, in.Facts).Plus(lang.Same(" "+s.Location.String())))
			case s.Library != "" && ServiceOf(s) != nil:
				service := ServiceOf(s)
				name := service.Name.Plus(lang.Both("（"+s.Library+"）", " ("+s.Library+")")).Plus(lang.Same(" " + s.Location.String()))
				if service.Keeps() {
					g.clouds = once(g.clouds, name)
				} else {
					g.others = once(g.others, name)
				}
			case s.Kind == finding.Network && (s.Host == "" || finding.LocalHost(s.Host)):
				g.hidden = once(g.hidden, lang.Same(s.API+" "+s.Location.String()))
			case s.Host != "" && !slices.Contains(g.hosts, s.Host):
				g.hosts = append(g.hosts, s.Host)
			}
		}
	}
	slices.Sort(g.hosts)
	return g
}

// ServiceOf returns the service that a sink hands data to, or nil if the table of services
// does not know its host, nor the package that sends to a host of its own.
func ServiceOf(s finding.Sink) *platform.Service {
	if s.Host == "" && s.Library != "" {
		return platform.ServiceByPackage(s.Library)
	}
	return platform.ServiceByHost(s.Host)
}

func once(all []lang.Text, t lang.Text) []lang.Text {
	if slices.Contains(all, t) {
		return all
	}
	return append(all, t)
}

// maxRequests bounds how many requests with unknown hosts are named.
const maxRequests = 4

// CloudName names the cloud environment that a sink writes to, for people.
func CloudName(s finding.Sink, f facts.Facts) lang.Text {
	name := lang.Both("云开发环境", "cloud environment")
	switch {
	case strings.HasPrefix(s.API, "uniCloud."):
		name = lang.Both("uniCloud 服务空间", "uniCloud space")
	case strings.HasPrefix(s.API, "wx.cloud"):
		name = lang.Both("腾讯云开发环境", "Tencent CloudBase environment")
	case strings.HasPrefix(s.API, "my.cloud"):
		name = lang.Both("支付宝云开发环境", "Alipay cloud environment")
	}
	for _, a := range f.Addresses {
		if a.Kind == facts.CloudEnv {
			return name.Plus(lang.Same(" " + a.Value))
		}
	}
	return name
}

// sharing looks at who else gets the data. A plugin that is declared need not get any:
// it is asked about. To keep data in somebody's cloud is to entrust it (article 21).
func sharing(in Input, found []*finding.Finding, r *Ruling) (entrusts, shares bool) {
	const titleZH, titleEN = "委托处理与对外提供", "entrusted processing and sharing"
	g := givenTo(in, found)
	entrusts, shares = len(g.clouds) > 0, len(g.others) > 0
	var reasons []lang.Text
	semicolon := lang.Both("；", "; ")
	if shares {
		reasons = append(reasons, lang.Both("交给他人：", "given to others: ").Plus(lang.Joined(g.others, semicolon)).
			Plus(lang.Both("；受托处理的订立合同并监督（第 21 条），独立接收方的告知并取得单独同意（第 23 条）",
				"; for a processor: contract and supervision (art. 21), for an independent recipient: notice and separate consent (art. 23)")))
	}
	if entrusts {
		reasons = append(reasons, lang.Both("存放在云服务商处，属委托处理（第 21 条）：", "kept by a cloud provider, which is entrusted processing (art. 21): ").
			Plus(lang.Joined(g.clouds, semicolon)))
	}
	if len(g.hosts) > 0 && !shares && !entrusts {
		reasons = append(reasons, lang.Both("下列域名是否均由主办者自行运营？", "does the operator run all of these hosts? ").
			Plus(lang.Same(strings.Join(g.hosts, ", "))))
	}
	if len(g.hidden) > 0 && !shares && !entrusts {
		reasons = append(reasons, lang.Both("下列请求发往哪个正式主机，代码看不出；是否均由主办者自行运营？",
			"the code does not show to which hosts these requests go once published: does the operator run them? ").
			Plus(lang.Joined(g.hidden[:min(len(g.hidden), maxRequests)], semicolon)))
	}
	for _, p := range in.Facts.Plugins {
		name := lang.Same(p.Provider)
		if s := platform.ServiceByPackage(p.Provider); s != nil {
			name = name.Plus(lang.Both("（"+s.Name.ZH+"）", " ("+s.Name.EN+")"))
		}
		reasons = append(reasons, lang.Textf("插件 %s（%s）处理哪些信息、提供方是谁？", "which information does plugin %s (%s) handle, and who provides it?",
			name, p.Location))
	}
	switch {
	case entrusts || shares:
		r.duty(titleZH, titleEN, "21, 23", Required, reasons...)
	case len(reasons) > 0:
		r.duty(titleZH, titleEN, "21, 23", NeedsInput, reasons...)
	}
	return entrusts, shares
}
