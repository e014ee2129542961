// What a program can see of libraries that keep state in pieces: Jotai, Recoil, Valtio, the signals of Preact, and
// of Immer, which lets a state be changed in place.

import { useState } from 'react'

const read = piece => (piece.read ? piece.read(piece.byGet ? { get: read } : read) : piece.value)
function write(piece, v) {
  if (piece.write) return piece.byGet ? piece.write({ get: read, set: write }, v) : piece.write(read, write, v)
  piece.value = $next(v, piece.value)
  if (piece.heard) for (const f of piece.heard) f(piece.value)
  if (piece.storage && piece.storage.setItem) piece.storage.setItem(piece.key, piece.value)
}

// Jotai: atom(value), atom(read, write). Recoil: atom({ default }), selector({ get, set }).
export function atom(first, change) {
  if (typeof first === 'function') return { read: first, write: change }
  if (first && typeof first === 'object' && 'key' in first) {
    const piece = { value: first.default, heard: [] }
    const setSelf = v => write(piece, v)
    for (const effect of first.effects || []) effect({ node: piece, setSelf, onSet(f) { piece.heard.push(f) }, trigger: 'get' })
    return piece
  }
  return { value: first, write: change }
}
// Its first value is what was stored the last time.
export const atomWithStorage = (key, init, storage) => ({ value: $nothing ? init : $nothing, key, storage })
export const createJSONStorage = getStorage => {
  const storage = getStorage()
  return storage && { setItem: (key, value) => storage.setItem(key, JSON.stringify(value)) }
}
export const atomWithReset = init => ({ value: init })
export const selector = o => ({ read: o.get, write: o.set, byGet: true })
const both = piece => [$settled(read(piece)), v => write(piece, v)]
export const useAtom = both
export const useRecoilState = both
export const useAtomValue = piece => $settled(read(piece))
export const useRecoilValue = useAtomValue
export const useSetAtom = piece => v => write(piece, v)
export const useSetRecoilState = useSetAtom
export const useUpdateAtom = useSetAtom
export const Provider = props => props.children
export const RecoilRoot = props => props.children
export const createStore = () => ({ get: read, set: write, sub(piece, f) { $hook('watch', () => f(read(piece))); return () => {} } })
export const getDefaultStore = createStore

// Valtio.
export const proxy = v => v
export const useSnapshot = v => v
export const subscribe = (state, f) => { $hook('watch', () => f([state])); return () => {} }
export const subscribeKey = (state, key, f) => { $hook('watch', () => f(state[key])); return () => {} }
export const watch = f => { $hook('watch', () => f(v => v)); return () => {} }
export const snapshot = v => v

// Immer and use-immer.
export function produce(base, change) {
  if (typeof base === 'function') return v => base(v) || v
  return change(base) || base
}
export const useImmer = init => {
  const [state, setState] = useState(init)
  return [state, v => setState(old => $next(v, old) || old)]
}
export default produce

// Signals hold a value that may be read and written anywhere.
export const signal = first => ({ value: first, peek() { return this.value } })
export const useSignal = first => useState(() => signal(first))[0]
export const computed = f => ({ get value() { return f() }, peek: f })
export const useComputed = computed
export const effect = f => { $hook('watch', f); return () => {} }
export const useSignalEffect = f => $hook('watch', f)
export const batch = f => f()
export const untracked = f => f()
