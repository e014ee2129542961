package control

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// A rule of a form may check by code, or by a pattern that stands elsewhere under a name:
//
//	{ validateFunction(rule, value, data, callback) { if (!mobile.test(value)) callback('格式不正确') } }
//	{ validator: (rule, value) => isIdCard(value) }
//	{ pattern: patterns.mobile }   import patterns from '@/utils/patterns'

// checkers are the keys under which rules take a function.
var checkers = spelling.Set("validator validateFunction asyncValidator")

// named reads a rule under key whose value is a name.
func (r *Reader) named(m *project.Module, key, name string, at source.Span, add func(finding.Category, string, source.Span)) {
	switch {
	case key == "pattern":
		if re, of := regexpNamed(m, name); re != nil {
			for _, c := range r.Accepted(of.File, re) {
				add(c, "/"+re.Pattern+"/", at)
			}
		}
	case !checkers[key]:
	case len(checks(name).signs) > 0:
		for c := range checks(name).signs {
			add(c, name, at)
		}
	default:
		if fn := functionNamed(m.Tree, name); fn != nil {
			r.tested(m, fn, add)
		}
	}
}

// tested reads what a rule's function tests: by patterns, and by functions whose name says what for.
func (r *Reader) tested(m *project.Module, fn *script.Function, add func(finding.Category, string, source.Span)) {
	script.Walk(fn, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok {
			return true
		}
		name, pattern := "", script.Expr(nil)
		switch f := call.Fn.(type) {
		case *script.Ident:
			name = f.Name
		case *script.Dot:
			switch name = f.Name; {
			case name == "test" || name == "exec":
				pattern = f.X
			case (name == "match" || name == "search") && len(call.Args) > 0:
				pattern = call.Args[0]
			}
		}
		if re, of := regexpOf(m, pattern); re != nil {
			for _, c := range r.Accepted(of.File, re) {
				add(c, "/"+re.Pattern+"/", call.Span)
			}
		}
		for c := range checks(name).signs {
			add(c, name, call.Span)
		}
		return true
	})
}

// regexpOf is the pattern that e is or names, and the module that has it.
func regexpOf(m *project.Module, e script.Expr) (*script.Regexp, *project.Module) {
	switch e := e.(type) {
	case *script.Regexp:
		return e, m
	case *script.Ident:
		return regexpNamed(m, e.Name)
	case *script.Dot:
		return regexpNamed(m, e.Name)
	}
	return nil, nil
}

// regexpNamed is the pattern that m, or a module which it imports, gives a variable or property of that name.
func regexpNamed(m *project.Module, name string) (*script.Regexp, *project.Module) {
	if re := regexpIn(m.Tree, name); re != nil {
		return re, m
	}
	for _, i := range m.Imports {
		if of := i.Module; of != nil && of.Tree != nil && of.Library == "" {
			if re := regexpIn(of.Tree, name); re != nil {
				return re, of
			}
		}
	}
	return nil, nil
}

func regexpIn(tree *script.Program, name string) (out *script.Regexp) {
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && id.Name == name && out == nil {
				out, _ = n.Init.(*script.Regexp)
			}
		case *script.Property:
			if n.Key == name && out == nil {
				out, _ = n.Value.(*script.Regexp)
			}
		}
		return out == nil
	})
	return out
}

// functionNamed is the function that a script declares under that name.
func functionNamed(tree *script.Program, name string) (out *script.Function) {
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.FuncDecl:
			if n.Func.Name != nil && n.Func.Name.Name == name {
				out = n.Func
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && id.Name == name {
				out, _ = n.Init.(*script.Function)
			}
		}
		return out == nil
	})
	return out
}
