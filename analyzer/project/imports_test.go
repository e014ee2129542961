package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A compiler of TypeScript leaves out an import of which only types are used, so that what it
// names is not run; in JavaScript each import runs.
func TestImportOfTypes(t *testing.T) {
	program := func(ext, use string) []string {
		p := load(t, map[string]string{
			"package.json": `{"dependencies": {"@tarojs/taro": "3"}}`, "src/app.config.js": "export default { pages: ['p/a'] }",
			"src/app.jsx":             "export default p => p.children",
			"src/p/a.jsx":             "import { rem } from '../utils'\nexport default () => <View>{rem(1)}</View>",
			"src/utils" + ext:         "import { Option } from './select'\n" + use,
			"src/select/index" + ext:  "export * from './select'",
			"src/select/select" + ext: "import Base from '../gone'\nexport const Option = 1\nexport default Base",
		})
		var paths []string
		for _, u := range p.Unread {
			if u.Hides {
				paths = append(paths, u.Path)
			}
		}
		return paths
	}
	require.Empty(t, program(".ts", "export const rem = (n: Option) => n"))
	require.Equal(t, []string{"src/select/select.ts"}, program(".ts", "export const rem = (n: Option) => n + Option"))
	require.Equal(t, []string{"src/select/select.js"}, program(".js", "export const rem = n => n"))
}
