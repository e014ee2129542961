package report

import (
	"fmt"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// allAccepted follows a verdict if every finding that it rests on is accepted as
// known.
var allAccepted = lang.Text{
	ZH: "这些收集点都已由人接受（确需收集，已知），不会使检查失败；该办的事不变。",
	EN: "A person has accepted every one of these places as known, so they fail no check; what has to be done stays the same.",
}

// AsKnown says how an acceptance that names no act is read.
var AsKnown = lang.Text{
	ZH: "基线或 beian.yaml 的 suppress 中没有写 as 的条目，按 as: known（确需收集，已知）处理；确属误报的请写 as: not-personal。",
	EN: "Entries of the baseline or of suppress in beian.yaml without \"as\" are read as \"as: known\": collected, and known; write \"as: not-personal\" for a mistake of the tool.",
}

// AcceptedAs tells as what f was accepted, and the place of the acceptance,
// such as "collected, and known (baseline)".
func AcceptedAs(f *finding.Finding, in lang.Code) string {
	by := word(acceptanceWords, string(f.Acceptance.By), in)
	return actOf(f).In(in) + in.Say("（"+by+"）", " ("+by+")")
}

// actOf tells as what f was accepted.
func actOf(f *finding.Finding) lang.Text {
	words := problemActs
	if f.Kind.Collects() {
		words = collectionActs
	}
	return words[f.Acceptance.As]
}

// AcceptedFor says why a finding was accepted, and which other word was overruled.
func AcceptedFor(a finding.Acceptance, in lang.Code) string {
	why := source.Printable(a.Reason)
	if o := a.Overruled; o.By != "" {
		by, reason := word(acceptanceWords, string(o.By), in), source.Printable(o.Reason)
		why += in.Say("（与“误报”的说法不一致，按已知处理；"+by+"："+reason+"）",
			" (somebody else calls it a mistake of the tool, but known counts; "+by+": "+reason+")")
	}
	return why
}

// accepted tells as what f was accepted, where and why.
func accepted(f *finding.Finding, in lang.Code) string {
	return AcceptedAs(f, in) + in.Say("：", ": ") + AcceptedFor(f.Acceptance, in)
}

// Assumes reports whether AsKnown has to be said of some of found.
func Assumes(found []finding.Finding) bool {
	for i := range found {
		if found[i].Acceptance.Assumed {
			return true
		}
	}
	return false
}

// accepted lists what people have accepted: the act and the reason, and the places
// below them.
func (t *textWriter) accepted(p *Program) {
	var places grouped
	for i := range p.Findings {
		if f := &p.Findings[i]; f.Accepted() {
			where := ""
			if !f.Location.IsZero() {
				where = t.paint.cyan(t.place(f.Location)) + "  "
			}
			places.add(accepted(f, t.o.Lang), where+t.what(f))
		}
	}
	if len(places.heads) == 0 {
		return
	}
	t.line("")
	t.line("%s", t.paint.bold(t.say("已由人接受", "Accepted by a person")))
	t.groups(&places)
	if Assumes(p.Findings) {
		t.line("  %s", t.paint.dim(AsKnown.In(t.o.Lang)))
	}
}

// what names a finding in a few words: 手机号  field/phone.
func (t *textWriter) what(f *finding.Finding) string {
	if f.Category == "" {
		return t.paint.dim(f.Rule.ID)
	}
	return fmt.Sprintf("%s  %s", f.Category.Title().In(t.o.Lang), t.paint.dim(f.Rule.ID))
}
