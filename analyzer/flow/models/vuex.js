// What a program can see of Vuex: one state, changed by the functions it names. They have the store as this, and all of one name
// run, whichever module they are from (vuex 3 and 4, registerMutation and registerAction; read 2026-12).

const both = (first, second) => first ? v => { first(v); return second(v) } : second

function install(store, prefix, options, state) {
  const commit = (type, v) => store.commit(prefix + type, v)
  const dispatch = (type, v) => store.dispatch(prefix + type, v)
  const getters = {}
  const context = {
    state, rootState: store.state, getters, rootGetters: store.getters,
    commit(type, v, o) { return o && o.root ? store.commit(type, v) : commit(type, v) },
    dispatch(type, v, o) { return o && o.root ? store.dispatch(type, v) : dispatch(type, v) },
  }
  for (const k in options.mutations) {
    const name = prefix + k
    store._mutations[name] = both(store._mutations[name], v => options.mutations[k].call(store, state, v))
  }
  for (const k in options.actions) {
    const action = options.actions[k], handler = typeof action === 'function' ? action : action.handler
    const name = action.root ? k : prefix + k
    store._actions[name] = both(store._actions[name], v => handler.call(store, context, v))
  }
  for (const k in options.getters) {
    const get = () => options.getters[k](state, getters, store.state, store.getters)
    Object.defineProperty(getters, k, { get })
    Object.defineProperty(store.getters, prefix + k, { get })
  }
  for (const k in options.modules) {
    const m = options.modules[k]
    state[k] = typeof m.state === 'function' ? m.state() : m.state || {}
    install(store, m.namespaced ? prefix + k + '/' : prefix, m, state[k])
  }
}

export class Store {
  constructor(options) {
    this.state = typeof options.state === 'function' ? options.state() : options.state || {}
    this.getters = {}
    this._mutations = {}
    this._actions = {}
    this._heard = []
    this._asked = []
    install(this, '', options, this.state)
    const store = this
    this.commit = (type, v) => {
      if (type.type) { v = type; type = type.type }
      const run = store._mutations[type]
      if (run) run(v)
      for (const f of store._heard) f({ type, payload: v }, store.state)
    }
    this.dispatch = (type, v) => {
      if (type.type) { v = type; type = type.type }
      const run = store._actions[type]
      const action = { type, payload: v }
      for (const f of store._asked) if (typeof f === 'function' || f.before) (f.before || f)(action, store.state)
      const answer = Promise.resolve(run && run(v))
      for (const f of store._asked) if (f.after) answer.then(() => f.after(action, store.state))
      return answer
    }
    for (const plugin of options.plugins || []) plugin(store)
  }
  install(app) {
    if (app.config && app.config.globalProperties) app.config.globalProperties.$store = this
    shared = this
  }
  registerModule(name, m) {
    this.state[name] = typeof m.state === 'function' ? m.state() : m.state || {}
    install(this, m.namespaced ? name + '/' : '', m, this.state[name])
  }
  replaceState(s) { this.state = s }
  subscribe(f) { this._heard.push(f); return () => {} }
  subscribeAction(f) { this._asked.push(f); return () => {} }
  watch(read, f) { $hook('watch', () => f(read(this.state, this.getters))) }
}

let shared
export function createStore(options) { return shared = new Store(options) }
export function useStore() { return shared }
export const createLogger = () => () => {}

export function mapped(space, names, make) {
  if (typeof space !== 'string') { names = space; space = '' }
  const prefix = space ? space + '/' : ''
  const out = {}
  if (Array.isArray(names)) names.forEach(n => { out[n] = make(prefix, n) })
  else for (const n in names) out[n] = make(prefix, names[n])
  return out
}
function local(state, prefix) {
  if (prefix) for (const name of prefix.slice(0, -1).split('/')) state = state[name]
  return state
}
export const mapState = (a, b) => mapped(a, b, (prefix, n) => function () {
  const state = local(this.$store.state, prefix)
  return typeof n === 'function' ? n.call(this, state, this.$store.getters) : state[n]
})
export const mapGetters = (a, b) => mapped(a, b, (prefix, n) => function () { return this.$store.getters[prefix + n] })
export const mapMutations = (a, b) => mapped(a, b, (prefix, n) => function (v) {
  return typeof n === 'function' ? n.call(this, this.$store.commit, v) : this.$store.commit(prefix + n, v)
})
export const mapActions = (a, b) => mapped(a, b, (prefix, n) => function (v) {
  return typeof n === 'function' ? n.call(this, this.$store.dispatch, v) : this.$store.dispatch(prefix + n, v)
})
export const createNamespacedHelpers = space => ({
  mapState: m => mapState(space, m), mapGetters: m => mapGetters(space, m),
  mapMutations: m => mapMutations(space, m), mapActions: m => mapActions(space, m),
})
export default { Store, createStore, useStore, mapState, mapGetters, mapMutations, mapActions, createNamespacedHelpers, install() {} }
