package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Forms of pages.js, the function that makes the list of pages of uni-app, and files of that
// name that are something else.
func TestPagesHook(t *testing.T) {
	const pkg = "src/pages/user/user"
	for what, c := range map[string]struct {
		listed string // pages.json
		files  map[string]string
		pages  []string
		open   bool // a part is said to be computed
	}{
		"modules spread": {`{"pages": []}`, map[string]string{
			"src/pages.js":      "const hotRequire = require('uni-pages-hot-modules')\nmodule.exports = (json, loader) => {\n  hotRequire(loader)\n  return { ...json, pages: [{ path: 'pages/index/index' }, ...hotRequire('./parts/user.js')], subPackages: [hotRequire('./parts/sub.js')] }\n}",
			"src/parts/user.js": "module.exports = [{ path: 'pages/user/user' }]", "src/parts/sub.js": "module.exports = { root: 'sub', pages: [{ path: 'join/join' }] }",
		}, []string{"pages/index/index", "pages/user/user", "sub/join/join"}, false},
		"initialised at once, copied": {`{}`, map[string]string{
			"src/pages.js":       "module.exports = (json, loader) => {\n  const load = require('uni-pages-hot-modules')(loader)\n  const copy = x => JSON.parse(JSON.stringify(x))\n  const pages = copy(load('./parts'))\n  return { pages: [...pages] }\n}",
			"src/parts/index.js": "module.exports = [{ path: 'pages/index/index' }, { path: 'pages/user/user' }]",
		}, []string{"pages/index/index", "pages/user/user"}, false},
		"list replaced": {`{"pages": []}`, map[string]string{
			"src/pages.js":       "const all = require('./parts/all.json')\nfunction make(json) { json.pages = json.pages.concat(all.pages); return json }\nmodule.exports = make",
			"src/parts/all.json": `{"pages": [{"path": "pages/index/index"}, {"path": "pages/user/user"}]}`,
		}, []string{"pages/index/index", "pages/user/user"}, false},
		"modules that are functions": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js":     "module.exports = (json, loader) => ({ ...json, subPackages: [...require('./parts/sub')(json, loader)] })",
			"src/parts/sub.js": "module.exports = json => [{ root: 'sub', pages: [{ path: 'join/join' }] }]",
		}, []string{"pages/index/index", "sub/join/join"}, false},
		"given to the package": {`{}`, map[string]string{
			"src/pages.js": "const { hot } = require('uni-pages-hot-modules')\nmodule.exports = hot(json => ({ pages: [{ path: 'pages/user/user' }] }))",
		}, []string{"pages/user/user"}, false},
		"all of a folder": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js":      "const fs = require('fs')\nmodule.exports = json => {\n  fs.readdirSync(__dirname + '/parts').forEach(f => { json.pages.push(...require('./parts/' + f)) })\n  return json\n}",
			"src/parts/user.js": "module.exports = [{ path: 'pages/user/user' }]", "src/parts/deep/sub.js": "module.exports = ['sub/join/join']",
		}, []string{"pages/index/index", "pages/user/user"}, true},
		"files of a name": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js":             "const path = require('path')\nmodule.exports = json => {\n  find(__dirname, 'menu.json').forEach(f => { json.pages = json.pages.concat(require(path.join(__dirname, 'pages', f)).pages) })\n  return json\n}",
			"src/pages/user/menu.json": `{"pages": [{"path": "pages/user/user"}]}`, "src/pages/user/other.json": `{"pages": [{"path": "sub/join/join"}]}`,
		}, []string{"pages/index/index", "pages/user/user"}, true},
		"by a pattern": {`{"pages": []}`, map[string]string{
			"src/pages.js": "const { sync } = require('glob')\nmodule.exports = json => Object.assign(json, { pages: sync(`${process.env.UNI_INPUT_DIR}/pages/**/*.vue`).map(p => ({ path: p.slice(3) })) })",
		}, []string{"pages/index/index", "pages/user/user"}, true},
		"a list of its own": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js": "module.exports = [{ path: 'pages/user/user' }]",
		}, []string{"pages/index/index"}, false},
		"a module of the program": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js": "export default () => ({ pages: [{ path: 'pages/user/user' }] })",
		}, []string{"pages/index/index"}, false},
		"only for another target": {`{"pages": [{"path": "pages/index/index"}]}`, map[string]string{
			"src/pages.js": "module.exports = json => {\n  if (process.env.UNI_PLATFORM === 'h5') json.pages.push({ path: 'pages/user/user' })\n  return json\n}",
		}, []string{"pages/index/index"}, false},
	} {
		t.Run(what, func(t *testing.T) {
			files := map[string]string{"package.json": `{"dependencies": {"@dcloudio/uni-app": "2"}}`, "src/manifest.json": "{}", "src/pages.json": c.listed,
				"src/pages/index/index.vue": "<template><view/></template>", pkg + ".vue": "<template><view/></template>", "src/sub/join/join.vue": "<template><view/></template>"}
			for name, text := range c.files {
				files[name] = text
			}
			p := load(t, files)
			require.ElementsMatch(t, c.pages, p.Config.Pages)
			require.Equal(t, c.open, len(p.Unread) > 0, "%v", p.Unread)
		})
	}
}
