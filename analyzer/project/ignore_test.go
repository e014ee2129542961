package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPackOptions(t *testing.T) {
	f := map[string]string{
		"project.config.json": `{"packOptions": {"ignore": [
			{"type": "folder", "value": "/Mock/"}, {"type": "file", "value": "pages/a/debug.js"},
			{"type": "suffix", "value": ".spec.js"}, {"type": "prefix", "value": "tmp_"},
			{"type": "glob", "value": "docs/**/*.js"}, {"type": "regexp", "value": "\\.bak\\.js$"},
			{"type": "suffix", "value": ".ts"}, {"type": "folder", "value": "cloudfunctions"}, {"type": "regexp", "value": "("}],
			"include": [{"type": "file", "value": "mock/keep.js"}]}, "cloudfunctionRoot": "cloudfunctions"}`,
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "require('./mock/user')",
		"mock/user.js": "", "mock/keep.js": "", "pages/a/debug.js": "", "utils/http.spec.js": "", "utils/tmp_x.js": "",
		"docs/x/y.js": "", "old.BAK.js": "", "utils/only.ts": "", "utils/http.js": "",
		"cloudfunctions/login/index.js": "exports.main = 1",
	}
	page(f, "pages/a/a", "{}", "<view/>", "Page({})")
	p := load(t, f)
	var got []string
	for _, m := range p.Modules {
		got = append(got, m.File.Path)
	}
	require.Equal(t, []string{"app.js", "cloudfunctions/login/index.js", "mock/keep.js", "pages/a/a.js", "utils/http.js", "utils/only.ts"}, got)
	require.Nil(t, p.Units[0].Script.Import("./mock/user"), "what is not uploaded is not there")
	require.True(t, p.Functions[0].Main.Reachable)
}
