package source

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// tabWidth is the distance of the tab stops in text shown to a person.
const tabWidth = 4

// cells measures text alike on every machine: the zero Condition does not look
// at the locale, as the package's own default does.
var cells = &runewidth.Condition{}

// DisplayWidth returns how many terminal cells s takes: 2 for Chinese and for
// emoji, 0 for combining marks; a tab reaches to the next multiple of 4 from the
// start of s. It tells the place of the caret under a line of source.
func DisplayWidth(s string) int {
	width := 0
	for {
		i := strings.IndexByte(s, '\t')
		if i < 0 {
			return width + cells.StringWidth(s)
		}
		width += cells.StringWidth(s[:i])
		width += tabWidth - width%tabWidth
		s = s[i+1:]
	}
}

// CutEnd shortens s to n cells at its end and puts mark, such as "...", in place of
// what is gone. It cuts between characters as a person sees them, so a family of
// joined emoji goes or stays as a whole. A text that fits is unchanged.
func CutEnd(s string, n int, mark string) string {
	if fits(s, n) {
		return s
	}
	return cells.Truncate(s, n, mark)
}

// fits reports whether s certainly takes at most n cells: no character takes more cells than
// it has bytes. To measure others, the library fills tables of 2 MB first.
func fits(s string, n int) bool { return len(s) <= n }

// CutStart is CutEnd at the other end.
func CutStart(s string, n int, mark string) string {
	if fits(s, n) || cells.StringWidth(s) <= n {
		return s
	}
	return cells.TruncatePrefix(s, n, mark)
}

// ExpandTabs replaces every tab of s by the spaces that DisplayWidth counts for
// it, so that a line and the caret below it agree on every terminal.
func ExpandTabs(s string) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var b strings.Builder
	width := 0
	for i, piece := range strings.Split(s, "\t") {
		if i > 0 {
			n := tabWidth - width%tabWidth
			b.WriteString(strings.Repeat(" ", n))
			width += n
		}
		b.WriteString(piece)
		width += cells.StringWidth(piece)
	}
	return b.String()
}
