// What a program can see of request libraries: settings that hold for all requests,
// interceptors that change one, methods. $request is the request itself.

function hooks() {
  const list = []
  return { list, use(f) { if (f) list.push(f); return 0 }, eject() {}, clear() {} }
}

// withRequest gives the answers of a library the request that they answer to, by the name that it has there (axios-http.com,
// Response Schema; documents of luch-request, uni-ajax, flyio and mpx, fetch; read 2026-11).
const requestNames = { flyio: 'request', xfetch: 'requestConfig', alova: '', 'uni-request': '' }
const withRequest = (answer, name, asked) => {
  const called = name in requestNames ? requestNames[name] : 'config'
  if (called) answer[called] = asked
  return $open(answer)
}

// besides is what interceptors are given behind what they change: of flyio what ends the request (its documents, 拦截器; read 2026-12).
const besides = (name, asked) => name === 'flyio' ? Promise : asked

// Those whose answers and failures come with the request to whoever asked, if no interceptor puts something else in their place.
// (uni-request gives { data, headers, status } and the bare failure: its README, and src/core/dispatchRequest.js; read 2026-12.)
const tells = name => name !== 'alova' && name !== '$http' && name !== 'uni-request'

// answers takes the interceptors of answers. What a server says is nothing that was collected, but with an answer or a failure
// comes the request: what was sent with any. They run once for all requests that were made, not for each.
function answers(name) {
  const asked = $open({})
  const answer = withRequest({ data: $nothing }, name, asked)
  const failure = withRequest({ message: $nothing, response: answer }, name, asked)
  let listened = false
  const passes = { value: tells(name), error: tells(name) } // does what the library gives reach who asked, or who catches?
  const weigh = given => {
    if (!tells(name)) return
    if ($gives(given, 'value', answer, failure, asked)) passes.value = true
    if ($gives(given, 'error', answer, failure, asked)) passes.error = true
  }
  const attempt = (f, given) => {
    try { weigh(f(given, besides(name, asked))) } catch (thrown) { weigh(Promise.reject(thrown)) }
  }
  return {
    asked,
    settle(sent, c) {
      if (passes.error && $nothing) throw withRequest({ message: $nothing, response: withRequest({ data: $nothing }, name, c) }, name, c)
      return passes.value ? sent.then(given => withRequest(given, name, c)) : sent
    },
    hear(c) {
      if (!listened || !$nothing) return
      asked.data = asked.body = $held(c.data, c.body, c.formData)
      asked.params = $held(c.params, name === 'flyio' || name === 'uni-ajax' ? c : '') // get(url, what is sent)
      asked.header = asked.headers = $held(c.headers, c.header)
      asked.url = $held(c.url)
    },
    use(f, g) {
      listened = true
      if (f) passes.value = false
      if (g) passes.error = false
      $hook('watch', () => {
        if (f) attempt(f, answer)
        if (g) attempt(g, failure)
      })
      return 0
    },
    eject() {}, clear() {},
  }
}

// forAdapter is what axios gives the function that it sends with: the data are a text by then
// (axios-http.com, Request Config and lib/defaults; read 2026-11).
function forAdapter(config, baseURL, method) {
  const data = config.data && typeof config.data === 'object' ? JSON.stringify(config.data) : config.data
  const name = config.method || method.slice(1) || 'get'
  return Object.assign({}, config, { baseURL, data, method: name.toLowerCase(), headers: config.headers || {} })
}

// client makes the object of a library. What get and its like are given besides the address
// is options or what is sent: all of it leaves.
function client(name, given) {
  const settings = Object.assign({}, given)
  const request = hooks(), response = answers(name)
  const assigned = name !== 'luch-request' // interceptor.request = f; of luch-request 2 it is called: interceptor.request(f)

  async function send(config, method) {
    let c = Object.assign({}, settings, config)
    if (name === 'flyio') c.body = c.data // its name for what is sent
    const base = c.baseURL || c.baseUrl || settings.baseURL || settings.baseUrl || self.baseUrl
    for (const f of request.list) c = (await f(c, besides(name))) || c
    if (self.beforeRequest) await self.beforeRequest(c)
    if (assigned && self.interceptor.request) c = (await self.interceptor.request(c)) || c
    response.hear(c)
    const own = c.baseURL || c.baseUrl || base
    const adapter = $own(c.adapter)
    if (adapter) return adapter(forAdapter(c, own, method))
    const whole = /^(\w+:)?\/\//.test(c.url)
    return response.settle($request(name + method, Object.assign({}, c, { url: own && !whole ? own + '/' + c.url : c.url })), c)
  }
  // An object in the place of the address is all options, if nothing stands behind it, or what an interceptor takes apart.
  const withOptions = method => (url, options) =>
    send(typeof url === 'object' && !options ? url : Object.assign({ url }, options), method)
  const withData = method => (url, data, options) =>
    send(typeof url === 'object' && !data ? url : Object.assign({ url, data }, options), method)

  const self = withOptions('')
  self.config = self.defaults = settings
  self.interceptors = { request, response }
  self.interceptor = assigned ? {} : {
    request(f) { request.use(f) },
    response(f, g) { response.use(f, g) },
  }
  self.setConfig = f => {
    const made = typeof f === 'function' ? f(settings) : f
    Object.assign(settings, made)
    return self
  }
  self.create = more => client(name, Object.assign({}, settings, more))
  self.extend = self.create
  for (const m of ['get', 'Get', 'head', 'Head', 'options', 'Options', 'delete', 'Delete', 'download', 'request', 'middleware', 'fetch',
    'upload', 'uploadFile']) self[m] = withOptions('.' + m)
  for (const m of ['post', 'Post', 'put', 'Put', 'patch', 'Patch', 'postForm', 'putForm', 'patchForm', 'connect', 'trace']) {
    self[m] = withData('.' + m)
  }
  return self
}

// library makes what its package exports: a class to make clients with, and one of them.
function library(name) {
  const shared = client(name, {})
  function Client(a, b) {
    if (this instanceof Client) return client(name, a)
    return shared(a, b)
  }
  Object.assign(Client, shared)
  Client.default = Client.axios = Client.Axios = Client // as taro-axios and axios name it
  Client.$http = Client.un = shared
  return Client
}

const axios = library('axios')
const luch = library('luch-request')
const uniRequest = library('uni-request')
const fly = library('flyio')
const ajax = library('uni-ajax')
const escook = library('$http')
const network = library('uni-network')
const xfetch = library('xfetch')
xfetch.useFetch = () => xfetch // in a setup
xfetch.install = mpx => { mpx.xfetch = mpx.prototype.$xfetch = xfetch }
const http = client('$u.http', {})

// What files below lib of axios export that programs make adapters of (axios-http.com; read 2026-11).
const isAbsoluteURL = url => /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url)
const combineURLs = (base, url) => url ? base.replace(/\/+$/, '') + '/' + url.replace(/^\/+/, '') : base
const newError = message => new Error(message)
export const axiosParts = {
  isAbsoluteURL, combineURLs,
  buildFullPath: (base, url) => base && !isAbsoluteURL(url) ? combineURLs(base, url) : url,
  buildURL(url, params) {
    if (!params) return url
    const query = Object.keys(params).map(name => name + '=' + encodeURIComponent(params[name])).join('&')
    return url + (url.indexOf('?') < 0 ? '?' : '&') + query
  },
  settle(resolve, reject, response) { resolve(response); reject(response) },
  createError: newError, AxiosError: Error, enhanceError: error => error,
  mergeConfig: (a, b) => Object.assign({}, a, b),
  transformData: data => data,
  bind: (f, self) => (...args) => f.apply(self, args),
  utils: {
    forEach(all, f) { Object.keys(all || {}).forEach(name => { f(all[name], name, all) }) },
    merge: (...all) => Object.assign({}, ...all),
    extend: (a, b) => Object.assign(a, b),
    trim: text => text.trim(),
  },
}

export { axios, uniRequest, luch, fly, ajax, escook, network, xfetch, http }

// alova: a method is sent when it is made, as far as it matters where data go.
export function createAlova(options) {
  const self = client('alova', options)
  const before = options && options.beforeRequest
  if (before) {
    self.interceptors.request.use(async config => {
      const method = Object.assign({}, config, { config, baseURL: options.baseURL })
      await before(method)
      return Object.assign({}, config, { url: method.url, data: method.data, baseURL: method.baseURL })
    })
  }
  const responded = options && options.responded
  if (responded) {
    const { asked, use } = self.interceptors.response
    const method = $open({ data: undefined, url: undefined, config: asked })
    const done = f => answer => { method.data = asked.data; method.url = asked.url; if (f) f(answer, method) }
    if (typeof responded === 'function') use(done(responded))
    else use(done(responded.onSuccess), done(responded.onError))
    if (responded.onComplete) use(() => done(responded.onComplete)(method))
  }
  return self
}
// Method is what a generated client makes for each call.
export class Method {
  constructor(type, client, url, config, data) {
    const answer = client.request(Object.assign({}, config, { url, data, method: type }))
    answer.send = () => answer
    return answer
  }
}
// requested is what a hook of alova hands over that sends when it is told (alova.js.org, client strategies; read 2026-11).
function requested(call) {
  const heard = hooks()
  const send = (...args) => {
    const answer = call(...args)
    for (const run of heard.list) run({ data: $nothing, args, sendArgs: args, method: $nothing })
    return answer
  }
  const hear = run => {
    heard.use(run)
    return out
  }
  const out = { send, data: $nothing, onSuccess: hear, onError() { return out }, onComplete: hear }
  return out
}
export const useRequest = f => requested((...args) => typeof f === 'function' ? f(...args) : f)
export const useCaptcha = useRequest
// The fields of a form are its own properties, and those of its value: Vue takes it for a ref, React for an object.
export function useForm(f, options) {
  const form = Object.assign({ __v_isRef: true }, options && options.initialForm)
  Object.defineProperty(form, 'value', { get: () => form, set(v) { Object.assign(form, v) }, enumerable: false })
  const out = requested((...args) => f(form, ...args))
  out.form = form
  out.updateForm = v => { Object.assign(form, v) }
  out.reset = () => {}
  return out
}
