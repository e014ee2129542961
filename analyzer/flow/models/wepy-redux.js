// Redux in wepy: what a component gets from the store (wepy-redux 1.5.9, lib; @wepy/redux 2.0.1, helper.js; read 2026-11). Where
// wepy 1 sets the store or wepy 2 has it as an option does not matter: a program has one.

import { connect as bound } from 'redux'

export function setStore(store) { bound.$shared.store = store }
export function getStore() { return bound.$shared.store }

const named = list => {
  if (typeof list === 'string') return { [list]: list }
  if (!Array.isArray(list)) return list || {}
  const out = {}
  for (const k of list) out[k] = k
  return out
}
const each = (list, made) => {
  const all = named(list)
  const out = {}
  for (const k in all) out[k] = made(all[k])
  return out
}
export const mapState = states => each(states, read => function () {
  const state = getStore().getState()
  return typeof read === 'function' ? read.call(this, state) : state[read]
})
export const mapActions = actions => each(actions, make => function (...given) {
  const store = getStore()
  if (typeof make === 'string') return store.dispatch({ type: make, payload: given.length > 1 ? given : given[0] })
  return store.dispatch(typeof make === 'function' ? make.apply(store, given) : make)
})
export const connect = (states, actions) => Component => {
  Component.prototype.$added = { computed: mapState(states), methods: mapActions(actions) }
  return Component
}
export default { install() {}, connect, mapState, mapActions, setStore, getStore }
