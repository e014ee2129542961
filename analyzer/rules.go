package analyzer

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

// Rules returns the rules of the detectors and those about suppressions, inputs and the
// verdict, by ID.
func Rules(detectors []*detect.Detector) []*finding.Rule {
	rules := slices.Concat([]*finding.Rule{verdict.Rule}, suppress.Rules(), verdict.Contradictions())
	for _, d := range detectors {
		rules = append(rules, d.Rules...)
	}
	slices.SortFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// rules returns every rule that can fire in dirs.
func rules(dirs []Dir, o Options) []*finding.Rule {
	var all []*detect.Detector
	for i := range dirs {
		all = append(all, dirs[i].detectors(o)...)
	}
	out := Rules(all)
	return slices.CompactFunc(out, func(a, b *finding.Rule) bool { return a.ID == b.ID })
}
