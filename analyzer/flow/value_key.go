package flow

import (
	"strings"
	"unicode"
)

// Keys of which only parts are known: 'draft_' + id, kind + 'File'.

// keyPatterns returns the keys that v can be: those that are known, the patterns of those
// that are known in part, and whether it can be any other.
func keyPatterns(v *Value) (names, patterns []string, others bool) {
	if v == nil {
		return []string{"undefined"}, nil, false
	}
	unknownOnly := len(v.consts) == 0 && (v.unknown || v.data != nil)
	others = unknownOnly || len(v.objects) > 0
	for _, c := range v.consts {
		switch pattern := c.pattern(); {
		case c.kind != joined:
			names = append(names, c.String())
		case pattern == anyName:
			others = true
		default:
			patterns = append(patterns, pattern)
		}
	}
	return names, patterns, others || v.unknown && len(patterns) == 0
}

// pattern is a joined text with anyName for each piece that is not known.
func (c *constant) pattern() string {
	text := ""
	for _, p := range c.parts {
		if k, ok := p.val.only(); p.val != nil && ok && k.kind != joined {
			text += k.String()
		} else if p.val == nil {
			text += p.str
		} else if !strings.HasSuffix(text, anyName) {
			text += anyName
		}
	}
	return text
}

// sameKey reports whether two keys or patterns can be the same text. A pattern with next to
// no letters says too little to be found under another key: "*_*".
func sameKey(a, b string) bool {
	openA, openB := strings.Contains(a, anyName), strings.Contains(b, anyName)
	switch {
	case a == b:
		return true
	case openA && !telling(a), openB && !telling(b), !openA && !openB:
		return false
	case !openB:
		return fits(a, b)
	case !openA:
		return fits(b, a)
	}
	beginA, _, _ := strings.Cut(a, anyName)
	beginB, _, _ := strings.Cut(b, anyName)
	endA, endB := a[strings.LastIndex(a, anyName)+1:], b[strings.LastIndex(b, anyName)+1:]
	begins := strings.HasPrefix(beginA, beginB) || strings.HasPrefix(beginB, beginA)
	return begins && (strings.HasSuffix(endA, endB) || strings.HasSuffix(endB, endA))
}

// fewLetters is the number of letters and digits from which on a pattern says something.
const fewLetters = 3

func telling(pattern string) bool {
	n := 0
	for _, r := range pattern {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n >= fewLetters
}

// fits reports whether key is pattern with some text for each anyName.
func fits(pattern, key string) bool {
	pieces := strings.Split(pattern, anyName)
	first, last := pieces[0], pieces[len(pieces)-1]
	if len(key) < len(first)+len(last) || !strings.HasPrefix(key, first) || !strings.HasSuffix(key, last) {
		return false
	}
	middle := key[len(first) : len(key)-len(last)]
	for _, piece := range pieces[1 : len(pieces)-1] {
		_, after, found := strings.Cut(middle, piece)
		if !found {
			return false
		}
		middle = after
	}
	return true
}
