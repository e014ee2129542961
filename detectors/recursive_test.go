package detectors_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/detectors"
)

// A component that uses itself, as trees of comments do, is judged, and the
// analysis ends.
func TestComponentInsideItself(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	programs, err := project.Load(fstest.MapFS{
		"app.json":         file(`{"pages": ["a/a"]}`),
		"a/a.json":         file(`{"usingComponents": {"reply": "/reply/reply"}}`),
		"a/a.wxml":         file(`<view>联系电话</view><view><reply list="{{list}}"/><input bindinput="onInput"/></view>`),
		"a/a.js":           file(`Page({ data: { list: [] }, onInput(e) { this.text = e.detail.value } })`),
		"reply/reply.json": file(`{"component": true, "usingComponents": {"reply": "/reply/reply"}}`),
		"reply/reply.wxml": file(`<view wx:for="{{list}}"><view>回复</view><input bindinput="onInput"/><reply list="{{item.list}}"/></view>`),
		"reply/reply.js":   file(`Component({ properties: { list: Array }, methods: { onInput(e) { this.text = e.detail.value } } })`),
	}, project.Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	findings, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), detectors.All())
	require.NoError(t, err)
	for _, f := range findings {
		require.False(t, f.Category.Triggers(), f.Message.EN)
	}
}
