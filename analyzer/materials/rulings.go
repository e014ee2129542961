package materials

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
)

func (d *drafter) ruling(id string) verdict.Ruling {
	i := slices.IndexFunc(d.p.Verdict.Rulebooks, func(r verdict.Ruling) bool { return r.ID == id })
	if i < 0 {
		return verdict.Ruling{}
	}
	return d.p.Verdict.Rulebooks[i]
}

// verdict has a part for each rulebook, with the law beside it if that differs.
func (d *drafter) verdict() Section {
	s := Section{Heading: d.say("规则结论", "Rulebooks")}
	var idle lines // rulebooks that do not apply, in one line
	for _, r := range d.p.Verdict.Rulebooks {
		if r.Status == verdict.NotRequired && r.ID != "article" {
			idle.add(r.Title.In(d.lang) + d.say("（", " (") + d.join(r.Reasons) + d.say("）", ")"))
			continue
		}
		part := Section{Heading: d.say(r.Title.ZH+"（"+r.ID+"）：", r.Title.EN+" ("+r.ID+"): ") + r.State().In(d.lang)}
		for _, reason := range r.Reasons {
			part.Items = append(part.Items, Item{Text: d.lang.Sentence(reason.In(d.lang))})
		}
		for _, duty := range r.Duties {
			part.Items = append(part.Items, Item{State(duty.Status),
				d.lang.Sentence(duty.Title.In(d.lang)) + d.say("。", ". ") + d.lang.Sentence(d.join(duty.Reasons))})
		}
		for _, differs := range r.Differs {
			part.Items = append(part.Items, Item{Text: d.say("现行规定不同：", "The law in force differs: ") + differs.In(d.lang)})
		}
		var basis []string
		for _, b := range r.Basis {
			basis = append(basis, b.In(d.lang))
		}
		part.Items = append(part.Items, Item{Text: d.say("需人工确认：", "To confirm by hand: ") + r.Blind.In(d.lang)})
		part.Items = append(part.Items, Item{Text: d.say("依据：", "Basis: ") + strings.Join(basis, d.say("；", "; "))})
		s.Parts = append(s.Parts, part)
	}
	if len(idle) > 0 {
		s.Items = []Item{{Text: d.say("不适用：", "These do not apply: ") + strings.Join(idle, d.say("；", "; "))}}
	}
	return s
}

func (d *drafter) join(all []lang.Text) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, t.In(d.lang))
	}
	return strings.Join(parts, d.say("；", "; "))
}
