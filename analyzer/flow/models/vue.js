// What a program can see of Vue 2 and 3: state that is read back where it was
// written, functions that run when the framework would run them.

export function ref(v) { return { __v_isRef: true, value: v } }
export const shallowRef = ref
export const customRef = f => {
  const hidden = f(() => {}, () => {})
  return { __v_isRef: true, get value() { return hidden.get() }, set value(v) { hidden.set(v) } }
}
export function triggerRef() {}

export function reactive(o) { return o }
export const shallowReactive = reactive
export const readonly = reactive
export const shallowReadonly = reactive
export const toRaw = reactive
export const markRaw = reactive

export function computed(f) {
  const get = typeof f === 'function' ? f : f.get
  const set = f.set
  return { __v_isRef: true, get value() { return get() }, set value(v) { if (set) set(v) } }
}

export function isRef(v) { return !!(v && v.__v_isRef) }
export function unref(v) { return v && v.__v_isRef ? v.value : v }
export function toValue(v) { return typeof v === 'function' ? v() : unref(v) }
export function toRef(o, k) {
  if (k === undefined) return o && o.__v_isRef ? o : { __v_isRef: true, get value() { return o() } }
  return { __v_isRef: true, get value() { return o[k] }, set value(v) { o[k] = v } }
}
export function toRefs(o) {
  const out = {}
  for (const k in o) out[k] = toRef(o, k)
  return out
}

function watched(s) {
  if (typeof s === 'function') return s()
  if (Array.isArray(s)) return s.map(watched)
  return unref(s)
}
export function watch(source, run) { $hook('watch', () => run(watched(source), watched(source))) }
export function watchEffect(run) { $hook('watch', run) }
export const watchPostEffect = watchEffect
export const watchSyncEffect = watchEffect
export function nextTick(f) { return Promise.resolve().then(f) }

export const onBeforeMount = f => $hook('beforeMount', f)
export const onMounted = f => $hook('mounted', f)
export const onBeforeUpdate = f => $hook('beforeUpdate', f)
export const onUpdated = f => $hook('updated', f)
export const onActivated = f => $hook('activated', f)
export const onDeactivated = f => $hook('deactivated', f)
export const onBeforeUnmount = f => $hook('beforeUnmount', f)
export const onUnmounted = f => $hook('unmounted', f)
export const onErrorCaptured = f => $hook('errorCaptured', f)
export const onRenderTracked = f => $hook('renderTracked', f)
export const onRenderTriggered = f => $hook('renderTriggered', f)
export const onScopeDispose = onUnmounted
export const effectScope = () => ({ run(f) { return f() }, stop() {} })

const provided = {}
export function provide(k, v) { provided[k] = v }
export function inject(k, d) { return k in provided ? provided[k] : d }

export function getCurrentInstance() {
  const proxy = $instance()
  return { proxy, ctx: proxy, appContext: app, emit: defineEmits(), props: defineProps() }
}

// Macros of <script setup>.
export function defineProps() { return $props() }
export function withDefaults(props, defaults) { $defaults(defaults); return props }
export function defineEmits() { return $emitter() }
export function defineExpose(o) { $expose(o) }
export function defineOptions() {}
export function defineSlots() { return {} }
export function useSlots() { return {} }
export function useAttrs() { return $props() }
export function defineModel(name, options) {
  const key = typeof name === 'string' ? name : 'modelValue'
  const props = $props(), emit = $emitter()
  const { get, set } = options || (typeof name === 'string' ? {} : name) || {}
  const model = {
    __v_isRef: true,
    get value() { return get ? get(props[key]) : props[key] },
    set value(v) {
      const next = set ? set(v) : v
      props[key] = next
      emit('update:' + key, next)
    },
  }
  model[Symbol.iterator] = function* () { yield model; yield $nothing } // const [model, modifiers] = defineModel()
  return model
}
export const useModel = (props, name) => defineModel(name)

export function useTemplateRef(name) {
  const proxy = $instance()
  return { __v_isRef: true, get value() { return proxy.$refs[name] } }
}

export function defineComponent(o) { return typeof o === 'function' ? { setup: o } : o }
export function defineAsyncComponent(f) { return f() }
export const h = $element
export const createVNode = $element
export function resolveComponent() {}

function Vue(options) {
  if (!options) return
  if (options.store) Vue.prototype.$store = options.store
  if (options.i18n) Vue.prototype.$i18n = options.i18n
  if (options.router) Vue.prototype.$router = options.router
  const data = typeof options.data === 'function' ? options.data.call(this) : options.data
  Object.assign(this, data, options.methods)
}
Vue.prototype.$on = function (name, f) { $bus(this, 'on', name, f); return this }
Vue.prototype.$once = Vue.prototype.$on
Vue.prototype.$emit = function (name, ...values) { $bus(this, 'emit', name, ...values); return this }
Vue.prototype.$off = function () { return this }
Vue.prototype.$mount = function () { return this }
Vue.use = function (plugin, options) {
  if (plugin && plugin.install) plugin.install(Vue, options)
  else if (typeof plugin === 'function') plugin(Vue, options)
  return Vue
}
Vue.install = function () {} // mpx.use(apiProxy), whose functions are the platform's
Vue.config = {}
Vue.mixins = []
Vue.mixin = function (m) { Vue.mixins.push(m); return Vue }
Vue.extend = o => o
Vue.component = function () { return Vue }
Vue.directive = function () { return Vue }
Vue.filter = function () { return Vue }
Vue.observable = o => o
Vue.set = function (o, k, v) { o[k] = v }
Vue.delete = function (o, k) { delete o[k] }
Vue.nextTick = nextTick
Vue.prototype.$u = uni.$u // of uView
Vue.prototype.$set = Vue.set
Vue.prototype.$delete = Vue.delete

const app = {
  config: { globalProperties: Vue.prototype },
  use(plugin, options) {
    if (plugin && plugin.install) plugin.install(this, options)
    else if (typeof plugin === 'function') plugin(this, options)
    return this
  },
  provide(k, v) { provide(k, v); return this },
  mixin: Vue.mixin,
  component() { return this }, directive() { return this },
  mount() { return this },
}
// What it is given is the app itself: Taro runs onLaunch and its like of createApp({ onLaunch }).
export function createSSRApp(options) { return Object.assign({}, options, app) }
export const createApp = createSSRApp
export default Vue
