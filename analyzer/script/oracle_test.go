package script

import (
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// oraclePackages are large npm packages of components for mini programs,
// written by many people.
var oraclePackages = []string{"@vant/weapp", "tdesign-miniprogram", "weui-miniprogram"}

// npmScripts calls f for every script of oraclePackages. They are looked for in
// the folder BEIAN_NPM, by default node_modules of the repository.
func npmScripts(t *testing.T, f func(path, text string, mode Mode)) {
	root := os.Getenv("BEIAN_NPM")
	if root == "" {
		root = "../../node_modules"
	}
	if _, err := os.Stat(filepath.Join(root, "node_modules")); err == nil {
		root = filepath.Join(root, "node_modules")
	}
	for _, name := range oraclePackages {
		dir := filepath.Join(root, filepath.FromSlash(name))
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("%s is not installed in %s: run npm i --ignore-scripts %s, or set BEIAN_NPM", name, root, strings.Join(oraclePackages, " "))
		}
		require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".js", ".mjs", ".wxs", ".ts":
				data, err := os.ReadFile(path)
				if text := strings.TrimPrefix(string(data), "\ufeff"); err == nil && utf8.ValidString(text) {
					f(path, text, modeOf(path))
				}
			}
			return nil
		}))
	}
}

// TestOracleAccepts checks that Parse accepts what esbuild accepts and refuses
// what it refuses.
func TestOracleAccepts(t *testing.T) {
	n := 0
	npmScripts(t, func(path, text string, mode Mode) {
		loader := api.LoaderJS
		if mode&TypeScript != 0 {
			loader = api.LoaderTS
		}
		want := api.Transform(text, api.TransformOptions{Loader: loader, LogLevel: api.LogLevelSilent}).Errors
		prog := Parse(source.NewFile(path, text), mode)
		if len(want) == 0 {
			require.Empty(t, prog.Errors, path)
		} else {
			require.NotEmpty(t, prog.Errors, "%s: %v", path, want[0].Text)
		}
		n++
	})
	require.NotZero(t, n)
	t.Logf("%d files", n)
}

// TestOracleCalls checks that the names of all functions and methods called are
// those that js.Parse finds.
func TestOracleCalls(t *testing.T) {
	files, names := 0, 0
	npmScripts(t, func(path, text string, mode Mode) {
		if mode != JS {
			return
		}
		tree, err := js.Parse(parse.NewInputString(text), js.Options{})
		if err != nil {
			return
		}
		v := &callees{}
		js.Walk(v, tree)
		got := calls(Parse(source.NewFile(path, text), JS))
		sort.Strings(v.names)
		sort.Strings(got)
		require.Equal(t, v.names, got, path)
		files++
		names += len(got)
	})
	require.NotZero(t, files)
	t.Logf("%d files, %d calls", files, names)
}

// callees collects the names of what is called in a tree of js.Parse.
type callees struct{ names []string }

func (c *callees) Enter(n js.INode) js.IVisitor {
	if call, ok := n.(*js.CallExpr); ok {
		x := call.X
		for {
			g, ok := x.(*js.GroupExpr)
			if !ok {
				break
			}
			x = g.X
		}
		switch x := x.(type) {
		case *js.Var:
			c.names = append(c.names, string(x.Name()))
		case *js.DotExpr:
			c.names = append(c.names, x.Y.String())
		}
	}
	return c
}

func (c *callees) Exit(js.INode) {}
