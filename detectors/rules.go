package detectors

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// The rules are made from two tables: what is said of a kind of finding (field,
// api, ocr), and what is said of a category (catalogue.go).

// kindText is what the rules of one kind have in common. %s stands for the
// category's title.
type kindText struct {
	kind                         finding.Kind
	title, summary, mend, limits lang.Text
}

var kindTexts = []kindText{
	{
		kind:  finding.KindField,
		title: lang.Text{ZH: "填写%s的表单控件", EN: "form control for %s"},
		summary: lang.Text{
			ZH: "用户在此输入或选择%s。依据标签、占位文字、类型、名称、绑定路径、校验规则和提交时的键名综合判断。",
			EN: "A person enters or picks %s here. Judged from label, placeholder, type, name, bound path, validation and the key it is sent under.",
		},
		mend: lang.Text{
			ZH: "确认业务确实需要这一项；不需要就去掉控件。需要则在用户隐私保护指引中声明，在收集前说明目的并取得同意，只在用到时收集，并按结论办理备案。",
			EN: "Check that the service needs it; if not, remove the control. If so, declare it in the privacy guide, state the purpose and ask for consent first, collect it only when it is used, and file as the verdict says.",
		},
		limits: lang.Text{
			ZH: "标签由服务器下发、画在图片里或由脚本拼出的控件无法识别；web-view 内的网页不在分析范围。",
			EN: "Controls whose label comes from a server, stands in a picture or is put together by script are not recognised; pages in a web-view are not analysed.",
		},
	},
	{
		kind:  finding.KindAPI,
		title: lang.Text{ZH: "由平台接口提供%s", EN: "%s from the platform"},
		summary: lang.Text{
			ZH: "调用平台接口，或使用带 open-type 的按钮和原生组件，从用户处取得%s。",
			EN: "A platform API, a button with open-type or a native component hands the program %s of its user.",
		},
		mend: lang.Text{
			ZH: "确认业务确实需要；在用户隐私保护指引中声明对应的类型，在用户触发该功能时再调用。不再使用的调用请删除。",
			EN: "Check that the service needs it; declare the type in the privacy guide and call it only when the person uses the function. Delete calls that are no longer used.",
		},
		limits: lang.Text{
			ZH: "只认平台文档列出的接口；由服务器换取的数据（如用 code 换手机号）记在前端的按钮或调用上。",
			EN: "Knows the documented APIs only; data that the server fetches (a phone number for a code) is noted at the button or call in front.",
		},
	},
	{
		kind:  finding.KindOCR,
		title: lang.Text{ZH: "从图片识别%s", EN: "%s read from a picture"},
		summary: lang.Text{
			ZH: "用文字识别服务从证件图片中读取%s。",
			EN: "A recognition service reads %s from a picture of a document.",
		},
		mend: lang.Text{
			ZH: "证件图片和识别结果都要在隐私保护指引中声明；能手工填写的，给用户手工填写的选择；识别后不要保留图片。",
			EN: "Declare both the picture and what is read from it; let the person type it instead where that does; do not keep the picture.",
		},
		limits: lang.Text{
			ZH: "只认平台和服务市场的识别接口；自建识别服务表现为图片上传，记为照片和视频。",
			EN: "Knows the recognition services of the platform and its market; a service of one's own shows as an upload of pictures and is noted as media.",
		},
	},
}

// since is the version that brought the rules of this file.
const since = "0.1.0"

var (
	ruleList  = makeRules()
	ruleIndex = indexRules(slices.Concat(ruleList, configRules, sinkRules, inferredRules, hardcodedRules))
)

func makeRules() []*finding.Rule {
	var out []*finding.Rule
	for _, k := range kindTexts {
		for _, c := range catalogue {
			e, ok := c.examples[k.kind]
			if !ok {
				continue
			}
			title := c.category.Title()
			out = append(out, &finding.Rule{
				ID:         string(k.kind) + "/" + string(c.category),
				Kind:       k.kind,
				Category:   c.category,
				Title:      fill(k.title, title),
				Summary:    fill(k.summary, title),
				Why:        c.why,
				Bad:        e.bad,
				Good:       e.good,
				Mend:       fill(k.mend, title),
				Limits:     fill(k.limits, title),
				References: c.references,
				Since:      since,
			})
		}
	}
	return out
}

func indexRules(rules []*finding.Rule) map[string]*finding.Rule {
	out := map[string]*finding.Rule{}
	for _, r := range rules {
		out[r.ID] = r
	}
	return out
}

// rulesOf returns the rules of one kind in the order of the catalogue.
func rulesOf(kind finding.Kind) []*finding.Rule {
	var out []*finding.Rule
	for _, r := range ruleList {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	return out
}

// ruleByID returns a rule that must be there; a test asks for every one that the
// platform's tables can lead to.
func ruleByID(id string) *finding.Rule { return ruleIndex[id] }
