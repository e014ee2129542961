package flow_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// hostsOf analyzes a page of uni-app whose script has the given lines, and returns what
// becomes of the phone number in tel: the hosts it is sent to.
func hostsOf(t *testing.T, lines string, more map[string]string) (hosts []string) {
	files := fstest.MapFS{}
	for p, text := range map[string]string{
		"pages.json": `{"pages": [{"path": "pages/a/a"}]}`, "App.vue": "<script>export default {}</script>",
		"pages/a/a.vue": "<template><view><input v-model=\"tel\" placeholder=\"手机号\"/><button @click=\"send\">好</button></view></template>\n" +
			"<script setup>\nimport { ref } from 'vue'\nconst tel = ref('')\n" + lines + "\n</script>",
	} {
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	for p, text := range more {
		files[p] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(files, project.Options{})
	require.NoError(t, err)
	for _, c := range flow.Analyze(programs[0], flow.Options{}).Controls {
		for _, uses := range c.AllUses() {
			for _, f := range uses.Flows {
				if f.Sink.Kind == finding.Network {
					hosts = append(hosts, f.Sink.Host)
				}
			}
		}
	}
	return hosts
}

// The host of a request library stands in its settings, wherever those are made.
func TestRequestLibraries(t *testing.T) {
	for name, c := range map[string]struct{ lines, want string }{
		"luch, constructor":   {"import Request from 'luch-request'\nconst http = new Request({ baseURL: 'https://a.example.com' })\nconst send = () => http.post('/s', { tel: tel.value })", "a.example.com"},
		"luch, setConfig":     {"import Request from 'luch-request'\nconst http = new Request()\nhttp.setConfig(c => { c.baseURL = 'https://a.example.com'; return c })\nconst send = () => http.get('/s', { params: { tel: tel.value } })", "a.example.com"},
		"luch, interceptor":   {"import Request from 'luch-request'\nconst http = new Request()\nhttp.interceptors.request.use(async c => { c.baseURL = 'https://a.example.com'; return c })\nconst send = () => http.request({ url: '/s', data: { tel: tel.value } })", "a.example.com"},
		"luch, upload":        {"import Request from 'luch-request'\nconst http = new Request({ baseURL: 'https://a.example.com' })\nconst send = () => http.upload('/s', { filePath: 'x', formData: { tel: tel.value } })", "a.example.com"},
		"known or not":        {"const base = (uni.getStorageSync('dev') || 'https://a.example.com//').replace(/\\/+$/, '')\nconst send = () => uni.request({ url: base + '/s', data: { tel: tel.value } })", "a.example.com"},
		"with what is absent": {"const base = {}\nconst send = () => uni.request({ url: 'https://a.example.com' + base.path, data: { tel: tel.value } })", ""},
		"a whole address":     {"import Request from 'luch-request'\nconst http = new Request({ baseURL: 'https://b.example.com' })\nconst send = () => http.post('https://a.example.com/s', { tel: tel.value })", "a.example.com"},
		"axios, create":       {"import axios from 'axios'\nimport adapter from '@uni-helper/axios-adapter'\nconst http = axios.create({ baseURL: 'https://a.example.com', adapter })\nconst send = () => http({ url: '/s', method: 'post', data: { tel: tel.value } })", "a.example.com"},
		"axios, defaults":     {"import axios from 'axios'\naxios.defaults.baseURL = 'https://a.example.com'\nconst send = () => axios.post('/s', { tel: tel.value })", "a.example.com"},
		"axios, in the call":  {"import axios from 'axios'\nconst send = () => axios.get('/s', { baseURL: 'https://a.example.com', params: { tel: tel.value } })", "a.example.com"},
		"axios, required":     {"const axios = require('axios')\nconst send = () => axios('https://a.example.com/s', { data: { tel: tel.value } })", "a.example.com"},
		"flyio":               {"import fly from 'flyio/dist/npm/wx'\nfly.config.baseURL = 'https://a.example.com'\nconst send = () => fly.post('/s', { tel: tel.value })", "a.example.com"},
		"flyio, class":        {"const Fly = require('flyio/dist/npm/wx')\nconst fly = new Fly\nfly.config.baseURL = 'https://a.example.com'\nconst send = () => fly.request('/s', { tel: tel.value }, { method: 'post' })", "a.example.com"},
		"uni-ajax":            {"import ajax from 'uni-ajax'\nconst http = ajax.create({ baseURL: 'https://a.example.com' })\nconst send = () => http.get('/s', { tel: tel.value })", "a.example.com"},
		"escook":              {"import { $http } from '@escook/request-miniprogram'\n$http.baseUrl = 'https://a.example.com'\nconst send = () => $http.get('/s', { tel: tel.value })", "a.example.com"},
		"uni-network":         {"import { un } from '@uni-helper/uni-network'\nconst http = un.create({ baseUrl: 'https://a.example.com' })\nconst send = () => http.post('/s', { tel: tel.value })", "a.example.com"},
		"alova":               {"import { createAlova, useRequest } from 'alova'\nconst api = createAlova({ baseURL: 'https://a.example.com' })\nconst { send } = useRequest(() => api.Post('/s', { tel: tel.value }), { immediate: false })", "a.example.com"},
		"uview-plus":          {"import { http } from 'uview-plus'\nhttp.setConfig(c => { c.baseURL = 'https://a.example.com'; return c })\nconst send = () => http['post']('/s', { tel: tel.value })", "a.example.com"},
		"got":                 {"import got from 'got'\nconst send = () => got.post('https://a.example.com/s', { json: { tel: tel.value } })", "a.example.com"},
		"supabase":            {"import { createClient } from '@supabase/supabase-js'\nconst db = createClient('https://a.example.com', 'k')\nconst send = () => db.from('t').insert({ tel: tel.value })", "a.example.com"},
		"leancloud":           {"import AV from 'leancloud-storage'\nAV.init({ serverURL: 'https://a.example.com' })\nconst send = () => AV.Cloud.run('s', { tel: tel.value })", "a.example.com"},
		"parse":               {"import Parse from 'parse'\nParse.serverURL = 'https://a.example.com/p'\nconst send = () => Parse.Cloud.run('s', { tel: tel.value })", "a.example.com"},
		"uView":               {"uni.$u.http.setConfig({ baseUrl: 'https://a.example.com' })\nconst send = () => uni.$u.post('/s', { tel: tel.value })", "a.example.com"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, []string{c.want}, hostsOf(t, c.lines, nil)) })
	}
	for name, lines := range map[string]string{
		"another client":      "import Request from 'luch-request'\nconst other = new Request({ baseURL: 'https://b.example.com' })\nconst http = new Request()\nconst send = () => http.post('/s', { tel: tel.value })",
		"a client of another": "import { createClient } from '@supabase/supabase-js'\nconst db = createClient('https://b.example.com', 'k')\nconst other = createClient(uni.getStorageSync('u'), 'k')\nconst send = () => other.from('t').insert({ tel: tel.value })",
		"no setting":          "import AV from 'leancloud-storage'\nAV.Cloud.run('s', { host: 'https://b.example.com' })\nconst send = () => AV.Cloud.run('s', { tel: tel.value })",
		"an unknown settings": "import Request from 'luch-request'\nconst http = new Request({ baseURL: uni.getStorageSync('host') })\nconst send = () => http.post('/s', { tel: tel.value })",
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, []string{""}, hostsOf(t, lines, nil)) })
	}
	require.Empty(t, hostsOf(t, "import { deepClone } from 'uview-plus'\nconst send = () => deepClone({ tel: tel.value })", nil))
	require.Equal(t, []string{"a.example.com"}, hostsOf(t, "import { http } from '@/uni_modules/uview-plus'\nconst send = () => http.post('https://a.example.com/s', { tel: tel.value })",
		map[string]string{"uni_modules/uview-plus/index.js": "import Request from './libs/luch-request'\nexport const http = new Request()\nexport default { install() {} }", "uni_modules/uview-plus/components/u-input/u-input.vue": "<template><input/></template>", "uni_modules/uview-plus/libs/luch-request/index.js": "export default class Request { post() {} }"}))
}

// A file of the program may have the name of a package that has a model.
func TestFileNamedAsAPackage(t *testing.T) {
	require.Equal(t, []string{"a.example.com"}, hostsOf(t, "import { send as post } from '@/utils/send'\nconst send = () => post(tel.value)", map[string]string{
		"utils/vue.js":  "export const other = 1",
		"utils/send.js": "import { unref } from 'vue'\nexport const send = tel => uni.request({ url: 'https://a.example.com/s', data: { tel: unref(tel) } })",
	}))
}

// An interceptor gives an address its host; one of another API, or of an address that is
// whole, does not.
func TestInterceptors(t *testing.T) {
	const send = "\nconst send = () => uni.request({ url: '/s', data: { tel: tel.value } })"
	const before = "{ invoke(o) { if (!o.url.startsWith('http')) o.url = 'https://a.example.com' + o.url } }"
	for lines, want := range map[string]string{
		"uni.addInterceptor('request', " + before + ")" + send:                                                                               "a.example.com",
		"for (const api of ['request', 'uploadFile']) uni.addInterceptor(api, " + before + ")" + send:                                        "a.example.com",
		"uni.addInterceptor('uploadFile', " + before + ")" + send:                                                                            "",
		"uni.addInterceptor('request', " + before + ")\nconst send = () => uni.request({ url: 'https://b.example.com/s', data: tel.value })": "b.example.com",
	} {
		require.Equal(t, []string{want}, hostsOf(t, lines, nil), lines)
	}
}

// What is replaced behind the host of an address, and what a connection says later, goes to that host.
func TestHostsThatLast(t *testing.T) {
	const base, connect = "const base = 'https://a.example.com'\n", "const open = url => uni.connectSocket({ url, complete() {} })\n"
	for name, c := range map[string]struct{ lines, want string }{
		"an end cut off":  {base + "const send = () => { let url = base + '/s?tel=' + tel.value + '&'\nurl = url.replace(/[?&]$/, '')\nuni.request({ url }) }", "a.example.com"},
		"a part filled":   {base + "const send = () => uni.request({ url: (base + '/s/:tel/end').replace(':tel', tel.value) })", "a.example.com"},
		"the host itself": {base + "const send = () => uni.request({ url: (base + '/s?tel=' + tel.value).replace(base, uni.getStorageSync('base')) })", ""},
		"a scheme":        {base + "const send = () => uni.request({ url: (base + '/s?tel=' + tel.value).replace(/^https?:.*com/, uni.getStorageSync('base')) })", ""},
		"a socket":        {connect + "const task = open('wss://a.example.com/line')\nconst send = () => task.send({ data: tel.value })", "a.example.com"},
		"another socket":  {connect + "const other = open('wss://b.example.com/line')\nconst task = open(uni.getStorageSync('line'))\nconst send = () => task.send({ data: tel.value })", ""},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, []string{c.want}, hostsOf(t, c.lines, nil)) })
	}
}
