// Package lang holds texts for people in the two languages that beian speaks,
// Chinese and English. Both are side by side in the code, so that whoever
// changes one sees the other. Of two texts, Chinese always comes first.
package lang

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Code is the language of a report, a paper or a message.
type Code string

// The languages. The zero Code reads as Chinese.
const (
	Chinese Code = "zh"
	English Code = "en"
)

// Names are the names of the languages in --lang and beian.yaml.
func Names() []string { return []string{string(Chinese), string(English)} }

// Parse returns the language of that name, one of Names.
func Parse(name string) (c Code, ok bool) {
	c = Code(name)
	return c, c == Chinese || c == English
}

// OfLocale returns the language for someone whose system or editor is set to a
// locale, such as zh_CN.UTF-8 or zh-TW: Chinese for every kind of Chinese, else
// English.
func OfLocale(locale string) Code {
	if strings.HasPrefix(strings.ToLower(locale), string(Chinese)) {
		return Chinese
	}
	return English
}

// Tag is the language as HTML and BCP 47 name it.
func (c Code) Tag() string { return c.Say("zh-CN", "en") }

// Say picks the text in language c.
func (c Code) Say(zh, en string) string { return Text{zh, en}.In(c) }

// codeName is a word that is a path or a name of the code: wx.login, pages/a/a.
var codeName = regexp.MustCompile(`\w[/._]\w`)

// Sentence gives a text in language c that usually continues a line, such as a
// reason, the capital of one that is alone. Chinese has no capitals, and a name of the
// code keeps its own: "pages/a/a.wxml was not read".
func (c Code) Sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s, " ")
	if c != English || size == 0 || codeName.MatchString(word) {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
