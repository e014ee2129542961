package verdict

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

func persons(n int64) *int64 { return &n }

func of(c finding.Category) finding.Finding {
	f := field()
	f.Category = c
	return f
}

// tracked is a place that asks for the position through an interface.
func tracked(api string) finding.Finding {
	f := of(finding.Position)
	f.Kind, f.Subject = finding.KindAPI, api
	return f
}

// sent is a field whose value goes to a host, sharedWith the finding that says
// that the host is a third party's.
func sent() finding.Finding {
	f := field()
	f.Flows = []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: "api.map.example.com", Location: somewhere}}}
	return f
}

func sharedWith(host string) finding.Finding {
	return finding.Finding{Rule: &finding.Rule{ID: "sink/third-party", Exposure: finding.ToThirdParty}, Kind: finding.KindSink, Reachable: true, Subject: host, Location: somewhere}
}

var somewhere = source.Location{File: source.NewFile("app.json", "{}")}

// answers gives the status of each rulebook and of each duty, by ID and article.
func answers(in Input) map[string]Answer {
	out := map[string]Answer{}
	for _, r := range Judge(in).Rulebooks {
		out[r.ID] = r.Status
		for _, d := range r.Duties {
			out[r.ID+" "+d.Article] = d.Status
		}
	}
	return out
}

func TestConditions(t *testing.T) {
	phone := []finding.Finding{field()}
	for i, c := range []struct {
		in   Input
		id   string
		want Answer // "" for a duty that is not there
	}{
		{Input{}, "miit-2023-105", Required},
		{Input{Inputs: Inputs{Mainland: No}}, "miit-2023-105", NotRequired},
		{Input{}, "public-security", Required},
		{Input{Inputs: Inputs{Operator: Enterprise}}, "public-security", Required},
		{Input{Inputs: Inputs{Operator: Individual}}, "public-security", NeedsInput},
		{Input{Inputs: Inputs{Operator: Organisation}}, "article", Required},

		{Input{}, "pre-approval", NotRequired},
		{Input{Facts: facts.Facts{Hints: []facts.Hint{{Topic: "medical", Word: "挂号", Place: facts.Place{Text: "预约挂号", Location: somewhere}}}}}, "pre-approval", NeedsInput},
		{Input{Facts: facts.Facts{Calls: []facts.Call{{API: "requestPayment", Location: somewhere}}}}, "pre-approval 4, 7", NeedsInput},
		{Input{Facts: facts.Facts{Calls: []facts.Call{{API: "requestPayment", Location: somewhere}}}, Inputs: Inputs{Commercial: No}}, "pre-approval 4, 7", NotRequired},
		{Input{Inputs: Inputs{Commercial: Yes}}, "pre-approval 4, 7", Required},

		{Input{Platform: "wechat"}, "wechat-privacy-guide", NotRequired},
		{Input{Platform: "wechat", Findings: phone}, "wechat-privacy-guide", Required},
		{Input{Platform: "wechat", Facts: facts.Facts{Calls: []facts.Call{{API: "getLocation"}}}}, "wechat-privacy-guide", Required},
		{Input{Platform: "wechat", Facts: facts.Facts{Scopes: []facts.Place{{Text: "scope.camera"}}}}, "wechat-privacy-guide", Required},
		{Input{Platform: "wechat", Facts: facts.Facts{Scopes: []facts.Place{{Text: "scope.userInfo"}}}}, "wechat-privacy-guide", NotRequired},
		{Input{Platform: "wechat", Facts: facts.Facts{Loaded: []facts.Call{{API: "getLocation"}}}}, "wechat-privacy-guide", NeedsInput},
		{Input{Platform: "wechat", Findings: phone, Facts: facts.Facts{Loaded: []facts.Call{{API: "getLocation"}}}}, "wechat-privacy-guide", Required},
		{Input{Platform: "alipay", Findings: phone}, "wechat-privacy-guide", NotRequired},

		{Input{}, "necessary-information", NotRequired},
		{Input{Findings: phone}, "necessary-information", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{AppType: "shopping"}}, "necessary-information", NotRequired},
		{Input{Findings: phone, Inputs: Inputs{AppType: "tools"}}, "necessary-information", Required},

		{Input{}, "pipl", NotRequired},
		{Input{Findings: phone}, "pipl 13, 14, 17", Required},
		{Input{Findings: phone}, "pipl 28-30", ""},
		{Input{Findings: []finding.Finding{of(finding.Health)}}, "pipl 28-30", Required},
		{Input{Findings: []finding.Finding{of(finding.Health)}}, "pipl 55, 56", Required},
		{Input{Findings: phone}, "pipl 55, 56", NeedsInput},
		{Input{Findings: phone}, "pipl 54", Required},
		{Input{Findings: []finding.Finding{of(finding.IDCard)}}, "pipl 28-30", NeedsInput},
		{Input{Findings: []finding.Finding{tracked("startLocationUpdateBackground")}}, "pipl 28-30", Required},
		{Input{Findings: []finding.Finding{tracked("getLocation")}}, "pipl 28-30", ""},
		{Input{Findings: []finding.Finding{sent(), sharedWith("api.map.example.com")}}, "pipl 21, 23", Required},
		{Input{Findings: []finding.Finding{sent()}}, "pipl 21, 23", NeedsInput},
		{Input{Findings: phone}, "pipl 31", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{Children: Yes}}, "pipl 31", Required},
		{Input{Findings: phone, Inputs: Inputs{Minors: No}}, "pipl 31", NotRequired},
		{Input{Findings: phone, Facts: facts.Facts{Plugins: []facts.Plugin{{Provider: "wx1", Location: somewhere}}}}, "pipl 21, 23", Required},
		{Input{Findings: phone}, "pipl 21, 23", ""},
		{Input{Findings: phone}, "pipl 38-40", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{CrossBorder: No}}, "pipl 38-40", NotRequired},
		{Input{Findings: phone, Inputs: Inputs{CrossBorder: Yes}}, "pipl 38-40", Required},
		{Input{Findings: phone}, "pipl 51", Required},

		{Input{}, "thresholds", NotRequired},
		{Input{Findings: phone}, "thresholds PIPL 52", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{Persons: persons(999_999)}}, "thresholds PIPL 52", NotRequired},
		{Input{Findings: phone, Inputs: Inputs{Persons: persons(1_000_000)}}, "thresholds PIPL 52", Required},
		{Input{Findings: phone, Inputs: Inputs{Persons: persons(10_000_000)}}, "thresholds PIPL 54", ""},
		{Input{Findings: phone, Inputs: Inputs{Persons: persons(10_000_001)}}, "thresholds PIPL 54", Required},
		{Input{Findings: phone, Inputs: Inputs{Persons: persons(10_000_001)}}, "thresholds 网络数据安全管理条例 28", Required},
		{Input{Findings: phone}, "thresholds 人脸识别技术应用安全管理办法 15", ""},
		{Input{Findings: []finding.Finding{of(finding.Biometric)}}, "thresholds 人脸识别技术应用安全管理办法 15", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{Faces: persons(100_000)}}, "thresholds 人脸识别技术应用安全管理办法 15", Required},
		{Input{Findings: phone, Inputs: Inputs{Minors: Yes}}, "thresholds 37", Required},
		{Input{Findings: phone, Inputs: Inputs{CrossBorder: Yes}}, "thresholds PIPL 38", NeedsInput},
		{Input{Findings: phone, Inputs: Inputs{CrossBorder: Yes, Abroad: persons(99_999), AbroadSensitive: persons(0)}}, "thresholds PIPL 38", NotRequired},
		{Input{Findings: phone, Inputs: Inputs{CrossBorder: Yes, Abroad: persons(100_000), AbroadSensitive: persons(0)}}, "thresholds PIPL 38", Required},
	} {
		t.Run(fmt.Sprint(i, " ", c.id), func(t *testing.T) {
			require.Equal(t, c.want, answers(c.in)[c.id])
		})
	}
}

// What could not be read may collect something: no rulebook about personal
// information says no then.
func TestUnreadIsNoAnswer(t *testing.T) {
	in := Input{Platform: "wechat", Unread: []project.Unread{{Path: "pages/a/a.wxml", Hides: true}}}
	for _, id := range []string{"article", "wechat-privacy-guide", "necessary-information", "pipl", "thresholds"} {
		require.Equal(t, NeedsInput, answers(in)[id], id)
	}
}

// Every rulebook says who made it, when it applies, what follows and what code
// cannot tell, in both languages.
func TestRulebooksAreComplete(t *testing.T) {
	for _, r := range rulebooks {
		require.Regexp(t, `^(\d{4}-\d\d-\d\d)?$`, r.Document.Force, r.ID)
		for _, text := range []lang.Text{r.Title, r.Document.Issuer, r.Condition, r.Consequence, r.Blind} {
			require.NotEmpty(t, text.ZH, r.ID)
			require.NotEmpty(t, text.EN, r.ID)
		}
		require.NotEmpty(t, r.Basis, r.ID)
	}
}

func TestAppTypes(t *testing.T) {
	require.Len(t, AppTypes(), 39)
	nothing := 0
	known := finding.Categories()
	for _, a := range AppTypes() {
		require.NotEmpty(t, a.Title.EN)
		require.Same(t, AppTypeByID(a.ID), AppTypeByID(a.ID))
		require.Equal(t, a.Title, AppTypeByID(a.ID).Title, "%s stands twice", a.ID)
		require.Subset(t, known, a.Necessary, a.ID)
		require.Equal(t, len(a.Necessary) == 0, a.Wording == "", a.ID)
		require.Contains(t, []string{"", "copy", "summary", "cited"}, a.Checked, a.ID)
		if a.Wording == "" {
			nothing++
		}
	}
	require.Equal(t, 13, nothing, "copies of the notice agree that 13 types need no personal information")
}

// What was not compared with the text says so in the answer.
func TestUncheckedListsSaySo(t *testing.T) {
	for _, a := range AppTypes() {
		in := Input{Findings: []finding.Finding{of(finding.Biometric)}, Inputs: Inputs{AppType: a.ID}}
		for _, r := range Judge(in).Rulebooks {
			if r.ID == "necessary-information" {
				require.Equal(t, Required, r.Status)
				require.Equal(t, a.Checked == "", strings.Contains(r.Reasons[0].ZH, "未与原文核对"), a.ID)
				require.Equal(t, a.Checked == "", strings.Contains(r.Reasons[0].EN, "unverified"), a.ID)
			}
		}
	}
}
