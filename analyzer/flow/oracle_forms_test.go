package flow

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// operators are those of the language (ECMA-262, 2024, chapter 13).
const operators = `
	unary + - ! ~ typeof void delete
	update ++ --
	binary + - * / % ** == != === !== < > <= >= << >> >>> & | ^ && || ?? in instanceof
	assign = += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??=`

// notRun are the nodes of trees that no snippet can have: those of modules, of TypeScript,
// of JSX, and of mistakes.
var notRun = []string{
	"Import", "ImportName", "ImportCall", "Export", "ExportName", "Enum", "EnumMember", "Namespace", "JSXElement", "JSXAttr", "JSXText",
	"BadExpr", "BadStmt",
}

// Some snippet has each operator, and each kind of expression and statement that the
// parser knows.
func TestOracleHasEveryForm(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range readSnippets(t) {
		tree := script.Parse(source.NewFile("snippet.js", s.program()), 0)
		script.Walk(tree, func(n script.Node) bool {
			seen[reflect.TypeOf(n).Elem().Name()] = true
			switch n := n.(type) {
			case *script.Unary:
				seen["unary "+n.Op] = true
			case *script.Update:
				seen["update "+n.Op] = true
			case *script.Binary:
				seen["binary "+n.Op] = true
			case *script.Assign:
				seen["assign "+n.Op] = true
			}
			return true
		})
	}
	var missing []string
	for line := range strings.Lines(strings.TrimSpace(operators)) {
		words := strings.Fields(line)
		for _, op := range words[1:] {
			if form := words[0] + " " + op; !seen[form] {
				missing = append(missing, form)
			}
		}
	}
	ast, err := os.ReadFile("../script/ast.go")
	require.NoError(t, err)
	kinds := regexp.MustCompile(`(?m)^\t([A-Z]\w*) struct ?\{`).FindAllStringSubmatch(string(ast), -1)
	require.Greater(t, len(kinds), 50)
	for _, k := range kinds {
		if !seen[k[1]] && !slices.Contains(notRun, k[1]) {
			missing = append(missing, k[1])
		}
	}
	require.Empty(t, missing)
}
