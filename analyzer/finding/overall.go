package finding

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Overall is the message of a finding about everything that the program collects,
// with %s in place of the categories: "the program collects %s, but …". It is zero
// for other findings. The message is written anew once it is known what a person
// has dismissed (see Recount).
type Overall lang.Text

// Of returns the message with the categories of collected.
func (o Overall) Of(collected []*Finding) lang.Text {
	what := CategoriesOf(collected).Title()
	fill := func(text, what string) string { return strings.Replace(text, "%s", what, 1) }
	return lang.Text{ZH: fill(o.ZH, what.ZH), EN: fill(o.EN, what.EN)}
}

// NeedsConsent reports whether f surely takes something that a person has to agree
// to, in the program's own code. What the device says of itself is asked for by no
// form and no dialog. Acceptance plays no part.
func (f *Finding) NeedsConsent() bool {
	return f.Own() && f.Kind.Collects() && f.Confidence >= Medium && f.Category != Device && f.Category != Identifier
}

// Recount writes the messages about everything that the program collects anew,
// from what nobody has dismissed. If all of it is dismissed, it drops them.
func Recount(found []Finding) []Finding {
	var collected []*Finding
	for i := range found {
		if f := &found[i]; f.NeedsConsent() && !f.Dismissed() {
			collected = append(collected, f)
		}
	}
	if len(collected) == 0 {
		return slices.DeleteFunc(found, func(f Finding) bool { return f.Overall != (Overall{}) })
	}
	for i := range found {
		if f := &found[i]; f.Overall != (Overall{}) {
			f.Message = f.Overall.Of(collected)
		}
	}
	return found
}
