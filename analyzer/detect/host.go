package detect

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Why the host of a request is not known: the address is followed back through the source,
// from the call to the part that holds the host.
//
//	wx.request({ url: BASE + '/login' })
//	const BASE = process.env.API // the build sets it

// hosts answers for the calls of a program.
type hosts struct {
	program *project.Program
	known   map[source.Location]finding.HostReason
	others  map[source.Location]finding.HostReason // beside a host that is known
	bound   map[*project.Module]map[*script.Symbol]binding
}

func newHosts(p *project.Program) hosts {
	known, others := map[source.Location]finding.HostReason{}, map[source.Location]finding.HostReason{}
	return hosts{p, known, others, map[*project.Module]map[*script.Symbol]binding{}}
}

// binding is what a name stands for.
type binding struct {
	init     script.Expr // of a variable: what it is given, nil for a parameter
	path     string      // the part of it that the name is: const { host } = config
	callback bool        // of a parameter: the function is handed to a call
	spec     string      // of an import
}

// maxHops bounds how far an address is followed back.
var maxHops = 8

// reason says why the host of the sink is not known.
func (h *hosts) reason(s finding.Sink) finding.HostReason {
	if r, ok := h.known[s.Location]; ok {
		return r
	}
	if s.Library != "" {
		return finding.HostUnknown(finding.HostFromLibrary, s.Library, s.Location)
	}
	r := finding.HostUnknown(finding.HostComputed, s.Location.Text(), s.Location) // what it is given is not written there
	if m, address := h.address(s); address != nil {
		r = h.follow(m, address, 0)
	}
	h.known[s.Location] = r
	return r
}

// address returns the address that the call at the sink is given, and the script that has the call; nil if none is
// written there.
func (h *hosts) address(s finding.Sink) (in *project.Module, x script.Expr) {
	for _, m := range h.program.Modules {
		if m.File == s.Location.File && m.Tree != nil {
			if address := addressOf(m.Tree, s.Location.Span); address != nil {
				in, x = m, address
			}
		}
	}
	return in, x
}

// addressOf returns the address that the call whose callee is at a span is given, or nil.
func addressOf(tree *script.Program, callee source.Span) (address script.Expr) {
	script.Walk(tree, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok || call.Fn.Range() != callee || len(call.Args) == 0 {
			return address == nil
		}
		address = call.Args[0]
		if options, ok := address.(*script.Object); ok {
			address = nil
			for _, p := range options.Props {
				spread := p.Kind == script.SpreadProperty
				if p.Key == "url" || (p.Key == "baseURL" || spread) && address == nil {
					address = p.Value
				}
			}
		}
		return false
	})
	return address
}

// follow goes back from x, an expression of m, to what holds the host.
func (h *hosts) follow(m *project.Module, x script.Expr, hops int) finding.HostReason {
	tell := func(what finding.HostGap) finding.HostReason {
		at := source.Location{File: m.File, Span: x.Range()}
		return finding.HostUnknown(what, at.Text(), at)
	}
	if hops > maxHops {
		return tell(finding.HostComputed)
	}
	switch e := x.(type) {
	case *script.String:
		return tell(finding.HostNone)
	case *script.Binary:
		return h.follow(m, e.X, hops+1)
	case *script.Cond:
		return h.follow(m, e.Then, hops+1)
	case *script.Await:
		return h.follow(m, e.X, hops+1)
	case *script.Template:
		if len(e.Exprs) > 0 && e.Strings[0].Value == "" {
			return h.follow(m, e.Exprs[0], hops+1)
		}
		if e.Tag == nil && (len(e.Exprs) == 0 || strings.HasPrefix(e.Strings[0].Value, "/")) {
			return tell(finding.HostNone)
		}
	case *script.Ident:
		if r, ok := h.name(m, e, "", hops); ok {
			return r
		}
	case *script.Dot:
		root, path := parts(e)
		if strings.HasPrefix(path, "env.") && root != nil { // process.env.API, import.meta.env.API
			return tell(finding.HostFromBuild)
		}
		if id, ok := root.(*script.Ident); ok {
			if r, ok := h.name(m, id, path, hops); ok {
				return r
			}
		}
	case *script.Call:
		name := source.Location{File: m.File, Span: e.Fn.Range()}.Text()
		if strings.Contains(name, "getStorage") {
			return tell(finding.HostFromStorage)
		}
		if to, returned := h.returned(m, e.Fn); returned != nil {
			return h.follow(to, returned, hops+1)
		}
		return tell(finding.HostFromCall)
	}
	return tell(finding.HostComputed)
}

// parts takes a.b.c apart: a and "b.c".
func parts(x *script.Dot) (root script.Expr, path string) {
	path = x.Name
	root = x.X
	for dot, ok := root.(*script.Dot); ok; dot, ok = root.(*script.Dot) {
		path, root = dot.Name+"."+path, dot.X
	}
	return root, path
}

// returned finds the function of the program that a call runs, and gives what it returns:
// of several, the first that is not a text. It is nil if there is no such function.
func (h *hosts) returned(m *project.Module, callee script.Expr) (in *project.Module, x script.Expr) {
	path := ""
	if dot, ok := callee.(*script.Dot); ok {
		callee, path = parts(dot)
	}
	fn, _ := callee.(*script.Function) // (() => '…')()
	if id, ok := callee.(*script.Ident); ok {
		m, callee, _ = h.named(m, id, path)
		fn, _ = callee.(*script.Function)
	}
	if fn == nil {
		return nil, nil
	}
	if x = fn.Returned(); x != nil && !isText(x) {
		return m, x
	}
	script.Walk(fn.Body, func(n script.Node) bool {
		if inner, ok := n.(*script.Function); ok && inner != fn {
			return false
		}
		if r, ok := n.(*script.Return); ok && r.X != nil {
			if x == nil || isText(x) {
				x = r.X
			}
		}
		return true
	})
	return m, x
}

// isEmpty reports whether x is a text without anything in it.
func isEmpty(x script.Expr) bool {
	s, is := x.(*script.String)
	return is && s.Value == ""
}

func isText(x script.Expr) bool {
	_, is := x.(*script.String)
	return is
}

// name follows a name in m, and the path of properties behind it. It reports false if it
// leads nowhere.
func (h *hosts) name(m *project.Module, id *script.Ident, path string, hops int) (finding.HostReason, bool) {
	in, x, gap := h.named(m, id, path)
	if x != nil {
		return h.follow(in, x, hops+1), true
	}
	if gap == "" {
		return finding.HostReason{}, false
	}
	at := source.Location{File: m.File, Span: id.Span}
	return finding.HostUnknown(gap, strings.TrimSuffix(id.Name+"."+path, "."), at), true
}

// named is what a name in m stands for with the path of properties behind it, or why that
// is not known. If nothing is known of the name, it is neither.
func (h *hosts) named(m *project.Module, id *script.Ident, path string) (in *project.Module, x script.Expr, gap finding.HostGap) {
	b, ok := h.bindings(m)[id.Symbol]
	path = strings.Trim(b.path+"."+path, ".")
	switch {
	case !ok || id.Symbol == nil:
		return nil, nil, ""
	case b.spec != "":
		to := m.Import(b.spec)
		if to == nil {
			return nil, nil, finding.HostFromMissing
		}
		if to.Tree != nil {
			if x := exportOf(to.Tree, path); x != nil {
				return to, x, ""
			}
		}
		return nil, nil, finding.HostComputed
	case b.init == nil && b.callback:
		return nil, nil, finding.HostFromAnswer
	case b.init == nil:
		return nil, nil, finding.HostFromCaller
	}
	if x := member(b.init, path); x != nil {
		return m, x, ""
	}
	return m, b.init, ""
}

// member returns what is at a path of properties of x, or nil. It is x itself if the path
// is empty or x is not written out.
func member(x script.Expr, path string) script.Expr {
	for path != "" {
		object, ok := x.(*script.Object)
		if !ok {
			return x
		}
		var name string
		name, path, _ = strings.Cut(path, ".")
		x = nil
		for _, p := range object.Props {
			if p.Key == name {
				x = p.Value
			}
		}
		if x == nil {
			return nil
		}
	}
	return x
}

// exportOf returns what a module exports at a path: a name, and properties of it.
func exportOf(tree *script.Program, path string) (x script.Expr) {
	name, rest, _ := strings.Cut(path, ".")
	for _, s := range tree.Body() {
		switch s := s.(type) {
		case *script.Export:
			if s.Value != nil && (name == "default" || x == nil) {
				x = member(s.Value, strings.TrimPrefix(strings.TrimPrefix(path, "default"), "."))
			}
		case *script.ExprStmt: // module.exports = { host }, exports.host = 'a'
			a, ok := s.X.(*script.Assign)
			if !ok {
				continue
			}
			target, ok := a.Target.(*script.Dot)
			if !ok {
				continue
			}
			if target.Name == "exports" {
				x = member(a.Value, path)
			} else if target.Name == name {
				x = member(a.Value, rest)
			}
		}
	}
	script.Walk(tree, func(n script.Node) bool { // export const host = 'a', export function host() {}
		if d, ok := n.(*script.FuncDecl); ok && x == nil && d.Func.Name != nil && d.Func.Name.Name == name && rest == "" {
			x = d.Func
		}
		if d, ok := n.(*script.Declarator); ok && x == nil && d.Init != nil {
			if id, ok := d.Target.(*script.Ident); ok && id.Name == name {
				x = member(d.Init, rest)
			}
		}
		return x == nil
	})
	return x
}

// bindings returns what the names of a module stand for.
func (h *hosts) bindings(m *project.Module) map[*script.Symbol]binding {
	if known, ok := h.bound[m]; ok {
		return known
	}
	found := map[*script.Symbol]binding{}
	h.bound[m] = found
	handed := map[*script.Function]bool{}
	bind := func(target script.Expr, b binding) {
		switch t := target.(type) {
		case *script.AssignPattern:
			target = t.Target
		case *script.ObjectPattern:
			for _, p := range t.Props {
				if id, ok := p.Target.(*script.Ident); ok {
					found[id.Symbol] = binding{init: b.init, path: strings.Trim(b.path+"."+p.Key, "."), callback: b.callback, spec: b.spec}
				}
			}
		}
		if id, ok := target.(*script.Ident); ok {
			found[id.Symbol] = b
		}
	}
	script.Walk(m.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			h.imported(n, found)
		case *script.Declarator:
			if spec := required(n.Init); spec != "" {
				bind(n.Target, binding{spec: spec})
			} else if n.Init != nil {
				bind(n.Target, binding{init: n.Init})
			}
		case *script.Assign: // let host = '', which another statement fills
			id, ok := n.Target.(*script.Ident)
			if !ok || id.Symbol == nil {
				return true
			}
			if b, bound := found[id.Symbol]; bound && isEmpty(b.init) {
				found[id.Symbol] = binding{init: n.Value}
			}
		case *script.Call:
			for _, a := range n.Args {
				note(a, handed)
			}
		case *script.FuncDecl:
			if n.Func.Name != nil {
				bind(n.Func.Name, binding{init: n.Func})
			}
		case *script.Function:
			for _, p := range n.Params {
				bind(p, binding{callback: handed[n]})
			}
		}
		return true
	})
	return found
}

// note remembers the functions that a call is given: itself, or in an object of options.
func note(arg script.Expr, handed map[*script.Function]bool) {
	switch a := arg.(type) {
	case *script.Function:
		handed[a] = true
	case *script.Object:
		for _, p := range a.Props {
			if fn, ok := p.Value.(*script.Function); ok && (p.Key == "success" || p.Key == "complete") {
				handed[fn] = true
			}
		}
	}
}

// imported notes the names that an import binds.
func (h *hosts) imported(n *script.Import, found map[*script.Symbol]binding) {
	if n.Source == nil {
		return
	}
	add := func(id *script.Ident, path string) {
		if id != nil {
			found[id.Symbol] = binding{spec: n.Source.Value, path: path}
		}
	}
	add(n.Default, "default")
	add(n.Namespace, "")
	for _, name := range n.Names {
		add(name.Local, name.Imported)
	}
}

// required returns the module that require('x') names, or "".
func required(x script.Expr) string {
	call, ok := x.(*script.Call)
	if !ok || len(call.Args) != 1 {
		return ""
	}
	id, ok := call.Fn.(*script.Ident)
	spec, text := call.Args[0].(*script.String)
	if !ok || !text || id.Name != "require" {
		return ""
	}
	return spec.Value
}
