package spelling

import (
	"regexp"
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

// Tag is the form in which names of components and their tags are compared; capitals that follow each other are
// one word: AtInput, atInput and at-input are at-input, YXY is yxy.
func Tag(name string) string {
	if strings.ToLower(name) == name {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			if i > 0 && name[i-1] != '-' && !('A' <= name[i-1] && name[i-1] <= 'Z') {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// Hyphenated is the other form in which a template may write a name, with a hyphen before
// each capital: openType is open-type, YXY is y-x-y.
func Hyphenated(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) && name[i-1] != '-' {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// prefixed is a name that begins with a prefix of one letter: KInput, but not QRCode.
var prefixed = regexp.MustCompile(`^[A-Z][A-Z][a-z]`)

// Tags are the forms in which the tag of a component may be meant: KInput, of a library whose prefix is one letter,
// is kinput and k-input.
func Tags(name string) []string {
	if prefixed.MatchString(name) {
		return []string{Tag(name), Tag(name[:1] + "-" + name[1:])}
	}
	return []string{Tag(name)}
}

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
