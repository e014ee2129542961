package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The platforms that a program names are read, and only those on which its sources differ
// are read apart.
func TestPlatforms(t *testing.T) {
	uni := func(manifest, page string) map[string]string {
		return map[string]string{"manifest.json": manifest, "pages.json": `{"pages": [{"path": "p/p"}]}`, "App.vue": "<script></script>",
			"p/p.vue": "<template><view>" + page + "</view></template>"}
	}
	taroOf := func(scripts, page string, more ...string) map[string]string {
		return together(map[string]string{"package.json": `{"scripts": {` + scripts + `}, "dependencies": {"@tarojs/taro": "3"}}`,
			"src/app.config.ts": "export default { pages: ['p/p'] }", "src/app.tsx": "export default p => p.children",
			"src/p/p.tsx": "export default () => " + page}, more...)
	}
	const ali = "<!-- #ifdef MP-ALIPAY --><input /><!-- #endif -->"
	const both = `{"mp-weixin": {"appid": "wx1"}, "mp-alipay": {"appid": "2"}}`
	const test = "process.env.TARO_ENV === 'alipay' && <Input />"
	mpxOf := func(script string) map[string]string {
		return map[string]string{"package.json": `{"scripts": {"build": "mpx-cli-service build --targets=wx,ali"}, "dependencies": {"@mpxjs/core": "2"}}`,
			"src/app.mpx": `<script>createApp({})</script><script type="application/json">{"pages": ["./p/p"]}</script>`, "src/p/p.mpx": script}
	}
	for what, c := range map[string]struct {
		files    map[string]string
		selected []string
		reads    []string
		apart    []string
	}{
		"both named":                {uni(both, ali), nil, []string{"wechat", "alipay"}, []string{"alipay"}},
		"no parts for one":          {uni(both, "<input />"), nil, []string{"wechat", "alipay"}, nil},
		"a part for both":           {uni(both, "<!-- #ifdef MP-ALIPAY || MP-WEIXIN --><input /><!-- #endif -->"), nil, []string{"wechat", "alipay"}, nil},
		"a part for the web":        {uni(both, "<!-- #ifdef H5 --><input /><!-- #endif -->"), nil, []string{"wechat", "alipay"}, nil},
		"an entry without an appid": {uni(`{"mp-weixin": {}, "mp-alipay": {"usingComponents": true}}`, ali), nil, []string{"wechat"}, nil},
		"not for the first":         {uni(`{"mp-alipay": {"appid": "2"}}`, ali), nil, []string{"alipay"}, nil},
		"none named":                {uni(`{}`, ali), nil, []string{"wechat"}, nil},
		"selected":                  {uni(both, ali), []string{"alipay"}, []string{"alipay"}, nil},
		"selected, not named":       {uni(both, ali), []string{"douyin", "wechat"}, []string{"wechat", "douyin"}, nil},
		"commands":                  {taroOf(`"a": "taro build --type weapp", "b": "taro build --type=alipay", "c": "taro build --type h5"`, test), nil, []string{"wechat", "alipay"}, []string{"alipay"}},
		"a command for each":        {taroOf(`"a": "taro build --type weapp", "b": "taro build --type alipay", "c": "taro build --type swan", "d": "taro build --type tt"`, test), nil, []string{"wechat"}, nil},
		"settings with an appid":    {taroOf("", test, "project.tt.json", `{"appid": "tt012345"}`), nil, []string{"wechat", "douyin"}, []string{"douyin"}},
		"settings of a template":    {taroOf("", test, "project.tt.json", `{"appid": "testAppId"}`), nil, []string{"wechat"}, nil},
		"a file for one alone":      {taroOf(`"b": "taro build --type alipay", "a": "taro build --type weapp"`, "<View />", "src/p/p.alipay.tsx", "export default () => <Input />"), nil, []string{"wechat", "alipay"}, []string{"alipay"}},
		"blocks of mpx":             {mpxOf(`<template mode="ali"><input /></template><template><view /></template><script>createPage({})</script>`), nil, []string{"wechat", "alipay"}, []string{"alipay"}},
		"mpx without":               {mpxOf(`<template><input /></template><script>createPage({})</script>`), nil, []string{"wechat", "alipay"}, nil},
		"native":                    {map[string]string{"app.json": `{"pages": ["p/p"]}`, "p/p.wxml": "<input />", "p/p.js": "Page({})"}, []string{"alipay"}, nil, nil},
	} {
		t.Run(what, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{Platforms: c.selected})
			require.NoError(t, err)
			p := programs[0]
			require.Equal(t, c.reads, p.Platforms)
			if c.reads != nil {
				require.Equal(t, c.reads[0], p.Platform)
			}
			var apart []string
			for _, v := range p.Variants {
				apart = append(apart, v.Platform)
			}
			require.Equal(t, c.apart, apart)
		})
	}
}

// together returns files and more of them: a path, its text, and so on.
func together(files map[string]string, more ...string) map[string]string {
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

// Conditions in pages.json that leave no page for a platform say that there is no program for it.
// A list that cannot be read for it says nothing.
func TestPlatformWithoutPages(t *testing.T) {
	of := func(pages string) map[string]string {
		return map[string]string{"manifest.json": `{"mp-weixin": {"appid": "wx1"}, "mp-qq": {"appid": "2"}}`, "pages.json": pages,
			"App.vue": "<script></script>", "p/p.vue": "<template><view /></template>"}
	}
	const none = "pages.json:0 false read for QQ, this lists no page"
	for pages, want := range map[string]string{
		"{\"easycom\": {}\n// #ifdef MP-WEIXIN\n, \"pages\": [{\"path\": \"p/p\"}]\n// #endif\n}":                           none,
		"{\"pages\": [\n// #ifndef MP-QQ\n{\"path\": \"p/p\"}\n// #endif\n]}":                                               none,
		"{\"easycom\": {}\n// #ifdef MP-WEIXIN\n, \"pages\": [{\"path\": \"p/p\"}]\n// #else\n, \"pages\" []\n// #endif\n}": "pages.json:0 true read for QQ, it lists no pages that can be read",
	} {
		p := load(t, of(pages))
		requireTold(t, p, want)
		require.Equal(t, want != none, len(p.Platforms) == 2, p.Platforms)
		require.Empty(t, p.Variants)
	}
}
