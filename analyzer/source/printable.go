package source

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Printable makes text of the scanned program safe to show to a person: control
// characters, which could move a terminal's cursor or change its colours, and
// marks that change the direction of writing (Unicode 16, UAX #9) become "?".
// So do line breaks and tabs.
func Printable(s string) string { return strings.Map(printable, s) }

func printable(r rune) rune {
	switch {
	case unicode.IsControl(r), r == 0x2028, r == 0x2029, // line and paragraph separator
		r == 0x061C, r == 0x200E, r == 0x200F, 0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069:
		return '?'
	}
	return r
}

// PrintableLines is Printable for text of several lines: line breaks, which
// become "\n", and tabs stay.
func PrintableLines(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return printable(r)
	}, s)
}

// PrintableWriter returns a writer that passes text on to w with
// PrintableLines applied. A character must not be split between writes.
func PrintableWriter(w io.Writer) io.Writer { return printableWriter{w} }

type printableWriter struct{ w io.Writer }

func (p printableWriter) Write(text []byte) (int, error) {
	if _, err := io.WriteString(p.w, PrintableLines(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// JSONWriter returns a writer that passes JSON on to w with every character that is
// not Printable, line breaks and tabs aside, as an escape: what it says stays the same.
// A character must not be split between writes.
func JSONWriter(w io.Writer) io.Writer { return jsonWriter{w} }

type jsonWriter struct{ w io.Writer }

func (j jsonWriter) Write(text []byte) (int, error) {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range string(text) {
		if r >= 0x7f && printable(r) != r {
			fmt.Fprintf(&out, `\u%04x`, r)
			continue
		}
		out.WriteRune(r)
	}
	if _, err := io.WriteString(j.w, out.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}
