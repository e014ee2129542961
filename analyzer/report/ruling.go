package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// verdict writes the answers of the rulebooks and, last, what follows for p. If it says
// that nothing has to be done, it adds the statement of the 2023 notice.
func (t *textWriter) verdict(r *Report, i int) {
	p := &r.Programs[i]
	pi := p.Verdict.PersonalInformation
	title, rules := t.say("结论", "Verdict"), t.say("规则", "Rulebooks")
	if len(r.Programs) > 1 {
		title += "  " + programName(p.Project)
		rules += "  " + programName(p.Project)
	}
	if t.o.Quiet {
		t.line("%s%s%s", title, t.say("：", ": "), t.headline(p.Verdict))
		if pi.Accepted {
			t.line("%s", allAccepted.In(t.o.Lang))
		}
		t.filing(p.Verdict.Filing)
		return
	}
	if i > 0 {
		t.line("")
	}
	if len(r.Programs) == 1 || t.full() { // else they are the same for most of the programs
		t.line("%s", t.paint.bold(rules))
		for _, book := range lawFirst(p.Verdict.Rulebooks) {
			t.ruling(book)
		}
		t.line("")
	}
	t.line("%s", t.paint.bold(title))
	t.line("  %s", t.headline(p.Verdict))
	t.grounds(pi)
	if pi.Accepted {
		t.line("  %s", allAccepted.In(t.o.Lang))
	}
	t.filing(p.Verdict.Filing)
}

// lawFirst puts the notice that asks every program to file before the rule of the article,
// as the headline does.
func lawFirst(books []verdict.Ruling) []verdict.Ruling {
	books = slices.Clone(books)
	notice := func(r verdict.Ruling) int {
		if r.ID == "miit-2023-105" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(books, func(a, b verdict.Ruling) int { return cmp.Compare(notice(a), notice(b)) })
	return books
}

// ruling writes the answer of one rulebook: its head and why in short, or, if everything is
// asked for and it applies or is open, its reasons and each duty that does.
func (t *textWriter) ruling(r verdict.Ruling) {
	head := fmt.Sprintf("[%s] %s  %s", r.State().In(t.o.Lang), r.Title.In(t.o.Lang), t.paint.dim(r.ID))
	if !t.full() {
		t.shortRuling(head, t.inShort(r))
		return
	}
	if r.Status == verdict.NotRequired && r.ID != "article" {
		if text := t.reasons(r.Reasons); text != "" {
			head += t.paint.dim(t.say("：", ": ") + text)
		}
		t.line("  %s", head)
		return
	}
	t.line("  %s", head)
	for _, reason := range r.Reasons {
		t.line("    %s", t.clean(reason))
	}
	for _, d := range r.Duties {
		if d.Status != verdict.NotRequired {
			t.line("    - [%s] %s%s%s", d.State().In(t.o.Lang), d.Title.In(t.o.Lang),
				t.say("：", ": "), t.reasons(d.Reasons))
		}
	}
	for _, differs := range r.Differs {
		t.line("    %s%s", t.say("现行规定不同：", "the law in force differs: "), t.clean(differs))
	}
	t.line("    %s", t.paint.dim(t.document(r)))
}

// shortRuling writes a line for a rulebook. On a terminal that is too narrow for both, why has
// one or two lines of its own.
func (t *textWriter) shortRuling(head, why string) {
	room, terminal := t.width()-cellsOf(head)-4, t.o.Width > 0
	cells := source.DisplayWidth(why)
	switch {
	case why == "" || !terminal && cells > shortReason && room < shortReason: // the start of it would say nothing
		t.line("  %s", head)
	case terminal && cells > room:
		t.line("  %s", head)
		t.line("      %s", t.paint.dim(oneLine(why, 2*(t.width()-10))))
	default:
		t.line("  %s  %s", head, t.paint.dim(oneLine(why, max(room, shortReason))))
	}
}

// shortReason is how many cells of a reason say something.
const shortReason = 24

// inShort counts the duties of a ruling, or gives its first reason.
func (t *textWriter) inShort(r verdict.Ruling) string {
	required, open := 0, 0
	for _, d := range r.Duties {
		switch d.Status {
		case verdict.Required:
			required++
		case verdict.NeedsInput:
			open++
		}
	}
	var parts []string
	if required > 0 {
		parts = append(parts, t.say(fmt.Sprintf("%d 项须办理", required), fmt.Sprintf("%d required", required)))
	}
	if open > 0 {
		parts = append(parts, t.say(fmt.Sprintf("%d 项待补充", open), fmt.Sprintf("%d to be answered", open)))
	}
	if len(parts) == 0 && len(r.Reasons) > 0 {
		parts = append(parts, t.clean(r.Reasons[0]))
	}
	return strings.Join(parts, t.say("，", ", "))
}

// grounds lists what the verdict rests on. That of a trigger is in the lines of the pages.
func (t *textWriter) grounds(pi verdict.PersonalInformation) {
	if pi.Status == verdict.Triggered && !t.full() {
		return
	}
	var lines []string
	for _, r := range pi.Reasons {
		lines = append(lines, source.Printable(r.Text.In(t.o.Lang)))
	}
	t.places("  - ", lines, maxUnread)
}

// clean makes a text of a ruling, which may quote the program, safe to show.
func (t *textWriter) clean(text lang.Text) string {
	return source.Printable(text.In(t.o.Lang))
}

func (t *textWriter) reasons(all []lang.Text) string {
	var parts []string
	for _, reason := range all {
		parts = append(parts, t.clean(reason))
	}
	return strings.Join(parts, t.say("；", "; "))
}

// document names what a ruling rests on: the first text, and how many more there
// are (all of them are in the JSON report).
func (t *textWriter) document(r verdict.Ruling) string {
	text := r.Basis[0].In(t.o.Lang)
	if n := len(r.Basis) - 1; n > 0 {
		text += t.say(fmt.Sprintf("；另有 %d 项依据", n), fmt.Sprintf("; and %d more", n))
	}
	return text
}

// headline is the law in force, to stand out, and what the article's rule says beside it.
func (t *textWriter) headline(v verdict.Verdict) string {
	title := t.o.Lang.Sentence(v.Headline.Title.In(t.o.Lang))
	return t.status(&v) + strings.TrimPrefix(v.Headline.Told().In(t.o.Lang), title)
}

// status is the title of the headline in the colour of the verdict.
func (t *textWriter) status(v *verdict.Verdict) string {
	paint := t.paint.yellow
	if v.PersonalInformation.Status == verdict.Triggered && v.Has(verdict.Triggered) {
		paint = t.paint.red
	}
	return paint(t.o.Lang.Sentence(v.Headline.Title.In(t.o.Lang)))
}
