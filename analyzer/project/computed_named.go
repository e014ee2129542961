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

// texts gives every text of the script at p and of the scripts that it imports by a
// relative path, but for the paths of imports.
func (f *finder) texts(p string, depth int, seen map[string]bool, got func(string)) {
	if seen[p] || depth > maxBarrels || !isScript(p) {
		return
	}
	seen[p] = true
	tree := f.readScript(p)
	if tree == nil {
		return
	}
	for _, spec := range namedBeside(tree) {
		for _, at := range f.list.scriptAt(path.Join(path.Dir(p), spec)) {
			f.texts(at, depth+1, seen, got)
		}
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
