package flow

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Whether two loads of a program are the same to a run. The comparison walks both side by
// side, whatever their types are, and compares everything but
//
//   - places, which must be where a source.Move leads;
//   - what no run reads: comments, texts between the tags of native views, the JSON of
//     pages and components, and answers that were kept.
//
// What is in a file that has not changed is one and the same thing in both loads (see
// project.Cache), and is not walked. A part of the source that a run may quote, such as the
// callee of a call, must have the same quotation.

// comparison is such a walk.
type comparison struct {
	twins
	old, new *project.Program
	move     func(old, new *source.File) *source.Move
	met      map[visit]uintptr // what each thing is paired with
	taken    map[visit]bool    // what is the pair of another
	from, to *source.File      // that the present places are in
}

type visit struct {
	kind reflect.Type
	at   uintptr
}

// twinsOf returns what has become of each thing of one load in another, nil if they are not
// the same to a run.
func twinsOf(old, new *project.Program) *twins {
	comments := func(f *source.File, p *project.Program) []source.Span { return commentsIn(p, f) }
	for _, move := range []func(a, b *source.File) *source.Move{
		source.MoveAround,
		func(a, b *source.File) *source.Move {
			return source.MoveApart(a, b, comments(a, old), comments(b, new))
		},
	} {
		c := &comparison{old: old, new: new, move: move, met: map[visit]uintptr{}, taken: map[visit]bool{}}
		c.twins = twins{pairs: map[any]any{}, moves: map[*source.File]*source.Move{}}
		if c.fields(reflect.ValueOf(old).Elem(), reflect.ValueOf(new).Elem()) {
			return &c.twins
		}
	}
	return nil
}

// commentsIn returns the comments of a file, in order.
func commentsIn(p *project.Program, f *source.File) (all []source.Span) {
	script := func(tree *script.Program) {
		if tree != nil {
			for _, c := range tree.Comments {
				all = append(all, c.Span)
			}
		}
	}
	for _, m := range p.Modules {
		if m.File == f {
			script(m.Tree)
		}
	}
	for _, v := range p.Views {
		if v.File != f || v.Tree == nil {
			continue
		}
		markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
			switch n := n.(type) {
			case *markup.Comment:
				all = append(all, n.Span)
			case *markup.Element:
				script(n.Script)
			}
			return true
		})
	}
	slices.SortFunc(all, func(a, b source.Span) int { return int(a.Start - b.Start) })
	return slices.Compact(all)
}

// unseen are the fields that no run reads.
var unseen = map[reflect.Type][]string{
	reflect.TypeFor[project.Program](): {
		"Root", "Source", "Within", "Outside", "Outputs", "Elsewhere", "Name", "AppID", "Settings", "Config", "LargeData", "Data", "Unread",
		"Bytes", "Files", "Variants", "Condition", "Memo",
	},
	reflect.TypeFor[project.Unit]():    {"Title", "Config", "ConfigFile"},
	reflect.TypeFor[project.View]():    {"labelsOnce", "labels"}, // made of the tree when they are asked for
	reflect.TypeFor[script.Program]():  {"Comments", "Memo", "lock"},
	reflect.TypeFor[markup.Document](): {"Memo", "written"},
}

// same reports whether two things are the same to a run.
func (c *comparison) same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Pointer:
		return c.pointers(a, b)
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return a.Elem().Type() == b.Elem().Type() && c.same(a.Elem(), b.Elem())
	case reflect.Struct:
		if a.Type() == spanType {
			return c.span(spanOf(a), spanOf(b))
		}
		from, to := c.from, c.to
		defer func() { c.from, c.to = from, to }()
		return c.enter(a, b) && c.fields(a, b)
	case reflect.Slice:
		if a.Type() == nodesType && a.CanInterface() {
			return c.nodes(a.Interface().([]markup.Node), b.Interface().([]markup.Node))
		}
		return c.lists(a, b)
	case reflect.Array:
		return c.lists(a, b)
	case reflect.Map:
		return c.maps(a, b)
	case reflect.String:
		return a.String() == b.String()
	case reflect.Bool:
		return a.Bool() == b.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return a.Int() == b.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return a.Uint() == b.Uint()
	case reflect.Float32, reflect.Float64:
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
	}
	return a.IsZero() && b.IsZero() // functions and the like: nobody can say
}

var (
	spanType  = reflect.TypeFor[source.Span]()
	fileType  = reflect.TypeFor[*source.File]()
	nodesType = reflect.TypeFor[[]markup.Node]()
)

func spanOf(v reflect.Value) source.Span {
	return source.Span{Start: int32(v.Field(0).Int()), End: int32(v.Field(1).Int())}
}

// enter takes the file that a struct names for that of the places in it.
func (c *comparison) enter(a, b reflect.Value) bool {
	for i := range a.NumField() {
		if a.Type().Field(i).Type != fileType || a.Field(i).IsNil() || b.Field(i).IsNil() || !a.Field(i).CanInterface() {
			continue
		}
		from, to := a.Field(i).Interface().(*source.File), b.Field(i).Interface().(*source.File)
		if !c.file(from, to) {
			return false
		}
		c.from, c.to = from, to
		break
	}
	return true
}

func (c *comparison) fields(a, b reflect.Value) bool {
	without := unseen[a.Type()]
	for i := range a.NumField() {
		if slices.Contains(without, a.Type().Field(i).Name) {
			continue
		}
		if !c.same(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}

func (c *comparison) pointers(a, b reflect.Value) bool {
	if a.Pointer() == b.Pointer() {
		return true
	}
	if a.IsNil() || b.IsNil() {
		return false
	}
	k := visit{a.Type(), a.Pointer()}
	if known, ok := c.met[k]; ok {
		return known == b.Pointer()
	}
	if !a.CanInterface() || c.taken[visit{a.Type(), b.Pointer()}] {
		return false
	}
	c.met[k], c.taken[visit{a.Type(), b.Pointer()}] = b.Pointer(), true
	x, y := a.Interface(), b.Interface()
	switch x := x.(type) {
	case *source.File:
		return c.file(x, y.(*source.File))
	case *project.Module:
		if x.Library != "" && x.File != y.(*project.Module).File {
			return false // what it is known for may be anywhere in its text
		}
	case *project.View:
		if c.old.Framework != "native" && x.Text() != y.(*project.View).Text() {
			return false
		}
	}
	if node, ok := x.(script.Node); ok && !c.quoted(node, y.(script.Node)) {
		return false
	}
	c.pairs[x] = y
	return c.same(a.Elem(), b.Elem())
}

// file pairs two files, of which the second is a change of the first.
func (c *comparison) file(a, b *source.File) bool {
	if a == b {
		return true
	}
	if m := c.moves[a]; m != nil {
		return m.To == b
	}
	if a.Path != b.Path || describesButton(a.Text) != describesButton(b.Text) || (len(a.Text) > maxData) != (len(b.Text) > maxData) {
		return false
	}
	m := c.move(a, b)
	if m == nil {
		return false
	}
	c.moves[a] = m
	return true
}

func (c *comparison) span(a, b source.Span) bool {
	if c.from == c.to {
		return a == b
	}
	moved, ok := c.moves[c.from].Span(a)
	return ok && moved == b
}

func (c *comparison) lists(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !c.same(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func (c *comparison) maps(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for entries := a.MapRange(); entries.Next(); {
		key := entries.Key()
		if key.Kind() == reflect.Pointer && key.CanInterface() {
			if twin, ok := c.pairs[key.Interface()]; ok {
				key = reflect.ValueOf(twin)
			}
		}
		other := b.MapIndex(key)
		if !other.IsValid() || !c.same(entries.Value(), other) {
			return false
		}
	}
	return true
}

// nodes compares what is between two tags. A run of a native view looks at the elements
// and the keys of keypads alone, but may see that there is something.
func (c *comparison) nodes(a, b []markup.Node) bool {
	if (len(a) == 0) != (len(b) == 0) {
		return false
	}
	if c.old.Framework == "native" {
		if !slices.Equal(keyTexts(a), keyTexts(b)) {
			return false
		}
		a, b = elementsOf(a), elementsOf(b)
	}
	return c.lists(reflect.ValueOf(a), reflect.ValueOf(b))
}

func elementsOf(nodes []markup.Node) (out []markup.Node) {
	for _, n := range nodes {
		if e, ok := n.(*markup.Element); ok {
			out = append(out, e)
		}
	}
	return out
}

// quoted reports whether what a run may quote of the source of a node is the same. What it
// asks of a whole text is here, too: callee, methodAt, methodName and the like ask it of
// the place of a call.
func (c *comparison) quoted(a, b script.Node) bool {
	if c.from == nil || c.from == c.to {
		return true
	}
	x := source.Location{File: c.from, Span: a.Range()}
	y := source.Location{File: c.to, Span: b.Range()}
	if x.Text() == y.Text() {
		return true
	}
	switch n := a.(type) {
	case *script.String, *script.Number, *script.Regexp, *script.JSXText, *script.JSXElement:
		return false
	case *script.Call:
		return callee(x) == callee(y) && c.called(rangeIn(x, n.Fn), rangeIn(y, b.(*script.Call).Fn))
	case *script.New:
		return callee(x) == callee(y) && c.called(rangeIn(x, n.Fn), rangeIn(y, b.(*script.New).Fn))
	case *script.Template:
		return n.Tag == nil
	case script.Expr, script.Stmt:
		return callee(x) == callee(y)
	}
	return true
}

func rangeIn(l source.Location, n script.Node) source.Location {
	return source.Location{File: l.File, Span: n.Range()}
}

// called is quoted for what is called: a run also looks for names in it.
func (c *comparison) called(x, y source.Location) bool {
	a, b := x.Text(), y.Text()
	if a == b {
		return true
	}
	plain := !strings.Contains(a, "//") && !strings.Contains(a, "/*") && !strings.Contains(b, "//") && !strings.Contains(b, "/*")
	return plain && methodAt(x) == methodAt(y) && methodName(x) == methodName(y)
}
