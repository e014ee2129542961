// Plug-ins that keep the state of Vuex after each mutation: vuex-persistedstate (a function of its options) and
// vuex-persist (a class). Without storage that is localStorage, which mini programs do not have.
import { chosen } from 'pinia-plugin-persistedstate'

// kept is what of the state an option chooses: what a function makes of it, the parts that it lists, or all.
function kept(state, how) {
  return how.reducer ? how.reducer(state, how.paths) : chosen(state, { paths: how.paths || how.modules })
}

function keep(how) {
  return store => {
    const storage = how.storage
    // Once for all mutations, whatever a filter says of one: it runs again when what it keeps has changed.
    const save = () => {
      const state = store.state
      if (how.setState) how.setState(how.key || 'vuex', kept(state, how), storage)
      else if (how.saveState) how.saveState(how.key || 'vuex', kept(state, how), storage)
      else if (storage && storage.setItem) storage.setItem(how.key || 'vuex', JSON.stringify(kept(state, how)))
    }
    $hook('watch', save)
  }
}

export const createPersistedState = (how = {}) => keep(how)
export class VuexPersistence {
  constructor(how = {}) { this.plugin = keep(how) }
}
// One default export stands for both: called, or made with new.
export default function (how = {}) {
  const plugin = keep(how)
  plugin.plugin = plugin
  return plugin
}
