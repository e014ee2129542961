package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The pages of a program of chameleon are those that its list has for the platform; components
// are files for that platform, those that an .interface names, or those for all.
func TestChameleon(t *testing.T) {
	const script = "<script>class A {}\nexport default new A()</script>"
	f := map[string]string{
		"package.json":                `{"dependencies": {"chameleon-api": "1.0.0"}}`,
		"chameleon.config.js":         `cml.config.merge({ platforms: ["web", "wx"], subProject: ["@acme/pay", { npmName: "@acme/map" }] })`,
		"src/app/app.cml":             script + `<script cml-type="json">{"base": {"window": {"navigationBarTitleText": "A"}}, "wx": {"window": {"navigationBarTitleText": "微"}}}</script>`,
		"src/router.config.json":      `{"routes": [{"path": "/pages/a/a"}, {"path": "/pages/b/b", "usedPlatforms": ["web"]}, {"path": "/pages/c/c", "usedPlatforms": ["wx"]}, {"path": "/pages/gone/gone"}]}`,
		"src/pages/a/a.cml":           "<template><view><one/><two/><three/><row/><component is=\"{{x}}\"/></view></template>" + script + `<script cml-type="json">{"base": {"navigationBarTitleText": "甲", "usingComponents": {"one": "/kit/one/one", "two": "../../kit/two/two", "four": "/kit/four/four", "c-tab": "cml-ui/components/c-tab/c-tab"}}, "alipay": {"navigationBarTitleText": "支"}}</script>`,
		"src/pages/b/b.cml":           "<template><input/></template>",
		"src/pages/c/c.wx.cml":        "<template><view/></template>" + script,
		"src/kit/one/one.wx.cml":      "<template><origin-input/></template>" + script,
		"src/kit/one/one.web.cml":     "<template><input/></template>" + script,
		"src/kit/two/two.cml":         "<template><text/></template>" + script,
		"src/kit/two/two.interface":   `<script cml-type="interface">interface Two {}</script><script cml-type="wx" src="./other.cml"></script>`,
		"src/kit/two/other.cml":       "<template><textarea/></template>" + script,
		"src/kit/four/four.interface": `<script cml-type="interface">interface Four {}</script>`,
		"src/kit/four/four.cml":       "<template><view/></template>" + script,
	}
	p := load(t, f)
	require.Equal(t, "chameleon", p.Framework)
	require.Equal(t, []string{"pages/a/a", "pages/c/c", "pages/gone/gone"}, p.Config.Pages)
	require.Equal(t, []string{"wechat"}, p.Platforms)
	require.Equal(t, []string{"web"}, p.Elsewhere)
	a := unitOf(t, p, "pages/a/a")
	require.Equal(t, "甲", a.Title)
	require.Equal(t, "src/kit/one/one.wx.cml", a.Components["one"].Unit.View.File.Path)
	require.Equal(t, "src/kit/two/other.cml", a.Components["two"].Unit.View.File.Path)
	require.Equal(t, "src/pages/c/c.wx.cml", unitOf(t, p, "pages/c/c").View.File.Path)
	require.Len(t, a.Dynamic, 1)
	require.Equal(t, "src/kit/four/four.cml", a.Dynamic[0].Unit.View.File.Path)
	for _, u := range p.Units {
		require.NotContains(t, []string{"kit/one/one.wx", "kit/one/one.web", "kit/two/two.interface", "pages/c/c.wx"}, u.Path)
	}
	requireTold(t, p,
		"src/app/app.cml:0 true the package @acme/map", "src/app/app.cml:0 true the package @acme/pay",
		"src/pages/a/a.cml:1 false <three> is not registered here",
		"src/router.config.json:0 true \"pages/gone/gone\" is registered here, but has no .cml")
}

// Settings that name every platform there was say nothing of those that the program is for; those that
// name some do, and it is then read for each.
func TestPlatformsOfChameleon(t *testing.T) {
	for settings, want := range map[string][]string{
		`{ platforms: ["web", "weex", "wx", "alipay", "baidu", "qq"] }`: {"wechat"},
		`{ platforms: ["alipay", "wx"] }`:                               {"wechat", "alipay"},
		`{ platforms: ["web", "tt"] }`:                                  {"douyin"},
		`{}`:                                                            {"wechat"},
	} {
		p := load(t, map[string]string{
			"chameleon.config.js":    "cml.config.merge(" + settings + ")",
			"src/app/app.cml":        `<script cml-type="json">{"base": {}}</script>`,
			"src/router.config.json": `{"routes": [{"path": "/pages/a/a"}]}`,
			"src/pages/a/a.cml":      `<template><cml type="alipay"><input/></cml><cml type="base"><view/></cml></template>`,
		})
		require.Equal(t, want, p.Platforms, settings)
	}
}

// Without a list of pages there is no program, and it is said what lacks. A file of that name that is none of a
// program, such as one of the Chemical Markup Language, changes nothing.
func TestNoPagesOfChameleon(t *testing.T) {
	_, err := Load(tree(map[string]string{"src/app/app.cml": `<script cml-type="json">{"base": {}}</script>`}), Options{})
	require.ErrorContains(t, err, "router.config.json")
	p := load(t, map[string]string{
		"app.json": `{"pages": ["a"]}`, "a.wxml": "<view/>", "a.js": "Page({})", "data/app.cml": "<cml><molecule/></cml>",
	})
	require.Equal(t, "native", p.Framework)
}
