package materials

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// address is a host that the program talks to, or a cloud environment.
type address struct {
	kind  facts.AddressKind
	value string // "https://api.example.com"; the host alone if a flow tells no more
	place string
}

// host is the host of a with its port, or "" of an environment.
func (a address) host() string {
	if a.kind == facts.CloudEnv {
		return ""
	}
	if u, err := url.Parse(a.value); err == nil && u.Host != "" {
		return u.Host
	}
	return a.value
}

// plain reports whether requests to a are not encrypted.
func (a address) plain() bool {
	return strings.HasPrefix(a.value, "http://") || strings.HasPrefix(a.value, "ws://")
}

// encrypted reports whether requests to a are known to be encrypted.
func (a address) encrypted() bool {
	return strings.HasPrefix(a.value, "https://") || strings.HasPrefix(a.value, "wss://") || a.kind == facts.CloudEnv
}

// local reports whether a is a machine of the developers, which is no address to file.
func (a address) local() bool { return finding.LocalHost(a.host()) }

// addressList has the addresses that the code writes down, then the hosts that it puts
// together and that something was seen to go to.
func (d *drafter) addressList() []address {
	var out []address
	known := func(host string) bool {
		return slices.ContainsFunc(out, func(a address) bool { return a.host() == host })
	}
	for _, a := range d.p.Facts.Addresses {
		out = append(out, address{a.Kind, a.Value, a.Location.String()})
	}
	for _, f := range d.found {
		for _, fl := range f.Flows {
			s := fl.Sink
			if s.Kind != finding.Network || s.Host == "" || known(s.Host) {
				continue
			}
			kind := facts.Request
			if strings.HasSuffix(s.API, "uploadFile") {
				kind = facts.Upload
			}
			out = append(out, address{kind, s.Host, s.Location.String()})
		}
	}
	return out
}

// published are the addresses but for those of the developers' machines.
func published(all []address) []address {
	return slices.DeleteFunc(slices.Clone(all), address.local)
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
	s := Section{Heading: d.say("访问地址", "Access addresses")}
	all := d.addressList()
	if len(all) == 0 {
		s.Paragraphs = []string{d.ask("代码中没有发现服务器地址；请填写服务器域名，不联网的写“无”",
			"No address of a server was found in the code; give the domains of the servers, or \"none\" if it needs no network")}
		return s
	}
	s.Paragraphs = []string{d.say("代码中的地址如下，运行时动态生成的地址无法识别。域名须已 ICP 备案、与主体一致并在后台配置；IP 地址与接入服务商一般由平台填报。",
		"These addresses are in the code; those made at run time are not seen. Domains must be filed themselves, belong to the operator and be set in the console; "+
			"IP addresses and the access provider are usually filed by the platform.")}
	s.Table = &Table{Head: []string{d.say("用途", "Use"), d.say("地址", "Address"), d.say("来源", "Source")}}
	for _, a := range all {
		value := a.value
		switch {
		case a.local():
			value += d.say("（开发环境，不能用于备案）", " (for development, not to be filed)")
		case a.plain():
			value += d.say("（没有加密）", " (not encrypted)")
		}
		s.Table.row("", addressWords[a.kind].In(d.lang), value, a.place)
	}
	return s
}

// domains is what is known of the domains of the servers that the form asks for.
func (d *drafter) domains() answer {
	all := d.addressList()
	real := published(all)
	switch {
	case len(real) > 0:
		return answer{fmt.Sprintf(d.say("代码中有 %d 个，见第二部分", "%d in the code, see part 2"), len(real)), Drafted, real[0].place}
	case len(all) > 0:
		return answer{d.ask("代码中只有开发环境的地址，请填写正式域名", "The code has addresses for development alone: give the published domains"),
			Open, all[0].place}
	}
	return answer{d.ask("", ""), Open, ""}
}
