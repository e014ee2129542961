package analyzer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// verdictOf is the verdict on a program of one page.
func verdictOf(t *testing.T, view, script string) verdict.Status {
	t.Helper()
	scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": `App({})`, "pages/a/a.wxml": view, "pages/a/a.js": script,
	})}}, analyzer.Options{Detectors: detectors.All()})
	require.NoError(t, err)
	return scan.Analyses[0].Verdict.PersonalInformation.Status
}

const sendsWhatIsTyped = `Page({ typed(e) { wx.request({ url: 'https://a.example', data: { v: e.detail.value || e.detail.text } }) } })`

// What a person sees at a control may be in no text that can be read.
func TestLabelsThatAreNoPlainText(t *testing.T) {
	for name, c := range map[string]struct {
		view string
		want verdict.Status
	}{
		"turned by U+202E":                    {`<input bindinput="typed" placeholder="&#x202e;号机手"/>`, verdict.Triggered},
		"turned by marks between":             {`<input bindinput="typed" placeholder="&#x200f;号&#x200f;机&#x200f;手"/>`, verdict.Triggered},
		"a mark, and the usual order":         {`<view>手机号&#x200f;</view><input bindinput="typed"/>`, verdict.Triggered},
		"a mark, and words nobody knows":      {`<input bindinput="typed" placeholder="&#x202e;蒹葭苍苍"/>`, verdict.Undetermined},
		"backwards without a mark":            {`<input bindinput="typed" placeholder="号机手"/>`, verdict.NotTriggered},
		"a mark of the usual direction":       {`<input bindinput="typed" placeholder="&#x200e;备注"/>`, verdict.NotTriggered},
		"an editor":                           {`<editor bindinput="typed" placeholder="请填写姓名"/>`, verdict.Triggered},
		"an editor for something else":        {`<editor bindinput="typed" placeholder="写下今天的见闻"/>`, verdict.NotTriggered},
		"a picture in its place":              {`<view><image src="/tel.png"/><input bindinput="typed"/></view>`, verdict.Undetermined},
		"a picture around the view":           {`<image src="/tel.png"/><view><view><input bindinput="typed" placeholder="请输入"/></view></view>`, verdict.Undetermined},
		"a picture and a text":                {`<view><image src="/tel.png"/><input bindinput="typed" placeholder="备注"/></view>`, verdict.NotTriggered},
		"a picture and an amount":             {`<view><image src="/apple.png"/><input type="digit" bindinput="typed" placeholder="0"/></view>`, verdict.NotTriggered},
		"a picture and a number":              {`<view><image src="/tel.png"/><input type="number" bindinput="typed" placeholder="0"/></view>`, verdict.Undetermined},
		"a picture and a large box":           {`<view><image src="/leaf.png"/><textarea bindinput="typed" placeholder="请写"/></view>`, verdict.NotTriggered},
		"a picture and a search":              {`<view><image src="/glass.png"/><input bindinput="typed" placeholder="搜索"/></view>`, verdict.NotTriggered},
		"a picture in a search bar":           {`<view id="searchBar"><view><image src="/back.svg"/><input bindinput="typed"/></view></view>`, verdict.NotTriggered},
		"a picture beside a message":          {`<view><image src="/me.png"/><input confirm-type="send" bindconfirm="typed"/></view>`, verdict.NotTriggered},
		"a picture beside a comment":          {`<view><image src="/me.png"/><input value="{{comment}}" bindinput="typed"/></view>`, verdict.NotTriggered},
		"a picture beside a message by voice": {`<view><view wx:if="{{voice}}">按住 说话</view><view wx:else><image src="/me.png"/><input bindinput="typed"/></view></view>`, verdict.NotTriggered},
		"a picture, and another key":          {`<view><image src="/me.png"/><input confirm-type="next" bindinput="typed"/></view>`, verdict.Undetermined},
		"a picture, and nothing is taken":     {`<view><image src="/tel.png"/><input/></view>`, verdict.NotTriggered},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, verdictOf(t, c.view, sendsWhatIsTyped)) })
	}
}

// What a list near a box shows, such as the messages of a chat, is no label of it, even if nobody knows it; what
// stands at the box, in a list of fields or not, may be.
func TestListsNearABox(t *testing.T) {
	const script = `Page({
		onLoad() { wx.request({ url: 'https://a.example', success: (r) => this.setData({ rows: r.data.rows, what: r.data.what }) }) },
		typed(e) { wx.request({ url: 'https://a.example', data: { v: e.detail.value } }) }
	})`
	for name, c := range map[string]struct {
		view string
		want verdict.Status
	}{
		"messages":                      {`<view><view wx:for="{{rows}}"><view><text>{{item.text}}</text></view></view></view><view><input bindinput="typed"/></view>`, verdict.NotTriggered},
		"a list beside":                 {`<text wx:for="{{rows}}">{{item}}</text><input bindinput="typed"/>`, verdict.NotTriggered},
		"a label":                       {`<view><text>{{what}}</text><input bindinput="typed"/></view>`, verdict.Undetermined},
		"a list of fields":              {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/></view>`, verdict.Undetermined},
		"an amount":                     {`<view wx:for="{{rows}}">{{item.text}}<input bindinput="typed"/>元</view>`, verdict.NotTriggered},
		"an amount, its unit apart":     {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/><text>次/天</text></view>`, verdict.NotTriggered},
		"a text behind that is no unit": {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/><text>本人</text></view>`, verdict.Undetermined},
		"a list of options":             {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/></view><button bindtap="more">+ 添加选项</button>`, verdict.NotTriggered},
		"a list of people":              {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/></view><button bindtap="more">+ 添加乘客</button>`, verdict.Undetermined},
		"a list of anything":            {`<view wx:for="{{rows}}"><text>{{item.text}}</text><input bindinput="typed"/></view><button bindtap="more">添加一行</button>`, verdict.Undetermined},
		"a list in a label":             {`<view wx:for="{{rows}}"><text>{{what}}</text><input bindinput="typed" placeholder="{{item.hint}}"/></view>`, verdict.Undetermined},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, verdictOf(t, c.view, script)) })
	}
}

// What a server decides about a button may be to ask for a phone number; about a link it is how the next page opens.
func TestOpenTypesThatAServerDecides(t *testing.T) {
	const script = `Page({ onLoad() { wx.request({ url: 'https://a.example', success: (r) => this.setData({ kind: r.data.kind }) }) } })`
	require.Equal(t, verdict.Undetermined, verdictOf(t, `<button open-type="{{kind}}">下一步</button>`, script))
	require.Equal(t, verdict.NotTriggered, verdictOf(t, `<navigator open-type="{{kind}}" url="/pages/a/a">下一步</navigator>`, script))
}

// A number that is tapped digit by digit is not followed: a page that names a phone number beside
// a keypad is open.
func TestKeypads(t *testing.T) {
	const script = `Page({
		data: { n: '', keys: [1, 2, 3, 4, 5, 6, 7, 8, 9, '', 0, '删'], rows: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['0']] },
		press(e) { this.setData({ n: this.data.n + e.currentTarget.dataset.k }) },
		send() { wx.request({ url: 'https://a.example', data: { n: this.data.n } }) }
	})`
	const label = `<text>手机号</text><text bindtap="send">{{n}}</text>`
	keys := `<view wx:for="{{keys}}" bindtap="press" data-k="{{item}}">{{item}}</view>`
	for name, c := range map[string]struct {
		view string
		want verdict.Status
	}{
		"a list":                      {label + keys, verdict.Undetermined},
		"rows":                        {label + `<view wx:for="{{rows}}" wx:for-item="row"><view wx:for="{{row}}" catchtap="press"><text>{{item}}</text></view></view>`, verdict.Undetermined},
		"a text":                      {label + `<view wx:for="1234567890" bindtap="press" data-k="{{item}}"> {{item}} </view>`, verdict.Undetermined},
		"a count":                     {label + `<view wx:for="{{10}}" bindtap="press" data-k="{{index}}">{{index}}</view>`, verdict.Undetermined},
		"one handler around the keys": {label + `<view bindtap="press"><view wx:for="{{keys}}" data-k="{{item}}">{{item}}</view></view>`, verdict.Undetermined},
		"pictures of digits":          {label + `<view wx:for="{{keys}}" bindtap="press" data-k="{{item}}"><image src="/{{item}}.png"/></view>`, verdict.Undetermined},
		"the keyboard of a kit":       {label + `<van-number-keyboard bind:input="press"/>`, verdict.Triggered}, // it is a control
		"a calculator":                {`<text>计算器</text>` + keys, verdict.NotTriggered},
		"a password":                  {`<text>请输入支付密码</text>` + keys, verdict.NotTriggered},
		"a code":                      {`<text>请输入手机号收到的验证码</text>` + keys, verdict.NotTriggered},
		"nobody can tap":              {label + `<view wx:for="{{keys}}">{{item}}</view>`, verdict.NotTriggered},
		"no nought":                   {label + `<view wx:for="123456789" bindtap="press">{{item}}</view>`, verdict.NotTriggered},
		"tabs":                        {label + `<view wx:for="{{keys}}" bindtap="press" data-k="{{item}}">第{{item}}项</view>`, verdict.NotTriggered},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, verdictOf(t, c.view, script)) })
	}
}

// The keys of a licence plate are no phone number, whatever else the page asks for.
func TestKeypadsOfPlates(t *testing.T) {
	const page = `Page({ typed(e) { wx.request({ url: 'https://a.example', data: { v: e.detail } }) } })`
	keypad := func(keys string) string {
		return `Component({ data: { n: '', signs: ` + keys + `, keys: [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] }, methods: {
			press(e) { this.setData({ n: this.data.n + e.currentTarget.dataset.k }); this.triggerEvent('typed', this.data.n) } } })`
	}
	const keys = `<view wx:for="{{signs}}" bindtap="press" data-k="{{item}}">{{item}}</view><view wx:for="{{keys}}" bindtap="press" data-k="{{item}}">{{item}}</view>`
	for want, signs := range map[verdict.Status]string{
		verdict.NotTriggered: `'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁'.split('')`,
		verdict.Undetermined: `['京', '沪', '+86']`,
	} {
		scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(map[string]string{
			"app.json": `{"pages": ["pages/a/a"]}`, "app.js": `App({})`, "pages/a/a.js": page, "pages/a/a.json": `{"usingComponents": {"keys": "/keys/keys"}}`,
			"pages/a/a.wxml": `<text>手机号</text><keys bind:typed="typed"/>`,
			"keys/keys.json": `{"component": true}`, "keys/keys.wxml": keys, "keys/keys.js": keypad(signs),
		})}}, analyzer.Options{Detectors: detectors.All()})
		require.NoError(t, err)
		require.Equal(t, want, scan.Analyses[0].Verdict.PersonalInformation.Status, signs)
	}
}
