package verdict

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
)

func of(c finding.Category) finding.Finding {
	f := field()
	f.Category = c
	return f
}

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

// What could not be read may collect something: so no rulebook about personal
// information says no.
func TestUnreadIsNoAnswer(t *testing.T) {
	in := Input{Platform: "wechat", Unread: []project.Unread{{Path: "pages/a/a.wxml", Hides: true}}}
	for _, id := range []string{"article", "wechat-privacy-guide", "necessary-information", "small-handlers", "pipl", "thresholds"} {
		require.Equal(t, NeedsInput, answers(in)[id], id)
	}
}

// Every rulebook says who made it, when it applies, what it asks for and what
// code cannot tell, in both languages.
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
		require.Equal(t, a.Title, AppTypeByID(a.ID).Title, "%s is given twice", a.ID)
		require.Subset(t, known, a.Necessary, a.ID)
		require.Equal(t, len(a.Necessary) == 0, a.Wording == "", a.ID)
		require.Contains(t, []string{"", "copy"}, a.Checked, a.ID)
		require.NotEmpty(t, a.Basic, a.ID)
		if a.Wording == "" {
			nothing++
		}
	}
	require.Equal(t, 13, nothing, "copies of the notice agree that 13 types need no personal information")
}

// If a list was not compared with the text, the answer says so.
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
