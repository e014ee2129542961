package project

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// importsOf returns the imports of a module, in source order: declarations, and
// calls of require, require.async and import() with a constant specifier
// anywhere in the tree.
func importsOf(tree *script.Program) (list []*Import) {
	for _, i := range source.Known(&tree.Memo, asImports{}, func() []*Import { return importsIn(tree) }) {
		own := *i // linking fills it in
		list = append(list, &own)
	}
	return list
}

// asImports is the key of what importsIn gives.
type asImports struct{}

func importsIn(tree *script.Program) []*Import {
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
				if n.Source.Value != "" {
					list[len(list)-1].types = typesAlone(tree, n)
				}
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

// markIdle marks the imports of a script whose names nothing uses: the tag
// of the component is in a comment, if it is one, or only its types are used.
func markIdle(tree *script.Program, imports []*Import) {
	binds := map[*script.Symbol]*Import{}
	declared := map[*script.Ident]bool{}
	for _, s := range tree.Body() {
		n, ok := s.(*script.Import)
		if !ok || n.Source == nil {
			continue
		}
		k := slices.IndexFunc(imports, func(i *Import) bool { return i.Span == n.Source.Span })
		names := []*script.Ident{n.Default, n.Namespace}
		for _, name := range n.Names {
			names = append(names, name.Local)
		}
		for _, id := range names {
			if k >= 0 && id != nil && id.Symbol != nil {
				binds[id.Symbol], declared[id], imports[k].idle = imports[k], true, true
			}
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		if id, ok := n.(*script.Ident); ok && !declared[id] && binds[id.Symbol] != nil {
			binds[id.Symbol].idle = false
		}
		return true
	})
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

// typesAlone reports whether an import brings in only types: import { type A } from "a".
func typesAlone(tree *script.Program, n *script.Import) bool {
	if n.Default != nil || n.Namespace != nil || len(n.Names) > 0 {
		return false
	}
	return strings.Contains(tree.File.Text[n.Span.Start:n.Source.Span.Start], "type")
}

// elementOf reports whether a name that i binds is that of an element: <Row/>, <Form.Item/>.
func elementOf(tree *script.Program, i *Import) bool {
	bound := bindings(tree, i)
	found := false
	script.Walk(tree, func(n script.Node) bool {
		if e, ok := n.(*script.JSXElement); ok {
			x := e.Name
			for dot, ok := x.(*script.Dot); ok; dot, ok = x.(*script.Dot) {
				x = dot.X
			}
			if id, ok := x.(*script.Ident); ok && bound[id.Symbol] != nil {
				found = true
			}
		}
		return !found
	})
	return found
}

// bindings returns the names that an import gives to a module, each with its declaration.
func bindings(tree *script.Program, i *Import) map[*script.Symbol]*script.Ident {
	found := map[*script.Symbol]*script.Ident{}
	add := func(id *script.Ident) {
		if id != nil && id.Symbol != nil {
			found[id.Symbol] = id
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			if n.Source != nil && n.Source.Span == i.Span {
				add(n.Default)
				add(n.Namespace)
				for _, name := range n.Names {
					add(name.Local)
				}
			}
		case *script.Declarator:
			if i.is(n.Init) {
				patternNames(n.Target, add)
			}
		case *script.Assign:
			if i.is(n.Value) {
				patternNames(n.Target, add)
			}
		}
		return true
	})
	return found
}

// is reports whether x is the call of require that i stands for, or a part of what it gives:
// require('./env').host.
func (i *Import) is(x script.Expr) bool {
	for {
		switch e := x.(type) {
		case *script.Dot:
			x = e.X
		case *script.Call:
			return len(e.Args) > 0 && e.Args[0].Range() == i.Span
		default:
			return false
		}
	}
}

// patternNames calls f for the names that a variable or a simple pattern declares.
func patternNames(target script.Expr, f func(*script.Ident)) {
	switch target := target.(type) {
	case *script.Ident:
		f(target)
	case *script.ObjectPattern:
		for _, p := range target.Props {
			x := p.Target
			if d, ok := x.(*script.AssignPattern); ok {
				x = d.Target
			}
			if id, ok := x.(*script.Ident); ok {
				f(id)
			}
		}
	}
}
