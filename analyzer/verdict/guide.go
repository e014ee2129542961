package verdict

import (
	"slices"
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
		Title:    text("微信用户隐私保护指引", "WeChat privacy guide"),
		Document: law.Find("wechat-guide"),
		Basis: []law.Citation{
			law.Cite("wechat-guide"),
			law.Cite("wechat-guide-notice"),
		},
		Condition: text("调用处理用户信息的接口，或自行收集个人信息", "interfaces that handle user information are called, or personal information is collected in own forms"),
		Consequence: text("提交代码前在“用户隐私保护指引”中逐项声明用途；没有声明的接口在运行时失败（错误 112），声明与代码不符则审核不通过",
			"each item is declared with its purpose before the code is submitted; undeclared interfaces fail at run time (error 112), and a guide that does not match the code fails review"),
		Blind: text("后台已经声明了什么", "what has been declared already"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		if in.Platform != "wechat" && in.Platform != "" {
			r.answer(NotRequired, "不是微信小程序；其他平台各有自己的隐私声明", "no WeChat program; other platforms have declarations of their own")
			return
		}
		keys, loaded, own := declare(in)
		switch {
		case len(keys)+len(own) > 0:
			r.Status = Required
		case len(loaded) > 0:
			r.Status = NeedsInput
		default:
			r.nothing(pi, "没有发现要声明的接口或字段", "no interface or field was found that has to be declared")
		}
		if len(keys) > 0 {
			zh, en := keyNames(keys)
			r.because("接口要声明的类型："+zh, "types to declare for interfaces: "+en)
		}
		if len(loaded) > 0 {
			zh, en := keyNames(loaded)
			r.because("只在库的代码中、是否调用看不出的类型："+zh, "types in code of libraries only, which may not be called: "+en)
		}
		if len(own) > 0 {
			r.because("自行收集、平台扫描看不到但同样要声明的："+own.In(lang.Chinese), "collected in own forms, which the platform does not see and which are declared all the same: "+own.In(lang.English))
		}
	},
}

// declare gives the privacy keys of interfaces that are called, those that only
// code of libraries may call, and what the program collects without an interface
// of the platform's table.
func declare(in Input) (keys, loaded []string, own finding.CategoryList) {
	var forms []*finding.Finding
	for i := range in.Findings {
		switch f := &in.Findings[i]; {
		case !f.Collects() || f.Kind != finding.KindAPI && f.Confidence < finding.Medium:
			// An interface is declared although it gives anonymous data by now.
		case f.Kind == finding.KindField, f.Kind == finding.KindOCR && f.PrivacyKey == "", f.PrivacyKey == noInterface:
			forms = append(forms, f)
		default:
			keys = append(keys, f.PrivacyKey)
		}
	}
	for _, c := range in.Facts.Calls {
		keys = append(keys, keyOf(c))
	}
	for _, s := range in.Facts.Scopes {
		keys = append(keys, platform.ScopeKey(s.Text))
	}
	for _, c := range in.Facts.Loaded {
		loaded = append(loaded, keyOf(c))
	}
	keys = distinct(keys)
	loaded = slices.DeleteFunc(distinct(loaded), func(key string) bool { return slices.Contains(keys, key) })
	return keys, loaded, finding.CategoriesOf(forms)
}

// noInterface is the key of device information, which the platform's table gives
// no interface for.
const noInterface = "DeviceInfo"

// keyOf is the privacy key of an interface, or "".
func keyOf(c facts.Call) string {
	if a := platform.APIByName(c.API); a != nil && a.PrivacyKey != noInterface {
		return a.PrivacyKey
	}
	return ""
}

// distinct sorts keys, each once, without empty ones.
func distinct(keys []string) []string {
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return key == "" })
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
