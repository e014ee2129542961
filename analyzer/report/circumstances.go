package report

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Circumstances says under what circumstances alone the place of a finding is there: on
// some of the platforms that the sources are built for, with something that comes from
// outside of the program. It is empty if none are known.
func Circumstances(f *finding.Finding, in lang.Code) string {
	var parts []string
	if names := platformTitles(f.Platforms, in); len(names) > 0 {
		list := strings.Join(names, in.Say("、", ", "))
		parts = append(parts, in.Say("只在"+list, "only on "+list))
	}
	if f.OnlyIf != nil {
		parts = append(parts, source.Printable(f.OnlyIf.Reason.In(in)))
	}
	return strings.Join(parts, in.Say("；", "; "))
}

// AlsoOn names the other pages on which a finding is there, some of them if there are many.
// It is empty if there are none.
func AlsoOn(f *finding.Finding, in lang.Code) string {
	routes := f.Others()
	if len(routes) == 0 {
		return ""
	}
	named := source.Printable(strings.Join(routes[:min(len(routes), maxNamed)], in.Say("、", ", ")))
	if len(routes) > maxNamed {
		named += in.Say(" 等", " and others")
	}
	n := len(routes)
	return in.Say(fmt.Sprintf("也在另外 %d 个页面：", n), "also on "+plural(n, "other page")+": ") + named
}

// maxNamed is how many of the other pages of a finding a text names.
const maxNamed = 5

// platforms names the platforms that a program was read for.
func (p *Project) platforms(in lang.Code) string {
	if len(p.Platforms) == 0 {
		return PlatformName(p.Platform, in)
	}
	return strings.Join(platformTitles(p.Platforms, in), in.Say("、", "/"))
}

// platformTitles are the words for platforms.
func platformTitles(names []string, in lang.Code) (titles []string) {
	for _, name := range names {
		if p := platform.PlatformByName(name); p != nil {
			titles = append(titles, p.Title.In(in))
		}
	}
	return titles
}
