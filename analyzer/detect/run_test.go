package detect

import (
	"errors"
	"testing"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

func rule(id string) *finding.Rule {
	text := lang.Text{ZH: "文", EN: "text"}
	return &finding.Rule{
		ID: id, Kind: finding.KindField, Category: finding.Phone, Title: text, Summary: text, Why: text, Mend: text, Limits: text,
		Bad: "b", Good: "g", References: []law.Citation{law.File(text)}, Since: "0.1.0",
	}
}

func detector(rules []*finding.Rule, run func(*Pass) error) *Detector {
	return &Detector{Name: "field", Rules: rules, Run: run}
}

func TestValidate(t *testing.T) {
	run := func(*Pass) error { return nil }
	require.NoError(t, Validate([]*Detector{detector([]*finding.Rule{rule("field/phone")}, run)}))
	bad := rule("Field Phone")
	bad.Why.EN = ""
	err := Validate([]*Detector{detector([]*finding.Rule{bad, rule("field/name"), rule("field/name")}, run), {Name: "field", Run: run}, {}})
	for _, want := range []string{"two words", "has no reason", "rule field/name is given twice", "detector field is given twice", "detector 2 has no name"} {
		require.ErrorContains(t, err, want)
	}
}

const text = `<input placeholder="手机号" />
<input placeholder="手机号" />
`

// report gives a detector that reports a phone field at each of the offsets.
func report(r *finding.Rule, f *source.File, offsets ...int32) *Detector {
	return detector([]*finding.Rule{r}, func(p *Pass) error {
		for i, at := range offsets {
			p.Report(finding.Finding{
				Rule: r, Confidence: finding.Confidence(1 + i%3), Subject: "手机号", Reachable: i > 0,
				Location: source.Location{File: f, Span: source.Span{Start: at, End: at + 32}},
				Flows: []finding.Flow{{Sink: finding.Sink{API: "wx.request",
					Location: source.Location{File: f, Span: source.Span{Start: int32(i)}}}}},
			})
		}
		return nil
	})
}

// around is a program with a page whose view is f.
func around(f *source.File) *project.Program {
	return &project.Program{Units: []*project.Unit{{Kind: project.PageUnit, View: &project.View{File: f}}}}
}

func TestRunOrdersAndMerges(t *testing.T) {
	f := source.NewFile("a.wxml", text)
	found, _, err := Run(around(f), &flow.Result{Limits: []flow.Limit{{}}}, []*Detector{report(rule("field/phone"), f, 33, 0, 0)})
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, int32(0), found[0].Location.Span.Start)
	require.Equal(t, finding.High, found[0].Confidence, "of two instances the better")
	require.Len(t, found[0].Flows, 2, "and the flows of both")
	require.Equal(t, finding.KindField, found[0].Kind)
	require.Equal(t, finding.Phone, found[0].Category)
	require.True(t, found[0].Bounded)
	require.NotEqual(t, found[0].Fingerprint, found[1].Fingerprint, "two alike are told apart")
}

func TestFingerprintsStay(t *testing.T) {
	run := func(text string, offset int32) string {
		f := source.NewFile("a.wxml", text)
		found, _, err := Run(&project.Program{}, &flow.Result{}, []*Detector{report(rule("field/phone"), f, offset)})
		require.NoError(t, err)
		return found[0].Fingerprint
	}
	const above = "<!-- 新的一行 -->\n\n"
	first := run(text, 0)
	require.Len(t, first, 16)
	require.Equal(t, first, run(above+text, int32(len(above))), "moved lines")
	require.Equal(t, first, run(`<input class="big"`+text[6:], 0), "other attributes")
	require.NotEqual(t, first, run(`<textarea`+text[6:], 0))
}

func TestRunReportsErrors(t *testing.T) {
	failing := detector(nil, func(*Pass) error { return errors.New("no") })
	_, _, err := Run(&project.Program{}, &flow.Result{}, []*Detector{failing})
	require.EqualError(t, err, "detector field: no")
	empty := detector(nil, func(p *Pass) error { p.Report(finding.Finding{}); return nil })
	_, _, err = Run(&project.Program{}, &flow.Result{}, []*Detector{empty})
	require.ErrorContains(t, err, "no rule, place or confidence")
}
