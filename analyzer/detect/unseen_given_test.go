package detect

import (
	"maps"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// Under a limit, what a button asks for is open only if neither the button nor the uses of its component say it.
func TestOpenTypesUnderALimit(t *testing.T) {
	native := func(page, component string) map[string]string {
		return map[string]string{
			"app.json": `{"pages": ["a/a"]}`, "a/a.json": `{"usingComponents": {"own-button": "../b/b"}}`, "a/a.wxml": page, "a/a.js": "Page({ data: { kind: load() } })",
			"b/b.json": `{"component": true}`, "b/b.wxml": `<button open-type="{{kind}}" bindgetuserinfo="got"/>`, "b/b.js": component,
		}
	}
	plain := "Component({ properties: { kind: String } })"
	react := func(elements string) map[string]string {
		return map[string]string{
			"package.json": `{"dependencies": {"@tarojs/taro": "4", "react": "18"}}`, "app.config.js": "export default { pages: ['a/index'] }", "app.js": "export default p => p.children",
			"a/index.jsx": "import { Button } from '@tarojs/components'\nexport default function A({ kind }) { const ok = load(); return <Button " + elements + "/> }",
		}
	}
	for what, c := range map[string]struct {
		files map[string]string
		told  bool
	}{
		"no use gives it":               {native("<own-button/><own-button class='a'/>", plain), false},
		"all uses write it":             {native(`<own-button kind="share"/><own-button kind="{{a ? 'contact' : ''}}"/>`, plain), false},
		"no use asks for what triggers": {native(`<own-button/><own-button wx:if="{{false}}" kind="getUserInfo"/>`, plain), false},
		"one asks, and is not shown":    {native(`<own-button/><own-button wx:if="{{false}}" kind="getPhoneNumber"/>`, plain), true},
		"a use computes it":             {native(`<own-button kind="share"/><own-button kind="{{kind}}"/>`, plain), true},
		"the component sets it":         {native("<own-button/>", "Component({ properties: { kind: String }, attached() { this.setData({ kind: load() }) } })"), true},
		"written where it is made":      {react("openType={ok ? 'getPhoneNumber' : ''} onGetPhoneNumber={save}"), false},
		"not written where it is made":  {react("openType={ok ? kind : ''}"), true},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p := range maps.Keys(c.files) {
				fsys[p] = &fstest.MapFile{Data: []byte(c.files[p])}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			values := flow.Analyze(programs[0], flow.Options{})
			values.Limits = []flow.Limit{{What: "steps"}}
			told := false
			for _, u := range unseen(programs[0], values, control.NewReader(programs[0], values.Controls)) {
				told = told || u.Reason.EN[:len("what this button")] == "what this button"
				require.NotContains(t, u.Reason.EN, "before this ran")
			}
			require.Equal(t, c.told, told)
		})
	}
}

// Under a limit, what a control asks for is open if data give a text around it, unless a text of its
// own is written out and says it. One that says only that something is asked for, in which form or how
// much, does not.
func TestTextsUnderALimit(t *testing.T) {
	for input, told := range map[string]bool{
		`placeholder="请输入充值金额"`:          false,
		`placeholder="输入消息..."`:          false,
		`placeholder="说点什么..."`:          false,
		`placeholder="请写…"`:              false,
		`placeholder="写评论"`:              false,
		`placeholder="请填写"`:              true,
		`placeholder="请输入"`:              true,
		`placeholder="请输入内容"`:            true,
		`placeholder="最多20个字符"`:          true,
		`placeholder="请填写正确的信息"`:         true,
		`placeholder="{{hint}}"`:         true,
		`value="{{v}}" maxlength="2000"`: true,
	} {
		t.Run(input, func(t *testing.T) {
			programs, err := project.Load(fstest.MapFS{
				"app.json": {Data: []byte(`{"pages": ["a/a"]}`)},
				"a/a.wxml": {Data: []byte("<view><text>{{title}}</text><input " + input + " bindinput=\"on\"/></view>")},
				"a/a.js":   {Data: []byte("Page({ data: { title: '金额', hint: '请输入金额' }, on() {} })")},
			}, project.Options{})
			require.NoError(t, err)
			values := flow.Analyze(programs[0], flow.Options{})
			values.Limits = []flow.Limit{{What: "steps"}}
			require.Equal(t, told, len(unseen(programs[0], values, control.NewReader(programs[0], values.Controls))) > 0)
		})
	}
}

// A number between two buttons that change it is a count: that no text says of what leaves nothing open.
func TestCountsAreNotOpen(t *testing.T) {
	const minus, plus = `<view class="b" bindtap="less">-</view>`, `<view class="b" bindtap="more"> + </view>`
	const box = `<input type="number" value="{{n}}" bindinput="on"/>`
	for view, told := range map[string]bool{
		minus + box + plus: false,
		`<view class="box-minus" bindtap="less"/>` + box + `<view bindtap="more"><icon type="plus"/></view>`: false,
		minus + `<input value="{{n}}" bindinput="on"/>` + plus:                                               true,
		`<text>¥</text>` + box:        false,
		`R$` + box:                    false,
		`<text>No.</text>` + box:      true,
		box + minus + plus:            true,
		box:                           true,
		`<view>-</view>` + box + plus: true,
	} {
		t.Run(view, func(t *testing.T) {
			programs, err := project.Load(fstest.MapFS{
				"app.json": {Data: []byte(`{"pages": ["a/a"]}`)},
				"a/a.wxml": {Data: []byte("<view><text>{{title}}</text><view>" + view + "</view></view>")},
				"a/a.js":   {Data: []byte("Page({ data: { n: 1 }, onLoad(o) { this.setData({ title: o.title }) }, on() {}, less() {}, more() {} })")},
			}, project.Options{})
			require.NoError(t, err)
			values := flow.Analyze(programs[0], flow.Options{})
			require.Equal(t, told, len(unseen(programs[0], values, control.NewReader(programs[0], values.Controls))) > 0)
		})
	}
}

// What the texts at such a number say holds all the same.
func TestCountsThatAskForAPhone(t *testing.T) {
	programs, err := project.Load(fstest.MapFS{
		"app.json": {Data: []byte(`{"pages": ["a/a"]}`)},
		"a/a.wxml": {Data: []byte(`<view><icon type="minus" bindtap="less"/><input type="number" placeholder="手机号" bindinput="on"/><icon type="plus" bindtap="more"/></view>`)},
		"a/a.js":   {Data: []byte("Page({ on(e) { this.p = e.detail.value } })")},
	}, project.Options{})
	require.NoError(t, err)
	values := flow.Analyze(programs[0], flow.Options{})
	require.Len(t, control.NewReader(programs[0], values.Controls).Readings()[0].Judge(), 1)
}

// The key of a text that a server sends may say that it asks for an account. Another key leaves open what it asks for.
func TestKeyOfText(t *testing.T) {
	for field, told := range map[string]bool{
		`placeholder="{{texts.username}}"`:     false,
		`placeholder="{{texts.password_tip}}"`: false,
		`placeholder="{{texts.field1}}"`:       true,
		`placeholder="{{username}}"`:           true, // what is in it
		`placeholder="{{texts.a + texts.b}}"`:  true,
	} {
		t.Run(field, func(t *testing.T) {
			p := loadText(t, `
-- app.json --
{"pages": ["a/a"]}
-- a/a.wxml --
<view>{{texts.title}}</view><input `+field+` bindinput="on" />
-- a/a.js --
Page({ onLoad() { wx.request({ url: 'https://a.example.com/texts', success: r => this.setData({ texts: r.data.texts, username: r.data.username }) }) },
  on(e) { wx.request({ url: 'https://a.example.com/save', data: { v: e.detail.value } }) } })
`)
			values := flow.Analyze(p, flow.Options{})
			require.Equal(t, told, len(unseen(p, values, control.NewReader(p, values.Controls))) > 0)
		})
	}
}

// A picture beside a control may say what it asks for, unless what is around it says that it is a message or a number of a scale.
func TestPictured(t *testing.T) {
	for row, told := range map[string]bool{
		`<view><image src="a.png"/><input value="{{a}}" bindinput="on"/></view>`:                                                                               true,
		`<view><image src="a.png"/><input value="{{a}}" bindinput="on"/><button bindtap="go">发送</button></view>`:                                               false,
		`<view><view><image src="a.png"/><input value="{{a}}" bindinput="on"/></view><view bindtap="go">评论</view></view>`:                                      false,
		`<view><image src="a.png"/><input type="number" value="{{a}}" bindinput="on"/><button bindtap="go">发送</button></view>`:                                 true, // a code
		`<view><image src="a.png"/><input value="{{a}}" bindinput="on"/><button bindtap="go">下一步</button></view>`:                                              true,
		`<view><slider value="{{a}}" max="100" bindchange="on"/><view><image src="a.png"/><input type="number" value="{{a}}" bindinput="on"/></view></view>`:   false,
		`<view><slider value="{{light}}" max="9" bindchange="on"/><view><image src="a.png"/><input type="number" value="{{a}}" bindinput="on"/></view></view>`: true,
	} {
		t.Run(row, func(t *testing.T) {
			p := loadText(t, `
-- app.json --
{"pages": ["a/a"]}
-- a/a.wxml --
`+row+`
-- a/a.js --
Page({ data: { a: '' }, on(e) { this.setData({ a: e.detail.value }) }, go() { wx.request({ url: 'https://a.example.com/save', data: { v: this.data.a } }) } })
`)
			values := flow.Analyze(p, flow.Options{})
			require.Equal(t, told, len(unseen(p, values, control.NewReader(p, values.Controls))) > 0)
		})
	}
}

// A box that was seen to ask for a text is known, whatever code is missing beside it. One that another function shows may not be.
func TestBoxBesideMissingCode(t *testing.T) {
	const text = "title: '请输入真实姓名', editable: true, success: r => this.setData({ n: r.content })"
	for call, told := range map[string]bool{
		"wx.showModal({ " + text + " })": false,
		"lib.ask({ " + text + " })":      true,
	} {
		t.Run(call, func(t *testing.T) {
			p := loadText(t, `
-- app.json --
{"pages": ["a/a"]}
-- a/a.wxml --
<view bindtap="go">a</view>
-- a/a.js --
const lib = require('../lib')
Page({ onLoad() { lib.base(this) }, go() { `+call+` } })
`)
			values := flow.Analyze(p, flow.Options{})
			require.Equal(t, told, len(unseen(p, values, control.NewReader(p, values.Controls))) > 0)
		})
	}
}
