package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Sinks reports places where personal data leaves the page in a way that calls
// for care: unencrypted, in logs, in storage, to third parties, abroad, in
// addresses of web pages. It reads the flows of the findings before it.
var Sinks = &detect.Detector{
	Name:  "sink",
	Rules: sinkRules,
	Run:   sinks,
}

var sinkRules = []*finding.Rule{plainHTTP, sinkLog, sinkStorage, sinkThirdParty, sinkAbroad, sinkWebView}

// onlyFlows is the limit that rules on destinations share.
var onlyFlows = lang.Text{
	ZH: "只认数据流分析跟踪到的去向；服务器收到以后怎样处理看不到，自行加密后的数据按原数据对待。",
	EN: "It knows the destinations that the flow analysis followed. It does not see what a server does with the data, and data that the program encrypts itself count as they are.",
}

var plainHTTP = &finding.Rule{
	ID: "sink/plain-http", Kind: finding.KindSink, Since: since, Exposure: finding.Unencrypted,
	Title: lang.Text{
		ZH: "个人信息经 http:// 明文传输",
		EN: "personal information over plain http://",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息发往以 http:// 或 ws:// 开头的地址。",
		EN: "Collected data is sent to an address that starts with http:// or ws://.",
	},
	Why: lang.Text{
		ZH: "同一网络里的人都能读到；处理者须采取加密等安全措施。",
		EN: "Anybody on the same network can read it; the law requires encryption.",
	},
	Bad:  "wx.request({ url: 'http://api.example.com/users', data: { phone: this.data.phone } })",
	Good: "wx.request({ url: 'https://api.example.com/users', data: { phone: this.data.phone } })",
	Mend: lang.Text{
		ZH: "改用 https:// 或 wss://。",
		EN: "Use https:// or wss://.",
	},
	Limits:     onlyFlows,
	References: []law.Citation{piplSecurity},
}

var sinkLog = &finding.Rule{
	ID: "sink/log", Kind: finding.KindSink, Since: since,
	Title: lang.Text{
		ZH: "个人信息写入日志",
		EN: "personal information in a log",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息写入 console、日志管理器或实时日志。",
		EN: "Collected data is written to the console, a log manager or the realtime log.",
	},
	Why: lang.Text{
		ZH: "日志会被上传、保存、转发，看的人比数据库多。",
		EN: "Logs are uploaded, kept and passed on, and more people read them than the database.",
	},
	Bad:  "onPhone(e) { console.log('phone', e.detail.value) }",
	Good: "onPhone(e) { console.log('phone entered') }",
	Mend: lang.Text{
		ZH: "删去，或只记录不含个人信息的内容。",
		EN: "Delete it, or log something without personal information.",
	},
	Limits:     onlyFlows,
	References: []law.Citation{piplSecurity},
}

var sinkStorage = &finding.Rule{
	ID: "sink/local-storage", Kind: finding.KindSink, Since: since,
	Title: lang.Text{
		ZH: "个人信息明文存在本机",
		EN: "personal information in local storage in clear",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息用 setStorage 等接口存在本机，没有加密。",
		EN: "Collected data is stored unencrypted, with setStorage or similar.",
	},
	Why: lang.Text{
		ZH: "本机存储可以被导出，也没有保存期限。",
		EN: "Local storage can be exported and has no retention period.",
	},
	Bad:  "wx.setStorageSync('phone', this.data.phone)",
	Good: "wx.setStorage({ key: 'phone', data: this.data.phone, encrypt: true })",
	Mend: lang.Text{
		ZH: "能不存就不存；必须存时用 wx.setStorage 的 encrypt: true（基础库 2.21.3），并在用完后删除。",
		EN: "Do not keep it. If it must be kept, use encrypt: true of wx.setStorage (base library 2.21.3) and delete it after use.",
	},
	Limits:     onlyFlows,
	References: []law.Citation{piplSecurity},
}

var sinkThirdParty = &finding.Rule{
	ID: "sink/third-party", Kind: finding.KindSink, Since: since, Exposure: finding.ToThirdParty,
	Title: lang.Text{
		ZH: "个人信息交给第三方",
		EN: "personal information to a third party",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息发往统计、地图、识别等第三方服务，或经平台接口交给别的小程序。",
		EN: "Collected data goes to analytics, map or recognition services, or to another mini program.",
	},
	Why: lang.Text{
		ZH: "委托处理须订立合同并监督（个人信息保护法第 21 条）；向其他处理者提供须告知并取得单独同意（第 23 条）。处理规则应以清单列出接收方（网络数据安全管理条例第 21 条）。",
		EN: "Entrusted processing takes a contract and supervision (PIPL art. 21); sharing with another handler takes notice and separate consent (art. 23). The published rules list the recipients (Regulations on the Security of Network Data art. 21).",
	},
	Bad:  "wx.navigateToMiniProgram({ appId, extraData: { phone: this.data.phone } })",
	Good: "wx.navigateToMiniProgram({ appId, extraData: { orderId: this.data.orderId } })",
	Mend: lang.Text{
		ZH: "非必要不传输；确需传输的，在隐私政策里写明接收方和目的，提供给其他处理者的还须取得单独同意。",
		EN: "Do not pass it on. If it must be passed on, name the recipient and purpose and ask for separate consent.",
	},
	Limits: lang.Text{
		ZH: "只认名单上的第三方主机和平台接口；经自己的服务器转交的看不到。",
		EN: "It knows the hosts on a list and the platform's interfaces. It does not see what your own server passes on.",
	},
	References: []law.Citation{piplSharing},
}

var sinkAbroad = &finding.Rule{
	ID: "sink/abroad", Kind: finding.KindSink, Since: since,
	Title: lang.Text{
		ZH: "个人信息发往境外",
		EN: "personal information sent abroad",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息发往看来在中国内地以外的服务。",
		EN: "Collected data are sent to a service that appears to be hosted outside mainland China.",
	},
	Why: lang.Text{
		ZH: "向境外提供须告知并取得单独同意，先做影响评估，并视情况经安全评估、订立标准合同或认证。",
		EN: "Transfer abroad needs notice and separate consent, an impact assessment before it and, depending on the case, a security " +
			"assessment, a standard contract or certification.",
	},
	Bad:  "wx.request({ url: 'https://members.supabase.co/rest/v1/members', data: { phone: this.data.phone } })",
	Good: "wx.request({ url: 'https://members.s3.cn-north-1.amazonaws.com.cn/new', data: { phone: this.data.phone } })",
	Mend: lang.Text{
		ZH: "改用境内的服务，或者去掉个人信息；确需出境的，办好手续，并在 beian.yaml 中写 operator.cross-border: true。",
		EN: "Use a service in mainland China, or leave the personal information out; if it must go abroad, do what " +
			"the law asks for, and set operator.cross-border: true in beian.yaml.",
	},
	Limits: lang.Text{
		ZH: "按主机名判断：名单上的服务也可能选了境内的区域，名单以外的境外服务器认不出来。",
		EN: "Goes by the name of the host: a service on the list may have been told to use a region in mainland China, and servers " +
			"abroad that are not on the list are not known.",
	},
	References: []law.Citation{piplAbroad},
}

var sinkWebView = &finding.Rule{
	ID: "sink/web-view-url", Kind: finding.KindSink, Since: since,
	Title: lang.Text{
		ZH: "个人信息写在 web-view 网址里",
		EN: "personal information in the address of a web-view",
	},
	Summary: lang.Text{
		ZH: "收集到的个人信息拼进 <web-view> 的 src。",
		EN: "Collected data becomes part of the src of a <web-view>.",
	},
	Why: lang.Text{
		ZH: "网址会留在服务器日志和浏览记录里，并随 Referer 传给别的网站。",
		EN: "Addresses stay in server logs and histories and go to other sites as the referrer.",
	},
	Bad:  `<web-view src="https://m.example.com/form?phone={{phone}}" />`,
	Good: `<web-view src="https://m.example.com/form?ticket={{ticket}}" />`,
	Mend: lang.Text{
		ZH: "改传一次性凭证，由网页向服务器换取数据。",
		EN: "Pass a one-time ticket, and let the page fetch the data from the server.",
	},
	Limits:     onlyFlows,
	References: []law.Citation{piplSecurity},
}

// arrival is a sink and what arrives there.
type arrival struct {
	sink       finding.Sink
	categories finding.CategoryList
	page       string
	evidence   []finding.Evidence
}

func sinks(pass *detect.Pass) error {
	var order []*arrival
	at := map[source.Location]*arrival{}
	for _, f := range pass.Found {
		if !sound(&f) || f.Category == finding.Device {
			continue // the size of a screen in a log is nobody's concern
		}
		for _, way := range f.Flows {
			a := at[way.Sink.Location]
			if a == nil {
				a = &arrival{sink: way.Sink, page: f.Page}
				at[way.Sink.Location] = a
				order = append(order, a)
			}
			if a.page != f.Page {
				a.page = ""
			}
			if !slices.Contains(a.categories, f.Category) {
				a.categories = append(a.categories, f.Category)
			}
			if len(a.evidence) < maxEvidence {
				a.evidence = append(a.evidence, finding.Evidence{What: "source", Text: f.Subject, Location: f.Location})
			}
		}
	}
	calls := map[source.Location]*flow.Call{}
	for _, c := range pass.Flow.Calls {
		calls[c.Location] = c
	}
	for _, a := range order {
		a.judge(pass, calls[a.sink.Location])
	}
	return nil
}

// judge reports what is wrong with one sink. call is the platform call it is, or
// nil.
func (a *arrival) judge(pass *detect.Pass, call *flow.Call) {
	titles := a.categories.InOrder().Title()
	zh, en := titles.ZH, titles.EN
	api := a.sink.API
	switch a.sink.Kind {
	case finding.Network:
		if api == "web-view" {
			a.report(pass, sinkWebView, finding.Medium, a.sink.Host, lang.Text{
				ZH: zh + "写在 web-view 的网址里", EN: en + " in the address of a web-view"})
		}
		if host := plainHost(call, a.sink.Host); host != "" {
			a.report(pass, plainHTTP, finding.High, host, lang.Text{
				ZH: zh + "经未加密的 http:// 发往 " + host, EN: en + " sent to " + host + " over unencrypted http://"})
		}
		if service := thirdParty(a.sink.Host); service != nil {
			a.report(pass, sinkThirdParty, finding.Medium, a.sink.Host, lang.Text{
				ZH: zh + "发往第三方 " + service.Name.ZH + "（" + a.sink.Host + "）",
				EN: en + " sent to a third party, " + service.Name.EN + " (" + a.sink.Host + ")"})
		}
		if verdict.Abroad(a.sink.Host) {
			a.report(pass, sinkAbroad, finding.Medium, a.sink.Host, lang.Text{
				ZH: zh + "发往疑似位于境外的 " + a.sink.Host, EN: en + " sent to " + a.sink.Host +
					", which appears to be hosted outside mainland China"})
		}
	case finding.ThirdParty:
		a.report(pass, sinkThirdParty, finding.Medium, api, lang.Text{
			ZH: zh + "经 " + api + " 交给第三方", EN: en + " given to a third party by " + api})
	case finding.Log:
		a.report(pass, sinkLog, finding.Medium, api, lang.Text{
			ZH: zh + "写入日志（" + api + "）", EN: en + " written to a log (" + api + ")"})
	case finding.Storage:
		if strings.Contains(strings.ToLower(api), "storage") && !encrypted(call) {
			a.report(pass, sinkStorage, finding.Medium, api, lang.Text{
				ZH: zh + "以明文存在本机（" + api + "）", EN: en + " stored on the device in clear (" + api + ")"})
		}
	}
}

func (a *arrival) report(pass *detect.Pass, rule *finding.Rule, c finding.Confidence, subject string, message lang.Text) {
	f := finding.Finding{
		Rule: rule, Kind: finding.KindSink, Severity: rule.Severity(a.categories...), Confidence: c, Reachable: true, Subject: subject,
		Location: a.sink.Location, Page: a.page, Evidence: a.evidence, Message: message,
	}
	if len(a.categories) == 1 {
		f.Category = a.categories[0]
	}
	pass.Report(f)
}

// plainHost returns the host that a call addresses over http://, or "". The
// developer's own machine does not count.
func plainHost(call *flow.Call, host string) string {
	if call == nil {
		return ""
	}
	for _, t := range call.Args["url"] {
		rest, plain := strings.CutPrefix(t.String, "http://")
		if !plain {
			rest, plain = strings.CutPrefix(t.String, "ws://")
		}
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			rest = rest[:i]
		}
		if plain && rest != "" && (host == "" || host == rest) && !finding.LocalHost(rest) {
			return rest
		}
	}
	return ""
}

// thirdParty is the service that a host belongs to, or nil. Who only keeps what the
// operator puts there is a processor and no third party.
func thirdParty(host string) *platform.Service {
	if s := platform.ServiceByHost(host); s != nil && !s.Keeps() {
		return s
	}
	return nil
}

var encryptOption = regexp.MustCompile(`\bencrypt\s*:\s*true\b`)

// encrypted reports whether a call of wx.setStorage asks for encryption
// (base library 2.21.3).
func encrypted(call *flow.Call) bool {
	if call == nil || call.Module == nil || call.Module.Tree == nil {
		return false
	}
	found := false
	script.Walk(call.Module.Tree, func(n script.Node) bool {
		if !n.Range().Contains(call.Location.Span) {
			return false
		}
		if c, ok := n.(*script.Call); ok && c.Fn.Range() == call.Location.Span {
			found = encryptOption.MatchString(call.Location.File.Slice(c.Span))
		}
		return !found
	})
	return found
}
