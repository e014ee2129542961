package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// APIs finds calls of platform APIs whose result holds personal information.
var APIs = &detect.Detector{
	Name:  "api",
	Rules: append(rulesOf(finding.KindAPI), rulesOf(finding.KindOCR)...),
	Run:   apis,
}

func apis(pass *detect.Pass) error {
	for _, c := range pass.Flow.Calls {
		a := platform.APIByName(c.API)
		if a == nil {
			continue
		}
		used := c.Reached
		if c.Module != nil && c.Module.Library != "" && !used {
			if used = triggers(a) && asksFor(pass.Program, c); !used {
				continue // a library offers it, the program does not use it
			}
		}
		if !used && triggers(a) && unitOf(pass.Program, c.Module) == nil {
			continue // a wrapper that nobody calls
		}
		for _, y := range a.Yields {
			f := apiFinding(c, a, y)
			f.Reachable = used
			raisePhoto(pass.Program, &f, c)
			pass.Report(f)
		}
		if len(a.Yields) == 0 && c.API == "serviceMarket.invokeService" {
			for _, y := range ocrService(c) {
				pass.Report(apiFinding(c, a, y))
			}
		}
	}
	aliased(pass)
	return nil
}

// triggers reports whether an API yields something that triggers filing.
func triggers(a *platform.API) bool {
	return slices.ContainsFunc(a.Yields, func(y platform.Yield) bool { return y.Category.Triggers() })
}

// asksFor reports whether a script of the program names the function of a library
// that a call stands in. Libraries are not run, so that is all there is to know.
func asksFor(p *project.Program, c *flow.Call) bool {
	names := namesAround(c)
	return c.Module.Reachable && slices.ContainsFunc(p.Modules, func(m *project.Module) bool {
		return m.Own() && m.File != nil && slices.ContainsFunc(names, func(name string) bool {
			return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(m.File.Text)
		})
	})
}

// namesAround returns the names of the functions that a call stands in.
func namesAround(c *flow.Call) (names []string) {
	if c.Module.Tree == nil {
		return nil
	}
	script.Walk(c.Module.Tree, func(n script.Node) bool {
		if r := n.Range(); c.Location.Span.Start < r.Start || r.End < c.Location.Span.End {
			return false
		}
		if name := defines(n); name != "" && !callback[name] {
			names = append(names, name)
		}
		return true
	})
	return names
}

func apiFinding(c *flow.Call, a *platform.API, y platform.Yield) finding.Finding {
	f := finding.Finding{
		Rule:       ruleByID("api/" + string(y.Category)),
		Category:   y.Category,
		Kind:       finding.KindAPI,
		Confidence: apiConfidence(c, a, y),
		Reachable:  c.Reached,
		Subject:    c.API,
		PrivacyKey: a.PrivacyKey,
		Location:   c.Location,
		Message:    platformMessage(y.Category, c.API, a.Legacy),
	}
	if strings.Contains(strings.ToLower(c.API), "ocr") || a.Name == "serviceMarket.invokeService" {
		f.Kind, f.Rule = finding.KindOCR, ruleByID("ocr/"+string(y.Category))
	}
	if c.Unit != nil {
		f.Page = c.Unit.Path
	}
	if c.Module != nil && c.Module.Library != "" {
		f.Library = c.Module.Library
		f.Confidence = finding.Low
	}
	f.Evidence = []finding.Evidence{{What: "api", Text: c.API, Location: c.Location}}
	if u := c.Results[y.Path]; u != nil {
		f.Flows = u.Flows
		if y.Path != "" {
			f.Evidence[0].Text += " → " + y.Path
		}
	}
	return f
}

// apiConfidence says how sure it is that the call collects the datum. An invoice
// title is a company's more often than a person's. A result that nobody takes is
// not collected. Face checks take name and ID number on their way, usually from
// fields that are findings themselves.
func apiConfidence(c *flow.Call, a *platform.API, y platform.Yield) finding.Confidence {
	switch {
	case a.Legacy != "":
		return finding.Low
	case strings.HasPrefix(a.Name, "chooseInvoice") && y.Category.Triggers():
		return finding.Low
	case y.Category.Triggers() && y.Path == "" && len(a.Yields) > 1:
		return finding.Medium
	case y.Category.Triggers() && !c.Callback && c.Reached:
		return finding.Medium
	}
	return finding.High
}

// ocrService reads from the arguments of the service market's one function which
// document the service recognises.
func ocrService(c *flow.Call) []platform.Yield {
	ocr, card := false, false
	for _, name := range []string{"service", "api", "data.ocr_type", "data.type"} {
		for _, t := range c.Args[name] {
			s := strings.ToLower(t.String)
			ocr = ocr || strings.Contains(s, "ocr")
			card = card || strings.Contains(s, "idcard") || name == "data.ocr_type" && s == "1"
		}
	}
	if !ocr || !card {
		return nil
	}
	return []platform.Yield{{Path: "", Category: finding.Name}, {Path: "", Category: finding.IDCard}}
}
