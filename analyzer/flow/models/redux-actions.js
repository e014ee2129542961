// redux-actions: creators of actions, and reducers by the types of actions (redux-actions 3, src; read 2026-11).

const typed = type => (typeof type === 'function' && type.type ? type.type : type)

export function createAction(type, payload, meta) {
  return Object.assign((...given) => {
    const action = { type, payload: typeof payload === 'function' ? payload(...given) : given[0] }
    if (typeof meta === 'function') action.meta = meta(...given)
    return action
  }, { type, toString: () => type })
}
// The names of what createActions gives are in camelCase, those below a name are in an object of that name, and their types are joined.
const camel = type => {
  const words = type.split(/[_\s-]+/).map(w => (/[a-z]/.test(w) ? w : w.toLowerCase()))
  return words.map((w, i) => (i ? w[0].toUpperCase() : w[0].toLowerCase()) + w.slice(1)).join('')
}
export function createActions(creators, ...types) {
  const last = types[types.length - 1]
  const options = (last && typeof last === 'object' && types.pop()) || {}
  const between = options.namespace || '/'
  const out = {}
  const put = (to, at, creators) => {
    for (const name in creators) {
      const one = creators[name]
      const type = at ? at + between + name : name
      if (Array.isArray(one)) to[camel(name)] = createAction(type, one[0], one[1])
      else if (one && typeof one === 'object') put(to[camel(name)] = {}, type, one)
      else to[camel(name)] = createAction(type, one)
    }
  }
  if (typeof creators === 'string') types.unshift(creators)
  else put(out, options.prefix, creators)
  for (const type of types) out[camel(type)] = createAction(options.prefix ? options.prefix + between + type : type)
  return out
}
const named = (types, type) => types === type || types.split('||').includes(type) // what combineActions joined
export function handleAction(type, reduce, initial) {
  const next = typeof reduce === 'function' ? reduce : reduce.next
  return (state = initial, action) => (next && named(typed(type), action.type) ? next(state, action) : state)
}
// Handlers below a name are for the types that are joined with it, and are tables themselves, unless next and throw are all they hold.
const flat = (handlers, at, between, out) => {
  for (const name in handlers) {
    const one = handlers[name]
    const type = at ? at + between + name : name
    if (typeof one === 'function') out[type] = one
    else if (one && (one.next || one.throw)) out[type] = one.next
    else if (one && typeof one === 'object') flat(one, type, between, out)
  }
  return out
}
export function handleActions(handlers, initial, options = {}) {
  const listed = typeof handlers.get === 'function'
  const table = listed ? handlers : flat(handlers, options.prefix, options.namespace || '/', {})
  const joined = listed ? [] : Object.keys(table).filter(types => types.includes('||'))
  return (state = initial, action) => {
    const one = listed ? handlers.get(action.type) : table[action.type] || table[joined.find(types => named(types, action.type))]
    const reduce = typeof one === 'function' ? one : one && one.next
    return reduce ? reduce(state, action) : state
  }
}
export const combineActions = (...types) => types.map(typed).join('||')
export default { createAction, createActions, handleAction, handleActions, combineActions }
