package report

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
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

// problems writes what is wrong: what each finding says, how bad that is, and below it
// every place that it is about.
func (t *textWriter) problems(all []finding.Finding) {
	var places grouped
	for i := range all {
		f := &all[i]
		if !f.Counts() {
			continue
		}
		head := strings.Join(slices.Concat(t.gravity(f), []string{source.Printable(f.Message.In(t.o.Lang)), t.paint.dim(f.Rule.ID)}), "  ")
		places.add(head, t.paint.cyan(place(f.Location))+t.paint.dim(t.because(f)))
	}
	if len(places.heads) == 0 {
		return
	}
	t.line("")
	t.line("%s", t.paint.bold(t.say("问题", "Problems")))
	t.groups(&places)
}

// because names the first few places that lead to a note.
func (t *textWriter) because(f *finding.Finding) string {
	var parts []string
	for _, e := range f.Evidence {
		if e.What == "api" && len(parts) < 3 {
			parts = append(parts, oneLine(e.Text, 40)+" "+place(e.Location))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return t.say("  见 ", "  see ") + strings.Join(parts, t.say("、", ", "))
}
