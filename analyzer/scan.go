package analyzer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

// Scan is what Analyze learnt of all directories. It quotes the scanned programs
// unmasked; Report makes what people read.
type Scan struct {
	Analyses []*Analysis       // by directory, then as project.Load orders programs
	Settings []finding.Finding // about entries of beian.yaml, which belong to no program
	Rules    []*finding.Rule   // every rule that could have fired, by ID
	Version  string            // of the tool
	Took     time.Duration
}

// Analysis is what is known of one program.
type Analysis struct {
	Program  *project.Program
	Values   *flow.Result      // what became of the values that it collects
	Findings []finding.Finding // as detect.Arrange orders them, the accepted ones marked
	Facts    facts.Facts
	Guide    *privacy.Guide
	Verdict  verdict.Verdict
	Filing   *filed.Current   // what counts for a filing
	Inputs   verdict.Inputs   // what a person said about the program
	Unread   []project.Unread // what could not be read, and where data was not followed to the end

	variants []variant // what is known of the program on other platforms

	dir    *Dir
	prefix string // of its paths in a report: "", or that of its directory
	before before
	idle   []project.Unread // settings of the directory that match nothing
}

// before is what was known of a program before anything that a person says was taken into
// account.
type before struct {
	findings []finding.Finding
	unread   []project.Unread
	accepted *suppress.Accepted
}

// Reconsider judges the programs anew with other answers of a person. Nothing is read or
// analyzed again; s stays as it is.
func (s *Scan) Reconsider(inputs verdict.Inputs) *Scan {
	out := *s
	out.Analyses = nil
	for _, a := range s.Analyses {
		again := *a
		again.Verdict = verdict.Verdict{}
		again.Findings, again.Unread = slices.Clone(a.before.findings), slices.Clone(a.before.unread)
		again.gather(a.before.accepted, Options{Inputs: inputs})
		again.Unread = append(again.Unread, a.idle...)
		out.Analyses = append(out.Analyses, &again)
	}
	return &out
}

// WithoutBaseline judges the programs anew as if no directory had a baseline. Nothing is
// read or analyzed again; s stays as it is.
func (s *Scan) WithoutBaseline() *Scan {
	out := &Scan{Rules: s.Rules, Version: s.Version, Took: s.Took}
	var dir *Dir
	var accepted *suppress.Accepted
	settle := func() {
		if dir != nil {
			out.Settings = append(out.Settings, detect.Arrange(dir.settings().Judge(accepted.Unused()), dir.Within)...)
		}
	}
	for i, a := range s.Analyses {
		if i == 0 || a.dir != s.Analyses[i-1].dir {
			settle()
			bare := *a.dir
			bare.Baseline = nil
			dir, accepted = &bare, bare.accepted(s.Rules)
		}
		again := *a
		again.dir, again.Verdict = dir, verdict.Verdict{}
		again.Findings, again.Unread = slices.Clone(a.before.findings), slices.Clone(a.before.unread)
		again.gather(accepted, Options{Inputs: a.Inputs})
		again.Unread = append(again.Unread, a.idle...)
		out.Analyses = append(out.Analyses, &again)
	}
	settle()
	return out
}

// Name is the name of the program, by itself or by its directory.
func (a *Analysis) Name() string { return cmp.Or(a.Program.Name, a.dir.Name) }

// Report makes the report of a scan. It is the only place that masks personal data
// in what was learnt (see report.Report.Add). The verdict of a program does not
// depend on Settings.
func (s *Scan) Report() *report.Report {
	r := report.New(report.Tool{Name: "beian", Version: s.Version}, s.Rules)
	for i, a := range s.Analyses {
		r.Add(report.Program{
			Project: a.describe(), Findings: s.shown(i), Verdict: a.Verdict, Unread: a.Unread,
			Facts: a.Facts, Guide: a.Guide, Inputs: a.Inputs,
			Inventory: report.InventoryLevels[a.dir.settings().Inventory], Does: a.does(),
			Fixes: a.fixes(),
		}, a.prefix)
		r.Stats.Bytes += a.Program.Bytes
	}
	r.Stats.Milliseconds = s.Took.Milliseconds()
	return r
}

// fixes are the changes of configuration that need no judgement, rule by rule.
func (a *Analysis) fixes() (all []report.Fix) {
	if !mend.Takes(a.Program.Platform, a.Program.Framework) {
		return nil
	}
	var uses []privacy.Use
	tried := map[string]bool{}
	for i := range a.Findings {
		f := &a.Findings[i]
		if tried[f.Rule.ID] || !f.Pending() || !mend.Mends(f.Rule.ID) || f.Location.File != a.Program.Config.File {
			continue
		}
		tried[f.Rule.ID] = true
		if uses == nil {
			uses = privacy.Uses(a.Program, a.Values)
		}
		m, err := mend.Program(a.Program, uses, f.Rule.ID)
		if err != nil || !m.Changed() {
			continue
		}
		span, text := source.Difference(m.File.Text, m.Text)
		all = append(all, report.Fix{Rule: f.Rule.ID, Location: source.Location{File: m.File, Span: span}, Text: text, Changes: m.Changes})
	}
	return all
}

// does is what counts for a filing, nil if the analyzer failed before.
func (a *Analysis) does() *filed.Program {
	if a.Filing == nil {
		return nil
	}
	return &a.Filing.Program
}

// Findings goes through the findings as the report lists them, each with the
// analysis that it is shown with. They are not masked.
func (s *Scan) Findings() iter.Seq2[*finding.Finding, *Analysis] {
	return func(yield func(*finding.Finding, *Analysis) bool) {
		for i, a := range s.Analyses {
			found := s.shown(i)
			for j := range found {
				if !yield(&found[j], a) {
					return
				}
			}
		}
	}
}

// shown gives the findings that are shown with a program: its own and, with the
// first program of a directory, those about the settings of the directory.
func (s *Scan) shown(i int) []finding.Finding {
	a := s.Analyses[i]
	if i > 0 && s.Analyses[i-1].dir == a.dir {
		return a.Findings
	}
	all := slices.Clone(a.Findings)
	for _, f := range s.Settings {
		if f.Location.File == a.dir.settings().File {
			all = append(all, f)
		}
	}
	return detect.Arrange(all, a.dir.Within)
}

// describe gives the facts about the program that reports show.
func (a *Analysis) describe() report.Project {
	p := a.Program
	d := report.Project{
		Root: p.Root, Platform: p.Platform, Framework: p.Framework, Outputs: p.Outputs, Elsewhere: p.Elsewhere,
		Outside: p.Outside, Name: a.Name(), AppID: p.AppID,
		Files: p.Files, Config: p.Config.File,
	}
	if len(p.Platforms) > 1 {
		d.Platforms = p.Platforms
	}
	titles := titles(p)
	for _, route := range p.Config.Pages {
		d.Pages = append(d.Pages, report.Page{Route: route, Title: titles[route]})
	}
	return d
}

// titles gives the title of each page by its route.
func titles(p *project.Program) map[string]string {
	out := map[string]string{}
	for _, u := range p.Units {
		if u.Kind == project.PageUnit {
			out[u.Path] = u.Title
		}
	}
	return out
}

// Content is a digest (SHA-256, in hex) of the texts that the scan rests on, with their
// paths: scans of two copies of the same programs have the same.
func (s *Scan) Content() string {
	texts := map[string]string{}
	add := func(f *source.File) {
		if f != nil {
			texts[f.Path] = f.Text
		}
	}
	for _, a := range s.Analyses {
		p := a.Program
		add(p.Config.File)
		add(p.Settings)
		for _, m := range p.Modules {
			add(m.File)
		}
		for _, v := range p.Views {
			add(v.File)
		}
		for _, d := range p.Data {
			add(d.File)
		}
	}
	sum := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		fmt.Fprintf(sum, "%d %s %d %s\n", len(path), path, len(texts[path]), texts[path])
	}
	return hex.EncodeToString(sum.Sum(nil))
}
