package project

import (
	"path"
	"slices"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/resolve"
	"github.com/beian/beian/analyzer/source"
)

// link resolves what modules and views name, and makes units of the library
// components that templates use, until a round adds nothing.
func (l *linked) link() {
	for {
		l.fresh = false
		l.parsePending()
		batch := l.unlinked
		l.unlinked = nil
		for _, t := range batch {
			if t.module != nil {
				l.linkModule(t.module)
			} else {
				l.linkView(t.view)
			}
		}
		l.useLibraries()
		if len(l.pending) == 0 && len(l.unlinked) == 0 && !l.fresh {
			return
		}
	}
}

func (l *linked) linkModule(m *Module) {
	l.give(m)
	l.expand(m)
	for _, i := range m.Imports {
		r := l.resolverOf(m.File.Path)
		p := l.fileOf(r, m, i.Spec)
		if p == "" {
			i.data = l.dataOf(r, m, i.Spec)
		}
		switch p {
		case "":
			l.lack(m, i)
		case m.File.Path:
		default:
			i.Module = l.codeModule(p)
			i.Module.WXS = i.Module.WXS || slices.Contains(platform.Filters(), path.Ext(p))
		}
	}
}

// dataOf returns the file of data that spec, imported in m, names; "" if it is not there. Bundlers read "./pages/tabs"
// as tabs.json if there is no script of that name (webpack and Vite documents, resolve.extensions; read 2026-11).
func (l *linked) dataOf(r *resolve.Resolver, m *Module, spec string) string {
	switch {
	case dataSuffixes[path.Ext(spec)]:
		return r.Asset(m.File.Path, spec)
	case l.site.Framework != nil && !m.WXS && l.owns(m, spec):
		if p := r.Asset(m.File.Path, spec+".json"); p != "" {
			return p
		}
	}
	return l.aliasedData(r, spec)
}

// aliasedData returns the JSON file that spec is an alias of, alias: { package: './package.json' }; "" if it is of none.
func (l *linked) aliasedData(r *resolve.Resolver, spec string) string {
	for _, p := range r.Targets(spec) {
		if dataSuffixes[path.Ext(p)] && r.Tree.Has(p) {
			return p
		}
	}
	return ""
}

// fileOf returns the file that spec, imported in m, names; "" if it is not there.
func (l *linked) fileOf(r *resolve.Resolver, m *Module, spec string) string {
	if m.WXS {
		return r.Filter(m.File.Path, spec)
	}
	p := r.Script(m.File.Path, spec)
	bundled := r == l.resolve && l.site.Framework != nil
	if added := p == "" && l.namesake(r, spec) || p == "" && bundled && l.committed(spec); added {
		p = r.Script(m.File.Path, spec)
	}
	if p == "" && slices.Contains(platform.Filters(), path.Ext(spec)) {
		p = r.Filter(m.File.Path, spec) // wepy imports the scripts of templates
	}
	return p
}

func (l *linked) linkView(v *View) {
	for _, ref := range v.refs {
		from := v.File.Path
		switch ref.kind {
		case "filter":
			if p := l.resolve.Filter(from, ref.src); p != "" {
				m := l.modules[p]
				if m == nil {
					m = l.module(p)
					m.WXS = true
				}
				if v.Scripts == nil {
					v.Scripts = map[string]*Module{}
				}
				v.Scripts[ref.name] = m
			}
			continue
		case "import", "include":
			p := l.resolve.Template(from, ref.src)
			if p == "" {
				l.missing(v, ref)
				continue
			}
			if p == from {
				continue
			}
			if ref.kind == "import" {
				v.Imports = append(v.Imports, l.view(p))
				continue
			}
			if v.Includes == nil {
				v.Includes = map[*markup.Element]*View{}
			}
			v.Includes[ref.element] = l.view(p)
			v.included = append(v.included, v.Includes[ref.element])
		}
	}
}

// missing reports a template that is included but missing.
func (l *linked) missing(v *View, ref reference) {
	l.report(Unread{
		Path:     v.File.Path,
		Location: source.Location{File: v.File, Span: ref.element.Open},
		Reason: lang.Textf("此处引用的模板“%s”不存在；请改正路径或补上文件",
			`the template "%s" that is brought in here is not there; correct the path or add the file`, ref.src),
		Hides: !l.shelfed(v.File.Path),
	})
}

// closure calls f for v and every view that it includes.
func (v *View) closure(f func(*View)) {
	seen := map[*View]bool{}
	var visit func(*View)
	visit = func(v *View) {
		if v == nil || seen[v] {
			return
		}
		seen[v] = true
		f(v)
		for _, i := range v.Imports {
			visit(i)
		}
		for _, i := range v.included {
			visit(i)
		}
	}
	visit(v)
}

// used calls f for each component that the unit's template uses: those whose
// tags are in it or in what it includes, their placeholders, and the defaults
// of generics.
func (u *Unit) used(f func(*Using)) {
	u.View.closure(func(v *View) {
		for _, tag := range v.tags {
			if tag == "component" {
				for _, using := range u.Dynamic {
					f(using)
				}
			}
			using := u.Components[tag]
			if using == nil {
				continue
			}
			f(using)
			if p := u.Components[using.placeholder]; p != nil {
				f(p)
			}
		}
	})
}

// useLibraries makes units of the library components that a template uses.
func (l *linked) useLibraries() {
	for _, base := range sortedKeys(l.units) {
		l.units[base].used(func(using *Using) {
			if using.Unit == nil && using.base != "" {
				using.Unit = l.unit(using.base, ComponentUnit)
			}
		})
	}
}

// tagPlace is the place of the first element with a tag in v or what it includes.
func (v *View) tagPlace(tag string) (at source.Location) {
	v.closure(func(v *View) {
		markup.WalkElements(v.Nodes(), func(e *markup.Element) {
			if e.Tag == tag && at.IsZero() {
				at = source.Location{File: v.File, Span: e.Open}
			}
		})
	})
	if at.IsZero() {
		at.File = v.File
	}
	return at
}
