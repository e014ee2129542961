package analyzer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// An API that is taken from the platform's object under a name that is not known may be
// one that hands over personal information; one whose name is known in part may not.
func TestAPIsWithoutName(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		want   verdict.Status
	}{
		"a parameter of the page": {`Page({ onLoad(o) { wx[o.api]({ success: (r) => console.log(r) }) } })`, verdict.Undetermined},
		"a name that a server sends": {
			`Page({ onLoad() { wx.request({ url: 'https://a.example', success: (r) => { const call = wx[r.data.api]; call() } }) } })`,
			verdict.Undetermined},
		"a part that fits":       {`Page({ onLoad(o) { wx['choose' + o.what]({}) } })`, verdict.Undetermined},
		"a part that fits none":  {`Page({ onLoad(o) { wx['set' + o.what]({}) } })`, verdict.NotTriggered},
		"names of a list":        {`Page({ onLoad() { for (const n of ['showToast', 'getStorage']) wx[n]({}) } })`, verdict.NotTriggered},
		"a wrapper and its uses": {`const later = (n) => (o) => wx[n](o); Page({ onLoad() { later('login')({}) } })`, verdict.NotTriggered},
		"a wrapper nobody calls": {`const later = (n) => (o) => wx[n](o); Page({})`, verdict.NotTriggered},
		"all that there are":     {`const all = {}; for (const n in wx) all[n] = wx[n]; Page({ onLoad() { all.login({}) } })`, verdict.NotTriggered},
		"another object":         {`const own = { a() {} }; Page({ onLoad(o) { own[o.api]({}) } })`, verdict.NotTriggered},
	} {
		t.Run(name, func(t *testing.T) {
			scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(map[string]string{
				"app.json": `{"pages": ["pages/a/a"]}`, "app.js": `App({})`, "pages/a/a.wxml": `<view/>`, "pages/a/a.js": c.script,
			})}}, analyzer.Options{Detectors: detectors.All()})
			require.NoError(t, err)
			require.Equal(t, c.want, scan.Analyses[0].Verdict.PersonalInformation.Status)
		})
	}
}
