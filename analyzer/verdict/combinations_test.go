package verdict_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

// dimension is something that a person says, or code shows, and all that it can be.
type dimension struct {
	name   string
	values []choice
}

// choice is one value of a dimension, in words and as it is put into a case.
type choice struct {
	words string
	set   func(*given)
}

// dimensions are those that the duties of every operator depend on.
var dimensions = []dimension{
	{"operator", []choice{
		{"operator not said", func(*given) {}},
		{"individual", func(g *given) { g.Operator = verdict.Individual }},
		{"enterprise", func(g *given) { g.Operator = verdict.Enterprise }},
		{"organisation", func(g *given) { g.Operator = verdict.Organisation }},
	}},
	{"collection", []choice{
		{"collects nothing", func(*given) {}},
		{"perhaps collects", func(g *given) { g.Findings = []found{booking("low")} }},
		{"collects", func(g *given) { g.Findings = []found{booking("high")} }},
	}},
	{"mainland", []choice{
		{"mainland not said", func(*given) {}},
		{"in the mainland", func(g *given) { g.Mainland = verdict.Yes }},
		{"not in the mainland", func(g *given) { g.Mainland = verdict.No }},
	}},
	{"size", []choice{
		{"number not said", func(*given) {}},
		{"small", func(g *given) { g.Persons = number(5_000) }},
		{"medium", func(g *given) { g.Persons = number(200_000) }},
		{"large", func(g *given) { g.Persons = number(20_000_000) }},
	}},
}

func number(n int64) *int64 { return &n }

func booking(confidence string) found {
	return found{Kind: finding.KindField, Category: finding.Phone, Confidence: confidence, Page: "pages/booking/booking",
		At: "pages/booking/booking.wxml:3"}
}

// combination has the place of a value of each dimension.
type combination []int

func (c combination) given() (g given) {
	for i, d := range dimensions {
		d.values[c[i]].set(&g)
	}
	return g
}

// combinations is the whole product.
func combinations() []combination {
	all := []combination{{}}
	for _, d := range dimensions {
		var longer []combination
		for _, c := range all {
			for v := range d.values {
				longer = append(longer, append(slices.Clone(c), v))
			}
		}
		all = longer
	}
	return all
}

// answers are what one rulebook says to each combination.
type answers map[string]string

func (a answers) of(c combination) string { return a[fmt.Sprint(c)] }

// decides reports whether the answer ever changes with the dimension alone.
func (a answers) decides(dim int) bool {
	for _, c := range combinations() {
		other := slices.Clone(c)
		other[dim] = 0
		if a.of(c) != a.of(other) {
			return true
		}
	}
	return false
}

// TestCombinations checks what each rulebook, and the headline, says to every combination
// of operator, collection, place and size, in both languages, against combinations.txt. It
// has each answer once, below all combinations that get it; a dimension that never changes
// the answers of a rulebook is left out there. -update writes it.
func TestCombinations(t *testing.T) {
	books := []string{"headline"}
	for _, r := range verdict.Judge(verdict.Input{}).Rulebooks {
		books = append(books, r.ID)
	}
	said := map[string]answers{}
	for _, c := range combinations() {
		v := verdict.Judge(c.given().input(t))
		noContradiction(t, c, v)
		for _, book := range books {
			if said[book] == nil {
				said[book] = answers{}
			}
			said[book][fmt.Sprint(c)] = written(v, book, nil)
		}
	}
	var out strings.Builder
	for _, book := range books {
		writeAnswers(&out, book, said[book])
	}
	golden.Check(t, "../../fixtures/verdict/combinations.txt", out.String())
}

// noContradiction requires that no part of v asks for the filing under notice 105 of a
// program that is not served in the mainland, and that none denies it to another.
func noContradiction(t *testing.T, c combination, v verdict.Verdict) {
	texts := []lang.Text{v.Headline.Told()}
	for _, r := range v.Rulebooks {
		texts = append(append(texts, r.Reasons...), r.Differs...)
		for _, d := range r.Duties {
			texts = append(texts, d.Reasons...)
		}
	}
	abroad := c.given().Mainland == verdict.No
	asks := []string{"须备案（工信部", "均须备案", "仍须备案", "must be filed"}
	for _, text := range texts {
		for _, phrase := range asks {
			require.False(t, abroad && strings.Contains(text.ZH+strings.ToLower(text.EN), phrase), "%v: %s", c, text)
		}
		require.False(t, !abroad && strings.Contains(text.ZH, "105号不适用"), "%v: %s", c, text)
	}
}

func writeAnswers(out *strings.Builder, book string, a answers) {
	var dims []int
	var names []string
	for i, d := range dimensions {
		if a.decides(i) {
			dims, names = append(dims, i), append(names, d.name)
		}
	}
	fmt.Fprintf(out, "= %s (depends on: %s)\n\n", book, cmp.Or(strings.Join(names, ", "), "none of these"))
	var order []string
	who := map[string][]string{}
	for _, c := range combinations() {
		answer := a.of(c)
		if who[answer] == nil {
			order = append(order, answer)
		}
		var words []string
		for _, i := range dims {
			words = append(words, dimensions[i].values[c[i]].words)
		}
		if line := strings.Join(words, ", "); !slices.Contains(who[answer], line) {
			who[answer] = append(who[answer], line)
		}
	}
	for _, answer := range order {
		for _, line := range who[answer] {
			if line != "" {
				fmt.Fprintf(out, "if %s\n", line)
			}
		}
		fmt.Fprintf(out, "%s\n", answer)
	}
}
