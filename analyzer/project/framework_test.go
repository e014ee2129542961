package project

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// unitOf returns the unit with a path.
func unitOf(t *testing.T, p *Program, path string) *Unit {
	t.Helper()
	i := slices.IndexFunc(p.Units, func(u *Unit) bool { return u.Path == path })
	require.GreaterOrEqual(t, i, 0, "no unit %s", path)
	return p.Units[i]
}

func uni() map[string]string {
	return map[string]string{
		"src/manifest.json": `{"name": "团购", "vueVersion": "3", /* 小程序 */ "mp-weixin": {"appid": "wx1", "usingComponents": true,
			"requiredPrivateInfos": ["getLocation"], "permission": {"scope.userLocation": {"desc": "x"}}}, "h5": {}}`,
		"src/pages.json": `{
			"easycom": {"custom": {"^x-(.*)": "@/widgets/x-$1.vue", "^nut-(.*)": "nutui-uniapp/components/$1/$1.vue", "^Big(.*)": "@/widgets/Big$1.vue"}},
			"globalStyle": {"navigationBarTitleText": "团"},
			"pages": [
				{"path": "pages/a/a", "style": {"navigationBarTitleText": "甲", "mp-weixin": {"navigationBarTitleText": "微信里的甲"}}}
				// #ifdef H5
				, {"path": "pages/web/web"}
				// #endif
			],
			"subPackages": [{"root": "sub", "pages": [{"path": "b/b", "style": {"navigationBarTitleText": "乙"}}]}]
		}`,
		"src/main.js": "import { createSSRApp } from 'vue'\nimport App from './App.vue'\nimport Global from '@/components/global.vue'\nexport function createApp() { const app = createSSRApp(App); app.component('the-global', Global); return { app } }",
		"src/App.vue": "<script>export default {}</script>",
		"src/pages/a/a.vue": "<template><view><Local/><x-box/><BigCard/><auto-box/><the-global/><uni-easyinput/><nut-input/><lazy-box/></view></template>\n" +
			"<script>import Local from '@/components/local'\nexport default { components: { Local, LazyBox: () => import('../../components/lazy.vue') } }</script>",
		"src/sub/b/b.vue":          "<script setup lang=\"ts\">import Local from '@/components/local.vue'\nimport { save } from '@/api'\nconst a: string = save</script><template><local /></template>",
		"src/pages/web/web.vue":    "<template><view/></template>",
		"src/api/index.ts":         "export const save = ''",
		"src/components/local.vue": "<template><view/></template><script>export default {}</script>", "src/components/lazy.vue": "<template><view/></template>",
		"src/components/global.vue": "<template><view/></template>", "src/components/unused.vue": "<template><view/></template>",
		"src/widgets/x-box.vue": "<template><view/></template>", "src/widgets/BigCard.vue": "<template><view/></template>", "src/components/auto-box/auto-box.vue": "<template><view/></template>",
		"src/uni_modules/uni-easyinput/components/uni-easyinput/uni-easyinput.vue": "<template><input/></template>",
		"dist/build/mp-weixin/app.json":                                            `{"pages": ["pages/a/a"]}`, "dist/build/mp-weixin/pages/a/a.wxml": "<view/>", "dist/build/mp-weixin/pages/a/a.js": "Page({})",
		"package.json": `{"dependencies": {"nutui-uniapp": "1"}}`,
	}
}

// Programs of weapp-vite: an app.vue that states the configuration, or an app.json with pages
// in .vue files. Without weapp-vite such files are nothing to a native program.
func TestWeappViteVue(t *testing.T) {
	const page = "<template><input v-model=\"a\" /></template><script setup>\nimport { ref } from 'wevu'\nconst a = ref('')\ndefinePageJson({ navigationBarTitleText: '登记' })\n</script>"
	const asks = `{"devDependencies": {"weapp-vite": "6"}}`
	for what, c := range map[string]struct {
		files     map[string]string
		framework string
	}{
		"macro in app.vue":   {map[string]string{"package.json": asks, "src/app.vue": "<script setup>defineAppJson({ pages: ['p/p'] })</script>", "src/p/p.vue": page}, "weapp-vite"},
		"block in app.vue":   {map[string]string{"package.json": asks, "src/app.vue": "<script></script><json>{ \"pages\": [\"p/p\"] }</json>", "src/p/p.vue": page}, "weapp-vite"},
		"app.json":           {map[string]string{"package.json": asks, "src/app.json": `{"pages": ["p/p"]}`, "src/app.js": "App({})", "src/p/p.vue": page}, "weapp-vite"},
		"no .vue files":      {map[string]string{"package.json": asks, "src/app.json": `{"pages": ["p/p"]}`, "src/p/p.wxml": "<input/>", "src/p/p.js": "Page({})"}, "native"},
		"another build tool": {map[string]string{"package.json": "{}", "src/app.json": `{"pages": ["p/p"]}`, "src/p/p.wxml": "<input/>", "src/p/p.js": "Page({})", "src/p/x.vue": page}, "native"},
	} {
		t.Run(what, func(t *testing.T) {
			p := load(t, c.files)
			require.Equal(t, c.framework, p.Framework)
			require.Equal(t, []string{"p/p"}, p.Config.Pages)
			require.Empty(t, p.Unread)
			u := p.unit("p/p")
			require.NotNil(t, u.View)
			if c.framework != "native" {
				require.Equal(t, "登记", u.Title)
				require.Equal(t, "src/p/p.vue", u.View.File.Path)
			}
		})
	}
}

func TestUniApp(t *testing.T) {
	p := load(t, uni())
	require.Equal(t, []string{"uni-app", "wechat", "src", "团购", "wx1", "MP-WEIXIN, VUE3"}, []string{p.Framework, p.Platform, p.Source, p.Name, p.AppID, p.Condition})
	require.True(t, p.Sources)
	require.Equal(t, []string{"dist/build/mp-weixin"}, p.Outputs)
	require.Equal(t, []string{"pages/a/a", "sub/b/b"}, p.Config.Pages)
	require.Equal(t, "团", p.Config.Value.Path("window", "navigationBarTitleText").String())
	require.Equal(t, []string{"getLocation"}, p.Config.RequiredPrivateInfo)
	require.Equal(t, "src/manifest.json", p.Config.DeclaredFile.Path)
	require.NotZero(t, p.Config.Declared.Member("permission").NameSpan)
	require.Equal(t, "src/main.js", p.Entry.File.Path)
	require.Empty(t, p.Unread)

	a := unitOf(t, p, "pages/a/a")
	require.Equal(t, "微信里的甲", a.Title)
	require.Same(t, a.Script.File, a.View.File)
	require.True(t, a.Single)
	for tag, want := range map[string]string{
		"Local": "components/local", "x-box": "widgets/x-box", "BigCard": "widgets/BigCard", "auto-box": "components/auto-box/auto-box", "the-global": "components/global", "lazy-box": "components/lazy",
	} {
		require.NotNil(t, a.Components[tag], tag)
		require.NotNil(t, a.Components[tag].Unit, tag)
		require.Equal(t, want, a.Components[tag].Unit.Path, tag)
		require.True(t, a.Components[tag].Unit.Reachable, tag)
	}
	require.Equal(t, "uni-easyinput", a.Components["uni-easyinput"].Library)
	require.NotEmpty(t, a.Components["nut-input"].Library)
	require.False(t, unitOf(t, p, "components/unused").Reachable)
	require.False(t, unitOf(t, p, "pages/web/web").Reachable)

	b := unitOf(t, p, "sub/b/b")
	require.True(t, b.Script.Setup)
	require.Equal(t, "components/local", b.Components["local"].Unit.Path)
	require.Equal(t, "src/api/index.ts", b.Script.Import("@/api").File.Path)
}

func TestFrameworks(t *testing.T) {
	for name, c := range map[string]struct {
		files        map[string]string
		pages        []string
		page, title  string
		single, used bool
	}{
		"wepy 1": {map[string]string{
			"src/app.wpy":               "<script>import wepy from 'wepy'\nconst first = 'pages/a'\nexport default class extends wepy.app { config = { pages: [first], window: { navigationBarTitleText: '店' } } }</script>",
			"src/pages/a.wpy":           "<template><person></person></template><script>import P from '../components/person'\nexport default class A extends wepy.page { config = { navigationBarTitleText: '甲' }; components = { person: P } }</script>",
			"src/components/person.wpy": "<template><input/></template><script>export default class extends wepy.component {}</script>",
		}, []string{"pages/a"}, "pages/a", "甲", true, true},
		"wepy 2": {map[string]string{
			"src/app.wpy":               "<script>wepy.app({})</script><config>\n{\n pages: ['pages/a'], }\n</config>",
			"src/pages/a.wpy":           "<template><person/></template><script>wepy.page({})</script><config>{ navigationBarTitleText: '甲', usingComponents: { person: '../components/person' } }</config>",
			"src/components/person.wpy": "<template><input/></template><script>wepy.component({})</script>",
		}, []string{"pages/a"}, "pages/a", "甲", true, true},
		"mpx": {map[string]string{
			"src/app.mpx":               "<script>createApp({})</script><script type=\"application/json\">{\"pages\": [\"./pages/a.mpx\"], \"packages\": [\"@/sub/app.mpx?root=sub\"]}</script>",
			"src/sub/app.mpx":           "<script type=\"application/json\">{\"pages\": [\"./pages/b\"]}</script>",
			"src/sub/pages/b.mpx":       "<template><view/></template>",
			"src/pages/a.mpx":           "<template><person/></template><template mode=\"ali\"><input/></template><script>createPage({})</script><script name=\"json\">module.exports = { navigationBarTitleText: '甲', usingComponents: { person: '../components/person' } }</script>",
			"src/components/person.mpx": "<template><input/></template><script>createComponent({})</script><script type=\"application/json\">{\"component\": true}</script>",
		}, []string{"pages/a", "sub/pages/b"}, "pages/a", "甲", true, true},
		"taro 3": {map[string]string{
			"src/app.config.ts":     "import { more } from './x'\nconst base = ['pages/a/index']\nexport default defineAppConfig({ pages: [...base, process.env.TARO_ENV === 'h5' ? 'pages/web' : 'pages/b/index'], window: {} })",
			"src/app.tsx":           "export default p => p.children",
			"src/pages/a/index.tsx": "import { Person } from '@/components'\nexport default () => <View><Person/></View>", "src/pages/a/index.config.ts": "export default { navigationBarTitleText: '甲' }",
			"src/pages/b/index.vue":   "<template><view/></template>",
			"src/components/index.ts": "export { default as Person } from './person'", "src/components/person.tsx": "export default () => <Input/>",
		}, []string{"pages/a/index", "pages/b/index"}, "pages/a/index", "甲", false, true},
		"taro 1": {map[string]string{
			"src/app.js":               "import Taro, { Component } from '@tarojs/taro'\nclass App extends Component { config = { pages: ['pages/a/index'] }; render() { return <A/> } }\nTaro.render(<App/>, 0)",
			"src/pages/a/index.js":     "import Person from '../../components/person'\nclass A extends Component { config = { navigationBarTitleText: '甲' }; render() { return <View><Person/></View> } }\nexport default A",
			"src/components/person.js": "export default class extends Component { render() { return <Input/> } }",
		}, []string{"pages/a/index"}, "pages/a/index", "甲", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, c.files)
			require.Equal(t, strings.Fields(name)[0], p.Framework)
			require.Equal(t, c.pages, p.Config.Pages)
			require.Empty(t, p.Unread)
			u := unitOf(t, p, c.page)
			require.Equal(t, c.title, u.Title)
			require.Equal(t, c.single, u.Single)
			require.Equal(t, !c.single, u.Scripted)
			tag := "person"
			if u.Scripted {
				tag = "Person"
			}
			require.NotNil(t, u.Components[tag], "%v", u.Components)
			require.Equal(t, "components/person", u.Components[tag].Unit.Path)
			require.True(t, u.Components[tag].Unit.Reachable)
		})
	}
}

// Copies of libraries are recognised by their folders.
func TestCopiesForFrameworks(t *testing.T) {
	files := uni()
	files["src/uview-ui/components/u-input/u-input.vue"] = "<template><input/></template>"
	files["src/uview-ui/index.js"] = "export default {}"
	files["src/components/uni-popup/uni-popup.vue"] = "<template><view/></template>"
	files["src/components/uni-own/uni-own.vue"] = "<template><view/></template>"
	files["src/pages/a/a.vue"] = "<template><view><u-input/><uni-popup/><uni-own/></view></template><script>import UInput from '@/uview-ui/components/u-input/u-input.vue'\nimport '@/uview-ui'\nexport default { components: { UInput } }</script>"
	p := load(t, files)
	a := unitOf(t, p, "pages/a/a")
	require.Equal(t, "uview-ui", a.Components["u-input"].Library)
	require.Equal(t, "@dcloudio/uni-ui", a.Components["uni-popup"].Library)
	require.Empty(t, a.Components["uni-own"].Library)
	require.Equal(t, "uview-ui", a.Script.Import("@/uview-ui").Library)
}

// Blocks may be in files of their own, and mistakes in them are reported.
func TestParts(t *testing.T) {
	files := uni()
	files["src/pages/a/a.vue"] = `<template src="./a.html"></template><script src="./a-code.js"></script>`
	files["src/pages/a/a.html"] = "<view><Local @tap=\"go\"/><!-- #ifdef H5 --><web-only/><!-- #endif --></view>"
	files["src/pages/a/a-code.js"] = "import Local from '@/components/local'\nimport b from '../../sub/b/b.vue'\nexport default { components: { Local } }"
	files["src/sub/b/b.vue"] = "<template><view/></template><script src=\"./b-code.js\"></script><script>onlyHere()</script><script module=\"m\" lang=\"wxs\" src=\"./m.wxs\"></script>"
	files["src/sub/b/b-code.js"] = "export default {}"
	p := load(t, files)
	a, b := unitOf(t, p, "pages/a/a"), unitOf(t, p, "sub/b/b")
	require.Equal(t, []string{"src/pages/a/a.html", "src/pages/a/a-code.js"}, []string{a.View.File.Path, a.Script.File.Path})
	require.True(t, a.Single && a.View.Reachable && a.Script.Reachable)
	require.Equal(t, "components/local", a.Components["Local"].Unit.Path)
	require.NotContains(t, a.View.tags, "web-only")
	require.Same(t, b.Script, a.Script.Import("../../sub/b/b.vue"))
	require.Len(t, p.Unread, 1)
	require.Contains(t, p.Unread[0].Reason.EN, "another <script> with src")
	require.True(t, p.Unread[0].Hides)

	files["src/sub/b/b.vue"] = "<template><view/></template><script src=\"https://cdn.example.com/sdk.js\"></script><script>export default {}</script>"
	p = load(t, files)
	require.Len(t, p.Unread, 1)
	require.Contains(t, p.Unread[0].Reason.EN, "at the address https://cdn.example.com/sdk.js")
	require.NotNil(t, unitOf(t, p, "sub/b/b").Script)

	p = load(t, map[string]string{
		"src/app.mpx": `<script src="./main.js"></script><script type="application/json" src="./main.json"></script>`,
		"src/main.js": "createApp({})", "src/main.json": `{"pages": ["./pages/a", "./pages/b"]}`,
		"src/pages/a.mpx":  `<template src="@/views/a.wxml"></template><script src="@/views/a.ts"></script><script type="application/json" src="/views/a.json"></script>`,
		"src/views/a.wxml": `<view wx:if="{{ x }}"/>`, "src/views/a.ts": "createPage<A>({})", "src/views/a.json": `{"navigationBarTitleText": "甲"}`,
		"src/pages/b.mpx": `<template src="../../../out.wxml"></template><script>createPage({})</script><script type="application/json">{"a": }</script><script type="application/json" src="./none.json"></script>`,
		"out.wxml":        "<view/>",
	})
	require.Equal(t, "src/main.json", p.Config.File.Path)
	require.Equal(t, "src/main.js", unitOf(t, p, "app").Script.File.Path)
	a = unitOf(t, p, "pages/a")
	require.Equal(t, []string{"src/views/a.wxml", "src/views/a.ts", "甲"}, []string{a.View.File.Path, a.Script.File.Path, a.Title})
	require.Len(t, p.Units, 3)
	require.Len(t, p.Unread, 3, "%v", p.Unread)
	require.Contains(t, p.Unread[0].Reason.EN, "../../../out.wxml, which does not exist")
	require.Contains(t, p.Unread[1].Reason.EN, "could not be parsed")
	require.Contains(t, p.Unread[2].Reason.EN, "./none.json, which does not exist")
}

// Components may be registered for all in any way that names them.
func TestRegistered(t *testing.T) {
	files := uni()
	for _, name := range []string{"one", "two", "three", "four"} {
		files["src/parts/"+name+".vue"] = "<template><view/></template><script>export default { name: 'part-" + name + "' }</script>"
	}
	files["src/main.js"] = `import One from '@/parts/one'
app.component(One.name, One)
app.component('PartTwo', () => import('@/parts/two.vue'))
app.component('part-three', require('@/parts/three.vue').default)
app.component('part-four', defineAsyncComponent(() => import('@/parts/four.vue')))
for (const name in others) app.component(name, others[name])`
	files["src/sub/b/b.vue"] = "<template><view><part-one/><part-two/><part-three/><part-four/></view></template>"
	p := load(t, files)
	b := unitOf(t, p, "sub/b/b")
	for _, name := range []string{"one", "two", "three", "four"} {
		require.NotNil(t, b.Components["part-"+name], name)
		require.Equal(t, "parts/"+name, b.Components["part-"+name].Unit.Path)
	}
	requireTold(t, p, "src/pages/a/a.vue:1 true <the-global>") // those whose names are computed are among the imported ones
}

// The script that HBuilderX makes is for both versions of Vue: the manifest says which, or the packages of the project; Vue 2 if
// neither does. And native components may be registered for all pages, several of them.
func TestVersionOfVue(t *testing.T) {
	for said, want := range map[string]string{
		`{"vueVersion": "2"} {}`: "parts/two", `{"vueVersion": "3"} {}`: "parts/three", `{} {}`: "parts/two",
		`{} {"dependencies": {"vue": "^3.2.0"}}`: "parts/three", `{} {"dependencies": {"vue": ">=2.6"}}`: "parts/two",
		`{} {"devDependencies": {"@dcloudio/vite-plugin-uni": "alpha"}}`:                  "parts/three",
		`{"vueVersion": "2"} {"devDependencies": {"@dcloudio/vite-plugin-uni": "alpha"}}`: "parts/two",
	} {
		files := uni()
		manifest, packages, _ := strings.Cut(said, "} {")
		files["src/manifest.json"], files["package.json"] = manifest+"}", "{"+packages
		files["src/main.js"] = `import Two from './parts/two.vue'
import Three from './parts/three.vue'
// #ifndef VUE3
Vue.component('a-part', Two)
// #endif
// #ifdef VUE3
createSSRApp(App).component('a-part', Three)
// #endif`
		files["src/parts/two.vue"], files["src/parts/three.vue"] = "<template><view/></template>", "<template><view/></template>"
		files["src/pages.json"] = `{"pages": [{"path": "pages/a/a"}], "globalStyle": {"usingComponents": {"one-tip": "/wxcomponents/tip", "one-box": "/wxcomponents/box"}}}`
		for _, name := range []string{"tip", "box"} {
			files["src/wxcomponents/"+name+".json"] = `{"component": true}`
			files["src/wxcomponents/"+name+".js"], files["src/wxcomponents/"+name+".wxml"] = "Component({})", "<view/>"
		}
		files["src/pages/a/a.vue"] = "<template><view><a-part/><one-tip/><one-box/></view></template>"
		a := unitOf(t, load(t, files), "pages/a/a")
		for tag, path := range map[string]string{"a-part": want, "one-tip": "wxcomponents/tip", "one-box": "wxcomponents/box"} {
			require.NotNil(t, a.Components[tag], tag)
			require.Equal(t, path, a.Components[tag].Unit.Path, tag)
		}
	}
}

// Components that a script registers in a loop go by the names that they have themselves,
// those of their files, and those under which they are imported.
func TestRegisteredInLoop(t *testing.T) {
	files := uni()
	for _, name := range []string{"parts/own-name", "parts/of-file", "parts/folder/index", "parts/third", "parts/glob/far-off"} {
		files["src/"+name+".vue"] = "<template><view/></template><script setup></script>"
	}
	files["src/parts/own-name.vue"] = "<template><view/></template><script>export default { name: 'OtherName' }</script>"
	files["src/parts/index.js"] = "import Own from './own-name.vue'\nimport './of-file.vue'\nimport ByImport from './third'\nimport './folder/index.vue'\nexport default [Own, ByImport]"
	files["src/main.js"] = "import parts from './parts'\nconst more = import.meta.glob('./parts/glob/*.vue', { eager: true })\nparts.map(one => app.component(one.name, one))"
	files["src/sub/b/b.vue"] = "<template><view><other-name/><own-name/><of-file/><folder/><by-import/><far-off/><unknown-form/></view></template>"
	p := load(t, files)
	b := unitOf(t, p, "sub/b/b")
	for _, tag := range []string{"other-name", "own-name", "of-file", "folder", "by-import", "far-off"} {
		require.NotNil(t, b.Components[tag], tag)
	}
	requireTold(t, p, "src/pages/a/a.vue:1 true <the-global>", "src/sub/b/b.vue:1 true <unknown-form>")

	files["src/main.js"] = "for (const name in window.parts) app.component(name, window.parts[name])"
	require.Contains(t, load(t, files).Unread[0].Reason.EN, "names that are computed")
}

// Vue takes form-row-2, form-row2, formRow2 and FormRow2 for one name.
func TestDigitsInTags(t *testing.T) {
	files := uni()
	files["src/parts/FormRow2.vue"] = "<template><view/></template>"
	files["src/sub/b/b.vue"] = "<template><view><form-row-2/><form-row2/><formRow2/><FormRow2/><form-row-3/></view></template>" +
		"<script>import FormRow2 from '@/parts/FormRow2.vue'\nexport default { components: { FormRow2 } }</script>"
	p := load(t, files)
	b := unitOf(t, p, "sub/b/b")
	for _, tag := range []string{"form-row-2", "form-row2", "formRow2", "FormRow2"} {
		require.NotNil(t, b.Components[tag], tag)
	}
	require.Nil(t, b.Components["form-row-3"])
}

// What cannot be read of a component or of the configuration is reported.
// The files of wepy may have another suffix, if its settings say so.
func TestWepyInVue(t *testing.T) {
	f := map[string]string{
		"package.json":       `{"dependencies": {"wepy": "1.7.0"}}`,
		"wepy.config.js":     "module.exports = { wpyExt: '.vue', compilers: {} }",
		"src/app.vue":        "<script>import wepy from 'wepy'\nexport default class extends wepy.app { config = { pages: ['pages/a'] } }</script>",
		"src/pages/a.vue":    "<template><row/></template><script>import wepy from 'wepy'\nimport Row from '../row'\nexport default class A extends wepy.page { components = { row: Row } }</script>",
		"src/row.vue":        "<template><input bindinput=\"on\"/></template><script>import wepy from 'wepy'\nexport default class extends wepy.component {}</script>",
		"src/pages/gone.wpy": "<template><view/></template>",
	}
	p := load(t, f)
	require.Equal(t, "wepy", p.Framework)
	require.Equal(t, []string{"pages/a"}, p.Config.Pages)
	require.NotNil(t, unitOf(t, p, "pages/a").Components["row"].Unit)
	requireTold(t, p)
	f["wepy.config.js"] = "module.exports = { wpyExt: '.wpy' }"
	_, err := Load(tree(f), Options{})
	require.Error(t, err)
}

func TestFrameworkUnread(t *testing.T) {
	files := uni()
	files["src/pages/a/a.vue"] = "<template lang=\"pug\">\ninclude ./b.pug\n</template><script src=\"./a.js\"></script><script lang=\"coffee\">a = 1</script>"
	files["src/sub/b/b.vue"] = "<template><view></template><script>export default {</script>"
	p := load(t, files)
	var reasons []string
	for _, u := range p.Unread {
		require.True(t, u.Hides, u.Path)
		require.NotEmpty(t, u.Reason.ZH)
		reasons = append(reasons, u.Path+": "+u.Reason.EN)
	}
	require.Len(t, reasons, 4, "%v", reasons)
	require.Contains(t, reasons[0], "the other file that Pug takes in")
	require.Contains(t, reasons[1], "./a.js, which does not exist")
	require.Contains(t, reasons[2], "written in CoffeeScript")
	require.Contains(t, reasons[3], "src/sub/b/b.vue: ")

	files = map[string]string{
		"app.config.js": "export default { pages: ['pages/a/index', ...require('./more').pages] }", "app.js": "export default 1",
		"pages/a/index.js": "export default () => <View/>",
	}
	p = load(t, files)
	require.Len(t, p.Unread, 1)
	require.Contains(t, p.Unread[0].Reason.EN, "computed")
}

// Aliases of build scripts and compiler options win over the framework's defaults,
// even if they lead out of the sources.
func TestBuildAliases(t *testing.T) {
	files := uni()
	files["package.json"] = "{}"
	files["vite.config.ts"] = `import { fileURLToPath, URL } from 'node:url'
export default defineConfig({ resolve: { alias: {
	'@shared': fileURLToPath(new URL('./src/api', import.meta.url)),
	'@/': path.join(__dirname, 'none'),
	'@server': path.resolve(__dirname, 'server'),
} } })`
	files["tsconfig.json"] = `{"compilerOptions": {"baseUrl": "./src", /* of the editor */ "paths": {"#parts/*": ["components/*"], "exact": ["api"]}}}`
	files["server/secret.ts"] = "export const key = ''"
	files["src/sub/b/b.vue"] = `<script setup lang="ts">import Local from '#parts/local.vue'
import { save } from '@shared'
import { save as again } from '@shared/index'
import { save as third } from '@/api'
import { key } from '@server/secret'
</script><template><local /></template>`
	p := load(t, files)
	b := unitOf(t, p, "sub/b/b")
	require.NotNil(t, b.Components["local"].Unit)
	var got []string
	for _, i := range b.Script.Imports {
		name := ""
		if i.Module != nil {
			name = i.Module.File.Path
		}
		got = append(got, i.Spec+" "+name)
	}
	require.Equal(t, []string{"#parts/local.vue src/components/local.vue", "@shared src/api/index.ts", "@shared/index src/api/index.ts",
		"@/api src/api/index.ts", "@server/secret server/secret.ts"}, got)
}

// The templates of Vue CLI 2 and mpvue state aliases in build/webpack.base.conf.js.
func TestAliasesOfWebpack(t *testing.T) {
	p := load(t, map[string]string{
		"package.json": `{"dependencies": {"mpvue": "^1.0.0"}}`,
		"build/webpack.base.conf.js": `const path = require('path')
function resolve(dir) { return path.join(__dirname, '..', dir) }
module.exports = { resolve: { alias: { '@': resolve('src'), 'ROWS': path.resolve(__dirname, '../src/widgets'), 'api': resolve('src/http') } } }`,
		"src/main.js": "import Vue from 'vue'\nimport App from './App'\nApp.mpType = 'app'\nnew Vue(App).$mount()", "src/App.vue": "<script>export default {}</script>",
		"src/app.json": `{"pages": ["pages/a/main"]}`, "src/pages/a/main.js": "import Vue from 'vue'\nimport App from './index'\nnew Vue(App).$mount()",
		"src/pages/a/index.vue": "<template><row/></template>\n<script>\nimport row from 'ROWS/row.vue'\nimport { save } from 'api/save'\nexport default { components: { row }, onLoad() { save() } }\n</script>",
		"src/widgets/row.vue":   "<template><input/></template>", "src/http/save.js": "export const save = () => {}",
	})
	require.Empty(t, p.Unread)
	require.NotNil(t, unitOf(t, p, "pages/a/index").Components["row"].Unit)
}

// Vue lets a template write each capital of a component's name as a hyphen and a letter.
func TestHyphenated(t *testing.T) {
	p := load(t, map[string]string{
		"app.config.ts": "export default { pages: ['pages/a/index'] }", "app.ts": "export default 1",
		"pages/a/index.vue": "<template><y-x-y /></template>\n<script setup>\nimport YXY from './YXY.vue'\n</script>",
		"pages/a/YXY.vue":   "<template><view /></template>",
	})
	require.NotNil(t, unitOf(t, p, "pages/a/index").Components["y-x-y"])
}

// Scripts of Taro may have types although their names do not say so.
func TestTypesInScripts(t *testing.T) {
	p := load(t, map[string]string{
		"app.config.js": "export default { pages: ['pages/a/index'] }", "app.js": "export default 1",
		"pages/a/index.jsx": "export default class A { render(): any { return <View /> } }",
	})
	require.Empty(t, p.Unread)
	require.Empty(t, unitOf(t, p, "pages/a/index").Script.Tree.Errors)
}

// The script of a single file may have elements, types, or both, although its block does not say so.
func TestLangForgotten(t *testing.T) {
	for _, setup := range []string{"() => () => <View>{<Card />}</View>", "(): any => () => <View />", "() => ({ n: 1 as number })"} {
		p := load(t, map[string]string{
			"app.config.js": "export default { pages: ['p/p'] }", "app.js": "import { createApp } from 'vue'", "package.json": `{"dependencies": {"@tarojs/taro": "3", "vue": "3"}}`,
			"p/p.vue": "<template>\n</template>\n<script>\nimport Card from './card.vue'\nexport default { setup: " + setup + " }\n</script>", "p/card.vue": "<template><view/></template>",
		})
		require.Empty(t, p.Unread, setup)
		require.Empty(t, unitOf(t, p, "p/p").Script.Tree.Errors, setup)
	}
}

// A list of pages that only running tells takes its paths from texts that scripts spell out.
func TestPagesThatTextsName(t *testing.T) {
	files := map[string]string{
		"src/app.config.js": "import { listed } from './routes'\nconst { main } = listed()\nexport default { pages: main, tabBar: { list: [{ pagePath: 'pages/home/index' }] } }",
		"src/app.js":        "export default 1",
		"src/routes.js": `const more = require('./more')
import './pages/util/index'
const all = [{ page: 'pages/home/index', icon: './assets/home.png' }, { page: '/pages/join/index' }, ...more]
function listed() {
  return { main: all.reduce((list, r) => list.concat(r.page), []) }
}
module.exports = { listed }`,
		"src/more.js":             "module.exports = [{ root: 'shop', pages: ['cart/index', 'gone/index'] }]",
		"src/pages/home/index.js": "export default () => <View/>", "src/pages/join/index.jsx": "export default () => <View/>",
		"src/pages/util/index.js": "export default () => <View/>", "src/pages/other/index.jsx": "export default () => <View/>",
		"src/shop/cart/index.tsx": "export default () => <View/>",
	}
	p := load(t, files)
	require.ElementsMatch(t, []string{"pages/home/index", "pages/join/index", "shop/cart/index"}, p.Config.Pages)
	require.Len(t, p.Unread, 1)
	require.Contains(t, p.Unread[0].Reason.EN, "computed")

	files["src/app.config.js"] = "import { listed } from './routes'\nexport default { pages: ['pages/home/index'], window: listed() }"
	require.Equal(t, []string{"pages/home/index"}, load(t, files).Config.Pages, "the list is known, and texts add nothing to it")
}

// The top-level names of <script setup> are components, whatever their letters and however
// they are loaded; a page of Taro names native components for all that is in it.
func TestComponentsOfSetup(t *testing.T) {
	p := load(t, map[string]string{
		"src/app.config.ts": "export default { pages: ['pages/a/index', 'pages/b/index'] }", "src/app.ts": "export default 1",
		"src/pages/a/index.config.ts": "export default { usingComponents: { 'chart-box': '../../native/chart' } }",
		"src/pages/a/index.vue": `<template><lazyForm/><footer-bar/><later/><C-Sheet/><Part/><other/></template>
<script setup>
import { defineAsyncComponent } from 'vue'
import CSheet from '../../parts/sheet.vue'
import Part from '../../parts/part.vue'
import later from '../../parts/later.vue'
const lazyForm = defineAsyncComponent(() => import('../../parts/form.vue'))
const FooterBar = defineAsyncComponent({ loader: () => import('../../parts/bar.vue'), delay: 10 })
const other = [lazyForm]
</script>`,
		"src/pages/b/index.vue": "<template><view/></template>",
		"src/parts/form.vue":    "<template><view/></template>",
		"src/parts/bar.vue":     "<template><view/></template>",
		"src/parts/later.vue":   "<template><view/></template>",
		"src/parts/sheet.vue":   "<template><view/></template>",
		"src/parts/part.vue":    "<template><chart-box/></template>",
		"src/native/chart.wxml": "<view/>",
		"src/native/chart.js":   "Component({})",
		"src/native/chart.json": "{\"component\": true}",
		"src/native/chart.wxss": "",
	})
	a := unitOf(t, p, "pages/a/index")
	for tag, path := range map[string]string{"lazyForm": "parts/form", "footer-bar": "parts/bar", "later": "parts/later", "C-Sheet": "parts/sheet", "Part": "parts/part"} {
		require.NotNil(t, a.Components[tag], tag)
		require.Equal(t, path, a.Components[tag].Unit.Path)
	}
	require.Equal(t, "native/chart", unitOf(t, p, "parts/part").Components["chart-box"].Unit.Path)
	require.Len(t, p.Unread, 1)
	require.Contains(t, p.Unread[0].Reason.EN, "<other>")
}
