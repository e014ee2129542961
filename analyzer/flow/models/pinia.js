// What a program can see of Pinia: stores made once, whose refs are plain values.

function reach(store, k, get, set) { Object.defineProperty(store, k, { get, set }) }

function fromOptions(options) {
  const store = options.state ? options.state() : {}
  const refs = {}
  for (const k in store) refs[k] = { __v_isRef: true, get value() { return store[k] }, set value(v) { store[k] = v } }
  for (const k in options.getters) {
    const get = () => options.getters[k].call(store, store)
    reach(store, k, get)
    refs[k] = { __v_isRef: true, get value() { return get() } }
  }
  for (const k in options.actions) store[k] = options.actions[k].bind(store)
  store.$refs = refs
  store.$state = store
  return store
}

function fromSetup(setup) {
  const store = {}, refs = {}
  const made = setup()
  for (const k in made) {
    const v = made[k]
    if (v && v.__v_isRef) {
      reach(store, k, () => v.value, x => { v.value = x })
      refs[k] = v
    } else {
      store[k] = v
    }
  }
  store.$refs = refs
  store.$state = store
  return store
}

// Plug-ins see every store, whenever it is made.
const plugins = [], stores = []

export function defineStore(id, options, more) {
  if (typeof id !== 'string') { more = options; options = id }
  const store = typeof options === 'function' ? fromSetup(options) : fromOptions(options)
  store.$patch = p => {
    if (typeof p === 'function') p(store)
    else Object.assign(store, p)
  }
  store.$reset = () => {}
  store.$id = typeof id === 'string' ? id : options.id
  store.$subscribe = f => $hook('watch', () => f({ storeId: store.$id }, store))
  store.$onAction = f => {
    for (const k of Object.keys(store)) {
      const run = store[k]
      if (typeof run !== 'function' || k[0] === '$') continue
      store[k] = (...args) => {
        const done = []
        f({ name: k, store, args, after: g => { done.push(g) }, onError() {} })
        const answer = run(...args)
        if (done.length) Promise.resolve(answer).then(v => done.forEach(g => g(v)))
        return answer
      }
    }
  }
  const context = { store, options: typeof options === 'function' ? Object.assign({}, more) : options }
  stores.push(context)
  for (const plugin of plugins) plugin(context)
  const useStore = () => store
  useStore.$id = store.$id
  return useStore
}
export function storeToRefs(store) { return store.$refs }
export function createPinia() {
  const pinia = {
    install() {},
    use(plugin) {
      if (typeof plugin !== 'function') return pinia
      plugins.push(plugin)
      for (const context of stores) Object.assign(context.store, plugin(context))
      return pinia
    },
  }
  return pinia
}
export function setActivePinia() {}

function picked(useStore, names, make) {
  const out = {}
  if (Array.isArray(names)) names.forEach(n => { out[n] = make(useStore, n) })
  else for (const n in names) out[n] = make(useStore, names[n])
  return out
}
export const mapState = (s, names) => picked(s, names, (s, n) => () => typeof n === 'function' ? n(s()) : s()[n])
export const mapGetters = mapState
export const mapWritableState = (s, names) => picked(s, names, (s, n) => ({ get() { return s()[n] }, set(v) { s()[n] = v } }))
export const mapActions = (s, names) => picked(s, names, (s, n) => (...given) => s()[n](...given))
export function mapStores(...list) {
  const out = {}
  for (const useStore of list) out[useStore.$id + 'Store'] = () => useStore()
  return out
}
export default { createPinia, defineStore }
