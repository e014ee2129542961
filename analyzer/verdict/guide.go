package verdict

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
)

// privacyGuide is the declaration that WeChat asks for before review.
var privacyGuide = rulebook{
	Rulebook: Rulebook{
		ID:       "wechat-privacy-guide",
		Title:    lang.Both("微信用户隐私保护指引", "WeChat privacy guide"),
		Document: law.Find("wechat-guide"),
		Basis: []law.Citation{
			law.Cite("wechat-guide"),
			law.Cite("wechat-guide-notice"),
		},
		Condition: lang.Both("调用处理用户信息的接口，或自行收集个人信息", "the program calls interfaces that handle user information, or collects personal information in its own forms"),
		Consequence: lang.Both("提交代码前在“用户隐私保护指引”中逐项声明用途；没有声明的接口在运行时失败（错误 112），声明与代码不符则审核不通过",
			"each item must be declared with its purpose before the code is submitted; undeclared interfaces fail at run time (error 112), and a guide that does not match the code fails review"),
		Blind: lang.Both("后台已经声明了什么", "what has been declared already"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		if in.Platform != "wechat" && in.Platform != "" {
			otherGuide(in, pi, r)
			return
		}
		var keys, loaded []string
		var own finding.CategoryList
		if in.Guide != nil {
			keys, loaded = in.Guide.Keys()
			own = in.Guide.Collected()
		}
		switch {
		case len(keys)+len(own) > 0:
			r.Status = Required
		case len(loaded) > 0:
			r.Status = NeedsInput
		default:
			r.nothing(pi, "没有发现要声明的接口或字段", "nothing was found that has to be declared")
		}
		if len(keys) > 0 {
			zh, en := keyNames(keys)
			r.because("所用接口要求声明的信息类型："+zh, "information types the APIs in use require you to declare: "+en)
		}
		if len(loaded) > 0 {
			zh, en := keyNames(loaded)
			r.because("仅出现在第三方库代码中、无法确认是否调用的类型："+zh, "types that only library code uses, which may never run: "+en)
		}
		if len(own) > 0 {
			r.because("通过自有表单收集、平台检测不到但同样须声明的信息："+own.In(lang.Chinese),
				"collected through its own forms: not detected by the platform, but must be declared too: "+own.In(lang.English))
		}
		for _, t := range typesByHint {
			if at := t.shown(in.Facts); at != nil {
				r.because(fmt.Sprintf("可能还要声明 %s（%s）：“%s”（%s）", t.key, platform.PrivacyKeyByName(t.key).Title.ZH, at.Text,
					at.Location),
					fmt.Sprintf("perhaps %s (%s) too: %q (%s)", t.key, platform.PrivacyKeyByName(t.key).Title.EN, at.Text, at.Location))
			}
		}
	},
}

// typeByHint is a type of the guide that no interface asks for and that pages or calls
// hint at.
type typeByHint struct {
	key   string
	topic facts.Topic
	calls []string
}

var typesByHint = []typeByHint{
	{"EXOrderInfo", "orders", nil},
	{"EXUserPublishContent", "publish", nil},
	{"EXUserOpLog", "", []string{"reportEvent", "reportAnalytics", "getRealtimeLogManager", "getLogManager"}},
}

func (t typeByHint) shown(f facts.Facts) *facts.Place {
	if hints := f.About(t.topic); len(hints) > 0 {
		return &hints[0].Place
	}
	if call := f.Call(t.calls...); call != nil {
		return &facts.Place{Text: call.API, Location: call.Location}
	}
	return nil
}

// otherGuide is the answer for platforms other than WeChat. Douyin enforces its
// declaration at run time; what the others do was not found in public documents.
func otherGuide(in Input, pi PersonalInformation, r *Ruling) {
	name := lang.Same(in.Platform)
	if p := platform.PlatformByName(in.Platform); p != nil {
		name = p.Title
	}
	r.Title = name.Plus(lang.Both("的隐私声明", ": privacy declaration"))
	r.Document, r.Basis = law.Document{Issuer: name}, []law.Citation{law.Cite("pipl", "17")}
	r.Consequence = lang.Both("按该平台的要求声明收集的信息和用途", "what is collected, and for what, is declared as the platform asks")
	if len(Collection(in.Findings)) == 0 {
		r.nothing(pi, "没有发现收集个人信息", "no collection of personal information was found")
		return
	}
	if in.Platform == "douyin" {
		r.Basis = []law.Citation{law.Cite("douyin-privacy")}
		r.answer(NeedsInput, "是否已在抖音的隐私协议中声明？没有声明的接口在调用时失败（错误 133179）",
			"is it declared in Douyin's privacy agreement? interfaces that are not declared fail when called (error 133179)")
		return
	}
	r.answer(NeedsInput, "该平台的隐私声明是否已填写？它的要求没有查到公开文档（未核实）",
		"has the platform's privacy declaration been filled in? no public document of its rules was found (unverified)")
}

// keyNames lists privacy keys, in Chinese with what they stand for; those that no document
// confirms say so.
func keyNames(keys []string) (zh, en string) {
	var inZH, inEN []string
	for _, key := range keys {
		z, e := key, key
		if k := platform.PrivacyKeyByName(key); k != nil {
			z = k.Title.ZH + "（" + key + "）"
			if open, is := strings.CutSuffix(k.Title.ZH, "）"); is { // 用户信息（微信昵称、头像，UserInfo）
				z = open + "，" + key + "）"
			}
			if k.Unverified {
				z, e = strings.TrimSuffix(z, "）")+"，键名未核实）", key+" (key unverified)"
			}
		}
		inZH, inEN = append(inZH, z), append(inEN, e)
	}
	return strings.Join(inZH, "、"), strings.Join(inEN, ", ")
}
