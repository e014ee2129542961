package detectors

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Config holds the configuration of a WeChat mini program against what its code
// does. Other platforms have other keys and are passed over.
var Config = &detect.Detector{
	Name:  "config",
	Rules: configRules,
	Run:   configuration,
}

func configuration(pass *detect.Pass) error {
	c := pass.Program.Config
	if pass.Program.Platform != "wechat" || c == nil || c.File == nil || !c.Value.Is(jsonc.Object) || c.Value.Len() == 0 {
		return nil
	}
	s := &setting{pass: pass, config: c, uses: privacy.Uses(pass.Program, pass.Flow)}
	s.privateInfos()
	s.permission()
	s.privacyCheck()
	s.legacy()
	s.consent()
	return nil
}

// setting is a program's configuration and what its code asks for.
type setting struct {
	pass   *detect.Pass
	config *project.Config
	uses   []privacy.Use
}

// at is the place of v in app.json, or what else declares interfaces, or, where it
// has none there, of the first key.
func (s *setting) at(span source.Span) source.Location {
	if d := s.config.Declared; span.Len() == 0 && d.Len() > 0 {
		span = d.Members[0].NameSpan
	}
	if span.Len() == 0 {
		span.End = min(1, int32(len(s.config.DeclaredFile.Text)))
	}
	return source.Location{File: s.config.DeclaredFile, Span: span}
}

// key is the place of a key of app.json.
func (s *setting) key(names ...string) source.Location {
	v := s.config.Declared
	for _, name := range names[:len(names)-1] {
		v = v.Get(name)
	}
	if m := v.Member(names[len(names)-1]); m != nil {
		return s.at(m.NameSpan)
	}
	return s.at(source.Span{})
}

// used returns the uses of an API that are reached for sure.
func (s *setting) used(api string) []privacy.Use {
	var out []privacy.Use
	for _, u := range s.uses {
		if u.API == api && u.Reachable && !u.Maybe {
			out = append(out, u)
		}
	}
	return out
}

// report reports a finding of the configuration.
func (s *setting) report(rule *finding.Rule, c finding.Confidence, at source.Location, subject string, message lang.Text, uses []privacy.Use) {
	f := finding.Finding{
		Rule: rule, Kind: finding.KindConfig, Confidence: c, Reachable: true,
		Subject: subject, Location: at, Message: message,
	}
	for _, u := range uses {
		if len(f.Evidence) < maxEvidence {
			f.Evidence = append(f.Evidence, finding.Evidence{What: "api", Text: u.What, Location: u.Location})
		}
	}
	s.pass.Report(f)
}

// maxEvidence keeps findings about the whole program readable.
const maxEvidence = 5

// precise are the interfaces of exact position: getFuzzyLocation excludes them.
var precise = []string{"getLocation", "onLocationChange", "startLocationUpdate", "startLocationUpdateBackground"}

// privateInfos compares requiredPrivateInfos with the calls.
func (s *setting) privateInfos() {
	list := s.config.Declared.Get("requiredPrivateInfos")
	var missing []string
	var uses []privacy.Use
	for _, api := range privacy.PrivateAPIs() {
		used := s.used(api)
		if len(used) > 0 && !slices.Contains(s.config.RequiredPrivateInfo, api) {
			missing, uses = append(missing, api), append(uses, used...)
		}
	}
	if len(missing) > 0 {
		names := strings.Join(missing, ", ")
		sure := finding.Medium // a library may hold more than the program uses
		if slices.ContainsFunc(uses, func(u privacy.Use) bool { return u.Owner.Kind == privacy.OwnCode }) {
			sure = finding.High
		}
		s.report(privateInfosMissing, sure, s.key("requiredPrivateInfos"), names, lang.Text{
			ZH: "代码调用了 " + names + "，requiredPrivateInfos 没有声明，运行时会失败",
			EN: "the code calls " + names + ", which requiredPrivateInfos does not declare: the call fails at run time",
		}, uses)
	}
	if list == nil {
		return
	}
	fuzzy := slices.IndexFunc(list.Elems, func(v *jsonc.Value) bool { return v.String() == "getFuzzyLocation" })
	for _, v := range list.Elems {
		if name := v.String(); name != "" && !s.mentioned(name) {
			s.report(privateInfosUnused, finding.Medium, s.at(v.Span), name, lang.Text{
				ZH: "requiredPrivateInfos 声明了 " + name + "，代码里没有用到",
				EN: "requiredPrivateInfos declares " + name + ", which the code does not use",
			}, nil)
		}
		if fuzzy >= 0 && slices.Contains(precise, v.String()) {
			s.report(privateInfosConflict, finding.High, s.at(v.Span), v.String(), lang.Text{
				ZH: "requiredPrivateInfos 同时声明了 getFuzzyLocation 和 " + v.String() + "，二者互斥，无法编译上传",
				EN: "requiredPrivateInfos declares getFuzzyLocation and " + v.String() + " together, which exclude each other: the upload fails",
			}, nil)
		}
	}
}

// mentioned reports whether some code that is shipped, reachable or not, names an API.
func (s *setting) mentioned(api string) bool {
	return slices.ContainsFunc(s.uses, func(u privacy.Use) bool { return u.API == api })
}

// permission wants a purpose for every kind of position that is asked for.
func (s *setting) permission() {
	for _, scope := range []struct {
		name string
		apis []string
	}{{"scope.userLocation", precise}, {"scope.userFuzzyLocation", []string{"getFuzzyLocation"}}} {
		var uses []privacy.Use
		for _, api := range scope.apis {
			uses = append(uses, s.used(api)...)
		}
		if len(uses) == 0 || strings.TrimSpace(s.config.Declared.Path("permission", scope.name, "desc").String()) != "" {
			continue
		}
		at := s.key("permission")
		if s.config.Declared.Path("permission", scope.name) != nil {
			at = s.key("permission", scope.name)
		}
		s.report(permissionDesc, finding.Medium, at, scope.name, lang.Text{
			ZH: "代码获取位置，permission." + scope.name + ".desc 没有写明用途",
			EN: "the code asks for the position, and permission." + scope.name + ".desc does not say what for",
		}, uses)
	}
}

// privacyCheck finds the switch that has had no effect since 2023-10-17.
func (s *setting) privacyCheck() {
	if m := s.config.Declared.Member("__usePrivacyCheck__"); m != nil {
		s.report(privacyCheck, finding.Low, s.at(m.NameSpan), m.Name, lang.Text{
			ZH: "__usePrivacyCheck__ 自 2023-10-17 起不再起作用：隐私授权始终启用，可以删去",
			EN: "__usePrivacyCheck__ has had no effect since 2023-10-17: privacy consent is always on; it can go",
		}, nil)
	}
}

// legacy finds interfaces that give anonymous data by now.
func (s *setting) legacy() {
	for _, u := range s.uses {
		if !u.Reachable || u.Owner.Kind != privacy.OwnCode || u.Mention {
			continue
		}
		since := ""
		switch {
		case u.API == "getUserInfo" || u.What == "open-type=getUserInfo" || u.What == "open-type=userInfo":
			since = "2021-04-28"
		case u.API == "getUserProfile":
			since = "2022-11-08"
		default:
			continue
		}
		f := finding.Finding{
			Rule: legacyUserInfo, Kind: finding.KindConfig, Category: finding.Nickname, Confidence: finding.Medium,
			Reachable: true, Subject: u.What, Location: u.Location,
			Message: lang.Text{
				ZH: u.What + " 自 " + since + " 起返回匿名数据（“微信用户”和灰色头像）",
				EN: u.What + " has given anonymous data since " + since,
			},
		}
		if len(u.Pages) == 1 {
			f.Page = u.Pages[0]
		}
		s.pass.Report(f)
	}
}
