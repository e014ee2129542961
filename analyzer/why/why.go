// Package why explains what was found at one place of a scanned program, and why
// nothing was found at another: it is what `beian why` runs. It takes a Scan and a
// Place and gives a report.Explanation. It judges nothing: package control says why a
// control is no finding.
package why

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
)

// Place is a line of a file, or a whole file.
type Place struct {
	File string // as paths are in a scan of one directory
	Line int    // from 1; 0 for the whole file
}

// String gives "pages/a/a.wxml:3", or the path alone.
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// covers reports whether l is on the line.
func (p Place) covers(l source.Location) bool {
	if l.IsZero() || l.File.Path != p.File {
		return false
	}
	return p.Line == 0 || (l.Start().Line <= p.Line && p.Line <= l.End().Line)
}

// Explain gathers what is known about a place.
func Explain(at Place, scan *analyzer.Scan) *report.Explanation {
	e := &report.Explanation{Place: at.String()}
	var rest []finding.Finding
	for f, a := range scan.Findings() {
		if at.covers(f.Location) {
			e.Findings = append(e.Findings, explained(*f, a.Values))
			continue
		}
		rest = append(rest, *f)
		if at.Line > 0 && slices.ContainsFunc(f.Flows, func(w finding.Flow) bool { return at.covers(w.Sink.Location) }) {
			e.Arrivals = append(e.Arrivals, *f)
		}
	}
	if len(e.Arrivals) == 0 && (at.Line > 0 || len(e.Findings) == 0) {
		e.Points = points(at, scan, e.Findings)
	}
	if len(e.Findings) == 0 && len(e.Arrivals) == 0 && len(e.Points) == 0 {
		e.Near = nearest(at, rest)
	}
	return e
}

// explained adds to f what the analysis of its program knows about its control or
// call.
func explained(f finding.Finding, values *flow.Result) report.Explained {
	out := report.Explained{Finding: f}
	read := false
	none := lang.Text{ZH: "没有脚本取用它", EN: "no script takes it"}
	for _, c := range values.Controls {
		if standsFor(c, f.Location) {
			out.Chains = append(out.Chains, chain(c))
			read = read || slices.ContainsFunc(c.AllUses(), func(u *flow.Uses) bool { return u.Read })
			none = unheard(c)
		}
	}
	for _, c := range values.Calls {
		if c.Location == f.Location {
			out.Chains = append(out.Chains, callChain(c))
			read = read || c.Callback
		}
	}
	slices.Sort(out.Chains)
	out.Chains = slices.Compact(out.Chains)
	switch {
	case len(f.Flows) > 0:
	case !f.Reachable:
		out.Still = lang.Text{ZH: "没有页面可以到达，没有跟踪", EN: "no page reaches it, so it was not followed"}
	case read:
		out.Still = lang.Text{
			ZH: "脚本读取它，但没有发送、存储或写进日志",
			EN: "a script reads it, but does not send it, store it or write it to the log",
		}
	default:
		out.Still = none
	}
	return out
}

// unheard says why nobody takes the value of c.
func unheard(c *flow.Control) lang.Text {
	missing := ""
	for _, h := range c.Handlers {
		if h.Found {
			return lang.Text{
				ZH: "处理函数 " + h.Name + " 没有用到它",
				EN: "the handler " + h.Name + " makes no use of it",
			}
		}
		missing = h.Name
	}
	switch {
	case missing != "":
		return lang.Text{ZH: "脚本中没有函数 " + missing, EN: "the script has no function " + missing}
	case len(c.Models) > 0:
		return lang.Text{ZH: "它写进页面数据，没有脚本再读取", EN: "it is written into the data of the page, and no script reads it there"}
	}
	return lang.Text{
		ZH: "没有处理函数、双向绑定或带 name 的表单",
		EN: "there is no handler, no two-way binding, and no form that takes it by name",
	}
}

// standsFor reports whether a finding at l is about c: at the control itself or
// at a use of the component around it.
func standsFor(c *flow.Control, l source.Location) bool {
	if l == (source.Location{File: c.View.File, Span: c.Element.Open}) {
		return true
	}
	return slices.ContainsFunc(c.Hosts, func(h *flow.Host) bool {
		return l == source.Location{File: h.View.File, Span: h.Element.Open}
	})
}

// chain is the way from the page to a control: pages/a/a → components/field/field.
func chain(c *flow.Control) string {
	var way []string
	for _, h := range c.Hosts {
		way = append(way, h.Unit.Path)
	}
	if c.Page != nil && !slices.Contains(way, c.Page.Path) {
		way = append([]string{c.Page.Path}, way...)
	}
	if n := len(way); n == 0 || way[n-1] != c.Unit.Path {
		way = append(way, c.Unit.Path)
	}
	return strings.Join(way, " → ")
}

// callChain is the way to a call: the page or component, and the script if that
// is another file.
func callChain(c *flow.Call) string {
	if c.Unit == nil {
		return c.Location.File.Path
	}
	if c.Unit.Script != nil && c.Unit.Script.File == c.Location.File {
		return c.Unit.Path
	}
	return c.Unit.Path + " → " + c.Location.File.Path
}

// points are the controls and calls at a place about which nothing was found.
func points(at Place, scan *analyzer.Scan, found []report.Explained) []report.Point {
	var out []report.Point
	add := func(name string, l source.Location, why func() lang.Text) {
		known := slices.ContainsFunc(found, func(f report.Explained) bool { return f.Location == l }) ||
			slices.ContainsFunc(out, func(p report.Point) bool { return p.Location == l })
		if at.covers(l) && !known {
			out = append(out, report.Point{Name: name, Location: l, Why: why()})
		}
	}
	for _, a := range scan.Analyses {
		controls := control.NewReader(a.Program, a.Values.Controls)
		for _, c := range a.Values.Controls {
			l := source.Location{File: c.View.File, Span: c.Element.Open}
			add("<"+c.Element.Tag+">", l, func() lang.Text { return controls.WhyNot(c) })
		}
		for _, c := range a.Values.Calls {
			add(c.API, c.Location, func() lang.Text { return whyNotCall(c) })
		}
	}
	return out
}

// whyNotCall says why a call of an API is no finding.
func whyNotCall(c *flow.Call) lang.Text {
	api := platform.APIByName(c.API)
	switch {
	case api != nil && api.Sink != nil:
		return lang.Text{ZH: "数据由此离开，但没有收集到的个人信息到达这里", EN: "data leave here, but no personal information that is collected reaches it"}
	case api != nil && len(api.Yields) > 0:
		return lang.Text{ZH: "它交出个人信息，但程序没有用到它", EN: "it hands over personal information, but the program makes no use of it"}
	case api != nil && !api.ShapeOnly:
		return lang.Text{ZH: "它的结果不含个人信息", EN: "its result contains no personal information"}
	}
	return lang.Text{ZH: "不知道它交出什么", EN: "nothing is known of what it hands over"}
}

// nearest returns up to three findings near at: in the file, by distance,
// else in files of the same directory.
func nearest(at Place, all []finding.Finding) []finding.Finding {
	var near []finding.Finding
	for _, f := range all {
		if path.Dir(f.Location.File.Path) == path.Dir(at.File) {
			near = append(near, f)
		}
	}
	distance := func(f finding.Finding) int {
		if f.Location.File.Path != at.File {
			return 1 << 30
		}
		d := f.Location.Start().Line - at.Line
		return max(d, -d)
	}
	slices.SortStableFunc(near, func(a, b finding.Finding) int { return cmp.Compare(distance(a), distance(b)) })
	return near[:min(3, len(near))]
}
