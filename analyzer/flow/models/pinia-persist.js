// Plug-ins that keep the state of stores in the storage of the device: pinia-plugin-persistedstate
// (storage is an option), pinia-plugin-unistorage and pinia-plugin-persist-uni (that of uni).

function first(path) { return path.split('.')[0] }

// chosen is what of the state a store keeps: all, or what it names.
export function chosen(state, how) {
  const names = how.pick || how.paths, without = how.omit
  if (!names && !without) return state
  const kept = {}
  if (names) for (const n of names) kept[first(n)] = state[first(n)]
  else for (const k in state) if (!without.includes(k)) kept[k] = state[k]
  return kept
}

function persist(asked, storage) {
  return ({ store, options }) => {
    const how = options[asked]
    if (!how || how.enabled === false) return
    const list = how.strategies || (Array.isArray(how) ? how : [how])
    store.$subscribe((mutation, state) => {
      for (const one of list) {
        const kept = one === true ? state : chosen(state, one)
        const text = one.serializer ? one.serializer.serialize(kept) : JSON.stringify(kept)
        const to = one.storage || storage
        if (to) to.setItem(one.key || store.$id, text)
      }
    })
  }
}

const device = { setItem: (key, text) => uni.setStorageSync(key, text) }

export const createPersistedState = options => persist('persist', options && options.storage)
export const createPersistUni = () => persist('persist', device)
export const createUnistorage = () => persist('unistorage', device)
export default persist('persist', device)
