package detectors

import (
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// Pages of plugins and mini programs of others collect for the program that opens them:
// the page of a recogniser of documents, or the mini program that checks an identity.

// opens reports what a page or mini program collects that a call opens. How it hands the
// data over cannot be read.
func opens(pass *detect.Pass, c *flow.Call) {
	p, what := opened(pass.Program, c)
	if p == nil {
		return
	}
	for _, y := range p.Yields {
		f := apiFinding(pass, c, &platform.API{Name: c.API, Document: p.Document}, y)
		f.Confidence = finding.High
		f.Subject, f.Message = what, platformMessage(y.Category, what, "")
		f.Evidence[0].Text = what
		pass.Report(f)
	}
}

// opened is what the tables know of the page or mini program that a call opens, and what
// to call it.
func opened(p *project.Program, c *flow.Call) (known *platform.Plugin, what string) {
	switch c.API {
	case "navigateTo", "redirectTo", "reLaunch":
		for _, t := range c.Args["url"] {
			if known = p.PluginPage(t.String); known != nil {
				return known, strings.Split(known.Query, "=")[1] + " plugin://" + known.AppID
			}
		}
	case "navigateToMiniProgram", "openEmbeddedMiniProgram":
		for _, t := range c.Args["appId"] {
			if known = platform.ProgramByID(t.String); known != nil {
				return known, c.API + " " + known.AppID
			}
		}
	}
	return nil, ""
}
