package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
)

// Collection returns the findings of all that personal information law is about:
// what reachable pages of the program itself collect, at confidence medium or
// above.
func Collection(all []finding.Finding) []*finding.Finding {
	var out []*finding.Finding
	for i := range all {
		if f := &all[i]; f.Collects() && f.Confidence >= finding.Medium {
			out = append(out, f)
		}
	}
	return out
}

// Abroad reports whether a host looks as if it were outside mainland China: it belongs
// to a service that is run there (platform.Services). A region may be chosen, so this
// is a question and no answer.
func Abroad(host string) bool {
	s := platform.ServiceByHost(host)
	return s != nil && s.Abroad()
}

// abroad returns the addresses that look as if they were outside mainland
// China.
func abroad(f facts.Facts) []facts.Address {
	var out []facts.Address
	for _, a := range f.Addresses {
		if Abroad(a.Host()) {
			out = append(out, a)
		}
	}
	return out
}

var pipl = rulebook{
	Rulebook: Rulebook{
		ID:       "pipl",
		Title:    lang.Both("个人信息保护法", "Personal Information Protection Law"),
		Document: law.Find("pipl"),
		Basis: []law.Citation{
			law.Cite("pipl", "3", "13", "14", "15", "17", "21", "23", "28-31", "38-40", "44-50", "51", "54-57", "66"),
			law.Cite("network-data", "11", "21-24"),
			law.Cite("children-online"),
			law.Cite("minors-in-cyberspace", "31", "32", "34", "36"),
			law.Cite("e-commerce-law", "24"),
			law.Cite("app-identification"),
			law.Cite("cross-border-flows"),
		},
		Condition: lang.Both("处理个人信息", "the program handles personal information"),
		Consequence: lang.Both("告知并取得同意；敏感信息、未成年人、委托与提供、出境、个人权利、安全和事件各有义务（违反见第 66 条）",
			"notice and consent; duties for sensitive information, minors, entrusting and sharing, transfer abroad, rights of persons, security and incidents (sanctions: art. 66)"),
		Blind: lang.Both("同意以外的合法性基础、合同、服务器在哪里、用户年龄", "legal bases other than consent, contracts, where the servers are, the age of users"),
	},
	domestic: true,
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.nothing(pi, "没有发现收集个人信息；服务端另有收集的除外", "no collection of personal information was found, unless the server does so")
			return
		}
		var causes assessmentCauses
		consent(in, found, r)
		causes.sensitive = sensitiveDuty(in, found, r)
		minors(in, r)
		causes.entrusts, causes.shares = sharing(in, found, r)
		causes.abroad = crossBorder(in, r)
		rights(in, r)
		security(in, found, r)
		incidents(r)
		r.duty("定期合规审计", "regular compliance audits", "54", Required,
			lang.Both("审计周期由处理者自行确定；处理超过 1000 万人信息的，每两年至少一次（见“按处理人数产生的义务”）；不满 10 万人的可用自查表（见“小型个人信息处理者简化措施”）",
				"the operator sets the interval; above 10 million individuals at least every two years (see \"Duties triggered by the number of individuals\"); "+
					"below 100,000 a self-check form will do (see \"Simplified measures for small handlers\")"))
		causes.assess(r)
	},
}

func consent(in Input, found []*finding.Finding, r *Ruling) {
	all := finding.CategoriesOf(found)
	where := lang.Both("代码中未发现隐私政策的入口", "no entry point to a privacy policy was found in the code")
	if given := in.Inputs.PrivacyPolicy; given != "" {
		where = lang.Textf("隐私政策（输入）：%s，", "privacy policy (input): %s, ", given)
		if link := in.Facts.PolicyLink; link != nil {
			where = where.Plus(lang.Textf("代码中的链接：%s", "linked at %s", link.Location))
		} else {
			where = where.Plus(lang.Both("代码中没有找到它的链接", "to which no link was found in the code"))
		}
	} else if len(in.Facts.Policies) > 0 {
		p := in.Facts.Policies[0]
		where = lang.Both("隐私政策入口："+p.Location.String(), "entry point to the privacy policy: "+p.Location.String())
	}
	r.duty("告知与同意", "notice and consent", "13, 14, 17", Required,
		lang.Textf("收集%s", "it collects %s", all), where)
}

// places names the places of the first findings.
func places(found []*finding.Finding) string {
	var out []string
	for _, f := range found {
		if p := f.Location.String(); p != "" && len(out) < 3 && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; ")
}

func minors(in Input, r *Ruling) {
	hints := in.Facts.About(facts.Children)
	switch {
	case in.Inputs.Children == Yes:
		r.duty("不满十四周岁未成年人：监护人同意、专门规则", "children under 14: guardian's consent, separate rules", "31", Required,
			lang.Both("输入说明用户中有不满十四周岁的儿童；另见儿童个人信息网络保护规定、未成年人网络保护条例 31、32、34、36",
				"the input says that there are children under 14 among the users; see also the Provisions on the Protection of Children's Personal Information Online and arts. 31, 32, 34, 36 of the Regulations on the Protection of Minors in Cyberspace"))
	case (in.Inputs.Children == No || in.Inputs.Minors == No) && len(hints) > 0:
		r.duty("不满十四周岁未成年人：监护人同意、专门规则", "children under 14: guardian's consent, separate rules", "31", NeedsInput,
			lang.Textf("输入说明用户中没有不满十四周岁的儿童，但页面上有“%s”（%s），请核对",
				"the input says that there are no children under 14 among the users, but a page says %[1]q (%[2]s): check which is right",
				hints[0].Word, hints[0].Location))
	case in.Inputs.Children == No || in.Inputs.Minors == No:
		r.duty("不满十四周岁未成年人", "children under 14", "31", NotRequired,
			lang.Both("输入说明用户中没有不满十四周岁的儿童", "the input says that there are no children under 14 among the users"))
	case len(hints) > 0:
		r.duty("不满十四周岁未成年人：监护人同意、专门规则", "children under 14: guardian's consent, separate rules", "31", NeedsInput,
			lang.Both(fmt.Sprintf("用户中有没有不满十四周岁的儿童？线索：“%s” %s", hints[0].Word, hints[0].Location),
				fmt.Sprintf("are there children under 14 among the users? hint: %q %s", hints[0].Word, hints[0].Location)))
	default:
		r.duty("不满十四周岁未成年人", "children under 14", "31", NeedsInput,
			lang.Both("用户中有没有不满十四周岁的儿童？代码中没有线索", "are there children under 14 among the users? nothing in the code points to it"))
	}
}

func crossBorder(in Input, r *Ruling) bool {
	const titleZH, titleEN = "出境：单独同意，安全评估、标准合同或认证", "transfer abroad: separate consent; security assessment, standard contract or certification"
	out := abroad(in.Facts)
	switch {
	case in.Inputs.CrossBorder == Yes:
		r.duty(titleZH, titleEN, "38-40", Required, lang.Both("输入说明个人信息会出境", "the input says that personal information goes abroad"))
		return true
	case in.Inputs.CrossBorder == No && len(sentAbroad(Collection(in.Findings))) > 0:
		r.duty(titleZH, titleEN, "38-40", NeedsInput,
			lang.Textf("输入说明个人信息不出境，但代码%s，请核对",
				"the input says that personal information stays in mainland China, but the code %s: check which is right", sentAbroad(Collection(in.Findings))[0].text()))
	case in.Inputs.CrossBorder == No:
		r.duty("出境", "transfer abroad", "38-40", NotRequired,
			lang.Both("输入说明个人信息不出境", "the input says that personal information stays in mainland China"))
	case len(out) > 0:
		r.duty(titleZH, titleEN, "38-40", NeedsInput,
			lang.Both(fmt.Sprintf("%s（%s）疑似位于境外，请确认是否向其传输个人信息", out[0].Value, out[0].Location),
				fmt.Sprintf("%s (%s) appears to be hosted outside mainland China: is personal information sent there?", out[0].Value, out[0].Location)))
	default:
		r.duty(titleZH, titleEN, "38-40", NeedsInput,
			lang.Both("个人信息是否会传到内地以外？代码看不出服务器在哪里", "does personal information leave mainland China? code does not show where the servers are"))
	}
	return false
}

// security lists the places that hold the data unencrypted: logs, the device's
// storage, and addresses without TLS.
func security(in Input, found []*finding.Finding, r *Ruling) {
	var zh, en []string
	add := func(z, e string) {
		if !slices.Contains(zh, z) {
			zh, en = append(zh, z), append(en, e)
		}
	}
	for _, f := range found {
		for _, fl := range f.Flows {
			switch fl.Sink.Kind {
			case finding.Log:
				add("写入日志 "+fl.Sink.Location.String(), "logged "+fl.Sink.Location.String())
			case finding.Storage:
				add("存在本机 "+fl.Sink.Location.String(), "stored on the device "+fl.Sink.Location.String())
			}
		}
	}
	for i := range in.Findings {
		if f := &in.Findings[i]; f.Exposes(finding.Unencrypted) {
			add("未加密传输到 "+f.Subject+" "+f.Location.String(), "sent unencrypted to "+f.Subject+" "+f.Location.String())
		}
	}
	reasons := []lang.Text{lang.Both("分类管理、加密和去标识化、最小授权、人员培训、应急预案（第 51 条）",
		"manage by category, encrypt and de-identify, grant the least access, train staff, plan for incidents (art. 51)")}
	if len(zh) > 0 {
		reasons = append(reasons, lang.Both("请查看："+strings.Join(zh, "；"), "look at: "+strings.Join(en, "; ")))
	}
	r.duty("安全措施", "security measures", "51", Required, reasons...)
}

// incidents is the duty if something leaks: PIPL 57, and the reports of 2025.
func incidents(r *Ruling) {
	r.duty("个人信息安全事件：补救、通知、报告", "incidents: remedy, notify, report", "57", Required,
		lang.Both("发生或可能发生泄露、篡改、丢失的，立即补救并通知监管部门和个人；网络数据安全管理条例第 11 条，事件报告按 2025-11-01 起施行的《国家网络安全事件报告管理办法》",
			"if data has leaked, been changed or lost, or may have been: remedy it at once and notify authority and individuals; "+
				"Regulations on the Security of Network Data art. 11, reports under the Measures in force since 2025-11-01"))
}
