// What a program can see of SolidJS (docs.solidjs.com, read 2026-11), whose components are those of Taro's plug-in for it. A
// component runs again here when a signal changes; in truth only what reads the signal does.

export { createContext, lazy, Suspense, useContext } from 'react'

export function createSignal(init) {
  const cell = $cell(init)
  return [() => cell.value, v => { cell.value = $next(v, cell.value); return cell.value }]
}
export const createMemo = f => f
export function createEffect(f) { $hook('watch', f) }
export const createRenderEffect = createEffect
export const createComputed = createEffect
export const onMount = createEffect
export const onCleanup = () => {}
export const on = (deps, f) => () => f((Array.isArray(deps) ? deps : [deps]).map(read => read()))
export const batch = f => f()
export const untrack = f => f()
export const children = f => f
export const mergeProps = (...all) => Object.assign({}, ...all)
export const splitProps = (props, ...parts) => parts.map(() => props).concat([props])
export function createResource(source, fetcher) {
  const got = $settled(fetcher ? fetcher(typeof source === 'function' ? source() : source) : source())
  return [() => got, { mutate: () => {}, refetch: () => got }]
}

export const For = props => (props.each ? props.each.map((item, i) => props.children(item, () => i)) : props.fallback)
export const Index = props => (props.each ? props.each.map((item, i) => props.children(() => item, i)) : props.fallback)
export function Show(props) {
  if (!props.when) return props.fallback
  return typeof props.children === 'function' ? props.children(props.keyed ? props.when : () => props.when) : props.children
}
export const Match = Show
export const Switch = props => [props.children, props.fallback]
export const ErrorBoundary = props => props.children
export const Dynamic = props => $jsx(props.component, props)

// Of solid-js/store. Its setter takes names of properties, then a value or a function of the one before.
export function createStore(init) {
  const cell = $cell(init)
  const set = (...path) => {
    const change = path.pop()
    let at = cell.value
    for (const name of path.slice(0, -1)) at = at[name]
    if (path.length > 0) at[path[path.length - 1]] = $next(change, at[path[path.length - 1]])
    else Object.assign(at, $next(change, at))
  }
  return [cell.value, set]
}
export const createMutable = init => $cell(init).value
export const produce = change => state => { change(state); return state }
export const reconcile = v => v
export const unwrap = v => v
