package detectors

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/sandbox"
	"github.com/beian/beian/analyzer/source"
)

// Limits of a project's own detector.
const (
	maxScriptFindings = 1000
	maxScriptText     = 500 // characters of a text of a finding
)

// ScriptLimits are what a project's own detector may use.
var ScriptLimits = sandbox.Limits{Time: sandbox.MaxTime, Stack: 512, Memory: 256 << 20}

// Interpreter runs the text of a script with a view, which is JSON, and gives the
// answer of the script, as Interpret does.
type Interpreter func(name, text string, view []byte) ([]Answer, error)

// Answer is one finding that a script returns, checked in form but not in meaning.
type Answer struct {
	Rule       string `json:"rule"`
	At         string `json:"at"`
	Confidence string `json:"confidence,omitempty"`
	Subject    string `json:"subject,omitempty"`
	Message    string `json:"message,omitempty"`
}

// ScriptError says why a script gives no findings.
type ScriptError struct {
	Name   string // of the script
	Reason lang.Text
}

// Error is the reason alone; detect.Run names the detector.
func (e *ScriptError) Error() string { return e.Reason.EN }

// Text is Error in both languages; in Chinese it names the script.
func (e *ScriptError) Text() lang.Text {
	return lang.Both("检测脚本 "+e.Name+"："+e.Reason.ZH, e.Reason.EN)
}

// scripted is the detector that a JavaScript file of the project is: a function
// detect(view), which gets a copy of what was found and returns a list of more.
// See docs/custom-rules.md.
func scripted(name, text string, rules []*customRule, run Interpreter) *detect.Detector {
	return &detect.Detector{Name: "script " + name, Run: func(pass *detect.Pass) error {
		v := viewOf(pass)
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		answers, err := run(name, text, data)
		if err != nil {
			return err
		}
		for i, a := range answers {
			f, wrong := v.finding(a, rules)
			if wrong != (lang.Text{}) {
				return &ScriptError{name, lang.Text{
					ZH: fmt.Sprintf("第 %d 项：%s", i+1, wrong.ZH), EN: fmt.Sprintf("finding %d: %s", i+1, wrong.EN),
				}}
			}
			pass.Report(f)
		}
		return nil
	}}
}

// view is what a script sees, and what its answers refer to.
type view struct {
	Findings []viewFinding `json:"findings"`
	Controls []viewControl `json:"controls"`
	Calls    []viewCall    `json:"calls"`

	places map[string]finding.Finding // by id: what a finding there has in common with it
}

type viewFinding struct {
	ID         string     `json:"id"`
	Rule       string     `json:"rule"`
	Category   string     `json:"category"`
	Confidence string     `json:"confidence"`
	Subject    string     `json:"subject"`
	Page       string     `json:"page"`
	Reachable  bool       `json:"reachable"`
	Path       string     `json:"path"`
	Line       int        `json:"line"`
	Flows      []viewFlow `json:"flows"`
}

type viewControl struct {
	ID           string            `json:"id"`
	Tag          string            `json:"tag"`
	Attributes   map[string]string `json:"attributes"`
	Labels       []string          `json:"labels"`
	Placeholders []string          `json:"placeholders"`
	Models       []string          `json:"models"`
	Handlers     []string          `json:"handlers"`
	Page         string            `json:"page"`
	Path         string            `json:"path"`
	Line         int               `json:"line"`
	Flows        []viewFlow        `json:"flows"`
}

type viewCall struct {
	ID    string              `json:"id"`
	API   string              `json:"api"`
	Args  map[string][]string `json:"args"`
	Page  string              `json:"page"`
	Path  string              `json:"path"`
	Line  int                 `json:"line"`
	Flows []viewFlow          `json:"flows"`
}

type viewFlow struct {
	Kind string `json:"kind"`
	API  string `json:"api"`
	Host string `json:"host"`
}

func viewOf(pass *detect.Pass) *view {
	v := &view{Findings: []viewFinding{}, Controls: []viewControl{}, Calls: []viewCall{}, places: map[string]finding.Finding{}}
	id := func(kind string, n int, f finding.Finding) string {
		name := fmt.Sprintf("%s:%d", kind, n)
		v.places[name] = f
		return name
	}
	for i, f := range pass.Found {
		v.Findings = append(v.Findings, viewFinding{
			ID: id("finding", i, f), Rule: f.Rule.ID, Category: string(f.Category), Confidence: f.Confidence.String(), Subject: f.Subject,
			Page: f.Page, Reachable: f.Reachable, Path: f.Location.File.Path, Line: f.Location.Start().Line, Flows: viewFlows(f.Flows),
		})
	}
	for i, c := range pass.Flow.Controls {
		at := source.Location{File: c.View.File, Span: c.Element.Open}
		place := finding.Finding{Kind: finding.KindField, Reachable: c.Rendered, Location: at, Flows: c.Uses.Flows}
		place.Destination.Reasons = c.Uses.Lost
		if c.Page != nil {
			place.Page = c.Page.Path
		}
		out := viewControl{
			ID: id("control", i, place), Tag: c.Element.Tag, Attributes: map[string]string{}, Models: append([]string{}, c.Models...),
			Labels: []string{}, Placeholders: []string{}, Handlers: []string{},
			Page: place.Page, Path: at.File.Path, Line: at.Start().Line, Flows: viewFlows(c.Uses.Flows),
		}
		for _, a := range c.Element.Attrs {
			out.Attributes[a.Raw] = at.File.Slice(a.ValueSpan)
		}
		if e := pass.Controls.Read(c); e != nil {
			for _, l := range e.Labels() {
				out.Labels = append(out.Labels, l.Text)
			}
			for _, l := range e.Hints() {
				out.Placeholders = append(out.Placeholders, l.Text)
			}
		}
		for _, h := range c.Handlers {
			out.Handlers = append(out.Handlers, h.Name)
		}
		v.Controls = append(v.Controls, out)
	}
	for i, c := range pass.Flow.Calls {
		v.Calls = append(v.Calls, v.call(c, func(f finding.Finding) string { return id("call", i, f) }))
	}
	return v
}

func (v *view) call(c *flow.Call, id func(finding.Finding) string) viewCall {
	place := finding.Finding{Kind: finding.KindAPI, Reachable: c.Reached, Location: c.Location}
	onPages(&place, c)
	if c.Module != nil {
		place.Library = c.Module.Library
	}
	for _, p := range sortedResults(c) {
		place.Flows = append(place.Flows, c.Results[p].Flows...)
		place.Destination.Reasons = append(place.Destination.Reasons, c.Results[p].Lost...)
	}
	out := viewCall{
		ID: id(place), API: c.API, Args: map[string][]string{}, Page: place.Page,
		Path: c.Location.File.Path, Line: c.Location.Start().Line, Flows: viewFlows(place.Flows),
	}
	for name, texts := range c.Args {
		for _, t := range texts {
			out.Args[name] = append(out.Args[name], t.String)
		}
	}
	return out
}

func viewFlows(flows []finding.Flow) []viewFlow {
	out := []viewFlow{}
	for _, f := range flows {
		if one := (viewFlow{string(f.Sink.Kind), f.Sink.API, f.Sink.Host}); !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// finding makes the finding that an answer means, or says what is wrong with it.
func (v *view) finding(a Answer, rules []*customRule) (f finding.Finding, wrong lang.Text) {
	i := slices.IndexFunc(rules, func(r *customRule) bool { return r.rule.ID == a.Rule })
	if i < 0 {
		return f, lang.Text{
			ZH: fmt.Sprintf("规则 %q 不在 beian.yaml 的 custom-rules 中", a.Rule),
			EN: fmt.Sprintf("rule %q is not among custom-rules of beian.yaml", a.Rule),
		}
	}
	f, ok := v.places[a.At]
	if !ok {
		return f, lang.Text{
			ZH: fmt.Sprintf("at 应是某个 finding、control 或 call 的 id，而不是 %q", a.At),
			EN: fmt.Sprintf("at must be the id of a finding, control or call, not %q", a.At),
		}
	}
	r := rules[i]
	f.Rule, f.Category, f.Confidence, f.Subject, f.PrivacyKey = r.rule, r.rule.Category, r.confidence, a.Subject, ""
	if a.Confidence != "" {
		if f.Confidence, ok = finding.ParseConfidence(a.Confidence); !ok {
			return f, lang.Text{
				ZH: fmt.Sprintf("confidence 不能是 %q，应是 low、medium 或 high", a.Confidence),
				EN: fmt.Sprintf("confidence cannot be %q; it is low, medium or high", a.Confidence),
			}
		}
	}
	message := r.rule.Title.ZH
	if a.Message != "" {
		message = a.Message
	}
	f.Message = lang.Text{ZH: message, EN: message}
	f.Evidence = nil
	if f.Subject != "" {
		f.Evidence = []finding.Evidence{{What: "pattern", Text: f.Subject, Location: f.Location}}
	}
	return f, lang.Text{}
}
