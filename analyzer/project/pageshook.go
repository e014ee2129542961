package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
)

// pages.js beside pages.json, of programs that the command line builds with webpack: the
// function that it exports takes what pages.json says and gives what the build uses in its
// place (@dcloudio/uni-cli-shared, lib/pages.js; uni-pages-hot-modules, README; read 2026-11).
//
//	module.exports = (pagesJson, loader) => ({ ...pagesJson, pages: [...hotRequire('./pages/user.js')] })

// hookedPages is what pages.js in dir makes of listed, the content of pages.json; listed if
// there is no such function.
func (f *finder) hookedPages(dir string, listed stated) stated {
	p := path.Join(dir, "pages.js")
	if !f.list.has(p) {
		return listed
	}
	tree := f.readScript(p)
	isExport := func(s script.Stmt) bool { _, is := s.(*script.Export); return is }
	if tree == nil || slices.ContainsFunc(tree.Body(), isExport) { // the build requires it
		return listed
	}
	c := computedConstants(tree, f.list.target, f.list.exportsBeside(p, 0))
	hook := c.hook(exportOf(tree, "default"))
	if hook == nil {
		return listed
	}
	made := c.returned(hook, []*jsonc.Value{listed.value})
	if c.aboutPages() || !describesApp(made) {
		made = f.withNamedPages(uniApp, dir, p, merged(listed.value, made))
		made = merged(made, f.matchedPages(dir, tree))
		f.note(computed(tree.File))
	}
	if !made.Is(jsonc.Object) {
		return listed
	}
	inPlace := map[*jsonc.Value]bool{}
	markPlaced(listed.value, inPlace)
	if listed.file == nil {
		listed.file = tree.File
	}
	listed.value = unplacedBut(made, inPlace)
	return listed
}

// hook is the function that x is, or that a package is given which loads it anew at each
// change: hot(() => ({…})).
func (c *constants) hook(x script.Expr) *script.Function {
	for range maxConstant {
		switch e := x.(type) {
		case *script.Function:
			return e
		case *script.Ident:
			x = c.named[e.Symbol]
		case *script.Assign: // exports = module.exports = …
			x = e.Value
		case *script.Call:
			if len(e.Args) == 0 {
				return nil
			}
			x = e.Args[0]
		default:
			return nil
		}
	}
	return nil
}

// componentGlob is the end of a pattern for the files of pages: `${root}/pages/**/*.vue`.
var componentGlob = regexp.MustCompile(`^[\w\-./*{},]*\*\.n?vue$`)

// matchedPages are the pages below dir that a pattern in the script matches.
func (f *finder) matchedPages(dir string, tree *script.Program) *jsonc.Value {
	list := &jsonc.Value{Kind: jsonc.Array}
	match := func(s *script.String) {
		glob := path.Clean(strings.TrimLeft(s.Value, "/."))
		if !componentGlob.MatchString(s.Value) || !doublestar.ValidatePattern(glob) {
			return
		}
		for _, p := range f.list.below(dir) {
			rest := strings.TrimPrefix(p, dir+"/")
			if doublestar.MatchUnvalidated(glob, rest) {
				list.Elems = append(list.Elems, jsonc.NewString(s.Span, strings.TrimSuffix(rest, path.Ext(rest))))
			}
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.String:
			match(n)
		case *script.Template:
			for _, s := range n.Strings {
				match(s)
			}
		}
		return true
	})
	return &jsonc.Value{Kind: jsonc.Object, Members: []*jsonc.Member{{Name: "pages", Value: list}}}
}

// markPlaced notes v and its parts.
func markPlaced(v *jsonc.Value, seen map[*jsonc.Value]bool) {
	if v == nil {
		return
	}
	seen[v] = true
	for _, e := range v.Elems {
		markPlaced(e, seen)
	}
	for _, m := range v.Members {
		markPlaced(m.Value, seen)
	}
}

// unplacedBut is v without the places of what is not one of inPlace: those are in another file.
func unplacedBut(v *jsonc.Value, inPlace map[*jsonc.Value]bool) *jsonc.Value {
	if v == nil || inPlace[v] {
		return v
	}
	out := unplaced(&jsonc.Value{Kind: v.Kind})
	if v.Kind != jsonc.Array && v.Kind != jsonc.Object {
		return unplaced(v)
	}
	for _, e := range v.Elems {
		out.Elems = append(out.Elems, unplacedBut(e, inPlace))
	}
	for _, m := range v.Members {
		one := &jsonc.Member{Name: m.Name, Value: unplacedBut(m.Value, inPlace)}
		if inPlace[m.Value] {
			one = m
		}
		out.Members = append(out.Members, one)
	}
	return out
}
