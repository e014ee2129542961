package detect

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

func loadText(t *testing.T, text string) *project.Program {
	fsys, err := txtar.FS(txtar.Parse([]byte(text)))
	require.NoError(t, err)
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	return programs[0]
}

// A unit that ran into several limits, or into one many times, is named once.
func TestUnfollowedOnce(t *testing.T) {
	p := &project.Program{}
	page := &project.Unit{Path: "pages/cart/cart", Kind: project.PageUnit}
	d := newDestinations(p, &flow.Result{Limits: []flow.Limit{{Unit: page, What: "steps"}, {What: "rounds"}, {Unit: page, What: "calls"}, {Unit: page, What: "steps"}}})
	require.Empty(t, d.unfollowed(nil))
	out := d.unfollowed([]finding.Finding{{
		Rule: rule("field/phone"), Kind: finding.KindField, Category: finding.Phone, Location: source.Location{File: source.NewFile("a", "a")},
	}})
	require.Len(t, out, 2)
	require.Equal(t, ".", out[0].Path)
	require.Contains(t, out[0].Reason.EN, "limit of rounds")
	require.Contains(t, out[0].Reason.ZH, "轮次上限")
	require.Equal(t, "pages/cart/cart", out[1].Path)
	require.Contains(t, out[1].Reason.EN, "limit of calls, steps")
	require.Contains(t, out[1].Reason.ZH, "调用、步数上限")
}

const limitedPages = `-- app.json --
{"pages": ["form/form", "list/list", "stored/stored"]}
-- app.js --
App({})
-- form/form.json --
{"usingComponents": {"mark-box": "/box/box"}}
-- form/form.wxml --
<input placeholder="手机号" bindinput="on"/><mark-box/>
-- form/form.js --
Page({ on(e) { SAVE } })
-- box/box.json --
{"component": true}
-- box/box.wxml --
<view/>
-- box/box.js --
Component({})
-- list/list.wxml --
<view/>
-- list/list.js --
Page({ data: { n: 0 } })
-- stored/stored.wxml --
<view/>
-- stored/stored.js --
Page({ onShow() { this.tel = wx.getStorageSync('tel') } })
`

// A limit is told where a value that is collected may have been: in what collects it, where it was given to the code that
// was cut off or can be named by it, and on a page that gets what was stored. Elsewhere it cut off nothing that anybody asks for.
func TestUnfollowedWhereValuesAre(t *testing.T) {
	const sent, stored = "wx.request({ url: 'https://a.example.com', data: e.detail })", "wx.setStorageSync('tel', e.detail.value)"
	for what, c := range map[string]struct {
		save, unit     string
		collects, held bool
		told           bool
	}{
		"nothing is collected":                 {sent, "form/form", false, true, false},
		"the page that collects":               {sent, "form/form", true, false, true},
		"a component that has the value":       {sent, "box/box", true, true, true},
		"a component that has not":             {sent, "box/box", true, false, false},
		"the app that has the value":           {sent, "app", true, true, true},
		"the app that has not":                 {sent, "app", true, false, false},
		"another page that has the value":      {sent, "list/list", true, true, true},
		"the program":                          {sent, "", true, false, true},
		"a page that gets nothing":             {stored, "list/list", true, false, false},
		"a page that gets what is stored":      {stored, "stored/stored", true, false, true},
		"a page that gets what nobody stored":  {sent, "stored/stored", true, false, false},
		"the program that collects nothing":    {sent, "", false, false, false},
		"the app of one that collects nothing": {sent, "app", false, false, false},
	} {
		t.Run(what, func(t *testing.T) {
			p := loadText(t, replaced(limitedPages, "SAVE", c.save))
			values := flow.Analyze(p, flow.Options{})
			require.Empty(t, values.Limits)
			limit := flow.Limit{What: "steps"}
			for _, u := range p.Units {
				if u.Path == c.unit {
					limit.Unit = u
				}
				if u.Path == "form/form" && c.unit == "box/box" {
					limit.Page = u
				}
			}
			require.Equal(t, c.unit == "", limit.Unit == nil)
			if limit.Page == nil && limit.Unit != nil && limit.Unit.Kind == project.PageUnit {
				limit.Page = limit.Unit
			}
			values.Limits = []flow.Limit{limit}
			if c.held {
				c := values.Controls[0]
				values.Held = map[flow.Limit][]source.Location{limit: {{File: c.View.File, Span: c.Element.Open}}}
			}
			field := rule("field/phone")
			_, unread, err := Run(p, values, []*Detector{{Name: "field", Rules: []*finding.Rule{field}, Run: func(pass *Pass) error {
				for _, control := range pass.Flow.Controls {
					if c.collects {
						pass.Report(finding.Finding{
							Rule: field, Category: finding.Phone, Confidence: finding.High, Reachable: true, Flows: control.Uses.Flows,
							Location: source.Location{File: control.View.File, Span: control.Element.Open}})
					}
				}
				return nil
			}}})
			require.NoError(t, err)
			told := false
			for _, u := range unread {
				told = told || u.Reason.EN[:len("data flow is incomplete")] == "data flow is incomplete"
			}
			require.Equal(t, c.told, told)
		})
	}
}

const nestedBoxes = `-- app.json --
{"pages": ["a/a"]}
-- a/a.json --
{"usingComponents": {"outer-box": "/outer/outer"}}
-- a/a.wxml --
<outer-box>FILLED</outer-box>
-- a/a.js --
Page({ on() {} })
-- outer/outer.json --
{"component": true, "usingComponents": {"inner-box": "/inner/inner", "slot-box": "/slotted/slotted"}}
-- outer/outer.wxml --
<view>SHOWN</view>
-- outer/outer.js --
Component({})
-- inner/inner.json --
{"component": true, "usingComponents": {"own-field": "/field/field"}}
-- inner/inner.wxml --
INNER
-- inner/inner.js --
Component({ properties: { kind: String }, methods: { on() {} } })
-- field/field.json --
{"component": true}
-- field/field.wxml --
<input bindinput="on"/>
-- field/field.js --
Component({ methods: { on() {} } })
-- slotted/slotted.json --
{"component": true}
-- slotted/slotted.wxml --
<view><slot/></view>
-- slotted/slotted.js --
Component({})
`

// What a limit kept from being drawn is told where it may ask for something.
func TestUndrawn(t *testing.T) {
	for what, c := range map[string]struct {
		filled, shown, inner string
		told                 bool
	}{
		"a field":                        {"", "<inner-box/>", `<input bindinput="on"/>`, true},
		"a field in a component":         {"", "<inner-box/>", `<view><own-field/></view>`, true},
		"a button that asks":             {"", "<inner-box/>", `<button open-type="getPhoneNumber" bindgetphonenumber="on"/>`, true},
		"a button of any kind":           {"", "<inner-box/>", `<button open-type="{{kind}}"/>`, true},
		"a picture":                      {"", "<inner-box/>", `<image src="a.png"/><view bindtap="on">a</view>`, false},
		"a button that shares":           {"", "<inner-box/>", `<button open-type="share"/>`, false},
		"a component of pictures":        {"", "<inner-box/><slot-box><view/></slot-box>", `<image src="a.png"/>`, false},
		"what fills a slot":              {"<own-field/>", "<slot-box><inner-box/></slot-box>", `<own-field/>`, true},
		"pictures that fill a slot":      {"<image/>", "<slot-box><inner-box/></slot-box>", `<image/>`, false},
		"a field of a component unknown": {"", "<inner-box/>", `<van-field bind:change="on"/>`, true},
	} {
		t.Run(what, func(t *testing.T) {
			nest := flow.Limits()["nest"]
			defer func(n int) { *nest = n }(*nest)
			*nest = 1
			p := loadText(t, replaced(nestedBoxes, "FILLED", c.filled, "SHOWN", c.shown, "INNER", c.inner))
			values := flow.Analyze(p, flow.Options{})
			require.NotEmpty(t, values.Limits, "the program must run into a limit")
			told := false
			for _, u := range unseen(p, values, control.NewReader(p, values.Controls)) {
				told = told || u.Path == "outer/outer.wxml" && u.Hides
			}
			require.Equal(t, c.told, told)
		})
	}
}

// A limit that is hit later hides nothing of a component all of whose controls were seen.
func TestDrawnBeforeALimit(t *testing.T) {
	for page, told := range map[string]bool{
		"<inner-box/>": false,
		`<inner-box wx:for="{{list}}" title="{{item}}"/>`:      true,
		`<view wx:if="{{a}}"><view><inner-box/></view></view>`: false,
	} {
		t.Run(page, func(t *testing.T) {
			drawn := flow.Limits()["drawn"]
			defer func(n int) { *drawn = n }(*drawn)
			*drawn = 3
			p := loadText(t, replaced(nestedBoxes, "FILLED", "", "SHOWN", page+`<view wx:for="{{list}}"><text>a</text></view><view wx:for="{{list}}"><input/></view>`, "INNER", `<own-field/>`,
				"Component({})\n-- inner", "Component({ data: { list: ['a', 'b', 'c', 'd'] } })\n-- inner"))
			values := flow.Analyze(p, flow.Options{})
			require.NotEmpty(t, values.Limits, "the program must run into a limit")
			at := ""
			for _, u := range unseen(p, values, control.NewReader(p, values.Controls)) {
				if u.Path == "outer/outer.wxml" {
					at += u.Location.Text()
				}
			}
			require.Equal(t, told, strings.Contains(at, "<inner-box"), at)
		})
	}
}

// labelledPage is a page with a control, and a component with a label of its own around another.
const labelledPage = `-- app.json --
{ "pages": ["form/form"] }
-- form/form.json --
{ "usingComponents": { "own-row": "/row/row" } }
-- form/form.wxml --
CONTROL
-- form/form.js --
Page({ data: { movie: true }, onLoad(o) { this.setData({ movie: o.kind === 'movie', label: o.label }) }, save(e) { this.text = e.detail.value } })
-- row/row.json --
{ "component": true }
-- row/row.wxml --
<view>{{name + ':'}}<input placeholder="{{hint}}" bindinput="on"/></view>
-- row/row.js --
Component({ properties: { name: String, hint: String }, methods: { on(e) { this.triggerEvent('change', e.detail.value) } } })
`

// Behind a limit, what a control asks for is clear if the program writes it out, whichever text is shown.
func TestWrittenOutBehindALimit(t *testing.T) {
	for written, told := range map[string]bool{
		`<input placeholder="{{movie ? '写下你的观影感受' : '写下你的追剧感受'}}" bindinput="save"/>`:         false,
		`<input placeholder="{{movie ? '请输入片名' : label}}" bindinput="save"/>`:                 true,
		`<view>{{label}}</view><input placeholder="请输入 ACME API Key" bindinput="save"/>`:      false,
		`<view>{{label}}</view><input placeholder="Please enter the text" bindinput="save"/>`: true,
		`<view>{{label}}</view><input aria-label="任务标题" bindinput="save"/>`:                   false,
		`<own-row name="修正参数" bind:change="save"/>`:                                           false,
		`<own-row name="{{label}}" bind:change="save"/>`:                                      true,
		`<own-row name="{{label}}" hint="请输入" bind:change="save"/>`:                           true,
		`<own-row name="{{label}}" placeholder="请输入库存数量" bind:change="save"/>`:                false,
	} {
		t.Run(written, func(t *testing.T) {
			p := loadText(t, replaced(labelledPage, "CONTROL", written))
			values := flow.Analyze(p, flow.Options{})
			require.Empty(t, values.Limits)
			values.Limits = []flow.Limit{{What: "steps"}}
			hidden := slices.DeleteFunc(unseen(p, values, control.NewReader(p, values.Controls)),
				func(u project.Unread) bool { return !u.Hides })
			require.Equal(t, told, len(hidden) > 0, hidden)
		})
	}
}

func replaced(text string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(text)
}
