package verdict

import "github.com/beian/beian/analyzer/finding"

// miit105 is the filing duty in force: it depends neither on what a mini program
// collects nor on who runs it.
var miit105 = rulebook{
	id:    "miit-2023-105",
	title: finding.Text{ZH: "移动互联网应用程序备案", EN: "Filing of mobile internet applications"},
	basis: []Basis{{
		Law:    finding.Text{ZH: "工业和信息化部关于开展移动互联网应用程序备案工作的通知（工信部信管〔2023〕105号）", EN: "MIIT notice on the filing of mobile internet applications (工信部信管〔2023〕105号)"},
		Date:   "2023-07-21",
		Source: "gov.cn, zhengceku 202308/content_6897341",
	}, {
		Law:     finding.Text{ZH: "中华人民共和国反电信网络诈骗法", EN: "Anti-Telecom and Online Fraud Law of the PRC"},
		Article: "23",
		Date:    "2022-12-01",
		Source:  "https://github.com/LawRefBook/Laws",
	}, {
		Law:     finding.Text{ZH: "互联网信息服务管理办法", EN: "Measures on Internet Information Services"},
		Article: "4, 8",
		Date:    "2011-01-08",
		Source:  "https://github.com/LawRefBook/Laws",
	}, {
		Law:     finding.Text{ZH: "非经营性互联网信息服务备案管理办法", EN: "Measures on the Filing of Non-commercial Internet Information Services"},
		Article: "5",
		Date:    "2005-03-20",
		Source:  "edong.com help 349",
	}},
	judge: func(Input, PersonalInformation) (Answer, []finding.Text) {
		return Required, []finding.Text{Notice}
	},
}
