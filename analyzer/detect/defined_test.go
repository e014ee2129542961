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
		"a box of the platform":        {"wx.showModal({ title: '请输入手机号' })", []string{"wx.showModal({ title: '请输入手机号' })"}},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := txtar.FS(txtar.Parse([]byte("\n-- app.json --\n{\"pages\": [\"a\"]}\n-- a.wxml --\n<view/>\n" +
				"-- own.js --\nexport function chooseAddress() {}\n-- a.js --\n" + c.script + "\n")))
			require.NoError(t, err)
			programs, err := project.Load(files, project.Options{})
			require.NoError(t, err)
			var found []string
			for _, n := range newAsked(programs[0], &flow.Result{}).unrun("", mayAskPlatform) {
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
