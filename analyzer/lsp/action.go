package lsp

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
)

const quickfix = "quickfix"

// codeAction offers, for every finding in a range, a fix, the comments that accept
// it, and the page about its rule.
func (s *server) codeAction(p codeActionParams) (any, *Error) {
	actions := []codeAction{}
	f, name := s.find(p.TextDocument.URI)
	if f == nil || len(p.Context.Only) > 0 && !slices.ContainsFunc(p.Context.Only,
		func(k string) bool { return k == "" || k == quickfix }) {
		return actions, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, program := range f.programs() {
		for i := range program.Findings {
			found := &program.Findings[i]
			if !counts(found) || found.Location.File.Path != name {
				continue
			}
			d, ok := s.diagnostic(f, &program, found)
			if !ok || !d.Range.overlaps(p.Range) {
				continue
			}
			if fix, ok := s.fix(f, found); ok {
				fix.Diagnostics = []diagnostic{d}
				actions = append(actions, fix)
			}
			for _, offer := range s.acts(d.Code) {
				if edit, ok := f.suppression(found, offer.as); ok {
					actions = append(actions, codeAction{
						Title: offer.title, Kind: quickfix, Diagnostics: []diagnostic{d},
						Edit: &workspaceEdit{map[string][]textEdit{f.uri(name): {edit}}},
					})
				}
			}
			title := s.say("查看规则 "+d.Code, "Read about "+d.Code)
			actions = append(actions, codeAction{
				Title: title, Kind: quickfix, Diagnostics: []diagnostic{d},
				Command: &command{title, openRule, []string{d.Code}},
			})
		}
	}
	return actions, nil
}

// act is a way to accept a finding, and how an editor offers it.
type act struct {
	as    finding.AcceptedAs
	title string
}

// acts are the two ways to accept a finding of a rule.
func (s *server) acts(rule string) []act {
	return []act{
		{finding.Known, s.say("接受 "+rule+"：确需收集（请写明原因）", "Accept "+rule+": it is collected on purpose (then give the reason)")},
		{finding.NotPersonal, s.say("忽略 "+rule+"：不是个人信息（请写明原因）", "Ignore "+rule+": it is no personal information (then give the reason)")},
	}
}

// suppression is the comment that accepts a finding. The person has to add the
// reason.
func (f *folder) suppression(found *finding.Finding, as finding.AcceptedAs) (edit textEdit, ok bool) {
	file, span := found.Location.File, found.Location.Span
	if file == nil {
		return edit, false
	}
	if d := f.open[file.Path]; d != nil {
		file = d.file
		if span, ok = d.now(span); !ok {
			return edit, false
		}
	}
	put, ok := suppress.Insert(found, file, span, as, "")
	return textEdit{rangeOf(file, source.Span{Start: put.At, End: put.At}), put.Text}, ok
}
