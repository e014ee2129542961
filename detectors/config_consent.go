package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// consent looks at how a program that collects asks for consent and where it
// tells its privacy policy.
func (s *setting) consent() {
	collected := s.collected()
	if len(collected) == 0 {
		return
	}
	what := categoriesOf(collected)
	if !s.says(asksConsent) {
		s.report(consentAbsent, finding.Low, s.at(source.Span{}), "", lang.Text{
			ZH: "程序收集" + titlesOf(what, "zh") + "，代码里没有处理隐私授权的地方，只能依靠平台的默认弹窗",
			EN: "the program collects " + titlesOf(what, "en") + " and nowhere handles privacy consent: only the platform's own dialog asks",
		}, nil)
	}
	if !s.policy() {
		s.report(policyAbsent, finding.Low, s.at(source.Span{}), "", lang.Text{
			ZH: "程序收集" + titlesOf(what, "zh") + "，没有找到隐私政策的页面、链接或 openPrivacyContract",
			EN: "the program collects " + titlesOf(what, "en") + ", and no page of, or link to, a privacy policy was found",
		}, nil)
	}
	s.launch()
}

// collected are the findings about data that reachable code of the program takes.
func (s *setting) collected() []finding.Finding {
	var out []finding.Finding
	for _, f := range s.pass.Found {
		if !sound(&f) || f.Category == finding.Device || f.Category == finding.Identifier {
			continue
		}
		out = append(out, f)
	}
	return out
}

// sound reports whether f is a collection point of the program's own code, at
// confidence medium or above. It is asked before anybody accepts anything.
func sound(f *finding.Finding) bool {
	return f.Own() && f.Kind.Collects() && f.Confidence >= finding.Medium
}

var (
	asksConsent = []string{"onNeedPrivacyAuthorization", "requirePrivacyAuthorize", "getPrivacySetting", "agreePrivacyAuthorization"}
	showsPolicy = []string{"隐私", "openPrivacyContract"}
	policyRoute = regexp.MustCompile(`(?i)privacy|yinsi|agreement|protocol`)
)

// says reports whether a reachable script or template of the program itself
// holds one of some texts.
func (s *setting) says(texts []string) bool {
	for _, m := range s.pass.Program.Modules {
		if m.Own() && m.File != nil && mentions(m.File.Text, texts) {
			return true
		}
	}
	for _, v := range s.pass.Program.Views {
		if v.Reachable && v.File != nil && mentions(v.File.Text, texts) {
			return true
		}
	}
	return false
}

// mentions reports whether one of some words stands in a text.
func mentions(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// policy reports whether the program has, or links to, a privacy policy.
func (s *setting) policy() bool {
	for _, u := range s.pass.Program.Units {
		if u.Registered && (policyRoute.MatchString(u.Path) || strings.Contains(u.Title, "隐私")) {
			return true
		}
	}
	return s.says(showsPolicy)
}

// launch finds what is collected before the person has done anything: in the
// lifecycle of the app, and of the page that comes first.
func (s *setting) launch() {
	for _, u := range s.pass.Program.Units {
		if u.Script == nil || u.Script.Tree == nil {
			continue
		}
		var starts []string
		switch {
		case u.Kind == project.AppUnit:
			starts = []string{"onLaunch", "onShow"}
		case u.Kind == project.PageUnit && u.Path == s.config.EntryPage:
			starts = []string{"onLoad", "onShow", "onReady"}
		default:
			continue
		}
		asked := map[string]bool{}
		for _, at := range lifecycle(u.Script.Tree, starts) {
			asked[at.name] = at.asked
			for _, use := range s.uses {
				if use.Location.File == u.Script.File && slices.ContainsFunc(at.spans, func(w source.Span) bool { return w.Contains(use.Location.Span) }) {
					s.launched(u, at.name, use)
				}
			}
		}
		s.elsewhere(u, starts, asked)
	}
}

// elsewhere reports the uses in other files that a lifecycle function comes to
// through the functions it calls, unless it asks for consent itself.
func (s *setting) elsewhere(u *project.Unit, starts []string, asked map[string]bool) {
	calls := map[source.Location]string{} // to the lifecycle function
	for _, c := range s.pass.Flow.Calls {
		for _, at := range c.Starts {
			if at.Unit == u && slices.Contains(starts, at.Name) && !asked[at.Name] && (c.Location.File != u.Script.File || u.Single || u.Scripted) {
				calls[c.Location] = at.Name
			}
		}
	}
	for _, use := range s.uses {
		name := calls[use.Location]
		if name != "" && use.Owner.Kind == privacy.OwnCode && !mentions(use.Location.File.Text, asksConsent) {
			s.launched(u, name, use)
		}
	}
}

// launched reports a use that a lifecycle function comes to.
func (s *setting) launched(u *project.Unit, name string, use privacy.Use) {
	if use.Key == "" || use.Mention || !use.Reachable {
		return
	}
	if a := platform.APIByName(use.API); use.API != "authorize" && (a == nil || len(a.Yields) == 0 || a.Legacy != "") {
		return // it shows or writes, and takes nothing
	}
	f := finding.Finding{
		Rule: launchCollection, Kind: finding.KindConfig, Confidence: finding.Medium, Reachable: true,
		Subject: use.What, Location: use.Location, PrivacyKey: use.Key,
		Message: lang.Text{
			ZH: use.What + " 在 " + name + " 中调用：用户还没有用到该功能，也还没有同意",
			EN: use.What + " is called in " + name + ", before the person has used the function or agreed",
		},
	}
	if k := platform.PrivacyKeyByName(use.Key); k != nil {
		f.Category = k.Category
	}
	if u.Kind == project.PageUnit {
		f.Page = u.Path
	}
	s.pass.Report(f)
}

// start is a lifecycle function and what runs when it is called.
type start struct {
	name  string
	asked bool // it asks for consent
	spans []source.Span
}

// lifecycle finds the functions of these names in the objects that a script
// passes to App or Page, with the methods of the same object that they call.
// What comes after consent is asked for is left out.
func lifecycle(tree *script.Program, names []string) []start {
	var out []start
	script.Walk(tree, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok || len(call.Args) == 0 {
			return true
		}
		fn, ok := call.Fn.(*script.Ident)
		object, isObject := call.Args[0].(*script.Object)
		if !ok || !isObject || fn.Name != "App" && fn.Name != "Page" {
			return true
		}
		methods := map[string]script.Expr{}
		for _, p := range object.Props {
			if f, ok := p.Value.(*script.Function); ok {
				methods[p.Key] = f
			}
		}
		for _, name := range names {
			if f := methods[name]; f != nil {
				at := start{name: name}
				at.follow(f, methods, map[script.Expr]bool{})
				out = append(out, at)
			}
		}
		return true
	})
	return out
}

// follow collects the calls that f makes when it runs, through methods of the
// same object, and stops where consent is asked for.
func (at *start) follow(f script.Expr, methods map[string]script.Expr, seen map[script.Expr]bool) {
	if seen[f] || len(seen) > 50 {
		return
	}
	seen[f] = true
	asked := false
	script.Walk(f, func(n script.Node) bool {
		if asked {
			return false
		}
		call, ok := n.(*script.Call)
		if !ok {
			return true
		}
		dot, ok := call.Fn.(*script.Dot)
		if !ok {
			return true
		}
		if asked = mentions(dot.Name, asksConsent); asked {
			at.asked = true
			return false
		}
		at.spans = append(at.spans, dot.Span)
		if id, ok := dot.X.(*script.Ident); methods[dot.Name] != nil && (isThis(dot.X) || ok && (id.Name == "that" || id.Name == "self" || id.Name == "_this")) {
			at.follow(methods[dot.Name], methods, seen)
		}
		return true
	})
}

func isThis(e script.Expr) bool {
	_, ok := e.(*script.This)
	return ok
}

// categoriesOf lists what findings are about, each once, in the usual order.
func categoriesOf(found []finding.Finding) []finding.Category {
	var out []finding.Category
	for _, c := range finding.Categories() {
		if slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Category == c }) {
			out = append(out, c)
		}
	}
	return out
}

// titlesOf names categories for a person.
func titlesOf(all []finding.Category, in lang.Code) string {
	var out []string
	for _, c := range all {
		out = append(out, c.Title().In(in))
	}
	if in == "en" {
		return strings.Join(out, ", ")
	}
	return strings.Join(out, "、")
}
