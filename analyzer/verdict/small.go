package verdict

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// smallLimit is the number of persons from which on a handler is no small one (order 25).
const smallLimit = 100_000

// smallHandlers are the simplified measures of 2026 for handlers of the information of
// fewer than 100,000 persons. Its articles were not read, so the answer keeps to what
// public quotations agree on: definition, dates, the two forms, what is not waived.
var smallHandlers = rulebook{
	Rulebook: Rulebook{
		ID:       "small-handlers",
		Title:    lang.Both("小型个人信息处理者简化措施", "Simplified measures for small handlers"),
		Document: law.Find("small-handlers"),
		Basis: []law.Citation{
			law.Cite("small-handlers"),
			law.Cite("pipl", "62"),
		},
		Condition: lang.Both("处理不满 10 万人的个人信息", "information of fewer than 100,000 individuals is handled"),
		Consequence: lang.Both("可用简化的合规审计自查表（附件 1）和影响评估表（附件 2）；告知、敏感信息单独同意、个人权利、安全和事件通知不豁免",
			"simplified forms for the compliance audit (annex 1) and the impact assessment (annex 2); "+
				"notice, separate consent for sensitive information, rights, security and notice of incidents are not waived"),
		Blind: lang.Both("人数；条文原文未读到，逐条简化的内容和除外情形请核对官方文本",
			"the number of individuals; the articles were not read: check the official text for what each simplifies and excludes"),
	},
	domestic: true,
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		persons := in.Inputs.Persons
		switch {
		case len(Collection(in.Findings)) == 0:
			r.nothing(pi, "没有发现收集个人信息", "no collection of personal information was found")
		case persons == nil:
			r.answer(NeedsInput, "处理多少人的个人信息（operator.persons）？不满 10 万人的适用简化措施；达到 100 万人须报送负责人；超过 1000 万人每两年至少审计一次",
				"how many individuals' data do you process (operator.persons)? below 100,000 the simplified measures apply; "+
					"from 1 million you must report your PI protection officer; above 10 million an audit is due at least every two years")
		case *persons >= smallLimit:
			r.answer(NotRequired, "输入的人数已达到 10 万，不是小型处理者", "the number of individuals given has reached 100,000: this is no small handler")
		default:
			r.Reasons = []lang.Text{count(*persons)}
			smallDuties(in, r)
		}
	},
}

func smallDuties(in Input, r *Ruling) {
	r.duty("合规审计：填写自查表（24 项）", "compliance audit: fill in the self-check form (24 items)", "附件 1", Required,
		lang.Both("beian materials 起草自查表，代码能回答的项已填", "beian materials drafts the form, with the items that code answers filled in"))
	r.duty("影响评估：填写评估表（五种情形）", "impact assessment: fill in the form (five situations)", "附件 2", Required,
		lang.Both("有第 55 条情形时填写；影响评估本身不豁免", "to be filled in if a case of art. 55 applies; the assessment itself is not waived"))
	if in.Inputs.CrossBorder != No {
		r.duty("出境手续的豁免", "exemption from the procedures for transfers abroad", "PIPL 38", NeedsInput,
			lang.Both("是否出境？出境的，安全评估、标准合同或认证可能豁免，条件未核实；告知和单独同意不豁免",
				"does information go abroad? assessment, standard contract or certification may be waived (conditions unverified); notice and separate consent are not"))
	}
}
