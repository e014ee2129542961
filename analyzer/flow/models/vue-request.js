// What a program can see of vue-request and vue-hooks-plus: a request and its state in refs (attojs.com, useRequest;
// inhiblabcore.github.io/docs/hooks, useRequest; read 2026-11).
import { ref } from 'vue'

export function useRequest(service, options) {
  const o = options || {}
  const data = ref(o.initialData), params = ref(o.defaultParams || [])
  const run = (...args) => {
    params.value = args
    if (o.onBefore) o.onBefore(args)
    const answer = Promise.resolve(service(...args))
    answer.then(given => {
      data.value = o.formatResult ? o.formatResult(given) : given
      if (o.onSuccess) o.onSuccess(data.value, args)
      if (o.onAfter) o.onAfter(args)
      if (o.onFinally) o.onFinally(args, data.value)
    }).catch(error => { if (o.onError) o.onError(error, args) })
    return answer
  }
  const again = () => run(...params.value)
  if (!o.manual) again()
  return $open({
    data, params, loading: ref($nothing), error: ref($nothing), run, runAsync: run, refresh: again, refreshAsync: again, reload: again,
    cancel() {}, mutate(v) { data.value = typeof v === 'function' ? v(data.value) : v },
  })
}
export const usePagination = useRequest
export const useLoadMore = useRequest
export const setGlobalOptions = () => {}
