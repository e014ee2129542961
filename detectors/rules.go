package detectors

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// since is the version that brought the rules.
const since = "0.1.0"

// A family is what rules that differ by category have in common. %s in its texts
// is replaced by the category's title.
type family struct {
	kind           finding.Kind
	title, summary lang.Text
	why            lang.Text // if empty, that of the category (concerns)
	mend, limits   lang.Text
	references     []law.Citation // likewise
}

// An example is a piece of a program that the rule of a category reports, and a
// near miss that it does not. TestExamples runs both.
type example struct {
	category  finding.Category
	bad, good string
}

// rules makes the rules of a family, one for each example.
func (f family) rules(examples ...example) []*finding.Rule {
	var out []*finding.Rule
	for _, e := range examples {
		title, why, references := e.category.Title(), f.why, f.references
		if why.EN == "" {
			why, references = concerns[e.category].why, concerns[e.category].references
		}
		out = append(out, &finding.Rule{
			ID:         string(f.kind) + "/" + string(e.category),
			Kind:       f.kind,
			Category:   e.category,
			Title:      fill(f.title, title),
			Summary:    fill(f.summary, title),
			Why:        why,
			Bad:        e.bad,
			Good:       e.good,
			Mend:       fill(f.mend, title),
			Limits:     fill(f.limits, title),
			References: references,
			Since:      since,
		})
	}
	return out
}

// fill puts the title of a category into a text.
func fill(t, title lang.Text) lang.Text {
	return lang.Text{
		ZH: strings.ReplaceAll(t.ZH, "%s", title.ZH),
		EN: strings.ReplaceAll(t.EN, "%s", title.EN),
	}
}

var ruleIndex = indexRules(slices.Concat(fieldRules, apiRules, ocrRules, configRules, sinkRules, inferredRules, hardcodedRules))

func indexRules(rules []*finding.Rule) map[string]*finding.Rule {
	out := map[string]*finding.Rule{}
	for _, r := range rules {
		out[r.ID] = r
	}
	return out
}

// ruleByID returns a rule that must be there; a test asks for every rule that
// the platform's tables can lead to.
func ruleByID(id string) *finding.Rule { return ruleIndex[id] }
