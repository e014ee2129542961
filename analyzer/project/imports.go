package project

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// importsOf returns the imports of a module, in source order: declarations, and
// calls of require, require.async and import() with a constant specifier
// anywhere in the tree.
func importsOf(tree *script.Program) []*Import {
	var list []*Import
	add := func(spec string, span source.Span) {
		if spec != "" {
			list = append(list, &Import{Spec: spec, Span: span})
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			if n.Source != nil {
				add(n.Source.Value, n.Source.Span)
			}
		case *script.Export:
			if n.Source != nil {
				add(n.Source.Value, n.Source.Span)
			}
		case *script.ImportCall:
			add(constant(n.Source))
		case *script.Call:
			if len(n.Args) > 0 && requires(n.Fn) {
				add(constant(n.Args[0]))
			}
		}
		return true
	})
	return list
}

// requires reports whether fn is require, unless the file declares that name
// itself, or require.async.
func requires(fn script.Expr) bool {
	switch fn := fn.(type) {
	case *script.Ident:
		return fn.Name == "require" && fn.Symbol == nil
	case *script.Dot:
		x, ok := fn.X.(*script.Ident)
		return ok && fn.Name == "async" && x.Name == "require" && x.Symbol == nil
	}
	return false
}

// constant returns the value of a string literal or of a template without
// expressions, and its place.
func constant(x script.Expr) (string, source.Span) {
	switch x := x.(type) {
	case *script.String:
		return x.Value, x.Span
	case *script.Template:
		if x.Tag == nil && len(x.Exprs) == 0 && len(x.Strings) == 1 {
			return x.Strings[0].Value, x.Span
		}
	}
	return "", source.Span{}
}
