// Package lang holds texts for people in the two languages that beian speaks,
// Chinese and English. Both stand beside each other in the code, so that whoever
// changes one sees the other.
package lang

import (
	"errors"
	"fmt"
)

// Code is the language of a report, a paper or a message.
type Code string

// The languages. The zero Code reads as Chinese.
const (
	Chinese Code = "zh"
	English Code = "en"
)

// Text is a text for people in both languages.
type Text struct {
	ZH, EN string
}

// Both returns the text that is zh in Chinese and en in English.
func Both(zh, en string) Text { return Text{ZH: zh, EN: en} }

// In returns the text in the given language.
func (t Text) In(c Code) string {
	if c == English {
		return t.EN
	}
	return t.ZH
}

// Say picks the text in language c.
func (c Code) Say(zh, en string) string { return Text{zh, en}.In(c) }

// Textf formats both texts with the same arguments. Use it where the order of the
// arguments is the same in both; indexed verbs (%[2]s) change the order in one.
func Textf(zh, en string, args ...any) Text {
	return Text{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// Error is an error that can be told in both languages. Error() is the English
// text.
type Error interface {
	error
	Text() Text
}

// Of returns the text of err: that of the first Error in its chain, else its
// message in both languages.
func Of(err error) Text {
	var told Error
	if errors.As(err, &told) {
		return told.Text()
	}
	return Text{err.Error(), err.Error()}
}
