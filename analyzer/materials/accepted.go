package materials

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
)

// accepted lists what people have accepted of the program's own code, with the act
// and the reason. It has no table if they have accepted nothing.
func (d *drafter) accepted() Section {
	own := slices.DeleteFunc(slices.Clone(d.p.Findings), func(f finding.Finding) bool { return !f.Accepted() || !f.Own() })
	if len(own) == 0 {
		return Section{}
	}
	s := Section{
		Heading: d.say("附：由人接受的发现", "Appendix: what people have accepted"),
		Paragraphs: []string{d.say("接受为“确需收集，已知”的仍然计入以上各部分；认定“不是个人信息”的没有计入，请复核。",
			"What is accepted as \"collected, and known\" counts in all parts above. What a person calls no personal information does not: check it again.")},
		Table: &Table{Head: []string{
			d.say("发现", "Finding"), d.say("接受为", "Accepted as"), d.say("原因", "Reason"), d.say("来源", "Source"),
		}},
	}
	for i := range own {
		f := &own[i]
		s.Table.Rows = append(s.Table.Rows, []string{
			d.lang.Sentence(f.Message.In(d.lang)), report.AcceptedAs(f, d.lang), report.AcceptedFor(f.Acceptance, d.lang),
			f.Location.String(),
		})
	}
	if report.Assumes(own) {
		s.Paragraphs = append(s.Paragraphs, report.AsKnown.In(d.lang))
	}
	return s
}
