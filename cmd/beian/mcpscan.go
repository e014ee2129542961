package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/beian/beian/analyzer/finding"
)

type scanAsked struct {
	Path  string `json:"path,omitempty" jsonschema:"folder of the mini program, absolute or relative to the first root; the root itself if empty"`
	Since string `json:"since,omitempty" jsonschema:"git commit or branch: only what is new since"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many findings at most, 40 if not given"`
}

// scanAnswer is the part of a report that an assistant needs, in few words.
type scanAnswer struct {
	Verdict    string         `json:"verdict" jsonschema:"triggered, undetermined or not-triggered"`
	Reasons    []string       `json:"reasons"`
	Categories []string       `json:"categories"`
	Findings   []scanFinding  `json:"findings" jsonschema:"problems first"`
	More       int            `json:"more,omitempty" jsonschema:"findings that are left out"`
	Unread     []scanUnread   `json:"unread" jsonschema:"what was not read: nothing is known of it"`
	MoreUnread int            `json:"moreUnread,omitempty"`
	Rulebooks  []scanRulebook `json:"rulebooks"`
}

type scanFinding struct {
	Rule        string   `json:"rule"`
	Category    string   `json:"category,omitempty"`
	Severity    string   `json:"severity,omitempty" jsonschema:"of a problem; absent for what is collected"`
	Confidence  string   `json:"confidence"`
	Place       string   `json:"place" jsonschema:"file:line"`
	Message     string   `json:"message"`
	Destination string   `json:"destination,omitempty" jsonschema:"known, open (not known) or stays"`
	SentTo      []string `json:"sentTo,omitempty"`
}

type scanUnread struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

type scanRulebook struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// Limits of what an assistant is told at once, unless it asks for more.
const (
	fewFindings = 40
	fewUnread   = 20
)

// wholeReport is what scanTool reads of the JSON report (docs/report.schema.json).
type wholeReport struct {
	Findings []struct {
		Rule, Category, Severity, Confidence, Message string

		Reachable, Suppressed bool
		Location              *struct {
			Path  string
			Start struct{ Line int }
		}
		Destination *struct{ State string }
		Flows       []struct {
			Sink struct {
				Kind      finding.SinkKind
				API, Host string
			}
		}
	}
	Verdict struct {
		PersonalInformation struct {
			Status     string
			Categories []string
			Reasons    []struct{ Text string }
		}
		Rulebooks []struct{ ID, Status string }
	}
	Unread []struct{ Path, Reason string }
}

func (a *assistant) scanTool(b bounds, in scanAsked) (*scanAnswer, error) {
	dir, err := b.resolve(in.Path)
	if err != nil {
		return nil, err
	}
	args := []string{"scan", "--format", "json", "--fail-on", "never"}
	if in.Since != "" {
		args = append(args, "--since="+in.Since)
	}
	text, err := a.call(b, append(args, "--", dir)...)
	if err != nil {
		return nil, err
	}
	var r wholeReport
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return nil, err
	}
	return r.short(cmp.Or(max(in.Limit, 0), fewFindings)), nil
}

// short leaves out what an assistant can ask for by why and explain.
func (r *wholeReport) short(limit int) *scanAnswer {
	out := &scanAnswer{
		Verdict: r.Verdict.PersonalInformation.Status, Categories: append([]string{}, r.Verdict.PersonalInformation.Categories...),
		Reasons: []string{}, Findings: []scanFinding{}, Unread: []scanUnread{}, Rulebooks: []scanRulebook{},
	}
	for _, reason := range r.Verdict.PersonalInformation.Reasons {
		out.Reasons = append(out.Reasons, reason.Text)
	}
	for _, book := range r.Verdict.Rulebooks {
		out.Rulebooks = append(out.Rulebooks, scanRulebook{book.ID, book.Status})
	}
	for _, f := range r.Findings {
		if f.Suppressed || !f.Reachable {
			continue
		}
		s := scanFinding{Rule: f.Rule, Category: f.Category, Severity: f.Severity, Confidence: f.Confidence, Message: f.Message}
		if f.Location != nil {
			s.Place = fmt.Sprintf("%s:%d", f.Location.Path, f.Location.Start.Line)
		}
		if f.Destination != nil {
			s.Destination = f.Destination.State
		}
		for _, flow := range f.Flows {
			if to := cmp.Or(flow.Sink.Host, flow.Sink.API); flow.Sink.Kind.Leaves() && !slices.Contains(s.SentTo, to) {
				s.SentTo = append(s.SentTo, to)
			}
		}
		out.Findings = append(out.Findings, s)
	}
	severities := []string{"critical", "high", "medium", "low", ""}
	slices.SortStableFunc(out.Findings, func(a, b scanFinding) int {
		return slices.Index(severities, a.Severity) - slices.Index(severities, b.Severity)
	})
	out.More = max(0, len(out.Findings)-limit)
	out.Findings = out.Findings[:len(out.Findings)-out.More]
	for _, u := range r.Unread[:min(len(r.Unread), fewUnread)] {
		out.Unread = append(out.Unread, scanUnread{u.Path, u.Reason})
	}
	out.MoreUnread = len(r.Unread) - len(out.Unread)
	return out
}
