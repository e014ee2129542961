package lsp_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lsp"
)

// The components of frameworks are analyzed as they are typed, and a suppression is
// a comment in the language around the finding.
func TestFrameworks(t *testing.T) {
	for name, c := range map[string]struct {
		files         map[string]string
		page, changed string
		line          int
		comment       string
	}{
		"uni-app": {map[string]string{
			"pages.json": `{"pages": [{"path": "pages/a/a"}]}`, "App.vue": "<script>export default {}</script>",
			"pages/a/a.vue": "<template>\n  <input v-model=\"a\" placeholder=\"备注\" />\n</template>\n<script setup>\nimport { ref } from 'vue'\nconst a = ref('')\n</script>\n",
		}, "pages/a/a.vue", "<template>\n  <input v-model=\"a\" placeholder=\"手机号\" />\n</template>\n<script setup>\nimport { ref } from 'vue'\nconst a = ref('')\n</script>\n", 1,
			"<!-- beian-accept field/phone: -->\n  "},
		"taro": {map[string]string{
			"app.config.ts": "export default { pages: ['pages/a/index'] }", "app.tsx": "export default p => p.children",
			"pages/a/index.tsx": "export default () => (\n  <Input placeholder='备注' onInput={e => save(e)} />\n)\n",
		}, "pages/a/index.tsx", "export default () => (\n  <Input placeholder='手机号' onInput={e => save(e)} />\n)\n", 1,
			" /* beian-accept field/phone: */"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := program(t, c.files)
			page := uri(filepath.Join(dir, c.page))
			e := start(t, lsp.Options{})
			e.open(dir, "zh-cn")
			e.didOpen(page, c.files[c.page])
			e.didChange(page, 2, map[string]string{"text": c.changed})
			p := e.diagnostics(page, version(2, has("field/phone")))
			require.Equal(t, c.line, p.Diagnostics[0].Range.Start.Line)
			var actions []action
			params := map[string]any{"textDocument": doc(page), "range": span(c.line, 4, c.line, 4), "context": map[string]any{"diagnostics": []any{}}}
			e.call("textDocument/codeAction", params, &actions)
			require.Equal(t, c.comment, actions[0].Edit.Changes[page][0].NewText)
			e.leave()
		})
	}
}
