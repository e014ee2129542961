// What a program can see of TanStack Query for Vue: the state is in refs, options may be (tanstack.com/query,
// Vue, read 2026-11). Version 4 and vue-query take key and function as arguments of their own.
import { ref, unref } from 'vue'
import { QueryClient, MutationCache, QueryCache, mutationOf, queryOptions } from 'react-query'

const plain = options => {
  const all = typeof options === 'function' ? options() : unref(options)
  const out = {}
  for (const name in all) out[name] = unref(all[name])
  return out
}
const states = data => $open({
  data, error: ref($nothing), isLoading: ref($nothing), isPending: ref($nothing), isFetching: ref($nothing), isError: ref($nothing),
  isSuccess: ref($nothing), status: ref($nothing),
})

export function useQuery(key, ask, more) {
  const data = ref(undefined)
  const run = () => {
    const o = typeof ask === 'function' ? Object.assign({ queryKey: key, queryFn: ask }, plain(more)) : plain(key)
    const answer = Promise.resolve(o.queryFn({ queryKey: unref(o.queryKey), pageParam: $nothing }))
    return answer.then(given => {
      data.value = o.select ? o.select(given) : given
      if (o.onSuccess) o.onSuccess(data.value)
      return { data: data.value }
    })
  }
  run()
  return Object.assign(states(data), { refetch: run, fetchNextPage: run, suspense: run })
}
export const useInfiniteQuery = useQuery
export function useMutation(change, more, options) {
  const data = ref(undefined)
  const single = typeof change !== 'function' && typeof more !== 'function'
  const run = mutationOf(single ? plain(change) : change, more, options, given => { data.value = given })
  return Object.assign(states(data), { variables: ref($nothing), mutate: run, mutateAsync: run, reset() {} })
}
export { QueryClient, MutationCache, QueryCache, queryOptions }
const client = new QueryClient()
export const useQueryClient = () => client
export const VueQueryPlugin = { install() {} }
export const useIsFetching = () => ref(0)
export const useIsMutating = () => ref(0)
