package report

import (
	"cmp"

	"github.com/beian/beian/analyzer/finding"
)

// Level tells how serious each format shows a finding to be, in its own words. The
// text report and the page choose colours by SARIF's word.
type Level struct {
	SARIF      string // level of a result: error, warning, note
	Kind       string // of a SARIF result, "" for "fail"
	Score      string // security-severity of a SARIF rule, from 0 to 10; "" for none
	GitHub     string // workflow command
	GitLab     string // severity of an issue
	RDJSONL    string
	Checkstyle string
	Fails      bool // is it a failed test in JUnit?
	LSP        int  // DiagnosticSeverity: 1 error, 2 warning, 3 information
}

// levels is the one table of them. What is collected is only reported: it fails
// nothing and turns nothing red. GitHub calls a rule critical above a score of 9,
// high from 7, medium from 4 (docs.github.com, "SARIF support for code scanning").
var levels = [...]Level{
	finding.NoSeverity:       {"note", "informational", "", "notice", "info", "INFO", "info", false, 3},
	finding.SeverityLow:      {"note", "", "2.0", "notice", "info", "INFO", "info", true, 3},
	finding.SeverityMedium:   {"warning", "", "5.5", "warning", "minor", "WARNING", "warning", true, 2},
	finding.SeverityHigh:     {"error", "", "8.0", "error", "major", "ERROR", "error", true, 1},
	finding.SeverityCritical: {"error", "", "9.5", "error", "critical", "ERROR", "error", true, 1},
}

// VerdictLevel is the level of the result that filing is triggered. That is not a
// fault of the code, but something has to be done before a release.
var VerdictLevel = levels[finding.SeverityMedium]

// Level is the level of f, a finding of p.
func (p *Program) Level(f *finding.Finding) Level { return levels[p.severity(f)] }

// severity is the severity of f or, for what is collected, the one that the
// project asks to show it with.
func (p *Program) severity(f *finding.Finding) finding.Severity {
	return cmp.Or(f.Severity, p.Inventory)
}

// InventoryLevels are the levels at which a project can have shown what it collects,
// each with the severity that has that level.
var InventoryLevels = map[string]finding.Severity{
	"note": finding.NoSeverity, "warning": finding.SeverityMedium, "error": finding.SeverityHigh,
}

// worstFirst orders problems by severity, with what is collected behind them.
func worstFirst(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) }

// Gravity says in words how bad a problem is and, unless it is highly sure, how
// sure the finding is: "severity medium", "confidence low".
func (o Options) Gravity(f *finding.Finding) []string {
	var words []string
	if f.Severity != finding.NoSeverity {
		words = append(words, o.severity(f))
	}
	if f.Confidence < finding.High {
		words = append(words, o.confidence(f.Confidence))
	}
	return words
}

func (o Options) severity(f *finding.Finding) string {
	return o.say("严重程度", "severity ") + word(severityWords, f.Severity.String(), o.Lang)
}

func (o Options) confidence(c finding.Confidence) string {
	return o.say("置信度", "confidence ") + word(confidenceWords, c.String(), o.Lang)
}
