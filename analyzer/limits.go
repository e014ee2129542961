package analyzer

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
)

// limits names the units whose data was not followed to the end, and those that
// were left out.
func limits(values *flow.Result) []project.Unread {
	hit := map[string][]string{}
	for _, l := range values.Limits {
		where := cmp.Or(l.Path(), ".")
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

// limitWords are the Chinese names of what is limited (flow.Limit.What).
var limitWords = map[string]string{"calls": "调用", "depth": "调用深度", "rounds": "轮次", "steps": "步数", "elements": "元素"}
