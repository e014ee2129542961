package verdict

// miit105 is the filing duty in force: it depends neither on what a mini program
// collects nor on who runs it.
var miit105 = rulebook{
	Rulebook: Rulebook{
		ID:     "miit-2023-105",
		Title:  text("移动互联网应用程序备案", "Filing of mobile internet applications"),
		Issuer: text("工业和信息化部", "Ministry of Industry and Information Technology"),
		Number: "工信部信管〔2023〕105号",
		Date:   "2023-09-01",
		Basis: []Basis{{
			Law:    text("工业和信息化部关于开展移动互联网应用程序备案工作的通知（工信部信管〔2023〕105号）", "MIIT notice on the filing of mobile internet applications (工信部信管〔2023〕105号)"),
			Date:   "2023-07-21",
			Source: "gov.cn, zhengceku 202308/content_6897341",
		}, {
			Law:     text("中华人民共和国反电信网络诈骗法", "Anti-Telecom and Online Fraud Law of the PRC"),
			Article: "23",
			Date:    "2022-12-01",
			Source:  lawTexts,
		}, servicesBasis("4, 8"), {
			Law:     text("非经营性互联网信息服务备案管理办法（信息产业部令第33号）", "Measures on the Filing of Non-commercial Internet Information Services (Ministry of Information Industry order 33)"),
			Article: "5, 22",
			Date:    "2005-03-20",
			Source:  "edong.com help 349; njeast.com",
		}},
		Condition: text("在中国内地提供服务的小程序，组织和个人主办的都在内", "any mini program served in mainland China, of organisations and individuals alike"),
		Consequence: text("上架前通过平台向主办者所在地的通信管理局备案，在显著位置标明备案编号；未备案的不予上架或被清退，并可限期改正、罚款 1 万元，拒不改正的关闭（信息产业部令第33号第 22 条，据转载）",
			"file before listing, through the platform, with the communications administration where the operator is, and show the number; without filing, it is not listed or is removed, and the authority may order correction within a period, a fine of 10,000 RMB, and closure on refusal (Ministry of Information Industry order 33 art. 22, by copies)"),
		Blind: text("是否已经备案；境外主体和小游戏如何办理（未核实）", "whether it has been filed; what overseas operators and mini games have to do (unverified)"),
	},
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		switch {
		case in.Inputs.Mainland == No:
			r.answer(NotRequired, "输入说明本程序不在中国内地提供服务；105号针对在内地提供的服务", "the input says that it is not served in mainland China, which is what the notice covers")
		default:
			r.answer(Required, Notice.ZH, Notice.EN)
			if in.Inputs.Mainland == "" {
				r.because("是否在中国内地提供服务没有输入，按提供看待；不是的话在 beian.yaml 中写 operator.mainland: false",
					"the input does not say whether it is served in mainland China, so the answer assumes that it is; if not, set operator.mainland: false in beian.yaml")
			}
			if in.Inputs.FilingNumber != "" {
				r.because("输入的备案编号："+in.Inputs.FilingNumber+"（没有核实）", "filing number as given: "+in.Inputs.FilingNumber+" (not verified)")
			}
		}
	},
}
