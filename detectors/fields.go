package detectors

import (
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Fields finds form controls in which a person enters personal information.
var Fields = &detect.Detector{
	Name:  "field",
	Rules: rulesOf(finding.KindField),
	Run:   fields,
}

// entry is a control with the evidence about it.
type entry struct {
	control  *flow.Control
	evidence *evidence
}

func fields(pass *detect.Pass) error { return fieldsWith(pass, nil) }

// fieldsWith is fields in a project that says what some of its labels mean.
func fieldsWith(pass *detect.Pass, labels []ownLabel) error {
	var entries []entry
	l := languageOf(pass.Program)
	for _, c := range pass.Flow.Controls {
		if e := gather(c, l); e != nil {
			entries = append(entries, entry{c, e})
		}
	}
	// First what each control says by itself, then again for those called name: a
	// name beside a phone number is a person's.
	beside := map[group]bool{}
	for _, n := range entries {
		for _, j := range judge(n.evidence) {
			if j.confidence > finding.Low && personal[j.category] {
				beside[groupOf(n.control)] = true
			}
		}
	}
	for _, n := range entries {
		if l, c := ownMeaning(labels, n.evidence); l != nil {
			if f := l.finding(n.control, c); f != nil {
				pass.Report(*f)
			}
			continue
		}
		n.evidence.beside = beside[groupOf(n.control)]
		for _, j := range judge(n.evidence) {
			pass.Report(fieldFinding(n.control, j))
		}
	}
	return nil
}

// personal are the categories beside which a name is a person's.
var personal = map[finding.Category]bool{
	finding.Phone: true, finding.Address: true, finding.IDCard: true,
}

// group is a form: the controls of one view, in one use of the component it is of.
type group struct {
	unit *project.Unit
	host *markup.Element
}

func groupOf(c *flow.Control) group {
	g := group{unit: c.Unit}
	n := len(c.Hosts)
	if n == 0 || c.Hosts[n-1].Unit == nil {
		return g
	}
	// The wrapper of one control belongs to the form it is used in.
	g.unit = c.Hosts[n-1].Unit
	if n > 1 {
		g.host = c.Hosts[n-2].Element
	}
	return g
}

func fieldFinding(c *flow.Control, j judgement) finding.Finding {
	title := j.category.Title()
	f := finding.Finding{
		Rule:       ruleByID("field/" + string(j.category)),
		Category:   j.category,
		Kind:       finding.KindField,
		Confidence: j.confidence,
		Reachable:  c.Rendered,
		Subject:    j.subject,
		PrivacyKey: j.category.PrivacyKey(),
		Location:   locate(c, j.clues),
		Flows:      c.Uses.Flows,
		Message: lang.Text{
			ZH: "收集" + title.ZH + "：“" + j.subject + "”",
			EN: "collects " + title.EN + ": “" + j.subject + "”",
		},
	}
	if c.Page != nil {
		f.Page = c.Page.Path
	}
	for _, k := range j.clues {
		f.Evidence = append(f.Evidence, finding.Evidence{What: k.what, Text: k.text, Location: k.at})
	}
	return f
}

// locate says where a finding about c stands: at the control itself, or, where a
// page tells a wrapper component what to ask for, at the use on that page.
func locate(c *flow.Control, clues []clue) source.Location {
	here := source.Location{File: c.View.File, Span: c.Element.Open}
	if len(clues) == 0 || clues[0].at.File == nil || clues[0].at.File == here.File {
		return here
	}
	f := clues[0].at.File
	if c.Unit != nil && c.Unit.Script != nil && c.Unit.Script.File == f {
		return here
	}
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		h := c.Hosts[i]
		if h.View.File == f || h.Unit.Script != nil && h.Unit.Script.File == f {
			return source.Location{File: h.View.File, Span: h.Element.Open}
		}
	}
	return here
}
