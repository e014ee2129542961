package lang

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCodes(t *testing.T) {
	require.Equal(t, []string{"zh", "en"}, Names())
	for _, name := range Names() {
		got, ok := Parse(name)
		require.True(t, ok)
		require.Equal(t, Code(name), got)
	}
	for _, name := range []string{"", "auto", "ZH", "zh-CN", "de"} {
		_, ok := Parse(name)
		require.False(t, ok, name)
	}
	require.Equal(t, "zh-CN", Chinese.Tag())
	require.Equal(t, "en", English.Tag())
	require.Equal(t, "甲", Code("").Say("甲", "a"), "the zero language is Chinese")
}

func TestOfLocale(t *testing.T) {
	for locale, want := range map[string]Code{
		"zh_CN.UTF-8": Chinese, "zh-TW": Chinese, "ZH": Chinese,
		"en_US": English, "de": English, "C": English, "": English,
	} {
		require.Equal(t, want, OfLocale(locale), locale)
	}
}

func TestSentence(t *testing.T) {
	require.Equal(t, "It collects names", English.Sentence("it collects names"))
	require.Equal(t, "Érable", English.Sentence("érable"), "a letter, not a byte")
	require.Equal(t, "", English.Sentence(""))
	require.Equal(t, "pages/a/a.wxml was not read", English.Sentence("pages/a/a.wxml was not read"), "a path keeps its letters")
	require.Equal(t, "wx.login hands it out", English.Sentence("wx.login hands it out"))
	require.Equal(t, "File it.", English.Sentence("file it."), "the end of a sentence is no name")
	require.Equal(t, "wx.login 交出标识", Chinese.Sentence("wx.login 交出标识"), "a name of code stays as it is")
}

func TestText(t *testing.T) {
	text := Both("收集手机号", "collects phone numbers")
	require.Equal(t, "收集手机号", text.In(Chinese))
	require.Equal(t, "collects phone numbers", text.In(English))
	require.Equal(t, Text{"页面收集手机号", "the page collects phone numbers"}, Both("页面", "the page ").Plus(text))
	require.Equal(t, Text{"a.js", "a.js"}, Same("a.js"))
	require.Equal(t, Text{"[收集手机号]", "[collects phone numbers]"}, text.Map(func(s string) string { return "[" + s + "]" }))
	require.Equal(t, Text{"甲、乙", "a, b"}, Joined([]Text{{"甲", "a"}, {"乙", "b"}}, Text{"、", ", "}))
	for want, items := range map[string][]Text{"": nil, "a": {{"甲", "a"}}, "a and b": {{"甲", "a"}, {"乙", "b"}}, "a, b, and c": {{"甲", "a"}, {"乙", "b"}, {"丙", "c"}}} {
		require.Equal(t, want, Listed(items).EN)
		require.Equal(t, Joined(items, Comma).ZH, Listed(items).ZH)
	}
	require.Equal(t, Text{}, Joined(nil, Text{"、", ", "}))
}

func TestTextf(t *testing.T) {
	require.Equal(t, Text{"第 3 处：手机号", "place 3: phone number"},
		Textf("第 %d 处：%s", "place %d: %s", 3, Both("手机号", "phone number")), "a text is put in in the language around it")
	require.Equal(t, Text{"b 中的 a", "a in b"}, Textf("%[2]s 中的 %[1]s", "%s in %s", "a", "b"))
}

func TestOf(t *testing.T) {
	fault := &Fault{"没有这个目录", "there is no such folder"}
	require.EqualError(t, fault, "there is no such folder")
	require.Equal(t, Text{"没有这个目录", "there is no such folder"}, Of(fault))
	require.Equal(t, Text{"没有这个目录", "detector a: there is no such folder"}, Of(fmt.Errorf("detector a: %w", fault)))
	require.Equal(t, Same("disk full"), Of(errors.New("disk full")))
}
