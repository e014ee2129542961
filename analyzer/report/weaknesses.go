package report

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
)

//go:embed weaknesses.txt
var weaknessText string

// weakness is an entry of the Common Weakness Enumeration.
type weakness struct{ number, name string }

// weaknesses gives the weakness of each rule that is one.
var weaknesses = sync.OnceValue(func() map[string]weakness {
	out := map[string]weakness{}
	for line := range strings.Lines(weaknessText) {
		words := strings.Fields(line)
		if len(words) > 2 && words[0] != "#" {
			out[words[0]] = weakness{words[1], strings.Join(words[2:], " ")}
		}
	}
	return out
})

// enumeration is the version of the list that weaknesses.txt was made from.
const enumeration = "4.17"

// taxonomy is the part of the enumeration that some rules refer to, by number; nothing if
// they refer to none.
func taxonomy(rules []*finding.Rule) []sarifTaxonomy {
	taxa := []sarifTaxon{}
	for _, r := range rules {
		w, ok := weaknesses()[r.ID]
		if ok && !slices.ContainsFunc(taxa, func(t sarifTaxon) bool { return t.ID == w.number }) {
			taxa = append(taxa, sarifTaxon{
				ID: w.number, Name: w.name, ShortDescription: sarifMessage{Text: w.name + "."},
				HelpURI: "https://cwe.mitre.org/data/definitions/" + w.number + ".html",
			})
		}
	}
	if len(taxa) == 0 {
		return nil
	}
	slices.SortFunc(taxa, func(a, b sarifTaxon) int { return strings.Compare(a.ID, b.ID) })
	return []sarifTaxonomy{{
		Name: "CWE", Version: enumeration, Organization: "MITRE", InformationURI: "https://cwe.mitre.org/",
		ShortDescription: sarifMessage{Text: "The Common Weakness Enumeration."}, Taxa: taxa,
	}}
}
