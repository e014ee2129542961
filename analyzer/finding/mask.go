package finding

import "strings"

// Mask hides personal data in s: mainland mobile numbers, ID numbers of GB
// 11643-1999 with a valid check digit or, of the old form, a valid date, both also
// in groups and in full-width digits, and email addresses. Every byte that goes is
// replaced by one "*", so offsets stay right, and the owner of the text can still
// recognise the rest: 138****1234, 110105********002X, w********@example.com.
//
// A number inside a longer one (a time stamp, an order number) is left alone.
func Mask(s string) string {
	var b []byte // copy of s, made at the first thing to hide
	hide := func(from, to int) {
		if b == nil {
			b = []byte(s)
		}
		for i := from; i < to; i++ {
			b[i] = '*'
		}
	}
	for _, n := range PersonNumbers(s) {
		for _, c := range n.hide {
			hide(c.from, c.to)
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '@' {
			continue
		}
		if start, end := emailAround(s, i); start >= 0 {
			hide(start+1, i)
			i = end - 1
		}
	}
	if b == nil {
		return s
	}
	return string(b)
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

// emailAround returns the range of the email address whose "@" is at i, or -1.
// What follows the last point must be letters, which tells an address from
// name@2x.png (its host starts with a digit and x) and from name@1.2.3.
func emailAround(s string, at int) (start, end int) {
	start, end = at, at+1
	for start > 0 && isMailbox(s[start-1]) {
		start--
	}
	for start < at && s[start] == '.' {
		start++
	}
	for end < len(s) && (isLetter(s[end]) || isDigit(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	end -= len(s[at+1:end]) - len(strings.TrimRight(s[at+1:end], ".-"))
	host := s[at+1 : end]
	dot := strings.LastIndexByte(host, '.')
	if start == at || dot <= 0 || len(host)-dot-1 < 2 || isScale(host[:dot]) {
		return -1, -1
	}
	for _, c := range []byte(host[dot+1:]) {
		if !isLetter(c) {
			return -1, -1
		}
	}
	return start, end
}

// isScale reports whether s is the density mark of a picture's name, as in
// icon@2x.png.
func isScale(s string) bool {
	return len(s) == 2 && isDigit(s[0]) && s[1] == 'x'
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isMailbox(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%'
}
