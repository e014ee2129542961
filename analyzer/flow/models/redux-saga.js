// redux-saga: generators that run when an action is dispatched (redux-saga 1, API reference; read 2026-11). What an effect
// stands for is done where it is made, as what a generator yields is what it gets.

import { connect } from 'redux'

const shared = connect.$shared
const heard = [] // what runs for which actions
const takers = [] // sagas that take actions themselves: they run again for each
const box = { action: undefined, taking: false }

const ended = run => (run && run.next ? run.next().value : run)
const meant = (pattern, action) => {
  if (pattern === undefined || pattern === '*') return true
  if (Array.isArray(pattern)) return pattern.some(one => meant(one, action))
  if (typeof pattern === 'function') return pattern.type ? pattern.type === action.type : pattern(action)
  return pattern === action.type
}
const listen = (pattern, worker, ...given) => {
  if (!heard.some(one => one.pattern === pattern && one.worker === worker)) heard.push({ pattern, worker, given })
}

export const takeEvery = listen
export const takeLatest = listen
export const takeLeading = listen
export const throttle = (ms, pattern, worker, ...given) => listen(pattern, worker, ...given)
export const debounce = throttle
export function take(pattern) {
  box.taking = true
  return box.action && meant(pattern, box.action) ? box.action : undefined
}
export const takeMaybe = take

export function call(f, ...given) {
  if (Array.isArray(f)) return ended((typeof f[1] === 'string' ? f[0][f[1]] : f[1]).apply(f[0], given))
  if (f.fn) return ended((typeof f.fn === 'string' ? f.context[f.fn] : f.fn).apply(f.context, given))
  return ended(f(...given))
}
export const apply = (context, f, given) => ended(f.apply(context, given || []))
export function fork(saga, ...given) {
  const outer = box.taking
  box.taking = false
  const answer = call(saga, ...given)
  if (box.taking && !takers.some(one => one.saga === saga)) takers.push({ saga, given })
  box.taking = outer
  return answer
}
export const spawn = fork
export const retry = (times, ms, f, ...given) => call(f, ...given)
export const put = action => shared.store.dispatch(action)
export const putResolve = put
export const select = (f, ...given) => (f ? f(shared.store.getState(), ...given) : shared.store.getState())
export async function all(effects) {
  if (Array.isArray(effects)) return Promise.all(effects)
  const out = {}
  for (const k in effects) out[k] = await effects[k]
  return out
}
export const race = all
export const delay = (ms, v) => v
export const join = v => v
export const cancel = () => {}
export const cancelled = () => false

export default function createSagaMiddleware() {
  shared.heard = action => { // behind the reducers
    box.action = action
    for (const one of heard) if (meant(one.pattern, action)) ended(one.worker(...one.given, action))
    for (const one of takers) call(one.saga, ...one.given)
  }
  return Object.assign(() => next => action => next(action), {
    setContext() {},
    run(saga, ...given) {
      const answer = fork(saga, ...given)
      return { toPromise: () => Promise.resolve(answer), cancel() {}, isRunning: () => true }
    },
  })
}
