package verdict

import "github.com/beian/beian/analyzer/finding"

// article is the rule that this project set out from: an individual's mini
// program is filed when it collects a name, phone number, email address or ID
// number; an enterprise's is registered and filed in any case. The law in force
// is wider, and the answer says so where the two differ.
var article = rulebook{
	id:    "article",
	title: finding.Text{ZH: "以收集个人信息为准的备案规则", EN: "Filing by personal information collected"},
	basis: []Basis{{
		Law:     finding.Text{ZH: "中华人民共和国民法典", EN: "Civil Code of the PRC"},
		Article: "1034",
		Date:    "2021-01-01",
		Source:  "https://github.com/LawRefBook/Laws",
	}},
	judge: func(in Input, pi PersonalInformation) (Answer, []finding.Text) {
		differs := finding.Text{
			ZH: "但现行规定不以此为条件，小程序仍须备案，见 miit-2023-105",
			EN: "yet the rules in force know no such condition, the mini program must be filed all the same: see miit-2023-105",
		}
		switch {
		case in.Inputs.Operator == Enterprise:
			return Required, []finding.Text{{
				ZH: "企业主办的小程序，无论收集什么，都要办理主体登记和备案",
				EN: "an enterprise registers its business and files whatever its mini program collects",
			}}
		case pi.Status == Triggered:
			return Required, []finding.Text{{
				ZH: "收集" + List(pi.Categories, "zh") + "：个人和企业主办者都要备案",
				EN: "it collects " + List(pi.Categories, "en") + ": individuals and enterprises alike must file",
			}}
		case in.Inputs.Operator == Unknown:
			return NeedsInput, []finding.Text{{
				ZH: "主办者是个人还是企业？用 --operator individual 或 --operator enterprise 说明",
				EN: "is the operator an individual or an enterprise? say so with --operator individual or --operator enterprise",
			}, differs}
		case pi.Status == Undetermined:
			return NeedsInput, []finding.Text{{
				ZH: "是否收集姓名、手机号、邮箱或身份证号尚不确定，请人工核对上面列出的位置",
				EN: "whether it collects a name, phone number, email address or ID number is not certain: check the places listed by hand",
			}, differs}
		}
		return NotRequired, []finding.Text{{
			ZH: "个人主办，没有发现收集姓名、手机号、邮箱或身份证号",
			EN: "an individual's mini program in which no collection of a name, phone number, email address or ID number was found",
		}, differs}
	},
}
