package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/report"
)

// codeLens says above each collection point of a document what it collects and who gets it,
// and at the top what the document collects in all.
func (s *server) codeLens(p documentParams) (any, *Error) {
	lenses := []codeLens{}
	f, path := s.find(p.TextDocument.URI)
	if f == nil {
		return lenses, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var here []*finding.Finding
	for found := range f.findings() {
		if isPoint(found) && isIn(found, path) {
			here = append(here, found)
		}
	}
	for _, found := range here {
		at, ok := f.show(found.Location)
		if !ok {
			continue
		}
		title := found.Message.In(s.lang)
		if to := s.whither(found); to != "" {
			title += " → " + to
		}
		at.Range.End = at.Range.Start // a lens must not span lines
		lens := codeLens{at.Range, command{title, showFlow, []string{p.TextDocument.URI, found.Fingerprint}}}
		if !slices.ContainsFunc(lenses, func(l codeLens) bool { return l.Range == lens.Range && l.Command.Title == lens.Command.Title }) {
			lenses = append(lenses, lens)
		}
	}
	if len(lenses) > 1 {
		title := s.say(fmt.Sprintf("收集 %d 处：", len(lenses)), fmt.Sprintf("collects at %d places: ", len(lenses))) +
			finding.CategoriesOf(here).In(s.lang)
		top := codeLens{textRange{}, command{title, openReport, []string{p.TextDocument.URI, "html"}}}
		lenses = slices.Insert(lenses, 0, top)
	}
	return lenses, nil
}

// whither says in a few words where the value of a finding goes: its recipients, else what
// is known of its destination.
func (s *server) whither(f *finding.Finding) string {
	var all []string
	for _, flow := range f.Flows {
		if one := s.recipient(flow.Sink); !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		return report.DestinationNote(f.Destination, s.lang)
	}
	const most = 2
	if n := len(all) - most; n > 0 {
		all = append(all[:most], s.say(fmt.Sprintf("另外 %d 处", n), fmt.Sprintf("%d more", n)))
	}
	return strings.Join(all, s.say("、", ", "))
}
