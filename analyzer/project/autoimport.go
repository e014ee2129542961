package project

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/script"
)

// Names that the build makes global: unplugin-auto-import imports what a script uses and
// does not declare, from packages and from the program's own directories (its README,
// imports and dirs; read 2026-11). It lists them in auto-imports.d.ts.

// Given is a name that the build imports into a module.
type Given struct {
	Spec   string  // what is imported
	Name   string  // the name it is exported under; "" for all that it exports
	Module *Module // nil if that is a package that is not in the tree
}

// autoImport is where a global name comes from.
type autoImport struct {
	from string // the file that names spec, for relative paths
	spec string
	name string // of the export; "" for all of them
}

// isAutoImport reports whether a package is the plug-in or a module of it.
func isAutoImport(pkg string) bool {
	return pkg == "unplugin-auto-import" || strings.HasPrefix(pkg, "unplugin-auto-import/")
}

// autoImports collects the global names, those of the declarations first.
func (l *configured) autoImports() map[string]autoImport {
	found := map[string]autoImport{}
	add := func(local string, a autoImport) {
		if _, known := found[local]; !known && local != "" {
			found[local] = a
		}
	}
	vars := map[string]*envVariable{}
	l.setByCommands([]string{l.site.Root}, vars)
	for _, dir := range []string{l.site.Root, l.site.Source} {
		var declared []string
		for _, at := range []string{"", "types", "typings"} {
			declared = append(declared, path.Join(dir, at, "auto-imports.d.ts"))
		}
		for _, b := range l.list.buildConfigs(dir, l.report) {
			b.provided(vars, add)
			for _, o := range b.options(isAutoImport) {
				declared = append(declared, b.places(option(o, "dts"))...)
				for _, x := range b.items(option(o, "imports")) {
					b.importsOf(x, path.Join(b.root, "x.ts"), add)
				}
				for _, pattern := range b.places(option(o, "dirs")) {
					l.exportsIn(pattern, add)
				}
			}
		}
		for _, p := range declared {
			for _, line := range declaredImport().FindAllStringSubmatch(l.plain(p), -1) {
				add(line[1], autoImport{p, line[2], line[3] + line[4]})
			}
		}
	}
	return found
}

// declaredImport is a line of auto-imports.d.ts:
//
//	const useUser: typeof import('./src/hooks/user')['useUser']
var declaredImport = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\s*const ([\w$]+): typeof import\(["']([^"']+)["']\)(?:\[["'](\w+)["']\]|\.(\w+))`)
})

// importsOf reads one entry of the plug-in's imports: { '@/api': ['save', ['get', 'load']] },
// or { from: '@/api', imports: [...] }. A text is a preset, which packages have models for.
func (b *buildConfig) importsOf(x script.Expr, from string, add func(string, autoImport)) {
	o, ok := x.(*script.Object)
	if !ok {
		return
	}
	names := func(spec string, list script.Expr) {
		for _, e := range b.items(list) {
			switch e := e.(type) {
			case *script.String:
				add(e.Value, autoImport{from, spec, e.Value})
			case *script.Array:
				if pair := b.constants.value(e).Strings(); len(pair) == 2 {
					add(pair[1], autoImport{from, spec, pair[0]})
				}
			}
		}
	}
	if spec, _ := constant(option(o, "from")); spec != "" {
		names(spec, option(o, "imports"))
		return
	}
	for _, p := range o.Props {
		if p.Computed == nil && p.Value != nil {
			names(p.Key, p.Value)
		}
	}
}

// provided reads what webpack's ProvidePlugin makes global (webpack documents, ProvidePlugin; read 2026-11):
//
//	new webpack.ProvidePlugin({ api: path.resolve('./src/api'), Vue: ['vue/dist/vue.esm.js', 'default'] })
//	chain.plugin('provide').use(webpack.ProvidePlugin, [{ api: './src/api' }])
func (b *buildConfig) provided(vars map[string]*envVariable, add func(string, autoImport)) {
	if !strings.Contains(b.tree.File.Text, "ProvidePlugin") {
		return
	}
	d := definer{b, b.locals(), vars, Defined{}}
	script.Walk(d.tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.New:
			if isProvider(n.Fn) && len(n.Args) == 1 {
				d.providedBy(n.Args[0], add)
			}
		case *script.Call:
			if len(n.Args) == 2 && isProvider(n.Args[0]) {
				for _, x := range d.items(n.Args[1]) {
					d.providedBy(x, add)
				}
			}
		}
		return true
	})
}

// isProvider reports whether x is webpack.ProvidePlugin.
func isProvider(x script.Expr) bool {
	id, _ := x.(*script.Ident)
	dot, _ := x.(*script.Dot)
	return id != nil && id.Name == "ProvidePlugin" || dot != nil && dot.Name == "ProvidePlugin"
}

// providedBy reads the object that ProvidePlugin is given.
func (d definer) providedBy(x script.Expr, add func(string, autoImport)) {
	o := d.constants.objectOf(x)
	if o == nil {
		return
	}
	from := path.Join(d.root, "x.ts") // relative paths begin where the tool runs
	for _, p := range o.Props {
		if p.Computed != nil || p.Value == nil {
			continue
		}
		if pair, ok := p.Value.(*script.Array); ok {
			if words := d.constants.value(pair).Strings(); len(words) == 2 {
				add(p.Key, autoImport{from, words[0], words[1]})
			}
			continue
		}
		for _, spec := range d.specs(p.Value) {
			add(p.Key, autoImport{from, spec, ""}) // the first counts: that of the published build
		}
	}
}

// specs are what x can name, that of the published build first: a package as written, or a path that is put together, of
// which parts may depend on the mode.
func (d definer) specs(x script.Expr) (found []string) {
	call, ok := x.(*script.Call)
	if !ok {
		found, _ = d.texts(x, 0)
		return found
	}
	found = []string{""}
	for _, a := range call.Args {
		pieces, _ := d.texts(a, 0)
		if id, ok := a.(*script.Ident); ok && id.Name == "__dirname" {
			pieces = []string{""}
		}
		found = joinedTexts(found, joinedTexts([]string{"/"}, pieces))
	}
	if inner, ok := d.path(call); ok && len(found) == 0 {
		found = []string{inner}
	}
	for k := range found {
		found[k] = d.relative(found[k])
	}
	slices.SortStableFunc(found, func(a, b string) int { return publishedMode(b) - publishedMode(a) })
	return found
}

// publishedMode is 1 for a script that is named after the mode of the published build, settings/production.
func publishedMode(p string) int {
	if slices.Contains(publishedModes, strings.TrimSuffix(path.Base(p), path.Ext(p))) {
		return 1
	}
	return 0
}

// relative is a path of the script's directory, or of where the tool runs, from there.
func (d definer) relative(p string) string {
	if d.dir != d.root && !d.list.holds(path.Join(d.root, p)) && len(d.list.scriptAt(path.Join(d.root, p))) == 0 {
		p = path.Join(strings.TrimPrefix(d.dir, d.root), p)
	}
	return "./" + strings.TrimPrefix(path.Clean(p), "/")
}

// exportsIn adds what the scripts export that a directory of the plug-in's dirs holds: a
// directory stands for its own files and the index of those in it. What a script exports
// as default is called like its file, or the directory of an index.
func (l *configured) exportsIn(pattern string, add func(string, autoImport)) {
	pattern = strings.TrimPrefix(pattern, "!")
	patterns := []string{pattern + "/*", pattern + "/*/index.*"}
	if strings.HasSuffix(pattern, "/**") || path.Ext(pattern) != "" {
		patterns = []string{pattern}
	}
	for _, p := range l.list.below(l.site.Root) {
		for _, glob := range patterns {
			if !isScript(p) || !doublestar.MatchUnvalidated(glob, p) {
				continue
			}
			file, bad := l.list.read(p)
			if bad != nil {
				break
			}
			for _, name := range exportedNames(l.list.cache.script(file, ModeOf(p))) {
				local := name
				if name == "default" {
					local = camel(nameOf(p))
				}
				add(local, autoImport{p, "./" + path.Base(p), name})
			}
			break
		}
	}
}

// nameOf is the name of a file without suffix, or that of the directory of an index.
func nameOf(p string) string {
	base := strings.TrimSuffix(path.Base(p), path.Ext(p))
	if base == "index" {
		return path.Base(path.Dir(p))
	}
	return base
}

// camel is formItem for form-item.
func camel(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	for i := range words {
		if i > 0 {
			words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
		}
	}
	return strings.Join(words, "")
}

// exportedNames returns the names that a script exports, without those it has from others
// under no name.
func exportedNames(tree *script.Program) (names []string) {
	for _, s := range tree.Body() {
		e, ok := s.(*script.Export)
		if !ok {
			continue
		}
		if e.Default {
			names = append(names, "default")
		}
		for _, n := range e.Names {
			names = append(names, n.Exported)
		}
		switch d := e.Decl.(type) {
		case *script.VarDecl:
			for _, one := range d.Decls {
				if id, ok := one.Target.(*script.Ident); ok {
					names = append(names, id.Name)
				}
			}
		case *script.FuncDecl:
			if d.Func.Name != nil && !e.Default {
				names = append(names, d.Func.Name.Name)
			}
		case *script.ClassDecl:
			if d.Class.Name != nil && !e.Default {
				names = append(names, d.Class.Name.Name)
			}
		case *script.Enum:
			names = append(names, d.Name.Name)
		}
	}
	return names
}

// give links the global names that m uses and does not declare with what the build
// imports for them.
func (l *linked) give(m *Module) {
	if len(l.auto) == 0 || m.Tree == nil || m.Library != "" {
		return
	}
	script.Walk(m.Tree, func(n script.Node) bool {
		id, ok := n.(*script.Ident)
		if !ok || id.Symbol != nil {
			return true
		}
		a, known := l.auto[id.Name]
		if !known || m.Given[id.Name] != nil {
			return true
		}
		g := &Given{Spec: a.spec, Name: a.name}
		if p := l.resolve.Script(a.from, a.spec); p != "" && p != m.File.Path {
			g.Module = l.codeModule(p)
		}
		if m.Given == nil {
			m.Given = map[string]*Given{}
		}
		m.Given[id.Name] = g
		return true
	})
}
