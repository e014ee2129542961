package lang

import (
	"fmt"
	"strings"
)

// Text is a text for people in both languages.
type Text struct {
	ZH, EN string
}

// Told is anything that can be put into a text in either language: a Text, or a
// list of things that have names in both.
type Told interface {
	In(Code) string
}

// Both returns the text that is zh in Chinese and en in English.
func Both(zh, en string) Text { return Text{ZH: zh, EN: en} }

// Same returns the text that is s in both languages, such as a name or a number.
func Same(s string) Text { return Text{ZH: s, EN: s} }

// Textf formats both texts with the same arguments. A Told argument appears in
// the language of each text. Use Textf if the order of the arguments is the same
// in both; indexed verbs (%[2]s) change the order in one.
func Textf(zh, en string, args ...any) Text {
	return Text{fmt.Sprintf(zh, in(args, Chinese)...), fmt.Sprintf(en, in(args, English)...)}
}

func in(args []any, c Code) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if told, ok := a.(Told); ok {
			a = told.In(c)
		}
		out[i] = a
	}
	return out
}

// In returns the text in the given language.
func (t Text) In(c Code) string {
	if c == English {
		return t.EN
	}
	return t.ZH
}

// Plus returns t followed by more, with nothing between them.
func (t Text) Plus(more Text) Text { return Text{t.ZH + more.ZH, t.EN + more.EN} }

// Map returns the text with f applied to both languages.
func (t Text) Map(f func(string) string) Text { return Text{f(t.ZH), f(t.EN)} }

// Joined joins texts, with the separator of each language between them.
func Joined(texts []Text, separator Text) Text {
	zh, en := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		zh[i], en[i] = t.ZH, t.EN
	}
	return Text{strings.Join(zh, separator.ZH), strings.Join(en, separator.EN)}
}

// Listed joins the items of a list: "甲、乙、丙", and in English "a", "a and b" or
// "a, b, and c"; if an item has an "and" of its own, "a, and b and c".
func Listed(items []Text) Text {
	list := Joined(items, Comma)
	switch n := len(items) - 1; {
	case n == 1 && strings.Contains(list.EN, " and "): // emails, and names and pictures
		list.EN = items[0].EN + ", and " + items[1].EN
	case n == 1:
		list.EN = items[0].EN + " and " + items[1].EN
	case n > 1:
		list.EN = Joined(items[:n], Comma).EN + ", and " + items[n].EN
	}
	return list
}

// Punctuation that joins texts.
var (
	Colon     = Text{"：", ": "} // between a place or a name and what is said about it
	Comma     = Text{"、", ", "} // between the items of a list
	Semicolon = Text{"；", "; "} // between remarks
)
