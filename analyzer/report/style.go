package report

import (
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// style writes terminal colours, or nothing if colour is off.
type style bool

func (s style) paint(code, text string) string {
	if !s || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string   { return s.paint("1", text) }
func (s style) dim(text string) string    { return s.paint("2", text) }
func (s style) red(text string) string    { return s.paint("1;31", text) }
func (s style) green(text string) string  { return s.paint("1;32", text) }
func (s style) yellow(text string) string { return s.paint("1;33", text) }
func (s style) cyan(text string) string   { return s.paint("36", text) }

// level paints text in the colour of a level of SARIF.
func (s style) level(level, text string) string {
	switch level {
	case "error":
		return s.red(text)
	case "warning":
		return s.yellow(text)
	}
	return s.dim(text)
}

// oneLine makes a text of the scanned program fit into a line: printable, blanks
// folded, cut at its end to the given number of cells.
func oneLine(s string, cells int) string {
	return source.CutEnd(source.Printable(strings.Join(strings.Fields(s), " ")), cells, ellipsis)
}

const ellipsis = "..."

// pad fills s with blanks up to the given number of cells, on its right.
func pad(s string, cells int) string {
	return s + strings.Repeat(" ", max(0, cells-source.DisplayWidth(s)))
}
