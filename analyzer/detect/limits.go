package detect

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
)

// Limits of the run matter where collected values may have been: what a limit cut off elsewhere
// has no destination that anybody asks for. What a limit may have kept from being seen at all is
// told by unseen.

// unfollowed names the files of the units in which a value that some finding tells of was not
// followed to the end.
func (d *destinations) unfollowed(found []finding.Finding) (out []project.Unread) {
	hit := map[string][]string{}
	for _, l := range d.flow.Limits {
		if d.matters(l, found) {
			where := cmp.Or(limited(l), ".")
			hit[where] = append(hit[where], l.What)
		}
	}
	for _, where := range slices.Sorted(maps.Keys(hit)) {
		what := slices.Compact(slices.Sorted(slices.Values(hit[where])))
		words := make([]lang.Text, len(what))
		for i, w := range what {
			words[i] = lang.Both(limitWords[w], w)
		}
		out = append(out, project.Unread{
			Path: where,
			Reason: lang.Textf("数据没有跟踪到底（达到%s上限），去向可能不全",
				"data flow is incomplete (limit of %s): some destinations may be missing",
				lang.Joined(words, lang.Comma)),
		})
	}
	return out
}

// matters reports whether what a limit cut off may have had a value of a finding: it is on a page
// that collects it, or the value is where every page can get it, and this one gets such values.
func (d *destinations) matters(l flow.Limit, found []finding.Finding) bool {
	return slices.ContainsFunc(found, func(f finding.Finding) bool {
		if !f.Kind.Collects() {
			return false
		}
		units := d.unitsOf(&f)
		near := slices.ContainsFunc(units, func(u *project.Unit) bool { return d.concerns(l, u, d.surroundings(u).near) })
		return near || l.Unit == nil || len(units) == 0 || inApp(l) || d.takesIn(l.Unit) && d.shared(&f)
	})
}

// limited is the path of the script or template that ran into a limit, or that of its unit.
func limited(l flow.Limit) string {
	switch u := l.Unit; {
	case u == nil:
	case u.Script != nil && u.Script.File != nil:
		return u.Script.File.Path
	case u.View != nil && u.View.File != nil:
		return u.View.File.Path
	}
	return l.Path()
}

// limitWords are the Chinese names of what is limited (flow.Limit.What).
var limitWords = map[string]string{"calls": "调用", "depth": "调用深度", "rounds": "轮次", "steps": "步数", "elements": "元素"}
