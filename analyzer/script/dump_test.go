package script

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// Dump writes prog as an indented tree, one node a line, with byte ranges,
// symbols and scopes, followed by the comments and errors.
func Dump(w io.Writer, prog *Program) error {
	b := bufio.NewWriter(w)
	d := dumper{w: b}
	prog.Body()
	d.node("", "", prog)
	for _, c := range prog.Comments {
		fmt.Fprintf(b, "comment %s %q\n", dumpSpan(c.Span), prog.File.Slice(c.Span))
	}
	for _, e := range prog.Errors {
		fmt.Fprintf(b, "error %s %s\n", dumpSpan(e.Span), e.Message.EN)
	}
	return b.Flush()
}

type dumper struct{ w *bufio.Writer }

var (
	nodeType   = reflect.TypeFor[Node]()
	spanType   = reflect.TypeFor[source.Span]()
	scopeType  = reflect.TypeFor[*Scope]()
	symbolType = reflect.TypeFor[*Symbol]()
	codeType   = reflect.TypeFor[*Code]()
)

func dumpSpan(s source.Span) string { return fmt.Sprintf("%d:%d", s.Start, s.End) }

// node writes one node and what is below it, going by the fields of the types
// in ast.go.
func (d dumper) node(indent, label string, n Node) {
	v := reflect.ValueOf(n).Elem()
	fmt.Fprintf(d.w, "%s%s%s %s%s\n", indent, label, v.Type().Name(), dumpSpan(n.Range()), d.attributes(v))
	indent += "  "
	for name, field := range fields(v) {
		switch {
		case field.Type().Implements(nodeType) && field.Type() != spanType && nilable(field):
			if !field.IsNil() {
				d.node(indent, name+": ", field.Interface().(Node))
			}
		case field.Kind() == reflect.Slice && field.Type().Elem().Implements(nodeType) && nilable(reflect.Zero(field.Type().Elem())):
			for j := range field.Len() {
				if field.Index(j).IsNil() {
					fmt.Fprintf(d.w, "%s%s: hole\n", indent, name)
					continue
				}
				d.node(indent, name+": ", field.Index(j).Interface().(Node))
			}
		}
	}
}

// fields gives the fields of a node that have a name, those of the code of a script included.
func fields(v reflect.Value) iter.Seq2[string, reflect.Value] {
	return func(yield func(string, reflect.Value) bool) {
		for i := range v.NumField() {
			switch f := v.Type().Field(i); {
			case !f.IsExported() || f.Anonymous:
			case f.Type == codeType:
				fields(v.Field(i).Elem())(yield)
			case !yield(f.Name, v.Field(i)):
				return
			}
		}
	}
}

func nilable(v reflect.Value) bool {
	return v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer
}

// attributes returns the fields of a node that are not nodes, without those
// that have their zero value.
func (d dumper) attributes(v reflect.Value) string {
	var b strings.Builder
	for name, field := range fields(v) {
		if field.IsZero() {
			continue
		}
		switch field.Type() {
		case spanType:
			fmt.Fprintf(&b, " %s=%s", name, dumpSpan(field.Interface().(source.Span)))
			continue
		case symbolType:
			sym := field.Interface().(*Symbol)
			fmt.Fprintf(&b, " %s@%d", sym.Kind, sym.Decl.Start)
			continue
		case scopeType:
			fmt.Fprintf(&b, " %s", dumpScope(field.Interface().(*Scope)))
			continue
		}
		switch field.Kind() {
		case reflect.String:
			fmt.Fprintf(&b, " %s=%q", name, field.String())
		case reflect.Bool:
			fmt.Fprintf(&b, " %s", name)
		case reflect.Float64, reflect.Uint8:
			fmt.Fprintf(&b, " %s=%v", name, field.Interface())
		}
	}
	return b.String()
}

func dumpScope(s *Scope) string {
	if len(s.Symbols) == 0 {
		return "Scope"
	}
	names := make([]string, len(s.Symbols))
	for i, sym := range s.Symbols {
		names[i] = sym.Name
	}
	return "Scope{" + strings.Join(names, " ") + "}"
}

// String returns the name of the kind in error messages and dumps.
func (k SymbolKind) String() string {
	names := [...]string{"", "var", "let", "const", "function", "class", "param", "catch", "import", "enum"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("SymbolKind(%d)", k)
}

// String returns the form of the member.
func (k PropertyKind) String() string {
	names := [...]string{"value", "method", "getter", "setter", "spread", "static block"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("PropertyKind(%d)", k)
}
