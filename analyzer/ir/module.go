package ir

import (
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// imported is what an imported name refers to.
type imported struct {
	module *Ext   // hidden variable that holds the exports of the module
	name   string // the export, or "" for all of them
}

// exported is one name that a variable is exported as, by the module or by a
// TypeScript namespace.
type exported struct {
	name      string
	namespace *Ext // variable of the namespace, or nil
	done      bool // some store of the variable has exported it
}

// program lowers the top level of a script.
func (l *lowerer) program(p *script.Program) {
	l.imported(p.Body())
	l.enter(p.Scope())
	l.collectExports(p.Body(), nil)
	l.importAll(p.Body())
	l.statements(p.Body())
	l.exportRest(p.Body())
}

// sourceOf is the module that an import or export declaration names, or nil.
func sourceOf(s script.Stmt) *script.String {
	switch s := s.(type) {
	case *script.Import:
		if !s.Equals {
			return s.Source
		}
	case *script.Export:
		return s.Source
	}
	return nil
}

// imported makes one hidden variable for each imported module, and notes what
// the imported names refer to.
func (l *lowerer) imported(list []script.Stmt) {
	for _, s := range list {
		src := sourceOf(s)
		if src == nil {
			continue
		}
		if l.sources[src.Value] == nil {
			v := &Var{Name: "(import '" + src.Value + "')", Span: src.Span, Const: true}
			l.sources[src.Value] = l.newVar(v)
		}
		imp, ok := s.(*script.Import)
		if !ok {
			continue
		}
		note := func(local *script.Ident, name string) {
			if local != nil && local.Symbol != nil {
				l.imports[known(local.Symbol)] = imported{l.sources[src.Value], name}
			}
		}
		note(imp.Default, "default")
		note(imp.Namespace, "")
		for _, n := range imp.Names {
			note(n.Local, n.Imported)
		}
	}
}

// importAll imports every module once, in the order they are first named, and
// passes on what is exported from them.
func (l *lowerer) importAll(list []script.Stmt) {
	loaded := make(map[string]bool)
	for _, s := range list {
		src := sourceOf(s)
		if src == nil {
			continue
		}
		mark := l.next
		if !loaded[src.Value] {
			loaded[src.Value] = true
			v := l.value(Instr{Op: Import, Name: src.Value, Span: src.Span})
			l.emit(Instr{Op: Store, A: v, Span: src.Span, Ext: l.sources[src.Value]})
		}
		if e, ok := s.(*script.Export); ok {
			l.exportFrom(e, l.sources[src.Value])
		}
		l.next = mark
	}
	for _, s := range list {
		if e, ok := s.(*script.Export); ok && e.Source == nil {
			l.exportImports(e)
		}
	}
}

// exportFrom lowers export … from "x".
func (l *lowerer) exportFrom(e *script.Export, module *Ext) {
	if e.All {
		ns := l.value(Instr{Op: Load, Span: e.Source.Span, Ext: module})
		if e.AllAs == "" {
			l.emit(Instr{Op: ExportAll, A: ns, Span: e.Span})
		} else {
			l.emit(Instr{Op: Export, A: ns, Name: e.AllAs, Span: e.Span})
		}
	}
	for _, n := range e.Names {
		if n.Local != nil {
			v := l.readImport(imported{module, n.Local.Name}, n.Local.Span)
			l.emit(Instr{Op: Export, A: v, Name: n.Exported, Span: n.Span})
		}
	}
}

// exportImports exports again what is imported: import {a} …; export {a}.
func (l *lowerer) exportImports(e *script.Export) {
	for _, n := range e.Names {
		if n.Local == nil {
			continue
		}
		if imp, ok := l.imports[known(n.Local.Symbol)]; ok {
			mark := l.next
			v := l.readImport(imp, n.Local.Span)
			l.emit(Instr{Op: Export, A: v, Name: n.Exported, Span: n.Span})
			l.next = mark
		}
	}
}

func (l *lowerer) readImport(imp imported, at source.Span) Reg {
	v := l.value(Instr{Op: Load, Span: at, Ext: imp.module})
	if imp.name == "" {
		return v
	}
	return l.value(Instr{Op: Get, A: v, Name: imp.name, Span: at})
}

// collectExports notes which variables the export declarations in list export,
// so that every store to one of them exports its value. namespace is the
// variable of the TypeScript namespace that list is the body of, or nil.
func (l *lowerer) collectExports(list []script.Stmt, namespace *Ext) {
	for _, s := range list {
		e, ok := s.(*script.Export)
		if n, inner := s.(*script.Namespace); inner && namespace != nil {
			e, ok = &script.Export{Decl: n}, true // namespace a.b {}
		}
		if !ok || e.Source != nil {
			continue
		}
		note := func(local *script.Ident, name string) {
			if local == nil || local.Symbol == nil {
				return
			}
			l.exports[known(local.Symbol)] = append(l.exports[known(local.Symbol)], &exported{name: name, namespace: namespace})
		}
		for _, n := range e.Names {
			note(n.Local, n.Exported)
		}
		for _, id := range declared(e.Decl) {
			if e.Default {
				note(id, "default")
			} else {
				note(id, id.Name)
			}
		}
	}
}

// declared lists the names that a declaration declares.
func declared(s script.Stmt) []*script.Ident {
	var names []*script.Ident
	switch s := s.(type) {
	case *script.VarDecl:
		for _, d := range s.Decls {
			names = patternNames(d.Target, names)
		}
	case *script.FuncDecl:
		names = append(names, s.Func.Name)
	case *script.ClassDecl:
		names = append(names, s.Class.Name)
	case *script.Enum:
		names = append(names, s.Name)
	case *script.Namespace:
		names = append(names, s.Name)
	case *script.Import:
		names = append(names, s.Default)
	}
	kept := names[:0]
	for _, id := range names {
		if id != nil {
			kept = append(kept, id)
		}
	}
	return kept
}

// patternNames appends the names that a pattern declares.
func patternNames(e script.Expr, names []*script.Ident) []*script.Ident {
	switch e := e.(type) {
	case *script.Ident:
		names = append(names, e)
	case *script.AssignPattern:
		names = patternNames(e.Target, names)
	case *script.Rest:
		names = patternNames(e.Target, names)
	case *script.ArrayPattern:
		for _, x := range e.Elems {
			names = patternNames(x, names)
		}
	case *script.ObjectPattern:
		for _, p := range e.Props {
			names = patternNames(p.Target, names)
		}
		names = patternNames(e.Rest, names)
	}
	return names
}

// export exports v, which was just stored.
func (l *lowerer) export(e *exported, v Reg, at source.Span) {
	e.done = true
	if e.namespace == nil {
		l.emit(Instr{Op: Export, A: v, Name: e.name, Span: at})
		return
	}
	ns := l.value(Instr{Op: Load, Span: at, Ext: e.namespace})
	l.emit(Instr{Op: Set, A: ns, B: v, Name: e.name, Span: at})
}

// exportRest exports the variables that the top level itself never stores to.
func (l *lowerer) exportRest(list []script.Stmt) {
	for _, s := range list {
		e, ok := s.(*script.Export)
		if !ok || e.Source != nil {
			continue
		}
		names := declared(e.Decl)
		for _, n := range e.Names {
			if n.Local != nil {
				names = append(names, n.Local)
			}
		}
		for _, id := range names {
			if _, ok := l.imports[known(id.Symbol)]; ok || id.Symbol == nil {
				continue
			}
			for _, x := range l.exports[known(id.Symbol)] {
				if !x.done {
					mark := l.next
					l.export(x, l.read(id), id.Span)
					l.next = mark
				}
			}
		}
	}
}

// moduleItem lowers an import or export declaration in its place; most of it
// is done by importAll and write.
func (l *lowerer) moduleItem(s script.Stmt) {
	switch s := s.(type) {
	case *script.Import:
		if s.Equals && s.Default != nil && s.Source != nil {
			require := l.value(Instr{Op: Global, Name: "require", Span: s.Span})
			spec := l.literal(s.Source)
			v := l.value(Instr{Op: Call, A: require, B: None, Span: s.Span, Ext: l.call(s.Span, []Reg{spec}, nil)})
			l.write(s.Default, v, s.Default.Span)
		}
	case *script.Export:
		l.exportItem(s)
	}
}

func (l *lowerer) exportItem(s *script.Export) {
	switch {
	case s.Decl != nil:
		c, ok := s.Decl.(*script.ClassDecl)
		if !ok || c.Class.Name != nil || !s.Default {
			l.statement(s.Decl)
			return
		}
		v := l.class(c.Class, "default")
		l.emit(Instr{Op: Export, A: v, Name: "default", Span: s.Span})
	case s.Value == nil:
	case s.Equals:
		v := l.named(s.Value, "exports")
		module := l.value(Instr{Op: Global, Name: "module", Span: s.Span})
		l.emit(Instr{Op: Set, A: module, B: v, Name: "exports", Span: s.Span})
	default:
		v := l.named(s.Value, "default")
		l.emit(Instr{Op: Export, A: v, Name: "default", Span: s.Value.Range()})
	}
}
