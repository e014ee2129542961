// What a program can see of dva-model-extend (0.1.2, lib/index.js): models of dva joined into one, of which the last has the last word.

export default function modelExtend(...models) {
  const all = { state: {}, subscriptions: {}, effects: {}, reducers: {} }
  for (const one of models) {
    all.namespace = one.namespace
    if (typeof one.state === 'object' && !Array.isArray(one.state)) Object.assign(all.state, one.state)
    else if ('state' in one) all.state = one.state
    for (const part of ['subscriptions', 'effects', 'reducers']) Object.assign(all[part], one[part])
  }
  return all
}
