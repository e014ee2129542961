package detectors

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/privacy"
)

var privateInfosMissing = &finding.Rule{
	ID: "config/required-private-infos-missing", Kind: finding.KindConfig, Category: finding.Position, Since: since,
	Title: lang.Text{
		ZH: "requiredPrivateInfos 缺少声明",
		EN: "interface missing from requiredPrivateInfos",
	},
	Summary: lang.Text{
		ZH: "代码调用位置或地址接口，app.json 的 requiredPrivateInfos 没有列出。",
		EN: "The code calls an interface of position or address that requiredPrivateInfos in app.json does not list.",
	},
	Why: lang.Text{
		ZH: "自 2022-07-14 起，未声明的接口在运行时调用失败。",
		EN: "Since 2022-07-14 an interface that is not declared fails when it is called.",
	},
	Bad:  `{ "pages": ["pages/index/index"] }`,
	Good: `{ "pages": ["pages/index/index"], "requiredPrivateInfos": ["getLocation"] }`,
	Mend: lang.Text{
		ZH: "在 requiredPrivateInfos 中加上这些接口，不需要的调用请删除。" + whoFixes.ZH,
		EN: "Add the interfaces to requiredPrivateInfos, or delete calls that are not needed." + whoFixes.EN,
	},
	Limits:     onlyWeChat,
	References: []law.Citation{privateInfosNotice},
}

var privateInfosUnused = &finding.Rule{
	ID: "config/required-private-infos-unused", Kind: finding.KindConfig, Category: finding.Position, Since: since,
	Title: lang.Text{
		ZH: "requiredPrivateInfos 声明了没有用到的接口",
		EN: "unused interface in requiredPrivateInfos",
	},
	Summary: lang.Text{
		ZH: "requiredPrivateInfos 列出的接口，在上传的代码里都没有出现。",
		EN: "No code that is uploaded names an interface that requiredPrivateInfos lists.",
	},
	Why: lang.Text{
		ZH: "声明多于使用，审核时会被要求说明或删除，也让用户误以为会被定位。",
		EN: "The review asks about what is declared but not used, and users are told about something that does not happen.",
	},
	Bad:  `{ "requiredPrivateInfos": ["getLocation", "choosePoi"] }`,
	Good: `{ "requiredPrivateInfos": ["getLocation"] }`,
	Mend: lang.Text{
		ZH: "删去没有用到的接口。" + whoFixes.ZH,
		EN: "Delete what is not used." + whoFixes.EN,
	},
	Limits:     onlyWeChat,
	References: []law.Citation{privateInfosNotice},
}

var privateInfosConflict = &finding.Rule{
	ID: "config/required-private-infos-conflict", Kind: finding.KindConfig, Category: finding.Position, Since: since,
	Title: lang.Text{
		ZH: "模糊位置与精确位置同时声明",
		EN: "fuzzy and exact position declared together",
	},
	Summary: lang.Text{
		ZH: "requiredPrivateInfos 同时有 getFuzzyLocation 和精确位置接口。",
		EN: "requiredPrivateInfos has both getFuzzyLocation and a precise-location API.",
	},
	Why: lang.Text{
		ZH: "二者互斥，编译上传时报错。",
		EN: "The two exclude each other; the upload fails.",
	},
	Bad:  `{ "requiredPrivateInfos": ["getFuzzyLocation", "getLocation"] }`,
	Good: `{ "requiredPrivateInfos": ["getFuzzyLocation", "chooseLocation"] }`,
	Mend: lang.Text{
		ZH: "按业务需要选一种；能用模糊位置就不要用精确位置。",
		EN: "Keep the one that the service needs; prefer the fuzzy one.",
	},
	Limits:     onlyWeChat,
	References: []law.Citation{privateInfosNotice},
}

// privateInfos compares requiredPrivateInfos with the calls.
func (s *setting) privateInfos() {
	list := s.config.Declared.Get("requiredPrivateInfos")
	var missing []string
	var uses []privacy.Use
	for _, api := range platform.PrivateAPIs() {
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
		if fuzzy >= 0 && slices.Contains(platform.ExactAPIs(), v.String()) {
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

var permissionDesc = &finding.Rule{
	ID: "config/permission-desc-missing", Kind: finding.KindConfig, Category: finding.Position, Since: since,
	Title: lang.Text{
		ZH: "未填写位置用途说明",
		EN: "purpose of the position not stated",
	},
	Summary: lang.Text{
		ZH: "代码获取位置，app.json 的 permission 没有对应的 desc。",
		EN: "The code asks for the position, but permission in app.json has no desc for it.",
	},
	Why: lang.Text{
		ZH: "desc 显示在授权弹窗里；没有它，用户不知道为什么要定位。",
		EN: "The authorize dialog shows desc; without it the person does not learn what the position is for.",
	},
	Bad:  `{ "requiredPrivateInfos": ["getLocation"] }`,
	Good: `{ "permission": { "scope.userLocation": { "desc": "用于查找附近的门店" } } }`,
	Mend: lang.Text{
		ZH: "补上 permission 的 desc，写清具体用途（beian fix 放入的只是草稿，请核对）。" + whoFixes.ZH,
		EN: "Add desc with the actual purpose (what beian fix puts in is a draft for you to check)." + whoFixes.EN,
	},
	Limits:     onlyWeChat,
	References: []law.Citation{privateInfosNotice, pipl},
}

// permission wants a purpose for every kind of position that is asked for.
func (s *setting) permission() {
	for _, scope := range []struct {
		name string
		apis []string
	}{{"scope.userLocation", platform.ExactAPIs()}, {"scope.userFuzzyLocation", []string{"getFuzzyLocation"}}} {
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
			ZH: "代码获取位置，permission." + scope.name + ".desc 未填写用途说明",
			EN: "the code asks for the position, and permission." + scope.name + ".desc does not say what for",
		}, uses)
	}
}
