package project

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Folders are followed to a depth. A page behind it is told to be unread, and what may be
// in folders that nothing names is told, too.
func TestDeepFolders(t *testing.T) {
	at := func(depth int) string { return strings.Repeat("d/", depth) + "p" }
	f := map[string]string{"app.json": `{"pages": ["p/p", "` + at(maxDepth-2) + `", "` + at(1500) + `"]}`}
	page(f, "p/p", "{}", "<view/>", "Page({})")
	page(f, at(maxDepth-2), "{}", "<view/>", "Page({})")
	page(f, at(1500), "{}", "<view/>", "Page({})")
	p := load(t, f)
	require.NotNil(t, p.unit(at(maxDepth-2)).View)
	require.True(t, slices.ContainsFunc(p.Unread, func(u Unread) bool { return u.Hides }), "%v", p.Unread)
	text := ""
	for _, u := range p.Unread {
		text += u.Reason.EN + "\n"
	}
	require.Contains(t, text, at(1500))
}

// What is nested too deeply is an error only if the program cannot be known without it.
func TestDeepManifest(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000)
	_, err := Load(tree(map[string]string{"app.json": deep}), Options{})
	var e *LoadError
	require.True(t, errors.As(err, &e), "%v", err)
	require.Equal(t, BadConfig, e.Kind)
	require.Contains(t, e.Error(), "nested deeper than")
}

// No path in any file of the tree leads out of it, whatever names it.
func TestNoPathLeadsOut(t *testing.T) {
	const secret = "secret of another"
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	out := filepath.ToSlash(dir) + "/outside"
	for _, name := range []string{"a.js", "a.wxs", "a.ts", "index.js", "fn/index.js"} {
		write("outside/"+name, "module.exports = '"+secret+"'; Page({}); Component({})")
	}
	write("outside/a.wxml", "<view>"+secret+"</view>")
	for _, name := range []string{"a.json", "tsconfig.json", "theme.json", "app.json"} {
		write("outside/"+name, `{"pages": ["a"], "component": true, "navigationBarTitleText": "`+secret+`"}`)
	}
	for _, to := range []string{"../outside", "../../outside", "../../../outside", out} {
		write("in/app.json", `{"pages": ["p/p", "`+to+`/a"], "subpackages": [{"root": "`+to+`", "pages": ["a"]}], "themeLocation": "`+to+`/theme.json",
			"sitemapLocation": "`+to+`/a.json", "usingComponents": {"x": "`+to+`/a"}}`)
		write("in/project.config.json", `{"cloudfunctionRoot": "`+to+`", "pluginRoot": "`+to+`"}`)
		write("in/tsconfig.json", `{"extends": "`+to+`/tsconfig.json", "compilerOptions": {"paths": {"@/*": ["`+to+`/*"]}}}`)
		write("in/app.js", "require('"+to+"/a'); import('"+to+"/a'); require('@/a'); App({})")
		write("in/p/p.json", `{"usingComponents": {"x": "`+to+`/a"}}`)
		write("in/p/p.wxml", `<include src="`+to+`/a.wxml"/><import src="`+to+`/a.wxml"/><wxs module="m" src="`+to+`/a.wxs"/><x/>`)
		write("in/p/p.js", "const a = require('"+to+"/a'); Page({})")
		fsys, err := OpenDir(filepath.Join(dir, "in"))
		require.NoError(t, err)
		programs, err := Load(fsys, Options{})
		require.NoError(t, err)
		require.Len(t, programs, 1, to)
		for _, m := range programs[0].Modules {
			require.NotContains(t, m.File.Text, secret, to)
		}
		for _, u := range programs[0].Units {
			require.False(t, u.View != nil && strings.Contains(u.View.File.Text, secret), to)
			require.NotContains(t, u.Title, secret, to)
		}
		require.Empty(t, programs[0].Functions, to)
	}
	for _, root := range []string{"../outside", out, "/etc/"} {
		write("in/project.config.json", `{"miniprogramRoot": "`+root+`"}`)
		fsys, err := OpenDir(filepath.Join(dir, "in"))
		require.NoError(t, err)
		programs, _ := Load(fsys, Options{})
		for _, p := range programs {
			for _, u := range p.Units {
				require.NotContains(t, u.Title, secret, root)
			}
		}
	}
}
