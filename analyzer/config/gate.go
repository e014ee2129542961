package config

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// Gate is what makes a scan fail. The zero value never fails.
type Gate struct {
	Triggered    bool             // the verdict that filing is triggered
	Undetermined bool             // a verdict that is undetermined
	Severity     finding.Severity // problems of it or above; none for no problem
}

// Gates are the words of which a gate is made.
func Gates() []string {
	return []string{"verdict", "undetermined", "critical", "high", "medium", "low", "never"}
}

// ParseGate reads words of Gates with commas between; never is alone. It returns
// what is wrong, or "".
func ParseGate(text string) (g Gate, wrong string) {
	words := strings.Split(text, ",")
	for _, word := range words {
		word = strings.TrimSpace(word)
		switch severity, ok := finding.ParseSeverity(word); {
		case word == "never" && len(words) == 1:
		case word == "verdict":
			g.Triggered = true
		case word == "undetermined":
			g.Undetermined = true
		case !ok && word != "" && word != "never":
			return Gate{}, word
		case !ok:
			return Gate{}, text
		case g.Severity == finding.NoSeverity || severity < g.Severity:
			g.Severity = severity
		}
	}
	return g, ""
}
