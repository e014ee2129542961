// swr/mutation: trigger sends what it is given (swr 2.2, mutation/src, read 2026-11).

export default function useSWRMutation(key, ask, more) {
  const cell = $cell({})
  const options = more || {}
  const trigger = (arg, own) => {
    const of = typeof key === 'function' ? key() : key
    const after = own || {}
    return Promise.resolve(ask(of, { arg })).then(data => {
      cell.value.data = data
      if (options.onSuccess) options.onSuccess(data, of, options)
      if (after.onSuccess) after.onSuccess(data, of, options)
      return data
    }).catch(error => {
      cell.value.error = error
      if (options.onError) options.onError(error, of, options)
    })
  }
  return { trigger, data: cell.value.data, error: cell.value.error, isMutating: false, reset() {} }
}
