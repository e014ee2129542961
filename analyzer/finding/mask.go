package finding

import "unicode/utf8"

// Mask hides personal data in s: mainland mobile numbers, ID numbers of GB
// 11643-1999 with a valid check digit or, of the old form, a valid date, and
// email addresses, in the writings that people and programs use: in groups
// (139 1234 5678), with a code before (0086), in digits of any script (１３９, 一三九), as escapes of
// HTML, JavaScript and addresses (&#49;39…, name%40host), and in base64. What goes is
// replaced byte for byte, so offsets stay right, and the owner of the text can still
// recognise the rest: 138****1234, 110105********002X, w********@example.com.
//
// A number inside a longer one (a time stamp, an order number) is left alone.
func Mask(s string) string {
	m := masking{text: s}
	for i := 0; i < len(s); {
		next := i + 1
		switch c := s[i]; {
		case isLetter(c):
			next = m.word(i)
		case isDigit(c):
			next = m.number(i)
		case c == ' ': // only between @ and the words around it
			if i+1 < len(s) && (s[i+1] == '@' || s[i+1] == 'A') {
				next = m.address(i)
			}
		case c == '@' || c == '(' || c == '[':
			next = m.address(i)
		case c >= utf8.RuneSelf || c == '\\' || c == '&' || c == '%': // an escape, or no ASCII
			next = m.unusual(i)
		}
		i = next
	}
	if m.masked == nil {
		return s
	}
	return string(m.masked)
}

// unusual hides what begins at i with an escape or a character beyond ASCII, and returns where to
// go on.
func (m *masking) unusual(i int) int {
	if _, ok := digitAt(m.text, i); ok {
		return m.number(i)
	}
	if c := m.text[i]; c < utf8.RuneSelf || c == fullWidth {
		return m.address(i)
	}
	_, size := utf8.DecodeRuneInString(m.text[i:])
	return i + size
}

// masking is one run of Mask.
type masking struct {
	text   string
	masked []byte // copy of text, made at the first thing to hide
}

// fullWidth is the first byte of full-width characters (U+FF00 to U+FF5F).
const fullWidth = 0xEF

// hide replaces text[from:to] by as many bytes: each character by one that is as long, so that
// columns stay right, too.
func (m *masking) hide(from, to int) {
	if m.masked == nil {
		m.masked = []byte(m.text)
	}
	for i := from; i < to; {
		i += copy(m.masked[i:to], asteriskFor(m.text[i:to]))
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isMobile reports whether s is a mainland mobile number: 1, then 3 to 9, then
// nine digits.
func isMobile(s string) bool {
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return false
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// ValidIDNumber reports whether s is an 18-character citizen identification
// number of GB 11643-1999, or a residence permit number of the same form: 17
// digits with a date in them, and the right check character (ISO 7064:1983,
// MOD 11-2).
func ValidIDNumber(s string) bool {
	if len(s) != 18 {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if !isDigit(s[i]) {
			return false
		}
		sum += w * int(s[i]-'0')
	}
	check := s[17]
	if check == 'x' {
		check = 'X'
	}
	return "10X98765432"[sum%11] == check && validDate(s[6:14])
}

// validDate reports whether s, eight digits, can be a date of birth. Days are
// not counted by month: a false alarm costs nothing here.
func validDate(s string) bool {
	century, month, day := s[:2], s[4:6], s[6:8]
	return (century == "18" || century == "19" || century == "20") &&
		"01" <= month && month <= "12" && "01" <= day && day <= "31"
}
