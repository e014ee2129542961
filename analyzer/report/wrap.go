package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/source"
)

// hang is how much further than its first line the rest of a wrapped line begins.
const hang = 4

// wrap breaks a line that is longer than width cells at blanks and between Chinese
// characters; what follows is indented by hang cells more than the line. A word that
// is too long for a line, such as a path, stays whole, so that it can be clicked.
// The codes of colours take no cells.
func wrap(line string, width int) string {
	if width <= 0 || cellsOf(line) <= width {
		return line
	}
	indent := min(len(line)-len(strings.TrimLeft(line, " "))+hang, width/2)
	var out strings.Builder
	used := 0
	for _, word := range pieces(line) {
		cells := cellsOf(strings.TrimRight(word, " "))
		if used+cells > width && used > indent {
			out.WriteString("\n" + strings.Repeat(" ", indent))
			used = indent
		}
		out.WriteString(word)
		used += cellsOf(word)
	}
	var lines []string
	for l := range strings.Lines(out.String()) {
		lines = append(lines, strings.TrimRight(l, " \n"))
	}
	return strings.Join(lines, "\n")
}

// pieces cuts a line into the parts between which it may be broken. Blanks at its start belong to the
// first; others, and the codes of colours, belong to the part before them.
func pieces(line string) []string {
	var out []string
	start, last := 0, rune(0) // last is the character before, blanks included
	inside := len(line) - len(strings.TrimLeft(line, " "))
	for i := inside; i < len(line); {
		if n := colourCode(line[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(line[i:])
		if last != 0 && r != ' ' && breakable(last, r) {
			out = append(out, line[start:i])
			start = i
		}
		last = r
		i += n
	}
	return append(out, line[start:])
}

// breakable reports whether a line may end behind a and go on with b.
func breakable(a, b rune) bool {
	if a == ' ' {
		return true
	}
	return (ideographic(a) || ideographic(b)) && !strings.ContainsRune(opening, a) && !strings.ContainsRune(closing, b)
}

// Marks that must not end a line, and marks that must not begin one (GB/T 15834-2011).
const (
	opening = "（“‘《〈【〔「『(["
	closing = "，。、；：？！）”’》〉】〕」』…,.;:?!)]"
)

// ideographic reports whether r is a Chinese character or mark: a line may be broken on
// both sides of it.
func ideographic(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune(opening+closing, r) && r > unicode.MaxLatin1
}

// cellsOf is how many cells a text takes that may have the codes of colours in it.
func cellsOf(text string) int {
	if !strings.Contains(text, "\x1b") {
		return source.DisplayWidth(text)
	}
	var plain strings.Builder
	for i := 0; i < len(text); {
		if n := colourCode(text[i:]); n > 0 {
			i += n
			continue
		}
		plain.WriteByte(text[i])
		i++
	}
	return source.DisplayWidth(plain.String())
}

// colourCode is the length of the code of a colour at the start of text, as style
// writes it, or 0.
func colourCode(text string) int {
	if !strings.HasPrefix(text, "\x1b[") {
		return 0
	}
	return strings.IndexByte(text, 'm') + 1
}
