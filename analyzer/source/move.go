package source

import (
	"sort"
	"strings"
)

// Move leads from places in a text to the same places in another text, of which only
// some is different. An example, from "a = 1" to "a  =  1 // one":
//
//	the 1, [4, 5)      is at [6, 7)
//	the whole, [0, 5)  is [0, 14)
type Move struct {
	From, To *File

	runs []run // the bytes that both have, in order
}

// run is a part that is the same in both texts.
type run struct{ from, to, n int32 }

// MoveAround returns the move between two texts that differ in one piece: what is before
// it stays, what is behind it is shifted.
func MoveAround(from, to *File) *Move {
	a, b := from.Text, to.Text
	before, most := 0, min(len(a), len(b))
	for before < most && a[before] == b[before] {
		before++
	}
	behind := 0
	for behind < most-before && a[len(a)-1-behind] == b[len(b)-1-behind] {
		behind++
	}
	if n := wholeLines(a, b, before, behind); n > 0 {
		before, behind = before-n, behind+n
	}
	m := &Move{From: from, To: to}
	m.add(0, 0, before)
	m.add(len(a)-behind, len(b)-behind, behind)
	return m
}

// wholeLines returns by how many bytes a piece that is only in one of two texts can be shifted
// to the left so that it begins with a line; 0 if it cannot. An example: a line in front of
// another that begins alike,
//
//   - <!-- phone -->
//     <input />
//
// of which what is left of the first bytes that differ is not <.
func wholeLines(a, b string, before, behind int) int {
	longer := a
	if len(b) > len(a) {
		longer = b
	}
	if before+behind != min(len(a), len(b)) {
		return 0 // something is replaced
	}
	end := len(longer) - behind
	for n := 0; n <= before; n++ {
		if n == before || longer[before-n-1] == '\n' {
			return n
		}
		if longer[before-n-1] != longer[end-n-1] {
			return 0
		}
	}
	return 0
}

// MoveApart returns the move between two texts that differ in white space and in the
// given comments alone, which are in order: text that was formatted anew. It is nil if
// they differ in anything else. Nor may white space vanish or appear between two bytes that
// touched: ab is not a b.
func MoveApart(from, to *File, old, new []Span) *Move {
	m := &Move{From: from, To: to}
	a, b := &reader{text: from.Text, comments: old}, &reader{text: to.Text, comments: new}
	for {
		apart, too := a.skip(), b.skip()
		if a.done() && b.done() {
			return m
		}
		within := len(m.runs) > 0 // at the ends of a text nothing touches
		if a.done() || b.done() || within && apart != too || a.text[a.at] != b.text[b.at] {
			return nil
		}
		if apart || !within {
			m.runs = append(m.runs, run{from: int32(a.at), to: int32(b.at)})
		}
		m.runs[len(m.runs)-1].n++
		a.at++
		b.at++
	}
}

func (m *Move) add(from, to, n int) {
	if n > 0 {
		m.runs = append(m.runs, run{int32(from), int32(to), int32(n)})
	}
}

// reader reads what is no white space and no comment.
type reader struct {
	text     string
	comments []Span // those that are not behind it
	at       int
}

func (r *reader) done() bool { return r.at >= len(r.text) }

// skip goes on to the next byte that counts, and reports whether it is another.
func (r *reader) skip() bool {
	began := r.at
	for !r.done() {
		if len(r.comments) > 0 && r.at >= int(r.comments[0].Start) {
			r.at = max(r.at, int(r.comments[0].End))
			r.comments = r.comments[1:]
			continue
		}
		if strings.IndexByte(" \t\r\n\f\v", r.text[r.at]) < 0 {
			break
		}
		r.at++
	}
	return r.at > began
}

// Span returns where s is in the other text. ok is false if it begins or ends in a part
// that is not in both: nobody can say where that is. The span of the whole text, and the
// zero span, which names no place, are those of the other.
func (m *Move) Span(s Span) (moved Span, ok bool) {
	switch s {
	case Span{}:
		return s, true
	case Span{0, int32(len(m.From.Text))}:
		return Span{0, int32(len(m.To.Text))}, true
	}
	start, ok := m.offset(s.Start)
	if !ok || s.Len() == 0 {
		return Span{start, start}, ok
	}
	last, ok := m.offset(s.End - 1)
	return Span{start, last + 1}, ok
}

// offset returns where the byte at n is in the other text.
func (m *Move) offset(n int32) (int32, bool) {
	if n == int32(len(m.From.Text)) {
		return int32(len(m.To.Text)), true
	}
	i := sort.Search(len(m.runs), func(i int) bool { return m.runs[i].from > n }) - 1
	if i < 0 || n >= m.runs[i].from+m.runs[i].n {
		return 0, false
	}
	return m.runs[i].to + n - m.runs[i].from, true
}
