package script

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// children returns the nodes directly below n, in the order of Walk.
func children(n Node) []Node {
	var list []Node
	Walk(n, func(c Node) bool {
		if c == n {
			return true
		}
		list = append(list, c)
		return false
	})
	return list
}

// checkTree checks what is true of the tree of any text: every node lies in the
// file and in its parent, siblings follow each other, names are what the source
// says, and symbols and errors are in order.
func checkTree(t testing.TB, prog *Program) {
	t.Helper()
	require.True(t, prog.Start >= 0 && int(prog.End) <= len(prog.File.Text))
	work := []Node{prog}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		checkNode(t, prog.File, n)
		end := n.Range().Start
		for _, c := range children(n) {
			s := c.Range()
			if _, ok := n.(*Block); ok && s.End <= n.Range().Start {
				continue // this.a = a, whose span is that of the parameter
			}
			if !n.Range().Contains(s) || s.End < s.Start || s.Start < end {
				t.Fatalf("%T %v in %T %v after %d in %q", c, s, n, n.Range(), end, prog.File.Text)
			}
			end = s.End
			work = append(work, c)
		}
	}
	last := prog.Start
	for _, e := range prog.Errors {
		require.True(t, last <= e.Start && e.Start <= e.End && e.End <= prog.End, "error %v in %q", e, prog.File.Text)
		require.NotEmpty(t, e.Message.EN)
		require.NotEmpty(t, e.Message.ZH)
		last = e.Start
	}
	for _, c := range prog.Comments {
		require.True(t, prog.Contains(c.Span) && c.Len() > 0)
	}
}

func checkNode(t testing.TB, f *source.File, n Node) {
	switch n := n.(type) {
	case *Ident:
		text := f.Slice(n.Span)
		if text != n.Name && !strings.Contains(text, `\`) && n.Name != "default" { // export login from './login' takes default
			t.Fatalf("name %q at %v, source %q", n.Name, n.Span, text)
		}
		if n.Symbol != nil && n.Symbol.Name != n.Name {
			t.Fatalf("name %q refers to %q", n.Name, n.Symbol.Name)
		}
	case *Dot:
		text := f.Slice(n.NameSpan)
		if text != n.Name && !strings.Contains(text, `\`) {
			t.Fatalf("name %q at %v, source %q", n.Name, n.NameSpan, text)
		}
	case *Template:
		if len(n.Strings) != len(n.Exprs)+1 {
			t.Fatalf("%d strings, %d expressions", len(n.Strings), len(n.Exprs))
		}
	}
}

// TestWalkCoversTypes fills every node type and checks that Walk visits
// everything in it, so that a field added to a type is not forgotten in Walk.
func TestWalkCoversTypes(t *testing.T) {
	types := []Node{
		&Program{Code: &Code{}},
		&Property{}, &Member{}, &JSXAttr{}, &PatternProp{}, &Declarator{}, &Case{}, &ImportName{}, &ExportName{}, &EnumMember{},
		&Ident{}, &String{}, &Number{}, &Bool{}, &Null{}, &Regexp{}, &Template{}, &This{}, &Super{},
		&Meta{}, &Array{}, &Object{}, &Function{},
		&Class{}, &Dot{}, &Index{}, &Call{}, &New{}, &ImportCall{}, &Unary{}, &Update{}, &Binary{},
		&Cond{}, &Assign{}, &Sequence{}, &Spread{},
		&Yield{}, &Await{}, &JSXElement{}, &JSXText{}, &BadExpr{}, &ArrayPattern{}, &ObjectPattern{}, &AssignPattern{}, &Rest{},
		&VarDecl{}, &FuncDecl{}, &ClassDecl{}, &ExprStmt{}, &Block{}, &If{}, &For{}, &ForIn{},
		&While{}, &While{Do: true}, &Return{}, &Branch{}, &Throw{},
		&Try{}, &Switch{}, &Labeled{}, &Empty{}, &With{}, &Import{}, &Export{}, &Enum{}, &Namespace{}, &BadStmt{},
	}
	require.Equal(t, nodeTypesInSource(t), typeNames(types))
	for _, n := range types {
		v := reflect.ValueOf(n).Elem()
		want := map[Node]bool{}
		for _, field := range fields(v) {
			fill(field, want)
		}
		got := map[Node]bool{}
		for _, c := range children(n) {
			got[c] = true
		}
		require.Equal(t, len(want), len(got), "%T", n)
		for c := range want {
			require.True(t, got[c], "%T is not walked below %T", c, n)
		}
	}
}

// fill puts nodes into a field that holds nodes and records them.
func fill(field reflect.Value, want map[Node]bool) {
	add := func(typ reflect.Type) reflect.Value {
		var n Node
		switch {
		case typ == reflect.TypeFor[Expr](), typ == nodeType:
			n = &Ident{}
		case typ == reflect.TypeFor[Stmt]():
			n = &Labeled{}
		case typ.Kind() == reflect.Pointer && typ.Implements(nodeType):
			n = reflect.New(typ.Elem()).Interface().(Node)
		default:
			return reflect.Value{}
		}
		want[n] = true
		return reflect.ValueOf(n)
	}
	if field.Kind() == reflect.Slice {
		for range 2 {
			if x := add(field.Type().Elem()); x.IsValid() {
				field.Set(reflect.Append(field, x))
			}
		}
		return
	}
	if x := add(field.Type()); x.IsValid() {
		field.Set(x)
	}
}

func typeNames(list []Node) map[string]bool {
	names := map[string]bool{}
	for _, n := range list {
		names[reflect.TypeOf(n).Elem().Name()] = true
	}
	return names
}

// nodeTypesInSource returns the types of ast.go that embed a source.Span.
func nodeTypesInSource(t *testing.T) map[string]bool {
	file, err := goparser.ParseFile(gotoken.NewFileSet(), "ast.go", nil, 0)
	require.NoError(t, err)
	names := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				if sel, ok := f.Type.(*ast.SelectorExpr); ok && len(f.Names) == 0 && sel.Sel.Name == "Span" {
					names[spec.Name.Name] = true
				}
			}
		}
		return true
	})
	delete(names, "Comment")
	delete(names, "Error")
	return names
}
