package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// The destination of the value of a page's one field, in programs with different
// surroundings of the page. The page itself only shows it.
func TestSurroundings(t *testing.T) {
	const page = `
-- app.json --
{"pages": ["pages/a/a", "pages/b/b"], "usingComponents": {"tel-box": "/components/tel-box/tel-box"}}
-- pages/a/a.wxml --
<input placeholder="手机号" bindinput="onPhone" /><tel-box />
-- pages/b/b.wxml --
<view>b</view>
-- components/tel-box/tel-box.json --
{"component": true}
-- components/tel-box/tel-box.wxml --
<view />
`
	const script = `
-- pages/a/a.js --
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- components/tel-box/tel-box.js --
Component({})
`
	cases := []struct {
		name, files string
		want        finding.DestinationState
		reason      finding.LossKind
	}{
		{"nothing is missing", script, finding.DestinationStays, ""},
		{"the page has no script", "-- components/tel-box/tel-box.js --\nComponent({})\n", finding.DestinationOpen, finding.NoScript},
		{"a file that the app imports is not there", script + "-- app.js --\nconst log = require('./log')\nApp({ onShow() { log() } })\n",
			finding.DestinationOpen, finding.Unresolved},
		{"a component of the page imports what is not there", `
-- pages/a/a.js --
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- components/tel-box/tel-box.js --
const reader = require('./reader')
Component({ attached() { reader() } })
`, finding.DestinationOpen, finding.Unresolved},
		{"another page calls what is not there, and that may change any page", script + "-- pages/b/b.js --\nrequire('./gone')()\nPage({})\n",
			finding.DestinationOpen, finding.Unresolved},
		{"a package that is not there is no file of the program", script + "-- app.js --\nimport dayjs from 'dayjs'\nApp({ at: dayjs() })\n",
			finding.DestinationStays, ""},
		{"a script was parsed in part", `
-- pages/a/a.js --
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) }, send() { const = 1 } })
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationOpen, finding.Unparsed},
		{"a function that reads it is named and was not run", `
-- pages/a/a.js --
import { send } from '../../send'
const later = { go: send }
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export function send(page) { wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } }) }
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationOpen, finding.NotRun},
		{"a function that reads it is handed on under its name only", `
-- pages/a/a.js --
import { send } from '../../send'
const later = { send } // send is for later
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export function send(page) { wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } }) }
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationStays, ""},
		{"the name is that of another function, which runs", `
-- pages/a/a.js --
import { useSend } from '../../send'
const { other } = useSend()
const send = () => other()
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) }, onShow() { send() } })
-- send.js --
export const useSend = () => {
  const send = page => wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } })
  return { send, other() { return 1 } }
}
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationStays, ""},
		{"something of which nothing is known is asked for it", `
-- pages/a/a.js --
import { useSend } from '../../send'
const all = useSend()
Page({
  onPhone(e) { this.setData({ phone: e.detail.value }) },
  onLoad(options) { options.from.send() },
})
-- send.js --
export const useSend = () => ({ send: page => wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } }) })
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationOpen, finding.NotRun},
		{"only a function that nobody calls names it", `
-- pages/a/a.js --
import { useSend } from '../../send'
const { other } = useSend()
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export const useSend = () => {
  const send = page => wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } })
  const both = page => { send(page); other() }
  return { send, both, other() { return 1 } }
}
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationStays, ""},
		{"a function that may be called by a name in a list names it", `
-- pages/a/a.js --
import { useSend } from '../../send'
const all = useSend(), tasks = ['both']
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export const useSend = () => {
  const send = page => wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } })
  const both = page => send(page)
  return { both }
}
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationOpen, finding.NotRun},
		{"nobody names the function that reads it", `
-- pages/a/a.js --
import { other } from '../../send'
other()
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export function other() { return 1 }
function transmit(page) { wx.request({ url: 'https://x.example.com', data: { v: page.data.phone } }) }
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationStays, ""},
		{"the function that was not run reads something else", `
-- pages/a/a.js --
import { send } from '../../send'
const later = { send }
Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })
-- send.js --
export function send(page) { wx.request({ url: 'https://x.example.com', data: { v: page.data.other } }) }
-- components/tel-box/tel-box.js --
Component({})
`, finding.DestinationStays, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := page + c.files
			if !strings.Contains(files, "-- app.js --") {
				files += "-- app.js --\nApp({})\n"
			}
			if !strings.Contains(files, "-- pages/b/b.js --") {
				files += "-- pages/b/b.js --\nPage({})\n"
			}
			d := destinationIn(t, files)
			require.Equal(t, c.want, d.State, "%v", d.Reasons)
			if c.reason != "" {
				require.Equal(t, c.reason, d.Reasons[0].What)
				require.NotEmpty(t, d.Reasons[0].Text.ZH)
				require.NotEmpty(t, d.Reasons[0].Text.EN)
			}
		})
	}
}

// destinationIn says where the value of the field of a program goes.
func destinationIn(t *testing.T, files string) finding.Destination {
	fsys, err := txtar.FS(txtar.Parse([]byte(files)))
	require.NoError(t, err)
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	rule := rule("field/phone")
	fields := &Detector{Name: "field", Rules: []*finding.Rule{rule}, Run: func(pass *Pass) error {
		for _, c := range pass.Flow.Controls {
			if c.Element.Tag == "input" {
				pass.Report(finding.Finding{
					Rule: rule, Confidence: finding.High, Reachable: true, Flows: c.Uses.Flows, Page: c.Page.Path,
					Destination: finding.Destination{Reasons: c.Uses.Lost},
					Location:    source.Location{File: c.View.File, Span: c.Element.Open},
				})
			}
		}
		return nil
	}}
	found, _, err := Run(programs[0], flow.Analyze(programs[0], flow.Options{}), []*Detector{fields})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0].Destination
}
