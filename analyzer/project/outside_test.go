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
// Windows and macOS find what is beside the sources under other capitals, too; one of several is not guessed.
func TestOutsideInOtherCapitals(t *testing.T) {
	f := map[string]string{
		"package.json":              `{"dependencies": {"@tarojs/taro": "4.0.0"}}`,
		"src/app.config.js":         "export default { pages: ['pages/a/index'] }",
		"src/app.jsx":               "export default p => p.children",
		"src/pages/a/index.jsx":     "import Filter from '../../../component/Filter/index'\nimport Card from '../../../component/Card'\nexport default () => <Filter><Card /></Filter>",
		"component/filter/index.js": "export default ({ children }) => <view>{children}</view>",
		"component/card.js":         "export default () => <view />",
		"component/CARD.js":         "export default () => <view />",
	}
	p := load(t, f)
	requireTold(t, p, `src/pages/a/index.jsx:2 true "../../../component/Card", which is imported here, is not there`)
}

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

// Cloud functions take packages of the repository as programs do: from a list of the workspace,
// from a directory, and by a name with a scope that a package in the tree has.
func TestOwnPackagesOfFunctions(t *testing.T) {
	files := func(more map[string]string) map[string]string {
		f := map[string]string{
			"project.config.json":                  `{"miniprogramRoot": "client/", "cloudfunctionRoot": "cloud/functions/"}`,
			"client/app.json":                      manifest,
			"client/p/p.js":                        "Page({})",
			"client/p/p.wxml":                      "<view/>",
			"cloud/functions/login/package.json":   `{"main": "index.js", "dependencies": {"taken": "file:../../taken"}}`,
			"cloud/functions/login/index.js":       "require('@w/utils'); require('@w/utils/send'); require('taken'); exports.main = () => {}",
			"cloud/functions/taken.js":             "",
			"cloud/taken/package.json":             `{"name": "other"}`,
			"cloud/taken/index.js":                 "",
			"cloud/utils/package.json":             `{"name": "@w/utils", "main": "lib.js"}`,
			"cloud/utils/lib.js":                   "",
			"cloud/utils/send.js":                  "",
			"node_modules/@w/utils/package.json":   `{"name": "@w/utils"}`,
			"node_modules/@w/utils/index.js":       "",
			"cloud/functions/other/package.json":   `{"main": "index.js"}`,
			"cloud/functions/other/index.js":       "require('wx-server-sdk'); require('@w/utils'); exports.main = () => {}",
			"cloud/functions/other/node_modules/x": "",
		}
		for name, text := range more {
			f[name] = text
		}
		return f
	}
	for name, more := range map[string]map[string]string{
		"a workspace": {"package.json": `{"workspaces": ["cloud/*"]}`},
		"a directory": {"cloud/functions/other/package.json": `{"dependencies": {"@w/utils": "link:../../utils"}}`},
		"no more":     {},
		"a version":   {"cloud/functions/login/package.json": `{"main": "index.js", "dependencies": {"@w/utils": "^1.0.0", "taken": "file:../../taken"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, files(more))
			require.Empty(t, told(p))
			for _, f := range p.Functions {
				for _, i := range f.Main.Imports {
					if i.Spec != "wx-server-sdk" {
						require.NotNil(t, i.Module, i.Spec)
						require.NotContains(t, i.Module.File.Path, "node_modules")
					}
				}
			}
		})
	}
}

// A directory that is not in the tree may be on the server.
func TestTakenPackageThatIsNotInTheTree(t *testing.T) {
	require.Empty(t, told(load(t, map[string]string{
		"project.config.json": `{"miniprogramRoot": "client/", "cloudfunctionRoot": "cloud/"}`,
		"client/app.json":     manifest, "client/p/p.js": "Page({})", "client/p/p.wxml": "<view/>",
		"cloud/login/package.json": `{"main": "index.js", "dependencies": {"config": "file:../common/config"}}`,
		"cloud/login/index.js":     "require('config'); exports.main = () => {}",
	})))
}

// What a package of the repository has not is told as that, not as out of reach; a name without a
// scope is not looked for in the tree.
func TestOwnPackageWithoutTheFile(t *testing.T) {
	files := native("", "<view/>", "import '@w/utils'\nimport '@w/utils/gone'\nimport 'tools'\nPage({})")
	files["package.json"] = `{"workspaces": ["packages/*"]}`
	files["packages/utils/package.json"] = `{"name": "@w/utils", "main": "dist/index.js"}`
	files["packages/utils/source.js"] = ""
	files["elsewhere/tools/package.json"] = `{"name": "tools"}`
	files["elsewhere/tools/index.js"] = "import './nothing'"
	requireTold(t, load(t, files),
		`p/p.js:1 true "@w/utils", which is imported here, belongs to the package in packages/utils`,
		`p/p.js:2 true "@w/utils/gone", which is imported here, belongs to the package in packages/utils`,
		`p/p.js:3 false the package "tools", which is imported here, is not in the tree`)
}

// A component of a package in the repository that no list names is read.
func TestOwnPackageOfComponents(t *testing.T) {
	files := native(`{"usingComponents": {"phone-field": "@w/ui/field/index"}}`, "<phone-field/>", "Page({})")
	files["shared/ui/package.json"] = `{"name": "@w/ui"}`
	files["shared/ui/field/index.json"] = `{"component": true}`
	files["shared/ui/field/index.wxml"] = `<input placeholder="手机号"/>`
	files["shared/ui/field/index.js"] = "Component({})"
	p := load(t, files)
	require.Empty(t, told(p))
	require.NotNil(t, p.unit("p/p").Components["phone-field"].Unit)
}
