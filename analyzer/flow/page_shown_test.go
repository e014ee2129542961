package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// A control is hidden only if its condition has one answer and nothing in the program
// writes another, whether that runs or not.
func TestHidden(t *testing.T) {
	const input = `<input bindinput="on" />`
	for what, c := range map[string]struct {
		view, script string
		kid          string // the view of a component, whose property is open
		hidden       string // what decides; "" if the control may be shown
	}{
		"a flag that nothing sets":      {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }`, hidden: "open"},
		"a popup that nothing opens":    {view: `<van-popup show="{{open}}">` + input + `</van-popup>`, script: `data: { open: false }, close() { this.setData({ open: false }) }`, hidden: "open"},
		"hidden by a constant":          {view: `<view hidden="{{old}}">` + input + `</view>`, script: `data: { old: true }`, hidden: "old"},
		"the other branch":              {view: `<view wx:if="{{fresh}}" /><view wx:else>` + input + `</view>`, script: `data: { fresh: true }`, hidden: "fresh"},
		"not and and":                   {view: `<view wx:if="{{!closed && list.length}}">` + input + `</view>`, script: `data: { closed: true, list: [] }, onLoad() { wx.request({ success: r => this.setData({ list: r.data }) }) }`, hidden: "closed"},
		"inside an object":              {view: `<view wx:if="{{form.open}}">` + input + `</view>`, script: `data: { form: { open: 0 } }`, hidden: "form.open"},
		"the use of a component":        {view: `<own wx:if="{{open}}" />`, kid: input, script: `data: { open: false }`, hidden: "open"},
		"set":                           {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, show() { this.setData({ open: true }) }`},
		"set in a function not run":     {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, later() { this.setData({ 'open': !this.data.open }) }`},
		"set by a server":               {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, onLoad() { wx.request({ success: r => this.setData({ open: r.data.open }) }) }`},
		"whatever a server says":        {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, onLoad() { wx.request({ success: r => this.setData(r.data) }) }`},
		"beside what is not parsed":     {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, later() { this.setData({ open:: true }) }`},
		"under a computed name":         {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, set(e) { this.setData({ [e.target.id]: true }) }`},
		"by a name that is handed over": {view: `<view wx:if="{{open}}">` + input + `</view><button data-key="open" bindtap="toggle" />`, script: `data: { open: false }, toggle(e) { flip(this, e.target.dataset.key) }`},
		"an item of a list":             {view: `<view wx:for="{{[0]}}" wx:for-item="open"><view wx:if="{{open}}">` + input + `</view></view>`, script: `data: { open: false }`},
		"a call":                        {view: `<wxs module="m">module.exports = { no: function () { return false } }</wxs><view wx:if="{{m.no()}}">` + input + `</view>`, script: `data: {}`},
		"a property that the page sets": {view: `<own open="{{open}}" /><button bindtap="show" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: false }, show() { this.setData({ open: true }) }`},
		"a popup bound both ways":       {view: `<van-popup model:show="{{open}}">` + input + `</van-popup>`, script: `data: { open: false }`},
		"shown":                         {view: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { open: true }`},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"app.json": `{"pages": ["pages/a/a"], "usingComponents": {"own": "/own"}}`, "app.js": "App({})",
				"pages/a/a.wxml": c.view, "pages/a/a.js": "Page({ " + c.script + ", on(e) {} })",
				"own.wxml": c.kid, "own.js": "Component({ properties: { open: { type: Boolean, value: false } }, methods: { on() {} } })", "own.json": `{"component": true}`,
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			seen := false
			for _, control := range Analyze(programs[0], Options{}).Controls {
				if control.Element.Tag != "input" {
					continue
				}
				seen = true
				if c.hidden == "" {
					require.Nil(t, control.Hidden)
					continue
				}
				require.NotNil(t, control.Hidden)
				require.Equal(t, c.hidden, control.Hidden.Location.Text())
				require.Contains(t, control.Hidden.Reason.EN, "`"+c.hidden+"` never changes")
				require.Contains(t, control.Hidden.Reason.ZH, "`"+c.hidden+"`")
			}
			require.True(t, seen)
		})
	}
}
