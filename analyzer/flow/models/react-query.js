// What a program can see of TanStack Query (react-query) and SWR.

const stateOf = (cell, run) => $open({ data: cell.value, refetch: run }) // and whether it goes on, has failed and so on

export function useQuery(key, ask, more) {
  const o = typeof ask === 'function' ? Object.assign({ queryKey: key, queryFn: ask }, more) : key
  const cell = $cell(undefined)
  const run = () => {
    const answer = Promise.resolve(o.queryFn({ queryKey: o.queryKey }))
    answer.then(data => {
      cell.value = o.select ? o.select(data) : data
      if (o.onSuccess) o.onSuccess(cell.value)
    })
    return answer
  }
  $hook('watch', () => { run() })
  const kept = cache[nameOf(o.queryKey)]
  return $open({ data: kept === undefined ? cell.value : $nothing ? cell.value : o.select ? o.select(kept) : kept, refetch: run })
}
export const useInfiniteQuery = useQuery
export function useMutation(change, more) {
  const o = typeof change === 'function' ? Object.assign({ mutationFn: change }, more) : change
  const cell = $cell(undefined)
  const run = (v, calls) => {
    if (o.onMutate) o.onMutate(v)
    const answer = Promise.resolve(o.mutationFn(v))
    answer.then(data => {
      cell.value = data
      if (o.onSuccess) o.onSuccess(data, v)
      if (calls && calls.onSuccess) calls.onSuccess(data, v)
      if (o.onSettled) o.onSettled(data, undefined, v)
    })
    return answer
  }
  return Object.assign(stateOf(cell, run), { mutate: run, mutateAsync: run, reset() {} })
}
// What is put into the cache by hand is what the query of that key has.
const cache = $open({})
const nameOf = key => JSON.stringify(Array.isArray(key) ? key : (key && key.queryKey) || key)
export class QueryClient {
  invalidateQueries() {}
  setQueryData(key, v) { cache[nameOf(key)] = $next(v, cache[nameOf(key)]) }
  getQueryData(key) { return cache[nameOf(key)] }
  fetchQuery(o) { return Promise.resolve(o.queryFn({ queryKey: o.queryKey })) }
  prefetchQuery(o) { return this.fetchQuery(o) }
  ensureQueryData(o) { return this.fetchQuery(o) }
}
const client = new QueryClient()
export const useQueryClient = () => client
export const QueryClientProvider = props => props.children
export const useIsFetching = () => 0

// SWR: useSWR(key, ask).
export const SWRConfig = props => props.children
export default function useSWR(key, ask) {
  const cell = $cell(undefined)
  const run = () => { Promise.resolve(ask ? ask(key) : $nothing).then(data => { cell.value = data }) }
  $hook('watch', run)
  return Object.assign(stateOf(cell, run), { mutate: v => { cell.value = v } })
}
