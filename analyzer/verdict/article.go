package verdict

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// article is the rule that this project began with: an individual's mini program
// is filed if it collects a name, phone number, email address or ID number; an
// enterprise's is registered and filed in any case, after an assessment. The law
// in force is wider, and the answer says so wherever the two differ.
var article = rulebook{
	Rulebook: Rulebook{
		ID:       "article",
		Title:    lang.Both("以收集个人信息为准的备案规则", "Filing that depends on the personal information collected"),
		Document: law.Document{Issuer: lang.Both("本项目所依据的文章", "the article that this project started from")},
		Basis: []law.Citation{
			law.Cite("civil-code", "1034"),
		},
		Condition: lang.Both("个人主办：收集姓名、手机号、邮箱或身份证号；企业或其他组织主办：一律适用",
			"an individual: the program collects a name, phone number, email address or ID number; an enterprise or organisation: always"),
		Consequence: lang.Both("备案；企业和其他组织还要办理主体登记，并在备案前做一次评估。材料：名称、访问地址、主办者信息、隐私政策",
			"filing; enterprises and organisations must also register their business and be assessed before filing. Materials: name, access address, operator, privacy policy"),
		Blind: lang.Both("主办者是谁；是否已经备案", "who the operator is; whether it has been filed"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		switch who := in.Inputs.Operator; {
		case who == Enterprise || who == Organisation:
			r.answer(Required, who.Title().ZH+"主办的小程序，无论收集什么，都要办理主体登记和备案，备案前先做评估",
				"an "+who.Title().EN+" must register its business, be assessed, and then file, whatever its mini program collects")
			r.because("材料：名称、访问地址、主办者信息、隐私政策（beian materials 生成）",
				"materials: name, access address, operator, privacy policy (beian materials drafts them)")
			r.Differs = append(r.Differs,
				lang.Both("“主体登记”是电子商务经营者的一般义务（电子商务法第 10 条，个人也在内，零星小额等除外），不是备案的条件；经营性服务要的是许可（互联网信息服务管理办法第 4、7 条）",
					"business registration is a duty of e-commerce operators in general (E-Commerce Law art. 10, individuals included, small sporadic deals excepted), not a condition of filing; commercial services need a permit (Measures on Internet Information Services arts. 4, 7)"),
				materialsDiffer)
			return
		case pi.Status == Triggered:
			all := pi.Categories.Title()
			r.answer(Required, "收集"+all.ZH+"：个人和企业主办者都要备案", "it collects "+all.EN+": individuals and enterprises alike must file")
			if f := phoneButton(in.Findings); f != nil && who == Individual {
				r.because("请核对主办者类型：微信的手机号按钮（"+f.Location.String()+"）只对通过认证的非个人主体开放",
					"check the kind of operator: WeChat's phone number button ("+f.Location.String()+
						") is only open to certified operators that are not individuals")
			}
			if who == Unknown {
				r.because("主办者是企业或其他组织时，还要办理主体登记，并在备案前做评估；用 --operator individual、enterprise 或 organisation 说明主办者",
					"enterprises and organisations must also register their business and be assessed before filing; use --operator individual, enterprise or organisation to say who the operator is")
			}
			r.Differs = append(r.Differs, lang.Both("备案不以收集个人信息为条件，见 miit-2023-105",
				"filing does not depend on what is collected: see miit-2023-105"), materialsDiffer)
			return
		case who == Unknown:
			r.answer(NeedsInput, "主办者是个人、企业还是其他组织？用 --operator individual、enterprise 或 organisation 说明",
				"is the operator an individual, an enterprise or another organisation? use --operator individual, enterprise or organisation")
			if pi.Status == Undetermined {
				r.because(unsureZH, unsureEN)
			}
		case pi.Status == Undetermined:
			r.answer(NeedsInput, unsureZH, unsureEN)
		default:
			r.answer(NotRequired, "个人主办，没有发现收集姓名、手机号、邮箱或身份证号",
				"an individual's mini program in which no collection of a name, phone number, email address or ID number was found")
		}
		r.because("但现行规定不以此为条件，小程序仍须备案，见 miit-2023-105",
			"the rules in force have no such condition, so the mini program must be filed anyway: see miit-2023-105")
	},
}

const (
	unsureZH = "是否收集姓名、手机号、邮箱或身份证号尚不确定，请人工核对上面列出的位置"
	unsureEN = "it is not certain whether it collects a name, phone number, email address or ID number: check the listed places by hand"
)

// phoneButton returns a finding about WeChat's button for the phone number, or nil.
// Only certified operators other than individuals may use it
// (getRealtimePhoneNumber, official document).
func phoneButton(all []finding.Finding) *finding.Finding {
	for i := range all {
		if f := &all[i]; f.Triggers() && f.Kind == finding.KindAPI && f.PrivacyKey == "PhoneNumber" {
			return f
		}
	}
	return nil
}

var materialsDiffer = lang.Textf(
	"隐私政策不在备案材料清单上（它是平台审核项和%s的义务）；清单上另有负责人证件与核验、承诺书、前置审批文件",
	"a privacy policy is not on the list of filing materials (the platform's review and %s ask for it); the list also has the responsible person's certificate and verification, a letter of commitment and pre-approvals",
	law.Cite("pipl", "17").Brief())
