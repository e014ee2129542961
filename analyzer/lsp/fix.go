package lsp

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
)

// program is what an analysis saw of one program.
type program struct {
	*project.Program
	values *flow.Result
}

// mended is an app.json without the findings of one rule.
type mended struct {
	rule string
	*mend.Result
}

// mendAll mends what the report found in each app.json, rule by rule, so that
// programs need not be kept until a person asks.
func mendAll(r *report.Report, programs []program) []mended {
	var all []mended
	for _, p := range programs {
		var uses []privacy.Use
		for _, rule := range mendable(r, p.Config.File) {
			if uses == nil {
				uses = privacy.Uses(p.Program, p.values)
			}
			if m, err := mend.Program(p.Program, uses, rule); err == nil && m.Changed() {
				all = append(all, mended{rule, m})
			}
		}
	}
	return all
}

// mendable returns the rules with findings in a file that can be mended.
func mendable(r *report.Report, file *source.File) []string {
	var rules []string
	for _, p := range r.Programs {
		for i := range p.Findings {
			found := &p.Findings[i]
			if counts(found) && file != nil && found.Location.File.Path == file.Path &&
				mend.Mends(found.Rule.ID) && !slices.Contains(rules, found.Rule.ID) {
				rules = append(rules, found.Rule.ID)
			}
		}
	}
	return rules
}

// fix is the action that mends a finding. There is none while the text on the
// screen is not the one that was analyzed: the change might no longer fit.
func (s *server) fix(f *folder, found *finding.Finding) (action codeAction, ok bool) {
	path := found.Location.File.Path
	i := slices.IndexFunc(f.mended, func(m mended) bool { return m.rule == found.Rule.ID && m.File.Path == path })
	if i < 0 {
		return action, false
	}
	m := f.mended[i]
	if d := f.open[path]; d != nil && d.file.Text != m.File.Text {
		return action, false
	}
	var changes []string
	for _, c := range m.Changes {
		changes = append(changes, c.In(s.lang))
	}
	e := difference(m.File.Text, m.Text)
	edit := textEdit{rangeOf(m.File, e.Span), m.Text[e.Start : e.Start+e.Length]}
	return codeAction{
		Title:       strings.Join(changes, s.say("；", "; ")),
		Kind:        quickfix,
		IsPreferred: true,
		Edit:        &workspaceEdit{map[string][]textEdit{f.uri(path): {edit}}},
	}, true
}
