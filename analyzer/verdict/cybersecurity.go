package verdict

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// cybersecurity is what the law of 2026 asks of those who run a network service: logs,
// and more where people publish or write to each other.
var cybersecurity = rulebook{
	Rulebook: Rulebook{
		ID:       "cybersecurity-law",
		Title:    lang.Both("网络安全法", "Cybersecurity Law"),
		Document: law.Find("cybersecurity-law"),
		Basis: []law.Citation{
			law.Cite("cybersecurity-law", "23", "26", "49", "64", "69"),
			law.Cite("minors-in-cyberspace", "31"),
			law.Cite("incident-reporting"),
		},
		Condition: lang.Both("在境内运营网络服务；提供信息发布、即时通讯的另有义务", "a network service is run in mainland China; more if people publish or message"),
		Consequence: lang.Both("日志留存不少于六个月；发布信息和即时通讯的用户须有真实身份；处置违法信息；报告网络安全事件",
			"logs kept for at least six months; real identity of users who publish or message; unlawful content dealt with; incidents reported"),
		Blind: lang.Both("服务端的日志、审核和运营地", "logs and moderation on the server, and where it is run"),
	},
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		if in.Inputs.Mainland == No {
			r.answer(NeedsInput, "输入说明不在中国内地提供服务；服务器是否在内地运营？在内地运营网络的仍适用",
				"the input says that it is not served in mainland China; is it run there? the law covers networks that are")
			return
		}
		r.duty("网络日志留存不少于六个月", "network logs kept for at least six months", "23", Required,
			lang.Both("服务端留存；代码看不出", "kept on the server; code does not show it"))
		r.duty("网络安全事件报告", "reports of cybersecurity incidents", "国家网络安全事件报告管理办法", Required,
			lang.Both("2025-11-01 起施行；时限和级别见办法原文", "in force since 2025-11-01; see its text for deadlines and grades"))
		published(in, r)
	},
}

// published are the duties of services on which people publish or message.
func published(in Input, r *Ruling) {
	const identityZH, identityEN = "信息发布、即时通讯：用户真实身份信息", "publishing and messaging: real identity of users"
	const contentZH, contentEN = "违法信息的发现、停止传输、保存记录和报告", "unlawful content: found, stopped, recorded, reported"
	hints := in.Facts.About("publish")
	switch {
	case in.Inputs.AppType == "messaging" || in.Inputs.AppType == "community":
		because := lang.Textf("应用类型是%[1]s；不提供真实身份信息的，不得为其提供服务（罚款 5 万至 50 万元，第 64 条）",
			"the type of application is %[1]s; users who do not give it must not be served (fine of 50,000 to 500,000 RMB, art. 64)",
			AppTypeByID(in.Inputs.AppType).Title)
		r.duty(identityZH, identityEN, "26", Required, because)
		r.duty(contentZH, contentEN, "49, 69", Required)
	case len(hints) > 0:
		because := lang.Textf("用户能否发布信息或互发消息？线索：“%[1]s”（%[2]s）",
			"can users publish or message? hint: %[1]q (%[2]s)", hints[0].Text, hints[0].Location)
		r.duty(identityZH, identityEN, "26", NeedsInput, because)
		r.duty(contentZH, contentEN, "49, 69", NeedsInput, because)
	}
}
