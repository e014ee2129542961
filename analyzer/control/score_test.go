package control

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// described describes a control for the judgement in a few words.
type described struct {
	label, hint, name, handler, kind, title string
	maxlength                               int
	pattern                                 string
	role                                    platform.Role
	untaken, beside                         bool
}

func (c described) evidence() *Reading {
	e := &Reading{role: platform.Input, taken: !c.untaken, beside: c.beside, maxlength: c.maxlength}
	if c.role != "" {
		e.role = c.role
	}
	text := func(s string) []flow.Text {
		if s == "" {
			return nil
		}
		return []flow.Text{{String: s}}
	}
	e.labels = e.labels.texts("label", text(c.label))
	e.hints = e.hints.texts("placeholder", text(c.hint))
	e.titles = e.titles.texts("title", text(c.title))
	e.names = e.names.identifier("name", c.name, source.Location{})
	e.handlers = e.handlers.identifier("handler", c.handler, source.Location{})
	e.kind = Clue{What: "type", Text: c.kind}
	if c.pattern != "" {
		r := Sense{}
		for _, k := range newPatterns().accepted(c.pattern, "", source.Location{}) {
			r.add(k, sign{weight: Strong, term: c.pattern})
		}
		e.validators = append(e.validators, Clue{What: "validator", Text: c.pattern, sense: r})
	}
	e.reconcile()
	return e
}

func TestJudge(t *testing.T) {
	type want map[finding.Category]finding.Confidence
	const mobile = `^1[3-9]\d{9}$`
	for _, c := range []struct {
		why  string
		in   described
		want want
	}{
		{"a label of its own", described{label: "手机号"}, want{"phone": finding.High}},
		{"a likely label alone", described{label: "称呼"}, want{"name": finding.Low}},
		{"a code in a remark", described{hint: "请输入手机号，座机不用验证码"}, want{"phone": finding.High}},
		{"a code sent to a phone", described{hint: "请输入手机号验证码"}, nil},
		{"a shop's number", described{label: "施工店电话", hint: "请输入联系电话"}, want{"phone": finding.Low}},
		{"that of a person in a shop", described{label: "门店电话", hint: "请输入负责人手机号"}, want{"phone": finding.High}},
		{"nobody takes the value", described{label: "手机号", untaken: true}, want{"phone": finding.Low}},
		{"identifier alone", described{name: "mobile"}, want{"phone": finding.High}},
		{"number of a shop, by its name alone", described{name: "servicePhone"}, want{"phone": finding.Low}},
		{"the last digits of a number", described{label: "手机尾号", hint: "请输入手机号后四位", name: "phone", kind: "number"}, want{"phone": finding.Low}},
		{"the last digits in English", described{hint: "Last 4 digits of your phone number"}, want{"phone": finding.Low}},
		{"the last digits of a card", described{hint: "银行卡后四位"}, nil},
		{"what a number is for", described{label: "联系手机", hint: "用于生成订单", name: "contact"}, want{"phone": finding.High}},
		{"a way of contact by a messenger alone", described{label: "联系方式（微信号）："}, want{"messenger": finding.High}},
		{"a certificate of a house", described{label: "不动产权证号", hint: "请输入不动产权证号", name: "certNumber"}, nil},
		{"a number beside a word for the last", described{hint: "请输入手机号，后续用于通知"}, want{"phone": finding.High}},
		{"a title that asks for one thing", described{title: "修改手机号", hint: "请输入"}, want{"phone": finding.High}},
		{"a title over a box that says something", described{title: "修改手机号", hint: "请输入新的昵称"}, want{"nickname": finding.High}},
		{"a pattern alone", described{pattern: mobile}, want{"phone": finding.Low}},
		{"an example", described{hint: "例如 138xxxx0000"}, want{"phone": finding.High}},
		{"a label of two meanings beside a sure name", described{label: "称呼", name: "realName"}, want{"name": finding.High}},
		{"identifier and shape", described{name: "mobile", kind: "number", maxlength: 11}, want{"phone": finding.High}},
		{"shape alone", described{kind: "number", maxlength: 11}, nil},
		{"handler alone", described{handler: "onPhoneInput"}, nil},
		{"handler with a strong name", described{handler: "bindIdCardInput"}, want{"idcard": finding.Low}},
		{"a weak name alone", described{name: "certificate"}, nil},
		{"a weak name of the right length", described{name: "certificate", maxlength: 18}, want{"idcard": finding.Low}},
		{"a weak name of another length", described{name: "certificate", maxlength: 17}, nil},
		{"type of its own", described{kind: "idcard"}, want{"idcard": finding.High}},
		{"a keyboard for any digits", described{kind: "tel"}, want{"phone": finding.Low}},
		{"bare name", described{name: "name"}, nil},
		{"name beside a phone", described{name: "name", beside: true}, want{"name": finding.High}},
		{"name beside a phone, of what nobody knows", described{label: "诉求", name: "name", beside: true}, nil},
		{"user name beside a phone", described{name: "username", beside: true}, nil},
		{"name of a shop beside a phone", described{label: "店铺名称", name: "name", beside: true}, nil},
		{"two in one", described{hint: "手机号/邮箱"}, want{"phone": finding.High, "email": finding.High}},
		{"identifier of another category", described{label: "手机号", name: "name", beside: true}, want{"phone": finding.High}},
		{"a label that says otherwise", described{label: "年龄", name: "phone"}, nil},
		{"words nobody knows", described{label: "紧急呼叫", name: "mobile"}, want{"phone": finding.Low}},
		{"verification code", described{label: "手机号", hint: "请输入验证码"}, nil},
		{"a heading about passwords", described{label: "若您忘记了密码，可在此重新设置", hint: "手机号"}, want{"phone": finding.High}},
		{"a number or a code", described{label: "邀请人", hint: "输入邀请人手机号/邀请码"}, want{"phone": finding.High}},
		{"a placeholder copied from a password", described{label: "手机号码", hint: "请输入密码", name: "phoneNumber"}, want{"phone": finding.High}},
		{"a password, whatever the label", described{label: "手机号码", hint: "请输入密码"}, nil},
		{"a friendly hint over the name of an account", described{label: "用户名", hint: "怎么称呼你", name: "username"}, nil},
		{"an example of a nickname", described{label: "你的昵称", hint: "例如 张三", name: "playerName"}, want{"nickname": finding.High}},
		{"another word for it", described{label: "昵称", hint: "请输入您的称呼", name: "name"}, want{"nickname": finding.High}},
		{"a name under the heading of another", described{label: "昵称", hint: "请输入真实姓名", name: "realName"}, want{"name": finding.High}},
		{"a choice from a list", described{name: "mobileChannel", kind: "select"}, nil},
		{"a label that only tells of a failure", described{label: "获取手机号失败"}, nil},
		{"an address that a school gives", described{label: "学校邮箱"}, want{"email": finding.High}},
		{"that of a shop", described{label: "门店邮箱"}, want{"email": finding.Low}},
		{"password", described{hint: "请输入密码", name: "phone"}, nil},
		{"search box", described{hint: "搜索手机号"}, nil},
		{"search by name of handler", described{name: "name", handler: "onSearch", beside: true}, nil},
		{"looking up one's own order", described{hint: "请输入手机号查询订单"}, want{"phone": finding.Low}},
		{"looking up people", described{hint: "请输入姓名查询"}, nil},
		{"user name", described{label: "用户名", name: "username", beside: true}, nil},
		{"account that must be a mobile number", described{label: "账号", pattern: mobile}, want{"phone": finding.High}},
		{"a validator that other fields share", described{label: "活动区域", pattern: mobile}, nil},
		{"a shop's phone", described{label: "门店电话", name: "phone"}, want{"phone": finding.Low}},
		{"recipient of a mail", described{label: "收件人", pattern: `^[\w.-]+@[\w-]+(\.[\w-]+)+$`}, want{"email": finding.High}},
		{"whose number", described{label: "推荐人", hint: "推荐人手机号"}, want{"phone": finding.High}},
		{"who and number", described{label: "紧急联系人", hint: "紧急联系人姓名和电话"}, want{"name": finding.High, "phone": finding.High}},
		{"recipient of a parcel", described{label: "收件人"}, want{"name": finding.High}},
		{"the page's title", described{title: "修改手机号", kind: "number", maxlength: 11}, want{"phone": finding.High}},
		{"nickname keyboard", described{kind: "nickname"}, want{"nickname": finding.High}},
		{"picks a saved person", described{label: "就诊人", role: platform.Picker}, nil},
		{"free text", described{hint: "备注：可留手机号", role: platform.Textarea}, nil},
		{"text that is parsed", described{hint: "粘贴姓名、电话、地址，自动识别", role: platform.Textarea}, want{"name": finding.High, "phone": finding.High, "address": finding.Medium}},
	} {
		got := want{}
		for _, j := range c.in.evidence().Judge() {
			got[j.Category] = j.Confidence
			require.NotEmpty(t, j.Clues, c.why)
			require.NotEmpty(t, j.Subject, c.why)
		}
		if c.want == nil {
			c.want = want{}
		}
		require.Equal(t, c.want, got, "%s: %+v", c.why, c.in)
	}
}

// The figures of the example that score.go explains.
func TestWorkedExample(t *testing.T) {
	for _, c := range []struct {
		label string
		want  []Judgement
	}{
		{"称呼", []Judgement{{Category: finding.Name, Confidence: finding.Low, points: textMedium}}},
		{"", []Judgement{{Category: finding.Phone, Confidence: finding.High, points: nameMedium + shapeFits}}},
		{"紧急呼叫", []Judgement{{Category: finding.Phone, Confidence: finding.High, points: nameMedium - textUnknown + shapeFits}}},
		{"年龄", nil},
	} {
		var got []Judgement
		for _, j := range (described{label: c.label, name: "mobile", kind: "number", maxlength: 11, hint: "请输入"}).evidence().Judge() {
			got = append(got, Judgement{Category: j.Category, Confidence: j.Confidence, points: j.points})
		}
		require.Equal(t, c.want, got, c.label)
	}
}

func BenchmarkJudge(b *testing.B) {
	c := described{label: "收货人", hint: "请输入收货人姓名", name: "form.consignee", handler: "onInput"}
	for b.Loop() {
		c.evidence().Judge()
	}
}
