// Package report writes what a scan found: as text and HTML for people, as JSON
// of a published schema, as SARIF 2.1.0, and in the formats of tools for code
// review (Formats). It takes a Report and gives bytes; it judges nothing and
// reads no file.
//
// A Report holds masked text only. Personal data in literals of the scanned
// source (a phone number in a test value, say) is hidden when a program is
// added, in every string and in the source lines themselves, so that no format can
// print it (masker). See finding.Mask. Texts other than source lines hold no
// control characters either: see source.Printable.
package report

import (
	"io"
	"maps"
	"slices"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// Tool names the program that made a report.
type Tool struct {
	Name, Version string
}

// Report is what every format writes. Make one with New and fill it with Add.
type Report struct {
	Tool     Tool
	Programs []Program       // at least one
	Rules    []*finding.Rule // every rule that could have fired, by ID
	Stats    Stats
	Changes  *Changes // nil unless only what is new is reported

	masker masker
}

// Program is one mini program of a report.
type Program struct {
	Project  Project
	Findings []finding.Finding // in order of file, offset and rule
	Verdict  verdict.Verdict
	Unread   []project.Unread
	Facts    facts.Facts    // addresses, plugins and the like found in the code
	Guide    *privacy.Guide // what the privacy guide must declare; nil if nobody asked
	Inputs   verdict.Inputs // what a person said about the program
	Fixes    []Fix          // what mend would change
	Does     *filed.Program // what counts for a filing; nil if it is not known

	// Inventory is the severity with which code review shows what is collected; none
	// unless the project asks for one of InventoryLevels.
	Inventory finding.Severity

	Unlisted Tally // what Report.Select has taken out of Findings
}

// Tally counts findings that count: places that collect, and problems.
type Tally struct{ Collects, Problems int }

func (t *Tally) add(f *finding.Finding) {
	switch {
	case !f.Counts():
	case noted(f):
		t.Problems++
	default:
		t.Collects++
	}
}

// Fix is a change of a file that mends the findings of a rule.
type Fix struct {
	Rule     string
	Location source.Location // what is replaced
	Text     string          // by what
	Changes  []lang.Text     // what that does
}

// Project holds the facts about a program that reports show.
type Project struct {
	Root      string // its directory, relative to the scanned one, "." for itself
	Platform  string
	Platforms []string // of a framework's sources: all that they were read for, Platform first; nil for that alone
	Framework string
	Outside   []string // files of the program that were read outside the scanned directory: "../../packages/ui/field.vue"
	Outputs   []string // directories with what the framework built, which were left out
	Elsewhere []string // targets that are no mini program, for which parts of the sources are: "H5"
	Name      string
	AppID     string
	Pages     []Page // in the order of app.json
	Files     int
	Config    *source.File // app.json, or nil
}

// Titles gives the title of each registered page by its route.
func (p *Project) Titles() map[string]string {
	out := map[string]string{}
	for _, page := range p.Pages {
		out[page.Route] = page.Title
	}
	return out
}

// Page is a registered page.
type Page struct {
	Route string
	Title string // "" if it has none
}

// Stats are figures about the run.
type Stats struct {
	Files        int
	Bytes        int
	Milliseconds int64
}

// Options are what a person can choose about the look of a report.
type Options struct {
	Lang          lang.Code
	MinConfidence finding.Confidence // findings below it are left out
	Suppressed    bool               // show accepted findings too; JSON always has them
	Color         bool               // text: use terminal colours
	Width         int                // text: cells in a line; 0 wraps nothing
	Quiet         bool               // text: one line a finding, no summary
	Verbose       bool               // text: everything in full
	Trace         bool               // text: everything in full, and every flow step by step
	Timed         bool               // text: say how long the scan took
	Base          string             // text: path from where the person stands to where the paths of the report start, "" for the same
	Date          string             // HTML: the day on which the report is made, YYYY-MM-DD; "" leaves it out
	Commit        string             // HTML, SARIF: the commit of the scanned files; "" if it is not known
	Origin        string             // SARIF: address of the repository; "" if it has none
	Root          string             // SARIF: file:// address of what paths start from; "" leaves it out
	Links         string             // HTML: address of a place, with {path} from the repository or {file} from the scanned directory
	Command       string             // text: how the person calls the program; "" for beian
	URIBase       string             // code review formats: path from the top of the repository to the scanned directory
}

// Format writes r in one form. An error is an error of w.
type Format func(w io.Writer, r *Report, o Options) error

// Formats are the forms a report can take, by name.
var Formats = map[string]Format{
	"text":       Text,
	"json":       JSON,
	"jsonl":      JSONL,
	"sarif":      SARIF,
	"github":     GitHub,
	"gitlab":     GitLab,
	"rdjsonl":    RDJSONL,
	"checkstyle": Checkstyle,
	"junit":      JUnit,
	"markdown":   Markdown,
	"html":       HTML,
}

// FormatNames returns the keys of Formats in order.
func FormatNames() []string { return slices.Sorted(maps.Keys(Formats)) }

// New returns a report without programs.
func New(tool Tool, rules []*finding.Rule) *Report {
	return &Report{Tool: tool, Rules: rules, masker: newMasker()}
}

// Add adds a program, masked. Its paths get prefix in front, which is "" if one
// directory was scanned, and the directory as it was named if there are several.
func (r *Report) Add(p Program, prefix string) {
	p = masked(&r.masker, prefix, p)
	r.Stats.Files += p.Project.Files
	r.Programs = append(r.Programs, p)
}

// Select leaves in r the findings that keep says yes to. The verdicts stay those of all
// findings.
func (r *Report) Select(keep func(f *finding.Finding) bool) {
	for i := range r.Programs {
		p := &r.Programs[i]
		p.Findings = slices.DeleteFunc(p.Findings, func(f finding.Finding) bool {
			if keep(&f) {
				return false
			}
			p.Unlisted.add(&f)
			return true
		})
	}
}

// Status returns the strongest verdict of the programs.
func (r *Report) Status() verdict.Status { return r.Strongest().Verdict.PersonalInformation.Status }

// Has reports whether a program has the verdict s, beyond what was filed.
func (r *Report) Has(s verdict.Status) bool {
	return slices.ContainsFunc(r.Programs, func(p Program) bool { return p.Verdict.Has(s) })
}

// Strongest returns the first of the programs with the strongest verdict.
func (r *Report) Strongest() *Program {
	best := &r.Programs[0]
	for i := range r.Programs {
		p := &r.Programs[i]
		if p.Verdict.PersonalInformation.Status > best.Verdict.PersonalInformation.Status {
			best = p
		}
	}
	return best
}

// Unaccepted is Has for a reason that nobody has accepted. A check that fails on a status asks for this.
func (r *Report) Unaccepted(s verdict.Status) bool {
	return slices.ContainsFunc(r.Programs, func(p Program) bool { return p.Verdict.Stops(s) })
}

// Worst returns the highest severity among the problems that call for a look, and
// whether something that is collected does. Both count from confidence medium.
func (r *Report) Worst() (worst finding.Severity, collects bool) {
	for _, p := range r.Programs {
		for i := range p.Findings {
			if f := &p.Findings[i]; f.Pending() && f.Confidence >= finding.Medium {
				worst = max(worst, f.Severity)
				collects = collects || f.Severity == finding.NoSeverity
			}
		}
	}
	return worst, collects
}

// shown returns the findings of p that o asks for.
func (o Options) shown(p *Program) []finding.Finding {
	return slices.DeleteFunc(o.sure(p), func(f finding.Finding) bool { return f.Accepted() && !o.Suppressed })
}

// unlisted counts what the program has beside the findings that were selected and that are of
// the confidence that o asks for.
func (o Options) unlisted(p *Program) Tally {
	t := p.Unlisted
	for i := range p.Findings {
		if p.Findings[i].Confidence < o.MinConfidence {
			t.add(&p.Findings[i])
		}
	}
	return t
}

// sure returns the findings of p of the confidence that o asks for, accepted or not.
// Figures and pictures of the program are made from them.
func (o Options) sure(p *Program) []finding.Finding {
	var out []finding.Finding
	for _, f := range p.Findings {
		if f.Confidence >= o.MinConfidence {
			out = append(out, f)
		}
	}
	return out
}
