package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

var reviewFormats = []string{"github", "gitlab", "rdjsonl", "checkstyle", "junit", "markdown", "jsonl"}

func TestReviewFormats(t *testing.T) {
	for _, name := range reviewFormats {
		same(t, "sample.zh."+name, write(t, Formats[name], sample(t), Options{Lang: "zh"}))
		same(t, "two.en."+name, write(t, Formats[name], two(t), Options{Lang: "en", URIBase: "apps/诊 所"}))
	}
}

// hostile is a report whose texts try to break out of their place.
func hostile() *Report {
	text := "%0A::error::a\r\n::warning file=x,line=1::b | `c` <script>\"&' ]]> @team [x](y) \x00\x1b[31m\ufffe\u202e,:"
	file := source.NewFile("页 面/a|b,c:d%`<>\"&.wxml", "<input placeholder=\"😀手机\" />\n")
	r := New(Tool{"beian", "0.1.0"}, []*finding.Rule{phoneRule})
	p := reader()
	p.Findings = []finding.Finding{{
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
		Message: lang.Text{ZH: text, EN: text}, Location: at(file, "手机", 1),
		Evidence: []finding.Evidence{{What: "label", Text: text, Location: at(file, "手机", 1)}},
		Flows:    []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, API: "wx.request", Host: text}}},
	}}
	r.Add(p, "")
	return r
}

func TestGitHub(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(string(write(t, GitHub, sample(t), Options{Lang: "zh"})), "\n"), "\n")
	require.Len(t, lines, 5, "phone, address; ID number; name; verdict")
	for i, level := range []string{"notice", "notice", "notice", "notice", "warning"} {
		require.True(t, strings.HasPrefix(lines[i], "::"+level+" file="), lines[i])
	}
	require.Contains(t, lines[0], ",line=3,endLine=3,col=21,", "columns as SARIF has them")
	require.NotContains(t, lines[2], "col=", "several lines")

	out := string(write(t, GitHub, hostile(), Options{Lang: "en"}))
	require.Equal(t, 1, strings.Count(out, "\n"), "one command a line")
	require.Contains(t, out, "a|b%2Cc%3Ad%25")
	require.NotContains(t, out, "%0A::error", "what stands for a line feed is escaped")
	properties, _, _ := strings.Cut(strings.TrimPrefix(out, "::notice "), "::")
	require.Len(t, strings.Split(properties, ","), 6)
}

func TestGitLab(t *testing.T) {
	r := sample(t)
	r.Programs = append(r.Programs, r.Programs[0]) // the same component in two programs
	var issues []map[string]any
	require.NoError(t, json.Unmarshal(write(t, GitLab, r, Options{Lang: "zh", URIBase: "./apps/"}), &issues))
	require.Len(t, issues, 8)
	seen := map[any]bool{}
	for _, issue := range issues {
		require.ElementsMatch(t, []string{"description", "check_name", "fingerprint", "severity", "location"}, keys(issue))
		require.False(t, seen[issue["fingerprint"]], "GitLab would show one of them only")
		seen[issue["fingerprint"]] = true
		require.Contains(t, []any{"info", "minor", "major", "critical", "blocker"}, issue["severity"])
		place := issue["location"].(map[string]any)
		require.Regexp(t, `^apps/miniprogram/`, place["path"])
		require.GreaterOrEqual(t, place["lines"].(map[string]any)["begin"], 1.0)
	}
	require.Equal(t, "[]\n", string(write(t, GitLab, empty(), Options{Lang: "zh"})), "an empty list, not null")
}

func TestRDJSONL(t *testing.T) {
	// The fields of message Diagnostic and of those within it.
	allowed := map[string][]string{
		"":                  {"message", "location", "severity", "source", "code", "suggestions", "original_output", "related_locations"},
		"location":          {"path", "range"},
		"range":             {"start", "end"},
		"start":             {"line", "column"},
		"end":               {"line", "column"},
		"source":            {"name", "url"},
		"code":              {"value", "url"},
		"related_locations": {"message", "location"},
	}
	var check func(where string, v any)
	check = func(where string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				require.Contains(t, allowed[where], key, where)
				check(key, value)
			}
		case []any:
			for _, value := range v {
				check(where, value)
			}
		}
	}
	out := write(t, RDJSONL, sample(t), Options{Lang: "en"})
	for i, line := range bytes.Split(bytes.TrimSuffix(out, []byte("\n")), []byte("\n")) {
		var d map[string]any
		require.NoError(t, json.Unmarshal(line, &d))
		check("", d)
		require.Contains(t, []any{"UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"}, d["severity"])
		if i == 0 {
			start := d["location"].(map[string]any)["range"].(map[string]any)["start"].(map[string]any)
			before := "\t<text>😀 必填：</text>"
			require.Equal(t, float64(len(before)+1), start["column"], "bytes, from 1")
		}
	}
	require.Empty(t, write(t, RDJSONL, empty(), Options{Lang: "zh"}))
}

func TestXMLFormats(t *testing.T) {
	for _, name := range []string{"checkstyle", "junit"} {
		for _, r := range []*Report{sample(t), hostile(), empty()} {
			doc := write(t, Formats[name], r, Options{Lang: "zh"})
			d := xml.NewDecoder(bytes.NewReader(doc))
			for {
				_, err := d.Token()
				if err == io.EOF {
					break
				}
				require.NoError(t, err, "%s:\n%s", name, doc)
			}
			require.False(t, regexp.MustCompile("[\x00-\x08\x0b\x0c\x0e-\x1f]").Match(doc))
		}
	}
	var style checkstyle
	require.NoError(t, xml.Unmarshal(write(t, Checkstyle, sample(t), Options{Lang: "zh"}), &style))
	require.Equal(t, 3, style.Files[0].Errors[0].Line)
	require.Equal(t, len([]rune("\t<text>😀 必填：</text>"))+1, style.Files[0].Errors[0].Column, "characters, from 1")

	var suites junitSuites
	require.NoError(t, xml.Unmarshal(write(t, JUnit, two(t), Options{Lang: "zh"}), &suites))
	require.Len(t, suites.Suites, 2)
	require.Zero(t, suites.Suites[0].Failures)
	require.Equal(t, 1, suites.Suites[0].Tests, "a program without findings is a test that passed")
	require.Equal(t, 4, suites.Suites[1].Tests)
	require.Zero(t, suites.Suites[1].Failures, "nothing is wrong")
	require.Equal(t, suites.Tests, suites.Suites[0].Tests+suites.Suites[1].Tests)
}

func TestMarkdown(t *testing.T) {
	out := string(write(t, Markdown, hostile(), Options{Lang: "en"}))
	require.NotContains(t, out, "<script")
	require.NotContains(t, out, "@team")
	require.NotContains(t, out, "[x](y)")
	var row string
	for line := range strings.Lines(out) {
		if strings.Contains(line, "team") {
			row = line
		}
	}
	require.Equal(t, 6, strings.Count(strings.ReplaceAll(row, `\|`, ""), "|"), "five cells: %s", row)

	many := hostile()
	many.Programs[0].Findings = slices.Repeat(many.Programs[0].Findings, 3000)
	many.Programs[0].Unread = slices.Repeat([]project.Unread{{Path: strings.Repeat("深/", 50) + "a.js", Reason: lang.Text{ZH: "读不了", EN: "broken"}}}, 3000)
	many.Programs = slices.Repeat(many.Programs, 20)
	for _, language := range []lang.Code{lang.Chinese, lang.English} {
		out := string(write(t, Markdown, many, Options{Lang: language}))
		require.Less(t, utf8.RuneCountInString(out), 65536, "GitHub refuses more")
		require.Contains(t, out, "3000", "what is not listed is counted")
	}
}

// Accepted findings are shown on request only, and then as such.
func TestSARIFSuppressions(t *testing.T) {
	r := sample(t)
	r.Programs[0].Findings[0].Accept(finding.Acceptance{As: finding.NotPersonal, By: finding.ByComment, Reason: "门店电话"})
	r.Programs[0].Findings[1].Accept(finding.Acceptance{As: finding.Known, By: finding.ByBaseline, Reason: "已备案"})
	require.Len(t, parseSARIF(t, write(t, SARIF, r, Options{Lang: "zh"})).Runs[0].Results, 3)

	doc := write(t, SARIF, r, Options{Lang: "zh", Suppressed: true})
	golden.Valid(t, golden.SchemaFile(t, "testdata/sarif-schema-2.1.0.json"), doc)
	results := parseSARIF(t, doc).Runs[0].Results
	require.Len(t, results, 5)
	require.NotNil(t, results[0].Suppressions, "with one list of suppressions all results need one")
	require.Empty(t, results[0].Suppressions)
	require.Equal(t, []sarifSuppression{{"inSource", "accepted", "不是个人信息，不计入：门店电话"}}, results[1].Suppressions)
	require.Equal(t, "not-personal", results[1].Properties["beian/acceptedAs"])
	require.Equal(t, []sarifSuppression{{"external", "accepted", "确需收集，已知：已备案"}}, results[2].Suppressions)
	require.Equal(t, "known", results[2].Properties["beian/acceptedAs"])

	for _, name := range reviewFormats[:6] {
		require.NotContains(t, string(write(t, Formats[name], r, Options{Lang: "zh", Suppressed: true})), "field/phone", name)
	}
}

// A verdict whose findings are all accepted as known opens no alert and fails no
// check, but is still reported.
func TestAcceptedVerdict(t *testing.T) {
	r := sample(t)
	require.True(t, r.Unaccepted(verdict.Triggered))
	all := len(parseSARIF(t, write(t, SARIF, r, Options{Lang: "zh"})).Runs[0].Results)
	r.Programs[0].Verdict.PersonalInformation.Accepted = true
	require.False(t, r.Unaccepted(verdict.Triggered))
	require.Equal(t, verdict.Triggered, r.Status())
	doc := parseSARIF(t, write(t, SARIF, r, Options{Lang: "zh"}))
	require.Len(t, doc.Runs[0].Results, all-1)
	require.NotEqual(t, verdict.Rule.ID, doc.Runs[0].Results[0].RuleID)
	told := parseSARIF(t, write(t, SARIF, r, Options{Lang: "zh", Suppressed: true})).Runs[0].Results[0]
	require.Equal(t, verdict.Rule.ID, told.RuleID)
	require.Equal(t, "accepted", told.Suppressions[0].Status)
	for _, name := range []string{"text", "html", "markdown"} {
		require.Contains(t, string(write(t, Formats[name], r, Options{Lang: "zh"})), allAccepted.ZH, name)
	}
}

// The page lists what is accepted, marks what is known at its place, and leaves out
// what is a mistake.
func TestHTMLAccepted(t *testing.T) {
	r := sample(t)
	cards := strings.Count(string(write(t, HTML, r, Options{Lang: "en"})), "<article")
	r.Programs[0].Findings[0].Accept(finding.Acceptance{As: finding.Known, By: finding.ByComment, Reason: "call <back>"})
	out := string(write(t, HTML, r, Options{Lang: "en"}))
	require.Equal(t, cards, strings.Count(out, "<article"))
	require.Contains(t, out, "collected, and known (comment): call &lt;back&gt;")
	require.NotContains(t, out, AsKnown.EN)

	r = sample(t)
	r.Programs[0].Findings[0].Accept(finding.Acceptance{As: finding.NotPersonal, By: finding.ByConfig, Reason: "ours", Assumed: true})
	out = string(write(t, HTML, r, Options{Lang: "en"}))
	require.Equal(t, cards-1, strings.Count(out, "<article"))
	require.Contains(t, out, "no personal information, not counted (beian.yaml): ours")
	require.Contains(t, out, "read as &#34;as: known&#34;")
}

// earlier is one earlier state: a report of which the paths have changed.
func earlier(r *Report, moved func(string) string) [][]Earlier {
	return [][]Earlier{{{r.State(), moved}}}
}

func TestKeepNew(t *testing.T) {
	same := func(path string) string { return path }
	r := sample(t)
	r.KeepNew(earlier(sample(t), same), "HEAD")
	require.Empty(t, r.Programs[0].Findings)
	require.Equal(t, &Changes{Against: "HEAD", Known: 4}, r.Changes)
	named := sample(t)
	named.KeepNew(earlier(sample(t), same), "call-13912345678")
	require.Equal(t, "call-139****5678", named.Changes.Against, "a branch may be named after anything")
	require.Equal(t, verdict.Triggered, r.Status(), "the verdict stays that of the whole program")
	_, collects := r.Worst()
	require.False(t, collects)

	before := sample(t)
	before.Programs[0].Findings = before.Programs[0].Findings[1:]
	r = sample(t)
	r.KeepNew(earlier(before, same), "HEAD")
	require.Len(t, r.Programs[0].Findings, 1)
	require.Equal(t, 1, r.Changes.New)
	_, collects = r.Worst()
	require.True(t, collects)

	r = sample(t)
	r.KeepNew(nil, "")
	require.Len(t, r.Programs[0].Findings, 6)
	require.Equal(t, 4, r.Changes.New, "library and what is out of reach are not counted")
	require.True(t, r.Changes.Triggered)
}

func TestKeepNewTellsWhatIsMore(t *testing.T) {
	for name, change := range map[string]func(before *finding.Finding){
		"in reach":   func(f *finding.Finding) { f.Reachable = false },
		"accepted":   func(f *finding.Finding) { f.Acceptance.As = finding.Known },
		"certain":    func(f *finding.Finding) { f.Confidence = finding.Low },
		"other host": func(f *finding.Finding) { f.Flows[0].Sink.Host = "other.example.com" },
		"no flow":    func(f *finding.Finding) { f.Flows = nil },
	} {
		before, r := sample(t), sample(t)
		change(&before.Programs[0].Findings[0])
		r.KeepNew(earlier(before, func(path string) string { return path }), "HEAD")
		require.Len(t, r.Programs[0].Findings, 1, name)
		require.Equal(t, 1, r.Changes.More, name)
		require.Regexp(t, `\(.+\)$`, r.Programs[0].Findings[0].Message.EN, name)
	}
	before, r := sample(t), sample(t)
	before.Programs[0].Findings[0].Flows[0].Sink.Host = "" // may have been the same
	r.KeepNew(earlier(before, func(path string) string { return path }), "HEAD")
	require.Empty(t, r.Programs[0].Findings)
}

// A state tells the same of what is new as the report that it is taken from.
func TestStateAdds(t *testing.T) {
	same := func(path string) string { return path }
	for name, change := range map[string]func(before *Report){
		"nothing":      func(*Report) {},
		"one is gone":  func(before *Report) { before.Programs[0].Findings = before.Programs[0].Findings[1:] },
		"out of reach": func(before *Report) { before.Programs[0].Findings[0].Reachable = false },
		"one is more": func(before *Report) {
			before.Programs[0].Findings = append(before.Programs[0].Findings, before.Programs[0].Findings[0])
		},
		"other host":    func(before *Report) { before.Programs[0].Findings[0].Flows[0].Sink.Host = "other.example.com" },
		"not triggered": func(before *Report) { before.Programs[0].Verdict.PersonalInformation.Status = verdict.NotTriggered },
		"was read":      func(before *Report) { before.Programs[0].Unread = nil },
	} {
		before, r := sample(t), sample(t)
		require.NotEmpty(t, r.Programs[0].Unread)
		change(before)
		state := r.State()
		r.KeepNew(earlier(before, same), "HEAD")
		adds := len(r.Programs[0].Findings)+len(r.Programs[0].Unread) > 0 || r.Changes.Triggered || r.Changes.Undetermined
		require.Equal(t, adds, state.Adds(earlier(before, same)), name)
		require.Equal(t, name != "nothing" && name != "one is more", adds, name)
	}
	require.True(t, sample(t).State().Adds(nil))
}

// Before a merge there are two states. What one of them has is not new, nor are the
// destinations that only one of them has.
func TestKeepNewAgainstBothSidesOfAMerge(t *testing.T) {
	same := func(path string) string { return path }
	ours, theirs, r := sample(t), sample(t), sample(t)
	ours.Programs[0].Findings = ours.Programs[0].Findings[1:]
	theirs.Programs[0].Findings = theirs.Programs[0].Findings[:1]
	r.KeepNew([][]Earlier{{{ours.State(), same}}, {{theirs.State(), same}}}, "HEAD")
	require.Empty(t, r.Programs[0].Findings, "each is in one of them")

	ours, theirs, r = sample(t), sample(t), sample(t)
	flow := func(r *Report, host string) *finding.Finding {
		f := &r.Programs[0].Findings[0]
		more := f.Flows[0]
		more.Sink.Host = host
		f.Flows = append(slices.Clone(f.Flows), more)
		return f
	}
	flow(ours, "ours.example.com")
	flow(theirs, "theirs.example.com")
	flow(r, "ours.example.com")
	flow(r, "theirs.example.com")
	both := [][]Earlier{{{ours.State(), same}}, {{theirs.State(), same}}}
	r.KeepNew(both, "HEAD")
	require.Empty(t, r.Programs[0].Findings)
	r = sample(t)
	flow(r, "merge.example.com")
	r.KeepNew(both, "HEAD")
	require.Len(t, r.Programs[0].Findings, 1)
	require.Contains(t, r.Programs[0].Findings[0].Message.EN, "merge.example.com")
}

// A state that was stored says the same.
func TestStateIsJSON(t *testing.T) {
	text, err := json.Marshal(sample(t).State())
	require.NoError(t, err)
	var back State
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, sample(t).State(), &back)
}

// A file that was renamed brings nothing new.
func TestKeepNewFollowsRenames(t *testing.T) {
	r := sample(t)
	r.KeepNew(earlier(sample(t), func(path string) string { return path + ".old" }), "HEAD")
	require.Len(t, r.Programs[0].Findings, 6)

	now := New(Tool{"beian", "0.1.0"}, nil)
	now.Add(sample(t).Programs[0], "new")
	now.KeepNew(earlier(sample(t), func(path string) string { return "new/" + path }), "HEAD")
	require.Empty(t, now.Programs[0].Findings)
}

// empty is a report on a program that collects nothing.
func empty() *Report {
	r := New(Tool{"beian", "0.1.0"}, nil)
	r.Add(reader(), "")
	return r
}

func keys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
