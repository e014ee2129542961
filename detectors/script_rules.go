package detectors

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// hardcodedRules are the rules of Hardcoded.
var hardcodedRules = []*finding.Rule{hardcodedPhone, hardcodedIDCard, hardcodedEmail}

var (
	hardcodedPhone = hardcodedRule(finding.Phone,
		"const couriers = [{ name: '老周', phone: '13761945082' }]",
		"wx.makePhoneCall({ phoneNumber: '4008123456' })")
	hardcodedIDCard = hardcodedRule(finding.IDCard,
		"const applicant = { idCard: '320106198702143511' }",
		"const orderNo = '320106198702143512'")
	hardcodedEmail = hardcodedRule(finding.Email,
		"const reviewer = 'zhoumin1987@qq.com'",
		"const contact = 'service@shop.example.com'")
)

func hardcodedRule(c finding.Category, bad, good string) *finding.Rule {
	title := c.Title()
	return &finding.Rule{
		ID: "hardcoded/" + string(c), Kind: finding.KindHardcoded, Category: c, Since: since, Bad: bad, Good: good,
		Title: fill(lang.Text{ZH: "写在源码里的%s", EN: "%s in the source"}, title),
		Summary: fill(lang.Text{
			ZH: "脚本或模板的字面量中有疑似真实个人的%s。不计入备案结论，报告中一律打码。",
			EN: "A literal of a script or template holds what looks like a real person's %s. It does not count for the verdict and is masked in every report.",
		}, title),
		Why: lang.Text{
			ZH: "小程序的代码包会下发到每个用户的手机，很容易解包；写在里面的个人信息等于公开。",
			EN: "The package of a mini program is sent to every user's phone and easily unpacked: personal data in it is as good as published.",
		},
		Mend: lang.Text{
			ZH: "删除，改用明显虚构的示例（如 13800138000、zhangsan@example.com）；确实需要的数据由服务器按权限下发。真实数据还应从版本历史中清除。",
			EN: "Delete it, or use an example that is plainly made up (13800138000, zhangsan@example.com); data that is needed comes from the server to those who may see it. Real data should leave the version history too.",
		},
		Limits: lang.Text{
			ZH: "号码是否属于真实个人无法判断；客服热线、拨号接口的号码、岗位邮箱和常见虚构号码不报告，路径含 mock、test、example 等的文件只报低置信度；注释、JSON 文件和拼接出的字符串不检查。",
			EN: "Whether a number is a real person's cannot be known. Hotlines, numbers that are dialled, addresses of a function and well-known dummies are not reported; files with mock, test, example and the like in their path are of low confidence. Comments, JSON files and strings that are put together are not looked at.",
		},
		References: []finding.Reference{civilCode, piplSecurity},
	}
}

// inferredRules are the rules of Inferred, in the order of finding.Categories.
var inferredRules = []*finding.Rule{
	inferredRule(finding.Name,
		"Page({ submit() { wx.request({ url, data: { realName: this.data.form.realName } }) } })",
		"Page({ submit() { wx.request({ url, data: { goodsName: this.data.form.goodsName } }) } })"),
	inferredRule(finding.Phone,
		"Page({ submit() { wx.request({ url, data: { mobile: this.data.form.mobile } }) } })",
		"Page({ submit() { wx.request({ url, data: { mobile: app.globalData.mobile } }) } })"),
	inferredRule(finding.Email,
		"Page({ submit() { wx.request({ url, data: { email: this.data.form.email } }) } })",
		"Page({ submit() { wx.request({ url, data: { emailError: this.data.emailError } }) } })"),
	inferredRule(finding.IDCard,
		"Page({ submit() { wx.request({ url, data: { idCard: this.data.form.idCard } }) } })",
		"Page({ submit() { wx.request({ url, data: { id: this.data.form.id } }) } })"),
}

func inferredRule(c finding.Category, bad, good string) *finding.Rule {
	title := c.Title()
	return &finding.Rule{
		ID: "inferred/" + string(c), Kind: finding.KindInferred, Category: c, Since: since, Bad: bad, Good: good,
		Title: fill(lang.Text{ZH: "由脚本推断的%s", EN: "%s inferred from script"}, title),
		Summary: fill(lang.Text{
			ZH: "页面有输入控件，脚本校验或发送%s，却没有认出填写它的控件，也没有提供它的接口。每页每类一条，低置信度，不计入结论。",
			EN: "A page has controls and its script checks or sends %s, but no control or platform call that takes it was recognised. One for each page and category, of low confidence; it does not count for the verdict.",
		}, title),
		Why: lang.Text{
			ZH: "表单可能由服务器下发或由脚本拼出，标签无法静态识别；这一类信息会触发备案，值得人工看一眼。",
			EN: "The form may come from a server or be put together by script, so that its labels cannot be read. The category triggers filing: a person should look.",
		},
		Mend: lang.Text{
			ZH: "打开该页面确认是否收集这一项。是则按收集点处理并声明；否则用注释接受这条发现，或删去不再使用的键和校验。",
			EN: "Open the page and see whether it is collected. If so, treat and declare it as a point of collection; if not, accept the finding by comment, or delete the key or check that is no longer used.",
		},
		Limits: lang.Text{
			ZH: "只看页面自己的脚本：发送调用中取自页面数据或事件的键，用于校验的正则和校验规则。值可能来自服务器而不是用户。",
			EN: "Looks at the page's own script alone: keys of what is sent that come from the page's data or an event, regular expressions and rules that check. The value may come from a server rather than the person.",
		},
		References: []finding.Reference{civilCode, pipl},
	}
}
