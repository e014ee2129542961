package markup

import (
	"html"
	"strings"
)

// maxEntity is the length of the longest entity, &CounterClockwiseContourIntegral;.
const maxEntity = 33

// decodeEntities replaces the entities of s. Unlike HTML, templates want the
// semicolon: "&copy" and "a & b" stay as they are.
func decodeEntities(s string) string {
	amp := strings.IndexByte(s, '&')
	if amp < 0 {
		return s
	}
	var b strings.Builder
	for amp >= 0 {
		b.WriteString(s[:amp])
		s = s[amp:]
		n := entityLen(s)
		if n == 0 {
			n = 1 // the & itself
			b.WriteByte('&')
		} else {
			b.WriteString(decodeEntity(s[:n]))
		}
		s = s[n:]
		amp = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// entityLen returns the length of what looks like an entity at the start of s.
func entityLen(s string) int {
	for i := 1; i < len(s) && i < maxEntity; i++ {
		switch c := s[i]; {
		case c == ';' && i > 1:
			return i + 1
		case c == '#' && i == 1, '0' <= c && c <= '9', 'a' <= c|0x20 && c|0x20 <= 'z':
		default:
			return 0
		}
	}
	return 0
}

// decodeEntity decodes one entity. html.UnescapeString knows some names without
// semicolon and would take the start of an unknown name for one of them; the
// semicolon that remains tells.
func decodeEntity(s string) string {
	d := html.UnescapeString(s)
	if len(d) > 1 && d[len(d)-1] == ';' {
		return s
	}
	return d
}
