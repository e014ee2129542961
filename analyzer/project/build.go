package project

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/script"
)

// The scripts that configure build tools: vite.config.ts and its like, with the scripts
// of the project that they import. What a plug-in is told is read from literals, and from
// path.resolve and its like of literals; nothing is run.

// buildFiles are the scripts that build tools look for.
var buildFiles = []string{
	"vite.config.ts", "vite.config.js", "vite.config.mjs", "vite.config.mts", "vue.config.js", "wepy.config.js",
	"weapp-vite.config.ts", "weapp-vite.config.js", "weapp-vite.config.mts", "mpx.config.js",
	"config/index.ts", "config/index.js", // of Taro
	"build/webpack.base.conf.js", "webpack.config.js", // of mpvue, mpx 1 and others
}

// maxBuildFiles is how many scripts of a build are read.
var maxBuildFiles = 40

// buildConfig is one script of a build.
type buildConfig struct {
	list      *listing
	root, dir string // where the tool runs; where the script is
	tree      *script.Program
	constants *constants
}

// buildConfigs reads the scripts of the build that runs in root. Files that cannot be
// read are given to bad.
func (l *listing) buildConfigs(root string, bad func(Unread)) (found []*buildConfig) {
	var queue []string
	for _, name := range buildFiles {
		if p := path.Join(root, name); l.has(p) {
			queue = append(queue, p)
		}
	}
	for seen := map[string]bool{}; len(queue) > 0 && len(seen) < maxBuildFiles; queue = queue[1:] {
		p := queue[0]
		if seen[p] {
			continue
		}
		seen[p] = true
		file, unread := l.read(p)
		if unread != nil {
			bad(*unread)
			continue
		}
		tree := l.cache.script(file, ModeOf(p))
		found = append(found, &buildConfig{list: l, root: root, dir: path.Dir(p), tree: tree, constants: constantsOf(tree)})
		for _, spec := range namedBeside(tree) {
			queue = append(queue, l.scriptAt(path.Join(path.Dir(p), spec))...)
		}
	}
	return found
}

// namedBeside returns what a script imports or requires by a relative path.
func namedBeside(tree *script.Program) []string {
	return slices.DeleteFunc(namedIn(tree), func(spec string) bool { return !strings.HasPrefix(spec, ".") })
}

// namedIn returns all names by which a script imports or requires others.
func namedIn(tree *script.Program) (specs []string) {
	note := func(s *script.String) {
		if s != nil {
			specs = append(specs, s.Value)
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			note(n.Source)
		case *script.Export:
			note(n.Source)
		case *script.Call:
			if id, ok := n.Fn.(*script.Ident); ok && requiresAnew(id.Name) && len(n.Args) == 1 {
				s, _ := n.Args[0].(*script.String)
				note(s)
			}
		}
		return true
	})
	return specs
}

// requiresAnew reports whether name is require, or hotRequire of uni-pages-hot-modules, which loads a
// module anew at each change.
func requiresAnew(name string) bool { return name == "require" || name == "hotRequire" }

// scriptAt returns the script that a path without suffix means, or nothing.
func (l *listing) scriptAt(base string) []string {
	for _, end := range []string{"", ".ts", ".js", ".mjs", ".mts", "/index.ts", "/index.js"} {
		if p := base + end; path.Ext(p) != "" && l.has(p) {
			return []string{p}
		}
	}
	return nil
}

// required is the package that x requires: require('…'), require('…').default; "" for none.
func required(x script.Expr) string {
	if d, ok := x.(*script.Dot); ok {
		x = d.X
	}
	call, ok := x.(*script.Call)
	if !ok || !requires(call.Fn) || len(call.Args) != 1 {
		return ""
	}
	name, _ := constant(call.Args[0])
	return name
}

// options returns what the script hands to a plug-in, by the name of its package or of
// a module in it.
func (b *buildConfig) options(of func(pkg string) bool) (found []*script.Object) {
	plugins := map[*script.Symbol]bool{}
	note := func(id *script.Ident) {
		if id != nil && id.Symbol != nil {
			plugins[id.Symbol] = true
		}
	}
	for _, s := range b.tree.Body() {
		switch s := s.(type) {
		case *script.Import:
			if s.Source != nil && of(s.Source.Value) {
				note(s.Default)
				for _, n := range s.Names {
					note(n.Local)
				}
			}
		case *script.VarDecl: // const AutoImport = require('unplugin-auto-import/vite')
			for _, d := range s.Decls {
				if id, named := d.Target.(*script.Ident); named && of(required(d.Init)) {
					note(id)
				}
			}
		}
	}
	script.Walk(b.tree, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok {
			return true
		}
		fn := call.Fn
		if d, ok := fn.(*script.Dot); ok { // require('…').default
			fn = d.X
		}
		id, ok := fn.(*script.Ident)
		if ok && plugins[id.Symbol] || of(required(fn)) {
			o := &script.Object{}
			if len(call.Args) > 0 {
				if given := b.constants.objectOf(call.Args[0]); given != nil {
					o = given
				}
			}
			found = append(found, o)
		}
		return true
	})
	return found
}

// option returns the value of a property of an object, or nil.
func option(o *script.Object, name string) script.Expr {
	for _, p := range o.Props {
		if p.Key == name && p.Computed == nil {
			return p.Value
		}
	}
	return nil
}

// items returns what a list holds, or x itself if it is no list.
func (b *buildConfig) items(x script.Expr) []script.Expr {
	if id, ok := x.(*script.Ident); ok && b.constants.named[id.Symbol] != nil {
		x = b.constants.named[id.Symbol]
	}
	switch x := x.(type) {
	case nil:
		return nil
	case *script.Array:
		return x.Elems
	}
	return []script.Expr{x}
}

// places returns the paths or patterns that an option lists: texts are relative to where
// the tool runs, path.resolve(__dirname, …) and its like to the script.
func (b *buildConfig) places(x script.Expr) (found []string) {
	for _, e := range b.items(x) {
		dir := b.root
		switch e.(type) {
		case *script.Call, *script.New:
			dir = b.dir
		}
		if p, ok := b.path(e); ok && p != "" {
			found = append(found, b.list.inside(path.Join(dir, p)))
		}
	}
	return found
}

// path returns the path that x means, relative to the directory of the
// configuration: a text, or a call whose arguments are __dirname and texts.
func (b *buildConfig) path(x script.Expr) (string, bool) {
	switch x := x.(type) {
	case *script.Ident:
		if x.Name == "__dirname" {
			return "", true
		}
	case *script.Call:
		if d, ok := x.Fn.(*script.Dot); ok && d.Name == "cwd" {
			return "", true
		}
		if p, ok := b.applied(x); ok {
			return p, true
		}
		return b.join(x.Args)
	case *script.New: // new URL('./src', import.meta.url)
		return b.join(x.Args[:min(1, len(x.Args))])
	}
	if v := b.constants.value(x); v.Is(jsonc.String) {
		return v.String(), true
	}
	return "", false
}

// applied is the path that a function of the script makes of a name:
//
//	const part = name => path.join(__dirname, `src/parts/${name}`)
func (b *buildConfig) applied(call *script.Call) (string, bool) {
	id, ok := call.Fn.(*script.Ident)
	if !ok || id.Symbol == nil {
		return "", false
	}
	c := b.constants
	f, _ := c.named[id.Symbol].(*script.Function)
	if f == nil || len(f.Params) != 1 || len(call.Args) != 1 {
		return "", false
	}
	name, ok := f.Params[0].(*script.Ident)
	of, inner := f.Only().(*script.Call)
	given := c.value(call.Args[0])
	if !ok || !inner || given == nil || c.bound[name.Symbol] != nil { // it calls itself
		return "", false
	}
	outer := c.bound
	c.bound = map[*script.Symbol]*jsonc.Value{name.Symbol: given}
	maps.Copy(c.bound, outer)
	defer func() { c.bound = outer }()
	return b.join(of.Args)
}

func (b *buildConfig) join(args []script.Expr) (string, bool) {
	var parts []string
	for _, a := range args {
		part, ok := b.path(a)
		if !ok {
			return "", false
		}
		parts = append(parts, part)
	}
	return path.Join(parts...), len(parts) > 0
}

// exportedConfig reads a configuration that a script exports, or a JSON file holds, under
// one of the names in one of the directories.
func (l *listing) exportedConfig(bad func(Unread), name string, dirs ...string) stated {
	for _, dir := range slices.Compact(dirs) {
		for _, ext := range []string{".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"} {
			p := path.Join(dir, name+ext)
			if !l.has(p) {
				continue
			}
			file, unread := l.read(p)
			if unread != nil {
				bad(*unread)
				continue
			}
			if ext == ".json" {
				if v, err := l.cache.json(file); err == nil {
					return stated{value: v, file: file}
				}
				continue
			}
			v := exported(l.cache.script(file, ModeOf(p)))
			return stated{value: v, file: file}
		}
	}
	return stated{}
}

// inside returns p without the way out of the loaded directory and back into it: "pages"
// for "../src/pages" if src was loaded.
func (l *listing) inside(p string) string {
	if l.around == nil || !outer(p) {
		return p
	}
	whole := path.Join(l.around.Path, p)
	if whole == l.around.Path {
		return "."
	}
	if rest, ok := strings.CutPrefix(whole, l.around.Path+"/"); ok {
		return rest
	}
	return p
}
