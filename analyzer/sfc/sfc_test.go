package sfc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

var wechat = platform.PlatformByName("wechat")

func parse(text string) *Component { return Parse(source.NewFile("a.vue", text), text) }

func TestBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // tag, then its content
	}{
		"all":            {"<template><view/></template>\n<script>a</script>\n<style lang=\"scss\">b{}</style>", []string{"template <view/>", "script a", "style b{}"}},
		"nested":         {"<template><template v-if=\"a\"><b/></template><template/></template><script>x</script>", []string{"template <template v-if=\"a\"><b/></template><template/>", "script x"}},
		"tags in quotes": {`<template><a b="</template>" c='>'/></template>`, []string{`template <a b="</template>" c='>'/>`}},
		"tags in code":   {"<script>const a = '<template>'; b < c</script><template>x</template>", []string{"script const a = '<template>'; b < c", "template x"}},
		"comments":       {"<!-- <script>no</script> --><script>yes</script><template><!-- </template> --></template>", []string{"script yes", "template <!-- </template> -->"}},
		"two scripts":    {"<script>export default {}</script><script setup lang=\"ts\">ref()</script>", []string{"script export default {}", "script ref()"}},
		"custom":         {"<config>{ a: 1 }</config><i18n>{}</i18n>", []string{"config { a: 1 }", "i18n {}"}},
		"pug":            {"<template lang=\"pug\">\nview\n  template\n</template>", []string{"template \nview\n  template\n"}},
		"no end":         {"<script>a", []string{"script a"}},
		"closed":         {"<script src=\"./a.js\"/><template>a</template>", []string{"script ", "template a"}},
		"chinese":        {"<!--地址管理-->\n<template>姓名</template>", []string{"template 姓名"}},
		"empty":          {"", nil},
		"text":           {"a < b", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, b := range parse(c.text).Blocks {
				got = append(got, b.Tag+" "+c.text[b.Inner.Start:b.Inner.End])
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestAttributes(t *testing.T) {
	c := parse(`<script setup lang=ts name='x'></script><script type="application/json">{}</script><config>{}</config>`)
	require.True(t, c.Blocks[0].Setup())
	require.Equal(t, map[string]string{"setup": "", "lang": "ts", "name": "x"}, c.Blocks[0].Attrs)
	require.False(t, c.Blocks[0].JSON())
	require.True(t, c.Blocks[1].JSON())
	require.True(t, c.Blocks[2].JSON())
	require.Len(t, c.Find("script"), 2)
}

func TestErrorsAreInBothLanguages(t *testing.T) {
	for _, text := range []string{"<script>a", "<!-- a", "<template a"} {
		c := parse(text)
		require.Len(t, c.Errors, 1, text)
		require.NotEmpty(t, c.Errors[0].Message.EN)
		require.NotEmpty(t, c.Errors[0].Message.ZH)
	}
}

func TestCondition(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"none":               {"a\nb", "a\nb"},
		"taken":              {"// #ifdef MP-WEIXIN\na\n// #endif\nb", "// #ifdef MP-WEIXIN\na\n// #endif\nb"},
		"dropped":            {"// #ifdef H5\na\n// #endif\nb", "// #ifdef H5\n \n// #endif\nb"},
		"not":                {"/* #ifndef MP */\na\n/* #endif */b", "/* #ifndef MP */\n \n/* #endif */b"},
		"or":                 {"<!-- #ifdef H5 || MP-WEIXIN --><a/><!-- #endif -->", "<!-- #ifdef H5 || MP-WEIXIN --><a/><!-- #endif -->"},
		"and":                {"<!-- #ifdef MP && VUE2 --><a/><!-- #endif -->", "<!-- #ifdef MP && VUE2 -->    <!-- #endif -->"},
		"nested":             {"// #ifdef H5\n// #ifdef MP\na\n// #endif\nb\n// #endif\nc", "// #ifdef H5\n// #ifdef MP\n \n// #endif\n \n// #endif\nc"},
		"else":               {"// #ifdef H5\na\n// #else\nb\n// #endif", "// #ifdef H5\n \n// #else\nb\n// #endif"},
		"no blank":           {"//#ifdef APP-PLUS\na\n//#endif", "//#ifdef APP-PLUS\n \n//#endif"},
		"never end":          {"// #ifdef H5\na\n//endif", "// #ifdef H5\na\n//endif"},
		"the inner one ends": {"// #ifdef H5\na\n// #ifdef H5\nb\n// #endif\nc", "// #ifdef H5\na\n// #ifdef H5\n \n// #endif\nc"},
		"another behind it":  {"// #ifdef H5\na\n// #endif\n// #ifdef H5\n// #else\nb", "// #ifdef H5\n \n// #endif\n// #ifdef H5\n// #else\nb"},
		"an end of nothing":  {"a\n// #endif\nb // #if", "a\n// #endif\nb // #if"},
		"chinese":            {"// #ifdef H5\n姓名\n// #endif", "// #ifdef H5\n      \n// #endif"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, Condition(c.text, SymbolsOf(wechat, true))) })
	}
}

// Whatever the text is, blocks lie in it, in order and apart, and conditioning keeps
// length and lines.
func FuzzParse(f *testing.F) {
	f.Add("<template><template a=\"</template>\"/></template><script setup>a</script>")
	f.Add("<!-- #ifdef H5 --><template>\n<!-- #endif --></template")
	f.Add("// #ifdef A || B\n// #else\r\n/* #endif */<style")
	f.Fuzz(func(t *testing.T, text string) {
		conditioned := Condition(text, SymbolsOf(wechat, false))
		require.Len(t, conditioned, len(text))
		require.Equal(t, strings.Count(text, "\n"), strings.Count(conditioned, "\n"))
		end := int32(0)
		for _, b := range parse(text).Blocks {
			require.LessOrEqual(t, end, b.Open.Start)
			require.LessOrEqual(t, b.Open.Start, b.Open.End)
			require.LessOrEqual(t, b.Open.End, b.Inner.Start)
			require.LessOrEqual(t, b.Inner.Start, b.Inner.End)
			require.LessOrEqual(t, int(b.Inner.End), len(text))
			end = b.Inner.End
			only := Only(text, b.Inner)
			require.Len(t, only, len(text))
			require.Equal(t, text[b.Inner.Start:b.Inner.End], only[b.Inner.Start:b.Inner.End])
		}
		for _, e := range parse(text).Errors {
			require.True(t, 0 <= e.Start && e.Start <= e.End && int(e.End) <= len(text))
		}
	})
}

func TestAttributesOfTargets(t *testing.T) {
	for text, want := range map[string]string{
		`<view bindtap="a"/>`:                           `<view bindtap="a"/>`,
		`<view bindtap@wx="a" bindtap@ali="b"/>`:        `<view    bindtap="a"                />`,
		"<view\n\tbindtap@(wx|ali)='a'\n/>":             "<view\n\t         bindtap='a'\n/>",
		`<view hidden@ali|swan bindtap = "a@wx.cn" />`:  `<view                 bindtap = "a@wx.cn" />`,
		`<view @tap="a">who@wx.com at b@ali.com</view>`: `<view @tap="a">who@wx.com at b@ali.com</view>`,
		`<view checked@wx />`:                           `<view checked    />`,
		`<view @wx|ali hidden/>`:                        `<view         hidden/>`,
		`<view @ali|qq hidden/><view @_wx>`:             `<view @ali|qq hidden/><view     >`,
		`<text>find us @wx </text>`:                     `<text>find us @wx </text>`,
	} {
		got := Attributes(text, "wx")
		require.Len(t, got, len(text))
		require.Equal(t, want, got)
	}
}

func TestOtherTargets(t *testing.T) {
	for text, want := range map[string][2][]string{
		"// #ifdef MP-ALIPAY\n// #endif":                 {{"MP-ALIPAY"}, nil},
		"// #ifdef MP-ALIPAY || H5\n// #endif":           {{"MP-ALIPAY"}, {"H5"}},
		"<!-- #ifdef APP-PLUS --><!-- #endif -->":        {nil, {"APP-PLUS"}},
		"/* #ifdef MP-QQ || MP-WEIXIN */ /* #endif */":   {nil, nil},
		"// #ifndef MP-WEIXIN\n// #endif":                {nil, nil},
		"// #ifdef MP-ALIPAY\nread, since it never ends": {nil, nil},
		"// #ifdef MP-WEIXIN\n// #ifdef H5\n// #endif\n": {nil, {"H5"}},
	} {
		mini, foreign := OtherTargets(text, SymbolsOf(wechat, true))
		require.Equal(t, want, [2][]string{mini, foreign}, text)
	}
}
