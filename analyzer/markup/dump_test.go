package markup

import (
	"fmt"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

var kindNames = [...]string{"plain", "event", "directive", "model", "data", "mark", "generic"}

// String returns the name of k.
func (k AttrKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Dump writes the tree of d as text for tests and for people, one node, attribute
// or error a line, children indented.
func Dump(d *Document) string {
	w := &dumper{file: d.File}
	w.nodes(d.Nodes, 0)
	for _, e := range d.Errors {
		w.line(0, e.Span, "error: %s", e.Message.EN)
	}
	return w.String()
}

type dumper struct {
	strings.Builder
	file *source.File
}

func (w *dumper) line(depth int, s source.Span, format string, args ...any) {
	fmt.Fprintf(w, "%s%s  [%d:%d]\n", strings.Repeat("  ", depth), fmt.Sprintf(format, args...), s.Start, s.End)
}

func (w *dumper) nodes(list []Node, depth int) {
	for _, n := range list {
		switch n := n.(type) {
		case *Comment:
			w.line(depth, n.Span, "comment %q", n.Text)
		case *Text:
			w.line(depth, n.Span, "text %s", w.parts(n.Parts))
		case *Element:
			w.line(depth, n.Span, "<%s>", n.Tag)
			for _, a := range n.Attrs {
				value := ""
				if a.HasValue {
					value = " = " + w.parts(a.Parts)
				}
				w.line(depth+2, a.Span, "%s %s%s", a.Kind, a.Name, value)
			}
			if n.Script != nil {
				w.line(depth+1, n.Script.Span, "script of %d statements", len(n.Script.Body()))
			}
			w.nodes(n.Children, depth+1)
		}
	}
}

// parts writes literal text in quotes and expressions in braces.
func (w *dumper) parts(list []Part) string {
	if len(list) == 0 {
		return `""`
	}
	words := make([]string, len(list))
	for i, p := range list {
		if p.Expr == nil {
			words[i] = fmt.Sprintf("%q", p.Text)
		} else {
			words[i] = fmt.Sprintf("{%T %s}", p.Expr, w.file.Slice(p.Expr.Range()))
		}
	}
	return strings.Join(words, " ")
}
