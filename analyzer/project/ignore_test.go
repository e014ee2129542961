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

// A program in a folder that is not uploaded is no program of the directory, unless it is a project of its own.
func TestProgramThatIsNotPacked(t *testing.T) {
	files := func(more ...string) map[string]string {
		f := map[string]string{
			"project.config.json": `{"appid": "wx1", "packOptions": {"ignore": [{"type": "folder", "value": "sample"}]}}`,
			"app.json":            manifest, "app.js": "App({})", "p/p.wxml": "<view/>", "p/p.js": "Page({})",
			"sample/app.json": manifest, "sample/app.js": "App({})", "sample/p/p.wxml": "<input placeholder='手机号'/>", "sample/p/p.js": "Page({})",
		}
		for i := 0; i < len(more); i += 2 {
			f[more[i]] = more[i+1]
		}
		return f
	}
	requireTold(t, load(t, files()), "sample/app.json:0 false the program here was not read: packOptions.ignore in project.config.json")
	requireTold(t, load(t, files("sample/app.json", "{")))
	for _, more := range [][]string{
		{"sample/project.config.json", `{"appid": "wx2"}`},
		{"project.config.json", `{"appid": "wx1", "packOptions": {"ignore": [{"type": "folder", "value": "samples"}]}}`},
	} {
		programs, err := Load(tree(files(more...)), Options{})
		require.NoError(t, err)
		require.Len(t, programs, 2)
	}
}
