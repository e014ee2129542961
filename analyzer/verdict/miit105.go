package verdict

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// miit105 is the filing duty in force: it depends neither on what a mini program
// collects nor on who runs it.
var miit105 = rulebook{
	Rulebook: Rulebook{
		ID:       "miit-2023-105",
		Title:    lang.Both("移动互联网应用程序备案", "Filing of mobile internet applications"),
		Document: law.Find("miit-105"),
		Basis: []law.Citation{
			law.Cite("miit-105"),
			law.Cite("telecom-fraud-law", "23"),
			law.Cite("internet-services", "4", "8"),
			law.Cite("non-commercial-filing", "5", "13", "14", "22", "25"),
		},
		Condition: lang.Both("在中国内地提供服务的小程序，组织和个人主办的都在内", "any mini program served in mainland China, of organisations and individuals alike"),
		Consequence: lang.Both("上架前通过平台向主办者所在地的通信管理局备案，在显著位置标明备案编号并链接 beian.miit.gov.cn；未备案的不予上架或被清退，并可限期改正、罚款 1 万元，拒不改正的关闭（33号令第 22 条，据转载）",
			"file before listing, through the platform, with the communications administration where the operator is; show the number with a link to beian.miit.gov.cn; "+
				"without filing, it is not listed or is removed, and the authority may order correction within a period, a fine of 10,000 RMB, "+
				"and closure on refusal (order 33 art. 22, by copies)"),
		Blind: lang.Both("是否已经备案；境外主体和小游戏如何办理（未核实）", "whether it has been filed; what overseas operators and mini games have to do (unverified)"),
	},
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		switch {
		case in.Inputs.Mainland == No:
			r.answer(NotRequired, "输入说明不在中国内地提供服务；105号针对在内地提供的服务", "the input says that it is not served in mainland China, which is what the notice covers")
		default:
			r.answer(Required, notice.ZH, notice.EN)
			if in.Inputs.Mainland == "" {
				r.because("未填写是否在内地提供服务，暂按“是”处理；如否，请在 beian.yaml 设置 operator.mainland: false",
					"the input does not say whether it is served in mainland China, so the answer assumes that it is; if not, set operator.mainland: false in beian.yaml")
			}
			if f := judgeFiling(in); f != nil {
				r.Reasons = append(r.Reasons, f.Given())
			}
		}
	},
}
