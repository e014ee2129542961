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

// tangle are functions that call each other without end.
const tangle = `function a(n, x) { b(n, x + 1); c(n, x + 2); b(n, x + 3); return x }
function b(n, x) { c(n, x + 1); a(n, x + 2); c(n, x + 3); return x }
function c(n, x) { d(n, x + 1); e(n, x + 2); d(n, x + 3); return x }
function d(n, x) { e(n, x + 1); f(n, x + 2); e(n, x + 3); return x }
function e(n, x) { f(n, x + 1); a(n, x + 2); f(n, x + 3); return x }
function f(n, x) { a(n, x + 1); b(n, x + 2); a(n, x + 3); return x }
`

// A page whose handler runs without end, one that uses a component that does, one that has
// nothing to do with either, and two that use a component that does so on one of them only.
const endless = `
-- app.json --
{"pages": ["pages/spin/spin", "pages/host/host", "pages/calm/calm", "pages/wild/wild", "pages/mild/mild"]}
-- pages/spin/spin.wxml --
<input bindinput="onPhone" />
-- pages/spin/spin.js --
function a(n, x) { b(n, x + 1); c(n, x + 2); b(n, x + 3); return x }
function b(n, x) { c(n, x + 1); d(n, x + 2); c(n, x + 3); return x }
function c(n, x) { d(n, x + 1); e(n, x + 2); d(n, x + 3); return x }
function d(n, x) { e(n, x + 1); f(n, x + 2); e(n, x + 3); return x }
function e(n, x) { f(n, x + 1); a(n, x + 2); f(n, x + 3); return x }
function f(n, x) { a(n, x + 1); b(n, x + 2); a(n, x + 3); return x }
Page({
  onPhone(ev) { a(ev.detail.value, 1); wx.setStorageSync('tel', ev.detail.value) },
})
-- pages/host/host.json --
{"usingComponents": {"spin-box": "/components/spin-box/spin-box"}}
-- pages/host/host.wxml --
<input bindinput="onPhone" /><spin-box />
-- pages/host/host.js --
Page({ onPhone(ev) { wx.setStorageSync('tel', ev.detail.value) } })
-- components/spin-box/spin-box.json --
{"component": true}
-- components/spin-box/spin-box.wxml --
<input bindinput="onWords" />
-- components/spin-box/spin-box.js --
` + tangle + `Component({ methods: { onWords(ev) { a(ev.detail.value, 1) } } })
-- pages/calm/calm.wxml --
<input bindinput="onPhone" />
-- pages/calm/calm.js --
Page({ onPhone(ev) { wx.setStorageSync('tel', ev.detail.value) } })
-- pages/wild/wild.json --
{"usingComponents": {"mood-box": "/components/mood-box/mood-box"}}
-- pages/wild/wild.wxml --
<input bindinput="onPhone" /><mood-box mood="wild" />
-- pages/wild/wild.js --
Page({ onPhone(ev) { wx.setStorageSync('tel', ev.detail.value) } })
-- pages/mild/mild.json --
{"usingComponents": {"mood-box": "/components/mood-box/mood-box"}}
-- pages/mild/mild.wxml --
<input bindinput="onPhone" /><mood-box mood="mild" />
-- pages/mild/mild.js --
Page({ onPhone(ev) { wx.setStorageSync('tel', ev.detail.value) } })
-- components/mood-box/mood-box.json --
{"component": true}
-- components/mood-box/mood-box.wxml --
<input bindinput="onWords" />
-- components/mood-box/mood-box.js --
` + tangle + `Component({ properties: { mood: String }, methods: { onWords(ev) { if (this.data.mood === 'wild') a(ev.detail.value, 1) } } })
`

// When a bound is hit only the findings of the page say so.
func TestBounded(t *testing.T) {
	fsys, err := txtar.FS(txtar.Parse([]byte(endless)))
	require.NoError(t, err)
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	values := flow.Analyze(programs[0], flow.Options{})
	require.NotEmpty(t, values.Limits, "the program must run into a limit")

	rule := rule("field/phone")
	everything := &Detector{Name: "field", Rules: []*finding.Rule{rule}, Run: func(pass *Pass) error {
		for _, c := range pass.Flow.Controls {
			pass.Report(finding.Finding{
				Rule: rule, Confidence: finding.High, Reachable: true, Flows: c.Uses.Flows,
				Location: source.Location{File: c.View.File, Span: c.Element.Open},
			})
		}
		return nil
	}}
	findings, _, err := Run(programs[0], values, []*Detector{everything})
	require.NoError(t, err)
	bounded := map[string]bool{}
	for _, f := range findings {
		bounded[f.Location.File.Path] = f.Bounded
	}
	require.Equal(t, map[string]bool{
		"pages/spin/spin.wxml": true, "pages/host/host.wxml": true, "components/spin-box/spin-box.wxml": true,
		"pages/calm/calm.wxml": false,
		"pages/wild/wild.wxml": true, "components/mood-box/mood-box.wxml": true, "pages/mild/mild.wxml": false,
	}, bounded)

	values.Limits = append(values.Limits, flow.Limit{What: "steps"})
	findings, _, err = Run(programs[0], values, []*Detector{everything})
	require.NoError(t, err)
	for _, f := range findings {
		require.True(t, f.Bounded, "a limit of the program concerns every page")
	}
}
