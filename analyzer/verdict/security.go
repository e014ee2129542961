package verdict

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// publicSecurity is the filing with the police, in addition to that of the
// ministry.
var publicSecurity = rulebook{
	Rulebook: Rulebook{
		ID:       "public-security",
		Title:    lang.Both("公安联网备案", "Filing with the public security organ"),
		Document: law.Find("networking-security"),
		Basis: []law.Citation{
			law.Cite("networking-security", "12", "23"),
		},
		Condition: lang.Both("程序联网提供服务；第 12 条的对象是法人和其他组织", "the program is online; article 12 covers legal persons and other organisations"),
		Consequence: lang.Both("网络正式联通之日起 30 日内备案；小程序在全国互联网安全管理服务平台（beian.mps.gov.cn）办理，编号与图标在审核通过后 30 日内挂出（实践做法，据转载）；不办的可警告或停机整顿至多 6 个月（第 23 条）",
			"file within 30 days of going online; mini programs do so at beian.mps.gov.cn and show number and icon within 30 days of approval (practice, by copies); otherwise a warning, or suspension for up to 6 months (art. 23)"),
		Blind: lang.Both("是否已经办理；平台审核是否检查（未核实）", "whether it was done; whether the platform's review looks at it (unverified)"),
	},
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		if in.Inputs.Mainland == No {
			r.answer(NotRequired, "输入说明本程序不在中国内地提供服务", "the input says that it is not served in mainland China")
			return
		}
		switch in.Inputs.Operator {
		case Individual:
			r.answer(NeedsInput, "第 12 条的对象是法人和其他组织：个人主办的是否办理，请向所在地公安机关核实",
				"article 12 covers legal persons and other organisations: ask the local public security organ whether an individual must file")
		case Unknown:
			r.answer(Required, "网络正式联通之日起 30 日内办理，与收集什么无关；个人主办的，请向所在地公安机关核实（第 12 条的对象是法人和其他组织）",
				"file within 30 days of going online, whatever it collects; individuals should ask the local public security organ, because article 12 covers legal persons and other organisations")
		default:
			r.answer(Required, "网络正式联通之日起 30 日内办理，与收集什么无关（第 12 条；小程序是否适用以所在地公安机关的要求为准）",
				"file within 30 days of going online, whatever it collects (art. 12; the local public security organ decides how it covers mini programs)")
		}
	},
}
