package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Explanation is all that is known about one place of a program, unmasked: Why
// masks it.
type Explanation struct {
	Place    string // as asked for: "pages/a/a.wxml:3"
	Findings []Explained
	Arrivals []finding.Finding // those whose value ends at the place
	Points   []Point           // controls and calls there that are no findings
	Near     []finding.Finding // the nearest ones, if nothing else is known
}

// Explained is a finding with details that a report leaves out.
type Explained struct {
	finding.Finding
	Chains []string  // the ways from a page to it: "pages/a/a → components/b/b"
	Still  lang.Text // why its value goes nowhere; empty if it goes somewhere
}

// Point is a control or call that is no finding.
type Point struct {
	Name     string // "<input>", "wx.request"
	Location source.Location
	Why      lang.Text // why it is none
}

// Why writes e for people: for each finding the evidence and its weight, who
// can reach it, and every step of its value.
func Why(w io.Writer, e *Explanation, o Options) error {
	m := newMasker()
	e = masked(&m, "", e)
	out := bufio.NewWriter(w)
	t := &textWriter{w: out, o: o, paint: style(o.Color)}
	for i := range e.Findings {
		if i > 0 {
			t.line("")
		}
		t.explained(&e.Findings[i])
	}
	if len(e.Arrivals) > 0 {
		if len(e.Findings) > 0 {
			t.line("")
		}
		t.arrivals(e)
	}
	if len(e.Findings) == 0 && len(e.Arrivals) == 0 {
		t.line("%s", t.say(source.Printable(e.Place)+"：没有发现", "nothing was found at "+source.Printable(e.Place)))
	}
	for _, p := range e.Points {
		t.line("  %s  %s", t.paint.cyan(t.place(p.Location)), oneLine(p.Name, 60))
		t.line("    %s", source.Printable(p.Why.In(o.Lang)))
	}
	if len(e.Near) > 0 {
		t.line("%s", t.say("是不是想问：", "did you mean:"))
		for i := range e.Near {
			t.line("  %s  %s", t.place(e.Near[i].Location), t.title(&e.Near[i]))
		}
	}
	return out.Flush()
}

func (t *textWriter) explained(f *Explained) {
	t.line("%s", t.title(&f.Finding))
	t.line("  %s", t.paint.cyan(t.place(f.Location)))
	frame(t.w, deciding(&f.Finding), t.width(), t.paint)
	t.line("")
	t.line("  %s", t.paint.bold(t.say("为什么是"+f.Category.Title().ZH, "Why "+f.Category.Title().EN)))
	for _, e := range f.Evidence {
		line := word(evidenceWords, e.What, t.o.Lang) + " " + t.quote(e.Text, 48)
		if where := nearby(e.Location, f.Location); where != "" {
			line += " " + t.paint.dim(t.place(e.Location))
		}
		if worth, ok := evidenceWorth[e.What]; ok {
			line += t.say("：", ": ") + worth.In(t.o.Lang)
		}
		t.line("    - %s", line)
	}
	if why := f.Gravity(); why.EN != "" {
		t.line("  %s", t.paint.level(levels[f.Severity].SARIF, t.o.severity(&f.Finding))+t.say("：", ": ")+why.In(t.o.Lang))
	}
	t.line("  %s", t.o.confidence(f.Confidence)+t.say("：", ": ")+confidenceMeaning[f.Confidence].In(t.o.Lang))
	t.line("")
	t.reach(f)
	t.line("")
	t.line("  %s", t.paint.bold(t.say("数据去向", "Where the value goes")))
	for i := range f.Flows {
		t.line("    %s", t.destination(f.Flows[i].Sink))
		t.trace(&f.Flows[i])
	}
	switch d := f.Destination; {
	case d.State == finding.DestinationStays:
		t.line("    %s", t.say("留在本页：", "it stays on the page: ")+source.Printable(f.Still.In(t.o.Lang)))
	case d.State == finding.DestinationOpen:
		t.lost(t.say("去向未知：", "where it goes is not known:"), d.Reasons)
	case len(d.Reasons) > 0:
		t.lost(t.say("可能还有别的去向：", "there may be more:"), d.Reasons)
	}
}

// lost lists the ways on which a value was lost.
func (t *textWriter) lost(head string, ways []finding.Loss) {
	t.line("    %s", head)
	for _, l := range ways {
		t.line("      - %s", lostWay(l, t.o.path, t.o.Lang))
	}
}

// reach says how a person gets to f, and whether it counts.
func (t *textWriter) reach(f *Explained) {
	t.line("  %s", t.paint.bold(t.say("谁能到达", "Who can reach it")))
	switch {
	case f.Accepted():
		t.line("    %s", t.say("已由人接受，", "accepted by a person: ")+accepted(&f.Finding, t.o.Lang))
	case f.Library != "":
		t.line("    %s", t.say("属于第三方库 "+f.Library+"，不计入结论",
			"it is part of the third-party library "+f.Library+" and does not count"))
	case f.Hidden != nil:
		t.line("    %s", t.say("不计入结论：", "it does not count: ")+source.Printable(f.Hidden.Reason.In(t.o.Lang)))
	case !f.Reachable:
		t.line("    %s", t.say("没有已注册的页面可以到达，不计入结论", "no registered page reaches it, so it does not count"))
	}
	if only := Circumstances(&f.Finding, t.o.Lang); only != "" {
		t.line("    %s", only)
	}
	if also := AlsoOn(&f.Finding, t.o.Lang); also != "" {
		t.line("    %s", also)
	}
	for _, c := range f.Chains {
		t.line("    %s", source.Printable(c))
	}
}

// arrivals lists whose values end at the place.
func (t *textWriter) arrivals(e *Explanation) {
	t.line("%s", t.say("到达 "+source.Printable(e.Place)+" 的数据：", "values that reach "+source.Printable(e.Place)+":"))
	for i := range e.Arrivals {
		f := &e.Arrivals[i]
		t.line("  %s  %s", t.paint.cyan(t.place(f.Location)),
			strings.TrimSpace(fmt.Sprintf("%s  %s", f.Category.Title().In(t.o.Lang), f.Subject)))
	}
}

// evidenceWorth says how much each kind of evidence counts. The figures are in
// analyzer/control/score.go.
var evidenceWorth = map[string]lang.Text{
	"label":       {ZH: "用户看到的文字，分量最重", EN: "the person reads it; weighs most"},
	"placeholder": {ZH: "用户看到的文字，分量最重", EN: "the person reads it; weighs most"},
	"name":        {ZH: "程序里的称呼，分量较重", EN: "what the program calls it; weighs much"},
	"binding":     {ZH: "程序里的称呼，分量较重", EN: "what the program calls it; weighs much"},
	"payload":     {ZH: "程序里的称呼，分量较重", EN: "what the program calls it; weighs much"},
	"storage":     {ZH: "程序里的称呼，分量较重", EN: "what the program calls it; weighs much"},
	"validator":   {ZH: "它接受这样的值，分量较重", EN: "it accepts such values; weighs much"},
	"type":        {ZH: "控件的类型，分量较重", EN: "the type of the control; weighs much"},
	"handler":     {ZH: "处理函数的名字，辅助证据", EN: "the name of the handler; supports the rest"},
	"maxlength":   {ZH: "长度吻合，辅助证据", EN: "the length fits; supports the rest"},
	"title":       {ZH: "页面标题，辅助证据", EN: "the title of the page; supports the rest"},
	"api":         {ZH: "平台接口直接交出，确定", EN: "the platform hands it over; certain"},
	"open-type":   {ZH: "平台在用户点按后交出，确定", EN: "the platform hands it over on a tap; certain"},
}

var confidenceMeaning = map[finding.Confidence]lang.Text{
	finding.High:   {ZH: "人工审查也会这样认为", EN: "a reviewer would agree"},
	finding.Medium: {ZH: "多半如此，计入结论", EN: "right more often than not; counts for the verdict"},
	finding.Low:    {ZH: "值得看一眼，不计入结论", EN: "worth a look; does not count for the verdict"},
}
