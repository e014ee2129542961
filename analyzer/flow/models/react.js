// What a program can see of React and of the hooks and classes of Taro.

export class Component {
  constructor(props) { this.props = props }
}
export const PureComponent = Component

export function useState(init) {
  const cell = $cell(typeof init === 'function' ? init() : init)
  return [cell.value, v => { cell.value = $next(v, cell.value) }]
}
export function useReducer(reduce, init, make) {
  const cell = $cell(make ? make(init) : init)
  return [cell.value, action => { cell.value = reduce(cell.value, action) }]
}
export function useRef(v) { return $cell(v, 'current') }
export const createRef = () => ({ current: null })
export function useMemo(f) { return f() }
export function useCallback(f) { return f }
// What an effect returns runs before the next one, and when the component goes.
export function useEffect(f) {
  $hook('watch', () => {
    const end = f()
    if ($own(end) && $nothing) end()
  })
}
export const useLayoutEffect = useEffect
export function useImperativeHandle(ref, make) {
  const handle = make()
  if (typeof ref === 'function') ref(handle)
  else if (ref) ref.current = handle
}
export const useId = () => ''
export const useDebugValue = () => {}
export const useSyncExternalStore = (subscribe, read) => { subscribe(() => {}); return read() }
export const useInsertionEffect = useEffect
export function useTransition() { return [false, f => f()] }
export const useDeferredValue = v => v
export const startTransition = f => f()

// A context that no Provider is seen to fill may be filled by code that is not there.
export function createContext(v) {
  const context = { value: v }
  context.Provider = props => { context.value = props.value; $fill(context); return props.children }
  context.Consumer = props => props.children(useContext(context))
  return context
}
export function useContext(context) { return $filled(context) || $nothing ? context.value : $nothing }
export function use(what) { return what && typeof what.then === 'function' ? $settled(what) : useContext(what) }

export const memo = c => c
export const forwardRef = f => { f.$forward = true; return f }
export const lazy = load => props => $jsx($settled(load()).default, props)
export const Fragment = null
export const StrictMode = null
export const Suspense = props => props.children
export const createElement = $element
export const h = $element
export const cloneElement = $clone
export const isValidElement = c => typeof c === 'object'
const listOf = c => (Array.isArray(c) ? c : [c])
export const Children = {
  map: (c, f) => listOf(c).map(f), forEach: (c, f) => listOf(c).forEach(f), toArray: listOf, only: c => c, count: c => listOf(c).length,
}

// Taro's own.
export const useLaunch = f => $hook('onLaunch', f)
export const useLoad = f => $hook('onLoad', f)
export const useReady = f => $hook('onReady', f)
export const useDidShow = f => $hook('onShow', f)
export const useDidHide = f => $hook('onHide', f)
export const useUnload = f => $hook('onUnload', f)
export const useError = f => $hook('onError', f)
export const usePullDownRefresh = f => $hook('onPullDownRefresh', f)
export const useReachBottom = f => $hook('onReachBottom', f)
export const usePageScroll = f => $hook('onPageScroll', f)
export const useTabItemTap = f => $hook('onTabItemTap', f)
export const useShareAppMessage = f => $hook('onShareAppMessage', f)
export const useShareTimeline = f => $hook('onShareTimeline', f)
export const useResize = f => $hook('onResize', f)
export const useScope = () => $nothing
export class Events {
  on(name, f) { $bus(this, 'on', name, f); return this }
  once(name, f) { return this.on(name, f) }
  off() { return this }
  trigger(name, ...values) { $bus(this, 'emit', name, ...values); return this }
}
// What its two interceptors do (@tarojs/api 4.1, interceptor/interceptors, read 2026-11).
export const interceptors = {
  logInterceptor(chain) {
    const params = chain.requestParams
    console.log('http -->', params.url, params.data)
    const answer = chain.proceed(params)
    answer.then(res => { console.log('http <--', params.url, res) })
    return answer
  },
  timeoutInterceptor: chain => chain.proceed(chain.requestParams),
}
export const ENV_TYPE = {
  WEAPP: 'WEAPP', WEB: 'WEB', RN: 'RN', SWAN: 'SWAN', ALIPAY: 'ALIPAY', TT: 'TT', QQ: 'QQ', JD: 'JD', HARMONY: 'HARMONY', QUICKAPP: 'QUICKAPP',
}
export const getEnv = () => ENV_TYPE[process.env.TARO_ENV.toUpperCase()]
export function useRouter() { return $open({ params: $query() }) }
export function getCurrentInstance() { return $open({ router: useRouter(), page: $instance() }) }

export default {
  Component, PureComponent, useState, useReducer, useRef, createRef, useMemo, useCallback, useEffect, useLayoutEffect,
  useImperativeHandle, useTransition, useDeferredValue, useId, useSyncExternalStore, createContext, useContext, use, memo, forwardRef, lazy,
  Fragment, StrictMode, Suspense, createElement, cloneElement, isValidElement, Children,
}
