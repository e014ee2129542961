package verdict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
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

// Sensitive reports whether f collects sensitive personal information (PIPL 28),
// as far as code can tell. A picture of the ID card is, a plain number need not be
// (see finding/categories.txt); so is a position if the interface tells where the
// person goes.
func Sensitive(f *finding.Finding) bool {
	return f.Category.Sensitive() ||
		f.Category == finding.IDCard && f.Kind == finding.KindOCR ||
		f.Category == finding.Position && f.Kind == finding.KindAPI && follows(f.Subject)
}

// follows reports whether an interface follows a person about (行踪轨迹, article 28).
func follows(api string) bool {
	a := platform.APIByName(api)
	return a != nil && a.Tracking
}

// overseas are services whose servers are outside mainland China. It is a
// heuristic: a region may be chosen.
var overseas = []string{"googleapis.com", "google-analytics.com", "firebaseio.com", "sentry.io", "amazonaws.com", "azurewebsites.net",
	"vercel.app", "herokuapp.com", "netlify.app", "supabase.co", "cloudfront.net", "openai.com", "workers.dev", "github.io"}

// Abroad reports whether a host looks as if it were outside mainland China.
func Abroad(host string) bool {
	return slices.ContainsFunc(overseas, func(s string) bool { return host == s || strings.HasSuffix(host, "."+s) })
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
			law.Cite("pipl", "13", "14", "17", "21", "23", "28-31", "38-40", "51", "54-56", "66"),
			law.Cite("network-data", "21", "22"),
			law.Cite("app-identification"),
			law.Cite("cross-border-flows"),
		},
		Condition: lang.Both("处理个人信息", "the program handles personal information"),
		Consequence: lang.Both("告知并取得同意；敏感信息、未成年人、共享、出境和安全各有义务（违反见第 66 条）",
			"notice and consent; duties for sensitive information, minors, sharing, transfer abroad and security (sanctions: art. 66)"),
		Blind: lang.Both("同意以外的合法性基础、合同、服务器在哪里、用户年龄", "legal bases other than consent, contracts, where the servers are, the age of users"),
	},
	judge: func(in Input, pi PersonalInformation, r *Ruling) {
		found := Collection(in.Findings)
		if len(found) == 0 {
			r.nothing(pi, "没有发现收集个人信息；服务端另有收集的除外", "no collection of personal information was found, unless the server does so")
			return
		}
		consent(in, found, r)
		isSensitive := sensitiveDuty(found, r)
		minors(in, r)
		shares := sharing(in, found, r)
		goesAbroad := crossBorder(in, r)
		security(in, found, r)
		r.duty("定期合规审计", "regular compliance audits", "54", Required,
			lang.Both("间隔由处理者确定；超过 1000 万人的见 thresholds", "the operator sets the interval; above 10 million people, see thresholds"))
		assessment(isSensitive, shares, goesAbroad, r)
	},
}

func consent(in Input, found []*finding.Finding, r *Ruling) {
	all := finding.CategoriesOf(found)
	where := lang.Both("代码中没有发现隐私政策的入口", "no link to a privacy policy was found in the code")
	if given := in.Inputs.PrivacyPolicy; given != "" {
		where = lang.Textf("隐私政策（输入）：%s，", "privacy policy (input): %s, ", given)
		if link := in.Facts.PolicyLink; link != nil {
			where = where.Plus(lang.Textf("代码中的链接：%s", "linked at %s", link.Location))
		} else {
			where = where.Plus(lang.Both("代码中没有找到它的链接", "to which no link was found in the code"))
		}
	} else if len(in.Facts.Policies) > 0 {
		p := in.Facts.Policies[0]
		where = lang.Both("隐私政策入口："+p.Location.String(), "link to the privacy policy: "+p.Location.String())
	}
	r.duty("告知与同意", "notice and consent", "13, 14, 17", Required,
		lang.Textf("收集%s", "it collects %s", all), where)
}

func sensitiveDuty(found []*finding.Finding, r *Ruling) bool {
	const titleZH, titleEN = "敏感个人信息：特定目的、单独同意、告知必要性", "sensitive information: specific purpose, separate consent, notice of necessity"
	var hits, cards []*finding.Finding
	for _, f := range found {
		if Sensitive(f) {
			hits = append(hits, f)
		} else if f.Category == finding.IDCard {
			cards = append(cards, f)
		}
	}
	// The operator has to say whether a number without a picture is sensitive.
	number := lang.Both("身份证号码是否按敏感信息处理？旧标准 GB/T 35273-2020 列入，GB/T 45574-2025 不再单列号码（据律所解读，未核实），证件照片仍属敏感；从严为宜（"+places(cards)+"）",
		"do you treat ID numbers as sensitive? the old standard GB/T 35273-2020 lists them, GB/T 45574-2025 no longer lists the number alone (law-firm reading, unverified), pictures of the card are still sensitive; the strict reading is safer ("+places(cards)+")")
	switch {
	case len(hits) > 0:
		reasons := []lang.Text{lang.Textf("%s（%s）", "%s (%s)", finding.CategoriesOf(hits), places(hits))}
		if len(cards) > 0 {
			reasons = append(reasons, number)
		}
		r.duty(titleZH, titleEN, "28-30", Required, reasons...)
	case len(cards) > 0:
		r.duty(titleZH, titleEN, "28-30", NeedsInput, number)
	}
	return len(hits) > 0
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
			lang.Both("输入说明用户中有不满十四周岁的儿童", "the input says that there are children under 14 among the users"))
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

// ThirdParties tells which places hand information to a third party: the host, or
// the interface if there is none.
func ThirdParties(all []finding.Finding) map[source.Location]string {
	out := map[source.Location]string{}
	for i := range all {
		if f := &all[i]; f.Exposes(finding.ToThirdParty) {
			out[f.Location] = f.Subject
		}
	}
	return out
}

// sharing looks at who else gets the data: plugins, third parties that a flow
// reaches, hosts whose owner only the operator knows.
func sharing(in Input, found []*finding.Finding, r *Ruling) bool {
	var zh, en, hosts []string
	for _, p := range in.Facts.Plugins {
		zh = append(zh, fmt.Sprintf("插件 %s（%s）", p.Provider, p.Location))
		en = append(en, fmt.Sprintf("plugin %s (%s)", p.Provider, p.Location))
	}
	others := ThirdParties(in.Findings)
	for _, f := range found {
		for _, fl := range f.Flows {
			s := fl.Sink
			switch {
			case others[s.Location] != "" || s.Kind == finding.ThirdParty:
				add := cmp.Or(others[s.Location], s.API) + " " + s.Location.String()
				if !slices.Contains(zh, add) {
					zh, en = append(zh, add), append(en, add)
				}
			case s.Host != "" && !slices.Contains(hosts, s.Host):
				hosts = append(hosts, s.Host)
			}
		}
	}
	const titleZH, titleEN = "委托处理与对外提供", "entrusting and sharing"
	switch {
	case len(zh) > 0:
		r.duty(titleZH, titleEN, "21, 23", Required,
			lang.Both("交给他人："+strings.Join(zh, "；"), "given to others: "+strings.Join(en, "; ")))
		return true
	case len(hosts) > 0:
		slices.Sort(hosts)
		list := strings.Join(hosts, ", ")
		r.duty(titleZH, titleEN, "21, 23", NeedsInput,
			lang.Both("这些主机是否都由主办者自己运营？"+list, "does the operator run all these hosts? "+list))
	}
	return false
}

func crossBorder(in Input, r *Ruling) bool {
	const titleZH, titleEN = "出境：单独同意，安全评估、标准合同或认证", "transfer abroad: separate consent; security assessment, standard contract or certification"
	out := abroad(in.Facts)
	switch {
	case in.Inputs.CrossBorder == Yes:
		r.duty(titleZH, titleEN, "38-40", Required, lang.Both("输入说明个人信息会出境", "the input says that personal information goes abroad"))
		return true
	case in.Inputs.CrossBorder == No && len(sentAbroad(in)) > 0:
		r.duty(titleZH, titleEN, "38-40", NeedsInput,
			lang.Textf("输入说明个人信息不出境，但代码%s，请核对",
				"the input says that personal information stays in mainland China, but the code %s: check which is right", sentAbroad(in)[0].text()))
	case in.Inputs.CrossBorder == No:
		r.duty("出境", "transfer abroad", "38-40", NotRequired,
			lang.Both("输入说明个人信息不出境", "the input says that personal information stays in mainland China"))
	case len(out) > 0:
		r.duty(titleZH, titleEN, "38-40", NeedsInput,
			lang.Both(fmt.Sprintf("%s（%s）看来在境外：是否向它发送个人信息？", out[0].Value, out[0].Location),
				fmt.Sprintf("%s (%s) seems to be abroad: is personal information sent there?", out[0].Value, out[0].Location)))
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
	reasons := []lang.Text{lang.Both("按类别管理、加密、限制访问权限、制定应急预案", "manage by category, encrypt, restrict access, plan for incidents")}
	if len(zh) > 0 {
		reasons = append(reasons, lang.Both("请查看："+strings.Join(zh, "；"), "look at: "+strings.Join(en, "; ")))
	}
	r.duty("安全措施", "security measures", "51", Required, reasons...)
}

func assessment(isSensitive, shares, goesAbroad bool, r *Ruling) {
	var zh, en []string
	if isSensitive {
		zh, en = append(zh, "处理敏感个人信息"), append(en, "sensitive information is handled")
	}
	if shares {
		zh, en = append(zh, "委托处理或对外提供"), append(en, "information is entrusted or shared")
	}
	if goesAbroad {
		zh, en = append(zh, "出境"), append(en, "information goes abroad")
	}
	const titleZH, titleEN = "个人信息保护影响评估，保存三年", "impact assessment, kept for three years"
	if len(zh) > 0 {
		r.duty(titleZH, titleEN, "55, 56", Required, lang.Both(strings.Join(zh, "；"), strings.Join(en, "; ")))
		return
	}
	r.duty(titleZH, titleEN, "55, 56", NeedsInput,
		lang.Both("是否有自动化决策、委托处理、对外提供、公开或出境？有则须先评估", "are there automated decisions, entrusting, sharing, publishing or transfer abroad? if so, an assessment comes first"))
}
