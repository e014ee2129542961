package project

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

// tree makes a file system of path and text pairs.
func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// load loads the one program of a tree.
func load(t *testing.T, files map[string]string) *Program {
	t.Helper()
	programs, err := Load(tree(files), Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	return programs[0]
}

// page gives the files of a page or component.
func page(files map[string]string, base, json, wxml, js string) {
	files[base+".json"], files[base+".wxml"], files[base+".js"] = json, wxml, js
}

// shop is a small program with most of what app.json can say.
func shop() map[string]string {
	f := map[string]string{
		"project.config.json": `{"projectname": "%E5%B1%B1%E8%B4%A7", "appid": "wx1234567890abcdef", "compileType": "miniprogram",
			"miniprogramRoot": "mini/", "cloudfunctionRoot": "./cloud/"}`,
		"mini/app.json": `{
			// 首页在前
			"pages": ["pages/home/home", "pages/mine/mine"],
			"subPackages": [{"root": "trade/", "pages": ["order/order"]}],
			"subpackages": [{"root": "vip", "independent": true, "pages": ["card/card"], "plugins": {"live": {"provider": "wx9", "version": "1.0.0"}}}],
			"window": {"navigationBarTitleText": "山货铺"},
			"tabBar": {"custom": true, "list": []},
			"entryPagePath": "pages/mine/mine",
			"requiredPrivateInfos": ["chooseAddress"],
			"usingComponents": {"van-field": "@vant/weapp/field/index", "price": "./components/price/price"},
			"workers": "workers",
			"plugins": {"map": {"provider": "wx8", "version": "2.1.0"}},
			"resolveAlias": {"@/*": "/utils/*"}
		}`,
		"mini/app.js":               `import { boot } from '@/boot'; App({})`,
		"mini/utils/boot.js":        `exports.boot = function () {}`,
		"mini/utils/dead.js":        `exports.nothing = 1`,
		"mini/utils/lazy.js":        `module.exports = {}`,
		"mini/workers/count.js":     `worker.onMessage(() => {})`,
		"mini/tpl/row.wxml":         `<template name="row"><price value="{{v}}"/><badge/></template>`,
		"mini/tpl/row.js":           `module.exports = { tap() {} }`,
		"mini/fmt.wxs":              `module.exports = { yuan: require('./money.wxs').yuan }`,
		"mini/money.wxs":            `module.exports = { yuan: function (n) { return n } }`,
		"cloud/login/index.js":      `const rule = require('../rules/phone'); exports.main = async (e) => e`,
		"cloud/login/config.json":   `{"permissions": {"openapi": ["phonenumber.getPhoneNumber"]}}`,
		"cloud/rules/phone.js":      `module.exports = /^1/`,
		"cloud/notify/package.json": `{"main": "src/main.js"}`,
		"cloud/notify/src/main.js":  `exports.main = () => {}`,
		"cloud/notify/node_modules/wx-server-sdk/index.js": `module.exports = {}`,
	}
	page(f, "mini/pages/home/home", `{"navigationBarTitleText": "首页", "usingComponents": {"badge": "/components/badge/index", "unused": "../../components/unused/unused"}}`,
		`<import src="/tpl/row.wxml"/><wxs module="fmt" src="../../fmt.wxs"/><template is="row" data="{{v: 1}}"/>`,
		`Page({ go() { return require.async('../../utils/lazy.js') } })`)
	page(f, "mini/pages/mine/mine", `{}`, `<van-field label="手机号" bind:change="onPhone"/>`, `Page({})`)
	page(f, "mini/trade/order/order", `{"usingComponents": {"map": "plugin://map/index", "list": "./list"}}`,
		`<list generic:cell="price"/>`, `Page({})`)
	page(f, "mini/trade/order/list", `{"component": true, "componentGenerics": {"cell": true}}`, `<view><cell/></view>`, `Component({})`)
	page(f, "mini/vip/card/card", `{}`, `<view>会员</view>`, `Page({})`)
	page(f, "mini/components/price/price", `{"component": true}`, `<text>{{value}}</text>`, `Component({})`)
	page(f, "mini/components/badge/index", `{"component": true}`, `<text/>`, `Component({})`)
	page(f, "mini/components/unused/unused", `{"component": true}`, `<text/>`, `Component({})`)
	page(f, "mini/custom-tab-bar/index", `{"component": true}`, `<cover-view/>`, `Component({})`)
	page(f, "mini/pages/old/old", `{}`, `<input/>`, `Page({})`)
	page(f, "mini/miniprogram_npm/@vant/weapp/field/index", `{"component": true, "usingComponents": {"van-cell": "../cell/index"}}`, `<van-cell/>`, `import { VantComponent } from '../common/component'; VantComponent({})`)
	page(f, "mini/miniprogram_npm/@vant/weapp/cell/index", `{"component": true}`, `<view/>`, `Component({})`)
	page(f, "mini/miniprogram_npm/@vant/weapp/area/index", `{"component": true}`, `<view/>`, `Component({})`)
	f["mini/miniprogram_npm/@vant/weapp/common/component.js"] = `export function VantComponent(o) { Component(o) }`
	return f
}

func (p *Program) unit(path string) *Unit {
	for _, u := range p.Units {
		if u.Path == path {
			return u
		}
	}
	return nil
}

func TestLoad(t *testing.T) {
	p := load(t, shop())
	require.Empty(t, p.Unread)
	require.Equal(t, []string{".", "mini", "wechat", "native", "山货", "wx1234567890abcdef"},
		[]string{p.Root, p.Source, p.Platform, p.Framework, p.Name, p.AppID})
	require.Equal(t, []string{"pages/home/home", "pages/mine/mine", "trade/order/order", "vip/card/card"}, p.Config.Pages)
	require.Equal(t, "pages/mine/mine", p.Config.EntryPage)
	require.Equal(t, []string{"chooseAddress"}, p.Config.RequiredPrivateInfo)
	require.Equal(t, []string{"live 1.0.0", "map 2.1.0"},
		[]string{p.Plugins[0].Alias + " " + p.Plugins[0].Version, p.Plugins[1].Alias + " " + p.Plugins[1].Version})
	require.Equal(t, `"map": {"provider": "wx8", "version": "2.1.0"}`, p.Plugins[1].Location.Text())
	require.Equal(t, "首页", p.unit("pages/home/home").Title)

	reachable := func(yes bool) (paths []string) {
		for _, u := range p.Units {
			if u.Reachable == yes {
				paths = append(paths, u.Path)
			}
		}
		return paths
	}
	require.Equal(t, []string{"app", "components/badge/index", "components/price/price", "custom-tab-bar/index",
		"miniprogram_npm/@vant/weapp/cell/index", "miniprogram_npm/@vant/weapp/field/index",
		"pages/home/home", "pages/mine/mine", "trade/order/list", "trade/order/order", "vip/card/card"}, reachable(true))
	require.Equal(t, []string{"components/unused/unused", "pages/old/old"}, reachable(false))

	require.Nil(t, p.unit("tpl/row"), "a template that others bring in is no page")
	require.Nil(t, p.unit("miniprogram_npm/@vant/weapp/area/index"), "nothing uses it")
	require.Empty(t, p.unit("vip/card/card").Components, "global components do not apply in an independent subpackage")
	require.True(t, p.unit("trade/order/order").Components["map"].Plugin)
	require.True(t, p.unit("trade/order/list").Components["cell"].Generic)

	field := p.unit("pages/mine/mine").Components["van-field"]
	require.Equal(t, []string{"@vant/weapp", "field"}, []string{field.Library, field.Name})
	require.Equal(t, "@vant/weapp", field.Unit.Library)
	require.Equal(t, "@vant/weapp", field.Unit.Script.Library)
	require.Equal(t, "cell", field.Unit.Components["van-cell"].Name)
}

func TestLoadModules(t *testing.T) {
	p := load(t, shop())
	reach := map[string]bool{}
	for _, m := range p.Modules {
		reach[m.File.Path] = m.Reachable
		require.NotNil(t, m.Tree, m.File.Path)
	}
	for _, path := range []string{"mini/app.js", "mini/utils/boot.js", "mini/utils/lazy.js", "mini/workers/count.js", "mini/fmt.wxs",
		"mini/money.wxs", "mini/miniprogram_npm/@vant/weapp/common/component.js", "cloud/login/index.js", "cloud/rules/phone.js", "cloud/notify/src/main.js"} {
		require.True(t, reach[path], path)
	}
	for _, path := range []string{"mini/utils/dead.js", "mini/pages/old/old.js", "mini/components/unused/unused.js"} {
		got, there := reach[path]
		require.True(t, there && !got, path)
	}
	require.NotContains(t, reach, "cloud/notify/node_modules/wx-server-sdk/index.js")
	require.True(t, slices.IsSortedFunc(p.Modules, func(a, b *Module) int { return strings.Compare(a.File.Path, b.File.Path) }))

	home := p.unit("pages/home/home")
	require.Equal(t, "mini/utils/lazy.js", home.Script.Import("../../utils/lazy.js").File.Path)
	require.Equal(t, "mini/fmt.wxs", home.View.Scripts["fmt"].File.Path)
	require.True(t, home.View.Scripts["fmt"].WXS)
	require.Equal(t, "mini/tpl/row.wxml", home.View.Imports[0].File.Path)

	require.Len(t, p.Functions, 2)
	require.Equal(t, "login", p.Functions[0].Name)
	require.Equal(t, []string{"phonenumber.getPhoneNumber"}, p.Functions[0].Permissions)
	require.Equal(t, "cloud/notify/src/main.js", p.Functions[1].Main.File.Path)
}

func TestImportForms(t *testing.T) {
	f := map[string]string{"app.json": `{"pages": ["p/p"]}`, "app.js": `
		import a, { b } from './m/a';
		export * from "./m/b";
		export { c } from './m/c';
		const d = require('./m/d');
		function later() { return import(` + "`./m/e`" + `) }
		require.async('./m/f').then(() => {});
		if (x) { const { g } = require("./m/g") }
		function inner(require) { require('./m/none') }
		require('./m/' + name);
		require('dayjs');
	`}
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g", "none"} {
		f["m/"+n+".js"] = "module.exports = {}"
	}
	page(f, "p/p", "{}", "<view/>", "Page({})")
	p := load(t, f)
	app := p.Units[0].Script
	var specs []string
	for _, i := range app.Imports {
		specs = append(specs, i.Spec)
		require.Equal(t, i.Spec != "dayjs", i.Module != nil, i.Spec)
		require.Contains(t, app.File.Slice(i.Span), i.Spec)
	}
	require.Equal(t, []string{"./m/a", "./m/b", "./m/c", "./m/d", "./m/e", "./m/f", "./m/g", "dayjs"}, specs)
	for _, m := range p.Modules {
		require.Equal(t, m.File.Path != "m/none.js", m.Reachable, m.File.Path)
	}
}

func TestTypeScriptBeforeItsOutput(t *testing.T) {
	f := map[string]string{"app.json": `{"pages": ["p/p"]}`, "app.ts": "App<{}>({})", "app.js": "App({})",
		"p/p.ts": "interface X { a: number }\nPage({ data: {} as X })", "p/p.wxml": "<view/>", "types.d.ts": "declare const x: number"}
	p := load(t, f)
	require.Len(t, p.Modules, 2)
	require.Equal(t, "app.ts", p.Units[0].Script.File.Path)
	require.Equal(t, "p/p.ts", p.Units[1].Script.File.Path)
	require.Empty(t, p.Units[1].Script.Tree.Errors)
}

func TestExtAndPlatformBlocks(t *testing.T) {
	f := map[string]string{
		"app.json": `{"pages": ["a/a"], "requiredPrivateInfos": ["getLocation"], "window": {"navigationBarTitleText": "原名", "x": 1},
			"mini-weixin": {"pages": ["a/a", "b/b"]}, "mini-android": {"pages": ["never/never"]}}`,
		"ext.json": `{"extEnable": true, "extAppid": "wx2", "requiredPrivateInfos": ["chooseAddress"],
			"window": {"navigationBarTitleText": "商家"}, "extPages": {"a/a": {"navigationBarTitleText": "商家首页"}}}`,
	}
	page(f, "a/a", `{"navigationBarTitleText": "首页"}`, "<view/>", "Page({})")
	page(f, "b/b", `{"mini-weixin": {"navigationBarTitleText": "乙"}}`, "<view/>", "Page({})")
	p := load(t, f)
	require.Equal(t, []string{"a/a", "b/b"}, p.Config.Pages)
	require.Equal(t, []string{"chooseAddress"}, p.Config.RequiredPrivateInfo)
	require.Equal(t, "商家", p.Units[0].Title)
	require.Equal(t, "商家首页", p.unit("a/a").Title)
	require.Equal(t, "乙", p.unit("b/b").Title)

	f["ext.json"] = strings.Replace(f["ext.json"], "true", "false", 1)
	require.Equal(t, []string{"getLocation"}, load(t, f).Config.RequiredPrivateInfo)
}

func TestOtherPlatforms(t *testing.T) {
	for platform, suffix := range map[string]string{
		"alipay": ".axml", "baidu": ".swan", "douyin": ".ttml", "qq": ".qml", "kuaishou": ".ksml", "jd": ".jxml", "xiaohongshu": ".xhsml",
	} {
		f := map[string]string{
			"app.json": `{"pages": ["p/p"]}`, "app.js": "App({})", "p/p.js": "Page({})",
			"p/p.json": `{"defaultTitle": "登记", "usingComponents": {"row": "/c/row"}}`, "p/p" + suffix: "<row/><include src=\"./part\"/>", "p/part" + suffix: "<view/>",
			"c/row.json": `{"component": true}`, "c/row.js": "Component({})", "c/row" + suffix: "<view/>",
		}
		p := load(t, f)
		require.Equal(t, platform, p.Platform)
		require.Len(t, p.Views, 3, platform)
		require.True(t, p.unit("c/row").Reachable, platform)
		require.Equal(t, "登记", p.unit("p/p").Title)
		for _, v := range p.Views {
			require.True(t, v.Reachable, v.File.Path)
		}
	}
}

// QQ takes templates of WeChat, too: the scripts tell, if the settings or a second dialect
// leave it open.
func TestPlatformByScripts(t *testing.T) {
	for _, c := range []struct {
		why, settings, second, script, want string
	}{
		{"appid of QQ", `{"qqappid": "1100000000"}`, ".wxml", "qq.login({})", "qq"},
		{"two dialects", "{}", ".qml", "qq.login({}); qq.request({})", "qq"},
		{"two dialects, for WeChat", "{}", ".qml", "wx.login({})", "wechat"},
		{"an empty appid", `{"qqappid": ""}`, ".wxml", "wx.login({})", "wechat"},
	} {
		p := load(t, map[string]string{
			"app.json": `{"pages": ["a/a", "b/b"]}`, "project.config.json": c.settings,
			"a/a.wxml": "<view/>", "a/a.js": c.script, "b/b" + c.second: "<view/>", "b/b.js": "Page({})",
		})
		require.Equal(t, c.want, p.Platform, c.why)
	}
}

func TestAlipayFilters(t *testing.T) {
	f := map[string]string{"app.json": `{"pages": ["p/p"]}`, "p/p.js": "Page({})", "p/m.sjs": "export default {}",
		"p/p.axml": `<import-sjs name="m" from="./m.sjs"/><view>{{m.x}}</view>`}
	p := load(t, f)
	require.True(t, p.unit("p/p").View.Scripts["m"].Reachable)
}

func TestGameAndPlugin(t *testing.T) {
	p := load(t, map[string]string{"project.config.json": `{"compileType": "game"}`, "game.json": `{"deviceOrientation": "portrait"}`,
		"game.js": "require('./js/main')", "js/main.js": "wx.getUserInfo({})"})
	require.True(t, p.Modules[0].Reachable && p.Modules[1].Reachable)
	require.Equal(t, "game", p.Units[0].Path)

	f := map[string]string{
		"project.config.json": `{"compileType": "plugin", "miniprogramRoot": "demo", "pluginRoot": "plugin"}`,
		"demo/app.json":       `{"pages": ["p/p"]}`,
		"plugin/plugin.json":  `{"publicComponents": {"form": "components/form"}, "pages": {"hello": "pages/hello"}, "main": "index.js"}`,
		"plugin/index.js":     "module.exports = {}",
	}
	page(f, "demo/p/p", "{}", "<view/>", "Page({})")
	page(f, "plugin/components/form", `{"component": true}`, "<input/>", "Component({})")
	page(f, "plugin/pages/hello", `{}`, "<view/>", "Page({})")
	programs, err := Load(tree(f), Options{})
	require.NoError(t, err)
	require.Len(t, programs, 2)
	require.Equal(t, "plugin", programs[1].Source)
	require.True(t, programs[1].unit("components/form").Reachable)
	require.Equal(t, []string{"pages/hello"}, programs[1].Config.Pages)
}

// A mini game is known by its files, its platform by what its scripts call; a page that
// is called game is none.
func TestGameByItsFiles(t *testing.T) {
	for name, c := range map[string]struct {
		files           map[string]string
		platform, first string
	}{
		"alone":           {map[string]string{"game.json": "{}", "game.js": "wx.login({}); tt.x"}, "wechat", "game"},
		"for Douyin":      {map[string]string{"project.config.json": "{}", "game.json": "{}", "game.ts": "import './a'\ntt.login({})", "a.js": "tt.request({})"}, "douyin", "game"},
		"a page":          {map[string]string{"app.json": `{"pages": ["game/game"]}`, "game/game.json": "{}", "game/game.js": "Page({})", "game/game.wxml": "<view/>"}, "wechat", "app"},
		"in a program":    {map[string]string{"app.json": `{"pages": ["p/p"]}`, "p/p.js": "Page({})", "p/p.wxml": "<view/>", "data/game.json": "{}", "data/game.js": "tt.x"}, "wechat", "app"},
		"with page alone": {map[string]string{"app.json": `{"pages": ["p/p"]}`, "p/p.js": "", "p/p.wxml": "", "game.json": "{}", "game.js": ""}, "wechat", "app"},
	} {
		t.Run(name, func(t *testing.T) {
			programs, err := Load(tree(c.files), Options{})
			require.NoError(t, err)
			require.Len(t, programs, 1)
			require.Equal(t, c.platform, programs[0].Platform)
			require.True(t, slices.ContainsFunc(programs[0].Units, func(u *Unit) bool { return u.Path == c.first }))
		})
	}
	for _, files := range []map[string]string{{"game.json": "{}"}, {"game.json": "{}", "game.wxml": "<view/>", "game.js": ""}} {
		_, err := Load(tree(files), Options{})
		require.Error(t, err)
	}
}

// The same tree gives the same program, whatever the number of workers.
func TestLoadIsDeterministic(t *testing.T) {
	var dumps []string
	for _, jobs := range []int{1, 2, 8, 8, 8} {
		programs, err := Load(tree(shop()), Options{Jobs: jobs})
		require.NoError(t, err)
		dumps = append(dumps, dump(programs[0]))
	}
	for _, d := range dumps {
		require.Equal(t, dumps[0], d)
	}
}

func dump(p *Program) string {
	var b strings.Builder
	for _, u := range p.Units {
		fmt.Fprintln(&b, "unit", u.Kind, u.Path, u.Title, u.Reachable, u.Library)
		var tags []string
		for tag, c := range u.Components {
			tags = append(tags, fmt.Sprint(tag, c.Value, c.Library, c.Name, c.Unit != nil))
		}
		sort.Strings(tags)
		fmt.Fprintln(&b, tags)
	}
	for _, m := range p.Modules {
		fmt.Fprintln(&b, "module", m.File.Path, m.Reachable, m.Library, m.Skipped, len(m.Imports))
	}
	for _, v := range p.Views {
		fmt.Fprintln(&b, "view", v.File.Path, v.Reachable)
	}
	for _, u := range p.Unread {
		fmt.Fprintln(&b, "unread", u.Path, u.Reason.EN, u.Hides)
	}
	fmt.Fprintln(&b, p.Files, p.Bytes)
	return b.String()
}

// Nothing outside the given directory is read, whatever points to it.
func TestOpenDirKeepsWithin(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		p := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
	}
	write("outside/secret.js", "module.exports = 'secret'")
	write("outside/fn/index.js", "exports.main = 1")
	write("in/project.config.json", `{"cloudfunctionRoot": "../outside"}`)
	write("in/app.json", `{"pages": ["p/p"], "usingComponents": {"x": "../../outside/x"}}`)
	write("in/app.js", "require('../outside/secret'); require('./link'); require('./inner')")
	write("in/real.js", "module.exports = 1")
	write("in/p/p.wxml", "<view/>")
	write("in/p/p.js", "Page({})")
	require.NoError(t, os.Symlink("../outside/secret.js", filepath.Join(dir, "in/link.js")))
	require.NoError(t, os.Symlink("../outside", filepath.Join(dir, "in/linked")))
	require.NoError(t, os.Symlink("real.js", filepath.Join(dir, "in/inner.js")))
	fsys, err := OpenDir(filepath.Join(dir, "in"))
	require.NoError(t, err)
	programs, err := Load(fsys, Options{})
	require.NoError(t, err)
	p := programs[0]
	for _, m := range p.Modules {
		require.NotContains(t, m.File.Text, "secret'\n")
		require.NotEqual(t, "module.exports = 'secret'", m.File.Text)
	}
	require.Empty(t, p.Functions)
	require.Len(t, p.Unread, 2)
	require.Contains(t, p.Unread[0].Reason.EN, `"../outside/secret", which is imported here, is not there`)
	require.Equal(t, "link.js", p.Unread[1].Path)
	require.Contains(t, p.Unread[1].Reason.EN, "leads out of the scanned folder")
	require.NotNil(t, p.Units[0].Script.Import("./inner"))
}

func TestUnreadableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permissions do not bind root")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app.json"), []byte(`{"pages":["a"]}`), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.wxml"), []byte(`<view/>`), 0o000))
	fsys, err := OpenDir(dir)
	require.NoError(t, err)
	programs, err := Load(fsys, Options{})
	require.NoError(t, err)
	require.Equal(t, "a.wxml", programs[0].Unread[0].Path)
	require.True(t, programs[0].Unread[0].Hides)
}

func TestUnread(t *testing.T) {
	f := map[string]string{"app.json": `{"pages": ["a/a", "b/b", "gone/gone"]}`, "app.js": "App({})", "bin.js": "a\x00b"}
	page(f, "a/a", `{"usingComponents": {"x": }}`, `<view><!-- 没有结束`, "Page({ data: { a: 1 }, f() { let = = 3 } })\nconst ok = 1")
	page(f, "b/b", ``, `<view a="1" a="2"/><include src="lost.wxml"/>`, "Page({})")
	p := load(t, f)
	type entry struct {
		path string
		at   source.Position
	}
	var got []entry
	for _, u := range p.Unread {
		require.Equal(t, u.Path != "bin.js", u.Hides, "%s: what nothing reaches hides nothing", u.Path)
		require.NotEmpty(t, u.Reason.ZH)
		e := entry{path: u.Path}
		if !u.Location.IsZero() {
			e.at = u.Location.Start()
		}
		got = append(got, e)
	}
	line := func(path string, l int) func(entry) bool {
		return func(e entry) bool { return e.path == path && e.at.Line == l }
	}
	require.Len(t, got, 6, "%v", got)
	for _, want := range []func(entry) bool{
		line("a/a.js", 1), line("a/a.json", 1), line("a/a.wxml", 1), line("b/b.wxml", 1), line("app.json", 1), line("bin.js", 0),
	} {
		require.True(t, slices.ContainsFunc(got, want), "%v", got)
	}
	// and the rest is there
	require.NotNil(t, p.unit("a/a").Script.Tree)
	require.True(t, p.unit("b/b").Reachable)
}

func TestBuiltFrameworkProgram(t *testing.T) {
	f := map[string]string{"src/pages.json": "{}", "src/manifest.json": "{}", "dist/build/mp-weixin/app.json": `{"pages": ["p/p"]}`,
		"dist/build/mp-weixin/project.config.json": `{"appid": "wx5"}`}
	page(f, "dist/build/mp-weixin/p/p", "{}", "<view/>", "Page({})")
	p := load(t, f)
	require.Equal(t, []string{"uni-app", "wx5", "dist/build/mp-weixin"}, []string{p.Framework, p.AppID, p.Source})
}

func BenchmarkLoad(b *testing.B) {
	f := map[string]string{}
	var pages []string
	for i := range 100 {
		base := fmt.Sprintf("pages/p%d/p%d", i, i)
		pages = append(pages, `"`+base+`"`)
		page(f, base, `{"usingComponents": {"card": "/components/card"}}`,
			strings.Repeat(`<view class="row"><input placeholder="请输入姓名" bindinput="onName" value="{{name}}"/></view>`, 40),
			"const api = require('../../utils/api');\nPage({"+strings.Repeat("onName(e) { this.setData({ name: e.detail.value }); api.save(e) },\n", 60)+"})")
	}
	f["app.json"] = `{"pages": [` + strings.Join(pages, ",") + `]}`
	f["utils/api.js"] = "exports.save = (x) => wx.request({ data: x })"
	page(f, "components/card", `{"component": true}`, `<view/>`, `Component({})`)
	fsys := tree(f)
	b.ReportAllocs()
	for b.Loop() {
		programs, err := Load(fsys, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(programs[0].Bytes))
	}
}

// If the analyzer fails at a program as a whole, the others are loaded, and this one
// is unread.
func TestOneFailureCostsOneProgram(t *testing.T) {
	f := newFound(&listing{}, &site{Root: "shop", Source: "shop/src"}, nil, Options{Jobs: 1})
	f.list = nil
	p := loadOne(f)
	require.Equal(t, "shop", p.Root)
	require.Len(t, p.Unread, 1)
	require.Equal(t, "shop", p.Unread[0].Path)
	require.Contains(t, p.Unread[0].Reason.EN, "bug in beian: runtime error")
	require.True(t, p.Unread[0].Hides)
}

// What names mean inside of a statement with is not followed, which hides what it calls.
func TestWithIsTold(t *testing.T) {
	app := map[string]string{"app.json": `{"pages": ["a"]}`, "a.wxml": "", "a.js": "Page({ go() { with (wx) { chooseAddress() } } })"}
	p := load(t, app)
	require.Len(t, p.Unread, 1)
	require.True(t, p.Unread[0].Hides)
	require.Contains(t, p.Unread[0].Reason.EN, "with, as what the names inside mean is not followed")
	app["a.js"] = "Page({ go(e) { const a = e.with; wx.chooseAddress({ with: a }) } })"
	require.Empty(t, load(t, app).Unread)
}

// A file in node_modules that a path leads to, and no package that is declared or known, is code that was not read.
func TestPathIntoUnknownPackage(t *testing.T) {
	app := map[string]string{
		"app.json": `{"pages": ["a"]}`, "a.wxml": "", "a.js": "require('./node_modules/x')", "node_modules/x.js": "wx.chooseAddress()",
	}
	p := load(t, app)
	require.Len(t, p.Unread, 1)
	require.True(t, p.Unread[0].Hides)
	require.Contains(t, p.Unread[0].Reason.EN, "./node_modules/x")
	app["package.json"] = `{"dependencies": {"x": "1"}}`
	require.Empty(t, load(t, app).Unread)
}
