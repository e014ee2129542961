// What a program can see of ahooks and of libraries of hooks like it.

import { useState, useEffect } from 'react'

export function useRequest(service, options) {
  const o = options || {}
  const cell = $cell(undefined)
  const run = (...args) => {
    if (o.onBefore) o.onBefore(args)
    const answer = Promise.resolve(service(...args))
    answer.then(data => {
      cell.value = data
      if (o.onSuccess) o.onSuccess(data, args)
      if (o.onFinally) o.onFinally(args, data)
    })
    return answer
  }
  if (!o.manual) $hook('watch', () => run(...(o.defaultParams || [])))
  return {
    data: cell.value, loading: $nothing, error: $nothing, run, runAsync: run, refresh: run, refreshAsync: run, reload: run, params: [],
    mutate: v => { cell.value = $next(v, cell.value) }, cancel() {},
  }
}
export function useSetState(init) {
  const [state, setState] = useState(init)
  return [state, patch => setState(old => Object.assign({}, old, $next(patch, old)))]
}
// One object for all renderings, which is changed in its place.
export const useReactive = init => {
  const cell = $cell(undefined)
  if (!cell.value) cell.value = Object.assign({}, init)
  return cell.value
}
export const useGetState = init => {
  const [state, setState] = useState(init)
  return [state, setState, () => state]
}
export const useSafeState = useState
export const useRafState = useState
export const useLocalStorageState = (key, options) => useState($nothing ? options && options.defaultValue : $nothing)
export const useControllableValue = (props, options) => {
  const [state, setState] = useState(options && options.defaultValue)
  return ['value' in props ? props.value : state, (v, ...more) => { setState(v); if (props.onChange) props.onChange(v, ...more) }]
}
export const useBoolean = init => {
  const [state, set] = useState(!!init)
  return [state, { toggle: () => set(!state), set, setTrue: () => set(true), setFalse: () => set(false) }]
}
export const useToggle = (left, right) => {
  const [state, set] = useState(left)
  return [state, { toggle: () => set(right === undefined ? !left : right), set, setLeft: () => set(left), setRight: () => set(right) }]
}
export const useMemoizedFn = f => f
export const useMemoizedFunction = f => f
export const usePersistFn = f => f
export const useEvent = f => f
export const useLockFn = f => f
export const useDebounceFn = f => ({ run: f, cancel() {}, flush: f })
export const useThrottleFn = useDebounceFn
export const useDebounce = v => v
export const useThrottle = v => v
export const usePrevious = v => v
export const useLatest = v => ({ current: v })
export const useCreation = f => f()
export const useMount = f => useEffect(f)
export const useUnmount = f => useEffect(() => f)
export const useUpdateEffect = f => useEffect(f)
export const useAsyncEffect = f => useEffect(() => { f() })
export const useDeepCompareEffect = f => useEffect(f)
export const useDebounceEffect = f => useEffect(f)
export const useThrottleEffect = f => useEffect(f)
export const useInterval = f => { useEffect(() => { f() }) }
export const useTimeout = f => { useEffect(() => { f() }) }
export const useUpdate = () => () => {}
export const useEventEmitter = () => {
  const heard = useState(() => [])[0]
  return { emit: v => { for (const f of heard) f(v) }, useSubscription: f => { heard.push(f) } }
}

// taro-hooks gives the functions of the platform in the form of hooks.
export const useRouter = () => [{ params: $query() }]

// A Map in ahooks, an object in react-use.
export const useMap = init => {
  const [map, setMap] = useState(() => (!init || Array.isArray(init) || init instanceof Map ? new Map(init) : init))
  const set = (k, v) => setMap(old => (old instanceof Map ? new Map(old).set(k, v) : Object.assign({}, old, { [k]: v })))
  return [map, { set, setAll: setMap, remove() {}, reset: () => setMap(init), get: k => (map instanceof Map ? map.get(k) : map[k]) }]
}
