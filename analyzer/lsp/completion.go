package lsp

import (
	"regexp"
	"slices"

	"github.com/beian/beian/analyzer/source"
)

// accepting matches the beginning of a comment that accepts findings, up to the name of a
// rule that is being written: beian-accept field/phone, fie
var accepting = regexp.MustCompile(`\bbeian-(?:accept|ignore)[ \t]+(?:[\w/-]+[ \t]*,[ \t]*)*([\w/-]*)$`)

// completion offers the rules in a comment that accepts findings: those found in the
// document first, as they are what the comment can be about.
func (s *server) completion(p positionParams) (any, *Error) {
	items := []completionItem{}
	f, path := s.find(p.TextDocument.URI)
	if f == nil {
		return items, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := f.open[path]
	if d == nil || f.report == nil {
		return items, nil
	}
	end := offsetOf(d.file, p.Position)
	line, start := d.file.Line(d.file.Position(end).Line)
	m := accepting.FindStringSubmatchIndex(line[:end-start])
	if m == nil {
		return items, nil
	}
	typed := rangeOf(d.file, source.Span{Start: start + int32(m[2]), End: end})
	found := f.rulesIn(path)
	for _, r := range f.report.Rules {
		item := completionItem{Label: r.ID, Kind: kindValue, Detail: r.Title.In(s.lang), TextEdit: textEdit{typed, r.ID},
			SortText: "1" + r.ID}
		if slices.Contains(found, r.ID) {
			item.SortText = "0" + r.ID
		}
		items = append(items, item)
	}
	return items, nil
}

// rulesIn returns the rules that have findings in a file.
func (f *folder) rulesIn(path string) []string {
	var rules []string
	for found := range f.findings() {
		if counts(found) && isIn(found, path) {
			rules = append(rules, found.Rule.ID)
		}
	}
	return rules
}
