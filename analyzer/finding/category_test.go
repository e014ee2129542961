package finding

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/beian/beian/analyzer/lang"
	"github.com/stretchr/testify/require"
)

func TestCategories(t *testing.T) {
	all := Categories()
	require.Equal(t, CategoryList{Name, Phone, Email, IDCard}, all[:4])
	for i, c := range all {
		require.Equal(t, i < 4, c.Triggers(), c)
		require.NotEqual(t, string(c), c.Title().ZH, c)
		require.NotEmpty(t, c.Title().EN, c)
	}
	require.Equal(t, lang.Both("no-such-category", "no-such-category"), Category("no-such-category").Title())
	require.False(t, Category("no-such-category").Known())
	require.Equal(t, lang.Both("手机号", "a phone number"), Phone.One())
	require.Equal(t, "an ID number", IDCard.One().EN)
	require.Equal(t, "clipboard", Clipboard.One().EN)
	require.Equal(t, "no-such-category", Category("no-such-category").One().EN)
	require.Equal(t, "EXIDNumber", IDCard.PrivacyKey())
	require.Empty(t, Name.PrivacyKey())
	require.Equal(t, "姓名", Name.PrivacyEntry())
	require.Empty(t, Clipboard.PrivacyEntry())
	require.True(t, Health.Sensitive())
	require.False(t, IDCard.Sensitive(), "a plain number")
}

// A constant whose category is not in the table would be unknown to every report.
func TestEveryConstantIsACategory(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "category.go", nil, 0)
	require.NoError(t, err)
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Category" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		require.NoError(t, err)
		require.True(t, Category(value).Known(), "%s is not in categories.txt", value)
		constants++
		return true
	})
	require.Greater(t, constants, 15)
}

func TestBadCategories(t *testing.T) {
	for text, want := range map[string]string{
		"any - 任意":                   "want its name, facts, and words",
		"any - 任意 | a\nany - 任意 | b": "listed twice",
		"any no-such-fact 任意 | any":  `unknown fact "no-such-fact"`,
		"any key=A,own=B 任意 | any":   "both a key of the guide and an entry of its own",
	} {
		_, err := parseCategories(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestCategoryList(t *testing.T) {
	found := []*Finding{{Category: Phone}, {Category: Nickname}, {Category: Name}, {Category: Phone}}
	all := CategoriesOf(found)
	require.Equal(t, CategoryList{Name, Phone, Nickname}, all, "each once, in the usual order")
	require.Equal(t, lang.Both("收集姓名、手机号、昵称头像", "collects names, phone numbers, and nicknames and pictures"), lang.Textf("收集%s", "collects %s", all))
	require.Nil(t, CategoriesOf(nil))
	require.Equal(t, "", CategoryList(nil).In(lang.English))
}
