package project

import (
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// follow marks what the running program can reach. It starts from the app, the
// registered pages, what a platform runs by itself, and the cloud functions,
// and follows imports, templates and the components whose tags are used.
func (l *linked) follow() {
	l.markUnasked()
	l.app.reach()
	l.program.Entry.reach()
	for _, m := range l.program.Mounts {
		m.reach()
	}
	for _, u := range l.units {
		if u.Registered {
			u.reach()
		}
	}
	for _, u := range l.implicit {
		u.reach()
	}
	for _, f := range l.program.Functions {
		f.Main.reach()
	}
	for _, m := range l.program.Triggers {
		m.reach()
	}
	for _, p := range l.entries() {
		l.modules[p].reach()
	}
	for _, u := range l.units {
		if u.Scripted && u.Script.Reachable { // the elements of a script are in it
			u.reach()
		}
	}
}

// reach marks a unit and what it uses.
func (u *Unit) reach() {
	if u == nil || u.Reachable {
		return
	}
	u.Reachable = true
	u.Script.reach()
	u.View.reach()
	u.used(func(using *Using) { using.Unit.reach() })
	for _, using := range u.Components {
		if using.Generic {
			using.Unit.reach()
		}
	}
}

func (m *Module) reach() {
	if m == nil || m.Reachable {
		return
	}
	m.Reachable = true
	for _, i := range m.Imports {
		if i.erased {
			continue
		}
		if (i.idle || i.unasked) && i.Module != nil && i.Module.Tree != nil && markup.HasElements(i.Module.Tree) {
			continue // a component that is shown nowhere
		}
		i.Module.reach()
	}
	for _, g := range m.Globs {
		for _, one := range g.Modules {
			one.reach()
		}
	}
	for _, g := range m.Given {
		g.Module.reach()
	}
}

// markUnasked marks the parts of barrels that nothing takes from them: of
//
//	export { default as Row } from './row'
//	export { default as Field } from './field'
//
// Field, if all who import the barrel name Row. A barrel that is taken as a whole has none.
func (l *linked) markUnasked() {
	asked, whole := map[*Module]map[string]bool{}, map[*Module]bool{}
	ask := func(of *Module, name string) {
		if asked[of] == nil {
			asked[of] = map[string]bool{}
		}
		asked[of][name] = true
	}
	for _, m := range l.modules {
		if m.Tree == nil {
			continue
		}
		named := map[source.Span]bool{} // what imports and exports with names say of themselves
		for _, s := range m.Tree.Body() {
			switch s := s.(type) {
			case *script.Import:
				if s.Source == nil || s.Namespace != nil {
					continue
				}
				named[s.Source.Span] = true
				if of := m.Import(s.Source.Value); of != nil {
					for _, n := range s.Names {
						ask(of, n.Imported)
					}
				}
			case *script.Export:
				if s.Source == nil || s.All {
					continue
				}
				named[s.Source.Span] = true
				if of := m.Import(s.Source.Value); of != nil {
					for _, n := range s.Names {
						ask(of, n.Local.Name)
					}
				}
			}
		}
		for _, i := range m.Imports {
			whole[i.Module] = whole[i.Module] || !named[i.Span]
		}
		for _, g := range m.Globs {
			for _, one := range g.Modules {
				whole[one] = true
			}
		}
		for _, g := range m.Given {
			whole[g.Module] = true
		}
	}
	for _, m := range l.modules {
		if m.Tree == nil || whole[m] || len(asked[m]) == 0 {
			continue
		}
		for _, s := range m.Tree.Body() {
			e, ok := s.(*script.Export)
			if !ok || e.Source == nil || e.All {
				continue
			}
			if i := m.importAt(e.Source.Span); i != nil {
				taken := func(n *script.ExportName) bool { return n.Exported == "default" || asked[m][n.Exported] }
				i.unasked = !slices.ContainsFunc(e.Names, taken)
			}
		}
	}
}

// importAt is the import that is written at a place; nil if there is none.
func (m *Module) importAt(at source.Span) *Import {
	for _, i := range m.Imports {
		if i.Span == at {
			return i
		}
	}
	return nil
}

func (v *View) reach() {
	if v == nil {
		return
	}
	v.closure(func(v *View) {
		v.Reachable = true
		for _, m := range v.Scripts {
			m.reach()
		}
	})
}

// entries returns the paths of modules that run without being imported: those
// of workers, of functional pages and the open data context, entries of
// subpackages and what is exported to plugins.
func (l *linked) entries() []string {
	c := l.program.Config.Value
	var files, dirs []string
	file := func(v *jsonc.Value, root string) {
		if s := v.String(); s != "" {
			files = append(files, path.Join(l.site.Source, root, path.Join("/", s)))
		}
	}
	dir := func(v *jsonc.Value) {
		if s := v.String(); s != "" {
			dirs = append(dirs, path.Join(l.site.Source, path.Join("/", s)))
		}
	}
	dir(c.Get("workers"))
	dir(c.Path("workers", "path"))
	dir(c.Get("openDataContext"))
	if c.Get("functionalPages") != nil {
		dirs = append(dirs, path.Join(l.site.Source, "functional-pages"))
	}
	exports := func(plugins *jsonc.Value, root string) {
		for _, m := range members(plugins) {
			file(m.Value.Get("export"), root)
		}
	}
	exports(c.Get("plugins"), "")
	for _, s := range subpackages(c) {
		file(s.Value.Get("entry"), s.Root)
		exports(s.Value.Get("plugins"), s.Root)
	}
	var found []string
	for _, f := range files {
		for _, p := range []string{f, f + ".js", f + ".ts", strings.TrimSuffix(f, ".js") + ".ts"} {
			if l.modules[p] != nil {
				found = append(found, p)
			}
		}
	}
	for _, p := range sortedKeys(l.modules) {
		for _, d := range dirs {
			if under(d, p) {
				found = append(found, p)
			}
		}
	}
	return found
}
