package platform

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Service is a service that somebody other than the operator runs: a row of
// services.txt.
type Service struct {
	Kind     ServiceKind
	Country  string // ISO 3166; "*" depends on the region that is chosen
	Name     lang.Text
	Hosts    []string // each stands for all below it
	Packages []string // npm packages, and AppIDs of plugins
	Checked  string   // program, package, code or general: see services.txt
	Seen     string   // the host or AppID that public code has, if Checked is code
}

// ServiceKind is what a service is for.
type ServiceKind string

// The kinds that keep what the operator puts there: processors, not recipients.
const (
	StorageService ServiceKind = "storage"
	HostingService ServiceKind = "hosting"
)

var serviceKinds = map[ServiceKind]lang.Text{
	"analytics":    lang.Both("统计分析", "analytics"),
	"crash":        lang.Both("错误监控", "error monitoring"),
	"map":          lang.Both("地图", "maps"),
	"location":     lang.Both("IP 定位", "location by IP address"),
	"weather":      lang.Both("天气", "weather"),
	"push":         lang.Both("推送", "push"),
	"pay":          lang.Both("支付", "payment"),
	"recognition":  lang.Both("识别", "recognition"),
	"identity":     lang.Both("身份与签署", "identity and signing"),
	"risk":         lang.Both("验证与风控", "verification and risk"),
	StorageService: lang.Both("云存储", "storage"),
	HostingService: lang.Both("云托管与后端", "hosting and back ends"),
	"messaging":    lang.Both("即时通信与协作", "messaging and collaboration"),
	"support":      lang.Both("在线客服", "customer support"),
	"sms":          lang.Both("短信与一键登录", "text messages and sign-in"),
	"mail":         lang.Both("邮件", "mail"),
	"form":         lang.Both("表单问卷", "forms"),
	"ai":           lang.Both("人工智能", "AI"),
	"ads":          lang.Both("广告", "advertising"),
	"delivery":     lang.Both("快递", "delivery"),
	"shop":         lang.Both("电商", "e-commerce"),
	"live":         lang.Both("音视频", "audio and video"),
}

var countries = map[string]lang.Text{
	"CN": lang.Both("中国内地", "mainland China"),
	"*":  lang.Both("取决于所选地域", "depends on the region chosen"),
	"US": lang.Both("美国", "United States"),
	"GB": lang.Both("英国", "United Kingdom"),
	"FR": lang.Both("法国", "France"),
	"DE": lang.Both("德国", "Germany"),
	"NL": lang.Both("荷兰", "Netherlands"),
	"ES": lang.Both("西班牙", "Spain"),
	"MT": lang.Both("马耳他", "Malta"),
	"EE": lang.Both("爱沙尼亚", "Estonia"),
	"IL": lang.Both("以色列", "Israel"),
	"RU": lang.Both("俄罗斯", "Russia"),
	"SG": lang.Both("新加坡", "Singapore"),
	"AE": lang.Both("阿联酋", "United Arab Emirates"),
}

// Title is the kind for people.
func (k ServiceKind) Title() lang.Text { return serviceKinds[k] }

// Place is the country of the service for people.
func (s *Service) Place() lang.Text { return countries[s.Country] }

// Abroad reports whether the service is run outside mainland China, as far as the table
// knows.
func (s *Service) Abroad() bool { return s.Country != "CN" && s.Country != "*" }

// Keeps reports whether the service only keeps what the operator puts there.
func (s *Service) Keeps() bool { return s.Kind == StorageService || s.Kind == HostingService }

//go:embed services.txt
var servicesText string

var services = func() []*Service {
	var out []*Service
	for line := range strings.Lines(servicesText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, " | ")
		s := &Service{Kind: ServiceKind(c[0]), Country: c[1], Name: lang.Both(c[2], c[3]), Hosts: listed(c[4]), Packages: listed(c[5])}
		s.Checked, s.Seen, _ = strings.Cut(c[6], " ")
		out = append(out, s)
	}
	return out
}()

func listed(cell string) []string {
	if cell == "-" {
		return nil
	}
	return strings.Fields(cell)
}

// Services lists the table in its order.
func Services() []*Service { return services }

// ServiceByHost returns the service that a host belongs to, or nil. Of two, the one
// with the longer host counts: dashscope.aliyuncs.com before aliyuncs.com.
func ServiceByHost(host string) *Service {
	var found *Service
	longest := 0
	for _, s := range services {
		for _, h := range s.Hosts {
			if len(h) > longest && (host == h || strings.HasSuffix(host, "."+h)) {
				found, longest = s, len(h)
			}
		}
	}
	return found
}

// ServiceByPackage returns the service of an npm package or of the AppID of a plugin,
// or nil.
func ServiceByPackage(name string) *Service {
	for _, s := range services {
		if slices.Contains(s.Packages, name) {
			return s
		}
	}
	return nil
}
