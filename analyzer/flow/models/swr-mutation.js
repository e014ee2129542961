// swr/mutation: trigger sends what it is given. Its options take the place of those of the hook, one by one, and it
// throws what the request throws (swr 2.2.5, mutation/src/index.ts).

export default function useSWRMutation(key, ask, more) {
  const cell = $cell({})
  const trigger = (arg, own) => {
    const of = typeof key === 'function' ? key() : key
    const options = Object.assign({}, more, own)
    return Promise.resolve(ask(of, { arg })).then(data => {
      cell.value.data = data
      if (options.onSuccess) options.onSuccess(data, of, options)
      return data
    }).catch(error => {
      cell.value.error = error
      if (options.onError) options.onError(error, of, options)
      throw error
    })
  }
  return { trigger, data: cell.value.data, error: cell.value.error, isMutating: false, reset() {} }
}
