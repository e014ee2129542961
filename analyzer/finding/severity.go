package finding

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
)

// Severity is how bad a problem is, however sure we are of it. The zero value is
// for what is collected: collecting is no problem.
type Severity uint8

// The severities. severities.txt gives their meaning.
const (
	NoSeverity Severity = iota
	SeverityLow
	SeverityMedium
	SeverityHigh
	SeverityCritical
)

var severityNames = [...]string{"", "low", "medium", "high", "critical"}

// String returns the name that reports for programs and flags use; "" for none.
func (s Severity) String() string { return severityNames[min(s, SeverityCritical)] }

// ParseSeverity is the inverse of String for severities of problems.
func ParseSeverity(name string) (Severity, bool) {
	for s := SeverityLow; s <= SeverityCritical; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return NoSeverity, false
}

// Gravity is a row of severities.txt: how bad the findings of a rule are, and
// why.
type Gravity struct {
	Category Category // "" for any
	Severity Severity
	Why      lang.Text
}

// Gravity returns the rows about r: the general one, then those of categories for
// which it is worse. There are none for a rule about what is collected.
func (r *Rule) Gravity() []Gravity { return gravities()[r.ID] }

// Severity returns how bad the findings of r about the given categories are.
func (r *Rule) Severity(about ...Category) Severity {
	var worst Severity
	for _, g := range r.Gravity() {
		if g.holds(about) {
			worst = max(worst, g.Severity)
		}
	}
	return worst
}

// Gravity gives the reason for the severity of f, or nothing if it is no problem.
func (f *Finding) Gravity() lang.Text {
	for _, g := range f.Rule.Gravity() {
		if g.Severity == f.Severity {
			return g.Why
		}
	}
	return lang.Text{}
}

func (g Gravity) holds(about []Category) bool {
	for _, c := range about {
		if c == g.Category {
			return true
		}
	}
	return g.Category == ""
}

//go:embed severities.txt
var severitiesText string

var gravities = sync.OnceValue(func() map[string][]Gravity {
	t, err := parseSeverities(severitiesText)
	if err != nil {
		panic("finding: " + err.Error()) // the table is part of the program; a test loads it
	}
	return t
})

func parseSeverities(text string) (map[string][]Gravity, error) {
	out := map[string][]Gravity{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		words, en, ok := strings.Cut(line, " | ")
		f := strings.Fields(words)
		if !ok || len(f) != 4 {
			return nil, fmt.Errorf("bad severity %q: want rule, category, severity, and why in Chinese | in English", line)
		}
		g := Gravity{Why: lang.Both(f[3], en)}
		if g.Severity, ok = ParseSeverity(f[2]); !ok {
			return nil, fmt.Errorf("rule %s: unknown severity %q", f[0], f[2])
		}
		general := f[1] == "-"
		if !general {
			g.Category = Category(f[1])
		}
		switch rows := out[f[0]]; {
		case general != (len(rows) == 0):
			return nil, fmt.Errorf("rule %s: want one row with -, before those with a category", f[0])
		case !general && !g.Category.Known():
			return nil, fmt.Errorf("rule %s: unknown category %q", f[0], f[1])
		case !general && g.Severity <= rows[0].Severity:
			return nil, fmt.Errorf("rule %s: %s is not worse than the rest", f[0], f[1])
		}
		out[f[0]] = append(out[f[0]], g)
	}
	return out, nil
}
