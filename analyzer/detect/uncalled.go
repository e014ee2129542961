package detect

import (
	"regexp"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Functions that nothing can call, whatever was not run: their names are written once in the whole program.

// named is a function under the name by which others would call it.
type named struct {
	name string
	over source.Span
}

// uncalled reports whether a place in a script is inside of such a function.
func (s *asked) uncalled(m *project.Module, at source.Span) bool {
	list, known := s.functions[m]
	if !known {
		list = callable(m.Tree)
		s.functions[m] = list
	}
	for _, f := range list {
		if f.over.Contains(at) && s.mentions(f.name) == 1 {
			return true
		}
	}
	return false
}

// callable lists the methods of pages and components, and the functions that a script declares. It is empty for a
// script that calls methods of its own by names that it computes: this[name]().
func callable(tree *script.Program) (list []named) {
	computed := false
	add := func(o script.Expr) {
		object, ok := o.(*script.Object)
		if !ok {
			return
		}
		for _, p := range object.Props {
			if f, ok := p.Value.(*script.Function); ok && p.Computed == nil && p.Kind != script.Getter && p.Kind != script.Setter &&
				!fromPlatform.MatchString(p.Key) {
				list = append(list, named{p.Key, f.Span})
			}
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			if fn, ok := n.Fn.(*script.Ident); ok && (fn.Name == "Page" || fn.Name == "createPage") && len(n.Args) > 0 {
				add(n.Args[0])
			}
			if x, ok := n.Fn.(*script.Index); ok {
				_, literal := x.Key.(*script.String)
				computed = computed || !literal
			}
		case *script.Property:
			if n.Key == "methods" {
				add(n.Value)
			}
		case *script.FuncDecl:
			if n.Func.Name != nil {
				list = append(list, named{n.Func.Name.Name, n.Func.Span})
			}
		case *script.Declarator:
			f, isFunction := n.Init.(*script.Function)
			if id, ok := n.Target.(*script.Ident); ok && isFunction {
				list = append(list, named{id.Name, f.Span})
			}
		}
		return true
	})
	if computed {
		return nil
	}
	return list
}

// fromPlatform are names under which the platform itself calls: onLoad, onShareAppMessage.
var fromPlatform = regexp.MustCompile(`^on[A-Z]`)

// mentions counts how often a name is written in the program's own scripts and templates.
func (s *asked) mentions(name string) int {
	if n, known := s.written[name]; known {
		return n
	}
	word := regexp.MustCompile(`(^|[^\w$])` + regexp.QuoteMeta(name) + `($|[^\w$])`)
	n, files := 0, map[*source.File]bool{}
	count := func(f *source.File) {
		if f != nil && !files[f] {
			files[f] = true
			n += len(word.FindAllStringIndex(f.Text, 2))
		}
	}
	for _, m := range s.program.Modules {
		if m.Library == "" {
			count(m.File)
		}
	}
	for _, v := range s.program.Views {
		count(v.File)
	}
	s.written[name] = n
	return n
}
