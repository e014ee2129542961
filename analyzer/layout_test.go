package analyzer_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/beian/beian/"

// layers are the packages in the order in which data passes through them. Each
// imports only those before it.
var layers = []string{
	"internal/golden", "internal/heavy", "internal/garble", "internal/rewrite",
	"analyzer/lang", "analyzer/bug", "analyzer/law", "analyzer/source", "analyzer/spelling", "analyzer/sandbox", "analyzer/finding", "analyzer/git", "analyzer/platform",
	"analyzer/script", "analyzer/markup", "analyzer/jsonc", "analyzer/sfc",
	"analyzer/resolve", "analyzer/project", "analyzer/ir", "analyzer/flow",
	"analyzer/control", "analyzer/detect", "analyzer/suppress", "analyzer/config",
	"analyzer/facts", "analyzer/privacy", "analyzer/filed", "analyzer/verdict", "analyzer/policy", "analyzer/mend", "analyzer/report", "analyzer/office", "analyzer/materials", "analyzer", "analyzer/fleet", "analyzer/why", "analyzer/lsp",
	"detectors", "web/session", "web/lsp", "web/wasm", "cmd/beian", "internal/mutate", "internal/removal", "internal/simulator",
}

func TestEachPackageImportsOnlyWhatStandsBeforeIt(t *testing.T) {
	root := os.DirFS("..")
	checked := 0
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "fixtures" || strings.HasPrefix(d.Name(), ".") && file != "."):
			return fs.SkipDir
		case d.IsDir() && file != "." && exists(root, path.Join(file, "go.mod")):
			return fs.SkipDir // another module
		case path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		here := layer(path.Dir(file))
		require.GreaterOrEqual(t, here, 0, "%s is in no layer; add its package to layers", file)
		text, err := fs.ReadFile(root, file)
		require.NoError(t, err)
		tree, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly)
		require.NoError(t, err)
		for _, i := range tree.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			require.NoError(t, err)
			if ours, ok := strings.CutPrefix(name, module); ok {
				checked++
				there := layer(ours)
				within := strings.HasPrefix(path.Dir(file), ours+"/") || strings.HasPrefix(ours, path.Dir(file)+"/")
				require.True(t, there < here || within && there == here, "%s imports %s, which stands behind it", file, ours)
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, checked, 50, "the walk saw too little")
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// docs/architecture.md lists the packages in the same order.
func TestArchitectureListsThePackages(t *testing.T) {
	text, err := os.ReadFile("../docs/architecture.md")
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(text), "| package | takes | gives |\n| --- | --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var listed []string
	for row := range strings.Lines(table) {
		listed = append(listed, strings.Split(row, "`")[1])
	}
	require.Equal(t, layers, listed)
}

// The facade takes detectors as values: only the command brings the two together.
func TestFacadeKnowsNoDetector(t *testing.T) {
	require.Less(t, layer("analyzer"), layer("detectors"))
}

// layer returns the index of a package in layers; a package within another, such
// as detect/detecttest, belongs to that one. It is -1 for any other.
func layer(name string) int {
	if i := slices.Index(layers, name); i >= 0 {
		return i
	}
	for i, l := range layers {
		if l != "analyzer" && strings.HasPrefix(name, l+"/") {
			return i
		}
	}
	return -1
}
