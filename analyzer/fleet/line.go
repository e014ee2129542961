package fleet

import (
	"cmp"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
)

// Line is what is known of one entry. It is a line of the output, in JSON.
type Line struct {
	Name     string    `json:"name"`
	Status   Status    `json:"status"`
	Failure  *Failed   `json:"failure,omitempty"`
	Content  string    `json:"content,omitempty"`  // SHA-256 of what was read: the same program under two names has the same
	Tool     string    `json:"tool,omitempty"`     // version of the tool
	Programs []Program `json:"programs,omitempty"` // in the order of the report
	Report   string    `json:"report,omitempty"`   // the whole report, relative to the folder of reports
}

// Status says whether an entry was scanned.
type Status string

// The statuses.
const (
	Scanned   Status = "scanned"
	NotLooked Status = "failed" // nothing is known of it
)

// FailureKind is why an entry was not scanned.
type FailureKind string

// The kinds of failure.
const (
	BrokenLine FailureKind = "broken-line" // its line in the list cannot be read
	Duplicate  FailureKind = "duplicate"   // its name is taken
	NoProgram  FailureKind = "no-program"  // the folder is missing, or holds no program that can be loaded
	TooLong    FailureKind = "time"        // it took longer than a program may
	TooMuch    FailureKind = "memory"      // it took more memory than a program may
	Crashed    FailureKind = "crash"       // the process that scanned it ended
	Unwritten  FailureKind = "report"      // its report could not be written
)

// Failure is why an entry was not scanned.
type Failure struct {
	Kind FailureKind
	Text lang.Text
}

// Failed is a Failure in the language of the run.
type Failed struct {
	Kind FailureKind `json:"kind"`
	Text string      `json:"text"`
}

// Failed gives the line of an entry that was not scanned.
func (e *Entry) Failed(f Failure, in lang.Code) Line {
	return Line{Name: e.Name, Status: NotLooked, Failure: &Failed{f.Kind, f.Text.In(in)}}
}

// Program is what is known of one mini program.
type Program struct {
	Root      string `json:"root"` // relative to the folder of the entry
	Name      string `json:"name"`
	Platform  string `json:"platform"`
	Framework string `json:"framework"`
	AppID     string `json:"appId,omitempty"`
	Pages     int    `json:"pages"`
	Files     int    `json:"files"`

	Verdict    string             `json:"verdict"`    // as in the report
	Categories []finding.Category `json:"categories"` // those of the four that trigger it
	Collects   []Collected        `json:"collects"`   // every category that reachable code collects
	Recipients []Recipient        `json:"recipients"`
	Rulebooks  map[string]string  `json:"rulebooks"` // id to answer
	Problems   map[string]int     `json:"problems"`  // severity to number
	Unread     int                `json:"unread"`    // things that could not be read
	Hiding     int                `json:"hiding"`    // those of them that could hide a collection point
}

// Collected is a category that a program collects: at how many places, and what is
// known of where the values go.
type Collected struct {
	Category finding.Category `json:"category"`
	Points   int              `json:"points"`
	Sent     int              `json:"sent"`  // leave the device
	Open     int              `json:"open"`  // where they go is not known in full
	Stays    int              `json:"stays"` // are known to stay
}

// Recipient is where values of a category go.
type Recipient struct {
	Host       string             `json:"host"` // the host, the cloud's sink "cloud", or "" if it is not known
	Categories []finding.Category `json:"categories"`
}

// Summary gives the programs of a line, masked like the report they come from.
// Findings that a person called no personal information do not count, as in the
// verdict; nor do those below confidence medium or that no page reaches.
func Summary(r *report.Report) []Program {
	var out []Program
	for i := range r.Programs {
		out = append(out, summaryOf(&r.Programs[i]))
	}
	return out
}

func summaryOf(p *report.Program) Program {
	s := Program{
		Root: p.Project.Root, Name: p.Project.Name, Platform: p.Project.Platform, Framework: p.Project.Framework, AppID: p.Project.AppID,
		Pages: len(p.Project.Pages), Files: p.Project.Files,
		Verdict:    p.Verdict.PersonalInformation.Status.String(),
		Categories: append([]finding.Category{}, p.Verdict.PersonalInformation.Categories...),
		Rulebooks:  rulings(p.Verdict), Problems: map[string]int{}, Unread: len(p.Unread),
	}
	for _, u := range p.Unread {
		if u.Hides {
			s.Hiding++
		}
	}
	collected, recipients := map[finding.Category]*Collected{}, map[string]map[finding.Category]bool{}
	for i := range p.Findings {
		f := &p.Findings[i]
		switch counted := f.Reachable && f.Hidden == nil && f.Confidence >= finding.Medium && f.Acceptance.As != finding.NotPersonal; {
		case !counted:
		case f.Severity != finding.NoSeverity:
			s.Problems[f.Severity.String()]++
		case f.Category != "":
			count(f, collected, recipients)
		}
	}
	s.Collects, s.Recipients = []Collected{}, []Recipient{}
	for _, c := range finding.Categories() {
		if n := collected[c]; n != nil {
			s.Collects = append(s.Collects, *n)
		}
	}
	for _, host := range slices.Sorted(maps.Keys(recipients)) {
		r := Recipient{Host: host, Categories: []finding.Category{}}
		for _, c := range finding.Categories() {
			if recipients[host][c] {
				r.Categories = append(r.Categories, c)
			}
		}
		s.Recipients = append(s.Recipients, r)
	}
	return s
}

// count adds a collection point to its category and to those who get its values.
func count(f *finding.Finding, collected map[finding.Category]*Collected, recipients map[string]map[finding.Category]bool) {
	c := collected[f.Category]
	if c == nil {
		c = &Collected{Category: f.Category}
		collected[f.Category] = c
	}
	c.Points++
	sent := false
	for _, flow := range f.Flows {
		if !flow.Sink.Kind.Leaves() {
			continue
		}
		host := flow.Sink.Host
		if flow.Sink.Kind == finding.Cloud {
			host = cmp.Or(host, string(finding.Cloud))
		}
		sent = true
		if recipients[host] == nil {
			recipients[host] = map[finding.Category]bool{}
		}
		recipients[host][f.Category] = true
	}
	if sent {
		c.Sent++
	}
	switch f.Destination.State {
	case finding.DestinationOpen:
		c.Open++
	case finding.DestinationStays:
		c.Stays++
	}
}

func rulings(v verdict.Verdict) map[string]string {
	out := map[string]string{}
	for _, r := range v.Rulebooks {
		out[r.ID] = string(r.Status)
	}
	return out
}

// Of gives the line of an entry that was scanned.
func (e *Entry) Of(s *analyzer.Scan, r *report.Report) Line {
	return Line{Name: e.Name, Status: Scanned, Content: s.Content(), Tool: s.Version, Programs: Summary(r)}
}
