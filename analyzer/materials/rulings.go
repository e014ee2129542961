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

// duty returns the duty of a rulebook that rests on these articles, or nil.
func (d *drafter) duty(id, article string) *verdict.Duty {
	duties := d.ruling(id).Duties
	i := slices.IndexFunc(duties, func(duty verdict.Duty) bool { return duty.Article == article })
	if i < 0 {
		return nil
	}
	return &duties[i]
}

// verdict has a part for each rulebook, with the law beside it if that differs.
func (d *drafter) verdict() Section {
	s := Section{Heading: d.say("规则结论", "Rulebooks")}
	var idle grouped // rulebooks that do not apply, in a line for each state
	for _, r := range d.p.Verdict.Rulebooks {
		if r.Status == verdict.NotRequired && r.ID != "article" {
			idle.add(d.lang.Sentence(r.State().In(d.lang)), r.Title.In(d.lang)+d.say("（", " (")+d.why(r)+d.say("）", ")"))
			continue
		}
		part := Section{Heading: r.Title.In(d.lang) + d.say("：", ": ") + r.State().In(d.lang)}
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
	for _, state := range idle.heads {
		s.Items = append(s.Items, Item{Text: state + d.say("：", ": ") + strings.Join(*idle.below[state], d.say("；", "; "))})
	}
	return s
}

// why are the reasons of a rulebook, or of its duties if it has none of its own.
func (d *drafter) why(r verdict.Ruling) string {
	if len(r.Reasons) > 0 {
		return d.join(r.Reasons)
	}
	var all []lang.Text
	for _, duty := range r.Duties {
		all = append(all, duty.Reasons...)
	}
	return d.join(all)
}

func (d *drafter) join(all []lang.Text) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, t.In(d.lang))
	}
	return strings.Join(parts, d.say("；", "; "))
}
