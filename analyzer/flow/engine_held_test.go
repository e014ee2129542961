package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// What was cut off had a datum if it was given to it, or if its unit, the app or a script that it imports keeps it.
func TestHeld(t *testing.T) {
	const endless = "function a(x, n) { if (n > 0) { b(x, n + 1); b(x, n - 1) } return x }\nfunction b(x, n) { a(x, n + 1); a(x, n - 1); c(x, n) }\nfunction c(x, n) { a(x, n - 1); b(x, n - 2); a(x, n + 2) }\n" +
		"function spin(x) { for (const i of [1, 2, 3, 4, 5, 6, 7, 8]) { a(x + i, i); b(x + i, i); c(x + i, i) } }\n"
	for what, c := range map[string]struct {
		page, box, unit string
		held            bool
	}{
		"given as an argument":    {"on(e) { this.selectComponent('#box').run(e.detail.value) }", "run(x) { spin(x) }", "p/p", true},
		"kept by the app":         {"on(e) { getApp().globalData.tel = e.detail.value }", "run() { spin(1) }", "box/box", true},
		"kept by a script":        {"on(e) { require('../kept').tel = e.detail.value }", "run() { spin(1) }", "box/box", true},
		"kept by the page":        {"on(e) { this.setData({ tel: e.detail.value }) }", "run() { spin(1) }", "box/box", false},
		"kept by another script":  {"on(e) { require('../other').tel = e.detail.value }", "run() { spin(1) }", "box/box", false},
		"sent and kept by nobody": {"on(e) { wx.request({ url: 'https://a.example.com', data: e.detail }) }", "run() { spin(1) }", "box/box", false},
	} {
		t.Run(what, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, text := range map[string]string{
				"app.json": `{"pages": ["p/p"]}`, "app.js": "App({ globalData: {} })", "kept.js": "module.exports = {}", "other.js": "module.exports = {}",
				"p/p.json": `{"usingComponents": {"own-box": "/box/box"}}`, "p/p.wxml": `<input placeholder="手机号" bindinput="on"/><own-box id="box"/>`,
				"p/p.js":       "Page({ data: { tel: '' }, " + c.page + " })",
				"box/box.json": `{"component": true}`, "box/box.wxml": `<view bindtap="run"/>`,
				"box/box.js": "const kept = require('../kept')\n" + endless + "Component({ methods: { " + c.box + " } })",
			} {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			programs, err := project.Load(files, project.Options{})
			require.NoError(t, err)
			limits := standard
			limits.entry, limits.follow, limits.activations, limits.cheap = 3_000, 2_000, 40, 60
			r := Analyze(programs[0], Options{limits: &limits})
			require.NotEmpty(t, r.Limits, "the program must run into a limit")
			held := false
			for _, l := range r.Limits {
				if l.Unit != nil && l.Unit.Path == c.unit {
					held = held || len(r.Held[l]) > 0
				}
			}
			require.Equal(t, c.held, held)
		})
	}
}
