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
		Consequence: lang.Both("上线之日起 30 日内在全国互联网安全管理服务平台备案；不办的可警告或停机整顿至多 6 个月（第 23 条）",
			"file on the national platform within 30 days of going online; otherwise a warning, or suspension for up to 6 months (art. 23)"),
		Blind: lang.Both("是否已经办理；微信审核是否检查（未核实）", "whether it was done; whether WeChat's review looks at it (unverified)"),
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
			r.answer(Required, "上线之日起 30 日内办理，与收集什么无关；个人主办的，请向所在地公安机关核实（第 12 条的对象是法人和其他组织）",
				"file within 30 days of going online, whatever it collects; individuals should ask the local public security organ, because article 12 covers legal persons and other organisations")
		default:
			r.answer(Required, "上线之日起 30 日内办理，与收集什么无关", "file within 30 days of going online, whatever it collects")
		}
	},
}
