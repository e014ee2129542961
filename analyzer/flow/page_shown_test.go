package flow

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// What only a parameter of the page shows is told, if no code passes it, and counts.
func TestOnlyIf(t *testing.T) {
	const field = `<input wx:if="{{edit}}" bindinput="on" />`
	const set = `data: { edit: false }, onLoad(options) { this.setData({ edit: options.edit === '1' }) }`
	for what, c := range map[string]struct {
		script, other, view string
		param               string // "" if nothing need come from outside
	}{
		"a parameter that no code passes":    {script: set, param: "edit"},
		"another parameter is passed":        {script: set, other: `go() { wx.navigateTo({ url: '/pages/a/a?id=1' }) }`, param: "edit"},
		"tested before":                      {script: `data: { edit: false }, onLoad({ from }) { if (from) { this.setData({ edit: true }) } }`, param: "from"},
		"kept in a variable":                 {script: `data: { edit: false }, onLoad(q) { const mode = q.mode; this.setData({ edit: mode == 2 ? true : false }) }`, param: "mode"},
		"passed by a page":                   {script: set, other: `go() { wx.navigateTo({ url: '/pages/a/a?edit=1' }) }`},
		"passed by a view":                   {script: set, view: `<navigator url="/pages/a/a?id={{id}}&edit=1" />`},
		"passed by a share":                  {script: set + `, onShareAppMessage() { return { path: '/pages/a/a?edit=' + 1 } }`},
		"an address that is not known":       {script: set, other: `go(e) { wx.navigateTo({ url: e.currentTarget.dataset.url }) }`, view: `<view bindtap="go" data-url="{{item.url}}" />`},
		"parameters that are made elsewhere": {script: set, other: `go() { wx.navigateTo({ url: '/pages/a/a?' + build({ edit: 1 }) }) }`, view: `<view bindtap="go" />`},
		"set without it, too":                {script: set + `, change() { this.setData({ edit: true }) }`},
		"what a server says of it":           {script: `data: { edit: false }, onLoad(o) { wx.request({ url: '/x?id=' + o.id, success: r => this.setData({ edit: r.data.mine }) }) }`},
		"shown without":                      {script: `data: { edit: true }, onLoad(options) { this.setData({ edit: options.edit !== '0' }) }`},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"app.json": `{"pages": ["pages/a/a", "pages/b/b"]}`, "app.js": "App({})", "pages/a/a.wxml": field,
				"pages/a/a.js": "Page({ " + c.script + ", on(e) {} })", "pages/b/b.wxml": c.view, "pages/b/b.js": "Page({ " + c.other + " })",
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			controls := Analyze(programs[0], Options{}).Controls
			i := slices.IndexFunc(controls, func(c *Control) bool { return c.Element.Tag == "input" })
			require.Nil(t, controls[i].Hidden)
			if c.param == "" {
				require.Nil(t, controls[i].OnlyIf)
				return
			}
			require.NotNil(t, controls[i].OnlyIf)
			require.Contains(t, controls[i].OnlyIf.Reason.EN, "`"+c.param+"`")
			require.Contains(t, controls[i].OnlyIf.Reason.ZH, "“"+c.param+"”")
		})
	}
}

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
		"a property that nobody sets":   {view: `<own />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: {}`, hidden: "open"},
		"a property set to its default": {view: `<own open="{{false}}" /><own open="{{x ? false : 0}}" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { x: 1 }`, hidden: "open"},
		"a property that one use sets":  {view: `<own /><own open />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: {}`},
		"a property that a text sets":   {view: `<own open="{{false}}{{''}}" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: {}`},
		"a property bound both ways":    {view: `<own model:open="{{x}}" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { x: false }`},
		"a property that a script sets": {view: `<own id="o" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `later() { this.selectComponent('#o').setData({ open: true }) }`},
		"a property of another element": {view: `<own /><view open="{{x}}" />`, kid: `<view wx:if="{{open}}">` + input + `</view>`, script: `data: { x: 1 }`, hidden: "open"},
		"a popup bound both ways":       {view: `<van-popup model:show="{{open}}">` + input + `</van-popup>`, script: `data: { open: false }`},
		"compared with a constant":      {view: `<view wx:if="{{mode == 'edit'}}">` + input + `</view>`, script: `data: { mode: 'view' }, back() { this.setData({ mode: 'list' }) }`, hidden: "mode == 'edit'"},
		"compared and set":              {view: `<view wx:if="{{mode == 'edit'}}">` + input + `</view>`, script: `data: { mode: 'view' }, edit() { this.setData({ mode: 'edit' }) }`},
		"unlike a constant":             {view: `<view wx:if="{{mode != 'view'}}">` + input + `</view>`, script: `data: { mode: 'view' }, back() { this.setData({ mode: 'view' }) }`, hidden: "mode != 'view'"},
		"unlike and set":                {view: `<view wx:if="{{mode != 'view'}}">` + input + `</view>`, script: `data: { mode: 'view' }, back() { this.setData({ mode: 'list' }) }`},
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

// However a component of Vue declares a property, it is what each use passes.
func TestHiddenByProperty(t *testing.T) {
	const custom, both = `<box kind="custom" />`, `<box kind="custom" /><box kind="input" />`
	for what, c := range map[string]struct {
		props, uses string
		hidden      bool
	}{
		"a list of names":              {`['kind']`, custom, true},
		"a type":                       {`{ kind: String }`, custom, true},
		"a type in an object":          {`{ kind: { type: String } }`, custom, true},
		"another default":              {`{ kind: { type: String, default: 'x' } }`, custom, true},
		"a default that shows it":      {`{ kind: { type: String, default: 'input' } }`, `<box />`, false},
		"one use that shows it":        {`{ kind: String }`, both, false},
		"a use that computes it":       {`{ kind: { type: String } }`, `<box :kind="$root.kind" />`, false},
		"a use that passes all it has": {`{ kind: String }`, `<box v-bind="$attrs" />`, false},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"manifest.json": "{}", "pages.json": `{"pages": [{"path": "pages/a/a"}]}`,
				"main.js":       "import App from './App'\nimport Vue from 'vue'\nnew Vue(App).$mount()",
				"App.vue":       "<script>export default {}</script>",
				"pages/a/a.vue": "<template><view>" + c.uses + "</view></template>\n<script>import box from '@/box.vue'\nexport default { components: { box } }</script>",
				"box.vue": "<template><view v-if=\"kind == 'input'\"><input v-model=\"card\" /></view></template>\n" +
					"<script>export default { props: " + c.props + ", data() { return { card: '' } } }</script>",
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			seen, shown := false, false
			for _, control := range Analyze(programs[0], Options{}).Controls {
				seen = true
				shown = shown || control.Hidden == nil
			}
			require.True(t, seen)
			require.Equal(t, c.hidden, !shown)
		})
	}
}

// A button that computes its open-type is found with each that it can be, and with those
// that the code names but that it never is.
func TestOpenTypeByConstant(t *testing.T) {
	for what, c := range map[string]struct {
		value, script string
		found, hidden bool
	}{
		"a constant that collects":      {value: "type", script: `data: { type: 'getPhoneNumber' }`, found: true},
		"a constant that does not":      {value: "type", script: `data: { type: 'share' }`, found: true, hidden: true},
		"a branch that is never taken":  {value: "ready ? 'getPhoneNumber' : ''", script: `data: { ready: false }`, found: true, hidden: true},
		"the other branch":              {value: "ready ? 'share' : 'getPhoneNumber'", script: `data: { ready: false }`, found: true},
		"never of both":                 {value: "ready && 'getPhoneNumber'", script: `data: { ready: 0 }`, found: true, hidden: true},
		"a branch that is taken":        {value: "ready ? 'getPhoneNumber' : ''", script: `data: { ready: false }, agree() { this.setData({ ready: !this.data.ready }) }`, found: true},
		"set to it":                     {value: "type", script: `data: { type: '' }, agree() { this.setData({ type: 'getPhoneNumber' }) }`, found: true},
		"what a server says":            {value: "type", script: `data: { type: '' }, onLoad() { wx.request({ success: r => this.setData({ type: r.data }) }) }`, found: true},
		"no open-type that brings data": {value: "ready ? 'share' : 'contact'", script: `data: { ready: false }`},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})",
				"pages/a/a.wxml": `<button open-type="{{` + c.value + `}}" bindgetphonenumber="on" />`,
				"pages/a/a.js":   "Page({ " + c.script + ", on(e) { wx.setStorageSync('k', e.detail.code) } })",
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			control := Analyze(programs[0], Options{}).Controls[0]
			all := control.OpenTypes()
			i := slices.IndexFunc(all, func(o OpenType) bool { return o.String == "getPhoneNumber" })
			require.Equal(t, c.found, i >= 0)
			if !c.found {
				return
			}
			require.Equal(t, c.hidden, all[i].Hidden != nil)
			if !c.hidden {
				require.Len(t, control.Handed("getPhoneNumber", "").Flows, 1, "the event arrives")
			}
		})
	}
}

// Controls in scripts that a condition keeps from being made are told with the reason.
func TestNeverMade(t *testing.T) {
	const input = `<Input placeholder='手机号' onInput={on} />`
	for what, c := range map[string]struct {
		file, before, view string
		hidden             string // what decides; "" if the control may be shown, or nothing is known
		made               bool
	}{
		"a constant":                 {before: "const OFF = false", view: `<View>{OFF && ` + input + `}</View>`, hidden: "OFF"},
		"a constant by the target":   {file: "const WEB = process.env.TARO_ENV === 'h5'", view: `<View>{WEB && ` + input + `}</View>`, hidden: "WEB"},
		"a constant of another file": {file: "import { WEB } from '../../env'", view: `<View>{WEB ? ` + input + ` : null}</View>`, hidden: "WEB"},
		"the target itself":          {file: "const MINI = process.env.TARO_ENV !== 'h5'", view: `<View>{MINI && ` + input + `}</View>`, made: true},
		"the other side":             {before: "const NEW = true", view: `<View>{NEW ? <Text /> : ` + input + `}</View>`, hidden: "NEW"},
		"a state without setter":     {before: "const [open] = useState(false)", view: `<View>{open && ` + input + `}</View>`, hidden: "open"},
		"a state that is only closed": {before: "const [open, setOpen] = useState(false)",
			view: `<View onClick={() => setOpen(false)}>{open ? ` + input + ` : null}</View>`, hidden: "open"},
		"an early return":             {before: "const READY = 0; if (!READY) { return null }", view: input, hidden: "READY"},
		"a state that is opened":      {before: "const [open, setOpen] = useState(false)", view: `<View onClick={() => setOpen(true)}>{open && ` + input + `}</View>`, made: true},
		"opened by code not run":      {before: "const [open, setOpen] = useState(false); const later = () => setOpen(true)", view: `<View>{open && ` + input + `}</View>`},
		"a setter that is given away": {before: "const [open, setOpen] = useState(false); const o = { set: setOpen }", view: `<View>{open && ` + input + `}</View>`},
		"what a server says":          {before: "const [open, setOpen] = useState(false); useEffect(() => { Taro.request({ success: r => setOpen(r.data) }) }, [])", view: `<View>{open && ` + input + `}</View>`, made: true},
	} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for p, text := range map[string]string{
				"package.json": `{"dependencies": {"@tarojs/taro": "3.6.0"}}`, "src/app.tsx": "export default ({ children }) => children",
				"src/app.config.ts": "export default defineAppConfig({ pages: ['pages/a/index'] })",
				"src/env.ts":        "export const WEB = process.env.TARO_ENV === 'h5'",
				"src/pages/a/index.tsx": "import { View, Text, Input } from '@tarojs/components'\nimport Taro from '@tarojs/taro'\nimport { useState, useEffect } from 'react'\n" + c.file + "\n" +
					"const on = e => Taro.setStorageSync('k', e.detail.value)\nexport default () => {\n" + c.before + "\nreturn " + c.view + "\n}",
			} {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			controls := Analyze(programs[0], Options{}).Controls
			require.Len(t, controls, 1)
			if c.hidden == "" && !c.made { // it counts, and where its value goes is open
				require.True(t, controls[0].Rendered)
				require.Nil(t, controls[0].Hidden)
				require.NotEmpty(t, controls[0].Uses.Lost)
				return
			}
			require.Equal(t, c.made, controls[0].Rendered)
			if c.made {
				require.Nil(t, controls[0].Hidden)
				return
			}
			require.Equal(t, c.hidden, controls[0].Hidden.Location.Text())
		})
	}
}
