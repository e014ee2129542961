package lsp_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
	"github.com/beian/beian/detectors"
)

// What is on the screen counts for files outside of the folder that the program reads, too,
// whether they were opened before the program was first read or after.
func TestDocumentOutsideOfTheFolder(t *testing.T) {
	const stored, typed = "<template><input placeholder=\"备注\" /></template>", "<template><input placeholder=\"手机号\" /></template>"
	const page = "<template><view><input placeholder=\"姓名\" /><Field /></view></template>\n<script setup>\nimport Field from '../../../../packages/ui/field.vue'\n</script>"
	top := program(t, map[string]string{
		"package.json":            `{"workspaces": ["apps/*", "packages/*"]}`,
		"packages/ui/field.vue":   stored,
		"packages/ui/other.vue":   stored,
		"apps/shop/pages.json":    `{"pages": [{"path": "pages/a/a"}]}`,
		"apps/shop/App.vue":       "<script>export default {}</script>",
		"apps/shop/pages/a/a.vue": page,
	})
	surrounded := func(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error) {
		dir.Surround()
		return analyzer.Analyze(ctx, []analyzer.Dir{dir}, analyzer.Options{Version: "test", Detectors: detectors.All()})
	}
	field, other := uri(filepath.Join(top, "packages/ui/field.vue")), uri(filepath.Join(top, "packages/ui/other.vue"))
	for _, early := range []bool{true, false} {
		e := start(t, lsp.Options{Analyze: surrounded})
		e.open(filepath.Join(top, "apps/shop"), "en")
		if early {
			e.didOpen(field, stored)
			e.didOpen(other, stored)
		} else {
			e.didOpen(uri(filepath.Join(top, "apps/shop/pages/a/a.vue")), page)
			e.diagnostics(uri(filepath.Join(top, "apps/shop/pages/a/a.vue")), has("field/name"))
			e.didOpen(field, stored)
		}
		e.didChange(field, 2, map[string]string{"text": typed})
		p := e.diagnostics(field, has("field/phone"))
		require.Equal(t, 0, p.Diagnostics[0].Range.Start.Line)
		e.leave()
	}
}
