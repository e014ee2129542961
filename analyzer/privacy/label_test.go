package privacy

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLabel(t *testing.T) {
	for subject, want := range map[string]string{
		"请输入您的姓名":       "姓名",
		"您的姓名(选填)":      "姓名",
		"联系电话（选填）：":     "联系电话",
		"* 姓名（与证件一致） ":  "姓名",
		"（手机号）":         "手机号",
		"手机（号）码":        "手机（号）码",
		"身高(cm)、体重(kg)": "身高(cm)、体重",
		"请输入":           "",
	} {
		require.Equal(t, want, label(subject), subject)
	}
}
