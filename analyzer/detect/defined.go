package detect

import (
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A function of the program may be called as an API is: getAddress. It asks for nothing by
// its name, and what it does is read for itself.

// defines reports whether what n names in m is such a function, a text or a number, or a
// setting of the program.
func (s *asked) defines(m *project.Module, n script.Node) bool {
	switch n := n.(type) {
	case *script.String: // requiredPrivateInfos: ['chooseAddress'] of app.config.ts
		return s.settings[m.File]
	case *script.Property:
		return n.Value != nil && s.made(m, n.Value, 0)
	case *script.Ident:
		return s.made(m, n, 0)
	case *script.Dot:
		root, path := parts(n)
		switch root := root.(type) {
		case *script.This:
			return s.method(m, n.Name)
		case *script.Ident:
			in, x, _ := s.hosts.named(m, root, path)
			if _, this := x.(*script.This); this { // const self = this
				return s.method(m, n.Name)
			}
			return x != nil && s.made(in, x, 0)
		}
	}
	return false
}

// made reports whether x is a function that is written out, also one that a call is handed,
// as useCallback is, or a literal.
func (s *asked) made(m *project.Module, x script.Expr, hops int) bool {
	switch x := x.(type) {
	case *script.Function, *script.String, *script.Number, *script.Bool, *script.Null, *script.Template:
		return true
	case *script.Call:
		if len(x.Args) > 0 {
			_, fn := x.Args[0].(*script.Function)
			return fn
		}
	case *script.Ident:
		in, to, _ := s.hosts.named(m, x, "")
		return to != nil && hops < maxHops && s.made(in, to, hops+1)
	}
	return false
}

// methodsOf is the key of the names that the objects and classes of a script give functions.
type methodsOf struct{}

// method reports whether an object or class of m has a function with a name.
func (s *asked) method(m *project.Module, name string) bool {
	return source.Known(&m.Tree.Memo, methodsOf{}, func() map[string]bool {
		found := map[string]bool{}
		script.Walk(m.Tree, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Property:
				if _, fn := n.Value.(*script.Function); fn {
					found[n.Key] = true
				}
			case *script.Class:
				for _, member := range n.Members {
					if _, fn := member.Value.(*script.Function); fn {
						found[member.Key] = true
					}
				}
			}
			return true
		})
		return found
	})[name]
}

// mayAskPlatform reports whether a node that asked.names accepts may be about the platform:
// of the calls that are handed a text which asks a person for something, those of an object
// of the platform and of what takes a text. Other functions show a text, or check one.
func (s *asked) mayAskPlatform(n script.Node) bool {
	call, ok := n.(*script.Call)
	if !ok {
		return true
	}
	dot, ok := call.Fn.(*script.Dot)
	if !ok {
		return false
	}
	if api := platform.APIByName(dot.Name); api != nil && api.Asks != nil {
		return s.opens(call, api.Asks)
	}
	id, ok := dot.X.(*script.Ident)
	if !ok {
		return false
	}
	_, ofPlatform := platform.GlobalByName(id.Name)
	return ofPlatform
}
