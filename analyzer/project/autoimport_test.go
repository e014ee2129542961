package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever says which names the build makes global, a name leads to what exports it.
func TestAutoImport(t *testing.T) {
	plugin := func(options string) map[string]string {
		return map[string]string{"vite.config.ts": "import path from 'path'\nimport AutoImport from 'unplugin-auto-import/vite'\nexport default { plugins: [AutoImport(" + options + ")] }"}
	}
	for name, more := range map[string]map[string]string{
		"a directory":                        plugin("{ imports: ['vue'], dirs: ['src/api', 'src/none'] }"),
		"a directory below":                  plugin("{ dirs: [path.resolve(__dirname, 'src/api/**')] }"),
		"required in a chain of a directory": {"config/index.js": "const AI = { dirs: ['src/api'] }\nmodule.exports = { mini: { webpackChain(chain) { chain.plugin('auto').use(require('unplugin-auto-import/webpack')(AI)) } } }"},
		"by module":                          plugin("{ imports: ['vue', { '@/api/user': ['save', ['load', 'fetchUser'], ['default', 'user']] }] }"),
		"from a module":                      plugin("{ imports: [{ from: '@/api/user', imports: ['save', ['load', 'fetchUser'], ['default', 'user']] }] }"),
		"declared":                           {"src/auto-imports.d.ts": "export {}\ndeclare global {\n  const save: typeof import('./api/user')['save']\n  const fetchUser: typeof import('./api/user').load\n  const user: typeof import('./api/user')['default']\n}"},
		"another file":                       {"vite.config.ts": "import AutoImport from 'unplugin-auto-import/vite'\nexport default { plugins: [AutoImport({ dts: 'types/all.d.ts' })] }", "types/all.d.ts": "  const save: typeof import('../src/api/user')['save']\n  const fetchUser: typeof import('../src/api/user')['load']\n  const user: typeof import('../src/api/user')['default']"},
	} {
		t.Run(name, func(t *testing.T) {
			files := uni()
			for p, text := range more {
				files[p] = text
			}
			files["src/api/index.ts"] = ""
			files["src/api/user.ts"] = "export const save = 1\nexport function load() {}\nexport default class User {}"
			files["src/api/unused.ts"] = "export const other = 1"
			files["src/pages/a/a.vue"] = "<script setup>\nsave(fetchUser)\nuser()\nfunction other() {}\nother()\n</script><template><view/></template>"
			p := load(t, files)
			m := unitOf(t, p, "pages/a/a").Script
			require.Equal(t, "src/api/user.ts", m.Given["save"].Module.File.Path)
			require.Equal(t, []string{"save", "default"}, []string{m.Given["save"].Name, m.Given["user"].Name})
			require.True(t, m.Given["save"].Module.Reachable)
			require.Nil(t, m.Given["other"], "the page declares it itself")
			if g := m.Given["fetchUser"]; g != nil {
				require.Equal(t, "load", g.Name)
			} else {
				require.Contains(t, name, "dir", "load has its own name there")
			}
		})
	}
	files := uni()
	files["vite.config.ts"] = "import AutoImport from 'another-plugin'\nexport default { plugins: [AutoImport({ dirs: ['src/api'] })] }"
	files["src/pages/a/a.vue"] = "<script setup>\nsave()\n</script><template><view/></template>"
	require.Empty(t, unitOf(t, load(t, files), "pages/a/a").Script.Given)
}

// webpack's ProvidePlugin makes what a script exports global: all of it, or one export. A path may depend on the mode.
func TestProvided(t *testing.T) {
	files := map[string]string{
		"package.json": `{"dependencies": {"@tarojs/taro": "3", "axios": "1"}, "scripts": {"build": "cross-env MODE=production taro build"}}`,
		"config/index.js": "const path = require('path')\nconst mode = process.env.MODE\nmodule.exports = { chain(c) {\n" +
			"c.plugin('provide').use(webpack.ProvidePlugin, [{ api: path.resolve(__dirname, '..', 'src/api'), save: ['./src/api', 'save'] }])\n" +
			"c.plugin('more').use(new webpack.ProvidePlugin({ axios: 'axios', settings: path.resolve('.', './src/modes/' + (mode || 'test')), none: path.join(given, 'src/api') })) } }",
		"src/app.config.js": "export default { pages: ['p/p'] }", "src/app.js": "export default p => p.children",
		"src/p/p.jsx":      "const own = 1\nexport default () => <View onTap={() => [api, save, axios, settings, none, own]}/>",
		"src/api/index.js": "export const save = 1", "src/modes/production.js": "module.exports = {}", "src/modes/test.js": "module.exports = {}",
	}
	m := unitOf(t, load(t, files), "p/p").Script
	require.Equal(t, "src/api/index.js", m.Given["api"].Module.File.Path)
	require.Empty(t, m.Given["api"].Name)
	require.Equal(t, "save", m.Given["save"].Name)
	require.Equal(t, "src/modes/production.js", m.Given["settings"].Module.File.Path)
	require.Equal(t, &Given{Spec: "axios"}, m.Given["axios"])
	require.Len(t, m.Given, 4)
}
