package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words splits an identifier at capitals, digits, dashes, underscores and spaces,
// and lowers it: "IDCardNo" is id card no, "phone2" is phone.
func Words(name string) []string {
	var out []string
	runes := []rune(name)
	start := -1
	flush := func(end int) {
		if start >= 0 && end > start {
			out = append(out, strings.ToLower(string(runes[start:end])))
		}
		start = -1
	}
	for i, r := range runes {
		switch {
		case r > unicode.MaxASCII || !unicode.IsLetter(r):
			flush(i)
		case start < 0:
			start = i
		case unicode.IsUpper(r):
			lowerBefore := unicode.IsLower(runes[i-1])
			lowerNext := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if lowerBefore || lowerNext {
				flush(i)
				start = i
			}
		}
	}
	flush(len(runes))
	return out
}

// Kebab writes an identifier with dashes: leftText is left-text.
func Kebab(name string) string { return strings.Join(Words(name), "-") }

// Set returns the words of a text, which white space separates, as a set.
func Set(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// Holds reports whether a script holds a name as a whole word: getPhoneNumber does not
// hold getPhone.
func Holds(text, name string) bool {
	part := func(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		from += i + len(name)
		last, _ := utf8.DecodeLastRuneInString(text[:from-len(name)])
		next, _ := utf8.DecodeRuneInString(text[from:])
		if !part(last) && !part(next) {
			return true
		}
	}
}
