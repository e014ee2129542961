package verdict

import (
	"slices"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/source"
)

// What a person says of a program in beian.yaml is checked against its code. Each of
// these rules tells that the two contradict each other; which is right the person has to
// say. A privacy policy that is given but not linked is told by config/privacy-policy-absent.

// Contradictions are the rules about what a person said.
func Contradictions() []*finding.Rule {
	return []*finding.Rule{borderDenied, numberNotShown, usersDenied, typeDenied, numberDenied, commerceDenied}
}

// Against is the kind of evidence that names the code that contradicts a person.
const Against = "against"

// Contradicted gives a finding for each thing that a person said and the code
// contradicts, at the place where it was said.
func Contradicted(in Input) []finding.Finding {
	var out []finding.Finding
	add := func(rule *finding.Rule, c finding.Confidence, key string, text lang.Text, against ...finding.Evidence) {
		out = append(out, finding.Finding{
			Rule: rule, Kind: rule.Kind, Severity: rule.Severity(), Confidence: c, Reachable: true, Subject: key,
			Message: text, Location: in.Inputs.at(key, in.Config), Evidence: against,
		})
	}
	if sent := sentAbroad(Collection(in.Findings)); in.Inputs.CrossBorder == No && len(sent) > 0 {
		var texts []lang.Text
		var against []finding.Evidence
		for _, s := range sent {
			texts = append(texts, s.text())
			against = append(against, finding.Evidence{What: Against, Text: s.host, Location: s.at})
		}
		add(borderDenied, finding.High, "cross-border",
			lang.Both("写了 cross-border: false，但代码", "it says cross-border: false, but the code ").
				Plus(lang.Joined(texts, lang.Both("，", ", and it "))),
			against...)
	}
	if text, against := numberDoubt(in); text != (lang.Text{}) {
		add(numberNotShown, finding.Medium, "filing-number", text, against...)
	}
	for _, denied := range []struct {
		key  string
		said Answered
	}{{"children", in.Inputs.Children}, {"minors", in.Inputs.Minors}} {
		if hints := in.Facts.About(facts.Children); denied.said == No && len(hints) > 0 {
			h := hints[0]
			add(usersDenied, finding.Low, denied.key,
				lang.Textf("写了 %[1]s: false，但页面上有“%[2]s”（%[3]s），用户中可能有未成年人",
					"it says %[1]s: false, but a page says %[2]q (%[3]s): minors may be among the users", denied.key, h.Word, h.Location),
				finding.Evidence{What: Against, Text: h.Text, Location: h.Location})
			break // who writes both means the same
		}
	}
	if button := phoneButton(in.Findings); in.Inputs.Operator == Individual && button != nil {
		add(typeDenied, finding.High, "type",
			lang.Textf("写了个人主办，但代码用了手机号按钮（%s），它只对通过认证的非个人主体开放",
				"it says that an individual runs the program, but the code has a phone number button (%s), which is only open to certified operators that are not individuals",
				button.Location),
			finding.Evidence{What: Against, Text: button.Subject, Location: button.Location})
	}
	for _, z := range zeros(in) {
		add(numberDenied, finding.Medium, z.key, z.text, finding.Evidence{What: Against, Text: z.key, Location: z.at})
	}
	if call := sellsVirtual(in); in.Inputs.Commercial == No && call != nil {
		add(commerceDenied, finding.Medium, "commercial",
			lang.Textf("写了 commercial: false，但代码调用了 %[1]s（%[2]s），它只用于销售虚拟商品和服务",
				"it says commercial: false, but the code calls %[1]s (%[2]s), which only sells virtual goods and services", call.API, call.Location),
			finding.Evidence{What: Against, Text: call.API, Location: call.Location})
	}
	return out
}

// numberDoubt says what is doubtful about the filing number, with the place of another
// one in the code.
func numberDoubt(in Input) (lang.Text, []finding.Evidence) {
	filing := judgeFiling(in)
	switch {
	case filing == nil || in.Facts.Shows(filing.Number) != nil && filing.Problem == (lang.Text{}):
		return lang.Text{}, nil
	case filing.Problem != (lang.Text{}):
		return filing.Title(), nil
	case len(in.Facts.Numbers) > 0:
		other := in.Facts.Numbers[0]
		return lang.Textf("代码中没有找到备案编号 %s，显示的是 %s（%s）", "filing number %s was not found in the code, which shows %s (%s)",
				filing.Number, other.Text, other.Location),
			[]finding.Evidence{{What: Against, Text: other.Text, Location: other.Location}}
	}
	return lang.Textf("代码中没有找到备案编号 %s；已备案的应在显著位置标明", "filing number %s was not found in the code; who has filed has to show it prominently",
		filing.Number), nil
}

// transfer is a host abroad that receives personal information.
type transfer struct {
	host       string
	at         source.Location
	categories finding.CategoryList
}

func (t transfer) text() lang.Text {
	return lang.Textf("向看来在境外的 %[2]s 发送%[1]s（%[3]s）",
		"sends %[1]s to %[2]s, which seems to be abroad (%[3]s)", t.categories.Title(), t.host, t.at)
}

// sentAbroad lists the hosts that look as if they were abroad and that receive what
// was found, each with the first place.
func sentAbroad(found []*finding.Finding) []transfer {
	var hosts []string
	received, at := map[string][]*finding.Finding{}, map[string]source.Location{}
	for _, f := range found {
		for _, fl := range f.Flows {
			if host := fl.Sink.Host; Abroad(host) {
				if received[host] == nil {
					hosts = append(hosts, host)
					at[host] = fl.Sink.Location
				}
				received[host] = append(received[host], f)
			}
		}
	}
	slices.Sort(hosts)
	var out []transfer
	for _, host := range hosts {
		out = append(out, transfer{host, at[host], finding.CategoriesOf(received[host])})
	}
	return out
}

// operatorSettings is the document that describes what a person can say.
var operatorSettings = law.File(lang.Both("beian 配置说明 docs/configuration.md", "beian configuration, docs/configuration.md"))

var borderDenied = &finding.Rule{
	ID: "operator/cross-border", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("否认出境，代码却向境外发送", "transfer abroad denied, but data is sent there"),
	Summary: lang.Both("beian.yaml 写了 operator.cross-border: false，而收集的个人信息到达看来在境外的主机。",
		"beian.yaml says operator.cross-border: false, and collected personal information reaches a host that seems to be abroad."),
	Why: lang.Both("出境要单独同意，还要安全评估、标准合同或认证；材料上写“不出境”就是不实陈述。",
		"A transfer abroad needs separate consent and an assessment, a standard contract or a certification; papers that deny it are false."),
	Bad:  "operator:\n  cross-border: false   # wx.request({ url: 'https://x.sentry.io', data: { email } })",
	Good: "operator:\n  cross-border: true",
	Mend: lang.Both("不再向它发送，或者改为 cross-border: true 并补办手续；如果该主机其实在境内，用 suppress 写明理由。",
		"Send nothing there, or set cross-border: true and do what a transfer abroad needs. If the host is in mainland China after all, say so in a suppress entry."),
	Limits: lang.Both("只认得一张常见境外服务的表；服务器的实际位置代码看不出。",
		"It knows a list of common services abroad. Code does not show where a server is."),
	References: []law.Citation{law.Cite("pipl", "38-40"), law.Cite("cross-border-flows"), operatorSettings},
}

var numberNotShown = &finding.Rule{
	ID: "operator/filing-number", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("备案编号与代码不符", "filing number and code do not agree"),
	Summary: lang.Both("beian.yaml 写的备案编号不像小程序的编号，与备案记录的编号不同，或者在代码中没有找到。",
		"The filing number in beian.yaml does not look like one of a mini program, is not that of the record of the filing, or was not found in the code."),
	Why: lang.Both("105号要求在显著位置标明备案编号；写错的编号会进入全部材料。",
		"Notice 105 asks that the number be shown in a prominent place; a wrong one ends up in all papers."),
	Bad:  "operator:\n  filing-number: 京ICP备12345678号-1X   # <view>京ICP备87654321号-1X</view>",
	Good: "operator:\n  filing-number: 京ICP备12345678号-1X   # <view>京ICP备12345678号-1X</view>",
	Mend: lang.Both("改正编号，并在“关于”页等显著位置写出它，链接 beian.miit.gov.cn。",
		"Correct the number and show it in a prominent place, such as the page about the program, with a link to beian.miit.gov.cn."),
	Limits: lang.Both("编号是否真的发放过不核实；图片里、服务器下发的和平台代为展示的看不到。",
		"It does not check that the number was given out, and does not see what is in pictures, comes from a server, or is shown by the platform."),
	References: []law.Citation{law.Cite("miit-105"), operatorSettings},
}

var usersDenied = &finding.Rule{
	ID: "operator/users", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("否认有未成年人，页面却像是给他们的", "minors denied, but pages speak of them"),
	Summary: lang.Both("beian.yaml 写了 operator.children 或 operator.minors: false，而页面的文字提到儿童、学生等。",
		"beian.yaml says operator.children: false or operator.minors: false, and texts of pages speak of children, pupils and the like."),
	Why: lang.Both("处理不满十四周岁未成年人的信息要监护人同意和专门的规则。",
		"Information of children under 14 needs the consent of a guardian and rules of its own."),
	Bad:  "operator:\n  children: false   # <view>宝宝的出生日期</view>",
	Good: "operator:\n  children: true",
	Mend: lang.Both("核对用户是谁；由家长代填的孩子的信息也是孩子的信息。", "Check who the users are. What parents enter about a child is the child's information."),
	Limits: lang.Both("只按词语判断，可能只是商品名称。",
		"It goes by words, which may be no more than the name of a product."),
	References: []law.Citation{law.Cite("pipl", "31"), operatorSettings},
}

var typeDenied = &finding.Rule{
	ID: "operator/type", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("个人主办却用了不对个人开放的接口", "an individual's program with an interface that is closed to individuals"),
	Summary: lang.Both("beian.yaml 写了 operator.type: individual，而代码用了微信的手机号按钮。",
		"beian.yaml says operator.type: individual, and the code has WeChat's phone number button."),
	Why: lang.Both("这个按钮只对通过认证的非个人主体开放；主办者类型决定备案要交什么材料。",
		"The button is only open to certified operators that are not individuals; the kind of operator decides which papers a filing needs."),
	Bad:  "operator:\n  type: individual   # <button open-type=\"getPhoneNumber\">",
	Good: "operator:\n  type: enterprise",
	Mend: lang.Both("改正主办者类型；没有用到的按钮就删去。",
		"Correct the kind of operator, or delete the button if nothing uses it."),
	Limits:     lang.Both("只看手机号按钮。", "It looks at the phone number button alone."),
	References: []law.Citation{law.Cite("miit-105"), operatorSettings},
}

var commerceDenied = &finding.Rule{
	ID: "operator/commercial", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("否认经营性服务，代码却销售虚拟商品", "commercial service denied, but the code sells virtual goods"),
	Summary: lang.Both("beian.yaml 写了 operator.commercial: false，而可达的代码调用了虚拟支付接口 requestVirtualPayment。",
		"beian.yaml says operator.commercial: false, and reachable code calls the interface for virtual payments, requestVirtualPayment."),
	Why: lang.Both("有偿提供信息服务的，须先取得增值电信业务经营许可证（ICP 证）。",
		"Who is paid for information services needs a value-added telecom permit (ICP permit) first."),
	Bad:  "operator:\n  commercial: false   # wx.requestVirtualPayment({ mode: 'short_series_goods' })",
	Good: "operator:\n  commercial: false   # wx.requestPayment({ … }) for goods that are delivered",
	Mend: lang.Both("卖的是课程、会员、内容等的，改为 commercial: true 并办理许可；没有用到的调用就删去。",
		"If courses, memberships, content or the like are sold, set commercial: true and obtain the permit. Delete the call if nothing uses it."),
	Limits: lang.Both("只看虚拟支付接口：普通支付收的是什么钱，代码看不出；虚拟商品是否属于信息服务，以主管部门的认定为准。",
		"It looks at the interface for virtual payments alone: what other payments are for, code does not show. Whether virtual goods are an information service is for the authority to say."),
	References: []law.Citation{law.Cite("miit-105"), operatorSettings},
}
