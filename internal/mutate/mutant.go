package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// mutant is one change of one source file.
type mutant struct {
	file     string // from the root, with slashes
	line     int
	function string
	from, to string // as written in the source
	start    int    // bytes that to replaces
	end      int
	nth      int    // among equal mutants of the function
	id       string // the beginning of the hash that decides on the sample

	equivalent string // why it changes nothing; "" for all others
	killer     string // the test that noticed; "" if none did
	own        bool   // … and is of the package itself
}

// name tells m from all others, however lines move.
func (m *mutant) name() string {
	name := fmt.Sprintf("%s %s: %s → %s", m.file, m.function, oneLine(m.from), oneLine(m.to))
	if m.nth > 0 {
		name += fmt.Sprintf(" #%d", m.nth+1)
	}
	return name
}

// oneLine is a piece of source on one line, cut if it is long.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	if s == "" {
		return "nothing"
	}
	return s
}

// mutantsOf lists the mutants of a package in the order of the sample.
func mutantsOf(dir, seed string) ([]*mutant, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var all []*mutant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := mutants(filepath.ToSlash(file), text)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no source in %s: run it in the root of the repository", dir)
	}
	seen := map[string]int{}
	for _, m := range all {
		name := m.name()
		m.nth = seen[name]
		seen[name]++
		sum := sha256.Sum256([]byte(seed + "\x00" + m.name()))
		m.id = hex.EncodeToString(sum[:4])
	}
	slices.SortFunc(all, func(a, b *mutant) int { return strings.Compare(a.id, b.id) })
	return all, nil
}

// mutants lists the mutants of one file: those of its functions.
func mutants(file string, text []byte) ([]*mutant, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out []*mutant
	for _, d := range tree.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		c := &changes{set: set, text: text, results: fn.Type.Results}
		ast.Inspect(fn.Body, c.visit)
		for _, m := range c.found {
			m.file, m.function = file, fn.Name.Name
			out = append(out, m)
		}
	}
	return out, nil
}

// changes collects the mutants of a function.
type changes struct {
	set     *token.FileSet
	text    []byte
	results *ast.FieldList // of the function that a return leaves
	found   []*mutant
}

func (c *changes) offset(p token.Pos) int { return c.set.Position(p).Offset }

// replace adds the mutant that replaces the source between two positions by to.
func (c *changes) replace(from, end token.Pos, to string) {
	a, b := c.offset(from), c.offset(end)
	c.found = append(c.found, &mutant{line: c.set.Position(from).Line, from: string(c.text[a:b]), to: to, start: a, end: b})
}

// swapped gives the operator that replaces another.
var swapped = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.LAND: token.LOR, token.LOR: token.LAND, token.ADD: token.SUB, token.SUB: token.ADD,
}

func (c *changes) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncLit:
		inner := &changes{set: c.set, text: c.text, results: n.Type.Results}
		ast.Inspect(n.Body, inner.visit)
		c.found = append(c.found, inner.found...)
		return false
	case *ast.BinaryExpr:
		if to, ok := swapped[n.Op]; ok {
			left, right := c.text[c.offset(n.X.Pos()):c.offset(n.X.End())], c.text[c.offset(n.Y.Pos()):c.offset(n.Y.End())]
			c.replace(n.Pos(), n.End(), fmt.Sprintf("%s %s %s", left, to, right))
		}
	case *ast.IfStmt:
		c.negate(n.Cond)
	case *ast.ForStmt:
		// A loop whose condition is negated often never ends, which proves
		// nothing.
	case *ast.BasicLit:
		if v, err := strconv.Atoi(n.Value); n.Kind == token.INT && err == nil {
			c.replace(n.Pos(), n.End(), strconv.Itoa(v+1))
		}
	case *ast.Ident:
		if other := map[string]string{"true": "false", "false": "true"}[n.Name]; other != "" {
			c.replace(n.Pos(), n.End(), other)
		}
	case *ast.ExprStmt:
		if _, call := n.X.(*ast.CallExpr); call {
			c.replace(n.Pos(), n.End(), "")
		}
	case *ast.BranchStmt:
		if n.Tok == token.CONTINUE || n.Tok == token.BREAK {
			c.replace(n.Pos(), n.End(), "")
		}
	case *ast.ReturnStmt:
		c.zero(n)
	}
	return true
}

func (c *changes) negate(cond ast.Expr) {
	c.replace(cond.Pos(), cond.End(), "!("+string(c.text[c.offset(cond.Pos()):c.offset(cond.End())])+")")
}

// zero adds the mutant that returns zero values, if the types say what they are.
func (c *changes) zero(n *ast.ReturnStmt) {
	if c.results == nil || len(n.Results) == 0 {
		return
	}
	var zeros []string
	for _, field := range c.results.List {
		z := zeroOf(field.Type)
		if z == "" {
			return
		}
		for range max(1, len(field.Names)) {
			zeros = append(zeros, z)
		}
	}
	from, end := n.Results[0].Pos(), n.Results[len(n.Results)-1].End()
	to := strings.Join(zeros, ", ")
	if len(zeros) == len(n.Results) && string(c.text[c.offset(from):c.offset(end)]) != to {
		c.replace(from, end, to)
	}
}

// zeroOf is the zero value of a type as it is written, or "" if that does not say it.
func zeroOf(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr, *ast.ArrayType, *ast.MapType, *ast.FuncType:
		return "nil"
	case *ast.Ident:
		return map[string]string{"bool": "false", "string": `""`, "int": "0", "int32": "0", "int64": "0",
			"float64": "0", "error": "nil", "any": "nil"}[t.Name]
	}
	return ""
}

// apply is the source with the change.
func (m *mutant) apply(text []byte) []byte {
	return slices.Concat(text[:m.start], []byte(m.to), text[m.end:])
}
