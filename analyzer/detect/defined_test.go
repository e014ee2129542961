package detect

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What did not run may ask the platform if it names the platform's function, not if it
// names one of the program.
func TestWhatDidNotRunMayAsk(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		want   []string
	}{
		"an API":                       {"wx.chooseAddress()", []string{"wx.chooseAddress"}},
		"under another name":           {"const { chooseAddress } = wx\nchooseAddress()", []string{"chooseAddress", "chooseAddress"}},
		"made a promise":               {"const chooseAddress = promisify(wx.chooseAddress)", []string{"chooseAddress", "wx.chooseAddress"}},
		"by its text":                  {"wx['chooseAddress']()", []string{"'chooseAddress'"}},
		"of a parameter":               {"module.exports = api => api.chooseAddress()", []string{"api.chooseAddress"}},
		"of a missing file":            {"const api = require('./gone')\napi.chooseAddress()", []string{"api.chooseAddress"}},
		"a function":                   {"function chooseAddress() {}\nchooseAddress()", nil},
		"a function that a call holds": {"const chooseAddress = useCallback(() => 1)\nchooseAddress()", nil},
		"a function of another file":   {"import { chooseAddress, other } from './own'\nchooseAddress(other)", nil},
		"of an object of another file": {"import * as own from './own'\nown.chooseAddress()", nil},
		"a method":                     {"Page({ chooseAddress() {}, go() { const self = this; this.chooseAddress(); self.chooseAddress() } })", nil},
		"no method":                    {"Page({ onLoad() { this.chooseAddress() } })", []string{"this.chooseAddress"}},
		"an address by that name":      {"const urls = { chooseAddress: '/address/list' }\nconsole.log(urls.chooseAddress)", nil},
		"a text that is shown":         {"toast('请输入手机号')\nwx.showToast({ title: '请输入手机号' })\nuni.$u.toast('请输入手机号')\nthis.check({ message: '请输入手机号' })", nil},
		"a box of the platform":        {"wx.showModal({ title: '请输入手机号', editable: true })", []string{"wx.showModal({ title: '请输入手机号', editable: true })"}},
		"a box that may take text":     {"wx.showModal({ title: '请输入手机号', ...more })", []string{"wx.showModal({ title: '请输入手机号', ...more })"}},
		"a box that takes no text":     {"wx.showModal({ title: '请输入手机号' })\nshow({ editable: true })", nil},
		"a box of the program":         {"Page({ onLoad() { this.showModal('请输入手机号') }, showModal(title) { wx.showModal({ title }) } })", nil},
		"a box of it that takes text":  {"Page({ onLoad() { this.showModal('请输入手机号') }, showModal(title) { wx.showModal({ title, editable: true }) } })", []string{"this.showModal('请输入手机号')"}},
		"a box of a missing file":      {"const { box } = require('./gone')\nwx.box({ title: '请输入手机号' })", []string{"wx.box({ title: '请输入手机号' })"}},
		"a toast of a missing file":    {"const { toast } = require('./gone')\nwx.toast({ title: '请输入手机号' })", nil},
		"imported, and not used":       {"import { chooseAddress } from './gone'", nil},
		"imported, and used":           {"import { chooseAddress } from './gone'\nchooseAddress()", []string{"chooseAddress"}},
		"a module by such a name":      {"import a from '../ocr/idcard'\nrequire('../ocr/idcard')\nimport('../ocr/idcard')", nil},
		"an address by such a name":    {"post('/api/v2/ocr/idcard')", []string{"'/api/v2/ocr/idcard'"}},
		"events by that name":          {"uni.$off('chooseAddress')\nthis.$emit('chooseAddress')\nTaro.eventCenter.trigger('chooseAddress')", nil},
		"in what an event brings":      {"uni.$on('picked', () => wx.chooseAddress())", []string{"wx.chooseAddress"}},
		"by its text, of no bus":       {"shop.trigger('chooseAddress')", []string{"'chooseAddress'"}},
		"a page by such a name":        {"wx.navigateTo({ url: '/api/ocr/idcard?from=a' })", nil},
		"nothing by that name":         {"const kept = { chooseAddress: null }", nil},
		"put in its place":             {"if (isMissing('chooseAddress')) { uni.chooseAddress = o => o.fail() }", nil},
		"tested by its name":           {"if (!wx.canIUse('chooseAddress')) { wx.exit() }", nil},
		"given another name":           {"uni.pick = wx.chooseAddress", []string{"wx.chooseAddress"}},
		"what a condition asks for":    {"if (ask('chooseAddress')) { wx.exit() }", []string{"'chooseAddress'"}},
		"in a picture":                 {"const a = 'data:image/png;base64,ocr/idcard'", nil},
		"of another platform":          {"geo.getAddress()", nil},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := txtar.FS(txtar.Parse([]byte("\n-- app.json --\n{\"pages\": [\"a\", \"api/ocr/idcard\"]}\n-- a.wxml --\n<view/>\n" +
				"-- own.js --\nexport function chooseAddress() {}\n-- a.js --\n" + c.script + "\n")))
			require.NoError(t, err)
			programs, err := project.Load(files, project.Options{})
			require.NoError(t, err)
			var found []string
			asked := newAsked(programs[0], &flow.Result{})
			for _, n := range asked.unrun("", asked.mayAskPlatform) {
				found = append(found, n.at.Text())
			}
			require.Equal(t, c.want, found)
		})
	}
}

// An attribute that is one of some literals, or nothing, is known.
func TestDecidedAttributes(t *testing.T) {
	for text, want := range map[string]bool{
		"asked && 'getPhoneNumber'": true, "asked ? 'getPhoneNumber' : undefined": true, "asked ? 'share' : more && 'getPhoneNumber'": true,
		"null || 'getPhoneNumber'": true, "asked || 'getPhoneNumber'": false, "asked ? kind : 'share'": false, "asked && kind": false, "kind": false,
	} {
		tree := script.Parse(source.NewFile("a.js", "("+text+")"), script.JS)
		x := tree.Body()[0].(*script.ExprStmt).X
		require.Equal(t, want, decided([]markup.Part{{Expr: x}}), text)
	}
	require.True(t, decided([]markup.Part{{Text: "share"}}))
}
