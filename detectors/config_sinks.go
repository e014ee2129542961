package detectors

import (
	"net"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Sinks reports places where what a person gave leaves the page in a way that
// calls for care: unencrypted, in logs, in storage, to third parties, in
// addresses of web pages. It goes by the flows of the findings before it.
var Sinks = &detect.Detector{
	Name:  "sink",
	Rules: sinkRules,
	Run:   sinks,
}

// arrival is a sink and what arrives there.
type arrival struct {
	sink       finding.Sink
	categories []finding.Category
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
	zh, en := titlesOf(a.sorted(), "zh"), titlesOf(a.sorted(), "en")
	api := a.sink.API
	switch a.sink.Kind {
	case finding.Network:
		if host := plainHost(call, a.sink.Host); host != "" {
			a.report(pass, plainHTTP, finding.High, host, lang.Text{
				ZH: zh + "经未加密的 http:// 发往 " + host, EN: en + " sent to " + host + " over unencrypted http://"})
		}
		if name := thirdParty(a.sink.Host); name != "" {
			a.report(pass, sinkThirdParty, finding.Medium, a.sink.Host, lang.Text{
				ZH: zh + "发往第三方 " + name + "（" + a.sink.Host + "）", EN: en + " sent to a third party, " + name + " (" + a.sink.Host + ")"})
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
	case finding.Navigation:
		if api == "web-view" {
			a.report(pass, sinkWebView, finding.Medium, a.sink.Host, lang.Text{
				ZH: zh + "写在 web-view 的网址里", EN: en + " in the address of a web-view"})
		}
	}
}

func (a *arrival) sorted() []finding.Category {
	var out []finding.Category
	for _, c := range finding.Categories() {
		if slices.Contains(a.categories, c) {
			out = append(out, c)
		}
	}
	return out
}

func (a *arrival) report(pass *detect.Pass, rule *finding.Rule, c finding.Confidence, subject string, message lang.Text) {
	f := finding.Finding{
		Rule: rule, Kind: finding.KindSink, Confidence: c, Reachable: true, Subject: subject,
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
		if plain && rest != "" && (host == "" || host == rest) && !local(rest) {
			return rest
		}
	}
	return ""
}

// local reports whether a host is the developer's own machine.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsPrivate())
}

// thirdParties are services that programs send data to and that are others than
// their operators: statistics, crash reports, maps. By their public documents.
var thirdParties = []struct{ host, name string }{
	{"umeng.com", "友盟 Umeng"}, {"umengcloud.com", "友盟 Umeng"}, {"talkingdata.com", "TalkingData"}, {"talkingdata.net", "TalkingData"},
	{"growingio.com", "GrowingIO"}, {"sensorsdata.cn", "神策 Sensors Data"}, {"aldwx.com", "阿拉丁 Aladdin"}, {"hm.baidu.com", "百度统计 Baidu Analytics"},
	{"google-analytics.com", "Google Analytics"}, {"sentry.io", "Sentry"}, {"bugly.qq.com", "腾讯 Bugly"}, {"fundebug.com", "Fundebug"},
	{"apis.map.qq.com", "腾讯地图 Tencent Maps"}, {"restapi.amap.com", "高德地图 Amap"}, {"api.map.baidu.com", "百度地图 Baidu Maps"},
	{"aip.baidubce.com", "百度智能云 Baidu AI Cloud"}, {"api-cn.faceplusplus.com", "旷视 Face++"}, {"api.openai.com", "OpenAI"},
}

func thirdParty(host string) string {
	for _, t := range thirdParties {
		if host == t.host || strings.HasSuffix(host, "."+t.host) {
			return t.name
		}
	}
	return ""
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
