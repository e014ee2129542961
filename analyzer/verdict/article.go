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
		Title:    lang.Both("按是否收集个人信息判断备案的规则（文章）", "Filing that depends on the personal information collected (the article)"),
		Document: law.Document{Issuer: lang.Both("本项目所依据的文章", "the article that this project started from")},
		Basis: []law.Citation{
			law.Cite("civil-code", "1034"),
		},
		Condition: lang.Both("个人主办：收集姓名、手机号、邮箱或身份证号（文章写作“等敏感信息”，这里只按列明的四类判断）；企业或其他组织主办：一律适用",
			"an individual: the program collects a name, phone number, email address or ID number (the article calls them examples; only these four are judged here); "+
				"an enterprise or organisation: always"),
		Consequence: lang.Both("备案；企业和其他组织还要办理主体登记，并在备案前完成合规评估。材料：名称、访问地址、主办者信息、隐私政策",
			"filing; an enterprise or organisation must also complete business registration and a compliance assessment before filing. "+
				"Materials: name, access address, operator, privacy policy"),
		Blind: lang.Both("主办者是谁；是否已经备案", "who the operator is; whether it has been filed"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		who := in.Inputs.Operator
		switch {
		case who == Enterprise || who == Organisation:
			articleForOrganisations(in, who, r)
		case pi.Status == Triggered:
			articleTriggered(in, pi, r)
		default:
			articleOpen(who, pi, r)
		}
		if in.Inputs.Mainland == No {
			r.Differs = []lang.Text{lang.Both("输入说明不在中国内地提供服务：105号不适用，以上只是文章的规则",
				"the input says that the program is not served in mainland China: notice 105 does not apply, and the above is the article's rule alone")}
		}
	},
}

func articleForOrganisations(in Input, who Operator, r *Ruling) {
	r.answer(Required, who.Title().ZH+"主办的小程序，不论收集何种信息，均须办理主体登记和备案，并在备案前完成合规评估",
		"an "+who.Title().EN+" must also complete business registration and a compliance assessment before filing, whatever its mini program collects")
	if found := Collection(in.Findings); len(found) > 0 {
		r.Reasons = append(r.Reasons, lang.Textf("评估时逐项说明对个人信息的处理：%s",
			"the assessment covers how personal information is handled: %s", finding.CategoriesOf(found)))
	}
	r.Reasons = append(r.Reasons, articleMaterials)
	r.Differs = append(r.Differs,
		lang.Both("“主体登记”是电子商务经营者的一般义务（电子商务法第 10 条，个人也在内，零星小额等除外），不是备案的条件；经营性服务要的是许可（互联网信息服务管理办法第 4、7 条）",
			"business registration is a duty of e-commerce operators in general (E-Commerce Law art. 10, individuals included, small sporadic deals excepted), "+
				"not a condition of filing; commercial services need a permit (Measures on Internet Information Services arts. 4, 7)"),
		materialsDiffer)
}

func articleTriggered(in Input, pi PersonalInformation, r *Ruling) {
	all := pi.Categories.Title()
	r.answer(Required, "收集"+all.ZH+"：个人和企业主办者都要备案", "it collects "+all.EN+": individuals and enterprises alike must file")
	r.Reasons = append(r.Reasons, articleMaterials)
	if f := phoneButton(in.Findings); f != nil && in.Inputs.Operator == Individual {
		r.because("请核对主办者类型：微信的手机号按钮（"+f.Location.String()+"）只对通过认证的非个人主体开放",
			"check the kind of operator: WeChat's phone number button ("+f.Location.String()+
				") is only open to certified operators that are not individuals")
	}
	if in.Inputs.Operator == Unknown {
		r.because("主办者是企业或其他组织时，还要办理主体登记，并在备案前完成合规评估；用 --operator individual、enterprise 或 organisation 说明主办者",
			"an enterprise or organisation must also complete business registration and a compliance assessment before filing; "+
				"use --operator individual, enterprise or organisation to say who the operator is")
	}
	r.Differs = append(r.Differs, lang.Both("备案不以收集个人信息为条件（105号）",
		"filing does not depend on what is collected (notice 105)"), materialsDiffer)
}

// articleOpen is the answer for an individual, or somebody who is not known, whose
// program was not seen to collect one of the four.
func articleOpen(who Operator, pi PersonalInformation, r *Ruling) {
	switch {
	case who == Unknown:
		r.answer(NeedsInput, "主办者是个人、企业还是其他组织？用 --operator individual、enterprise 或 organisation 说明",
			"is the operator an individual, an enterprise or another organisation? use --operator individual, enterprise or organisation")
		if pi.Status == Undetermined {
			r.Reasons = append(r.Reasons, articleUnsure)
		}
	case pi.Status == Undetermined:
		r.Status, r.Reasons = NeedsInput, []lang.Text{articleUnsure}
	default:
		r.answer(NotRequired, "个人主办，未发现收集姓名、手机号、邮箱或身份证号",
			"an individual's mini program in which no collection of a name, phone number, email address or ID number was found")
		r.Told = unseen
	}
	r.Differs = append(r.Differs, lang.Both("备案不以收集个人信息为条件，小程序仍须备案（105号）",
		"filing does not depend on what is collected, so the mini program must be filed anyway (notice 105)"))
}

var articleUnsure = lang.Both("是否收集姓名、手机号、邮箱或身份证号尚不确定，请人工核对上面列出的位置",
	"it is not certain whether it collects a name, phone number, email address or ID number: check the listed places by hand")

var articleMaterials = lang.Both("文章所列材料：名称、访问地址、主办者信息、隐私政策（beian materials 生成）",
	"materials that the article lists: name, access address, operator, privacy policy (beian materials drafts them)")

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
	"隐私政策不在备案材料清单上（它是平台审核项和%s的义务）；备案材料另需：负责人证件及人脸核验、承诺书、前置审批文件（如涉及）",
	"a privacy policy is not on the list of filing materials (the platform's review and %s ask for it); "+
		"filing also takes the responsible person's certificate and face verification, a letter of commitment, and pre-approvals if any",
	law.Cite("pipl", "17").Brief())
