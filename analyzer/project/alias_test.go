package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Names for directories are read from every configuration that can hold them.
func TestAliases(t *testing.T) {
	taro := func(more map[string]string) map[string]string {
		files := map[string]string{
			"package.json": `{"dependencies": {"@services": "1", "@elsewhere/x": "1"}}`, "src/app.config.js": "export default { pages: ['pages/a/index'] }", "src/app.js": "export default p => p.children",
			"src/pages/a/index.js": "import { save } from '@services/user'\nimport all from '@services'\nimport { off } from '@elsewhere/x'\nexport default () => <View/>",
			"src/api/user.js":      "export const save = 1", "src/api/index.js": "export default 2", "src/@services/user.js": "", "other/x.js": "",
		}
		for p, text := range more {
			files[p] = text
		}
		return files
	}
	for name, files := range map[string]map[string]string{
		"Taro":               taro(map[string]string{"config/index.js": "const path = require('path')\nmodule.exports = { alias: { '@services': path.resolve(__dirname, '..', 'src/api'), '@elsewhere': path.resolve(__dirname, '../other') } }"}),
		"vite":               taro(map[string]string{"vite.config.ts": "export default defineConfig({ resolve: { alias: { '@services': fileURLToPath(new URL('./src/api', import.meta.url)), [computed]: 1 } } })"}),
		"vite, list":         taro(map[string]string{"vite.config.js": "const alias = [{ find: '@services', replacement: `./src/api` }, { find: /^~/, replacement: '' }]\nexport default { resolve: { alias } }"}),
		"vue.config.js":      taro(map[string]string{"vue.config.js": "const resolve = dir => path.join(__dirname, dir)\nmodule.exports = { chainWebpack: config => { config.resolve.alias.set('@', resolve('src')).set('@services', resolve('src/api')) } }"}),
		"made by a function": taro(map[string]string{"config/index.js": "const path = require('path')\nconst part = name => path.join(__dirname, `../src/${name}`)\nconst parts = { '@services': part('api') }\nmodule.exports = { alias: { '@elsewhere': part('none'), ...parts } }"}),
		"calls itself":       taro(map[string]string{"vue.config.js": "const all = n => path.join(all(n), one(n))\nconst one = m => path.join(all(m))\nmodule.exports = { alias: { '@none': all('x'), '@services': './src/api' } }"}),
		"declared function":  taro(map[string]string{"vue.config.js": "function part(name) { return path.resolve(__dirname, './src', name) }\nmodule.exports = { resolve: { alias: { '@services': part('api') } } }"}),
		"tsconfig.json":      taro(map[string]string{"tsconfig.json": `{"compilerOptions": {"baseUrl": "./src", /* x */ "paths": {"@services/*": ["none/*", "api/*"], "@services": ["./api"], "*": ["any/*"],}}}`}),
		"jsconfig, base":     taro(map[string]string{"jsconfig.json": `{"extends": "./base"}`, "base.json": `{"compilerOptions": {"paths": {"@services/*": ["./src/api/*"]}}}`}),
		"module-alias":       taro(map[string]string{"package.json": `{"dependencies": {"@elsewhere/x": "1"}, "_moduleAliases": {"@services": "src/api", "@elsewhere": "src/gone"}}`}),
		"imports of Node":    taro(map[string]string{"package.json": `{"dependencies": {"@elsewhere/x": "1"}, "imports": {"@services": "./src/api", "@services/*": {"node": {"import": "./src/none/*.js"}, "default": "./src/api/*.js"}}}`}),
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, files)
			require.Empty(t, p.Unread)
			m := unitOf(t, p, "pages/a/index").Script
			require.NotNil(t, m.Import("@services/user"))
			require.Equal(t, "src/api/user.js", m.Import("@services/user").File.Path)
			require.Equal(t, "src/api/index.js", m.Import("@services").File.Path)
			if elsewhere := m.Import("@elsewhere/x"); name == "Taro" {
				require.Equal(t, "other/x.js", elsewhere.File.Path)
			} else {
				require.Nil(t, elsewhere)
			}
		})
	}
	p := load(t, taro(map[string]string{"tsconfig.json": `{"compilerOptions": {`}))
	require.Len(t, p.Unread, 1)
	require.False(t, p.Unread[0].Hides)
}

// A build may call a script, or a package, by another name: webpack, resolve.alias.
func TestAliasOfScriptAndPackage(t *testing.T) {
	p := load(t, map[string]string{
		"package.json":               `{"dependencies": {"mpvue": "1.0.0", "some-kit": "1.0.0"}}`,
		"build/webpack.base.conf.js": "module.exports = { resolve: { alias: { net: resolve('src/lib/net'), kit: 'some-kit/src', lost: 'other-kit/src' } } }",
		"src/main.js":                "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()",
		"src/App.vue":                "<script>export default {}</script>",
		"src/app.json":               `{"pages": ["pages/visit/main"]}`,
		"src/lib/net.js":             "export const send = 1",
		"src/pages/visit/main.js":    "import Vue from 'vue'\nimport App from './index'\nnew Vue(App).$mount()",
		"src/pages/visit/index.vue":  "<template><div/></template><script>import { send } from 'net'\nimport row from 'kit/row'\nimport gone from 'lost/row'\nexport default { data: () => ({ x: [send, row, gone] }) }</script>",
	})
	require.Equal(t, "src/lib/net.js", unitOf(t, p, "pages/visit/index").Script.Import("net").File.Path)
	requireTold(t, p, `src/pages/visit/index.vue:3 false the package "lost"`)
}

// A name may be that of one component, whose suffix the build adds.
func TestAliasOfComponent(t *testing.T) {
	p := load(t, map[string]string{
		"package.json":          `{"dependencies": {"wepy": "1.7.2"}}`,
		"wepy.config.js":        "module.exports = { resolve: { alias: { box: path.join(__dirname, 'src/parts/box/box'), gone: path.join(__dirname, 'src/parts/gone') } } }",
		"src/app.wpy":           "<script>\nimport wepy from 'wepy'\nexport default class extends wepy.app { config = { pages: ['pages/a'] } }\n</script>",
		"src/pages/a.wpy":       "<template><box/></template><script>\nimport wepy from 'wepy'\nimport box from 'box'\nimport gone from 'gone'\nexport default class extends wepy.page { components = { box } }\n</script>",
		"src/parts/box/box.wpy": "<template><view/></template><script>import wepy from 'wepy'\nexport default class extends wepy.component {}</script>",
	})
	require.Equal(t, "src/parts/box/box.wpy", unitOf(t, p, "pages/a").Components["box"].Unit.View.File.Path)
	requireTold(t, p, `src/pages/a.wpy:4 false the package "gone"`)
}

// A name for a JSON file is one, whatever it is called; a name whose folder is there and whose file is not is no package.
func TestAliasThatIsNoPackage(t *testing.T) {
	p := load(t, map[string]string{
		"package.json": `{"dependencies": {"@tarojs/taro": "3", "@shop/kit": "1"}}`, "src/app.config.js": "export default { pages: ['pages/a/index'] }", "src/app.js": "export default p => p.children",
		"config/index.js": "const path = require('path')\nmodule.exports = { alias: { manifest: path.resolve(__dirname, '..', 'package.json') } }",
		"src/pages/a/index.js": "import pkg from 'manifest'\nimport sdk from '@_own/sdk/dist/index.js'\nimport kit from '@shop/kit/sdk'\nimport far from '@far/sdk'\n" +
			"export default () => <View onTap={() => sdk.send(kit, far)}>{pkg.version}</View>",
		"src/_own/list.js": "export default 1", "src/shop/list.js": "export default 1",
	})
	m := unitOf(t, p, "pages/a/index").Script
	require.Nil(t, m.Lacks("manifest"))
	require.True(t, m.Lacks("@_own/sdk/dist/index.js").Own)
	require.False(t, m.Lacks("@shop/kit/sdk").Own)
	require.False(t, m.Lacks("@far/sdk").Own)
	requireTold(t, p, `src/pages/a/index.js:2 true "@_own/sdk/dist/index.js"`, `src/pages/a/index.js:4 false "@far/sdk"`)
}
