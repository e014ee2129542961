package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/script"
)

// A script of settings is often kept out of the repository, for the keys in it, and an example of it is committed, which a
// person copies and fills in: config.example.js, sample-config.js or config.js.example for config.js. What the program gets is
// not known, but which parts it has is.

// exampleMarks are the words for such a file.
var exampleMarks = []string{"example", "sample", "template", "default", "tpl", "demo"}

// isExample reports whether a name is that of an example of a script, with the mark at its end.
func isExample(name string) bool {
	mark := strings.TrimPrefix(path.Ext(name), ".")
	return slices.Contains(exampleMarks, mark) && isScript(strings.TrimSuffix(name, "."+mark))
}

// examplesOf lists the names that an example of the script at base has, which is written with or without suffix.
func examplesOf(base string) (names []string) {
	base = strings.TrimSuffix(strings.TrimSuffix(base, ".js"), ".ts")
	for _, ext := range []string{".js", ".ts"} {
		for _, mark := range exampleMarks {
			for _, joint := range []string{".", "-", "_"} {
				dir, name := path.Split(base)
				names = append(names, base+joint+mark+ext, dir+mark+joint+name+ext)
			}
			names = append(names, base+ext+"."+mark)
		}
	}
	return names
}

// exampleOfConstants reports whether an example of the missing script that spec names, in m, is there, and holds constants alone.
func (l *linked) exampleOfConstants(m *Module, spec string) bool {
	bases := append([]string{path.Join(path.Dir(m.File.Path), spec)}, l.resolve.Targets(spec)...)
	for _, base := range bases {
		for _, p := range slices.Concat(examplesOf(base), examplesOf(path.Join(base, "index"))) {
			file, bad := l.list.read(p)
			if bad == nil && file != nil {
				return constantsOnly(l.list.cache.script(file, ModeOf(strings.TrimSuffix(p, path.Ext(p)))|ModeOf(p)))
			}
		}
	}
	return false
}

// constantsOnly reports whether a script states nothing but constants: it has no function, calls and imports nothing, and has
// no list of things, such as fields, and no text that asks a person for something.
func constantsOnly(tree *script.Program) bool {
	if tree == nil || len(tree.Errors) > 0 {
		return false
	}
	clean := true
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Function, *script.Class, *script.Call, *script.New, *script.Import, *script.ImportCall, *script.JSXElement,
			*script.BadExpr:
			clean = false
		case *script.Export:
			clean = clean && n.Source == nil
		case *script.Array:
			clean = clean && !slices.ContainsFunc(n.Elems, func(x script.Expr) bool { _, object := x.(*script.Object); return object })
		}
		return clean
	})
	return clean
}
