package project

import (
	"cmp"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/spelling"
)

// What a component registers need not be written in it: components: shared, components: { ...shared },
// mixins: [withForm, paged('orders')], extends: Base.

// maxMerged bounds how far mixins are followed to those that they take.
const maxMerged = 4

// written is a definition, or a list that is part of one, in the module that writes it.
type written struct {
	in *Module
	definition
}

// registered adds to found, by tag, the components that a definition registers, its own before those
// of what it takes up.
func (l *linked) registered(found map[string]*Using, w written, depth int) {
	if depth > maxMerged || w.in == nil {
		return
	}
	if list := w.member("components"); list != nil {
		l.listed(found, l.meant(w.in, list, 0), depth)
	}
	taken := []script.Expr{w.member("extends")}
	if list, ok := w.member("mixins").(*script.Array); ok {
		taken = append(taken, list.Elems...)
	}
	for _, x := range taken {
		if x != nil {
			l.registered(found, l.meant(w.in, x, 0), depth+1)
		}
	}
}

// listed adds the components of a list: { PhoneBox, 'shop-card': Card, ...shared }.
func (l *linked) listed(found map[string]*Using, w written, depth int) {
	if depth > maxMerged || w.object == nil {
		return
	}
	for _, p := range w.object.Props {
		if p.Kind == script.SpreadProperty {
			l.listed(found, l.meant(w.in, p.Value, 0), depth+1)
			continue
		}
		for _, tag := range []string{spelling.Tag(p.Key), spelling.Hyphenated(p.Key)} {
			if found[tag] == nil {
				if u := l.component(w.in, p.Value); u != nil {
					found[tag] = u
				}
			}
		}
	}
}

// meant is the definition that an expression of m means: an object, a name for one, here or in the
// module that it is imported from, or a call of a function that returns one.
func (l *linked) meant(m *Module, x script.Expr, depth int) written {
	if depth > maxMerged {
		return written{}
	}
	switch x := x.(type) {
	case *script.Object:
		return written{m, definition{object: x}}
	case *script.Ident:
		if from, name := l.importedFrom(m, x); from != nil {
			return l.exported(from, name)
		}
		return written{m, constantsOf(m.Tree).definition(x, declaredIn(m.Tree), 0)}
	case *script.Call:
		maker := l.meant(m, x.Fn, depth+1)
		if maker.fn == nil || maker.fn.Returned() == nil {
			return written{}
		}
		return l.meant(maker.in, maker.fn.Returned(), depth+1)
	}
	return written{}
}

// declaredIn returns the functions that a script declares.
func declaredIn(tree *script.Program) map[*script.Symbol]definition {
	found := map[*script.Symbol]definition{}
	for _, s := range tree.Body() {
		if e, ok := s.(*script.Export); ok && e.Decl != nil {
			s = e.Decl
		}
		if f, ok := s.(*script.FuncDecl); ok && f.Func.Name != nil && f.Func.Name.Symbol != nil {
			found[f.Func.Name.Symbol] = definition{fn: f.Func}
		}
	}
	return found
}

// importedFrom returns the module that a name of m is imported from, and its name there; nil if it is not.
func (l *linked) importedFrom(m *Module, id *script.Ident) (*Module, string) {
	for _, i := range m.Imports {
		if bindings(m.Tree, i)[id.Symbol] == nil {
			continue
		}
		from := i.Module
		if p := l.resolve.Script(m.File.Path, i.Spec); from == nil && p != "" {
			from = l.atHand(cmp.Or(l.parts[p].script, p))
		}
		if from != nil && from.Tree != nil {
			return from, cmp.Or(nameThere(m.Tree, id.Symbol), "default")
		}
	}
	return nil, ""
}

// nameThere is the name under which a module exports what tree imports from it as s: a of import { a as b } from "x". It
// is "" for what is not imported by its name.
func nameThere(tree *script.Program, s *script.Symbol) string {
	for _, stmt := range tree.Body() {
		if imp, ok := stmt.(*script.Import); ok {
			for _, n := range imp.Names {
				if n.Local != nil && n.Local.Symbol == s {
					return n.Imported
				}
			}
		}
	}
	return ""
}

// exported is the definition that m exports under a name.
func (l *linked) exported(m *Module, name string) written {
	if name == "default" {
		return written{m, definitionOf(m.Tree)}
	}
	c, declared := constantsOf(m.Tree), declaredIn(m.Tree)
	for _, s := range m.Tree.Body() {
		if e, ok := s.(*script.Export); ok {
			if x := exportedName(e, name); x != nil {
				return written{m, c.definition(x, declared, 0)}
			}
		}
	}
	return written{}
}
