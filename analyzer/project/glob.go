package project

import (
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Modules that a script imports by a pattern, which the build expands: import.meta.glob of
// Vite and require.context of webpack (their documents; read 2026-11).

// Glob is one such call.
type Glob struct {
	Span    source.Span        // of the call
	Context bool               // require.context: what it returns is called with a key
	Eager   bool               // the modules, not functions that import them
	Modules map[string]*Module // by the key that the script sees: "./modules/user.js"
}

// globsOf returns the calls in a script.
func globsOf(tree *script.Program) (calls []*script.Call) {
	if !strings.Contains(tree.File.Text, "import.meta.glob") && !strings.Contains(tree.File.Text, "require.context") {
		return nil
	}
	script.Walk(tree, func(n script.Node) bool {
		if call, ok := n.(*script.Call); ok && len(call.Args) > 0 {
			if d, ok := call.Fn.(*script.Dot); ok && (globs(d) || contexts(d)) {
				calls = append(calls, call)
			}
		}
		return true
	})
	return calls
}

// globs reports whether d is import.meta.glob or import.meta.globEager.
func globs(d *script.Dot) bool {
	_, meta := d.X.(*script.Meta)
	return meta && (d.Name == "glob" || d.Name == "globEager")
}

// contexts reports whether d is require.context.
func contexts(d *script.Dot) bool {
	x, ok := d.X.(*script.Ident)
	return ok && x.Name == "require" && x.Symbol == nil && d.Name == "context"
}

// expand finds the modules that the patterns of m mean.
func (l *linked) expand(m *Module) {
	if m.Tree == nil || m.Library != "" {
		return
	}
	for _, call := range globsOf(m.Tree) {
		d := call.Fn.(*script.Dot)
		g := &Glob{Span: call.Span, Context: contexts(d), Modules: map[string]*Module{}}
		g.Eager = g.Context || d.Name == "globEager"
		if o := constantsOf(m.Tree).objectOf(last(call.Args)); o != nil && !g.Context {
			g.Eager = g.Eager || constantsOf(m.Tree).value(option(o, "eager")).Bool()
		}
		for p, key := range l.matched(m, call) {
			g.Modules[key] = l.codeModule(p)
		}
		m.Globs = append(m.Globs, g)
		at := source.Location{File: m.File, Span: call.Args[0].Range()}
		if len(g.Modules) == 0 && !l.ofAssets(m, call) { // files that a pattern names and nobody has
			m.Missing = append(m.Missing, Missing{Spec: strings.Trim(at.Text(), "'\"`"), Location: at, Own: true, hides: true})
		}
	}
}

// matched returns the files that a call of m with patterns means, in order, with their keys.
func (l *linked) matched(m *Module, call *script.Call) iter.Seq2[string, string] {
	match := l.globbed(m, call)
	if contexts(call.Fn.(*script.Dot)) {
		match = l.inContext(m, call)
	}
	return func(yield func(string, string) bool) {
		for _, p := range l.own {
			if p == m.File.Path || !l.site.Framework.reads(p) {
				continue
			}
			if key := match(p); key != "" && !yield(p, key) {
				return
			}
		}
	}
}

// ofAssets reports whether the patterns of a call name pictures and the like alone, which are no code:
// import.meta.glob("./*.{svg,png}"), require.context("./icons", false, /\.svg$/).
func (l *linked) ofAssets(m *Module, call *script.Call) bool {
	if contexts(call.Fn.(*script.Dot)) {
		matches := contextPattern(call).MatchString
		return slices.ContainsFunc(slices.Collect(maps.Keys(assets)), func(ending string) bool { return matches("./a" + ending) }) &&
			!slices.ContainsFunc(l.resolve.Scripts, func(ending string) bool { return matches("./a" + ending) })
	}
	patterns := globPatterns(m, call)
	other := func(ending string) bool { return !assets["."+ending] }
	return len(patterns) > 0 && !slices.ContainsFunc(patterns, func(pattern string) bool {
		endings := strings.Split(strings.Trim(path.Ext(pattern), ".{}"), ",")
		return !strings.HasPrefix(pattern, "!") && slices.ContainsFunc(endings, other)
	})
}

func last(args []script.Expr) script.Expr { return args[len(args)-1] }

// globbed returns a function that gives the key of a file among those that the patterns
// of import.meta.glob mean, or "".
func (l *linked) globbed(m *Module, call *script.Call) func(p string) string {
	patterns := globPatterns(m, call)
	return func(p string) (key string) {
		for _, pattern := range patterns {
			pattern, not := strings.CutPrefix(pattern, "!")
			bases := []string{path.Join(path.Dir(m.File.Path), pattern)}
			if !strings.HasPrefix(pattern, ".") {
				bases = append(l.resolve.Targets(pattern), path.Join(l.site.Root, pattern))
			}
			if !slices.ContainsFunc(bases, func(glob string) bool { return doublestar.MatchUnvalidated(glob, p) }) {
				continue
			}
			if not {
				return ""
			}
			key = relative(path.Dir(m.File.Path), p)
			if strings.HasPrefix(pattern, "/") || !strings.HasPrefix(pattern, ".") {
				key = "/" + strings.TrimPrefix(p, l.site.Root+"/")
			}
		}
		return key
	}
}

func globPatterns(m *Module, call *script.Call) []string {
	if text, _ := constant(call.Args[0]); text != "" {
		return []string{text}
	}
	return constantsOf(m.Tree).value(call.Args[0]).Strings()
}

// inContext is globbed for require.context(directory, deep, /pattern/).
func (l *linked) inContext(m *Module, call *script.Call) func(p string) string {
	spec, _ := constant(call.Args[0])
	dir := path.Join(path.Dir(m.File.Path), spec)
	if !strings.HasPrefix(spec, ".") {
		if targets := l.resolve.Targets(spec); len(targets) > 0 {
			dir = targets[0]
		}
	}
	deep, pattern := true, contextPattern(call)
	if len(call.Args) > 1 {
		b, ok := call.Args[1].(*script.Bool)
		deep = !ok || b.Value
	}
	return func(p string) string {
		key := relative(dir, p)
		if !strings.HasPrefix(key, "./") || (!deep && strings.Count(key, "/") > 1) || !pattern.MatchString(key) {
			return ""
		}
		return key
	}
}

// contextPattern is the pattern of files in a call of require.context; without one that is known, it takes all.
func contextPattern(call *script.Call) *regexp.Regexp {
	if len(call.Args) > 2 {
		if r, ok := call.Args[2].(*script.Regexp); ok {
			if re, err := r.InGo(); err == nil {
				return re
			}
		}
	}
	return regexp.MustCompile("")
}

// relative is p as an import in dir names it: "./a.js", "../b/a.js".
func relative(dir, p string) string {
	up := ""
	for !under(dir, p) {
		dir, up = path.Dir(dir), up+"../"
	}
	rest := strings.TrimPrefix(p, dir+"/")
	if up == "" {
		return "./" + rest
	}
	return up + rest
}
