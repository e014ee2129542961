package report

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// RuleURL is the address of the page about a rule.
func RuleURL(id string) string { return homepage + "/blob/main/docs/rules/" + id + ".md" }

// RuleHelp writes the metadata of a rule as plain text and as Markdown. The same
// text serves `beian explain`, the pages under docs/rules and the rule help of
// SARIF.
func RuleHelp(rule *finding.Rule, in lang.Code) (text, markdown string) {
	say := in.Say
	var t, m strings.Builder
	section := func(heading, body string) {
		if body == "" {
			return
		}
		t.WriteString("\n" + heading + "\n  " + strings.ReplaceAll(body, "\n", "\n  ") + "\n")
		m.WriteString("\n## " + heading + "\n\n" + body + "\n")
	}
	example := func(heading, code string) {
		if code == "" {
			return
		}
		code = strings.Trim(code, "\n")
		t.WriteString("\n" + heading + "\n    " + strings.ReplaceAll(code, "\n", "\n    ") + "\n")
		m.WriteString("\n## " + heading + "\n\n```" + exampleLanguage(code) + "\n" + code + "\n```\n")
	}
	t.WriteString(rule.ID + "  " + rule.Title.In(in) + "\n")
	m.WriteString("# " + rule.ID + "  " + rule.Title.In(in) + "\n")
	section(say("发现什么", "What it finds"), rule.Summary.In(in))
	section(say("为什么重要", "Why it matters"), rule.Why.In(in))
	section(say("严重程度", "Severity"), severities(rule, in))
	example(say("会报告", "Reported"), rule.Bad)
	example(say("不会报告", "Not reported"), rule.Good)
	section(say("怎么办", "What to do"), rule.Mend.In(in))
	section(say("局限", "Limits"), rule.Limits.In(in))
	section(say("依据", "References"), references(rule, in))
	return t.String(), m.String()
}

// severities says how bad the findings of a rule are, and why; nothing for a rule
// about what is collected.
func severities(rule *finding.Rule, in lang.Code) string {
	var lines []string
	for _, g := range rule.Gravity() {
		line := word(severityWords, g.Severity.String(), in) + in.Say("：", ": ") + g.Why.In(in)
		if g.Category != "" {
			line = g.Category.Title().In(in) + in.Say("：", ": ") + line
		}
		lines = append(lines, "- "+line)
	}
	return strings.Join(lines, "\n")
}

// exampleLanguage names the language of an example for Markdown.
func exampleLanguage(code string) string {
	switch {
	case strings.HasPrefix(code, "<"):
		return "xml"
	case strings.HasPrefix(code, "{"):
		return "json"
	}
	return "js"
}

func references(rule *finding.Rule, in lang.Code) string {
	var lines []string
	for _, r := range rule.References {
		line := "- " + r.In(in)
		if r.URL != "" {
			line += in.Say("，", ", ") + r.URL
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
