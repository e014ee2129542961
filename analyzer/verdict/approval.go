package verdict

import (
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// trades are the trades that need an approval before filing, as WeChat's filing
// lists them (queryIcpNrlxTypes). The list changes, so a hint only asks a question.
var trades = []struct {
	topic facts.Topic
	title lang.Text
}{
	{"news", lang.Both("新闻", "news")},
	{"publishing", lang.Both("出版", "publishing")},
	{"education", lang.Both("教育", "education")},
	{"medical", lang.Both("医疗保健", "health care")},
	{"drugs", lang.Both("药品和医疗器械", "drugs and medical devices")},
	{"forum", lang.Both("电子公告服务", "bulletin boards")},
	{"culture", lang.Both("文化", "culture")},
	{"broadcast", lang.Both("广播电影电视节目", "broadcast, film and television")},
	{"ride", lang.Both("网络预约车", "ride hailing")},
	{"finance", lang.Both("互联网金融", "internet finance")},
	{"training", lang.Both("校外培训", "off-campus training")},
	{"religion", lang.Both("宗教", "religion")},
}

// paymentAPIs are what programs that sell call.
var paymentAPIs = []string{"requestPayment", "requestOrderPayment", "requestCommonPayment", "requestVirtualPayment",
	"requestMerchantTransfer", "tradePay", "pay"}

var preApproval = rulebook{
	Rulebook: Rulebook{
		ID:       "pre-approval",
		Title:    lang.Both("前置审批与经营许可", "Approval before filing, permit for commercial services"),
		Document: law.Find("internet-services"),
		Basis: []law.Citation{
			law.Cite("internet-services", "4", "5", "7"),
			law.Cite("wechat-pre-approval"),
			law.Cite("telecom-permits"),
		},
		Condition: lang.Both("从事新闻、出版、教育、医疗保健、药品和医疗器械等服务，或提供有偿信息服务",
			"services in news, publishing, education, health care, drugs and the like, or paid information services"),
		Consequence: lang.Both("备案前先取得主管部门的批准文件；经营性服务须取得增值电信业务经营许可证（ICP 证），不止备案",
			"the approval of the competent authority comes before filing; a commercial service needs an ICP permit as well"),
		Blind: lang.Both("实际业务是什么、是否有批文；是否真的属于经营性", "what the business really is, whether approvals exist, whether it is commercial in the sense of the law"),
	},
	domestic: true,
	judge: func(in Input, _ PersonalInformation, r *Ruling) {
		for _, t := range trades {
			hints := in.Facts.About(t.topic)
			if len(hints) == 0 {
				continue
			}
			zh, en := "", ""
			for i, h := range hints {
				if i == 3 {
					break
				}
				zh += "“" + h.Word + "” " + h.Location.String() + "；"
				en += `"` + h.Word + `" ` + h.Location.String() + "; "
			}
			r.duty("前置审批："+t.title.ZH, "pre-approval: "+t.title.EN, "5", NeedsInput,
				lang.Both("是否从事"+t.title.ZH+"服务？线索："+zh+"如涉及，须先取得主管部门批准文件再备案",
					"does it offer services in "+t.title.EN+"? hints: "+en+"if so, the approval comes before filing"))
		}
		if len(r.Duties) == 0 {
			r.because("代码中没有这类业务的线索", "nothing in the code points to such a business")
		}
		commercial(in, r)
		marketplace(in, r)
		if strongest(r.Duties) == NotRequired {
			r.Told = unseen
		}
		r.because("都不涉及的，备案时选“以上都不涉及”；实际业务以主办者为准",
			"if none of the trades applies, the filing form wants \"以上都不涉及\" (none of these) chosen; what the operator really does decides")
	},
}

// commercial is the permit of those who sell information services.
func commercial(in Input, r *Ruling) {
	const zh, en = "经营性服务", "commercial service"
	call := in.Facts.Call(paymentAPIs...)
	said := in.Inputs.Commercial
	switch {
	case said == Yes && in.Inputs.Operator == Individual:
		r.duty(zh, en, "4, 7", Required,
			lang.Both("输入说明个人主办者提供有偿信息服务：须取得增值电信业务经营许可证（ICP 证），而申请者须是公司，个人不能取得（电信业务经营许可管理办法）；请改由公司主办，或不提供有偿信息服务",
				"the input says that an individual offers paid information services: a value-added telecom permit (ICP permit) is needed, which only a company can obtain "+
					"(Measures on Permits for Telecommunications Services); let a company run it, or offer none"))
	case said == Yes:
		r.duty(zh, en, "4, 7", Required,
			lang.Both("输入说明提供有偿信息服务：须取得增值电信业务经营许可证（ICP 证）", "the input says that it offers paid information services: a value-added telecom permit (ICP permit) is needed"))
	case call == nil:
	case said == No && sellsVirtual(in) != nil:
		virtual := sellsVirtual(in)
		r.duty(zh, en, "4, 7", NeedsInput, lang.Textf("输入说明不提供有偿信息服务，但代码调用了虚拟支付接口 %[1]s（%[2]s）：请核对哪个正确",
			"the input says that it offers no paid information services, but the code calls %[1]s for virtual payments (%[2]s): check which is right",
			virtual.API, virtual.Location))
	case said == No:
		r.duty(zh, en, "4, 7", NotRequired,
			lang.Both("输入说明不提供有偿信息服务；支付接口 "+call.API+"（"+call.Location.String()+"）用于其他收款",
				"the input says that it offers no paid information services; the payment API "+call.API+" ("+call.Location.String()+") is for other payments"))
	default:
		r.duty(zh, en, "4, 7", NeedsInput,
			lang.Both("调用了支付接口 "+call.API+"（"+call.Location.String()+"）：收费内容是信息服务还是实物商品？提供有偿信息服务的，须取得增值电信业务经营许可证（ICP 证）",
				"it calls the payment API "+call.API+" ("+call.Location.String()+"): is it paid for information services or for goods? the former need a value-added telecom permit (ICP permit)"))
	}
	if call != nil && in.Inputs.Operator == Individual {
		r.because("请核对主办者类型：支付接口 "+call.API+"（"+call.Location.String()+"）一般不对个人主体开放（未核实）",
			"check the kind of operator: the payment API "+call.API+" ("+call.Location.String()+") is usually closed to individuals (unverified)")
	}
}

// sellsVirtual returns the first call of the interface that takes money for virtual goods
// and services alone, or nil (WeChat: 虚拟支付, wx.requestVirtualPayment).
func sellsVirtual(in Input) *facts.Call { return in.Facts.Call("requestVirtualPayment") }

// marketplace asks whether others sell in the program.
func marketplace(in Input, r *Ruling) {
	if hints := in.Facts.About("market"); len(hints) > 0 {
		r.duty("在线数据处理与交易处理业务", "online data and transaction processing", "电信业务经营许可管理办法", NeedsInput,
			lang.Textf("是否有其他商家在程序内交易？线索：“%[1]s”（%[2]s）；有的，须取得在线数据处理与交易处理业务许可（EDI 证，B21）",
				"do others sell in the program? hint: %[1]q (%[2]s); if so, a permit for online data and transaction processing (EDI, B21) is needed",
				hints[0].Text, hints[0].Location))
	}
}
