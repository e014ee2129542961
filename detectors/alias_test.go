package detectors

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// Nothing follows what a call on an unknown object gives. So it is open where it goes, also
// if the call is in a script that is no page's.
func TestCallsOnUnknownObjectsAreOpen(t *testing.T) {
	const call = "core.chooseAddress({ success: (chosen) => keep(chosen) })"
	programs, err := project.Load(fstest.MapFS{
		"app.json":   {Data: []byte(`{"pages": ["p/p"]}`)},
		"p/p.wxml":   {Data: []byte(`<button bindtap="go" />`)},
		"p/p.js":     {Data: []byte("const core = getApp().core, address = require('../address'); Page({ go() { address.ask(core) }, own() { " + call + " } })")},
		"address.js": {Data: []byte("exports.ask = (core) => " + call)},
	}, project.Options{})
	require.NoError(t, err)
	found, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), Collection())
	require.NoError(t, err)
	open := map[string]bool{}
	for _, f := range found {
		if f.Category == finding.Phone {
			open[f.Location.File.Path] = len(f.Destination.Reasons) > 0
		}
	}
	require.Equal(t, map[string]bool{"p/p.js": true, "address.js": true}, open)
}
