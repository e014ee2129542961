package source

import "unicode/utf8"

// Difference is the smallest change of one span that makes b of a: what lies between
// their common beginning and their common end, at the borders of characters.
func Difference(a, b string) (span Span, text string) {
	n := min(len(a), len(b))
	head := 0
	for head < n && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < n-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for head > 0 && (head < len(a) && !utf8.RuneStart(a[head]) || head < len(b) && !utf8.RuneStart(b[head])) {
		head--
	}
	for tail > 0 && !utf8.RuneStart(a[len(a)-tail]) {
		tail--
	}
	return Span{Start: int32(head), End: int32(len(a) - tail)}, b[head : len(b)-tail]
}
