package detectors

import (
	"slices"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// aliased reports calls of platform APIs on an object that could not be followed
// to the platform: getApp().core.chooseAddress({success}) where core comes from a
// table of modules. If no script of the program defines a function of that name,
// the object can be nothing else.
func aliased(pass *detect.Pass) {
	var candidates []*flow.Call
	defined := map[string]bool{}
	for _, m := range pass.Program.Modules {
		if m.Tree == nil {
			continue
		}
		known := source.Known(&m.Tree.Memo, asLikeAPIs{}, func() likeAPIs { return likeAPIsIn(m.Tree) })
		for _, c := range known.calls {
			if m.Own() {
				candidates = append(candidates, aliasCall(m, c))
			}
		}
		for _, name := range known.defined {
			defined[name] = true
		}
	}
	followed := func(c *flow.Call) bool {
		return slices.ContainsFunc(pass.Flow.Calls, func(k *flow.Call) bool {
			return k.Location.File == c.Location.File && k.Location.Span.End == c.Location.Span.End
		})
	}
	for _, c := range candidates {
		if defined[c.API] || followed(c) {
			continue
		}
		c.Unit = unitOf(pass.Program, c.Module)
		a := platform.APIByName(c.API)
		for _, y := range a.Yields {
			f := apiFinding(pass, c, a, y)
			f.Confidence = finding.Low // what x is cannot be seen
			pass.Report(f)
		}
	}
}

// likeAPIs is what a script has under the names of APIs that collect what triggers filing.
type likeAPIs struct {
	calls   []*script.Call // that may be of such an API
	defined []string       // names of functions
}

// asLikeAPIs is the key of what likeAPIsIn gives.
type asLikeAPIs struct{}

func likeAPIsIn(tree *script.Program) (out likeAPIs) {
	script.Walk(tree, func(n script.Node) bool {
		if c, ok := n.(*script.Call); ok && likeAPI(c) {
			out.calls = append(out.calls, c)
		}
		if name := defines(n); name != "" && platform.APIByName(name) != nil {
			out.defined = append(out.defined, name)
		}
		return true
	})
	return out
}

// likeAPI reports whether a call, x.chooseAddress({success}), has the form of one of an API
// that collects what triggers filing.
func likeAPI(c *script.Call) bool {
	d, ok := c.Fn.(*script.Dot)
	if !ok || len(c.Args) != 1 {
		return false
	}
	a := platform.APIByName(d.Name)
	o, is := c.Args[0].(*script.Object)
	return a != nil && is && a.Options && a.Triggers() &&
		slices.ContainsFunc(o.Props, func(p *script.Property) bool { return p.Key == "success" || p.Key == "complete" })
}

// aliasCall reads such a call as one of the API.
func aliasCall(m *project.Module, c *script.Call) *flow.Call {
	d := c.Fn.(*script.Dot)
	return &flow.Call{
		API: d.Name, Location: source.Location{File: m.File, Span: d.NameSpan}, Module: m, Callback: true, Reached: m.Reachable,
	}
}

// defines returns the name under which a node makes a function, or "".
func defines(n script.Node) string {
	function := func(name string, e script.Expr) string {
		if _, ok := e.(*script.Function); ok {
			return name
		}
		return ""
	}
	switch n := n.(type) {
	case *script.Property:
		return function(n.Key, n.Value)
	case *script.Member:
		return function(n.Key, n.Value)
	case *script.FuncDecl:
		if n.Func != nil && n.Func.Name != nil {
			return n.Func.Name.Name
		}
	case *script.Declarator:
		if id, ok := n.Target.(*script.Ident); ok {
			return function(id.Name, n.Init)
		}
	case *script.Assign:
		if d, ok := n.Target.(*script.Dot); ok {
			return function(d.Name, n.Value)
		}
	}
	return ""
}

// unitOf returns the page or component whose script m is, or nil.
func unitOf(p *project.Program, m *project.Module) *project.Unit {
	for _, u := range p.Units {
		if u.Script == m {
			return u
		}
	}
	return nil
}
