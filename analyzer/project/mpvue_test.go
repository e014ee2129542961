package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The configuration of a page is in main.json since version 2 of mpvue, or in the list of mpvue-entry. What it
// names is a native component of the whole page, in a folder that the build copies.
func TestPagesOfMpvue(t *testing.T) {
	entry := "import Vue from 'vue'\nimport App from './form'\nnew Vue(App).$mount()"
	part := func(f map[string]string, base, script, template string) {
		f[base+".json"], f[base+".js"], f[base+".wxml"] = `{"component": true}`, script, template
	}
	f := map[string]string{
		"package.json": `{"dependencies": {"mpvue": "^2.0.0"}}`,
		"src/main.js":  "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()",
		"src/App.vue":  "<script>export default {}</script>",
		"src/pages.js": `module.exports = [{ path: 'pages/list', config: { usingComponents: { "own-tag": "/static/own/tag" }, navigationBarTitleText: '列表' } }, 'pages/map.vue']`,
		"src/app.json": `{"pages": ["pages/visit/main"]}`,
		// main.json is beside the entry, and the component in another folder.
		"src/pages/visit/main.js":   "import Vue from 'vue'\nimport App from '@/views/visit/form'\nnew Vue(App).$mount()",
		"src/pages/visit/main.json": `{"navigationBarTitleText": "来访", "usingComponents": {"own-tag": "../../../static/own/tag", "i-button": "/static/iview/button/index", "gone": "/static/gone/index"}}`,
		"src/views/visit/form.vue":  "<template><div><Row/><i-button/><gone value='a'/></div></template><script>import Row from './row'\nexport default { components: { Row } }</script>",
		"src/views/visit/row.vue":   "<template><own-tag/></template><script>export default {}</script>",
		"src/pages/bad/main.js":     entry,
		"src/pages/bad/main.json":   "{",
		"src/pages/bad/form.vue":    "<template><div/></template>",
		"src/pages/list.vue":        "<template><own-tag/></template>",
		"src/pages/map.vue":         "<template><own-map/></template>",
	}
	part(f, "static/own/tag", "Component({})", `<input placeholder="手机号"/>`)
	part(f, "static/iview/button/index", "Component({})", "<button/>")
	p := load(t, f)
	require.ElementsMatch(t, []string{"pages/visit/main", "pages/bad/main", "pages/list", "pages/map"}, p.Config.Pages)
	visit, row := unitOf(t, p, "views/visit/form"), unitOf(t, p, "views/visit/row")
	require.Equal(t, "来访", visit.Title)
	require.Equal(t, "iview-weapp", visit.Components["i-button"].Library)
	require.NotNil(t, row.Components["own-tag"], "a native component is one of the whole page")
	require.Equal(t, "static/own/tag.wxml", row.Components["own-tag"].Unit.View.File.Path)
	require.Same(t, row.Components["own-tag"].Unit, unitOf(t, p, "pages/list").Components["own-tag"].Unit)
	require.Equal(t, "列表", unitOf(t, p, "pages/list").Title)
	requireTold(t, p, "src/pages/bad/main.json:1 true not valid JSON",
		"src/pages/map.vue:1 true <own-map> is imported and registered nowhere in the tree", // before the next, as paths are in order
		`src/pages/visit/main.json:1 true "/static/gone/index" (<gone>)`)
}

// The build may name the list of pages for mpvue-entry. A list that no build names is none.
func TestPageListOfTheBuild(t *testing.T) {
	for build, want := range map[string][]string{
		"const E = require('mpvue-entry')\nmodule.exports = { entry: E.getEntry('./src/router/routes.js') }":                                   {"pages/list", "pages/map"},
		"const E = require('mpvue-entry')\nmodule.exports = { entry: E.getEntry({ pages: './src/router/routes.js', dist: 'dist' }) }":          {"pages/list", "pages/map"},
		"const E = require('mpvue-entry')\nmodule.exports = { entry: E.getEntry({ pages: path.join(__dirname, '../src/router/routes.js') }) }": {"pages/list", "pages/map"},
		"const E = require('mpvue-entry')\nmodule.exports = { entry: E.getEntry({ dist: './src/router/routes.js' }) }":                         {"pages/visit/main"},
		"var gen = require('mpvue-entry')\nconst entry = gen('./src/router/routes.js')\nmodule.exports = { entry }":                            {"pages/list", "pages/map"},
		"import gen from 'mpvue-entry'\nexport default { entry: gen('./src/router/routes.js') }":                                               {"pages/list", "pages/map"},
		"const E = require('mpvue-entry')\nmodule.exports = { entry: other('./src/router/routes.js') }":                                        {"pages/visit/main"},
		"module.exports = { entry: getEntry('./src/router/routes.js') }":                                                                       {"pages/visit/main"},
	} {
		p := load(t, map[string]string{
			"package.json":               `{"dependencies": {"mpvue": "^1.0.0"}}`,
			"build/webpack.base.conf.js": build,
			"src/main.js":                "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()",
			"src/App.vue":                "<script>export default {}</script>",
			"src/app.json":               `{"window": {}}`,
			"src/router/routes.js":       "module.exports = [{ path: 'pages/list', config: {} }, { path: '/pages/map' }]",
			"src/pages/visit/main.js":    "import Vue from 'vue'\nimport App from './form'\nnew Vue(App).$mount()",
			"src/pages/visit/form.vue":   "<template><div/></template>",
			"src/pages/list.vue":         "<template><div/></template>",
			"src/pages/map.vue":          "<template><div/></template>",
		})
		require.Subset(t, p.Config.Pages, want, build)
		if len(want) == 1 {
			require.Equal(t, want, p.Config.Pages, build)
		}
	}
}

// The first builds called a page by its folder: pages/order/order is shown by pages/order/main.js.
func TestPagesCalledByTheirFolders(t *testing.T) {
	entry := "import Vue from 'vue'\nimport App from './index'\nnew Vue(App).$mount()"
	p := load(t, map[string]string{
		"package.json":              `{"dependencies": {"mpvue": "^1.0.0"}}`,
		"src/main.js":               "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()\nexport default { config: { pages: ['^pages/list/list', 'pages/order/order'] } }",
		"src/App.vue":               "<script>export default {}</script>",
		"src/pages/list/main.js":    entry,
		"src/pages/list/index.vue":  "<template><div/></template>",
		"src/pages/order/main.js":   "import Vue from 'vue'\nimport store from '../store'\nimport App from './index'\nnew Vue({ store, ...App }).$mount()",
		"src/pages/store.js":        "export default {}",
		"src/pages/order/index.vue": "<template><div/></template>",
		"src/pages/other/main.js":   entry,
		"src/pages/other/index.vue": "<template><div/></template>",
	})
	require.Equal(t, []string{"pages/list/list", "pages/order/order", "pages/other/main"}, p.Config.Pages)
	requireTold(t, p)
	require.Equal(t, PageUnit, unitOf(t, p, "pages/order/index").Kind)
}

// The component of the app may be called app.vue.
func TestAppInSmallLetters(t *testing.T) {
	p := load(t, map[string]string{
		"package.json":              `{"dependencies": {"mpvue": "^1.0.0"}}`,
		"src/main.js":               "import Vue from 'vue'\nimport App from './app.vue'\nApp.mpType = 'app'\nnew Vue(App).$mount()",
		"src/app.vue":               "<script>export default { onLaunch() {} }</script>",
		"src/app.json":              `{"pages": ["pages/visit/main"]}`,
		"src/pages/visit/main.js":   "import Vue from 'vue'\nimport App from './index.vue'\nnew Vue(App).$mount()",
		"src/pages/visit/index.vue": "<template><div/></template>",
	})
	require.Equal(t, "src/app.vue", p.Units[0].Script.File.Path)
	require.NotNil(t, unitOf(t, p, "pages/visit/index").View)
	requireTold(t, p)
}

// Windows and macOS find the component of an entry that writes it in other capital letters. One of
// several that would fit is not guessed, and the exact one wins.
func TestEntryInOtherCapitals(t *testing.T) {
	entry := func(of string) string {
		return "import Vue from 'vue'\nimport App from '" + of + "'\nnew Vue(App).$mount()"
	}
	p := load(t, map[string]string{
		"package.json":             `{"dependencies": {"mpvue": "^1.0.0"}}`,
		"src/main.js":              "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()",
		"src/App.vue":              "<script>export default {}</script>",
		"src/app.json":             `{"pages": ["pages/visit/main", "pages/host/main", "pages/both/main", "pages/none/main", "pages/two/main"]}`,
		"src/pages/visit/main.js":  entry("./Form"),
		"src/pages/visit/form.vue": "<template><div/></template>",
		"src/pages/host/main.js":   entry("@/Views/host"),
		"src/views/Host/index.vue": "<template><div/></template>",
		"src/pages/both/main.js":   entry("./card"),
		"src/pages/both/card.vue":  "<template><div/></template>",
		"src/pages/both/Card.vue":  "<template><div/></template>",
		"src/pages/none/main.js":   entry("./forms"),
		"src/pages/none/form.vue":  "<template><div/></template>",
		"src/pages/two/main.js":    entry("./CARD"),
		"src/pages/two/card.vue":   "<template><div/></template>",
		"src/pages/two/Card.vue":   "<template><div/></template>",
	})
	require.NotNil(t, unitOf(t, p, "pages/visit/form").View)
	require.NotNil(t, unitOf(t, p, "views/Host/index").View)
	require.NotNil(t, unitOf(t, p, "pages/both/card").View)
	requireTold(t, p, `src/app.json:1 true the page "pages/none/main" is registered here, but has no`,
		`src/app.json:1 true the page "pages/two/main" is registered here, but has no`,
		`src/pages/none/main.js:2 true "./forms", which is imported here, is not there`,
		`src/pages/two/main.js:2 true "./CARD", which is imported here, is not there`)
}
