package report

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/verdict"
)

// Changes says that a report holds only what is new against an earlier state.
type Changes struct {
	Against      string // what it is compared with, as a person calls it
	New          int    // findings that the earlier state has not
	More         int    // findings that it has, of which there is more to say now
	Known        int    // findings left out
	Triggered    bool   // is filing triggered now, and was not before?
	Undetermined bool   // is the verdict on a program undetermined now, and none was before?
}

// Earlier is an earlier state of the programs of a report.
type Earlier struct {
	Report *Report
	Moved  func(path string) string // from a path in it to that in the report now
}

// KeepNew leaves in r the findings that the earlier states have not, and those of
// which there is more to say: more certain, in reach where it was not, going where
// it did not go. What could not be read before is left out, too. The verdict of the
// programs stays that of all findings.
//
// A finding is known by its rule, file, element and subject, as its fingerprint
// is, not by its line: what an edit moves is not new.
func (r *Report) KeepNew(before []Earlier, against string) {
	c := &Changes{Against: against, Triggered: r.Has(verdict.Triggered), Undetermined: r.Has(verdict.Undetermined)}
	unread := map[unreadKey]bool{}
	for _, e := range before {
		c.Triggered = c.Triggered && !e.Report.Has(verdict.Triggered)
		c.Undetermined = c.Undetermined && !e.Report.Has(verdict.Undetermined)
		for i := range e.Report.Programs {
			for _, u := range e.Report.Programs[i].Unread {
				unread[unreadKey{e.Moved(u.Path), u.Reason}] = true
			}
		}
	}
	old := r.pair(before)
	for i := range r.Programs {
		p := &r.Programs[i]
		p.Findings = c.keep(p.Findings, old)
		p.Unread = slices.DeleteFunc(p.Unread, func(u project.Unread) bool { return unread[unreadKey{u.Path, u.Reason}] })
	}
	r.Changes = c
}

// unreadKey tells one unread place from another, whatever line it is on.
type unreadKey struct {
	path   string
	reason lang.Text
}

// pair finds the earlier form of the findings of r. Among several with the same
// identity, those with the same text are paired; the rest are paired in order.
func (r *Report) pair(before []Earlier) map[*finding.Finding]*finding.Finding {
	known := map[string][]*finding.Finding{} // not paired, by identity
	for _, e := range before {
		for i := range e.Report.Programs {
			for j := range e.Report.Programs[i].Findings {
				f := &e.Report.Programs[i].Findings[j]
				key := identity(f, e.Moved)
				known[key] = append(known[key], f)
			}
		}
	}
	same := func(path string) string { return path }
	old := map[*finding.Finding]*finding.Finding{}
	for _, equal := range []func(f, old *finding.Finding) bool{
		func(f, old *finding.Finding) bool { return f.Location.Text() == old.Location.Text() },
		func(f, old *finding.Finding) bool { return true },
	} {
		for i := range r.Programs {
			for j := range r.Programs[i].Findings {
				f := &r.Programs[i].Findings[j]
				if old[f] != nil {
					continue
				}
				key := identity(f, same)
				if k := slices.IndexFunc(known[key], func(old *finding.Finding) bool { return equal(f, old) }); k >= 0 {
					old[f] = known[key][k]
					known[key] = slices.Delete(known[key], k, k+1)
				}
			}
		}
	}
	return old
}

// keep returns the findings that are new or of which there is more to say, and
// counts them all.
func (c *Changes) keep(all []finding.Finding, old map[*finding.Finding]*finding.Finding) []finding.Finding {
	var kept []finding.Finding
	for i := range all {
		f := &all[i]
		before := old[f]
		if before == nil {
			kept = append(kept, *f)
			if f.Pending() {
				c.New++
			}
			continue
		}
		if more := gain(f, before); more.EN != "" && f.Pending() {
			c.More++
			grown := *f
			grown.Message = lang.Text{ZH: f.Message.ZH + "（" + more.ZH + "）", EN: f.Message.EN + " (" + more.EN + ")"}
			kept = append(kept, grown)
			continue
		}
		if f.Pending() {
			c.Known++
		}
	}
	return kept
}

// identity is what identifies a finding.
func identity(f *finding.Finding, path func(string) string) string {
	file, first := "", ""
	if !f.Location.IsZero() {
		file = path(f.Location.File.Path)
		first = f.Location.Text()
		if i := strings.IndexAny(first, " \t\r\n(>/"); i > 0 {
			first = first[:i]
		}
	}
	return strings.Join([]string{f.Rule.ID, string(f.Category), file, first, f.Subject}, "\x00")
}

// gain is what is new about a finding that was there before, or nothing.
func gain(f, before *finding.Finding) lang.Text {
	if !before.Own() {
		return lang.Text{ZH: "这次改动后页面可以到达", EN: "this change makes it reachable"}
	}
	if before.Accepted() && !f.Accepted() {
		return lang.Text{ZH: "之前接受它的说明已不在", EN: "what accepted it has been removed"}
	}
	if f.Confidence > before.Confidence {
		return lang.Text{ZH: "这次改动后更确定", EN: "this change makes it more certain"}
	}
	for _, flow := range f.Flows {
		if goesThere(before, flow.Sink) {
			continue
		}
		where := flow.Sink.API
		if flow.Sink.Host != "" {
			where += " → " + flow.Sink.Host
		}
		return lang.Text{
			ZH: "这次改动后新增去向：" + sinkWords[flow.Sink.Kind].ZH + " " + where,
			EN: "this change adds: " + sinkWords[flow.Sink.Kind].EN + " " + where,
		}
	}
	return lang.Text{}
}

// goesThere reports whether f goes to the place of a sink already. A host that is
// not known may be any host.
func goesThere(f *finding.Finding, sink finding.Sink) bool {
	return slices.ContainsFunc(f.Flows, func(flow finding.Flow) bool {
		return flow.Sink.Kind == sink.Kind && (flow.Sink.Host == sink.Host || flow.Sink.Host == "" || sink.Host == "")
	})
}
