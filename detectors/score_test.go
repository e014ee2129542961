package detectors

import (
	"testing"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

// control describes a control for the judgement in a few words.
type control struct {
	label, hint, name, handler, kind, title string
	maxlength                               int
	pattern                                 string
	role                                    platform.Role
	untaken, beside                         bool
}

func (c control) evidence() *evidence {
	e := &evidence{role: platform.Input, taken: !c.untaken, beside: c.beside, maxlength: c.maxlength}
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
	e.kind = clue{what: "type", text: c.kind}
	if c.pattern != "" {
		r := reading{}
		for _, k := range accepted(c.pattern, "") {
			r.add(k, sign{weight: strong, term: c.pattern})
		}
		e.validators = append(e.validators, clue{what: "validator", text: c.pattern, reading: r})
	}
	return e
}

func TestJudge(t *testing.T) {
	type want map[finding.Category]finding.Confidence
	const mobile = `^1[3-9]\d{9}$`
	for _, c := range []struct {
		why  string
		in   control
		want want
	}{
		{"a label of its own", control{label: "手机号"}, want{"phone": finding.High}},
		{"a likely label alone", control{label: "称呼"}, want{"name": finding.Medium}},
		{"nobody takes the value", control{label: "手机号", untaken: true}, want{"phone": finding.Low}},
		{"identifier alone", control{name: "mobile"}, want{"phone": finding.Medium}},
		{"identifier and shape", control{name: "mobile", kind: "number", maxlength: 11}, want{"phone": finding.High}},
		{"shape alone", control{kind: "number", maxlength: 11}, nil},
		{"handler alone", control{handler: "onPhoneInput"}, nil},
		{"handler with a strong name", control{handler: "bindIdCardInput"}, want{"idcard": finding.Medium}},
		{"type of its own", control{kind: "idcard"}, want{"idcard": finding.Medium}},
		{"bare name", control{name: "name"}, nil},
		{"name beside a phone", control{name: "name", beside: true}, want{"name": finding.Medium}},
		{"name beside a phone, of what nobody knows", control{label: "诉求", name: "name", beside: true}, nil},
		{"user name beside a phone", control{name: "username", beside: true}, nil},
		{"name of a shop beside a phone", control{label: "店铺名称", name: "name", beside: true}, nil},
		{"two in one", control{hint: "手机号/邮箱"}, want{"phone": finding.High, "email": finding.High}},
		{"identifier of another category", control{label: "手机号", name: "name", beside: true}, want{"phone": finding.High}},
		{"a label that says otherwise", control{label: "年龄", name: "phone"}, nil},
		{"words nobody knows", control{label: "紧急呼叫", name: "mobile"}, want{"phone": finding.Low}},
		{"verification code", control{label: "手机号", hint: "请输入验证码"}, nil},
		{"a heading about passwords", control{label: "若您忘记了密码，可在此重新设置", hint: "手机号"}, want{"phone": finding.High}},
		{"password", control{hint: "请输入密码", name: "phone"}, nil},
		{"search box", control{hint: "搜索手机号"}, nil},
		{"search by name of handler", control{name: "name", handler: "onSearch", beside: true}, nil},
		{"looking up one's own order", control{hint: "请输入手机号查询订单"}, want{"phone": finding.Medium}},
		{"looking up people", control{hint: "请输入姓名查询"}, nil},
		{"user name", control{label: "用户名", name: "username", beside: true}, nil},
		{"account that must be a mobile number", control{label: "账号", pattern: mobile}, want{"phone": finding.Medium}},
		{"a validator that other fields share", control{label: "活动区域", pattern: mobile}, nil},
		{"a shop's phone", control{label: "门店电话", name: "phone"}, want{"phone": finding.Low}},
		{"recipient of a mail", control{label: "收件人", pattern: `^[\w.-]+@[\w-]+(\.[\w-]+)+$`}, want{"email": finding.Medium}},
		{"whose number", control{label: "推荐人", hint: "推荐人手机号"}, want{"phone": finding.High}},
		{"who and number", control{label: "紧急联系人", hint: "紧急联系人姓名和电话"}, want{"name": finding.High, "phone": finding.High}},
		{"recipient of a parcel", control{label: "收件人"}, want{"name": finding.High}},
		{"the page's title", control{title: "修改手机号", kind: "number", maxlength: 11}, want{"phone": finding.Medium}},
		{"nickname keyboard", control{kind: "nickname"}, want{"nickname": finding.High}},
		{"picks a saved person", control{label: "就诊人", role: platform.Picker}, nil},
		{"free text", control{hint: "备注：可留手机号", role: platform.Textarea}, nil},
		{"text that is parsed", control{hint: "粘贴姓名、电话、地址，自动识别", role: platform.Textarea}, want{"name": finding.High, "phone": finding.High, "address": finding.Medium}},
	} {
		got := want{}
		for _, j := range judge(c.in.evidence()) {
			got[j.category] = j.confidence
			require.NotEmpty(t, j.clues, c.why)
			require.NotEmpty(t, j.subject, c.why)
		}
		if c.want == nil {
			c.want = want{}
		}
		require.Equal(t, c.want, got, "%s: %+v", c.why, c.in)
	}
}

func BenchmarkJudge(b *testing.B) {
	c := control{label: "收货人", hint: "请输入收货人姓名", name: "form.consignee", handler: "onInput"}
	for b.Loop() {
		judge(c.evidence())
	}
}
