package report

import (
	"fmt"
	"unicode/utf16"
)

const (
	hashWindow     = 100 // code units that a line's hash covers
	hashMultiplier = 37
	endOfFile      = 65535 // fed once after the text
)

// lineHashes returns primaryLocationLineHash of every line of text, as GitHub's
// upload action computes it (github/codeql-action, src/fingerprints.ts): a
// rolling hash over the 100 UTF-16 code units from the line's first on, blanks
// and tabs left out, every line ending counted as one line feed. So a result
// keeps its identity while lines above it come and go. Equal hashes in one file
// are numbered.
func lineHashes(text string) []string {
	r := lineHasher{seen: map[uint64]int{}, first: 1}
	for range hashWindow {
		r.first *= hashMultiplier
	}
	atStart, afterCR := true, false
	unit := func(c uint16) {
		if c == ' ' || c == '\t' || c == '\n' && afterCR {
			afterCR = false
			return
		}
		afterCR = c == '\r'
		if afterCR {
			c = '\n'
		}
		r.feed(c, atStart)
		atStart = c == '\n'
	}
	for _, c := range text {
		if hi, lo := utf16.EncodeRune(c); hi != 0xFFFD {
			unit(uint16(hi))
			unit(uint16(lo))
		} else {
			unit(uint16(c))
		}
	}
	r.feed(endOfFile, atStart)
	for range hashWindow {
		r.feed(0, false)
	}
	return r.hashes
}

// lineHasher is the window over the text.
type lineHasher struct {
	window [hashWindow]uint16
	starts [hashWindow]bool // does a line start at this unit of the window?
	next   int              // the place of the next unit, which holds the oldest
	hash   uint64
	first  uint64 // hashMultiplier to the power of hashWindow
	seen   map[uint64]int
	hashes []string
}

// feed moves the window by one unit. A line's hash is known once its first unit
// is the oldest in the window.
func (r *lineHasher) feed(c uint16, startsLine bool) {
	if r.starts[r.next] {
		r.seen[r.hash]++
		r.hashes = append(r.hashes, fmt.Sprintf("%x:%d", r.hash, r.seen[r.hash]))
	}
	r.hash = hashMultiplier*r.hash + uint64(c) - r.first*uint64(r.window[r.next])
	r.window[r.next], r.starts[r.next] = c, startsLine
	r.next = (r.next + 1) % hashWindow
}
