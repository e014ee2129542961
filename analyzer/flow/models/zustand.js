// What a program can see of Zustand and of its middleware.

function storeOf(make) {
  const state = $open({}) // middleware adds to it
  const get = () => state
  const set = patch => {
    const next = $next(patch, state) // one of immer changes the state itself
    if (next) Object.assign(state, next)
  }
  const api = { getState: get, setState: set, getInitialState: get, subscribe: heard, destroy() {} }
  function heard(select, f) { // with a selector if subscribeWithSelector made it
    $hook('watch', () => (f ? f(select(state), select(state)) : select(state, state)))
    return () => {}
  }
  Object.assign(state, make(set, get, api))
  return api
}
const hookOf = api => Object.assign(select => (select ? select(api.getState()) : api.getState()), api)

// create(make), or create()(make) for the sake of types.
export const create = make => (make ? hookOf(storeOf(make)) : f => hookOf(storeOf(f)))
export const createWithEqualityFn = create
export const createStore = make => (make ? storeOf(make) : storeOf)
export const useStore = (api, select) => (select ? select(api.getState()) : api.getState())
// persist keeps what partialize leaves of the state, after each change. Without storage that is localStorage,
// which mini programs do not have.
export const persist = (make, options) => (set, get, api) => {
  const storage = options.storage || options.getStorage && createJSONStorage(options.getStorage)
  const keeping = change => patch => {
    change(patch)
    const state = options.partialize ? options.partialize(get()) : get()
    if (storage && storage.setItem) storage.setItem(options.name, { state, version: options.version })
  }
  if (api) {
    api.setState = keeping(api.setState)
    api.persist = { rehydrate() {}, clearStorage() {}, setOptions() {}, hasHydrated: () => true, onFinishHydration() {} }
  }
  const state = make(keeping(set), get, api)
  for (const k in state) if (typeof state[k] !== 'function' && $nothing) state[k] = $nothing // what was stored the last time
  return state
}
export const createJSONStorage = getStorage => {
  const storage = getStorage()
  return storage && {
    getItem: name => storage.getItem(name), removeItem: name => storage.removeItem(name),
    setItem: (name, value) => storage.setItem(name, JSON.stringify(value)),
  }
}
export const devtools = make => make
export const subscribeWithSelector = make => make
export const immer = make => make
export const redux = (reduce, init) => (set, get) => Object.assign({ dispatch: action => { set(reduce(get(), action)) } }, init)
export const combine = (init, make) => (set, get, api) => Object.assign({}, init, make(set, get, api))
export const shallow = () => false
export const useShallow = select => select
export default create
