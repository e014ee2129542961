package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// A collection is told with the environment that it is in: that of its database, else the
// only one that the program starts with.
func TestCollectionsOfEnvironments(t *testing.T) {
	for _, c := range []struct{ why, start, database, want string }{
		{"the program's", "{ env: 'shop-1' }", "", "Collection.add users@shop-1"},
		{"a database of another", "{ env: 'shop-1' }", "{ env: 'data-2' }", "Collection.add users@data-2"},
		{"not named", "{ traceUser: true }", "", "Collection.add users"},
		{"one of two", "{ env: 'shop-1' }); wx.cloud.init({ env: 'shop-2' }", "", "Collection.add users"},
	} {
		files := fstest.MapFS{}
		for name, text := range map[string]string{
			"app.json":       `{ "pages": ["pages/a/a"] }`,
			"app.js":         "App({ onLaunch() { wx.cloud.init(" + c.start + ") } })",
			"pages/a/a.wxml": `<input placeholder="手机号" bindinput="onPhone" />`,
			"pages/a/a.js": "const db = wx.cloud.database(" + c.database + `)
				Page({ onPhone(e) { db.collection('users').add({ data: { phone: e.detail.value } }) } })`,
		} {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		programs, err := project.Load(files, project.Options{Jobs: 1})
		require.NoError(t, err)
		r := Analyze(programs[0], Options{})
		require.Len(t, r.Controls, 1)
		require.Len(t, r.Controls[0].Uses.Flows, 1, c.why)
		require.Equal(t, c.want, r.Controls[0].Uses.Flows[0].Sink.API, c.why)
	}
}
