package project

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// A configuration is read as a build for WeChat would make it, whatever it is put
// together with; of a choice that nothing tells, both sides count.
func TestConfigurationAsBuilt(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		pages  []string
		open   bool // a part of the list is not known
	}{
		"statements": {config: `
			const config: any = { pages: ['pages/a/index'] }
			if (process.env.TARO_ENV === 'weapp') { config.subPackages = [{ root: 'p', pages: ['b'] }] }
			if (process.env.TARO_ENV === 'h5') config.pages.push('pages/web/index')
			else config.pages.push('pages/c/index')
			export default defineAppConfig(config)`, pages: []string{"pages/a/index", "pages/c/index", "p/b"}},
		"a switch": {config: `
			const pages = ['pages/a/index']
			switch (process.env.TARO_ENV) {
			case 'h5': pages.push('pages/web/index'); break
			case 'weapp': pages.push('pages/b/index'); break
			default: pages.push('pages/other/index')
			}
			export default { pages }`, pages: []string{"pages/a/index", "pages/b/index"}},
		"a test that is not about the platform": {config: `
			export default { pages: ['pages/a/index', DEBUG && 'pages/b/index', ...(DEBUG ? ['pages/c/index'] : ['pages/d/index'])].filter(Boolean) }`,
			pages: []string{"pages/a/index", "pages/b/index", "pages/c/index", "pages/d/index"}},
		"named tests": {config: `
			const isWeb = process.env.TARO_ENV === 'h5'
			const mini = ['weapp', 'tt'].includes(process.env.TARO_ENV)
			export default { pages: ['pages/a/index', ...(isWeb ? ['pages/web/index'] : []), ...(mini ? ['pages/b/index'] : []), !isWeb && 'pages/c/index'] }`,
			pages: []string{"pages/a/index", "pages/b/index", "pages/c/index"}},
		"functions": {config: `
			const root = 'pages'
			const page = name => ` + "`${root}/${name}/index`" + `
			function packages(names) { return names.map(n => ({ root: n, pages: ['index'] })) }
			export default () => {
				const c = { pages: ['a', 'b'].map(page) }
				c.subPackages = packages(['card'])
				return c
			}`, pages: []string{"pages/a/index", "pages/b/index", "card/index"}},
		"paths that are cut": {config: `
			const names = { a: '/pages/a/index', b: '/pages/b/index', c: '/pages/c/index?id=1', d: '/sub/d/index.vue' }
			const cut = path => path.substring(1)
			export default { pages: [cut(names.a), names.b.replace(/^\//, ''), names.c.slice(1, -5)],
				subPackages: [{ root: 'sub', pages: [names.d.substr(5, 7)] }] }`,
			pages: []string{"pages/a/index", "pages/b/index", "pages/c/index", "sub/d/index"}},
		"paths cut at a place that is not known": {config: `
			export default { pages: ['pages/a/index', '/pages/b/index'.slice(offset())] }`, pages: []string{"pages/a/index"}, open: true},
		"loops": {config: `
			const config = { pages: ['pages/a/index'], subPackages: [] }
			;['card', 'shop'].forEach(name => config.subPackages.push({ root: 'sub/' + name, pages: ['index'] }))
			for (const name of ['b', 'c']) config.pages.push(` + "`pages/${name}/index`" + `)
			export default config`,
			pages: []string{"pages/a/index", "pages/b/index", "pages/c/index", "sub/card/index", "sub/shop/index"}},
		"a loop over what is not known": {config: `
			const config = { pages: ['pages/a/index'] }
			names().forEach(name => config.pages.push(name))
			export default config`,
			pages: []string{"pages/a/index"}, open: true},
		"other files": {config: `
			import { main } from './routes'
			import extra from './extra.json'
			export default { pages: main.concat(extra), subPackages: require('./packages') }`,
			pages: []string{"pages/a/index", "pages/b/index", "p/c"}},
		"a name of a JSON file, all of a file": {config: `
			import { main } from './lists.json'
			import * as routes from './routes'
			export default { pages: main.concat(routes.main) }`,
			pages: []string{"pages/b/index", "pages/a/index"}},
		"nothing, and later something": {config: `
			const config = { pages: ['pages/a/index'], subPackages: undefined, plugins: undefined }
			if (process.env.TARO_ENV === 'weapp') config.subPackages = [{ root: 'p', pages: ['b'] }]
			export default config`, pages: []string{"pages/a/index", "p/b"}},
		"other files by names of the build": {config: `
			import { main } from '@/routes'
			import extra from '#data/extra.json'
			export default { pages: main.concat(extra) }`,
			pages: []string{"pages/a/index", "pages/b/index"}},
		"a name that nothing explains": {config: `
			import { main } from '%/routes'
			export default { pages: main.concat('pages/b/index') }`, pages: []string{"pages/b/index"}, open: true},
		"functions called at once": {config: `
			export default { pages: (() => {
				if (process.env.TARO_ENV === 'h5') { return ['pages/web/index'] }
				return ['pages/a/index', ...(process.env.NODE_ENV === 'production' ? [] : ['pages/b/index'])]
			})(), subPackages: (() => [{ root: 'pages/c', pages: ['pages/c/index'].map(p => p.replace('pages/c/', '')) }])() }`,
			pages: []string{"pages/a/index", "pages/b/index", "pages/c/index"}},
		"object methods": {config: `
			const routes = { home: 'pages/a/index', mine: 'pages/b/index' }
			export default Object.assign({ pages: Object.values(routes) }, { window: { navigationBarTitleText: process.env.TITLE } })`,
			pages: []string{"pages/a/index", "pages/b/index"}},
		"a function of another file": {config: `
			import { config } from './build'
			export const wechat = config('title')`, pages: []string{"pages/a/index", "pages/b/index"}},
		"a function of another file, in part": {config: `
			import { half } from './build'
			export default half()`, pages: []string{"pages/a/index"}, open: true},
		"computed names": {config: `
			enum Pages { A = 'a', B = 'b' }
			const routes = { [Pages.A]: 'pages/a/index', [Pages.B]: 'pages/b/index' }
			export default { pages: Object.values(routes), tabBar: { list: [{ pagePath: routes[Pages.A] }] } }`,
			pages: []string{"pages/a/index", "pages/b/index"}},
		"a function of another file with arguments": {config: `
			import { pathOf } from './paths'
			export default { pages: [pathOf('a'), pathOf('b', 'more')] }`, pages: []string{"pages/a/index", "pages/b/more/index"}},
		"a function of another file, of what nobody knows": {config: `
			import { pathOf } from './paths'
			export default { pages: ['pages/a/index', pathOf(ask())] }`, pages: []string{"pages/a/index"}, open: true},
		"what nobody knows": {config: `
			import { ask } from 'elsewhere'
			export default { pages: ['pages/a/index', ...ask()] }`, pages: []string{"pages/a/index"}, open: true},
		"a loop of another file, by a name of the build": {config: `
			import { pages } from '@/loop'
			export default { pages }`, pages: []string{"pages/a/index", "pages/b/index"}, open: true},
		"a title that nobody knows": {config: `
			export default { pages: ['pages/a/index'], window: { navigationBarTitleText: ask() }, debug: process.env.NODE_ENV !== 'production' }`,
			pages: []string{"pages/a/index"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{
				"src/app.config.ts": c.config, "src/app.tsx": "export default 1",
				"tsconfig.json":       `{"compilerOptions": {"paths": {"#data/*": ["./src/*"]}}}`,
				"src/routes/index.ts": "export const main = ['pages/a/index']", "src/extra.json": `["pages/b/index"]`, "src/lists.json": `{"main": ["pages/b/index"]}`,
				"src/paths.ts": "export function pathOf(...parts: string[]) { return `pages/${parts.join('/')}/index` }",
				"src/loop.ts": "import table from '@/table'\nexport const pages: string[] = []\n" +
					"for (const key in table) { pages.push(table[key].path.substring(1)) }",
				"src/table.ts":    "export default { a: { path: '/pages/a/index' }, b: { path: '/pages/b/index' } }",
				"src/packages.js": "module.exports = [{ root: 'p', pages: ['c'] }]",
				"src/build.ts": "import { main } from './routes'\nexport function config(title?: string) { " +
					"return { pages: [...main, 'pages/b/index'], window: { navigationBarTitleText: title || name } } }\n" +
					"export const half = () => ({ pages: ['pages/a/index', ...ask()] })",
			}
			for _, page := range c.pages {
				files["src/"+page+".tsx"] = "export default () => null"
			}
			p := load(t, files)
			require.ElementsMatch(t, c.pages, p.Config.Pages)
			open := slices.ContainsFunc(p.Unread, func(u Unread) bool { return u.Path == "src/app.config.ts" })
			require.Equal(t, c.open, open, "%v", p.Unread)
		})
	}
}

// Lists that are made of lists twice do not grow for ever.
func TestDoubledConstants(t *testing.T) {
	config := "const a0 = ['pages/a/index']\n"
	for k := range 30 {
		n := string(rune('0'+k/10)) + string(rune('0'+k%10))
		before := "a0"
		if k > 0 {
			before = "b" + string(rune('0'+(k-1)/10)) + string(rune('0'+(k-1)%10))
		}
		config += "const b" + n + " = [..." + before + ", ..." + before + "]\n"
	}
	p := load(t, map[string]string{
		"app.config.js": config + "export default { pages: ['pages/a/index', ...b29] }", "app.js": "export default 1", "pages/a/index.js": "export default 1",
	})
	require.Contains(t, p.Config.Pages, "pages/a/index")
}

// Files that export a component from each other and from nowhere else.
func TestExportsInACircle(t *testing.T) {
	p := load(t, map[string]string{
		"app.config.js": "export default { pages: ['pages/a/index'] }", "app.js": "export default 1",
		"pages/a/index.jsx": "import { Row } from '../../parts'\nexport default () => <Row />",
		"parts/index.js":    "import { Row } from './more'\nexport { Row }",
		"parts/more.js":     "import { Row } from './index'\nexport { Row }",
	})
	require.Len(t, p.Config.Pages, 1)
}

// The tools of some platforms want an app.json in the root, whatever is in it, beside the
// sources of a framework.
func TestAppWithoutPages(t *testing.T) {
	p := load(t, map[string]string{
		"app.json": "{}", "project.config.json": `{"miniprogramRoot": "dist/wechat"}`, "package.json": `{"dependencies": {"remax": "2"}}`,
		"src/app.config.ts": "export const wechat = { pages: ['pages/a/index'] }", "src/app.tsx": "export default 1",
		"src/pages/a/index.tsx": "export default () => null",
	})
	require.Equal(t, []string{"pages/a/index"}, p.Config.Pages)
	require.Empty(t, p.Unread)
}

// The configuration of remax is exported for each platform; that of WeChat counts.
func TestConfigurationOfEachPlatform(t *testing.T) {
	for _, exports := range []string{"module.exports", "exports"} {
		p := load(t, map[string]string{
			"package.json": `{"dependencies": {"remax": "2"}}`, "src/app.js": "export default 1", "src/pages/a/index.js": "export default () => null",
			"src/app.config.js": "const pages = ['pages/a/index']\n" + exports + ".ali = { pages: ['pages/b/index'] }\n" + exports + ".wechat = { pages }",
		})
		require.Equal(t, []string{"pages/a/index"}, p.Config.Pages)
		require.Empty(t, p.Unread)
	}
}

// weapp-vite lists the pages by their places; components in the folder of a page are none.
func TestRoutesByPlace(t *testing.T) {
	p := load(t, map[string]string{
		"project.config.json": `{"miniprogramRoot": "dist"}`, "package.json": `{"devDependencies": {"weapp-vite": "6"}}`,
		"src/app.vue": "<script setup>\nimport routes from 'weapp-vite/auto-routes'\n" +
			"defineAppJson({ pages: routes.pages, window: {} })\n</script>",
		"src/pages/home/index.vue": "<template><input placeholder=\"手机号\" /></template>",
		"src/pages/shop/shop.vue":  "<template><view /></template>",
		"src/pages/shop/row.vue":   "<template><view /></template>",
	})
	require.Equal(t, []string{"pages/home/index", "pages/shop/shop"}, p.Config.Pages)
}

// An app of Taro with Vue may be called App.vue and be made in main.ts.
func TestAppOfTaroInCapitals(t *testing.T) {
	p := load(t, map[string]string{
		"package.json":      `{"dependencies": {"@tarojs/taro": "4", "vue": "3"}}`,
		"src/app.config.ts": "export default defineAppConfig({ pages: ['pages/a/index'] })",
		"src/App.vue":       "<script setup>\n</script>", "src/main.ts": "import { createApp } from 'vue'\nimport App from './App.vue'\ncreateApp(App).mount('#app')",
		"src/pages/a/index.vue": "<template><view /></template>",
	})
	require.Equal(t, []string{"pages/a/index"}, p.Config.Pages)
	require.Equal(t, "src/App.vue", p.Units[0].Script.File.Path)
	require.Equal(t, "src/main.ts", p.Entry.File.Path)
}
