// Package source holds the text of scanned files and the one position scheme
// of the analyzer: byte offsets into that text, half open. Lines and columns
// are computed here, once, when something is shown to a person or written to a
// report.
package source

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets [Start, End) into File.Text.
type Span struct {
	Start, End int32
}

// Range returns s itself, so that every type that embeds a Span has a range.
func (s Span) Range() Span { return s }

// Len returns the length of s in bytes.
func (s Span) Len() int { return int(s.End - s.Start) }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// To returns the span from the start of s to the end of t.
func (s Span) To(t Span) Span { return Span{s.Start, t.End} }

// Position is a place in a file as a person or an editor counts it.
type Position struct {
	Line   int // from 1
	Column int // in UTF-16 code units, from 1
}

// File is the decoded text of one file of the scanned tree. It is immutable
// once it is read; a front end that needs to write into the text takes a copy.
type File struct {
	Path     string   // relative to the scanned directory, with forward slashes
	Text     string   // UTF-8 without byte order mark; every Span refers to it
	Encoding Encoding // how the text was stored on disk

	Memo Memo // what was worked out of the text

	starts lazy[int32] // offset of the first byte of each line
	marks  lazy[count] // what is before every markStride-th byte
}

// lazy is a list that is made when it is first asked for: nobody is shown a place in most files.
type lazy[T any] struct {
	once sync.Once
	list []T
}

func (l *lazy[T]) get(make func(string) []T, text string) []T {
	l.once.Do(func() { l.list = make(text) })
	return l.list
}

func (f *File) lines() []int32 { return f.starts.get(lineStarts, f.Text) }

// markStride is the distance in bytes between the places of which File keeps how many characters
// are before them. A form of thousands of fields may be on one line: counting from its start
// for each of them would take time by the square of their number.
const markStride = 1 << 10

// count is how long a text is.
type count struct{ characters, units int32 } // units are those of UTF-16

// NewFile returns a file with the given path and text. The text must be valid
// UTF-8 without byte order mark; use Decode for bytes from disk.
func NewFile(path, text string) *File {
	return &File{Path: path, Text: text, Encoding: UTF8}
}

// countMarks counts what is before every markStride-th byte of text.
func countMarks(text string) []count {
	marks := make([]count, 0, len(text)/markStride+1)
	n := count{}
	for i := 0; i < len(text); i += markStride {
		marks = append(marks, n)
		n = n.plus(text[i:min(i+markStride, len(text))])
	}
	return marks
}

// plus is n and the characters that begin in s, a piece of UTF-8.
func (n count) plus(s string) count {
	for i := range len(s) {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		n.characters++
		n.units++
		if s[i] >= 0xf0 { // four bytes: a surrogate pair
			n.units++
		}
	}
	return n
}

// lineStarts finds the first byte of every line. LF, CRLF and a lone CR end a
// line, as they do in the editors that show our positions.
func lineStarts(text string) []int32 {
	starts := make([]int32, 1, 1+len(text)/32)
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			starts = append(starts, int32(i+1))
		case '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				starts = append(starts, int32(i+1))
			}
		}
	}
	return starts
}

// Lines returns the number of lines, at least 1.
func (f *File) Lines() int { return len(f.lines()) }

// LineAt returns the line, from 1, that holds the byte at offset.
func (f *File) LineAt(offset int32) int {
	lines := f.lines()
	return sort.Search(len(lines), func(i int) bool { return lines[i] > offset })
}

// Line returns the text of line n, from 1, without its line ending, and the
// offset of its first byte. Out of range it returns "" and the nearest offset.
func (f *File) Line(n int) (string, int32) {
	if n < 1 {
		return "", 0
	}
	lines := f.lines()
	if n > len(lines) {
		return "", int32(len(f.Text))
	}
	start, end := lines[n-1], int32(len(f.Text))
	if n < len(lines) {
		end = lines[n]
	}
	return strings.TrimRight(f.Text[start:end], "\r\n"), start
}

// Position converts a byte offset. Offsets outside the text are clamped.
func (f *File) Position(offset int32) Position {
	offset = max(0, min(offset, int32(len(f.Text))))
	line := f.LineAt(offset)
	start := f.lines()[line-1]
	if offset-start < 4*markStride {
		return Position{Line: line, Column: 1 + UTF16Len(f.Text[start:offset])}
	}
	return Position{Line: line, Column: 1 + int(f.before(offset).units-f.before(start).units)}
}

// CharacterColumn returns in which character of its line an offset is, from 1.
func (f *File) CharacterColumn(offset int32) int {
	offset = max(0, min(offset, int32(len(f.Text))))
	return 1 + int(f.before(offset).characters-f.before(f.lines()[f.LineAt(offset)-1]).characters)
}

// before counts what is before an offset.
func (f *File) before(offset int32) count {
	marks := f.marks.get(countMarks, f.Text)
	if len(marks) == 0 {
		return count{}
	}
	at := min(int(offset/markStride), len(marks)-1)
	return marks[at].plus(f.Text[at*markStride : offset])
}

// quoteReach is how many bytes of a line Quote gives before and behind a place.
const quoteReach = 2000

// Quote returns the line on which s begins, without its line ending, and the offset of its first
// byte. Of a line as long as a whole file it returns what is near s: more than anybody can be shown.
func (f *File) Quote(s Span) (string, int32) {
	line, start := f.Line(f.LineAt(s.Start))
	from, to := int(s.Start-start)-quoteReach, int(s.End-start)+quoteReach
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	line = line[:min(to, len(line))]
	if from <= 0 {
		return line, start
	}
	for from < len(line) && !utf8.RuneStart(line[from]) {
		from++
	}
	return line[from:], start + int32(from)
}

// Slice returns the text of s, or "" if s lies outside the file.
func (f *File) Slice(s Span) string {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(f.Text) {
		return ""
	}
	return f.Text[s.Start:s.End]
}

// UTF16Len returns the length of s in UTF-16 code units, the unit of columns in
// SARIF, in JSON reports and in editors.
func UTF16Len(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		n++
		if r >= 0x10000 {
			n++
		}
		i += size
	}
	return n
}

// Location is a span in a named file.
type Location struct {
	File *File
	Span Span
}

// Start returns the position of the first byte of l.
func (l Location) Start() Position { return l.File.Position(l.Span.Start) }

// End returns the position just behind the last byte of l.
func (l Location) End() Position { return l.File.Position(l.Span.End) }

// String is path:line, by which people name a place; "" for the zero Location.
func (l Location) String() string {
	if l.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s:%d", l.File.Path, l.Start().Line)
}

// Link is path:line:column, which editors and terminals make a link of; "" for the
// zero Location.
func (l Location) Link() string {
	if l.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s:%d", l, l.Start().Column)
}

// IsZero reports whether l names no place.
func (l Location) IsZero() bool { return l.File == nil }

// Text returns the source text at l.
func (l Location) Text() string {
	if l.File == nil {
		return ""
	}
	return l.File.Slice(l.Span)
}
