package detect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Functions that the engine did not run although something may call them: one that
// names the key under which a page keeps a value may read it.

// reader is a function of the program that no entry point ran.
type reader struct {
	name     string
	at       source.Location
	mentions map[string]bool // properties that it names
}

// readers finds those of each module on demand.
type readers struct {
	d       *destinations
	written map[*project.Module]*written
	cut     map[source.Location]bool // functions of which a limit kept calls from being followed
}

func newReaders(d *destinations) *readers {
	r := &readers{d, map[*project.Module]*written{}, map[source.Location]bool{}}
	for _, c := range d.flow.Costs {
		if c.Cut > 0 {
			r.cut[c.Function] = true
		}
	}
	return r
}

// unrunReaders returns the functions around f that were not run and name the key of the
// value of f.
func (d *destinations) unrunReaders(f *finding.Finding) (lost []finding.Loss) {
	names := d.keptUnder(f)
	if len(names) == 0 {
		return nil
	}
	if d.readers == nil {
		d.readers = newReaders(d)
	}
	for _, u := range d.unitsOf(f) {
		for _, m := range d.surroundings(u).modules {
			for _, r := range d.readers.of(m) {
				if slices.ContainsFunc(names, func(n string) bool { return r.mentions[n] }) && d.mayBeCalled(r) {
					lost = union(lost, []finding.Loss{finding.LostNear(finding.NotRun, r.name, r.at)})
				}
			}
		}
	}
	return lost
}

// kept are the kinds of key under which other functions find a value.
var kept = map[string]bool{"data": true, "property": true, "storage": true}

// keptUnder returns the names under which the value of f is kept: "form.phone" gives
// "phone", the last name of the path.
func (d *destinations) keptUnder(f *finding.Finding) (names []string) {
	add := func(path string) {
		parts := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]'\"", r) })
		if n := len(parts); n > 0 && utf8.RuneCountInString(parts[n-1]) > 1 && !general[parts[n-1]] && !slices.Contains(names, parts[n-1]) {
			names = append(names, parts[n-1])
		}
	}
	for _, v := range d.uses[f.Location] {
		for _, k := range v.uses.Keys {
			if kept[k.Kind] {
				add(k.Name)
			}
		}
		for _, n := range v.names {
			add(n)
		}
	}
	return names
}

// general are names that tell nothing about the value under them.
var general = map[string]bool{"value": true, "data": true, "detail": true, "index": true, "length": true, "modelValue": true}

// of returns the functions of m that no entry point ran, but for those inside another.
func (r *readers) of(m *project.Module) []reader {
	if m.Tree == nil || m.Compressed {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.writtenIn(m).unrun), func(f reader) bool { return f.name == "" })
}

// functionNames returns the names of the functions in a script.
func functionNames(tree *script.Program) map[*script.Function]string {
	names := map[*script.Function]string{}
	name := func(x script.Expr, as string) {
		if fn, ok := x.(*script.Function); ok && as != "" {
			names[fn] = as
		}
	}
	script.Walk(tree, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			name(n.Value, n.Key)
		case *script.Member:
			name(n.Value, n.Key)
		case *script.FuncDecl:
			if n.Func != nil && n.Func.Name != nil {
				names[n.Func] = n.Func.Name.Name
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok {
				name(n.Init, id.Name)
			}
		case *script.Assign:
			if d, ok := n.Target.(*script.Dot); ok {
				name(n.Value, d.Name)
			}
		}
		return true
	})
	return names
}

// mentions returns the properties that a function reads, and the texts in it, which may
// be keys of the storage.
func mentions(fn *script.Function) map[string]bool {
	out := map[string]bool{}
	script.Walk(fn, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Dot:
			out[n.Name] = true
		case *script.String:
			out[n.Value] = true
		case *script.ObjectPattern:
			for _, p := range n.Props {
				out[p.Key] = true
			}
		}
		return true
	})
	return out
}
