package flow

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// With limits that every program hits, no control is lost, and what is not followed is
// told: a value that leaves the device under the standard limits still leaves it, is lost,
// or a limit was hit.
func TestLowerLimitsTellNoLess(t *testing.T) {
	lowered := map[string]func(*limits){
		"work":  func(l *limits) { l.program, l.perByte, l.entry, l.follow, l.little = 400, 0, 300, 60, 40 },
		"depth": func(l *limits) { l.depth, l.callees, l.activations, l.cheap = 12, 1, 2, 2 },
		"loops": func(l *limits) { l.rounds, l.unroll, l.unrolled, l.passes = 1, 1, 1, 1 },
		"views": func(l *limits) { l.items, l.nest, l.boxes, l.same, l.drawn = 1, 1, 1, 1, 2 },
		"tasks": func(l *limits) { l.tasks = 1 },
	}
	hit := map[string]int{}
	for file, p := range fixturePrograms(t) {
		whole := Analyze(p, Options{})
		leave, shown := leaving(whole), shownControls(whole)
		for name, lower := range lowered {
			l := standard
			lower(&l)
			r := Analyze(p, Options{limits: &l})
			require.Subset(t, shownControls(r), shown, "%s with less %s: controls are not shown", file, name)
			if len(r.Limits) > 0 {
				hit[name]++
				continue
			}
			leaves := leaving(r)
			for at, left := range leave {
				require.False(t, left && !leaves[at], "%s with less %s: %s is told to stay", file, name, at)
			}
		}
	}
	for name := range lowered {
		require.Greater(t, hit[name], 3, "no program hits the limits of %s", name)
	}
}

// leaving says of each control and call whether its value leaves the device or is lost.
func leaving(r *Result) map[string]bool {
	out := map[string]bool{}
	add := func(at string, u *Uses) {
		for _, f := range u.Flows {
			out[at] = out[at] || f.Sink.Kind.Leaves()
		}
		out[at] = out[at] || len(u.Lost) > 0
	}
	for _, c := range r.Controls {
		add(fmt.Sprint(c.View.File.Path, ":", c.Element.Start), &c.Uses)
	}
	for _, c := range r.Calls {
		for path, u := range c.Results {
			add(fmt.Sprint(c.Location, " ", path), u)
		}
	}
	return out
}

// shownControls are the controls that some page shows.
func shownControls(r *Result) []string {
	out := []string{} // not nil, of which nothing is a subset
	for _, c := range r.Controls {
		if c.Rendered && c.Hidden == nil {
			out = append(out, fmt.Sprint(c.View.File.Path, ":", c.Element.Start))
		}
	}
	return out
}
