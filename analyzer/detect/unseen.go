package detect

import (
	"slices"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// What nobody saw may hide something: that a program collects nothing cannot be said if
// code that is not there, a server, or code beyond a limit decides what a control asks for,
// what a component shows, or whether a function runs that asks the platform.

// unseen lists it.
func unseen(p *project.Program, r *flow.Result, controls *control.Reader) (out []project.Unread) {
	add := func(at source.Location, reason lang.Text) {
		u := project.Unread{Path: at.File.Path, Location: at, Reason: reason, Hides: true}
		if !slices.ContainsFunc(out, func(o project.Unread) bool { return o.Location == at }) {
			out = append(out, u)
		}
	}
	for _, e := range controls.Readings() {
		c := e.Control
		if c == nil || !c.Unit.Own() || !c.Rendered {
			continue
		}
		at := source.Location{File: c.View.File, Span: c.Element.Open}
		switch {
		case c.Stranger != "" && e.Silent():
			add(at, lang.Textf(
				"此处的控件要填什么，可能由不在程序中的“%s”决定；请补上该代码，或改正名称",
				`"%s", which is not in the program, may decide what this control asks for; add its code or correct the name`, c.Stranger))
		case e.Silent() && near(r.Limits, c):
			add(at, lang.Both(
				"分析触及上限，此处的控件要填什么没有查清",
				"a limit of the analysis was hit before it was clear what this control asks for"))
		case e.Unheard():
			add(at, lang.Both(
				"此处的控件要填什么，由代码以外的数据（如服务端下发的文字）决定，没有查清",
				"what this control asks for stands in a text that the code does not have, such as one that a server sends"))
		}
	}
	for _, c := range r.Controls {
		if !c.Unit.Own() || !c.Rendered {
			continue
		}
		a := c.Element.Attr("open-type")
		if a == nil {
			continue
		}
		if _, static := markup.Static(a.Parts); !static && (c.Unknown(a.Parts) || near(r.Limits, c)) {
			add(source.Location{File: c.View.File, Span: c.Element.Open}, lang.Both(
				"此处的按钮要什么（open-type）由代码以外的数据决定，或没有查清",
				"what this button asks for (open-type) is decided by data that the code does not have, or it was not followed to its end"))
		}
	}
	for _, at := range r.Unnamed {
		add(at, lang.Both(
			"此处调用平台的哪个接口，由代码以外的数据（如页面参数）决定，没有查清",
			"which API of the platform is called here is decided by data that the code does not have, such as a parameter of the page"))
	}
	beyond(p, r, add)
	for _, u := range r.Unshown {
		add(source.Location{File: u.Script.File}, lang.Textf(
			"组件显示的内容由不在程序中的“%s”给出，没有读取；请补上该代码，或改正名称",
			`"%s", which is not in the program, gives what this component shows, and it was not read; add its code or correct the name`, r.Stranger.Name))
	}
	if r.Stranger.Name == "" {
		return out
	}
	unrun(p, r, func(at source.Location) {
		add(at, lang.Textf(
			"程序中没有代码执行到这里，但不在程序中的“%s”可能调用它；请补上该代码，或改正名称",
			`nothing in the program runs this, but "%s", which is not in the program, may call it; add its code or correct the name`,
			r.Stranger.Name))
	})
	return out
}

// near reports whether a unit that shows c, or the program, ran into a limit.
func near(limits []flow.Limit, c *flow.Control) bool {
	return slices.ContainsFunc(limits, func(l flow.Limit) bool {
		return l.Unit == nil || l.Unit == c.Unit || l.Unit == c.Page ||
			slices.ContainsFunc(c.Hosts, func(h *flow.Host) bool { return h.Unit == l.Unit })
	})
}

// beyond lists what a limit of the analysis may hide: elements that a script makes or a
// loop repeats, and calls that ask the platform.
func beyond(p *project.Program, r *flow.Result, add func(source.Location, lang.Text)) {
	if len(r.Limits) == 0 {
		return
	}
	for _, l := range r.Limits {
		if u := l.Unit; u != nil && u.Own() && (u.Scripted || l.What == flow.Elements) {
			add(beginning(u), lang.Both("分析触及上限，这里显示的内容可能没有看全",
				"a limit of the analysis was hit, and not all that is shown here may have been seen"))
		}
	}
	unrun(p, r, func(at source.Location) {
		add(at, lang.Both("分析触及上限，没有执行到这里，这里可能向平台要个人信息",
			"a limit of the analysis was hit before this ran, which may ask the platform for personal information"))
	})
}

// unrun finds where the program names an API that hands over personal information and no
// call of it was seen.
func unrun(p *project.Program, r *flow.Result, found func(source.Location)) {
	ran := map[source.Location]bool{}
	for _, c := range r.Calls {
		ran[c.Location] = ran[c.Location] || c.Reached
	}
	for _, m := range p.Modules {
		if !m.Own() || m.Tree == nil {
			continue
		}
		script.Walk(m.Tree, func(n script.Node) bool {
			if at := (source.Location{File: m.File, Span: n.Range()}); names(n) && !ran[at] {
				found(at)
			}
			return true
		})
	}
}

// names reports whether an expression names an API that hands over personal information
// which triggers filing: wx.chooseAddress, { chooseAddress }, 'chooseAddress'.
func names(n script.Node) bool {
	switch n := n.(type) {
	case *script.Dot:
		return asks(n.Name)
	case *script.String:
		return asks(n.Value)
	case *script.Property:
		return asks(n.Key)
	case *script.Ident:
		return asks(n.Name)
	}
	return false
}

// asks reports whether an API hands over personal information that triggers filing.
func asks(name string) bool {
	api := platform.APIByName(name)
	return api != nil && api.Triggers()
}
