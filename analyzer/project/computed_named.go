package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Lists of pages that only running tells:
//
//	import { routes } from './routes'
//	export default { pages: routes.reduce((all, r) => [...all, r.page], []) }
//
// Their paths are texts of the script, or of those that it imports, all the same. What is
// named there and has a page's file counts as a page.

// withNamedPages adds to the configuration v, which the script at p in dir states in part,
// the pages that texts name.
func (f *finder) withNamedPages(fw *framework, dir, p string, v *jsonc.Value) *jsonc.Value {
	var texts []string
	f.texts(p, 0, map[string]bool{}, func(text string) {
		if text = path.Clean(strings.TrimPrefix(text, "/")); text != "." && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	})
	list := &jsonc.Value{Kind: jsonc.Array}
	add := func(route string) bool {
		isPage := slices.ContainsFunc(fw.suffixes(), func(s string) bool { return f.list.has(path.Join(dir, route+s)) })
		if isPage && strings.Contains(route, "/") {
			list.Elems = append(list.Elems, jsonc.NewString(source.Span{}, route))
		}
		return isPage
	}
	var rest []string // the root of a sub-package, a page's path below it
	for _, text := range texts {
		if !add(text) {
			rest = append(rest, text)
		}
	}
	for _, root := range rest {
		if len(f.list.below(path.Join(dir, root))) > 0 {
			for _, text := range rest {
				add(path.Join(root, text))
			}
		}
	}
	if len(list.Elems) == 0 {
		return v
	}
	return merged(v, &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{{Name: "pages", Value: list}}})
}

// texts gives every text of the script at p and of the program's scripts that it
// imports, but for the paths of imports.
func (f *finder) texts(p string, depth int, seen map[string]bool, got func(string)) {
	if seen[p] || depth > maxBarrels {
		return
	}
	seen[p] = true
	if path.Ext(p) == ".json" {
		if file, bad := f.list.read(p); bad == nil {
			v, _ := f.list.cache.json(file)
			textsIn(v, got)
		}
		return
	}
	if !isScript(p) {
		return
	}
	tree := f.readScript(p)
	if tree == nil {
		return
	}
	for _, spec := range namedIn(tree) {
		for _, base := range f.list.meant(p, spec) {
			for _, at := range f.list.scriptAt(base) {
				f.texts(at, depth+1, seen, got)
			}
		}
	}
	for _, at := range f.requiredByFolder(p, tree) {
		f.texts(at, depth+1, seen, got)
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			return false
		case *script.Export:
			return n.Source == nil
		case *script.Call:
			id, ok := n.Fn.(*script.Ident)
			return !ok || id.Name != "require"
		case *script.String:
			got(n.Value)
		}
		return true
	})
}

// textsIn gives every text in v.
func textsIn(v *jsonc.Value, got func(string)) {
	if v.Is(jsonc.String) {
		got(v.String())
	}
	for _, e := range elems(v) {
		textsIn(e, got)
	}
	for _, m := range members(v) {
		textsIn(m.Value, got)
	}
}

// requiredByFolder are the files that the script at p can mean by require('./routes/' + name):
// those of the name that it writes elsewhere ('menu.js'), at any depth, or else all that are in
// the folder itself.
func (f *finder) requiredByFolder(p string, tree *script.Program) (files []string) {
	var folders []string
	names := map[string]bool{}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.String:
			names[n.Value] = true
		case *script.Call:
			id, ok := n.Fn.(*script.Ident)
			if !ok || id.Name != "require" || len(n.Args) != 1 {
				return true
			}
			if spec, _ := constant(n.Args[0]); spec != "" {
				return true
			}
			if begin := beginOf(n.Args[0]); strings.Contains(begin, "/") {
				folders = append(folders, path.Join(path.Dir(p), path.Dir(begin+"x")))
			}
		}
		return true
	})
	for _, folder := range folders {
		var named, direct []string
		for _, at := range f.list.below(folder) {
			if at == p || !isScript(at) && path.Ext(at) != ".json" {
				continue
			}
			if names[path.Base(at)] {
				named = append(named, at)
			}
			if path.Dir(at) == folder {
				direct = append(direct, at)
			}
		}
		if named == nil {
			named = direct
		}
		files = append(files, named...)
	}
	return files
}

// beginOf is the text that x begins with, as far as it is constant: './a/' + name, `./a/${name}`,
// path.join(__dirname, 'a', name).
func beginOf(x script.Expr) string {
	switch x := x.(type) {
	case *script.String:
		return x.Value
	case *script.Template:
		return x.Strings[0].Value
	case *script.Binary:
		return beginOf(x.X)
	case *script.Call:
		begin := "./"
		for _, a := range x.Args {
			if id, ok := a.(*script.Ident); ok && id.Name == "__dirname" {
				continue
			}
			text, _ := constant(a)
			if text == "" {
				break
			}
			begin = path.Join(begin, text) + "/"
		}
		return begin
	}
	return ""
}
