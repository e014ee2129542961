package detect

import (
	"cmp"
	"slices"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// Who may call a function that was not run. Its name alone tells little: it may be written in a comment, name another
// function, or hand this one on under the same name to somebody who never calls it:
//
//	return { ...toRefs(state), submit }
//	const { phone } = useForm()

// mention is a place where a script writes a name.
type mention struct {
	at   source.Span
	call bool         // it is called there
	own  *source.Span // the definition that the name has in the script; nil if it comes from elsewhere
}

// written is what a script writes.
type written struct {
	names   map[string][]mention
	texts   []*script.String
	defined map[*script.Function]string // the functions that have a name
	unrun   []reader                    // functions that were not run, but for those inside another, in order
}

// defines reports whether a function of the script has that name.
func (w *written) defines(name string) bool {
	for _, defined := range w.defined {
		if defined == name {
			return true
		}
	}
	return false
}

// writtenIn reads the script of m once.
func (r *readers) writtenIn(m *project.Module) *written {
	if w := r.written[m]; w != nil {
		return w
	}
	w := &written{names: map[string][]mention{}}
	r.written[m] = w
	if m.Tree == nil {
		return w
	}
	w.defined = functionNames(m.Tree)
	w.unrun = r.unrun(m, w.defined)
	definitions, handed, called := map[*script.Symbol]source.Span{}, map[*script.Ident]bool{}, map[script.Expr]bool{}
	add := func(name string, x mention) { w.names[name] = append(w.names[name], x) }
	script.Walk(m.Tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Import:
			return false
		case *script.Declarator:
			id, named := n.Target.(*script.Ident)
			if named && id.Symbol != nil && definesFunction(n.Init) {
				definitions[id.Symbol] = n.Span
			}
		case *script.FuncDecl:
			if n.Func.Name != nil {
				definitions[n.Func.Name.Symbol] = n.Span
			}
		case *script.Property:
			if id, ok := n.Value.(*script.Ident); ok && n.Shorthand {
				handed[id] = true
			}
		case *script.ExportName:
			handed[n.Local] = n.Local != nil && n.Exported == n.Local.Name
		case *script.PatternProp:
			target := n.Target
			if d, ok := target.(*script.AssignPattern); ok {
				target = d.Target
			}
			if id, ok := target.(*script.Ident); n.Key != "" && (!ok || id.Name != n.Key) {
				add(n.Key, mention{at: n.Span})
			}
		case *script.Assign:
			if d, ok := n.Target.(*script.Dot); ok && definesFunction(n.Value) {
				called[d] = false
			}
		case *script.Call:
			called[n.Fn] = true
		case *script.Dot:
			if call, known := called[n]; call || !known {
				add(n.Name, mention{at: n.Span, call: call})
			}
		case *script.Ident:
			if s := n.Symbol; !handed[n] && (s == nil || s.Decl != n) {
				add(n.Name, mention{at: n.Span, call: called[n]})
			}
		case *script.String:
			w.texts = append(w.texts, n)
		case *script.Template:
			w.texts = append(w.texts, n.Strings...)
		}
		return true
	})
	w.settle(m.Tree, definitions)
	return w
}

// settle says of each name by itself which definition it has.
func (w *written) settle(tree *script.Program, definitions map[*script.Symbol]source.Span) {
	at := map[source.Span]*source.Span{}
	script.Walk(tree, func(n script.Node) bool {
		if id, ok := n.(*script.Ident); ok && id.Symbol != nil {
			if over, defined := definitions[id.Symbol]; defined {
				at[id.Span] = &over
			}
		}
		return true
	})
	for _, list := range w.names {
		for i := range list {
			list[i].own = at[list[i].at]
		}
	}
}

// definesFunction reports whether x is a function, or a call that is given one first: useCallback(() => …).
func definesFunction(x script.Expr) bool {
	if call, ok := x.(*script.Call); ok && len(call.Args) > 0 {
		x = call.Args[0]
	}
	_, is := x.(*script.Function)
	return is
}

// within returns the function that was not run and around a place; nil if the place was run.
func (w *written) within(at source.Span) *reader {
	i, _ := slices.BinarySearchFunc(w.unrun, at.Start, func(r reader, start int32) int { return cmp.Compare(r.at.Span.End, start+1) })
	if i < len(w.unrun) && w.unrun[i].at.Span.Contains(at) {
		return &w.unrun[i]
	}
	return nil
}

// mayBeCalled reports whether something may call r. What was run and calls a known function does not call this one.
func (d *destinations) mayBeCalled(r reader) bool { return d.callable(r, nil) }

// callable is mayBeCalled if none of the functions before is what calls r.
func (d *destinations) callable(r reader, before []reader) bool {
	if r.name == "" || d.readers.cut[r.at] || len(before) > maxHops {
		return true
	}
	before = append(before, r)
	reaches := func(w *written, at source.Span) bool {
		around := w.within(at)
		if around == nil {
			return true
		}
		asked := slices.ContainsFunc(before, func(b reader) bool { return b.at == around.at })
		return !asked && d.callable(*around, before)
	}
	for _, m := range d.program.Modules {
		if m.File == nil || m.Library != "" || !m.Reachable {
			continue
		}
		w := d.readers.writtenIn(m)
		here := m.File == r.at.File
		for _, x := range w.names[r.name] {
			other := x.own != nil && !(here && (x.own.Contains(r.at.Span) || r.at.Span.Contains(*x.own)))
			inside := here && r.at.Span.Contains(x.at)
			known := x.call && w.within(x.at) == nil && !d.flow.Blind[r.name]
			if !other && !inside && !known && reaches(w, x.at) {
				return true
			}
		}
		for _, s := range w.texts {
			if !(here && r.at.Span.Contains(s.Span)) && spelling.Holds(s.Value, r.name) && reaches(w, s.Span) {
				return true
			}
		}
	}
	return slices.ContainsFunc(d.program.Views, func(v *project.View) bool { return d.viewNames(v, r) })
}

// viewNames reports whether a template names r, and not a function of its own script.
func (d *destinations) viewNames(v *project.View, r reader) bool {
	if v.File == nil || v.Tree == nil || !spelling.Holds(v.File.Text, r.name) {
		return false
	}
	for _, u := range d.owners[v.File] {
		if u.Scripted {
			return false // its elements are in a script
		}
		if s := u.Script; s != nil && s.File != r.at.File && d.readers.writtenIn(s).defines(r.name) {
			return false
		}
	}
	named := false
	markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Element:
			for _, a := range n.Attrs {
				named = named || spelling.Holds(v.File.Slice(a.ValueSpan), r.name)
			}
		case *markup.Text:
			for _, p := range n.Parts {
				named = named || p.Expr != nil && spelling.Holds(v.File.Slice(p.Span), r.name)
			}
		}
		return !named
	})
	return named
}

// unrun returns the functions of m, which have these names, that no entry point ran, but for those inside another.
func (r *readers) unrun(m *project.Module, names map[*script.Function]string) (list []reader) {
	script.Walk(m.Tree, func(n script.Node) bool {
		fn, ok := n.(*script.Function)
		at := source.Location{File: m.File}
		if ok {
			at.Span = fn.Span
		}
		if !ok || r.d.flow.Ran[at] {
			return true
		}
		list = append(list, reader{names[fn], at, mentions(fn)})
		return false
	})
	slices.SortFunc(list, func(a, b reader) int { return cmp.Compare(a.at.Span.Start, b.at.Span.Start) })
	return list
}
