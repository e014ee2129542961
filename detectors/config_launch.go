package detectors

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

var launchCollection = &finding.Rule{
	ID: "config/collection-at-launch", Kind: finding.KindConfig, Since: since,
	Title: lang.Text{
		ZH: "启动时就收集",
		EN: "collection at launch",
	},
	Summary: lang.Text{
		ZH: "在 App 的 onLaunch、onShow 或首页的 onLoad、onShow、onReady 中索取个人信息，之前没有询问同意。",
		EN: "The program asks for personal information before consent: in onLaunch or onShow of the app, or in onLoad, onShow or " +
			"onReady of the first page.",
	},
	Why: lang.Text{
		ZH: "用户还没有用到该功能就索取，属于平台规范禁止的提前索权。",
		EN: "The operating rules forbid asking before the person uses the function.",
	},
	Bad:  "Page({ onLoad() { wx.getLocation({ type: 'gcj02' }) } })",
	Good: "Page({ onTapNearby() { wx.getLocation({ type: 'gcj02' }) } })",
	Mend: lang.Text{
		ZH: "移到用户触发该功能时再调用，或先用 wx.requirePrivacyAuthorize 询问。",
		EN: "Move the call to where the person uses the function, or ask first with wx.requirePrivacyAuthorize.",
	},
	Limits: lang.Text{
		ZH: "跟踪到它调用的函数，别的文件里的也在内；生命周期函数或那个文件里有询问同意的接口时，不再报告。" +
			"用户在对话框里点了确认之后才调用的，分不出来。",
		EN: "It follows called functions into other files, too, and reports nothing if the lifecycle function or that file asks for " +
			"consent. It does not recognise that a call comes after the person confirmed a dialog.",
	},
	References: []law.Citation{operatingRules, pipl},
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
				if use.Location.File == u.Script.File &&
					slices.ContainsFunc(at.spans, func(w source.Span) bool { return w.Contains(use.Location.Span) }) {
					s.launched(u, at.name, use)
				}
			}
		}
		s.elsewhere(u, starts, asked)
	}
}

// elsewhere reports the uses in other files that a lifecycle function reaches
// through the functions that it calls, unless it asks for consent itself.
func (s *setting) elsewhere(u *project.Unit, starts []string, asked map[string]bool) {
	calls := map[source.Location]string{} // to the lifecycle function
	for _, c := range s.pass.Flow.Calls {
		for _, at := range c.Starts {
			if at.Unit == u && slices.Contains(starts, at.Name) && !asked[at.Name] &&
				(c.Location.File != u.Script.File || u.Single || u.Scripted) {
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

// launched reports a use that a lifecycle function reaches.
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
		if id, ok := dot.X.(*script.Ident); methods[dot.Name] != nil &&
			(isThis(dot.X) || ok && (id.Name == "that" || id.Name == "self" || id.Name == "_this")) {
			at.follow(methods[dot.Name], methods, seen)
		}
		return true
	})
}

func isThis(e script.Expr) bool {
	_, ok := e.(*script.This)
	return ok
}
