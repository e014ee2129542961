package detectors

import (
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Buttons finds buttons whose open-type hands over personal information, and
// elements that do so by being there, such as <camera>.
var Buttons = &detect.Detector{
	Name:  "button",
	Rules: nil, // those of APIs: to the person it is the same
	Run:   buttons,
}

func buttons(pass *detect.Pass) error {
	for _, c := range pass.Flow.Controls {
		openTypes(pass, c)
		tags(pass, c)
		uploads(pass, c)
	}
	return nil
}

// openTypes reports the values of open-type that c can have. Several are joined
// with |, and wrappers get them from the page.
func openTypes(pass *detect.Pass, c *flow.Control) {
	scope := ""
	for _, t := range c.Attr("scope") {
		scope = t.String
	}
	for _, t := range c.OpenTypes() {
		for _, name := range strings.Split(t.String, "|") {
			name = strings.TrimSpace(name)
			o := platform.OpenTypeByName(name)
			if o == nil {
				o = platform.OpenTypeByName(name + ":" + scope)
			}
			if o == nil {
				continue
			}
			for _, y := range o.Yields {
				f := handover(c, c.Handed(o.Name, y.Path), y, "open-type="+name, o.PrivacyKey,
					platform.Withdrawn(o.Legacy, pass.Program.Platform))
				f.Location = hostOf(c, t.Location)
				if c.Unit.Library != "" && f.Location.File == c.View.File {
					continue // a library's own page of examples
				}
				if !heard(c, o.Event) {
					f.Confidence = finding.Low
				}
				if t.Hidden != nil {
					f.Hidden = t.Hidden
				}
				f.Evidence = []finding.Evidence{{What: "open-type", Text: name, Location: t.Location}}
				pass.Report(f)
			}
		}
	}
}

// heard reports whether c, or a component around it, listens to the event that
// brings the datum. Wrappers hand it on under names of their own.
func heard(c *flow.Control, event string) bool {
	if len(c.Hosts) > 0 || len(c.Handlers) > 0 {
		return true
	}
	for _, a := range c.Element.Attrs {
		if a.Kind == markup.Event && a.Name == event {
			return true
		}
	}
	return false
}

// hostOf is the view that uses a button: the page that passes the open-type to
// a wrapper, else the view that holds the button.
func hostOf(c *flow.Control, literal source.Location) source.Location {
	if literal.File != c.View.File {
		for i := len(c.Hosts) - 1; i >= 0; i-- {
			h := c.Hosts[i]
			if h.View.File == literal.File && h.Element.Open.Contains(literal.Span) {
				return source.Location{File: h.View.File, Span: h.Element.Open}
			}
		}
	}
	return source.Location{File: c.View.File, Span: c.Element.Open}
}

// tags reports elements such as <camera>.
func tags(pass *detect.Pass, c *flow.Control) {
	if c.Unit.Library != "" {
		return
	}
	for _, t := range platform.Tags() {
		if t.Name != c.Element.Tag || !matches(c, t) {
			continue
		}
		for _, y := range t.Yields {
			f := handover(c, &c.Uses, y, "<"+t.Name+">", t.PrivacyKey, platform.Withdrawn(t.Legacy, pass.Program.Platform))
			f.Evidence = []finding.Evidence{{What: "element", Text: t.Name, Location: f.Location}}
			f.Rule = tagRule(t, y.Category)
			f.Kind = f.Rule.Kind
			pass.Report(f)
		}
	}
}

// tagRule is the rule of what an element hands over: one that reads a document, or one
// of the platform's.
func tagRule(t *platform.Tag, c finding.Category) *finding.Rule {
	if t.Name == "ocr-navigator" {
		return ruleByID("ocr/" + string(c))
	}
	return ruleByID("api/" + string(c))
}

func matches(c *flow.Control, t *platform.Tag) bool {
	if t.Attr == "" {
		return true
	}
	for _, text := range c.Attr(t.Attr) {
		if t.Fits(text.String) {
			return true
		}
	}
	return false
}

// handover is the finding for an element that the platform fills, with what becomes of
// the data.
func handover(c *flow.Control, uses *flow.Uses, y platform.Yield, what, key, legacy string) finding.Finding {
	f := finding.Finding{
		Rule:        ruleByID("api/" + string(y.Category)),
		Category:    y.Category,
		Kind:        finding.KindAPI,
		Confidence:  finding.High,
		Reachable:   c.Rendered,
		Hidden:      c.Hidden,
		OnlyIf:      c.OnlyIf,
		Subject:     what,
		PrivacyKey:  key,
		Location:    source.Location{File: c.View.File, Span: c.Element.Open},
		Flows:       uses.Flows,
		Destination: finding.Destination{Reasons: uses.Lost},
		Message:     platformMessage(y.Category, what, legacy),
	}
	if legacy != "" {
		f.Confidence = finding.Low
	}
	if c.Page != nil {
		f.Page = c.Page.Path
	}
	return f
}

// platformMessage says what the platform hands over, or since when it no longer
// does.
func platformMessage(c finding.Category, what, legacy string) lang.Text {
	title := c.Title()
	m := lang.Text{
		ZH: what + " 向小程序提供" + title.ZH,
		EN: what + " gives the program the user's " + title.EN,
	}
	if legacy != "" {
		m.ZH += "（" + legacy + " 起已收回或返回匿名数据）"
		m.EN += " (withdrawn or anonymous since " + legacy + ")"
	}
	return m
}
