package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// Of the elements of a view those are kept that some query can mean.
func TestKeptNodes(t *testing.T) {
	const view = `<view class="row"><input id="phone"/><input id="name"/><input id="{{other}}"/></view>`
	for _, test := range []struct {
		query string
		kept  int
	}{
		{"", 0},
		{"'#phone'", 2}, // and the one whose id is not known
		{"'.row, #phone'", 3},
		{"'.form input'", 3},
		{"wx.getStorageSync('selector')", 4},
	} {
		code := "Page({ onReady() { } })"
		if test.query != "" {
			code = "Page({ onReady() { wx.createSelectorQuery().select(" + test.query + ").fields({ properties: ['value'] }, r => r.value).exec() } })"
		}
		programs, err := project.Load(fstest.MapFS{
			"app.json": {Data: []byte(`{"pages": ["index"]}`)}, "index.json": {Data: []byte("{}")},
			"index.wxml": {Data: []byte(view)}, "index.js": {Data: []byte(code)},
		}, project.Options{})
		require.NoError(t, err)
		m := newMachine(programs[0], standard)
		m.runAll()
		require.Len(t, m.pages.byRoute["index"].nodes, test.kept, test.query)
	}
}
