package project

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// workshop is a repository with a program in apps/shop and packages beside it.
func workshop() map[string]string {
	return map[string]string{
		"apps/shop/package.json":           `{"dependencies": {"@w/form": "workspace:*", "@w/net": "1.0.0", "linked": "file:../../other/linked"}}`,
		"apps/shop/src/manifest.json":      "{}",
		"apps/shop/src/pages.json":         `{"pages": [{"path": "pages/a/a"}]}`,
		"apps/shop/src/App.vue":            "<script>export default {}</script>",
		"apps/shop/src/pages/a/a.vue":      `<script setup>` + shopImports + `</script><template><PhoneField :given="[more, send, go, rules, day]" /></template>`,
		"apps/shop/tsconfig.json":          `{"extends": "../../tsconfig.base.json"}`,
		"tsconfig.base.json":               `{"compilerOptions": {"paths": {"#lib/*": ["./lib/*"]}}}`,
		"lib/date.js":                      "export const day = 1",
		"packages/form/package.json":       `{"name": "@w/form", "main": "dist/index.js", "exports": {".": "./dist/index.js", "./extra": {"import": "./src/more.ts"}}}`,
		"packages/form/dist/index.js":      "export const built = 1",
		"packages/form/src/index.ts":       "export { default as PhoneField } from './PhoneField.vue'\nexport { default as Other } from './Other.vue'",
		"packages/form/src/PhoneField.vue": "<template><input placeholder=\"手机号\" /></template>",
		"packages/form/src/Other.vue":      "<template><input placeholder=\"身份证号\" /></template>",
		"packages/form/src/more.ts":        "export const more = 1",
		"packages/net/package.json":        `{"name": "@w/net"}`,
		"packages/net/index.js":            "import './inner'\nexport const send = 1",
		"packages/net/inner.js":            "",
		"packages/unused/package.json":     `{"name": "@w/unused"}`,
		"packages/unused/index.js":         "wx.chooseAddress({})",
		"other/linked/package.json":        `{"name": "linked", "main": "./go"}`,
		"other/linked/go.js":               "export default 1",
		"shared/rules.js":                  "export const rules = 1",
	}
}

const shopImports = `
import { PhoneField } from '@w/form'
import { more } from '@w/form/extra'
import { send } from '@w/net'
import go from 'linked'
import { rules } from '../../../../../shared/rules'
import { day } from '#lib/date'
`

// wanted is what the page of workshop imports, from the top.
var wanted = []string{
	"packages/form/src/index.ts", "packages/form/src/more.ts", "packages/net/index.js", "other/linked/go.js", "shared/rules.js", "lib/date.js",
}

func TestOutside(t *testing.T) {
	for name, file := range map[string]struct{ path, text string }{
		"pnpm":  {"pnpm-workspace.yaml", "packages:\n  - 'apps/*'\n  - packages/*\n  - '!packages/unused'\n"},
		"npm":   {"package.json", `{"workspaces": ["apps/*", "packages/*"]}`},
		"yarn":  {"package.json", `{"workspaces": {"packages": ["packages/**"]}}`},
		"lerna": {"lerna.json", `{"packages": ["packages/*"]}`},
		"rush":  {"rush.json", `{"projects": [{"projectFolder": "packages/form"}, {"projectFolder": "packages/net"}, /* x */]}`},
	} {
		files := workshop()
		files[file.path] = file.text
		t.Run(name+", from the top", func(t *testing.T) {
			programs, err := Load(tree(files), Options{})
			require.NoError(t, err)
			requireImports(t, programs[0], "")
			require.Empty(t, programs[0].Outside)
		})
		t.Run(name+", from the program", func(t *testing.T) {
			top := tree(files)
			inner, err := fs.Sub(top, "apps/shop")
			require.NoError(t, err)
			opened := 0
			programs, err := Load(inner, Options{Around: &Surroundings{Path: "apps/shop", Open: func() (fs.FS, error) { opened++; return top, nil }}})
			require.NoError(t, err)
			requireImports(t, programs[0], "../../")
			require.Contains(t, programs[0].Outside, "../../packages/form/src/PhoneField.vue")
			require.NotContains(t, programs[0].Outside, "../../packages/unused/index.js")
			require.Equal(t, 1, opened)

			programs, err = Load(inner, Options{})
			require.NoError(t, err)
			p := programs[0]
			require.Empty(t, p.Outside)
			require.Len(t, p.unit("pages/a/a").Script.Missing, len(wanted))
			var own []string
			for _, u := range p.Unread {
				require.True(t, u.Hides)
				own = append(own, u.Location.File.Slice(u.Location.Span))
			}
			require.Equal(t, []string{"'@w/form'", "'@w/form/extra'", "'linked'", "'../../../../../shared/rules'", "'#lib/date'"}, own,
				"of @w/net package.json says a version, as of any package")
		})
	}
}

func requireImports(t *testing.T, p *Program, up string) {
	t.Helper()
	require.Empty(t, p.Unread)
	page := p.unit("pages/a/a")
	var got []string
	for _, i := range page.Script.Imports {
		require.NotNil(t, i.Module, i.Spec)
		got = append(got, i.Module.File.Path)
	}
	for i, w := range wanted {
		require.Equal(t, up+w, got[i])
	}
	field := page.Components["PhoneField"].Unit
	require.True(t, field.Reachable)
	require.NotEmpty(t, field.View.Tree.Nodes)
	for _, u := range p.Units {
		require.NotContains(t, u.Path, "Other", "no template uses it")
	}
}

// Nothing beyond the repository is read, neither by name nor over a link; nor are
// files that tools keep in it.
func TestOutsideEndsAtTheRepository(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		p := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
	}
	write("secret.js", "")
	write("repo/.git/config", "")
	write("repo/.git/hook.js", "")
	write("repo/shared.js", "")
	write("repo/mp/app.json", `{"pages": ["p/p"]}`)
	write("repo/mp/p/p.wxml", "<view/>")
	write("repo/mp/p/p.js", "require('../../shared'); require('../../../secret'); require('../../link'); require('../../.git/hook'); Page({})")
	require.NoError(t, os.Symlink("../secret.js", filepath.Join(dir, "repo/link.js")))
	mp := filepath.Join(dir, "repo/mp")
	fsys, err := OpenDir(mp)
	require.NoError(t, err)
	programs, err := Load(fsys, Options{Around: Around(mp)})
	require.NoError(t, err)
	require.Equal(t, []string{"../shared.js"}, programs[0].Outside)
	require.Len(t, programs[0].unit("p/p").Script.Missing, 3)
	require.Nil(t, Around(filepath.Join(dir, "repo")), "the top has nothing around it")
	require.Nil(t, Around(dir))
}

func TestAroundPath(t *testing.T) {
	a := newAround(&Surroundings{Path: "apps/shop"})
	for name, want := range map[string]string{"packages/ui": "../../packages/ui", "apps/site/x.js": "../site/x.js", "apps/shop/src": "src", "x.js": "../../x.js"} {
		require.Equal(t, want, a.path(name))
	}
	require.Nil(t, newAround(&Surroundings{Path: "."}))
	require.False(t, (&listing{fsys: fstest.MapFS{}}).has("../x.js"))
}
