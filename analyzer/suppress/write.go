package suppress

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
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
	if f.Location.IsZero() || f.Rule == Malformed || f.Rule == Unused {
		return "", NoComment
	}
	text = Keyword(as) + " " + f.Rule.ID + ": " + reason
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
