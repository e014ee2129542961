package heavy

import (
	"fmt"
	"strings"
)

// Shop returns a shop as large and as involved as real ones get: a calendar, a list of all
// districts, a cipher over every request, a form of 120 fields, forty components. copies
// tells how often its pages and components occur; modules that all use occur once.
func Shop(copies int) Input {
	files := map[string]string{
		"app.js":           shopApp,
		"utils/request.js": shopRequest,
		"utils/cipher.js":  shopCipher,
		"utils/area.js":    shopArea(),
		"utils/date.js":    shopDate,
	}
	var pages []string
	for n := range copies {
		page := func(name, script, view, json string) {
			p := fmt.Sprintf("pages/%s%d/%s", name, n, name)
			pages = append(pages, `"`+p+`"`)
			files[p+".js"], files[p+".wxml"], files[p+".json"] = script, view, json
		}
		script, view := shopForm(120)
		page("form", script, view, `{}`)
		page("calendar", shopCalendar, shopCalendarView, `{}`)
		page("address", shopAddress, shopAddressView, `{}`)
		var using, cards strings.Builder
		for i := range 40 {
			c := fmt.Sprintf("components/card%d-%d/card", n, i)
			files[c+".js"], files[c+".wxml"], files[c+".json"] = shopCard(i), shopCardView, `{"component": true}`
			fmt.Fprintf(&using, `%s"card-%d": "/%s"`, map[bool]string{true: ", "}[i > 0], i, c)
			fmt.Fprintf(&cards, `<card-%d item="{{item}}" bind:buy="onBuy" wx:for="{{list}}" wx:key="id"/>`+"\n", i)
		}
		page("list", shopList, cards.String(), `{"usingComponents": {`+using.String()+`}}`)
	}
	files["app.json"] = `{"pages": [` + strings.Join(pages, ", ") + `]}`
	return program(files)
}

const shopApp = `const request = require('./utils/request')
App({
  globalData: { user: null, cart: [] },
  onLaunch() {
    wx.login({ success: res => request.post('/login', { code: res.code }).then(data => { this.globalData.user = data.user }) })
  },
})
`

// Every request is sealed; one that is refused logs in and tries again.
const shopRequest = `const cipher = require('./cipher')
const base = 'https://api.shop.example.com'
function send(method, path, data, again) {
  return new Promise((resolve, reject) => {
    wx.request({
      url: base + path, method,
      header: { sign: cipher.digest(path + JSON.stringify(data)) },
      data: { body: cipher.seal(JSON.stringify(data), 'k' + path), data },
      success(res) {
        if (res.statusCode === 401 && !again) {
          return wx.login({ success: l => send('POST', '/login', { code: l.code }, true).then(() => send(method, path, data, true)).then(resolve, reject) })
        }
        if (res.data.code === 0) resolve(res.data.data)
        else { wx.showToast({ title: res.data.message }); reject(res.data) }
      },
      fail: reject,
    })
  })
}
module.exports = {
  get: (path, data) => send('GET', path, data),
  post: (path, data) => send('POST', path, data),
}
`

const shopCipher = `const box = []
for (let i = 0; i < 256; i++) box[i] = (i * 7 + 3) & 255
function rotl(x, n) { return (x << n) | (x >>> (32 - n)) }
function bytes(text) {
  const out = []
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 128) out.push(c)
    else { out.push(192 | (c >> 6)); out.push(128 | (c & 63)) }
  }
  return out
}
function round(state, k) {
  for (let i = 0; i < 4; i++) {
    const t = box[state[i] & 255] ^ rotl(state[(i + 1) % 4], 8) ^ k[i]
    state[i] = (t ^ (t >>> 16)) >>> 0
  }
  return state
}
function seal(text, key) {
  const data = bytes(text), k = bytes(key), out = []
  let state = [1, 2, 3, 4]
  for (let i = 0; i < data.length; i++) {
    for (let r = 0; r < 10; r++) state = round(state, k)
    out.push(data[i] ^ (state[i % 4] & 255))
  }
  return out.map(b => ('0' + b.toString(16)).slice(-2)).join('')
}
function digest(text) {
  let a = 1732584193, b = -271733879, c = -1732584194, d = 271733878
  const data = bytes(text)
  for (let i = 0; i < data.length; i += 4) {
    a = rotl(a + ((b & c) | (~b & d)) + data[i], 7) + b
    d = rotl(d + ((a & b) | (~a & c)) + data[i + 1], 12) + a
    c = rotl(c + ((d & a) | (~d & b)) + data[i + 2], 17) + d
    b = rotl(b + ((c & d) | (~c & a)) + data[i + 3], 22) + c
  }
  return [a, b, c, d].map(n => (n >>> 0).toString(16)).join('')
}
module.exports = { seal, digest }
`

func shopArea() string {
	var s strings.Builder
	s.WriteString("const provinces = {}, cities = {}, districts = {}\n")
	for p := range 30 {
		fmt.Fprintf(&s, "provinces['%d0000'] = '省%d'\n", p+11, p)
		for c := range 12 {
			fmt.Fprintf(&s, "cities['%d%02d00'] = '市%d'\n", p+11, c+1, c)
			for d := range 10 {
				fmt.Fprintf(&s, "districts['%d%02d%02d'] = '区%d'\n", p+11, c+1, d+1, d)
			}
		}
	}
	return s.String() + `function under(table, code, n) {
  return Object.keys(table).filter(k => !code || k.slice(0, n) === code.slice(0, n)).map(k => ({ code: k, name: table[k] }))
}
module.exports = { provinces: () => under(provinces), cities: p => under(cities, p, 2), districts: c => under(districts, c, 4) }
`
}

const shopDate = `function pad(n) { return n < 10 ? '0' + n : '' + n }
function format(d) { return [d.getFullYear(), pad(d.getMonth() + 1), pad(d.getDate())].join('-') }
function month(year, m) {
  const first = new Date(year, m, 1).getDay(), days = new Date(year, m + 1, 0).getDate(), weeks = []
  let week = []
  for (let i = 0; i < first; i++) week.push(null)
  for (let day = 1; day <= days; day++) {
    week.push({ day, date: format(new Date(year, m, day)), today: format(new Date()) === format(new Date(year, m, day)) })
    if (week.length === 7) { weeks.push(week); week = [] }
  }
  if (week.length) weeks.push(week)
  return weeks
}
module.exports = { format, month, pad }
`

func shopForm(n int) (script, view string) {
	var data, v strings.Builder
	labels := []string{"姓名", "手机号", "邮箱", "备注", "公司", "职位"}
	for i := range n {
		fmt.Fprintf(&data, "f%d: '', ", i)
		fmt.Fprintf(&v, `<input name="f%d" placeholder="%s" value="{{form.f%d}}" data-key="f%d" bindinput="onInput"/>`+"\n", i, labels[i%len(labels)], i, i)
	}
	return `const request = require('../../utils/request')
Page({
  data: { form: { ` + data.String() + `}, errors: {} },
  onInput(e) {
    const key = e.currentTarget.dataset.key
    this.setData({ ['form.' + key]: e.detail.value })
    this.check(key, e.detail.value)
  },
  check(key, value) {
    const errors = Object.assign({}, this.data.errors)
    if (!value) errors[key] = '必填'
    else delete errors[key]
    this.setData({ errors })
  },
  submit() {
    const { form, errors } = this.data
    for (const key in form) if (errors[key]) return wx.showToast({ title: errors[key] })
    request.post('/apply', form).then(() => wx.navigateBack()).catch(e => console.log(e.message))
  },
})
`, v.String() + `<button bindtap="submit">提交</button>`
}

const shopCalendar = `const date = require('../../utils/date'), request = require('../../utils/request')
Page({
  data: { year: 2026, month: 0, weeks: [], from: '', to: '', phone: '' },
  onLoad() { this.show(this.data.year, this.data.month) },
  show(year, month) {
    if (month < 0) { year--; month = 11 }
    if (month > 11) { year++; month = 0 }
    const weeks = date.month(year, month).map(week => week.map(day => day && this.mark(day)))
    this.setData({ year, month, weeks })
  },
  mark(day) {
    const { from, to } = this.data
    return { ...day, chosen: day.date === from || day.date === to, between: from && to && day.date > from && day.date < to }
  },
  prev() { this.show(this.data.year, this.data.month - 1) },
  next() { this.show(this.data.year, this.data.month + 1) },
  choose(e) {
    const { date } = e.currentTarget.dataset
    if (!this.data.from || this.data.to) this.setData({ from: date, to: '' })
    else this.setData({ to: date })
    this.show(this.data.year, this.data.month)
  },
  onPhone(e) { this.setData({ phone: e.detail.value }) },
  book() { request.post('/book', { from: this.data.from, to: this.data.to, phone: this.data.phone }) },
})
`

const shopCalendarView = `<view wx:for="{{weeks}}" wx:for-item="week" wx:key="index">
  <view wx:for="{{week}}" wx:for-item="day" wx:key="index" data-date="{{day.date}}" bindtap="choose">{{day.day}}</view>
</view>
<button bindtap="prev"/><button bindtap="next"/>
<input placeholder="手机号" bindinput="onPhone"/><button bindtap="book">预约</button>
`

const shopAddress = `const area = require('../../utils/area'), request = require('../../utils/request')
Page({
  data: { lists: [[], [], []], index: [0, 0, 0], name: '', phone: '', detail: '' },
  onLoad() { this.fill([0, 0, 0]) },
  fill(index) {
    const provinces = area.provinces()
    const cities = area.cities(provinces[index[0]].code)
    const districts = area.districts(cities[index[1]].code)
    this.setData({ lists: [provinces, cities, districts], index })
  },
  onColumn(e) {
    const index = this.data.index.slice()
    index[e.detail.column] = e.detail.value
    for (let i = e.detail.column + 1; i < 3; i++) index[i] = 0
    this.fill(index)
  },
  onInput(e) { this.setData({ [e.currentTarget.dataset.key]: e.detail.value }) },
  save() {
    const { lists, index, name, phone, detail } = this.data
    const region = lists.map((list, i) => list[index[i]].name).join('')
    request.post('/address', { name, phone, address: region + detail }).then(() => wx.navigateBack())
  },
})
`

const shopAddressView = `<picker mode="multiSelector" range="{{lists}}" range-key="name" value="{{index}}" bindcolumnchange="onColumn"><view>地区</view></picker>
<input placeholder="收货人姓名" data-key="name" bindinput="onInput"/>
<input placeholder="手机号" data-key="phone" bindinput="onInput"/>
<input placeholder="详细地址" data-key="detail" bindinput="onInput"/>
<button bindtap="save">保存</button>
`

func shopCard(i int) string {
	return fmt.Sprintf(`const request = require('../../utils/request')
Component({
  properties: { item: { type: Object, value: null, observer(item) { this.show(item) } } },
  data: { shown: null, count: %d },
  lifetimes: { attached() { this.show(this.data.item) } },
  methods: {
    show(item) { if (item) this.setData({ shown: { ...item, price: (item.price / 100).toFixed(2), tags: (item.tags || []).slice(0, 3) } }) },
    plus() { this.setData({ count: this.data.count + 1 }) },
    buy() { this.triggerEvent('buy', { id: this.data.shown.id, count: this.data.count }) },
    like() { request.post('/like/%d', { id: this.data.shown.id }) },
  },
})
`, i, i)
}

const shopCardView = `<view bindtap="like">{{shown.name}} {{shown.price}}<text wx:for="{{shown.tags}}" wx:key="index">{{item}}</text></view>
<button bindtap="plus"/><button bindtap="buy"/>
`

const shopList = `const request = require('../../utils/request')
Page({
  data: { list: [], page: 1 },
  onLoad() { this.load() },
  onReachBottom() { this.load() },
  load() {
    request.get('/goods', { page: this.data.page }).then(data => this.setData({ list: this.data.list.concat(data.list), page: this.data.page + 1 }))
  },
  onBuy(e) {
    const cart = getApp().globalData.cart
    const old = cart.find(g => g.id === e.detail.id)
    if (old) old.count += e.detail.count
    else cart.push({ id: e.detail.id, count: e.detail.count })
    request.post('/cart', { goods: cart, buyer: getApp().globalData.user })
  },
})
`
