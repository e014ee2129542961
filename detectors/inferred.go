package detectors

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Inferred reports pages whose script checks or sends a datum for which no
// control and no platform call was found: forms whose labels come from a server.
// It must run after the detectors that find what is collected, and is only a
// hint.
var Inferred = &detect.Detector{
	Name:  "inferred",
	Rules: inferredRules,
	Run:   inferred,
}

// inferredRules are in the order of finding.Categories.
var inferredRules = family{
	kind: finding.KindInferred,
	title: lang.Text{
		ZH: "由脚本推断的%s",
		EN: "%s inferred from script",
	},
	summary: lang.Text{
		ZH: "页面有输入控件，脚本校验或发送%s，却没有认出填写它的控件，也没有提供它的接口；或者调用了要核对它的身份核验接口，" +
			"而整个小程序没有收集它的地方。每处每类一条，低置信度，不计入结论。",
		EN: "A page has controls and its script checks or sends a person's %s, but no control or platform call for it was recognised; " +
			"or a call checks an identity by it, and nothing in the program collects it. One for each place and category, of low " +
			"confidence; it does not count for the verdict.",
	},
	why: lang.Text{
		ZH: "表单可能由服务器下发或由脚本拼出，标签无法静态识别；这一类信息会触发备案，值得人工看一眼。",
		EN: "A server may send the form, or a script build it, so that its labels cannot be read. The category triggers " +
			"filing: a person should look.",
	},
	mend: lang.Text{
		ZH: "打开该页面确认是否收集这一项。是则按收集点处理并声明；否则用注释接受这条发现，或删去不再使用的键和校验。",
		EN: "Open the page and see whether it collects this. If so, treat and declare it as a collection point; if not, accept the " +
			"finding by comment, or delete the key or check that is no longer used.",
	},
	limits: lang.Text{
		ZH: "只看页面自己的脚本：发送调用中取自页面数据或事件的键，用于校验的正则和校验规则。值可能来自服务器而不是用户。",
		EN: "It looks only at the page's own script: at keys of what is sent that come from the page's data or an event, regular expressions " +
			"and rules that check. The value may come from a server rather than the person.",
	},
	references: []law.Citation{civilCode, pipl},
}.rules(
	example{finding.Name,
		"Page({ submit() { wx.request({ url, data: { realName: this.data.form.realName } }) } })",
		"Page({ submit() { wx.request({ url, data: { goodsName: this.data.form.goodsName } }) } })"},
	example{finding.Phone,
		"Page({ submit() { wx.request({ url, data: { mobile: this.data.form.mobile } }) } })",
		"Page({ submit() { wx.request({ url, data: { mobile: app.globalData.mobile } }) } })"},
	example{finding.Email,
		"Page({ submit() { wx.request({ url, data: { email: this.data.form.email } }) } })",
		"Page({ submit() { wx.request({ url, data: { emailError: this.data.emailError } }) } })"},
	example{finding.IDCard,
		"Page({ submit() { wx.request({ url, data: { idCard: this.data.form.idCard } }) } })",
		"Page({ submit() { wx.request({ url, data: { id: this.data.form.id } }) } })"},
)

func inferred(pass *detect.Pass) error {
	fillable := map[*project.Unit]bool{} // pages where a person can enter something
	for _, c := range pass.Flow.Controls {
		if c.Page != nil && c.Rendered && (len(c.Models) > 0 || enters(c.Handlers)) {
			fillable[c.Page] = true
		}
	}
	for _, u := range pass.Program.Units {
		if u.Kind != project.PageUnit || !u.Registered || !fillable[u] || u.Library != "" ||
			u.Script == nil || u.Script.Tree == nil || u.Script.Library != "" {
			continue
		}
		found := collectedOn(pass.Found, u)
		s := signals{controls: pass.Controls, file: u.Script.File, of: map[finding.Category][]finding.Evidence{}}
		s.read(u.Script)
		for _, rule := range inferredRules {
			if e := s.of[rule.Category]; len(e) > 0 && !found[rule.Category] {
				pass.Report(inferredFinding(rule, u.Path, e))
			}
		}
	}
	kitCalls(pass.Program, func(c *flow.Call, kit *platform.Plugin) { identityCheck(pass, c, kit.AppID+" "+c.API, kit.Checks) })
	for _, c := range pass.Flow.Calls {
		if !c.Reached {
			continue
		}
		if a := platform.APIByName(c.API); a != nil {
			identityCheck(pass, c, c.API, a.Checks)
		}
		if p, what := opened(pass.Program, c); p != nil {
			identityCheck(pass, c, what, p.Checks)
		}
	}
	return nil
}

// identityCheck reports what a call compares with what an authority has if nothing in
// the program collects it: name and ID number of a face check whose form a server sends.
func identityCheck(pass *detect.Pass, c *flow.Call, what string, checks []finding.Category) {
	for _, category := range checks {
		collected := func(f finding.Finding) bool { return f.Category == category && f.Kind.Collects() }
		if slices.ContainsFunc(pass.Found, collected) {
			continue
		}
		page := ""
		if c.Unit != nil {
			page = c.Unit.Path
		}
		one := category.One()
		f := inferredFinding(ruleByID("inferred/"+string(category)), page,
			[]finding.Evidence{{What: "api", Text: what, Location: c.Location}})
		f.Message = lang.Text{
			ZH: what + " 核验身份要用到" + one.ZH + "，但没有认出收集它的地方",
			EN: what + " checks an identity by " + one.EN + ", but nothing that collects it was recognised",
		}
		pass.Report(f)
	}
}

// enters reports whether one of the handlers gets a value that was entered.
func enters(handlers []flow.Handler) bool {
	for _, h := range handlers {
		switch h.Event {
		case "input", "blur", "change", "confirm", "submit":
			return true
		}
	}
	return false
}

// collectedOn returns the categories that are collected on page u, for certain or
// not.
func collectedOn(found []finding.Finding, u *project.Unit) map[finding.Category]bool {
	out := map[finding.Category]bool{}
	for _, f := range found {
		here := f.Page == u.Path || f.Location.File == u.Script.File || u.View != nil && f.Location.File == u.View.File
		if here && f.Kind.Collects() {
			out[f.Category] = true
		}
	}
	return out
}

func inferredFinding(rule *finding.Rule, page string, e []finding.Evidence) finding.Finding {
	one := rule.Category.One()
	return finding.Finding{
		Rule: rule, Category: rule.Category, Kind: finding.KindInferred, Confidence: finding.Low, Reachable: true,
		Subject: e[0].Text, Page: page, PrivacyKey: rule.Category.PrivacyKey(), Location: e[0].Location, Evidence: e,
		Message: lang.Text{
			ZH: "脚本处理" + one.ZH + "（" + e[0].Text + "），但页面上没有认出填写它的控件",
			EN: "the script handles " + one.EN + " (" + e[0].Text + "), but no control for it was recognised on the page",
		},
	}
}

// signals is what a script says about the data it handles.
type signals struct {
	controls *control.Reader
	file     *source.File
	of       map[finding.Category][]finding.Evidence
}

const maxSignals = 3 // the evidence of one category that is reported

func (s *signals) add(c finding.Category, what, text string, at source.Span) {
	if c.Triggers() && len(s.of[c]) < maxSignals {
		s.of[c] = append(s.of[c], finding.Evidence{What: what, Text: text, Location: source.Location{File: s.file, Span: at}})
	}
}

func (s *signals) read(m *project.Module) {
	script.Walk(m.Tree, func(n script.Node) bool {
		if c, ok := n.(*script.Call); ok {
			if sends(c) {
				for _, arg := range c.Args {
					s.payload(arg, 0)
				}
			}
			s.check(c)
		}
		return true
	})
	for _, r := range s.controls.FormRules(m) {
		s.add(r.Category, "validator", r.Text, r.Span)
	}
}

// sending are first words of names of functions that send.
var sending = spelling.Set(`request post put submit send save add update create register insert upload bind http api ajax callfunction`)

// sends reports whether a call, by its name, sends something.
func sends(c *script.Call) bool {
	name := ""
	switch f := c.Fn.(type) {
	case *script.Dot:
		name = f.Name
	case *script.Ident:
		name = f.Name
	}
	w := spelling.Words(name)
	if len(w) == 0 {
		return false
	}
	return sending[w[0]] || sending[strings.Join(w, "")]
}

const maxPayload = 3 // levels of a payload

// payload reads the keys of an object that is sent. Only values that come from
// the page's data or an event may have been entered there.
func (s *signals) payload(e script.Expr, depth int) {
	o, ok := e.(*script.Object)
	if !ok || depth > maxPayload {
		return
	}
	for _, p := range o.Props {
		if p.Value == nil || p.Kind != script.Value {
			continue
		}
		if _, ok := p.Value.(*script.Object); ok {
			s.payload(p.Value, depth+1)
			continue
		}
		if !fromPage(p.Value) {
			continue
		}
		r := control.Identifier(p.Key)
		for _, c := range finding.Categories() {
			enough := control.Strong
			if c == finding.Phone {
				enough = control.Medium
			}
			if r.Weight(c) >= enough && !r.Account() {
				s.add(c, "payload", p.Key, p.KeySpan)
			}
		}
	}
}

// fromPage reports whether e reads this.data or the detail of an event.
func fromPage(e script.Expr) bool {
	for range 16 {
		d, ok := e.(*script.Dot)
		if !ok {
			return false
		}
		switch x := d.X.(type) {
		case *script.This:
			return d.Name == "data"
		case *script.Ident:
			return d.Name == "data" && slices.Contains([]string{"that", "self", "_this", "_that", "me", "vm"}, x.Name) || d.Name == "detail"
		}
		e = d.X
	}
	return false
}

// check reads a regular expression that tests a value.
func (s *signals) check(c *script.Call) {
	d, ok := c.Fn.(*script.Dot)
	if !ok || d.Name != "test" && d.Name != "match" {
		return
	}
	r, ok := d.X.(*script.Regexp)
	if !ok && len(c.Args) == 1 {
		r, ok = c.Args[0].(*script.Regexp)
	}
	if !ok {
		return
	}
	for _, category := range s.controls.Accepted(s.file, r) {
		s.add(category, "validator", "/"+r.Pattern+"/", r.Span)
	}
}
