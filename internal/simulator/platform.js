// The platform, as far as programs can tell: App, Page, Component and Behavior, the global
// object with its APIs, timers and storage. The Go side gives host:
//
//	apis      the rows of the tables of APIs by name: shape, what they yield and carry
//	datum     a fresh value that stands for collected data: datum(api)
//	sent      told of every call of an API that sends or keeps data: sent(api, texts)
//	chance    a number from 0 on below n
//	visit     opens a page: visit(route, query, how), and tells whether there is one
//	cloud     the exports of a cloud function of the program
//	select    the components of an instance that a selector names
//	triggered told of an event of a component: triggered(instance, name, detail)
(function (host) {
  'use strict'
  const world = this
  const definitions = {}, storage = {}, timers = [], buses = {}, answers = new WeakSet()
  let unit = '', app, nextTimer = 1

  // ---- values

  function isPlain(v) { return v !== null && typeof v === 'object' && (Array.isArray(v) || Object.prototype.toString.call(v) === '[object Object]') }
  function copy(v, depth) {
    depth = depth || 0
    if (!isPlain(v) || depth > 12 || answers.has(v)) return v
    if (Array.isArray(v)) return v.map(x => copy(x, depth + 1))
    const out = {}
    for (const k of Object.keys(v)) out[k] = copy(v[k], depth + 1)
    return out
  }
  // texts lists what is in v as text, to look for data in it.
  function texts(v, out, seen, depth) {
    if (typeof v === 'string') out.push(v)
    else if (typeof v === 'number') out.push(String(v))
    else if (v !== null && typeof v === 'object' && depth < 9 && seen.indexOf(v) < 0 && seen.length < 4000) {
      seen.push(v)
      if (v instanceof Map) v.forEach((x, k) => { texts(k, out, seen, depth + 1); texts(x, out, seen, depth + 1) })
      else if (v instanceof Set) v.forEach(x => texts(x, out, seen, depth + 1))
      else if (v instanceof ArrayBuffer) texts(String.fromCharCode.apply(null, Array.from(new Uint8Array(v))), out, seen, depth + 1)
      else for (const k of Object.keys(v)) { let x; try { x = v[k] } catch (e) { continue } texts(x, out, seen, depth + 1) }
    }
    return out
  }
  function pathOf(text) { return String(text).split(/[.[\]]+/).filter(s => s !== '') }
  function write(target, text, value) {
    const names = pathOf(text)
    let o = target
    names.forEach((name, i) => {
      if (i === names.length - 1) { o[name] = value; return }
      if (o[name] === null || typeof o[name] !== 'object') o[name] = /^\d+$/.test(names[i + 1]) ? [] : {}
      o = o[name]
    })
  }
  function read(target, text) {
    let v = target
    for (const name of pathOf(text)) v = v === null || v === undefined ? undefined : v[name]
    return v
  }

  // ---- instances

  function merge(def, seen) {
    const out = { data: {}, properties: {}, methods: {}, observers: [], lifetimes: {}, pageLifetimes: {}, others: {}, exports: false }
    const behaviors = def.behaviors || def.mixins || []
    const add = d => {
      if (d === 'wx://component-export') out.exports = true
      if (!d || typeof d !== 'object' || seen.indexOf(d) >= 0) return
      seen.push(d)
      for (const b of d.behaviors || d.mixins || []) add(b)
      const data = typeof d.data === 'function' ? d.data.call({}) : d.data
      Object.assign(out.data, copy(data || {}))
      Object.assign(out.properties, d.properties || d.props || {})
      Object.assign(out.methods, d.methods || {})
      for (const k of Object.keys(d.observers || {})) out.observers.push([k, d.observers[k]])
      for (const k of ['lifetimes', 'pageLifetimes']) {
        for (const n of Object.keys(d[k] || {})) (out[k][n] = out[k][n] || []).push(d[k][n])
      }
      for (const n of ['created', 'attached', 'ready', 'detached', 'didMount', 'onInit']) {
        if (typeof d[n] === 'function' && !(d.lifetimes || {})[n]) (out.lifetimes[n] = out.lifetimes[n] || []).push(d[n])
      }
      for (const k of Object.keys(d)) {
        if (['data', 'properties', 'props', 'methods', 'observers', 'lifetimes', 'pageLifetimes', 'behaviors', 'mixins'].indexOf(k) < 0) out.others[k] = d[k]
      }
    }
    add(def)
    return out
  }
  function initial(p) {
    if (p !== null && typeof p === 'object' && 'value' in p) return copy(p.value)
    const type = p !== null && typeof p === 'object' && 'type' in p ? p.type : p
    return type === String ? '' : type === Number ? 0 : type === Boolean ? false : type === Array ? [] : type === Object ? null : p === null || typeof p === 'function' ? null : copy(p)
  }
  function run(inst, fn, args) {
    if (typeof fn === 'string') fn = inst[fn]
    if (typeof fn !== 'function') return undefined
    try { return fn.apply(inst, args || []) } catch (e) { host.failed(String(e && e.stack || e)); return undefined }
  }
  // What others get of a component: itself, or what its export gives.
  function exported(inst) {
    if (!inst) return null
    const def = inst.$def
    return def && def.exports && def.others.export ? run(inst, def.others.export) || null : inst
  }
  const common = {
    setData(patch, done) {
      if (!patch || typeof patch !== 'object') return
      const changed = Object.keys(patch)
      for (const k of changed) write(this.data, k, copy(patch[k]))
      notice(this, changed)
      if (typeof done === 'function') later(() => done.call(this))
    },
    triggerEvent(name, detail) { host.triggered(this, String(name), detail) },
    selectComponent(s, done) {
      const found = exported(host.select(this, String(s))[0])
      if (typeof done === 'function') done(found)
      return found
    },
    selectAllComponents(s) { return host.select(this, String(s)).map(exported) },
    getOpenerEventChannel() { return this.$channel || bus(this.route || '') },
    createSelectorQuery() { return object('', 'SelectorQuery') },
    createIntersectionObserver() { return object('', 'IntersectionObserver') },
    getRelationNodes() { return [] }, hasBehavior() { return false }, getTabBar() { return null },
    groupSetData(fn) { run(this, fn) }, animate() {}, clearAnimation() {}, setUpdatePerformanceListener() {},
    $set(o, k, v) { o[k] = v },
  }
  function notice(inst, changed) {
    const def = inst.$def
    if (!def || inst.$noticing > 6) return
    inst.$noticing = (inst.$noticing || 0) + 1
    for (const k of changed) {
      const top = pathOf(k)[0], p = def.properties[top]
      if (p && p.observer) run(inst, p.observer, [inst.data[top], undefined, [top]])
    }
    for (const [fields, fn] of def.observers) {
      const paths = fields.split(',').map(s => s.trim())
      const hit = paths.some(p => p === '**' || changed.some(c => {
        const a = pathOf(c).join('.'), b = pathOf(p.replace('.**', '')).join('.')
        return a === b || b.indexOf(a + '.') === 0 || /\*\*$/.test(p) && a.indexOf(b + '.') === 0
      }))
      if (hit) run(inst, fn, paths.map(p => read(inst.data, p.replace('.**', ''))))
    }
    inst.$noticing--
  }
  function hidden(o, name, value) { Object.defineProperty(o, name, { value, writable: true, configurable: true, enumerable: false }) }
  function make(path, properties, asPage) {
    const def = merge(definitions[path] || {}, [])
    const inst = {}
    hidden(inst, '$def', def)
    hidden(inst, '$noticing', 0)
    for (const k of Object.keys(common)) hidden(inst, k, common[k])
    inst.data = def.data
    for (const k of Object.keys(def.properties)) inst.data[k] = k in properties ? properties[k] : initial(def.properties[k])
    for (const k of Object.keys(properties)) if (!(k in inst.data)) inst.data[k] = properties[k]
    inst.properties = inst.data
    inst.props = inst.data
    inst.is = inst.route = path
    inst.id = ''
    inst.dataset = {}
    for (const k of Object.keys(def.others)) inst[k] = typeof def.others[k] === 'function' ? def.others[k] : copy(def.others[k])
    for (const k of Object.keys(def.methods)) inst[k] = def.methods[k]
    for (const n of ['created', 'attached']) for (const fn of def.lifetimes[n] || []) run(inst, fn)
    notice(inst, Object.keys(properties))
    if (!asPage) for (const n of ['ready', 'didMount']) for (const fn of def.lifetimes[n] || []) run(inst, fn)
    return inst
  }
  function lifecycle(inst, name, args) {
    if (typeof inst[name] === 'function') run(inst, name, args)
    const short = name.replace(/^on/, '').toLowerCase()
    for (const fn of inst.$def.pageLifetimes[short] || []) run(inst, fn, args)
    if (name === 'onReady') for (const fn of inst.$def.lifetimes.ready || []) run(inst, fn)
    if (name === 'onUnload') for (const fn of inst.$def.lifetimes.detached || []) run(inst, fn)
  }

  // ---- what is later

  function later(fn, delay) { timers.push({ id: nextTimer, at: delay || 0, fn }); return nextTimer++ }
  function drain(most) {
    for (let n = 0; n < most && timers.length > 0; n++) {
      let first = 0
      timers.forEach((t, i) => { if (t.at < timers[first].at) first = i })
      const t = timers.splice(first, 1)[0]
      try { t.fn() } catch (e) { host.failed(String(e && e.stack || e)) }
      if (t.every !== undefined && t.left-- > 0) timers.push({ id: t.id, at: t.at + t.every, fn: t.fn, every: t.every, left: t.left })
    }
  }
  world.setTimeout = (fn, ms, ...args) => typeof fn === 'function' ? later(() => fn.apply(undefined, args), ms || 0) : 0
  world.setInterval = (fn, ms) => {
    if (typeof fn !== 'function') return 0
    timers.push({ id: nextTimer, at: ms || 0, fn, every: ms || 1, left: 2 })
    return nextTimer++
  }
  world.clearTimeout = world.clearInterval = id => {
    const i = timers.findIndex(t => t.id === id)
    if (i >= 0) timers.splice(i, 1)
  }
  world.requestAnimationFrame = fn => later(fn, 16)

  // ---- what a server answers: anything

  const okCodes = [0, 200, '0', '200', 1, 'success', 'ok', true]
  const named = {
    statusCode: () => 200, errMsg: () => 'request:ok', success: () => true, ok: () => true, errno: () => 0, errCode: () => 0, errcode: () => 0,
    length: () => 2, then: () => undefined, toJSON: () => undefined, nodeType: () => undefined, total: () => 2, hasMore: () => false,
    code: () => okCodes[host.chance(okCodes.length)], status: () => okCodes[host.chance(okCodes.length)], ret: () => okCodes[host.chance(3)],
    token: () => 'served-token', id: () => 7, _id: () => 'served-id', openid: () => 'served-openid', data: () => answer(), result: () => answer(),
    url: () => 'https://served.example/', msg: () => 'served', message: () => 'served',
  }
  function answer() {
    const made = new Proxy({}, {
      get(target, key) {
        if (typeof key === 'symbol') return undefined
        if (key in target) return target[key]
        if (key === 'toString' || key === 'valueOf') return () => 'served'
        if (key in Object.prototype) return target[key]
        if (named.hasOwnProperty(key)) target[key] = named[key]()
        else if (/list|rows|records|items|s$/i.test(key)) target[key] = [answer(), answer()]
        else if (/^(is|has)|flag$/i.test(key)) target[key] = host.chance(2) === 0
        else if (/count|num|price|amount|time|total|page/i.test(key)) target[key] = 3
        else if (/data|info|user|detail|obj|result|body|content|config|order|address/i.test(key)) target[key] = answer()
        else target[key] = ['served', 5, answer(), null][host.chance(4)]
        return target[key]
      },
    })
    answers.add(made)
    return made
  }

  // ---- APIs

  const shapes = {
    chooseImage: d => ({ tempFilePaths: [d], tempFiles: [{ path: d, size: 100 }], apFilePaths: [d] }),
    chooseMedia: d => ({ type: 'image', tempFiles: [{ tempFilePath: d, size: 100, fileType: 'image', thumbTempFilePath: d }] }),
    chooseVideo: d => ({ tempFilePath: d, duration: 3, size: 100, height: 1, width: 1 }),
    chooseMessageFile: d => ({ tempFiles: [{ path: d, name: 'a.pdf', size: 100, type: 'file', time: 1 }] }),
    getSystemInfo: d => ({ brand: d, model: d, system: d, platform: 'ios', windowWidth: 375, windowHeight: 667, screenWidth: 375, screenHeight: 667, pixelRatio: 2, statusBarHeight: 20, SDKVersion: '3.5.0', version: '8.0.0', language: 'zh_CN', safeArea: { top: 20, bottom: 667, left: 0, right: 375, width: 375, height: 647 } }),
    getLocation: d => ({ latitude: Number(d), longitude: Number(d), accuracy: 10, speed: 0, altitude: 1 }),
    chooseLocation: d => ({ name: d, address: d, latitude: 31.2, longitude: 121.4 }),
  }
  for (const n of ['getSystemInfoSync', 'getSystemInfoAsync', 'getDeviceInfo']) shapes[n] = shapes.getSystemInfo
  for (const n of ['getFuzzyLocation', 'onLocationChange', 'startLocationUpdate', 'choosePoi']) shapes[n] = shapes.getLocation
  const always = {
    canIUse: () => true, getStorageInfoSync: () => ({ keys: Object.keys(storage), currentSize: 1, limitSize: 10 }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0', envVersion: 'release', version: '1.0.0' } }),
    getMenuButtonBoundingClientRect: () => ({ top: 20, height: 32, width: 87, left: 280, right: 367, bottom: 52 }),
    getWindowInfo: () => ({ windowWidth: 375, windowHeight: 667, pixelRatio: 2, statusBarHeight: 20 }),
    getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }), getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
    getAppBaseInfo: () => ({ SDKVersion: '3.5.0' }), getExtConfigSync: () => ({}),
  }
  function fill(out, path, value) {
    const names = path.split('.')
    let o = out
    names.forEach((n, i) => { if (i === names.length - 1) o[n] = value; else o = o[n] = o[n] && typeof o[n] === 'object' ? o[n] : {} })
  }
  function resultOf(api, name, args) {
    const out = { errMsg: name + ':ok' }
    if (!api) return Object.assign(out, { confirm: true, cancel: false, content: '', tapIndex: 0, data: answer(), result: answer(), statusCode: 200 })
    for (const path of api.yields) {
      if (path === '' && shapes[api.name]) Object.assign(out, shapes[api.name](host.datum(api.name, path)))
      else if (path === '' && api.fields.length > 0) { const d = host.datum(api.name, path); for (const f of api.fields) fill(out, f, d) }
      else if (path === '') { const d = host.datum(api.name, path); out.value = out.result = out.data = d }
      else fill(out, path, host.datum(api.name, path))
    }
    for (const c of api.carries) {
      const v = argument(args, c.from)
      if (v === undefined) continue
      if (c.to === '') return v
      fill(out, c.to, v)
    }
    return out
  }
  function argument(args, path) {
    if (path === '*') return args
    const names = path.split('.')
    let v = args[Number(names[0])]
    for (const n of names.slice(1)) v = v === null || v === undefined ? undefined : v[n]
    return v
  }
  function settle(options, result, failed) {
    const o = options && typeof options === 'object' ? options : {}
    const callbacks = ['success', 'fail', 'complete'].some(n => typeof o[n] === 'function')
    const finish = () => {
      if (failed) { if (typeof o.fail === 'function') o.fail({ errMsg: 'fail', errno: 1 }) } else if (typeof o.success === 'function') o.success(result)
      if (typeof o.complete === 'function') o.complete(failed ? { errMsg: 'fail' } : result)
    }
    if (callbacks) { later(finish); return undefined }
    return new Promise((resolve, reject) => later(() => failed ? reject({ errMsg: 'fail' }) : resolve(result)))
  }
  function bus(name) {
    if (!buses[name]) {
      const on = {}
      buses[name] = {
        on(n, fn) { (on[n] = on[n] || []).push(fn) }, once(n, fn) { (on[n] = on[n] || []).push(fn) }, off(n) { delete on[n] },
        emit(n, ...args) { for (const fn of on[n] || []) { try { fn.apply(undefined, args) } catch (e) { host.failed(String(e)) } } },
      }
    }
    return buses[name]
  }
  const own = {
    setStorageSync: (k, v) => { storage[k] = copy(v) }, getStorageSync: k => k in storage ? copy(storage[k]) : '',
    removeStorageSync: k => { delete storage[k] }, clearStorageSync: () => { for (const k of Object.keys(storage)) delete storage[k] },
    setStorage: o => { storage[o.key] = copy(o.data); return settle(o, { errMsg: 'ok' }) },
    getStorage: o => settle(o, { data: copy(storage[o.key]), errMsg: 'ok' }, !(o.key in storage)),
    removeStorage: o => { delete storage[o.key]; return settle(o, {}) },
    request: o => settle(o, { statusCode: 200, data: answer(), header: {}, errMsg: 'request:ok' }, host.chance(12) === 0),
    uploadFile: o => settle(o, { statusCode: 200, data: '{"code":0,"data":{"url":"https://served.example/a"}}' }),
    showModal: o => settle(o, { confirm: host.chance(4) > 0, cancel: false }), showActionSheet: o => settle(o, { tapIndex: host.chance((o.itemList || [1]).length) }),
    getSetting: o => settle(o, { authSetting: new Proxy({}, { get: () => true }), errMsg: 'ok' }),
    navigateTo: o => {
      const page = host.visit(String(o.url), 'push')
      const channel = page ? bus(page.route + '#') : bus('')
      for (const n of Object.keys(o.events || {})) channel.on(n, o.events[n])
      if (page) hidden(page, '$channel', channel)
      return settle(o, { eventChannel: channel, errMsg: 'ok' }, !page)
    },
    redirectTo: o => settle(o, {}, !host.visit(String(o.url), 'replace')), switchTab: o => settle(o, {}, !host.visit(String(o.url), 'replace')),
    reLaunch: o => settle(o, {}, !host.visit(String(o.url), 'clear')), navigateBack: o => { host.visit('', 'back'); return settle(o || {}, {}) },
    'cloud.callFunction': o => {
      const main = host.cloud(String(o.name))
      if (typeof main !== 'function') return settle(o, { result: answer() })
      let p
      try { p = Promise.resolve(main(copy(o.data) || {}, {})) } catch (e) { p = Promise.reject(e) }
      p = p.then(result => ({ result: copy(result), errMsg: 'ok' }))
      if (typeof o.success === 'function' || typeof o.complete === 'function') { p.then(r => { o.success && o.success(r); o.complete && o.complete(r) }, e => { o.fail && o.fail(e) }); return undefined }
      return p
    },
    'cloud.init': () => undefined, 'cloud.CloudID': id => ({ cloudID: id }),
  }
  function object(global, path) {
    const made = {}
    const call = function (...args) {
      const full = made.path, api = host.apis[full] || null
      if (api && api.sink) host.sent(full, texts(api.sink.map(p => argument(args, p)), [], [], 0))
      if (own[full]) return own[full].apply(undefined, args)
      if (always[full]) return always[full]()
      if (api && api.returns) return object(global, api.returns)
      if (/^(create|get\w+Manager$)/.test(full)) return object(global, 'Thing')
      if (api && api.hears) { bus('heard ' + api.hears).on('heard', args[0]); return undefined }
      const result = resultOf(api, full, args)
      if (api && api.heard) bus('heard ' + api.name).emit('heard', result)
      if (api && api.listener) { if (typeof args[0] === 'function') later(() => args[0](result)); return undefined }
      if (api && api.sync || /Sync$/.test(full)) return result
      if (/^[A-Z]/.test(full) && !api) {
        for (const a of args) if (typeof a === 'function') later(() => a(new Proxy({ width: 100, height: 100, node: null }, { get: (t, k) => k in t ? t[k] : 0 })))
        return object(global, full.replace(/\..*/, ''))
      }
      if (api && !api.options && api.yields.length === 0) return undefined
      return settle(args[0], result, host.chance(16) === 0)
    }
    made.path = path
    return new Proxy(path === '' ? () => undefined : call, { // an arrow has no prototype to be listed
      get(target, key) {
        if (typeof key === 'symbol') return undefined
        if (key in target && key !== 'name' && key !== 'length') return target[key]
        if (path !== '' && (key === 'call' || key === 'apply' || key === 'bind')) return Function.prototype[key].bind(call)
        const full = path === '' ? key : path + '.' + key
        if (path === '' && key === 'then' || key === 'prototype') return undefined
        if (full === 'env') return { USER_DATA_PATH: 'wxfile://usr' }
        if (path === '' && !host.known(key)) return undefined
        target[key] = object(global, full)
        return target[key]
      },
      has(target, key) { return typeof key === 'string' && (path !== '' || host.known(key)) },
      ownKeys() { return path === '' ? host.names : [] },
      getOwnPropertyDescriptor() { return { configurable: true, enumerable: true } },
      construct(target, args) { return path === 'cloud.Cloud' ? object(global, 'cloud') : call.apply(undefined, args) },
    })
  }
  for (const name of host.globals) world[name] = object(name, '')
  const log = {}
  for (const n of ['log', 'info', 'warn', 'error', 'debug', 'table', 'dir', 'group', 'trace']) {
    log[n] = (...args) => host.sent('console.' + n, texts(args, [], [], 0))
  }
  for (const n of ['time', 'timeEnd', 'groupEnd', 'assert', 'count']) log[n] = () => {}
  world.console = log

  world.App = def => {
    app = Object.assign(app || {}, def)
    hidden(app, '$def', { pageLifetimes: {}, lifetimes: {} })
  }
  world.Page = def => { definitions[unit] = def || {} }
  world.Component = def => { definitions[unit] = def || {}; return unit }
  world.Behavior = def => def
  world.getApp = () => app || (app = {})
  world.getCurrentPages = () => host.pages()
  world.requirePlugin = () => answer()
  world.structuredClone = v => copy(v)
  world.getRegExp = (text, flags) => new RegExp(text, flags)
  world.getDate = (...args) => args.length === 0 ? new Date() : new Date(...args)
  world.global = world.globalThis = world

  return {
    begin(path) { unit = path },
    define(path, def) { if (!definitions[path]) definitions[path] = def },
    defined(path) { return path in definitions },
    make, lifecycle, drain, write, notice, copy, later,
    launch() { if (app) for (const n of ['onLaunch', 'onShow']) lifecycle(app, n, [{ path: '', query: {}, scene: 1001 }]) },
    handle(inst, name, event) {
      const fn = inst[name]
      if (typeof fn === 'function') run(inst, fn, [event])
    },
    give(inst, properties) {
      const changed = []
      for (const k of Object.keys(properties)) {
        if (inst.data[k] !== properties[k] && JSON.stringify(inst.data[k]) !== JSON.stringify(properties[k])) { inst.data[k] = copy(properties[k]); changed.push(k) }
      }
      if (changed.length > 0) notice(inst, changed)
    },
    // scope is what names mean in a template: unknown ones are undefined.
    scope(names) {
      return new Proxy(names, {
        has: (t, k) => typeof k === 'string',
        get: (t, k) => typeof k === 'symbol' ? undefined : t[k],
      })
    },
    inherit(names, more) { return Object.assign(Object.create(names), more) },
    texts(v) { return texts(v, [], [], 0) },
  }
})
