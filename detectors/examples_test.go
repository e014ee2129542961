package detectors

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// The examples on the page of every rule are right: the rule reports the first
// and is silent about the second.
func TestExamples(t *testing.T) {
	for _, d := range All() {
		for _, rule := range d.Rules {
			t.Run(rule.ID, func(t *testing.T) {
				require.Contains(t, reported(t, rule.Kind, rule.Bad), rule.ID, rule.Bad)
				require.NotContains(t, reported(t, rule.Kind, rule.Good), rule.ID, rule.Good)
			})
		}
	}
}

// reported returns the rules that report the program around a snippet.
func reported(t *testing.T, kind finding.Kind, snippet string) []string {
	programs, err := project.Load(around(t, kind, snippet), project.Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	require.Empty(t, programs[0].Unread)
	found, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), All())
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, f := range found {
		ids[f.Rule.ID] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// A frame is what the snippets of one kind of rule take for granted: the page
// around them.
type frame struct {
	view    string // before the snippet's own
	methods string // of the page
	other   string // the script of another page
}

var frames = map[finding.Kind]frame{
	// Something must be collected before the configuration can be wrong.
	finding.KindConfig: {other: `Page({ onTapNearby() { wx.getLocation({ type: 'gcj02' }) } })`},
	// Personal information must be there to arrive anywhere.
	finding.KindSink: {
		view:    `<input placeholder="手机号" model:value="{{phone}}" bindinput="onPhone" />`,
		methods: `onPhone(e) { this.setData({ phone: e.detail.value }) },`,
	},
	// A form whose labels come from a server.
	finding.KindInferred: {view: `<input wx:for="{{fields}}" placeholder="{{item.hint}}" bindinput="onField" />`, methods: `onField(e) {},`},
}

var (
	bound  = regexp.MustCompile(`\bbind:?\w+="(\w+)"`)
	method = regexp.MustCompile(`^on\w+\(\w*\) \{`)
)

// around makes a program of two pages, with the snippet on the first. The snippet
// may be a configuration, a template, a page, a method or statements; it goes
// where it belongs.
func around(t *testing.T, kind finding.Kind, snippet string) fstest.MapFS {
	f := frames[kind]
	config := map[string]any{}
	view := f.view + `<button bindtap="onRun">确定</button>`
	methods := f.methods
	script := ""
	switch {
	case strings.HasPrefix(snippet, "{"):
		require.NoError(t, json.Unmarshal([]byte(snippet), &config))
	case strings.HasPrefix(snippet, "<"):
		view += snippet
		for _, name := range bound.FindAllStringSubmatch(snippet, -1) {
			methods += name[1] + `(e) { this.setData({ taken: e.detail }) },`
		}
	case strings.HasPrefix(snippet, "Page("):
		script = snippet
	case method.MatchString(snippet):
		methods += snippet
	default:
		methods += `onRun() { ` + snippet + ` },`
	}
	if script == "" {
		script = `Page({ ` + methods + ` })`
	}
	config["pages"] = []string{"pages/index/index", "pages/other/other"}
	app, err := json.Marshal(config)
	require.NoError(t, err)
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"app.json":               {Data: app},
		"pages/index/index.wxml": file(view), "pages/index/index.js": file(script),
		"pages/other/other.wxml": file(`<button bindtap="onTapNearby">附近</button>`), "pages/other/other.js": file(f.other),
	}
}
