package detect

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A host that stands in the source may be only what is taken if the build says nothing:
//
//	const BASE = import.meta.env.VITE_API || 'https://api.example.com'
//
// What the build says is not in the tree, so the host that is known is not told as the only one.

// beside says whether the host of the sink, which is known, may be another one: what is the zero value if not.
func (h *hosts) beside(s finding.Sink) (r finding.HostReason) {
	if r, ok := h.others[s.Location]; ok {
		return r
	}
	if m, address := h.address(s); address != nil {
		r = h.instead(m, address, 0)
	}
	h.others[s.Location] = r
	return r
}

// instead goes back from x, an expression of m, to a variable that the build may set and whose value is not known.
func (h *hosts) instead(m *project.Module, x script.Expr, hops int) finding.HostReason {
	if hops > maxHops {
		return finding.HostReason{}
	}
	var next []script.Expr
	switch e := x.(type) {
	case *script.Binary:
		switch e.Op {
		case "+":
			next = append(next, e.X)
		case "||", "??":
			next = append(next, e.X, e.Y)
		case "&&":
			next = append(next, e.Y)
		}
	case *script.Cond:
		next = append(next, e.Then, e.Else)
	case *script.Template:
		if len(e.Exprs) > 0 && e.Strings[0].Value == "" {
			next = append(next, e.Exprs[0])
		}
	case *script.Ident:
		return h.insteadOf(m, e, "", hops)
	case *script.Dot:
		root, path := parts(e)
		at := source.Location{File: m.File, Span: e.Range()}
		if variable, ok := strings.CutPrefix(path, "env."); ok && root != nil {
			if strings.Contains(variable, ".") || ofTool[variable] || len(h.program.Defined[at.Text()].Texts) > 0 {
				return finding.HostReason{}
			}
			return finding.HostBeside(at.Text(), at)
		}
		if id, ok := root.(*script.Ident); ok {
			return h.insteadOf(m, id, path, hops)
		}
	case *script.Call:
		to, returned := h.returned(m, e.Fn)
		if returned != nil {
			return h.instead(to, returned, hops+1)
		}
		if dot, ok := e.Fn.(*script.Dot); ok && ofTexts[dot.Name] {
			next = append(next, dot.X)
		}
		if id, ok := e.Fn.(*script.Ident); ok && id.Name == "String" && len(e.Args) > 0 {
			next = append(next, e.Args[0])
		}
	}
	for _, x := range next {
		if r := h.instead(m, x, hops+1); r.What != "" {
			return r
		}
	}
	return finding.HostReason{}
}

// ofTexts are the methods of texts that leave the beginning of an address what it is.
var ofTexts = map[string]bool{"replace": true, "trim": true, "trimEnd": true, "toString": true, "concat": true, "slice": true}

// ofTool are the variables of builds that are never addresses (documents of Vite, Env Variables and Modes, of uni-app and Taro; read
// 2026-11).
var ofTool = map[string]bool{
	"NODE_ENV": true, "MODE": true, "DEV": true, "PROD": true, "SSR": true, "BASE_URL": true, "TARO_ENV": true, "TARO_PLATFORM": true,
	"UNI_PLATFORM": true,
}

// insteadOf is instead for a name in m and the path of properties behind it: what it stands for, and what is written over it.
func (h *hosts) insteadOf(m *project.Module, id *script.Ident, path string, hops int) finding.HostReason {
	if in, x, _ := h.named(m, id, path); x != nil {
		if r := h.instead(in, x, hops+1); r.What != "" {
			return r
		}
	}
	if path != "" || id.Symbol == nil {
		return finding.HostReason{}
	}
	var r finding.HostReason
	script.Walk(m.Tree, func(n script.Node) bool {
		a, ok := n.(*script.Assign)
		if !ok || r.What != "" {
			return r.What == ""
		}
		if to, is := a.Target.(*script.Ident); is && to.Symbol == id.Symbol {
			r = h.instead(m, a.Value, hops+1)
		}
		return true
	})
	return r
}
