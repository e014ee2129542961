package project

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// long pads a script to the size of a real library.
func long(text string) string {
	return text + strings.Repeat("\nfunction step() { return 1 }", 120)
}

func TestCopiedKit(t *testing.T) {
	f := map[string]string{
		"app.json":                   `{"pages": ["pages/a/a"]}`,
		"lib/ui/common/component.js": `export function VantComponent(o) { return Component(o) }`,
		"lib/ui/wxs/utils.wxs":       `module.exports = {}`,
	}
	for _, name := range []string{"field", "cell", "button", "popup"} {
		page(f, "lib/ui/"+name+"/index", `{"component": true}`, `<view class="van-`+name+`"/>`,
			`import { VantComponent } from '../common/component'; VantComponent({ props: {} })`)
	}
	page(f, "lib/ui/phone-form/index", `{"component": true, "usingComponents": {"van-field": "../field/index"}}`,
		`<van-field label="手机号"/>`, `Component({})`)
	// Our own components with names that a kit has as well.
	page(f, "components/field/index", `{"component": true, "usingComponents": {"van-field": "../../lib/ui/field/index"}}`,
		`<van-field label="{{label}}"/>`, `Component({ properties: { label: String } })`)
	page(f, "components/button/index", `{"component": true}`, `<button/>`, `Component({})`)
	page(f, "pages/a/a", `{"usingComponents": {"v-field": "/lib/ui/field/index", "field": "/components/field/index", "form": "/lib/ui/phone-form/index"}}`,
		`<v-field/><field/><form/>`, `Page({})`)
	p := load(t, f)
	using := p.unit("pages/a/a").Components
	require.Equal(t, []string{"@vant/weapp", "field"}, []string{using["v-field"].Library, using["v-field"].Name})
	require.Empty(t, using["field"].Library, "a wrapper is the program's own")
	require.Empty(t, using["form"].Library, "a component among the copies without their marks")
	require.Empty(t, p.unit("components/button/index").Library)
	require.Equal(t, "@vant/weapp", p.unit("lib/ui/field/index").Library)
	require.Nil(t, p.unit("lib/ui/popup/index"), "nothing uses it")
	for _, m := range p.Modules {
		want := ""
		if strings.HasPrefix(m.File.Path, "lib/ui/") && !strings.Contains(m.File.Path, "phone-form") {
			want = "@vant/weapp"
		}
		require.Equal(t, want, m.Library, m.File.Path)
	}
}

func TestUsingNames(t *testing.T) {
	f := map[string]string{"package.json": `{"dependencies": {"cards": "1"}}`}
	values := map[string][3]string{ // tag: value, library, name
		"a": {"@vant/weapp/field/index", "@vant/weapp", "field"},
		"b": {"vant-weapp/field", "@vant/weapp", "field"},
		"c": {"tdesign-miniprogram/input/input", "tdesign-miniprogram", "input"},
		"d": {"weui-miniprogram/form/form", "weui-miniprogram", "form"},
		"e": {"/miniprogram_npm/lin-ui/dist/input/index", "lin-ui", "input"},
		"f": {"../../lib/vant-weapp/dist/datetime-picker/index", "@vant/weapp", "datetime-picker"},
		"g": {"/miniprogram_npm/mp-html/index", "mp-html", "mp-html"},
		"h": {"mp-html", "mp-html", "mp-html"},
		"i": {"cards/form/item", "cards", "item"},
		"j": {"../../components/form", "", ""},
		"k": {"components/form", "", ""},
		"l": {"plugin://map/field", "", ""},
		// the documented tag tells if the path does not
		"i-input":  {"/dist/input/index", "iview-weapp", "input"},
		"my-input": {"/dist/input/index", "", ""},
	}
	var members []string
	for tag, v := range values {
		members = append(members, `"`+tag+`": "`+v[0]+`"`)
	}
	f["app.json"] = `{"pages": ["pages/a/a"], "useExtendedLib": {"weui": true}}`
	page(f, "pages/a/a", `{"usingComponents": {`+strings.Join(members, ",")+`}}`, `<view/>`, `Page({})`)
	p := load(t, f)
	for tag, v := range values {
		using := p.unit("pages/a/a").Components[tag]
		require.Equal(t, v, [3]string{using.Value, using.Library, using.Name}, tag)
	}
}

// Packages that are installed but were not built for the program.
func TestInstalledPackages(t *testing.T) {
	f := map[string]string{
		"project.config.json": `{"miniprogramRoot": "mp"}`,
		"package.json":        `{"dependencies": {"tdesign-miniprogram": "1", "dayjs": "1"}, "devDependencies": {"eslint": "9"}}`,
		"mp/app.json":         `{"pages": ["p/p"]}`,
		"node_modules/tdesign-miniprogram/package.json": `{"miniprogram": "miniprogram_dist"}`,
		"node_modules/dayjs/package.json":               `{"main": "dayjs.min.js"}`,
		"node_modules/dayjs/dayjs.min.js":               `module.exports = 1`,
		"node_modules/eslint/package.json":              `{}`,
		"node_modules/eslint/index.js":                  `module.exports = 1`,
	}
	page(f, "node_modules/tdesign-miniprogram/miniprogram_dist/input/input", `{"component": true}`, `<input/>`, `Component({})`)
	page(f, "mp/p/p", `{"usingComponents": {"t-input": "tdesign-miniprogram/input/input"}}`, `<t-input/>`, `import dayjs from 'dayjs'; import x from 'eslint'; Page({})`)
	p := load(t, f)
	input := p.unit("p/p").Components["t-input"]
	require.Equal(t, "tdesign-miniprogram", input.Library)
	require.Equal(t, "node_modules/tdesign-miniprogram/miniprogram_dist/input/input", input.Unit.Path)
	require.Equal(t, "tdesign-miniprogram", input.Unit.Library)
	require.Equal(t, "dayjs", p.unit("p/p").Script.Import("dayjs").Library)
	require.Nil(t, p.unit("p/p").Script.Import("eslint"))
}

func TestBundles(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"utils/md5.js", long("module.exports = md5"), "md5"},
		{"utils/md5.js", "const md5 = require('js-md5')\nmodule.exports = s => md5(s + 'salt')", ""}, // our own wrapper
		{"utils/axios.js", long("axios.create = create"), "axios"},
		{"utils/axios.js", long("import { host } from '../config'\nexport const post = (url, data) => send(host + url, data)"), ""},
		{"utils/axios.js", long("export const post = (url, data) => uni.request({ url, data })"), ""}, // readable, and no release build
		{"utils/axios.js", long("!function (e) { if (typeof exports && typeof module && typeof define) {} wx.request({}) }"), "axios"},
		{"utils/moment.js", long("import { locale } from '@/config'"), ""}, // no library knows the alias
		{"utils/crypto-js.min.js", long(""), "crypto-js"},
		{"utils/sign.min.js", long("!function(){var a,t={},c=t.WordArray=a.extend({init:function(e){}})}()"), "crypto-js"},
		{"utils/sign.js", long("const key = kit.lib.WordArray.random(16)"), ""},
		{"services/cos-auth.js", long(""), "cos-auth"},
		{"common/net/index.js", "import Request from './core/Request'\r\nexport default Request;\r\n", "luch-request"},
		{"common/net/index.js", "import Request from './core/Request'\nconst http = new Request()\nexport default Request", ""},
		{"libs/qqmap-wx-jssdk.min.js", long(""), "qqmap-wx-jssdk"},
		{"wxParse/html2json.js", "x", "wxParse"},
		{"utils/WxValidate.js", long(""), "wx-validate"},
		{"components/ec-canvas/wx-canvas.js", "x", "echarts"},
		{"libs/card.js", "// QR Code Generator for JavaScript\nvar qrcode = 1", "qrcode"},
		{"libs/card.js", "// QR Code Generator for JavaScript\nimport { post } from './http'\npost(qrcode)", ""}, // a wrapper that quotes it
		{"utils/mtj-wx-sdk.js", long(""), "baidu-mtj"},
		{"utils/mtj-wx-sdk.config.js", long(""), ""}, // the program's own settings for it
		{"a/tool.js", "/*! sprintf v1.1.2 | (c) someone | MIT License */\nx", "sprintf"},
		{"a/Money.js", "(function (root, factory) { if (typeof define === 'function' && define.amd) define(factory) })", "money"},
		{"pages/order/order.js", long("Page({})"), ""},
		{"utils/request.js", long("/** 请求封装 v2.0 */"), ""},
		{"utils/sign.ts", long("import sha from 'crypto-js'"), ""},
		{"utils/validate.js", long("exports.isPhone = s => /^1\\d{10}$/.test(s)"), ""},
	} {
		require.Equal(t, c.want, bundleOf(c.path, c.text), c.path)
	}
}

// A compressed library may have a variable that is named like the object of a platform.
func TestReleaseWithShortNames(t *testing.T) {
	banner := "/*!\n * plural-forms v3.1.0\n * Released under the MIT License.\n */\n"
	body := strings.Repeat("function a(e){return e?e.length:0}var b=a;", 400)
	for name, c := range map[string]struct{ text, want string }{
		"made with new":         {banner + body + "var n=1,tt=new a,et=2;b(tt.format(et))", "plural-forms"},
		"a function":            {banner + body + "function my(e){return e}my.pick(1)", "plural-forms"},
		"an object":             {banner + body + "let qq={n:1};qq.pick(1)", "plural-forms"},
		"the platform's":        {banner + body + "var n=1;tt.request({url:b})", ""},
		"warnings":              {banner + body + "console.warn(b);console.error(b)", "plural-forms"},
		"warnings by a person":  {banner + "console.warn(plural)\nexports.plural = plural\n", ""},
		"one of two":            {banner + body + "var tt=new a;tt.format(1);my.request({url:b})", ""},
		"another name for it":   {banner + body + "var tt=wx;tt.request({url:b})", ""},
		"a long name":           {banner + body + "var uni={};uni.request({url:b})", ""},
		"written by a person":   {banner + "var tt = new Talker()\ntt.request({ url: '/save' })\n", ""},
		"compared, and not set": {banner + body + "var n=a(tt==={});tt.request({url:b})", ""},
	} {
		require.Equal(t, c.want, bundleOf("common/plural.js", c.text), name)
	}
}

func TestMinified(t *testing.T) {
	row := `{id:1,name:"北京市",children:[]},`
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"short":    {"var a=1;", false},
		"written":  {strings.Repeat("function f(a) {\n  return a + 1\n}\n", 200), false},
		"one line": {strings.Repeat("function f(a){return a+1}", 200), true},
		"mixed":    {strings.Repeat("// line\n", 100) + strings.Repeat("f(a);", 4000), true},
		"data":     {strings.Repeat(row+"\n", 500), false},
	} {
		require.Equal(t, c.want, minified(source.NewFile("x.js", c.text)), name)
	}
}

// A line of text between tags is no code, however long it is.
func TestCompressed(t *testing.T) {
	agreement := strings.Repeat("We keep what you enter for as long as (and no longer than) the service needs it. ", 400)
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"agreement": {"export default () => (\n  <View>\n    <Text>" + agreement + "</Text>\n  </View>\n)\n", false},
		"code":      {strings.Repeat("function f(first){return first+second};", 400), true},
		"both":      {"// " + agreement + "\n" + strings.Repeat("var first=function(second){return second(first)};", 2000), true},
		"picture":   {"export const logo = '" + strings.Repeat("iVBORw0KGgoAAAANSUhEUg", 400) + "'\n", false},
	} {
		require.Equal(t, c.want, compressed(c.text), name)
	}
}

// What a server calls getPhoneNumber asks nobody: the client's button does. Nor does what cannot be read of it.
func TestCompressedOnServer(t *testing.T) {
	text := strings.Repeat("function f(first){return first+second};", 400) + "exports.g=function(w){return w.getPhoneNumber({})};"
	f := map[string]string{
		"app.json": `{"pages": ["p/p"]}`, "project.config.json": `{"cloudfunctionRoot": "cloud"}`, "app.js": `require('./helper'); require('./old')`,
		"helper.js": text, "cloud/login/index.js": `exports.main = e => require('./kit').g(e)`, "cloud/login/kit.js": text,
		"cloud/login/old.js": "const = 1", "old.js": "const = 1",
	}
	page(f, "p/p", "{}", "<view/>", "Page({})")
	hides := map[string]bool{}
	for _, u := range load(t, f).Unread {
		hides[u.Path] = u.Hides
	}
	require.Equal(t, map[string]bool{"helper.js": true, "cloud/login/kit.js": false, "cloud/login/old.js": false, "old.js": true}, hides)
}

func TestSkippedScripts(t *testing.T) {
	f := map[string]string{
		"app.json":            `{"pages": ["p/p"]}`,
		"app.js":              `require('./libs/echarts.min'); require('./own.min'); require('./big'); require('./release'); require('./areas'); require('./libs/echarts.map')`,
		"libs/echarts.min.js": strings.Repeat("function f(a){return a+1};", 400),
		"libs/echarts.map.js": "export const map = {\n  china: '" + strings.Repeat("AZaz09+/", 4000) + "'\n}", // data, not compressed code
		"areas.js":            "module.exports = [" + strings.Repeat(`{"n":"北京市","c":[1,2]},`, 30000) + "]",
		"own.min.js":          strings.Repeat("function f(a){return a+1};", 400),
		"release.js":          strings.Repeat("function f(a){return a+1};", 25000),
		"big.js":              strings.Repeat("// 行\n", maxFile/4),
	}
	page(f, "p/p", "{}", "<view/>", "Page({})")
	p := load(t, f)
	got := map[string]string{}
	for _, m := range p.Modules {
		got[m.File.Path] = m.Skipped
		require.Equal(t, m.Skipped == "", m.Tree != nil, m.File.Path)
	}
	require.Equal(t, map[string]string{"app.js": "", "p/p.js": "", "own.min.js": "", "areas.js": "", "libs/echarts.map.js": "",
		"libs/echarts.min.js": "minified", "release.js": "minified", "big.js": "too large"}, got)
	hides := map[string]bool{}
	for _, u := range p.Unread {
		hides[u.Path] = u.Hides
	}
	require.Equal(t, map[string]bool{"own.min.js": false, "release.js": true, "big.js": true}, hides)
}

func TestKitTable(t *testing.T) {
	for _, k := range kits() {
		require.NotEmpty(t, k.Source, k.Name)
		require.True(t, len(k.Components) == 0 || k.script != nil || k.markup != nil || k.Prefix != "", k.Name)
	}
	table := bundles()
	require.Greater(t, len(table.files), 70)
	for _, list := range [][]bundle{table.files, table.dirs} {
		for _, b := range list {
			require.NotPanics(t, func() { wholeName(b.pattern) }, b.library)
		}
	}
}

func TestComponentName(t *testing.T) {
	for inner, want := range map[string]string{
		"field/index": "field", "field/field": "field", "field": "field", "dist/field/index": "field",
		"lib/form/form-item/index": "form-item", "index": "weapp", "": "weapp", "components/es/x": "x",
	} {
		require.Equal(t, want, componentName("@vant/weapp", inner), inner)
	}
}

// A library has three parts: marks by which copies are recognised (kits.json), form
// components (components.txt), and that its scripts neither keep nor send what they
// are given (quiet.txt). Whoever adds one adds the others, or says why there is none.
func TestKitsAndComponentsGoTogether(t *testing.T) {
	known := map[string]platform.Library{}
	for _, l := range platform.Libraries() {
		known[l.Name] = l
	}
	seen := map[string]bool{}
	for _, k := range kits() {
		require.False(t, seen[k.Name], "%s is in kits.json twice", k.Name)
		seen[k.Name] = true
		l, ok := known[k.Name]
		if k.Forms == "guessed" {
			require.False(t, ok, "%s has rows in components.txt: its forms are not guessed", k.Name)
			continue
		}
		require.Empty(t, k.Forms, k.Name)
		require.True(t, ok, "%s has no rows in components.txt; add them, or forms: guessed", k.Name)
		require.False(t, l.Packaged, "%s is more than a package: it is in kits.json", k.Name)
		if k.Prefix != "" {
			require.Equal(t, k.Prefix, l.Prefix+"-", k.Name)
		}
		for _, c := range l.Components {
			c = strings.TrimPrefix(c, "-") // u--input of uView is u-input for another renderer
			require.True(t, len(k.Components) == 0 || k.names[c], "%s has no component %s in kits.json", k.Name, c)
		}
	}
	var loud []string
	for _, k := range kits() {
		for _, name := range append([]string{k.Name}, k.Packages...) {
			if !platform.QuietPackage(name, "") {
				loud = append(loud, name)
			}
		}
	}
	require.Empty(t, loud, "add them to the kits in quiet.txt")
	for name, l := range known {
		require.True(t, seen[name] || l.Packaged, "%s is not in kits.json; add it, or say package in components.txt", name)
	}
}
