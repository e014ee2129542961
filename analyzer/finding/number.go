package finding

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// digit is one digit as it is written: a character, or an escape of several.
type digit struct {
	from, to int
	value    byte   // '0' to '9', or 'X' at the end of an ID number
	script   script // a number has those of one script
}

// group is digits without anything between them, and what is between it and the next.
type group struct {
	digits  []digit
	between string // "" after the last
}

// Bounds of a number that is looked at: more than any that is hidden.
const (
	maxGroups = 18 // an ID number whose digits are all apart
	maxDigits = 40
)

// A PersonNumber is a mainland mobile number or a citizen identification number in a
// text: 13812345678, +86 138-1234-5678, １３８１２３４５６７８, 110105 19491231 002X.
type PersonNumber struct {
	Category   Category // Phone or IDCard
	Start, End int      // bytes of the text, half open; a prefix such as +86 belongs to it
	Digits     string   // without prefix and separators, in ASCII; X in capitals
	hide       []digit  // what Mask replaces
}

// PersonNumbers finds the numbers in s in their order. A number inside a longer one (a
// time stamp, an order number) is none; letters beside one are for the caller to judge.
func PersonNumbers(s string) []PersonNumber {
	var out []PersonNumber
	for i := 0; i < len(s); {
		if _, ok := digitAt(s, i); !ok {
			i++
			continue
		}
		n, next := personNumber(s, i)
		if n != nil {
			out = append(out, *n)
		}
		i = next
	}
	return out
}

// personNumber reads the number in the groups of digits that begin at i, nil if there is
// none, and says where to go on.
func personNumber(s string, i int) (*PersonNumber, int) {
	groups := groupsAt(s, i)
	for first := range groups {
		var all []digit
		for n, g := range groups[first:] {
			all = append(all, g.digits...)
			end := all[len(all)-1].to
			if found := numberOf(groups[first:first+n+1], all); found != nil && (n == 0 || !inWord(s, end)) {
				found.Start, found.End = all[0].from, end
				if len(found.Digits) < len(all) {
					found.Start = plusBefore(s, found.Start)
				}
				return found, end
			}
		}
	}
	end := groups[0].digits[len(groups[0].digits)-1].to
	for {
		d, ok := digitAt(s, end) // of a number that is longer than a group is read
		if !ok || d.script != groups[0].digits[0].script {
			return nil, end
		}
		end = d.to
	}
}

// number hides the number in the groups of digits that begin at i, and returns where to go
// on.
func (m *masking) number(i int) int {
	n, next := personNumber(m.text, i)
	if n != nil {
		for _, d := range n.hide {
			m.hide(d.from, d.to)
		}
	}
	return next
}

// plusBefore returns where a plus sign before i begins, or i.
func plusBefore(s string, i int) int {
	for _, plus := range [...]string{"+", "＋"} {
		if strings.HasSuffix(s[:i], plus) {
			return i - len(plus)
		}
	}
	return i
}

// inWord reports whether groups of digits that end at i are a part of something longer, as
// in the hexadecimal 1750-1481-919c. The n of a number in JavaScript is not.
func inWord(s string, i int) bool {
	if i < len(s) && s[i] == 'n' {
		i++
	}
	return i < len(s) && isLetter(s[i])
}

// numberOf reads digits that are written in these groups.
func numberOf(groups []group, digits []digit) *PersonNumber {
	value := make([]byte, len(digits))
	for i, d := range digits {
		value[i] = d.value
	}
	text := string(value)
	switch {
	case len(text) == 18 && ValidIDNumber(text) && (len(groups) == 1 || shaped(groups, 0, idShapes)):
		return &PersonNumber{Category: IDCard, Digits: text, hide: digits[6:14]}
	case len(text) == 15 && validDate("19"+text[6:12]) && (len(groups) == 1 || shaped(groups, 0, oldShapes)):
		return &PersonNumber{Category: IDCard, Digits: text, hide: digits[6:12]}
	}
	for _, code := range [...]string{"", "86", "0086", "0"} {
		if rest, found := strings.CutPrefix(text, code); found && isMobile(rest) && grouped(groups, len(code)) {
			return &PersonNumber{Category: Phone, Digits: rest, hide: digits[len(code)+3 : len(code)+7]}
		}
	}
	return nil
}

// Ways to write numbers in groups. Others are found in tables of figures.
var (
	mobileShapes = [][]int{{3, 4, 4}, {3, 8}, {5, 6}, {4, 3, 4}, {7, 4}, slices.Repeat([]int{1}, 11)}
	literalShape = [][]int{{2, 3, 3, 3}} // 13_912_345_678 in a script
	idShapes     = [][]int{
		{6, 8, 4}, {6, 4, 4, 4}, {6, 4, 2, 2, 4}, {6, 12}, {14, 4}, {4, 4, 4, 4, 2}, {3, 3, 3, 3, 3, 3}, {3, 3, 4, 4, 4},
		slices.Repeat([]int{1}, 18),
	}
	oldShapes = [][]int{{6, 6, 3}}
)

// grouped reports whether the groups behind a code of so many digits are those of a mobile
// number.
func grouped(groups []group, code int) bool {
	rare := strings.ContainsAny(groups[0].between, rareSigns)
	coded := code > 1 && len(groups) == 2 && len(groups[0].digits) == code // 0086 13912345678
	if len(groups) == 1 || coded && groups[0].between != "." && !rare {
		return true
	}
	switch between := groups[0].between; {
	case rare:
		bracketed := strings.ContainsAny(between, "()（）")
		return code == 0 && (shaped(groups, 0, mobileShapes[:1]) || bracketed && shaped(groups, 0, mobileShapes[:2]))
	case between == "_" && shaped(groups, code, literalShape):
		return true
	case between == ".": // 0.13912345678 and 1391.234.5678 are a number and a version
		return code == 0 && shaped(groups, 0, mobileShapes[:1])
	}
	return shaped(groups, code, mobileShapes)
}

// shaped reports whether the groups, without the digits of a code, have one of the shapes,
// with the same sign between all.
func shaped(groups []group, code int, shapes [][]int) bool {
	if len(groups[0].digits) == code {
		groups, code = groups[1:], 0
	}
	sizes := make([]int, len(groups))
	for i, g := range groups {
		sizes[i] = len(g.digits)
	}
	sizes[0] -= code
	return evenly(groups) && slices.ContainsFunc(shapes, func(shape []int) bool { return slices.Equal(shape, sizes) })
}

// evenly reports whether the same sign is between all groups, brackets aside, and none is a single
// digit, or all are.
func evenly(groups []group) bool {
	first, single := groups[0], len(groups[0].digits) == 1
	if closes := strings.ContainsAny(first.between, ")）"); closes && len(groups) > 1 && !single { // (139) 1234-5678
		return evenly(groups[1:])
	}
	for i, g := range groups {
		last := i == len(groups)-1
		if !last && opened(g.between) != opened(first.between) || len(groups) > 1 && (len(g.digits) == 1) != single {
			return false
		}
	}
	return true
}

// opened is a sign in which a closing bracket is the opening one: 139(1234)5678.
func opened(sign string) string { return brackets.Replace(sign) }

var brackets = strings.NewReplacer(")", "(", "）", "（")

// groupsAt reads groups of digits from i on. An X behind 17 digits belongs to them.
func groupsAt(s string, i int) []group {
	var groups []group
	count := 0
	for {
		var g group
		for {
			d, ok := digitAt(s, i)
			if !ok && count == 17 {
				d, ok = letterX(s, i)
				d.script = scriptOf(groups, g, d)
			}
			if !ok || len(g.digits) > maxDigits || d.script != scriptOf(groups, g, d) {
				break
			}
			g.digits = append(g.digits, d)
			count++
			i = invisible(s, d.to)
		}
		if len(g.digits) == 0 {
			if n := len(groups); n > 0 {
				groups[n-1].between = ""
			}
			return groups
		}
		g.between = between(s, g.digits[len(g.digits)-1].to)
		groups = append(groups, g)
		if g.between == "" || len(groups) == maxGroups || len(g.digits) > maxDigits {
			groups[len(groups)-1].between = ""
			return groups
		}
		i = g.digits[len(g.digits)-1].to + len(g.between)
	}
}

// scriptOf is the script of the digits that were read, of d if there are none.
func scriptOf(groups []group, g group, d digit) script {
	switch {
	case len(groups) > 0:
		return groups[0].digits[0].script
	case len(g.digits) > 0:
		return g.digits[0].script
	}
	return d.script
}

// digitAt reads the digit at i: of ASCII, full width, an escape, or of another script.
func digitAt(s string, i int) (digit, bool) {
	if i >= len(s) {
		return digit{}, false
	}
	if c := s[i]; isDigit(c) {
		return digit{from: i, to: i + 1, value: c}, true
	}
	if i+3 <= len(s) && s[i:i+2] == "\xEF\xBC" && 0x90 <= s[i+2] && s[i+2] <= 0x99 {
		return digit{from: i, to: i + 3, value: '0' + s[i+2] - 0x90}, true
	}
	if s[i] >= utf8.RuneSelf {
		return otherDigit(s, i)
	}
	c, size := escaped(s, i)
	return digit{from: i, to: i + size, value: c}, size > 0 && isDigit(c)
}

// letterX reads the last character of an ID number.
func letterX(s string, i int) (digit, bool) {
	switch {
	case i < len(s) && s[i]|0x20 == 'x':
		return digit{from: i, to: i + 1, value: 'X'}, true
	case strings.HasPrefix(s[min(i, len(s)):], "Ｘ"), strings.HasPrefix(s[min(i, len(s)):], "ｘ"):
		return digit{from: i, to: i + 3, value: 'X'}, true
	}
	return digit{}, false
}

// escaped reads an escape of an ASCII character at i: \u0031, \u{31}, \x31, &#49;, &#x31;, %31. Its
// size is 0 if there is none.
func escaped(s string, i int) (c byte, size int) {
	rest := s[i:min(len(s), i+8)]
	for _, form := range []struct {
		before, after string
		base, most    int
	}{
		{`\u00`, "", 16, 2}, {`\u{`, "}", 16, 4}, {`\x`, "", 16, 2}, {"%", "", 16, 2},
		{"&#x", ";", 16, 3}, {"&#X", ";", 16, 3}, {"&#", ";", 10, 3},
	} {
		if text, ok := strings.CutPrefix(rest, form.before); ok {
			if form.after == "" && len(text) >= form.most {
				text = text[:form.most]
			} else if text, _, ok = strings.Cut(text, form.after); !ok || form.after == "" {
				continue // an escape that is cut off, or no end of one
			}
			if v, ok := number(text, form.base); ok {
				return v, len(form.before) + len(text) + len(form.after)
			}
		}
	}
	return 0, 0
}

// number reads a number below 128.
func number(text string, base int) (byte, bool) {
	v := 0
	for _, c := range []byte(text) {
		d := strings.IndexByte("0123456789abcdef", c|0x20)
		if isDigit(c) {
			d = int(c - '0')
		}
		if d < 0 || d >= base {
			return 0, false
		}
		if v = v*base + d; v > 127 {
			return 0, false
		}
	}
	return byte(v), text != ""
}

// signs are what is written between groups of digits. Those in rareSigns are also between figures
// that have nothing to do with each other, and count only in what looks like a phone or ID number.
const (
	signs     = " -._\t·\u00a0\u2002\u2003\u2009\u202f\u3000‐‑‒–—－．＿−" + rareSigns
	rareSigns = "/,:|~*+()、，：／｜～＋（）"
)

// between is the sign behind a group at i, if digits follow: "" if none does. Two spaces,
// or a sign with spaces around it, count as one sign.
func between(s string, i int) string {
	from, runes := i, 0
	for i < len(s) && runes < 3 {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(signs, r) {
			break
		}
		i += size
		runes++
	}
	if _, ok := digitAt(s, i); !ok {
		if _, ok := letterX(s, i); !ok {
			return ""
		}
	}
	return s[from:i]
}

// invisible skips characters of no width, and marks on the digit before, which people paste along.
func invisible(s string, i int) int {
	for i < len(s) && s[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
			break
		}
		i += size
	}
	return i
}
