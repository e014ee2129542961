package detect

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// A host that is taken if the build says nothing is not told as the only one. What the build says, is said by a file, or is asked for
// another reason, leaves it as it is.
func TestHostBesideTheKnownOne(t *testing.T) {
	send := "const send = data => wx.request({ url: BASE + '/save', data })\n"
	for script, part := range map[string]string{
		"const BASE = process.env.API || 'https://a.example.com'\n" + send:                                                              "process.env.API",
		"const BASE = (import.meta.env && import.meta.env.VITE_API ?? 'https://a.example.com').replace(/\\/$/, '')\n" + send:            "import.meta.env.VITE_API",
		"let BASE = 'https://a.example.com'\nconst set = process.env.API || ''\nif (set) { BASE = set.trim() }\n" + send:                "process.env.API",
		"const dev = process.env.NODE_ENV === 'development'\nconst BASE = dev ? process.env.DEV_API : 'https://a.example.com'\n" + send: "process.env.DEV_API",
		"const { BASE } = { BASE: `${process.env.API || 'https://a.example.com'}/v1` }\n" + send:                                        "process.env.API",
		"const base = () => process.env.API || 'https://a.example.com'\nconst BASE = String(base())\n" + send:                           "process.env.API",
		"const BASE = 'https://a.example.com'\n" + send:                                                                                 "",
		"const BASE = process.env.NODE_ENV === 'development' ? 'https://a.example.com' : 'https://a.example.com'\n" + send:              "",
		"const BASE = process.env.NODE_ENV && 'https://a.example.com'\n" + send:                                                         "",
		"const BASE = 'https://a.example.com' + (process.env.API || '/v1')\n" + send:                                                    "",
		"const BASE = process.env.SAID || 'https://b.example.com'\n" + send:                                                             "",
		"const own = { env: {} }\nconst BASE = 'https://a.example.com'\nown.env.API = BASE\n" + send:                                    "",
	} {
		r := reasonOf(t, script)
		require.Equal(t, part, r.Location.Text(), script)
		if part != "" {
			require.Equal(t, finding.HostFromBuild, r.What)
			require.Contains(t, r.Text.EN, "or another host")
		}
	}
}

// Why the host of the one request of a page is not known, and the part of the address
// that is to blame.
func TestWhyAHostIsUnknown(t *testing.T) {
	cases := []struct {
		name, script string
		want         finding.HostGap
		part         string
	}{
		{"the build sets it", "const BASE = process.env.API\nconst send = data => wx.request({ url: BASE + '/save', data })",
			finding.HostFromBuild, "process.env.API"},
		{"import.meta.env, too", "const send = data => wx.request({ url: `${import.meta.env.VITE_API}/save`, data })",
			finding.HostFromBuild, "import.meta.env.VITE_API"},
		{"a missing file holds it", "const { host } = require('./gone')\nconst send = data => wx.request({ url: host + '/save', data })",
			finding.HostFromMissing, "host"},
		{"a missing package holds it", "import config from 'gone'\nconst send = data => wx.request({ url: config.api.host + '/save', data })",
			finding.HostFromMissing, "config"},
		{"an answer gives it", "const send = data => wx.request({ url: 'https://a.example.com', success: res => wx.request({ url: res.data.host, data }) })",
			finding.HostFromAnswer, "res"},
		{"storage gives it", "const send = data => wx.request({ url: wx.getStorageSync('host') + '/save', data })",
			finding.HostFromStorage, "wx.getStorageSync('host')"},
		{"a setting of another file that a function gives", "const config = require('./config')\nconst send = data => wx.request({ url: config.host, data })",
			finding.HostFromCall, "lookup()"},
		{"the callers give it", "const post = (url, data) => wx.request({ url, data })\nconst send = data => post(list[Date.now()], data)",
			finding.HostFromCaller, "url"},
		{"it is put together", "const send = data => wx.request({ url: [Date.now(), '/save'].join(''), data })",
			finding.HostFromCall, "[Date.now(), '/save'].join('')"},
		{"a function of the program without one", "const base = () => { if (process.env.TARO_ENV === 'rn') { return 'http://a.example.com' } return '' }\nconst send = data => wx.request({ url: base() + '/save', data })",
			"", ""},
		{"a function that asks the build", "function base() { const inner = () => { return '/' }; if (Date.now()) { return '' } return process.env.API }\nconst send = data => wx.request({ url: base() + '/save', data })",
			finding.HostFromBuild, "process.env.API"},
		{"a function that may return nothing", "const base = () => { if (Date.now()) { return process.env.API.trim() } return '' }\nconst send = data => wx.request({ url: base() + '/save', data })",
			finding.HostFromCall, "process.env.API.trim()"},
		{"a variable that is filled later", "let base = ''\nif (Date.now()) { base = '主机' } else { base = '域名' }\nconst send = data => wx.request({ url: base + '/save', data })",
			finding.HostNone, "'主机'"},
		{"a variable that is written over", "let base = '/api'\nif (Date.now()) { base = '/v2' }\nconst send = data => wx.request({ url: base + '/save', data })",
			finding.HostNone, "'/api'"},
		{"a function of another file", "import { base } from './base'\nconst send = data => wx.request({ url: base() + '/save', data })",
			finding.HostFromStorage, "wx.getStorageSync('host')"},
		{"a method of an object", "const api = { base() { return '/api' } }\nconst send = data => wx.request({ url: api.base() + '/save', data })",
			finding.HostNone, "'/api'"},
		{"a path alone", "const send = data => wx.request({ url: `/save/${data}` })", finding.HostNone, "`/save/${data}`"},
		{"options of the callers", "const post = options => wx.request({ ...options, method: 'POST' })\nconst send = data => post({ data })",
			finding.HostFromCaller, "options"},
		{"no options at the call", "const send = data => wx.request(...[{ url: '/save', data }])", finding.HostComputed, "...[{ url: '/save', data }]"},
		{"it is known", "const BASE = 'https://a.example.com'\nconst send = data => wx.request({ url: BASE + '/save', data })", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			reason := reasonOf(t, c.script)
			require.Equal(t, c.want, reason.What)
			if c.want != "" {
				require.Equal(t, c.part, reason.Location.Text())
				require.NotEmpty(t, reason.Text.ZH)
			}
		})
	}
}

// reasonOf is what is said of the host of the last request of a page, whose script sends what it is given by send.
func reasonOf(t *testing.T, script string) finding.HostReason {
	t.Helper()
	files, err := txtar.FS(txtar.Parse([]byte(`
-- app.json --
{"pages": ["pages/a/a"]}
-- app.js --
App({})
-- pages/a/a.wxml --
<input placeholder="手机号" bindinput="onPhone" />
-- pages/a/config.js --
module.exports = { host: lookup() }
-- pages/a/base.js --
export function base() { return wx.getStorageSync('host') }
-- pages/a/a.js --
` + script + `
Page({ onPhone(e) { send(e.detail.value) } })
`)))
	require.NoError(t, err)
	programs, err := project.Load(files, project.Options{})
	require.NoError(t, err)
	programs[0].Defined = project.Defined{"process.env.SAID": {Texts: []string{"https://said.example.com"}}} // as a file of the build says
	r := flow.Analyze(programs[0], flow.Options{})
	f := finding.Finding{
		Rule: &finding.Rule{}, Kind: finding.KindField, Reachable: true, Flows: r.Controls[0].Uses.Flows,
		Location: source.Location{File: r.Controls[0].View.File, Span: r.Controls[0].Element.Open},
	}
	newDestinations(programs[0], r).settle(&f)
	require.NotEmpty(t, f.Flows)
	return f.Flows[len(f.Flows)-1].Sink.Reason
}
