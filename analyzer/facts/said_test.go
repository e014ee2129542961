package facts_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

func TestCheckNumber(t *testing.T) {
	for number, right := range map[string]bool{
		"京ICP备12345678号-1X": true, "粤ICP备2021123456号-12X": true, "粤B2-20090059-1626X": true,
		"京ICP备 12345678 号－1x": true, // blanks, a wide dash and a small letter
		"京ICP备12345678号":      false, "京ICP备12345678号-1": false, "京ICP备12345678号-1A": false,
		"京ICP备1号-1X": false, "XICP备12345678号-1X": false, "编号京ICP备12345678号-1X": false, "": false,
	} {
		require.Equal(t, right, facts.CheckNumber(number).EN == "", number)
	}
}

// A number, or the address of a policy, counts where people can see or open it: not in a
// comment, not on a page that nothing registers.
func TestShownAndLinked(t *testing.T) {
	for name, c := range map[string]struct {
		view, script    string
		number, address bool
	}{
		"text":      {view: "<view>京ICP备 12345678号-1X</view>", number: true},
		"data":      {script: "Page({ data: { icp: '京ICP备12345678号-1x' } })", number: true},
		"template":  {script: "const y = 1; Page({ data: { icp: `${y} 京ICP备12345678号-1X` } })", number: true},
		"attribute": {view: `<rich-text nodes="京ICP备12345678号-1X" />`, number: true},
		"comment":   {view: "<!-- 京ICP备12345678号-1X https://www.example.com/privacy.html -->", script: "// 京ICP备12345678号-1X\nPage({})"},
		"another":   {view: "<view>京ICP备87654321号-1X</view>"},
		"longer":    {view: "<view>京ICP备123456789号-1X</view>"},
		"link":      {script: "Page({ open() { wx.navigateTo({ url: '/web/web?u=https://www.example.com/privacy.html' }) } })", address: true},
		"base":      {script: "const BASE = 'https://www.example.com'; Page({ u: BASE + '/privacy.html' })", address: true},
		"host":      {script: "const BASE = 'https://www.example.com'; Page({ u: BASE + '/terms.html' })"},
		"tag":       {view: `<web-view src="https://www.example.com/privacy.html"></web-view>`, address: true},
		"binding":   {view: `<web-view src="{{ok ? 'https://www.example.com/privacy.html' : ''}}"></web-view>`, address: true},
	} {
		for _, registered := range []bool{true, false} {
			page := "p/p"
			if !registered {
				page = "q/q"
			}
			programs, err := project.Load(fstest.MapFS{
				"app.json": {Data: []byte(`{"pages": ["p/p"]}`)}, "p/p.wxml": {Data: []byte("<view/>")}, "p/p.js": {Data: []byte("Page({})")},
				page + ".wxml": {Data: []byte(c.view)}, page + ".js": {Data: []byte(c.script)},
			}, project.Options{})
			require.NoError(t, err)
			found := facts.Gather(programs[0], &flow.Result{})
			require.Equal(t, c.number && registered, found.Shows("京ICP备12345678号-1X") != nil, name)
			require.Equal(t, c.address && registered, facts.Link(programs[0], "https://www.example.com/privacy.html") != nil, name)
			require.Nil(t, facts.Link(programs[0], ""))
		}
	}
}
