package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
)

func TestOwnSinks(t *testing.T) {
	programs, err := project.Load(fstest.MapFS{
		"app.json": {Data: []byte(`{"pages":["p/p"]}`)},
		"p/p.wxml": {Data: []byte(`<input placeholder="手机号" bindinput="on"/>`)},
		"p/p.js": {Data: []byte(`const api = require('sdk-that-is-not-here')
Page({ on(e) {
  this.api.post('/a', { phone: e.detail.value })
  api
    .post('/b', e.detail.value)
  api.post(e.detail.value, {})
  api.poster('/c', e.detail.value)
  report(e.detail.value)
} })`)},
	}, project.Options{Jobs: 1})
	require.NoError(t, err)
	flows := func(o Options) (lines []int) {
		for _, c := range Analyze(programs[0], o).Controls {
			for _, f := range c.Uses.Flows {
				require.Equal(t, finding.ThirdParty, f.Sink.Kind)
				lines = append(lines, f.Sink.Location.Start().Line)
			}
		}
		return lines
	}
	require.Empty(t, flows(Options{}))
	require.Equal(t, []int{3, 4, 8}, flows(Options{Sinks: []Sink{
		{Name: "api.post", Kind: finding.ThirdParty, Args: []int{1}}, {Name: "report", Kind: finding.ThirdParty},
	}}))
}
