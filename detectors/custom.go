package detectors

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Configured returns the detectors of a project with settings: All, the one of
// fields with the project's own labels, then its own rules, then its scripts;
// read gives a script by its name in the settings, and run runs it. The error
// names a script that cannot be used.
func Configured(c *config.Config, read func(name string) ([]byte, error), run Interpreter) ([]*detect.Detector, error) {
	all := All()
	if labels, rules := ownLabels(c); len(labels) > 0 {
		i := slices.Index(all, Fields)
		all[i] = &detect.Detector{
			Name: Fields.Name, Rules: append(slices.Clone(Fields.Rules), rules...),
			Run: func(pass *detect.Pass) error { return fieldsWith(pass, labels) },
		}
	}
	if policy := c.Operator.PrivacyPolicy; policy != "" {
		all[slices.Index(all, Config)] = &detect.Detector{
			Name: Config.Name, Rules: Config.Rules,
			Run: func(pass *detect.Pass) error { return configuration(pass, policy) },
		}
	}
	own := customRules(c)
	if len(own) > 0 {
		d := &detect.Detector{Name: "custom", Run: func(pass *detect.Pass) error { return custom(pass, own) }}
		for _, r := range own {
			d.Rules = append(d.Rules, r.rule)
		}
		all = append(all, d)
	}
	for _, name := range c.Detectors {
		text, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, scripted(name, string(text), own, run))
	}
	return all, nil
}

// WithoutScripts is c without the scripts of the project, and what there is to tell about
// them: why says who does not run them.
func WithoutScripts(c *config.Config, why lang.Text) (*config.Config, []project.Unread) {
	if len(c.Detectors) == 0 {
		return c, nil
	}
	var left []project.Unread
	for _, name := range c.Detectors {
		left = append(left, project.Unread{Path: name, Reason: why})
	}
	without := *c
	without.Detectors = nil
	return &without, left
}

// ownLabel is what a project says that a label means.
type ownLabel struct {
	pattern *regexp.Regexp
	rule    *finding.Rule // nil if the control collects nothing
}

// ownLabels returns the labels of the settings, with the rules that are not among
// those of Fields.
func ownLabels(c *config.Config) (labels []ownLabel, rules []*finding.Rule) {
	for _, l := range c.Labels {
		own := ownLabel{pattern: regexp.MustCompile(l.Pattern)} // config has tried it
		if l.Category != "ignore" {
			id := "field/" + l.Category
			if own.rule = ruleByID(id); own.rule == nil {
				i := slices.IndexFunc(rules, func(r *finding.Rule) bool { return r.ID == id })
				if i < 0 {
					category := finding.Category(l.Category)
					rules = append(rules, newRule(id, category, category.Title(), lang.Text{}, l.Pattern))
					i = len(rules) - 1
				}
				own.rule = rules[i]
			}
		}
		labels = append(labels, own)
	}
	return labels, rules
}

// ownMeaning returns the first label of the project that fits the texts of a
// control, and the text that it fits.
func ownMeaning(labels []ownLabel, r *control.Reading) (*ownLabel, control.Clue) {
	for i := range labels {
		for _, c := range r.Texts() {
			if labels[i].pattern.MatchString(c.Text) {
				return &labels[i], c
			}
		}
	}
	return nil, control.Clue{}
}

// finding is what the control is by the project's own word.
func (l *ownLabel) finding(r *control.Reading, why control.Clue) *finding.Finding {
	if l.rule == nil {
		return nil
	}
	confidence := finding.High
	if !r.Taken() {
		confidence = finding.Low
	}
	f := fieldFinding(r.Control, ownJudgement(l.rule, confidence, why))
	f.Rule = l.rule
	return &f
}

// ownJudgement is the judgement of a project's rule on a control with a text.
func ownJudgement(rule *finding.Rule, sure finding.Confidence, why control.Clue) control.Judgement {
	return control.Judgement{Category: rule.Category, Confidence: sure, Clues: []control.Clue{why}, Subject: why.Text}
}

// customRule is a rule of the settings, ready to run.
type customRule struct {
	rule       *finding.Rule
	confidence finding.Confidence
	labels     []*regexp.Regexp
	apis       []string
}

// customRules returns the rules of the settings, by name.
func customRules(c *config.Config) []*customRule {
	var out []*customRule
	for id, r := range c.CustomRules {
		own := &customRule{confidence: finding.Medium, apis: r.APIs}
		own.rule = newRule(id, finding.Category(r.Category), lang.Text{ZH: r.Title, EN: r.Title},
			lang.Text{ZH: r.Mend, EN: r.Mend}, strings.Join(append(slices.Clone(r.Labels), r.APIs...), ", "))
		if level, ok := finding.ParseConfidence(r.Confidence); ok {
			own.confidence = level
		}
		for _, l := range r.Labels {
			own.labels = append(own.labels, regexp.MustCompile(l))
		}
		out = append(out, own)
	}
	slices.SortFunc(out, func(a, b *customRule) int { return strings.Compare(a.rule.ID, b.rule.ID) })
	return out
}

// newRule makes the metadata of a rule that a project has added.
func newRule(id string, category finding.Category, title, mend lang.Text, what string) *finding.Rule {
	if mend.ZH == "" {
		mend = lang.Text{ZH: "按项目自己的规定处理。", EN: "Do as the project has agreed."}
	}
	if what == "" {
		what = id
	}
	return &finding.Rule{
		ID: id, Kind: finding.KindField, Category: category, Title: title,
		Summary: lang.Text{ZH: "本项目在 beian.yaml 中定义的规则：" + title.ZH + "。",
			EN: "A rule that this project has in its beian.yaml: " + title.EN + "."},
		Why:    lang.Text{ZH: "见项目自己的说明。", EN: "See what the project says about it."},
		Mend:   mend,
		Limits: lang.Text{ZH: "只看 beian.yaml 中的模式。", EN: "It sees what the patterns in beian.yaml see."},
		Bad:    what, Good: "-", Since: "0.1.0",
		References: []law.Citation{law.File(lang.Same(config.FileName))},
	}
}

// custom reports controls and calls that the project's own rules name.
func custom(pass *detect.Pass, rules []*customRule) error {
	for _, r := range rules {
		for _, c := range pass.Flow.Controls {
			if text, ok := r.names(pass.Controls.Read(c)); ok {
				pass.Report(r.control(c, text))
			}
		}
		for _, c := range pass.Flow.Calls {
			if (c.Module == nil || c.Module.Library == "") && slices.ContainsFunc(r.apis, func(p string) bool { return calls(p, c.API) }) {
				pass.Report(r.call(c))
			}
		}
	}
	return nil
}

// calls reports whether an API's name fits a pattern, in which * matches any
// characters and wx. may come first.
func calls(pattern, api string) bool {
	return doublestar.MatchUnvalidated(strings.TrimPrefix(pattern, "wx."), api)
}

// names returns the first text around a control that the rule's labels fit.
func (r *customRule) names(e *control.Reading) (control.Clue, bool) {
	if len(r.labels) == 0 || e == nil {
		return control.Clue{}, false
	}
	c, found := e.Control, e.Texts()
	at := source.Location{File: c.View.File, Span: c.Element.Open}
	for _, t := range c.Attr("name") {
		found = append(found, control.Clue{What: "name", Text: t.String, At: t.Location})
	}
	for _, m := range c.Models {
		found = append(found, control.Clue{What: "binding", Text: m, At: at})
	}
	for _, t := range found {
		if slices.ContainsFunc(r.labels, func(p *regexp.Regexp) bool { return p.MatchString(t.Text) }) {
			return t, true
		}
	}
	return control.Clue{}, false
}

func (r *customRule) control(c *flow.Control, why control.Clue) finding.Finding {
	f := fieldFinding(c, ownJudgement(r.rule, r.confidence, why))
	f.Rule, f.PrivacyKey = r.rule, ""
	return f
}

func (r *customRule) call(c *flow.Call) finding.Finding {
	f := finding.Finding{
		Rule: r.rule, Category: r.rule.Category, Kind: finding.KindAPI, Confidence: r.confidence, Reachable: c.Reached,
		Subject: c.API, Location: c.Location,
		Message:  lang.Text{ZH: r.rule.Title.ZH + "：“" + c.API + "”", EN: r.rule.Title.EN + ": “" + c.API + "”"},
		Evidence: []finding.Evidence{{What: "api", Text: c.API, Location: c.Location}},
	}
	onPages(&f, c)
	for _, p := range sortedResults(c) {
		f.Flows = append(f.Flows, c.Results[p].Flows...)
		f.Destination.Reasons = append(f.Destination.Reasons, c.Results[p].Lost...)
	}
	return f
}

func sortedResults(c *flow.Call) []string {
	var out []string
	for p := range c.Results {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
