package report

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

// same compares a report with a file of testdata.
func same(t *testing.T, name string, got []byte) {
	t.Helper()
	golden.Check(t, filepath.Join("testdata", name), string(got))
}

func write(t *testing.T, format Format, r *Report, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, format(&b, r, o))
	return b.Bytes()
}

var (
	phoneRule = &finding.Rule{
		ID: "field/phone", Kind: finding.KindField, Category: finding.Phone,
		Title:   lang.Text{ZH: "手机号字段", EN: "Phone number field"},
		Summary: lang.Text{ZH: "用户在表单里填写手机号的控件。", EN: "A control in which a person enters a phone number."},
		Why:     lang.Text{ZH: "手机号是个人信息。", EN: "A phone number is personal information."},
		Bad:     `<input type="number" placeholder="请输入手机号" bindinput="onPhone" />`,
		Good:    `<input placeholder="搜索商品" />`,
		Mend:    lang.Text{ZH: "在隐私保护指引中声明；不需要就去掉。", EN: "Declare it in the privacy guide, or remove it."},
		Limits:  lang.Text{ZH: "看不到服务端下发的表单。", EN: "It does not see forms that a server sends."},
		References: []law.Citation{
			{Document: law.Document{Title: lang.Both("民法典", "Civil Code"), Date: "2021-01-01", URL: "https://example.com/law"}, Articles: "1034"},
		},
		Since: "0.1.0",
	}
	idRule = &finding.Rule{ID: "field/idcard", Kind: finding.KindField, Category: finding.IDCard,
		Title: lang.Text{ZH: "身份证号字段", EN: "ID number field"}, Summary: lang.Text{ZH: "填写身份证号的控件。", EN: "A control for an ID number."}, Since: "0.1.0"}
	nameRule = &finding.Rule{ID: "field/name", Kind: finding.KindField, Category: finding.Name,
		Title: lang.Text{ZH: "姓名字段", EN: "Name field"}, Summary: lang.Text{ZH: "填写姓名的控件。", EN: "A control for a name."}, Since: "0.1.0"}
	apiRule = &finding.Rule{ID: "api/address", Kind: finding.KindAPI, Title: lang.Text{ZH: "收货地址接口", EN: "Address API"}, Summary: lang.Text{ZH: "wx.chooseAddress。", EN: "wx.chooseAddress."}, Since: "0.1.0"}
)

// at returns the place of the n-th occurrence of text in file, from 1.
func at(file *source.File, text string, n int) source.Location {
	start := 0
	for range n {
		i := strings.Index(file.Text[start:], text)
		if i < 0 {
			panic("not in " + file.Path + ": " + text)
		}
		start += i + 1
	}
	return source.Location{File: file, Span: source.Span{Start: int32(start - 1), End: int32(start - 1 + len(text))}}
}

// sample is a clinic's program with one of everything that a report can show:
// Chinese and an emoji before a span, tabs, a tag over several lines, a line
// that is too long, personal data in literals, a library, a page out of reach,
// unread files, a flow.
func sample(t *testing.T) *Report {
	t.Helper()
	config := source.NewFile("miniprogram/app.json", `{"pages": ["pages/booking/booking", "pages/me/me"]}`)
	view := source.NewFile("miniprogram/pages/booking/booking.wxml", strings.Join([]string{
		`<view class="form">`,
		"\t<text>联系电话</text>",
		"\t<text>😀 必填：</text><input type=\"number\" placeholder=\"例如 13912345678\" bindinput=\"onPhone\" />",
		`  <van-field`,
		`    label="身份证号"`,
		`    placeholder="如 11010519491231002X"`,
		`    bind:change="onCard"`,
		`  />`,
		`  <view class="` + strings.Repeat("row ", 30) + `">就诊人姓名 <input name="realname" /> ` + strings.Repeat("尾", 30) + `</view>`,
		`</view>`,
	}, "\n")+"\n")
	script := source.NewFile("miniprogram/pages/booking/booking.js", strings.Join([]string{
		`const tester = 'wang.xiao@example.com'`,
		`Page({`,
		`  onPhone(e) { this.setData({ mobile: e.detail.value }) },`,
		`  check(v) { return /^1\d{10}$/.test(v) },`,
		`  submit() { wx.request({ url: 'https://api.example.com/book', data: { mobile: this.data.mobile } }) },`,
		`})`,
	}, "\n"))
	me := source.NewFile("miniprogram/pages/me/me.js", "wx.chooseAddress({ success(r) { wx.setStorageSync('address', r.telNumber) } })\n")
	old := source.NewFile("miniprogram/pages/old/旧 页.wxml", `<input placeholder="手机号" />`)
	library := source.NewFile("miniprogram/miniprogram_npm/@vant/weapp/field/index.wxml", `<input placeholder="{{ placeholder }}" />`)

	request := at(script, "wx.request", 1)
	findings := []finding.Finding{{
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
		Message: lang.Text{ZH: "页面“预约挂号”的“联系电话”收集手机号", EN: `"联系电话" on page "预约挂号" collects a phone number`},
		Subject: "联系电话", Page: "pages/booking/booking", PrivacyKey: "PhoneNumber",
		Location: at(view, "<input type=\"number\" placeholder=\"例如 13912345678\" bindinput=\"onPhone\" />", 1),
		Evidence: []finding.Evidence{
			{What: "label", Text: "联系电话", Location: at(view, "联系电话", 1)},
			{What: "placeholder", Text: "例如 13912345678", Location: at(view, "例如 13912345678", 1)},
			{What: "handler", Text: "onPhone", Location: at(script, "onPhone", 1)},
			{What: "validator", Text: `/^1\d{10}$/`, Location: at(script, `/^1\d{10}$/`, 1)},
		},
		Flows: []finding.Flow{{
			Sink: finding.Sink{Kind: finding.Network, API: "wx.request", Host: "api.example.com", Location: request},
			Steps: []finding.Step{
				{Message: lang.Text{ZH: "用户填写", EN: "the person enters it"}, Location: at(view, "<input type=\"number\"", 1)},
				{Message: lang.Text{ZH: "写入 data.mobile", EN: "written to data.mobile"}, Location: at(script, "this.setData", 1)},
				{Message: lang.Text{ZH: "随 wx.request 发送", EN: "sent with wx.request"}, Location: request},
			},
		}},
		Fingerprint: "5d1f6a0c9b3e7a42",
	}, {
		Rule: idRule, Category: finding.IDCard, Kind: finding.KindField, Confidence: finding.Medium, Reachable: true,
		Message: lang.Text{ZH: "页面“预约挂号”的“身份证号”收集身份证号", EN: `"身份证号" on page "预约挂号" collects an ID number`},
		Subject: "身份证号", Page: "pages/booking/booking",
		Location: at(view, view.Text[strings.Index(view.Text, "<van-field"):strings.Index(view.Text, "  <view class=\"row")-1], 1),
		Evidence: []finding.Evidence{{What: "label", Text: "身份证号", Location: at(view, "身份证号", 1)}},
		Bounded:  true, Fingerprint: "77aa0c9b3e7a4201",
	}, {
		Rule: nameRule, Category: finding.Name, Kind: finding.KindField, Confidence: finding.Low, Reachable: true,
		Message: lang.Text{ZH: "页面“预约挂号”的“就诊人姓名”可能收集姓名", EN: `"就诊人姓名" on page "预约挂号" may collect a name`},
		Subject: "就诊人姓名", Page: "pages/booking/booking", Location: at(view, `<input name="realname" />`, 1),
		Evidence:    []finding.Evidence{{What: "name", Text: "realname", Location: at(view, "realname", 1)}},
		Fingerprint: "0a1b2c3d4e5f6071",
	}, {
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Library: "@vant/weapp", Reachable: true,
		Message:  lang.Text{ZH: "组件库的输入框", EN: "a field of the component library"},
		Location: at(library, library.Text, 1), Fingerprint: "1a1b2c3d4e5f6072",
	}, {
		Rule: apiRule, Category: finding.Phone, Kind: finding.KindAPI, Confidence: finding.High, Reachable: true,
		Message: lang.Text{ZH: "wx.chooseAddress 取得收货人手机号", EN: "wx.chooseAddress yields the phone number of the recipient"},
		Page:    "pages/me/me", PrivacyKey: "Address", Location: at(me, "wx.chooseAddress", 1),
		Flows: []finding.Flow{{
			Sink: finding.Sink{Kind: finding.Storage, API: "wx.setStorageSync", Location: at(me, "wx.setStorageSync", 1)},
			Steps: []finding.Step{{Message: lang.Text{ZH: "取得收货地址", EN: "the address is handed over"},
				Location: at(me, "wx.chooseAddress", 1)}, {Message: lang.Text{ZH: "存入本机", EN: "stored on the device"}, Location: at(me, "wx.setStorageSync", 1)}},
		}},
		Fingerprint: "2a1b2c3d4e5f6073",
	}, {
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High,
		Message:  lang.Text{ZH: "未注册的页面收集手机号", EN: "a page that is not registered collects a phone number"},
		Location: at(old, old.Text, 1), Fingerprint: "3a1b2c3d4e5f6074",
	}}
	limit := []finding.Loss{
		finding.LostNear(finding.Limit, "pages/booking/booking", source.Location{File: script}),
		finding.LostInto(finding.UnknownCall, "api.save", request),
	}
	for i := range findings {
		f := &findings[i]
		f.Destination = finding.DestinationOf(f.Flows, nil)
		if f.Bounded {
			f.Destination = finding.DestinationOf(f.Flows, limit)
		}
	}
	unread := []project.Unread{{
		Path: "miniprogram/pages/me/me.json", Location: at(config, "pages/me", 1), Hides: false,
		Reason: lang.Text{ZH: "第 3 行缺少逗号", EN: "line 3: a comma is missing"},
	}, {
		Path: "miniprogram/pages/pay/pay.wxml", Hides: true,
		Reason: lang.Text{ZH: "app.json 列出了这个页面，但文件不存在；请补上文件或去掉页面", EN: "it is not there although app.json lists the page; add it or remove the page"},
	}}
	unread[0].Location = source.Location{}

	pages := []Page{{"pages/booking/booking", "预约挂号"}, {"pages/me/me", ""}}
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{apiRule, idRule, nameRule, phoneRule})
	r.Stats = Stats{Bytes: 4096, Milliseconds: 12}
	r.Add(Program{
		Project: Project{
			Root: ".", Platform: "wechat", Framework: "native", Outside: []string{"../shared/phone.js"}, Name: "仁和诊所", AppID: "wx0123456789abcdef",
			Pages: pages, Files: 14, Config: config,
		},
		Findings: findings,
		Verdict: verdict.Judge(verdict.Input{Platform: "wechat", Findings: findings, Unread: unread,
			Guide: privacy.Derive(&project.Program{}, &flow.Result{}, findings), Titles: map[string]string{"pages/booking/booking": "预约挂号"}}),
		Unread: unread,
	}, "")
	return r
}

// reader is a program that collects nothing.
func reader() Program {
	return Program{
		Project: Project{Root: ".", Platform: "wechat", Framework: "native", Name: "每日一读", Pages: []Page{{"pages/index/index", "首页"}}, Files: 5,
			Config: source.NewFile("app.json", `{"pages": ["pages/index/index"]}`)},
		Verdict: verdict.Judge(verdict.Input{Platform: "wechat", Inputs: verdict.Inputs{Operator: verdict.Individual}}),
	}
}

// two is a report on two programs, as of a repository that holds both.
func two(t *testing.T) *Report {
	t.Helper()
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{phoneRule})
	r.Add(reader(), "reader")
	clinic := sample(t)
	r.Rules = clinic.Rules
	r.Add(clinic.Programs[0], "clinic")
	return r
}
