package project

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// told lists the entries of Unread as "path:line hides reason", the reason cut to what
// is named in it.
func told(p *Program) (list []string) {
	for _, u := range p.Unread {
		line := 0
		if !u.Location.IsZero() {
			line = u.Location.Start().Line
		}
		list = append(list, fmt.Sprintf("%s:%d %v %s", u.Path, line, u.Hides, u.Reason.EN))
	}
	return list
}

// requireTold demands one entry for each want, "path:line hides part of the reason",
// and no other.
func requireTold(t *testing.T, p *Program, wants ...string) {
	t.Helper()
	got := told(p)
	require.Len(t, got, len(wants), strings.Join(got, "\n"))
	for i, want := range wants {
		place, rest, _ := strings.Cut(want, " ")
		hides, part, _ := strings.Cut(rest, " ")
		require.True(t, strings.HasPrefix(got[i], place+" "+hides+" "), "%s\nwant %s", got[i], want)
		require.Contains(t, got[i], part)
	}
}

// native is a native program with one page that holds the given parts.
func native(json, wxml, js string) map[string]string {
	f := map[string]string{"app.json": manifest, "app.js": "App({})"}
	page(f, "p/p", json, wxml, js)
	return f
}

// vue is a uni-app program with one page.
func vue(script, template string) map[string]string {
	return map[string]string{
		"manifest.json": "{}", "pages.json": manifest, "App.vue": "<script>export default {}</script>",
		"p/p.vue": "<script setup>\n" + script + "\n</script><template>" + template + "</template>",
	}
}

// options is a uni-app program with one page in the options style.
func options(script, template string) map[string]string {
	f := vue("", "")
	f["p/p.vue"] = "<script>\n" + script + "\n</script>\n<template>" + template + "</template>"
	return f
}

// react is a program of Taro with one page.
func react(script string) map[string]string {
	return map[string]string{
		"package.json": `{"dependencies": {"@tarojs/taro": "3", "react": "18"}}`, "config/index.js": "export default { sourceRoot: 'src' }",
		"src/app.config.js": "export default { pages: ['p/p'] }", "src/app.js": "export default ({ children }) => children", "src/p/p.jsx": script,
	}
}

// Missing code is reported with the place that names it, and says so if it could hide
// a collection point.
func TestMissing(t *testing.T) {
	add := func(f map[string]string, more ...string) map[string]string {
		for i := 0; i < len(more); i += 2 {
			f[more[i]] = more[i+1]
		}
		return f
	}
	for name, c := range map[string]struct {
		files map[string]string
		wants []string
	}{
		"module":                                      {native("{}", "<view/>", "const api = require('../api/save')\nPage({ go() { api.send(1) } })"), []string{`p/p.js:1 true "../api/save"`}},
		"module of texts alone":                       {native("{}", "<view/>", "const c = require('../config')\nPage({ go() { wx.request({ url: c.host + '/x', x: `${c.a.b}` }) } })"), []string{`p/p.js:1 false "../config"`}},
		"module of texts and more":                    {native("{}", "<view/>", "const c = require('../config')\nPage({ go() { wx.request({ url: c.host + '/x' }) }, ok: c.ok })"), []string{`p/p.js:1 true "../config"`}},
		"module of texts, package of a platform":      {native("{}", "<view/>", "import Taro, { request } from '@tarojs/taro'\nimport c from '../config'\nPage({ go() { Taro.cloud.init({ env: c.a ? c.x : c.y }); request({ url: c.z }) } })"), []string{`p/p.js:2 false "../config"`}},
		"module of texts, other package":              {native("{}", "<view/>", "import Taro, { request } from './taro'\nimport c from '../config'\nPage({ go() { Taro.cloud.init({ env: c.a ? c.x : c.y }); request({ url: c.z }) } })"), []string{`p/p.js:1 true "./taro"`, `p/p.js:2 true "../config"`}},
		"module of a box with an input":               {native("{}", "<view/>", "const c = require('../config')\nPage({ go() { wx.showModal({ editable: true, placeholderText: c.z }) } })"), []string{`p/p.js:1 true "../config"`}},
		"module of addresses by their places":         {native("{}", "<view/>", "import hosts from '../config'\nimport { key } from '../secret'\nimport { send } from './send'\nPage({ go() { send({ url: hosts.a, data: { key: key } }) } })"), []string{`p/p.js:1 false "../config"`, `p/p.js:2 false "../secret"`, `p/p.js:3 true "./send"`}},
		"module of functions by their places":         {native("{}", "<view/>", "import hosts from '../config'\nimport { send } from './send'\nPage({ go() { send({ url: hosts.a() }); send({ url: 'a', done: hosts.b }) } })"), []string{`p/p.js:1 true "../config"`, `p/p.js:2 true "./send"`}},
		"module of choices":                           {native("{}", `<view/>`, "const c = require('../config')\nconst { host } = c\nPage({ go() { if (c.debug) wx.request({ url: host ? host : 'a', data: { v: c.v } }); wx.cloud.init({ env: c.env }) } })"), []string{`p/p.js:1 false "../config"`}},
		"module of shown texts":                       {native("{}", `<view wx:if="{{name}}">{{name + 1}}<navigator title="by {{name}}"/></view><rich-text nodes="{{terms}}"/>`, "import { NAME, TERMS } from '../config'\nPage({ onLoad() { this.setData({ name: NAME, terms: TERMS.replaceAll('x', NAME) }) } })"), []string{`p/p.js:1 false "../config"`}},
		"module of lists":                             {native("{}", `<view wx:for="{{fields}}"><input placeholder="{{item.label}}"/></view>`, "import { FIELDS } from '../config'\nPage({ onLoad() { this.setData({ fields: FIELDS }) } })"), []string{`p/p.js:1 true "../config"`}},
		"module of labels":                            {native("{}", `<input placeholder="{{label}}"/>`, "import { LABEL } from '../config'\nPage({ data: { label: LABEL } })"), []string{`p/p.js:1 true "../config"`}},
		"module of functions":                         {native("{}", `<view>{{name}}</view>`, "import { NAME, send } from '../config'\nPage({ onLoad() { this.setData({ name: NAME }) }, submit: send })"), []string{`p/p.js:1 true "../config"`}},
		"module of a handler by choice":               {native("{}", `<view/>`, "const c = require('../config')\nPage({ submit: c.submit || function () {} })"), []string{`p/p.js:1 true "../config"`}},
		"module of a callback":                        {native("{}", `<view/>`, "const c = require('../config')\nPage({ go() { wx.login({ success: c.done }) } })"), []string{`p/p.js:1 true "../config"`}},
		"module behind try":                           {native("{}", `<view/>`, "let c = {}\ntry { c = require('../env.js') } catch (e) {}\nPage({ go() { wx.request({ url: c.host + '/x' }) } })"), []string{`p/p.js:2 false "../env.js"`}},
		"module called behind try":                    {native("{}", `<view/>`, "let c = {}\ntry { c = require('../env.js') } catch (e) {}\nPage({ go() { c.ask(this) } })"), []string{`p/p.js:2 true "../env.js"`}},
		"module of which nothing is used":             {native("{}", `<view/>`, "import { host } from '../config'\nPage({})"), []string{`p/p.js:1 false "../config"`}},
		"module of addresses returned":                {native("{}", `<view/>`, "import { SITE_URL, TEMPLATE_ID } from '../config'\nconst of = () => SITE_URL\nPage({ go() { wx.subscribe({ ids: [TEMPLATE_ID] }); this.x = { url: of } } })"), []string{`p/p.js:1 false "../config"`}},
		"module with a function that makes addresses": {native("{}", `<view/>`, "import { saveUrl } from '../config'\nPage({ go() { saveUrl(this) } })"), []string{`p/p.js:1 true "../config"`}},
		"module with a list called by addresses":      {native("{}", `<view/>`, "import { URL_LIST } from '../config'\nPage({ go() { this.setData({ l: URL_LIST.map(u => u.label) }) } })"), []string{`p/p.js:1 true "../config"`}},
		"module read again from page data":            {native("{}", `<view/>`, "import { ACT } from '../config'\nPage({ data: { act: ACT }, go() { this.data.act() } })"), []string{`p/p.js:1 true "../config"`}},
		"module for the app": {add(native("{}", "<view>{{a}}</view>", "const app = getApp()\nPage({ go() { const { host } = app.globalData; wx.request({ url: host + '/x' }) } })"),
			"app.js", "const c = require('./config')\nApp({ globalData: { host: c.host } })"), []string{`app.js:1 false "./config"`}},
		"module for the app, a list": {add(native("{}", "<view/>", "const app = getApp()\nPage({ onLoad() { this.setData({ fields: app.globalData.fields }) } })"),
			"app.js", "const c = require('./config')\nApp({ globalData: { fields: c.fields } })", "p/p.wxml", `<input wx:for="{{fields}}"/>`), []string{`app.js:1 true "./config"`}},
		"module exported again": {add(native("{}", "<view/>", "import { HOST, own } from '../all'\nown()\nPage({ go() { wx.request({ url: HOST + '/x' }) } })"),
			"all.js", "export * from './env'\nexport function own() {}"), []string{`all.js:1 false "./env"`}},
		"module exported again by name, called": {add(native("{}", "<view/>", "import { send } from '../all'\nPage({ go() { send(this) } })"),
			"all.js", "export { default as send } from './env'\nexport function own() {}"), []string{`all.js:1 true "./env"`}},
		"module exported again, called": {add(native("{}", "<view/>", "import { send } from '../all'\nPage({ go() { send(this) } })"),
			"all.js", "export * from './env'\nexport function own() {}"), []string{`all.js:1 true "./env"`}},
		"module for its effects":          {native("{}", "<view/>", "import '../setup'\nPage({})"), []string{`p/p.js:1 true "../setup"`}},
		"twice":                           {add(native("{}", "<view/>", "require('../x')(); Page({})"), "app.js", "require('./x')(); App({})"), []string{`app.js:1 true "./x"`}},
		"from what nothing reaches":       {add(native("{}", "<view/>", "Page({})"), "old.js", "require('./x')()"), nil},
		"styles, pictures, types":         {add(native("{}", "<view/>", "Page({})"), "p/p.ts", "import './a.css'; import a from './a.png'; import q from './a.graphql'; import { type T } from './t'; import type { U } from './u'; import { V } from './v'; import { W } from './v.d'; import { Y } from './v.d.ts'; import { Z } from './z'; const z = null as Z | null; Page({})", "p/v.d.ts", ""), nil},
		"known package in a folder":       {vue("import { data } from '../uni_modules/uview-ui/libs/mixin/mixin'", "<view/>"), nil},
		"files of Node":                   {vue("import { constants } from 'fs'\nimport c from 'crypto'", "<view/>"), nil},
		"known package":                   {native("{}", "<view/>", "import dayjs from 'dayjs'; import { x } from 'lodash-es/x'; import '@vant/weapp/lib'; import axios from 'axios'; Page({})"), nil},
		"module of Node":                  {native("{}", "<view/>", "import qs from 'querystring'; import { type } from 'os'; Page({})"), nil},
		"package of package.json":         {add(native("{}", "<view/>", "import x from 'some-thing'; Page({})"), "package.json", `{"dependencies": {"some-thing": "1"}}`), nil},
		"what a build of a package wrote": {native("{}", "<view/>", "import '../utils/url-polyfill/dist/only'; import '../utils/shop/dist/only'; Page({})"), []string{`p/p.js:1 true "../utils/shop/dist/only"`}},
		"package with a path for its types": {add(native("{}", "<view/>", "import toast from 'tdesign-miniprogram/toast/index'; import x from 'parts/x'; toast(x); Page({})"), "tsconfig.json",
			`{"compilerOptions": {"paths": {"tdesign-miniprogram/*": ["./miniprogram_npm/tdesign-miniprogram/*"], "parts/*": ["./parts/*"]}}}`), []string{`p/p.js:1 true "parts/x"`}},
		"package in capitals":       {add(native("{}", "<view/>", "import x from 'some-Thing'; import y from 'Lodash'; Page({})"), "package.json", `{"dependencies": {"some-thing": "1"}}`), nil},
		"component of the platform": {native(`{"usingComponents": {"x-video": "ext://industry/video-player"}}`, "<x-video/>", "Page({})"), []string{"p/p.json:1 false of the plugin industry,"}},
		"package of the tools":      {add(native("{}", "<view/>", "import x from 'some-thing'; Page({})"), "package.json", `{"devDependencies": {"some-thing": "1"}}`), []string{`p/p.js:1 false package "some-thing"`}},
		"package of nobody, Vue":    {vue("import x from 'some-thing'", "<view/>"), []string{`p/p.vue:2 false package "some-thing"`}},
		"package for the bundler":   {add(vue("import x from 'some-thing'", "<view/>"), "package.json", `{"devDependencies": {"some-thing": "1"}}`), nil},
		"unknown package":           {native("{}", "<view/>", "import x from 'some-thing/a'; import y from 'some-thing/b'; Page({})"), []string{`p/p.js:1 false package "some-thing"`}},
		"component":                 {native(`{"usingComponents": {"x-form": "../c/form"}}`, "<x-form/>", "Page({})"), []string{`p/p.json:1 true "../c/form" (<x-form>)`}},
		"component of nobody":       {native(`{"usingComponents": {"x-form": "../c/form"}}`, "<view/>", "Page({})"), nil},
		"component of a plug-in":    {native(`{"usingComponents": {"x-form": "plugin://a/form"}}`, "<x-form/>", "Page({})"), []string{"p/p.json:1 false of the plugin a,"}},
		"components of one plug-in": {add(native(`{"usingComponents": {"x-form": "plugin://f/form", "x-list": "plugin://f/list", "x-unused": "plugin://g/x"}}`, "<x-form/><x-list/>", "Page({})"),
			"app.json", `{"pages": ["p/p"], "plugins": {"f": {"version": "1.0.0", "provider": "wx1234567890abcdef"}}}`), []string{"p/p.json:1 false of the plugin wx1234567890abcdef,"}},
		"component of a plug-in that no page shows": {add(native("{}", "<view/>", "Page({})"), "q/q.json", `{"usingComponents": {"x-form": "plugin://a/form"}}`, "q/q.wxml", "<x-form/>", "q/q.js", "Page({})"), nil},
		"template in Pug":                {map[string]string{"app.json": manifest, "app.js": "App({})", "p/p.pug": "view", "p/p.js": "Page({})"}, []string{"app.json:1 true the template p/p.pug is written in Pug"}},
		"template of a component in Pug": {add(native(`{"usingComponents": {"c-d": "/c/c"}}`, "<c-d/>", "Page({})"), "c/c.pug", "view", "c/c.js", "Component({})", "c/c.json", `{"component": true}`), []string{"c/c.js:0 true c/c.pug is written in Pug"}},
		"component of a library":         {native(`{"usingComponents": {"van-field": "@vant/weapp/field/index"}}`, "<van-field/>", "Page({})"), nil},
		"component of a package":         {native(`{"usingComponents": {"x-form": "@some/forms/form"}}`, "<x-form/>", "Page({})"), []string{`p/p.json:1 true the package "@some/forms"`}},
		"page without a script":          {map[string]string{"app.json": manifest, "app.js": "App({})", "p/p.wxml": "<view/>"}, []string{"p/p.wxml:0 true no script"}},
		"component without a template": {map[string]string{"app.json": manifest, "app.js": "App({})", "p/p.wxml": "<c-d/>", "p/p.js": "Page({})",
			"p/p.json": `{"usingComponents": {"c-d": "/c/c"}}`, "c/c.js": "Component({})", "c/c.json": `{"component": true}`}, []string{"c/c.js:0 true no template"}},
		"native tag of nobody": {map[string]string{"app.json": manifest, "app.js": "App({})", "p/p.js": "Page({})",
			"p/p.wxml": "<scroll-view/><van-cell/><apply-form/>"}, []string{"p/p.wxml:1 true <apply-form> is not registered"}},
		"component in other dialect":                 {add(native(`{"usingComponents": {"x-form": "../c/form"}}`, "<x-form/>", "Page({})"), "c/form.json", `{"component": true}`, "c/form.qml", "<input/>", "c/form.js", "Component({})"), nil},
		"component of a library, copied by its tool": {native(`{"usingComponents": {"w-tip": "../c/@minui/wxc-tip/dist/index", "x-tip": "../c/@acme/tip/index"}}`, "<w-tip/><x-tip value=\"{{a}}\"/>", "Page({})"), []string{`p/p.json:1 true "../c/@acme/tip/index"`}},
		"component of nobody's":                      {native("{}", "<x-form/>", "Page({})"), []string{"p/p.wxml:1 false <x-form> is not registered here"}},
		"mistyped tag":                               {native("{}", "<bock><input/></bock><vew/>", "Page({})"), []string{"p/p.wxml:1 false <block> may have been meant", "p/p.wxml:1 false <view> may have been meant"}},
		"tag that is like no other":                  {native("{}", "<brick/>", "Page({})"), []string{"p/p.wxml:1 false <brick> is not registered here"}},
		"tag of a component that is there": {add(native("{}", "<bock/>", "Page({})"), "c/bock.json", `{"component": true}`, "c/bock.wxml", "<input/>", "c/bock.js", "Component({})"),
			[]string{"p/p.wxml:1 true <bock> is not registered here"}},
		"mistyped tag without settings": {map[string]string{"app.json": manifest, "app.js": "App({})", "p/p.js": "Page({})", "p/p.wxml": "<bock/>"}, []string{"p/p.wxml:1 true <bock> is not registered here"}},
		"component of another page": {add(native(`{"usingComponents": {"x-box": "../c/box"}}`, "<x-box/><x-form/>", "Page({})"),
			"c/box.json", `{"component": true, "usingComponents": {"x-form": "./form"}}`, "c/box.wxml", "<x-form/>", "c/box.js", "Component({})",
			"c/form.json", `{"component": true}`, "c/form.wxml", "<input/>", "c/form.js", "Component({})"), []string{"p/p.wxml:1 false <x-form> is not registered here"}},
		"script of a template, imported": {vue("import price from './price.wxs'", "<view>{{price.show(a)}}</view>"), []string{`p/p.vue:2 false "./price.wxs"`}},
		"Vue, mistyped tag":              {vue("", "<from name='a'><input/></from><vew name='a'/>"), []string{"p/p.vue:3 false <form> may have been meant", "p/p.vue:3 true <vew> is imported and registered nowhere"}},
		"Vue, tag in capitals":           {vue("", "<From name='a'/>"), []string{"p/p.vue:3 true <From> is imported and registered nowhere"}},
		"Vue, mistyped tag, plug-in of nobody": {add(vue("", "<from name='a'/>"), "main.js", "import Shop from 'shop-forms'\nVue.use(Shop)", "package.json", `{"dependencies": {"shop-forms": "1"}}`),
			[]string{`p/p.vue:3 true <from> is imported and registered nowhere; the plug-in "shop-forms" may`}},
		"Vue, tag of a file": {add(vue("", "<from name='a'/>"), "other/from.vue", "<template><input/></template>"), []string{"p/p.vue:3 true <from> is imported and registered nowhere"}},
		"Vue, a player of a native plug-in": {vue("", `<hik-video-player ref="p" @player="go" @loaded="go"/><hik-login-player @player="go"/>`),
			[]string{"p/p.vue:3 false <hik-video-player>", "p/p.vue:3 true <hik-login-player>"}},
		"Vue, imports that only show": {options("import aBox from '../c/ab-number-box.vue'\nimport abPopup from '../c/p.vue'\nexport default { components: { abNumberBox: aBox, abPopup } }",
			`<ab-number-box :min="0" v-model="n" @change="go"/><ab-popup ref="p" type="center"><view>{{text}}</view></ab-popup>`),
			[]string{"p/p.vue:2 false <ab-number-box>", "p/p.vue:3 false <ab-popup>"}},
		"Vue, imports that may take": {options("import phonePopup from '../c/a.vue'\nimport abPopup from '../c/b.vue'\nimport abModal from '../c/c.vue'\nexport default { components: { phonePopup, abPopup, abModal } }",
			`<phone-popup><view/></phone-popup><ab-popup/><ab-modal @confirm="go"><view/></ab-modal>`),
			[]string{`p/p.vue:2 true "../c/a.vue"`, `p/p.vue:3 true "../c/b.vue"`, `p/p.vue:4 true "../c/c.vue"`}},
		"Vue, import that shows and is used": {options("import aIcon from '../c/a.vue'\nexport default { components: { aIcon }, data: () => ({ kinds: [aIcon] }) }", "<a-icon size='1'/>"), []string{`p/p.vue:2 true "../c/a.vue"`}},
		"Vue, import":                        {vue("import Form from '../c/form.vue'", "<Form/>"), []string{`p/p.vue:2 true "../c/form.vue"`}},
		"Vue, patterns of pictures":          {vue("const a = import.meta.glob('../icons/*.{svg,png}', { eager: true })\nconst b = require.context('../icons', false, /\\.svg$/)", "<view/>"), nil},
		"Vue, pattern of components":         {vue("const a = import.meta.glob('../forms/*.vue')", "<view/>"), []string{`p/p.vue:2 true "../forms/*.vue"`}},
		"Vue, pattern of pictures and more":  {vue("const a = import.meta.glob('../forms/*.{svg,vue}')", "<view/>"), []string{`p/p.vue:2 true "../forms/*.{svg,vue}"`}},
		"Vue, JSON without its ending":       {add(vue("import tabs from '../tabs'", "<view>{{tabs}}</view>"), "tabs.json", "[]"), nil},
		"Vue, script that is missing":        {add(vue("import tabs from '../tab'", "<view>{{tabs}}</view>"), "tabs.json", "[]"), []string{`p/p.vue:2 true "../tab"`}},
		"UTS plug-in":                        {add(vue("import { match } from '../uni_modules/own-match'", "<view>{{match()}}</view>"), "uni_modules/own-match/utssdk/mp-weixin/index.uts", "export function match() {}", "uni_modules/own-match/package.json", "{}"), nil},
		"UTS plug-in for other platforms":    {add(vue("import { match } from '../uni_modules/own-match'", "<view>{{match()}}</view>"), "uni_modules/own-match/utssdk/app-ios/index.uts", "export function match() {}", "uni_modules/own-match/package.json", "{}"), []string{`p/p.vue:2 true`}},
		"Vue, JSON that is missing":          {vue("import v from '../version.json'", "<view>{{v.name}}</view>"), []string{`p/p.vue:2 false "../version.json"`}},
		"Vue, tag of a file deeper among components": {add(vue("", "<chat-box/>"), "components/chat/chat-box.vue", "<template><input placeholder='写点什么'/></template>"),
			[]string{"p/p.vue:3 false the file of its name, components/chat/chat-box, was read in its place"}},
		"Vue, a library for the web": {add(vue("", "<el-form><el-select v-model='a'/></el-form>"), "main.js", "import ElementUI from 'element-ui'\nVue.use(ElementUI)", "package.json", `{"dependencies": {"element-ui": "2"}}`), nil},
		"Vue, tag of two files": {add(vue("", "<chat-box/>"), "components/chat/chat-box.vue", "<template><input/></template>", "components/old/chat-box.vue", "<template><input/></template>"),
			[]string{"p/p.vue:3 true <chat-box> is imported and registered nowhere in the tree"}},
		"Vue, alias":                           {vue("import Form from '@/c/form.vue'", "<Form/>"), []string{`p/p.vue:2 true "@/c/form.vue"`}},
		"Vue, tag of nobody":                   {vue("", "<apply-form/><ApplyForm/>"), []string{"p/p.vue:3 true <apply-form> is imported and registered nowhere in the tree"}},
		"Vue, tag of nobody, nothing left out": {add(vue("", `<apply-form v-model="a" @submit="go"/>`), ".gitignore", "node_modules/\n*.log*\n# uni_modules\n"), []string{"p/p.vue:3 false no file has its name, so it is not shown"}},
		"Vue, tag of nobody, parts left out":   {add(vue("", `<apply-form v-model="a" @submit="go"/>`), ".gitignore", "node_modules/\r\n/src/uni_modules/\r\n"), []string{"p/p.vue:3 true <apply-form> is imported and registered nowhere in the tree"}},
		"Vue, tag of a file, nothing left out": {add(vue("", `<apply-form v-model="a"/>`), ".gitignore", "node_modules/\n", "views/apply-form.vue", "<template><input/></template>"), []string{"p/p.vue:3 true <apply-form>"}},
		"Vue, word of nobody":                  {vue("", `<test v-if="a">1</test>`), []string{"p/p.vue:3 false no file has its name, so it is not shown"}},
		"Vue, word that may take":              {vue("", `<test v-model="a"/>`), []string{"p/p.vue:3 true <test> is imported and registered nowhere in the tree"}},
		"Vue, word of a file that is there":    {add(vue("", "<test/>"), "src/test.vue", "<template><input/></template>"), []string{"p/p.vue:3 true <test> is imported and registered nowhere in the tree"}},
		"Vue, word that a plug-in may bring": {add(vue("", "<test/>"), "main.js", "import Shop from 'shop-forms'\nVue.use(Shop)", "package.json", `{"dependencies": {"shop-forms": "1"}}`),
			[]string{`p/p.vue:3 true <test> is imported and registered nowhere; the plug-in "shop-forms" may`}},
		"Vue, header":                      {vue("", `<page-head :title="t"/><shop-header v-model="t"/>`), []string{"p/p.vue:3 false <page-head>", "p/p.vue:3 true <shop-header>"}},
		"Vue, plug-in of the market":       {vue("import check from '@/uni_modules/uni-upgrade-center-app/utils/check'\ncheck()\n", "<view/>"), []string{`p/p.vue:2 false "@/uni_modules/uni-upgrade-center-app/utils/check"`}},
		"Vue, other plug-in of the market": {vue("import check from '@/uni_modules/acme-login/utils/check'\ncheck()\n", "<view/>"), []string{`p/p.vue:2 true "@/uni_modules/acme-login/utils/check"`}},
		"Vue, chart for React":             {vue("import Echarts from 'echarts-for-react'", "<Echarts/>"), nil},
		"Vue, import that nothing uses": {vue("import Form from '../c/form.vue'\nimport { check } from '../check'", "<view/>"),
			[]string{`p/p.vue:2 false "../c/form.vue"`, `p/p.vue:3 false "../check"`}},
		"Vue, import that the template uses":   {vue("import { check } from '../check'", `<view @tap="check(1)"/>`), []string{`p/p.vue:2 true "../check"`}},
		"Vue, import shown by name":            {vue("import Form from '../c/form.vue'", `<component :is="Form"/>`), []string{`p/p.vue:2 true "../c/form.vue"`}},
		"Vue, import for its effects":          {vue("import '../setup'", "<view/>"), []string{`p/p.vue:2 true "../setup"`}},
		"Vue, registered and shown nowhere":    {options("import Form from '../c/form.vue'\nexport default { components: { Form } }", "<view/>"), []string{`p/p.vue:2 false "../c/form.vue"`}},
		"Vue, registered and shown":            {options("import Form from '../c/form.vue'\nexport default { components: { Form } }", "<form-2/><Form/>"), []string{`p/p.vue:2 true "../c/form.vue"`, "p/p.vue:5 true <form-2>"}},
		"Vue, registered and kept":             {options("import Form from '../c/form.vue'\nexport default { components: { Form }, data: () => ({ Form }) }", "<view/>"), []string{`p/p.vue:2 true "../c/form.vue"`}},
		"Vue, tags that show":                  {vue("", `<edit size="16" color="red" @click="go"/><user-icon name="a"/><gradient-bg class="b"/><my-tabbar/>`), []string{"p/p.vue:3 false <edit>", "p/p.vue:3 false <user-icon>", "p/p.vue:3 false <gradient-bg>", "p/p.vue:3 false <my-tabbar>"}},
		"Vue, tags that show pictures":         {vue("", `<shop-image :src="a.b" mode="aspectFill"/><empty v-if="!list.length" text="没有"/>`), []string{"p/p.vue:3 false <shop-image>", "p/p.vue:3 false <empty>"}},
		"Vue, pictures that take":              {vue("", `<shop-image @change="go"/><empty v-model="a"/><pick-image><input/></pick-image><image-form :src="a"/>`), []string{"p/p.vue:3 true <shop-image>", "p/p.vue:3 true <empty>", "p/p.vue:3 true <pick-image>", "p/p.vue:3 true <image-form>"}},
		"Vue, tags that show and take":         {vue("", `<edit size="16" v-model="a"/><note size="16" @change="go"/><user-icon><input/></user-icon><card title="a" size="16"/>`), []string{"p/p.vue:3 true <edit>", "p/p.vue:3 true <note>", "p/p.vue:3 true <user-icon>", "p/p.vue:3 true <card>"}},
		"Vue, tag with a prefix of one letter": {vue("", `<KView/><UInput v-model="a"/><YYView v-model="a"/>`), []string{"p/p.vue:3 true <YYView>"}},
		"Vue, types without their language":    {options("export default { methods: { go(n: number) { return n } } }", "<view/>"), nil},
		"Vue, types and a mistake":             {options("export default { methods: { go(n: number { return n } } }", "<view/>"), []string{"p/p.vue:2 true could not be parsed"}},
		"conflict with one side":               {native("{}", "<view/>", "<<<<<<< ours\nPage({})\n=======\n>>>>>>> theirs\n"), []string{"p/p.js:1 false only one side of each has code"}},
		"conflicts, each with one side":        {native("{}", "<view/>", "<<<<<<< ours\n=======\nconst a = 1\n>>>>>>> theirs\n<<<<<<< ours\nPage({})\n=======\n>>>>>>> theirs\n"), []string{"p/p.js:1 false only one side of each has code"}},
		"conflict with two sides":              {native("{}", "<view/>", "<<<<<<< ours\nPage({})\n=======\nPage({ a: 1 })\n>>>>>>> theirs\n"), []string{"p/p.js:1 true 3 parts could not be parsed; the first: conflict marker"}},
		"React, import that only shows":        {react("import Font from '../font'\nexport default () => <Font name='a' size={30} onClick={go}/>"), []string{"src/p/p.jsx:1 false <Font>"}},
		"React, import that may take":          {react("import Box from '../box'\nexport default () => <Box name='a' onChange={go}/>"), []string{`src/p/p.jsx:1 true "../box"`}},
		"React, import that shows and is used": {react("import Font from '../font'\nexport const kinds = [Font]\nexport default () => <Font name='a' size={30}/>"), []string{`src/p/p.jsx:1 true "../font"`}},
		"React, import that shows here, takes": {react("import Font from '../font'\nexport default () => <><Font size={30}/><Font size={30} onInput={go}/></>"), []string{`src/p/p.jsx:1 true "../font"`}},
		"Taro 2, import for render of the app": {add(react("export default () => <View/>"), "src/app.jsx", "import Taro, { Component } from '@tarojs/taro'\nimport Home from './pages/home'\nclass App extends Component { render() { return <Home/> } }\nTaro.render(<App/>, null)"),
			[]string{`src/app.jsx:2 false only render() of the app uses it`}},
		"Taro 3, import for render of the app": {add(react("export default () => <View/>"), "src/app.jsx", "import { Component } from 'react'\nimport Home from './pages/home'\nexport default class App extends Component { render() { return <Home>{this.props.children}</Home> } }"),
			[]string{`src/app.jsx:2 true "./pages/home"`}},
		"React, package that shows a text":   {react("import Markdown from 'react-markdown'\nexport default () => <Markdown>{text}</Markdown>"), nil},
		"Vue, tag that shows here and takes": {vue("", `<edit size="16"/><edit @input="go"/>`), []string{"p/p.vue:3 true <edit>"}},
		"component that shows":               {native(`{"usingComponents": {"bar-chart": "../c/chart"}}`, `<bar-chart data="{{a}}"/>`, "Page({})"), []string{"p/p.json:1 false <bar-chart>"}},
		"Vue, tags of others":                {vue("", "<scroll-view/><uni-icons/><wd-button/><u-input/><Transition/><div/><KeepAlive/><svg><clipPath/><linearGradient/><feGaussianBlur/></svg>"), nil},
		"Vue, components.d.ts":               {add(vue("", "<apply-form/>"), "components.d.ts", "  ApplyForm: typeof import('./src/f.vue')['default']\n", "src/f.vue", "<template><input/></template>"), nil},
		"Vue, plug-in of Vue that is not there": {add(vue("", "<apply-form/>"), "main.js", "import Shop from 'shop-forms'\nVue.use(Shop)", "package.json", `{"dependencies": {"shop-forms": "1"}}`),
			[]string{`p/p.vue:3 true <apply-form> is imported and registered nowhere; the plug-in "shop-forms" may`}},
		"Vue, plug-in of Vue that is known":      {add(vue("", "<apply-form/>"), "main.js", "import Vuex from 'vuex'\nVue.use(Vuex)"), []string{"p/p.vue:3 true <apply-form> is imported and registered nowhere in the tree"}},
		"Vue, plug-in of the build":              {add(vue("", "<apply-form/>"), "package.json", `{"devDependencies": {"unplugin-vue-components": "1"}}`), []string{"p/p.vue:3 true nowhere; the build may"}},
		"Vue, plug-in of the build, its list":    {add(vue("", "<apply-form/>"), "package.json", `{"devDependencies": {"unplugin-vue-components": "1"}}`, "components.d.ts", "  Other: typeof import('./src/f.vue')['default']\n", "src/f.vue", "<template><input/></template>"), []string{"p/p.vue:3 true nowhere in the tree"}},
		"Vue, by its place":                      {add(vue("", "<apply-form/>"), "components/apply-form/apply-form.vue", "<template><input/></template>"), nil},
		"parts for others":                       {vue("// #ifdef MP-ALIPAY\nimport '../ali'\n// #endif\n// #ifndef MP-QQ\n// #endif\n// #ifdef MP-WEIXIN || MP-QQ\n// #endif\n// #ifdef H5\n// #endif", "<view/>"), []string{"pages.json:0 false MP-ALIPAY)"}},
		"a test for another target":              {vue("const web = process.env.UNI_PLATFORM === 'h5'", "<view/>"), nil},
		"a test for another target in a comment": {vue("// const web = process.env.UNI_PLATFORM === 'h5'", "<view/>"), nil},
		"parts for others, published": {add(vue("// #ifdef MP-ALIPAY\nimport '../ali'\n// #endif", "<view/>"), "manifest.json", `{"mp-alipay": {"appid": "2021"}}`),
			[]string{`p/p.vue:3 true "../ali"`}},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, c.files)
			requireTold(t, p, c.wants...)
		})
	}
}

func TestLacks(t *testing.T) {
	p := load(t, native(`{"usingComponents": {"x-form": "../c/form"}}`, "<x-form/>", "require('../api'); require('dayjs'); require('./q'); Page({})"))
	m := p.unit("p/p").Script
	require.True(t, m.Lacks("../api").Own)
	require.False(t, m.Lacks("dayjs").Own)
	require.Nil(t, m.Lacks("other"))
	require.Equal(t, "../c/form", p.unit("p/p").Missing[0].Spec)
}

// Parts for a browser or an app are none of a mini program: nothing is open in them, and the program names them.
func TestPartsForOthers(t *testing.T) {
	vue := "<template><view/></template>\n<script>\n// #ifdef H5\n// #endif\n// #ifdef APP-PLUS || MP-WEIXIN\n// #endif\nexport default {}\n</script>"
	p := load(t, map[string]string{"manifest.json": "{}", "App.vue": "<script></script>", "pages.json": `{"pages": [{"path": "p/p"}]}`, "p/p.vue": vue})
	require.Equal(t, []string{"H5"}, p.Elsewhere)
	require.Empty(t, p.Unread)
}

// What is left out on purpose is reported once for each kind; but a library that neither keeps nor sends
// what it is given hides nothing, nor does any on a server.
func TestLeftOut(t *testing.T) {
	dense := "var n=" + strings.Repeat("function(a){return a};n=", 400) + "0;"
	picture := "const p = 'data:image/png;base64," + strings.Repeat("A", 6000) + "'\n"
	f := native("{}", "<view/>", "require('../a'); require('../b'); require('../c'); require('../d'); require('../e'); require('../f'); require('../g'); require('../lib/echarts'); require('../lib/ald-stat'); require('../lib/moment.min'); require('../lib/moment.locale'); Page({})")
	f["a.js"] = strings.Repeat(dense, 4) + "wx.chooseAddress({})"
	f["d.js"] = dense + "wx.chooseAddress({})" // small, and works for the program
	f["b.js"] = dense
	f["e.js"] = "var b=require('./b');" + dense                        // puts files of the program together
	f["f.js"] = strings.Repeat(dense, 4) + "e.login(),e.showModal({})" // gives nothing that triggers
	f["g.js"] = strings.Repeat(dense, 4) + "e[['chooseAddress'][0]]({})"
	f["c.js"] = picture + "wx.chooseAddress({})"
	f["lib/echarts.js"], f["lib/moment.min.js"], f["lib/ald-stat.js"] = dense, dense, dense
	f["project.config.json"], f["cloud/f/index.js"], f["cloud/f/qqmap-wx-jssdk.js"] = `{"cloudfunctionRoot": "cloud"}`, "require('./qqmap-wx-jssdk')", dense
	p := load(t, f)
	compressed := map[string]bool{}
	for _, m := range p.Modules {
		compressed[m.File.Path] = m.Compressed
	}
	require.True(t, compressed["a.js"])
	require.False(t, compressed["c.js"])
	require.False(t, compressed["d.js"])
	require.False(t, compressed["e.js"])
	requireTold(t, p, "a.js:0 true compressed", "b.js:0 false compressed", "f.js:0 false compressed", "g.js:0 true compressed", "lib/ald-stat.js:0 false the library aldstat", `p/p.js:1 true "../lib/moment.locale"`)
}

// The script of a page is the program's own, whatever its head looks like; so is a
// module that calls the platform.
func TestBannerOnOwnCode(t *testing.T) {
	banner := "/*! my-shop v1.2.3 | (c) 2026 me | MIT */\n"
	f := native("{}", "<view/>", banner+"require('../own'); require('../other'); Page({})")
	f["own.js"] = banner + "module.exports = { pick() { wx.chooseAddress({}) } }"
	f["other.js"] = banner + "module.exports = 1"
	p := load(t, f)
	libraries := map[string]string{}
	for _, m := range p.Modules {
		libraries[m.File.Path] = m.Library
	}
	require.Equal(t, map[string]string{"app.js": "", "p/p.js": "", "own.js": "", "other.js": "my-shop"}, libraries)
}

// A package that package.json above src declares is declared there.
// An example beside a missing script of settings says that it holds constants alone, if it does.
func TestExampleOfSettings(t *testing.T) {
	use := "import { kind, server } from './config'\nimport { Client } from './client'\nPage({ client: new Client({ server, kind }) })"
	for name, c := range map[string]struct {
		example string
		hides   bool
	}{
		"p/config.example.js":       {"export const kind = 'a/', server = { test: 'https://a', live: ['b', 'c'] }", false},
		"p/config.js.example":       {"module.exports = { kind: 'a', server: 'b' }", false},
		"p/config.ts.sample":        {"interface A { b: string }\nexport const kind: string = 'a', server: A = { b: 'c' }", false},
		"p/config/index.default.js": {"export default { kind: 1 }", false},
		"p/sample-config.js":        {"const host = 'https://a'\nexport const kind = `${host}/a`\nexport default { kind }", false},
		"p/config_example.js":       {"export const kind = 'a'", false},
		"p/config.template.js":      {"export const kind = [{ label: 'a' }]", true},
		"p/config.demo.js":          {"export const kind = () => 1", true},
		"p/config.tpl.js":           {"import a from './other'\nexport const kind = a", true},
		"p/config.js.demo":          {"export const kind = (", true},
		"p/other.example.js":        {"export const kind = 'a'", true},
		"p/config.md.example":       {"export const kind = 'a'", true},
	} {
		f := native("{}", "<view/>", use)
		f["p/client.js"], f[name] = "export class Client {}", c.example
		requireTold(t, load(t, f), fmt.Sprintf(`p/p.js:1 %t "./config"`, c.hides))
	}
}

func TestPackageFileAboveTheSources(t *testing.T) {
	files := func(at string) map[string]string {
		return map[string]string{
			at: `{"dependencies": {"some-kit": "1"}}`, "src/app.json": manifest, "src/p/p.wxml": "<some-x/>",
			"src/p/p.json": `{"usingComponents": {"some-x": "some-kit/x/index"}}`,
			"src/p/p.js":   "import 'some-kit'\nimport 'other-kit'\nPage({})",
		}
	}
	const other = `src/p/p.js:2 false the package "other-kit"`
	requireTold(t, load(t, files("package.json")), other, `src/p/p.json:1 true the component <some-x> comes from the package "some-kit"`)
	requireTold(t, load(t, files("elsewhere/package.json")), `src/p/p.js:1 false the package "some-kit"`, other,
		`src/p/p.json:1 true the component "some-kit/x/index"`)
}

// A component of a package that is installed in the tree is read, whether it is declared or not.
func TestCommittedPackage(t *testing.T) {
	kit := []string{"node_modules/some-kit/package.json", `{"name": "some-kit"}`, "node_modules/some-kit/x/index.json", `{"component": true}`,
		"node_modules/some-kit/x/index.wxml", "<view/>", "node_modules/some-kit/x/index.js", "Component({})",
		"node_modules/some-kit/x.vue", "<template><view/></template>", "node_modules/some-kit/tool.js", ""}
	for name, files := range map[string]map[string]string{
		"by path":      native(`{"usingComponents": {"some-x": "../node_modules/some-kit/x/index"}}`, "<some-x/>", "Page({})"),
		"from the top": native(`{"usingComponents": {"some-x": "/node_modules/some-kit/x/index"}}`, "<some-x/>", "Page({})"),
		"by name":      native(`{"usingComponents": {"some-x": "some-kit/x/index"}}`, "<some-x/>", "Page({})"),
		"Vue, by path": vue("import SomeX from '../node_modules/some-kit/x.vue'\nimport '../node_modules/some-kit/tool'", "<SomeX/>"),
		"Vue, by name": vue("import SomeX from 'some-kit/x.vue'\nimport 'some-kit/tool'", "<SomeX/>"),
	} {
		t.Run(name, func(t *testing.T) { require.Empty(t, told(load(t, together(files, kit...)))) })
	}
	lacks := native(`{"usingComponents": {"some-y": "../node_modules/some-kit/y/index"}}`, "<some-y/>", "Page({})")
	requireTold(t, load(t, together(lacks, kit...)), "p/p.json:1 true the component")
}

// wepy imports the scripts of templates; one that is not there is told.
func TestImportedFilter(t *testing.T) {
	of := func(name string) map[string]string {
		return map[string]string{
			"src/app.wpy": "<script>\nimport wepy from 'wepy'\nexport default class extends wepy.app { config = { pages: ['p'] } }\n</script>",
			"src/p.wpy": "<template><view>{{f.g(1)}}</view></template>\n<script>\nimport wepy from 'wepy'\nimport f from './wxs/" + name + "'\n" +
				"export default class extends wepy.page { wxs = { f: f } }\n</script>",
			"src/wxs/f.wxs": "module.exports = { g: function (x) { return x } }",
		}
	}
	require.Empty(t, told(load(t, of("f.wxs"))))
	requireTold(t, load(t, of("h.wxs")), `src/p.wpy:4 false "./wxs/h.wxs"`)
}

// A plug-in that may register a tag is named: the one whose name begins as the tag does, or the first.
func TestPluginThatMayRegister(t *testing.T) {
	for use, pkg := range map[string]string{
		"import acme from 'acme-kit'\nimport { createShop } from 'shop-kit'\napp.use(createShop()).use(acme)":     "acme-kit",
		"import { createShop } from 'shop-kit'\napp.use(createShop({}))":                                          "shop-kit",
		"import * as shop from 'shop-kit'\napp.use(shop.plugin)":                                                  "shop-kit",
		"app.use(require('shop-kit').default)":                                                                    "shop-kit",
		"import tree from 'tree-kit'\napp.use(tree)":                                                              "tree-kit",
		"import own from './App'\napp.use(own)":                                                                   "",
		"import shop from 'shop-kit'\nimport { createPinia } from 'pinia'\napp.use(createPinia())\nshop.use(app)": "",
	} {
		files := vue("", "<acme-form/>")
		files["main.js"] = "import { createSSRApp } from 'vue'\nimport App from './App'\nconst app = createSSRApp(App)\n" + use
		files["package.json"] = `{"dependencies": {"acme-kit": "1", "shop-kit": "1", "tree-kit": "1"}}`
		if strings.Contains(use, "tree-kit") {
			files["node_modules/tree-kit/package.json"], files["node_modules/tree-kit/index.js"] = "{}", "export default {}"
		}
		want := "p/p.vue:3 true the component <acme-form> is imported and registered nowhere in the tree"
		if pkg != "" {
			want = `p/p.vue:3 true the component <acme-form> is imported and registered nowhere; the plug-in "` + pkg + `"`
		}
		requireTold(t, load(t, files), want)
	}
}

// Vue has no <script setup> with src: what is in the file is not taken for one that there is.
func TestSetupInAnotherFile(t *testing.T) {
	files := vue("", "")
	files["p/p.js"] = "export default {}"
	files["p/p.vue"] = "<script setup src='./p.js' />\n<template><view/></template>"
	requireTold(t, load(t, files), "p/p.vue:1 true <script setup> cannot have src")
	files["p/p.vue"] = "<script src='./p.js' />\n<template><view/></template>"
	require.Empty(t, told(load(t, files)))
}

// A component that a script neither imports nor defines is shown by a build that imports it; if no
// build does, the script fails.
func TestNamesOfTheBuild(t *testing.T) {
	for name, c := range map[string]struct{ pkg, config, want string }{
		"nothing":          {`{"dependencies": {"@tarojs/taro": "3"}}`, "", "src/p/p.jsx:1 false <Child> is neither imported nor defined, and the build brings nothing in"},
		"plug-in":          {`{"dependencies": {"@tarojs/taro": "3"}, "devDependencies": {"unplugin-auto-import": "1"}}`, "", "src/p/p.jsx:1 true <Child> is neither imported nor defined; the build may"},
		"webpack":          {`{"dependencies": {"@tarojs/taro": "3"}}`, "plugins: [new webpack.ProvidePlugin({ Child: './child' })]", "src/p/p.jsx:1 true <Child> is neither imported nor defined; the build may"},
		"without settings": {`{}`, "", "src/p/p.jsx:1 true <Child> is neither imported nor defined; the build may"},
	} {
		t.Run(name, func(t *testing.T) {
			requireTold(t, load(t, map[string]string{
				"package.json": c.pkg, "config/index.js": "module.exports = { framework: 'react', " + c.config + " }",
				"src/app.config.js": "export default { pages: ['p/p'] }", "src/app.js": "export default p => p.children",
				"src/p/p.jsx": "export default () => <Child/>",
			}), c.want)
		})
	}
}

// Of plug-ins whose package.json is encrypted, as is the rest of them, one entry tells; that a file of code is, is told by itself.
func TestEncryptedPlugins(t *testing.T) {
	const secret = "\x00\x01\x02\xff\x00"
	f := map[string]string{
		"manifest.json": "{}", "App.vue": "<script></script>", "pages.json": `{"pages": [{"path": "p/p"}]}`,
		"p/p.vue":                         "<template><acme-a/><acme-b/></template>",
		"package.json":                    secret,
		"uni_modules/acme-a/package.json": secret, "uni_modules/acme-a/components/acme-a/acme-a.vue": "<template><view/></template>",
		"uni_modules/acme-b/package.json": secret, "uni_modules/acme-b/components/acme-b/acme-b.vue": secret,
		"uni_modules/acme-c/package.json": secret,
	}
	requireTold(t, load(t, f), "package.json:0 false this is binary data",
		"uni_modules/acme-a/package.json:0 false (and so are the package.json of 2 more plug-ins)",
		"uni_modules/acme-b/components/acme-b/acme-b.vue:0 true this is binary data")
}
