package detectors

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/privacy"
)

var privacyCheck = &finding.Rule{
	ID: "config/use-privacy-check-obsolete", Kind: finding.KindConfig, Since: since,
	Title: lang.Text{
		ZH: "__usePrivacyCheck__ 已不起作用",
		EN: "__usePrivacyCheck__ has no effect",
	},
	Summary: lang.Text{
		ZH: "app.json 仍有 __usePrivacyCheck__。",
		EN: "app.json still has __usePrivacyCheck__.",
	},
	Why: lang.Text{
		ZH: "2023-10-17 起隐私授权始终启用，这个开关只会让人误以为可以关掉。",
		EN: "Since 2023-10-17 privacy consent is always on; the switch only suggests that it could be off.",
	},
	Bad:  `{ "__usePrivacyCheck__": true }`,
	Good: `{ "pages": ["pages/index/index"] }`,
	Mend: lang.Text{
		ZH: "删去它。" + whoFixes.ZH,
		EN: "Delete it." + whoFixes.EN,
	},
	Limits: lang.Text{
		ZH: "只看 app.json 和 ext.json。2023-10-19 有社区帖称当时不写开关仍未生效，未经核实。",
		EN: "Looks at app.json and ext.json only. A community post of 2023-10-19 said that it was not yet live without the switch; " +
			"unverified.",
	},
	References: []law.Citation{privacyAuthorize},
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

var legacyUserInfo = &finding.Rule{
	ID: "api/legacy-user-info", Kind: finding.KindConfig, Category: finding.Nickname, Since: since,
	Title: lang.Text{
		ZH: "已收回的用户信息接口",
		EN: "retired user-info API",
	},
	Summary: lang.Text{
		ZH: "使用 getUserInfo 或 getUserProfile，它们只返回匿名数据。",
		EN: "Uses getUserInfo or getUserProfile, which give anonymous data.",
	},
	Why: lang.Text{
		ZH: "getUserInfo 自 2021-04-28、getUserProfile 自 2022-11-08 起返回“微信用户”和灰色头像，审核仍要求声明。",
		EN: "getUserInfo since 2021-04-28 and getUserProfile since 2022-11-08 give a grey picture and no name, and still must be declared.",
	},
	Bad:  `wx.getUserProfile({ desc: '完善会员资料', success: this.onProfile })`,
	Good: `<button open-type="chooseAvatar" bindchooseavatar="onAvatar">选择头像</button>`,
	Mend: lang.Text{
		ZH: "改用 open-type=\"chooseAvatar\" 和 <input type=\"nickname\">，或删去。",
		EN: `Use open-type="chooseAvatar" and <input type="nickname">, or delete it.`,
	},
	Limits: lang.Text{
		ZH: "基础库低于 2.27.1 的 getUserProfile 仍返回真实数据，这里不区分。",
		EN: "With a base library before 2.27.1 getUserProfile still gives real data; no difference is made.",
	},
	References: userInfoNotices,
}

// legacy finds interfaces that by now give anonymous data.
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
