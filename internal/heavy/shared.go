package heavy

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Shared returns programs whose pages share a piece that every one of them uses and that leads to all others again: what makes
// most public programs costly that reach a limit. Each of their pages collects a phone number and sends it.
func Shared() map[string]Input {
	return map[string]Input{
		"a wrapper that renews a token": renewing(10),
		"a queue of requests":           queueing(10),
		"a dialog with callbacks":       dialogs(10),
		"a store kept in the storage":   keptStore(10),
		"a log around the platform":     logging(10),
		"a tree that is walked through": tree(10),
	}
}

// sharing is a program of pages of uni-app.
type sharing struct {
	main   string // of main.js, before the app is made
	view   string // of each page, above its field
	script string // of each page; %d is its number
	files  map[string]string
}

// program makes the program with n pages.
func (s sharing) program(n int) Input {
	all := map[string]string{
		"manifest.json": `{ "name": "报名", "vueVersion": "2", "mp-weixin": { "appid": "wx1" } }`,
		"App.vue":       "<script>\nexport default {}\n</script>\n",
		"main.js":       "import Vue from 'vue'\nimport App from './App'\n" + s.main + "new Vue({ ...App }).$mount()\n",
	}
	var pages []string
	for i := range n {
		p := fmt.Sprintf("pages/p%d/p%d", i, i)
		pages = append(pages, `{ "path": "`+p+`" }`)
		all[p+".vue"] = `<template>
  <view>
    ` + s.view + `<input v-model="phone" placeholder="手机号" />
    <button @tap="send">提交</button>
    <view v-for="row in list" :key="row.id" @tap="open(row)">{{ row.title }}</view>
  </view>
</template>
<script>
` + strings.ReplaceAll(s.script, "%d", strconv.Itoa(i)) + "</script>\n"
	}
	all["pages.json"] = `{ "pages": [` + strings.Join(append(pages, `{ "path": "pages/login/login" }`), ", ") + `] }`
	all["pages/login/login.vue"] = "<template><button @tap=\"enter\">登录</button></template>\n<script>\n" +
		"export default { methods: { enter() { uni.login({ success: r => uni.setStorageSync('code', r.code) }) } } }\n</script>\n"
	maps.Copy(all, s.files)
	return program(all)
}

// sharedPage is the script of a page that sends by http.
const sharedPage = `import http from '../../http'
export default {
  data() { return { phone: '', list: [] } },
  onLoad() { this.load() },
  onPullDownRefresh() { this.load() },
  methods: {
    load() { http.get('/list/%d').then(list => { this.list = list }).catch(e => { this.failed = e }) },
    open(row) { http.get('/row/%d', { id: row.id }).then(() => this.load()) },
    async send() {
      await http.post('/send/%d', { phone: this.phone })
      this.load()
    },
  },
}
`

// renewing sends a request again in five places once it has another token, and leads to the page for signing in where that
// fails: by a timer, through a listener that looks at each navigation and restores what is known of the person.
func renewing(n int) Input {
	return sharing{main: "import './guard'\n", script: sharedPage, files: map[string]string{
		"guard.js": `import { restore } from './user'
for (const name of ['navigateTo', 'reLaunch']) {
  uni.addInterceptor(name, {
    invoke(args) {
      const url = args.url.split('?')[0]
      if (!restore() && url !== '/pages/login/login') {
        uni.navigateTo({ url: '/pages/login/login?back=' + encodeURIComponent(args.url) })
        return false
      }
      return true
    },
  })
}
`,
		"user.js": `const user = { id: 0, nick: '', city: '', token: '' }
let socket = null
export function restore() {
  const kept = uni.getStorageSync('user')
  if (!kept) return false
  const told = JSON.parse(kept)
  for (const name in user) user[name] = told[name]
  listen()
  return user.id !== 0
}
function listen() {
  if (socket) socket.close()
  socket = uni.connectSocket({ url: 'wss://api.example.com/ws', fail: again })
  socket.onMessage(e => { user.told = JSON.parse(e.data).title })
  socket.onClose(again)
}
const again = () => { setTimeout(listen, 3000) }
export function leave() {
  for (const name in user) user[name] = ''
  uni.removeStorageSync('user')
  setTimeout(() => { uni.reLaunch({ url: '/pages/login/login' }) }, 2000)
}
`,
		"http.js": `import { leave } from './user'
const base = 'https://api.example.com'
let renewal = null
function renew() {
  if (renewal) return renewal
  const token = uni.getStorageSync('renewal')
  if (!token) return Promise.reject(new Error('none'))
  renewal = post('/renew', { token }, { renews: false })
    .then(r => { uni.setStorageSync('token', r.token); return r.token })
    .catch(e => { uni.removeStorageSync('token'); throw e })
    .finally(() => { renewal = null })
  return renewal
}
function request(options, tries = 0) {
  return new Promise((resolve, reject) => {
    const again = token => request({ ...options, again: true, header: { ...options.header, token } }, tries).then(resolve)
    uni.request({
      url: base + options.url, method: options.method, data: options.data,
      header: { ...options.header, token: uni.getStorageSync('token') },
      success(res) {
        if (res.statusCode === 401 && !options.again) {
          renew().then(token => again(token).catch(e => { leave(); reject(e) })).catch(e => { leave(); reject(e) })
          return
        }
        if (res.data.code === 2055) { leave(); reject(res.data); return }
        if (res.data.code === 2002 && options.renews !== false) {
          renew().then(token => again(token).catch(e => { leave(); reject(e) })).catch(() => { leave(); reject(res.data) })
          return
        }
        if (res.data.code !== 0) { leave(); reject(res.data); return }
        if (res.statusCode < 300) resolve(res.data.data)
        else if (tries < options.tries) setTimeout(() => request(options, tries + 1).then(resolve).catch(reject), 1000)
        else reject(res)
      },
      fail(e) {
        if (tries < options.tries) setTimeout(() => request(options, tries + 1).then(resolve).catch(reject), 1000)
        else reject(e)
      },
    })
  })
}
const get = (url, data, more) => request({ url, data, method: 'GET', ...more })
const post = (url, data, more) => request({ url, data, method: 'POST', ...more })
export default { get, post }
`,
	}}.program(n)
}

// queueing keeps the requests that come while a token is fetched, and sends all of them once it is there.
func queueing(n int) Input {
	return sharing{script: sharedPage, files: map[string]string{
		"http.js": `let fetching = false
const queue = []
function fetchToken() {
  fetching = true
  uni.login({
    success: r => uni.request({
      url: 'https://api.example.com/token', data: { code: r.code },
      success(res) {
        uni.setStorageSync('token', res.data.token)
        fetching = false
        while (queue.length) { const next = queue.shift(); next() }
      },
      fail: fetchToken,
    }),
  })
}
function request(method, url, data) {
  return new Promise((resolve, reject) => {
    const run = () => uni.request({
      url: 'https://api.example.com' + url, method, data, header: { token: uni.getStorageSync('token') },
      success(res) {
        if (res.statusCode === 401) { queue.push(run); if (!fetching) fetchToken(); return }
        if (res.data.code) reject(res.data)
        else resolve(res.data.data)
      },
      fail: reject,
    })
    if (uni.getStorageSync('token')) run()
    else { queue.push(run); if (!fetching) fetchToken() }
  })
}
export default { get: (url, data) => request('GET', url, data), post: (url, data) => request('POST', url, data) }
`,
	}}.program(n)
}

// dialogs has one dialog for all pages, which a store holds with what is to be called.
func dialogs(n int) Input {
	return sharing{main: "import kit from './kit'\nVue.use(kit)\n", view: "<kit-dialog />\n    ", script: `import http from '../../http'
export default {
  data() { return { phone: '', list: [] } },
  methods: {
    load() {
      this.kit.load()
      http.get('/list/%d').then(list => { this.kit.close('loading'); this.list = list }).catch(e => { this.kit.alert(e.message) })
    },
    open(row) {
      this.kit.confirm('删除？', () => {
        http.post('/remove/%d', { id: row.id }).then(() => { this.kit.alert('好了', () => this.load()) })
      })
    },
    send() {
      this.kit.confirm('提交？', () => {
        http.post('/send/%d', { phone: this.phone }).then(r => {
          if (r.code) this.kit.alert(r.message)
          else this.kit.alert('好了', () => this.load())
        })
      })
    },
  },
}
`, files: map[string]string{
		"http.js": `const ask = (method, url, data) => new Promise((resolve, reject) => {
  uni.request({ url: 'https://api.example.com' + url, method, data, success: r => resolve(r.data), fail: reject })
})
export default { get: (url, data) => ask('GET', url, data), post: (url, data) => ask('POST', url, data) }
`,
		"kit.js": `import Vuex from 'vuex'
const close = (box, store) => {
  store.commit('hide', box)
  setTimeout(() => { store.commit('close', box); store.commit('hide', box) }, 300)
}
const press = (box, store, index) => {
  if (typeof box['press' + index] === 'function') { box.index = index; store.commit('press', box) }
  else close(box, store)
}
export default {
  install(Vue) {
    const kind = type => ({ type, show: false, hidden: false, layer: 0 })
    Vue.prototype.$boxes = new Vuex.Store({
      state: { layer: 100, dialog: kind('dialog'), loading: kind('loading'), message: kind('message') },
      mutations: {
        open(state, box) {
          state[box.type] = Object.assign(state[box.type], box)
          state[box.type].show = true
          state[box.type].layer = state.layer++
        },
        press(state, box) {
          close(box, this)
          if (box.moves) setTimeout(() => { box['press' + box.index] && box['press' + box.index](box) }, 300)
          else setTimeout(() => { box['press' + box.index] && box['press' + box.index](box) }, 30)
        },
        hide(state, box) { state[box.type].hidden = box.hidden },
        close(state, box) { state[box.type].show = false },
      },
    })
    Vue.prototype.kit = {
      open(box) { Vue.prototype.$boxes.commit('open', box) },
      alert(text, done) { this.open({ type: 'dialog', text, buttons: ['好'], moves: true, press0: done, press1: null }) },
      confirm(text, done, not) { this.open({ type: 'dialog', text, buttons: ['好', '不'], moves: true, press0: done, press1: not }) },
      load() { this.open({ type: 'loading', text: '请稍候', moves: false }) },
      close(type) { close(Vue.prototype.$boxes.state[type], Vue.prototype.$boxes) },
      press(type, index) { press(Vue.prototype.$boxes.state[type], Vue.prototype.$boxes, index) },
    }
    Vue.component('kit-dialog', () => import('./kit-dialog'))
  },
}
`,
		"kit-dialog.vue": `<template>
  <view v-if="box.show">
    <view>{{ box.text }}</view>
    <view v-for="(text, index) in box.buttons" :key="index" @tap="press(index)">{{ text }}</view>
  </view>
</template>
<script>
export default {
  computed: { box() { return this.$boxes.state.dialog } },
  methods: { press(index) { this.kit.press('dialog', index) } },
}
</script>
`,
	}}.program(n)
}

// keptStore copies the state of a store from the storage and back, as a whole, whenever something of it changes.
func keptStore(n int) Input {
	var fields strings.Builder
	for i := range 60 {
		fmt.Fprintf(&fields, "      field%d: '', list%d: [{ id: 0, title: '' }],\n", i, i)
	}
	const main = "import store from './store'\nVue.prototype.$store = store\n" +
		"Vue.prototype.$keep = (name, value) => store.commit('keep', { name, value })\n"
	return sharing{main: main, script: `import http from '../../http'
export default {
  data() { return { phone: '', list: [] } },
  methods: {
    load() {
      http.get('/list/%d').then(list => {
        this.list = list
        for (const name of ['field1', 'field2', 'field3', 'field4']) this.$keep('user.' + name, list[name])
        this.$keep('user.list%d', list)
      })
    },
    open(row) { this.$keep('user.row', row) },
    send() {
      this.$keep('user.phone', this.phone)
      http.post('/send/%d', { phone: this.$store.state.user.phone }).then(() => this.load())
    },
  },
}
`, files: map[string]string{
		"http.js": `import store from './store'
const ask = (method, url, data) => new Promise((resolve, reject) => {
  uni.request({
    url: 'https://api.example.com' + url, method, data, header: { token: store.state.user.token },
    success(r) {
      store.commit('keep', { name: 'user.token', value: r.header.token })
      if (r.data.code === 401) store.commit('keep', { name: 'user', value: {} })
      resolve(r.data)
    },
    fail(e) {
      store.commit('keep', { name: 'user.failed', value: e })
      reject(e)
    },
  })
})
export default { get: (url, data) => ask('GET', url, data), post: (url, data) => ask('POST', url, data) }
`,
		"store.js": `import Vue from 'vue'
import Vuex from 'vuex'
Vue.use(Vuex)
const kept = uni.getStorageSync('kept') || {}
const keepIn = (name, value) => {
  const all = uni.getStorageSync('kept') || {}
  all[name] = value
  uni.setStorageSync('kept', all)
}
export default new Vuex.Store({
  state: {
    user: Object.assign({
` + fields.String() + `    }, kept.user),
  },
  mutations: {
    keep(state, { name, value }) {
      const path = name.split('.')
      if (path.length > 1) {
        let part = state[path[0]]
        for (let i = 1; i < path.length - 1; i++) part = part[path[i]]
        part[path[path.length - 1]] = JSON.parse(JSON.stringify(value))
      } else {
        state[name] = JSON.parse(JSON.stringify(value))
      }
      keepIn(path[0], state[path[0]])
    },
  },
})
`,
	}}.program(n)
}

// logging wraps every function of the platform in one that keeps and sends a log of its calls.
func logging(n int) Input {
	return sharing{main: "import './log'\n", script: sharedPage, files: map[string]string{
		"log.js": `const log = []
const plain = uni.request
function note(name, options) {
  log.push({ name, options: JSON.stringify(options), page: getCurrentPages().length })
  if (log.length > 20) plain({ url: 'https://log.example.com/add', method: 'POST', data: log.splice(0), fail() { log.length = 0 } })
}
for (const name of Object.keys(uni)) {
  const run = uni[name]
  if (typeof run !== 'function') continue
  uni[name] = options => {
    const given = { ...options }
    for (const told of ['success', 'fail', 'complete']) {
      const answered = given[told]
      given[told] = r => { note(name + ' ' + told, r); if (answered) answered(r) }
    }
    note(name, options)
    return run(given)
  }
}
`,
		"http.js": `const ask = (method, url, data) => new Promise((resolve, reject) => {
  uni.showLoading({ title: '请稍候' })
  uni.request({
    url: 'https://api.example.com' + url, method, data, header: { token: uni.getStorageSync('token') },
    success(r) { if (r.data.code) uni.showToast({ title: r.data.message }); else resolve(r.data) },
    fail(e) { uni.showModal({ title: '没有网络', success: m => { if (m.confirm) ask(method, url, data).then(resolve, reject) } }) },
    complete() { uni.hideLoading() },
  })
})
export default { get: (url, data) => ask('GET', url, data), post: (url, data) => ask('POST', url, data) }
`,
	}}.program(n)
}

// tree goes through the people of a family, each of whom has parents, partners and children, to put one where it belongs.
func tree(n int) Input {
	return sharing{script: `import { people, find, insert, layout } from '../../tree'
export default {
  data() { return { phone: '', list: [] } },
  onShow() { this.list = layout(people.root, 0, []) },
  onLoad(options) { this.chosen = options.id },
  methods: {
    open(row) { this.list = layout(find(people.root, row.id), 0, []) },
    send() {
      insert(people.root, { id: 'n%d', phone: this.phone, children: [], partners: [] }, this.chosen)
      uni.request({ url: 'https://api.example.com/send/%d', method: 'POST', data: people.root })
    },
  },
}
`, files: map[string]string{
		"tree.js": `export const people = { root: { id: 'r', children: [], partners: [] } }
export function find(node, id) {
  if (!node || node.id === id) return node
  for (const child of node.children) { const found = find(child, id); if (found) return found }
  for (const partner of node.partners) { const found = find(partner, id); if (found) return found }
  return null
}
export function insert(node, person, parent) {
  if (node.id === parent) { node.children.push(person); return true }
  for (const child of node.children) if (insert(child, person, parent)) return true
  for (const partner of node.partners) if (insert(partner, person, parent)) return true
  return false
}
export function layout(node, depth, list) {
  if (!node) return list
  list.push({ id: node.id, title: node.id, depth })
  for (const partner of node.partners) layout(partner, depth, list)
  for (const child of node.children) layout(child, depth + 1, list)
  return list
}
`,
	}}.program(n)
}
