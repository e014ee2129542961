package verdict

import (
	"strings"

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
			r.answer(NotRequired, "不是微信小程序；其他平台各有自己的隐私声明", "not a WeChat program; other platforms have declarations of their own")
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
			r.because("接口要声明的类型："+zh, "types to declare because of interfaces: "+en)
		}
		if len(loaded) > 0 {
			zh, en := keyNames(loaded)
			r.because("只在库的代码中、是否调用看不出的类型："+zh, "types that only library code uses, which may never run: "+en)
		}
		if len(own) > 0 {
			r.because("自行收集、平台扫描看不到但同样要声明的："+own.In(lang.Chinese),
				"collected in its own forms, which the platform does not see but which must be declared too: "+own.In(lang.English))
		}
	},
}

// keyNames lists privacy keys; those that no document confirms say so.
func keyNames(keys []string) (zh, en string) {
	var inZH, inEN []string
	for _, key := range keys {
		z, e := key, key
		if k := platform.PrivacyKeyByName(key); k != nil && k.Unverified {
			z, e = key+"（键名未核实）", key+" (key unverified)"
		}
		inZH, inEN = append(inZH, z), append(inEN, e)
	}
	return strings.Join(inZH, "、"), strings.Join(inEN, ", ")
}
