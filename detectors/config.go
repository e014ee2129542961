package detectors

import (
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Config compares the configuration of a WeChat mini program with its code.
// Other platforms have other keys and are skipped.
var Config = &detect.Detector{
	Name:  "config",
	Rules: configRules,
	Run:   func(pass *detect.Pass) error { return configuration(pass, "") },
}

var configRules = []*finding.Rule{
	privateInfosMissing, privateInfosUnused, privateInfosConflict, permissionDesc, privacyCheck,
	consentAbsent, launchCollection, policyAbsent, legacyUserInfo,
}

// onlyWeChat is the limit that rules on WeChat's configuration share.
var onlyWeChat = lang.Text{
	ZH: "只检查微信小程序；接口名由脚本拼出的调用看不到。",
	EN: "WeChat only. It does not see calls whose name a script puts together.",
}

// whoFixes says which changes beian fix makes and which a person has to: it refuses
// an app.json that a framework generates (package mend).
var whoFixes = lang.Text{
	ZH: "原生小程序可由 beian fix 代劳；uni-app 请改 manifest.json 的 mp-weixin，Taro 改 app.config，mpx 改 app.mpx，wepy 改 app.wpy。",
	EN: " In a native program beian fix does it; in others change mp-weixin in manifest.json (uni-app), app.config (Taro), app.mpx or app.wpy.",
}

// configuration checks the configuration of the program of a pass. Policy is the address
// or route of the privacy policy that a person gave, or "".
func configuration(pass *detect.Pass, policy string) error {
	c := pass.Program.Config
	if pass.Program.Platform != "wechat" || c == nil || c.File == nil || !c.Value.Is(jsonc.Object) || c.Value.Len() == 0 {
		return nil
	}
	s := &setting{pass: pass, config: c, given: policy, uses: privacy.Uses(pass.Program, pass.Flow)}
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
	given  string // the privacy policy that a person gave, or ""
	uses   []privacy.Use
}

// at is the place of v in app.json, or of whatever else declares interfaces, or,
// if v has no place, of the first key.
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
func (s *setting) report(rule *finding.Rule, c finding.Confidence, at source.Location, subject string,
	message lang.Text, uses []privacy.Use) {
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
