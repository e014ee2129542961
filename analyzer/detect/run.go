package detect

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// identifier is the form of a rule's identifier: people type it on command
// lines and in comments.
var identifier = regexp.MustCompile(`^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$`)

// Validate reports everything that is wrong with the metadata of detectors: a
// missing name or function, a rule without its texts in both languages, and
// identifiers that occur twice.
func Validate(detectors []*Detector) error {
	var errs []error
	names, ids := map[string]bool{}, map[string]bool{}
	for i, d := range detectors {
		if d == nil || d.Name == "" || d.Run == nil {
			errs = append(errs, fmt.Errorf("detector %d has no name or no function", i))
			continue
		}
		if names[d.Name] {
			errs = append(errs, fmt.Errorf("detector %s is given twice", d.Name))
		}
		names[d.Name] = true
		for _, r := range d.Rules {
			if r == nil {
				errs = append(errs, fmt.Errorf("detector %s has an empty rule", d.Name))
				continue
			}
			if ids[r.ID] {
				errs = append(errs, fmt.Errorf("rule %s is given twice", r.ID))
			}
			ids[r.ID] = true
			errs = append(errs, validateRule(r)...)
		}
	}
	return errors.Join(errs...)
}

func validateRule(r *finding.Rule) (errs []error) {
	missing := func(what string, absent bool) {
		if absent {
			errs = append(errs, fmt.Errorf("rule %s has no %s", r.ID, what))
		}
	}
	if !identifier.MatchString(r.ID) {
		errs = append(errs, fmt.Errorf("rule %q: an identifier is two words of lower-case letters with a slash between", r.ID))
	}
	missing("kind", r.Kind == "")
	missing("title", r.Title.ZH == "" || r.Title.EN == "")
	missing("summary", r.Summary.ZH == "" || r.Summary.EN == "")
	missing("reason", r.Why.ZH == "" || r.Why.EN == "")
	missing("advice", r.Mend.ZH == "" || r.Mend.EN == "")
	missing("limits", r.Limits.ZH == "" || r.Limits.EN == "")
	missing("examples", r.Bad == "" || r.Good == "")
	missing("references", len(r.References) == 0)
	missing("version", r.Since == "")
	return errs
}

// Run runs the detectors over an analyzed program. The findings are complete: one
// for each rule and place, ordered by path, place and rule, with fingerprints
// that stay the same when lines move. unread lists what the detectors could not
// look at. The error joins those of the detectors; the findings of the others are
// returned with it.
func Run(p *project.Program, r *flow.Result, detectors []*Detector) (found []finding.Finding, unread []project.Unread, err error) {
	if err := Validate(detectors); err != nil {
		return nil, nil, err
	}
	var all []finding.Finding
	var errs []error
	destinations := newDestinations(p, r)
	controls := control.NewReader(p, r.Controls)
	for _, d := range detectors {
		pass := &Pass{
			Program: p, Flow: r, Controls: controls, Found: slices.Clip(all),
			Report: func(f finding.Finding) { all = append(all, f) },
		}
		var err error
		if e := bug.Catch(func() { err = d.Run(pass) }); e != nil {
			unread = append(unread, project.Unread{
				Path: ".", Hides: true,
				Reason: lang.Textf("检测器 %s：", "detector %s: ", d.Name).Plus(e.Omission()),
			})
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("detector %s: %w", d.Name, err))
		}
	}
	for i := range all {
		if all[i].Rule == nil || all[i].Location.IsZero() || all[i].Confidence == 0 {
			return nil, nil, fmt.Errorf("finding %q has no rule, place or confidence", all[i].Message.EN)
		}
		complete(&all[i])
		destinations.settle(&all[i])
	}
	unread = slices.Concat(destinations.unfollowed(all), unread, controls.Unread())
	all = Arrange(all, p.Within)
	if p.Config != nil {
		inOrder(all, p.Config.Pages)
	}
	return all, append(unread, unseen(p, r, controls)...), errors.Join(errs...)
}

// inOrder puts the pages of findings in the order of the configuration.
func inOrder(all []finding.Finding, routes []string) {
	at := map[string]int{}
	for i, route := range routes {
		at[route] = i
	}
	for i := range all {
		slices.SortStableFunc(all[i].Pages, func(a, b string) int { return cmp.Compare(at[a], at[b]) })
	}
}

// Arrange puts findings in order, merges those with the same rule and place, and
// gives each its fingerprint. Arranging again changes nothing, and a finding of
// another rule or file leaves the fingerprints of the rest as they are.
// Fingerprints use paths from the top of the repository, below which within is the
// scanned directory, so they are the same whichever directory of the repository is
// scanned.
func Arrange(all []finding.Finding, within string) []finding.Finding {
	slices.SortStableFunc(all, compare)
	all = merge(all)
	fingerprint(all, within)
	return all
}

// complete sets the fields that follow from the others.
func complete(f *finding.Finding) {
	if f.Kind == "" {
		f.Kind = f.Rule.Kind
	}
	if f.Category == "" {
		f.Category = f.Rule.Category
	}
	if f.Severity == finding.NoSeverity {
		f.Severity = f.Rule.Severity(f.Category)
	}
}

func compare(a, b finding.Finding) int {
	return cmp.Or(
		cmp.Compare(a.Location.File.Path, b.Location.File.Path),
		cmp.Compare(a.Location.Span.Start, b.Location.Span.Start),
		cmp.Compare(a.Location.Span.End, b.Location.Span.End),
		cmp.Compare(a.Rule.ID, b.Rule.ID),
	)
}

// merge makes one finding from those with the same rule and place: the instances
// of a control in a loop, or of a component on several pages.
func merge(all []finding.Finding) []finding.Finding {
	var out []finding.Finding
	for _, f := range all {
		if n := len(out); n > 0 && compare(out[n-1], f) == 0 {
			out[n-1] = both(out[n-1], f)
			continue
		}
		out = append(out, f)
	}
	return out
}

// On returns findings that are there on the platforms of these names.
func On(found []finding.Finding, names []string) []finding.Finding {
	found = slices.Clone(found)
	for i := range found {
		found[i].Platforms = names
	}
	return found
}

// platformsOf are the platforms on which either of two findings at a place is there. If
// only one is seen by a person, those of the other do not matter.
func platformsOf(a, b *finding.Finding) []string {
	names := slices.Clone(a.Platforms)
	if seen(a) != seen(b) {
		if seen(b) {
			return b.Platforms
		}
		return names
	}
	for _, name := range b.Platforms {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// pagesOf are the pages on which either of two findings at a place is there, nil for one
// alone. If only one is seen by a person, those of the other do not matter.
func pagesOf(a, b *finding.Finding) []string {
	switch {
	case seen(a) && !seen(b):
		return a.Pages
	case seen(b) && !seen(a):
		return b.Pages
	}
	routes := slices.Clone(a.Routes())
	for _, r := range b.Routes() {
		if !slices.Contains(routes, r) {
			routes = append(routes, r)
		}
	}
	if len(routes) < 2 {
		return nil
	}
	return routes
}

// seen reports whether a person comes to the place of a finding.
func seen(f *finding.Finding) bool { return f.Reachable && f.Hidden == nil }

// both keeps the better of two findings, with the flows of both.
func both(a, b finding.Finding) finding.Finding {
	better, other := a, b
	switch {
	case seen(&a) != seen(&b):
		if seen(&b) {
			better, other = b, a
		}
	case !a.Reachable && b.Reachable || a.Reachable == b.Reachable && b.Confidence > a.Confidence:
		better, other = b, a
	}
	better.Severity = max(a.Severity, b.Severity)
	better.Platforms = platformsOf(&a, &b)
	better.Pages = pagesOf(&a, &b)
	if seen(&other) && other.OnlyIf == nil {
		better.OnlyIf = nil
	}
	better.Flows = slices.Clone(better.Flows)
	for _, f := range other.Flows {
		if !slices.ContainsFunc(better.Flows, func(g finding.Flow) bool {
			return samePlace(f.Sink.Location, g.Sink.Location) && f.Sink.API == g.Sink.API && f.Sink.Host == g.Sink.Host
		}) {
			better.Flows = append(better.Flows, f)
		}
	}
	if better.Kind.Collects() {
		better.Destination = finding.DestinationOf(better.Flows, union(better.Destination.Reasons, other.Destination.Reasons))
	}
	return better
}

// samePlace compares places in files that may have been read twice.
func samePlace(a, b source.Location) bool {
	return a.Span == b.Span && (a.File == b.File || a.File != nil && b.File != nil && a.File.Path == b.File.Path)
}

// fingerprint names each finding by its meaning, not by its place: rule, file,
// the name of the element or call, and its number among several alike.
func fingerprint(all []finding.Finding, within string) {
	seen := map[string]int{}
	for i := range all {
		f := &all[i]
		key := strings.Join([]string{f.Rule.ID, path.Join(within, f.Location.File.Path), head(f.Location.Text()),
			strings.Join(strings.Fields(f.Subject), " ")}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		f.Fingerprint = hex.EncodeToString(sum[:])[:16]
	}
}

// head is the first word of a piece of source, whatever its layout: "<input",
// "wx.chooseAddress".
func head(text string) string {
	if !strings.HasPrefix(text, "<") {
		text = strings.Join(strings.Fields(text), "") // a chain over several lines
	}
	if i := strings.IndexAny(text, " \t\r\n(>/"); i > 0 {
		return text[:i]
	}
	return text
}
