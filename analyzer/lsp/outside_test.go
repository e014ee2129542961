package lsp_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
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

// What is typed counts, whatever became of the folder of a document in between: one inside of it was added or removed, or the
// analysis whose report rested on the document has failed since.
func TestDocumentWhoseFolderChanges(t *testing.T) {
	const note, phone = "<template><input placeholder=\"备注\" /></template>", "<template><input placeholder=\"手机号\" /></template>"
	top := program(t, map[string]string{
		"shop/pages.json":    `{"pages": [{"path": "pages/a/a"}]}`,
		"shop/App.vue":       "<script>export default {}</script>",
		"shop/pages/a/a.vue": note,
		"pages.json":         `{"pages": [{"path": "b/b"}]}`,
		"App.vue":            "<script>export default {}</script>",
		"b/b.vue":            note,
	})
	page := uri(filepath.Join(top, "shop/pages/a/a.vue"))
	e := start(t, lsp.Options{})
	e.open(top, "en")
	e.didOpen(page, note)
	change := func(key string) {
		folder := map[string]string{"uri": uri(filepath.Join(top, "shop")), "name": "shop"}
		e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{key: []any{folder}}})
	}
	change("added")
	e.didChange(page, 2, map[string]string{"text": phone})
	e.diagnostics(page, has("field/phone"))
	change("removed")
	e.didChange(page, 3, map[string]string{"text": note})
	e.diagnostics(page, without("field/phone"))
	e.didChange(page, 4, map[string]string{"text": phone})
	e.diagnostics(page, has("field/phone"))
	e.leave()
}

// A report that fails rests on nothing; what is typed meanwhile in a document outside of the folder is in the next one.
func TestDocumentOutsideWhileAnalysesFail(t *testing.T) {
	const stored, typed = "<template><input placeholder=\"备注\" /></template>", "<template><input placeholder=\"手机号\" /></template>"
	const page = "<template><Field /></template>\n<script setup>\nimport Field from '../../../../packages/ui/field.vue'\n</script>"
	top := program(t, map[string]string{
		"package.json":            `{"workspaces": ["apps/*", "packages/*"]}`,
		"packages/ui/field.vue":   stored,
		"apps/shop/pages.json":    `{"pages": [{"path": "pages/a/a"}]}`,
		"apps/shop/App.vue":       "<script>export default {}</script>",
		"apps/shop/pages/a/a.vue": page,
	})
	var broken atomic.Bool
	failed := make(chan struct{}, 8)
	e := start(t, lsp.Options{Analyze: func(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error) {
		if broken.Load() {
			failed <- struct{}{}
			return nil, errors.New("broken")
		}
		dir.Surround()
		return analyzer.Analyze(ctx, []analyzer.Dir{dir}, analyzer.Options{Version: "test", Detectors: detectors.All()})
	}})
	e.open(filepath.Join(top, "apps/shop"), "en")
	field, own := uri(filepath.Join(top, "packages/ui/field.vue")), uri(filepath.Join(top, "apps/shop/pages/a/a.vue"))
	const marked = "<template><view><input placeholder=\"姓名\" /><Field /></view></template>"
	e.didOpen(own, strings.Replace(page, "<template><Field /></template>", marked, 1))
	e.diagnostics(own, has("field/name"))
	e.didOpen(field, stored)
	broken.Store(true)
	e.didChange(own, 2, map[string]string{"text": page})
	<-failed
	e.diagnostics(own, without("field/name"))
	e.didChange(field, 2, map[string]string{"text": typed})
	broken.Store(false)
	e.didChange(own, 3, map[string]string{"text": page + "\n"})
	e.diagnostics(field, has("field/phone"))
	e.leave()
}
