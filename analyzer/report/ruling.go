package report

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// verdict writes what follows for p. If it says that nothing has to be done, it
// adds the statement of the 2023 notice.
func (t *textWriter) verdict(r *Report, i int) {
	p := &r.Programs[i]
	pi := p.Verdict.PersonalInformation
	title := t.say("结论", "Verdict")
	if len(r.Programs) > 1 {
		title += "  " + programName(p.Project)
	}
	headline := t.headline(p.Verdict)
	if t.o.Quiet {
		t.line("%s%s%s", title, t.say("：", ": "), headline)
		if pi.Accepted {
			t.line("%s", allAccepted.In(t.o.Lang))
		}
		t.filing(p.Verdict.Filing)
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
	t.filing(p.Verdict.Filing)
	t.line("")
	for _, book := range p.Verdict.Rulebooks {
		t.ruling(book)
	}
}

// ruling writes the answer of one rulebook: one line if it does not apply; if it
// applies or is open, its reasons and each duty that does.
func (t *textWriter) ruling(r verdict.Ruling) {
	head := fmt.Sprintf("[%s] %s  %s", r.State().In(t.o.Lang), r.Title.In(t.o.Lang), t.paint.dim(r.ID))
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
			t.line("    - %s %s%s%s", d.State().In(t.o.Lang), d.Title.In(t.o.Lang),
				t.say("：", ": "), t.reasons(d.Reasons))
		}
	}
	for _, differs := range r.Differs {
		t.line("    %s%s", t.say("现行规定不同：", "the law in force differs: "), t.clean(differs))
	}
	t.line("    %s", t.paint.dim(t.document(r)))
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

// headline is the law in force and what the article's rule says beside it.
func (t *textWriter) headline(v verdict.Verdict) string {
	in, h := t.o.Lang, v.Headline
	paint := t.paint.yellow
	if v.Has(verdict.Triggered) && v.PersonalInformation.Status == verdict.Triggered {
		paint = t.paint.red
	}
	return paint(in.Sentence(h.Title.In(in))) + strings.TrimPrefix(h.Told().In(in), in.Sentence(h.Title.In(in)))
}
