package report

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/source"
)

// noted reports whether f is about configuration, a destination or a literal rather
// than about something that is collected.
func noted(f *finding.Finding) bool {
	return f.Kind == finding.KindConfig || f.Kind == finding.KindSink || f.Kind == finding.KindHardcoded
}

// split tells findings about what is collected from problems, the worst of which
// come first.
func split(all []finding.Finding) (collected, problems []finding.Finding) {
	for i := range all {
		if noted(&all[i]) {
			problems = append(problems, all[i])
		} else {
			collected = append(collected, all[i])
		}
	}
	slices.SortStableFunc(problems, worstFirst)
	return collected, problems
}

// alike gathers findings that say the same, in the order of the first of each.
func alike(all []finding.Finding) (out [][]*finding.Finding) {
	at := map[string]int{}
	for i := range all {
		f := &all[i]
		key := f.Rule.ID + "\x00" + f.Severity.String() + "\x00" + f.Message.EN
		n, known := at[key]
		if !known {
			n = len(out)
			at[key] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], f)
	}
	return out
}

// problems writes what is wrong, the worst first: the first place, how bad it is and what
// the finding says, then its other places and what to do.
func (t *textWriter) problems(p *Program, all []finding.Finding) {
	found := alike(slices.DeleteFunc(slices.Clone(all), func(f finding.Finding) bool { return !f.Counts() }))
	if len(found) == 0 {
		return
	}
	t.line("")
	t.line("%s", t.paint.bold(t.say("问题", "Problems")))
	shown := found
	if !t.full() && len(found) > maxProblems {
		shown = found[:maxProblems]
	}
	for i, one := range shown {
		t.problem(one)
		remedy := t.remedy(p, one[0])
		if i+1 < len(shown) && t.remedy(p, shown[i+1][0]) == remedy {
			continue // it comes below the next one
		}
		if remedy != "" {
			t.line("      %s %s", t.paint.green("→"), remedy)
		}
	}
	if n := len(found) - len(shown); n > 0 {
		t.more(n, "个问题", "problem")
	}
}

// maxProblems is how many problems the text names unless everything is asked for.
const maxProblems = 8

func (t *textWriter) problem(all []*finding.Finding) {
	f := all[0]
	var head, others []string
	for i, f := range all {
		if f.Location.IsZero() {
			continue
		}
		at := t.paint.cyan(t.place(f.Location))
		if i == 0 {
			head = append(head, at)
		} else {
			others = append(others, at+t.paint.dim(t.because(f)))
		}
	}
	head = append(head, t.gravity(f)...)
	head = append(head, source.Printable(f.Message.In(t.o.Lang))+t.paint.dim(t.because(f)), t.paint.dim(f.Rule.ID))
	t.line("  %s", strings.Join(head, "  "))
	t.places("      ", others, maxPlaces)
}

// remedy is the first sentence of what to do about f, and whether fix does it.
func (t *textWriter) remedy(p *Program, f *finding.Finding) string {
	text := firstSentence(f.Rule.Mend.In(t.o.Lang))
	if f.Rule.ID == mend.ConsentRule && mend.Asks(p.Project.Platform, p.Project.Framework) {
		fix := t.command("fix --consent")
		return text + t.say("（"+fix+" 可以加上弹窗）", " ("+fix+" adds a popup)")
	}
	if p.mendable(f) {
		fix := t.command("fix")
		return text + t.say("（"+fix+" 可以改）", " ("+fix+" does it)")
	}
	return text
}

// mendable reports whether fix can mend f.
func (p *Program) mendable(f *finding.Finding) bool {
	return f.Pending() && mend.Mends(f.Rule.ID) && mend.Takes(p.Project.Platform, p.Project.Framework)
}

// firstSentence is the first sentence of a text, without its stop.
func firstSentence(text string) string {
	end := len(text)
	for _, stop := range []string{"。", ". "} {
		if i := strings.Index(text, stop); i >= 0 {
			end = min(end, i)
		}
	}
	return strings.TrimSuffix(text[:end], ".")
}

// because names the first few places that lead to a note.
func (t *textWriter) because(f *finding.Finding) string {
	var parts []string
	for _, e := range f.Evidence {
		if e.What == "api" && len(parts) < 3 {
			parts = append(parts, oneLine(e.Text, 40)+" "+t.place(e.Location))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return t.say("  见 ", "  see ") + strings.Join(parts, t.say("、", ", "))
}
