package detect

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
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

// matters reports whether what a limit cut off may have had a value of a category that triggers filing: it is where the
// value is collected; or its code was given the value, or can name it; or it gets what is stored, put into an
// address or sent as an event, and the value is. Findings of other categories say by themselves that a limit was hit.
func (d *destinations) matters(l flow.Limit, found []finding.Finding) bool {
	return slices.ContainsFunc(found, func(f finding.Finding) bool {
		if !f.Kind.Collects() || !f.Category.Triggers() {
			return false
		}
		units := d.unitsOf(&f)
		around, controls := d.controlsOf(&f)
		return l.Unit == nil || len(units) == 0 || slices.Contains(units, l.Unit) || slices.Contains(around, l.Unit) ||
			slices.ContainsFunc(d.flow.Held[l], func(at source.Location) bool { return at.IsZero() || startsIn(at, &f, controls) }) ||
			d.sentTo(&f, l.Unit)
	})
}

// startsIn reports whether a datum that begins at a place is that of f, which is told at one of controls or where it says.
func startsIn(at source.Location, f *finding.Finding, controls []source.Location) bool {
	same := func(of source.Location) bool {
		return of.File == at.File && (of.Span.Contains(at.Span) || at.Span.Contains(of.Span))
	}
	return same(f.Location) || slices.ContainsFunc(controls, same)
}

// controlsOf returns the units around the controls that f tells of, and the places of these.
func (d *destinations) controlsOf(f *finding.Finding) (around []*project.Unit, controls []source.Location) {
	for _, c := range d.flow.Controls {
		at := source.Location{File: c.View.File, Span: c.Element.Open}
		hosted := func(h *flow.Host) bool { return source.Location{File: h.View.File, Span: h.Element.Open} == f.Location }
		if at != f.Location && !slices.ContainsFunc(c.Hosts, hosted) {
			continue
		}
		controls = append(controls, at)
		for _, h := range c.Hosts {
			around = append(around, h.Unit)
		}
	}
	return around, controls
}

// sentTo reports whether u may get the value of f from storage, the address of a page, or an event.
func (d *destinations) sentTo(f *finding.Finding, u *project.Unit) bool {
	for _, w := range f.Flows {
		switch w.Sink.Kind {
		case finding.Storage:
			if inScripts(u, stored) {
				return true
			}
		case finding.Navigation:
			if u.Kind == project.PageUnit && inScripts(u, addressed) {
				return true
			}
		}
	}
	return u.Script != nil && u.Script.File != nil && heard.in(u.Script.File.Text)
}

// inScripts reports whether the script of u, or one of the program that it imports, has one of some names.
func inScripts(u *project.Unit, n names) bool {
	s := &surroundings{}
	s.module(u.Script)
	for i := 0; i < len(s.modules); i++ {
		if m := s.modules[i]; m.File != nil && n.in(m.File.Text) {
			return true
		}
		for _, imported := range s.modules[i].Imports {
			s.module(imported.Module)
		}
	}
	return false
}

// What a script gets from others has one of these names: what they stored, put into the address of its page, or send
// as an event.
var (
	stored    = newNames("", []string{"getStorage", "persist", "localStorage", "database", "useStorage"}, nil)
	addressed = newNames("", []string{"onLoad", "useLoad", "useRouter", "useReady", "options", "query", "params"}, nil)
	heard     = newNames("",
		[]string{"eventChannel", "getOpenerEventChannel", "eventCenter", "EventBus", "eventBus", "emitter", "subscribe", "onMessage"},
		[]string{"on", "once", "bus"})
)

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
