package ir

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// Dump writes every function of m, the top level first. It lowers them all.
// The first error of w is returned.
func (m *Module) Dump(w io.Writer) error {
	for i, f := range m.Init.Funcs() {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		if err := f.Dump(w); err != nil {
			return err
		}
	}
	return nil
}

// Dump writes f as text, one instruction a line: registers as r0, variables as
// name or, if they belong to a function around f, ^name, and behind // the
// source of the instruction as line:column-column. It lowers f but not the
// functions in it. The first error of w is returned.
func (f *Func) Dump(w io.Writer) error {
	d := &dumper{f: f}
	body := f.Body()
	d.header()
	d.block(body, 1)
	_, err := io.WriteString(w, d.out.String())
	return err
}

type dumper struct {
	f   *Func
	out strings.Builder
}

func (d *dumper) header() {
	f := d.f
	kind := "function " + f.Name
	if f.Parent == nil {
		kind = "init"
	}
	flags := []struct {
		set  bool
		name string
	}{
		{f.Arrow, "arrow"}, {f.Async, "async"}, {f.Generator, "generator"}, {f.Class != nil, "constructor"},
		{f.Class != nil && f.Class.Derived, "derived"}, {f.Class != nil && f.Class.Default, "default"},
	}
	for _, flag := range flags {
		if flag.set {
			kind += " " + flag.name
		}
	}
	fmt.Fprintf(&d.out, "%s params=%d regs=%d // %s\n", kind, f.Params, f.Regs, d.span(f.Span))
	for _, v := range f.Vars {
		kind := "var"
		if v.Const {
			kind = "const"
		}
		if v.Param {
			kind += " param"
		}
		fmt.Fprintf(&d.out, "  %s %s // %s\n", kind, v.Name, d.span(v.Span))
	}
}

func (d *dumper) span(s source.Span) string {
	start, end := d.f.File.Position(s.Start), d.f.File.Position(s.End)
	if start.Line == end.Line {
		return fmt.Sprintf("%d:%d-%d", start.Line, start.Column, end.Column)
	}
	return fmt.Sprintf("%d:%d-%d:%d", start.Line, start.Column, end.Line, end.Column)
}

// blockNames are the headings of the blocks of an operation, "" for the first.
var blockNames = map[Op][]string{
	If:    {"", "else"},
	Loop:  {"", "update"},
	ForOf: {""},
	ForIn: {""},
	Try:   {"", "catch", "finally"},
	Block: {""},
}

func (d *dumper) block(block []Instr, depth int) {
	indent := strings.Repeat("  ", depth)
	for n := range block {
		i := &block[n]
		fmt.Fprintf(&d.out, "%s%s // %s\n", indent, d.text(i), d.span(i.Span))
		if i.Ext == nil {
			continue
		}
		for k, b := range i.Ext.Blocks {
			if name := blockNames[i.Op][k]; name != "" && len(b) > 0 {
				fmt.Fprintf(&d.out, "%s%s\n", indent, name)
			}
			d.block(b, depth+1)
		}
	}
}

// text writes one instruction without its place and blocks.
func (d *dumper) text(i *Instr) string {
	s := shapes[i.Op]
	var b strings.Builder
	if i.Dst != None {
		fmt.Fprintf(&b, "r%d = ", i.Dst)
	}
	b.WriteString(s.text)
	x := i.Ext
	if x == nil {
		x = &noExt
	}
	if x.Var != nil {
		b.WriteByte(' ')
		for f := d.f; f != nil && f != x.Var.Func; f = f.Parent {
			b.WriteByte('^')
		}
		b.WriteString(x.Var.Name)
	}
	for n, r := range []Reg{i.A, i.B, i.C} {
		switch {
		case r == None:
		case i.Op == Call && n == 1:
			fmt.Fprintf(&b, " this=r%d", r)
		default:
			fmt.Fprintf(&b, " r%d", r)
		}
	}
	if s.name && (i.Name != "" || len(x.Args) == 0) {
		fmt.Fprintf(&b, " %q", i.Name)
	}
	if s.num {
		b.WriteByte(' ')
		b.WriteString(strconv.FormatFloat(i.Num, 'g', -1, 64))
	}
	if x.Func != nil {
		fmt.Fprintf(&b, " %q %s", x.Func.Name, d.span(x.Func.Span))
	}
	if x.Regexp != nil {
		fmt.Fprintf(&b, " /%s/%s", x.Regexp.Pattern, x.Regexp.Flags)
	}
	for _, name := range x.Names {
		fmt.Fprintf(&b, " %q", name)
	}
	if len(x.Numbers) > 0 {
		fmt.Fprintf(&b, " of %d numbers", len(x.Numbers))
	}
	if s.args && i.Op != Omit && i.Op != Template || len(x.Args) > 0 {
		b.WriteString(" (" + d.args(x) + ")")
	}
	if x.Label != 0 {
		fmt.Fprintf(&b, " label %d", x.Label)
	}
	return b.String()
}

func (d *dumper) args(x *Ext) string {
	list := make([]string, len(x.Args))
	for n, r := range x.Args {
		list[n] = fmt.Sprintf("r%d", r)
		if n < len(x.Spread) && x.Spread[n] {
			list[n] = "..." + list[n]
		}
	}
	return strings.Join(list, " ")
}

// Funcs returns f and the functions in it, level by level, each level in the
// order of the source. It lowers them all.
func (f *Func) Funcs() []*Func {
	list := []*Func{f}
	var walk func(block []Instr)
	walk = func(block []Instr) {
		for i := range block {
			x := block[i].Ext
			if x == nil {
				continue
			}
			if g := x.Func; g != nil {
				list = append(list, g)
				if g.Class != nil && g.Class.Fields != nil {
					list = append(list, g.Class.Fields)
				}
			}
			for _, b := range x.Blocks {
				walk(b)
			}
		}
	}
	for i := 0; i < len(list); i++ {
		walk(list[i].Body())
	}
	return list
}
