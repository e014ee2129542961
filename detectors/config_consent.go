package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/source"
)

var consentAbsent = &finding.Rule{
	ID: "config/consent-absent", Kind: finding.KindConfig, Since: since,
	Title: lang.Text{
		ZH: "没有处理隐私授权",
		EN: "privacy consent not handled",
	},
	Summary: lang.Text{
		ZH: "程序收集个人信息，代码里没有 onNeedPrivacyAuthorization、requirePrivacyAuthorize、getPrivacySetting 或 " +
			"agreePrivacyAuthorization。",
		EN: "The program collects personal information and its code has none of onNeedPrivacyAuthorization, requirePrivacyAuthorize, " +
			"getPrivacySetting, agreePrivacyAuthorization.",
	},
	Why: lang.Text{
		ZH: "没有处理时由平台弹窗代为询问，但它不管表单里自行填写的信息；收集前须取得同意。",
		EN: "The platform's dialog then asks, but not about what people type in forms. Consent must come before collection.",
	},
	Bad:  `<input type="number" placeholder="手机号" bindinput="onPhone" />`,
	Good: `<button open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="onAgree">同意</button>`,
	Mend: lang.Text{
		ZH: "在收集之前显示隐私说明并取得同意，例如用 wx.requirePrivacyAuthorize，或在表单旁放同意勾选框。",
		EN: "Show the privacy notice and ask for consent before collecting, with wx.requirePrivacyAuthorize or a checkbox in the form.",
	},
	Limits: lang.Text{
		ZH: "只看有没有出现这几个接口，不看是否用得对；自己写的同意勾选框认不出来。",
		EN: "It checks whether the code names the interfaces, not whether it uses them well; it does not recognise a checkbox of your own.",
	},
	References: []law.Citation{privacyAuthorize, pipl},
}

// consent looks at how a program that collects asks for consent and shows its
// privacy policy.
func (s *setting) consent() {
	collected := s.collected()
	if len(collected) == 0 {
		return
	}
	if !s.says(asksConsent) {
		s.overall(consentAbsent, finding.Low, collected, finding.Overall{
			ZH: "程序收集%s，代码未处理隐私授权，仅依赖平台默认弹窗",
			EN: "the program collects %s but handles privacy consent nowhere: only the platform's own dialog asks",
		})
	}
	if !s.policy() {
		text := lang.Both("程序收集%s，没有找到隐私政策的页面、链接或 openPrivacyContract",
			"the program collects %s, but no privacy policy page and no link to one was found")
		if s.given != "" {
			text = lang.Textf("程序收集%%s，beian.yaml 给出的隐私政策 %s 在代码中没有链接：找过这个地址、带“隐私”的文字、路径含 privacy 或 agreement 等的页面和 openPrivacyContract",
				"the program collects %%s, but the code does not link the privacy policy that beian.yaml gives, %s: "+
					"it has neither this address, nor a text with 隐私, a page with privacy, agreement or the like in its path, or openPrivacyContract",
				s.given)
		}
		s.overall(policyAbsent, finding.Medium, collected, finding.Overall(text))
	}
	s.launch()
}

// overall reports a finding about everything that the program collects.
func (s *setting) overall(rule *finding.Rule, c finding.Confidence, collected []*finding.Finding, text finding.Overall) {
	s.pass.Report(finding.Finding{
		Rule: rule, Kind: finding.KindConfig, Confidence: c, Reachable: true,
		Location: s.at(source.Span{}), Overall: text, Message: text.Of(collected),
	})
}

// collected are the findings about data that reachable code of the program takes.
func (s *setting) collected() []*finding.Finding {
	var out []*finding.Finding
	for i := range s.pass.Found {
		if f := &s.pass.Found[i]; f.NeedsConsent() {
			out = append(out, f)
		}
	}
	return out
}

// sound reports whether f is a collection point of the program's own code, at
// confidence medium or above. It ignores acceptance, which comes later.
func sound(f *finding.Finding) bool {
	return f.Own() && f.Kind.Collects() && f.Confidence >= finding.Medium
}

var (
	asksConsent = []string{"onNeedPrivacyAuthorization", "requirePrivacyAuthorize", "getPrivacySetting", "agreePrivacyAuthorization"}
	showsPolicy = []string{"隐私", "openPrivacyContract"}
	policyRoute = regexp.MustCompile(`(?i)privacy|yinsi|agreement|protocol`)
)

// says reports whether a reachable script or template of the program itself
// holds one of some texts.
func (s *setting) says(texts []string) bool {
	for _, m := range s.pass.Program.Modules {
		if m.Own() && m.File != nil && mentioned(m.File, texts) {
			return true
		}
	}
	for _, v := range s.pass.Program.Views {
		if v.Reachable && v.File != nil && mentioned(v.File, texts) {
			return true
		}
	}
	return false
}

// mention is the key of whether the text of a file holds one of some words.
type mention struct{ words string }

func mentioned(f *source.File, words []string) bool {
	return source.Known(&f.Memo, mention{strings.Join(words, " ")}, func() bool { return mentions(f.Text, words) })
}

// mentions reports whether a text holds one of some words.
func mentions(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

var policyAbsent = &finding.Rule{
	ID: "config/privacy-policy-absent", Kind: finding.KindConfig, Since: since,
	Title: lang.Text{
		ZH: "没有隐私政策的页面或链接",
		EN: "no privacy policy",
	},
	Summary: lang.Text{
		ZH: "程序收集个人信息，没有隐私政策页面、带“隐私”的链接或 wx.openPrivacyContract，代码里也没有 beian.yaml 给出的隐私政策地址。",
		EN: "The program collects personal information but has no privacy policy page, no link that says 隐私, no wx.openPrivacyContract, and not the address of a policy that beian.yaml gives.",
	},
	Why: lang.Text{
		ZH: "未公开收集使用规则，属于《认定方法》列明的违规情形。",
		EN: "The identification method (191号) lists unpublished rules of collection as a violation.",
	},
	Bad:  `<view>提交即表示同意服务条款</view>`,
	Good: `<view bindtap="openContract">提交前请阅读《隐私保护指引》</view>`,
	Mend: lang.Text{
		ZH: "加上隐私政策页面或调用 wx.openPrivacyContract 的链接，放在四次点击之内能到的地方。",
		EN: "Add a page, or a link that calls wx.openPrivacyContract, not more than four clicks away.",
	},
	Limits: lang.Text{
		ZH: "只按文字和页面路径查找；图片里的链接和服务器下发的页面看不到，也不评价政策的内容。",
		EN: "It goes by the texts and paths of pages. It does not see links in pictures, pages from a server, or what the policy says.",
	},
	References: []law.Citation{appIdentification, pipl},
}

// policy reports whether the program has, or links to, a privacy policy.
func (s *setting) policy() bool {
	for _, u := range s.pass.Program.Units {
		if u.Registered && (policyRoute.MatchString(u.Path) || strings.Contains(u.Title, "隐私")) {
			return true
		}
	}
	return s.says(showsPolicy) || facts.Link(s.pass.Program, s.given) != nil
}
