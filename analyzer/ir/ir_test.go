package ir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

const fixtures = "../../fixtures/syntax/ir"

// mode is the dialect that the name of a fixture asks for.
func mode(path string) script.Mode {
	switch filepath.Ext(path) {
	case ".ts":
		return script.TypeScript
	case ".jsx":
		return script.JSX
	}
	return script.JS
}

func lower(path, text string) *Module {
	return Lower(script.Parse(source.NewFile(path, text), mode(path)))
}

// TestLower compares the dump of every fixture with its golden file.
func TestLower(t *testing.T) {
	paths, err := filepath.Glob(fixtures + "/*.[jt]s*")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			p := script.Parse(source.NewFile(name, string(text)), mode(name))
			require.Empty(t, p.Errors)
			m := Lower(p)
			for _, f := range m.Init.Funcs() {
				require.Empty(t, f.Check())
			}
			var out strings.Builder
			require.NoError(t, m.Dump(&out))
			golden.Check(t, path+".golden", out.String())
		})
	}
}

// TestLowerExpr lowers expressions as they are written in templates.
func TestLowerExpr(t *testing.T) {
	tests := []struct{ text, want string }{
		{"user.phone", `
			r0 = global "user"
			r1 = get r0 "phone"
			return r1`},
		{"list[0] || '无'", `
			r0 = global "list"
			r1 = number 0
			r2 = getkey r0 r1
			r3 = move r2
			if r3
			else
			  r4 = string "无"
			  r3 = move r4
			return r3`},
	}
	for _, test := range tests {
		f := source.NewFile("page.wxml", "{{"+test.text+"}}")
		e, errs := script.ParseExpr(f, source.Span{Start: 2, End: int32(2 + len(test.text))}, script.JS, false)
		require.Empty(t, errs)
		fn := LowerExpr(f, e)
		require.Empty(t, fn.Check())
		require.Equal(t, strings.ReplaceAll(test.want, "\n\t\t\t", "\n"), "\n"+bare(fn), test.text)
	}
	require.Empty(t, LowerExpr(source.NewFile("page.wxml", ""), nil).Check())
}

// bare is the dump of a function without its header and places.
func bare(f *Func) string {
	var out strings.Builder
	_ = f.Dump(&out)
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n")[1:] {
		line, _, _ = strings.Cut(line, " // ")
		lines = append(lines, strings.TrimPrefix(line, "  "))
	}
	return strings.Join(lines, "\n")
}

// TestLazy checks that the body of a function is lowered when it is asked for.
func TestLazy(t *testing.T) {
	m := lower("page.js", "function f() { return function g() {} }")
	require.Nil(t, m.Init.Vars)
	body := m.Init.Body()
	f := body[0].Ext.Func
	require.Equal(t, "f", f.Name)
	require.Same(t, m.Init, f.Parent)
	require.Zero(t, f.Regs)
	require.Len(t, f.Funcs(), 2)
	require.NotZero(t, f.Regs)
	require.Same(t, &f.Body()[0], &f.Body()[0])
}

// TestConst checks which variables count as never assigned.
func TestConst(t *testing.T) {
	m := lower("page.js", `
		const a = 1; let b = 1; let c; var d = 1; var e = 1; var e = 2
		for (;;) { var f = 1; let g = 2 }
		for (const h of a) {}
		for (let i = 0; ; i++) {}
		function j(k, l = 1) { b = 2; { l++ } }
		function m() {}
		function m() {}
		[c] = [1]
		class N {}
		var o
		try {} catch (p) { p = 1 }`)
	const want = "a d g h j k N o "
	got := ""
	for _, f := range m.Init.Funcs() {
		for _, v := range f.Vars {
			if v.Const {
				got += v.Name + " "
			}
		}
	}
	require.ElementsMatch(t, strings.Fields(want), strings.Fields(got))
}

// TestDeep lowers trees that are deeper than any stack of blocks should be.
func TestDeep(t *testing.T) {
	const n = 20000
	for _, text := range []string{
		"x = 1" + strings.Repeat(" + 1", n),
		"x = a" + strings.Repeat(" && a", n),
		"x" + strings.Repeat(".then()", n),
		"x" + strings.Repeat("?.a", n),
		strings.Repeat("if (x) y(); else ", n) + "z()",
		"switch (x) {" + strings.Repeat("case 1: y(); break;", n) + "}",
	} {
		m := lower("page.js", text)
		require.LessOrEqual(t, depth(m.Init.Body()), 100, text[:20])
		require.Empty(t, m.Init.Check())
	}
}

func depth(block []Instr) int {
	deepest := 0
	for i := range block {
		if block[i].Ext != nil {
			for _, b := range block[i].Ext.Blocks {
				deepest = max(deepest, depth(b))
			}
		}
	}
	return deepest + 1
}

// TestBroken lowers every fixture cut off in many places: a part that cannot be
// parsed must not make the code around it ill formed.
func TestBroken(t *testing.T) {
	paths, err := filepath.Glob(fixtures + "/*.[jt]s")
	require.NoError(t, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for end := 0; end < len(text); end += 13 {
			for _, f := range lower(path, strings.ToValidUTF8(string(text[:end]), "")).Init.Funcs() {
				require.Empty(t, f.Check(), "%s cut at %d", path, end)
			}
		}
	}
}

// FuzzLower checks that whatever parses, with or without errors, is lowered to
// well-formed functions.
func FuzzLower(f *testing.F) {
	paths, _ := filepath.Glob(fixtures + "/*")
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil && !strings.HasSuffix(path, ".golden") {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		p := script.Parse(source.NewFile("page.tsx", text), script.TypeScript|script.JSX)
		for _, fn := range Lower(p).Init.Funcs() {
			require.Empty(t, fn.Check())
		}
	})
}

// BenchmarkLower lowers all functions of the fixtures; parsing does not count.
func BenchmarkLower(b *testing.B) {
	paths, err := filepath.Glob(fixtures + "/*.js")
	require.NoError(b, err)
	var trees []*script.Program
	size := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(b, err)
		size += len(text)
		trees = append(trees, script.Parse(source.NewFile(path, string(text)), script.JS))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range trees {
			Lower(p).Init.Funcs()
		}
	}
}
