// What a program can see of miniprogram-computed: values made of the data, anew whenever
// they change. (What it watches is known without it.)

export const behavior = Behavior({
  lifetimes: {
    attached() { recompute(this) },
  },
  observers: {
    '**'() { recompute(this) },
  },
})
function recompute(page) {
  for (const k in page.computed) page.data[k] = page.computed[k](page.data)
}
export const ComponentWithComputed = options => Component(withComputed(options))
export const BehaviorWithComputed = options => withComputed(options)
export const computed = v => v
export const watch = v => v

function withComputed(options) {
  return Object.assign({}, options, { behaviors: [behavior].concat(options.behaviors || []) })
}
