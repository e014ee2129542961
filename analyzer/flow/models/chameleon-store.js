// Stores of chameleon (chameleon-store 1.0, its sources; read 2026-11): their modules share one space of
// names, and each store maps its own parts: store.mapState(['user']).
import { createStore } from '@mpxjs/store'

export { createStore }
export default createStore
