// What a program can see of miniprogram-computed: values made of the data, anew whenever
// they change. What it watches of the data is known without it; here is what it watches of those values.

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
  for (const paths in page.watch) {
    const names = paths.split(',').map(path => path.trim().split('.')[0])
    const made = page.computed && names.some(name => page.computed[name])
    if (made) page.watch[paths].apply(page, names.map(name => page.data[name]))
  }
}
export const ComponentWithComputed = options => Component(withComputed(options))
export const BehaviorWithComputed = options => withComputed(options)
export const computed = v => v
export const watch = v => v

function withComputed(options) {
  return Object.assign({}, options, { behaviors: [behavior].concat(options.behaviors || []) })
}
