package finding

import "strings"

// Numbers of persons in a text, in the spellings in which people write them.

// A PersonNumber is a mainland mobile number or a citizen identification number in a
// text: 13812345678, +86 138-1234-5678, １３８１２３４５６７８, 110105 19491231 002X.
type PersonNumber struct {
	Category   Category // Phone or IDCard
	Start, End int      // bytes of the text, half open; a prefix such as +86 belongs to it
	Digits     string   // without prefix and separators, full-width digits as ASCII; X in capitals
	hide       []cell   // the characters that Mask replaces
}

// cell is the place of one character: bytes, half open.
type cell struct{ from, to int }

// PersonNumbers finds the numbers in s in their order. A number inside a longer one (a
// time stamp, an order number) is none; letters beside one are for the caller to judge.
func PersonNumbers(s string) []PersonNumber {
	var out []PersonNumber
	for i := 0; i < len(s); {
		if _, n := digitAt(s, i); n == 0 {
			i++
			continue
		}
		groups, end := digitGroups(s, i)
		if p, ok := numberOf(s, joinGroups(groups), shapeOf(groups)); ok {
			out = append(out, p)
		} else if len(groups) > 1 {
			for _, g := range groups { // 2024-13812345678
				if p, ok := numberOf(s, g, []int{len(g.digits)}); ok {
					out = append(out, p)
				}
			}
		}
		i = end
	}
	return out
}

// group is a run of digits.
type group struct {
	digits string
	cells  []cell
}

// digitGroups reads the digits at i, in groups with the same single separator between
// them, and returns the end.
func digitGroups(s string, i int) (groups []group, end int) {
	separator := ""
	cur := group{}
	for i < len(s) {
		if d, n := digitAt(s, i); n > 0 {
			cur.digits += string(d)
			cur.cells = append(cur.cells, cell{i, i + n})
			i += n
			continue
		}
		sep := separatorAt(s, i)
		if sep == "" || (separator != "" && sep != separator) {
			break
		}
		if _, n := digitAt(s, i+len(sep)); n == 0 {
			break
		}
		separator = sep
		groups, cur = append(groups, cur), group{}
		i += len(sep)
	}
	if n := checkLetterAt(s, i); n > 0 {
		cur.digits += "X"
		cur.cells = append(cur.cells, cell{i, i + n})
	}
	return append(groups, cur), i
}

// digitAt returns the digit at i and its length in bytes, 0 if there is none.
func digitAt(s string, i int) (digit byte, n int) {
	switch {
	case i >= len(s):
	case isDigit(s[i]):
		return s[i], 1
	case strings.HasPrefix(s[i:], "\uff10"[:2]) && i+2 < len(s) && 0x90 <= s[i+2] && s[i+2] <= 0x99: // full-width
		return '0' + s[i+2] - 0x90, 3
	}
	return 0, 0
}

func separatorAt(s string, i int) string {
	for _, sep := range [...]string{" ", "-", "\u00a0", "\u3000", "\uff0d", "\u2013", "\u00b7"} {
		if strings.HasPrefix(s[i:], sep) {
			return sep
		}
	}
	return ""
}

// checkLetterAt returns the length of an X at i, the last character of an ID number.
func checkLetterAt(s string, i int) int {
	for _, x := range [...]string{"X", "x", "Ｘ", "ｘ"} {
		if strings.HasPrefix(s[i:], x) {
			return len(x)
		}
	}
	return 0
}

func joinGroups(groups []group) group {
	out := groups[0]
	for _, g := range groups[1:] {
		out.digits += g.digits
		out.cells = append(out.cells[:len(out.cells):len(out.cells)], g.cells...)
	}
	return out
}

func shapeOf(groups []group) []int {
	var out []int
	for _, g := range groups {
		out = append(out, len(g.digits))
	}
	return out
}

// prefixes are those of a mobile number.
var prefixes = []string{"0086", "86"}

// numberOf reads digits in groups of the given lengths.
func numberOf(s string, g group, shape []int) (PersonNumber, bool) {
	number := func(c Category, skip, from, to int) (PersonNumber, bool) {
		start := g.cells[0].from
		if skip > 0 {
			start = plusBefore(s, start)
		}
		return PersonNumber{c, start, g.cells[len(g.cells)-1].to, g.digits[skip:], g.cells[skip+from : skip+to]}, true
	}
	digits := strings.TrimSuffix(g.digits, "X")
	if len(digits) == len(g.digits)-1 && len(digits) != 17 {
		g.digits, g.cells = digits, g.cells[:len(digits)] // no check letter: 13812345678x
		shape = append(shape[:len(shape)-1:len(shape)-1], shape[len(shape)-1]-1)
	}
	for _, prefix := range append([]string{""}, prefixes...) {
		if rest, ok := strings.CutPrefix(g.digits, prefix); ok && isMobile(rest) && groupedAs(shape, len(prefix), 3, 4, 4) {
			return number(Phone, len(prefix), 3, 7)
		}
	}
	switch {
	case ValidIDNumber(g.digits) && (groupedAs(shape, 0, 6, 8, 4) || groupedAs(shape, 0, 6, 4, 4, 4)):
		return number(IDCard, 0, 6, 14)
	case len(g.digits) == 15 && len(shape) == 1 && validDate("19"+g.digits[6:12]):
		return number(IDCard, 0, 6, 12)
	}
	return PersonNumber{}, false
}

// groupedAs reports whether groups of the given lengths are a prefix and then one group,
// or the parts; the prefix may be joined to what follows.
func groupedAs(shape []int, prefix int, parts ...int) bool {
	whole := 0
	for _, p := range parts {
		whole += p
	}
	if len(shape) > 1 && prefix > 0 && shape[0] == prefix {
		shape = shape[1:]
		prefix = 0
	}
	if len(shape) == 1 {
		return shape[0] == prefix+whole
	}
	if len(shape) != len(parts) {
		return false
	}
	for i, p := range parts {
		if i == 0 {
			p += prefix
		}
		if shape[i] != p {
			return false
		}
	}
	return true
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
