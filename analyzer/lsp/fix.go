package lsp

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/source"
)

// mended is an app.json without the findings of one rule.
type mended struct {
	rule string
	*mend.Result
}

// mendAll mends what the scan found in each app.json, rule by rule, so that the
// server need not keep programs until a person asks.
func mendAll(scan *analyzer.Scan) []mended {
	var all []mended
	for _, a := range scan.Analyses {
		var uses []privacy.Use
		for _, rule := range mendable(a.Findings, a.Program.Config.File) {
			if uses == nil {
				uses = privacy.Uses(a.Program, a.Values)
			}
			if m, err := mend.Program(a.Program, uses, rule); err == nil && m.Changed() {
				all = append(all, mended{rule, m})
			}
		}
	}
	return all
}

// mendable returns the rules with findings in a file that can be mended.
func mendable(all []finding.Finding, file *source.File) []string {
	var rules []string
	for i := range all {
		found := &all[i]
		here := counts(found) && file != nil && found.Location.File == file
		if here && mend.Mends(found.Rule.ID) && !slices.Contains(rules, found.Rule.ID) {
			rules = append(rules, found.Rule.ID)
		}
	}
	return rules
}

// fix is the action that mends a finding. There is none if the text on the
// screen has changed since the analysis, as the change might no longer fit.
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
