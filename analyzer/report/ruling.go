package report

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// verdict writes what follows for p. It never says that nothing is to be done
// without the statement of the 2023 notice beside it.
func (t *textWriter) verdict(r *Report, i int) {
	p := &r.Programs[i]
	pi := p.Verdict.PersonalInformation
	title := t.say("结论", "Verdict")
	if len(r.Programs) > 1 {
		title += "  " + programName(p.Project)
	}
	headline := t.headline(pi)
	if t.o.Quiet {
		t.line("%s%s%s", title, t.say("：", ": "), headline)
		if pi.Accepted {
			t.line("%s", allAccepted.In(t.o.Lang))
		}
		return
	}
	if i > 0 {
		t.line("")
	}
	t.line("%s", t.paint.bold(title))
	t.line("  %s", headline)
	for _, r := range pi.Reasons {
		t.line("  - %s", source.Printable(r.Text.In(t.o.Lang)))
	}
	if pi.Accepted {
		t.line("  %s", allAccepted.In(t.o.Lang))
	}
	t.line("")
	for _, book := range p.Verdict.Rulebooks {
		t.ruling(book)
	}
}

// ruling writes the answer of one rulebook: what does not apply in one line, what
// applies or is open with its reasons, and each duty that does.
func (t *textWriter) ruling(r verdict.Ruling) {
	head := fmt.Sprintf("[%s] %s  %s", word(statusWords, string(r.Status), t.o.Lang), r.Title.In(t.o.Lang), t.paint.dim(r.ID))
	if r.Status == verdict.NotRequired && r.ID != "article" {
		t.line("  %s", head+t.paint.dim(t.say("：", ": ")+t.reasons(r.Reasons)))
		return
	}
	t.line("  %s", head)
	for _, reason := range r.Reasons {
		t.line("    %s", t.clean(reason))
	}
	for _, d := range r.Duties {
		if d.Status != verdict.NotRequired {
			t.line("    - %s %s%s%s", word(statusWords, string(d.Status), t.o.Lang), d.Title.In(t.o.Lang),
				t.say("：", ": "), t.reasons(d.Reasons))
		}
	}
	for _, differs := range r.Differs {
		t.line("    %s%s", t.say("现行规定不同：", "the law in force differs: "), t.clean(differs))
	}
	t.line("    %s", t.paint.dim(t.document(r)))
}

// clean is a text of a ruling, which may quote the program.
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

func (t *textWriter) headline(pi verdict.PersonalInformation) string {
	status := word(statusWords, pi.Status.String(), t.o.Lang)
	switch pi.Status {
	case verdict.Triggered:
		return t.paint.red(status) + t.say("：收集"+pi.Categories.In(lang.Chinese)+"。"+verdict.Notice.ZH+"。",
			": it collects "+pi.Categories.In(lang.English)+"; besides, "+verdict.Notice.EN)
	case verdict.Undetermined:
		return t.paint.yellow(status) + t.say("：请人工核对下列位置。另外，"+verdict.Notice.ZH+"。",
			": check the places below by hand. In any case, "+verdict.Notice.EN)
	}
	return t.paint.green(status) + t.say("，但"+verdict.Notice.ZH+"。", ", but "+verdict.Notice.EN)
}
