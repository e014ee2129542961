package analyzer

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
)

// limits names the files of the units whose data was not followed to the end, and the
// units that were left out.
func limits(values *flow.Result) []project.Unread {
	hit := map[string][]string{}
	for _, l := range values.Limits {
		where := cmp.Or(file(l), ".")
		hit[where] = append(hit[where], l.What)
	}
	var out []project.Unread
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
	for _, o := range values.Omissions {
		out = append(out, project.Unread{Path: cmp.Or(o.Path, "."), Reason: o.Bug.Omission(), Hides: true})
	}
	return out
}

// file is the path of the script or template that ran into a limit, or that of its unit.
func file(l flow.Limit) string {
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
