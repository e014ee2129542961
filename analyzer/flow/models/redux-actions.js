// redux-actions: creators of actions, and reducers by the types of actions (redux-actions 3, src; read 2026-11).

const typed = type => (typeof type === 'function' && type.type ? type.type : type)

export function createAction(type, payload, meta) {
  return Object.assign((...given) => {
    const action = { type, payload: typeof payload === 'function' ? payload(...given) : given[0] }
    if (typeof meta === 'function') action.meta = meta(...given)
    return action
  }, { type })
}
export function createActions(creators, ...types) {
  const out = {}
  const add = name => { out[name] = createAction(name) }
  if (typeof creators === 'string') add(creators)
  else {
    for (const name in creators) {
      const one = creators[name]
      out[name] = Array.isArray(one) ? createAction(name, one[0], one[1]) : createAction(name, one)
    }
  }
  types.forEach(add)
  return out
}
export function handleAction(type, reduce, initial) {
  const next = typeof reduce === 'function' ? reduce : reduce.next
  return (state = initial, action) => (typed(type) === action.type && next ? next(state, action) : state)
}
export function handleActions(handlers, initial) {
  return (state = initial, action) => {
    const one = typeof handlers.get === 'function' ? handlers.get(action.type) : handlers[action.type]
    const reduce = typeof one === 'function' ? one : one && one.next
    return reduce ? reduce(state, action) : state
  }
}
export const combineActions = (...types) => types.map(typed).join('||')
export default { createAction, createActions, handleAction, handleActions, combineActions }
