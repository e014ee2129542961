package detect

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
)

// settle says what is known of where the value of f goes. Its detector has put the ways
// that the flow engine lost into the reasons.
func settle(f *finding.Finding) {
	lost := f.Destination.Reasons
	if !f.Reachable && len(f.Flows) == 0 && len(lost) == 0 {
		lost = []finding.Loss{finding.LostNear(finding.NotRun, head(f.Location.Text()), f.Location)}
	}
	f.Destination = finding.DestinationOf(f.Flows, lost)
}

// union is the reasons in a, and those in b that a does not have.
func union(a, b []finding.Loss) []finding.Loss {
	out := slices.Clip(a)
	for _, l := range b {
		if !slices.ContainsFunc(out, func(k finding.Loss) bool { return k.What == l.What && k.Location == l.Location }) {
			out = append(out, l)
		}
	}
	return out
}
