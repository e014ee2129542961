package detect

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// A limit hides what a function may ask for that something calls, not one that nothing names.
func TestUncalled(t *testing.T) {
	for what, c := range map[string]struct {
		view, script string
		hides        bool
	}{
		"a method that nothing names":   {"<view/>", "Page({ hint() { wx.chooseAddress({}) } })", false},
		"a handler":                     {`<view bindtap="hint"/>`, "Page({ hint() { wx.chooseAddress({}) } })", true},
		"a method that another names":   {"<view/>", "Page({ onLoad() { this.hint() }, hint() { wx.chooseAddress({}) } })", true},
		"a method of the platform":      {"<view/>", "Page({ onLoad() { wx.chooseAddress({}) } })", true},
		"a name that is put together":   {"<view/>", "Page({ onLoad(o) { this['h' + o.x]() }, hint() { wx.chooseAddress({}) } })", true},
		"a function that nothing names": {"<view/>", "function hint() { wx.chooseAddress({}) }\nPage({})", false},
		"a function that is given away": {"<view/>", "const hint = () => { wx.chooseAddress({}) }\nPage({ onLoad() { each(hint) } })", true},
		"inside of one":                 {"<view/>", "Page({ hint() { [1].forEach(() => wx.chooseAddress({})) } })", false},
	} {
		t.Run(what, func(t *testing.T) {
			fsys, err := txtar.FS(&txtar.Archive{Files: []txtar.File{
				{Name: "app.json", Data: []byte(`{"pages": ["a/a"]}`)}, {Name: "a/a.wxml", Data: []byte(c.view)},
				{Name: "a/a.js", Data: []byte(c.script)},
			}})
			require.NoError(t, err)
			programs, err := project.Load(fsys, project.Options{})
			require.NoError(t, err)
			values := flow.Analyze(programs[0], flow.Options{})
			values.Limits, values.Calls = []flow.Limit{{What: "steps"}}, nil
			require.Equal(t, c.hides, len(unseen(programs[0], values, control.NewReader(programs[0], values.Controls))) > 0)
		})
	}
}
