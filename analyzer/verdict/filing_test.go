package verdict

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

const number = "京ICP备12345678号-1X"

// filedInput is a program with a phone field that was filed as it is.
func filedInput() Input {
	in := Input{Findings: []finding.Finding{field()}, Inputs: Inputs{FilingNumber: number}}
	in.Program = filed.Take(filed.Source{Path: ".", Findings: in.Findings})
	in.Filed = &filed.Record{Number: number, Recorded: "2026-11-01", Programs: []filed.Program{in.Program.Program}}
	return in
}

func TestFilingStates(t *testing.T) {
	email := field()
	email.Category = finding.Email
	known := email
	known.Acceptance.As = finding.Known
	add := func(found ...finding.Finding) func(*Input) {
		return func(in *Input) {
			in.Findings = append(in.Findings, found...)
			in.Program = filed.Take(filed.Source{Path: ".", Findings: in.Findings})
		}
	}
	for name, c := range map[string]struct {
		change                      func(*Input)
		want                        FilingState
		exceeds, undetermined, fail bool // Has(Triggered), Has(Undetermined), Stops(Triggered)
	}{
		"as filed":       {func(*Input) {}, Covered, false, false, false},
		"more":           {add(email), Exceeded, true, false, true},
		"more, accepted": {add(known), Exceeded, true, false, false},
		"less": {func(in *Input) { in.Findings = nil; in.Program = filed.Take(filed.Source{Path: "."}) },
			Covered, false, false, false},
		"not all read": {func(in *Input) {
			in.Program = filed.Take(filed.Source{Path: ".", Findings: in.Findings, Unread: []project.Unread{{Path: "a.js", Hides: true}}})
		}, Uncertain, false, true, false},
		"another program": {func(in *Input) { in.Filed.Programs[0].Path = "other" }, Exceeded, true, false, true},
		"no record":       {func(in *Input) { in.Filed = nil }, Unrecorded, true, false, true},
		"no number there": {func(in *Input) { in.Filed.Number = "" }, Covered, false, false, false},
		"another number":  {func(in *Input) { in.Filed.Number = "京ICP备12345678号-2X" }, Unrecorded, true, false, true},
		"bad number":      {func(in *Input) { in.Inputs.FilingNumber = "京ICP备12345678号" }, Unrecorded, true, false, true},
	} {
		in := filedInput()
		c.change(&in)
		v := Judge(in)
		require.Equal(t, c.want, v.Filing.State, name)
		require.Equal(t, []bool{c.exceeds, c.undetermined, c.fail}, []bool{v.Has(Triggered), v.Has(Undetermined), v.Stops(Triggered)}, name)
		require.Contains(t, v.Filing.Told().EN, v.Filing.Number, name)
		require.NotContains(t, v.Filing.Told().EN+v.Filing.Told().ZH, "%!", name)
	}
	in := filedInput()
	in.Inputs.FilingNumber = ""
	require.Nil(t, Judge(in).Filing, "without a number nothing is said of a filing")
}

func TestContradicted(t *testing.T) {
	at := func(path string) source.Location { return source.Location{File: source.NewFile(path, "x\n")} }
	sent := func(host string) finding.Finding {
		f := field()
		f.Flows = []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: host, Location: at("p.js")}}}
		return f
	}
	button := field()
	button.Kind, button.PrivacyKey = finding.KindAPI, "PhoneNumber"
	leaves := sent("api.example.com")
	step := sent("x.sentry.io")
	step.Kind, step.Category = finding.KindAPI, finding.Health // whether it is sensitive a person has to say
	bank := sent("x.sentry.io")
	bank.Category = finding.BankCard
	unsure := leaves
	unsure.Confidence = finding.Medium
	mistake := leaves
	mistake.Acceptance.As = finding.NotPersonal
	device := leaves
	device.Category = finding.Device
	logged := field()
	logged.Flows = []finding.Flow{{Sink: finding.Sink{Kind: finding.Log, Location: at("p.js")}}}
	none, some := new(int64), new(int64)
	*some = 3
	calls := func(api string) facts.Facts {
		return facts.Facts{Calls: []facts.Call{{API: api, Location: at("pay.js")}}}
	}
	child := facts.Facts{Hints: []facts.Hint{{Topic: facts.Children, Word: "宝宝"}}}
	shown := func(number string) facts.Facts {
		return facts.Facts{Numbers: []facts.Place{{Text: number, Location: at("p.wxml")}}}
	}
	for name, c := range map[string]struct {
		in   Input
		want string // the rule, "" for none
	}{
		"nothing said":          {Input{Findings: []finding.Finding{sent("sentry.io"), button}, Facts: child}, ""},
		"abroad":                {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{CrossBorder: No}}, "operator/cross-border"},
		"abroad, and said so":   {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{CrossBorder: Yes}}, ""},
		"not abroad":            {Input{Findings: []finding.Finding{sent("notsentry.io")}, Inputs: Inputs{CrossBorder: No}}, ""},
		"abroad, nothing sent":  {Input{Facts: facts.Facts{Addresses: []facts.Address{{Value: "https://sentry.io"}}}, Inputs: Inputs{CrossBorder: No}}, ""},
		"number shown":          {Input{Facts: shown("京ICP备 12345678号-1X"), Inputs: Inputs{FilingNumber: number}}, ""},
		"number not shown":      {Input{Inputs: Inputs{FilingNumber: number}}, "operator/filing-number"},
		"another number shown":  {Input{Facts: shown("京ICP备12345678号-2X"), Inputs: Inputs{FilingNumber: number}}, "operator/filing-number"},
		"bad number, shown":     {Input{Facts: shown("京ICP备12345678号"), Inputs: Inputs{FilingNumber: "京ICP备12345678号"}}, "operator/filing-number"},
		"no children":           {Input{Facts: child, Inputs: Inputs{Children: No, Minors: No}}, "operator/users"},
		"no minors":             {Input{Facts: child, Inputs: Inputs{Minors: No}}, "operator/users"},
		"children":              {Input{Facts: child, Inputs: Inputs{Children: Yes}}, ""},
		"no children, no hint":  {Input{Inputs: Inputs{Children: No}}, ""},
		"individual's button":   {Input{Findings: []finding.Finding{button}, Inputs: Inputs{Operator: Individual}}, "operator/type"},
		"enterprise's button":   {Input{Findings: []finding.Finding{button}, Inputs: Inputs{Operator: Enterprise}}, ""},
		"nobody, but sent":      {Input{Findings: []finding.Finding{leaves}, Inputs: Inputs{Persons: none}}, "operator/numbers"},
		"somebody":              {Input{Findings: []finding.Finding{leaves}, Inputs: Inputs{Persons: some}}, ""},
		"nobody, not sent":      {Input{Findings: []finding.Finding{logged}, Inputs: Inputs{Persons: none}}, ""},
		"nobody, unsure":        {Input{Findings: []finding.Finding{unsure, mistake, device}, Inputs: Inputs{Persons: none}}, ""},
		"none abroad":           {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{Abroad: none}}, "operator/numbers"},
		"none abroad, at home":  {Input{Findings: []finding.Finding{leaves}, Inputs: Inputs{Abroad: none, AbroadSensitive: none}}, ""},
		"none abroad, children": {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{Abroad: none, Children: Yes}}, ""},
		"none sensitive abroad": {Input{Findings: []finding.Finding{bank}, Inputs: Inputs{Abroad: none, AbroadSensitive: none}}, "operator/numbers"},
		"sensitive, not said":   {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{AbroadSensitive: none}}, ""},
		"perhaps sensitive":     {Input{Findings: []finding.Finding{step}, Inputs: Inputs{Abroad: none, AbroadSensitive: none}}, ""},
		"told once":             {Input{Findings: []finding.Finding{sent("x.sentry.io")}, Inputs: Inputs{Abroad: none, CrossBorder: No}}, "operator/cross-border"},
		"faces sent":            {Input{Findings: []finding.Finding{leaves}, Inputs: Inputs{Faces: none}}, ""},
		"virtual goods":         {Input{Facts: calls("requestVirtualPayment"), Inputs: Inputs{Commercial: No}}, "operator/commercial"},
		"virtual goods, said":   {Input{Facts: calls("requestVirtualPayment"), Inputs: Inputs{Commercial: Yes}}, ""},
		"goods":                 {Input{Facts: calls("requestPayment"), Inputs: Inputs{Commercial: No}}, ""},
		"individual, no button": {Input{Findings: []finding.Finding{field()}, Inputs: Inputs{Operator: Individual}}, ""},
	} {
		c.in.Config = at("app.json")
		found := Contradicted(c.in)
		if c.want == "" {
			require.Empty(t, found, name)
			continue
		}
		require.Len(t, found, 1, name)
		require.Equal(t, c.want, found[0].Rule.ID, name)
		require.NotZero(t, found[0].Severity, name)
		require.Equal(t, "app.json", found[0].Location.File.Path, "without settings")
		require.NotContains(t, found[0].Message.EN+found[0].Message.ZH, "%!", name)
		c.in.Inputs.At = []Said{{found[0].Subject, at("beian.yaml")}}
		require.Equal(t, "beian.yaml", Contradicted(c.in)[0].Location.File.Path, "where it is said")
	}
}
