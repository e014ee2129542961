package report

import (
	"fmt"
	"path"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// shownLosses is how many of the ways on which a value was lost are named in one line.
const shownLosses = 2

// DestinationNote says what the flows of a finding do not tell about its destinations:
// that these are open, and why; that the value stays; or that there may be more. It is
// empty if the flows tell all.
func DestinationNote(d finding.Destination, in lang.Code) string {
	switch {
	case d.State == finding.DestinationOpen:
		return in.Say("去向未知：", "where it goes is not known: ") + lostWays(d.Reasons, in)
	case d.State == finding.DestinationStays:
		return in.Say("留在本页", "stays on the page")
	case len(d.Reasons) > 0:
		return in.Say("可能还有别的去向：", "there may be more: ") + lostWays(d.Reasons, in)
	}
	return ""
}

// lostWays names the first of some ways.
func lostWays(all []finding.Loss, in lang.Code) string {
	var parts []string
	for _, l := range all[:min(len(all), shownLosses)] {
		parts = append(parts, lostWay(l, path.Base, in))
	}
	text := strings.Join(parts, in.Say("；", "; "))
	if n := len(all) - shownLosses; n > 0 {
		text += in.Say(fmt.Sprintf("；另有 %d 处", n), fmt.Sprintf("; and %d more", n))
	}
	return text
}

// lostWay says how a value was lost, and where; name writes a path. If a whole file is
// meant, the text names it, perhaps without its suffix.
func lostWay(l finding.Loss, name func(string) string, in lang.Code) string {
	text := source.Printable(l.Text.In(in))
	if l.Location.IsZero() {
		return text
	}
	at := source.Printable(name(l.Location.File.Path))
	switch whole := l.Location.Span == (source.Span{}); {
	case whole && strings.Contains(text, strings.TrimSuffix(path.Base(at), path.Ext(at))):
		return text
	case !whole:
		at = fmt.Sprintf("%s:%d", at, l.Location.Start().Line)
	}
	return text + in.Say("（"+at+"）", " ("+at+")")
}
