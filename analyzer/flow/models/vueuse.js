// What a program can see of VueUse: functions called later, state in storage, models.
import { ref, computed, watch, defineModel } from 'vue'

const later = f => f
export const useDebounceFn = later
export const useThrottleFn = later
export const createSharedComposable = later
export const createGlobalState = f => {
  const made = f()
  return () => made
}
export const watchDebounced = watch
export const debouncedWatch = watch
export const watchThrottled = watch
export const watchOnce = watch
export const whenever = watch
export const watchImmediate = watch
export const watchDeep = watch
export const watchPausable = watch
export function refDebounced(source) { return computed(() => source.value) }
export const useDebounce = refDebounced
export const refThrottled = refDebounced
export const useThrottle = refDebounced

export function useStorage(key, initial) {
  const kept = ref(initial)
  return {
    __v_isRef: true,
    get value() { return uni.getStorageSync(key) || kept.value },
    set value(v) { kept.value = v; uni.setStorageSync(key, v) },
  }
}
export const useLocalStorage = useStorage
export const useSessionStorage = useStorage
export const useUniStorage = useStorage

export function useVModel(props, key, emit) {
  return {
    __v_isRef: true,
    get value() { return props[key || 'modelValue'] },
    set value(v) { props[key || 'modelValue'] = v; emit('update:' + (key || 'modelValue'), v) },
  }
}
export function useVModels(props, emit) {
  const out = {}
  for (const k in props) out[k] = useVModel(props, k, emit)
  return out
}
export function useToggle(initial) {
  const on = ref(initial)
  return [on, v => { on.value = v === undefined ? !on.value : v }]
}
export function useCloned(source) { return { cloned: ref(source && source.value !== undefined ? source.value : source), sync() {} } }
export const reactiveOmit = (o, ...names) => Object.assign({}, o)
export const reactivePick = reactiveOmit
export const useTimeoutFn = f => ({ start: f, stop() {}, isPending: ref(false) })
export const useIntervalFn = f => { f(); return { pause() {}, resume() {} } }
export const get = r => r.value
export const set = (r, v) => { r.value = v }

// What is triggered is what the functions get that listen.
function heardBy() {
  const heard = []
  const on = f => { heard.push(f); return { off() {} } }
  return { on, once: on, off() {}, clear() {}, reset() {}, emit: (...a) => { for (const f of heard) f(...a) } }
}
export function createEventHook() {
  const { on, off, clear, emit } = heardBy()
  return { on, off, clear, trigger: (...a) => Promise.resolve(emit(...a)) }
}
const buses = {}
export function useEventBus(key) {
  if (typeof key !== 'string') return key.$bus || (key.$bus = heardBy())
  if (!buses[key]) buses[key] = heardBy()
  return buses[key]
}
export const tryOnUnmounted = f => $hook('unmounted', f)
export const tryOnBeforeUnmount = f => $hook('beforeUnmount', f)
export const tryOnScopeDispose = tryOnUnmounted
