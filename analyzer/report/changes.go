package report

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/verdict"
)

// Changes says that a report holds only what is new against an earlier state.
type Changes struct {
	Against      string // what it is compared with, as a person calls it, masked
	New          int    // findings that the earlier state has not
	More         int    // findings that it has, of which there is more to say now
	Known        int    // findings left out
	Triggered    bool   // is filing triggered now, and was not before?
	Undetermined bool   // is the verdict on a program undetermined now, and none was before?

	grown map[string]bool // fingerprints of those of which there is more to say
}

// state is the word of SARIF for what a finding is against the earlier state, "" if
// nothing was compared.
func (c *Changes) state(f *finding.Finding) string {
	switch {
	case c == nil:
		return ""
	case c.grown[f.Fingerprint]:
		return "updated"
	}
	return "new"
}

// State is what is kept of a report to tell later what is new against it. It can be
// stored as JSON.
type State struct {
	Findings     []Past
	Unread       []Gap
	Triggered    bool // does a program have that verdict?
	Undetermined bool
}

// Past is a finding of an earlier state: what identifies it, and what there may be more of.
type Past struct {
	Rule, Category, Path string
	Element              string // how its source begins, such as "<input"
	Subject              string
	Source               string // hash of its source, to tell apart findings that are alike otherwise
	Own, Accepted        bool
	Confidence           finding.Confidence
	Ends                 []End
}

// End is a destination of a value: a kind of sink, and the host if it is known.
type End struct {
	Kind finding.SinkKind
	Host string
}

// Gap is a place that could not be read, whatever line it is on.
type Gap struct {
	Path   string
	Reason lang.Text
}

// State returns what has to be known of r later.
func (r *Report) State() *State {
	s := &State{Triggered: r.Has(verdict.Triggered), Undetermined: r.Has(verdict.Undetermined)}
	for i := range r.Programs {
		p := &r.Programs[i]
		for j := range p.Findings {
			s.Findings = append(s.Findings, past(&p.Findings[j]))
		}
		for _, u := range p.Unread {
			s.Unread = append(s.Unread, Gap{u.Path, u.Reason})
		}
	}
	return s
}

func past(f *finding.Finding) Past {
	p := Past{
		Rule: f.Rule.ID, Category: string(f.Category), Subject: f.Subject,
		Own: f.Own(), Accepted: f.Accepted(), Confidence: f.Confidence,
	}
	if !f.Location.IsZero() {
		text := f.Location.Text()
		p.Path, p.Source = f.Location.File.Path, fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
		p.Element = text
		if i := strings.IndexAny(text, " \t\r\n(>/"); i > 0 {
			p.Element = text[:i]
		}
	}
	for _, flow := range f.Flows {
		if end := (End{flow.Sink.Kind, flow.Sink.Host}); !slices.Contains(p.Ends, end) {
			p.Ends = append(p.Ends, end)
		}
	}
	return p
}

// Earlier is an earlier state of one directory.
type Earlier struct {
	State *State
	Moved func(path string) string // from a path in it to that in the report now
}

// KeepNew leaves in r the findings that none of the earlier states has, and those of
// which there is more to say than in any: more certain, in reach where they were not,
// going where they did not go. What could not be read before is left out, too. Each
// state is that of all directories; there are several before a merge. The verdict of
// the programs stays that of all findings.
//
// A finding is known by its rule, file, element and subject, as its fingerprint
// is, not by its line: what an edit moves is not new.
func (r *Report) KeepNew(states [][]Earlier, against string) {
	d := r.State().since(states)
	c := &Changes{Against: finding.Mask(against), Triggered: d.triggered, Undetermined: d.undetermined}
	next := 0 // of d.old
	for i := range r.Programs {
		p := &r.Programs[i]
		old := d.old[next:][:len(p.Findings)]
		next += len(p.Findings)
		p.Findings = c.keep(p.Findings, old)
		p.Unread = slices.DeleteFunc(p.Unread, func(u project.Unread) bool { return d.gaps[Gap{u.Path, u.Reason}] })
	}
	r.Changes = c
}

// Adds reports whether KeepNew would leave anything in a report with this state, a finding
// or a gap, or say that the verdict has changed.
func (s *State) Adds(states [][]Earlier) bool {
	d := s.since(states)
	for i := range s.Findings {
		now := &s.Findings[i]
		if len(d.old[i]) == 0 || now.pending() && now.gain(d.old[i]).more() {
			return true
		}
	}
	return d.triggered || d.undetermined || slices.ContainsFunc(s.Unread, func(u Gap) bool { return !d.gaps[u] })
}

// difference is how a state compares with earlier ones.
type difference struct {
	triggered, undetermined bool         // is that so now, and was it in none of them?
	gaps                    map[Gap]bool // what could not be read in one of them
	old                     [][]*Past    // of each finding of the state: its form in those that have it
}

func (s *State) since(states [][]Earlier) difference {
	d := difference{s.Triggered, s.Undetermined, map[Gap]bool{}, make([][]*Past, len(s.Findings))}
	for _, state := range states {
		for _, e := range state {
			d.triggered = d.triggered && !e.State.Triggered
			d.undetermined = d.undetermined && !e.State.Undetermined
			for _, u := range e.State.Unread {
				d.gaps[Gap{e.Moved(u.Path), u.Reason}] = true
			}
		}
		s.pair(state, d.old)
	}
	return d
}

// pair adds to old the form that each finding of s has in an earlier state. Among
// several with the same identity, those with the same source are paired; the rest are
// paired in order.
func (s *State) pair(state []Earlier, old [][]*Past) {
	known := map[string][]*Past{} // not paired, by identity
	for _, e := range state {
		for i := range e.State.Findings {
			f := &e.State.Findings[i]
			key := f.identity(e.Moved)
			known[key] = append(known[key], f)
		}
	}
	same := func(path string) string { return path }
	paired := make([]bool, len(s.Findings))
	for _, equal := range []func(now, old *Past) bool{
		func(now, old *Past) bool { return now.Source == old.Source },
		func(now, old *Past) bool { return true },
	} {
		for i := range s.Findings {
			if paired[i] {
				continue
			}
			now := &s.Findings[i]
			key := now.identity(same)
			if k := slices.IndexFunc(known[key], func(old *Past) bool { return equal(now, old) }); k >= 0 {
				paired[i] = true
				old[i] = append(old[i], known[key][k])
				known[key] = slices.Delete(known[key], k, k+1)
			}
		}
	}
}

// identity is what identifies a finding.
func (p *Past) identity(moved func(string) string) string {
	file := ""
	if p.Path != "" {
		file = moved(p.Path)
	}
	return strings.Join([]string{p.Rule, p.Category, file, p.Element, p.Subject}, "\x00")
}

// keep returns the findings that are new or of which there is more to say, and
// counts them all.
func (c *Changes) keep(all []finding.Finding, old [][]*Past) []finding.Finding {
	var kept []finding.Finding
	for i := range all {
		f, before := &all[i], old[i]
		if len(before) == 0 {
			kept = append(kept, *f)
			if f.Pending() {
				c.New++
			}
			continue
		}
		if !f.Pending() {
			continue
		}
		now := past(f)
		gained := now.gain(before)
		if !gained.more() {
			c.Known++
			continue
		}
		c.More++
		if c.grown == nil {
			c.grown = map[string]bool{}
		}
		c.grown[f.Fingerprint] = true
		more := gained.in(f)
		grown := *f
		grown.Message = lang.Text{ZH: f.Message.ZH + "（" + more.ZH + "）", EN: f.Message.EN + " (" + more.EN + ")"}
		kept = append(kept, grown)
	}
	return kept
}

// pending is finding.Finding.Pending.
func (p *Past) pending() bool { return p.Own && !p.Accepted }

// gain is what there is more to say of a finding that was there before, or nothing.
type gain struct {
	text lang.Text
	end  *End // or a destination that it did not have
}

func (g gain) more() bool { return g.end != nil || g.text.EN != "" }

// in is the text of a gain of f.
func (g gain) in(f *finding.Finding) lang.Text {
	if g.end == nil {
		return g.text
	}
	k := slices.IndexFunc(f.Flows, func(flow finding.Flow) bool { return flow.Sink.Kind == g.end.Kind && flow.Sink.Host == g.end.Host })
	sink := f.Flows[k].Sink
	where := sink.API
	if sink.Host != "" {
		where += " → " + sink.Host
	}
	return lang.Text{
		ZH: "这次改动后新增去向：" + sinkWord(sink).ZH + " " + where,
		EN: "this change adds: " + sinkWord(sink).EN + " " + where,
	}
}

// gain compares a finding with what it was before. What one of several earlier states had
// is not new.
func (p *Past) gain(before []*Past) gain {
	none := func(had func(*Past) bool) bool { return !slices.ContainsFunc(before, had) }
	switch {
	case none(func(b *Past) bool { return b.Own }):
		return gain{text: lang.Text{ZH: "这次改动后页面可以到达", EN: "this change makes it reachable"}}
	case none(func(b *Past) bool { return !b.Accepted }):
		return gain{text: lang.Text{ZH: "之前接受它的说明已不在", EN: "what accepted it has been removed"}}
	case none(func(b *Past) bool { return b.Confidence >= p.Confidence }):
		return gain{text: lang.Text{ZH: "这次改动后更确定", EN: "this change makes it more certain"}}
	}
	for i := range p.Ends {
		if none(func(b *Past) bool { return b.goesTo(p.Ends[i]) }) {
			return gain{end: &p.Ends[i]}
		}
	}
	return gain{}
}

// goesTo reports whether p goes to that place already. A host that is not
// known may be any host.
func (p *Past) goesTo(sink End) bool {
	return slices.ContainsFunc(p.Ends, func(end End) bool {
		return end.Kind == sink.Kind && (end.Host == sink.Host || end.Host == "" || sink.Host == "")
	})
}
