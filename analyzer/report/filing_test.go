package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

// beyond is the sample of a program that was filed without the field for the phone number.
func beyond(t *testing.T, accepted bool) *Report {
	r := sample(t)
	p := &r.Programs[0]
	p.Verdict.Filing = &verdict.Filing{
		Number: "京ICP备12345678号-1X", State: verdict.Exceeded, Recorded: "2026-10-01", Tool: "0.1.0",
		Covers: &filed.Program{Path: ".", Collected: []filed.Collected{{Category: finding.Name, Recipients: []string{"api.example.com"}}},
			Addresses: []string{}, Plugins: []string{}},
		Changes: []filed.Change{
			{What: filed.Category, Added: true, Owner: "phone", Accepted: accepted,
				Text: lang.Both("新收集手机号", "now collects phone numbers"), Location: p.Findings[0].Location},
			{What: filed.Page, Added: true, Owner: "name", Name: "pages/b/b", Text: lang.Both("也在", "too")},
			{What: filed.Plugin, Name: "wx1", Text: lang.Both("不再有插件 wx1", "plugin wx1 is gone")},
		},
	}
	return r
}

// Every format for people and for code review says what the filing does not cover.
func TestFiling(t *testing.T) {
	r := beyond(t, false)
	require.True(t, r.Has(verdict.Triggered))
	require.True(t, r.Unaccepted(verdict.Triggered))
	for name, format := range map[string]Format{"text": Text, "markdown": Markdown, "html": HTML, "github": GitHub, "sarif": SARIF} {
		out := string(write(t, format, r, Options{Lang: "en"}))
		require.Contains(t, out, "1 more than was recorded on 2026-10-01", name)
		require.Contains(t, out, "now collects phone numbers", name)
	}
	quiet := string(write(t, Text, r, Options{Lang: "en", Quiet: true}))
	require.Contains(t, quiet, "+ now collects phone numbers  miniprogram/pages/booking/booking.wxml:3:21\n")
	require.NotContains(t, quiet, "wx1", "what is gone stops nothing")
	text := string(write(t, Text, r, Options{Lang: "zh"}))
	require.Contains(t, text, "- 不再有插件 wx1\n")
	require.Contains(t, text, "+ 也在（类别已备案）\n")
	require.Contains(t, text, "备案涵盖：姓名；接收方 api.example.com；隐私类型 无；插件 无\n")

	doc := write(t, JSON, r, Options{Lang: "zh"})
	golden.Valid(t, golden.SchemaFile(t, "../../docs/report.schema.json"), doc)
	filing := parseJSON(t, doc).Verdict.Filing
	require.Equal(t, "exceeded", filing.State)
	require.Len(t, filing.Changes, 3)
	require.True(t, filing.Changes[0].Exceeds)
	require.Equal(t, []finding.Category{finding.Name}, filing.Covers.Categories)
}

// What a person has accepted as known stays beyond the filing, and stops nothing.
func TestFilingAccepted(t *testing.T) {
	r := beyond(t, true)
	require.True(t, r.Has(verdict.Triggered))
	require.False(t, r.Unaccepted(verdict.Triggered))
	require.Contains(t, string(write(t, Text, r, Options{Lang: "zh"})), "新收集手机号  miniprogram/pages/booking/booking.wxml:3:21（已由人接受，不影响退出码）\n")
}

// A filing that covers everything silences the result that says that filing is triggered.
func TestFilingCovers(t *testing.T) {
	r := beyond(t, false)
	f := r.Programs[0].Verdict.Filing
	f.State, f.Changes = verdict.Covered, nil
	require.False(t, r.Has(verdict.Triggered))
	require.Equal(t, verdict.Triggered, r.Status(), "the verdict stays")
	for name, format := range map[string]Format{"github": GitHub, "sarif": SARIF} {
		require.NotContains(t, string(write(t, format, r, Options{Lang: "en"})), "Filing is triggered: the program", name)
	}
	require.Contains(t, string(write(t, Markdown, r, Options{Lang: "en"})), "🟢")
}
