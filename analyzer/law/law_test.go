package law

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lang"
)

func TestDocuments(t *testing.T) {
	require.NoError(t, day(Snapshot()))
	require.NotEmpty(t, documents().order)
	titles := map[lang.Text]string{}
	for _, d := range documents().order {
		require.NotEmpty(t, d.Title.ZH, d.ID)
		require.NotEmpty(t, d.Title.EN, d.ID)
		require.Empty(t, titles[d.Title], "%s is the same document as %s", d.ID, titles[d.Title])
		titles[d.Title] = d.ID
		require.LessOrEqual(t, d.Date, Snapshot(), "%s is younger than the day on which it was checked", d.ID)
		require.LessOrEqual(t, d.Date, d.Force, d.ID)
		require.NotEmpty(t, d.Read, d.ID)
	}
	require.Panics(t, func() { Find("no-such-law") })
}

func TestNames(t *testing.T) {
	c := Cite("pipl", "13", "28-30").About("同意", "consent")
	require.Equal(t, "中华人民共和国个人信息保护法 第 13、28-30 条（同意），2021-11-01", c.In(lang.Chinese))
	require.Equal(t, "Personal Information Protection Law of the PRC (PIPL), arts. 13, 28-30 (consent), 2021-11-01", c.In(lang.English))
	require.Equal(t, lang.Both("个人信息保护法第 17 条", "PIPL art. 17"), Cite("pipl", "17").Brief())
	require.Equal(t, lang.Both("个人信息保护法第 55、56 条", "PIPL arts. 55, 56"), Cite("pipl", "55", "56").Brief())

	whole := Cite("wechat-operating-rules")
	require.Equal(t, "微信小程序平台运营规范", whole.In(lang.Chinese), "its date is not known")
	require.Equal(t, whole.Title, whole.Brief())
	require.Equal(t, "互联网信息服务管理办法（国务院令第292号，2024 年第二次修订）第 4 条", Cite("internet-services", "4").Name(lang.Chinese), "no blank behind a bracket")
	require.Equal(t, "beian.yaml", File(lang.Same("beian.yaml")).In(lang.English))

	require.Equal(t, "2023-07-21", Find("miit-105").Date)
	require.Equal(t, "2023-09-01", Find("miit-105").Force)
	require.Equal(t, "2021-11-01", Find("pipl").Force, "in force since its date if nothing else is said")
}

func TestParseRefuses(t *testing.T) {
	const good = "snapshot 2026-11-23\n[a]\ntitle 甲 | A\ndate 2021-01-01\nread here\n"
	_, err := parse(good)
	require.NoError(t, err)
	for name, c := range map[string]struct{ text, want string }{
		"no snapshot":      {strings.Replace(good, "snapshot 2026-11-23\n", "", 1), "no snapshot"},
		"a bad snapshot":   {strings.Replace(good, "2026-11-23", "2026-11-31", 1), "documents.txt:1: "},
		"an id twice":      {good + "[a]\n", "given twice"},
		"no id":            {good + "[]\n", "empty"},
		"an unknown key":   {good + "author someone\n", "documents.txt:6: author is not known"},
		"a key twice":      {good + "read there\n", "given twice"},
		"a key of nothing": {"read there\n" + good, "belongs to no document"},
		"no value":         {good + "url\n", "url has no value"},
		"one language":     {strings.Replace(good, " | A", "", 1), "in Chinese | in English"},
		"a bad date":       {strings.Replace(good, "2021-01-01", "1.1.2021", 1), "documents.txt:4: "},
		"no title":         {strings.Replace(good, "title 甲 | A\n", "", 1), "a lacks its title"},
		"no date":          {strings.Replace(good, "date 2021-01-01\n", "", 1), "a lacks its title"},
		"not read":         {strings.Replace(good, "read here\n", "", 1), "where it was read"},
	} {
		_, err := parse(c.text)
		require.ErrorContains(t, err, c.want, name)
	}
}

// Every citation of the program names a document by a literal id, and every
// document is cited.
func TestEachDocumentIsCited(t *testing.T) {
	cited := map[string]bool{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "fixtures" || d.Name() == "testdata" || file != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(root, file)
		require.NoError(t, err)
		tree, err := parser.ParseFile(token.NewFileSet(), file, text, 0)
		require.NoError(t, err)
		for _, call := range calls(tree) {
			literal, ok := call.Args[0].(*ast.BasicLit)
			require.True(t, ok, "%s cites something other than a literal id", file)
			id, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			require.NotNil(t, documents().byID[id], "%s cites %s, which documents.txt lacks", file, id)
			cited[id] = true
		}
		return nil
	})
	require.NoError(t, err)
	for _, d := range documents().order {
		require.True(t, cited[d.ID], "nothing cites %s", d.ID)
	}
}

// calls are the calls of law.Cite and law.Find in a file.
func calls(tree *ast.File) []*ast.CallExpr {
	var out []*ast.CallExpr
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if p, ok := f.X.(*ast.Ident); ok && p.Name == "law" && (f.Sel.Name == "Cite" || f.Sel.Name == "Find") {
			out = append(out, call)
		}
		return true
	})
	return out
}

func TestComing(t *testing.T) {
	require.Len(t, Coming(), 6)
	for _, c := range Coming() {
		require.Regexp(t, `\d{4}-\d\d-\d\d`, c.Stage.ZH, c.Title.EN)
		require.Regexp(t, `\d{4}-\d\d-\d\d`, c.Stage.EN, c.Title.EN)
	}
}
