package report

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// rated is a report on one finding of the given severity; none makes it a finding
// about what is collected.
func rated(severity, inventory finding.Severity, sure finding.Confidence) *Report {
	rule := &finding.Rule{ID: "field/phone", Kind: finding.KindField, Title: lang.Both("手机号", "phone number")}
	if severity != finding.NoSeverity {
		rule = &finding.Rule{ID: "sink/log", Kind: finding.KindSink, Title: lang.Both("日志", "log")}
	}
	file := source.NewFile("a.js", "console.log(phone)\n")
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{rule})
	p := reader()
	p.Inventory = inventory
	p.Findings = []finding.Finding{{
		Rule: rule, Kind: rule.Kind, Category: finding.Phone, Severity: severity, Confidence: sure, Reachable: true,
		Message: lang.Both("手机号在这里", "a phone number is here"), Location: at(file, "console.log", 1),
	}}
	r.Add(p, "")
	return r
}

// Every format says the same about a finding, in its own words; editors ask Level.
func TestLevelsOfAllFormats(t *testing.T) {
	patterns := map[string]string{
		"sarif": `"level": "([a-z]+)",\s+"message": \{\s+"text": "a phone`, "github": `^::([a-z]+) file=a.js`, "gitlab": `"severity": "([a-z]+)"`,
		"rdjsonl": `"severity":"([A-Z]+)"`, "checkstyle": `severity="([a-z]+)"`, "junit": `<failure [^>]*type="([a-z]+)"`,
		"json": `"severity": "([a-z]+)"`, "markdown": `\| ([a-z-]+) \| .a.js:1.`,
		"text": "\x1b\\[([0-9;]+)mseverity", "html": `<span class="tag ([a-z]+)">severity`,
	}
	formats := []string{"sarif", "github", "gitlab", "rdjsonl", "checkstyle", "junit", "json", "markdown", "text", "html"}
	for _, c := range []struct {
		severity, inventory finding.Severity
		want                string // a word for each of formats
		lsp                 int
	}{
		{finding.NoSeverity, finding.NoSeverity, "note notice info INFO info _ _ - _ _", 3},
		{finding.NoSeverity, finding.SeverityMedium, "warning warning minor WARNING warning warning _ - _ _", 2},
		{finding.NoSeverity, finding.SeverityHigh, "error error major ERROR error error _ - _ _", 1},
		{finding.SeverityLow, finding.SeverityHigh, "note notice info INFO info low low low 2 note", 3},
		{finding.SeverityMedium, finding.NoSeverity, "warning warning minor WARNING warning medium medium medium 1;33 warning", 2},
		{finding.SeverityHigh, finding.NoSeverity, "error error major ERROR error high high high 1;31 error", 1},
		{finding.SeverityCritical, finding.NoSeverity, "error error critical ERROR error critical critical critical 1;31 error", 1},
	} {
		for _, sure := range []finding.Confidence{finding.Low, finding.High} { // which changes no level
			r := rated(c.severity, c.inventory, sure)
			got := ""
			for _, name := range formats {
				word := "_"
				out := write(t, Formats[name], r, Options{Lang: "en", Color: name == "text"})
				if m := regexp.MustCompile("(?m)" + patterns[name]).FindSubmatch(out); m != nil {
					word = string(m[1])
				}
				got += " " + word
			}
			require.Equal(t, c.want, got[1:], "%s %s %s", c.severity, c.inventory, sure)
			p := &r.Programs[0]
			require.Equal(t, c.lsp, p.Level(&p.Findings[0]).LSP)
		}
	}
	require.Len(t, patterns, len(formats))
	require.Len(t, Formats, len(formats)+1, "jsonl is json, line by line")
}

// What is collected is no problem: it is never red, a failed test or a
// vulnerability.
func TestInventoryIsNoProblem(t *testing.T) {
	r := rated(finding.NoSeverity, finding.NoSeverity, finding.High)
	run := parseSARIF(t, write(t, SARIF, r, Options{Lang: "en"})).Runs[0]
	require.Equal(t, "informational", run.Results[0].Kind)
	require.Empty(t, run.Tool.Driver.Rules[0].Properties.SecuritySeverity)
	require.NotContains(t, string(write(t, Text, r, Options{Lang: "en", Color: true})), "\x1b[1;31m")
	require.Contains(t, string(write(t, Text, r, Options{Lang: "en", Verbose: true})), "  phone number  field/phone\n", "how sure it is, is told only if that is not high")
	require.Contains(t, string(write(t, JUnit, r, Options{Lang: "en"})), `tests="1" failures="0"`)

	r = rated(finding.NoSeverity, finding.SeverityHigh, finding.Medium)
	run = parseSARIF(t, write(t, SARIF, r, Options{Lang: "en"})).Runs[0]
	require.Empty(t, run.Results[0].Kind, "a project may want it to fail")
	require.Empty(t, run.Tool.Driver.Rules[0].Properties.SecuritySeverity)
	require.Equal(t, "error", run.Tool.Driver.Rules[0].Default.Level)
	require.Contains(t, string(write(t, Text, r, Options{Lang: "en", Verbose: true})), "confidence medium")

	r = rated(finding.SeverityMedium, finding.NoSeverity, finding.High)
	run = parseSARIF(t, write(t, SARIF, r, Options{Lang: "en"})).Runs[0]
	require.Empty(t, run.Results[0].Kind)
	properties := run.Tool.Driver.Rules[0].Properties
	require.Equal(t, "5.5", properties.SecuritySeverity)
	require.Equal(t, "warning", properties.ProblemSeverity)
	require.Contains(t, properties.Tags, "security")
}

// A gate asks for the worst problem and for what is collected, if they are sure
// enough.
func TestWorst(t *testing.T) {
	for _, c := range []struct {
		severity finding.Severity
		sure     finding.Confidence
		accepted finding.AcceptedAs
		worst    finding.Severity
		collects bool
	}{
		{finding.NoSeverity, finding.Medium, "", finding.NoSeverity, true},
		{finding.NoSeverity, finding.Low, "", finding.NoSeverity, false},
		{finding.SeverityHigh, finding.Medium, "", finding.SeverityHigh, false},
		{finding.SeverityHigh, finding.Low, "", finding.NoSeverity, false},
		{finding.SeverityHigh, finding.High, finding.Known, finding.NoSeverity, false},
	} {
		r := rated(c.severity, finding.NoSeverity, c.sure)
		r.Programs[0].Findings[0].Acceptance.As = c.accepted
		worst, collects := r.Worst()
		require.Equal(t, c.worst, worst)
		require.Equal(t, c.collects, collects)
	}
}

// It counts as a change if a program can no longer be judged.
func TestChangesMakeItUndetermined(t *testing.T) {
	same := func(path string) string { return path }
	unclear := func() *Report {
		r := rated(finding.NoSeverity, finding.NoSeverity, finding.Low)
		r.Programs[0].Verdict.PersonalInformation.Status = verdict.Undetermined
		return r
	}
	r := unclear()
	r.KeepNew(earlier(rated(finding.NoSeverity, finding.NoSeverity, finding.Low), same), "HEAD")
	require.True(t, r.Changes.Undetermined)
	r = unclear()
	r.KeepNew(earlier(unclear(), same), "HEAD")
	require.False(t, r.Changes.Undetermined)
}
