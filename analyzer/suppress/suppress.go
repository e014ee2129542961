// Package suppress answers one question about each finding: has a person accepted
// it, and as what? The answers are in comments of the scanned program, in entries of
// beian.yaml and in a baseline file. It takes findings and gives them back, the
// accepted ones marked with the act and the reason that was given, together with
// findings of its own about comments that are malformed or accept nothing.
//
// There are two acts (finding.AcceptedAs): "known" says that the program collects
// this and that people know it; "not-personal" says that the tool is mistaken. A
// reason is mandatory: without one nothing is accepted. This package removes no
// finding; package finding says what follows from an acceptance.
package suppress

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Entry is one entry of "suppress" in beian.yaml: for files that cannot hold a
// comment, such as strict JSON.
type Entry struct {
	Path     string // glob of paths relative to the directory of the file
	Below    string // from there to the scanned directory; "" for the same
	Rule     string
	As       finding.AcceptedAs // "" if it does not say: known
	Reason   string
	Location source.Location // where it is written

	used bool
}

// Accepted is everything that a person has accepted outside of the scanned files,
// for one scanned directory. It notes what was used, so that the rest can be
// reported after all programs of the directory.
type Accepted struct {
	Entries  []*Entry
	Baseline *Baseline // nil without one
	Today    string    // YYYY-MM-DD, for what expires
	Rules    []string  // identifiers that a comment may name
}

// Apply marks the accepted findings of p. What is said of everything that p collects
// then leaves out the dismissed ones. The result is in the order of detect.Run, with
// the findings about comments among the others.
func (a *Accepted) Apply(p *project.Program, found []finding.Finding) []finding.Finding {
	files := comments(p, found)
	out := slices.Clone(found)
	for i := range out {
		a.judge(&out[i], files)
	}
	for _, f := range files {
		for _, c := range f.comments {
			if about := c.complaint(a.Rules, f.reachable); about != nil {
				out = append(out, *about)
			}
		}
	}
	return detect.Arrange(finding.Recount(out), p.Within)
}

// Settle marks the accepted ones among findings about beian.yaml, in which comments
// accept nothing. They come back arranged.
func (a *Accepted) Settle(found []finding.Finding, within string) []finding.Finding {
	out := detect.Arrange(slices.Clone(found), within)
	for i := range out {
		a.judge(&out[i], nil)
	}
	return out
}

// Expired is the kind of evidence that tells of an entry of the baseline whose
// time is over.
const Expired = "expired"

// judge marks f if somebody has accepted it: by a comment, an entry or the baseline.
// If several say the same, the nearest is named.
func (a *Accepted) judge(f *finding.Finding, files map[*source.File]*commented) {
	if at := files[f.Location.File]; at != nil {
		for _, c := range at.comments {
			if c.covers(f) {
				c.used[f.Rule.ID] = true
				f.Accept(finding.Acceptance{As: c.as, By: finding.ByComment, Reason: c.reason})
			}
		}
	}
	for _, e := range a.Entries {
		if e.Rule == f.Rule.ID && doublestar.MatchUnvalidated(e.Path, path.Join(e.Below, f.Location.File.Path)) {
			e.used = true
			f.Accept(acceptance(e.As, finding.ByConfig, e.Reason))
		}
	}
	b := a.Baseline.entry(f.Fingerprint)
	switch {
	case b == nil || b.Rule != f.Rule.ID:
	case !b.expired(a.Today):
		f.Accept(acceptance(b.As, finding.ByBaseline, b.Reason))
	case !f.Accepted():
		f.Evidence = append(slices.Clone(f.Evidence), finding.Evidence{
			What: Expired, Text: strings.TrimSpace(b.Expires + " " + b.Author + " " + b.Reason),
		})
	}
}

// acceptance is what an entry says, which is known unless it says otherwise.
func acceptance(as finding.AcceptedAs, by finding.AcceptedBy, reason string) finding.Acceptance {
	a := finding.Acceptance{As: as, By: by, Reason: reason}
	if as == "" {
		a.As, a.Assumed = finding.Known, true
	}
	return a
}

// Unused returns a finding for each entry of beian.yaml that accepted nothing in
// any program of the directory.
func (a *Accepted) Unused() []finding.Finding {
	var out []finding.Finding
	for _, e := range a.Entries {
		if !e.used {
			out = append(out, complain(Unused, finding.Low, e.Location, e.Rule,
				fmt.Sprintf("%s 的 %s 没有可以接受的发现", e.Path, e.Rule),
				fmt.Sprintf("there is no finding of %s in %s to accept", e.Rule, e.Path)))
		}
	}
	return out
}

// complaint is the finding about a comment that does not work, nil if it does.
func (c *comment) complaint(known []string, reachable bool) *finding.Finding {
	var f finding.Finding
	switch {
	case c.wrong != (lang.Text{}):
		f = complain(Malformed, finding.Medium, c.location, "", c.wrong.ZH, c.wrong.EN)
	case !reachable:
		return nil // nobody looked there
	default:
		var unused []string
		for _, r := range c.rules {
			if !slices.Contains(known, r) {
				zh, en := fmt.Sprintf("没有规则 %q", r), fmt.Sprintf("there is no rule %q", r)
				if near := spelling.Nearest(r, known); near != "" {
					zh, en = zh+"，是不是想写 "+near+"？", en+"; did you mean "+near+"?"
				}
				f = complain(Malformed, finding.Medium, c.location, r, zh, en)
				return &f
			}
			if !c.used[r] {
				unused = append(unused, r)
			}
		}
		if len(unused) == 0 {
			return nil
		}
		list := strings.Join(unused, ", ")
		f = complain(Unused, finding.Low, c.location, list,
			"此处没有 "+list+" 的发现，注释可以删除", "there is no finding of "+list+" here; the comment can go")
	}
	return &f
}

func complain(rule *finding.Rule, c finding.Confidence, at source.Location, subject, zh, en string) finding.Finding {
	return finding.Finding{
		Rule: rule, Kind: rule.Kind, Severity: rule.Severity(), Confidence: c, Reachable: true, Subject: subject,
		Message: lang.Both(zh, en), Location: at,
	}
}

// byPlace orders comments as they are in their file.
func byPlace(a, b *comment) int { return cmp.Compare(a.location.Span.Start, b.location.Span.Start) }
