package suppress

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// Form tells where to write a comment that accepts a finding.
type Form uint8

// The forms. Strict JSON holds no comments; its findings are accepted in beian.yaml
// or the baseline.
const (
	NoComment     Form = iota
	BeforeElement      // <!-- … --> directly before the element
	WithinTag          // /* … */ behind the name of the element, in a script that makes elements
	LineBefore         // // … on a line of its own before that of the finding
)

// Comment writes the comment that accepts f as the given act. If the reason is empty,
// a person has to complete it; until then it has no effect, and the rule
// suppress/malformed says so.
func Comment(f *finding.Finding, as finding.AcceptedAs, reason string) (text string, form Form) {
	return commentOn([]string{f.Rule.ID}, f, as, reason)
}

// commentOn accepts the findings of some rules at the place of f.
func commentOn(rules []string, f *finding.Finding, as finding.AcceptedAs, reason string) (text string, form Form) {
	if f.Location.IsZero() || f.Rule == Malformed || f.Rule == Unused {
		return "", NoComment
	}
	text = Keyword(as) + " " + strings.Join(rules, ", ") + ": " + reason
	element := strings.HasPrefix(f.Location.Text(), "<")
	switch ext := path.Ext(f.Location.File.Path); {
	case ext == ".json":
		return "", NoComment
	case element && slices.Contains([]string{".js", ".jsx", ".ts", ".tsx"}, ext):
		return "/* " + strings.TrimSpace(text) + " */", WithinTag
	case element:
		return "<!-- " + strings.TrimSpace(text) + " -->", BeforeElement
	}
	return "// " + text, LineBefore
}

// Insertion is a text to be put into a file, before the byte At.
type Insertion struct {
	At   int32
	Text string
}

// Insert tells how to put the comment that accepts f into file, in which f is at span
// now: in a template directly before the element, in a script on a line of its own
// before that of the finding. Other findings at the same place are accepted with it if
// their rules are named. It reports false if the file cannot hold comments.
func Insert(f *finding.Finding, file *source.File, span source.Span,
	as finding.AcceptedAs, reason string, others ...string) (Insertion, bool) {
	text, form := commentOn(append([]string{f.Rule.ID}, others...), f, as, reason)
	if form == NoComment {
		return Insertion{}, false
	}
	line, start := file.Line(file.LineAt(span.Start))
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	first := start + int32(len(indent))
	at := span.Start
	switch {
	case form == WithinTag:
		tag := file.Slice(span)
		at += int32(strings.IndexFunc(tag+" ", func(r rune) bool { return strings.ContainsRune(" \n\r\t/>", r) }))
		text = " " + text
	case form == LineBefore:
		at = first
		text += newline(file) + indent
	case at == first:
		text += newline(file) + indent
	}
	return Insertion{at, text}, true
}

// newline is the line ending that the file uses.
func newline(f *source.File) string {
	if strings.Contains(f.Text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
