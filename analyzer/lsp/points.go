package lsp

import (
	"cmp"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
)

// The answer to beian/points: what the programs of the workspace collect, for a view of an
// editor. Texts are in the language of the editor, places in the present text.

type folderPoints struct {
	URI      string          `json:"uri"`
	Failure  string          `json:"failure,omitempty"` // why there is no report
	Programs []programPoints `json:"programs"`
}

type programPoints struct {
	Root     string  `json:"root"` // from the folder, "." for the folder itself
	Name     string  `json:"name"`
	Status   string  `json:"status"` // of the verdict: triggered, not-triggered, undetermined
	Headline string  `json:"headline"`
	Article  string  `json:"article"`
	Points   []point `json:"points"`
}

// point is one collection point: a category of information and the place that collects it.
type point struct {
	Fingerprint string      `json:"fingerprint"`
	Rule        string      `json:"rule"`
	Category    string      `json:"category"`
	Title       string      `json:"title"` // of the category
	Subject     string      `json:"subject"`
	Message     string      `json:"message"`
	Confidence  string      `json:"confidence"`
	Accepted    bool        `json:"accepted"`
	Page        string      `json:"page"` // its route, "" if the place belongs to none
	PageTitle   string      `json:"pageTitle"`
	Location    location    `json:"location"`
	Flows       []pointFlow `json:"flows"`
	Note        string      `json:"note,omitempty"` // what flows do not tell of its destinations
}

type pointFlow struct {
	Recipient string      `json:"recipient"` // who gets it: a host, or what keeps it
	Text      string      `json:"text"`      // what happens to it there
	Leaves    bool        `json:"leaves"`    // it leaves the device
	Steps     []pointStep `json:"steps"`
}

type pointStep struct {
	Text     string    `json:"text"`
	Location *location `json:"location,omitempty"`
}

func (s *server) points(none) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	folders := []folderPoints{}
	for _, f := range s.folders {
		one := folderPoints{URI: uriOf(f.dir), Programs: []programPoints{}}
		if f.failure != nil {
			one.Failure = s.text(f.failure)
		}
		for _, p := range f.programs() {
			one.Programs = append(one.Programs, s.programPoints(f, &p))
		}
		folders = append(folders, one)
	}
	return folders, nil
}

func (s *server) programPoints(f *folder, p *report.Program) programPoints {
	out := programPoints{
		Root: p.Project.Root, Name: p.Project.Name, Status: p.Verdict.PersonalInformation.Status.String(),
		Headline: p.Verdict.Headline.Law().In(s.lang), Article: p.Verdict.Headline.Article.In(s.lang), Points: []point{},
	}
	titles := p.Project.Titles()
	for i := range p.Findings {
		if found := &p.Findings[i]; isPoint(found) {
			one := s.point(f, found)
			one.PageTitle = titles[found.Page]
			out.Points = append(out.Points, one)
		}
	}
	return out
}

// isPoint reports whether f is a collection point. It is one whether or not a person has
// accepted it: accepting changes nothing of what is collected.
func isPoint(f *finding.Finding) bool { return f.Collects() && !f.Location.IsZero() }

func (s *server) point(f *folder, found *finding.Finding) point {
	at, _ := f.show(found.Location)
	out := point{
		Fingerprint: found.Fingerprint, Rule: found.Rule.ID, Category: string(found.Category), Title: found.Category.Title().In(s.lang),
		Subject: found.Subject, Message: found.Message.In(s.lang), Confidence: found.Confidence.String(), Accepted: found.Accepted(),
		Page: found.Page, Location: at, Flows: []pointFlow{}, Note: report.DestinationNote(found.Destination, s.lang),
	}
	for _, flow := range found.Flows {
		one := pointFlow{Recipient: s.recipient(flow.Sink), Text: s.destination(flow.Sink), Leaves: flow.Sink.Kind.Leaves(),
			Steps: []pointStep{}}
		for _, step := range flow.Steps {
			to := pointStep{Text: step.Message.In(s.lang)}
			if !step.Location.IsZero() {
				place, _ := f.show(step.Location)
				to.Location = &place
			}
			one.Steps = append(one.Steps, to)
		}
		out.Flows = append(out.Flows, one)
	}
	return out
}

// recipient names who gets a value at a sink: the host, or what happens to it there.
func (s *server) recipient(sink finding.Sink) string {
	return cmp.Or(sink.Host, report.SinkWord(sink, s.lang)+report.HostNote(sink, s.lang)+s.say("（"+sink.API+"）", " ("+sink.API+")"))
}
