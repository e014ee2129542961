package report

import (
	"encoding/json"
	"io"

	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// schemaVersion is the version of the JSON report, apart from that of the tool.
// A field may be added under the same version; a field that goes or changes its
// meaning makes a new one. The schema is docs/report.schema.json.
const schemaVersion = 1

// JSON writes r as one JSON document. If several programs were found, "project"
// and "inventory" are those of the first, "findings" and "unread" those of all, "verdict" is the
// strongest, and "programs" lists them one by one.
func JSON(w io.Writer, r *Report, o Options) error {
	o.Suppressed = true // programs can tell them apart
	out := jsonReport{
		SchemaVersion: schemaVersion,
		Tool:          jsonTool{r.Tool.Name, r.Tool.Version},
		Project:       jsonProjectOf(r.Programs[0].Project),
		Findings:      []jsonFinding{},
		Verdict:       jsonVerdictOf(r.Strongest().Verdict, o.Lang),
		Unread:        []jsonUnread{},
		Inventory:     r.Programs[0].Does,
		Stats:         jsonStats{r.Stats.Files, r.Stats.Bytes, r.Stats.Milliseconds},
	}
	for i := range r.Programs {
		p := &r.Programs[i]
		shown := o.shown(p)
		root := ""
		if len(r.Programs) > 1 {
			root = p.Project.Root
			out.Programs = append(out.Programs, jsonProgram{
				Project:   jsonProjectOf(p.Project),
				Findings:  len(shown),
				Verdict:   jsonVerdictOf(p.Verdict, o.Lang),
				Inventory: p.Does,
			})
		}
		for j := range shown {
			f := jsonFindingOf(&shown[j], o.Lang)
			f.Program = root
			out.Findings = append(out.Findings, f)
		}
		for _, u := range p.Unread {
			out.Unread = append(out.Unread, jsonUnread{u.Path, u.Reason.In(o.Lang), jsonPlace(u.Location)})
		}
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

type jsonReport struct {
	SchemaVersion int            `json:"schemaVersion"`
	Tool          jsonTool       `json:"tool"`
	Project       jsonProject    `json:"project"`
	Programs      []jsonProgram  `json:"programs,omitempty"`
	Findings      []jsonFinding  `json:"findings"`
	Verdict       jsonVerdict    `json:"verdict"`
	Unread        []jsonUnread   `json:"unread"`
	Inventory     *filed.Program `json:"inventory,omitempty"`
	Stats         jsonStats      `json:"stats"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonProject struct {
	Root      string   `json:"root"`
	Platform  string   `json:"platform"`
	Platforms []string `json:"platforms,omitempty"`
	Framework string   `json:"framework"`
	Name      string   `json:"name"`
	AppID     string   `json:"appId"`
	Pages     int      `json:"pages"`
	Files     int      `json:"files"`
	Outside   []string `json:"outside,omitempty"`
}

func jsonProjectOf(p Project) jsonProject {
	return jsonProject{p.Root, p.Platform, p.Platforms, p.Framework, p.Name, p.AppID, len(p.Pages), p.Files, p.Outside}
}

type jsonProgram struct {
	Project   jsonProject    `json:"project"`
	Findings  int            `json:"findings"`
	Verdict   jsonVerdict    `json:"verdict"`
	Inventory *filed.Program `json:"inventory,omitempty"`
}

type jsonFinding struct {
	Program      string             `json:"program,omitempty"`
	Rule         string             `json:"rule"`
	Kind         finding.Kind       `json:"kind"`
	Category     finding.Category   `json:"category"`
	Severity     string             `json:"severity,omitempty"`
	Confidence   string             `json:"confidence"`
	Reachable    bool               `json:"reachable"`
	Shown        *bool              `json:"shown,omitempty"`
	Hidden       *jsonDecision      `json:"hidden,omitempty"`
	OnlyIf       *jsonDecision      `json:"onlyIf,omitempty"`
	Platforms    []string           `json:"platforms,omitempty"`
	Suppressed   bool               `json:"suppressed"`
	Reason       string             `json:"reason,omitempty"`
	SuppressedBy finding.AcceptedBy `json:"suppressedBy,omitempty"`
	Accepted     *jsonAcceptance    `json:"accepted,omitempty"`
	Message      string             `json:"message"`
	Subject      string             `json:"subject,omitempty"`
	Page         string             `json:"page,omitempty"`
	Pages        []string           `json:"pages,omitempty"`
	MorePages    int                `json:"morePages,omitempty"`
	PrivacyKey   string             `json:"privacyKey,omitempty"`
	Library      string             `json:"library,omitempty"`
	Location     *jsonLocation      `json:"location"`
	Evidence     []jsonEvidence     `json:"evidence"`
	Flows        []jsonFlow         `json:"flows"`
	Destination  *jsonDestination   `json:"destination,omitempty"`
	Bounded      bool               `json:"bounded,omitempty"`
	Fingerprint  string             `json:"fingerprint"`
}

// jsonDecision says what decides whether a control is shown.
type jsonDecision struct {
	Text     string        `json:"text"`
	Location *jsonLocation `json:"location"`
}

// jsonAcceptance is what a person said about a finding. Reason and suppressedBy of
// the finding repeat a part of it, for programs from the time before there were two
// acts.
type jsonAcceptance struct {
	As        finding.AcceptedAs `json:"as"`
	Reason    string             `json:"reason"`
	By        finding.AcceptedBy `json:"by"`
	Assumed   bool               `json:"assumed,omitempty"`
	Overruled *jsonOverruled     `json:"overruled,omitempty"`
}

type jsonOverruled struct {
	Reason string             `json:"reason"`
	By     finding.AcceptedBy `json:"by"`
}

func jsonAcceptanceOf(a finding.Acceptance) *jsonAcceptance {
	if a.As == "" {
		return nil
	}
	out := &jsonAcceptance{a.As, a.Reason, a.By, a.Assumed, nil}
	if o := a.Overruled; o.By != "" {
		out.Overruled = &jsonOverruled{o.Reason, o.By}
	}
	return out
}

type jsonEvidence struct {
	What     string        `json:"what"`
	Text     string        `json:"text"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonFlow struct {
	Sink  jsonSink   `json:"sink"`
	Steps []jsonStep `json:"steps"`
}

type jsonSink struct {
	Kind     finding.SinkKind `json:"kind"`
	API      string           `json:"api"`
	Host     string           `json:"host,omitempty"`
	Location *jsonLocation    `json:"location,omitempty"`
	Library  string           `json:"library,omitempty"`
	Reason   *jsonHostReason  `json:"hostReason,omitempty"`
}

// jsonHostReason says why the host of a network sink is not known, or may be another one.
type jsonHostReason struct {
	What     finding.HostGap `json:"what"`
	Text     string          `json:"text"`
	Location *jsonLocation   `json:"location,omitempty"`
}

type jsonDestination struct {
	State   finding.DestinationState `json:"state"`
	Reasons []jsonLoss               `json:"reasons"`
}

type jsonLoss struct {
	What     finding.LossKind `json:"what"`
	Text     string           `json:"text"`
	Location *jsonLocation    `json:"location,omitempty"`
}

func jsonDestinationOf(d finding.Destination, in lang.Code) *jsonDestination {
	if d.State == "" {
		return nil
	}
	out := &jsonDestination{d.State, []jsonLoss{}}
	for _, l := range d.Reasons {
		out.Reasons = append(out.Reasons, jsonLoss{l.What, l.Text.In(in), jsonPlace(l.Location)})
	}
	return out
}

type jsonStep struct {
	Message  string        `json:"message"`
	Location *jsonLocation `json:"location,omitempty"`
}

func jsonDecisionOf(d *finding.Decision, in lang.Code) *jsonDecision {
	if d == nil {
		return nil
	}
	return &jsonDecision{d.Reason.In(in), jsonPlace(d.Location)}
}

// maxListed is how many pages of one finding a report for programs lists: a component that
// several hundred pages use does not make the report several hundred times as long.
const maxListed = 100

// jsonPages are the pages of f that a report for programs lists, and how many more there are.
func jsonPages(f *finding.Finding) (listed []string, more int) {
	n := min(len(f.Pages), maxListed)
	return f.Pages[:n:n], len(f.Pages) - n
}

func jsonFindingOf(f *finding.Finding, in lang.Code) jsonFinding {
	pages, more := jsonPages(f)
	out := jsonFinding{
		Rule:         f.Rule.ID,
		Kind:         f.Kind,
		Category:     f.Category,
		Severity:     f.Severity.String(),
		Confidence:   f.Confidence.String(),
		Reachable:    f.Reachable,
		Suppressed:   f.Accepted(),
		Reason:       f.Acceptance.Reason,
		SuppressedBy: f.Acceptance.By,
		Accepted:     jsonAcceptanceOf(f.Acceptance),
		Message:      f.Message.In(in),
		Subject:      f.Subject,
		Page:         f.Page,
		Pages:        pages,
		MorePages:    more,
		PrivacyKey:   f.PrivacyKey,
		Library:      f.Library,
		Location:     jsonPlace(f.Location),
		Evidence:     []jsonEvidence{},
		Flows:        []jsonFlow{},
		Destination:  jsonDestinationOf(f.Destination, in),
		Bounded:      f.Bounded,
		Platforms:    f.Platforms,
		Fingerprint:  f.Fingerprint,
	}
	if f.Hidden != nil {
		out.Shown = new(bool)
	}
	out.Hidden, out.OnlyIf = jsonDecisionOf(f.Hidden, in), jsonDecisionOf(f.OnlyIf, in)
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, jsonEvidence{e.What, e.Text, jsonPlace(e.Location)})
	}
	for _, flow := range f.Flows {
		steps := []jsonStep{}
		for _, s := range flow.Steps {
			steps = append(steps, jsonStep{s.Message.In(in), jsonPlace(s.Location)})
		}
		sink := jsonSink{flow.Sink.Kind, flow.Sink.API, flow.Sink.Host, jsonPlace(flow.Sink.Location), flow.Sink.Library, nil}
		if why := flow.Sink.Reason; why.What != "" {
			sink.Reason = &jsonHostReason{why.What, why.Text.In(in), jsonPlace(why.Location)}
		}
		out.Flows = append(out.Flows, jsonFlow{sink, steps})
	}
	return out
}

// jsonLocation counts lines and columns from 1, columns in UTF-16 code units,
// and ends behind the last character.
type jsonLocation struct {
	Path  string       `json:"path"`
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func jsonPlace(l source.Location) *jsonLocation {
	if l.IsZero() {
		return nil
	}
	return &jsonLocation{l.File.Path, jsonPosition(l.Start()), jsonPosition(l.End())}
}

type jsonVerdict struct {
	Headline            string                  `json:"headline"`
	PersonalInformation jsonPersonalInformation `json:"personalInformation"`
	Filing              *jsonFiling             `json:"filing,omitempty"`
	Rulebooks           []jsonRuling            `json:"rulebooks"`
	Notice              string                  `json:"notice"`
	Disclaimer          string                  `json:"disclaimer"`
	LawsAsOf            string                  `json:"lawsAsOf"`
}

type jsonPersonalInformation struct {
	Status     string             `json:"status"`
	Categories []finding.Category `json:"categories"`
	Reasons    []jsonReason       `json:"reasons"`
	Accepted   bool               `json:"accepted,omitempty"`
}

type jsonReason struct {
	Text       string             `json:"text"`
	Page       string             `json:"page,omitempty"`
	Categories []finding.Category `json:"categories,omitempty"`
}

type jsonRuling struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Status  verdict.Answer `json:"status"`
	Basis   []jsonBasis    `json:"basis"`
	Reasons []string       `json:"reasons"`

	Issuer      string     `json:"issuer"`
	Number      string     `json:"number,omitempty"`
	Date        string     `json:"date,omitempty"`
	Condition   string     `json:"condition"`
	Consequence string     `json:"consequence"`
	Blind       string     `json:"blind"`
	Duties      []jsonDuty `json:"duties,omitempty"`
	Differs     []string   `json:"differs,omitempty"`
}

type jsonDuty struct {
	Title   string         `json:"title"`
	Article string         `json:"article"`
	Status  verdict.Answer `json:"status"`
	Reasons []string       `json:"reasons"`
}

type jsonBasis struct {
	Law     string `json:"law"`
	Article string `json:"article,omitempty"`
	Date    string `json:"date"`
	Source  string `json:"source"`
}

func jsonVerdictOf(v verdict.Verdict, in lang.Code) jsonVerdict {
	pi := v.PersonalInformation
	out := jsonVerdict{
		Headline: v.Headline.Told().In(in),
		PersonalInformation: jsonPersonalInformation{
			Status:     pi.Status.String(),
			Categories: append([]finding.Category{}, pi.Categories...),
			Reasons:    []jsonReason{},
			Accepted:   pi.Accepted,
		},
		Filing:     jsonFilingOf(v.Filing, in),
		Rulebooks:  []jsonRuling{},
		Notice:     v.Headline.Law().In(in),
		Disclaimer: verdict.Disclaimer.In(in),
		LawsAsOf:   law.Snapshot(),
	}
	for _, r := range pi.Reasons {
		out.PersonalInformation.Reasons = append(out.PersonalInformation.Reasons,
			jsonReason{r.Text.In(in), r.Page, r.Categories})
	}
	for _, r := range v.Rulebooks {
		ruling := jsonRuling{
			ID: r.ID, Title: r.Title.In(in), Status: r.Status, Basis: []jsonBasis{}, Reasons: texts(r.Reasons, in),
			Issuer: r.Document.Issuer.In(in), Number: r.Document.Number, Date: r.Document.Force,
			Condition: r.Condition.In(in), Consequence: r.Consequence.In(in), Blind: r.Blind.In(in), Differs: texts(r.Differs, in),
		}
		for _, d := range r.Duties {
			ruling.Duties = append(ruling.Duties, jsonDuty{d.Title.In(in), d.Article, d.Status, texts(d.Reasons, in)})
		}
		for _, b := range r.Basis {
			ruling.Basis = append(ruling.Basis, jsonBasis{b.Title.In(in), b.Articles, b.Date, b.Read})
		}
		out.Rulebooks = append(out.Rulebooks, ruling)
	}
	return out
}

// texts gives all in one language, personal data hidden. It is never nil.
func texts(all []lang.Text, in lang.Code) []string {
	out := []string{}
	for _, t := range all {
		out = append(out, t.In(in))
	}
	return out
}

type jsonUnread struct {
	Path     string        `json:"path"`
	Reason   string        `json:"reason"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonStats struct {
	Files        int   `json:"files"`
	Bytes        int   `json:"bytes"`
	Milliseconds int64 `json:"milliseconds"`
}
