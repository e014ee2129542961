package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

func TestSARIF(t *testing.T) {
	official := golden.SchemaFile(t, "testdata/sarif-schema-2.1.0.json")
	for name, doc := range map[string][]byte{
		"sample.zh.sarif": write(t, SARIF, sample(t), Options{Lang: "zh"}),
		"sample.en.sarif": write(t, SARIF, sample(t), Options{Lang: "en", URIBase: "apps/诊所"}),
		"two.zh.sarif":    write(t, SARIF, two(t), Options{Lang: "zh", MinConfidence: finding.High}),
	} {
		same(t, name, doc)
		golden.Valid(t, official, doc)
	}
}

func parseSARIF(t *testing.T, doc []byte) sarifLog {
	t.Helper()
	var log sarifLog
	require.NoError(t, json.Unmarshal(doc, &log))
	return log
}

// What GitHub's code scanning requires beyond the schema.
func TestSARIFForGitHub(t *testing.T) {
	log := parseSARIF(t, write(t, SARIF, two(t), Options{Lang: "en", URIBase: "apps"}))
	ids := map[string]bool{}
	for _, run := range log.Runs {
		require.False(t, ids[run.AutomationDetails.ID], "one category a run")
		ids[run.AutomationDetails.ID] = true
		require.NotEmpty(t, run.Tool.Driver.Name)
		require.NotEmpty(t, run.Tool.Driver.SemanticVersion)
		for _, rule := range run.Tool.Driver.Rules {
			require.NotEmpty(t, rule.ShortDescription.Text, rule.ID)
			require.NotEmpty(t, rule.FullDescription.Text, rule.ID)
			require.NotEmpty(t, rule.Help.Text, rule.ID)
			require.NotEmpty(t, rule.Help.Markdown, rule.ID)
			require.LessOrEqual(t, len(rule.Properties.Tags), 10)
		}
		for _, r := range run.Results {
			require.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
			require.NotEmpty(t, r.Message.Text)
			require.Regexp(t, `^[0-9a-f]+:\d+$`, r.Fingerprints["primaryLocationLineHash"])
			require.NotEmpty(t, r.Fingerprints["beian/v1"])
			place := r.Locations[0].PhysicalLocation
			require.Regexp(t, `^apps/(reader|clinic)/[!-~]+$`, place.Artifact.URI)
			for _, n := range []int{place.Region.StartLine, place.Region.StartColumn, place.Region.EndLine, place.Region.EndColumn} {
				require.Positive(t, n)
			}
		}
	}
	require.Len(t, ids, 2)
	require.True(t, ids["beian/apps/clinic/"])
}

func TestSARIFResults(t *testing.T) {
	run := parseSARIF(t, write(t, SARIF, sample(t), Options{Lang: "en"})).Runs[0]
	require.Len(t, run.Results, 5, "verdict, phone, ID number, name, address; neither library nor what is out of reach")
	require.Equal(t, verdict.Rule.ID, run.Results[0].RuleID)
	require.Equal(t, "miniprogram/app.json", run.Results[0].Locations[0].PhysicalLocation.Artifact.URI)

	phone := run.Results[1]
	require.Equal(t, "note", phone.Level)
	region := phone.Locations[0].PhysicalLocation.Region
	require.Equal(t, 3, region.StartLine)
	require.Equal(t, 21, region.StartColumn, "a tab is one unit, an emoji two")
	require.Equal(t, region.StartColumn+source.UTF16Len(region.Snippet.Text), region.EndColumn)
	require.Contains(t, phone.Message.Text, "[validator](4)")
	require.Equal(t, 4, phone.RelatedLocations[3].ID)
	require.Len(t, phone.CodeFlows[0].ThreadFlows[0].Locations, 3)

	require.Len(t, run.Invocations[0].Notifications, 2)
	require.True(t, run.Invocations[0].ExecutionSuccessful)
}

// The fingerprint of a line is that of the file on disk, although the snippet
// shows masked text.
func TestSARIFHashesTheOriginal(t *testing.T) {
	text := "<input value=\"13912345678\" />\n"
	file := source.NewFile("a.wxml", text)
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{phoneRule})
	p := reader()
	p.Findings = []finding.Finding{{Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.Low,
		Reachable: true, Location: at(file, text[:29], 1)}}
	r.Add(p, "")
	result := parseSARIF(t, write(t, SARIF, r, Options{Lang: "zh"})).Runs[0].Results[0]
	require.Equal(t, lineHashes(text)[0], result.Fingerprints["primaryLocationLineHash"])
	require.Contains(t, result.Locations[0].PhysicalLocation.Region.Snippet.Text, "139****5678")
}

// How sure a rule is follows from what it rests on.
func TestSARIFPrecision(t *testing.T) {
	s := &sarifWriter{o: Options{Lang: "en"}}
	for kind, want := range map[finding.Kind]string{
		finding.KindField: "high", finding.KindAPI: "high", finding.KindConfig: "high",
		finding.KindSink: "medium", finding.KindHardcoded: "medium", finding.KindInferred: "low",
	} {
		require.Equal(t, want, s.rule(&Program{}, &finding.Rule{ID: "a/b", Kind: kind}).Properties.Precision, kind)
	}
}

func TestSARIFEscapes(t *testing.T) {
	require.Equal(t, `a \[b\](1) \\.`, escapeBrackets(`a [b](1) \.`))
	s := &sarifWriter{o: Options{URIBase: "apps/x"}}
	require.Equal(t, "apps/x/%E9%A1%B5%20%23.wxml", s.uri("页 #.wxml"))
	require.Equal(t, "apps/x/a%3Ab.wxml", s.uri("a:b.wxml"), "else a: is a scheme where nothing stands before it")
	require.Equal(t, "FieldPhone", ruleName("field/phone"))
	require.Equal(t, "好.", sentence("好。"))
	require.Equal(t, "good.", sentence("good"))
}

// A problem that is a weakness of code refers to it; its rule and its tag, too.
func TestSARIFWeaknesses(t *testing.T) {
	rule := &finding.Rule{ID: "sink/plain-http", Kind: finding.KindSink}
	file := source.NewFile("a.js", "wx.request({})\n")
	p := reader()
	p.Findings = []finding.Finding{{Rule: rule, Kind: finding.KindSink, Severity: finding.SeverityHigh, Confidence: finding.High,
		Reachable: true, Location: at(file, "wx.request", 1)}}
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{rule})
	r.Add(p, "")
	run := parseSARIF(t, write(t, SARIF, r, Options{Lang: "en"})).Runs[0]
	require.Equal(t, "319", run.Taxonomies[0].Taxa[0].ID)
	require.Equal(t, "319", run.Results[0].Taxa[0].ID)
	require.Equal(t, "319", run.Tool.Driver.Rules[0].Relationships[0].Target.ID)
	require.Contains(t, run.Tool.Driver.Rules[0].Properties.Tags, "external/cwe/cwe-319")
	require.Empty(t, parseSARIF(t, write(t, SARIF, sample(t), Options{Lang: "en"})).Runs[0].Taxonomies, "to collect is no weakness")
}

// What mend would change is a fix of the results of its rule.
func TestSARIFFixes(t *testing.T) {
	rule := &finding.Rule{ID: "config/use-privacy-check-obsolete", Kind: finding.KindConfig}
	file := source.NewFile("app.json", "{ \"pages\": [],\n  \"__usePrivacyCheck__\": true }\n")
	span := at(file, ",\n  \"__usePrivacyCheck__\": true", 1)
	p := reader()
	p.Findings = []finding.Finding{{Rule: rule, Kind: finding.KindConfig, Severity: finding.SeverityLow, Confidence: finding.High,
		Reachable: true, Location: at(file, "\"__usePrivacyCheck__\"", 1)}}
	p.Fixes = []Fix{{Rule: rule.ID, Location: span, Changes: []lang.Text{lang.Same("remove it")}}, {Rule: "config/other", Location: span}}
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{rule})
	r.Add(p, "")
	doc := write(t, SARIF, r, Options{Lang: "en"})
	golden.Valid(t, golden.SchemaFile(t, "testdata/sarif-schema-2.1.0.json"), doc)
	fixes := parseSARIF(t, doc).Runs[0].Results[0].Fixes
	require.Len(t, fixes, 1)
	require.Equal(t, "remove it.", fixes[0].Description.Text)
	deleted := fixes[0].Changes[0].Replacements[0].Deleted
	require.Equal(t, []int{1, 14, 2, 30}, []int{deleted.StartLine, deleted.StartColumn, deleted.EndLine, deleted.EndColumn})
	require.Nil(t, fixes[0].Changes[0].Replacements[0].Inserted)
}

// With --since each result says whether it is new; with a repository, the file says of
// which commit it is.
func TestSARIFOfChanges(t *testing.T) {
	before, r := sample(t), sample(t)
	before.Programs[0].Findings = before.Programs[0].Findings[:1]
	before.Programs[0].Findings[0].Flows = nil
	r.KeepNew(earlier(before, func(path string) string { return path }), "HEAD")
	doc := write(t, SARIF, r, Options{Lang: "en", Origin: "https://example.com/a", Commit: "29f0e3b", Root: "file:///srv/a/"})
	golden.Valid(t, golden.SchemaFile(t, "testdata/sarif-schema-2.1.0.json"), doc)
	run := parseSARIF(t, doc).Runs[0]
	states := map[string]int{}
	for _, result := range run.Results {
		states[result.BaselineState]++
	}
	require.Equal(t, map[string]int{"updated": 1, "new": 3}, states)
	require.Equal(t, "29f0e3b", run.Provenance[0].RevisionID)
	require.Equal(t, "file:///srv/a/", run.Bases["SRCROOT"].URI)
}

// GitHub shows 5,000 results of a run: the worst are written, and what is left out is told.
func TestSARIFCaps(t *testing.T) {
	text := strings.Repeat("x\n", maxResults+10)
	file := source.NewFile("a.js", text)
	p := reader()
	for n := range maxResults + 10 {
		f := finding.Finding{Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
			Location: source.Location{File: file, Span: source.Span{Start: int32(2 * n), End: int32(2*n + 1)}}}
		if n == maxResults+9 {
			f.Severity = finding.SeverityCritical
		}
		p.Findings = append(p.Findings, f)
	}
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{phoneRule})
	r.Add(p, "")
	run := parseSARIF(t, write(t, SARIF, r, Options{Lang: "en"})).Runs[0]
	require.Len(t, run.Results, maxResults-1)
	require.Equal(t, "error", run.Results[0].Level)
	require.Contains(t, run.Invocations[0].Notifications[0].Message.Text, "11 more results")
}

// Every row names a rule that finds problems, and a weakness by number.
func TestWeaknesses(t *testing.T) {
	require.Greater(t, len(weaknesses()), 5)
	for rule, w := range weaknesses() {
		require.Regexp(t, `^\d+$`, w.number)
		require.NotEmpty(t, (&finding.Rule{ID: rule}).Gravity(), rule)
	}
}
