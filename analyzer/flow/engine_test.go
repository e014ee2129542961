package flow

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// A run that has to end runs hardly another instruction, wherever it is: at the top of a
// module, in a lifecycle, in the handlers of a page with many of them.
func TestDone(t *testing.T) {
	const hook = "stopHere"
	work := counting + "; for (const n of [1, 2, 3]) " + counting
	for name, script := range map[string]string{
		"module":    hook + "();" + work + "; Page({})",
		"lifecycle": "Page({ onLoad() { [1, 2, 3].map(n => { " + hook + "();" + work + " }) } })",
		"handler":   "Page({ on(e) { " + hook + "();" + work + " } })",
	} {
		fsys := fstest.MapFS{}
		for p, text := range map[string]string{
			"app.json":       `{"pages": ["pages/a/a", "pages/b/b"]}`,
			"pages/a/a.wxml": `<view wx:for="{{[1,2,3,4,5]}}">` + field + `</view>`, "pages/a/a.js": script,
			"pages/b/b.wxml": field, "pages/b/b.js": "Page({ on(e) {" + work + "} })",
		} {
			fsys[p] = &fstest.MapFile{Data: []byte(text)}
		}
		programs, err := project.Load(fsys, project.Options{})
		require.NoError(t, err)

		all := newMachine(programs[0], standard)
		all.runAll()

		m := newMachine(programs[0], standard)
		done, at := make(chan struct{}), -1
		m.done = done
		m.builtins.global.put(hook, nativeObject(hook, func(*machine, *call) *Value {
			if at < 0 {
				close(done)
				at = m.total
			}
			return undefinedValue
		}))
		m.runAll()
		require.NotNil(t, m.result())
		require.GreaterOrEqual(t, at, 0, name)
		require.LessOrEqual(t, m.total-at, stopSteps, name)
		require.Greater(t, all.total-at, 10*stopSteps, fmt.Sprint(name, ": it would have gone on"))
	}
}
