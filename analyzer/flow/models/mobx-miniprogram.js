// What a program can see of mobx-miniprogram and of its bindings to pages: a store is the
// object it was made of, and a page has what it names of it as data and as methods.

export const observable = store => store
export const action = f => f
export const computed = f => f
export const flow = f => f
export const makeAutoObservable = store => store
export const makeObservable = store => store
export const configure = () => {}
export const runInAction = f => f()
export const transaction = f => f()
export const autorun = f => { $hook('watch', f); return () => {} }
export const when = (test, f) => { if (f) $hook('watch', () => { if (test()) f() }) }
export const reaction = (read, f) => { $hook('watch', () => f(read())); return () => {} }
observable.ref = observable
observable.box = v => ({ get: () => v, set: x => { v = x } })

// bind gives the page the fields and actions of one store.
function bind(page, binding) {
  const { store, fields, actions, namespace } = binding
  const update = () => {
    const data = {}
    if (Array.isArray(fields)) fields.forEach(k => { data[k] = store[k] })
    else for (const k in fields) data[k] = typeof fields[k] === 'function' ? fields[k].call(page, store) : store[fields[k]]
    page.setData(namespace ? { [namespace]: data } : data)
  }
  if (Array.isArray(actions)) actions.forEach(k => { page[k] = (...a) => { const r = store[k](...a); update(); return r } })
  else for (const k in actions) page[k] = (...a) => { const r = store[actions[k]](...a); update(); return r }
  update()
  return { updateStoreBindings: update, destroyStoreBindings() {} }
}

export function createStoreBindings(page, binding) {
  if (!Array.isArray(binding)) return bind(page, binding)
  const all = binding.map(b => bind(page, b))
  return { updateStoreBindings: () => all.forEach(b => b.updateStoreBindings()), destroyStoreBindings() {} }
}

// A component that says storeBindings gets them when it is created.
export const storeBindingsBehavior = Behavior({
  lifetimes: { attached() { createStoreBindings(this, this.storeBindings) } },
})
export const BehaviorWithStore = options => withStore(options)
export const ComponentWithStore = options => Component(withStore(options))

function withStore(options) {
  return Object.assign({}, options, { behaviors: [storeBindingsBehavior].concat(options.behaviors || []) })
}
