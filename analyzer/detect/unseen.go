package detect

import (
	"slices"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// What missing code may hide: nobody can say of a program that it collects nothing if
// code that is not there decides what a control asks for, what a component shows, or
// whether a function runs that asks the platform.

// unseen lists it.
func unseen(r *flow.Result, controls *control.Reader) (out []project.Unread) {
	add := func(at source.Location, reason lang.Text) {
		u := project.Unread{Path: at.File.Path, Location: at, Reason: reason, Hides: true}
		if !slices.ContainsFunc(out, func(o project.Unread) bool { return o.Location == at }) {
			out = append(out, u)
		}
	}
	for _, e := range controls.Readings() {
		if c := e.Control; c != nil && c.Stranger != "" && c.Unit.Own() && c.Rendered && e.Silent() {
			add(source.Location{File: c.View.File, Span: c.Element.Open}, lang.Textf(
				"此处的控件要填什么，可能由不在程序中的“%s”决定；请补上该代码，或改正名称",
				`"%s", which is not in the program, may decide what this control asks for; add its code or correct the name`, c.Stranger))
		}
	}
	for _, u := range r.Unshown {
		add(source.Location{File: u.Script.File}, lang.Textf(
			"组件显示的内容由不在程序中的“%s”给出，没有读取；请补上该代码，或改正名称",
			`"%s", which is not in the program, gives what this component shows, and it was not read; add its code or correct the name`, r.Stranger.Name))
	}
	if r.Stranger.Name == "" {
		return out
	}
	for _, c := range r.Calls {
		if !c.Reached && c.Module != nil && c.Module.Own() && asks(c.API) {
			add(c.Location, lang.Textf(
				"程序中没有代码执行到这里，但不在程序中的“%s”可能调用它；请补上该代码，或改正名称",
				`nothing in the program runs this, but "%s", which is not in the program, may call it; add its code or correct the name`,
				r.Stranger.Name))
		}
	}
	return out
}

// asks reports whether an API hands over personal information that triggers filing.
func asks(name string) bool {
	api := platform.APIByName(name)
	return api != nil && slices.ContainsFunc(api.Yields, func(y platform.Yield) bool { return finding.Category(y.Category).Triggers() })
}
