// Stores of mpx (@mpxjs/store, and createStore of @mpxjs/core): as those of Vuex, but each
// maps its own parts, store.mapActions(['save']), and may stand on others: deps.

import { Store, mapped } from 'vuex'

// of is the part of an object that a dependency is: mapState('user', ['name']).
function of(o, prefix) { return prefix ? o[prefix.slice(0, -1)] : o }

export function createStore(options) {
  const store = new Store(options)
  for (const name in options.deps) {
    const dep = options.deps[name]
    store.state[name] = dep.state
    store.getters[name] = dep.getters
    for (const k in dep._mutations) store._mutations[name + '.' + k] = dep._mutations[k]
    for (const k in dep._actions) store._actions[name + '.' + k] = dep._actions[k]
  }
  // The store that has a function, which may be code that is not there, and its name there.
  const whose = (prefix, n) => {
    const name = prefix ? prefix.slice(0, -1) + '.' + n : n
    const at = name.indexOf('.')
    const dep = at > 0 && options.deps && options.deps[name.slice(0, at)]
    return dep ? { store: dep, name: name.slice(at + 1) } : { store, name }
  }
  store.mapState = (a, b) => mapped(a, b, (prefix, n) => function () {
    const state = of(store.state, prefix)
    return typeof n === 'function' ? n.call(this, state, store.getters) : state[n]
  })
  store.mapGetters = (a, b) => mapped(a, b, (prefix, n) => () => of(store.getters, prefix)[n])
  store.mapMutations = (a, b) => mapped(a, b, (prefix, n) => v => { const to = whose(prefix, n); return to.store.commit(to.name, v) })
  store.mapActions = (a, b) => mapped(a, b, (prefix, n) => v => { const to = whose(prefix, n); return to.store.dispatch(to.name, v) })
  store.mapStateToRefs = (a, b) => mapped(a, b, (prefix, n) => ({ get value() { return of(store.state, prefix)[n] } }))
  store.mapGettersToRefs = (a, b) => mapped(a, b, (prefix, n) => ({ get value() { return of(store.getters, prefix)[n] } }))
  return store
}

// What a store with this calls has the context as this, and not as an argument.
export function createStoreWithThis(options) {
  const plain = Object.assign({}, options, { mutations: {}, actions: {}, getters: {} })
  for (const k in options.mutations) plain.mutations[k] = (state, v) => options.mutations[k].call({ state }, v)
  for (const k in options.actions) plain.actions[k] = (context, v) => options.actions[k].call(context, v)
  for (const k in options.getters) plain.getters[k] = (state, getters) => options.getters[k].call({ state, getters })
  return createStore(plain)
}
const same = x => x
export {
  same as createStateWithThis, same as createGettersWithThis, same as createMutationsWithThis, same as createActionsWithThis,
}
