// What programs of uni-app can see of routers over the platform's own navigation: pages by path or by
// the name that pages.json gives them, parameters in query or params, guards (uni-simple-router 1 and
// 2, uni-mini-router; their READMEs and documents, read 2026-11).

let shared

// addressOf is the address that the platform is given.
function addressOf(to, routes) {
  if (typeof to === 'string') return to
  let path = to.path || to.url
  for (const r of routes) if (to.name ? r.name === to.name : r.aliasPath && r.aliasPath === path) path = r.path
  const given = Object.assign({}, to.query, to.params)
  const query = Object.keys(given).map(k => k + '=' + encodeURIComponent(given[k])).join('&')
  return query ? path + (path.indexOf('?') < 0 ? '?' : '&') + query : path
}

const present = () => {
  const given = $query()
  return { query: given, params: given, meta: {}, path: '/' + $nothing, name: $nothing, fullPath: '/' + $nothing }
}

export class Router {
  constructor(options) {
    this.options = options || {}
    this.guards = []
    this.after = []
    const self = this, routes = $routes()
    const go = open => to => {
      const next = instead => { if (instead && instead !== true) open({ url: addressOf(instead, routes) }) }
      const target = typeof to === 'string' ? { path: to } : to
      for (const f of self.guards) f(Object.assign({ query: {}, params: {}, meta: {} }, target), present(), next)
      open({ url: addressOf(to, routes) })
      for (const f of self.after) f(target, present())
      return Promise.resolve()
    }
    self.push = self.navigateTo = go(o => uni.navigateTo(o))
    self.replace = self.redirectTo = go(o => uni.redirectTo(o))
    self.replaceAll = self.reLaunch = go(o => uni.reLaunch(o))
    self.pushTab = self.switchTab = go(o => uni.switchTab(o))
    self.back = self.navigateBack = n => uni.navigateBack({ delta: typeof n === 'number' ? n : 1 })
    self.forceGuardEach = () => {}
    self.beforeEach = f => { self.guards.push(f) }
    self.afterEach = f => { self.after.push(f) }
    self.install = app => {
      const on = app.prototype || app.config.globalProperties
      on.$Router = self
      Object.defineProperty(on, '$Route', { get: present })
    }
    Object.defineProperty(self, 'currentRoute', { get: present })
    shared = self
  }
  static install(app) {
    Object.defineProperty(app.prototype, '$Router', { get: () => shared })
    Object.defineProperty(app.prototype, '$Route', { get: present })
  }
}
export const createRouter = options => new Router(options)
export const useRouter = () => shared
export const useRoute = present
export const RouterMount = (app, router, id) => { if (app && app.$mount) app.$mount(id) }
export const runtimeQuit = () => {}
export default Router
