package detectors

import (
	"strings"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Pages of plugins and mini programs of others collect for the program that opens them:
// the page of a recogniser of documents, or the mini program that checks an identity.

// opens reports what a page or mini program collects that a call opens. How it hands the
// data over cannot be read.
func opens(pass *detect.Pass, c *flow.Call) {
	p, what := opened(pass.Program, c)
	if p != nil {
		yielded(pass, c, p, what)
	}
}

// yielded reports what c, called what, collects by p.
func yielded(pass *detect.Pass, c *flow.Call, p *platform.Plugin, what string) {
	for _, y := range p.Yields {
		f := apiFinding(pass, c, &platform.API{Name: c.API, Document: p.Document}, y)
		f.Confidence = finding.High
		f.Subject, f.Message = what, platformMessage(y.Category, what, "")
		f.Evidence[0].Text = what
		f.Destination.Reasons = []finding.Loss{finding.LostNear(finding.Unresolved, p.AppID, c.Location)} // it has what it collects
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

// kitCalls calls f for each call of code of others that is copied into the program and
// collects for it: startEid of mp_ecard_sdk.
func kitCalls(p *project.Program, f func(c *flow.Call, kit *platform.Plugin)) {
	for _, m := range p.Modules {
		if !m.Own() || m.Tree == nil {
			continue
		}
		for _, i := range m.Imports {
			kit := platform.KitIn(i.Spec)
			if kit == nil {
				continue
			}
			script.Walk(m.Tree, func(n script.Node) bool {
				if call, ok := n.(*script.Call); ok && script.LastName(call.Fn) == kit.Call {
					at := source.Location{File: m.File, Span: call.Fn.Range()}
					f(&flow.Call{API: kit.Call, Location: at, Module: m, Reached: true}, kit)
				}
				return true
			})
			break
		}
	}
}
