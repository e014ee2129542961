package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
)

// What names in imports stand for, as programs of frameworks tell their build tools
// and the TypeScript compiler. The scripts are read, not run.

// buildScripts are the scripts that configure the build tools, beside package.json.
var buildScripts = []string{
	"config/index.ts", "config/index.js", // Taro
	"vite.config.ts", "vite.config.js", "vite.config.mjs", "vue.config.js", "wepy.config.js",
}

// aliases are those of the program's own build, then what the framework has by
// default.
func (l *loader) aliases() []resolve.Alias {
	if l.site.Framework == nil {
		return nil
	}
	var all []resolve.Alias
	add := func(name, dir string) {
		target, inside := within(dir, l.site.Source)
		a, ok := resolve.NewAlias(name, target)
		known := slices.ContainsFunc(all, func(b resolve.Alias) bool { return a.Prefix == b.Prefix })
		if ok && inside && !known && len(l.list.below(dir)) > 0 {
			all = append(all, a)
		}
	}
	for _, p := range buildScripts {
		p = path.Join(l.site.Root, p)
		if !l.list.has(p) {
			continue
		}
		if file, bad := l.list.read(p); bad == nil {
			scriptAliases(l.list.cache.script(file, ModeOf(p)), path.Dir(p), l.site.Root, add)
		}
	}
	for _, name := range []string{"tsconfig.json", "jsconfig.json"} {
		p := path.Join(l.site.Root, name)
		if !l.list.has(p) {
			continue
		}
		if file, bad := l.list.read(p); bad == nil {
			if v, err := l.list.cache.json(file); err == nil {
				compilerAliases(v.Get("compilerOptions"), l.site.Root, add)
			}
		}
	}
	for _, a := range l.site.Framework.aliases() {
		if !slices.ContainsFunc(all, func(b resolve.Alias) bool { return a.Prefix == b.Prefix }) {
			all = append(all, a)
		}
	}
	return all
}

// scriptAliases finds alias: {'@x': path.resolve(__dirname, '..', 'src/x')} and its
// like in a script that stands in dir.
func scriptAliases(tree *script.Program, dir, root string, add func(name, dir string)) {
	script.Walk(tree, func(n script.Node) bool {
		o, ok := n.(*script.Object)
		if !ok {
			return true
		}
		for _, p := range o.Props {
			list, ok := p.Value.(*script.Object)
			if !ok || p.Key != "alias" {
				continue
			}
			for _, a := range list.Props {
				if a.Key != "" && a.Value != nil {
					add(a.Key, directory(a.Value, dir, root))
				}
			}
		}
		return true
	})
}

// directory is the directory that the texts of x lead to from that of its script, or
// from the root where x asks the process for it.
func directory(x script.Expr, dir, root string) string {
	var names []string
	script.Walk(x, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.String:
			names = append(names, n.Value)
		case *script.Ident:
			if n.Name == "process" {
				dir = root
			}
		}
		return true
	})
	if len(names) == 0 {
		return ""
	}
	return path.Join(append([]string{dir}, names...)...)
}

// compilerAliases are the paths of the TypeScript compiler: "@x/*": ["src/x/*"].
func compilerAliases(options *jsonc.Value, root string, add func(name, dir string)) {
	base := path.Join(root, options.Get("baseUrl").String())
	for _, m := range members(options.Get("paths")) {
		if targets := m.Value.Strings(); len(targets) > 0 && strings.HasSuffix(m.Name, "/*") {
			add(m.Name, path.Join(base, strings.TrimSuffix(targets[0], "*")))
		}
	}
}

// within returns p relative to dir, and whether it lies in it.
func within(p, dir string) (string, bool) {
	switch {
	case p == dir:
		return ".", true
	case dir == ".":
		return p, p != "" && !strings.HasPrefix(p, "..")
	}
	return strings.CutPrefix(p, dir+"/")
}
