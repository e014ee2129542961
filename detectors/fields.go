package detectors

import (
	"slices"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Fields finds form controls in which a person enters personal information.
var Fields = &detect.Detector{
	Name:  "field",
	Rules: fieldRules,
	Run:   fields,
}

var fieldRules = family{
	kind: finding.KindField,
	title: lang.Text{
		ZH: "填写%s的表单控件",
		EN: "form control for %s",
	},
	summary: lang.Text{
		ZH: "该控件用于填写或选择%s。依据标签、占位文字、类型、名称、绑定路径、校验规则和提交时的键名综合判断。",
		EN: "A person enters or picks their %s here. Judged from the label, placeholder, type, name, bound path, validation and the " +
			"key under which it is sent.",
	},
	mend: lang.Text{
		ZH: "确认业务确实需要这一项；不需要就去掉控件。需要则在用户隐私保护指引中声明，在收集前说明目的并取得同意，只在用到时收集，" +
			"并按结论办理备案。",
		EN: "Check that the service needs it; if not, remove the control. If so, declare it in the privacy guide, state the purpose and " +
			"ask for consent first, collect it only when it is used, and file as the verdict says.",
	},
	limits: lang.Text{
		ZH: "标签由服务器下发、画在图片里或由脚本拼出的控件无法识别；web-view 内的网页不在分析范围。",
		EN: "It does not recognise controls whose label comes from a server, is part of a picture, or is put together by a script, and does " +
			"not analyse pages in a web-view.",
	},
}.rules(
	example{finding.Name,
		`<input placeholder="请输入收货人姓名" bindinput="onName" />`,
		`<input placeholder="请输入店铺名称" bindinput="onName" />`},
	example{finding.Phone,
		`<input type="number" maxlength="11" placeholder="请输入手机号" bindinput="onPhone" />`,
		`<input type="number" maxlength="6" placeholder="请输入短信验证码" bindinput="onCode" />`},
	example{finding.Email,
		`<van-field label="邮箱" value="{{email}}" bind:change="onEmail" />`,
		`<van-field label="邮政编码" value="{{postcode}}" bind:change="onPostcode" />`},
	example{finding.IDCard,
		`<input type="idcard" maxlength="18" placeholder="身份证号" bindinput="onID" />`,
		`<input placeholder="请输入学号" bindinput="onStudentNo" />`},
	example{finding.Nickname,
		`<input type="nickname" placeholder="昵称" bindblur="onNickname" />`,
		`<input placeholder="请输入宠物名字" bindinput="onPet" />`},
	example{finding.Address,
		`<textarea placeholder="详细地址" bindinput="onAddress" />`,
		`<input placeholder="服务器地址" bindinput="onHost" />`},
	example{finding.Health,
		`<textarea placeholder="请描述症状和过敏史" bindinput="onSymptom" />`,
		`<textarea placeholder="请填写意见和建议" bindinput="onAdvice" />`},
	example{finding.Plate,
		`<input placeholder="请输入车牌号" bindinput="onPlate" />`,
		`<input placeholder="请输入车型" bindinput="onModel" />`},
	example{finding.BankCard,
		`<input placeholder="请输入银行卡号" bindinput="onCard" />`,
		`<input placeholder="请输入会员卡号" bindinput="onMember" />`},
	example{finding.BirthDate,
		`<view>出生日期</view><picker mode="date" bindchange="onBirth"><view>{{birth}}</view></picker>`,
		`<view>入住日期</view><picker mode="date" bindchange="onArrival"><view>{{day}}</view></picker>`},
	example{finding.Gender,
		`<view>性别</view><radio-group bindchange="onGender"><radio value="1">男</radio></radio-group>`,
		`<view>配送方式</view><radio-group bindchange="onWay"><radio value="1">自提</radio></radio-group>`},
	example{finding.Religion,
		`<view>宗教信仰</view><input bindinput="onReligion" />`,
		`<view>爱好</view><input bindinput="onHobby" />`},
	example{finding.Ethnicity,
		`<view>民族</view><picker range="{{list}}" bindchange="onEthnic"><view>{{one}}</view></picker>`,
		`<view>口味</view><picker range="{{list}}" bindchange="onTaste"><view>{{one}}</view></picker>`},
	example{finding.Marital,
		`<view>婚姻状况</view><picker range="{{list}}" bindchange="onMarital"><view>{{one}}</view></picker>`,
		`<view>订单状态</view><picker range="{{list}}" bindchange="onState"><view>{{one}}</view></picker>`},
	example{finding.Messenger,
		`<input placeholder="请输入微信号" bindinput="onWeChat" />`,
		`<input placeholder="请输入微信群名称" bindinput="onGroup" />`},
	example{finding.Roster,
		`<input placeholder="请输入学号" bindinput="onNumber" />`,
		`<input placeholder="请输入房间号" bindinput="onRoom" />`},
)

func fields(pass *detect.Pass) error { return fieldsWith(pass, nil) }

// fieldsWith is fields in a project that says what some of its labels mean.
func fieldsWith(pass *detect.Pass, labels []ownLabel) error {
	for _, r := range pass.Controls.Readings() {
		if own, text := ownMeaning(labels, r); own != nil {
			if f := own.finding(r, text); f != nil {
				pass.Report(*f)
			}
			continue
		}
		for _, j := range r.Judge() {
			f := fieldFinding(r.Control, j)
			f.Unread = !r.Taken()
			pass.Report(f)
		}
	}
	for _, c := range pass.Flow.Calls {
		if r := pass.Controls.Box(c); r != nil {
			for _, j := range r.Judge() {
				pass.Report(boxFinding(c, j))
			}
		}
	}
	return nil
}

// boxFinding is the finding about a box for text that a call shows.
func boxFinding(c *flow.Call, j control.Judgement) finding.Finding {
	f := judged(j)
	uses := c.Results[platform.APIByName(c.API).Asks.Path]
	f.Reachable, f.Location = c.Reached, c.Location
	f.Flows, f.Destination.Reasons = uses.Flows, uses.Lost
	onPages(&f, c)
	return f
}

func fieldFinding(c *flow.Control, j control.Judgement) finding.Finding {
	f := judged(j)
	f.Reachable, f.Hidden, f.OnlyIf, f.Location = c.Rendered, c.Hidden, c.OnlyIf, locate(c, j.Clues)
	f.Flows, f.Destination.Reasons = c.Uses.Flows, c.Uses.Lost
	if c.Page != nil {
		f.Page = c.Page.Path
	}
	return f
}

// judged is what a finding says of a judgement, wherever it was made.
func judged(j control.Judgement) finding.Finding {
	one := j.Category.One()
	f := finding.Finding{
		Rule:       ruleByID("field/" + string(j.Category)),
		Category:   j.Category,
		Kind:       finding.KindField,
		Confidence: j.Confidence,
		Subject:    j.Subject,
		PrivacyKey: j.Category.PrivacyKey(),
		Message: lang.Text{
			ZH: "收集" + one.ZH + "：“" + j.Subject + "”",
			EN: "collects " + one.EN + ": “" + j.Subject + "”",
		},
	}
	for _, k := range j.Clues {
		f.Evidence = append(f.Evidence, finding.Evidence{What: k.What, Text: k.Text, Location: k.At})
	}
	return f
}

// locate gives the place of a finding about c: the control itself or, if a page
// tells a wrapper component what to ask for, the use on that page.
func locate(c *flow.Control, clues []control.Clue) source.Location {
	here := source.Location{File: c.View.File, Span: c.Element.Open}
	if len(clues) == 0 || clues[0].At.File == nil {
		return here
	}
	f, at := clues[0].At.File, clues[0].At.Span
	for _, h := range slices.Backward(c.Hosts) { // a component of the same script
		inside := h.Element.Span
		if h.View.File != f || f != here.File || inside.Contains(here.Span) { // <Rows draw={() => <Input/>}/> holds the control itself
			continue
		}
		if inside.Contains(at) {
			return source.Location{File: f, Span: h.Element.Open}
		}
	}
	if f == here.File {
		return here
	}
	if c.Unit != nil && c.Unit.Script != nil && c.Unit.Script.File == f {
		return here
	}
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		h := c.Hosts[i]
		if h.View.File == f || h.Unit.Script != nil && h.Unit.Script.File == f {
			return source.Location{File: h.View.File, Span: h.Element.Open}
		}
	}
	for _, h := range c.Hosts {
		if hands(h, clues[0]) {
			return source.Location{File: h.View.File, Span: h.Element.Open}
		}
	}
	return here
}

// hands reports whether an attribute at h hands over the text of a clue, which another file has: a table of texts.
func hands(h *flow.Host, clue control.Clue) bool {
	return slices.ContainsFunc(h.Element.Attrs, func(a *markup.Attr) bool {
		return a.Kind == markup.Plain && slices.ContainsFunc(h.Texts(a.Parts), func(t flow.Text) bool { return t.Location == clue.At })
	})
}
