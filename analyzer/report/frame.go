package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// maxFrameLines is how many lines of source a frame shows. A start tag spread
// over more is cut: its first lines show what it is.
const maxFrameLines = 6

// frame writes the source at l with line numbers. A span within one line gets
// carets exactly under it, whatever the width of its characters; of a span over
// several lines, each line is marked in the margin. Lines longer than width
// cells are cut around the span.
func frame(w io.Writer, l source.Location, width int, paint style) {
	start, end := l.Start(), l.End()
	last := end.Line
	if _, offset := l.File.Line(last); last > start.Line && offset == l.Span.End {
		last-- // the span ends with a line ending
	}
	shown := min(last, start.Line+maxFrameLines-1)
	gutter := len(fmt.Sprint(shown))
	room := max(20, width-gutter-5)

	if start.Line == last {
		line, offset := l.File.Quote(l.Span)
		from := clamp(int(l.Span.Start-offset), 0, len(line))
		to := clamp(int(l.Span.End-offset), from, len(line))
		before, marked, after := window(line, from, to, room)
		fmt.Fprintf(w, "  %s %s %s%s%s\n", paint.cyan(fmt.Sprintf("%*d", gutter, start.Line)), paint.dim("|"), before, marked, after)
		blank := strings.Repeat(" ", source.DisplayWidth(before))
		carets := strings.Repeat("^", max(1, source.DisplayWidth(marked)))
		fmt.Fprintf(w, "  %*s %s %s%s\n", gutter, "", paint.dim("|"), blank, paint.bold(carets))
		return
	}

	indent := commonIndent(l.File, start.Line, shown)
	for n := start.Line; n <= shown; n++ {
		line, _ := l.File.Line(n)
		line = source.Printable(source.ExpandTabs(line))
		line = line[min(indent, len(line)):]
		fmt.Fprintf(w, "  %s %s %s\n", paint.cyan(fmt.Sprintf("%*d", gutter, n)), paint.bold(">"), source.CutEnd(line, room, ellipsis))
	}
	if shown < last {
		fmt.Fprintf(w, "  %*s %s %s\n", gutter, "", paint.bold(">"), ellipsis)
	}
}

func clamp(n, low, high int) int { return max(low, min(n, high)) }

// window returns the parts of line before, at and behind [from, to), without the
// indentation, tabs expanded, cut to room cells in all so that the span stays in
// sight.
func window(line string, from, to, room int) (before, marked, after string) {
	whole := source.ExpandTabs(line)
	a, b := len(source.ExpandTabs(line[:from])), len(source.ExpandTabs(line[:to]))
	indent := min(a, len(whole)-len(strings.TrimLeft(whole, " ")))
	before, marked, after = source.Printable(whole[indent:a]), source.Printable(whole[a:b]), source.Printable(whole[b:])

	if source.DisplayWidth(before)+source.DisplayWidth(marked)+source.DisplayWidth(after) <= room {
		return before, marked, after
	}
	if source.DisplayWidth(marked) > room-2*len(ellipsis) { // no room for anything else
		if before != "" {
			before = ellipsis
		}
		return before, source.CutEnd(marked, room-len(before), ellipsis), ""
	}
	left := room - source.DisplayWidth(marked)
	if fair := max(left/2, left-source.DisplayWidth(after)); source.DisplayWidth(before) > fair {
		before = source.CutStart(before, fair, ellipsis)
	}
	return before, marked, source.CutEnd(after, left-source.DisplayWidth(before), ellipsis)
}

// commonIndent returns how many blanks all lines from first to last begin with,
// empty lines aside.
func commonIndent(f *source.File, first, last int) int {
	indent := -1
	for n := first; n <= last; n++ {
		line, _ := f.Line(n)
		line = source.ExpandTabs(line)
		rest := strings.TrimLeft(line, " ")
		if rest == "" {
			continue
		}
		if blanks := len(line) - len(rest); indent < 0 || blanks < indent {
			indent = blanks
		}
	}
	return max(0, indent)
}
