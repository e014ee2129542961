package detectors

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/sandbox"
	"github.com/beian/beian/analyzer/source"
)

// Limits of a project's own detector.
const (
	maxScriptFindings = 1000
	maxScriptText     = 500 // characters of a text of a finding
)

var scriptLimits = sandbox.Limits{Time: 2 * time.Second, Stack: 512, Memory: 256 << 20}

// scripted is the detector that a JavaScript file of the project is: a function
// detect(view), which gets a copy of what was found and returns a list of more. It
// is described in docs/custom-rules.md.
func scripted(name, text string, rules []*customRule) *detect.Detector {
	return &detect.Detector{Name: "script " + name, Run: func(pass *detect.Pass) error {
		v := viewOf(pass)
		return sandbox.Run(scriptLimits, func(vm *goja.Runtime) error {
			results, err := v.run(vm, name, text)
			if err != nil {
				return err
			}
			for i := range min(results.length(), maxScriptFindings+1) {
				if i == maxScriptFindings {
					return fmt.Errorf("it returns more than %d findings", maxScriptFindings)
				}
				f, err := v.finding(results.item(i), rules)
				if err != nil {
					return fmt.Errorf("finding %d: %w", i+1, err)
				}
				pass.Report(f)
			}
			return nil
		})
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
		if e := gather(c); e != nil {
			for _, l := range e.labels {
				out.Labels = append(out.Labels, l.text)
			}
			for _, l := range e.hints {
				out.Placeholders = append(out.Placeholders, l.text)
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
	if c.Unit != nil {
		place.Page = c.Unit.Path
	}
	if c.Module != nil {
		place.Library = c.Module.Library
	}
	for _, p := range sortedResults(c) {
		place.Flows = append(place.Flows, c.Results[p].Flows...)
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

// freeze makes a copy of the view that cannot be changed.
const freeze = `(function freeze(x) {
	if (x && typeof x === 'object') { Object.keys(x).forEach(function (k) { freeze(x[k]) }); Object.freeze(x) }
	return x
})`

// run calls the script's function with the view.
func (v *view) run(vm *goja.Runtime, name, text string) (*answers, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	copied, err := vm.RunString("JSON.parse")
	if err != nil {
		return nil, err
	}
	parse, _ := goja.AssertFunction(copied)
	value, err := parse(goja.Undefined(), vm.ToValue(string(data)))
	if err != nil {
		return nil, err
	}
	froze, err := vm.RunString(freeze)
	if err != nil {
		return nil, err
	}
	lock, _ := goja.AssertFunction(froze)
	if value, err = lock(goja.Undefined(), value); err != nil {
		return nil, err
	}
	if _, err := vm.RunScript(name, text); err != nil {
		return nil, err
	}
	function, ok := goja.AssertFunction(vm.Get("detect"))
	if !ok {
		return nil, errors.New("it has no function detect(view)")
	}
	out, err := function(goja.Undefined(), value)
	if err != nil {
		return nil, err
	}
	list, ok := out.(*goja.Object)
	if !ok || list.ClassName() != "Array" {
		return nil, errors.New("detect must return a list")
	}
	return &answers{vm, list}, nil
}

// answers is the list that a script has returned.
type answers struct {
	vm   *goja.Runtime
	list *goja.Object
}

func (a *answers) length() int {
	return int(min(a.list.Get("length").ToInteger(), maxScriptFindings+1))
}

func (a *answers) item(i int) *goja.Object {
	o, _ := a.list.Get(fmt.Sprint(i)).(*goja.Object)
	return o
}

// finding checks one answer: {rule, at, confidence, subject, message}.
func (v *view) finding(o *goja.Object, rules []*customRule) (finding.Finding, error) {
	var f finding.Finding
	if o == nil {
		return f, errors.New("it must be an object")
	}
	texts := map[string]string{}
	for _, key := range []string{"rule", "at", "confidence", "subject", "message"} {
		value := o.Get(key)
		if value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
			continue
		}
		text, ok := value.Export().(string)
		if !ok || len([]rune(text)) > maxScriptText {
			return f, fmt.Errorf("%s must be a text of at most %d characters", key, maxScriptText)
		}
		texts[key] = text
	}
	i := slices.IndexFunc(rules, func(r *customRule) bool { return r.rule.ID == texts["rule"] })
	if i < 0 {
		return f, fmt.Errorf("rule %q is not among custom-rules of beian.yaml", texts["rule"])
	}
	f, ok := v.places[texts["at"]]
	if !ok {
		return f, fmt.Errorf("at must be the id of a finding, control or call, not %q", texts["at"])
	}
	r := rules[i]
	f.Rule, f.Category, f.Confidence, f.Subject, f.PrivacyKey = r.rule, r.rule.Category, r.confidence, texts["subject"], ""
	if level, set := texts["confidence"]; set {
		if f.Confidence, ok = finding.ParseConfidence(level); !ok {
			return f, fmt.Errorf("confidence cannot be %q", level)
		}
	}
	message := r.rule.Title.ZH
	if texts["message"] != "" {
		message = texts["message"]
	}
	f.Message = finding.Text{ZH: message, EN: message}
	f.Evidence = nil
	if f.Subject != "" {
		f.Evidence = []finding.Evidence{{What: "pattern", Text: f.Subject, Location: f.Location}}
	}
	return f, nil
}
