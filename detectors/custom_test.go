package detectors

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// configured runs the detectors of a beian.yaml over one page and returns
// "rule line confidence" of what those rules find that begin with one of prefixes.
func configured(t *testing.T, settings, script string, prefixes ...string) (found []string, err error) {
	t.Helper()
	programs, err := project.Load(fstest.MapFS{
		"app.json": {Data: []byte(`{"pages":["p/p"]}`)},
		"p/p.js":   {Data: []byte("Page({ data: { tel: '', card: '' }, go() {\n wx.chooseInvoiceTitle({ success(r) { wx.setStorageSync('t', r) } })\n wx.request({ url: 'https://a.example.com', data: this.data })\n} })")},
		"p/p.wxml": {Data: []byte("<input placeholder=\"门店电话\" model:value=\"{{tel}}\"/>\n<input placeholder=\"会员卡号\" model:value=\"{{card}}\"/>\n<button bindtap=\"go\">好</button>")},
	}, project.Options{Jobs: 1})
	require.NoError(t, err)
	c, err := config.Parse(source.NewFile("beian.yaml", settings), config.Known{Rules: []string{"field/phone"}})
	require.NoError(t, err)
	all, err := Configured(c, func(name string) ([]byte, error) {
		if name != "d.js" {
			return nil, errors.New("no such file")
		}
		return []byte(script), nil
	}, Interpret)
	if err != nil {
		return nil, err
	}
	out, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), all)
	for _, f := range out {
		for _, p := range prefixes {
			if strings.HasPrefix(f.Rule.ID, p) {
				found = append(found, f.Rule.ID+" "+f.Location.File.Path+" "+f.Confidence.String())
			}
		}
	}
	return found, err
}

func TestOwnLabels(t *testing.T) {
	found, err := configured(t, "{}", "", "field/")
	require.NoError(t, err)
	require.Equal(t, []string{"field/phone p/p.wxml low"}, found)
	found, err = configured(t, "labels: [{pattern: 门店, category: ignore}, {pattern: 会员卡, category: identifier}]", "", "field/")
	require.NoError(t, err)
	require.Equal(t, []string{"field/identifier p/p.wxml high"}, found)
}

func TestCustomRules(t *testing.T) {
	found, err := configured(t, `custom-rules:
  custom/card: {title: 会员卡号, category: identifier, labels: [会员卡]}
  custom/title: {title: 抬头, category: invoice, confidence: low, apis: ["wx.chooseInvoice*"]}
  custom/none: {title: 无, category: invoice, apis: [chooseInvoice], labels: [卡片]}
`, "", "custom/")
	require.NoError(t, err)
	require.Equal(t, []string{"custom/title p/p.js low", "custom/card p/p.wxml medium"}, found)
}

const ownRule = "custom-rules: {custom/own: {title: 自定义, category: identifier}}\ndetectors: [d.js]\n"

func TestScript(t *testing.T) {
	found, err := configured(t, ownRule, `function detect(view) {
		'use strict'
		var frozen = false
		try { view.controls[0].tag = 'x' } catch (e) { frozen = true }
		if (!frozen) throw new Error('the view can be changed')
		return view.controls.filter(c => c.placeholders[0] === '会员卡号').map(c => ({ rule: 'custom/own', at: c.id, confidence: 'high' }))
			.concat(view.calls.filter(c => c.api === 'chooseInvoiceTitle').map(c => ({ rule: 'custom/own', at: c.id })))
	}`, "custom/")
	require.NoError(t, err)
	require.Equal(t, []string{"custom/own p/p.js medium", "custom/own p/p.wxml high"}, found)
}

func TestScriptsAreStopped(t *testing.T) {
	one := func(fields string) string {
		return "function detect(v) { return [{ rule: 'custom/own', at: v.controls[0].id, " + fields + " }] }"
	}
	for script, want := range map[string]string{
		"function detect() { for (;;) {} }":            "limit of time",
		"for (;;) {}":                                  "limit of time",
		"function detect() { throw new Error('own') }": "own",
		"function detect() { return detect() }":        "limit of stack",
		"function detect() { var a = []; for (;;) a.push('0123456789'.repeat(1e4) + a.length) }":                       "limit of",
		"function detect(v) { return Array.from({length: 5000}, () => ({rule: 'custom/own', at: v.controls[0].id})) }": "more than 1000 findings",
		"function detect(v) { var a = []; a.length = 4e9; return a }":                                                  "must be an object",
		"function detect(v) { return { get length() { for (;;) {} } } }":                                               "must return a list",
		"function detect(v) { return [{ rule: 'custom/own', get at() { for (;;) {} } }] }":                             "limit of time",
		"function detect() { return 1 }":                                                                               "must return a list",
		"function detect() { return [1] }":                                                                             "must be an object",
		"function detect() { return [{ rule: 'field/phone' }] }":                                                       "not among custom-rules",
		"function detect() { return [{ rule: 'custom/own', at: 'control:99' }] }":                                      "at must be the id",
		one("subject: 'x'.repeat(600)"):                                                                                "at most 500",
		one("message: 5"):                                                                                              "must be a text",
		one("confidence: 'sure'"):                                                                                      "confidence cannot be",
		"let x = 1":                                                                                                    "no function detect",
		"function detect( {":                                                                                           "SyntaxError",
	} {
		_, err := configured(t, ownRule, script, "custom/")
		require.ErrorContains(t, err, want, script)
	}
	_, err := configured(t, "detectors: [e.js]", "")
	require.ErrorContains(t, err, "e.js: no such file")
}
