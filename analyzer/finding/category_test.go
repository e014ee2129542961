package finding

import (
	"testing"

	"github.com/beian/beian/analyzer/lang"
	"github.com/stretchr/testify/require"
)

func TestCategories(t *testing.T) {
	all := Categories()
	require.Equal(t, []Category{Name, Phone, Email, IDCard}, all[:4])
	require.Len(t, all, 21)
	for i, c := range all {
		require.Equal(t, i < 4, c.Triggers(), c)
		require.NotEqual(t, string(c), c.Title().ZH, c)
		require.NotEmpty(t, c.Title().EN, c)
	}
	require.Equal(t, lang.Both("wallet", "wallet"), Category("wallet").Title())
}
