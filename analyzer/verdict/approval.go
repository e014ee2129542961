package verdict

import (
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// trades are the trades that need an approval before filing, as WeChat's filing
// lists them, and religion, which the law names. The list changes, so a hint
// only asks a question.
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
		},
		Condition: lang.Both("从事新闻、出版、教育、医疗保健、药品和医疗器械等服务，或提供有偿信息服务",
			"services in news, publishing, education, health care, drugs and the like, or paid information services"),
		Consequence: lang.Both("备案前先取得主管部门的批准文件；经营性服务要取得 ICP 经营许可证，不止备案",
			"the approval of the competent authority comes before filing; a commercial service needs an ICP permit as well"),
		Blind: lang.Both("实际业务是什么、是否有批文；是否真的属于经营性", "what the business really is, whether approvals exist, whether it is commercial in the sense of the law"),
	},
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
				lang.Both("是否从事"+t.title.ZH+"服务？线索："+zh+"如是，备案前先取得批准文件",
					"does it offer services in "+t.title.EN+"? hints: "+en+"if so, the approval comes before filing"))
		}
		call := in.Facts.Call(paymentAPIs...)
		switch {
		case in.Inputs.Commercial == Yes:
			r.duty("经营性服务", "commercial service", "4, 7", Required,
				lang.Both("输入说明提供有偿信息服务：要取得 ICP 经营许可证", "the input says that it offers paid information services: an ICP permit is needed"))
		case in.Inputs.Commercial == No && call != nil:
			r.duty("经营性服务", "commercial service", "4, 7", NotRequired,
				lang.Both("输入说明不提供有偿信息服务；支付接口 "+call.API+"（"+call.Location.String()+"）用于其他收款",
					"the input says that it offers no paid information services; the payment API "+call.API+" ("+call.Location.String()+") is for other payments"))
		case in.Inputs.Commercial == No:
		case call != nil:
			r.duty("经营性服务", "commercial service", "4, 7", NeedsInput,
				lang.Both("调用了支付接口 "+call.API+"（"+call.Location.String()+"）：提供的是有偿信息服务，还是只卖实物商品？前者要 ICP 经营许可证",
					"it calls the payment API "+call.API+" ("+call.Location.String()+"): does it offer paid information services, or only goods? the former need an ICP permit"))
		}
		if len(r.Duties) == 0 {
			r.because("代码中没有这类业务的线索；实际业务以主办者为准", "nothing in the code points to such a business; what the operator really does decides")
		}
	},
}
