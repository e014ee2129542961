package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/script"
)

// Names that the build of a framework's program uses for directories: paths of
// tsconfig.json and jsconfig.json, alias of the build tools. They are read if they are
// literal, or path.resolve and its like of literals; nothing is run.
//
// Directories outside the program's sources hold other code of the repository.

// typeConfigs are the files besides those of the build tools that hold such names.
var typeConfigs = []string{"tsconfig.json", "jsconfig.json"}

// aliases returns the names, those of the build tools first, as they decide what is
// built. The defaults of the framework come last.
func (l *configured) aliases() (found []resolve.Alias) {
	dirs := []string{l.site.Root}
	if l.site.Source != l.site.Root {
		dirs = append(dirs, l.site.Source)
	}
	for _, dir := range dirs {
		for _, b := range l.list.buildConfigs(dir, l.report) {
			found = append(found, l.buildAliases(b)...)
		}
	}
	for _, dir := range dirs {
		for _, name := range typeConfigs {
			found = append(found, l.typeAliases(path.Join(dir, name))...)
		}
	}
	return append(append(found, l.packageAliases()...), l.site.Framework.aliases()...)
}

// aliasKeys are the keys of package.json under which it gives names to folders: of module-alias and babel-plugin-module-alias,
// of Node for what begins with "#", of Parcel (their documents, read 2026-11).
var aliasKeys = []string{"_moduleAliases", "imports", "alias"}

// packageAliases are the names that package.json gives to folders and files of the program.
func (l *configured) packageAliases() (found []resolve.Alias) {
	for _, dir := range l.packageDirs() {
		manifest := l.readJSON(path.Join(dir, "package.json"), false)
		if manifest == nil {
			continue
		}
		for _, key := range aliasKeys {
			for _, m := range members(manifest.value.Get(key)) {
				for _, target := range conditional(m.Value, 0) {
					before, _, _ := strings.Cut(target, "*")
					if target = path.Join(dir, before); l.leads(target) {
						found = append(found, l.alias(m.Name, target)...)
						break
					}
				}
			}
		}
	}
	return found
}

// conditional are the paths that an entry of imports can mean, whatever the conditions: "./a.js" or { "default": "./a.js" }.
func conditional(v *jsonc.Value, depth int) (paths []string) {
	if v.Is(jsonc.String) {
		return []string{v.String()}
	}
	for _, m := range members(v) {
		if depth < 3 {
			paths = append(paths, conditional(m.Value, depth+1)...)
		}
	}
	return paths
}

// alias is the alias that a key and a path from the loaded directory make.
func (l *configured) alias(key, target string) []resolve.Alias {
	if hasPart(target, skippedDirs) {
		return nil
	}
	inner := "."
	switch {
	case target == l.site.Source:
	case under(l.site.Source, target):
		inner = l.route(target)
	default:
		inner = path.Join(up(l.site.Source), target)
	}
	if a, ok := resolve.NewAlias(key, inner); ok {
		return []resolve.Alias{a}
	}
	return nil
}

// up is the path from a directory of the tree to its top: "../.." for "a/b".
func up(dir string) string {
	if dir == "." {
		return dir
	}
	return path.Join(strings.Repeat("../", strings.Count(dir, "/")+1))
}

// maxExtends is how many configurations that extend each other are followed.
var maxExtends = 4

// typeAliases reads compilerOptions.paths of the file at p, or of the one it extends.
func (l *configured) typeAliases(p string) (found []resolve.Alias) {
	for _, t := range l.list.typePaths(p, l.report, 0) {
		found = append(found, l.alias(t.key, t.target)...)
	}
	return found
}

// typePath is a name of compilerOptions.paths and the path in the tree that it means:
// "@/*" and "src/".
type typePath struct{ key, target string }

func (l *listing) typePaths(p string, bad func(Unread), depth int) (found []typePath) {
	if !l.has(p) || depth > maxExtends {
		return nil
	}
	file, unread := l.read(p)
	if unread != nil {
		bad(*unread)
		return nil
	}
	v, err := l.cache.json(file)
	if err != nil {
		bad(*jsonUnread(file, err, false))
		return nil
	}
	paths := v.Path("compilerOptions", "paths")
	if paths == nil {
		if base := v.Get("extends").String(); strings.HasPrefix(base, ".") {
			return l.typePaths(strings.TrimSuffix(path.Join(path.Dir(p), base), ".json")+".json", bad, depth+1)
		}
		return nil
	}
	dir := path.Join(path.Dir(p), v.Path("compilerOptions", "baseUrl").String())
	for _, m := range members(paths) {
		for _, target := range elems(m.Value) {
			if key := m.Name; key != "*" {
				found = append(found, typePath{key, path.Join(dir, strings.TrimSuffix(target.String(), "*"))})
			}
		}
	}
	return found
}

// meant returns the paths in the tree that spec, which the script at p imports, may mean, without suffix: beside p if it begins with
// a dot, else as named says.
func (l *listing) meant(p, spec string) []string {
	if strings.HasPrefix(spec, ".") {
		return []string{path.Join(path.Dir(p), spec)}
	}
	return l.named(p, spec)
}

// named returns the paths in the tree that spec, which the script at p imports, may mean
// before it is known what program the script is part of: below the folder of the script or
// one above it, by the default names of the frameworks' builds or those of a tsconfig.json.
func (l *listing) named(p, spec string) (found []string) {
	for dir := path.Dir(p); ; dir = path.Dir(dir) {
		var typed resolve.Resolver
		for _, name := range typeConfigs {
			for _, t := range l.typePaths(path.Join(dir, name), func(Unread) {}, 0) {
				if a, ok := resolve.NewAlias(t.key, t.target); ok {
					typed.Aliases = append(typed.Aliases, a)
				}
			}
		}
		built := resolve.Resolver{Root: dir, Aliases: taro.aliases()}
		found = append(append(found, typed.Targets(spec)...), built.Targets(spec)...)
		if dir == "." || dir == "/" {
			return found
		}
	}
}

// buildAliases reads the aliases of a build tool's configuration: alias: {…},
// alias: [{ find, replacement }], .alias.set(key, path).
func (l *configured) buildAliases(b *buildConfig) (found []resolve.Alias) {
	script.Walk(b.tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if n.Key == "alias" {
				found = append(found, l.aliasList(b, n.Value)...)
			}
		case *script.Call:
			if d, ok := n.Fn.(*script.Dot); ok && d.Name == "set" && len(n.Args) == 2 && aliasChain(d.X) {
				found = append(found, l.builtAlias(b, b.constants.value(n.Args[0]), n.Args[1])...)
			}
		}
		return true
	})
	return found
}

// aliasChain reports whether x is config.resolve.alias, or what set returned on it.
func aliasChain(x script.Expr) bool {
	for {
		switch e := x.(type) {
		case *script.Dot:
			if e.Name == "alias" {
				return true
			}
			x = e.X
		case *script.Call:
			x = e.Fn
		default:
			return false
		}
	}
}

// aliasList reads the value of alias.
func (l *configured) aliasList(b *buildConfig, x script.Expr) (found []resolve.Alias) {
	if id, ok := x.(*script.Ident); ok {
		x = b.constants.named[id.Symbol]
	}
	switch x := x.(type) {
	case *script.Object:
		for _, p := range x.Props {
			if p.Kind == script.SpreadProperty {
				if more := b.constants.objectOf(p.Value); more != nil && more != x {
					found = append(found, l.aliasList(b, more)...) // ...parts
				}
			} else if p.Computed == nil && p.Value != nil {
				found = append(found, l.builtAlias(b, jsonc.NewString(p.KeySpan, p.Key), p.Value)...)
			}
		}
	case *script.Array:
		for _, e := range x.Elems {
			o, ok := e.(*script.Object)
			if !ok {
				continue
			}
			var find, to script.Expr
			for _, p := range o.Props {
				switch p.Key {
				case "find":
					find = p.Value
				case "replacement":
					to = p.Value
				}
			}
			if find != nil && to != nil {
				found = append(found, l.builtAlias(b, b.constants.value(find), to)...)
			}
		}
	}
	return found
}

// leads reports whether p is a folder or a file, or a component or script without its suffix, that is there.
func (l *configured) leads(p string) bool {
	code := func(suffix string) bool { return l.list.has(p + suffix) }
	return l.list.holds(p) || l.list.has(p) || slices.ContainsFunc(l.site.Framework.suffixes(), code)
}

// builtAlias is the alias of a key and an expression for a path.
func (l *configured) builtAlias(b *buildConfig, key *jsonc.Value, x script.Expr) []resolve.Alias {
	parts, ok := b.path(x)
	if !key.Is(jsonc.String) || !ok {
		return nil
	}
	// A function of the configuration's own may start from the top of the project.
	for _, dir := range []string{b.dir, l.site.Root} {
		target := path.Join(dir, parts)
		if target == "." || l.leads(target) {
			return l.alias(key.String(), target)
		}
	}
	if to, ok := x.(*script.String); ok && !strings.HasPrefix(to.Value, ".") && !strings.HasPrefix(to.Value, "/") {
		l.renamed[key.String()] = to.Value
	}
	return nil
}

// packageFor is the name of what spec imports, for which a build may have another: 'ui/field' where ui is 'some-ui/src'.
func (l *configured) packageFor(spec string) string {
	name, rest := resolve.SplitPackage(spec)
	if to := l.renamed[name]; to != "" {
		return path.Join(to, rest)
	}
	return spec
}
