// What a program can see of Redux, of its bindings for React and Taro, and of dva.

import { createContext, useContext, useState } from 'react'

const shared = { store: $nothing, heard: undefined } // as long as none is seen to be made; what redux-saga does with an action

export function createStore(reduce, initial, enhancer) {
  if (typeof initial === 'function') return createStore(reduce, undefined, initial)
  const box = { state: initial }
  // The program's own middleware decides what of an action comes to the reducers, and what dispatch answers.
  const given = (enhancer && enhancer.between) || []
  const between = given.filter(f => $own(f))
  const others = given.length > between.length // redux-thunk calls functions, redux-promise dispatches an action once its payload is there
  const change = action => {
    box.state = reduce(box.state, action)
    return Promise.resolve(action)
  }
  const run = action => {
    if (typeof action === 'function') return action(store.dispatch, store.getState)
    const later = others && $promises(action.payload)
    return later ? later.then(payload => change(Object.assign({}, action, { payload }))) : change(action)
  }
  let through = run
  const store = {
    getState: () => box.state,
    dispatch(action) {
      const answer = typeof action === 'function' && others ? run(action) : through(action)
      if (shared.heard) shared.heard(action)
      return answer
    },
    subscribe(f) { $hook('watch', () => f()); return () => {} },
    replaceReducer(other) {
      reduce = other
      store.dispatch({ type: '@@replace' })
    },
  }
  store.dispatch({ type: '@@init' })
  for (const one of between.reverse()) through = one({ dispatch: store.dispatch, getState: store.getState })(through)
  shared.store = store
  return store
}
export const legacy_createStore = createStore
export function combineReducers(reducers) {
  return (state = {}, action) => {
    const next = {}
    for (const k in reducers) next[k] = reducers[k](state[k], action)
    return next
  }
}
export function applyMiddleware(...list) { return Object.assign(f => f, { between: list }) }
export function compose(...f) {
  const all = (...a) => {
    let v = f[f.length - 1](...a)
    for (let i = f.length - 2; i >= 0; i--) v = f[i](v)
    return v
  }
  for (const one of f) if (one && one.between) all.between = one.between
  return all
}
export function bindActionCreators(creators, dispatch) {
  if (typeof creators === 'function') return (...a) => dispatch(creators(...a))
  const out = {}
  for (const k in creators) out[k] = (...a) => dispatch(creators[k](...a))
  return out
}

export function configureStore(options) {
  const reduce = typeof options.reducer === 'function' ? options.reducer : combineReducers(options.reducer)
  const own = []
  const add = (...given) => {
    for (const one of given) {
      if ($own(one)) own.push(one)
      else if (Array.isArray(one)) for (const inner of one) if ($own(inner)) own.push(inner)
    }
    return own
  }
  own.concat = add
  own.prepend = add
  const between = typeof options.middleware === 'function' ? options.middleware(() => own) : options.middleware
  return createStore(reduce, options.preloadedState, { between })
}
export function createListenerMiddleware() {
  const heard = []
  const startListening = one => { heard.push(one) }
  const middleware = api => next => action => {
    for (const one of heard) {
      const meant = (one.type && one.type === action.type) || (one.actionCreator && one.actionCreator.type === action.type) ||
        (one.matcher && one.matcher(action)) || one.predicate
      if (meant) one.effect(action, api)
    }
    return next(action)
  }
  return { middleware, startListening, stopListening() {}, clearListeners() {} }
}
// reducerOf is the reducer of cases by type, with what a builder adds to them.
const reducerOf = (initial, cases, given) => {
  const matched = []
  let rest
  const builder = {
    addCase(type, reduce) { cases[type.type || type] = reduce; return builder },
    addMatcher(test, reduce) { matched.push({ test, reduce }); return builder },
    addDefaultCase(reduce) { rest = reduce; return builder },
  }
  if (typeof given === 'function') given(builder)
  else Object.assign(cases, given)
  const first = typeof initial === 'function' ? initial() : initial
  return (state = first, action) => {
    const one = cases[action.type]
    let next = (one && one(state, action)) || state
    let met = one
    for (const m of matched) {
      if (m.test(action)) {
        met = m
        next = m.reduce(next, action) || next
      }
    }
    return (!met && rest && rest(next, action)) || next
  }
}
export const createReducer = (initial, given) => reducerOf(initial, {}, given)
export function createSlice(options) {
  const actions = {}
  const cases = {} // what changes the state, by the type of the action
  for (const k in options.reducers) {
    const one = options.reducers[k]
    const type = options.name + '/' + k
    actions[k] = createAction(type, one.prepare)
    cases[type] = one.reducer || one
  }
  return { name: options.name, actions, reducer: reducerOf(options.initialState, cases, options.extraReducers) }
}
export function createAction(type, prepare) {
  const make = (...given) => (prepare ? Object.assign({ type }, prepare(...given)) : { type, payload: given[0] })
  return Object.assign(make, { type, toString: () => type })
}
export function createAsyncThunk(type, run) {
  const ends = {}
  for (const end of ['pending', 'fulfilled', 'rejected']) ends[end] = createAction(type + '/' + end)
  const thunk = arg => (dispatch, getState) => {
    dispatch({ type: ends.pending.type, meta: { arg } })
    const answer = Promise.resolve(run(arg, { dispatch, getState, rejectWithValue: v => v, fulfillWithValue: v => v }))
    answer.then(payload => dispatch({ type: ends.fulfilled.type, payload, meta: { arg } }))
    return Object.assign(answer, { unwrap: () => answer })
  }
  return Object.assign(thunk, ends, { type })
}
createAsyncThunk.withTypes = () => createAsyncThunk
export const unwrapResult = action => action.payload || action
export const createSelector = (...f) => state => f[f.length - 1](...f.slice(0, -1).map(one => one(state)))
export const useAppDispatch = useDispatch

// connect(…)(Page), also as a decorator: what the page gets beside its own properties.
export function connect(mapState, mapDispatch) {
  return Page => {
    Page.$props = own => {
      const store = shared.store
      const out = { dispatch: store.dispatch }
      if (mapState) Object.assign(out, mapState(store.getState(), own))
      if (typeof mapDispatch === 'function') Object.assign(out, mapDispatch(store.dispatch, own))
      else if (mapDispatch) Object.assign(out, bindActionCreators(mapDispatch, store.dispatch))
      return out
    }
    return Page
  }
}
connect.$shared = shared
export const Provider = props => {
  MobXProviderContext.value = Object.assign({}, MobXProviderContext.value, props)
  $fill(MobXProviderContext)
  if (props.store) shared.store = props.store // may be made by code that has no model, such as rematch's init
  return props.children
}
export function useSelector(f) { return f(shared.store.getState()) }
export function useDispatch() { return shared.store.dispatch }
export function useStore() { return shared.store }
useSelector.withTypes = () => useSelector
useDispatch.withTypes = () => useDispatch

// redux-persist: what the reducer leaves is stored, but for what a list leaves out.
export function persistReducer(config, reduce) {
  const kept = k => (config.whitelist ? config.whitelist.includes(k) : !(config.blacklist && config.blacklist.includes(k)))
  return (state, action) => {
    const next = reduce(state, action)
    const store = {}
    for (const k in next) if (kept(k)) store[k] = next[k]
    if (config.storage && config.storage.setItem) config.storage.setItem('persist:' + config.key, JSON.stringify(store))
    return next
  }
}
export const persistStore = store => ({ store, purge() {}, flush() {}, pause() {}, persist() {} })
export const PersistGate = props => props.children
export const shallowEqual = () => false

// dva: models with reducers, and effects that call services. An effect is a generator, alone or
// in a list with how often it may run; what it returns is what dispatch answers.
const ask = (f, ...a) => f(...a)
const ended = run => (run && run.next ? run.next().value : run)
export function create() {
  const box = { state: $open({}) } // plug-ins add to it, such as dva-loading
  const effects = {}, reducers = {}
  const select = f => (f ? f(box.state) : box.state)
  const dispatch = action => {
    const effect = effects[action.type]
    if (effect) return Promise.resolve(ended(effect(action)))
    const reduce = reducers[action.type]
    if (reduce) reduce(action)
    return Promise.resolve(action)
  }
  const app = {
    _store: { dispatch, getState: () => box.state, subscribe(f) { $hook('watch', () => f()) } },
    use() {}, start() {},
    model(m) {
      const space = m.namespace
      box.state[space] = m.state
      const local = action => dispatch(action.type in effects || action.type in reducers ? action : Object.assign({}, action, { type: space + '/' + action.type }))
      for (const k in m.reducers) reducers[space + '/' + k] = action => { box.state[space] = m.reducers[k](box.state[space], action) }
      for (const k in m.effects) {
        const effect = Array.isArray(m.effects[k]) ? m.effects[k][0] : m.effects[k]
        const hands = { call: ask, fork: ask, put: Object.assign(local, { resolve: local }), select, all: list => Promise.all(list) }
        effects[space + '/' + k] = action => effect(action, hands)
      }
    },
  }
  shared.store = app._store
  return app
}

// Rematch: models with reducers, which get what dispatch.user.login(it) is given, and effects,
// which get the state as well.
export const createModel = () => model => model
export function init({ models }) {
  const box = { state: $open({}) } // plug-ins add to it, such as @rematch/loading
  const dispatch = action => {
    const [space, name] = action.type.split('/')
    return dispatch[space][name](action.payload)
  }
  for (const k in models) {
    const model = models[k]
    box.state[k] = model.state
    const own = {}
    dispatch[k] = own
    for (const r in model.reducers) own[r] = payload => { box.state[k] = model.reducers[r](box.state[k], payload) }
    const effects = typeof model.effects === 'function' ? model.effects(dispatch) : model.effects
    for (const e in effects) own[e] = payload => effects[e].call(own, payload, box.state)
  }
  shared.store = { dispatch, getState: () => box.state, subscribe(f) { $hook('watch', () => f()) } }
  return shared.store
}

// MobX: the stores that Provider gets are properties of what inject names, and what
// useContext(MobXProviderContext) gives.
export const MobXProviderContext = createContext({})
export const inject = (...names) => Page => {
  Page.$props = own => {
    const stores = useContext(MobXProviderContext)
    if (typeof names[0] === 'function') return names[0](stores, own)
    const out = {}
    for (const n of names) out[n] = stores[n]
    return out
  }
  return Page
}
export const observer = Page => Page
export const observable = v => v
export const action = v => v
export const computed = v => v
export const makeAutoObservable = v => v
export const makeObservable = v => v
export const runInAction = f => f()
export const autorun = f => { $hook('watch', f); return () => {} }
export const reaction = (read, f) => { $hook('watch', () => f(read())); return () => {} }
export const when = (test, f) => { if (f) $hook('watch', () => { if (test()) f() }); return Promise.resolve() }
export default { connect, createStore, combineReducers, create, Provider }

// A store of one component.
export const useLocalObservable = make => useState(make)[0]
export const useLocalStore = (make, source) => useState(() => make(source))[0]
