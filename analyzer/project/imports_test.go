package project

import (
	"slices"
	"strings"
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

// What a barrel brings and nothing takes from it is not reached, if it is a component; all of it is, if the barrel is taken as a whole.
func TestUnaskedPartsOfBarrels(t *testing.T) {
	for use, reached := range map[string]bool{
		"import { Row } from '../../parts'\nexport default () => <Row />":                                               false,
		"import { Row, Field } from '../../parts'\nexport default () => <Row />":                                        true,
		"import { Row, Field as F } from '../../parts'\nexport default () => <F />":                                     true,
		"import * as parts from '../../parts'\nexport default () => <parts.Row />":                                      true,
		"import { Row } from '../../parts'\nconst all = require('../../parts')\nexport default () => <Row a={all} />":   true,
		"import { Row } from '../../parts'\nimport { Field } from '../../more'\nexport default () => <Row a={Field} />": true,
		"import { Row } from '../../parts'\nimport { Other } from '../../more'\nexport default () => <Row a={Other} />": true,
	} {
		files := map[string]string{
			"package.json":      `{"dependencies": {"@tarojs/taro": "4.0.0", "react": "18"}}`,
			"app.config.js":     "export default { pages: ['pages/a/index'] }",
			"app.jsx":           "export default p => p.children",
			"pages/a/index.jsx": use,
			"parts/index.js":    "export { default as Row } from './row'\nexport { default as Field } from './field'",
			"parts/row.jsx":     "export default () => <view />",
			"parts/field.jsx":   "import { Input } from '@tarojs/components'\nexport default p => <Input placeholder={p.hint} />",
		}
		if strings.Contains(use, "more") {
			files["more.js"] = "export * from './parts'\nexport const Other = 1"
		}
		p := load(t, files)
		found := slices.ContainsFunc(p.Modules, func(m *Module) bool { return m.File.Path == "parts/field.jsx" && m.Reachable })
		require.Equal(t, reached, found, use)
	}
}
