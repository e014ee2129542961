package golden_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// `go generate ./...` rewrites the files of every package that has any.
func TestGenerateReachesEveryPackage(t *testing.T) {
	root := os.DirFS("../..")
	text, err := fs.ReadFile(root, "internal/golden/golden.go")
	require.NoError(t, err)
	line := regexp.MustCompile(`(?m)^//go:generate go test (.*) -update$`).FindStringSubmatch(string(text))
	require.NotNil(t, line)
	named := strings.Fields(strings.ReplaceAll(line[1], "../../", ""))

	var using []string
	for _, top := range []string{"analyzer", "cmd", "detectors"} {
		require.NoError(t, fs.WalkDir(root, top, func(file string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(root, file)
			if strings.Contains(string(text), "golden.Check(") || strings.Contains(string(text), "golden.Write(") {
				using = append(using, path.Dir(file))
			}
			return err
		}))
	}
	slices.Sort(using)
	require.Equal(t, slices.Compact(using), named)
}
