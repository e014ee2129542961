package lsp

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// maxRelated keeps a diagnostic readable.
const maxRelated = 20

// publish brings the diagnostics of the folder to the editor: it answers what waited for
// them and asks to pull the rest anew, or pushes them. The caller holds the mutex.
func (s *server) publish(f *folder) {
	s.complain(f)
	if s.pulls() {
		s.answerHeld()
		s.client.request("workspace/diagnostic/refresh", nil)
		return
	}
	s.push(f)
}

// push sends the diagnostics of the folder, and empty lists for files that had some before.
func (s *server) push(f *folder) {
	all := s.diagnostics(f)
	for path := range f.published {
		if _, still := all[path]; !still {
			all[path] = []diagnostic{}
		}
	}
	paths := make([]string, 0, len(all))
	for path := range all {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		p := publishParams{URI: f.uri(path), Diagnostics: all[path]}
		if d := f.open[path]; d != nil {
			p.Version = &d.version
		}
		s.client.notify("textDocument/publishDiagnostics", p)
		f.published[path] = true
		if len(all[path]) == 0 {
			delete(f.published, path)
		}
	}
}

// diagnostics are those of the files of a folder, by path.
func (s *server) diagnostics(f *folder) map[string][]diagnostic {
	all := map[string][]diagnostic{}
	for _, p := range f.programs() {
		s.programDiagnostics(f, &p, all)
	}
	s.failureDiagnostics(f, all)
	for path := range all {
		all[path] = arrange(all[path])
	}
	return all
}

// arrange orders diagnostics by place, and drops duplicates from programs that
// share a file.
func arrange(all []diagnostic) []diagnostic {
	slices.SortStableFunc(all, func(a, b diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Character, b.Range.Start.Character),
			cmp.Compare(a.Code, b.Code))
	})
	return slices.CompactFunc(all, func(a, b diagnostic) bool { return a.Range == b.Range && a.Code == b.Code })
}

// programDiagnostics adds what a report says about one program: findings that
// count, what could not be read, and, on app.json, that filing is triggered.
func (s *server) programDiagnostics(f *folder, p *report.Program, all map[string][]diagnostic) {
	for i := range p.Findings {
		found := &p.Findings[i]
		if !counts(found) {
			continue
		}
		if d, ok := s.diagnostic(f, p, found); ok {
			path := found.Location.File.Path
			all[path] = append(all[path], d)
		}
	}
	for _, u := range p.Unread {
		if !u.Hides || u.Path == "." {
			continue
		}
		d := diagnostic{
			Severity: severityInformation, Source: "beian",
			Message: s.say("没有完整读取：", "not read in full: ") + u.Reason.In(s.lang),
		}
		if !u.Location.IsZero() {
			at, _ := f.show(u.Location)
			d.Range = at.Range
		}
		all[u.Path] = append(all[u.Path], d)
	}
	if p.Verdict.Has(verdict.Triggered) && p.Project.Config != nil {
		config := p.Project.Config
		line, offset := config.Line(1)
		at, ok := f.show(source.Location{File: config, Span: source.Span{Start: offset, End: offset + int32(len(line))}})
		if ok {
			all[config.Path] = append(all[config.Path], diagnostic{
				Range: at.Range, Severity: report.VerdictLevel.LSP, Source: "beian", Code: verdict.Rule.ID,
				About:   &codeDescription{report.RuleURL(verdict.Rule.ID)},
				Message: report.Trigger(p.Verdict).In(s.lang),
			})
		}
	}
}

// counts reports whether an editor shows f: a finding that is out of reach, in a
// library or accepted calls for nothing.
func counts(f *finding.Finding) bool {
	return f.Pending() && !f.Location.IsZero()
}

// diagnostic shows a finding. ok is false if its place was changed since the
// report: what it says may no longer hold.
func (s *server) diagnostic(f *folder, p *report.Program, found *finding.Finding) (d diagnostic, ok bool) {
	at, ok := f.show(found.Location)
	if !ok {
		return d, false
	}
	d = diagnostic{
		Range: at.Range, Severity: p.Level(found).LSP, Source: "beian",
		Code: found.Rule.ID, About: &codeDescription{report.RuleURL(found.Rule.ID)},
		Message: found.Message.In(s.lang),
	}
	related := func(l source.Location, message string) {
		if l.IsZero() || l == found.Location || len(d.Related) == maxRelated {
			return
		}
		if place, ok := f.show(l); ok {
			d.Related = append(d.Related, relatedInformation{place, message})
		}
	}
	for _, e := range found.Evidence {
		related(e.Location, s.evidence(e))
	}
	for _, flow := range found.Flows {
		related(flow.Sink.Location, s.destination(flow.Sink))
	}
	return d, true
}

// evidence is one reason in words: label “手机号”.
func (s *server) evidence(e finding.Evidence) string {
	text := e.Text
	if runes := []rune(text); len(runes) > 80 {
		text = string(runes[:80]) + "…"
	}
	return fmt.Sprintf("%s “%s”", report.EvidenceWord(e.What, s.lang), strings.Join(strings.Fields(text), " "))
}

// destination is a sink in words: sent to api.example.com (wx.request).
func (s *server) destination(sink finding.Sink) string {
	text := report.SinkWord(sink, s.lang)
	if sink.Host != "" {
		text += " " + sink.Host
	}
	return text + s.say("（"+sink.API+"）", " ("+sink.API+")")
}

// failureDiagnostics says in app.json why there is no report, if the mistake is there.
func (s *server) failureDiagnostics(f *folder, all map[string][]diagnostic) {
	var load *project.LoadError
	if !errors.As(f.failure, &load) || load.Location.IsZero() {
		return
	}
	at, _ := f.show(load.Location)
	path := load.Location.File.Path
	all[path] = append(all[path], diagnostic{
		Range: at.Range, Severity: severityWarning, Source: "beian",
		Message: load.Message.In(s.lang),
	})
}

// complain says why there is no report if no diagnostic can: once in a message, as for a
// mistake in beian.yaml. If a folder holds no mini program, only the log says so.
func (s *server) complain(f *folder) {
	var load *project.LoadError
	switch {
	case f.failure == nil:
		f.told = ""
	case errors.As(f.failure, &load) && !load.Location.IsZero(): // failureDiagnostics
	case load != nil:
		s.log(s.text(f.failure))
	case s.text(f.failure) != f.told:
		f.told = s.text(f.failure)
		s.client.notify("window/showMessage", map[string]any{"type": 2, "message": "beian: " + f.told})
	}
}
